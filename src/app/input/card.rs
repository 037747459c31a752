//! What happens at a linked card terminal.

use super::By;
use crate::domain::card::{CardOutcome, CardSession};
use serde::{Deserialize, Serialize};

/// What happens at a linked card terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum CardInput {
    /// A card terminal said what became of a charge.
    Reported {
        /// Which.
        session: CardSession,
        /// What.
        #[serde(flatten)]
        outcome: CardOutcome,
    },
    /// The running charge is to end, if the terminal still can.
    Cancel,
    /// The terminal is to be asked once more what became of a charge.
    Ask {
        /// Which.
        session: CardSession,
    },
    /// A person has looked at the terminal's slip.
    Settle {
        /// Which.
        session: CardSession,
        /// It says approved.
        approved: bool,
        /// Who looked, and who stepped in.
        by: By,
    },
    /// The payment of an approved charge that no document has taken is to be tried again.
    Use {
        /// Which.
        session: CardSession,
    },
}
