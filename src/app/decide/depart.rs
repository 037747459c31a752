//! Leaving, leaving for further work elsewhere, and leaving without service.

use super::{Decided, Draft, correct, deposit, pack, parking, pass, rental, sighting};
use crate::app::input::By;
use crate::app::refusal::Refusal;
use crate::domain::document::DocumentKind;
use crate::domain::entry::{ClientType, MessageKind, MessageState, Moment, Outcome, Told};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::operator::{OperatorId, Right};
use crate::domain::settings::Settings;
use crate::domain::terms::OffSite;
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::domain::visit::{Settlement, Step, Visit, VisitState};

/// The vehicle leaves (rental: comes back): moment 3. A correction that still waits is carried out now, in the order of
/// the visit's messages: nobody would be there to do it later.
pub(super) fn depart(
    draft: &mut Draft,
    id: VisitId,
    operator: &OperatorId,
    returned_at: Option<&str>,
) -> Decided {
    let visit = parking::may_leave(draft, draft.visit(id)?, operator)?;
    let_go(draft, visit, operator, returned_at)
}

/// The vehicle leaves with the payment this decision has just booked.
pub(super) fn leave_paid(draft: &mut Draft, visit: &Visit, operator: &OperatorId) -> Decided {
    let paid = draft.as_decided(visit)?;
    if pass::check_out(draft, &paid).is_err() {
        // Paid, and its right ended meanwhile: a person says how it goes on.
        return Ok(());
    }
    let_go(draft, paid, operator, None)
}

/// The vehicle of a visit that is settled is gone.
pub(super) fn let_go(
    draft: &mut Draft,
    visit: Visit,
    operator: &OperatorId,
    returned_at: Option<&str>,
) -> Decided {
    // One that owes what it was let go with does not come back under its right before that is paid.
    if visit.pass().is_some() && visit.debt.is_none() {
        pass::check_out(draft, &visit)?;
        return pass::go_out(draft, &visit, draft.at, operator);
    }
    visit.state.after(Step::Depart(draft.at)).map_err(Refusal::Step)?;
    rental::check_returned(&visit)?;
    let back_at = visit.rental.as_ref().and_then(|rental| rental.returned.as_ref()?.place.clone());
    let visit = with_right_plate(draft, visit);
    let returned_at = returned_at.map(Text::new).or(back_at);
    let returned_at = returned_at.filter(|place| !place.is_empty() && visit.trip.is_some());
    let (visit_id, departed, operator) = (visit.id, draft.at, operator.clone());
    let event = Event::VisitClosed { visit: visit_id, departed, operator, returned_at, estimated: false };
    leave(draft, visit, event)
}

/// The vehicle of a visit that is settled was gone at an instant, as near as anybody knows.
pub(super) fn was_gone(draft: &mut Draft, visit: Visit, departed: Stamp, operator: &OperatorId) -> Decided {
    if visit.pass().is_some() && visit.debt.is_none() {
        return pass::go_out(draft, &visit, departed, operator);
    }
    visit.state.after(Step::Depart(departed)).map_err(Refusal::Step)?;
    let visit = with_right_plate(draft, visit);
    let (visit_id, operator) = (visit.id, operator.clone());
    let event =
        Event::VisitClosed { visit: visit_id, departed, operator, returned_at: None, estimated: true };
    leave(draft, visit, event)
}

/// A correction that still waits is carried out.
fn with_right_plate(draft: &mut Draft, visit: Visit) -> Visit {
    match &visit.correction {
        Some(correction) => correct::replace(draft, &visit, correction),
        None => visit,
    }
}

/// A garage's vehicle is moved away for further work: the entry is completed, and what follows is a visit of its own.
pub(super) fn move_off_site(draft: &mut Draft, id: VisitId, to: &OffSite, operator: &OperatorId) -> Decided {
    let visit = draft.visit(id)?;
    if visit.client_type != ClientType::Garage {
        return Err(Refusal::OffSiteOnlyAtGarages.into());
    }
    visit.state.after(Step::Move(to.clone(), draft.at)).map_err(Refusal::Step)?;
    if visit.category.is_none() {
        return Err(Refusal::NoService.into());
    }
    let visit = with_right_plate(draft, visit.clone());
    check_departure(
        draft,
        &Visit { state: VisitState::Moved { to: to.clone(), departed: draft.at }, ..visit.clone() },
    )?;
    let (to, operator) = (to.clone(), operator.clone());
    let event = Event::VisitMoved { visit: visit.id, to, departed: draft.at, operator };
    leave(draft, visit, event)
}

/// Nothing keeps a customer here: what the registry would refuse was refused when the visit was settled, and what it refuses
/// all the same stands on the list.
fn leave(draft: &mut Draft, mut visit: Visit, event: Event) -> Decided {
    visit.fold(&event).map_err(Refusal::Step)?;
    draft.event(event);
    tell_departure(draft, &visit);
    sighting::left(draft, &visit);
    pack::left(draft, &visit);
    if !matches!(visit.state, VisitState::Moved { .. }) {
        deposit::remind(draft, visit.id);
    }
    Ok(())
}

/// Refuses what would make the end of a visit fail at the registry.
pub(super) fn check_departure(draft: &Draft, visit: &Visit) -> Decided {
    departure(draft.settings, visit).map_or(Ok(()), |told| draft.check(visit, &told))
}

/// Tells moment 3 of a visit that is over already.
pub(super) fn tell_departure(draft: &mut Draft, visit: &Visit) {
    if let Some(told) = departure(draft.settings, visit) {
        draft.queue(visit, told);
    }
}

/// Moment 3; nothing while the vehicle is here, nor where the entry ends with a right that was bought beforehand.
pub(super) fn departure(settings: &Settings, visit: &Visit) -> Option<Told> {
    if visit.right.is_some() {
        return None;
    }
    let (outcome, off_site) = match &visit.state {
        VisitState::Closed { settlement, .. } => (outcome(settings, settlement), None),
        VisitState::Moved { to, .. } => (Outcome::Later, Some(to.clone())),
        _ => return None,
    };
    Some(Told::Complete {
        client_type: visit.client_type,
        category: visit.category.clone(),
        outcome,
        departed: visit.state.departed()?,
        mark: visit.reference.mark(),
        amount: visit.amount,
        off_site,
        returned_at: visit.trip.as_ref().and_then(|trip| trip.returned_at.clone()),
    })
}

fn outcome(settings: &Settings, settlement: &Settlement) -> Outcome {
    match settlement {
        Settlement::Paid { kind: DocumentKind::Invoice { customer }, .. } => {
            Outcome::Invoice { customer: customer.clone() }
        }
        Settlement::ByContract { invoice_to: Some(customer) } => {
            Outcome::Invoice { customer: customer.clone() }
        }
        Settlement::Paid { kind: DocumentKind::Retail, .. }
        | Settlement::Owed
        | Settlement::ByPack { .. }
        | Settlement::ByContract { invoice_to: None }
            if settings.issuer.gives_marks() =>
        {
            Outcome::Retail
        }
        Settlement::Paid { kind: DocumentKind::Retail, .. }
        | Settlement::Owed
        | Settlement::ByPack { .. }
        | Settlement::ByContract { invoice_to: None } => Outcome::FiscalMachine,
        Settlement::NoDocument { reason, .. } => Outcome::NoDocument { reason: *reason },
    }
}

/// The customer leaves without service: the entry is cancelled, or never sent.
pub(super) fn cancel(draft: &mut Draft, id: VisitId, reason: &str, by: &By) -> Decided {
    let visit = draft.visit(id)?;
    let reason = Text::new(reason);
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    visit.state.after(Step::Cancel(reason.clone())).map_err(Refusal::Step)?;
    let approved_by = draft.require(Right::CorrectEntry, by)?;
    pack::cancelled(draft, visit, &by.operator)?;
    draft.event(Event::VisitCancelled { visit: id, reason, operator: by.operator.clone(), approved_by });
    if visit.under().is_none() {
        withdraw_or_cancel(draft, visit);
    }
    deposit::remind(draft, id);
    Ok(())
}

/// What was never sent or was refused is withdrawn; an entry that may exist at the registry is cancelled there. A
/// refused create left nothing to cancel.
pub(super) fn withdraw_or_cancel(draft: &mut Draft, visit: &Visit) {
    for kind in [MessageKind::Create, MessageKind::Update, MessageKind::Complete, MessageKind::Correlate] {
        if let Some(moment) = visit.entry.moment(kind).filter(|moment| is_nowhere(moment)) {
            let about = moment.about(visit.id, kind);
            draft.event(Event::MessageWithdrawn { about, from: moment.state });
        }
    }
    if !visit.entry.create.as_ref().is_some_and(is_nowhere) {
        draft.queue(visit, Told::Cancel { entry: None });
    }
}

/// The registry cannot have it, and nobody else's visit is in it.
const fn is_nowhere(moment: &Moment) -> bool {
    let unseen = matches!(moment.state, MessageState::Queued) && !moment.tried;
    !moment.shared && (unseen || matches!(moment.state, MessageState::Rejected))
}
