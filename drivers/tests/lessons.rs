//! Mistakes other tills live with, each made into a test: those that have no better place beside their device.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use tameio_drivers::scale::sim::pty::plug;
use tameio_drivers::scale::{
    Address as ScaleAddress, Kind, Opener as ScaleOpener, Sample, SimScale, Weighing,
};
use tameio_drivers::scanner::sim::key_events;
use tameio_drivers::scanner::{Address as ScannerAddress, Opener as ScannerOpener, Scan};
use tameio_drivers::supervisor::{Attend, Notice, Open, Places, State, Supervisor, supervise};
use tameio_drivers::wire::{self, Fault};

use crate::fifo::Fifo;

const SOON: Duration = Duration::from_secs(5);

/// A device looked after by its address, in folders of its own.
struct Watched<T> {
    notices: Receiver<Notice<T>>,
    _supervisor: Supervisor,
}

impl<T: Send + 'static> Watched<T> {
    fn new<O>(
        places: Places,
        device: (tameio_drivers::supervisor::Identity, tameio_drivers::supervisor::Class),
        opener: O,
    ) -> Self
    where
        O: Open + 'static,
        O::Device: Attend<Heard = T>,
    {
        let (tell, notices) = channel();
        let tell = move |notice| tell.send(notice).unwrap_or(());
        let supervisor = supervise("lesson", device.0, device.1, places, opener, tell).unwrap();
        Self { notices, _supervisor: supervisor }
    }

    fn until(&self, wanted: &State) {
        loop {
            match self.notices.recv_timeout(SOON) {
                Ok(Notice::Changed { state, .. }) if state == *wanted => return,
                Ok(_) => {}
                Err(_) => panic!("not {wanted:?}"),
            }
        }
    }

    fn heard(&self, wait: Duration) -> Option<T> {
        let deadline = Instant::now() + wait;
        loop {
            match self.notices.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Notice::Heard(heard)) => return Some(heard),
                Ok(_) => {}
                Err(_) => return None,
            }
        }
    }
}

fn scale(folder: &Path, weighing: &Weighing) -> Watched<Sample> {
    let address: ScaleAddress =
        format!("serial:{}?protocol=mt-sics", folder.join("ttyUSB0").display()).parse().unwrap();
    let places = Places { sys: folder.join("sys"), dev: folder.to_owned() };
    Watched::new(places, address.identity(), ScaleOpener::new(address, weighing.clone()))
}

/// The first weight that is told, and that it is still told a while later.
fn weighs(watched: &Watched<Sample>) -> Vec<u64> {
    let deadline = Instant::now() + SOON;
    let mut grams = Vec::new();
    while grams.len() < 4 && Instant::now() < deadline {
        let sample = watched.heard(SOON).unwrap();
        grams.extend(sample.reading.weight().and_then(|weight| weight.grams()));
    }
    grams
}

/// A load that lies there before anybody weighs is read, and one that comes after; and it does not turn to nothing by being
/// read again (Odoo 46411).
#[test]
fn a_load_is_read_whether_it_came_before_the_weighing_or_after() {
    for before in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let (sim, weighing) = (SimScale::new(Kind::MtSics), Weighing::default());
        let _plugged = plug(&sim, &folder.path().join("ttyUSB0")).unwrap();
        let watched = scale(folder.path(), &weighing);
        watched.until(&State::Ready);
        if before {
            sim.change(|load| load.grams = 1234);
            weighing.set(true);
        } else {
            weighing.set(true);
            assert!(watched.heard(SOON).is_some_and(|sample| sample.reading.weight().is_none()));
            sim.change(|load| load.grams = 1234);
        }
        assert_eq!(weighs(&watched), [1234; 4], "load before weighing: {before}");
    }
}

/// Tells `a_line_is_free_again_after_the_program_was_killed` which line to hold.
const LINE: &str = "LESSON_LINE";

/// Not a lesson of its own: the process that holds the line until it is killed.
#[test]
fn a_process_that_holds_a_line() {
    let Some(line) = std::env::var_os(LINE) else { return };
    let _wire = wire::serial::open(Path::new(&line), Kind::MtSics.settings()).unwrap();
    println!("held");
    std::thread::sleep(Duration::from_secs(60));
}

/// A port that stays busy after a crash needs somebody who knows computers (QZ 821).
#[test]
fn a_line_is_free_again_after_the_program_was_killed() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("ttyUSB0");
    let sim = SimScale::new(Kind::MtSics);
    sim.change(|load| load.grams = 500);
    let _plugged = plug(&sim, &link).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "lessons::a_process_that_holds_a_line", "--nocapture"])
        .env(LINE, &link)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let says = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(says.map_while(Result::ok).any(|line| line.contains("held")), "it holds the line");
    let taken = wire::serial::open(&link, Kind::MtSics.settings());
    assert_eq!(taken.map(|_| ()), Err(Fault::Busy), "one program at a time");
    child.kill().unwrap();
    child.wait().unwrap();
    let weighing = Weighing::default();
    weighing.set(true);
    let watched = scale(folder.path(), &weighing);
    watched.until(&State::Ready);
    assert_eq!(weighs(&watched)[0], 500);
}

/// A machine with a scanner of two nodes and an ordinary keyboard.
struct Machine {
    folder: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["dev/input", "sys/class/input"] {
            fs::create_dir_all(machine.folder.path().join(folder)).unwrap();
        }
        machine
    }

    fn places(&self) -> Places {
        Places { sys: self.folder.path().join("sys"), dev: self.folder.path().join("dev") }
    }

    /// Plugs a device in; what is written into the answers is what its nodes say.
    fn plug(&self, port: &str, ids: (&str, &str), nodes: &[&str]) -> Vec<fs::File> {
        let device = self.folder.path().join("sys/devices/usb1").join(port);
        fs::create_dir_all(&device).unwrap();
        fs::write(device.join("idVendor"), format!("{}\n", ids.0)).unwrap();
        fs::write(device.join("idProduct"), format!("{}\n", ids.1)).unwrap();
        let node = |name: &&str| {
            let below = device.join(format!("{port}:1.0/{name}"));
            fs::create_dir_all(&below).unwrap();
            let entry = self.folder.path().join("sys/class/input").join(name);
            fs::create_dir_all(&entry).unwrap();
            std::os::unix::fs::symlink(below, entry.join("device")).unwrap();
            Fifo::make(&self.folder.path().join("dev/input").join(name))
        };
        nodes.iter().map(node).collect()
    }

    fn unplug(&self, nodes: &[&str]) {
        for name in nodes {
            fs::remove_dir_all(self.folder.path().join("sys/class/input").join(name)).unwrap();
            fs::remove_file(self.folder.path().join("dev/input").join(name)).unwrap();
        }
    }

    fn scanner(&self) -> Watched<Scan> {
        let address: ScannerAddress = "evdev:05e0:1200".parse().unwrap();
        Watched::new(self.places(), address.identity().unwrap(), ScannerOpener::new(address))
    }
}

fn types(node: &fs::File, code: &str) {
    use std::io::Write as _;
    for key in key_events(code, 1000, 1) {
        let mut node = node;
        node.write_all(&key).unwrap();
    }
}

/// Drivers that read only the first node of a scanner, and die with the first fault (Odoo's keyboard driver).
#[test]
fn a_scanner_of_two_nodes_is_pulled_out_and_put_back() {
    let machine = Machine::new();
    let watched = machine.scanner();
    watched.until(&State::Absent);
    for nodes in [["event5", "event6"], ["event7", "event8"]] {
        let says = machine.plug("1-3", ("05e0", "1200"), &nodes);
        watched.until(&State::Ready);
        for (node, code) in says.iter().zip(["FIRST-1", "SECOND-2"]) {
            types(node, code);
            assert_eq!(watched.heard(SOON).map(|scan| scan.text).as_deref(), Some(code));
        }
        drop(says);
        machine.unplug(&nodes);
        watched.until(&State::Absent);
    }
}

/// However fast somebody types: a keyboard that is not the scanner cannot scan (Odoo 25519).
#[test]
fn an_ordinary_keyboard_never_scans() {
    let machine = Machine::new();
    let keyboard = machine.plug("1-1", ("046d", "c31c"), &["event3"]);
    let scanner = machine.plug("1-3", ("05e0", "1200"), &["event5"]);
    let watched = machine.scanner();
    watched.until(&State::Ready);
    types(&keyboard[0], "TYPED-FAST");
    assert!(watched.heard(Duration::from_millis(500)).is_none());
    types(&scanner[0], "SCANNED-1");
    assert_eq!(watched.heard(SOON).map(|scan| scan.text).as_deref(), Some("SCANNED-1"));
}
