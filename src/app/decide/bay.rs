//! The board of a wash: which vehicle is in which bay, and what was promised. One tap moves one on, and another takes it back.

use super::{Decided, Draft};
use crate::app::refusal::{BayRefusal, Refusal};
use crate::domain::bay::{Place, ready_at};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::operator::OperatorId;
use crate::domain::sale::Sale;
use crate::domain::settings::Settings;
use crate::domain::visit::{Step, Visit};
use jiff::{SignedDuration, Timestamp};

/// Moves a vehicle on the board. Service begins in the bay and is done out of it, whoever has paid by then.
pub(super) fn place(draft: &mut Draft, id: VisitId, place: Place, operator: &OperatorId) -> Decided {
    let visit = draft.visit(id)?;
    if !draft.settings.has_board(visit) {
        return Err(Refusal::from(BayRefusal::NoBoard).into());
    }
    if visit.board.place == place {
        return Ok(());
    }
    if let Place::Bay { bay } = place {
        if !(1..=draft.settings.bays).contains(&bay) {
            return Err(Refusal::from(BayRefusal::NoSuchBay).into());
        }
        let taken = draft.state.visits.values().find(|other| other.id != id && other.board.place == place);
        if let Some(other) = taken {
            return Err(Refusal::from(BayRefusal::Taken { plate: other.plate.display() }).into());
        }
    }
    draft.event(Event::VisitPlaced { visit: id, place, at: draft.at, operator: operator.clone() });
    match place {
        Place::Bay { .. } if visit.state.after(Step::Start).is_ok() => {
            draft.event(Event::ServiceStarted { visit: id });
        }
        Place::Ready if visit.state.after(Step::Finish).is_ok() => {
            draft.event(Event::ServiceFinished { visit: id });
        }
        Place::Queue | Place::Bay { .. } | Place::Ready => {}
    }
    Ok(())
}

/// Tells when the vehicle will be ready, as soon as it is known what it came for; what takes as long as before was promised
/// already.
pub(super) fn promise(draft: &mut Draft, visit: &Visit, sale: &Sale) {
    let settings = draft.settings;
    let minutes = minutes(settings, sale);
    let as_before = visit.board.promised.is_some() && self::minutes(settings, &visit.sale) == minutes;
    if !settings.is_washed(visit, sale) || visit.board.place == Place::Ready || minutes == 0 || as_before {
        return;
    }
    let promised = match visit.board.place {
        Place::Bay { .. } => ready_at(draft.at, 1, &[free_at(settings, visit, sale)], &[], 0),
        Place::Queue | Place::Ready => {
            let others = || draft.state.visits.values().filter(|other| other.id != visit.id);
            let in_bays = others().filter(|other| matches!(other.board.place, Place::Bay { .. }));
            let busy: Vec<Timestamp> = in_bays.map(|other| free_at(settings, other, &other.sale)).collect();
            let mut before: Vec<&Visit> = others()
                .filter(|other| settings.has_board(other) && other.board.place == Place::Queue)
                .filter(|other| other.reference.number < visit.reference.number)
                .collect();
            before.sort_by_key(|other| other.reference.number);
            let before: Vec<u16> = before.iter().map(|other| self::minutes(settings, &other.sale)).collect();
            ready_at(draft.at, settings.bays, &busy, &before, minutes)
        }
    };
    draft.event(Event::VisitPromised { visit: visit.id, promised });
}

/// When the bay a vehicle is in becomes free.
fn free_at(settings: &Settings, visit: &Visit, sale: &Sale) -> Timestamp {
    let since = visit.board.since.unwrap_or(visit.arrived).utc;
    since.checked_add(SignedDuration::from_mins(i64::from(minutes(settings, sale)))).unwrap_or(since)
}

/// How long what was chosen takes.
fn minutes(settings: &Settings, sale: &Sale) -> u16 {
    let packages = sale.lines.iter().filter_map(|line| settings.catalogue.package(&line.code));
    packages.map(|package| package.minutes).fold(0, u16::saturating_add)
}
