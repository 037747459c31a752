//! Plates on a list: who may put them there, and what is decided when one comes.

use super::{Decided, Draft, Stop};
use crate::app::input::{By, ListedInput, OpenVisit};
use crate::app::refusal::Refusal;
use crate::domain::event::Event;
use crate::domain::listed::{ListKind, Listed};
use crate::domain::operator::Right;
use crate::domain::plate::Plate;
use crate::domain::text::Text;
use crate::domain::visit::Visit;

/// Something about the lists.
pub(super) fn decide(draft: &mut Draft, input: &ListedInput) -> Decided {
    match input {
        ListedInput::Put { plate, entry, kind, reason, by } => {
            let plate = Plate::parse(entry, plate).map_err(Refusal::Plate)?;
            put(draft, plate, *kind, reason, by)
        }
        ListedInput::Take { plate, entry, by } => {
            let plate = Plate::parse(entry, plate).map_err(Refusal::Plate)?;
            let known = draft.state.listed.get(&plate.key()).ok_or(Refusal::NotListed)?;
            draft.require(Right::KeepLists, by)?;
            draft.event(Event::PlateUnlisted { plate: known.plate.clone(), operator: by.operator.clone() });
            Ok(())
        }
        ListedInput::TurnAway { plate, entry, operator } => {
            let plate = Plate::parse(entry, plate).map_err(Refusal::Plate)?;
            let known = asked_about(draft, &plate).ok_or(Refusal::NotListed)?.clone();
            came(draft, &known, false, &By { operator: operator.clone(), approved_by: None });
            Ok(())
        }
    }
}

fn put(draft: &mut Draft, plate: Plate, kind: ListKind, reason: &str, by: &By) -> Decided {
    let reason = Text::new(reason);
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let allowed = draft.require(Right::KeepLists, by)?;
    let listed = Listed { plate, kind, reason, since: draft.at, by: allowed };
    draft.event(Event::PlateListed { listed: Box::new(listed), operator: by.operator.clone() });
    Ok(())
}

/// A plate somebody must decide about before it comes in.
fn asked_about<'a>(draft: &Draft<'a>, plate: &Plate) -> Option<&'a Listed> {
    draft.state.listed.get(&plate.key()).filter(|listed| listed.kind.asks())
}

/// Whether a vehicle may come in: one that is warned of once somebody has read why, one that is stopped where somebody with
/// the right lets it. Who let it in is written down with the visit.
pub(super) fn check(draft: &Draft, open: &OpenVisit, plate: &Plate) -> Decided {
    let Some(listed) = asked_about(draft, plate) else { return Ok(()) };
    let refused = || Stop::from(Refusal::Listed { kind: listed.kind, reason: listed.reason.clone() });
    let by = open.let_in.as_ref().ok_or_else(refused)?;
    if listed.kind == ListKind::Stopped {
        draft.require(Right::LetStoppedIn, by)?;
    }
    Ok(())
}

/// It was let in.
pub(super) fn let_in(draft: &mut Draft, open: &OpenVisit, plate: &Plate) {
    if let (Some(listed), Some(by)) = (asked_about(draft, plate).cloned(), &open.let_in) {
        came(draft, &listed, true, by);
    }
}

fn came(draft: &mut Draft, listed: &Listed, let_in: bool, by: &By) {
    draft.event(Event::ListedCame {
        plate: listed.plate.clone(),
        kind: listed.kind,
        reason: listed.reason.clone(),
        let_in,
        operator: by.operator.clone(),
        approved_by: by.approved_by.clone(),
    });
}

/// Why a vehicle pays nothing, where it is the business's own or on the list of those.
pub(super) fn exempt(draft: &Draft, visit: &Visit) -> Option<Text> {
    let listed = draft.state.listed.get(&visit.plate.key()).filter(|listed| listed.kind == ListKind::Exempt);
    let own = || draft.settings.owns(&visit.plate).then(Text::default);
    listed.map(|listed| listed.reason.clone()).or_else(own)
}
