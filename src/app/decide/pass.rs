//! A subscriber's vehicle at the gate: in and out under one entry for the whole period, as anybody where its right does not
//! hold, and what becomes of it when the period ends.

use super::subscription::known;
use super::{Decided, Draft, Stop, arrive, depart, parking, serve, sighting};
use crate::app::effect::Notice;
use crate::app::input::OpenVisit;
use crate::app::refusal::{Refusal, SubscriptionRefusal};
use crate::domain::entry::{ServiceCategory, Told};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::parking::Stay;
use crate::domain::plate::Plate;
use crate::domain::settings::{Establishment, Trade};
use crate::domain::subscription::{BeyondPlaces, Pass, Subscriber, Subscription, Term, WhyNotCovered};
use crate::domain::terms::ServiceTerms;
use crate::domain::time::Stamp;
use crate::domain::visit::{Settlement, Visit, VisitState};
use jiff::Span;
use jiff::civil::Date;

/// What a vehicle at the entry is to monthly parking.
pub(super) enum Standing<'a> {
    /// Nothing.
    Anybody,
    /// It comes back under the entry of its period.
    Back(&'a Visit),
    /// It comes in for the first time in a period that was paid.
    First(&'a Subscription, &'a Term),
    /// Its right does not hold now.
    NotCovered(&'a Subscription, WhyNotCovered),
}

/// What a vehicle at the entry of the car park is to monthly parking.
pub(super) fn standing<'a>(
    draft: &Draft<'a>,
    open: &OpenVisit,
    place: Establishment,
    plate: &Plate,
) -> Result<Standing<'a>, Stop> {
    if place.trade != Trade::Parking || !open.terms.is_one_off() || open.follows.is_some() {
        return Ok(Standing::Anybody);
    }
    let state = draft.state;
    let today = draft.at.date();
    if let Some(visit) = state.away(plate).filter(|visit| !is_over(draft, visit)) {
        let pass = visit.pass().map(|pass| pass.subscription);
        let subscription = pass.and_then(|id| state.subscriptions.get(&id));
        let Some(subscription) = subscription else { return Ok(Standing::Back(visit)) };
        return match taken(draft, subscription, places_of(subscription, today)) {
            None => Ok(Standing::Back(visit)),
            Some(refused) => refused.map(|why| Standing::NotCovered(subscription, why)),
        };
    }
    let Some(subscription) = state.subscription_of(plate) else { return Ok(Standing::Anybody) };
    match subscription.term_on(today) {
        Some(term) => match taken(draft, subscription, term.places) {
            None => Ok(Standing::First(subscription, term)),
            Some(refused) => refused.map(|why| Standing::NotCovered(subscription, why)),
        },
        None => Ok(Standing::NotCovered(subscription, subscription.not_covered_on(today))),
    }
}

fn places_of(subscription: &Subscription, day: Date) -> u32 {
    subscription.term_on(day).map_or(subscription.holding.places, |term| term.places)
}

/// Every place is taken: the vehicle is charged, or not let in.
fn taken(draft: &Draft, subscription: &Subscription, places: u32) -> Option<Result<WhyNotCovered, Stop>> {
    let inside = draft.state.visits.values().filter_map(Visit::pass);
    let inside = inside.filter(|pass| pass.subscription == subscription.id).count();
    if u64::try_from(inside).unwrap_or(u64::MAX) < u64::from(places) {
        return None;
    }
    Some(match draft.settings.parking.subscriptions.beyond_places {
        BeyondPlaces::Charge => Ok(WhyNotCovered::NoPlace),
        BeyondPlaces::Refuse => Err(SubscriptionRefusal::NoPlace { places }.into()),
    })
}

/// It comes back: nothing is told to the registry, which has one entry for the whole period.
pub(super) fn come_back(draft: &mut Draft, visit: &Visit, open: &OpenVisit) -> Decided {
    let Some(pass) = visit.pass() else { return Err(Refusal::NoSuchVisit.into()) };
    draft.event(Event::SubscriberCame {
        visit: visit.id,
        number: pass.number,
        plate: visit.plate.clone(),
        at: draft.at,
        operator: open.operator.clone(),
    });
    sighting::came(draft, visit, open.sighting);
    tell_passed(draft, visit, pass, true);
    Ok(())
}

/// What a vehicle's visit begins as.
pub(super) fn mark(draft: &Draft, visit: &mut Visit, standing: &Standing) {
    match standing {
        Standing::Anybody | Standing::Back(_) => {}
        Standing::First(subscription, term) => cover(visit, subscription, term, draft.at),
        Standing::NotCovered(subscription, why) => {
            let (subscription, number) = (subscription.id, subscription.number);
            visit.subscriber = Some(Box::new(Subscriber::NotCovered { subscription, number, why: *why }));
        }
    }
}

/// It is under a term, and paid by its document.
fn cover(visit: &mut Visit, subscription: &Subscription, term: &Term, came: Stamp) {
    let ends = term.ends().unwrap_or(came);
    visit.terms = ServiceTerms::Continuous { period: term.period };
    visit.stay = None;
    visit.state = VisitState::Settled {
        settlement: Settlement::Paid {
            document: term.document,
            kind: term.kind.clone(),
            total: term.total,
            name: None,
        },
    };
    let (hours, number) = (term.hours.clone(), subscription.number);
    let pass = Pass { subscription: subscription.id, number, hours, ends, came, passes: 1, paid: None };
    visit.subscriber = Some(Box::new(Subscriber::Covered { pass }));
}

/// Its visit was opened: what a person is to know of it, and what the registry is told beside the entry.
pub(super) fn entered(draft: &mut Draft, visit: &Visit, standing: &Standing) {
    match (standing, visit.pass()) {
        (Standing::First(_, term), Some(pass)) => {
            tell_right(draft, visit, correlation(term));
            tell_passed(draft, visit, pass, true);
        }
        (Standing::NotCovered(subscription, why), _) => {
            let (subscription, number) = (subscription.id, subscription.number);
            draft.tell(Notice::NotCovered { visit: visit.id, subscription, number, why: *why });
        }
        _ => {}
    }
}

/// Under a right of use the service is told at once, and so is the document, which there is already.
fn tell_right(draft: &mut Draft, visit: &Visit, document: Option<Told>) {
    let category = Some(ServiceCategory::ByPriceList);
    draft.event(Event::ServiceTold { visit: visit.id, category: category.clone(), amount: None });
    serve::tell_service(draft, visit, category.as_ref(), None);
    if let Some(told) = document {
        draft.queue(visit, told);
    }
}

/// What correlates the document of a term, once it has a name.
fn correlation(term: &Term) -> Option<Told> {
    let name = term.name.clone()?;
    Some(Told::Correlate { document: Some(term.document), name, also: Vec::new() })
}

fn tell_passed(draft: &mut Draft, visit: &Visit, pass: &Pass, inward: bool) {
    let last = last_day(pass);
    let days = (last - draft.at.date()).get_days();
    let warn = i64::from(days) <= i64::from(draft.settings.parking.subscriptions.warn_days);
    let renewed = draft.state.subscriptions.get(&pass.subscription);
    let renewed = renewed.and_then(Subscription::paid_until).is_some_and(|until| until > last);
    draft.tell(Notice::Passed {
        subscription: pass.subscription,
        number: pass.number,
        plate: visit.plate.clone(),
        inward,
        ends_in: Some(days).filter(|_| warn && !renewed),
    });
}

/// The last day of a right.
fn last_day(pass: &Pass) -> Date {
    pass.ends.date().yesterday().unwrap_or_else(|_| pass.ends.date())
}

/// A right whose period is over, days of grace and all. With the next period paid there is no grace to give.
fn is_over(draft: &Draft, visit: &Visit) -> bool {
    let Some(pass) = visit.pass() else { return true };
    draft.at >= pass.ends && (next_term(draft, pass).is_some() || draft.at >= with_grace(draft, pass))
}

fn with_grace(draft: &Draft, pass: &Pass) -> Stamp {
    let days = Span::new().days(i64::from(draft.settings.parking.subscriptions.grace_days));
    let day = pass.ends.date().checked_add(days).ok();
    day.and_then(Stamp::midnight).unwrap_or(pass.ends)
}

/// The term that goes on where a right ends, this very decision's among them.
fn next_term(draft: &Draft, pass: &Pass) -> Option<(Subscription, Term)> {
    let day = pass.ends.date();
    let mut subscription = draft.state.subscriptions.get(&pass.subscription)?.clone();
    let own = |event: &&Event| event.subscription() == Some(subscription.id);
    let events: Vec<Event> = draft.decision.events.iter().filter(own).cloned().collect();
    events.iter().for_each(|event| subscription.fold(event));
    let term = subscription.term_on(day)?.clone();
    Some((subscription, term))
}

/// Why a vehicle does not go out; nothing where it may.
pub(super) fn check_out(draft: &Draft, visit: &Visit) -> Decided {
    let Some(pass) = visit.pass() else { return Ok(()) };
    match draft.settings.owed(visit, draft.at) {
        Ok(due) if due > Cents::ZERO => return Err(SubscriptionRefusal::OutsideHours { due }.into()),
        _ => {}
    }
    if is_over(draft, visit) {
        Err(SubscriptionRefusal::RightOver { on: last_day(pass) }.into())
    } else {
        Ok(())
    }
}

/// It goes out, and may come back.
pub(super) fn go_out(draft: &mut Draft, visit: &Visit, at: Stamp, operator: &OperatorId) -> Decided {
    let Some(pass) = visit.pass() else { return Err(Refusal::NoSuchVisit.into()) };
    draft.event(Event::SubscriberWent {
        visit: visit.id,
        number: pass.number,
        plate: visit.plate.clone(),
        at,
        operator: operator.clone(),
    });
    sighting::left(draft, visit);
    tell_passed(draft, visit, pass, false);
    Ok(())
}

/// Rights whose period is over: what is out is completed, what is inside goes on under the next term; without one a person
/// decides when it wants to leave.
pub(super) fn end_rights(draft: &mut Draft) {
    let state = draft.state;
    let changed: Vec<VisitId> = draft.decision.events.iter().flat_map(Event::visits).collect();
    let over_now: Vec<&Visit> =
        state.passes().filter(|visit| !changed.contains(&visit.id) && is_over(draft, visit)).collect();
    for visit in over_now {
        let Some(pass) = visit.pass() else { continue };
        match &visit.state {
            VisitState::Away { since, .. } => over(draft, visit, *since, false),
            _ => {
                if let Some((subscription, term)) = next_term(draft, pass) {
                    over(draft, visit, pass.ends, true);
                    go_on(draft, visit, pass.ends, Some((&subscription, &term)));
                }
            }
        }
    }
}

/// Nobody renews: from the end of the period on it is charged as anybody.
pub(super) fn by_hour(draft: &mut Draft, id: VisitId, operator: &OperatorId) -> Decided {
    draft.require_disk()?;
    let visit = draft.visit(id)?;
    let pass = visit.pass().filter(|_| is_over(draft, visit)).ok_or(SubscriptionRefusal::NotOver)?;
    let due = parking::bill(draft, visit, draft.at)?.due();
    if due > Cents::ZERO {
        return Err(SubscriptionRefusal::OutsideHours { due }.into());
    }
    known(draft, pass.subscription)?;
    over(draft, visit, pass.ends, true);
    let next = go_on(draft, &Visit { operator: operator.clone(), ..visit.clone() }, pass.ends, None);
    draft.tell(Notice::Opened { visit: next, warning: None });
    Ok(())
}

/// The entry of the period is completed.
fn over(draft: &mut Draft, visit: &Visit, departed: Stamp, inside: bool) {
    let event = Event::RightOver { visit: visit.id, departed, inside };
    let mut closed = visit.clone();
    // A visit under a right is settled: it always may end.
    if closed.fold(&event).is_ok() {
        draft.event(event);
        depart::tell_departure(draft, &closed);
    }
}

/// What was inside when its right ended is a visit of its own from there on.
fn go_on(draft: &mut Draft, before: &Visit, from: Stamp, term: Option<(&Subscription, &Term)>) -> VisitId {
    let open = OpenVisit {
        lane: before.lane,
        vehicle: before.vehicle.clone(),
        ..OpenVisit::new(&before.plate.text, before.size, before.operator.clone())
    };
    let place = Establishment { trade: Trade::Parking, branch: before.branch };
    let mut visit = arrive::begin(draft, &open, place, before.plate.clone(), None);
    visit.arrived = from;
    visit.stay = draft.settings.parking.tariff.as_ref().and_then(|tariff| Stay::begin(tariff, from).ok());
    if let Some((subscription, term)) = term {
        cover(&mut visit, subscription, term, from);
        // It has not come in anew.
        if let Some(Subscriber::Covered { pass }) = visit.subscriber.as_deref_mut() {
            pass.passes = 0;
        }
    }
    let told = arrive::create(draft, &visit, None);
    draft.event(Event::VisitOpened { visit: Box::new(visit.clone()) });
    draft.queue(&visit, told);
    if let Some((_, term)) = term {
        tell_right(draft, &visit, correlation(term));
    }
    visit.id
}
