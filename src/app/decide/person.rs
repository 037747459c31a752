//! Who somebody is: PINs, stepping in, the lock of an idle till.

use super::{Decided, Draft, LiveChange};
use crate::app::effect::Notice;
use crate::app::input::By;
use crate::app::refusal::Refusal;
use crate::domain::event::Event;
use crate::domain::operator::{OperatorId, Role};
use crate::domain::pin::PinHash;

/// For how long a person who has just typed the PIN counts as standing there.
const STANDS_THERE_S: i64 = 60;

/// A PIN was typed, and elsewhere it was found right or wrong.
pub(super) fn checked(draft: &mut Draft, operator: &OperatorId, good: bool) -> Decided {
    let pin = draft.state.pins.get(operator).ok_or(Refusal::NoPin { operator: operator.clone() })?;
    if let Some(seconds) = pin.locked_for(draft.at) {
        return Err(Refusal::PinLocked { seconds }.into());
    }
    if !good {
        draft.event(Event::PinRefused { operator: operator.clone() });
        draft.tell(Notice::Refused(Refusal::PinWrong));
        return Ok(());
    }
    if pin.wrong > 0 {
        draft.event(Event::PinAccepted { operator: operator.clone() });
    }
    draft.decision.live.push(LiveChange::StandsThere { operator: operator.clone(), since: draft.at });
    let at_the_till = draft.state.shift.as_ref().is_none_or(|shift| shift.at_the_till() == operator);
    if draft.state.live.locked && (at_the_till || draft.settings.role(operator) >= Role::Chief) {
        draft.decision.live.push(LiveChange::Locked(false));
    }
    draft.tell(Notice::PinRight { operator: operator.clone() });
    Ok(())
}

/// A PIN was hashed: it is set by its person after the old one, or by an owner.
pub(super) fn set(draft: &mut Draft, operator: &OperatorId, hash: &PinHash, by: &OperatorId) -> Decided {
    if draft.settings.operator(operator).is_none() {
        return Err(Refusal::NoSuchPerson.into());
    }
    let owner_stands_there = draft.settings.role(by) == Role::Owner && stands_there(draft, by);
    // Without an old PIN a name is only a name: the first one comes from an owner.
    let own = operator == by && draft.state.pins.contains_key(operator) && stands_there(draft, operator);
    // The very first PIN of a terminal is an owner's: who sets it up has nobody to ask.
    let first = draft.state.pins.is_empty() && draft.settings.role(operator) == Role::Owner;
    if !(owner_stands_there || own || first) {
        return Err(Refusal::PinByOwner.into());
    }
    let (operator, by) = (operator.clone(), by.clone());
    draft.event(Event::PinSet { operator: operator.clone(), hash: hash.clone(), by });
    draft.tell(Notice::PinSet { operator });
    Ok(())
}

/// Nobody has touched the till for a while.
pub(super) fn lock(draft: &mut Draft) -> Decided {
    let person = draft.state.shift.as_ref().map(|shift| shift.at_the_till().clone());
    // Without a PIN nobody could open it again.
    let may = person.is_some_and(|person| draft.state.pins.contains_key(&person));
    if draft.settings.pins && may {
        draft.decision.live.push(LiveChange::Locked(true));
    }
    Ok(())
}

fn stands_there(draft: &Draft, operator: &OperatorId) -> bool {
    draft.state.live.stands_there.as_ref().is_some_and(|(who, since)| {
        who == operator && (0..=STANDS_THERE_S).contains(&draft.at.seconds_since(since))
    })
}

/// Whether a person has shown to be that person, where PINs are asked for.
pub(super) fn shows(draft: &Draft, operator: &OperatorId) -> bool {
    !draft.settings.pins || stands_there(draft, operator)
}

/// Whether the person who is said to step in has shown to be that person.
pub(super) fn has_stepped_in(draft: &Draft, by: &By) -> Result<(), Refusal> {
    let Some(approver) = &by.approved_by else { return Ok(()) };
    if shows(draft, approver) {
        return Ok(());
    }
    if draft.state.pins.contains_key(approver) {
        Err(Refusal::PinNeeded { operator: approver.clone() })
    } else {
        Err(Refusal::NoPin { operator: approver.clone() })
    }
}
