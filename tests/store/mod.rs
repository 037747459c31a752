//! The store: what is committed is there, whatever happens next; what somebody changes shows.
//!
//! | module | promise |
//! |---|---|
//! | `door` | who may open a database, and which one |
//! | `archive` | every try is kept with its bytes, packed, forgotten in time, and without credentials |
//! | `disk` | a full or read-only disk loses nothing and says so |
//! | `journal` | append-only, and one flipped byte is found |
//! | `outbox` | what is sent when, and the place a message keeps |
//! | `past` | visits of the past are found by plate, time, standing and amount, page by page, by index |
//! | `search` | a vehicle is found by any piece of its plate |
//! | `walk` | the world in memory is the world on the disk, after every step of anything at all |

mod archive;
mod disk;
mod door;
mod journal;
mod outbox;
mod past;
mod search;
mod walk;

use crate::folder::Folder;
use jiff::SignedDuration;
use rusqlite::Connection;
use tameio::app::effect::Effect;
use tameio::app::input::{By, ChooseService, Input, OpenVisit, RegistryInput, Stamped};
use tameio::app::terminal::{Terminal, load};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::entry::{Heard, MessageKind};
use tameio::domain::ids::{IdSource, MessageId, VisitId};
use tameio::domain::money::Cents;
use tameio::domain::operator::OperatorId;
use tameio::domain::payment::Tender;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::time::Stamp;
use tameio::store::{Store, StoreError};

/// A wash in practice.
fn settings() -> Settings {
    Config::practice(Trade::Wash).expect("the shipped file").settings
}

fn person(id: &str) -> OperatorId {
    OperatorId(id.to_owned())
}

/// The cashier, with the chief beside.
fn by_chief() -> By {
    By { operator: person("A"), approved_by: Some(person("chief")) }
}

/// A terminal in a folder of its own, stepped by hand, with nothing around it.
struct Till {
    // Declared first: the database is closed before its folder goes.
    terminal: Terminal,
    folder: Folder,
    now: Stamp,
    chance: IdSource,
}

impl Till {
    fn new() -> Self {
        Self::with(settings())
    }

    fn with(settings: Settings) -> Self {
        let folder = Folder::new();
        let store = Store::open(folder.path(), &settings.terminal).expect("a new database");
        let now = Stamp::new("2026-03-14T08:02:00Z".parse().expect("an instant"));
        let terminal = Terminal::new(settings, store).expect("it loads");
        Self { terminal, folder, now, chance: IdSource::new(0, 7) }
    }

    /// The owner changed the settings: the terminal starts again with them on the same data.
    fn with_other_settings(self, settings: Settings) -> Self {
        let Self { terminal, folder, now, chance } = self;
        let terminal = Terminal::new(settings, terminal.into_store()).expect("it loads");
        Self { terminal, folder, now, chance }
    }

    fn stamped(&mut self, input: Input) -> Stamped {
        Stamped { at: self.now, chance: self.chance.bits(), input }
    }

    fn try_act(&mut self, input: Input) -> Result<Vec<Effect>, StoreError> {
        let stamped = self.stamped(input);
        self.terminal.step(&stamped)
    }

    fn act(&mut self, input: Input) -> Vec<Effect> {
        self.try_act(input).expect("it is committed")
    }

    /// What the loop does when it is idle.
    fn tidy(&mut self) {
        self.terminal.tidy(self.now).expect("the disk takes it");
    }

    fn pass(&mut self, seconds: i64) {
        self.now = Stamp::new(self.now.utc + SignedDuration::from_secs(seconds));
    }

    fn sql(&self) -> &Connection {
        self.terminal.store().connection()
    }

    /// The world in memory and the one on the disk are the same.
    fn check(&self) {
        assert_eq!(self.terminal.state().durable(), load(self.terminal.store()).expect("it loads"));
    }

    /// A car comes; the tries it begins.
    fn open(&mut self, plate: &str) -> (VisitId, Vec<Effect>) {
        let effects = self.act(arrival(plate));
        let visit = self.terminal.state().visits.values().max_by_key(|visit| visit.reference.number);
        (visit.expect("it is inside").id, effects)
    }

    /// A car comes, is served, pays and leaves; the tries it begins.
    fn whole_visit(&mut self, plate: &str) -> Vec<Effect> {
        let (visit, mut effects) = self.open(plate);
        for input in [exterior(visit), cash(visit, 800), leaves(visit)] {
            effects.extend(self.act(input));
        }
        effects
    }

    /// The registry's answer to a try, and the tries that follow it.
    fn hear(&mut self, (message, n, _): (MessageId, u32, MessageKind), heard: Heard) -> Vec<Effect> {
        self.act(Input::Registry(RegistryInput::Exchanged { message, n, heard }))
    }
}

fn arrival(plate: &str) -> Input {
    Input::OpenVisit(open(plate))
}

fn open(plate: &str) -> OpenVisit {
    OpenVisit { lane: Some(1), ..OpenVisit::new(plate, Size::Small, person("A")) }
}

fn exterior(visit: VisitId) -> Input {
    Input::ChooseService(ChooseService {
        visit,
        size: Size::Small,
        package: "EXT".to_owned(),
        extras: Vec::new(),
    })
}

fn leaves(visit: VisitId) -> Input {
    Input::Depart { visit, operator: person("A"), returned_at: None }
}

fn cash(visit: VisitId, cents: i64) -> Input {
    let tenders = vec![Tender::Cash { given: Cents(cents) }];
    Input::Pay { visit, tenders, invoice_to: None, operator: person("A") }
}

/// The tries among some effects.
fn tries(effects: &[Effect]) -> Vec<(MessageId, u32, MessageKind)> {
    let of = |effect: &Effect| match effect {
        Effect::Exchange { message, n, kind, .. } => Some((*message, *n, *kind)),
        _ => None,
    };
    effects.iter().filter_map(of).collect()
}

/// The numbers of the documents and of the visits have no gap and no double; but for those of visits the registry showed to be
/// forgotten here, which are not given again.
fn check_numbers(sql: &Connection) {
    for (what, list) in [
        (
            "documents",
            "SELECT number FROM documents WHERE json_extract(body, '$.credit') IS NULL ORDER BY number",
        ),
        (
            "credits",
            "SELECT number FROM documents WHERE json_extract(body, '$.credit') NOTNULL ORDER BY number",
        ),
        ("visits", "SELECT number FROM visits UNION ALL SELECT number FROM orders ORDER BY number"),
        ("events", "SELECT seq FROM events ORDER BY seq"),
    ] {
        let mut statement = sql.prepare(list).expect(list);
        let numbers: Result<Vec<i64>, _> = statement.query_map([], |row| row.get(0)).expect(list).collect();
        let numbers = numbers.expect(list);
        if what == "visits" && forgotten(sql) {
            continue;
        }
        let expected: Vec<i64> = (1..).take(numbers.len()).collect();
        assert_eq!(numbers, expected, "{what}");
    }
}

fn forgotten(sql: &Connection) -> bool {
    let lost = "SELECT EXISTS (SELECT 1 FROM differences WHERE id >= 'lost-' AND id < 'lost.')";
    sql.query_row(lost, [], |row| row.get(0)).expect(lost)
}
