//! Whom an invoice is for. A tax number that is typed shows what is kept of it at once; where that is nothing, or old, a
//! register is asked while the person goes on. Nothing here is ever in the way of a sale: what no register says is typed, or
//! left out.

use super::{Decided, Draft, LiveChange, pay};
use crate::app::effect::{CounterpartyWish, Effect, Question};
use crate::app::refusal::Refusal;
use crate::domain::card::WantedPayment;
use crate::domain::counterparty::{Answer, Counterparty, Hitch, LookUp, Particulars, Register, RegisterHeld};
use crate::domain::customer::TaxNumber;
use crate::domain::document::Subject;
use crate::domain::event::Event;
use crate::domain::operator::OperatorId;

/// How long a register that refuses everything is left alone, unless a person wants it asked: it blocks who fails too often.
const HELD_S: i64 = 3_600;
/// A question nobody has answered for so long is none any more: every exchange ends before.
const ASKING_MAX_S: i64 = 90;

/// A number was typed. What is kept of it is read first.
pub(super) fn look_up(
    draft: &mut Draft,
    country: &str,
    number: &str,
    operator: &OperatorId,
    again: bool,
) -> Decided {
    let number = TaxNumber::parse(country, number).map_err(Refusal::TaxNumber)?;
    let wish = CounterpartyWish::LookUp { operator: operator.clone(), again };
    draft.ask(Question::Counterparty { number, wish });
    Ok(())
}

/// What is kept of it was read.
pub(super) fn read(
    draft: &mut Draft,
    number: &TaxNumber,
    known: Option<&Counterparty>,
    wish: &CounterpartyWish,
) -> Decided {
    match wish {
        CounterpartyWish::LookUp { operator, again } => show_and_ask(draft, number, known, operator, *again),
        CounterpartyWish::Show => {
            let look_up = look_up_of(draft, number, known);
            draft.decision.live.push(LiveChange::LookUp(Box::new(look_up)));
        }
        CounterpartyWish::Pay { subject, payment } => {
            let particulars = known.and_then(Counterparty::particulars).cloned().unwrap_or_default();
            let payment = WantedPayment { counterparty: Some(Box::new(particulars)), ..(**payment).clone() };
            return pay_for(draft, *subject, &payment);
        }
    }
    Ok(())
}

fn pay_for(draft: &mut Draft, subject: Subject, payment: &WantedPayment) -> Decided {
    match subject {
        Subject::Visit(visit) => pay::pay(draft, visit, payment),
        Subject::Order(order) => super::order::pay(draft, order, payment),
        // Nobody pays a refund.
        Subject::Refund(_) => Err(Refusal::NoSuchDocument.into()),
    }
}

/// Whether an invoice must first read whom it is for; if so, it is asked for, and the payment goes on with the answer.
pub(super) fn must_be_read(
    draft: &mut Draft,
    subject: Subject,
    payment: &WantedPayment,
    customer: Option<&TaxNumber>,
) -> bool {
    let Some(number) = customer.filter(|_| payment.counterparty.is_none()) else { return false };
    let wish = CounterpartyWish::Pay { subject, payment: Box::new(payment.clone()) };
    draft.ask(Question::Counterparty { number: number.clone(), wish });
    true
}

/// As it is shown, with what is kept now.
fn look_up_of(draft: &Draft, number: &TaxNumber, known: Option<&Counterparty>) -> LookUp {
    let known = known.cloned().unwrap_or_else(|| Counterparty::new(number.clone()));
    match draft.state.live.look_up(number) {
        Some(before) => LookUp { known, ..before.clone() },
        None => LookUp::new(known),
    }
}

fn show_and_ask(
    draft: &mut Draft,
    number: &TaxNumber,
    known: Option<&Counterparty>,
    operator: &OperatorId,
    again: bool,
) {
    let mut look_up = look_up_of(draft, number, known);
    let fresh = look_up.known.is_fresh(draft.at, draft.settings.look_up.fresh_days);
    let waits =
        look_up.asking.is_some_and(|since| (0..ASKING_MAX_S).contains(&draft.at.seconds_since(&since)));
    if !waits && (again || !fresh) {
        look_up.hitch = match who_is_asked(draft, number, again) {
            Ok(register) => {
                look_up.asking = Some(draft.at);
                let (number, operator) = (number.clone(), operator.clone());
                draft.event(Event::CounterpartyAsked { number: number.clone(), register, operator });
                draft.effect(Effect::AskRegister { register, number });
                None
            }
            Err(hitch) => Some(hitch),
        };
    }
    draft.decision.live.push(LiveChange::LookUp(Box::new(look_up)));
}

/// Who can be asked about a number now, or why nobody is.
fn who_is_asked(draft: &Draft, number: &TaxNumber, again: bool) -> Result<Register, Hitch> {
    // A full disk could not keep that somebody asked.
    let may = draft.settings.look_up.on && !draft.state.live.disk_full;
    let register = Register::of(number).filter(|_| may).ok_or(Hitch::NotAsked)?;
    let held = draft.state.live.register_held.as_ref();
    match held.filter(|held| register == Register::Aade && !again && draft.at < held.until) {
        Some(held) => Err(held.hitch.clone()),
        None => Ok(register),
    }
}

/// A register said something, or did not.
pub(super) fn answered(
    draft: &mut Draft,
    register: Register,
    number: &TaxNumber,
    answer: &Answer,
) -> Decided {
    let before = draft.state.live.look_up(number).cloned();
    let before = before.unwrap_or_else(|| LookUp::new(Counterparty::new(number.clone())));
    match answer {
        Answer::Said(finding) => {
            let (number, finding) = (number.clone(), finding.clone());
            draft.event(Event::CounterpartyFound { number: number.clone(), register, finding });
            let look_up = LookUp { asking: None, hitch: None, ..before };
            draft.decision.live.push(LiveChange::LookUp(Box::new(look_up)));
            if register == Register::Aade {
                draft.decision.live.push(LiveChange::RegisterHeld(None));
            }
            draft.ask(Question::Counterparty { number, wish: CounterpartyWish::Show });
        }
        Answer::Hitch(hitch) => {
            if register == Register::Aade && hitch.holds_for_all() {
                let held = RegisterHeld { hitch: hitch.clone(), until: draft.at.moved(HELD_S) };
                draft.decision.live.push(LiveChange::RegisterHeld(Some(Box::new(held))));
            }
            let look_up = LookUp { asking: None, hitch: Some(hitch.clone()), ..before };
            draft.decision.live.push(LiveChange::LookUp(Box::new(look_up)));
        }
    }
    Ok(())
}

/// A person says whose a number is: from now on that stands on its invoices.
pub(super) fn write(
    draft: &mut Draft,
    country: &str,
    number: &str,
    particulars: &Particulars,
    operator: &OperatorId,
) -> Decided {
    draft.require_disk()?;
    let number = TaxNumber::parse(country, number).map_err(Refusal::TaxNumber)?;
    let (particulars, operator) = (particulars.clone(), operator.clone());
    draft.event(Event::CounterpartyWritten { number: number.clone(), particulars, operator });
    draft.ask(Question::Counterparty { number, wish: CounterpartyWish::Show });
    Ok(())
}
