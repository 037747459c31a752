//! Device files and serial lines, each on a pseudo terminal with the virtual printer at its other end.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use tameio_drivers::printer::link::Connect;
use tameio_drivers::printer::{
    self, Address, EscPosPrinter, Fault, Job, JobOutcome, PaperLevel, Patience, Printer, SimPrinter, encode,
};

use crate::{profile, receipt};

/// A virtual printer behind a pseudo terminal.
struct Cable {
    path: PathBuf,
    sim: SimPrinter,
    plugged: Arc<AtomicBool>,
    pump: Option<JoinHandle<()>>,
}

impl Cable {
    fn new() -> Self {
        let (master, keep, path) = pseudo_terminal();
        let sim = SimPrinter::new(profile("epson-80"));
        let plugged = Arc::new(AtomicBool::new(true));
        let (device, alive) = (sim.clone(), Arc::clone(&plugged));
        let pump = std::thread::spawn(move || {
            pump(master, &device, &alive);
            drop(keep);
        });
        Self { path, sim, plugged, pump: Some(pump) }
    }

    fn address(&self, kind: &str) -> Address {
        format!("{kind}:{}?profile=epson-80", self.path.display()).parse().unwrap()
    }

    fn printer(&self, kind: &str) -> EscPosPrinter {
        printer::open("counter", &self.address(kind)).unwrap().with_patience(patience())
    }

    fn count(&self, text: &str) -> usize {
        self.sim.papers().iter().flat_map(|paper| paper.lines()).filter(|line| line.contains(text)).count()
    }

    fn unplug(&mut self) {
        self.plugged.store(false, Ordering::SeqCst);
        self.pump.take().map(JoinHandle::join);
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.unplug();
    }
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

/// The printer's end, one descriptor that keeps the other end open, and the path of that end. Raw, like a device.
fn pseudo_terminal() -> (OwnedFd, OwnedFd, PathBuf) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let path = PathBuf::from(ptsname(&master, Vec::new()).unwrap().into_string().unwrap());
    let keep = rustix::fs::open(&path, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
    let mut mode = tcgetattr(&keep).unwrap();
    mode.make_raw();
    tcsetattr(&keep, OptionalActions::Now, &mode).unwrap();
    (master, keep, path)
}

fn pump(master: OwnedFd, sim: &SimPrinter, plugged: &AtomicBool) {
    rustix::fs::fcntl_setfl(master.as_fd(), OFlags::NONBLOCK).unwrap();
    let mut file = File::from(master);
    let mut link = sim.open().unwrap();
    let (mut waiting, mut bytes) = (Vec::new(), [0; 512]);
    while plugged.load(Ordering::SeqCst) {
        if waiting.is_empty()
            && let Ok(count) = file.read(&mut bytes)
        {
            waiting.extend_from_slice(&bytes[..count]);
        }
        let Ok(taken) = link.send(&waiting, Duration::from_millis(1)) else { return };
        waiting.drain(..taken);
        let Ok(count) = link.receive(&mut bytes, Duration::from_millis(1)) else { return };
        file.write_all(&bytes[..count]).unwrap();
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
        let mut printer = cable.printer(kind);
        assert_eq!(printer.print(&job()), JobOutcome::Confirmed, "{kind}");
        assert_eq!(printer.print(&job()), JobOutcome::Confirmed, "{kind}");
        assert_eq!((cable.sim.papers().len(), cable.count("ΣΥΝΟΛΟ")), (2, 2), "{kind}");
        assert_eq!(printer.status().unwrap().paper, Some(PaperLevel::Enough), "{kind}");
    }
}

#[test]
fn an_empty_roll_never_blocks_a_device_file() {
    let cable = Cable::new();
    let mut printer = cable.printer("file");
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
        let mut printer = cable.printer(kind);
        cable.unplug();
        let JobOutcome::NotStarted { cause } = printer.print(&job()) else {
            panic!("{kind}: nobody is there")
        };
        assert!(matches!(cause, Fault::NotFound | Fault::Disconnected), "{kind}: {cause:?}");
        let again = Cable::new();
        assert_eq!(again.printer(kind).print(&job()), JobOutcome::Confirmed, "{kind}");
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
