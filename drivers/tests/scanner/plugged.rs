//! Scanners on real nodes, looked after on their own threads: pipes for records, a pseudo terminal for a line.

use std::io::Write;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use tameio_drivers::scale::sim::pty;
use tameio_drivers::scale::{Kind, SimScale};
use tameio_drivers::scanner::sim::{hid_reports, key_events};
use tameio_drivers::scanner::{Address, Opener, Place, Scan, SimScanner};
use tameio_drivers::supervisor::{Found, Notice, Open, Places, State, Supervisor, supervise};
use tameio_drivers::wire::Fault;

use crate::fifo::Fifo;

const SOON: Duration = Duration::from_secs(5);

struct Watched {
    notices: Receiver<(Notice<Scan>, Instant)>,
    _supervisor: Supervisor,
}

fn watch(folder: &Path, address: &str) -> Watched {
    let address: Address = address.parse().unwrap();
    let (identity, class) = address.identity().unwrap();
    let places = Places { sys: folder.join("sys"), dev: folder.to_owned() };
    let (tell, notices) = channel();
    let tell = move |notice| tell.send((notice, Instant::now())).unwrap_or(());
    let supervisor = supervise("scanner", identity, class, places, Opener::new(address), tell).unwrap();
    Watched { notices, _supervisor: supervisor }
}

impl Watched {
    fn until(&self, wanted: &State) {
        loop {
            match self.notices.recv_timeout(SOON) {
                Ok((Notice::Changed { state, .. }, _)) if state == *wanted => return,
                Ok(_) => {}
                Err(_) => panic!("not {wanted:?}"),
            }
        }
    }

    fn scan(&self) -> (String, Instant) {
        loop {
            match self.notices.recv_timeout(SOON) {
                Ok((Notice::Heard(scan), at)) => return (scan.text, at),
                Ok(_) => {}
                Err(_) => panic!("no code came"),
            }
        }
    }
}

/// The middle one of many times from the last write to the event, and the longest.
fn measured(name: &str, watched: &Watched, mut scan: impl FnMut(usize) -> (String, Instant)) {
    let mut times: Vec<Duration> = (0..60)
        .map(|at| {
            let (code, written) = scan(at);
            let (text, heard) = watched.scan();
            assert_eq!(text, code);
            heard.saturating_duration_since(written)
        })
        .collect();
    times.sort();
    println!("{name}: from the last byte to the event {:?}, at most {:?}", times[30], times[59]);
    assert!(times[30] <= Duration::from_millis(10), "{name}: {:?}", times[30]);
}

#[test]
fn keys_come_within_ten_milliseconds() {
    let fifo = Fifo::new();
    let watched = watch(fifo.path.parent().unwrap(), &format!("evdev:{}", fifo.path.display()));
    watched.until(&State::Ready);
    measured("keys", &watched, |at| {
        let code = format!("]Q1T7K3Q-{at:06}");
        let keys = key_events(&code, 1000, 5);
        let (last, others) = keys.split_last().unwrap();
        others.iter().for_each(|key| fifo.write(key));
        let written = Instant::now();
        fifo.write(last);
        (code[3..].to_owned(), written)
    });
}

#[test]
fn reports_come_within_ten_milliseconds() {
    let fifo = Fifo::new();
    let watched = watch(fifo.path.parent().unwrap(), &format!("hidpos:{}", fifo.path.display()));
    watched.until(&State::Ready);
    measured("reports", &watched, |at| {
        let code = format!("{at:06}{}", "x".repeat(100));
        let reports = hid_reports("]Q1", code.as_bytes());
        let (last, others) = reports.split_last().unwrap();
        others.iter().for_each(|report| fifo.write(report));
        let written = Instant::now();
        fifo.write(last);
        (code, written)
    });
}

/// The scanner's end of a line, by way of a simulated scale's generic stream: what it says is set by the test.
#[test]
fn a_line_comes_within_ten_milliseconds_and_is_missed_when_it_is_pulled() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("ttyACM0");
    let watched = watch(folder.path(), &format!("serial:{}", link.display()));
    watched.until(&State::Absent);
    for _ in 0..2 {
        let (mut line, plugged) = pty::line(&link).unwrap();
        watched.until(&State::Ready);
        measured("line", &watched, |at| {
            let code = format!("T7K3Q-{at:06}");
            let written = Instant::now();
            line.write_all(format!("]C0{code}\r\n").as_bytes()).unwrap();
            (code, written)
        });
        drop((line, plugged));
        watched.until(&State::Absent);
    }
}

/// Slow and wireless scanners: the gap between two keys does not matter when the keys are ours alone.
#[test]
fn keys_may_come_slowly() {
    std::thread::scope(|scope| {
        for gap in [5, 20, 60, 120] {
            scope.spawn(move || {
                let fifo = Fifo::new();
                let watched = watch(fifo.path.parent().unwrap(), &format!("evdev:{}", fifo.path.display()));
                watched.until(&State::Ready);
                for key in key_events("SLOW-123", 1000, gap) {
                    fifo.write(&key);
                    std::thread::sleep(Duration::from_millis(gap));
                }
                assert_eq!(watched.scan().0, "SLOW-123", "{gap} ms");
            });
        }
    });
}

#[test]
fn a_code_without_a_suffix_ends_by_silence() {
    for suffix in ["none", "tab"] {
        let fifo = Fifo::new();
        let address = format!("evdev:{}?suffix={suffix}", fifo.path.display());
        let watched = watch(fifo.path.parent().unwrap(), &address);
        watched.until(&State::Ready);
        let keys = key_events("ABC-1", 1000, 5);
        let begun = Instant::now();
        keys[..5].iter().for_each(|key| fifo.write(key));
        let (text, at) = watched.scan();
        assert_eq!(text, "ABC-1");
        let least = Duration::from_millis(if suffix == "none" { 100 } else { 1000 });
        assert!(at.saturating_duration_since(begun) >= least, "{suffix}");
    }
}

/// A scanner with two nodes types on either; it is gone when one is.
#[test]
fn both_nodes_of_a_scanner_are_read() {
    let (first, second) = (Fifo::new(), Fifo::new());
    let address: Address = "evdev:05e0:1200".parse().unwrap();
    let found = Found { nodes: vec![first.path.clone(), second.path.clone()], ..Found::default() };
    let mut scanner = Opener::new(address).open(&found).unwrap();
    for fifo in [&first, &second, &first] {
        key_events("CODE-1", 0, 1).iter().for_each(|key| fifo.write(key));
        assert_eq!(scanner.next(SOON).unwrap().unwrap().text, "CODE-1");
    }
    // Two codes that came together are two.
    for code in ["ONE-1", "TWO-2"] {
        key_events(code, 0, 1).iter().for_each(|key| first.write(key));
    }
    assert_eq!(scanner.next(SOON).unwrap().unwrap().text, "ONE-1");
    assert_eq!(scanner.next(SOON).unwrap().unwrap().text, "TWO-2");
    assert_eq!(scanner.next(Duration::ZERO), Ok(None));
    // One that no key ended is over by silence, not when the wait is.
    let begun = Instant::now();
    key_events("END-1", 0, 1)[..5].iter().for_each(|key| second.write(key));
    assert_eq!(scanner.next(2 * SOON).unwrap().unwrap().text, "END-1");
    assert!(begun.elapsed() < SOON);
    drop(second);
    assert_eq!(scanner.next(SOON), Err(Fault::Gone));
}

#[test]
fn a_scanner_that_is_a_scale_is_no_scanner_but_hurts_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("ttyACM0");
    let sim = SimScale::new(Kind::Stream);
    sim.change(|load| load.garbage = true);
    let _plugged = pty::plug(&sim, &link).unwrap();
    let watched = watch(folder.path(), &format!("serial:{}", link.display()));
    watched.until(&State::Ready);
    let deadline = Instant::now() + Duration::from_millis(500);
    while Instant::now() < deadline {
        if let Ok((Notice::Heard(scan), _)) = watched.notices.recv_timeout(Duration::from_millis(50)) {
            assert!(!scan.text.contains(char::is_control));
        }
    }
}

#[test]
fn a_simulated_scanner_is_one_like_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let sim = SimScanner::new();
    let mut address: Address = "sim:".parse().unwrap();
    address.place = Place::Sim(sim.clone());
    let (identity, class) = address.identity().unwrap();
    let places = Places { sys: folder.path().join("sys"), dev: folder.path().to_owned() };
    let (tell, notices) = channel();
    let tell = move |notice| tell.send((notice, Instant::now())).unwrap_or(());
    let supervisor = supervise("scanner", identity, class, places, Opener::new(address), tell).unwrap();
    let watched = Watched { notices, _supervisor: supervisor };
    watched.until(&State::Ready);
    sim.scan("]E04006381333931", 7);
    assert_eq!(watched.scan().0, "4006381333931");
    sim.unplug(true);
    watched.until(&State::Faulted(Fault::Gone));
    sim.unplug(false);
    watched.until(&State::Ready);
    sim.scan("B", 8);
    assert_eq!(watched.scan().0, "B");
}
