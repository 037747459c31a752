//! Devices come, go, lie and are swapped while the terminal runs: the whole engine with real sockets, pseudo terminals and
//! device files, and what the screen is shown of them.

mod apart;
mod barrier;
mod card;
mod chosen;
mod customer;
mod logos;
mod programs;
mod reading;
mod scanning;
mod seeing;
mod swap;
mod weighing;

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tameio::aade::transport::{Exchange, HttpRequest, Transport};
use tameio::app::clock::{self, Stopwatch};
use tameio::app::effect::Notice;
use tameio::app::engine::{Engine, Handle, Parts, Screen, Snapshot};
use tameio::app::input::{DeviceInput, Input};
use tameio::app::state::State;
use tameio::config::Config;
use tameio::device::Configured;
use tameio::domain::device::{Condition, DeviceId, DeviceKind};
use tameio::domain::settings::{Settings, Trade};
use tameio_drivers::camera::Frame;
use tameio_drivers::printer::{Profile, SimPrinter, serve};

/// A device that comes back is in use after at most so long, and one that goes is seen to be gone.
const BACK: Duration = Duration::from_secs(5);
const GONE: Duration = Duration::from_secs(2);

pub(crate) fn only(kind: DeviceKind) -> DeviceId {
    DeviceId::only(kind)
}

pub(crate) fn configured(devices: &[(&str, &str)]) -> Configured {
    devices.iter().map(|(id, address)| (id.parse().expect("a device"), (*address).to_owned())).collect()
}

/// A running terminal and what its screen was shown.
pub(crate) struct Desk {
    engine: Option<Engine>,
    handle: Handle,
    seen: Arc<Mutex<Option<Arc<Snapshot>>>>,
    pub(crate) said: Receiver<Notice>,
}

impl Desk {
    pub(crate) fn open(folder: &Path, devices: Configured) -> Self {
        Self::with(folder, devices, Config::practice(Trade::Wash).expect("practice is good").settings)
    }

    pub(crate) fn with(folder: &Path, devices: Configured, settings: Settings) -> Self {
        let seen = Arc::new(Mutex::new(None));
        let (say, said) = mpsc::channel();
        let engine = Engine::start(Parts {
            settings,
            data: folder.join("data"),
            transport: Arc::new(Silent),
            mydata: Arc::new(Silent),
            look_up: tameio::lookup::services::Services::default(),
            devices,
            screen: Box::new(Watcher { seen: Arc::clone(&seen), say }),
            guard_disk: false,
            record: None,
        })
        .expect("it starts");
        Self { handle: engine.handle(), engine: Some(engine), seen, said }
    }

    pub(crate) fn send(&self, input: Input) {
        self.handle.send(input);
    }

    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }

    /// What a camera shows now.
    pub(crate) fn frame(&self, camera: &DeviceId) -> Option<Frame> {
        self.handle.frame(camera)
    }

    pub(crate) fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.seen.lock().expect("nobody died").clone()
    }

    /// Waits until the screen was shown this; how long it took.
    pub(crate) fn until(&self, within: Duration, what: &str, wanted: impl Fn(&State) -> bool) -> Duration {
        let begun = Stopwatch::start();
        loop {
            let snapshot = self.snapshot();
            if snapshot.as_ref().is_some_and(|snapshot| wanted(&snapshot.state)) {
                return begun.elapsed();
            }
            let shown = snapshot.map(|snapshot| format!("{:?}", snapshot.state.live.devices));
            assert!(begun.elapsed() < within, "not within {within:?}: {what}; shown is {shown:?}");
            clock::wait(Duration::from_millis(5));
        }
    }

    pub(crate) fn until_is(&self, within: Duration, device: &DeviceId, wanted: &Condition) -> Duration {
        let what = format!("{device} is {wanted:?}");
        self.until(within, &what, |state| condition(state, device) == Some(wanted))
    }

    pub(crate) fn assign(&self, device: &DeviceId, address: Option<&str>, configured: Option<&str>) {
        self.send(Input::Device(DeviceInput::Assign {
            device: device.clone(),
            address: address.map(str::to_owned),
            configured: configured.map(str::to_owned),
            operator: crate::world::person("A"),
        }));
    }

    pub(crate) fn close(mut self) {
        self.engine.take().expect("it runs").stop().expect("it was still there to be stopped");
    }
}

pub(crate) fn condition<'a>(state: &'a State, device: &DeviceId) -> Option<&'a Condition> {
    state.live.devices.get(device).map(|seen| &seen.condition)
}

/// A registry that never answers.
struct Silent;

impl Transport for Silent {
    fn exchange(&self, _: HttpRequest) -> Exchange<'_> {
        Box::pin(std::future::pending())
    }
}

struct Watcher {
    seen: Arc<Mutex<Option<Arc<Snapshot>>>>,
    say: Sender<Notice>,
}

impl Screen for Watcher {
    fn show(&self, snapshot: Arc<Snapshot>) {
        *self.seen.lock().expect("nobody died") = Some(snapshot);
    }

    fn tell(&self, notice: Notice) {
        let _ = self.say.send(notice);
    }
}

/// A virtual printer on a socket, with its papers in a folder.
pub(crate) fn network_printer(profile: &str, papers: &Path) -> (SimPrinter, SocketAddr) {
    let printer = SimPrinter::new(Profile::named(profile).expect("a known printer"));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let at = listener.local_addr().expect("an address");
    std::fs::create_dir_all(papers).expect("a folder");
    let (served, folder) = (printer.clone(), papers.to_owned());
    std::thread::spawn(move || serve(&listener, &served, &folder));
    (printer, at)
}
