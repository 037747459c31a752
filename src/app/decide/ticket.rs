//! Tickets and slips that are scanned: whose they are, and what became of them. A ticket that opens nothing is written down: a forged
//! one is seldom tried once.

use super::{Decided, Draft};
use crate::app::effect::{Notice, Question};
use crate::app::input::{Input, ParkingInput};
use crate::app::refusal::Refusal;
use crate::domain::event::Event;
use crate::domain::ids::Reference;
use crate::domain::operator::OperatorId;
use crate::domain::settings::Settings;
use crate::domain::text::Text;
use crate::domain::ticket::{PREFIX, TicketFault};
use crate::domain::visit::{Visit, VisitState};
use tameio_drivers::scanner::{TicketCheck, TicketCodes};

/// A ticket was scanned: the visit or the order it is of, or why it opens none.
pub(super) fn scanned(draft: &mut Draft, code: &str, operator: &OperatorId) -> Decided {
    let reference = match read(draft.settings, code) {
        Ok(reference) => reference,
        Err(fault) => return refuse(draft, fault, code, operator),
    };
    if let Some(visit) = draft.state.visits.values().find(|visit| visit.reference == reference) {
        draft.tell(Notice::TicketRead { visit: visit.id });
        return Ok(());
    }
    if let Some(order) = draft.state.orders.values().find(|order| order.reference == reference) {
        draft.tell(Notice::SlipRead { order: order.id });
        return Ok(());
    }
    let wanted = Box::new(Input::Parking(ParkingInput::ScanTicket {
        code: code.to_owned(),
        operator: operator.clone(),
    }));
    draft.ask(Question::VisitNumbered { number: reference.number, wanted });
    Ok(())
}

/// The visit was read from the archive: it is over, goes on under another plate, or was never here.
pub(super) fn recalled(
    draft: &mut Draft,
    visit: Option<&Visit>,
    code: &str,
    operator: &OperatorId,
) -> Decided {
    let Some(visit) = visit else { return refuse(draft, TicketFault::Unknown, code, operator) };
    let goes_on = draft.state.visits.values().find(|next| is_continued_by(visit, next));
    if let Some(next) = goes_on {
        draft.tell(Notice::TicketRead { visit: next.id });
        return Ok(());
    }
    let fault = match &visit.state {
        VisitState::Closed { departed, .. } | VisitState::Moved { departed, .. } => {
            TicketFault::Used { plate: visit.plate.clone(), left: *departed }
        }
        _ => TicketFault::Cancelled { plate: visit.plate.clone() },
    };
    refuse(draft, fault, code, operator)
}

/// A visit with the right plate continues this one.
fn is_continued_by(visit: &Visit, next: &Visit) -> bool {
    let VisitState::Replaced { by } = visit.state else { return false };
    next.id == by || next.chain == visit.chain
}

fn refuse(draft: &mut Draft, fault: TicketFault, code: &str, operator: &OperatorId) -> Decided {
    // Only what stands before the check: whoever reads the journal makes no ticket of it.
    let number = code.split('.').next().unwrap_or_default();
    draft.event(Event::TicketRefused {
        number: Text::new(number),
        fault: fault.clone(),
        operator: operator.clone(),
    });
    draft.tell(Notice::Refused(Refusal::Ticket(fault)));
    Ok(())
}

/// Whose ticket a code is, or why it is none.
fn read(settings: &Settings, code: &str) -> Result<Reference, TicketFault> {
    let code = code.trim().to_ascii_uppercase();
    let Some(body) = code.strip_prefix(PREFIX) else { return Err(TicketFault::Torn) };
    let number = body.split('.').next().unwrap_or_default();
    let reference: Option<Reference> = number.parse().ok();
    let Some(codes) = codes(settings) else { return reference.ok_or(TicketFault::Torn) };
    match (codes.read(&code), reference) {
        (TicketCheck::Ours { .. }, Some(reference)) if reference.terminal == settings.terminal => {
            Ok(reference)
        }
        (TicketCheck::Ours { .. }, Some(reference)) => {
            Err(TicketFault::OtherTerminal { terminal: reference.terminal })
        }
        (TicketCheck::NotMadeHere, Some(reference)) if reference.terminal != settings.terminal => {
            Err(TicketFault::OtherSite)
        }
        (TicketCheck::NotMadeHere, Some(_)) => Err(TicketFault::Forged),
        // Without its check, or with half of it.
        _ => Err(TicketFault::Torn),
    }
}

/// The codes of this site's tickets.
fn codes(settings: &Settings) -> Option<TicketCodes> {
    let key = settings.ticket_key.as_ref()?;
    TicketCodes::new(PREFIX, key.bytes()).ok()
}
