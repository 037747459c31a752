//! The visit at the registry: what is to be told (messages), and how far each telling got.
//!
//! ```text
//! queued ──commit "sending", then send──▶ sending ──accepted──▶ confirmed (with the id given)
//!   ▲                                        ├──refused────────▶ rejected   (a person; not retried)
//!   │                                        └──lost, crash, 5xx, unreadable──▶ unknown
//!   └──── two complete look-ups, 60 s apart, found nothing ◀── ask ──┴── found ──▶ confirmed (adopted)
//! ```

use super::customer::TaxNumber;
use super::document::DocumentName;
use super::ids::{DocumentId, MessageId, VisitId};
use super::money::Cents;
use super::plate::Plate;
use super::terms::{Earlier, OffSite, ServiceTerms, Trip};
use super::text::Text;
use super::time::Stamp;
use super::visit::{NoDocumentReason, VehicleFacts};
use serde::{Deserialize, Serialize};

/// The registry's kinds of business. An open list: further ones are announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientType {
    /// Vehicle rental.
    Rental,
    /// Parking and car wash.
    ParkingWash,
    /// Garage, body shop, fitter.
    Garage,
}

/// What kind of service was given (moments 2 and 3; never told for rentals).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "category", content = "text", rename_all = "snake_case")]
pub enum ServiceCategory {
    /// Work with parts; garage.
    WithParts,
    /// Work with the customer's parts; garage.
    WithCustomersParts,
    /// Work without parts; garage.
    WithoutParts,
    /// Free of charge.
    Free,
    /// Something else, in words.
    Other(Text),
    /// Warranty compensation; garage.
    Warranty,
    /// By the price list; parking and wash.
    ByPriceList,
    /// By agreement; parking and wash.
    ByAgreement,
    /// The business's own vehicle.
    OwnUse,
}

impl ServiceCategory {
    /// The category a reason without a document goes with.
    pub const fn without_document(reason: NoDocumentReason) -> Self {
        match reason {
            NoDocumentReason::Free => Self::Free,
            NoDocumentReason::OwnUse => Self::OwnUse,
            NoDocumentReason::Warranty => Self::Warranty,
        }
    }

    /// These categories must say "no document" in every call.
    pub const fn means_no_document(&self) -> bool {
        matches!(self, Self::Free | Self::Warranty | Self::OwnUse)
    }
}

/// How the completed visit is documented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// A retail document with a MARK.
    Retail,
    /// An invoice.
    Invoice {
        /// The counterparty.
        customer: TaxNumber,
    },
    /// A retail receipt of a fiscal machine.
    FiscalMachine,
    /// None yet: the vehicle was moved away for further work.
    Later,
    /// None.
    NoDocument {
        /// Why.
        reason: NoDocumentReason,
    },
}

/// What one message tells. The XML is built when it is sent: a late create needs the outage flag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "snake_case")]
pub enum Told {
    /// Moment 1.
    Create {
        /// Kind of business.
        client_type: ClientType,
        /// Branch.
        branch: u32,
        /// The business offers parking and wash.
        mixed: bool,
        /// The vehicle.
        plate: Plate,
        /// Beside a foreign plate.
        vehicle: VehicleFacts,
        /// True arrival.
        arrived: Stamp,
        /// The earlier entry this one replaces or continues.
        replaces: Option<Earlier>,
        /// `#7K3Q-000123`.
        mark: String,
        /// What the comment says after the mark.
        note: Option<Text>,
        /// On what terms.
        #[serde(default, skip_serializing_if = "is_default")]
        terms: ServiceTerms,
        /// A rental's trip.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        trip: Option<Trip>,
    },
    /// Moment 2.
    Update {
        /// Kind of business.
        client_type: ClientType,
        /// Kind of service; never told for rentals.
        category: Option<ServiceCategory>,
        /// The agreed amount; asked for with a lease.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Cents>,
        /// A document follows after all: the last update said that none would.
        #[serde(default, skip_serializing_if = "is_default")]
        after_all: bool,
    },
    /// Moment 3.
    Complete {
        /// Kind of business.
        client_type: ClientType,
        /// Kind of service; never told for rentals.
        category: Option<ServiceCategory>,
        /// How it is documented.
        outcome: Outcome,
        /// True departure (rental: return); the registry stamps its own.
        departed: Stamp,
        /// `#7K3Q-000123`.
        mark: String,
        /// The agreed amount; asked for with a lease.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Cents>,
        /// Where a garage's vehicle was moved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        off_site: Option<OffSite>,
        /// Where a rental vehicle came back, when not at the desk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        returned_at: Option<Text>,
    },
    /// Moment 4.
    Correlate {
        /// Our document; absent when it was issued elsewhere.
        document: Option<DocumentId>,
        /// Its name at the authority.
        name: DocumentName,
        /// Further visits the same document is for, with entries already.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<VisitId>,
    },
    /// The entry was a mistake.
    Cancel {
        /// An entry that is no visit's: one too many, or made by hand. Nothing: the visit's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entry: Option<i64>,
    },
}

/// Which of the registry's operations a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// Moment 1.
    Create,
    /// Moment 2.
    Update,
    /// Moment 3.
    Complete,
    /// Moment 4.
    Correlate,
    /// Removal of a mistaken entry.
    Cancel,
}

impl MessageKind {
    /// All of them, in the order of a visit.
    pub const ALL: [Self; 5] = [Self::Create, Self::Update, Self::Complete, Self::Correlate, Self::Cancel];

    /// The code stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Complete => "complete",
            Self::Correlate => "correlate",
            Self::Cancel => "cancel",
        }
    }
}

impl Told {
    /// Its kind.
    pub const fn kind(&self) -> MessageKind {
        match self {
            Self::Create { .. } => MessageKind::Create,
            Self::Update { .. } => MessageKind::Update,
            Self::Complete { .. } => MessageKind::Complete,
            Self::Correlate { .. } => MessageKind::Correlate,
            Self::Cancel { .. } => MessageKind::Cancel,
        }
    }

    /// Further visits it speaks of.
    pub fn also(&self) -> &[VisitId] {
        match self {
            Self::Correlate { also, .. } => also,
            Self::Create { .. } | Self::Update { .. } | Self::Complete { .. } | Self::Cancel { .. } => &[],
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

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

/// What was heard of one try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "heard", rename_all = "snake_case")]
pub enum Heard {
    /// The registry has it.
    Accepted {
        /// The id given.
        id: i64,
    },
    /// The registry read it and refused.
    Refused {
        /// Code of the first error.
        code: String,
        /// All errors, in words.
        why: Text,
    },
    /// No byte left this machine.
    NeverLeft {
        /// What stopped it.
        why: Text,
    },
    /// "Later."
    Throttled,
    /// The credentials were refused before it was read.
    Unauthorized,
    /// It left and no usable answer came.
    Lost {
        /// What was seen.
        why: Text,
    },
}

/// What keeps a listing from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    /// The registry could not be reached, or not be understood.
    #[default]
    Link,
    /// "Later."
    Throttled,
    /// It read the question and refused it.
    Refused,
    /// It refused our credentials.
    Credentials,
}

/// What a look-up showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum Found {
    /// It is there.
    There {
        /// Its id.
        id: i64,
    },
    /// Everything was read and it is not there.
    Absent,
    /// Not everything could be read.
    Incomplete {
        /// What was seen.
        why: Text,
        /// The listing's token of the page it broke off at; nothing when it must begin anew.
        #[serde(default)]
        token: Option<String>,
        /// What stood in the way.
        #[serde(default)]
        hindrance: Hindrance,
    },
}

/// Where a look-up broke off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// The listing's token of the next page.
    pub token: String,
    /// How often in a row that page could not be read.
    pub failed: u8,
}

/// What a look-up looks for: everything of ours above `after`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sought {
    /// Exclusive cursor: the highest registry id confirmed before the first try.
    pub after: i64,
    /// The page an earlier look-up broke off at; the pages before it were read.
    #[serde(default)]
    pub token: Option<String>,
    /// What it looks like.
    pub what: SoughtWhat,
}

/// What a message looks like in the registry's listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum SoughtWhat {
    /// An entry whose comment starts with our mark.
    Entry {
        /// `#7K3Q-000123`.
        mark: String,
    },
    /// An update of this entry.
    Update {
        /// The entry.
        entry: i64,
        /// It completes the entry.
        completes: bool,
    },
    /// A correlation of these entries with this document.
    Correlation {
        /// The entries.
        entries: Vec<i64>,
        /// The document.
        name: DocumentName,
    },
    /// A cancellation of this entry.
    Cancellation {
        /// The entry.
        entry: i64,
    },
}

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
