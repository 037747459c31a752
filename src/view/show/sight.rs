//! What a camera sees of the lane, and the plates it proposes.

use crate::app::state::State;
use crate::domain::device::DeviceKind;
use crate::domain::sighting::{Gate, Proposal};
use crate::domain::time::Stamp;
use crate::view::controller::Controller;
use crate::view::generated::{Alternative, App, PlateLetter, ProposalView, Sight};
use slint::{ComponentHandle, SharedString};

/// So many proposals stand below each other.
const SHOWN_MAX: usize = 3;
/// So many other readings stand beside the newest proposal.
const OTHERS_MAX: usize = 2;
/// A reading less likely than this, of a hundred, is not offered.
const OFFERED_FROM: u8 = 3;

pub(super) fn show(controller: &Controller, app: &App) {
    let Some(world) = &controller.world else { return };
    let state = &world.state;
    let sight = app.global::<Sight>();
    sight.set_watched(state.live.devices.keys().any(|device| device.kind == DeviceKind::Camera));
    let proposals = controller.proposals();
    let newest = proposals.first().copied();
    super::sync(&controller.lists.letters, newest.map(letters).unwrap_or_default());
    super::sync(&controller.lists.others, newest.map(|proposal| others(state, proposal)).unwrap_or_default());
    sight.set_some(newest.is_some());
    sight.set_newest(newest.map(|proposal| view(state, proposal)).unwrap_or_default());
    let earlier = proposals.into_iter().take(SHOWN_MAX).skip(1).map(|proposal| view(state, proposal));
    super::sync(&controller.lists.earlier, earlier.collect());
}

fn view(state: &State, proposal: &Proposal) -> ProposalView {
    let face = proposal.sighting.plate().map(|plate| super::face(&plate)).unwrap_or_default();
    ProposalView {
        id: proposal.sighting.id.0.to_string().into(),
        text: face.text,
        country: face.country,
        sure: proposal.sighting.confidence.map_or(0, i32::from),
        leaves: proposal.gate == Gate::Exit,
        since: state.leaving(proposal).map(|visit| visit.arrived.clock()).unwrap_or_default().into(),
    }
}

/// The plate as it looks on the car; what is doubtful is known of its letters and digits.
fn letters(proposal: &Proposal) -> Vec<PlateLetter> {
    let doubtful = proposal.sighting.doubtful();
    let text = proposal.sighting.plate().map(|plate| super::face(&plate).text).unwrap_or_default();
    let mut at = 0;
    let letter = |c: char| {
        let counts = c.is_alphanumeric();
        let letter = PlateLetter { text: c.to_string().into(), doubtful: counts && doubtful.contains(&at) };
        at += usize::from(counts);
        letter
    };
    text.chars().map(letter).collect()
}

/// A vehicle inside that is called almost the same stands first: it may be this one, misread. Then one that came before.
fn others(state: &State, proposal: &Proposal) -> Vec<Alternative> {
    let sighting = &proposal.sighting;
    let Ok(plate) = sighting.plate() else { return Vec::new() };
    let neighbour = state.neighbours(&plate).next().map(|visit| Alternative {
        key: visit.plate.key().into(),
        text: super::face(&visit.plate).text,
        inside_since: visit.arrived.clock().into(),
        visits: 0,
    });
    let known = proposal.known.iter().map(|known| Alternative {
        key: known.plate.key().into(),
        text: super::face(&known.plate).text,
        inside_since: SharedString::default(),
        visits: i32::try_from(known.visits).unwrap_or(i32::MAX),
    });
    let offered = sighting.candidates.iter().filter(|other| other.percent >= OFFERED_FROM);
    let readings = offered.filter_map(|other| {
        let read = sighting.reading(&other.text).ok().filter(|read| read.key() != plate.key())?;
        let since = state.visits.values().find(|visit| visit.plate.key() == read.key()).map(|v| v.arrived);
        let inside_since = since.map(|at: Stamp| at.clock()).unwrap_or_default().into();
        Some(Alternative { key: read.key().into(), text: super::face(&read).text, inside_since, visits: 0 })
    });
    let mut others: Vec<Alternative> = Vec::new();
    for other in neighbour.into_iter().chain(known).chain(readings) {
        if others.iter().all(|known| known.key != other.key) {
            others.push(other);
        }
    }
    others.truncate(OTHERS_MAX);
    others
}
