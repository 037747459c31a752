//! Looking up a business by its tax number, so that an invoice is made out to whom it is for. A person asks for it; nothing
//! here asks by itself, for AADE tells the business that somebody did.
//!
//! | file | what it holds |
//! |---|---|
//! | [`registry`] | AADE's registry of businesses (RgWsPublic2): the question, and what an answer means |
//! | [`codes`] | its errors as sentences |
//! | [`vies`] | the European Union's register of tax numbers (VIES) |
//! | [`worker`] | one question over whatever transport there is |
//! | [`simulator`] | both services on one socket, which share no rule with the files above |

pub mod codes;
pub mod registry;
pub mod simulator;
pub mod vies;
pub mod worker;

use crate::domain::time::Stamp;
use serde::{Deserialize, Serialize};

/// An answer that is kept, and when it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept<T> {
    /// The answer.
    pub answer: T,
    /// When it was given.
    pub asked: Stamp,
}

impl<T> Kept<T> {
    /// Whether it is still good: younger than so many days, and not from a time to come.
    pub fn is_fresh(&self, now: Stamp, days: u16) -> bool {
        (0..i64::from(days) * 86_400).contains(&now.seconds_since(&self.asked))
    }
}
