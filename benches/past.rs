//! A terminal's past, made quickly. One visit is lived through by a real terminal; all others are that one with names,
//! plates and instants of their own, committed thousands at a time. The journal is shorter than a real one (a row arrives
//! in its last state instead of going through all of them), the tables are as large and the bodies as long.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use tameio::app::input::{ChooseService, DocumentInput, Input, OpenVisit, Stamped};
use tameio::app::terminal::Terminal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::document::{Document, IssuedFor};
use tameio::domain::entry::{Entry, Message, MessageKind, MessageState, Moment, Told};
use tameio::domain::event::Event;
use tameio::domain::ids::{DocumentId, IdSource, MessageId, VisitId};
use tameio::domain::money::Cents;
use tameio::domain::operator::OperatorId;
use tameio::domain::payment::Tender;
use tameio::domain::plate::{LATIN_TWINS, Plate, PlateEntry};
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::time::Stamp;
use tameio::domain::visit::{Settlement, Visit, VisitState};
use tameio::issuer::simulator;
use tameio::store::{Store, query};

/// Goes up with every change of what is made here: a kept database of an older recipe is made again.
const RECIPE: u32 = 2;
/// So is one with other tables.
const TABLES: &str = include_str!("../src/store/schema.sql");
/// Every vehicle comes so often: a shop lives on its regulars.
const VISITS_PER_VEHICLE: u32 = 4;
/// A vehicle comes every five minutes, which makes a million visits of ten busy years.
const GAP_S: i64 = 300;
/// Visits of one transaction.
const CHUNK: u32 = 2_000;

/// How much has happened.
#[derive(Clone, Copy)]
pub(crate) struct Past {
    /// Visits, all of them over.
    pub(crate) visits: u32,
    /// Messages that wait to be sent; they belong to the last visits.
    pub(crate) waiting: u32,
}

/// The large number of visits: a million unless told otherwise.
pub(crate) fn many() -> u32 {
    let told = std::env::var("TAMEIO_BENCH_VISITS").ok();
    told.map_or(1_000_000, |visits| visits.parse().expect("TAMEIO_BENCH_VISITS is a number of visits"))
}

/// A wash in practice, without papers.
pub(crate) fn settings() -> Settings {
    Config::practice(Trade::Wash).expect("the shipped configuration is good").settings
}

/// When the past ends and the present begins.
pub(crate) fn present() -> Stamp {
    Stamp::new("2026-03-14T06:00:00Z".parse().expect("an instant"))
}

/// An empty folder on the disk the build is on.
pub(crate) fn new_folder(name: &str) -> PathBuf {
    let folder = data().join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder of the benches can be made");
    folder
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("bench-data")
}

/// The plate of a vehicle: all letters and digits of Greek plates, spread as they are in a street.
pub(crate) fn plate(vehicle: u32) -> String {
    let letters: Vec<char> = LATIN_TWINS.chars().collect();
    let base = letters.len() as u64;
    // A prime step over all plates there can be: every vehicle another one, and neighbours far apart.
    let spread = u64::from(vehicle) * 15_485_863 % (base.pow(3) * 9_000);
    let (series, number) = (spread / 9_000, 1_000 + spread % 9_000);
    let letter =
        |power: u32| letters[usize::try_from(series / base.pow(power) % base).expect("a small number")];
    format!("{}{}{}{number}", letter(2), letter(1), letter(0))
}

/// So many documents of as many visits, numbered from 1.
pub(crate) fn documents(count: u32) -> Vec<Document> {
    let (lived, past) = (Lived::through(&settings()), Past { visits: count, waiting: 0 });
    let events = (0..count).flat_map(|n| lived.again(past, n, false));
    let documents = events.filter_map(|event| match event {
        Event::DocumentNumbered { document, .. } => Some(*document),
        _ => None,
    });
    documents.collect()
}

impl Past {
    /// Vehicles that have been here.
    pub(crate) const fn vehicles(self) -> u32 {
        self.visits.div_ceil(VISITS_PER_VEHICLE)
    }

    /// The folder of a terminal with this past, made now unless it is kept from before.
    pub(crate) fn folder(self) -> PathBuf {
        let folder = data().join(format!("past-{}-{}", self.visits, self.waiting));
        let recipe = format!("recipe {RECIPE}\n{TABLES}");
        let made = folder.join("made");
        if std::fs::read_to_string(&made).is_ok_and(|kept| kept == recipe) {
            return folder;
        }
        let _ = std::fs::remove_dir_all(&folder);
        self.make(&folder);
        std::fs::write(&made, recipe).expect("the folder of the benches can be written");
        folder
    }

    fn make(self, folder: &Path) {
        let settings = settings();
        let lived = Lived::through(&settings);
        let waiting_visits = self.waiting / u32::try_from(lived.told.len()).expect("a few messages");
        let mut store = Store::open(folder, &settings.terminal).expect("a new database");
        for first in (0..self.visits).step_by(usize::try_from(CHUNK).expect("a small number")) {
            show_progress(first, self.visits);
            let last = self.visits.min(first + CHUNK);
            let events: Vec<Event> =
                (first..last).flat_map(|n| lived.again(self, n, n + waiting_visits >= self.visits)).collect();
            store.commit(self.arrival(last), &events, &[]).expect("the past is committed");
            while store.index_plates().expect("the disk takes it") {}
            store.checkpoint().expect("the disk takes it");
        }
        show_progress(self.visits, self.visits);
    }

    /// When the visit arrived that is followed by so many until the present.
    fn arrival(self, n: u32) -> Stamp {
        later(present(), (i64::from(n) - i64::from(self.visits)) * GAP_S)
    }
}

fn show_progress(made: u32, of: u32) {
    let mut stderr = std::io::stderr();
    if stderr.is_terminal() {
        let end = if made == of { "\n" } else { "" };
        let _ = write!(stderr, "\r{made} of {of} visits of the past are made{end}");
    }
}

/// One visit as a real terminal stored it.
struct Lived {
    visit: Visit,
    document: Document,
    told: Vec<Told>,
}

impl Lived {
    fn through(settings: &Settings) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), &settings.terminal).expect("a new database");
        let mut terminal = Terminal::new(settings.clone(), store).expect("an empty database");
        let operator = settings.operators.first().expect("somebody works here").id.clone();
        let mut taken = 0;
        let mut act = |terminal: &mut Terminal, input: Input| {
            taken += 1;
            let stamped = Stamped { at: present(), chance: taken, input };
            terminal.step(&stamped).expect("the disk takes it");
            terminal.state().visits.values().next().cloned()
        };
        let opened = act(&mut terminal, open(plate(0), &operator)).expect("it is inside");
        let package = settings.catalogue.packages.first().expect("something is sold").code.clone();
        let choice = ChooseService { visit: opened.id, size: Size::Small, package, extras: Vec::new() };
        let served = act(&mut terminal, Input::ChooseService(choice)).expect("it is inside");
        let tenders = vec![Tender::CardApart { amount: served.due(), tip: Cents::ZERO }];
        let pay = Input::Pay { visit: opened.id, tenders, invoice_to: None, operator: operator.clone() };
        act(&mut terminal, pay);
        let paid = query::documents_of(terminal.store().connection(), opened.id).expect("it is readable");
        let document = paid.first().expect("it was paid");
        let (name, qr) = (simulator::name(document), Some(simulator::qr(document)));
        act(&mut terminal, Input::Document(DocumentInput::Reported { document: document.id, name, qr }));
        act(&mut terminal, Input::Depart { visit: opened.id, operator, returned_at: None });
        Self::read(&terminal, opened.id, document.id)
    }

    fn read(terminal: &Terminal, visit: VisitId, document: DocumentId) -> Self {
        let conn = terminal.store().connection();
        let visit = query::visit(conn, visit).expect("it is readable").expect("it is there");
        let messages = query::messages_of(conn, &visit).expect("it is readable");
        Self {
            document: query::document(conn, document).expect("it is readable").expect("it is there"),
            told: messages.into_iter().map(|message| message.told).collect(),
            visit,
        }
    }

    /// The same once more as visit `n` (from 0). The visit itself comes last and is over already, so that nothing has to
    /// be read and written back.
    fn again(&self, past: Past, n: u32, waits: bool) -> Vec<Event> {
        let arrived = past.arrival(n);
        let mut ids = IdSource::new(arrived.utc.as_millisecond().unsigned_abs(), u64::from(n));
        let mut visit = self.visit.clone();
        visit.id = VisitId(ids.uuid());
        visit.chain = visit.id;
        visit.arrived = arrived;
        visit.reference.number = u64::from(n) + 1;
        visit.plate = Plate::parse(&PlateEntry::Greek, &plate(n % past.vehicles())).expect("a plate");
        let document = self.document(&visit, DocumentId(ids.uuid()));
        settle(&mut visit.state, &document);
        let entry = i64::from(n) * 10 + 1;
        visit.entry = Entry { id: (!waits).then_some(entry), ..Entry::default() };
        let told = self.told.iter().map(|told| retold(told, &visit, &document));
        let told: Vec<Told> = told.collect();
        let mut events = Vec::new();
        for (order, told) in (0..).zip(told) {
            let message = Message::new(MessageId(ids.uuid()), visit.id, visit.id, told, arrived);
            let message = if waits { message } else { confirmed(message, entry + order) };
            note(&mut visit.entry, &message);
            events.push(Event::MessageQueued { message: Box::new(message) });
        }
        events.push(Event::DocumentNumbered { document: Box::new(document), shift: None });
        events.push(Event::VisitOpened { visit: Box::new(visit) });
        events
    }

    fn document(&self, visit: &Visit, id: DocumentId) -> Document {
        let mut document = self.document.clone();
        document.id = id;
        document.issued_for = IssuedFor::Visit {
            visit: visit.id,
            chain: visit.id,
            parts: Vec::new(),
            under: None,
            plate: visit.plate.clone(),
        };
        document.reference = visit.reference.clone();
        document.number = visit.reference.number;
        document.issued = later(visit.arrived, 15 * 60);
        document.name = Some(simulator::name(&document));
        document.qr = Some(simulator::qr(&document));
        document
    }
}

/// A vehicle comes.
pub(crate) fn open(plate: String, operator: &OperatorId) -> Input {
    Input::OpenVisit(OpenVisit::new(&plate, Size::Small, operator.clone()))
}

fn settle(state: &mut VisitState, document: &Document) {
    let paid = Settlement::Paid {
        document: document.id,
        kind: document.kind.clone(),
        total: document.totals.gross,
        name: document.name.clone(),
    };
    *state = VisitState::Closed { settlement: paid, departed: later(document.issued, 60) };
}

fn retold(told: &Told, visit: &Visit, document: &Document) -> Told {
    let mut told = told.clone();
    match &mut told {
        Told::Create { plate, arrived, mark, .. } => {
            (*plate, *arrived, *mark) = (visit.plate.clone(), visit.arrived, visit.reference.mark());
        }
        Told::Complete { departed, mark, .. } => {
            (*departed, *mark) = (later(document.issued, 60), visit.reference.mark());
        }
        Told::Correlate { document: of, name, .. } => {
            (*of, *name) = (Some(document.id), document.name.clone().expect("it has a name"));
        }
        Told::Update { .. } | Told::Cancel { .. } => {}
    }
    told
}

fn confirmed(message: Message, registry_id: i64) -> Message {
    Message {
        state: MessageState::Confirmed,
        tries: 1,
        cursor: Some(registry_id - 1),
        registry_id: Some(registry_id),
        ..message
    }
}

fn note(entry: &mut Entry, message: &Message) {
    let kind: MessageKind = message.told.kind();
    let tried = message.tries > 0;
    *entry.moment_mut(kind) =
        Some(Moment { message: message.id, state: message.state, tried, shared: false });
}

fn later(at: Stamp, seconds: i64) -> Stamp {
    Stamp::new(at.utc + jiff::SignedDuration::from_secs(seconds))
}
