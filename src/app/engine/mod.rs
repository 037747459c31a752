//! The terminal at work: its loop on a thread of its own, with real devices, a real network and the real clock around it.
//!
//! ```text
//!  screen ──Handle──▶ ┌────────────┐ ──Effect──▶ a thread for each device
//!  devices ─────────▶ │ loop thread│ ──Effect──▶ network tasks (at most four)
//!  network tasks ───▶ │ (Terminal) │ ──Snapshot─▶ screen
//!                     └────────────┘   reader thread ◀──Query── screen
//! ```
//! Nothing here decides anything. What fails outside comes back as an input like everything else.
//!
//! | file | what it holds |
//! |---|---|
//! | `network` | the registry and the issuer, reached by tasks that report back |
//! | `devices` | all devices, each on a thread of its own |
//! | `logos` | pictures that could be a logo, read on a thread of their own |
//! | `look` | how a template of papers looks before it is saved |
//! | `photos` | photographs, written and deleted on a thread of their own |
//! | `sightings` | what the cameras see of plates now |
//! | [`pin`] | PINs, hashed off the loop |
//! | [`printer`] | the printer's thread |
//! | [`reader`] | questions about the archive, on a thread of their own |
//! | `recorder` | the inputs of each day in a file |
//! | `secret` | secrets beside the database, of PINs and of tickets |

mod devices;
mod logos;
mod look;
mod network;
mod photos;
pub mod pin;
pub mod printer;
pub mod reader;
mod recorder;
mod secret;
mod sightings;

use super::clock::{self, ClockWatch, Stopwatch};
use super::effect::{Effect, Notice, PhotoSource};
use super::input::{DeviceInput, DocumentInput, Input, PersonInput, Stamped};
use super::state::State;
use super::terminal::Terminal;
use crate::aade::transport::Transport;
use crate::device::Configured;
use crate::domain::device::DeviceId;
use crate::domain::ids::{JobId, MessageId, PhotoId, SightingId, VisitId};
use crate::domain::operator::OperatorId;
use crate::domain::paper::Paper;
use crate::domain::photo::PhotoKind;
use crate::domain::pin::PinHash;
use crate::domain::settings::Settings;
use crate::domain::text::Text;
use crate::domain::ticket::TicketKey;
use crate::domain::time::Stamp;
use crate::issuer;
use crate::lookup::services::Services;
use crate::store::photos::Photos;
use crate::store::{Store, StoreError, guard, open_reader};
use devices::{Cameras, CardThread, Rack};
use network::Network;
use photos::{PhotoOrder, Wanted};
use pin::Pepper;
use printer::PrintOrder;
use reader::Reply;
use recorder::Recorder;
use sightings::Sightings;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tameio_drivers::camera::Frame;

pub use crate::paper::picture::PaperPicture;
pub use look::{DraftLook, FoundOn, PaperWidth, look};
pub use printer::{outcome, trouble};
pub use reader::{Query, QueryAnswer, SmallPhoto, compose, condition_photos};
pub use sightings::{CarPictures, InView};

/// The longest the loop sleeps: the snapshot on the screen is never older than this.
const PULSE: Duration = Duration::from_secs(20);
/// The loop has nothing to do for this long: time to move the write-ahead log.
const IDLE: Duration = Duration::from_millis(400);
/// Commits after which the write-ahead log is moved though the loop is never idle, as while a long outbox drains: some
/// megabytes, moved within milliseconds.
const COMMITS_UNMOVED_MAX: u64 = 64;
/// How often the disk is looked at.
const DISK_LOOK: Duration = Duration::from_secs(30);
/// Pages of the write-ahead log (4 KiB each) above which the disk is treated as failing.
const LOG_PAGES_MAX: i64 = 4_096;

/// What the screen is shown: the open world at an instant.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The open world.
    pub state: State,
    /// When.
    pub at: Stamp,
}

/// A screen, as the engine sees it. Called on the engine's thread.
pub trait Screen: Send {
    /// Shows the open world.
    fn show(&self, snapshot: Arc<Snapshot>);
    /// Says something to the person.
    fn tell(&self, notice: Notice);
}

enum Word {
    Input(Input),
    Replied { message: MessageId, n: u32, reply: String, input: Input },
    Stop,
}

/// The way to a running engine. Any thread may hold one.
#[derive(Clone)]
pub struct Handle {
    words: Sender<Word>,
    queries: Sender<(Query, Reply)>,
    cameras: Cameras,
    sightings: Sightings,
    pepper: Pepper,
}

impl Handle {
    /// Something happened.
    pub fn send(&self, input: Input) {
        if self.words.send(Word::Input(input)).is_err() {
            tracing::warn!("the engine has stopped; an input was not taken");
        }
    }

    /// Whether a PIN is a person's: the answer comes back to the loop as an input, without the PIN.
    pub fn check_pin(&self, operator: OperatorId, pin: String, kept: PinHash) {
        let handle = self.clone();
        thread::spawn(move || {
            handle.send(match handle.pepper.is(&pin, &kept) {
                Ok(good) => Input::Person(PersonInput::PinChecked { operator, good }),
                Err(why) => Input::Person(PersonInput::PinFailed { why: Text::new(&why.to_string()) }),
            });
        });
    }

    /// A person wants another PIN, or an owner gives one.
    pub fn set_pin(&self, operator: OperatorId, pin: String, by: OperatorId) {
        let handle = self.clone();
        thread::spawn(move || {
            handle.send(match handle.pepper.hash(&pin) {
                Ok(hash) => Input::Person(PersonInput::PinHashed { operator, hash, by }),
                Err(why) => Input::Person(PersonInput::PinFailed { why: Text::new(&why.to_string()) }),
            });
        });
    }

    /// What a camera sees now; nothing where it has no fresh picture.
    pub fn frame(&self, camera: &DeviceId) -> Option<Frame> {
        self.cameras.frame(camera)
    }

    /// The cars before a camera now, as far as their plates have been read; nothing where none are read.
    pub fn in_view(&self, camera: &DeviceId) -> Option<InView> {
        self.sightings.in_view(camera)
    }

    /// The pictures of a car that a camera has seen; nothing where they are not at hand any more.
    pub fn car_pictures(&self, car: SightingId) -> Option<CarPictures> {
        self.sightings.pictures(car)
    }

    /// Asks the archive; the answer comes on the reader's thread.
    pub fn query(&self, query: Query, reply: impl FnOnce(QueryAnswer) + Send + 'static) {
        if self.queries.send((query, Box::new(reply))).is_err() {
            tracing::warn!("the engine has stopped; a question was not answered");
        }
    }
}

/// What an engine is made of.
pub struct Parts {
    /// What the owner decided.
    pub settings: Settings,
    /// Where the database is.
    pub data: PathBuf,
    /// The way to the registry.
    pub transport: Arc<dyn Transport>,
    /// The way to whoever issues documents: to myDATA, which is as a rule the registry's, or to a provider.
    pub mydata: Arc<dyn Transport>,
    /// The ways to the registers of tax numbers.
    pub look_up: Services,
    /// The configured devices; without a printer papers wait.
    pub devices: Configured,
    /// The screen.
    pub screen: Box<dyn Screen>,
    /// Keep a ballast and look at the disk.
    pub guard_disk: bool,
    /// Where inputs are recorded.
    pub record: Option<PathBuf>,
}

/// A running engine.
pub struct Engine {
    handle: Handle,
    thread: Option<JoinHandle<Result<(), StoreError>>>,
}

impl Engine {
    /// Opens the database and starts the threads.
    ///
    /// # Errors
    /// When the database cannot be opened: nothing has been started then.
    pub fn start(parts: Parts) -> Result<Self, StoreError> {
        let store = Store::open(&parts.data, &parts.settings.terminal)?;
        let archive = open_reader(&parts.data)?;
        let settings = with_ticket_key(parts.settings, &parts.data)?;
        let terminal = Terminal::new(settings.clone(), store)?;
        let (words, inbox) = mpsc::channel();
        let (queries, questions) = mpsc::channel();
        let mut rack = Rack::new(parts.devices, words.clone());
        let handle = Handle {
            words: words.clone(),
            queries,
            cameras: rack.cameras().clone(),
            sightings: rack.sightings().clone(),
            pepper: Pepper::of(&parts.data),
        };
        rack.attach_all(&terminal.state().assigned);
        let folder = Photos::beside(&parts.data, settings.disk_free_min_bytes);
        let photos = photos::spawn(folder.clone(), open_reader(&parts.data)?, words.clone());
        reader::spawn(archive, settings.clone(), rack.profile().clone(), folder, questions);
        let rig = Rig {
            terminal: Some(terminal),
            settings,
            data: parts.data,
            network: Network::new(parts.transport, parts.mydata, parts.look_up, words.clone()),
            words,
            rack,
            photos,
            screen: parts.screen,
            guard_disk: parts.guard_disk,
            recorder: parts.record.and_then(Recorder::open),
            running: Stopwatch::start(),
            watch: ClockWatch::start(clock::now(), Duration::ZERO),
            disk_looked: None,
        };
        let thread = thread::spawn(move || rig.run(&inbox));
        Ok(Self { handle, thread: Some(thread) })
    }

    /// The way to it.
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Ends the loop after what it is doing, and waits for it.
    ///
    /// # Errors
    /// When the loop had already ended because of its database.
    pub fn stop(mut self) -> Result<(), StoreError> {
        let _ = self.handle.words.send(Word::Stop);
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(ended)) => ended,
            _ => Ok(()),
        }
    }
}

/// What the codes of this site's tickets are made with lies beside the database; whoever runs several terminals gives all of
/// them the same file.
fn with_ticket_key(settings: Settings, data: &Path) -> Result<Settings, StoreError> {
    let path = data.join("ticket.key");
    let bytes = secret::read_or_make(&path).map_err(|error| StoreError::Folder(path, error))?;
    Ok(Settings { ticket_key: Some(TicketKey::new(&bytes)), ..settings })
}

/// The loop and what it reaches.
struct Rig {
    terminal: Option<Terminal>,
    settings: Settings,
    data: PathBuf,
    network: Network,
    rack: Rack,
    photos: Sender<PhotoOrder>,
    words: Sender<Word>,
    screen: Box<dyn Screen>,
    guard_disk: bool,
    recorder: Option<Recorder>,
    running: Stopwatch,
    watch: ClockWatch,
    disk_looked: Option<Stopwatch>,
}

impl Rig {
    fn run(mut self, inbox: &Receiver<Word>) -> Result<(), StoreError> {
        self.begin()?;
        if self.guard_disk
            && let Err(error) = guard::lay_ballast(&self.data)
        {
            tracing::warn!(%error, "no room for the ballast");
        }
        loop {
            self.look_around()?;
            self.keep_log_short()?;
            match inbox.recv_timeout(self.nap()) {
                Ok(Word::Input(input)) => self.take(input)?,
                Ok(Word::Replied { message, n, reply, input }) => {
                    if let Some(terminal) = &mut self.terminal {
                        terminal.keep_reply(message, n, reply);
                    }
                    self.take(input)?;
                }
                Ok(Word::Stop) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => self.idle()?,
            }
        }
    }

    /// Says that the program runs, and what happened to the clock meanwhile.
    fn begin(&mut self) -> Result<(), StoreError> {
        let last = self.terminal.as_ref().map_or(Ok(None), |terminal| terminal.store().last_instant())?;
        self.take(Input::Started { version: env!("CARGO_PKG_VERSION").to_owned() })?;
        match last.and_then(|last| ClockWatch::set_back(clock::now(), last)) {
            Some(by_s) => self.take(Input::ClockStepped { by_s }),
            None => Ok(()),
        }
    }

    /// How long nothing will happen by itself.
    fn nap(&self) -> Duration {
        let now = clock::now();
        let wake = self.terminal.as_ref().and_then(|terminal| terminal.next_wake(now));
        let until = wake.map_or(PULSE, |wake| {
            let ms = wake.utc.as_millisecond() - now.utc.as_millisecond();
            Duration::from_millis(u64::try_from(ms).unwrap_or_default() + 1)
        });
        until.min(if self.log_is_long() { IDLE } else { PULSE })
    }

    fn log_is_long(&self) -> bool {
        self.terminal.as_ref().is_some_and(|terminal| terminal.store().commits_since_checkpoint() > 0)
    }

    fn idle(&mut self) -> Result<(), StoreError> {
        if let Some(left) = self.terminal.as_mut().map(|terminal| terminal.tidy(clock::now())) {
            self.log_moved(left)?;
        }
        self.take(Input::Tick)
    }

    /// Nobody waits while the loop is idle, so that is when the log is moved; but it may not be idle for hours.
    fn keep_log_short(&mut self) -> Result<(), StoreError> {
        let long =
            |terminal: &&mut Terminal| terminal.store().commits_since_checkpoint() >= COMMITS_UNMOVED_MAX;
        match self.terminal.as_mut().filter(long).map(Terminal::move_log) {
            Some(left) => self.log_moved(left),
            None => Ok(()),
        }
    }

    fn log_moved(&mut self, left: Result<i64, StoreError>) -> Result<(), StoreError> {
        match left {
            Ok(pages) if pages > LOG_PAGES_MAX => {
                tracing::warn!(pages, "the write-ahead log cannot be moved: is the disk failing?");
                Ok(())
            }
            Ok(_) => Ok(()),
            // Tidying is a commit like any other: a disk that has no room for it must not end the loop.
            Err(error) => self.failed(error),
        }
    }

    /// What nobody reports by itself: the clock and the disk.
    fn look_around(&mut self) -> Result<(), StoreError> {
        if let Some(by_s) = self.watch.stepped(clock::now(), self.running.elapsed()) {
            self.take(Input::ClockStepped { by_s })?;
        }
        let due = self.disk_looked.is_none_or(|looked| looked.elapsed() >= DISK_LOOK);
        if self.guard_disk && due {
            self.look_at_disk(true)?;
        }
        Ok(())
    }

    fn look_at_disk(&mut self, write: bool) -> Result<(), StoreError> {
        self.disk_looked = Some(Stopwatch::start());
        let free_bytes = guard::free_bytes(&self.data).unwrap_or(u64::MAX);
        let writable = !write || guard::is_writable(&self.data);
        self.take_quietly(Input::Device(DeviceInput::DiskSeen { free_bytes, writable }))
    }

    fn take(&mut self, input: Input) -> Result<(), StoreError> {
        let takes_money = matches!(input, Input::Pay { .. } | Input::OpenVisit(_));
        if takes_money && self.guard_disk {
            self.look_at_disk(false)?;
        }
        self.take_quietly(input)?;
        self.show();
        Ok(())
    }

    fn take_quietly(&mut self, input: Input) -> Result<(), StoreError> {
        let stamped = Stamped { at: clock::now(), chance: clock::chance(), input };
        if let Some(recorder) = &mut self.recorder {
            recorder.record(&stamped);
        }
        let Some(terminal) = &mut self.terminal else { return Ok(()) };
        match terminal.step(&stamped) {
            Ok(effects) => effects.into_iter().try_for_each(|effect| self.cause(effect)),
            Err(error) => self.failed(error),
        }
    }

    /// A commit that failed. Full or read-only: nothing was written, the person is told and the ballast makes room. Worse:
    /// the database is opened again and says what it has.
    fn failed(&mut self, error: StoreError) -> Result<(), StoreError> {
        tracing::error!(error = &error as &dyn std::error::Error, "a commit failed");
        match error {
            StoreError::DiskFull | StoreError::ReadOnly => {
                guard::drop_ballast(&self.data);
                self.screen.tell(Notice::Refused(super::refusal::Refusal::Disk));
                self.take_quietly(Input::Device(DeviceInput::DiskSeen { free_bytes: 0, writable: false }))
            }
            _ => self.reopen(),
        }
    }

    fn reopen(&mut self) -> Result<(), StoreError> {
        drop(self.terminal.take());
        let store = Store::open(&self.data, &self.settings.terminal)?;
        self.terminal = Some(Terminal::new(self.settings.clone(), store)?);
        self.take_quietly(Input::Started { version: env!("CARGO_PKG_VERSION").to_owned() })
    }

    fn cause(&mut self, effect: Effect) -> Result<(), StoreError> {
        match effect {
            Effect::Tell(notice) => self.screen.tell(notice),
            Effect::Exchange { message, n, kind, request } => {
                self.network.exchange(message, n, kind, request)
            }
            Effect::LookUp { message, sought } => self.network.look_up(message, sought),
            Effect::List { wanted } => self.network.list(wanted),
            Effect::Print { job, paper } => self.print(job, &paper)?,
            Effect::OpenDrawer => self.rack.order(PrintOrder::Drawer),
            Effect::Attach { device, address } => {
                self.rack.attach(&device, address.as_ref().map(Text::as_str));
            }
            Effect::FindDevices => self.rack.find(),
            Effect::FindLogos => logos::find(&self.data, &self.words),
            Effect::ReadLogo { file, by } => logos::read(&self.data, file, by, &self.words),
            Effect::Weigh { on } => self.rack.weigh(on),
            Effect::ShowCustomer { upper, lower } => self.rack.show_customer(&upper, &lower),
            Effect::ChargeCard { charge } => self.rack.charge(charge),
            Effect::AskCard { charge } => {
                self.rack.card().into_iter().for_each(|card| card.ask(charge.clone()))
            }
            Effect::CancelCard => self.rack.card().into_iter().for_each(CardThread::cancel),
            Effect::SetCardAside { session } => {
                self.rack.card().into_iter().for_each(|card| card.set_aside(session));
            }
            Effect::OpenBarrier { device } => self.rack.open_barrier(&device),
            Effect::KeepPhoto { photo, chain, kind, from } => self.keep_photo(photo, chain, kind, &from),
            Effect::TakePhoto { photo, visit, chain, camera, shot } => {
                let wanted = Wanted { photo, visit, chain, shot };
                let cameras = self.rack.cameras().clone();
                photos::take(cameras, camera, self.photos.clone(), self.words.clone(), wanted);
            }
            Effect::DeletePhotos { photos } => self.order_photos(PhotoOrder::Delete(photos)),
            Effect::Issue { document } => {
                let (name, qr) = (issuer::simulator::name(&document), Some(issuer::simulator::qr(&document)));
                self.take_quietly(Input::Document(DocumentInput::Reported {
                    document: document.id,
                    name,
                    qr,
                }))?;
            }
            Effect::TellDocument { document, n, telling } => {
                self.network.tell_document(document, n, *telling);
            }
            Effect::LookUpDocument { document, n, asking } => {
                self.network.look_up_document(document, n, *asking);
            }
            Effect::AskRegister { register, number } => self.network.ask_register(register, number),
            Effect::Ask(_) => {}
        }
        Ok(())
    }

    /// Keeps a picture that is still at hand.
    fn keep_photo(&self, photo: PhotoId, chain: VisitId, kind: PhotoKind, from: &PhotoSource) {
        let pictures = match from {
            PhotoSource::Sighting(car) => self.rack.sightings().pictures(*car),
        };
        let jpeg = pictures.and_then(|pictures| match kind {
            PhotoKind::Vehicle => pictures.vehicle,
            PhotoKind::Plate => pictures.plate,
            // Those a person takes.
            PhotoKind::Condition => None,
        });
        if let Some(jpeg) = jpeg {
            self.order_photos(PhotoOrder::Keep { photo, chain, kind, at: clock::now(), jpeg });
        }
    }

    fn order_photos(&self, order: PhotoOrder) {
        if self.photos.send(order).is_err() {
            tracing::error!("the thread of the photos has stopped");
        }
    }

    fn print(&self, job: JobId, paper: &Paper) -> Result<(), StoreError> {
        let Some(terminal) = &self.terminal else { return Ok(()) };
        if matches!(paper, Paper::GreekPages { .. }) {
            self.rack.order(PrintOrder::Pages { job });
            return Ok(());
        }
        let columns = self.rack.profile().now().columns;
        let sheet = compose(terminal.store().connection(), &self.settings, paper, columns)?;
        if let Some(sheet) = sheet {
            self.rack.order(PrintOrder::Sheet { job, sheet });
        }
        Ok(())
    }

    fn show(&self) {
        if let Some(terminal) = &self.terminal {
            let snapshot = Snapshot { state: terminal.state().clone(), at: clock::now() };
            self.screen.show(Arc::new(snapshot));
        }
    }
}
