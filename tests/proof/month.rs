//! Thirty days without a network, and then everything at once: whole, in order, new arrivals first, and the screen answers
//! as ever. The month is lived in simulated time; the rest happens in the real engine, in real time, with its threads.
//!
//! `PROOF_VISITS` says how many visits there are, `PROOF_DAYS` how long nothing can be told; here it is a day.

use super::ledger::Books;
use super::shop::{self, Customer};
use super::size;
use super::world::{Weather, World};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;
use tameio::aade::credentials::Credentials;
use tameio::aade::simulator::Options;
use tameio::aade::simulator::clockwork::Clockwork;
use tameio::aade::simulator::in_process::InProcess;
use tameio::aade::simulator::state::Record;
use tameio::aade::transport::{Exchange, HttpRequest, Transport};
use tameio::app::clock::{self, Stopwatch};
use tameio::app::effect::Notice;
use tameio::app::engine::{Engine, Handle, Parts, Screen, Snapshot};
use tameio::app::input::{Input, RegistryInput};
use tameio::app::state::State;
use tameio::config::Config;
use tameio::device::Configured;
use tameio::domain::device::{DeviceId, DeviceKind};
use tameio::domain::settings::Trade;
use tameio::domain::visit::Visit;

const DAY_MS: i64 = 24 * 3_600_000;
/// How long the registry takes to answer: short, so that the drain is as fast as the terminal can be.
const ANSWER_MS: u64 = 2;
/// The longest a tap may take until the screen shows what came of it, at the 99th of a hundred.
const TAP_MAX: Duration = Duration::from_millis(100);
/// How long a person waits for the screen before giving up.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two taps.
const PACE: Duration = Duration::from_millis(15);
/// What the registry may take in before a vehicle that has just come: what was in the air, and what begins meanwhile.
const BEFORE_AN_ARRIVAL_MAX: usize = 12;
/// What the write-ahead log may grow to while there is no quiet moment.
const LOG_BYTES_MAX: u64 = 32 * 1_024 * 1_024;

#[test]
fn thirty_days_offline_are_told_whole_while_people_come() {
    let visits = usize::try_from(size("PROOF_VISITS", 120)).expect("a small number");
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let time_ms = i64::try_from(size("PROOF_DAYS", 1)).expect("a small number") * DAY_MS;
    let start = clock::now().utc - jiff::SignedDuration::from_millis(time_ms + DAY_MS);
    let mut world =
        World::new(settings.clone(), Options::strict(), Weather::default(), 3, &start.to_string());
    world.plan_network(false, 0);
    shop::pass(&mut world, 1);
    let gap = time_ms / i64::try_from(visits).expect("a small number") - 8_000;
    let lived = Stopwatch::start();
    let mut customers = shop::quiet(&mut world, 0, visits, gap, |world, n| {
        if n % 50 == 0 {
            world.tidy();
        }
    });
    println!("{visits} visits in {:.1?}; {} tries", lived.elapsed(), world.requests);
    world.close();
    let line = Arc::new(Line::new(&world));
    let (shows, shown) = mpsc::channel();
    let began = Stopwatch::start();
    let engine = Engine::start(Parts {
        settings,
        data: world.folder().to_owned(),
        transport: Arc::clone(&line) as Arc<dyn Transport>,
        mydata: Arc::clone(&line) as Arc<dyn Transport>,
        look_up: tameio::lookup::services::Services::default(),
        devices: Configured::from([(
            DeviceId::only(DeviceKind::Printer),
            "sim:?profile=epson-80".to_owned(),
        )]),
        screen: Box::new(Screened { began, shows }),
        guard_disk: false,
        record: None,
    })
    .expect("it starts");
    let mut counter = Counter { handle: engine.handle(), shown, began, taps: Vec::new() };
    counter.handle.send(Input::Registry(RegistryInput::TryNow));
    let log = world.folder().join("tameio.db-wal");
    let mut log_most = 0;
    let mut waiting = u64::MAX;
    while waiting > 4 {
        let customer = Customer::who_pays(customers.len(), &mut world);
        waiting = counter.serve(&customer);
        customers.push(customer);
        log_most = log_most.max(std::fs::metadata(&log).map_or(0, |log| log.len()));
    }
    while counter.wait_for(|state| Some(waits(state))).1 > 0 {}
    let drained = began.elapsed();
    engine.stop().expect("it ends well");
    let records: Vec<Record> = world.registry().with(|simulator| simulator.records().cloned().collect());
    let books = Books::open(&world.folder().join("tameio.db"), records);
    books.everybody_is_in_the_book(&customers);
    let messages = books.agree();
    let flagged = books.times_are_honest(&world.heard);
    assert!(flagged >= u64::try_from(visits).expect("a small number"), "{flagged} came during the outage");
    let (p99, most) = counter.tapped();
    let fresh = customers.len() - visits;
    let before = books.taken_before_new_arrivals();
    assert_eq!(before.len(), fresh, "who came after the outage is told without the flag");
    let before = before.into_iter().max().unwrap_or_default();
    println!(
        "{messages} messages in {drained:.1?}, {fresh} visits meanwhile; a tap: p99 {p99:.1?}, most {most:.1?} of {}; \
         at most {before} before a new arrival; {} in the air; the log {} KiB",
        counter.taps.len(),
        line.most.load(Ordering::Relaxed),
        log_most / 1_024
    );
    assert!(line.most.load(Ordering::Relaxed) <= 4, "more than four in the air");
    assert!(before <= BEFORE_AN_ARRIVAL_MAX, "{before} went before a new arrival");
    // An ordinary run shares its machine with other tests: there it is enough that nobody waits.
    let most = if size("PROOF_VISITS", 0) > 0 { TAP_MAX } else { 10 * TAP_MAX };
    assert!(p99 <= most, "a tap took {p99:?}");
    assert!(log_most <= LOG_BYTES_MAX, "the write-ahead log grew to {log_most} bytes");
}

/// Messages that still wait.
const fn waits(state: &State) -> u64 {
    state.outbox.queued + state.outbox.sending + state.outbox.unknown
}

/// The way to the registry, counting what is on it.
struct Line {
    registry: InProcess,
    clock: Clockwork,
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Line {
    fn new(world: &World) -> Self {
        let clock = clock::clockwork();
        let registry = InProcess::new(world.registry().clone(), clock.clone(), &Credentials::demo());
        Self { registry, clock, now: AtomicUsize::new(0), most: AtomicUsize::new(0) }
    }
}

impl Transport for Line {
    fn exchange(&self, request: HttpRequest) -> Exchange<'_> {
        Box::pin(async move {
            let now = self.now.fetch_add(1, Ordering::Relaxed) + 1;
            self.most.fetch_max(now, Ordering::Relaxed);
            self.clock.wait_ms(ANSWER_MS).await;
            let outcome = self.registry.exchange(request).await;
            self.now.fetch_sub(1, Ordering::Relaxed);
            outcome
        })
    }
}

/// A screen that notes when it was told to show what.
struct Screened {
    began: Stopwatch,
    shows: Sender<(Duration, Arc<Snapshot>)>,
}

impl Screen for Screened {
    fn show(&self, snapshot: Arc<Snapshot>) {
        let _ = self.shows.send((self.began.elapsed(), snapshot));
    }

    fn tell(&self, _: Notice) {}
}

/// A person at the counter with a stopwatch.
struct Counter {
    handle: Handle,
    shown: Receiver<(Duration, Arc<Snapshot>)>,
    began: Stopwatch,
    taps: Vec<Duration>,
}

impl Counter {
    /// Waits until the screen shows something; when, and what.
    fn wait_for<T>(&self, sees: impl Fn(&State) -> Option<T>) -> (Duration, T) {
        loop {
            let (at, snapshot) = self.shown.recv_timeout(PATIENCE).expect("the screen lives");
            if let Some(seen) = sees(&snapshot.state) {
                return (at, seen);
            }
        }
    }

    /// Taps, and waits until the screen shows what came of it.
    fn tap<T>(&mut self, input: Input, sees: impl Fn(&State) -> Option<T>) -> T {
        clock::wait(PACE);
        while self.shown.try_recv().is_ok() {}
        let tapped = self.began.elapsed();
        self.handle.send(input);
        let (at, seen) = self.wait_for(sees);
        self.taps.push(at.saturating_sub(tapped));
        seen
    }

    /// One customer from plate to departure; how much still waits to be told then.
    fn serve(&mut self, customer: &Customer) -> u64 {
        let mut visit: Option<Visit> = None;
        while let Some(input) = customer.next(visit.as_ref()) {
            let leaves = matches!(input, Input::Depart { .. });
            let before = visit.clone();
            let moved = move |state: &State| {
                let now = state.visits.values().find(|visit| customer.drives(visit)).cloned();
                let state_of =
                    |visit: &Option<Visit>| visit.as_ref().map(|v| (v.state.clone(), v.sale.clone()));
                (state_of(&now) != state_of(&before)).then(|| (now, waits(state)))
            };
            let (now, waiting) = self.tap(input, moved);
            if leaves {
                return waiting;
            }
            visit = now;
        }
        unreachable!("a customer leaves at last")
    }

    /// The 99th of a hundred taps, and the longest.
    fn tapped(&self) -> (Duration, Duration) {
        let mut taps = self.taps.clone();
        taps.sort_unstable();
        let p99 = taps[(taps.len() * 99).div_ceil(100) - 1];
        (p99, taps.last().copied().unwrap_or_default())
    }
}
