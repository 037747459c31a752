//! A terminal with everything around it simulated, stepped by hand. Time moves only when it is told to; an answer that
//! takes two seconds arrives two simulated seconds later.
//!
//! | file | what it holds |
//! |---|---|
//! | `cause` | what the terminal's effects cause around it |
//! | `line` | the ways out, and the clock everybody there shares |

mod cause;
mod line;

use crate::aade::credentials::Credentials;
use crate::aade::simulator::in_process::Shared;
use crate::aade::simulator::store::StoreError as RegistryError;
use crate::aade::simulator::{FaultScript, Options, Simulator};
use crate::aade::transport::Transport;
use crate::app::effect::Notice;
use crate::app::input::{DeviceInput, Input, Stamped};
use crate::app::state::State;
use crate::app::terminal::Terminal;
use crate::domain::card::CardOutcome;
use crate::domain::device::Condition;
use crate::domain::document::Document;
use crate::domain::ids::{IdSource, JobId};
use crate::domain::issuing::AtIssuer;
use crate::domain::paper::PrintOutcome;
use crate::domain::settings::{IssuerKind, Settings};
use crate::domain::text::Text;
use crate::domain::ticket::TicketKey;
use crate::domain::time::Stamp;
use crate::lookup;
use crate::lookup::services::Services;
use crate::mydata;
use crate::provider;
use crate::provider::auth::Auth;
use crate::provider::transport::Way;
use crate::store::photos::Photos;
use crate::store::{Store, StoreError};
use line::{Line, SimClock, later};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tameio_drivers::printer::{Profile, SimPrinter};

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

    /// Plays scripts of faults at whoever issues documents.
    pub fn set_issuer_faults(
        &self,
        mydata: mydata::simulator::FaultScript,
        provider: provider::simulator::FaultScript,
    ) {
        self.mydata.with(|simulator| simulator.set_faults(mydata));
        self.provider.with(|simulator| simulator.set_faults(provider));
    }

    /// The documents that hold at whoever issues them, by its own book; nothing where nobody is told.
    pub fn documents_there(&self) -> Vec<mydata::simulator::Live> {
        match self.terminal.settings().issuer {
            IssuerKind::MyData => self.mydata.with(|simulator| simulator.live()),
            IssuerKind::Provider => self.provider.with(|simulator| simulator.live()),
            IssuerKind::TypedFim | IssuerKind::TypedMark | IssuerKind::Simulated => Vec::new(),
        }
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

    /// Its photographs: whatever a camera has seen of a car, it looks the same here.
    pub fn photos(&self) -> Photos {
        Photos::beside(&self.folder.join("terminal"), 0)
    }

    /// What the card terminal says from now on; nothing lets it approve what it is asked.
    pub fn set_card(&mut self, outcome: Option<CardOutcome>) {
        self.card = outcome;
    }

    /// The two lines the customer sees.
    pub fn customer(&self) -> Option<(&str, &str)> {
        self.customer.as_ref().map(|(upper, lower)| (upper.as_str(), lower.as_str()))
    }

    /// Whether a paper of this job lies there: what a person sees who looks.
    pub fn paper_lies_there(&self, job: JobId) -> bool {
        self.papers.as_ref().is_some_and(|folder| folder.join(format!("{job}.txt")).exists())
    }
}
