//! Barriers that go up by themselves: for who has come in and for who may leave, once for each car, and never for anybody
//! else.

use crate::world::{World, cash, person, with_chief};
use tameio::app::effect::Notice;
use tameio::app::input::{By, CameraInput, DeviceInput, Input, PaperInput, ParkingInput, TillInput};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::device::{BarrierOpening, DeviceId, DeviceKind};
use tameio::domain::event::Event;
use tameio::domain::ids::VisitId;
use tameio::domain::paper::{Paper, PrintOutcome};
use tameio::domain::plate::PlateEntry;
use tameio::domain::settings::{PlateRules, Settings, Trade};
use tameio::domain::sighting::{Gate, Sighting};
use tameio::domain::text::Text;
use tameio::domain::visit::{NoDocumentReason, VehicleFacts};

fn device(name: &str) -> DeviceId {
    DeviceId::named(DeviceKind::Barrier, name).expect("a barrier")
}

/// A car park with a barrier at either end.
fn settings() -> Settings {
    let mut settings = Config::practice(Trade::Parking).expect("the shipped file").settings;
    settings.parking.entry_barrier = Some(device("entry"));
    settings.parking.exit_barrier = Some(device("exit"));
    settings
}

fn park() -> World {
    World::with(settings())
}

/// For whom a barrier was asked to open, in order.
fn raised(world: &World, name: &str) -> Vec<VisitId> {
    let asked = world.events().into_iter().filter_map(|event| match event {
        Event::BarrierAsked { device: asked, visit, .. } if asked == device(name) => visit,
        _ => None,
    });
    asked.collect()
}

fn by_hand(world: &mut World, name: &str, visit: Option<VisitId>, reason: &str) -> Vec<Notice> {
    let (reason, operator) = (reason.to_owned(), person("A"));
    world.act(Input::Device(DeviceInput::OpenBarrier { device: device(name), visit, reason, operator }))
}

/// Who pays, turns round, is let go owing or leaves without a document has the barrier up; who was never seen leave has not.
#[test]
fn the_barrier_goes_up_for_who_comes_and_for_who_may_leave_and_for_nobody_else() {
    let mut world = park();
    world.clock("09:00");
    let [pays, turns, owes, free, missed] = ["ΥΖΒ-3307", "ΝΚΟ-9154", "ΙΗΖ-4821", "ΟΤΜ-776", "ΧΑΝ-8080"]
        .map(|plate| world.comes(plate, Size::Small));
    assert_eq!(raised(&world, "entry"), [pays, turns, owes, free, missed]);
    assert!(raised(&world, "exit").is_empty());
    world.leaves(turns);
    world.clock("10:00");
    let refused = world.act(Input::Depart { visit: pays, operator: person("A"), returned_at: None });
    assert!(matches!(refused[..], [Notice::Refused(_)]), "{refused:?}");
    world.pays(pays, &[cash("4.00")]);
    assert_eq!(raised(&world, "exit"), [turns], "paid is not gone");
    world.leaves(pays);
    let (debtor, reason) = (String::new(), "δεν έχει χρήματα".to_owned());
    world.act(Input::Parking(ParkingInput::ReleaseOwing {
        visit: owes,
        debtor,
        reason: reason.clone(),
        operator: person("A"),
    }));
    world.act(Input::ChooseNoDocument {
        visit: free,
        reason: NoDocumentReason::Free,
        note: reason.clone(),
        redo_of: None,
        by: with_chief(),
    });
    world.leaves(free);
    let left = world.site().now();
    let by = By { operator: person("A"), approved_by: Some(person("owner")) };
    world.act(Input::Parking(ParkingInput::CloseMissed { visit: missed, left, reason, by }));
    assert_eq!(raised(&world, "exit"), [turns, pays, owes, free]);
    assert_eq!(world.site().state().day.people.values().map(|one| one.barrier).sum::<u32>(), 0);
    world.drain();
    world.check();
}

/// Asked for by hand a moment before, it is not asked for once more when the car leaves; its second press by hand is.
#[test]
fn a_barrier_that_was_opened_by_hand_for_a_car_is_not_opened_twice_for_it() {
    let mut world = park();
    world.clock("09:00");
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.clock("09:05");
    assert_eq!(by_hand(&mut world, "exit", Some(visit), ""), []);
    world.pass(20);
    world.leaves(visit);
    assert_eq!(raised(&world, "exit"), [visit]);
    // Long after, the opening by hand was another's.
    let other = world.comes("ΝΚΟ-9154", Size::Small);
    by_hand(&mut world, "exit", Some(other), "");
    world.pass(300);
    world.leaves(other);
    assert_eq!(raised(&world, "exit"), [visit, other, other]);
}

/// A wrong plate that is put right opens nothing; nor does what is taken over, or found at the exit.
#[test]
fn a_visit_that_goes_on_under_the_right_plate_opens_no_barrier() {
    let mut world = park();
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.pass(60);
    let said = world.act(Input::CorrectPlate {
        visit,
        plate: "ΥΖΒ-3308".to_owned(),
        entry: PlateEntry::Greek,
        vehicle: VehicleFacts::default(),
        by: with_chief(),
    });
    assert_eq!(said, []);
    assert_eq!(raised(&world, "entry"), [visit]);
}

/// A barrier that is not there, or did not move, is said; the car is let out by hand, for the same visit, without a reason.
#[test]
fn a_barrier_that_fails_is_said_and_opened_by_hand_for_the_car_that_was_let_go() {
    let mut world = park();
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.act(Input::Device(DeviceInput::Detached { device: device("exit") }));
    let said = world.act(Input::Depart { visit, operator: person("A"), returned_at: None });
    assert!(
        matches!(&said[..], [Notice::Barrier { device, opening: BarrierOpening::NotOpened { .. } }] if device.name == "exit"),
        "{said:?}"
    );
    assert!(world.site().state().visits.is_empty(), "the visit is over all the same");
    world.act(Input::Device(DeviceInput::Attached { device: device("exit"), address: Text::new("sim:") }));
    assert_eq!(
        by_hand(&mut world, "exit", Some(visit), "").len(),
        1,
        "it was not asked for: a reason is needed"
    );
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    world.leaves(visit);
    let text = Text::new("no answer");
    let said = world.act(Input::Device(DeviceInput::BarrierReported {
        device: device("exit"),
        opening: BarrierOpening::NotOpened { text },
    }));
    assert!(matches!(&said[..], [Notice::Barrier { .. }]), "{said:?}");
    assert_eq!(by_hand(&mut world, "exit", Some(visit), ""), [], "the same car stands before it");
    assert_eq!(raised(&world, "exit"), [visit, visit]);
}

/// Where the owner wants it, nobody comes in without a ticket; one that is printed again lets nobody in.
#[test]
fn the_entry_waits_for_the_ticket_and_opens_once() {
    let mut settings = settings();
    settings.parking.entry_waits_for_ticket = true;
    let mut world = World::with(settings);
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    assert!(raised(&world, "entry").is_empty());
    world.pass(3);
    assert_eq!(raised(&world, "entry"), [visit]);
    world.act(Input::Paper(PaperInput::Print { paper: Paper::Ticket { visit } }));
    world.pass(3);
    assert_eq!(raised(&world, "entry"), [visit]);
    let printed = world
        .events()
        .into_iter()
        .filter(|event| matches!(event, Event::PaperReported { outcome: PrintOutcome::Confirmed, .. }));
    assert_eq!(printed.count(), 2, "it was printed twice");
}

/// A plate that a camera is sure of lets its car go, where nothing is owed; else it is a proposal as ever.
#[test]
fn a_plate_read_at_the_exit_lets_go_who_owes_nothing() {
    let mut settings = settings();
    settings.parking.leaves_by_plate = true;
    settings.plates = PlateRules { accept_at: Some(90), ..PlateRules::default() };
    let mut world = World::with(settings);
    world.act(Input::Till(TillInput::OpenShift {
        float: tameio::domain::money::Cents(5_000),
        operator: person("A"),
    }));
    let mut n = 0;
    let mut seen = |world: &mut World, plate: &str, confidence: u8| {
        n += 1;
        let sighting = Sighting {
            id: tameio::domain::ids::SightingId(n),
            text: plate.to_owned(),
            confidence: Some(confidence),
            agreeing: 4,
            country: None,
            candidates: Vec::new(),
            corners: None,
        };
        let device = DeviceId::only(DeviceKind::Camera);
        world.act(Input::Camera(CameraInput::PlateSeen { device, gate: Gate::Exit, sighting, again: false }))
    };
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.pass(1_200);
    seen(&mut world, "YZB3307", 99);
    assert!(world.site().state().visits.contains_key(&visit), "it owes");
    assert_eq!(world.site().state().live.proposals.len(), 1);
    world.pays(visit, &[cash("4.00")]);
    seen(&mut world, "YZB3307", 60);
    assert!(world.site().state().visits.contains_key(&visit), "not sure enough");
    seen(&mut world, "YZB3307", 99);
    assert!(world.site().state().visits.is_empty());
    assert_eq!(raised(&world, "exit"), [visit]);
    world.drain();
    world.check();
}
