//! A camera has read a plate: a proposal, until a person takes it, corrects it or waves it away. Whether a car is inside is
//! looked up here and now, so that nothing is proposed that is known already.

use super::{Decided, Draft, LiveChange, arrive, depart};
use crate::app::effect::{Decision, Effect, Notice, PhotoSource, Question};
use crate::app::input::OpenVisit;
use crate::domain::catalogue::Size;
use crate::domain::device::DeviceId;
use crate::domain::ids::{PhotoId, SightingId};
use crate::domain::photo::PhotoKind;
use crate::domain::plate::{Plate, PlateKind};
use crate::domain::sighting::{Gate, KnownPlate, PROPOSALS_MAX, Proposal, Sighting};
use crate::domain::visit::{PlateSource, Visit};

/// A visit that was opened at most so long ago is photographed by the sighting of its car: somebody typed faster than the
/// camera was sure.
const JUST_OPENED_S: i64 = 120;
/// So many pictures must agree before a plate may open its visit by itself.
const AGREEING_MIN: u16 = 2;

/// A plate was read, or `again`: what was told of the same car before has become surer.
pub(super) fn seen(
    draft: &mut Draft,
    device: &DeviceId,
    gate: Gate,
    sighting: &Sighting,
    again: bool,
) -> Decided {
    let Ok(plate) = sighting.plate() else { return Ok(()) };
    let key = plate.key();
    let mut proposals = draft.state.live.proposals.clone();
    proposals.retain(|proposal| proposal.stands(draft.at));
    let here = |proposal: &Proposal| proposal.gate == gate;
    let same_car = proposals.iter().position(|proposal| proposal.sighting.id == sighting.id);
    let place = same_car.or_else(|| proposals.iter().position(|p| here(p) && key_of(p) == key));
    let dealt_with = place.is_none() && again;
    if gate == Gate::Entry
        && let Some(visit) = inside(draft, &plate)
    {
        // One that has only just come is photographed by this, unless it was by the same sighting.
        let just_opened = (0..JUST_OPENED_S).contains(&draft.at.seconds_since(&visit.arrived));
        if just_opened && !dealt_with {
            photograph(draft, visit, sighting.id);
        }
        // What was proposed has become the plate of a car that was typed meanwhile.
        place.into_iter().for_each(|at| drop(proposals.remove(at)));
        draft.decision.live.push(LiveChange::Proposals(proposals));
        return Ok(());
    }
    if dealt_with {
        return Ok(());
    }
    if gate == Gate::Entry && opens_by_itself(draft, device, sighting, &plate) {
        return Ok(());
    }
    if gate == Gate::Exit && leaves_by_itself(draft, device, sighting, &plate) {
        return Ok(());
    }
    let known = Vec::new();
    let proposal = Proposal { sighting: sighting.clone(), device: device.clone(), gate, at: draft.at, known };
    match place {
        Some(at) => {
            // The question was asked of the same text already.
            let same = key_of(&proposals[at]) == key;
            let known = if same { proposals[at].known.clone() } else { Vec::new() };
            proposals[at] = Proposal { at: proposals[at].at, known, ..proposal };
            if !same {
                ask_of_known(draft, gate, sighting.id, plate);
            }
        }
        None => {
            proposals.push(proposal);
            ask_of_known(draft, gate, sighting.id, plate);
        }
    }
    let most = proposals.len().saturating_sub(PROPOSALS_MAX);
    proposals.drain(..most);
    draft.decision.live.push(LiveChange::Proposals(proposals));
    Ok(())
}

/// A vehicle that comes may have come before, and be misread by a character. What leaves is inside: that is known here.
fn ask_of_known(draft: &mut Draft, gate: Gate, sighting: SightingId, plate: Plate) {
    if gate == Gate::Entry {
        draft.ask(Question::KnownNear { sighting, plate });
    }
}

/// The archive says who that came before is called almost the same; by now the text may have become another.
pub(super) fn known_near(draft: &mut Draft, sighting: SightingId, plate: &Plate, known: &[KnownPlate]) {
    let mut proposals = draft.state.live.proposals.clone();
    let asked = |proposal: &&mut Proposal| {
        proposal.sighting.id == sighting && proposal.sighting.plate().is_ok_and(|now| now == *plate)
    };
    let Some(proposal) = proposals.iter_mut().find(asked) else { return };
    if proposal.known != known {
        proposal.known = known.to_vec();
        draft.decision.live.push(LiveChange::Proposals(proposals));
    }
}

/// A person waves a proposal away.
pub(super) fn ignore(draft: &mut Draft, sighting: SightingId) -> Decided {
    drop_where(draft, |proposal| proposal.sighting.id == sighting);
    Ok(())
}

/// The visit of a car that is inside, for whatever kind of work.
fn inside<'a>(draft: &Draft<'a>, plate: &Plate) -> Option<&'a Visit> {
    let key = plate.key();
    draft.state.visits.values().find(|visit| visit.plate.key() == key)
}

/// A vehicle came, and was let in by hand or by a proposal: what was proposed of it is over, and its pictures are kept.
pub(super) fn came(draft: &mut Draft, visit: &Visit, accepted: Option<SightingId>) {
    let key = visit.plate.key();
    let of_it = |proposal: &Proposal| {
        let accepted = accepted.is_some_and(|id| id == proposal.sighting.id);
        proposal.gate == Gate::Entry && (accepted || key_of(proposal) == key)
    };
    let found = draft.state.live.proposals.iter().find(|proposal| of_it(proposal)).map(|p| p.sighting.id);
    if let Some(sighting) = found.or(accepted) {
        photograph(draft, visit, sighting);
    }
    drop_where(draft, of_it);
}

/// A vehicle left: what was proposed of it is over.
pub(super) fn left(draft: &mut Draft, visit: &Visit) {
    let key = visit.plate.key();
    drop_where(draft, |proposal| proposal.gate == Gate::Exit && key_of(proposal) == key);
}

fn drop_where(draft: &mut Draft, wanted: impl Fn(&Proposal) -> bool) {
    let before = &draft.state.live.proposals;
    if before.iter().any(&wanted) {
        let left = before.iter().filter(|proposal| !wanted(proposal)).cloned().collect();
        draft.decision.live.push(LiveChange::Proposals(left));
    }
}

fn photograph(draft: &mut Draft, visit: &Visit, sighting: SightingId) {
    for kind in PhotoKind::OF_A_SIGHTING {
        let photo = PhotoId(draft.ids.uuid());
        let from = PhotoSource::Sighting(sighting);
        draft.effect(Effect::KeepPhoto { photo, chain: visit.chain, kind, from });
    }
}

fn key_of(proposal: &Proposal) -> String {
    proposal.sighting.plate().map(|plate| plate.key()).unwrap_or_default()
}

/// As sure as the owner wants it, in more than one picture.
fn is_sure(draft: &Draft, sighting: &Sighting) -> bool {
    let least = draft.settings.plates.accept_at;
    let sure = |least| sighting.confidence.is_some_and(|confidence| confidence >= least);
    least.is_some_and(sure) && sighting.agreeing >= AGREEING_MIN
}

/// Lets a parked vehicle go without a person, where the owner wants that and nothing is owed: paid and within the grace, free
/// by the tariff, a subscriber. Whatever else it is leaves a proposal.
fn leaves_by_itself(draft: &mut Draft, device: &DeviceId, sighting: &Sighting, plate: &Plate) -> bool {
    if !draft.settings.parking.leaves_by_plate || !is_sure(draft, sighting) {
        return false;
    }
    let Some(visit) = inside(draft, plate).filter(|visit| visit.takes_a_place()) else { return false };
    let Some(shift) = &draft.state.shift else { return false };
    if depart::depart(draft, visit.id, shift.at_the_till(), None).is_err() {
        draft.decision = Decision::default();
        return false;
    }
    tracing::info!(%device, "a plate let its vehicle go by itself");
    true
}

/// Opens the visit without a person, where the owner has set how sure that must be. Whatever speaks against it leaves a
/// proposal: one picture only, an unusual plate, a vehicle inside that is called almost the same, nobody at the till.
fn opens_by_itself(draft: &mut Draft, device: &DeviceId, sighting: &Sighting, plate: &Plate) -> bool {
    let sure = is_sure(draft, sighting);
    let usual = plate.kind == PlateKind::Domestic && plate.warning().is_none();
    if !sure || !usual || draft.state.neighbours(plate).next().is_some() {
        return false;
    }
    let Some(shift) = &draft.state.shift else { return false };
    let open = OpenVisit {
        source: PlateSource::Camera,
        sighting: Some(sighting.id),
        ..OpenVisit::new(&sighting.text, Size::Small, shift.at_the_till().clone())
    };
    if arrive::open(draft, &open).is_err() {
        draft.decision = Decision::default();
        return false;
    }
    // Whoever is at another page, or in the middle of a plate, stays there.
    draft.decision.effects.retain(|effect| !matches!(effect, Effect::Tell(Notice::Opened { .. })));
    tracing::info!(%device, "a plate opened its visit by itself");
    true
}
