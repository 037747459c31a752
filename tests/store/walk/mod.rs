//! The world in memory is the world on the disk: after every step of anything a shop, a registry, a printer and a clock
//! can do, in any order, with restarts in between.
//!
//! `PROOF_RUNS` says how many walks; each has its own seed, and a failure names it.

mod anything;
mod arranged;
mod invoiced;
mod leased;
mod listed;
mod money_back;
mod orders;
mod packs;
mod parked;
mod subscribed;
mod tariffed;
mod trades;
mod validated;

use super::{check_numbers, settings};
use crate::folder::Folder;
use jiff::SignedDuration;
use std::collections::BTreeMap;
use tameio::app::effect::Effect;
use tameio::app::input::{DeviceInput, Input, Stamped};
use tameio::app::terminal::{Terminal, load};
use tameio::config::Config;
use tameio::domain::card::CardSession;
use tameio::domain::counterparty::Register;
use tameio::domain::customer::TaxNumber;
use tameio::domain::device::{DeviceId, DeviceKind};
use tameio::domain::difference::PageWanted;
use tameio::domain::ids::{DocumentId, IdSource, JobId, MessageId};
use tameio::domain::parking::ParkingRules;
use tameio::domain::photo::{Photo, PhotoKind};
use tameio::domain::settings::{Establishment, IssuerKind, IssuingRules, PlateRules, Settings, Trade};
use tameio::domain::subscription::Plan;
use tameio::domain::text::Text;
use tameio::domain::ticket::TicketKey;
use tameio::domain::time::Stamp;
use tameio::store::Store;
use uuid::Uuid;

const STEPS: u32 = 200;
const WALKS: u64 = 110;

/// What one try or look-up in the air is waiting for.
#[derive(Debug, Clone)]
enum Flight {
    Exchange(MessageId, u32),
    LookUp(MessageId),
    Page(PageWanted),
    Document(DocumentId, u32),
    DocumentLookUp(DocumentId, u32),
    Register(Register, TaxNumber),
}

struct Walk {
    // Declared first: the database is closed before its folder goes.
    terminal: Option<Terminal>,
    folder: Folder,
    settings: Settings,
    chance: IdSource,
    now: Stamp,
    flights: Vec<Flight>,
    printing: Vec<JobId>,
    charging: Vec<CardSession>,
    photos: Vec<Photo>,
    documents: Vec<DocumentId>,
    registry_id: i64,
    recorded: Vec<Stamped>,
}

impl Walk {
    fn begin(seed: u64) -> Self {
        let mut chance = IdSource::new(0, seed);
        let issuers = [
            IssuerKind::Simulated,
            IssuerKind::TypedFim,
            IssuerKind::TypedMark,
            IssuerKind::MyData,
            IssuerKind::Provider,
        ];
        let issuer = issuers[at(&mut chance, issuers.len())];
        let until = "2030-12-31".parse().expect("a day");
        let issuing = IssuingRules { invoices_until: Some(until), ..IssuingRules::default() };
        let trades = seed.is_multiple_of(3);
        let other = if trades { vec![(Trade::Garage, 1), (Trade::Rental, 3)] } else { Vec::new() };
        let also = other.into_iter().map(|(trade, branch)| Establishment { trade, branch }).collect();
        let ticket_at_arrival = chance.up_to(1) == 0;
        let accept_at = (chance.up_to(1) == 0).then_some(90);
        let plates = PlateRules { accept_at, ..PlateRules::default() };
        let mut settings = Settings { issuer, issuing, also, ticket_at_arrival, plates, ..shop(&mut chance) };
        settings.packs.offers.extend(packs::of_a_single_wash(&settings.packs));
        let folder = Folder::new();
        let now = Stamp::new("2026-03-14T08:02:00Z".parse().expect("an instant"));
        let mut walk = Self {
            terminal: None,
            folder,
            settings,
            chance,
            now,
            flights: Vec::new(),
            printing: Vec::new(),
            charging: Vec::new(),
            photos: Vec::new(),
            documents: Vec::new(),
            registry_id: 1_000,
            recorded: Vec::new(),
        };
        walk.start();
        walk
    }

    fn terminal(&self) -> &Terminal {
        self.terminal.as_ref().expect("it runs")
    }

    /// The process ends, however it ends, and starts again on what is on the disk.
    fn start(&mut self) {
        drop(self.terminal.take());
        let store = Store::open(self.folder.path(), &self.settings.terminal).expect("it opens");
        self.terminal = Some(Terminal::new(self.settings.clone(), store).expect("it loads"));
        self.flights.clear();
        self.printing.clear();
        self.step(Input::Started { version: "0".to_owned() });
        for kind in [DeviceKind::Printer, DeviceKind::CardTerminal, DeviceKind::Scale, DeviceKind::Barrier] {
            self.step(Input::Device(DeviceInput::Attached {
                device: DeviceId::only(kind),
                address: Text::new("sim:"),
            }));
        }
    }

    fn step(&mut self, input: Input) {
        let stamped = Stamped { at: self.now, chance: self.chance.bits(), input };
        let line = serde_json::to_string(&stamped).expect("it can be recorded");
        assert_eq!(serde_json::from_str::<Stamped>(&line).expect("it is read again"), stamped);
        self.recorded.push(stamped.clone());
        let effects = self.terminal.as_mut().expect("it runs").step(&stamped).expect("it is committed");
        for effect in &effects {
            self.cause(effect);
        }
        self.check();
    }

    /// Every effect was committed before it is caused.
    fn cause(&mut self, effect: &Effect) {
        let store = self.terminal().store();
        let is_there = |sql: &str, id: Uuid| {
            store.connection().query_row(sql, [id], |row| row.get::<_, i64>(0)).expect("it can be read") == 1
        };
        match effect {
            Effect::Exchange { message, n, request, .. } => {
                let kept: String = store
                    .connection()
                    .query_row(
                        "SELECT CAST(request AS TEXT) FROM requests WHERE message = ?1 AND n = ?2",
                        (message.0, n),
                        |row| row.get(0),
                    )
                    .expect("the bytes are kept");
                assert_eq!(kept, request.archived());
                assert!(is_there("SELECT state = 'sending' FROM messages WHERE id = ?1", message.0));
                self.flights.push(Flight::Exchange(*message, *n));
            }
            Effect::LookUp { message, .. } => {
                assert!(is_there("SELECT state = 'unknown' FROM messages WHERE id = ?1", message.0));
                self.flights.push(Flight::LookUp(*message));
            }
            Effect::List { wanted } => {
                assert!(self.terminal().state().live.comparison.is_some());
                self.flights.push(Flight::Page(wanted.clone()));
            }
            Effect::Print { job, .. } => {
                assert!(is_there("SELECT is_open FROM papers WHERE id = ?1", job.0));
                self.printing.push(*job);
            }
            Effect::OpenBarrier { device } => {
                assert!(self.terminal().state().live.barriers_asked.contains_key(device));
            }
            Effect::Attach { device, .. } => assert!(self.terminal().state().assigned.contains_key(device)),
            Effect::ChargeCard { charge } | Effect::AskCard { charge } => {
                assert!(self.terminal().state().charges.contains_key(&charge.session), "written down first");
                self.charging.push(charge.session);
            }
            Effect::CancelCard | Effect::SetCardAside { .. } => {}
            Effect::FindLogos | Effect::ReadLogo { .. } => {}
            Effect::FindDevices | Effect::Weigh { .. } | Effect::ShowCustomer { .. } => {}
            Effect::TakePhoto { photo, chain, shot, .. } => {
                let (id, chain, at, kind) = (*photo, *chain, self.now, PhotoKind::Condition);
                let (sha256, shot) = ("00".to_owned(), Some(shot.clone()));
                self.photos.push(Photo { id, chain, kind, at, bytes: 1, sha256, shot });
            }
            Effect::KeepPhoto { photo, chain, kind, .. } => {
                let (id, chain, kind, at) = (*photo, *chain, *kind, self.now);
                let sha256 = "00".to_owned();
                self.photos.push(Photo { id, chain, kind, at, bytes: 1, sha256, shot: None });
            }
            Effect::DeletePhotos { photos } => {
                for photo in photos {
                    assert!(
                        !is_there("SELECT count(*) FROM photos WHERE id = ?1", photo.0),
                        "written down first"
                    );
                }
            }
            Effect::OpenDrawer => assert!(self.terminal().state().drawer.is_some()),
            Effect::Issue { document } => {
                assert!(is_there("SELECT named = 0 FROM documents WHERE id = ?1", document.id.0));
            }
            Effect::TellDocument { document, n, telling } => {
                let kept: String = store
                    .connection()
                    .query_row(
                        "SELECT CAST(request AS TEXT) FROM requests WHERE message = ?1 AND n = ?2",
                        (document.0, n),
                        |row| row.get(0),
                    )
                    .expect("the bytes are kept");
                assert_eq!(kept, telling.archived());
                let begun = "SELECT json_extract(body, '$.at_issuer.state.state') = 'sending' FROM documents WHERE id = ?1";
                assert!(is_there(begun, document.0), "written down first");
                self.flights.push(Flight::Document(*document, *n));
            }
            Effect::LookUpDocument { document, n, .. } => {
                self.flights.push(Flight::DocumentLookUp(*document, *n));
            }
            Effect::Tell(_) => {}
            Effect::AskRegister { register, number } => {
                let asked =
                    "SELECT count(*) FROM events WHERE json_extract(body, '$.event') = 'counterparty_asked'
                     AND json_extract(body, '$.number.number') = ?1";
                let times: i64 = store
                    .connection()
                    .query_row(asked, [&number.number], |row| row.get(0))
                    .expect("it can be read");
                assert!(times > 0, "written down first");
                self.flights.push(Flight::Register(*register, number.clone()));
            }
            Effect::Ask(question) => panic!("{question:?} was not answered"),
        }
    }

    fn check(&mut self) {
        let terminal = self.terminal();
        let state = terminal.state();
        assert_eq!(state.durable(), load(terminal.store()).expect("it loads"), "memory and disk differ");
        assert!(
            state.live.in_air.len() + usize::from(state.live.comparison.is_some())
                <= usize::from(self.settings.registry.parallel_max),
            "a queue without a bound"
        );
        for shift in state.shift.iter().chain(state.counting.values()).chain(state.done.values()) {
            let moved: i64 = shift.movements.iter().map(|movement| movement.signed().0).sum();
            let closing = shift.closed.as_ref().map(|closing| closing.expected.0);
            let held = shift.float.0 + shift.figures.cash.0 + shift.figures.deposits.cash().0 + moved;
            assert_eq!(closing.unwrap_or(held), held, "the count was held against what the drawer held");
            assert!(held >= 0, "more went out than was in");
            assert_eq!(
                shift.figures.cash
                    + shift.figures.card
                    + shift.figures.others.iter().map(|(_, amount)| *amount).sum(),
                shift.figures.gross,
                "payments are documents"
            );
            assert_eq!(shift.figures.net + shift.figures.vat, shift.figures.gross);
        }
        self.check_order();
        self.check_counted();
        self.documents = state_documents(self.terminal());
    }

    /// At most one message of a chain is under way, and the first unsettled one alone may go.
    fn check_order(&self) {
        let sql = self.terminal().store().connection();
        let unsettled = "state NOT IN ('confirmed', 'withdrawn')";
        let crowded = "SELECT count(*) FROM (SELECT 1 FROM messages WHERE state IN ('sending', 'unknown') GROUP BY chain HAVING count(*) > 1)".to_owned();
        let misplaced = format!(
            "SELECT count(*) FROM messages m WHERE {unsettled} AND (follows IS NULL OR ready) AND ready = EXISTS
             (SELECT 1 FROM messages e WHERE e.chain = m.chain AND e.ord < m.ord AND e.{unsettled})"
        );
        // One that names an entry of another chain waits while that is being told, and no longer.
        let forgotten = format!(
            "SELECT count(*) FROM messages m WHERE {unsettled} AND follows IS NOT NULL AND ready = 0 AND NOT EXISTS
             (SELECT 1 FROM messages e WHERE e.{unsettled} AND (e.chain = m.chain AND e.ord < m.ord
             OR e.visit = m.follows AND e.kind = 'create' AND e.state <> 'rejected'))"
        );
        let questions =
            [("under way twice", crowded), ("out of its place", misplaced), ("waits for nothing", forgotten)];
        for (what, question) in questions {
            let count: i64 = sql.query_row(&question, [], |row| row.get(0)).expect(what);
            assert_eq!(count, 0, "{what}");
        }
    }

    /// The outbox in figures is what its table holds: counted move by move there, and row by row here.
    fn check_counted(&self) {
        let sql = self.terminal().store().connection();
        let rows = |state: &str| -> u64 {
            let count = "SELECT count(*) FROM messages WHERE state = ?1";
            sql.query_row(count, [state], |row| row.get(0)).expect("it is counted")
        };
        let outbox = self.terminal().state().outbox;
        let counted = [outbox.queued, outbox.sending, outbox.unknown, outbox.rejected];
        assert_eq!(counted, ["queued", "sending", "unknown", "rejected"].map(rows), "miscounted");
    }

    /// Time goes on; now and then the clock is set back.
    fn tick(&mut self) {
        let ms = i64::try_from(self.chance.up_to(90_000)).unwrap_or_default();
        let ms = if self.chance.up_to(30) == 0 { -ms * 10 } else { ms };
        self.now = Stamp::new(self.now.utc + SignedDuration::from_millis(ms));
    }
}

/// A wash, or a car park whose tariff prices every stay.
fn shop(chance: &mut IdSource) -> Settings {
    if chance.up_to(2) > 0 {
        return settings();
    }
    let park = Config::practice(Trade::Parking).expect("the shipped file").settings;
    let leaves_when_paid = chance.up_to(1) == 0;
    let entry_barrier = (chance.up_to(1) == 0).then(|| DeviceId::only(DeviceKind::Barrier));
    let exit_barrier = entry_barrier.clone();
    let mut subscriptions = park.parking.subscriptions.clone();
    let day = Plan { code: "DAY1".to_owned(), months: 0, days: 1, ..subscriptions.plans[0].clone() };
    subscriptions.plans.push(day);
    let parking =
        ParkingRules { leaves_when_paid, subscriptions, entry_barrier, exit_barrier, ..park.parking.clone() };
    let ticket_key = Some(TicketKey::new(&[7; 32]));
    let terminal = settings().terminal;
    Settings { parking, terminal, ticket_key, catalogue: settings().catalogue, ..park }
}

fn at(chance: &mut IdSource, length: usize) -> usize {
    usize::try_from(chance.up_to(length as u64 - 1)).unwrap_or_default()
}

/// Documents a person may point at: those that wait for a name, and those on paper.
fn state_documents(terminal: &Terminal) -> Vec<DocumentId> {
    let waiting = terminal.state().unnamed.keys().copied();
    waiting.chain(terminal.state().papers.values().filter_map(|job| job.paper.document())).collect()
}

fn walk(seed: u64) -> Walk {
    let mut walk = Walk::begin(seed);
    for _ in 0..STEPS {
        walk.tick();
        if walk.chance.up_to(40) == 0 {
            walk.start();
        } else {
            let input = walk.anything();
            walk.step(input);
        }
    }
    walk
}

/// The same inputs make the same journal, byte for byte.
fn check_replay(walk: &Walk) {
    let folder = Folder::new();
    let mut terminal: Option<Terminal> = None;
    for stamped in &walk.recorded {
        if matches!(stamped.input, Input::Started { .. }) {
            drop(terminal.take());
            let store = Store::open(folder.path(), &walk.settings.terminal).expect("it opens");
            terminal = Some(Terminal::new(walk.settings.clone(), store).expect("it loads"));
        }
        terminal.as_mut().expect("it was started").step(stamped).expect("it is committed");
    }
    let again = terminal.expect("it was started");
    assert_eq!(again.state(), walk.terminal().state());
    let last = "SELECT hash FROM events ORDER BY seq DESC LIMIT 1";
    let hash = |terminal: &Terminal| -> Vec<u8> {
        terminal.store().connection().query_row(last, [], |row| row.get(0)).expect("there are events")
    };
    assert_eq!(hash(&again), hash(walk.terminal()));
}

#[test]
fn memory_and_disk_never_differ() {
    let walks = std::env::var("PROOF_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(WALKS);
    let mut happened = BTreeMap::new();
    for seed in 1..=walks {
        let whole = std::panic::catch_unwind(|| {
            let walk = walk(seed);
            let sql = walk.terminal().store().connection();
            check_numbers(sql);
            walk.check_money_back();
            assert!(walk.terminal().store().verify(true).expect("it can be read").is_whole());
            check_replay(&walk);
            events(sql)
        });
        let Ok(events) = whole else { panic!("seed {seed}") };
        for (kind, count) in events {
            *happened.entry(kind).or_insert(0) += count;
        }
    }
    println!("{happened:?}");
    if walks >= WALKS {
        assert_eq!(happened.len(), EVENT_KINDS, "every kind of event happened: {happened:?}");
    }
}

/// Kinds of event there are; a new one must be reached by the walk, too.
const EVENT_KINDS: usize = 123;

fn events(sql: &rusqlite::Connection) -> Vec<(String, i64)> {
    let mut statement = sql
        .prepare("SELECT json_extract(body, '$.event'), count(*) FROM events GROUP BY 1")
        .expect("a count");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("counts");
    rows.collect::<Result<_, _>>().expect("counts")
}
