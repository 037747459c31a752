//! What every language must keep, over a line in this process, a socket and a serial line (a pseudo terminal).

use std::net::TcpListener;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[cfg(unix)]
use tameio_drivers::scale::sim::pty::{self, Plugged};
use tameio_drivers::scale::{Kind, Options, Patience, Reading, Scale, SerialScale, SimScale, serve};
use tameio_drivers::wire::{self, Fault, Wire};

use super::kilograms;

/// A simulated scale and the one that reads it.
struct Bench {
    sim: SimScale,
    scale: SerialScale,
    kind: Kind,
    #[cfg(unix)]
    _plugged: Option<(Plugged, tempfile::TempDir)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Here,
    Socket,
    #[cfg(unix)]
    Serial,
}

#[cfg(unix)]
const LINES: [Line; 3] = [Line::Here, Line::Socket, Line::Serial];
#[cfg(not(unix))]
const LINES: [Line; 2] = [Line::Here, Line::Socket];

/// Long enough for a busy machine: an answer that comes ends the wait.
fn patience() -> Patience {
    Patience { answer: Duration::from_millis(800), ..Patience::default() }
}

/// For scales that will not answer.
fn hasty() -> Patience {
    Patience { answer: Duration::from_millis(120), ..Patience::default() }
}

impl Bench {
    fn new(kind: Kind, line: Line, patience: Patience) -> Self {
        let sim = SimScale::new(kind);
        let mut plugged = None;
        let wire: Box<dyn Wire> = match line {
            Line::Here => sim.open().unwrap(),
            Line::Socket => socket(&sim),
            #[cfg(unix)]
            Line::Serial => {
                let folder = tempfile::tempdir().unwrap();
                let link: PathBuf = folder.path().join("ttyUSB0");
                plugged = Some((pty::plug(&sim, &link).unwrap(), folder));
                wire::serial::open(&link, kind.settings()).unwrap()
            }
        };
        let options = Options { unit_price_cents: 250, ..Options::default() };
        let scale = SerialScale::new(wire, kind, &options).with_patience(patience);
        Self { sim, scale, kind, _plugged: plugged }
    }

    fn read(&mut self) -> Reading {
        self.scale.read().unwrap_or_else(|fault| panic!("{:?}: {fault}", self.kind)).reading
    }

    /// Whether it reads a weight again after a fault: questions that are lost on the way there are no matter.
    fn recovers(&mut self, grams: u32) {
        let wanted = Some(kilograms(grams, 3));
        let deadline = Instant::now() + Duration::from_secs(10);
        while self.scale.read().map_or(None, |sample| sample.reading.weight()) != wanted {
            assert!(Instant::now() < deadline, "{:?} does not recover", self.kind);
        }
    }

    /// What it reads once the simulator has had the time to send something new by itself.
    fn settled(&mut self, wanted: impl Fn(&Reading) -> bool) -> Reading {
        (0..4).map(|_| self.read()).find(|reading| wanted(reading)).unwrap_or_else(|| self.read())
    }
}

fn socket(sim: &SimScale) -> Box<dyn Wire> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = sim.clone();
    std::thread::spawn(move || serve(&listener, &served));
    wire::tcp("127.0.0.1", port).unwrap()
}

/// Every language over every line, all at once: most of the time they wait.
fn everywhere(check: impl Fn(&mut Bench) + Sync) {
    everywhere_with(patience(), check);
}

fn everywhere_with(patience: Patience, check: impl Fn(&mut Bench) + Sync) {
    let check = &check;
    std::thread::scope(|scope| {
        for kind in Kind::ALL {
            for line in LINES {
                let named = std::thread::Builder::new().name(format!("{} over {line:?}", kind.name()));
                named.spawn_scoped(scope, move || check(&mut Bench::new(kind, line, patience))).unwrap();
            }
        }
    });
}

/// Languages that say only "no weight yet" of whatever is not a weight.
fn says_little(kind: Kind) -> bool {
    matches!(kind, Kind::Tpv4 | Kind::DollarB)
}

#[test]
fn a_weight_at_rest_is_told_as_the_scale_shows_it() {
    everywhere(|bench| {
        for grams in [1234, 5, 12_350] {
            bench.sim.change(|load| load.grams = grams);
            let wanted = kilograms(u32::try_from(grams).unwrap(), 3);
            let reading = bench.settled(|reading| reading.weight() == Some(wanted));
            assert_eq!(reading.weight(), Some(wanted), "{:?}: {reading:?}", bench.kind);
        }
    });
}

#[test]
fn what_is_no_weight_never_becomes_one() {
    everywhere(|bench| {
        bench.sim.change(|load| (load.grams, load.moving) = (1234, true));
        let moving = bench.settled(|reading| *reading == Reading::Moving);
        let wanted = if bench.kind == Kind::DollarB { Reading::NoAnswer } else { Reading::Moving };
        assert_eq!(moving, wanted, "{:?}", bench.kind);

        bench.sim.change(|load| (load.grams, load.moving) = (-50, false));
        let below = bench.settled(|reading| *reading == Reading::Negative);
        assert!(below == Reading::Negative || says_little(bench.kind), "{:?}: {below:?}", bench.kind);
        assert_eq!(below.weight(), None);

        bench.sim.change(|load| (load.grams, load.overload) = (1234, true));
        let over = bench.settled(|reading| *reading == Reading::Overload);
        assert!(over == Reading::Overload || says_little(bench.kind), "{:?}: {over:?}", bench.kind);
        assert_eq!(over.weight(), None);

        bench.sim.change(|load| (load.grams, load.overload) = (0, false));
        let empty = bench.settled(|reading| *reading == Reading::Zero);
        assert!(empty == Reading::Zero || bench.kind == Kind::Tpv4, "{:?}: {empty:?}", bench.kind);
        assert_eq!(empty.weight(), None);
    });
}

#[test]
fn silence_is_no_answer_within_its_time_and_a_fault_after_some() {
    everywhere_with(hasty(), |bench| {
        bench.sim.change(|load| (load.grams, load.mute) = (1234, true));
        // What was on its way when it fell silent.
        let _ = bench.scale.idle(Duration::from_millis(30));
        let mut asked = 0;
        let fault = loop {
            let begun = Instant::now();
            match bench.scale.read() {
                Ok(sample) => assert_eq!(sample.reading, Reading::NoAnswer),
                Err(fault) => break fault,
            }
            asked += 1;
            assert!(begun.elapsed() < Duration::from_secs(1), "{:?} took {:?}", bench.kind, begun.elapsed());
        };
        let usual = if bench.kind == Kind::DollarB { 4 } else { 1 };
        assert_eq!((fault, asked), (Fault::Silent, patience().silent_max * usual - 1), "{:?}", bench.kind);
        bench.sim.change(|load| load.mute = false);
        bench.recovers(1234);
    });
}

#[test]
fn garbage_is_never_a_weight_and_is_called_another_language() {
    everywhere_with(Patience { answer: Duration::from_millis(400), ..hasty() }, |bench| {
        bench.sim.change(|load| (load.grams, load.garbage) = (1234, true));
        let _ = bench.scale.idle(Duration::from_millis(30));
        let expected = Fault::SpeaksSomethingElse { expected: bench.kind.name().to_owned() };
        let mut last = Ok(());
        for _ in 0..20 {
            match bench.scale.read() {
                Ok(sample) => assert_eq!(sample.reading.weight(), None, "{:?}", bench.kind),
                Err(fault) => {
                    last = Err(fault);
                    break;
                }
            }
        }
        assert_eq!(last, Err(expected), "{:?}", bench.kind);
        // Another load: a scale that tells each once has told this one into the noise.
        bench.sim.change(|load| (load.grams, load.garbage) = (1250, false));
        bench.recovers(1250);
    });
}

/// A disturbed line is not another language: only answers in a row that are none make it one.
#[test]
fn a_good_answer_forgives_what_was_wrong_before() {
    let mut bench = Bench::new(Kind::MtSics, Line::Here, hasty());
    bench.sim.change(|load| load.grams = 1234);
    for _ in 0..4 {
        bench.sim.change(|load| load.garbage = true);
        for _ in 0..hasty().wrong_max - 1 {
            assert_eq!(bench.read(), Reading::NoAnswer);
        }
        bench.sim.change(|load| (load.garbage, load.mute) = (false, true));
        for _ in 0..hasty().silent_max - 1 {
            assert_eq!(bench.read(), Reading::NoAnswer);
        }
        bench.sim.change(|load| load.mute = false);
        assert_eq!(bench.read().weight(), Some(kilograms(1234, 3)));
    }
}

#[test]
fn it_does_not_matter_in_which_pieces_an_answer_comes() {
    everywhere(|bench| {
        for (grams, piecemeal, glued) in [(1234, true, false), (777, false, true), (31, true, true)] {
            bench.sim.change(|load| (load.grams, load.piecemeal, load.glued) = (grams, piecemeal, glued));
            let wanted = Some(kilograms(u32::try_from(grams).unwrap(), 3));
            let reading = bench.settled(|reading| reading.weight() == wanted);
            assert_eq!(reading.weight(), wanted, "{:?}, piecemeal {piecemeal}, glued {glued}", bench.kind);
        }
    });
}

#[test]
fn a_pulled_cable_is_seen_at_once() {
    everywhere(|bench| {
        bench.sim.change(|load| load.grams = 1234);
        bench.settled(|reading| reading.weight().is_some());
        bench.sim.change(|load| load.unplugged = true);
        let begun = Instant::now();
        let fault = loop {
            match bench.scale.idle(Duration::from_millis(100)) {
                Ok(()) => assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", bench.kind),
                Err(fault) => break fault,
            }
        };
        assert_eq!(fault, Fault::Gone, "{:?}", bench.kind);
    });
}

#[test]
fn the_answer_to_an_earlier_question_is_not_taken_for_this_ones() {
    for kind in Kind::ALL.into_iter().filter(|kind| !says_little(*kind)) {
        let mut bench = Bench::new(kind, Line::Here, patience());
        bench.sim.change(|load| load.grams = 1234);
        bench.settled(|reading| reading.weight().is_some());
        // The second half of what it said still lies in the line when it is asked again.
        bench.sim.change(|load| (load.glued, load.piecemeal) = (true, true));
        bench.read();
        bench.sim.change(|load| (load.grams, load.glued, load.piecemeal) = (500, false, false));
        std::thread::sleep(Duration::from_millis(60));
        assert_eq!(bench.read().weight(), Some(kilograms(500, 3)), "{kind:?}");
    }
}

#[test]
fn a_scale_that_computes_tells_the_price_with_the_weight() {
    for kind in [Kind::Dialog, Kind::Tpv4] {
        let mut bench = Bench::new(kind, Line::Here, patience());
        bench.sim.change(|load| load.grams = 12_350);
        let Reading::Stable(load) = bench.read() else { panic!("{kind:?} is at rest") };
        let price = load.price.unwrap();
        assert_eq!((price.unit_cents, price.amount_cents), (250, 3088), "{kind:?}");
    }
}

/// A load that does not move is weighed once by Dialog; what was told of it still holds.
#[test]
fn dialog_repeats_a_load_that_has_not_moved() {
    let mut bench = Bench::new(Kind::Dialog, Line::Here, patience());
    bench.sim.change(|load| load.grams = 400);
    for _ in 0..3 {
        assert_eq!(bench.read().weight(), Some(kilograms(400, 3)));
    }
    bench.sim.change(|load| load.grams = 0);
    assert_eq!(bench.read(), Reading::Zero);
}

/// TPV4 tells a load once. That it says nothing more is no reason to repeat it: it may be gone.
#[test]
fn tpv4_does_not_repeat_what_may_be_gone() {
    let mut bench = Bench::new(Kind::Tpv4, Line::Here, hasty());
    bench.sim.change(|load| load.grams = 400);
    assert_eq!(bench.read().weight(), Some(kilograms(400, 3)));
    assert_eq!(bench.read(), Reading::Moving);
    bench.sim.change(|load| load.grams = 0);
    assert_eq!(bench.read(), Reading::Moving);
}

#[test]
fn net_is_told_apart_where_the_language_can() {
    use tameio_drivers::scale::Basis;
    for kind in [Kind::Mettler8217, Kind::Dollar, Kind::Nci, Kind::Ohaus, Kind::Stream, Kind::CasStream] {
        let mut bench = Bench::new(kind, Line::Here, patience());
        bench.sim.change(|load| (load.grams, load.net) = (900, true));
        let Reading::Stable(load) = bench.settled(|reading| reading.weight().is_some()) else {
            panic!("{kind:?} is at rest")
        };
        assert_eq!(load.basis, Basis::Net, "{kind:?}");
    }
}
