//! A shop whose network, registry, power and clock are in the hands of a seed. The process dies at any step: before a
//! commit, after it and before what it causes, in the middle of that, or while an answer is on its way; it starts again
//! on the same file.

use super::wire::{Outcome, Worker};
use crate::folder::Folder;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use tameio::aade::simulator::in_process::Shared;
use tameio::aade::simulator::{Caller, Delivery, FaultScript, Options, Simulator};
use tameio::aade::transport::{HttpReply, HttpRequest, READ_TIMEOUT_MS, TransportError};
use tameio::app::effect::Effect;
use tameio::app::input::{DocumentInput, Input, PaperInput, Stamped};
use tameio::app::terminal::Terminal;
use tameio::domain::document::Document;
use tameio::domain::ids::{IdSource, JobId};
use tameio::domain::paper::{JobState, PrintOutcome};
use tameio::domain::settings::Settings;
use tameio::domain::time::Stamp;
use tameio::issuer::simulator;
use tameio::store::Store;

/// A request that is late reaches the registry within this time of leaving: look-ups begin a minute later at least.
const LATE_MAX_MS: u64 = 55_000;
/// How often an engine with nothing to do looks up, at the latest.
const PULSE_MS: i64 = 20_000;
/// Requests in the air at once: what was promised, whatever the settings say.
const IN_AIR_MAX: usize = 4;

/// What goes wrong, and how often; chances are in thousandths.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weather {
    /// The line loses a request, its answer, or delivers late.
    pub(crate) line: u64,
    /// The process dies at a step.
    pub(crate) crash: u64,
    /// The wall clock is set at a step.
    pub(crate) clock: u64,
    /// Milliseconds every request is under way beside the usual ones.
    pub(crate) slow_ms: u64,
    /// What the registry does by itself.
    pub(crate) registry: FaultScript,
}

enum Happening {
    Person(usize),
    Network(bool),
    Arrives { number: u64, request: HttpRequest, answers_until: Option<i64> },
    Answered { number: u64, outcome: Outcome },
    Printed(JobId),
    Named(Box<Document>),
}

impl Happening {
    /// It would have happened inside the process that died.
    const fn dies_with_the_process(&self) -> bool {
        matches!(self, Self::Answered { .. } | Self::Printed(_) | Self::Named(_))
    }
}

/// Whether the registry was reached, as somebody sees it who listens on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heard {
    pub(crate) at: Timestamp,
    pub(crate) reached: bool,
}

/// A terminal and everything around it.
pub(crate) struct World {
    // Declared first: the database is closed before its folder goes.
    terminal: Option<Terminal>,
    folder: Folder,
    settings: Settings,
    registry: Shared,
    /// Instead of the registry, one that says yes to everything under this id and forgets it.
    forgetful: Option<i64>,
    pub(crate) weather: Weather,
    pub(crate) chance: IdSource,
    worker: Worker,
    now_ms: i64,
    skew_ms: i64,
    network: bool,
    coming: BTreeMap<(i64, u64), Happening>,
    order: u64,
    /// Everything that was heard on the line, in order.
    pub(crate) heard: Vec<Heard>,
    /// Requests that left.
    pub(crate) requests: u64,
    /// Times the process died.
    pub(crate) crashes: u64,
    /// The most that was ever in the air at once.
    pub(crate) in_air_most: usize,
}

impl World {
    pub(crate) fn new(
        settings: Settings,
        options: Options,
        weather: Weather,
        seed: u64,
        start: &str,
    ) -> Self {
        let start: Timestamp = start.parse().expect("an instant");
        let registry = Shared::new(Simulator::new(options));
        registry.with(|simulator| simulator.set_faults(weather.registry.clone()));
        let mut world = Self {
            terminal: None,
            folder: Folder::new(),
            settings,
            registry,
            forgetful: None,
            weather,
            chance: IdSource::new(0, seed),
            worker: Worker::default(),
            now_ms: start.as_millisecond(),
            skew_ms: 0,
            network: true,
            coming: BTreeMap::new(),
            order: 0,
            heard: Vec::new(),
            requests: 0,
            crashes: 0,
            in_air_most: 0,
        };
        world.start();
        world
    }

    pub(crate) fn terminal(&self) -> &Terminal {
        self.terminal.as_ref().expect("it runs")
    }

    pub(crate) const fn registry(&self) -> &Shared {
        &self.registry
    }

    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// From now on the registry says yes to everything and keeps nothing: what grows is then the terminal's.
    pub(crate) const fn forget(&mut self) {
        self.forgetful = Some(1_000);
    }

    /// Ends the process for good; the file stays.
    pub(crate) fn close(&mut self) {
        self.terminal = None;
    }

    /// The true time.
    pub(crate) const fn now_ms(&self) -> i64 {
        self.now_ms
    }

    /// The time as the terminal's clock tells it.
    pub(crate) fn clock(&self) -> Stamp {
        Stamp::new(instant(self.now_ms + self.skew_ms))
    }

    /// Whether something with a chance of so many thousandths comes true.
    pub(crate) fn strikes(&mut self, thousandths: u64) -> bool {
        self.chance.up_to(999) < thousandths
    }

    /// A random number of milliseconds.
    fn within(&mut self, least: u64, most: u64) -> i64 {
        signed(least + self.chance.up_to(most - least))
    }

    /// Sends a person along later.
    pub(crate) fn send_person(&mut self, index: usize, in_ms: i64) {
        self.schedule(in_ms, Happening::Person(index));
    }

    /// The network goes or comes back later.
    pub(crate) fn plan_network(&mut self, up: bool, in_ms: i64) {
        self.schedule(in_ms, Happening::Network(up));
    }

    fn schedule(&mut self, in_ms: i64, happening: Happening) {
        self.order += 1;
        self.coming.insert((self.now_ms + in_ms, self.order), happening);
    }

    /// The process ends, and starts again on what is on the disk.
    fn start(&mut self) {
        drop(self.terminal.take());
        self.worker = Worker::default();
        self.coming.retain(|_, happening| !happening.dies_with_the_process());
        let store = Store::open(self.folder.path(), &self.settings.terminal).expect("it opens");
        self.terminal = Some(Terminal::new(self.settings.clone(), store).expect("it loads"));
        self.act(Input::Started { version: "proof".to_owned() });
    }

    /// The process dies and is started again.
    pub(crate) fn crash(&mut self) {
        self.crashes += 1;
        // The numbers of the line begin anew with the process: what was on its way back reaches nobody.
        for happening in self.coming.values_mut() {
            if let Happening::Arrives { answers_until, .. } = happening {
                *answers_until = None;
            }
        }
        let back = self.now_ms + self.within(200, 20_000);
        self.world_goes_on(back);
        self.start();
    }

    /// While nothing runs here, what has left arrives all the same, at its time.
    fn world_goes_on(&mut self, until_ms: i64) {
        let outside =
            |happening: &Happening| matches!(happening, Happening::Arrives { .. } | Happening::Network(_));
        let next = |world: &Self| {
            let mut coming = world.coming.range(..=(until_ms, u64::MAX));
            coming.find(|(_, happening)| outside(happening)).map(|(key, _)| *key)
        };
        while let Some(key) = next(self) {
            self.now_ms = self.now_ms.max(key.0);
            if let Some(happening) = self.coming.remove(&key) {
                self.happen(happening);
            }
        }
        self.now_ms = until_ms;
    }

    /// Something happens at the terminal, unless the power goes first.
    pub(crate) fn act(&mut self, input: Input) {
        if self.strikes(self.weather.clock) {
            self.set_clock();
        }
        let dies = self.strikes(self.weather.crash);
        let point = self.chance.up_to(3);
        if dies && point == 0 {
            return self.crash();
        }
        let stamped = Stamped { at: self.clock(), chance: self.chance.bits(), input };
        let effects = self.terminal.as_mut().expect("it runs").step(&stamped).expect("it is committed");
        let survives = if dies { self.chance.up_to(effects.len() as u64) } else { u64::MAX };
        for (_, effect) in (0..survives).zip(effects) {
            self.cause(effect);
        }
        if dies {
            self.crash();
        }
    }

    /// Somebody or something sets the wall clock; the engine sees it and says so.
    fn set_clock(&mut self) {
        let by_s = self.within(180, 5 * 3_600) * if self.chance.up_to(1) == 0 { 1 } else { -1 };
        self.step_clock(by_s);
    }

    /// Sets the wall clock by so many seconds.
    pub(crate) fn step_clock(&mut self, by_s: i64) {
        self.skew_ms += by_s * 1_000;
        let stepped = Input::ClockStepped { by_s };
        let stamped = Stamped { at: self.clock(), chance: self.chance.bits(), input: stepped };
        for effect in self.terminal.as_mut().expect("it runs").step(&stamped).expect("it is committed") {
            self.cause(effect);
        }
    }

    fn cause(&mut self, effect: Effect) {
        if self.worker.begin(&effect) {
            self.in_air_most = self.in_air_most.max(self.worker.in_air());
            assert!(self.worker.in_air() <= IN_AIR_MAX, "more than four in the air");
            return;
        }
        match effect {
            Effect::Print { job, .. } => self.schedule(1_500, Happening::Printed(job)),
            Effect::Issue { document } => self.schedule(300, Happening::Named(document)),
            _ => {}
        }
    }

    /// Lets time pass to the next thing that happens, at most until `until`; a person whose turn it is, is handed out.
    pub(crate) fn next(&mut self, until_ms: i64) -> Option<usize> {
        loop {
            let Some(next) = self.next_event_ms().filter(|next| *next <= until_ms) else {
                self.now_ms = self.now_ms.max(until_ms);
                return None;
            };
            self.now_ms = self.now_ms.max(next);
            let first = self.coming.first_entry().filter(|entry| entry.key().0 <= next);
            match first.map(|entry| entry.remove()) {
                Some(Happening::Person(index)) => return Some(index),
                Some(happening) => self.happen(happening),
                None => self.act(Input::Tick),
            }
        }
    }

    /// When something happens next, if anything ever does.
    pub(crate) fn next_event_ms(&mut self) -> Option<i64> {
        self.settle();
        let coming = self.coming.first_key_value().map(|((at, _), _)| *at);
        [coming, self.wake_ms()].into_iter().flatten().min()
    }

    /// When the engine would wake by itself: when the outbox says so, and every twenty seconds at the latest. Where the clock is
    /// true and the outbox says when, it is taken at its word.
    fn wake_ms(&self) -> Option<i64> {
        let wake =
            self.terminal().next_wake(self.clock()).map(|at| at.utc.as_millisecond() - self.skew_ms + 1);
        let outbox = self.terminal().state().outbox;
        let waits = outbox.queued + outbox.unknown > 0;
        let pulse = self.now_ms + PULSE_MS;
        match wake {
            Some(wake) if self.skew_ms == 0 => Some(wake),
            Some(wake) => Some(wake.min(pulse)),
            None => waits.then_some(pulse),
        }
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Network(up) => self.network = up,
            Happening::Arrives { number, request, answers_until } => {
                self.arrive(number, &request, answers_until);
            }
            Happening::Answered { number, outcome } => {
                self.heard.push(Heard { at: instant(self.now_ms), reached: is_an_answer(&outcome) });
                self.worker.answer(number, outcome);
            }
            Happening::Printed(job) => {
                self.act(Input::Paper(PaperInput::Reported { job, outcome: PrintOutcome::Confirmed }))
            }
            Happening::Named(document) => {
                let (name, qr) = (simulator::name(&document), Some(simulator::qr(&document)));
                self.act(Input::Document(DocumentInput::Reported { document: document.id, name, qr }));
            }
            Happening::Person(_) => {}
        }
    }

    /// What can go on goes on, until everything waits for something outside.
    fn settle(&mut self) {
        loop {
            let ended = self.worker.go_on();
            for (number, request) in self.worker.take_outgoing() {
                self.leave(number, request);
            }
            if ended.is_empty() {
                return;
            }
            let crashes = self.crashes;
            for report in ended {
                if self.crashes != crashes {
                    break;
                }
                if let Some((message, n, reply)) = report.reply {
                    self.terminal.as_mut().expect("it runs").keep_reply(message, n, reply);
                }
                self.act(report.input);
            }
        }
    }

    /// A request leaves the process.
    fn leave(&mut self, number: u64, request: HttpRequest) {
        self.requests += 1;
        let lost = |why: &str| Err(TransportError::Lost(why.to_owned()));
        if !self.network {
            let outcome = Err(TransportError::NeverSent("no network".to_owned()));
            let after = self.within(5, 10_000);
            return self.schedule(after, Happening::Answered { number, outcome });
        }
        let arrival = self.within(30, 200) + signed(self.weather.slow_ms);
        let gives_up = self.within(200, READ_TIMEOUT_MS);
        let ends = Some(self.now_ms + signed(READ_TIMEOUT_MS));
        if !self.strikes(self.weather.line) {
            let arrives = Happening::Arrives { number, request, answers_until: ends };
            return self.schedule(arrival, arrives);
        }
        let arrival = match self.chance.up_to(2) {
            0 => None,
            1 => Some(arrival),
            _ => Some(self.within(200, LATE_MAX_MS)),
        };
        if let Some(arrival) = arrival {
            self.schedule(arrival, Happening::Arrives { number, request, answers_until: None });
        }
        self.schedule(gives_up, Happening::Answered { number, outcome: lost("the connection broke") });
    }

    /// A request reaches the registry.
    fn arrive(&mut self, number: u64, request: &HttpRequest, answers_until: Option<i64>) {
        if let Some(id) = &mut self.forgetful {
            *id += 1;
            let outcome = Ok(yes(request, *id).unwrap_or_else(nothing_to_list));
            return self.schedule(100, Happening::Answered { number, outcome });
        }
        let now = instant(self.now_ms);
        let delivery = self.registry.with(|simulator| simulator.handle(now, request, &Caller::demo()));
        let Some(until) = answers_until else { return };
        let (outcome, delay_ms) = match delivery {
            Delivery::Reply { status, body, delay_ms } => (Ok(HttpReply { status, body }), delay_ms),
            Delivery::Lost { delay_ms, .. } => (Err(TransportError::Lost("reset".to_owned())), delay_ms),
            Delivery::Refused => (Err(TransportError::NeverSent("refused".to_owned())), 0),
        };
        let after = self.within(30, 200) + signed(delay_ms);
        if self.now_ms + after > until {
            let outcome = Err(TransportError::Lost("too late".to_owned()));
            return self.schedule((until - self.now_ms).max(0), Happening::Answered { number, outcome });
        }
        self.schedule(after, Happening::Answered { number, outcome });
    }

    /// Somebody looks at papers whose fate nobody knows, and at messages that were refused.
    pub(crate) fn look_after(&mut self) {
        let papers = self.terminal().state().papers.values();
        let asking: Vec<JobId> =
            papers.filter(|job| job.state == JobState::Asking).map(|job| job.id).collect();
        let operator = tameio::domain::operator::OperatorId("A".to_owned());
        for job in asking {
            self.act(Input::Paper(PaperInput::Judge { job, complete: true, operator: operator.clone() }));
        }
    }

    /// The loop has nothing to do.
    pub(crate) fn tidy(&mut self) {
        let now = self.clock();
        self.terminal.as_mut().expect("it runs").tidy(now).expect("the disk takes it");
    }
}

/// Who forgets has no listing.
fn nothing_to_list() -> HttpReply {
    HttpReply { status: 503, body: Vec::new() }
}

/// The registry's yes to a request that writes.
fn yes(request: &HttpRequest, id: i64) -> Option<HttpReply> {
    let path = &request.path_and_query;
    let elements = [
        ("SendClient", "newClientDclID"),
        ("UpdateClient", "updatedClientDclID"),
        ("ClientCorrelations", "correlateId"),
        ("CancelClient", "cancellationID"),
    ];
    let (_, element) = elements.iter().find(|(call, _)| path.contains(call))?;
    let body = format!(
        "<ResponseDoc><response><index>1</index><{element}>{id}</{element}>\
         <statusCode>Success</statusCode></response></ResponseDoc>"
    );
    Some(HttpReply { status: 200, body: body.into_bytes() })
}

/// Whether an answer shows that the registry was reached, whatever it said.
fn is_an_answer(outcome: &Outcome) -> bool {
    let Ok(reply) = outcome else { return false };
    let text = String::from_utf8_lossy(&reply.body);
    let whole = text.ends_with("</ResponseDoc>") || text.ends_with("</RequestedDoc>");
    matches!(reply.status, 400 | 401 | 429) || (whole && !text.contains("TechnicalError"))
}

fn instant(ms: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_millis(ms)
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).expect("a small number")
}
