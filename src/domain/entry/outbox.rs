//! What the outbox has to do, and how the registry can be reached.

use super::{Message, is_default};
use crate::domain::time::Stamp;
use serde::{Deserialize, Serialize};

/// What the outbox has to do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Due {
    /// Messages that may be sent, in order.
    pub send: Vec<DueMessage>,
    /// Unknown messages to ask about.
    pub ask: Vec<DueMessage>,
    /// When the next unknown message is due.
    pub next_ask: Option<Stamp>,
    /// When the oldest unsent message was queued.
    pub oldest: Option<Stamp>,
}

/// A message with what its visit adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueMessage {
    /// The message.
    pub message: Message,
    /// The entry it speaks of, once known.
    pub entry: Option<i64>,
    /// The earlier entry it replaces or continues.
    pub replaces_entry: Option<i64>,
    /// The entries of the further visits it speaks of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_entries: Vec<i64>,
    /// How many of its visits were cancelled or replaced since: their entries are left out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub gone: usize,
}

impl DueMessage {
    /// Every visit it speaks of is gone: there is nobody left to tell it for.
    pub fn is_moot(&self) -> bool {
        self.gone > self.message.told.also().len()
    }
}

/// How the registry can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Link {
    /// Since when it cannot.
    pub lost: Option<Stamp>,
    /// When the last outage ended.
    pub restored: Option<Stamp>,
    /// It refuses our credentials.
    pub unauthorized: bool,
}

/// The outbox, in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outbox {
    /// Messages queued.
    pub queued: u64,
    /// Tries in the air.
    pub sending: u64,
    /// Messages being asked about.
    pub unknown: u64,
    /// Messages refused.
    pub rejected: u64,
    /// Highest id the registry gave.
    pub highest_id: i64,
}
