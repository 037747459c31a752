//! Taking back a payment whose document nobody has been told of yet: it is as if the visit, or the order, had not been paid.
//! The number of ours that it had stays with it, for numbers have no gaps.
//!
//! It is possible only in the shift that took the money, while the vehicle is here, or before any of an order's things were
//! handed over. What the authority knows, or may know, is taken back by a credit ([`super::credit`]).

use super::{Decided, Draft, paper};
use crate::app::effect::{Effect, Notice, Question};
use crate::app::input::{By, DocumentInput, Input};
use crate::app::refusal::Refusal;
use crate::domain::document::{Document, Subject};
use crate::domain::event::Event;
use crate::domain::ids::DocumentId;
use crate::domain::issuing::{AtIssuer, Issuing};
use crate::domain::order::Order;
use crate::domain::paper::Paper;
use crate::domain::settings::IssuerKind;
use crate::domain::text::Text;
use crate::domain::visit::Step;

/// Makes a payment void. Whoever is at the till may; it is counted and stands on the control page.
pub(super) fn wanted(
    draft: &mut Draft,
    id: DocumentId,
    reason: &str,
    by: &By,
    input: &DocumentInput,
) -> Decided {
    let document = draft.state.unnamed.get(&id).ok_or(Refusal::NotVoidable)?;
    match document.issued_for.subject() {
        // What was sold over the counter is over since it was paid.
        Subject::Order(order) if !draft.state.orders.contains_key(&order) => {
            draft.ask(Question::Order { order, wanted: Box::new(Input::Document(input.clone())) });
            Ok(())
        }
        Subject::Order(order) => void(draft, id, draft.state.orders.get(&order), reason, by),
        Subject::Visit(_) | Subject::Refund(_) => void(draft, id, None, reason, by),
    }
}

/// Makes it void; an order it is for is at hand.
pub(super) fn void(
    draft: &mut Draft,
    id: DocumentId,
    order: Option<&Order>,
    reason: &str,
    by: &By,
) -> Decided {
    draft.require_disk()?;
    let document = draft.state.unnamed.get(&id).ok_or(Refusal::NotVoidable)?;
    let shift = draft.state.shift.as_ref().ok_or(Refusal::NoShift)?;
    // What a deposit has paid is taken back by a credit: its money does not come out of the drawer a second time.
    let set_off = document.payment.deposits().next().is_some();
    let own = document.shift == Some(shift.id) && is_ours_alone(draft, document);
    if document.is_credit() || set_off || !own {
        return Err(Refusal::NotVoidable.into());
    }
    let owing = match document.issued_for.subject() {
        Subject::Visit(visit) => {
            let visit = draft.state.visits.get(&visit).filter(|visit| visit.is_paid_by(id));
            visit.ok_or(Refusal::NotVoidable)?.state.after(Step::Reopen).map_err(Refusal::Step)?;
            None
        }
        Subject::Order(_) => {
            Some(order.and_then(|order| order.without(document)).ok_or(Refusal::NotVoidable)?)
        }
        Subject::Refund(_) => return Err(Refusal::NotVoidable.into()),
    };
    let reason = Text::new(reason);
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    if document.payment.cash > shift.expected_cash() {
        return Err(Refusal::NotInTheDrawer.into());
    }
    let operator = by.operator.clone();
    draft.event(Event::DocumentVoided {
        document: Box::new(document.clone()),
        shift: shift.id,
        reason,
        operator: operator.clone(),
    });
    if let Some(order) = owing {
        draft.event(Event::OrderOwesAgain { order: Box::new(order) });
    }
    if !document.payment.cash.is_zero() {
        draft.event(Event::DrawerAsked { document: Some(id), moving: false, operator });
        draft.effect(Effect::OpenDrawer);
    }
    draft.tell(Notice::Voided {
        document: id,
        cash: document.payment.cash,
        card: document.payment.card + document.payment.tips,
    });
    paper::ask_for(draft, Paper::Void { document: id, copy: 0 });
    Ok(())
}

/// Nobody outside knows of it, and nobody is being told.
fn is_ours_alone(draft: &Draft, document: &Document) -> bool {
    let unsent = |at_issuer: &AtIssuer| {
        at_issuer.was_never_sent() || matches!(at_issuer.state, Issuing::Rejected { .. })
    };
    // With the words of a lost connection the customer holds the document itself.
    if document.lost_connection() {
        return false;
    }
    let asked = draft.settings.issuer == IssuerKind::Simulated;
    match &document.at_issuer {
        Some(at_issuer) => unsent(at_issuer),
        None => !asked,
    }
}
