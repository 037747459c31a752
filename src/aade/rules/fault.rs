//! What is wrong with a request, as a sentence for a cashier: what it is and what to do, in Greek and in English.

use super::condition::Condition;
use super::field::Field;
use super::sentence;
use crate::domain::text::{Language, Text};

/// One fault found before sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field it is about.
    pub field: Field,
    /// The code the registry would answer with.
    pub code: u16,
    /// What is wrong.
    pub mistake: Mistake,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// It is mandatory and not there.
    Missing,
    /// It may not be told here.
    NotHere,
    /// It may be told only when a condition holds.
    OnlyWhen(Condition),
    /// It may not be told when a condition holds.
    Apart(Condition),
    /// This kind of business does not have this value.
    NotOffered {
        /// The registry's number of the value.
        code: u8,
    },
    /// The value does not go with what a condition says.
    Misfits(Condition),
    /// Too long.
    TooLong {
        /// Its length, in UTF-16 units.
        units: usize,
        /// The most there may be.
        max: usize,
    },
    /// Not a country of the registry's list.
    NotACountry {
        /// What was given.
        given: Text,
    },
    /// A Greek tax number without its check digit.
    NotATaxNumber,
    /// Negative, or more digits than the registry takes.
    NotAnAmount,
    /// Outside the numbers the registry takes.
    OutOfRange {
        /// The least.
        from: i64,
        /// The greatest.
        to: i64,
    },
    /// A day before the year 1.
    NotADay,
    /// The agreed period ends before it begins.
    PeriodBackwards,
    /// The arrival lies in the future.
    InTheFuture,
    /// The registry has no such number.
    NumberUnknown {
        /// The number.
        id: i64,
    },
    /// The number is of an update, a correlation or a cancellation.
    NotAnEntry {
        /// The number.
        id: i64,
    },
    /// The entry was cancelled.
    EntryCancelled {
        /// Its number.
        id: i64,
    },
    /// The entry was completed.
    EntryCompleted {
        /// Its number.
        id: i64,
    },
    /// The entry was made for another kind of business.
    TypeDiffers,
    /// The entry recurs for another customer.
    CustomerDiffers {
        /// The tax number the entry names.
        agreed: Text,
    },
    /// More entries than one correlation takes.
    TooMany {
        /// The most there may be.
        max: usize,
    },
    /// The same entry twice.
    Twice {
        /// Its number.
        id: i64,
    },
    /// The entry was tied to this document before.
    AlreadyTied {
        /// Its number.
        id: i64,
    },
    /// The edition in force does not know this kind of business.
    UnknownTrade,
}

/// Where the registry stops: it finds faults of one stage only, and looks at the next when there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The document against the schema; answered with 101.
    Schema,
    /// Whom the caller may speak for; answered with 105.
    Mandate,
    /// The rules.
    Rules,
}

impl Fault {
    pub(super) const fn new(field: Field, code: u16, mistake: Mistake) -> Self {
        Self { field, code, mistake }
    }

    /// The stage at which the registry would find it.
    pub const fn stage(&self) -> Stage {
        match self.code {
            101 => Stage::Schema,
            105 => Stage::Mandate,
            _ => Stage::Rules,
        }
    }

    /// The sentence for a language.
    pub fn told(&self, language: Language) -> String {
        let (el, en) = sentence::of(self);
        match language {
            Language::El => el,
            Language::En => en,
        }
    }
}
