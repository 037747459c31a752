//! Deposits: taken before anything is owed, set off when the visit is paid, given back when they are not used.

use super::pay::shift_for;
use super::{Decided, Draft, card, paper};
use crate::app::effect::{Effect, Notice};
use crate::app::input::By;
use crate::app::refusal::Refusal;
use crate::domain::card::{CardApproval, CardSession, WantedPayment};
use crate::domain::deposit::{Deposit, Return};
use crate::domain::event::Event;
use crate::domain::ids::{DepositId, VisitId};
use crate::domain::money::{AMOUNT_MAX, Cents};
use crate::domain::operator::{OperatorId, Right};
use crate::domain::paper::Paper;
use crate::domain::payment::{Means, Payment, Tender};
use crate::domain::text::Text;
use crate::domain::visit::Visit;
use std::collections::BTreeMap;

/// Takes a deposit. A linked card terminal is asked first.
pub(super) fn take(
    draft: &mut Draft,
    id: VisitId,
    amount: Cents,
    tenders: &[Tender],
    operator: &OperatorId,
) -> Decided {
    draft.require_disk()?;
    if !draft.settings.deposits {
        return Err(Refusal::NoDeposits.into());
    }
    check(draft, id, amount, tenders)?;
    let wanted = WantedPayment { deposit: Some(amount), ..WantedPayment::new(tenders, None, operator) };
    if card::asks_first(draft, id.into(), &wanted)? {
        return Ok(());
    }
    take_with(draft, id, amount, &wanted, None)
}

/// Books a deposit; of a card that has just been approved it is known here what the terminal said.
pub(super) fn take_with(
    draft: &mut Draft,
    id: VisitId,
    amount: Cents,
    wanted: &WantedPayment,
    approved: Option<(CardSession, CardApproval)>,
) -> Decided {
    let WantedPayment { tenders, operator, .. } = wanted;
    card::check_sessions(draft, tenders, approved.as_ref().map(|(session, _)| *session))?;
    let (visit, mut payment) = check(draft, id, amount, tenders)?;
    payment.approvals = card::approvals(draft, tenders, approved);
    let deposit = Deposit {
        id: DepositId(draft.ids.uuid()),
        number: draft.state.deposits_taken + 1,
        visit: visit.id,
        reference: visit.reference.clone(),
        plate: visit.plate.clone(),
        taken: draft.at,
        operator: operator.clone(),
        amount,
        payment,
        uses: Vec::new(),
    };
    let shift = shift_for(draft, operator);
    let (number, change) = (deposit.number, deposit.payment.change);
    let opens = !deposit.payment.cash.is_zero() || !change.is_zero();
    draft.event(Event::DepositTaken { deposit: Box::new(deposit), shift });
    if opens {
        open_drawer(draft, operator);
    }
    draft.tell(Notice::DepositTaken { number, change });
    paper::ask_for(draft, Paper::Deposit { number, copy: 0 });
    Ok(())
}

/// A deposit is for a vehicle that is here (a rental's: away), and real money: it is not owed, and not another deposit.
fn check<'a>(
    draft: &Draft<'a>,
    id: VisitId,
    amount: Cents,
    tenders: &[Tender],
) -> Result<(&'a Visit, Payment), super::Stop> {
    let visit = draft.visit(id)?;
    if amount <= Cents::ZERO || amount > AMOUNT_MAX {
        return Err(Refusal::Amount.into());
    }
    let real = |tender: &Tender| {
        !matches!(tender, Tender::Deposit { .. } | Tender::OnAccount { .. } | Tender::Voucher { .. })
    };
    if !tenders.iter().all(real) {
        return Err(Refusal::DepositByMoney.into());
    }
    let payment = Payment::settle(amount, tenders.to_vec()).map_err(Refusal::Payment)?;
    Ok((visit, payment))
}

/// Gives a deposit back, whole or in part. The way it came needs no right; another way does, or a card sale becomes cash.
pub(super) fn give_back(
    draft: &mut Draft,
    id: DepositId,
    amount: Cents,
    means: Means,
    reason: &str,
    by: &By,
) -> Decided {
    draft.require_disk()?;
    let deposit = draft.state.deposits.get(&id).ok_or(Refusal::NoSuchDeposit)?;
    if amount <= Cents::ZERO {
        return Err(Refusal::Amount.into());
    }
    if amount > deposit.left() {
        return Err(Refusal::NotSoMuchDeposit { left: deposit.left() }.into());
    }
    if !matches!(means, Means::Cash | Means::Card | Means::Iris | Means::Bank) {
        return Err(Refusal::DepositByMoney.into());
    }
    let approved_by = if amount <= deposit.returnable_by(means) {
        by.operator.clone()
    } else {
        draft.require(Right::PaidOut, by)?
    };
    let in_drawer =
        draft.state.shift.as_ref().map_or(Cents::ZERO, crate::domain::shift::Shift::expected_cash);
    if means == Means::Cash && amount > in_drawer {
        return Err(Refusal::NotInTheDrawer.into());
    }
    let (number, visit) = (deposit.number, deposit.visit);
    let n = u32::try_from(deposit.returns().count()).unwrap_or(u32::MAX);
    let returned = Return {
        amount,
        means,
        at: draft.at,
        operator: by.operator.clone(),
        approved_by,
        reason: Text::new(reason),
    };
    let shift = shift_for(draft, &by.operator);
    draft.event(Event::DepositReturned { deposit: id, visit, shift, returned });
    if means == Means::Cash {
        open_drawer(draft, &by.operator);
    }
    draft.tell(Notice::DepositReturned { number, amount });
    paper::ask_for(draft, Paper::DepositReturn { number, n });
    Ok(())
}

/// The deposits among some tenders are of what is paid, and hold what is set off.
pub(super) fn check_set_off(
    draft: &Draft,
    visit: Option<VisitId>,
    tenders: &[Tender],
) -> Result<(), Refusal> {
    let mut taken: BTreeMap<DepositId, Cents> = BTreeMap::new();
    for tender in tenders {
        if let Tender::Deposit { deposit, amount } = tender {
            if *amount <= Cents::ZERO {
                return Err(Refusal::Amount);
            }
            *taken.entry(*deposit).or_default() += *amount;
        }
    }
    for (id, amount) in taken {
        let held = draft.state.deposits.get(&id).filter(|deposit| Some(deposit.visit) == visit);
        let left = held.ok_or(Refusal::NoSuchDeposit)?.left();
        if amount > left {
            return Err(Refusal::NotSoMuchDeposit { left });
        }
    }
    Ok(())
}

/// What was taken for one visit is held for the one that continues it.
pub(super) fn follow(draft: &mut Draft, from: &Visit, to: &Visit) {
    let held = draft.state.deposits.values().filter(|deposit| deposit.visit == from.id);
    let moved: Vec<Event> = held
        .map(|deposit| Event::DepositMoved {
            deposit: deposit.id,
            to: to.id,
            reference: to.reference.clone(),
            plate: to.plate.clone(),
        })
        .collect();
    draft.decision.events.extend(moved);
}

/// The vehicle leaves and money of its driver is still here: said, and nobody is kept.
pub(super) fn remind(draft: &mut Draft, visit: VisitId) {
    let left: Cents = draft.state.deposits_of(visit).map(|deposit| as_decided(draft, deposit).left()).sum();
    if left > Cents::ZERO {
        draft.tell(Notice::DepositHeld { left });
    }
}

/// A deposit as it will be once this decision is committed.
fn as_decided(draft: &Draft, deposit: &Deposit) -> Deposit {
    let mut after = deposit.clone();
    draft
        .decision
        .events
        .iter()
        .filter(|event| event.deposits().contains(&deposit.id))
        .for_each(|event| after.fold(event));
    after
}

fn open_drawer(draft: &mut Draft, operator: &OperatorId) {
    draft.event(Event::DrawerAsked { document: None, moving: true, operator: operator.clone() });
    draft.effect(Effect::OpenDrawer);
}
