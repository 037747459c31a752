//! Plates that cameras have read: proposed once, taken with one touch, never a fact by themselves unless the owner says so;
//! and the photographs that are kept of them, for as long as the owner says.

use crate::world::{World, arrival, cash, person};
use tameio::app::effect::Notice;
use tameio::app::input::{CameraInput, Input, OpenVisit, TillInput};
use tameio::app::refusal::Refusal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::device::{DeviceId, DeviceKind};
use tameio::domain::event::Event;
use tameio::domain::ids::{SightingId, VisitId};
use tameio::domain::money::Cents;
use tameio::domain::plate::PlateEntry;
use tameio::domain::settings::{PlateRules, Settings, Trade};
use tameio::domain::sighting::{Candidate, Gate, PROPOSAL_STANDS_S, PROPOSALS_MAX, Sighting};
use tameio::domain::visit::PlateSource;
use tameio::store::photos;

fn sighting(car: u64, text: &str, confidence: u8) -> Sighting {
    Sighting {
        id: SightingId(car),
        text: text.to_owned(),
        country: Some("GR".to_owned()),
        confidence: Some(confidence),
        agreeing: 2,
        candidates: vec![Candidate { text: text.to_owned(), percent: confidence }],
        corners: None,
    }
}

fn seen(gate: Gate, sighting: Sighting, again: bool) -> Input {
    Input::Camera(CameraInput::PlateSeen {
        device: DeviceId::only(DeviceKind::Camera),
        gate,
        sighting,
        again,
    })
}

/// A car before the camera at the entry.
fn comes(world: &mut World, car: u64, text: &str) {
    assert_eq!(world.act(seen(Gate::Entry, sighting(car, text, 95), false)), []);
}

fn proposed(world: &mut World) -> Vec<String> {
    world.site().state().live.proposals.iter().map(|proposal| proposal.sighting.text.clone()).collect()
}

/// One touch at the proposal.
fn accepted(car: u64, text: &str) -> OpenVisit {
    OpenVisit { source: PlateSource::Camera, sighting: Some(SightingId(car)), ..arrival(text, Size::Small) }
}

/// The photographs of a visit, each proven to be the file that was kept.
fn photographs(world: &mut World, visit: VisitId) -> usize {
    let chain = world.visit(visit).chain;
    let site = world.site();
    let kept = photos::of_chain(site.terminal().store().connection(), chain).expect("they can be read");
    for photo in &kept {
        assert!(site.photos().picture(photo).expect("the disk works").is_some(), "{photo:?} is no file");
    }
    kept.len()
}

fn files(world: &mut World) -> usize {
    std::fs::read_dir(world.site().folder().join("terminal/photos"))
        .map_or(0, |files| files.flatten().count())
}

#[test]
fn one_touch_opens_the_visit_and_a_second_one_shows_it() {
    let mut world = World::wash();
    comes(&mut world, 1, "IHZ4821");
    comes(&mut world, 2, "OTM776");
    assert_eq!(proposed(&mut world), ["IHZ4821", "OTM776"], "two cars are two proposals");
    let visit = world.opens(accepted(1, "IHZ4821"));
    assert_eq!(world.visit(visit).source, PlateSource::Camera);
    assert_eq!(proposed(&mut world), ["OTM776"]);
    let again = world.act(Input::OpenVisit(accepted(1, "IHZ4821")));
    assert_eq!(again, [Notice::Refused(Refusal::AlreadyInside { visit })]);
    world.pass(5);
    assert_eq!(photographs(&mut world, visit), 2, "the whole car, and its plate");
    world.drain();
    world.check();
}

#[test]
fn a_car_inside_is_not_proposed_however_often_it_is_seen() {
    let mut world = World::wash();
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(600);
    comes(&mut world, 1, "IHZ4821");
    world.act(seen(Gate::Entry, sighting(1, "IHZ4821", 99), true));
    assert_eq!(proposed(&mut world), [""; 0]);
    assert_eq!(photographs(&mut world, visit), 0, "ten minutes later it is no picture of its coming");
    // It leaves, and comes again an hour later: that is another visit.
    world.takes(visit, "EXT");
    world.pays(visit, &[cash("10.00")]);
    world.leaves(visit);
    world.pass(3_600);
    comes(&mut world, 2, "IHZ4821");
    assert_eq!(proposed(&mut world), ["IHZ4821"]);
    world.drain();
    world.check();
}

#[test]
fn what_was_typed_meanwhile_is_no_longer_proposed_and_has_its_picture() {
    let mut world = World::wash();
    // The camera was first, and somebody typed all the same.
    comes(&mut world, 1, "IHZ4821");
    let typed = world.comes("ιηζ 4821", Size::Small);
    assert_eq!(proposed(&mut world), [""; 0]);
    assert_eq!(world.visit(typed).source, PlateSource::Typed);
    // Somebody was faster than the camera.
    let faster = world.comes("ΥΖΒ-3307", Size::Small);
    world.pass(4);
    comes(&mut world, 2, "YZB3307");
    assert_eq!(proposed(&mut world), [""; 0]);
    // What was proposed wrongly becomes surer, and is the plate that was typed.
    comes(&mut world, 3, "NKO9164");
    let third = world.comes("ΝΚΟ-9154", Size::Small);
    assert_eq!(proposed(&mut world), ["NKO9164"]);
    world.act(seen(Gate::Entry, sighting(3, "NKO9154", 97), true));
    assert_eq!(proposed(&mut world), [""; 0]);
    world.pass(5);
    for visit in [typed, faster, third] {
        assert_eq!(photographs(&mut world, visit), 2);
    }
    world.drain();
    world.check();
}

/// What is offered beside each proposal: vehicles that came before, and how often.
fn offered(world: &mut World) -> Vec<(String, u32)> {
    let proposals = world.site().state().live.proposals.clone();
    let known = proposals.into_iter().flat_map(|proposal| proposal.known);
    known.map(|known| (known.plate.key(), known.visits)).collect()
}

#[test]
fn a_customer_who_came_before_is_offered_when_a_character_is_misread() {
    let mut world = World::wash();
    for (plate, times) in [("ΙΗΖ-4821", 2), ("ΙΗΖ-4827", 1), ("ΙΗΕ-4829", 1), ("ΕΗΖ-4821", 3), ("ΕΑ-4821", 1)]
    {
        for _ in 0..times {
            let visit = world.comes(plate, Size::Small);
            world.takes(visit, "EXT");
            world.pays(visit, &[cash("10.00")]);
            world.leaves(visit);
            world.pass(3_600);
        }
    }
    // The one that came most often first; ΙΗΕ-4829 is two characters away, and ΙΗΖ-4827 a third one.
    comes(&mut world, 1, "IHZ4B21");
    assert_eq!(offered(&mut world), [("IHZ4821".to_owned(), 2)]);
    // It becomes surer, and is now another text: what is offered follows.
    world.act(seen(Gate::Entry, sighting(1, "IHZ4828", 97), true));
    assert_eq!(offered(&mut world), [("IHZ4821".to_owned(), 2), ("IHZ4827".to_owned(), 1)]);
    world.act(seen(Gate::Entry, sighting(1, "IHZ4828", 99), true));
    assert_eq!(offered(&mut world).len(), 2, "the same text, only surer");
    // A plate that came itself, and oftener than the one that differs by a letter; and a car that leaves.
    comes(&mut world, 2, "EHZ4821");
    world.act(seen(Gate::Exit, sighting(3, "IHZ4829", 97), false));
    assert_eq!(offered(&mut world).len(), 2, "those of the first");
    // A letter becomes a digit's place: a plate of state and an ordinary one are one kind here.
    world.act(Input::Camera(CameraInput::IgnorePlate { sighting: SightingId(1) }));
    comes(&mut world, 4, "EA48210");
    comes(&mut world, 5, "EK4821");
    assert_eq!(offered(&mut world), [("EA4821".to_owned(), 1)]);
    // A plate of another country is none of ours, whatever its letters.
    let foreign = Sighting { country: Some("DE".to_owned()), ..sighting(6, "IHZ4822", 95) };
    world.act(seen(Gate::Entry, foreign, false));
    assert_eq!(offered(&mut world), [("EA4821".to_owned(), 1)]);
    world.check();
}

#[test]
fn a_corrected_proposal_is_the_same_car() {
    let mut world = World::wash();
    comes(&mut world, 1, "IHZ4B21");
    let visit = world.opens(OpenVisit { source: PlateSource::Typed, ..accepted(1, "IHZ4821") });
    assert_eq!(proposed(&mut world), [""; 0]);
    world.act(seen(Gate::Entry, sighting(1, "IHZ4821", 97), true));
    world.act(seen(Gate::Entry, sighting(1, "IHZ4B21", 97), true));
    assert_eq!(proposed(&mut world), [""; 0], "a person has dealt with it");
    world.pass(5);
    assert_eq!(photographs(&mut world, visit), 2);
    // Its plate is corrected: the pictures stay with the visit that continues it.
    let corrected = Input::CorrectPlate {
        visit,
        plate: "ΙΗΖ-4822".to_owned(),
        entry: PlateEntry::Greek,
        vehicle: tameio::domain::visit::VehicleFacts::default(),
        by: crate::world::with_chief(),
    };
    world.act(corrected);
    world.drain();
    let inside: Vec<VisitId> = world.site().state().visits.keys().copied().collect();
    assert_eq!(inside.len(), 1);
    assert_eq!(photographs(&mut world, inside[0]), 2);
    world.check();
}

#[test]
fn an_ignored_proposal_stays_ignored_and_a_standing_one_grows_surer() {
    let mut world = World::wash();
    comes(&mut world, 1, "IHZ4821");
    comes(&mut world, 2, "OTM776");
    world.act(seen(Gate::Entry, sighting(2, "OTN776", 98), true));
    assert_eq!(proposed(&mut world), ["IHZ4821", "OTN776"], "it keeps its place");
    world.act(Input::Camera(CameraInput::IgnorePlate { sighting: SightingId(1) }));
    world.act(Input::Camera(CameraInput::IgnorePlate { sighting: SightingId(1) }));
    world.act(seen(Gate::Entry, sighting(1, "IHZ4821", 99), true));
    assert_eq!(proposed(&mut world), ["OTN776"]);
    // Whoever came and was not let in has driven on.
    world.pass(PROPOSAL_STANDS_S);
    comes(&mut world, 3, "XAN8080");
    assert_eq!(proposed(&mut world), ["XAN8080"]);
    // Two cameras see one car; more cars than fit are the newest ones.
    comes(&mut world, 4, "XAN8080");
    assert_eq!(proposed(&mut world), ["XAN8080"]);
    for car in 5..15 {
        comes(&mut world, car, &format!("ABE{}", 1_000 + car));
    }
    assert_eq!(proposed(&mut world).len(), PROPOSALS_MAX);
    assert!(world.events().iter().all(|event| !matches!(event, Event::VisitOpened { .. })));
    world.check();
}

#[test]
fn at_the_exit_the_visit_that_leaves_is_proposed() {
    let mut world = World::of(Trade::Parking);
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(1_800);
    assert_eq!(world.act(seen(Gate::Exit, sighting(1, "IHZ4821", 95), false)), []);
    // One that is not known to be inside is shown too: the attendant must not be stuck with it.
    world.act(seen(Gate::Exit, sighting(2, "KBP5060", 95), false));
    let proposals = world.site().state().live.proposals.clone();
    let found = proposals.iter().map(|proposal| world.site().state().leaving(proposal).map(|visit| visit.id));
    assert_eq!(found.collect::<Vec<_>>(), [Some(visit), None]);
    world.pays(visit, &[cash("4.00")]);
    world.leaves(visit);
    assert_eq!(proposed(&mut world), ["KBP5060"]);
    world.drain();
    world.check();
}

fn accepting(at: Option<u8>) -> World {
    let practice = Config::practice(Trade::Parking).expect("practice is good").settings;
    let plates = PlateRules { accept_at: at, ..PlateRules::default() };
    let mut world = World::with(Settings { plates, ..practice });
    world.act(Input::Till(TillInput::OpenShift { float: Cents(15_000), operator: person("B") }));
    world
}

#[test]
fn nothing_opens_by_itself_unless_the_owner_has_said_how_sure_it_must_be() {
    let mut world = accepting(None);
    world.act(seen(Gate::Entry, sighting(1, "IHZ4821", 100), false));
    assert_eq!(proposed(&mut world), ["IHZ4821"]);

    let mut world = accepting(Some(97));
    let once = Sighting { agreeing: 1, ..sighting(1, "IHZ4821", 99) };
    world.act(seen(Gate::Entry, once, false));
    world.act(seen(Gate::Entry, sighting(2, "YZB3307", 96), false));
    world.act(seen(Gate::Entry, sighting(3, "ΔΣ4410", 99), false));
    assert_eq!(
        proposed(&mut world),
        ["IHZ4821", "YZB3307", "ΔΣ4410"],
        "one picture, unsure, no usual series"
    );
    // Two pictures now, and as sure as was said.
    let said = world.act(seen(Gate::Entry, sighting(1, "IHZ4821", 97), true));
    assert_eq!(said, [], "whoever is at another page stays there");
    assert_eq!(proposed(&mut world), ["YZB3307", "ΔΣ4410"]);
    let visit = world.site().state().visits.values().next().expect("it is inside").clone();
    assert_eq!((visit.source, &visit.operator), (PlateSource::Camera, &person("B")));
    // A neighbour inside: it may be the same car, misread.
    world.act(seen(Gate::Entry, sighting(4, "IHZ4822", 99), false));
    assert_eq!(proposed(&mut world), ["YZB3307", "ΔΣ4410", "IHZ4822"]);
    world.act(seen(Gate::Exit, sighting(5, "KBP5060", 99), false));
    assert_eq!(world.site().state().visits.len(), 1, "nobody comes in at the exit");
    world.pass(5);
    assert_eq!(photographs(&mut world, visit.id), 2);
    world.drain();
    world.check();
}

/// Without a shift nobody answers for it.
#[test]
fn nothing_opens_by_itself_while_nobody_is_at_the_till() {
    let practice = Config::practice(Trade::Parking).expect("practice is good").settings;
    let plates = PlateRules { accept_at: Some(50), ..PlateRules::default() };
    let mut world = World::with(Settings { plates, ..practice });
    world.act(seen(Gate::Entry, sighting(1, "IHZ4821", 100), false));
    assert_eq!(proposed(&mut world), ["IHZ4821"]);
    world.check();
}

#[test]
fn photographs_are_deleted_when_their_time_is_over_and_that_is_written_down() {
    let mut world = World::wash();
    comes(&mut world, 1, "IHZ4821");
    let old = world.opens(accepted(1, "IHZ4821"));
    world.pass(10 * 86_400);
    comes(&mut world, 2, "OTM776");
    let fresh = world.opens(accepted(2, "OTM776"));
    world.pass(4 * 86_400);
    world.act(Input::Tick);
    assert_eq!((photographs(&mut world, old), files(&mut world)), (2, 4), "fourteen days");
    world.pass(86_400 + 60);
    world.act(Input::Tick);
    assert_eq!((photographs(&mut world, old), photographs(&mut world, fresh), files(&mut world)), (0, 2, 2));
    let deleted = |event: &Event| match event {
        Event::PhotosDeleted { photos } => photos.len(),
        _ => 0,
    };
    assert_eq!(world.events().iter().map(deleted).sum::<usize>(), 2);
    world.drain();
    world.check();
}

#[test]
fn the_doubtful_characters_are_those_the_candidates_differ_in() {
    let candidates = |all: &[(&str, u8)]| Sighting {
        candidates: all
            .iter()
            .map(|(text, percent)| Candidate { text: (*text).to_owned(), percent: *percent })
            .collect(),
        ..sighting(1, all[0].0, all[0].1)
    };
    assert_eq!(candidates(&[("IHZ4821", 97), ("IHZ4B21", 2)]).doubtful(), [0; 0]);
    assert_eq!(candidates(&[("IHZ4821", 60), ("IHZ4B21", 30), ("IHZ4827", 9)]).doubtful(), [4]);
    assert_eq!(candidates(&[("IHZ4821", 50), ("THZ4827", 40)]).doubtful(), [0, 6]);
    assert_eq!(candidates(&[("IHZ4821", 60), ("HZ4821", 40)]).doubtful(), [0; 0], "of another length");
    let none = Sighting { candidates: Vec::new(), ..sighting(1, "IHZ4821", 50) };
    assert_eq!(none.doubtful(), [0; 0], "a camera that does not say what else it may be");
}
