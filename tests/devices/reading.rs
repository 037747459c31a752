//! Plates read on this machine: a camera's pictures become proposals while the terminal works, each car once, and the
//! pictures of a car are kept beside its visit.

use super::{BACK, Desk, configured};
use crate::folder::Folder;
use crate::world::person;
use std::path::Path;
use std::time::Duration;
use tameio::app::clock::{self, Stopwatch};
use tameio::app::input::{Input, OpenVisit};
use tameio::domain::catalogue::Size;
use tameio::domain::device::{Condition, DeviceId, DeviceKind};
use tameio::domain::ids::VisitId;
use tameio::domain::sighting::{Gate, Proposal};
use tameio::domain::visit::PlateSource;
use tameio::store::open_reader;
use tameio::store::photos::of_chain;
use tameio_drivers::camera::{self, SimCamera};

/// Only what hangs takes so long: reading is slow where nothing is optimised, and other tests run beside.
const LONG: Duration = Duration::from_secs(240);

fn camera_id() -> DeviceId {
    DeviceId::only(DeviceKind::Camera)
}

fn proposals(desk: &Desk) -> Vec<Proposal> {
    desk.snapshot().map(|snapshot| snapshot.state.live.proposals.clone()).unwrap_or_default()
}

fn texts(desk: &Desk) -> Vec<String> {
    proposals(desk).into_iter().map(|proposal| proposal.sighting.text).collect()
}

/// Puts a picture into a folder as a camera that sends by FTP does: whole at once, under a name of its own. Somebody
/// clears up behind it.
fn put(folder: &Path, number: usize, jpeg: &[u8]) {
    let named = |number: usize| folder.join(format!("{number:06}.jpg"));
    let unfinished = folder.join("unfinished.part");
    std::fs::write(&unfinished, jpeg).expect("it is written");
    std::fs::rename(unfinished, named(number)).expect("it is named");
    if let Some(old) = number.checked_sub(20) {
        std::fs::remove_file(named(old)).expect("it was there");
    }
}

/// What a camera sees: each plate in a lane of its own; none is an empty lane.
fn lanes(plates: [Option<&str>; 2]) -> Vec<u8> {
    let half = camera::Size::new(640, 720);
    let rgb = plates.map(|plate| {
        let sim = SimCamera::default();
        // An empty lane is one whose cars are all away.
        sim.change(|scene| match plate {
            Some(plate) => scene.plate = Some(plate.to_owned()),
            None => scene.cars = Vec::new(),
        });
        for _ in 0..6 {
            drop(sim.picture(half));
        }
        let jpeg = sim.picture(half);
        let captured = camera::frame::Captured::now(jpeg, camera::Format::Jpeg, half);
        camera::Frame::prove(captured, 1).expect("it is whole").rgb().expect("it is decoded")
    });
    let row =
        |y: usize| rgb.iter().flat_map(move |half| half.points[y * 640 * 3..][..640 * 3].iter().copied());
    let points = (0..720).flat_map(row).collect();
    camera::Rgb { size: camera::Size::new(1280, 720), points }.jpeg().expect("it is encoded")
}

#[test]
fn two_cars_and_a_parked_one_in_a_folder_of_pictures() {
    let (folder, pictures) = (Folder::new(), Folder::new());
    let address = format!("folder:{}?plates=yes", pictures.path().display());
    let desk = Desk::open(folder.path(), configured(&[("camera", &address)]));
    desk.until_is(LONG, &camera_id(), &Condition::Ready);
    // A car that was there before the terminal's eyes opened is parked; it is inside already.
    desk.send(Input::OpenVisit(OpenVisit::new("ΧΑΝ-8080", Size::Small, person("A"))));
    desk.until(LONG, "it is inside", |state| state.visits.len() == 1);
    // A picture every 150 ms: the parked car on the right all the time, two cars on the left one after another.
    let scenes: [(_, &[&str]); 4] = [
        (lanes([None, Some("XAN8080")]), &[]),
        (lanes([Some("YZB3307"), Some("XAN8080")]), &["YZB3307"]),
        (lanes([None, Some("XAN8080")]), &["YZB3307"]),
        (lanes([Some("OTM776"), Some("XAN8080")]), &["YZB3307", "OTM776"]),
    ];
    let mut number = 0;
    // Kept here, since a proposal does not stand for ever.
    let mut seen: Vec<Proposal> = Vec::new();
    for (scene, wanted) in &scenes {
        // Each scene goes on until the terminal has made up its mind about it, however long that takes it, and a while longer.
        let begun = Stopwatch::start();
        let mut more = 12;
        while more > 0 {
            put(pictures.path(), number, scene);
            number += 1;
            clock::wait(Duration::from_millis(150));
            for proposal in proposals(&desk) {
                match seen.iter_mut().find(|known| known.sighting.id == proposal.sighting.id) {
                    Some(known) => *known = proposal,
                    None => seen.push(proposal),
                }
            }
            let texts: Vec<&str> = seen.iter().map(|proposal| proposal.sighting.text.as_str()).collect();
            assert!(wanted.starts_with(&texts), "{wanted:?} are wanted: {texts:?}");
            more -= usize::from(texts == *wanted);
            assert!(begun.elapsed() < LONG, "{wanted:?} are wanted: {texts:?}");
        }
    }
    for proposal in seen {
        let sighting = &proposal.sighting;
        assert_eq!((proposal.gate, &proposal.device), (Gate::Entry, &camera_id()));
        assert!(sighting.confidence.is_some_and(|sure| sure >= 50) && sighting.agreeing >= 2, "{sighting:?}");
        let corners = sighting.corners.expect("it lies somewhere");
        assert!(
            corners.iter().all(|[x, y]| (0..640).contains(x) && (0..720).contains(y)),
            "on the left: {corners:?}"
        );
        let pictures = desk.handle().car_pictures(sighting.id).expect("it has pictures");
        for jpeg in [pictures.vehicle, pictures.plate] {
            assert!(jpeg.expect("both").starts_with(&[0xff, 0xd8]), "a JPEG");
        }
    }
    desk.close();
}

/// The photographs of a visit, once they are there.
fn photographed(folder: &Path, visit: VisitId) -> usize {
    let conn = open_reader(&folder.join("data")).expect("the database is there");
    of_chain(&conn, visit).expect("it can be read").len()
}

#[test]
fn a_simulated_camera_proposes_what_comes_and_the_photographs_are_kept() {
    let folder = Folder::new();
    let device = [("camera", "sim:?plates=yes&plate=YZB3307,OTM776&fps=30")];
    let desk = Desk::open(folder.path(), configured(&device));
    desk.until(LONG, "the first car is proposed", |state| !state.live.proposals.is_empty());
    let proposal = proposals(&desk).remove(0);
    assert_eq!(proposal.sighting.text, "YZB3307");
    // What it sees now is shown while it firms up.
    let begun = Stopwatch::start();
    while !desk.handle().in_view(&camera_id()).is_some_and(|view| view.cars.iter().any(|car| car.told)) {
        assert!(begun.elapsed() < LONG, "no car in view");
        clock::wait(Duration::from_millis(20));
    }
    let open = OpenVisit {
        source: PlateSource::Camera,
        sighting: Some(proposal.sighting.id),
        ..OpenVisit::new("YZB3307", Size::Small, person("A"))
    };
    // Tapped twice, as fingers do.
    desk.send(Input::OpenVisit(open.clone()));
    desk.send(Input::OpenVisit(open));
    desk.until(LONG, "it is inside", |state| state.visits.len() == 1);
    let visit = *desk.snapshot().expect("shown").state.visits.keys().next().expect("one");
    let begun = Stopwatch::start();
    while photographed(folder.path(), visit) < 2 {
        assert!(begun.elapsed() < LONG, "no photographs");
        clock::wait(Duration::from_millis(20));
    }
    desk.until(LONG, "the next car is proposed, and the first is not again", |state| {
        let texts = state.live.proposals.iter().map(|proposal| proposal.sighting.text.as_str());
        texts.eq(["OTM776"])
    });
    // The camera vanishes in the middle of a proposal: what it proposed still stands, with its pictures.
    let standing = proposals(&desk).remove(0).sighting.id;
    desk.assign(&camera_id(), Some("folder:/nowhere?plates=yes"), Some(device[0].1));
    desk.until(LONG, "the camera is gone", |state| {
        super::condition(state, &camera_id()) == Some(&Condition::Absent)
    });
    assert_eq!(texts(&desk), ["OTM776"]);
    assert!(desk.handle().car_pictures(standing).is_some());
    let begun = Stopwatch::start();
    while desk.handle().in_view(&camera_id()).is_some() {
        assert!(begun.elapsed() < BACK, "something is in view of a camera that is not there");
        clock::wait(Duration::from_millis(20));
    }
    assert_eq!(desk.snapshot().expect("shown").state.visits.len(), 1);
    desk.close();
}

/// A camera is there to be looked through; that plates are read is chosen.
#[test]
fn a_camera_that_is_not_to_read_reads_nothing() {
    let folder = Folder::new();
    let desk = Desk::open(folder.path(), configured(&[("camera", "sim:?plate=YZB3307")]));
    desk.until_is(BACK, &camera_id(), &Condition::Ready);
    clock::wait(Duration::from_secs(2));
    assert!(desk.frame(&camera_id()).is_some());
    assert_eq!(texts(&desk), [""; 0]);
    assert!(desk.handle().in_view(&camera_id()).is_none());
    desk.close();
}
