//! The devices of a terminal, each looked after on a thread of its own: [`Rack`]. One that is slow, silent or talks
//! nonsense holds up neither the loop nor its neighbours; each comes, goes and is swapped while the rest works on.
//!
//! | file | what it keeps |
//! |---|---|
//! | `reading` | plates in what a camera shows |
//! | `watched` | scanners and scales, by the drivers' supervisor |
//! | `display` | the customer display |
//! | `barrier` | the contact of a barrier |
//! | `card` | the card terminal |
//! | [`super::printer`] | the printer and its drawer |

mod barrier;
mod card;
mod display;
mod reading;
mod watched;

use super::Word;
use super::printer::{self, PrintOrder};
use super::sightings::Sightings;
use crate::app::input::{CardInput, DeviceInput, Input};
use crate::device::{Configured, DeviceAddress, in_use, offers};
use crate::domain::card::{CardCharge, CardOutcome};
use crate::domain::device::{Assignment, Condition, DeviceId, DeviceKind, DeviceTrouble};
use crate::domain::sighting::Gate;
use crate::domain::text::Text;
use barrier::BarrierThread;
pub(super) use card::CardThread;
use display::DisplayThread;
use reading::Reading;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::thread;
use tameio_drivers::camera::{self, Frame, Live};
use tameio_drivers::plate_reader::PlateReader;
use tameio_drivers::printer::{Place, Profile};
use tameio_drivers::scale::Weighing;
use tameio_drivers::supervisor::{Places, Supervisor, udev};

/// What the printer at hand can do; papers are laid out for it.
#[derive(Debug, Clone)]
pub(super) struct PrinterProfile(Arc<RwLock<Profile>>);

impl PrinterProfile {
    fn new() -> Self {
        Self(Arc::new(RwLock::new(Profile::generic())))
    }

    /// The profile as it is now.
    pub(super) fn now(&self) -> Profile {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, profile: Profile) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = profile;
    }
}

/// What the cameras see now, for whoever looks; any thread may.
#[derive(Debug, Clone, Default)]
pub(super) struct Cameras(Arc<RwLock<BTreeMap<DeviceId, Live>>>);

impl Cameras {
    /// The newest picture of a camera; nothing where it has none that is fresh.
    pub(super) fn frame(&self, device: &DeviceId) -> Option<Frame> {
        let live = self.0.read().unwrap_or_else(PoisonError::into_inner).get(device).cloned();
        live.and_then(|live| live.frame())
    }

    fn put(&self, device: &DeviceId) -> Live {
        let live = Live::default();
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(device.clone(), live.clone());
        live
    }

    fn take(&self, device: &DeviceId) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(device);
    }
}

/// A way to say what a device is up to.
#[derive(Clone)]
struct Report {
    words: Sender<Word>,
    device: DeviceId,
}

impl Report {
    /// Something happened; false when nobody listens any more.
    fn say(&self, input: Input) -> bool {
        self.words.send(Word::Input(input)).is_ok()
    }

    /// The device is in this condition.
    fn is(&self, condition: Condition) -> bool {
        self.say(Input::Device(DeviceInput::Seen { device: self.device.clone(), condition }))
    }
}

/// A device that is looked after; dropping it ends that.
enum Held {
    /// The printer's thread goes on: it takes the next printer.
    Printer,
    /// A scanner the window hears.
    Window,
    /// A scanner or a scale.
    Watched { _supervisor: Supervisor },
    /// A customer display.
    Display(DisplayThread),
    /// A barrier.
    Barrier(BarrierThread),
    /// A card terminal.
    Card(CardThread),
    /// A camera, and whoever reads plates in its pictures.
    Camera { _supervisor: Supervisor, _reading: Option<Reading> },
}

/// All devices of the terminal.
pub(super) struct Rack {
    words: Sender<Word>,
    configured: Configured,
    places: Places,
    print: Sender<PrintOrder>,
    profile: PrinterProfile,
    weighing: Weighing,
    cameras: Cameras,
    sightings: Sightings,
    /// All weights are in one; it is made for the first camera that wants it.
    plates: OnceLock<Arc<PlateReader>>,
    held: BTreeMap<DeviceId, Held>,
}

impl Rack {
    /// No device yet; the printer's thread waits for its printer.
    pub(super) fn new(configured: Configured, words: Sender<Word>) -> Self {
        let print = printer::spawn(words.clone());
        Self {
            words,
            configured,
            places: Places::default(),
            print,
            profile: PrinterProfile::new(),
            weighing: Weighing::default(),
            cameras: Cameras::default(),
            sightings: Sightings::default(),
            plates: OnceLock::new(),
            held: BTreeMap::new(),
        }
    }

    /// What the printer at hand can do.
    pub(super) const fn profile(&self) -> &PrinterProfile {
        &self.profile
    }

    /// What the cameras see.
    pub(super) const fn cameras(&self) -> &Cameras {
        &self.cameras
    }

    /// What they see of plates.
    pub(super) const fn sightings(&self) -> &Sightings {
        &self.sightings
    }

    /// Looks after everything that is configured, or was chosen at the screen.
    pub(super) fn attach_all(&mut self, assigned: &BTreeMap<DeviceId, Assignment>) {
        for (device, address) in in_use(&self.configured, assigned) {
            self.attach(&device, Some(&address));
        }
    }

    /// Looks after a device at an address from now on; without one at the configuration's, or not at all. The one before is
    /// let go first: two handles on one device would lock each other out.
    pub(super) fn attach(&mut self, device: &DeviceId, address: Option<&str>) {
        self.held.remove(device);
        self.cameras.take(device);
        let address = address.map(str::to_owned).or_else(|| self.configured.get(device).cloned());
        let Some(address) = address else { return self.detach(device) };
        match DeviceAddress::parse(device.kind, &address) {
            Ok(read) => {
                self.say(Input::Device(DeviceInput::Attached {
                    device: device.clone(),
                    address: Text::new(&address),
                }));
                if let Some(held) = self.hold(device, read) {
                    self.held.insert(device.clone(), held);
                }
            }
            // Checked before it was chosen; a database of a newer version may say otherwise.
            Err(why) => tracing::error!(%device, %address, why, "the address cannot be read"),
        }
    }

    fn detach(&mut self, device: &DeviceId) {
        if device.kind == DeviceKind::Printer {
            self.order(PrintOrder::Take(None));
        }
        self.say(Input::Device(DeviceInput::Detached { device: device.clone() }));
    }

    fn hold(&self, device: &DeviceId, address: DeviceAddress) -> Option<Held> {
        let report = Report { words: self.words.clone(), device: device.clone() };
        let failed = report.clone();
        let held = match address {
            DeviceAddress::Printer(address) => {
                self.profile.set(address.profile.clone());
                self.order(PrintOrder::Take(Some(address)));
                Ok(Held::Printer)
            }
            DeviceAddress::Scanner(address) => watched::scanner(address, self.places.clone(), report)
                .map(|supervisor| supervisor.map_or(Held::Window, |it| Held::Watched { _supervisor: it })),
            DeviceAddress::Scale(address) => {
                watched::scale(*address, self.weighing.clone(), self.places.clone(), report)
                    .map(|supervisor| Held::Watched { _supervisor: supervisor })
            }
            DeviceAddress::Display(address) => Ok(Held::Display(DisplayThread::spawn(*address, report))),
            DeviceAddress::Barrier(address) => Ok(Held::Barrier(BarrierThread::spawn(*address, report))),
            DeviceAddress::Camera(address) => {
                let live = self.cameras.put(device);
                let reading =
                    address.plates.then(|| self.read_plates(&live, address.gate, &report)).flatten();
                watched::camera(*address, live, self.places.clone(), report)
                    .map(|supervisor| Held::Camera { _supervisor: supervisor, _reading: reading })
            }
            DeviceAddress::PlateCamera(address) => {
                watched::plate_camera(*address, self.places.clone(), self.sightings.clone(), report)
                    .map(|supervisor| Held::Camera { _supervisor: supervisor, _reading: None })
            }
            DeviceAddress::CardTerminal(address) => {
                return CardThread::spawn(&address, self.places.clone(), report).map(Held::Card);
            }
        };
        match held {
            Ok(held) => Some(held),
            Err(error) => {
                let trouble = DeviceTrouble::Other { text: Text::new(&error.to_string()) };
                failed.is(Condition::Faulted { trouble });
                None
            }
        }
    }

    /// Has plates read in what a camera shows. A camera whose plates cannot be read still shows the lane.
    fn read_plates(&self, live: &Live, gate: camera::Gate, report: &Report) -> Option<Reading> {
        let reader = match self.plates.get() {
            Some(reader) => Arc::clone(reader),
            None => match PlateReader::new() {
                Ok(reader) => Arc::clone(self.plates.get_or_init(|| Arc::new(reader))),
                Err(error) => {
                    tracing::error!(%error, "no plates are read");
                    return None;
                }
            },
        };
        let reading =
            reading::read(live.clone(), gate_of(gate), reader, self.sightings.clone(), report.clone());
        reading.inspect_err(|error| tracing::error!(%error, "no plates are read")).ok()
    }

    /// Asks the printer's thread for something.
    pub(super) fn order(&self, order: PrintOrder) {
        if self.print.send(order).is_err() {
            tracing::error!("the printer's thread has stopped");
        }
    }

    /// Somebody begins or ends weighing.
    pub(super) fn weigh(&self, on: bool) {
        self.weighing.set(on);
    }

    /// Shows the customer two lines, where there is a display.
    pub(super) fn show_customer(&self, upper: &str, lower: &str) {
        for held in self.held.values() {
            if let Held::Display(display) = held {
                display.show(upper, lower);
            }
        }
    }

    /// Opens a barrier.
    pub(super) fn open_barrier(&self, device: &DeviceId) {
        match self.held.get(device) {
            Some(Held::Barrier(barrier)) => barrier.open(),
            _ => tracing::warn!(%device, "there is no such barrier any more"),
        }
    }

    /// The card terminal, if there is one.
    pub(super) fn card(&self) -> Option<&CardThread> {
        self.held.values().find_map(|held| match held {
            Held::Card(card) => Some(card),
            _ => None,
        })
    }

    /// Nobody is there to be asked: said at once, and nothing was sent.
    pub(super) fn charge(&self, charge: Box<CardCharge>) {
        match self.card() {
            Some(card) => card.charge(charge),
            None => {
                let why = Text::new("no card terminal is linked");
                let outcome = CardOutcome::NotStarted { why };
                self.say(Input::Card(CardInput::Reported { session: charge.session, outcome }));
            }
        }
    }

    /// Looks what is plugged in, on a thread of its own: the kernel's tables may take a moment.
    pub(super) fn find(&self) {
        let (places, words) = (self.places.clone(), self.words.clone());
        thread::spawn(move || {
            let offers = offers::plugged_in(&places);
            let _ = words.send(Word::Input(Input::Device(DeviceInput::Found { offers })));
        });
    }

    fn say(&self, input: Input) {
        let _ = self.words.send(Word::Input(input));
    }
}

impl Drop for Rack {
    /// The watch over the plugs holds a way to the printer's thread too, so that it would not end by itself.
    fn drop(&mut self) {
        self.order(PrintOrder::Stop);
    }
}

/// Which cars a camera sees, in the words of the domain.
const fn gate_of(gate: camera::Gate) -> Gate {
    match gate {
        camera::Gate::Entry => Gate::Entry,
        camera::Gate::Exit => Gate::Exit,
    }
}

/// The device file of a place, which is not there while the device is unplugged.
fn node(place: &Place) -> Option<PathBuf> {
    match place {
        Place::File(path) => Some(path.clone()),
        Place::Serial { path, .. } => Some(PathBuf::from(path)),
        Place::Tcp { .. } | Place::Lp { .. } | Place::Usb { .. } | Place::Sim => None,
    }
}

/// How a device is that is looked at again and again: not there without its device file, else what a look at it says.
fn standing<F>(
    node: Option<&Path>,
    look: impl FnOnce() -> Result<(), F>,
    faulted: fn(&F, Option<&str>) -> Condition,
) -> Condition {
    if node.is_some_and(|node| !node.exists()) {
        return Condition::Absent;
    }
    match look() {
        Ok(()) => Condition::Ready,
        Err(fault) => faulted(&fault, node.map(|node| udev::line(node, None)).as_deref()),
    }
}

/// What was told of a device last, so that only changes are.
struct Told<'a> {
    report: &'a Report,
    last: Option<Condition>,
}

impl<'a> Told<'a> {
    const fn new(report: &'a Report) -> Self {
        Self { report, last: None }
    }

    /// It is in this condition now; false when nobody listens any more.
    fn is(&mut self, condition: Condition) -> bool {
        if self.last.as_ref() == Some(&condition) {
            return true;
        }
        self.last = Some(condition.clone());
        self.report.is(condition)
    }
}
