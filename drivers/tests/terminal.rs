//! Device files and serial lines, each on a pseudo terminal with the virtual printer at its other end.

use std::path::Path;
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use tameio_drivers::printer::sim::Event;
use tameio_drivers::printer::{
    self, Address, EscPosPrinter, Fault, Job, JobOutcome, PaperLevel, Patience, Printer, encode,
};

use crate::bench::{Cable, pseudo_terminal};
use crate::{profile, receipt};

fn at(cable: &Cable, kind: &str) -> EscPosPrinter {
    let address: Address = format!("{kind}:{}?profile=epson-80", cable.path.display()).parse().unwrap();
    printer::open("counter", &address).unwrap().with_patience(patience())
}

fn patience() -> Patience {
    Patience {
        answer: Duration::from_millis(400),
        block: Duration::from_millis(600),
        stall: Duration::from_millis(800),
        pause: Duration::from_millis(150),
        line: Duration::from_millis(5),
    }
}

fn job() -> Job {
    let profile = profile("epson-80");
    encode(&receipt(&profile), &profile).unwrap()
}

/// The line stays open between jobs, so that only a cut ends a paper: as with a cable.
#[test]
fn a_device_file_and_a_serial_line_confirm() {
    for kind in ["file", "serial"] {
        let cable = Cable::new();
        let mut printer = at(&cable, kind);
        assert_eq!(printer.print(&job()), JobOutcome::Confirmed, "{kind}");
        assert_eq!(printer.print(&job()), JobOutcome::Confirmed, "{kind}");
        assert_eq!((cable.sim.papers().len(), cable.count("ΣΥΝΟΛΟ")), (2, 2), "{kind}");
        assert_eq!(printer.status().unwrap().paper, Some(PaperLevel::Enough), "{kind}");
    }
}

#[test]
fn an_empty_roll_never_blocks_a_device_file() {
    let cable = Cable::new();
    let mut printer = at(&cable, "file");
    cable.sim.change(|sim| sim.paper_out_after_lines = Some(3));
    let JobOutcome::Interrupted { cause, .. } = printer.print(&job()) else { panic!("the roll is out") };
    assert_eq!(cause, Fault::PaperOut);
    cable.sim.change(|sim| sim.paper = PaperLevel::Enough);
    assert_eq!(printer.print(&job()), JobOutcome::Confirmed);
    assert_eq!(cable.count("05 Εξωτερικό"), 2, "the first is finished by the printer, the second is its own");
}

#[test]
fn a_pulled_cable_is_seen_and_plugged_in_again_without_a_restart() {
    for kind in ["file", "serial"] {
        let mut cable = Cable::new();
        let mut printer = at(&cable, kind);
        cable.unplug();
        let JobOutcome::NotStarted { cause } = printer.print(&job()) else {
            panic!("{kind}: nobody is there")
        };
        assert!(matches!(cause, Fault::NotFound | Fault::Disconnected), "{kind}: {cause:?}");
        let again = Cable::new();
        assert_eq!(at(&again, kind).print(&job()), JobOutcome::Confirmed, "{kind}");
    }
}

#[test]
fn a_missing_or_forbidden_device_is_told_apart() {
    let missing: Address = "file:/dev/no-such-printer".parse().unwrap();
    let outcome = printer::open("counter", &missing).unwrap().print(&job());
    assert_eq!(outcome, JobOutcome::NotStarted { cause: Fault::NotFound });
    let missing: Address = "serial:/dev/no-such-line".parse().unwrap();
    let outcome = printer::open("counter", &missing).unwrap().print(&job());
    assert_eq!(outcome, JobOutcome::NotStarted { cause: Fault::NotFound });
    let forbidden = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
    assert_eq!(Fault::of_io(&forbidden), Fault::Permission);
    let unplugged = std::io::Error::from_raw_os_error(19);
    assert_eq!(Fault::of_io(&unplugged), Fault::Disconnected);
    let no_paper = std::io::Error::from_raw_os_error(28);
    assert_eq!(Fault::of_io(&no_paper), Fault::PaperOut);
    let taken = std::io::Error::from_raw_os_error(16);
    assert_eq!(Fault::of_io(&taken), Fault::Busy);
}

/// A pipe that nobody empties: the printer that takes nothing more, for ever.
#[test]
fn a_pipe_that_fills_up_ends_at_the_deadline() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lp0");
    make_fifo(&path);
    let _reader = rustix::fs::open(&path, OFlags::RDONLY | OFlags::NONBLOCK, Mode::empty()).unwrap();
    let address: Address = format!("file:{}?profile=raster-80&status=none", path.display()).parse().unwrap();
    let job = encode(&receipt(&address.profile), &address.profile).unwrap();
    assert!(job.body.len() > 65_536, "more than a pipe holds");
    let outcome = printer::open("counter", &address).unwrap().with_patience(patience()).print(&job);
    let JobOutcome::Interrupted { cause: Fault::Timeout, taken, .. } = outcome else { panic!("{outcome:?}") };
    assert!((1..job.line_ends.len()).contains(&taken), "{taken} lines were taken");
}

fn make_fifo(path: &Path) {
    rustix::fs::mknodat(rustix::fs::CWD, path, rustix::fs::FileType::Fifo, Mode::from_raw_mode(0o600), 0)
        .unwrap();
}

#[test]
fn a_plain_file_collects_the_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.bin");
    std::fs::write(&path, "").unwrap();
    let address: Address = format!("file:{}?profile=epson-80&status=none", path.display()).parse().unwrap();
    let outcome = printer::open("counter", &address).unwrap().print(&job());
    assert_eq!(outcome, JobOutcome::SentUnconfirmed);
    assert_eq!(std::fs::read(&path).unwrap(), job().bytes());
}

/// The kernel's own full device: the error a printer's port gives when the roll ends.
#[test]
fn a_device_without_room_is_out_of_paper() {
    let address: Address = "file:/dev/full?profile=epson-80&status=none".parse().unwrap();
    let outcome = printer::open("counter", &address).unwrap().print(&job());
    assert_eq!(outcome, JobOutcome::NotStarted { cause: Fault::PaperOut });
}

/// A printer that says stop in the middle of a write, and never go again.
#[test]
fn stop_without_go_ends_at_the_deadline() {
    let cable = Cable::new();
    cable.sim.change(|sim| sim.event_after_bytes = Some((300, Event::Sticks)));
    let address: Address =
        format!("serial:{}?profile=raster-80&flow=xonxoff", cable.path.display()).parse().unwrap();
    let job = encode(&receipt(&address.profile), &address.profile).unwrap();
    let start = Instant::now();
    let outcome = printer::open("counter", &address).unwrap().with_patience(patience()).print(&job);
    let JobOutcome::Interrupted { cause: Fault::Timeout, taken, .. } = outcome else { panic!("{outcome:?}") };
    assert!(taken < job.line_ends.len(), "{taken} lines were taken");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

/// Stop and go many times: every byte arrives, and once.
#[test]
fn stop_and_go_lose_nothing() {
    let cable = Cable::new();
    cable.sim.change(|sim| sim.bytes_per_second = Some(20_000));
    let address: Address =
        format!("serial:{}?profile=epson-80&flow=xonxoff", cable.path.display()).parse().unwrap();
    let mut printer = printer::open("counter", &address).unwrap().with_patience(patience());
    for count in 1..=3 {
        assert_eq!(printer.print(&job()), JobOutcome::Confirmed);
        assert_eq!(cable.count("ΣΥΝΟΛΟ"), count);
    }
    assert!(cable.stops() > 0, "the printer said stop");
}

/// A line nobody empties.
#[test]
fn a_line_that_fills_up_ends_at_the_deadline() {
    let (_master, _keep, path) = pseudo_terminal();
    let address: Address =
        format!("serial:{}?profile=raster-80&status=none", path.display()).parse().unwrap();
    let job = encode(&receipt(&address.profile), &address.profile).unwrap();
    let start = Instant::now();
    let outcome = printer::open("counter", &address).unwrap().with_patience(patience()).print(&job);
    let JobOutcome::Interrupted { cause: Fault::Timeout, taken, .. } = outcome else { panic!("{outcome:?}") };
    assert!(taken < job.line_ends.len(), "{taken} lines were taken");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

/// A real line has room for a part of a write where a pseudo terminal has room for all of it or for nothing: that such
/// a write cannot block is seen by its flag.
#[cfg(target_os = "linux")]
#[test]
fn a_serial_line_is_open_without_blocking() {
    let (_master, _keep, path) = pseudo_terminal();
    let address: Address = format!("serial:{}", path.display()).parse().unwrap();
    let _link = printer::link::connector(&address).unwrap().open().unwrap();
    let descriptors = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
    let ours = descriptors.filter(|entry| std::fs::read_link(entry.path()).is_ok_and(|to| to == path));
    let not_blocking = |entry: std::fs::DirEntry| {
        let about = std::fs::read_to_string(Path::new("/proc/self/fdinfo").join(entry.file_name())).unwrap();
        let flags = about.lines().find_map(|line| line.strip_prefix("flags:")).unwrap().trim().to_owned();
        u32::from_str_radix(&flags, 8).unwrap() & 0o4000 != 0
    };
    assert_eq!(ours.map(not_blocking).filter(|not_blocking| *not_blocking).count(), 1);
}
