//! A terminal with everything around it simulated, stepped by hand. Time moves only when it is told to; an answer that
//! takes two seconds arrives two simulated seconds later.

use crate::aade::credentials::Credentials;
use crate::aade::simulator::clockwork::Clockwork;
use crate::aade::simulator::in_process::{InProcess, Shared};
use crate::aade::simulator::store::StoreError as RegistryError;
use crate::aade::simulator::{FaultScript, Options, Service, Simulator};
use crate::aade::transport::{Carrier, Exchange, Header, HttpReply, HttpRequest, Transport, TransportError};
use crate::aade::worker;
use crate::app::effect::{Effect, Notice};
use crate::app::engine;
use crate::app::input::{
    CameraInput, CardInput, CounterpartyInput, DeviceInput, DocumentInput, Input, PaperInput, RegistryInput,
    Stamped, TillInput,
};
use crate::app::state::State;
use crate::app::terminal::Terminal;
use crate::domain::card::{CardApproval, CardOutcome};
use crate::domain::device::{BarrierOpening, Condition, DeviceId};
use crate::domain::document::Document;
use crate::domain::ids::{IdSource, JobId, MessageId};
use crate::domain::issuing::{AtIssuer, News};
use crate::domain::paper::{Paper, PrintOutcome};
use crate::domain::photo::PhotoMiss;
use crate::domain::settings::{IssuerKind, Settings};
use crate::domain::text::Text;
use crate::domain::ticket::TicketKey;
use crate::domain::time::Stamp;
use crate::issuer;
use crate::lookup;
use crate::lookup::services::Services;
use crate::mydata;
use crate::provider;
use crate::provider::auth::Auth;
use crate::provider::transport::Way;
use crate::store::photos::Photos;
use crate::store::{Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};
use tameio_drivers::camera::{SimCamera, Size};
use tameio_drivers::printer::{EscPosPrinter, PageFinder, Printer, Profile, SimPrinter, encode};

/// How long an undisturbed request to the simulated registry takes.
const LATENCY_MS: i64 = 200;

/// Why a site cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The terminal's database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The simulated registry's file.
    #[error("the simulated registry's file cannot be used")]
    Registry(#[from] RegistryError),
    /// A paper or a note could not be written.
    #[error("{0} cannot be written")]
    File(PathBuf, #[source] std::io::Error),
}

/// A terminal and everything around it.
pub struct Site {
    folder: PathBuf,
    terminal: Terminal,
    registry: Shared,
    line: Line,
    mydata: Shared<mydata::simulator::Simulator>,
    mydata_line: Line<mydata::simulator::Simulator>,
    registers: Shared<lookup::simulator::Simulator>,
    registers_line: Arc<Line<lookup::simulator::Simulator>>,
    look_up: Services,
    provider: Shared<provider::simulator::Simulator>,
    provider_line: Way<Line<provider::simulator::Simulator>>,
    printer: SimPrinter,
    profile: Profile,
    papers: Option<PathBuf>,
    clock: SimClock,
    chance: IdSource,
    coming: BTreeMap<(Stamp, u64), Input>,
    order: u64,
    notices: Vec<Notice>,
    last_print: BTreeMap<JobId, PrintOutcome>,
    customer: Option<(String, String)>,
    card: Option<CardOutcome>,
}

/// The size of its photographs.
const PHOTO: Size = Size::new(320, 180);
/// The same in every simulated site: the same seed prints the same tickets.
const TICKET_KEY: &[u8] = b"the key of all simulated sites";

/// What a site is made of.
#[derive(Debug, Clone)]
pub struct SiteOptions {
    /// Where the terminal's database and the registry's file are kept; what is there is taken up again.
    pub folder: PathBuf,
    /// What the owner decided.
    pub settings: Settings,
    /// Where chance begins.
    pub seed: u64,
    /// The instant it starts at; later, where the database is further already.
    pub start: Stamp,
    /// How the registry behaves.
    pub registry: Options,
    /// How myDATA behaves.
    pub mydata: mydata::simulator::Options,
    /// The printer.
    pub profile: Profile,
    /// Where every paper is written as `.txt` and `.png`.
    pub papers: Option<PathBuf>,
}

impl Site {
    /// Opens what is in the folder, or begins anew.
    ///
    /// # Errors
    /// When a database or a folder cannot be used.
    pub fn open(options: SiteOptions) -> Result<Self, SiteError> {
        let settings = Settings { ticket_key: Some(TicketKey::new(TICKET_KEY)), ..options.settings };
        let store = Store::open(&options.folder.join("terminal"), &settings.terminal)?;
        let started = store.last_instant()?.map_or(options.start, |last| last.max(options.start));
        let clock = SimClock::at(started);
        // Chance must not come back after a restart at the same instant: ids are made of both.
        let seed = options.seed ^ store.last_seq().unsigned_abs().rotate_left(32);
        let simulator = Simulator::open(options.registry, &options.folder.join("registry.db"))?;
        let registry = Shared::new(simulator);
        let options_behind = options.mydata.clone();
        let simulator =
            mydata::simulator::Simulator::open(options.mydata, &options.folder.join("mydata.db"))?;
        let mydata = Shared::new(simulator);
        let registers = Shared::new(lookup::simulator::Simulator::default());
        let registers_line = Arc::new(Line::new(&registers, &clock));
        let to = || Arc::clone(&registers_line) as Arc<dyn Transport>;
        let look_up = Services::default().with_vies(to()).with_registry(to(), Credentials::demo());
        let family = settings.provider.family;
        let simulator = provider::simulator::Simulator::open(
            family,
            provider::simulator::Options {
                signs_cards: settings.provider.signs_cards,
                books: options_behind,
                ..provider::simulator::Options::default()
            },
            &options.folder.join("provider.db"),
        )?;
        let provider = Shared::new(simulator);
        if let Some(folder) = &options.papers {
            std::fs::create_dir_all(folder).map_err(|e| SiteError::File(folder.clone(), e))?;
        }
        let mut site = Self {
            provider_line: Way::new(
                Line::new(&provider, &clock),
                Auth::usual(family),
                Credentials::demo(),
                settings.provider.key_header.clone(),
            ),
            provider,
            terminal: Terminal::new(settings, store)?,
            line: Line::new(&registry, &clock),
            registry,
            mydata_line: Line::new(&mydata, &clock),
            mydata,
            registers,
            registers_line,
            look_up,
            printer: SimPrinter::new(options.profile.clone()),
            profile: options.profile,
            papers: options.papers,
            chance: IdSource::new(0, seed ^ started.utc.as_millisecond().unsigned_abs()),
            clock,
            coming: BTreeMap::new(),
            order: 0,
            notices: Vec::new(),
            last_print: BTreeMap::new(),
            customer: None,
            card: None,
            folder: options.folder,
        };
        site.act(Input::Started { version: env!("CARGO_PKG_VERSION").to_owned() })?;
        site.attach_barriers()?;
        Ok(site)
    }

    /// The barriers that the settings name are there.
    fn attach_barriers(&mut self) -> Result<(), SiteError> {
        let parking = &self.terminal.settings().parking;
        let named = [parking.entry_barrier.clone(), parking.exit_barrier.clone()];
        for device in named.into_iter().flatten() {
            self.act(Input::Device(DeviceInput::Attached {
                device: device.clone(),
                address: Text::new("sim:"),
            }))?;
            self.act(Input::Device(DeviceInput::Seen { device, condition: Condition::Ready }))?;
        }
        Ok(())
    }

    /// The folder it lives in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Now, as everything here sees it.
    pub fn now(&self) -> Stamp {
        self.clock.now()
    }

    /// The terminal's open world.
    pub const fn state(&self) -> &State {
        self.terminal.state()
    }

    /// The terminal.
    pub const fn terminal(&self) -> &Terminal {
        &self.terminal
    }

    /// The simulated registry.
    pub const fn registry(&self) -> &Shared {
        &self.registry
    }

    /// The simulated myDATA.
    pub const fn mydata(&self) -> &Shared<mydata::simulator::Simulator> {
        &self.mydata
    }

    /// The simulated provider.
    pub const fn provider(&self) -> &Shared<provider::simulator::Simulator> {
        &self.provider
    }

    /// Takes the way to whoever issues documents away, or gives it back.
    pub fn set_issuer_network(&self, up: bool) {
        self.mydata_line.up.store(up, Ordering::Relaxed);
        self.provider_line.carrier().up.store(up, Ordering::Relaxed);
    }

    fn issuer_line(&self) -> &dyn Transport {
        match self.terminal.settings().issuer {
            IssuerKind::Provider => &self.provider_line,
            _ => &self.mydata_line,
        }
    }

    fn issuer_delay(&self) -> i64 {
        self.mydata_line.take_delay() + self.provider_line.carrier().take_delay()
    }

    /// The simulated printer.
    pub const fn printer(&self) -> &SimPrinter {
        &self.printer
    }

    /// Plays a script of faults at the registry.
    pub fn set_faults(&self, script: FaultScript) {
        self.registry.with(|simulator| simulator.set_faults(script));
    }

    /// Takes the network away, or gives it back: without it no request leaves.
    pub fn set_network(&self, up: bool) {
        self.line.up.store(up, Ordering::Relaxed);
        self.set_issuer_network(up);
        self.registers_line.up.store(up, Ordering::Relaxed);
    }

    /// The registers of tax numbers.
    pub const fn registers(&self) -> &Shared<lookup::simulator::Simulator> {
        &self.registers
    }

    /// Other codes for AADE's registry of businesses; nothing for a business that has none.
    pub fn set_register_codes(&mut self, codes: Option<Credentials>) {
        let to = || Arc::clone(&self.registers_line) as Arc<dyn Transport>;
        let vies = Services::default().with_vies(to());
        self.look_up = match codes {
            Some(codes) => vies.with_registry(to(), codes),
            None => vies,
        };
    }

    /// What was said to the person since the last look.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// How the latest try of a paper ended.
    pub fn print_outcome(&self, job: JobId) -> Option<&PrintOutcome> {
        self.last_print.get(&job)
    }

    /// Something happens now.
    ///
    /// # Errors
    /// When the terminal's database refuses.
    pub fn act(&mut self, input: Input) -> Result<(), SiteError> {
        let stamped = Stamped { at: self.now(), chance: self.chance.bits(), input };
        for effect in self.terminal.step(&stamped)? {
            self.cause(effect)?;
        }
        Ok(())
    }

    /// Lets time pass: what was under way arrives, and the outbox does what is due, each at its instant.
    ///
    /// # Errors
    /// When the terminal's database refuses.
    pub fn run_until(&mut self, until: Stamp) -> Result<(), SiteError> {
        while let Some(next) = self.next_happening().filter(|next| *next <= until) {
            self.clock.set(next.max(self.now()));
            let due = self.coming.first_key_value().filter(|((at, _), _)| *at <= next).map(|(key, _)| *key);
            match due.and_then(|key| self.coming.remove(&key)) {
                Some(input) => self.act(input)?,
                None => self.act(Input::Tick)?,
            }
        }
        self.clock.set(until.max(self.now()));
        Ok(())
    }

    /// Lets time pass by so much.
    ///
    /// # Errors
    /// When the terminal's database refuses.
    pub fn pass(&mut self, seconds: i64) -> Result<(), SiteError> {
        self.run_until(later(self.now(), seconds * 1000))
    }

    /// Lets time pass until the outbox has nothing left to send or ask, at most so long; says whether it got there.
    ///
    /// # Errors
    /// When the terminal's database refuses.
    pub fn drain(&mut self, most_seconds: i64) -> Result<bool, SiteError> {
        let limit = later(self.now(), most_seconds * 1000);
        while !self.is_drained() {
            match self.next_happening().filter(|next| *next <= limit) {
                Some(next) => self.run_until(next)?,
                None => return Ok(self.is_drained()),
            }
        }
        Ok(true)
    }

    /// Nothing is queued, in the air or unknown, and no document is on its way to myDATA.
    pub fn is_drained(&self) -> bool {
        let outbox = &self.state().outbox;
        let under_way = |document: &Document| document.at_issuer.as_ref().is_some_and(AtIssuer::is_under_way);
        outbox.queued + outbox.sending + outbox.unknown == 0 && !self.state().unnamed.values().any(under_way)
    }

    /// Ends the process as `kill -9` would, and starts it again on what is on the disk: what was under way is lost.
    ///
    /// # Errors
    /// When the database cannot be opened again.
    pub fn crash(self) -> Result<Self, SiteError> {
        let settings = self.terminal.settings().clone();
        self.crash_into(settings)
    }

    /// The same with other settings from then on; the ways to issuers stay those it was opened with.
    ///
    /// # Errors
    /// When the database cannot be opened again.
    pub fn crash_into(mut self, settings: Settings) -> Result<Self, SiteError> {
        let path = self.folder.join("terminal");
        let terminal_id = settings.terminal.clone();
        drop(self.terminal.into_store());
        self.terminal = Terminal::new(settings, Store::open(&path, &terminal_id)?)?;
        self.coming.clear();
        self.last_print.clear();
        self.act(Input::Started { version: env!("CARGO_PKG_VERSION").to_owned() })?;
        self.attach_barriers()?;
        Ok(self)
    }

    fn next_happening(&self) -> Option<Stamp> {
        let arriving = self.coming.first_key_value().map(|((at, _), _)| *at);
        let wake = self.terminal.next_wake(self.now());
        [arriving, wake].into_iter().flatten().min()
    }

    fn cause(&mut self, effect: Effect) -> Result<(), SiteError> {
        match effect {
            Effect::Tell(notice) => self.notices.push(notice),
            Effect::Exchange { message, n, kind, request } => {
                let tried = at_once(worker::exchange(&self.line, kind, request));
                self.terminal.keep_reply(message, n, tried.reply);
                self.line_input(Input::Registry(RegistryInput::Exchanged { message, n, heard: tried.heard }));
            }
            Effect::LookUp { message, sought } => {
                let found = at_once(worker::look_up(&self.line, &sought));
                self.line_input(Input::Registry(RegistryInput::LookedUp { message, found }));
            }
            Effect::List { wanted } => {
                let input = match at_once(worker::list(&self.line, &wanted)) {
                    Ok(page) => Input::Registry(RegistryInput::Listed { wanted, page }),
                    Err(why) => Input::Registry(RegistryInput::ListingFailed { wanted, why }),
                };
                self.line_input(input);
            }
            Effect::Print { job, paper } => self.print(job, &paper)?,
            Effect::OpenDrawer => {
                // A printer of its own for each pulse: real coils must cool between two, simulated ones need not.
                let mut drawer =
                    EscPosPrinter::new("drawer", self.profile.clone(), Box::new(self.printer.clone()));
                let opened =
                    !matches!(drawer.open_drawer(), tameio_drivers::printer::JobOutcome::NotStarted { .. });
                self.schedule(100, Input::Till(TillInput::DrawerReported { opened }));
            }
            Effect::Attach { device, address } => self.attach(device, address),
            Effect::OpenBarrier { device } => {
                self.schedule(
                    700,
                    Input::Device(DeviceInput::BarrierReported {
                        device,
                        opening: BarrierOpening::Confirmed,
                    }),
                );
            }
            // The customer's card is good.
            Effect::ChargeCard { charge } => {
                let approval = CardApproval { amount: charge.amount, ..CardApproval::default() };
                let outcome =
                    self.card.clone().unwrap_or(CardOutcome::Approved { approval: Box::new(approval) });
                self.schedule(4_000, Input::Card(CardInput::Reported { session: charge.session, outcome }));
            }
            Effect::AskCard { charge } => {
                let why = Text::new("the terminal says nothing");
                let outcome = self.card.clone().unwrap_or(CardOutcome::Unknown { why });
                self.schedule(1_000, Input::Card(CardInput::Reported { session: charge.session, outcome }));
            }
            Effect::CancelCard | Effect::SetCardAside { .. } => {}
            Effect::ShowCustomer { upper, lower } => self.customer = Some((upper, lower)),
            // Nobody arranges papers on a simulated day.
            Effect::FindLogos | Effect::ReadLogo { .. } => {}
            // Nothing is plugged in, and nobody weighs.
            Effect::FindDevices => {
                self.schedule(100, Input::Device(DeviceInput::Found { offers: Vec::new() }))
            }
            Effect::Weigh { .. } => {}
            Effect::KeepPhoto { photo, chain, kind, .. } => {
                let jpeg = SimCamera::default().picture(PHOTO);
                if let Ok(photo) = self.photos().keep(photo, chain, kind, self.now(), &jpeg) {
                    self.schedule(50, Input::Camera(CameraInput::PhotoKept { photo: Box::new(photo) }));
                }
            }
            Effect::TakePhoto { photo, visit, chain, shot, .. } => {
                let jpeg = SimCamera::default().picture(PHOTO);
                let kept = self.photos().keep_shot(photo, chain, shot, self.now(), &jpeg);
                let input = match kept {
                    Ok(photo) => CameraInput::PhotoKept { photo: Box::new(photo) },
                    Err(_) => CameraInput::PhotoMissed { visit, why: PhotoMiss::NotKept },
                };
                self.schedule(50, Input::Camera(input));
            }
            Effect::DeletePhotos { photos } => self.photos().delete(&photos),
            Effect::Issue { document } => {
                let (name, qr) = (issuer::simulator::name(&document), Some(issuer::simulator::qr(&document)));
                self.schedule(
                    300,
                    Input::Document(DocumentInput::Reported { document: document.id, name, qr }),
                );
            }
            Effect::TellDocument { document, n, telling } => {
                let tried = at_once(telling.send(self.issuer_line()));
                self.terminal.keep_reply(MessageId(document.0), n, tried.reply);
                let delay = self.issuer_delay();
                self.schedule(
                    delay,
                    Input::Document(DocumentInput::IssuerSaid { document, n, news: tried.heard }),
                );
            }
            Effect::LookUpDocument { document, n, asking } => {
                let found = at_once(asking.look_up(self.issuer_line()));
                let delay = self.issuer_delay();
                self.schedule(
                    delay,
                    Input::Document(DocumentInput::IssuerSaid { document, n, news: News::Found(found) }),
                );
            }
            Effect::AskRegister { register, number } => {
                let answer = at_once(self.look_up.ask(register, &number));
                let delay = self.registers_line.take_delay();
                let answered = CounterpartyInput::Answered { register, number, answer };
                self.schedule(delay, Input::Counterparty(answered));
            }
            Effect::Ask(_) => {}
        }
        Ok(())
    }

    /// Its photographs: whatever a camera has seen of a car, it looks the same here.
    pub fn photos(&self) -> Photos {
        Photos::beside(&self.folder.join("terminal"), 0)
    }

    /// A device of the site is there as soon as it is looked for.
    fn attach(&mut self, device: DeviceId, address: Option<Text>) {
        match address {
            Some(address) => {
                self.schedule(1, Input::Device(DeviceInput::Attached { device: device.clone(), address }));
                self.schedule(2, Input::Device(DeviceInput::Seen { device, condition: Condition::Ready }));
            }
            None => self.schedule(1, Input::Device(DeviceInput::Detached { device })),
        }
    }

    /// What the card terminal says from now on; nothing lets it approve what it is asked.
    pub fn set_card(&mut self, outcome: Option<CardOutcome>) {
        self.card = outcome;
    }

    /// The two lines the customer sees.
    pub fn customer(&self) -> Option<(&str, &str)> {
        self.customer.as_ref().map(|(upper, lower)| (upper.as_str(), lower.as_str()))
    }

    fn line_input(&mut self, input: Input) {
        let delay = self.line.take_delay();
        self.schedule(delay, input);
    }

    fn schedule(&mut self, delay_ms: i64, input: Input) {
        self.order += 1;
        self.coming.insert((later(self.now(), delay_ms), self.order), input);
    }

    fn print(&mut self, job: JobId, paper: &Paper) -> Result<(), SiteError> {
        let conn = self.terminal.store().connection();
        let sheet = engine::compose(conn, self.terminal.settings(), paper, self.profile.columns)?;
        let encoded = match paper {
            Paper::GreekPages { .. } => PageFinder::new(&self.profile).job().ok(),
            _ => sheet.and_then(|sheet| encode(&sheet, &self.profile).ok()),
        };
        let Some(encoded) = encoded else { return Ok(()) };
        let mut printer = EscPosPrinter::new("printer", self.profile.clone(), Box::new(self.printer.clone()));
        if self.last_print.contains_key(&job) {
            // A second try: what the printer kept of the first must not come out as well.
            let _ = printer.discard();
        }
        let outcome = engine::outcome(printer.print(&encoded));
        if outcome == PrintOutcome::Confirmed {
            self.keep_paper(job)?;
        } else if matches!(outcome, PrintOutcome::Interrupted { .. }) {
            // With a new roll it would finish by itself what it holds.
            let _ = printer.discard();
        }
        self.last_print.insert(job, outcome.clone());
        self.schedule(1_500, Input::Paper(PaperInput::Reported { job, outcome }));
        Ok(())
    }

    /// Writes the papers that came out; the file's name is the job's, so that somebody who looks finds it.
    fn keep_paper(&self, job: JobId) -> Result<(), SiteError> {
        let Some(folder) = &self.papers else { return Ok(()) };
        for paper in self.printer.take_papers() {
            let name = free_name(folder, job);
            write_whole(&name.with_extension("png"), &paper.png())?;
            write_whole(&name.with_extension("txt"), paper.text().as_bytes())?;
        }
        Ok(())
    }

    /// Whether a paper of this job lies there: what a person sees who looks.
    pub fn paper_lies_there(&self, job: JobId) -> bool {
        self.papers.as_ref().is_some_and(|folder| folder.join(format!("{job}.txt")).exists())
    }
}

/// The file of a job's paper; a second one of the same job gets a name that shows it.
fn free_name(folder: &Path, job: JobId) -> PathBuf {
    let first = folder.join(job.to_string());
    if first.with_extension("txt").exists() { folder.join(format!("{job}-again")) } else { first }
}

/// Writes a file so that it is there whole or not at all.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), SiteError> {
    let part = path.with_extension("part");
    std::fs::write(&part, bytes)
        .and_then(|()| std::fs::rename(&part, path))
        .map_err(|e| SiteError::File(path.to_owned(), e))
}

fn later(at: Stamp, ms: i64) -> Stamp {
    at.utc.checked_add(SignedDuration::from_millis(ms)).map_or(at, Stamp::new)
}

/// A clock everybody at the site shares.
#[derive(Debug, Clone)]
struct SimClock(Arc<AtomicI64>);

impl SimClock {
    fn at(start: Stamp) -> Self {
        Self(Arc::new(AtomicI64::new(start.utc.as_millisecond())))
    }

    fn now(&self) -> Stamp {
        Stamp::new(
            Timestamp::from_millisecond(self.0.load(Ordering::Relaxed)).unwrap_or(Timestamp::UNIX_EPOCH),
        )
    }

    fn set(&self, to: Stamp) {
        self.0.store(to.utc.as_millisecond(), Ordering::Relaxed);
    }
}

/// The way to AADE: answers at once, and adds up how long it would have taken.
struct Line<S = Simulator> {
    simulator: InProcess<S>,
    up: AtomicBool,
    delay_ms: AtomicU64,
}

impl<S: Service> Line<S> {
    fn new(simulator: &Shared<S>, clock: &SimClock) -> Self {
        let clock = clock.clone();
        let clockwork = Clockwork::new(move || clock.now().utc, |_| Box::pin(async {}));
        let simulator = InProcess::new(simulator.clone(), clockwork, &Credentials::demo());
        Self { simulator, up: AtomicBool::new(true), delay_ms: AtomicU64::new(0) }
    }

    fn take_delay(&self) -> i64 {
        i64::try_from(self.delay_ms.swap(0, Ordering::Relaxed)).unwrap_or(LATENCY_MS)
    }
}

impl<S: Service> Line<S> {
    fn over(
        &self,
        exchange: impl FnOnce(&InProcess<S>) -> (Result<HttpReply, TransportError>, u64),
    ) -> Exchange<'_> {
        let (outcome, delay_ms) = match self.up.load(Ordering::Relaxed) {
            true => exchange(&self.simulator),
            false => (Err(TransportError::NeverSent("the network is down".to_owned())), 0),
        };
        self.delay_ms.fetch_add(delay_ms + LATENCY_MS.unsigned_abs(), Ordering::Relaxed);
        Box::pin(async move { outcome })
    }
}

impl<S: Service> Transport for Line<S> {
    fn exchange(&self, request: HttpRequest) -> Exchange<'_> {
        self.over(|simulator| simulator.deliver(&request))
    }
}

impl<S: Service> Carrier for Line<S> {
    fn carry(&self, request: HttpRequest, headers: Vec<Header>) -> Exchange<'_> {
        self.over(|simulator| simulator.deliver_with(&request, headers))
    }
}

/// Runs a future that never waits.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
