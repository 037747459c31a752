//! Leaving, and leaving without service.

use super::{Decided, Draft, correct};
use crate::app::input::By;
use crate::app::refusal::Refusal;
use crate::domain::document::DocumentKind;
use crate::domain::entry::{MessageKind, MessageState, Moment, Outcome, ServiceCategory, Told};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::operator::{OperatorId, Right};
use crate::domain::settings::Settings;
use crate::domain::text::Text;
use crate::domain::visit::{Settlement, Step, Visit};

/// The vehicle leaves: moment 3. A correction that still waits is carried out now, in the order of the visit's
/// messages: nobody would be there to do it later.
pub(super) fn depart(draft: &mut Draft, id: VisitId, operator: &OperatorId) -> Decided {
    let visit = draft.visit(id)?;
    visit.state.after(Step::Depart(draft.at)).map_err(Refusal::Step)?;
    match &visit.correction {
        Some(correction) => {
            let corrected = correct::replace(draft, visit, correction);
            close(draft, &corrected, operator);
        }
        None => close(draft, visit, operator),
    }
    Ok(())
}

fn close(draft: &mut Draft, visit: &Visit, operator: &OperatorId) {
    draft.event(Event::VisitClosed { visit: visit.id, departed: draft.at, operator: operator.clone() });
    if let Some(settlement) = visit.state.settlement() {
        let told = Told::Complete {
            client_type: visit.client_type,
            category: visit.category.clone().unwrap_or(ServiceCategory::ByPriceList),
            outcome: outcome(draft.settings, settlement),
            departed: draft.at,
            mark: visit.reference.mark(),
        };
        draft.queue(visit, told);
    }
}

fn outcome(settings: &Settings, settlement: &Settlement) -> Outcome {
    match settlement {
        Settlement::Paid { kind: DocumentKind::Invoice { customer }, .. } => {
            Outcome::Invoice { customer: customer.clone() }
        }
        Settlement::Paid { kind: DocumentKind::Retail, .. } if settings.issuer.gives_marks() => {
            Outcome::Retail
        }
        Settlement::Paid { kind: DocumentKind::Retail, .. } => Outcome::FiscalMachine,
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
    draft.event(Event::VisitCancelled { visit: id, reason, operator: by.operator.clone(), approved_by });
    withdraw_or_cancel(draft, visit);
    Ok(())
}

/// What was never sent or was refused is withdrawn; an entry that may exist at the registry is cancelled there. A
/// refused create left nothing to cancel.
pub(super) fn withdraw_or_cancel(draft: &mut Draft, visit: &Visit) {
    for kind in [MessageKind::Create, MessageKind::Update, MessageKind::Complete, MessageKind::Correlate] {
        if let Some(moment) = visit.entry.moment(kind).filter(|moment| is_nowhere(moment)) {
            let from = moment.state;
            draft.event(Event::MessageWithdrawn { message: moment.message, visit: visit.id, kind, from });
        }
    }
    if !visit.entry.create.as_ref().is_some_and(is_nowhere) {
        draft.queue(visit, Told::Cancel);
    }
}

/// The registry cannot have it.
fn is_nowhere(moment: &Moment) -> bool {
    moment.state == MessageState::Rejected || (moment.state == MessageState::Queued && !moment.tried)
}
