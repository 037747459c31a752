//! The visit at the registry: what is to be told (messages), and how far each telling got.
//!
//! ```text
//! queued ──commit "sending", then send──▶ sending ──accepted──▶ confirmed (with the id given)
//!   ▲                                        ├──refused────────▶ rejected   (a person; not retried)
//!   │                                        └──lost, crash, 5xx, unreadable──▶ unknown
//!   └──── two complete look-ups, 60 s apart, found nothing ◀── ask ──┴── found ──▶ confirmed (adopted)
//! ```
//!
//! | file | what it holds |
//! |---|---|
//! | `service` | the registry's kinds of business and of service |
//! | `told` | what one message tells: the four moments and the removal |
//! | `message` | a row of the outbox, and where it stands |
//! | `asked` | what was heard of a try, and what a look-up looks for and finds |
//! | `outbox` | what is due, and how the registry can be reached |

mod asked;
mod message;
mod outbox;
mod service;
mod told;

pub use asked::{Bookmark, Found, Heard, Hindrance, Sought, SoughtWhat};
pub use message::{About, Message, MessageState};
pub use outbox::{Due, DueMessage, Link, Outbox};
pub use service::{ClientType, ServiceCategory};
pub use told::{MessageKind, Outcome, Told};

use super::ids::{MessageId, VisitId};
use serde::{Deserialize, Serialize};

/// How far one moment of a visit got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The latest message of its kind.
    pub message: MessageId,
    /// Where that stands.
    pub state: MessageState,
    /// A try of it may have reached the registry.
    pub tried: bool,
    /// It speaks of other visits too.
    #[serde(default, skip_serializing_if = "is_default")]
    pub shared: bool,
}

impl Moment {
    /// What an event about its message says of it, for a visit that has it alone.
    pub const fn about(&self, visit: VisitId, kind: MessageKind) -> About {
        About { message: self.message, visit, also: Vec::new(), kind }
    }
}

/// A visit at the registry.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// The registry's number of the entry (`idDcl`).
    pub id: Option<i64>,
    /// Moment 1.
    pub create: Option<Moment>,
    /// Moment 2.
    pub update: Option<Moment>,
    /// Moment 3.
    pub complete: Option<Moment>,
    /// Moment 4.
    pub correlate: Option<Moment>,
    /// Removal.
    pub cancel: Option<Moment>,
}

/// One word for a card on the screen: the worst of the moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryStanding {
    /// Everything told so far is confirmed.
    Confirmed,
    /// Something waits to be sent.
    Waiting,
    /// Something is being asked about.
    Unknown,
    /// Something was refused.
    Rejected,
}

/// Why an entry has no number yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNumber {
    /// It waits for the line.
    Waiting,
    /// It is being sent.
    Sending,
    /// It is being asked about.
    Unknown,
    /// The registry refused it.
    Rejected,
}

impl Entry {
    /// Why it has no number yet; nothing when it has one.
    pub fn no_number(&self) -> Option<NoNumber> {
        if self.id.is_some() {
            return None;
        }
        Some(match self.create.as_ref().map(|create| (create.state, create.tried)) {
            Some((MessageState::Rejected, _)) => NoNumber::Rejected,
            Some((MessageState::Unknown, _)) => NoNumber::Unknown,
            Some((MessageState::Queued, false)) => NoNumber::Waiting,
            _ => NoNumber::Sending,
        })
    }

    /// The slot of a kind.
    pub const fn moment(&self, kind: MessageKind) -> Option<&Moment> {
        match kind {
            MessageKind::Create => self.create.as_ref(),
            MessageKind::Update => self.update.as_ref(),
            MessageKind::Complete => self.complete.as_ref(),
            MessageKind::Correlate => self.correlate.as_ref(),
            MessageKind::Cancel => self.cancel.as_ref(),
        }
    }

    /// The slot of a kind, to be changed.
    pub const fn moment_mut(&mut self, kind: MessageKind) -> &mut Option<Moment> {
        match kind {
            MessageKind::Create => &mut self.create,
            MessageKind::Update => &mut self.update,
            MessageKind::Complete => &mut self.complete,
            MessageKind::Correlate => &mut self.correlate,
            MessageKind::Cancel => &mut self.cancel,
        }
    }

    /// The worst of the moments; an entry that was adopted has none at first.
    pub fn standing(&self) -> EntryStanding {
        let moments = [&self.create, &self.update, &self.complete, &self.correlate, &self.cancel];
        let standing = |moment: &Moment| match moment.state {
            MessageState::Confirmed | MessageState::Withdrawn => EntryStanding::Confirmed,
            MessageState::Queued | MessageState::Sending => EntryStanding::Waiting,
            MessageState::Unknown => EntryStanding::Unknown,
            MessageState::Rejected => EntryStanding::Rejected,
        };
        let none = if self.id.is_some() { EntryStanding::Confirmed } else { EntryStanding::Waiting };
        moments.into_iter().flatten().map(standing).max().unwrap_or(none)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
