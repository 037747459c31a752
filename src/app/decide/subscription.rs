//! Monthly parking: sold and renewed as an order, so that its document is like any other; who comes in under it, and what
//! becomes of a vehicle when its right ends.

use super::{Decided, Draft, Stop};
use crate::app::effect::Notice;
use crate::app::input::{By, SubscriberInput, WantedSubscription};
use crate::app::refusal::{Refusal, SubscriptionRefusal};
use crate::domain::document::{Document, DocumentName};
use crate::domain::entry::Told;
use crate::domain::event::Event;
use crate::domain::ids::{DocumentId, SubscriptionId};
use crate::domain::money::Quantity;
use crate::domain::operator::{OperatorId, Right};
use crate::domain::order::{Order, OrderLine, OrderState};
use crate::domain::plate::Plate;
use crate::domain::sale::Line;
use crate::domain::subscription::{Holding, Plan, Subscription, Term, VEHICLES_MAX, WantedTerm};
use crate::domain::terms::Period;
use crate::domain::text::{Name, Text};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Plates that stand on the line of a period; more are counted.
const PLATES_NAMED: usize = 8;

/// Something about monthly parking at the till.
pub(super) fn decide(draft: &mut Draft, input: &SubscriberInput) -> Decided {
    match input {
        SubscriberInput::Sell { wanted, from, operator } => sell(draft, wanted, *from, operator),
        SubscriberInput::Renew { subscription, from, operator } => {
            let subscription = known(draft, *subscription)?;
            order_for(draft, subscription, *from, operator)
        }
        SubscriberInput::Change { subscription, wanted, by } => change(draft, *subscription, wanted, by),
        SubscriberInput::Close { subscription, reason, by } => close(draft, *subscription, reason, by),
        SubscriberInput::ChargeByHour { visit, operator } => super::pass::by_hour(draft, *visit, operator),
    }
}

pub(super) fn known<'a>(draft: &Draft<'a>, id: SubscriptionId) -> Result<&'a Subscription, Stop> {
    draft.state.subscriptions.get(&id).ok_or_else(|| SubscriptionRefusal::NoSuch.into())
}

fn plan<'a>(draft: &Draft<'a>, code: &str) -> Result<&'a Plan, Stop> {
    draft.settings.parking.subscriptions.plan(code).ok_or_else(|| SubscriptionRefusal::NoSuchPlan.into())
}

/// Makes it, and the order that pays its first period.
fn sell(
    draft: &mut Draft,
    wanted: &WantedSubscription,
    from: Option<Date>,
    operator: &OperatorId,
) -> Decided {
    draft.require_disk()?;
    let holding = holding(draft, wanted, None)?;
    let subscription = Subscription {
        id: SubscriptionId(draft.ids.uuid()),
        number: draft.state.subscriptions_made + 1,
        holding,
        terms: Vec::new(),
        closed: None,
    };
    let made = Box::new(subscription.clone());
    draft.event(Event::SubscriptionOpened { subscription: made, operator: operator.clone() });
    order_for(draft, &subscription, from, operator)
}

/// What was typed, checked: every vehicle belongs to one subscription, and there are no more places than vehicles.
fn holding(draft: &Draft, wanted: &WantedSubscription, own: Option<SubscriptionId>) -> Result<Holding, Stop> {
    let name = Text::new(&wanted.name);
    if name.is_empty() {
        return Err(Refusal::NameMissing.into());
    }
    plan(draft, &wanted.plan)?;
    let vehicles: Result<Vec<Plate>, _> =
        wanted.vehicles.iter().map(|vehicle| Plate::parse(&vehicle.entry, &vehicle.plate)).collect();
    let vehicles = vehicles.map_err(Refusal::Plate)?;
    let keys: BTreeSet<String> = vehicles.iter().map(Plate::key).collect();
    if keys.len() != vehicles.len() || !(1..=VEHICLES_MAX).contains(&vehicles.len()) {
        return Err(SubscriptionRefusal::Vehicles.into());
    }
    for plate in &vehicles {
        let other = draft.state.subscription_of(plate).filter(|other| Some(other.id) != own);
        if let Some(other) = other {
            let (plate, number) = (plate.clone(), other.number);
            return Err(SubscriptionRefusal::VehicleElsewhere { plate, number }.into());
        }
    }
    let most = u32::try_from(vehicles.len()).unwrap_or(u32::MAX);
    if !(1..=most).contains(&wanted.places) {
        return Err(SubscriptionRefusal::Places.into());
    }
    let phone = Text::new(&wanted.phone);
    Ok(Holding { name, phone, vehicles, places: wanted.places, plan: wanted.plan.clone() })
}

/// An order whose payment buys a period. Pressed twice it is the same one.
fn order_for(
    draft: &mut Draft,
    subscription: &Subscription,
    from: Option<Date>,
    operator: &OperatorId,
) -> Decided {
    draft.require_disk()?;
    let (today, holding) = (draft.at.date(), &subscription.holding);
    let sold = plan(draft, &holding.plan)?;
    let from = from.unwrap_or_else(|| first_day(draft, subscription, today));
    let period = sold.period(from).ok_or(Refusal::Time)?;
    check_free(subscription, period)?;
    if from < today && !goes_on_inside(draft, subscription, from) {
        return Err(SubscriptionRefusal::InThePast.into());
    }
    let term = WantedTerm {
        subscription: subscription.id,
        period,
        plan: sold.code.clone(),
        places: holding.places,
        hours: sold.hours.clone(),
    };
    let same = |order: &&Order| order.term.as_deref() == Some(&term) && order.state == OrderState::Open;
    if let Some(order) = draft.state.orders.values().find(same) {
        draft.tell(Notice::OrderOpened { order: order.id });
        return Ok(());
    }
    let id = super::order::begin(draft, operator, Some(Box::new(term)));
    let places = Quantity(i64::from(holding.places) * Quantity::ONE.0);
    let line = Line::new(
        &sold.code,
        named(sold, period, &holding.vehicles),
        places,
        sold.price,
        draft.settings.catalogue.vat,
    );
    let line =
        OrderLine { line, pieces: 0, fetched: 0, defects: Text::default(), document: None, pack: None };
    draft.event(Event::OrderLineAdded {
        order: id,
        line: Box::new(line),
        operator: operator.clone(),
        approved_by: None,
    });
    draft.tell(Notice::OrderOpened { order: id });
    Ok(())
}

/// Where a vehicle is inside since its right ended, the next period goes on from there.
fn first_day(draft: &Draft, subscription: &Subscription, today: Date) -> Date {
    let next = subscription.paid_until().and_then(|last| last.tomorrow().ok());
    let inside = next.filter(|next| goes_on_inside(draft, subscription, *next));
    inside.unwrap_or_else(|| subscription.renews_from(today))
}

/// A vehicle is inside whose right ended the moment this day began.
fn goes_on_inside(draft: &Draft, subscription: &Subscription, day: Date) -> bool {
    let mut inside = draft.state.visits.values().filter_map(|visit| visit.pass());
    inside
        .any(|pass| pass.subscription == subscription.id && pass.ends.date() == day && pass.ends <= draft.at)
}

fn check_free(subscription: &Subscription, period: Period) -> Decided {
    let taken = |term: &&Term| {
        !term.is_given_back() && term.period.from <= period.to && period.from <= term.period.to
    };
    match subscription.terms.iter().find(taken) {
        Some(term) => Err(SubscriptionRefusal::PaidAlready { to: term.period.to }.into()),
        None => Ok(()),
    }
}

/// `Μηνιαία στάθμευση 01/03/2026–31/03/2026 ΧΑΝ-8080`: a parking receipt states the vehicle.
fn named(plan: &Plan, period: Period, vehicles: &[Plate]) -> Name {
    let day = |date: Date| date.strftime("%d/%m/%Y").to_string();
    let mut plates: Vec<String> = vehicles.iter().take(PLATES_NAMED).map(Plate::display).collect();
    if let Some(more) = vehicles.len().checked_sub(PLATES_NAMED).filter(|more| *more > 0) {
        plates.push(format!("+{more}"));
    }
    let tail = format!("{}–{} {}", day(period.from), day(period.to), plates.join(", "));
    Name::new(&format!("{} {tail}", plan.name.el), &format!("{} {tail}", plan.name.en))
}

/// An order that buys a period may be paid while nothing else has paid its days.
pub(super) fn check_payable(draft: &Draft, order: &Order) -> Decided {
    match &order.term {
        Some(term) => check_free(known(draft, term.subscription)?, term.period),
        None => Ok(()),
    }
}

/// The order is paid: the right holds from its first day on.
pub(super) fn paid(draft: &mut Draft, term: &WantedTerm, document: &Document, operator: &OperatorId) {
    draft.event(Event::SubscriptionPaid {
        subscription: term.subscription,
        term: Box::new(term.paid_by(document)),
        operator: operator.clone(),
    });
}

/// The document of a period has its name: it is correlated with the entry of every vehicle that has come in under it.
pub(super) fn named_document(draft: &mut Draft, document: DocumentId, name: &DocumentName) {
    let state = draft.state;
    let terms = state.subscriptions.values().flat_map(|subscription| &subscription.terms);
    for part in terms.filter(|term| term.document == document).flat_map(|term| &term.entries) {
        let told = Told::Correlate { document: Some(document), name: name.clone(), also: Vec::new() };
        draft.queue_in(part.visit, part.chain, told);
    }
}

/// Vehicles, places and plan decide what is not paid: whoever changes them needs the right.
fn change(draft: &mut Draft, id: SubscriptionId, wanted: &WantedSubscription, by: &By) -> Decided {
    let subscription = known(draft, id)?;
    let holding = holding(draft, wanted, Some(id))?;
    if holding == subscription.holding {
        return Ok(());
    }
    let approved_by = draft.require(Right::KeepSubscriptions, by)?;
    let operator = by.operator.clone();
    let holding = Box::new(holding);
    draft.event(Event::SubscriptionChanged { subscription: id, holding, operator, approved_by });
    Ok(())
}

fn close(draft: &mut Draft, id: SubscriptionId, reason: &str, by: &By) -> Decided {
    let subscription = known(draft, id)?;
    let reason = Text::new(reason);
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let today = draft.at.date();
    let waits = |term: &&Term| {
        !term.is_given_back() && (term.period.to >= today || term.name.is_none() && !term.entries.is_empty())
    };
    if let Some(term) = subscription.terms.iter().rfind(waits) {
        return Err(SubscriptionRefusal::StillHolds { to: term.period.to }.into());
    }
    let approved_by = draft.require(Right::KeepSubscriptions, by)?;
    let operator = by.operator.clone();
    draft.event(Event::SubscriptionClosed { subscription: id, reason, operator, approved_by });
    Ok(())
}
