//! Tickets: what makes their codes, what becomes of one, and why one opens nothing.

use super::ids::TerminalId;
use super::plate::Plate;
use super::time::Stamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// Stands before every ticket's code.
pub const PREFIX: &str = "T";

/// The secret the codes of a site's tickets are made with. All terminals of a site have the same.
#[derive(Clone, PartialEq, Eq)]
pub struct TicketKey(Arc<[u8]>);

impl TicketKey {
    /// A key of these bytes.
    pub fn new(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for TicketKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketKey(…)")
    }
}

/// What became of the ticket of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketFate {
    /// The driver has it, as far as anybody knows.
    #[default]
    Held,
    /// It cannot be read.
    Damaged,
    /// The driver has lost it.
    Lost,
}

impl TicketFate {
    /// Nothing was said of it.
    pub const fn is_held(&self) -> bool {
        matches!(self, Self::Held)
    }
}

/// Why a ticket opens no visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ticket", rename_all = "snake_case")]
pub enum TicketFault {
    /// Its vehicle has left.
    Used {
        /// The vehicle.
        plate: Plate,
        /// When.
        left: Stamp,
    },
    /// Its visit was cancelled.
    Cancelled {
        /// The vehicle.
        plate: Plate,
    },
    /// It is of another site.
    OtherSite,
    /// It is of another terminal of this site.
    OtherTerminal {
        /// Which.
        terminal: TerminalId,
    },
    /// It looks like one of ours and was not made with our key: forged, or misread.
    Forged,
    /// Only a part of its code could be read.
    Torn,
    /// It is ours, and there is no such visit here: the database was restored from a copy.
    Unknown,
}
