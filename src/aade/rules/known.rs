//! What is known here beside a request: the time, and what became of the registry's numbers it names.

use crate::aade::message::Document;
use crate::domain::customer::TaxNumber;
use crate::domain::entry::ClientType;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// How far an entry is, as far as we were answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryLife {
    /// It takes updates.
    Open,
    /// It takes correlations only, and may be cancelled.
    Completed,
    /// It takes nothing; a new entry may replace it.
    Cancelled,
}

/// What is known here of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFacts {
    /// The kind of business it was made for.
    pub client_type: ClientType,
    /// The business it recurs for; the invoice must name the same one.
    pub recurring_customer: Option<TaxNumber>,
    /// It is a continuous lease, whose amount must be told by its completion.
    pub lease: bool,
    /// An accepted update told the amount.
    pub amount_told: bool,
    /// How far it is.
    pub life: EntryLife,
    /// The documents it was tied to.
    pub documents: Vec<Document>,
}

impl EntryFacts {
    /// An open one-off entry of which nothing was told since.
    pub const fn new(client_type: ClientType) -> Self {
        Self {
            client_type,
            recurring_customer: None,
            lease: false,
            amount_told: false,
            life: EntryLife::Open,
            documents: Vec::new(),
        }
    }
}

/// What one of the registry's numbers is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// An entry of ours.
    Entry(EntryFacts),
    /// An update, a correlation or a cancellation of ours.
    OtherRecord,
    /// Nothing: the registry's listing was read to its end and does not have it.
    Absent,
}

/// What is known beside a request. A number that is not told of here is left to the registry to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub(super) now: Timestamp,
    pub(super) numbers: BTreeMap<i64, Number>,
}

impl Known {
    /// The time, and no number.
    pub const fn at(now: Timestamp) -> Self {
        Self { now, numbers: BTreeMap::new() }
    }

    /// … and what one number is.
    #[must_use]
    pub fn with(mut self, id: i64, number: Number) -> Self {
        self.numbers.insert(id, number);
        self
    }

    pub(super) fn entry(&self, id: i64) -> Option<&EntryFacts> {
        match self.numbers.get(&id)? {
            Number::Entry(facts) => Some(facts),
            Number::OtherRecord | Number::Absent => None,
        }
    }
}
