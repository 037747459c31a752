//! Scenario E by touch: printer A fails at night, model B is plugged in, and is found, named, tested and in use in ten
//! seconds without a restart. The whole engine runs behind the window, with real sockets for printers.

use super::SIZE;
use crate::glass::Glass;
use crate::stage::wash;
use slint::{ComponentHandle, Model};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tameio::aade::transport::{Exchange, HttpRequest, Transport};
use tameio::app::clock::{self, Stopwatch};
use tameio::app::engine::{Engine, Handle, Parts, Query};
use tameio::app::input::Input;
use tameio::device::Configured;
use tameio::domain::device::DeviceId;
use tameio::domain::operator::OperatorId;
use tameio::domain::pin::PinHash;
use tameio::view::desk::{Asked, Desk, Mailbox, News};
use tameio::view::generated::{DeviceState, Devices, TestState};
use tameio_drivers::camera::Frame;
use tameio_drivers::printer::{Profile, SimPrinter, serve};

/// A registry that never answers.
struct Silent;

impl Transport for Silent {
    fn exchange(&self, _: HttpRequest) -> Exchange<'_> {
        Box::pin(std::future::pending())
    }
}

/// The engine as the window's desk.
struct EngineDesk {
    handle: Handle,
    mailbox: Mailbox,
}

impl Desk for EngineDesk {
    fn send(&self, input: Input) {
        self.handle.send(input);
    }

    fn ask(&self, query: Query, asked: Asked) {
        let mailbox = self.mailbox.clone();
        self.handle.query(query, move |answer| mailbox.post(News::Answer(asked, Box::new(answer))));
    }

    fn frame(&self, camera: &DeviceId) -> Option<Frame> {
        self.handle.frame(camera)
    }

    fn check_pin(&self, operator: OperatorId, pin: String, kept: PinHash) {
        self.handle.check_pin(operator, pin, kept);
    }

    fn set_pin(&self, operator: OperatorId, pin: String, by: OperatorId) {
        self.handle.set_pin(operator, pin, by);
    }
}

/// A window with a running engine behind it.
struct Terminal {
    glass: Glass,
    engine: Engine,
}

impl Terminal {
    fn start(folder: &Path, devices: Configured) -> Self {
        let settings = wash();
        let glass = Glass::of(&settings, SIZE);
        glass.window.set_devices(devices.clone());
        let engine = Engine::start(Parts {
            settings,
            data: folder.join("data"),
            transport: Arc::new(Silent),
            mydata: Arc::new(Silent),
            look_up: tameio::lookup::services::Services::default(),
            devices,
            screen: Box::new(glass.mailbox.clone()),
            guard_disk: false,
            record: None,
        })
        .expect("it starts");
        let desk = EngineDesk { handle: engine.handle(), mailbox: glass.mailbox.clone() };
        glass.window.serve(Box::new(desk));
        Self { glass, engine }
    }

    /// Waits until the screen shows it; how long that took.
    fn until(&self, within: Duration, what: &str, shown: impl Fn(&Glass) -> bool) -> Duration {
        let begun = Stopwatch::start();
        loop {
            self.glass.settle();
            if shown(&self.glass) {
                return begun.elapsed();
            }
            assert!(begun.elapsed() < within, "not within {within:?}: {what}");
            clock::wait(Duration::from_millis(5));
        }
    }
}

fn printer_is(wanted: DeviceState) -> impl Fn(&Glass) -> bool {
    move |glass| {
        let strip = glass.app().global::<Devices>().get_strip();
        strip.iter().any(|row| row.id == "printer" && row.state == wanted)
    }
}

/// A virtual printer on a socket.
fn network_printer(profile: &str, papers: &Path) -> (SimPrinter, SocketAddr) {
    let printer = SimPrinter::new(Profile::named(profile).expect("a known printer"));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let at = listener.local_addr().expect("an address");
    std::fs::create_dir_all(papers).expect("a folder");
    let (served, folder) = (printer.clone(), papers.to_owned());
    std::thread::spawn(move || serve(&listener, &served, &folder));
    (printer, at)
}

fn papers_in(folder: &Path) -> usize {
    let files = std::fs::read_dir(folder).expect("a folder").flatten();
    files.filter(|file| file.path().extension().is_some_and(|ending| ending == "txt")).count()
}

#[test]
fn another_printer_is_in_use_within_ten_seconds_by_touch_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (a, a_at) = network_printer("epson-80", &folder.path().join("a"));
    let (_b, b_at) = network_printer("xprinter-58", &folder.path().join("b"));
    let a_address = format!("tcp://{a_at}?profile=epson-80");
    let devices = Configured::from([(super::id("printer"), a_address)]);
    let terminal = Terminal::start(folder.path(), devices);
    let glass = &terminal.glass;
    let soon = Duration::from_secs(5);
    terminal.until(soon, "the first printer is ready", printer_is(DeviceState::Ready));
    a.change(|control| control.gone = true);
    let seen = terminal.until(Duration::from_secs(2), "it is seen gone", printer_is(DeviceState::Absent));

    let begun = Stopwatch::start();
    glass.taps();
    // What is plugged in is offered; one in the network is typed, which takes more touches than any other way.
    glass.tap_all(&["strip-printer", "device-change", "device-type", "piece-0"]);
    let typed = b_at.to_string();
    for key in typed.chars() {
        glass.tap(&format!("address-{key}"));
    }
    glass.tap_all(&["device-use-typed", "model-xprinter-58"]);
    terminal.until(soon, "it is taken", |glass| glass.is_enabled("device-print-test"));
    glass.tap("device-print-test");
    let printed = |glass: &Glass| glass.app().global::<Devices>().get_test() == TestState::Printed;
    terminal.until(Duration::from_secs(10), "the test is out", printed);
    terminal.until(soon, "the strip says so", printer_is(DeviceState::Ready));
    let took = begun.elapsed();
    let taps = glass.taps() as usize;
    println!(
        "seen gone after {seen:?}; another one in use after {took:?}, {taps} touches ({} typed)",
        typed.len()
    );
    assert_eq!(taps - typed.len(), 7, "strip, change, type, tcp://, use, make, test");
    assert!(took <= Duration::from_secs(10), "{took:?}");
    assert_eq!(papers_in(&folder.path().join("b")), 1);
    assert_eq!(papers_in(&folder.path().join("a")), 0);
    terminal.engine.stop().expect("it was still there to be stopped");
}
