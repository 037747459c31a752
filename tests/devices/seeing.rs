//! Cameras: what they show is fresh or nothing, and those that read plates only propose.

use super::{BACK, Desk, GONE, configured, only};
use crate::folder::Folder;
use std::net::TcpListener;
use std::time::Duration;
use tameio::app::clock::{self, Stopwatch};
use tameio::domain::device::{Condition, DeviceKind};
use tameio_drivers::camera::address::Mode;
use tameio_drivers::camera::plates::sim::serve_plates;
use tameio_drivers::camera::plates::{Maker, SimReader, Told};
use tameio_drivers::camera::sim::server::{Dialect, serve_pictures};
use tameio_drivers::camera::{SimCamera, Size};

const LONG: Duration = Duration::from_secs(15);

#[test]
fn a_camera_shows_what_is_there_now_or_nothing() {
    let folder = Folder::new();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let mode = Mode { size: Size::new(320, 180), fps: Some(30.0), ..Mode::default() };
    let serving =
        serve_pictures(listener, SimCamera::default(), mode, Dialect::default(), None).expect("it serves");
    let camera = only(DeviceKind::Camera);
    let address = format!("http://{}/stream.mjpg#fps=30", serving.at());
    let desk = Desk::open(folder.path(), configured(&[("camera", &address)]));
    desk.until_is(BACK, &camera, &Condition::Ready);
    let begun = Stopwatch::start();
    while desk.frame(&camera).is_none() {
        assert!(begun.elapsed() < BACK, "no picture came");
        clock::wait(Duration::from_millis(10));
    }
    // A second of looking: at least fifteen pictures of it are new ones.
    let (begun, mut last, mut fresh) = (Stopwatch::start(), 0, 0);
    while begun.elapsed() < Duration::from_secs(1) {
        if let Some(frame) = desk.frame(&camera).filter(|frame| frame.sequence() != last) {
            (last, fresh) = (frame.sequence(), fresh + 1);
        }
        clock::wait(Duration::from_millis(5));
    }
    println!("{fresh} new pictures in a second");
    assert!(fresh >= 15, "{fresh} new pictures in a second");
    drop(serving);
    let gone = Stopwatch::start();
    while desk.frame(&camera).is_some() {
        assert!(gone.elapsed() < GONE + Duration::from_millis(500), "an old picture looks live");
        clock::wait(Duration::from_millis(10));
    }
    desk.until(LONG, "it is said to be gone", |state| {
        super::condition(state, &camera).is_some_and(|condition| *condition != Condition::Ready)
    });
    desk.close();
}

#[test]
fn a_camera_that_reads_plates_proposes_each_car_once() {
    for (maker, scheme) in [(Maker::Hikvision, "hikvision"), (Maker::Dahua, "dahua")] {
        let folder = Folder::new();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let sim = SimReader::default();
        let serving = serve_plates(listener, maker, sim.clone(), None).expect("it serves");
        let address = format!("{scheme}://{}", serving.at());
        let desk = Desk::open(folder.path(), configured(&[("camera", &address)]));
        desk.until_is(BACK, &only(DeviceKind::Camera), &Condition::Ready);
        let begun = Stopwatch::start();
        while sim.listening() == 0 {
            assert!(begun.elapsed() < BACK, "nobody listens");
            clock::wait(Duration::from_millis(10));
        }
        for plate in ["IHZ4821", "IHZ4821", "OTM776"] {
            sim.pass(Told::plate(plate));
        }
        desk.until(LONG, "both plates are proposed", |state| state.live.proposals.len() == 2);
        clock::wait(Duration::from_millis(300));
        let state = desk.snapshot().expect("shown").state.clone();
        let seen: Vec<&str> = state.live.proposals.iter().map(|p| p.sighting.text.as_str()).collect();
        assert_eq!(seen, ["IHZ4821", "OTM776"], "{scheme}: each once");
        assert!(state.visits.is_empty(), "a proposal opens nothing");
        desk.close();
    }
}
