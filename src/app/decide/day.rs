//! The day close: everything since the last one, numbered, sealed with the end of the journal, and never changed.

use super::{Decided, Draft};
use crate::app::effect::{Notice, Question};
use crate::app::input::{By, Input, TillInput};
use crate::app::refusal::Refusal;
use crate::domain::day::{DayClose, RegistryStanding, Seal, ShiftLine};
use crate::domain::deposit::Deposit;
use crate::domain::event::Event;
use crate::domain::figures::Figures;
use crate::domain::operator::Right;
use crate::domain::paper::Paper;
use crate::domain::text::Text;

/// A close is wanted. What stands in its way is said; vehicles inside do not, once the person knows of them.
pub(super) fn wanted(draft: &mut Draft, even_with_open: bool, by: &By, wanted: &TillInput) -> Decided {
    draft.require_disk()?;
    draft.require(Right::CloseDay, by)?;
    let state = draft.state;
    if state.shift.is_some() {
        return Err(Refusal::DayHasShift.into());
    }
    if !state.counting.is_empty() {
        return Err(Refusal::DayHasUncounted.into());
    }
    if state.done.values().any(|shift| shift.is_unexplained(draft.settings.variance_max)) {
        return Err(Refusal::DayHasVariance.into());
    }
    if state.done.is_empty() {
        return Err(Refusal::NothingToClose.into());
    }
    if !state.visits.is_empty() && !even_with_open {
        let open = u32::try_from(state.visits.len()).unwrap_or(u32::MAX);
        draft.tell(Notice::VisitsOpen { open });
        return Ok(());
    }
    draft.ask(Question::Seal { wanted: Box::new(Input::Till(wanted.clone())) });
    Ok(())
}

/// The end of the journal is known: the close is made of what is at hand, in one event.
pub(super) fn sealed(draft: &mut Draft, seal: &Seal, machine_z: Option<&str>, by: &By) -> Decided {
    let state = draft.state;
    let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
    let mut figures = Figures::default();
    for shift in state.done.values() {
        figures += &shift.figures;
    }
    let mut shifts: Vec<_> = state.done.values().filter_map(ShiftLine::of).collect();
    shifts.sort_by_key(|line| line.opened);
    let number = state.days_closed + 1;
    let close = DayClose {
        number,
        at: draft.at,
        operator: draft.require(Right::CloseDay, by)?,
        figures,
        shifts,
        day: state.day.clone(),
        registry: RegistryStanding {
            waiting: state.outbox.queued + state.outbox.sending,
            unknown: state.outbox.unknown,
            refused: state.outbox.rejected,
            differing: count(state.differences.len()),
        },
        unnamed: count(state.unnamed.len()),
        inside: count(state.visits.len()),
        owing: count(state.owed.len()),
        owed: state.owed.values().filter_map(|visit| Some(visit.debt.as_ref()?.total)).sum(),
        deposits_held: state.deposits.values().map(Deposit::left).sum(),
        machine_z: machine_z.map(Text::new).filter(|text| !text.is_empty()),
        seal: seal.clone(),
    };
    draft.event(Event::DayClosed { close: Box::new(close) });
    super::paper::ask_for(draft, Paper::DayClose { number, copy: 0 });
    draft.tell(Notice::DayClosed { number });
    Ok(())
}
