//! What the registry holds, and how the four operations change it.
//!
//! ```text
//! (none) ──SendClient──▶ open ──UpdateClient with completion──▶ completed
//!                          │ ▲ └ UpdateClient without: fields merge │ │
//!                          │ └──── ClientCorrelations: adds a link ─┴─┘ (stays)
//!                          └────────── CancelClient ──▶ cancelled ◀── CancelClient (switchable)
//! ```
//!
//! Everything accepted is a [`Record`]; the state is their fold, so that keeping the records keeps everything.

use super::schema::Fields;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All four operations draw their ids from one series that begins after this.
pub const FIRST_ID: i64 = 100_000_000_000_000;

/// What was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "fields", rename_all = "snake_case")]
pub enum What {
    /// A new entry.
    Created(Fields),
    /// More about an entry.
    Updated(Fields),
    /// A document tied to entries.
    Correlated(Fields),
    /// This entry removed.
    Cancelled(i64),
}

/// One accepted operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The id given.
    pub id: i64,
    /// Whose it is.
    pub afm: String,
    /// When it was accepted.
    pub at: Timestamp,
    /// What it is.
    pub what: What,
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// The vehicle is there.
    Open,
    /// It left.
    Completed,
    /// The entry was a mistake.
    Cancelled,
}

/// An entry with all that followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id.
    pub id: i64,
    /// Whose it is.
    pub afm: String,
    /// Where it stands.
    pub state: EntryState,
    /// What its creation said.
    pub initial: Fields,
    /// The registry's time of it; after an outage, the caller's.
    pub created: Timestamp,
    /// All updates, the last value of each field.
    pub merged: Fields,
    /// When it was completed.
    pub completed: Option<Timestamp>,
    /// Ids of its updates.
    pub updates: Vec<i64>,
    /// Ids of its correlations.
    pub correlations: Vec<i64>,
    /// Id of its cancellation.
    pub cancelled_by: Option<i64>,
}

impl Entry {
    /// The plate, whichever field it stood in.
    pub fn plate(&self) -> &str {
        let domestic = self.initial.get("vehicleRegistrationNumber");
        domestic.or_else(|| self.initial.get("foreignVehicleRegistrationNumber")).unwrap_or_default()
    }

    /// What the creation's comment says.
    pub fn comments(&self) -> &str {
        self.initial.get("comments").unwrap_or_default()
    }

    /// The caller's own mark at the head of the comment, `#7K3Q-000123`.
    pub fn mark(&self) -> Option<&str> {
        self.comments().split_whitespace().next().filter(|word| word.starts_with('#'))
    }
}

/// Everything one AFM told.
#[derive(Debug, Clone, Default)]
pub struct Book {
    records: BTreeMap<i64, Record>,
    entries: BTreeMap<i64, Entry>,
}

impl Book {
    /// An entry.
    pub fn entry(&self, id: i64) -> Option<&Entry> {
        self.entries.get(&id)
    }

    /// Any record, of whatever kind.
    pub fn record(&self, id: i64) -> Option<&Record> {
        self.records.get(&id)
    }

    /// All entries by id.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Records above `after`, up to and including `up_to`, by id.
    pub fn range(&self, after: i64, up_to: i64) -> impl Iterator<Item = &Record> {
        let above = after.saturating_add(1);
        (above <= up_to)
            .then(|| self.records.range(above..=up_to))
            .into_iter()
            .flatten()
            .map(|(_, record)| record)
    }

    fn apply(&mut self, record: Record) {
        match &record.what {
            What::Created(fields) => self.create(&record, fields),
            What::Updated(fields) => self.update(&record, fields),
            What::Correlated(fields) => self.correlate(record.id, fields),
            What::Cancelled(entry) => self.cancel(record.id, *entry),
        }
        self.records.insert(record.id, record);
    }

    fn create(&mut self, record: &Record, fields: &Fields) {
        let told = fields.get("creationDateTime").and_then(|at| at.parse().ok());
        let entry = Entry {
            id: record.id,
            afm: record.afm.clone(),
            state: EntryState::Open,
            initial: fields.clone(),
            created: told.unwrap_or(record.at),
            merged: Fields::default(),
            completed: None,
            updates: Vec::new(),
            correlations: Vec::new(),
            cancelled_by: None,
        };
        self.entries.insert(record.id, entry);
    }

    fn update(&mut self, record: &Record, fields: &Fields) {
        let id = fields.number("initialDclId").unwrap_or_default();
        let Some(entry) = self.entries.get_mut(&id) else { return };
        entry.merged.merge(fields);
        entry.updates.push(record.id);
        if fields.is_true("entryCompletion") {
            entry.state = EntryState::Completed;
            entry.completed = Some(record.at);
        }
    }

    fn correlate(&mut self, id: i64, fields: &Fields) {
        for entry in fields.all("correlatedDCLids").filter_map(|id| id.parse::<i64>().ok()) {
            if let Some(entry) = self.entries.get_mut(&entry) {
                entry.correlations.push(id);
            }
        }
    }

    fn cancel(&mut self, id: i64, entry: i64) {
        if let Some(entry) = self.entries.get_mut(&entry) {
            entry.state = EntryState::Cancelled;
            entry.cancelled_by = Some(id);
        }
    }
}

/// Everything, of everyone.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    last_id: i64,
    books: BTreeMap<String, Book>,
}

impl Registry {
    /// One AFM's book, when it told anything.
    pub fn book(&self, afm: &str) -> Option<&Book> {
        self.books.get(afm)
    }

    /// All books by AFM.
    pub fn books(&self) -> impl Iterator<Item = (&String, &Book)> {
        self.books.iter()
    }

    /// The id the next record gets.
    pub fn next_id(&self) -> i64 {
        self.last_id.max(FIRST_ID) + 1
    }

    /// Takes a record in.
    pub fn apply(&mut self, record: Record) {
        self.last_id = self.last_id.max(record.id);
        self.books.entry(record.afm.clone()).or_default().apply(record);
    }
}
