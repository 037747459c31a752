//! The board of a wash: which car is in which bay, who has paid beside it, and what was promised.

use crate::world::{World, at, cash, person};
use tameio::app::effect::Notice;
use tameio::app::input::{Input, PaperInput};
use tameio::app::refusal::{BayRefusal, Refusal};
use tameio::config::Config;
use tameio::domain::bay::{OnBoard, Place};
use tameio::domain::catalogue::Size;
use tameio::domain::event::Event;
use tameio::domain::ids::VisitId;
use tameio::domain::paper::Paper;
use tameio::domain::settings::{Establishment, Settings, Trade};
use tameio::domain::visit::VisitState;

/// A wash with so many bays.
fn wash(bays: u8) -> World {
    let practice = Config::practice(Trade::Wash).expect("practice is good").settings;
    let mut world = World::with(Settings { bays, ..practice });
    world.clock("10:00");
    world
}

fn moves(visit: VisitId, place: Place) -> Input {
    Input::Place { visit, place, operator: person("A") }
}

const fn bay(bay: u8) -> Place {
    Place::Bay { bay }
}

fn washes(world: &mut World, plate: &str, package: &str) -> VisitId {
    let visit = world.comes(plate, Size::Small);
    world.takes(visit, package);
    visit
}

fn board(world: &World, visit: VisitId) -> OnBoard {
    world.visit(visit).board
}

fn no(world: &mut World, input: Input) -> BayRefusal {
    match world.act(input).as_slice() {
        [Notice::Refused(Refusal::Bay(refusal))] => refusal.clone(),
        other => panic!("it was moved: {other:?}"),
    }
}

#[test]
fn no_car_is_in_two_bays_and_no_bay_holds_two() {
    let mut world = wash(2);
    let [first, second] = ["ΙΗΖ-4821", "ΥΖΒ-3307"].map(|plate| washes(&mut world, plate, "FULL"));
    assert_eq!(world.act(moves(first, bay(1))), []);
    let taken = no(&mut world, moves(second, bay(1)));
    assert_eq!(taken, BayRefusal::Taken { plate: "ΙΗΖ-4821".to_owned() });
    for wrong in [0, 3, 255] {
        assert_eq!(no(&mut world, moves(second, bay(wrong))), BayRefusal::NoSuchBay);
    }
    assert_eq!(world.act(moves(first, bay(2))), [], "one tap moves it to another bay");
    assert_eq!(world.act(moves(second, bay(1))), [], "and the first is free again");
    let events = world.events().len();
    assert_eq!(world.act(moves(second, bay(1))), []);
    assert_eq!(world.events().len(), events, "a second press is nothing");
    world.crash();
    assert_eq!([first, second].map(|visit| board(&world, visit).place), [bay(2), bay(1)]);
    world.drain();
    world.check();
}

/// Paying first and paying later are the same to the board.
#[test]
fn who_paid_first_still_waits_and_who_is_ready_still_owes() {
    let mut world = wash(1);
    let [paid, owes] = ["ΙΗΖ-4821", "ΥΖΒ-3307"].map(|plate| washes(&mut world, plate, "EXT"));
    world.pays(paid, &[cash("8.00")]);
    assert_eq!(board(&world, paid).place, Place::Queue);
    assert_eq!(world.act(moves(paid, bay(1))), []);
    world.clock("10:12");
    assert_eq!(world.act(moves(paid, Place::Ready)), []);
    assert_eq!(world.act(moves(owes, bay(1))), []);
    assert_eq!(world.visit(owes).state, VisitState::InService);
    assert_eq!(world.act(moves(owes, Place::Ready)), []);
    assert_eq!(world.visit(owes).state, VisitState::Ready);
    assert_eq!(board(&world, owes).since, Some(at("10:12")));
    // A finger that slipped is taken back, and the money is not touched by it.
    assert_eq!(world.act(moves(owes, bay(1))), []);
    assert_eq!(world.act(moves(owes, Place::Ready)), []);
    let steps = world.events().iter().filter(|event| matches!(event, Event::ServiceFinished { .. })).count();
    assert_eq!(steps, 1, "the service is done once");
    world.leaves(paid);
    world.pays(owes, &[cash("8.00")]);
    world.leaves(owes);
    world.drain();
    world.check();
}

#[test]
fn each_is_promised_what_the_queue_before_it_needs() {
    let mut world = wash(1);
    let minutes = |package: &str| {
        let list = Config::practice(Trade::Wash).expect("practice is good").settings.catalogue;
        i64::from(list.package(package).expect("it is sold").minutes)
    };
    let after = |start: &str, minutes: i64| {
        let start = at(start);
        tameio::domain::time::Stamp::new(start.utc + jiff::SignedDuration::from_mins(minutes))
    };
    let (full, ext) = (minutes("FULL"), minutes("EXT"));
    let first = washes(&mut world, "ΙΗΖ-4821", "FULL");
    assert_eq!(board(&world, first).promised, Some(after("10:00", full)));
    let second = washes(&mut world, "ΥΖΒ-3307", "EXT");
    assert_eq!(board(&world, second).promised, Some(after("10:00", full + ext)));
    assert_eq!(world.act(moves(first, bay(1))), []);
    world.clock("10:05");
    world.takes(second, "EXT+WAX");
    assert_eq!(
        board(&world, second).promised,
        Some(after("10:00", full + ext)),
        "wax takes no longer: it stands"
    );
    world.takes(second, "FULL");
    assert_eq!(
        board(&world, second).promised,
        Some(after("10:00", full + full)),
        "behind the car in the bay"
    );
    world.crash();
    assert!(!board(&world, first).is_late(at("10:05")));
    assert!(board(&world, first).is_late(after("10:01", full)));
    world.act(Input::Paper(PaperInput::Print { paper: Paper::Ticket { visit: first } }));
    world.pass(5);
    let ticket = world.papers().pop().expect("a ticket");
    assert!(ticket.contains("Έτοιμο στις") && ticket.contains(&after("10:00", full).clock()), "{ticket}");
    // The plate was wrong: the place and the promise stay.
    let promised = board(&world, first).promised;
    world.drain();
    let by = crate::world::with_chief();
    let (plate, entry) = ("ΙΗΖ-4822".to_owned(), tameio::domain::plate::PlateEntry::Greek);
    world.act(Input::CorrectPlate { visit: first, plate, entry, vehicle: Default::default(), by });
    let next = world.site().state().visits.values().find(|visit| visit.replaces == Some(first)).cloned();
    let next = next.expect("it goes on under the right plate").board;
    assert_eq!((next.place, next.promised), (bay(1), promised));
}

#[test]
fn without_bays_nothing_is_promised_and_nothing_moves() {
    let mut world = wash(0);
    let visit = washes(&mut world, "ΙΗΖ-4821", "FULL");
    assert_eq!(board(&world, visit), OnBoard::default());
    assert_eq!(no(&mut world, moves(visit, bay(1))), BayRefusal::NoBoard);
}

/// Where cars are parked too, only those that came to be washed wait for a bay.
#[test]
fn a_parked_car_is_not_in_the_queue() {
    let practice = Config::practice(Trade::Wash).expect("practice is good").settings;
    let also = vec![Establishment { trade: Trade::Parking, branch: 0 }];
    let mut catalogue = practice.catalogue.clone();
    catalogue.packages.iter_mut().for_each(|package| package.trade = Some(Trade::Wash));
    let mut world = World::with(Settings { bays: 2, also, catalogue, ..practice });
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    assert_eq!(no(&mut world, moves(visit, bay(1))), BayRefusal::NoBoard);
    world.takes(visit, "EXT");
    assert!(board(&world, visit).promised.is_some(), "promised with the package that says so");
    assert_eq!(world.act(moves(visit, bay(1))), []);
}
