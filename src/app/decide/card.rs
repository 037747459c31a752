//! Linked card terminals: charged once, written down before, asked about after. No sale counts as paid by card without the
//! terminal's word, or a person's who has looked at its slip.

use super::{Decided, Draft, deposit, pay};
use crate::app::effect::{Effect, Notice};
use crate::app::input::By;
use crate::app::refusal::Refusal;
use crate::domain::card::{CardApproval, CardCharge, CardOutcome, CardSession, ChargeState, WantedPayment};
use crate::domain::device::{DeviceId, DeviceKind};
use crate::domain::document::Subject;
use crate::domain::event::Event;
use crate::domain::money::Cents;
use crate::domain::operator::Right;
use crate::domain::payment::Tender;
use crate::domain::text::Text;

/// A payment with a linked card: the terminal is asked first, and the payment goes on by itself when it has approved.
/// `true`: it was asked, and nothing else is to be done now.
pub(super) fn asks_first(
    draft: &mut Draft,
    subject: Subject,
    payment: &WantedPayment,
) -> Result<bool, Refusal> {
    let mut wanted = payment.tenders.iter().filter_map(|tender| match tender {
        Tender::CardLinked { amount, session: None, .. } => Some(*amount),
        _ => None,
    });
    let Some(amount) = wanted.next() else { return Ok(false) };
    if wanted.next().is_some() {
        return Err(Refusal::OneCardAtATime);
    }
    let state = draft.state;
    if !state.live.devices.contains_key(&DeviceId::only(DeviceKind::CardTerminal)) {
        return Err(Refusal::NoCardTerminal);
    }
    if let Some(open) = state.charges.values().find(|charge| charge.is_open()) {
        return Err(Refusal::CardPending { session: open.session });
    }
    // Approved and taken by no document: the same money is not asked for twice.
    if let Some(charge) = state.charges.values().find(|charge| charge.subject == subject) {
        return Err(Refusal::CardApprovedAlready { session: charge.session, amount: charge.amount });
    }
    let charge = CardCharge {
        session: state.last_session.map_or(CardSession(1), CardSession::next),
        id: draft.ids.uuid(),
        subject,
        amount,
        at: draft.at,
        payment: payment.clone(),
        state: ChargeState::Asked,
    };
    draft.event(Event::CardAsked { charge: Box::new(charge.clone()) });
    draft.effect(Effect::ChargeCard { charge: Box::new(charge) });
    Ok(true)
}

/// The terminal's word, after it was asked to charge or what became of a charge. A word about a charge that is settled changes
/// nothing.
pub(super) fn reported(draft: &mut Draft, session: CardSession, outcome: &CardOutcome) -> Decided {
    let Some(charge) = draft.state.charges.get(&session).filter(|charge| charge.is_open()) else {
        return Ok(());
    };
    let again =
        matches!((&charge.state, outcome), (ChargeState::Unknown { .. }, CardOutcome::Unknown { .. }));
    if !again {
        draft.event(Event::CardReported { session, outcome: outcome.clone() });
    }
    match outcome {
        CardOutcome::Approved { approval } => carry_on(draft, charge, approval),
        CardOutcome::Unknown { .. } if matches!(charge.state, ChargeState::Asked) => {
            // Once at once; after that by a person, or at the next start.
            draft.effect(Effect::AskCard { charge: Box::new(charge.clone()) });
            Ok(())
        }
        _ => {
            draft.tell(Notice::Card { session, outcome: outcome.clone() });
            Ok(())
        }
    }
}

/// The payment the charge was for, with what the terminal approved. Where it cannot be made any more the money waits for a
/// person: it is not lost and not asked for again.
fn carry_on(draft: &mut Draft, charge: &CardCharge, approval: &CardApproval) -> Decided {
    let taken = |tender: &Tender| match tender {
        Tender::CardLinked { session: None, .. } => {
            Tender::CardLinked { amount: approval.amount, tip: approval.tip, session: Some(charge.session) }
        }
        other => *other,
    };
    let wanted = &charge.payment;
    let tenders: Vec<Tender> = wanted.tenders.iter().map(taken).collect();
    let before = draft.decision.clone();
    let approved = (charge.session, approval.clone());
    let payment = WantedPayment { tenders, ..wanted.clone() };
    let paid = match (wanted.deposit, charge.subject) {
        (Some(amount), Subject::Visit(visit)) => {
            deposit::take_with(draft, visit, amount, &payment, Some(approved))
        }
        _ => pay::pay_with(draft, charge.subject, &payment, Some(approved)),
    };
    if paid.is_err() {
        draft.decision = before;
        let outcome = CardOutcome::Approved { approval: Box::new(approval.clone()) };
        draft.tell(Notice::Card { session: charge.session, outcome });
    }
    Ok(())
}

/// The running charge is to end, if the terminal still can.
pub(super) fn cancel(draft: &mut Draft) -> Decided {
    let running = draft.state.charges.values().find(|charge| charge.state == ChargeState::Asked);
    running.ok_or(Refusal::NoSuchCharge)?;
    draft.effect(Effect::CancelCard);
    Ok(())
}

/// The terminal is asked once more what became of a charge.
pub(super) fn ask_again(draft: &mut Draft, session: CardSession) -> Decided {
    let charge = draft.state.charges.get(&session).filter(|charge| charge.is_open());
    let charge = charge.ok_or(Refusal::NoSuchCharge)?.clone();
    draft.effect(Effect::AskCard { charge: Box::new(charge) });
    Ok(())
}

/// A person has looked at the terminal's slip, or in the acquirer's list.
pub(super) fn settle(draft: &mut Draft, session: CardSession, approved: bool, by: &By) -> Decided {
    let charge = draft.state.charges.get(&session).filter(|charge| charge.is_open());
    let charge = charge.ok_or(Refusal::NoSuchCharge)?;
    let approved_by = draft.require(Right::SettleCard, by)?;
    let outcome = if approved {
        let approval = CardApproval { amount: charge.amount, by_hand: true, ..CardApproval::default() };
        CardOutcome::Approved { approval: Box::new(approval) }
    } else {
        CardOutcome::Declined { words: Text::new(&format!("by hand: {approved_by}")) }
    };
    draft.effect(Effect::SetCardAside { session });
    reported(draft, session, &outcome)
}

/// An approved charge no document has taken: its payment is tried again, as it was wanted or with what is paid now.
pub(super) fn use_approved(draft: &mut Draft, session: CardSession) -> Decided {
    let charge = draft.state.charges.get(&session).ok_or(Refusal::NoSuchCharge)?;
    match &charge.state {
        ChargeState::Approved { approval } => carry_on(draft, charge, approval),
        ChargeState::Asked | ChargeState::Unknown { .. } => Err(Refusal::CardPending { session }.into()),
    }
}

/// What was being charged when the program ended: nobody heard the answer.
pub(super) fn after_restart(draft: &mut Draft) {
    let asked = draft.state.charges.values().filter(|charge| charge.state == ChargeState::Asked);
    let lost: Vec<CardSession> = asked.map(|charge| charge.session).collect();
    for session in lost {
        let why = Text::new("the program ended while the terminal was at work");
        draft.event(Event::CardReported { session, outcome: CardOutcome::Unknown { why } });
    }
}

/// A terminal is looked after from now on: every charge without a known end is asked about.
pub(super) fn attached(draft: &mut Draft) {
    let open: Vec<CardCharge> =
        draft.state.charges.values().filter(|charge| charge.is_open()).cloned().collect();
    for charge in open {
        draft.effect(Effect::AskCard { charge: Box::new(charge) });
    }
}

/// What a linked card paid must be what a terminal approved.
pub(super) fn check_sessions(
    draft: &Draft,
    tenders: &[Tender],
    just_approved: Option<CardSession>,
) -> Decided {
    let mut used = Vec::new();
    for tender in tenders {
        if let Tender::CardLinked { amount, tip, session } = tender {
            let session = session.ok_or(Refusal::NoCardTerminal)?;
            if used.contains(&session) {
                return Err(Refusal::OneCardAtATime.into());
            }
            used.push(session);
            if just_approved == Some(session) {
                continue;
            }
            let matches = draft.state.charges.get(&session).is_some_and(|charge| match &charge.state {
                ChargeState::Approved { approval } => (approval.amount, approval.tip) == (*amount, *tip),
                ChargeState::Asked | ChargeState::Unknown { .. } => false,
            });
            if !matches || *amount <= Cents::ZERO {
                return Err(Refusal::NoSuchCharge.into());
            }
        }
    }
    Ok(())
}

/// What terminals said of the linked cards among some tenders.
pub(super) fn approvals(
    draft: &Draft,
    tenders: &[Tender],
    just_approved: Option<(CardSession, CardApproval)>,
) -> Vec<CardApproval> {
    let said = |session: CardSession| match draft.state.charges.get(&session).map(|charge| &charge.state) {
        Some(ChargeState::Approved { approval }) => Some((**approval).clone()),
        _ => {
            just_approved.as_ref().filter(|(just, _)| *just == session).map(|(_, approval)| approval.clone())
        }
    };
    let sessions = tenders.iter().filter_map(|tender| match tender {
        Tender::CardLinked { session, .. } => *session,
        _ => None,
    });
    sessions.filter_map(said).collect()
}
