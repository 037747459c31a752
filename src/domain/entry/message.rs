//! A row of the outbox: what it tells, where it stands, and what an event about it says of it.

use super::{Bookmark, MessageKind, Told};
use crate::domain::ids::{MessageId, VisitId};
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use serde::{Deserialize, Serialize};

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// To be sent.
    Queued,
    /// A try is in the air.
    Sending,
    /// The registry has it.
    Confirmed,
    /// The registry refused it; a person decides.
    Rejected,
    /// A try ended without an answer; it is asked about.
    Unknown,
    /// Taken back before it was ever sent, or put aside by a person.
    Withdrawn,
}

impl MessageState {
    /// The code stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether the next message of the chain may go.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Confirmed | Self::Withdrawn)
    }
}

/// One row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its name.
    pub id: MessageId,
    /// The visit it speaks of.
    pub visit: VisitId,
    /// Messages of one chain go out one after another.
    pub chain: VisitId,
    /// What it tells.
    pub told: Told,
    /// When it was queued.
    pub queued: Stamp,
    /// Where it stands.
    pub state: MessageState,
    /// How often it was sent.
    pub tries: u32,
    /// Highest registry id confirmed before the first try: everything of ours is above it.
    pub cursor: Option<i64>,
    /// Complete look-ups in a row that found nothing, since the last try.
    pub absent: u8,
    /// Where a look-up that could not read everything broke off: the next one goes on from there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bookmark: Option<Bookmark>,
    /// When the next look-up is due.
    pub ask_at: Option<Stamp>,
    /// The id the registry gave.
    pub registry_id: Option<i64>,
    /// Why it was refused, or why it is unknown.
    pub why: Option<Text>,
    /// The registry's code of a refusal.
    pub code: Option<String>,
}

/// Which message an event is about, and whose visits it moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The message.
    pub message: MessageId,
    /// Its visit.
    pub visit: VisitId,
    /// Further visits it speaks of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<VisitId>,
    /// Its kind.
    pub kind: MessageKind,
}

impl About {
    /// Every visit it speaks of.
    pub fn visits(&self) -> Vec<VisitId> {
        std::iter::once(self.visit).chain(self.also.iter().copied()).collect()
    }
}

impl Message {
    /// What an event about it says of it.
    pub fn about(&self) -> About {
        About { message: self.id, visit: self.visit, also: self.told.also().to_vec(), kind: self.told.kind() }
    }

    /// A message as it is queued.
    pub const fn new(id: MessageId, visit: VisitId, chain: VisitId, told: Told, queued: Stamp) -> Self {
        Self {
            id,
            visit,
            chain,
            told,
            queued,
            state: MessageState::Queued,
            tries: 0,
            cursor: None,
            absent: 0,
            bookmark: None,
            ask_at: None,
            registry_id: None,
            why: None,
            code: None,
        }
    }
}
