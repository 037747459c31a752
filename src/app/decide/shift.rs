//! Shifts, the drawer, cash that moves without a sale.

use super::{Decided, Draft};
use crate::app::effect::Effect;
use crate::app::input::By;
use crate::app::refusal::Refusal;
use crate::domain::event::Event;
use crate::domain::ids::ShiftId;
use crate::domain::money::{AMOUNT_MAX, Cents};
use crate::domain::operator::{OperatorId, Right};
use crate::domain::paper::Paper;
use crate::domain::shift::{Closing, Explanation, Movement, MovementKind, Pieces, Sealed, Shift, sum_of};
use crate::domain::text::Text;

/// A shift begins with a counted float. One that was forgotten on an earlier day ends by force; its count is still asked
/// for.
pub(super) fn open(draft: &mut Draft, float: Cents, operator: &OperatorId) -> Decided {
    draft.require_disk()?;
    check(float)?;
    if let Some(shift) = &draft.state.shift {
        if shift.opened.date() >= draft.at.date() {
            return Err(Refusal::ShiftOpen.into());
        }
        let sealed = Sealed { at: draft.at, forced: true };
        draft.event(Event::ShiftSealed { shift: shift.id, sealed });
    }
    let shift = Shift::new(ShiftId(draft.ids.uuid()), operator.clone(), draft.at, float);
    draft.event(Event::ShiftOpened { shift });
    Ok(())
}

/// The shift ends at once so that the next can begin; its drawer is counted meanwhile.
pub(super) fn seal(draft: &mut Draft) -> Decided {
    let shift = draft.state.shift.as_ref().ok_or(Refusal::NoShift)?;
    let sealed = Sealed { at: draft.at, forced: false };
    draft.event(Event::ShiftSealed { shift: shift.id, sealed });
    Ok(())
}

/// Somebody else is at the till; the drawer stays whose it is.
pub(super) fn relieve(draft: &mut Draft, operator: &OperatorId) -> Decided {
    let shift = draft.state.shift.as_ref().ok_or(Refusal::NoShift)?;
    if draft.settings.operator(operator).is_none() {
        return Err(Refusal::NoSuchPerson.into());
    }
    if shift.at_the_till() != operator {
        draft.event(Event::ShiftRelieved { shift: shift.id, operator: operator.clone() });
    }
    Ok(())
}

/// A shift was counted; what the figures say is stored beside it and shown only then. It is counted once.
pub(super) fn close(
    draft: &mut Draft,
    shift: Option<ShiftId>,
    counted: Cents,
    pieces: &Pieces,
    operator: &OperatorId,
) -> Decided {
    check(counted)?;
    if !pieces.is_empty() && sum_of(pieces) != Some(counted) {
        return Err(Refusal::CountDiffers.into());
    }
    let shift = match shift {
        Some(id) => draft.state.counting.get(&id).or(draft.state.shift.as_ref().filter(|open| open.id == id)),
        None => draft.state.shift.as_ref(),
    };
    let shift = shift.ok_or(Refusal::NoShift)?;
    let closing = Closing {
        at: draft.at,
        counted,
        pieces: pieces.clone(),
        expected: shift.expected_cash(),
        operator: operator.clone(),
        explained: None,
    };
    draft.event(Event::ShiftClosed { shift: shift.id, closing });
    Ok(())
}

/// Why a count differs, in words; accepted by somebody who may. The count itself stays.
pub(super) fn explain(draft: &mut Draft, id: ShiftId, reason: &str, by: &By) -> Decided {
    let shift = draft.state.done.get(&id).ok_or(Refusal::NoShift)?;
    let closing = shift.closed.as_ref().ok_or(Refusal::NoShift)?;
    if closing.explained.is_some() {
        return Err(Refusal::ExplainedAlready.into());
    }
    let reason = Text::new(reason);
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let approved_by = draft.require(Right::ExplainVariance, by)?;
    let explanation = Explanation { reason, operator: by.operator.clone(), approved_by };
    draft.event(Event::VarianceExplained { shift: id, explanation });
    Ok(())
}

/// Cash goes in or out without a sale: counted with its reason, the drawer opens, and a slip is printed to be signed.
pub(super) fn move_cash(
    draft: &mut Draft,
    kind: MovementKind,
    amount: Cents,
    reason: &str,
    by: &By,
) -> Decided {
    draft.require_disk()?;
    check(amount)?;
    if amount == Cents::ZERO {
        return Err(Refusal::Amount.into());
    }
    let shift = draft.state.shift.as_ref().ok_or(Refusal::NoShift)?;
    let reason = Text::new(reason);
    if reason.is_empty() && matches!(kind, MovementKind::PaidIn | MovementKind::PaidOut) {
        return Err(Refusal::ReasonMissing.into());
    }
    if kind.is_out() && amount > shift.expected_cash() {
        return Err(Refusal::NotInTheDrawer.into());
    }
    let tips_left = shift.figures.tips - shift.moved(MovementKind::TipPayout);
    if kind == MovementKind::TipPayout && amount > tips_left {
        return Err(Refusal::NotSoManyTips { left: tips_left }.into());
    }
    let approved_by = match kind {
        MovementKind::PaidOut => draft.require(Right::PaidOut, by)?,
        _ => by.operator.clone(),
    };
    let (id, n) = (shift.id, u32::try_from(shift.movements.len()).unwrap_or(u32::MAX));
    let operator = by.operator.clone();
    let movement = Movement { kind, amount, reason, operator: operator.clone(), approved_by, at: draft.at };
    draft.event(Event::DrawerMoved { shift: id, movement });
    draft.event(Event::DrawerAsked { document: None, moving: true, operator });
    draft.effect(Effect::OpenDrawer);
    super::paper::ask_for(draft, Paper::Movement { shift: id, n });
    Ok(())
}

/// The drawer without a sale: needs a right and is counted.
pub(super) fn open_drawer(draft: &mut Draft, by: &By) -> Decided {
    draft.require(Right::NoSale, by)?;
    draft.event(Event::DrawerAsked { document: None, moving: false, operator: by.operator.clone() });
    draft.effect(Effect::OpenDrawer);
    Ok(())
}

/// The opening that may not have happened is tried again; it is the same opening, so nothing new is counted.
pub(super) fn offer_drawer(draft: &mut Draft) -> Decided {
    if draft.state.drawer.is_some() {
        draft.effect(Effect::OpenDrawer);
    }
    Ok(())
}

/// The drawer answered.
pub(super) fn drawer_reported(draft: &mut Draft, opened: bool) -> Decided {
    if draft.state.drawer.is_some() {
        draft.event(Event::DrawerReported { opened });
    }
    Ok(())
}

fn check(amount: Cents) -> Result<(), Refusal> {
    if (Cents::ZERO..=AMOUNT_MAX).contains(&amount) { Ok(()) } else { Err(Refusal::Amount) }
}
