//! Cameras that come and go, looked after on their own threads.

use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use tameio_drivers::camera::attended::Opened;
use tameio_drivers::camera::{Address, Control, Event, Format, Frame, Live, Opener, Place, SimCamera, Size};
use tameio_drivers::supervisor::{Notice, Places, State, Supervisor, supervise};
use tameio_drivers::wire::Fault;

use super::{SMALL, jpeg};

const SOON: Duration = Duration::from_secs(8);

struct Watched {
    notices: Receiver<Notice<Event>>,
    live: Live,
    _supervisor: Supervisor,
    _folder: tempfile::TempDir,
}

impl Watched {
    fn at(address: &str, sim: Option<&SimCamera>, slow: Duration) -> Self {
        let mut address: Address = address.parse().unwrap();
        if let Some(sim) = sim {
            address.place = Place::Sim(sim.clone());
        }
        let folder = tempfile::tempdir().unwrap();
        let (identity, class) = address.identity();
        let places = Places { sys: folder.path().join("sys"), dev: folder.path().to_owned() };
        let (live, (tell, notices)) = (Live::default(), channel());
        let opener = Opener::new(address, live.clone());
        let tell = move |notice| {
            std::thread::sleep(slow);
            tell.send(notice).unwrap_or(());
        };
        let supervisor = supervise("camera", identity, class, places, opener, tell).unwrap();
        Self { notices, live, _supervisor: supervisor, _folder: folder }
    }

    fn sim(sim: &SimCamera, query: &str) -> Self {
        Self::at(&format!("sim:?size={SMALL}&fps=20{query}"), Some(sim), Duration::ZERO)
    }

    fn until(&self, wanted: &State) {
        self.until_state(&format!("{wanted:?}"), |state| state == wanted);
    }

    fn until_state(&self, name: &str, wanted: impl Fn(&State) -> bool) -> State {
        let deadline = Instant::now() + SOON;
        loop {
            match self.notices.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Notice::Changed { state, .. }) if wanted(&state) => return state,
                Ok(_) => {}
                Err(_) => panic!("not {name}"),
            }
        }
    }

    fn event(&self) -> Event {
        loop {
            match self.notices.recv_timeout(SOON) {
                Ok(Notice::Heard(event)) => return event,
                Ok(_) => {}
                Err(_) => panic!("nothing is heard"),
            }
        }
    }

    fn opened(&self) -> Opened {
        loop {
            if let Event::Opened(opened) = self.event() {
                return opened;
            }
        }
    }

    fn frame(&self) -> Frame {
        loop {
            if let Event::Frame(frame) = self.event() {
                return frame;
            }
        }
    }
}

#[test]
fn a_camera_tells_how_it_was_opened_and_then_what_it_sees() {
    let sim = SimCamera::default();
    let watched = Watched::sim(&sim, "&exposure=20&gain=500&focus=3");
    let opened = watched.opened();
    assert_eq!((opened.format, opened.size), (Format::Jpeg, SMALL));
    let told: Vec<String> = opened.controls.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "automatic exposure is 1",
            "exposure is 20",
            "fewer pictures in the dark is 0",
            "gain was to be 500, and the camera made it 100",
            "automatic focus was to be 0, and the camera refused: the camera has no such control",
            "focus was to be 3, and the camera refused: the camera has no such control",
        ]
    );
    let (first, second) = (watched.frame(), watched.frame());
    assert!(first.sequence() < second.sequence());
    assert!(watched.live.frame().is_some_and(|frame| frame.sequence() >= second.sequence()));
}

/// A camera forgets what it was told when its cable is pulled.
#[test]
fn a_pulled_cable_is_told_and_everything_is_told_again_when_it_is_back() {
    let sim = SimCamera::default();
    let watched = Watched::sim(&sim, "&exposure=20");
    watched.until(&State::Ready);
    let first = sim.told();
    assert_eq!(first[..2], [(Control::EXPOSURE_AUTO, 1), (Control::EXPOSURE, 20)]);
    for _ in 0..2 {
        let begun = Instant::now();
        sim.change(|scene| scene.unplugged = true);
        watched.until_state("away", |state| *state != State::Ready);
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
        assert_eq!(watched.live.frame(), None, "what was seen before is not what is there now");
        assert_eq!(sim.told(), []);
        sim.change(|scene| scene.unplugged = false);
        let begun = Instant::now();
        watched.until(&State::Ready);
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        assert_eq!(sim.told(), first);
        watched.frame();
    }
}

#[test]
fn a_camera_that_shows_nothing_any_more_is_a_fault_within_its_time() {
    let sim = SimCamera::default();
    let watched = Watched::sim(&sim, "");
    watched.frame();
    sim.change(|scene| scene.frozen = true);
    let begun = Instant::now();
    // A picture that is too old is no live one, whoever has noticed and whoever has not.
    while watched.live.frame().is_some() {
        assert!(begun.elapsed() < Duration::from_millis(2300));
        std::thread::sleep(Duration::from_millis(10));
    }
    watched.until(&State::Faulted(Fault::Silent));
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    sim.change(|scene| scene.frozen = false);
    watched.until(&State::Ready);
    watched.frame();
}

#[test]
fn a_camera_whose_pictures_are_all_broken_is_told_to_have_a_bad_cable() {
    let sim = SimCamera::default();
    sim.change(|scene| scene.cut = true);
    let watched = Watched::sim(&sim, "");
    let state = watched.until_state("faulted", |state| matches!(state, State::Faulted(_)));
    let State::Faulted(fault) = state else { panic!("{state:?}") };
    assert!(fault.to_string().contains("check its cable"), "{fault}");
    assert!(fault.to_string().contains("breaks off"), "{fault}");
    assert_eq!(watched.live.frame(), None);
    assert!(watched.live.counts().broken > 0 && watched.live.counts().whole == 0);
    sim.change(|scene| scene.cut = false);
    watched.until(&State::Ready);
}

#[test]
fn a_camera_that_is_late_is_late_and_no_fault() {
    let sim = SimCamera::default();
    sim.change(|scene| scene.late = Duration::from_millis(600));
    let watched = Watched::sim(&sim, "");
    watched.until(&State::Ready);
    for _ in 0..3 {
        assert!(watched.frame().is_live());
    }
}

/// Whoever takes the pictures slowly gets few of them, and the screen still has the newest.
#[test]
fn a_slow_listener_holds_nobody_up() {
    let sim = SimCamera::default();
    let slow = Duration::from_millis(400);
    let watched = Watched::at(&format!("sim:?size={SMALL}&fps=50"), Some(&sim), slow);
    watched.until(&State::Ready);
    let (first, second) = (watched.frame(), watched.frame());
    assert!(second.sequence() >= first.sequence() + 5, "{first:?}, {second:?}");
    let newest = watched.live.frame().unwrap();
    assert!(newest.at().elapsed() < Duration::from_millis(300), "{:?}", newest.at().elapsed());
}

fn put(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("1.jpg"), jpeg()).unwrap();
}

#[test]
fn a_folder_is_absent_when_it_is_gone_and_there_when_it_is_back() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("pictures");
    let watched = Watched::at(&format!("folder:{}?cycle=yes", folder.display()), None, Duration::ZERO);
    watched.until(&State::Absent);
    for _ in 0..2 {
        put(&folder);
        let begun = Instant::now();
        watched.until(&State::Ready);
        assert_eq!(watched.frame().size(), Size::new(160, 120));
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        fs::remove_dir_all(&folder).unwrap();
        let begun = Instant::now();
        watched.until(&State::Absent);
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
        assert_eq!(watched.live.frame(), None);
    }
}

/// A folder that pictures come into is silent as long as nobody comes.
#[test]
fn a_folder_nothing_comes_into_is_no_fault() {
    let root = tempfile::tempdir().unwrap();
    let watched = Watched::at(&format!("folder:{}", root.path().display()), None, Duration::ZERO);
    watched.until(&State::Ready);
    std::thread::sleep(Duration::from_millis(2500));
    assert!(watched.notices.try_recv().is_err());
    put(root.path());
    assert_eq!(watched.opened().size, SMALL);
    watched.frame();
}
