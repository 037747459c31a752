//! Leaving, and leaving without service.

use super::{Decided, Draft};
use crate::app::input::By;
use crate::app::refusal::Refusal;
use crate::domain::document::DocumentKind;
use crate::domain::entry::{MessageKind, MessageState, Outcome, ServiceCategory, Told};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::operator::{OperatorId, Right};
use crate::domain::settings::Settings;
use crate::domain::text::Text;
use crate::domain::visit::{Settlement, Step, Visit};

/// The vehicle leaves: moment 3.
pub(super) fn depart(draft: &mut Draft, id: VisitId, operator: &OperatorId) -> Decided {
    let visit = draft.visit(id)?;
    visit.state.after(Step::Depart(draft.at)).map_err(Refusal::Step)?;
    draft.event(Event::VisitClosed { visit: id, departed: draft.at, operator: operator.clone() });
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
    Ok(())
}

fn outcome(settings: &Settings, settlement: &Settlement) -> Outcome {
    match settlement {
        Settlement::Paid { kind: DocumentKind::Invoice { customer }, .. } => {
            Outcome::Invoice { customer: customer.clone() }
        }
        Settlement::Paid { kind: DocumentKind::Retail, .. } if settings.issuer.gives_marks() => Outcome::Retail,
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

/// What was never sent is withdrawn; an entry that may exist at the registry is cancelled there.
pub(super) fn withdraw_or_cancel(draft: &mut Draft, visit: &Visit) {
    let never_sent = |kind| {
        visit.entry.moment(kind).filter(|moment| moment.state == MessageState::Queued && !moment.tried)
    };
    for kind in [MessageKind::Create, MessageKind::Update, MessageKind::Complete, MessageKind::Correlate] {
        if let Some(moment) = never_sent(kind) {
            let from = MessageState::Queued;
            draft.event(Event::MessageWithdrawn { message: moment.message, visit: visit.id, kind, from });
        }
    }
    if never_sent(MessageKind::Create).is_none() {
        draft.queue(visit, Told::Cancel);
    }
}
