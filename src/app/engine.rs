//! The terminal at work: its loop on a thread of its own, with real devices, a real network and the real clock around it.
//!
//! ```text
//!  screen ──Handle──▶ ┌────────────┐ ──Effect──▶ printer thread
//!  printer thread ──▶ │ loop thread│ ──Effect──▶ network tasks (at most four)
//!  network tasks ───▶ │ (Terminal) │ ──Snapshot─▶ screen
//!                     └────────────┘   reader thread ◀──Query── screen
//! ```
//! Nothing here decides anything. What fails outside comes back as an input like everything else.

use super::clock::{self, ClockWatch, Stopwatch};
use super::effect::{Effect, Notice};
use super::input::{Input, Stamped};
use super::state::State;
use super::terminal::Terminal;
use crate::aade::transport::{HttpRequest, Transport};
use crate::aade::worker;
use crate::domain::difference::PageWanted;
use crate::domain::document::Document;
use crate::domain::entry::{MessageKind, Sought};
use crate::domain::ids::{DocumentId, JobId, MessageId, VisitId};
use crate::domain::paper::{Paper, PrintOutcome, PrinterTrouble};
use crate::domain::plate::Plate;
use crate::domain::settings::Settings;
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use crate::issuer;
use crate::paper::{self, Facts};
use crate::store::query::{self, Exceptions, KnownVehicle};
use crate::store::{Store, StoreError, guard, open_reader};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tameio_drivers::printer::{Fault, JobOutcome, PaperLevel, Printer, Profile, Sheet, Status, encode};

pub use crate::paper::picture::PaperPicture;

/// The longest the loop sleeps: the snapshot on the screen is never older than this.
const PULSE: Duration = Duration::from_secs(20);
/// The loop has nothing to do for this long: time to move the write-ahead log.
const IDLE: Duration = Duration::from_millis(400);
/// Commits after which the write-ahead log is moved though the loop is never idle, as while a long outbox drains: some
/// megabytes, moved within milliseconds.
const COMMITS_UNMOVED_MAX: u64 = 64;
/// How often the disk is looked at.
const DISK_LOOK: Duration = Duration::from_secs(30);
/// How often an idle printer is asked how it is.
const PRINTER_LOOK: Duration = Duration::from_secs(4);
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

/// A question about the archive.
#[derive(Debug, Clone)]
pub enum Query {
    /// Visits whose plate contains a fragment, newest first.
    Search {
        /// As typed.
        fragment: String,
    },
    /// What is remembered of a vehicle.
    Vehicle {
        /// Its plate.
        plate: Plate,
    },
    /// What a person must look at.
    Exceptions,
    /// One document.
    Document {
        /// Which.
        id: DocumentId,
    },
    /// The documents of a visit.
    DocumentsOf {
        /// Which.
        visit: VisitId,
    },
    /// One visit, open or not.
    Visit {
        /// Which.
        id: VisitId,
    },
    /// Several visits, open or not.
    Visits {
        /// Which.
        ids: Vec<VisitId>,
    },
    /// Visits settled by a contract that wait for their document.
    AwaitingDocument,
    /// What a paper looks like.
    PaperPicture {
        /// Which.
        paper: Paper,
    },
}

/// The answer to a [`Query`].
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "one answer at a time, moved once")]
pub enum QueryAnswer {
    /// To a search, to several visits, and to those that wait for their document.
    Visits(Vec<Visit>),
    /// To a vehicle.
    Vehicle(Option<KnownVehicle>),
    /// To the exceptions.
    Exceptions(Exceptions),
    /// To a document.
    Document(Option<Document>),
    /// To the documents of a visit.
    Documents(Vec<Document>),
    /// To a visit.
    Visit(Option<Visit>),
    /// To a picture.
    Picture(Option<PaperPicture>),
    /// The archive could not be read.
    Failed(String),
}

type Reply = Box<dyn FnOnce(QueryAnswer) + Send>;

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
}

impl Handle {
    /// Something happened.
    pub fn send(&self, input: Input) {
        if self.words.send(Word::Input(input)).is_err() {
            tracing::warn!("the engine has stopped; an input was not taken");
        }
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
    /// The printer; without one papers wait.
    pub printer: Option<Box<dyn Printer>>,
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
        let reader = open_reader(&parts.data)?;
        let terminal = Terminal::new(parts.settings.clone(), store)?;
        let (words, inbox) = mpsc::channel();
        let (queries, questions) = mpsc::channel();
        let handle = Handle { words: words.clone(), queries };
        let profile =
            parts.printer.as_ref().map_or_else(Profile::generic, |printer| printer.profile().clone());
        let print = spawn_printer(parts.printer, words.clone());
        spawn_reader(reader, parts.settings.clone(), profile.clone(), questions);
        let rig = Rig {
            terminal: Some(terminal),
            settings: parts.settings,
            data: parts.data,
            network: Network::new(parts.transport, words),
            print,
            columns: profile.columns,
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

/// The loop and what it reaches.
struct Rig {
    terminal: Option<Terminal>,
    settings: Settings,
    data: PathBuf,
    network: Network,
    print: Sender<PrintOrder>,
    columns: usize,
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
        self.take_quietly(Input::DiskSeen { free_bytes, writable })
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
                self.take_quietly(Input::DiskSeen { free_bytes: 0, writable: false })
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
            Effect::OpenDrawer => self.order(PrintOrder::Drawer),
            Effect::Issue { document } => {
                let (name, qr) = (issuer::simulator::name(&document), Some(issuer::simulator::qr(&document)));
                self.take_quietly(Input::DocumentReported { document: document.id, name, qr })?;
            }
            Effect::Ask(_) => {}
        }
        Ok(())
    }

    fn print(&self, job: JobId, paper: &Paper) -> Result<(), StoreError> {
        let Some(terminal) = &self.terminal else { return Ok(()) };
        let sheet = compose(terminal.store().connection(), &self.settings, paper, self.columns)?;
        if let Some(sheet) = sheet {
            self.order(PrintOrder::Sheet { job, sheet });
        }
        Ok(())
    }

    fn order(&self, order: PrintOrder) {
        if self.print.send(order).is_err() {
            tracing::error!("the printer's thread has stopped");
        }
    }

    fn show(&self) {
        if let Some(terminal) = &self.terminal {
            let snapshot = Snapshot { state: terminal.state().clone(), at: clock::now() };
            self.screen.show(Arc::new(snapshot));
        }
    }
}

/// A paper from stored facts; nothing when they are not there.
///
/// # Errors
/// When the archive cannot be read.
pub fn compose(
    conn: &Connection,
    settings: &Settings,
    paper: &Paper,
    columns: usize,
) -> Result<Option<Sheet>, StoreError> {
    Ok(match paper {
        Paper::Ticket { visit } => {
            query::visit(conn, *visit)?.map(|visit| paper::sheet(settings, Facts::Ticket(&visit), columns))
        }
        Paper::Inside { at } => {
            let visits = query::inside(conn)?;
            Some(paper::sheet(settings, Facts::Inside { visits: &visits, at: *at }, columns))
        }
        Paper::Slip { document, copy } => query::document(conn, *document)?.map(|document| {
            paper::sheet(settings, Facts::Slip { document: &document, copy: *copy }, columns)
        }),
        Paper::Receipt { document, copy } => query::document(conn, *document)?.map(|document| {
            paper::sheet(settings, Facts::Receipt { document: &document, copy: *copy }, columns)
        }),
    })
}

/// The registry, reached by tasks that report back.
struct Network {
    runtime: Option<tokio::runtime::Runtime>,
    transport: Arc<dyn Transport>,
    words: Sender<Word>,
}

impl Network {
    fn new(transport: Arc<dyn Transport>, words: Sender<Word>) -> Self {
        let built = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        if let Err(error) = &built {
            tracing::error!(%error, "no thread for the network: AADE cannot be reached until a restart");
        }
        Self { runtime: built.ok(), transport, words }
    }

    fn exchange(&self, message: MessageId, n: u32, kind: MessageKind, request: HttpRequest) {
        let (transport, words) = (Arc::clone(&self.transport), self.words.clone());
        self.spawn(async move {
            let tried = worker::exchange(&*transport, kind, request).await;
            let input = Input::Exchanged { message, n, heard: tried.heard };
            let _ = words.send(Word::Replied { message, n, reply: tried.reply, input });
        });
    }

    fn look_up(&self, message: MessageId, sought: Sought) {
        let (transport, words) = (Arc::clone(&self.transport), self.words.clone());
        self.spawn(async move {
            let found = worker::look_up(&*transport, &sought).await;
            let _ = words.send(Word::Input(Input::LookedUp { message, found }));
        });
    }

    fn list(&self, wanted: PageWanted) {
        let (transport, words) = (Arc::clone(&self.transport), self.words.clone());
        self.spawn(async move {
            let input = match worker::list(&*transport, &wanted).await {
                Ok(page) => Input::Listed { wanted, page },
                Err(why) => Input::ListingFailed { wanted, why },
            };
            let _ = words.send(Word::Input(input));
        });
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        if let Some(runtime) = &self.runtime {
            runtime.spawn(task);
        }
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

enum PrintOrder {
    Sheet { job: JobId, sheet: Sheet },
    Drawer,
}

fn spawn_printer(printer: Option<Box<dyn Printer>>, words: Sender<Word>) -> Sender<PrintOrder> {
    let (orders, inbox) = mpsc::channel();
    thread::spawn(move || print_loop(printer, &inbox, &words));
    orders
}

fn print_loop(mut printer: Option<Box<dyn Printer>>, orders: &Receiver<PrintOrder>, words: &Sender<Word>) {
    let mut seen = None;
    let mut half_printed = false;
    let report = |input| words.send(Word::Input(input)).is_ok();
    loop {
        let goes_on = match orders.recv_timeout(PRINTER_LOOK) {
            Ok(PrintOrder::Sheet { job, sheet }) => {
                if half_printed && let Some(printer) = &mut printer {
                    // What the printer still holds of a broken paper must not come out before the whole one.
                    let _ = printer.discard();
                }
                let outcome = print_one(&mut printer, &sheet);
                half_printed = matches!(outcome, PrintOutcome::Interrupted { .. } | PrintOutcome::Unknown);
                if matches!(outcome, PrintOutcome::Interrupted { .. })
                    && let Some(printer) = &mut printer
                {
                    // With a new roll it would finish by itself what it holds, and the whole paper would come out as well.
                    let _ = printer.discard();
                }
                report(Input::PaperReported { job, outcome })
            }
            Ok(PrintOrder::Drawer) => report(Input::DrawerReported { opened: open_one(&mut printer) }),
            Err(RecvTimeoutError::Timeout) => true,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let now = look(&mut printer);
        let changed = seen.as_ref() != Some(&now);
        if !goes_on || (changed && !report(Input::PrinterSeen { trouble: now.0.clone(), near_end: now.1 })) {
            return;
        }
        seen = Some(now);
    }
}

fn print_one(printer: &mut Option<Box<dyn Printer>>, sheet: &Sheet) -> PrintOutcome {
    let Some(printer) = printer else { return PrintOutcome::NotStarted { trouble: PrinterTrouble::Gone } };
    match encode(sheet, printer.profile()) {
        Ok(job) => outcome(printer.print(&job)),
        Err(error) => PrintOutcome::NotStarted {
            trouble: PrinterTrouble::Other { text: Text::new(&error.to_string()) },
        },
    }
}

fn open_one(printer: &mut Option<Box<dyn Printer>>) -> bool {
    printer.as_mut().is_some_and(|printer| {
        matches!(printer.open_drawer(), JobOutcome::Confirmed | JobOutcome::SentUnconfirmed)
    })
}

/// What keeps the printer from printing, and whether the roll is near its end.
fn look(printer: &mut Option<Box<dyn Printer>>) -> (Option<PrinterTrouble>, bool) {
    match printer.as_mut().map(|printer| printer.status()) {
        None => (Some(PrinterTrouble::Gone), false),
        Some(Err(fault)) => (Some(trouble(&fault)), false),
        Some(Ok(status)) => (status.fault().map(|fault| trouble(&fault)), is_near_end(&status)),
    }
}

fn is_near_end(status: &Status) -> bool {
    status.paper == Some(PaperLevel::Low)
}

/// A driver's outcome in the words of the domain.
pub fn outcome(outcome: JobOutcome) -> PrintOutcome {
    match outcome {
        JobOutcome::Confirmed => PrintOutcome::Confirmed,
        JobOutcome::SentUnconfirmed => PrintOutcome::Unconfirmed,
        JobOutcome::Interrupted { cause, line, .. } => {
            let line = line.and_then(|line| u32::try_from(line).ok());
            PrintOutcome::Interrupted { trouble: trouble(&cause), line }
        }
        JobOutcome::Unknown => PrintOutcome::Unknown,
        JobOutcome::NotStarted { cause } => PrintOutcome::NotStarted { trouble: trouble(&cause) },
    }
}

/// A driver's fault in the words of the domain.
pub fn trouble(fault: &Fault) -> PrinterTrouble {
    match fault {
        Fault::PaperOut => PrinterTrouble::PaperOut,
        Fault::CoverOpen => PrinterTrouble::CoverOpen,
        Fault::CutterJam => PrinterTrouble::Cutter,
        Fault::Permission => PrinterTrouble::Permission,
        Fault::Timeout | Fault::Disconnected | Fault::NotFound => PrinterTrouble::Gone,
        other => PrinterTrouble::Other { text: Text::new(&other.to_string()) },
    }
}

fn spawn_reader(conn: Connection, settings: Settings, profile: Profile, questions: Receiver<(Query, Reply)>) {
    thread::spawn(move || {
        for (query, reply) in questions {
            let answer = answer(&conn, &settings, &profile, query);
            reply(answer.unwrap_or_else(|error| QueryAnswer::Failed(error.to_string())));
        }
    });
}

fn answer(
    conn: &Connection,
    settings: &Settings,
    profile: &Profile,
    asked: Query,
) -> Result<QueryAnswer, StoreError> {
    Ok(match asked {
        Query::Search { fragment } => QueryAnswer::Visits(query::search(conn, &fragment)?),
        Query::Vehicle { plate } => QueryAnswer::Vehicle(query::vehicle(conn, &plate)?),
        Query::Exceptions => QueryAnswer::Exceptions(query::exceptions(conn)?),
        Query::Document { id } => QueryAnswer::Document(query::document(conn, id)?),
        Query::DocumentsOf { visit } => QueryAnswer::Documents(query::documents_of(conn, visit)?),
        Query::Visit { id } => QueryAnswer::Visit(query::visit(conn, id)?),
        Query::Visits { ids } => QueryAnswer::Visits(query::visits(conn, &ids)?),
        Query::AwaitingDocument => QueryAnswer::Visits(query::awaiting_document(conn)?),
        Query::PaperPicture { paper } => QueryAnswer::Picture(
            compose(conn, settings, &paper, profile.columns)?
                .and_then(|sheet| paper::picture::picture(&sheet, profile).ok()),
        ),
    })
}

/// Appends inputs to a file a day, for bug reports. Losing the last lines in a power cut is accepted: the journal is the
/// record that counts.
struct Recorder {
    folder: PathBuf,
    day: jiff::civil::Date,
    file: std::fs::File,
}

impl Recorder {
    fn open(folder: PathBuf) -> Option<Self> {
        let day = clock::now().date();
        match Self::file(&folder, day) {
            Ok(file) => Some(Self { folder, day, file }),
            Err(error) => {
                tracing::warn!(%error, "inputs are not recorded");
                None
            }
        }
    }

    fn file(folder: &Path, day: jiff::civil::Date) -> std::io::Result<std::fs::File> {
        std::fs::create_dir_all(folder)?;
        std::fs::OpenOptions::new().create(true).append(true).open(folder.join(format!("{day}.jsonl")))
    }

    fn record(&mut self, stamped: &Stamped) {
        use std::io::Write;
        let today = stamped.at.date();
        if today != self.day
            && let Ok(file) = Self::file(&self.folder, today)
        {
            (self.day, self.file) = (today, file);
        }
        let written = serde_json::to_string(stamped).map(|line| writeln!(self.file, "{line}"));
        if !matches!(written, Ok(Ok(()))) {
            tracing::warn!("an input was not recorded");
        }
    }
}
