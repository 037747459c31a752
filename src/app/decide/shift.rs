//! Shifts and the drawer.

use super::{Decided, Draft};
use crate::app::effect::Effect;
use crate::app::input::By;
use crate::app::refusal::Refusal;
use crate::domain::event::Event;
use crate::domain::ids::ShiftId;
use crate::domain::money::{AMOUNT_MAX, Cents};
use crate::domain::operator::{OperatorId, Right};
use crate::domain::shift::{Closing, Figures, Shift};

/// A shift begins with a counted float.
pub(super) fn open(draft: &mut Draft, float: Cents, operator: &OperatorId) -> Decided {
    draft.require_disk()?;
    check(float)?;
    if draft.state.shift.is_some() {
        return Err(Refusal::ShiftOpen.into());
    }
    let id = ShiftId(draft.ids.uuid());
    let (opened, figures) = (draft.at, Figures::default());
    let shift = Shift { id, operator: operator.clone(), opened, float, figures, closed: None };
    draft.event(Event::ShiftOpened { shift });
    Ok(())
}

/// A shift was counted; what the figures say is stored beside it and shown only then.
pub(super) fn close(draft: &mut Draft, counted: Cents, _operator: &OperatorId) -> Decided {
    check(counted)?;
    let shift = draft.state.shift.as_ref().ok_or(Refusal::NoShift)?;
    let closing = Closing { at: draft.at, counted, expected: shift.expected_cash() };
    draft.event(Event::ShiftClosed { shift: shift.id, closing });
    Ok(())
}

/// The drawer without a sale: needs a right and is counted.
pub(super) fn open_drawer(draft: &mut Draft, by: &By) -> Decided {
    draft.require(Right::NoSale, by)?;
    draft.event(Event::DrawerAsked { document: None, operator: by.operator.clone() });
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
