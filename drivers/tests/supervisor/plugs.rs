//! Real lines on pseudo terminals under names that come and go, each looked after on its own thread.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use tameio_drivers::printer;
use tameio_drivers::scale::sim::pty::plug;
use tameio_drivers::scale::{Address, Kind, Opener, Reading, Sample, SimScale, Weighing};
use tameio_drivers::supervisor::{
    Class, Identity, Notice, Places, PrinterPresence, State, Supervisor, supervise,
};
use tameio_drivers::wire::Fault;

const SEEN_MAX: Duration = Duration::from_secs(2);
const BACK_MAX: Duration = Duration::from_secs(5);

/// A machine's devices, in a folder, and nothing plugged into it.
fn places(folder: &Path) -> Places {
    Places { sys: folder.join("sys"), dev: folder.to_owned() }
}

struct Watched {
    notices: Receiver<Notice<Sample>>,
    weighing: Weighing,
    _supervisor: Supervisor,
}

fn watch(folder: &Path, name: &str, protocol: &str) -> Watched {
    let link = folder.join(name);
    let address: Address = format!("serial:{}?protocol={protocol}", link.display()).parse().unwrap();
    let (identity, class) = address.identity();
    let weighing = Weighing::default();
    weighing.set(true);
    let (tell, notices) = channel();
    let opener = Opener::new(address, weighing.clone());
    let supervisor = supervise(name, identity, class, places(folder), opener, move |notice| {
        tell.send(notice).unwrap_or(())
    })
    .unwrap();
    Watched { notices, weighing, _supervisor: supervisor }
}

impl Watched {
    /// How long it took until the device was in a state.
    fn until(&self, wanted: impl Fn(&State) -> bool, max: Duration) -> Duration {
        self.since(Instant::now(), wanted, max)
    }

    fn since(&self, begun: Instant, wanted: impl Fn(&State) -> bool, max: Duration) -> Duration {
        loop {
            let left = max.saturating_sub(begun.elapsed());
            match self.notices.recv_timeout(left) {
                Ok(Notice::Changed { state, .. }) if wanted(&state) => return begun.elapsed(),
                Ok(_) => {}
                Err(_) => panic!("not within {max:?}"),
            }
        }
    }

    fn weight(&self) -> Option<u64> {
        let deadline = Instant::now() + BACK_MAX;
        while Instant::now() < deadline {
            if let Ok(Notice::Heard(sample)) = self.notices.recv_timeout(BACK_MAX)
                && let Some(weight) = sample.reading.weight()
            {
                return weight.grams();
            }
        }
        None
    }
}

#[test]
fn a_scale_is_pulled_out_and_put_back_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let sim = SimScale::new(Kind::Mettler8217);
    sim.change(|load| load.grams = 1234);
    let watched = watch(folder.path(), "ttyUSB0", "8217");
    watched.until(|state| *state == State::Absent, SEEN_MAX);
    for _ in 0..4 {
        let begun = Instant::now();
        let plugged = plug(&sim, &folder.path().join("ttyUSB0")).unwrap();
        let back = watched.since(begun, |state| *state == State::Ready, BACK_MAX);
        assert_eq!(watched.weight(), Some(1234));
        let begun = Instant::now();
        drop(plugged);
        let seen = watched.since(begun, |state| *state == State::Absent, SEEN_MAX);
        println!("in use after {back:?}, missed after {seen:?}");
    }
}

/// The screen shows nothing as live that is older than two seconds, whatever becomes of the scale.
#[test]
fn a_scale_that_falls_silent_is_said_to_be_so() {
    let folder = tempfile::tempdir().unwrap();
    let sim = SimScale::new(Kind::Cas);
    sim.change(|load| load.grams = 500);
    let watched = watch(folder.path(), "ttyUSB0", "cas");
    let _plugged = plug(&sim, &folder.path().join("ttyUSB0")).unwrap();
    assert_eq!(watched.weight(), Some(500));
    sim.change(|load| load.mute = true);
    let begun = Instant::now();
    loop {
        match watched.notices.recv_timeout(SEEN_MAX).unwrap() {
            Notice::Heard(Sample { reading: Reading::NoAnswer, .. }) => break,
            _ => assert!(begun.elapsed() < SEEN_MAX),
        }
    }
    watched.until(|state| *state == State::Faulted(Fault::Silent), BACK_MAX);
    sim.change(|load| load.mute = false);
    watched.until(|state| *state == State::Ready, BACK_MAX + Duration::from_secs(2));
    assert_eq!(watched.weight(), Some(500));
}

#[test]
fn a_device_that_talks_nonsense_is_named_and_hurts_no_neighbour() {
    let folder = tempfile::tempdir().unwrap();
    let (good, mad) = (SimScale::new(Kind::MtSics), SimScale::new(Kind::Stream));
    good.change(|load| load.grams = 750);
    mad.change(|load| load.garbage = true);
    let watched = watch(folder.path(), "good", "mt-sics");
    let other = watch(folder.path(), "mad", "stream");
    let _good = plug(&good, &folder.path().join("good")).unwrap();
    let _mad = plug(&mad, &folder.path().join("mad")).unwrap();
    let nonsense = Fault::SpeaksSomethingElse { expected: "stream".to_owned() };
    other.until(|state| *state == State::Faulted(nonsense.clone()), BACK_MAX);
    watched.until(|state| *state == State::Ready, BACK_MAX);
    for _ in 0..5 {
        assert_eq!(watched.weight(), Some(750));
    }
    let faulted = |state: &State| matches!(state, State::Faulted(_) | State::Absent);
    assert!(
        !watched
            .notices
            .try_iter()
            .any(|notice| matches!(notice, Notice::Changed { state, .. } if faulted(&state)))
    );
}

/// Another protocol than the scale's: not "silent", and not a weight.
#[test]
fn a_scale_of_another_language_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let sim = SimScale::new(Kind::Stream);
    sim.change(|load| load.grams = 500);
    let watched = watch(folder.path(), "ttyUSB0", "8217");
    let _plugged = plug(&sim, &folder.path().join("ttyUSB0")).unwrap();
    watched.until(|state| matches!(state, State::Faulted(Fault::SpeaksSomethingElse { .. })), BACK_MAX);
}

#[test]
fn nobody_weighing_nothing_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let sim = SimScale::new(Kind::Nci);
    let watched = watch(folder.path(), "ttyUSB0", "nci");
    watched.weighing.set(false);
    let _plugged = plug(&sim, &folder.path().join("ttyUSB0")).unwrap();
    watched.until(|state| *state == State::Ready, BACK_MAX);
    assert!(watched.notices.recv_timeout(Duration::from_millis(600)).is_err());
    watched.weighing.set(true);
    assert!(matches!(watched.notices.recv_timeout(SEEN_MAX), Ok(Notice::Heard(_))));
}

#[test]
fn a_printer_is_missed_and_seen_again() {
    let folder = tempfile::tempdir().unwrap();
    let node = folder.path().join("lp0");
    let address: printer::Address = format!("file:{}?profile=epson-80", node.display()).parse().unwrap();
    let presence = PrinterPresence::new(printer::link::connector(&address).unwrap());
    let (tell, notices) = channel();
    let _supervisor = supervise(
        "printer",
        Identity::Path(node.clone()),
        Class::Printer,
        places(folder.path()),
        presence,
        move |notice| tell.send(notice).unwrap_or(()),
    )
    .unwrap();
    let until = |wanted: State, max: Duration| {
        let begun = Instant::now();
        loop {
            match notices.recv_timeout(max.saturating_sub(begun.elapsed())) {
                Ok(Notice::Changed { state, .. }) if state == wanted => return,
                Ok(_) => {}
                Err(_) => panic!("not {wanted:?} within {max:?}"),
            }
        }
    };
    until(State::Absent, SEEN_MAX);
    for _ in 0..3 {
        std::fs::write(&node, "").unwrap();
        until(State::Ready, BACK_MAX);
        std::fs::remove_file(&node).unwrap();
        until(State::Absent, SEEN_MAX);
    }
}
