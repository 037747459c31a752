//! The registry's rules on our side: one dated table of fields, from which forms and the check before sending are
//! derived. A new kind of business, or a new edition of the rules, is a new table.
//!
//! | file | what it holds |
//! |---|---|
//! | [`Field`] | the registry's fields, in our words and in its own |
//! | [`Condition`] | what an obligation may hang on, by name |
//! | [`Edition`] | the shape of a table, and what a form may ask it |
//! | `row` | how its rows are written |
//! | [`V1_1`] | the edition in force |
//! | [`Known`] | what is known beside a request |
//! | `sheet` | a request as fields, as they will be written |
//! | `check` | a request held against an edition |
//! | [`Fault`] | what is wrong, and the code the registry would give |
//! | `sentence` | … as a sentence for a cashier |
//!
//! The rule kept here: nothing is shared with the simulator, which has its own tables and its own rules, so that a
//! mistake in one shows against the other.

mod check;
mod condition;
mod edition;
mod fault;
mod field;
mod known;
mod row;
mod sentence;
mod sheet;
mod v1_1;

pub use condition::{Condition, Conditions};
pub use edition::{Allowed, Ask, Edition, FieldRule, Narrowed, Obligation, Shape, TradeTable};
pub use fault::{Fault, Mistake, Stage};
pub use field::Field;
pub use known::{EntryFacts, EntryLife, Known, Number};
pub use v1_1::V1_1;

use super::message::Request;
use crate::domain::time::ATHENS;
use jiff::civil;

/// Every edition known, oldest first.
pub static EDITIONS: [&Edition; 1] = [&V1_1];

/// The edition in force on a day; before the first, the first.
pub fn edition(on: civil::Date) -> &'static Edition {
    EDITIONS.iter().rfind(|edition| edition.since <= on).copied().unwrap_or(&V1_1)
}

/// Every fault of a request by the edition in force; none means that the registry will take it, as far as can be
/// known here.
pub fn check(request: &Request, known: &Known) -> Vec<Fault> {
    edition(ATHENS.to_datetime(known.now).date()).check(request, known)
}
