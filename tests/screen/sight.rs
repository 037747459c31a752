//! A camera at the lane: what it proposes is taken with one touch, corrected with one, waved away with one.

use crate::pages::check_at;
use crate::stage::{Stage, wash};
use slint::{ComponentHandle, Model};
use tameio::app::input::{By, CameraInput, Input};
use tameio::domain::device::{DeviceId, DeviceKind};
use tameio::domain::ids::SightingId;
use tameio::domain::operator::OperatorId;
use tameio::domain::sighting::{Candidate, Gate, Sighting};
use tameio::domain::visit::PlateSource;
use tameio::view::generated::Sight;
use tameio_drivers::camera::{Captured, Format, Frame, SimCamera, Size};

const SIZE: (u32, u32) = (1024, 768);
const CAMERA: (&str, &str) = ("camera", "http://192.168.1.64/stream.mjpg");

fn lane() -> Stage {
    Stage::with(wash(), SIZE, &[CAMERA])
}

/// Read as this text, perhaps as the other one.
fn seen(car: u64, text: &str, other: Option<(&str, u8)>) -> Input {
    see(Gate::Entry, car, text, other)
}

fn see(gate: Gate, car: u64, text: &str, other: Option<(&str, u8)>) -> Input {
    let surest = 100 - other.map_or(0, |(_, percent)| percent);
    let candidate = |text: &str, percent: u8| Candidate { text: text.to_owned(), percent };
    let candidates = [Some(candidate(text, surest)), other.map(|(text, percent)| candidate(text, percent))];
    let sighting = Sighting {
        id: SightingId(car),
        text: text.to_owned(),
        country: Some("GR".to_owned()),
        confidence: Some(surest),
        agreeing: 3,
        candidates: candidates.into_iter().flatten().collect(),
        corners: Some([[500, 400], [760, 410], [758, 470], [498, 462]]),
    };
    Input::Camera(CameraInput::PlateSeen {
        device: DeviceId::only(DeviceKind::Camera),
        gate,
        sighting,
        again: false,
    })
}

fn inside(stage: &Stage) -> Vec<(String, PlateSource)> {
    let site = stage.site.borrow();
    site.state().visits.values().map(|visit| (visit.plate.key(), visit.source)).collect()
}

fn proposed(stage: &Stage) -> usize {
    stage.site.borrow().state().live.proposals.len()
}

#[test]
fn one_touch_lets_it_in() {
    let stage = lane();
    stage.happen(seen(1, "IHZ4821", None));
    stage.taps();
    stage.tap("proposal-1");
    assert_eq!(stage.taps(), 1);
    assert_eq!(inside(&stage), [("IHZ4821".to_owned(), PlateSource::Camera)]);
    assert_eq!(proposed(&stage), 0);
    assert!(stage.element("pay").is_some(), "its page is up");
}

/// Whoever is typing keeps what is typed; the proposal is a touch away all the same.
#[test]
fn it_never_takes_a_plate_out_of_somebodys_hands() {
    let stage = lane();
    stage.type_plate("YZB33");
    stage.happen(seen(1, "IHZ4821", None));
    stage.type_plate("07");
    stage.tap("open-visit");
    assert_eq!(inside(&stage), [("YZB3307".to_owned(), PlateSource::Typed)]);
    stage.tap_all(&["rail-lane", "proposal-1"]);
    assert_eq!(inside(&stage).len(), 2);
}

#[test]
fn another_reading_is_looked_at_before_it_opens_anything() {
    let stage = lane();
    stage.happen(seen(1, "IHZ4821", Some(("IHZ4B21", 3))));
    stage.happen(seen(2, "YZB3307", Some(("YZB3301", 30))));
    stage.tap("proposal-other-YZB3301");
    assert_eq!(inside(&stage), []);
    stage.tap("open-visit");
    assert_eq!(inside(&stage), [("YZB3301".to_owned(), PlateSource::Camera)]);
}

/// The same car, misread by a character: its visit comes up, and no second one is opened.
#[test]
fn a_vehicle_inside_that_is_called_almost_the_same_is_offered() {
    let stage = lane();
    stage.type_plate("IHZ4821");
    stage.tap_all(&["open-visit", "rail-lane"]);
    stage.happen(seen(1, "IHZ4827", None));
    stage.tap("proposal-other-IHZ4821");
    assert!(stage.element("pay").is_some());
    assert_eq!((inside(&stage).len(), proposed(&stage)), (1, 0));
}

/// A car that came before, misread by a character: it stands beside the reading, and one touch puts it into the pad.
#[test]
fn a_customer_who_came_before_is_offered() {
    let stage = lane();
    stage.type_plate("IHZ4821");
    stage.tap_all(&["open-visit", "rail-lane"]);
    let visit = stage.site.borrow().state().visits.keys().next().copied().expect("it is inside");
    let by = By { operator: OperatorId("chief".to_owned()), approved_by: None };
    stage.happen(Input::CancelVisit { visit, reason: "δοκιμή".to_owned(), by });
    assert_eq!(inside(&stage), []);
    stage.happen(seen(1, "IHZ4827", None));
    let others = stage.app().global::<Sight>().get_others();
    let told: Vec<(String, i32)> = others.iter().map(|other| (other.key.to_string(), other.visits)).collect();
    assert_eq!(told, [("IHZ4821".to_owned(), 1)]);
    stage.tap("proposal-other-IHZ4821");
    assert_eq!(inside(&stage), [], "it is looked at first");
    stage.tap("open-visit");
    assert_eq!(inside(&stage), [("IHZ4821".to_owned(), PlateSource::Camera)]);
}

#[test]
fn it_is_nothing_and_takes_its_plate_out_of_the_pad() {
    let stage = lane();
    stage.happen(seen(1, "IHZ4821", None));
    stage.tap("proposal-ignore");
    assert_eq!((inside(&stage).len(), proposed(&stage)), (0, 0));
    assert!(stage.element("proposal-1").is_none());
    stage.type_plate("YZB3307");
    stage.tap("open-visit");
    assert_eq!(inside(&stage), [("YZB3307".to_owned(), PlateSource::Typed)]);
}

#[test]
fn at_the_exit_the_visit_that_leaves_comes_up() {
    let stage = lane();
    stage.type_plate("IHZ4821");
    stage.tap_all(&["open-visit", "rail-lane"]);
    stage.happen(see(Gate::Exit, 1, "IHZ4821", None));
    stage.tap("proposal-1");
    assert!(stage.element("pay").is_some());
    assert_eq!((inside(&stage).len(), proposed(&stage)), (1, 0));
}

/// The letters that may be others stand out, and no others.
#[test]
fn only_what_is_doubtful_stands_out() {
    let stage = lane();
    stage.happen(seen(1, "IHZ4821", Some(("IHZ4B21", 30))));
    let letters = stage.app().global::<Sight>().get_letters();
    let doubtful: Vec<String> =
        letters.iter().filter(|letter| letter.doubtful).map(|letter| letter.text.to_string()).collect();
    assert_eq!(doubtful, ["8"]);
}

#[test]
fn what_it_looks_like() {
    let frame = || {
        let (size, sim) = (Size::new(1280, 720), SimCamera::default());
        sim.change(|scene| scene.plate = Some("YZB3307".to_owned()));
        (0..6).for_each(|_| drop(sim.picture(size)));
        Frame::prove(Captured::now(sim.picture(size), Format::Jpeg, size), 1).expect("it is whole")
    };
    let scene = |stage: &Stage| {
        *stage.sees.borrow_mut() = Some(frame());
        stage.type_plate("OTM776");
        stage.tap_all(&["open-visit", "rail-lane"]);
        stage.happen(seen(1, "OTM778", None));
        stage.happen(seen(2, "YZB3307", Some(("YZB3301", 30))));
        stage.app().global::<Sight>().invoke_watch();
    };
    let shop = |size| Stage::with(wash(), size, &[CAMERA]);
    check_at("lane-sight", shop, scene, &["proposal-2", "proposal-ignore", "proposal-1"]);
    let quiet = |stage: &Stage| {
        stage.app().global::<Sight>().invoke_watch();
    };
    check_at("lane-sight-none", shop, quiet, &["open-visit"]);
}
