//! What is said to the registry (AADE's Digital Clientele, schema 1.1): five requests as plain types, and their one
//! canonical form.
//!
//! The rule kept here: a document is a pure function of its value. Elements stand in the schema's order, what is
//! absent or `false` is left out (unless it takes something back), amounts have two decimals, instants are UTC to the second with `Z`, and no text
//! reaches the document without having been cleaned. Whether a value *makes sense* is not decided here.

pub use super::kinds::InvoiceKind;
use crate::aade::transport::{HttpRequest, Method, push_parameter};
use crate::domain::customer::TaxNumber;
use crate::domain::entry::{ClientType, ServiceCategory};
use crate::domain::money::Cents;
use crate::domain::terms::{MovementPurpose, OffSite, ServiceTerms};
use crate::domain::text::Text;
use crate::domain::visit::NoDocumentReason;
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Longest comment the registry takes. Counted in UTF-16 units, as the registry's own platform counts: never more
/// lenient than counting characters.
pub const COMMENTS_MAX: usize = 150;

/// Most entries one correlation may name; more answer 211.
pub const CORRELATED_MAX: usize = 50;

/// The registry's operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// A new entry (moment 1).
    Send,
    /// More about an entry, or its completion (moments 2 and 3).
    Update,
    /// A document tied to entries (moment 4).
    Correlate,
    /// An entry removed.
    Cancel,
    /// Everything read back.
    List,
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Send, Self::Update, Self::Correlate, Self::Cancel, Self::List];

    /// The registry's own name of it, the last part of its address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Send => "SendClient",
            Self::Update => "UpdateClient",
            Self::Correlate => "ClientCorrelations",
            Self::Cancel => "CancelClient",
            Self::List => "RequestClients",
        }
    }
}

/// The field that carries the plate: the registry has two and wants exactly one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", content = "text", rename_all = "snake_case")]
pub enum RegisteredPlate {
    /// An ordinary Greek plate.
    Domestic(Text),
    /// A foreign or state plate, or a chassis number.
    Foreign(Text),
}

/// The vehicle as the registry wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vehicle {
    /// Its plate.
    pub plate: RegisteredPlate,
    /// Car, motorcycle …: free text; mandatory beside a foreign plate.
    pub category: Option<Text>,
    /// Its maker; mandatory beside a foreign plate except at a wash or car park.
    pub maker: Option<Text>,
}

/// The kind of business an entry is for, with what only that kind tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "use_case", rename_all = "snake_case")]
pub enum UseCase {
    /// Vehicle rental.
    Rental {
        /// The vehicle.
        vehicle: Vehicle,
        /// Why it leaves.
        purpose: MovementPurpose,
        /// Where it was taken over, when not at the establishment.
        picked_up_at: Option<Text>,
    },
    /// Parking and car wash.
    ParkingWash {
        /// The vehicle.
        vehicle: Vehicle,
    },
    /// Garage, body shop, fitter.
    Garage {
        /// The vehicle.
        vehicle: Vehicle,
    },
}

impl UseCase {
    /// The client type that goes with it.
    pub const fn client_type(&self) -> ClientType {
        match self {
            Self::Rental { .. } => ClientType::Rental,
            Self::ParkingWash { .. } => ClientType::ParkingWash,
            Self::Garage { .. } => ClientType::Garage,
        }
    }

    /// The vehicle.
    pub const fn vehicle(&self) -> &Vehicle {
        match self {
            Self::Rental { vehicle, .. } | Self::ParkingWash { vehicle } | Self::Garage { vehicle } => {
                vehicle
            }
        }
    }

    pub(super) const fn element(&self) -> &'static str {
        match self {
            Self::Rental { .. } => "rental",
            Self::ParkingWash { .. } => "parkingcarwash",
            Self::Garage { .. } => "garage",
        }
    }
}

/// Words for the registry, beginning with our own mark as a rule. What [`Comments::new`] makes is never longer than
/// [`COMMENTS_MAX`]; words taken whole, as typed, may be, and are then refused before they are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Text", into = "Text")]
pub struct Comments(Text);

impl Comments {
    /// The visit's mark, `#7K3Q-000123`, and what is said after it. A note that is too long is cut; the mark, by
    /// which a lost answer is looked up, never is.
    pub fn new(mark: &str, note: Option<&Text>) -> Self {
        match note {
            Some(note) if !note.is_empty() => Self::cut(&Text::new(&format!("{mark} {note}"))),
            _ => Self::cut(&Text::new(mark)),
        }
    }

    fn cut(text: &Text) -> Self {
        let mut units = 0;
        let fits = |c: &char| {
            units += c.len_utf16();
            units <= COMMENTS_MAX
        };
        Self(Text::new(&text.as_str().chars().take_while(fits).collect::<String>()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl From<Text> for Comments {
    /// Takes the words whole.
    fn from(text: Text) -> Self {
        Self(text)
    }
}

impl From<Comments> for Text {
    fn from(comments: Comments) -> Self {
        comments.0
    }
}

/// Moment 1: a vehicle came (rental: left).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewClient {
    /// When it came, told only after a real outage: it sets the outage flag as well. Otherwise the registry stamps
    /// its own time.
    pub outage_since_arrival: Option<Timestamp>,
    /// The business spoken for, when somebody else speaks.
    pub entity_vat: Option<Text>,
    /// Number of the establishment; 0 is the head office.
    pub branch: u32,
    /// The terms.
    pub terms: ServiceTerms,
    /// The business offers parking and wash.
    pub mixed: bool,
    /// The earlier entry this one replaces or continues.
    pub replaces: Option<i64>,
    /// Our mark and a note.
    pub comments: Option<Comments>,
    /// Kind of business and vehicle.
    pub use_case: UseCase,
}

impl NewClient {
    /// An ordinary one-off arrival.
    pub const fn new(branch: u32, use_case: UseCase) -> Self {
        Self {
            outage_since_arrival: None,
            entity_vat: None,
            branch,
            terms: ServiceTerms::OneOff,
            mixed: false,
            replaces: None,
            comments: None,
            use_case,
        }
    }
}

/// Moments 2 and 3: what is done, and that it is finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateClient {
    /// The entry (`idDcl`), as its creation answered.
    pub entry: i64,
    /// Kind of business, as at creation.
    pub client_type: ClientType,
    /// Moment 3: the vehicle leaves; nothing but correlations may follow.
    pub completes: bool,
    /// No document will be issued.
    pub no_document: bool,
    /// A document will be issued after all: what an earlier update said is taken back. The registry keeps the last value
    /// of what is left out.
    #[serde(default)]
    pub after_all: bool,
    /// The agreed amount; asked for with a lease.
    pub amount: Option<Cents>,
    /// Where a rental vehicle came back, when not at the establishment.
    pub returned_at: Option<Text>,
    /// Kind of service; in every call, except for rentals, which never tell it.
    pub category: Option<ServiceCategory>,
    /// Kind of document.
    pub invoice_kind: Option<InvoiceKind>,
    /// Where a garage's vehicle went.
    pub off_site: Option<OffSite>,
    /// The business spoken for, when somebody else speaks.
    pub entity_vat: Option<Text>,
    /// Why there is no document.
    pub reason: Option<NoDocumentReason>,
    /// Our mark and a note.
    pub comments: Option<Comments>,
    /// The invoice's counterparty.
    pub counterparty: Option<TaxNumber>,
}

impl UpdateClient {
    /// An update that tells nothing yet.
    pub const fn new(entry: i64, client_type: ClientType) -> Self {
        Self {
            entry,
            client_type,
            completes: false,
            no_document: false,
            after_all: false,
            amount: None,
            returned_at: None,
            category: None,
            invoice_kind: None,
            off_site: None,
            entity_vat: None,
            reason: None,
            comments: None,
            counterparty: None,
        }
    }
}

/// The registry's name of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Document {
    /// Its number at myDATA.
    Mark {
        /// Fifteen digits today.
        mark: i64,
    },
    /// The receipt of a fiscal machine.
    Fim {
        /// The machine's registered number.
        number: String,
        /// The receipt's number.
        aa: i64,
        /// Date on the receipt.
        date: civil::Date,
        /// Time on the receipt.
        time: civil::Time,
    },
}

/// Moment 4: one document, and the entries it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correlation {
    /// The business spoken for, when somebody else speaks.
    pub entity_vat: Option<Text>,
    /// The document.
    pub document: Document,
    /// Up to [`CORRELATED_MAX`] entries, each once.
    pub entries: Vec<i64>,
}

impl Correlation {
    /// One document for as many entries as there are, in calls the registry takes: an invoice of a whole month names
    /// more than [`CORRELATED_MAX`]. Entries keep their order; what stands twice is told once. No entry, no call.
    pub fn in_groups(document: &Document, entries: &[i64]) -> Vec<Self> {
        let mut seen = BTreeSet::new();
        let once: Vec<i64> = entries.iter().copied().filter(|entry| seen.insert(*entry)).collect();
        let groups = once.chunks(CORRELATED_MAX);
        groups
            .map(|group| Self { entity_vat: None, document: document.clone(), entries: group.to_vec() })
            .collect()
    }
}

/// An entry removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancellation {
    /// The entry.
    pub entry: i64,
    /// The business spoken for, when somebody else speaks.
    pub entity_vat: Option<Text>,
}

/// A page of everything with an id above a cursor.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ListQuery {
    /// Exclusive: ids strictly greater come back.
    pub after: i64,
    /// Inclusive upper end.
    pub up_to: Option<i64>,
    /// What the page before ended with; opaque.
    pub token: Option<String>,
    /// The business spoken for, when somebody else speaks.
    pub entity_vat: Option<Text>,
}

/// One request to the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
pub enum Request {
    /// A new entry.
    Send(NewClient),
    /// More about an entry.
    Update(UpdateClient),
    /// A document tied to entries.
    Correlate(Correlation),
    /// An entry removed.
    Cancel(Cancellation),
    /// Everything read back.
    List(ListQuery),
}

impl Request {
    /// Which operation it is.
    pub const fn operation(&self) -> Operation {
        match self {
            Self::Send(_) => Operation::Send,
            Self::Update(_) => Operation::Update,
            Self::Correlate(_) => Operation::Correlate,
            Self::Cancel(_) => Operation::Cancel,
            Self::List(_) => Operation::List,
        }
    }

    /// The verb.
    pub const fn method(&self) -> Method {
        match self {
            Self::List(_) => Method::Get,
            Self::Send(_) | Self::Update(_) | Self::Correlate(_) | Self::Cancel(_) => Method::Post,
        }
    }

    /// The address below the host, with everything escaped that must be.
    pub fn path_and_query(&self) -> String {
        let path = format!("/DCL/{}", self.operation().name());
        let query = match self {
            Self::Cancel(cancellation) => cancellation.query(),
            Self::List(list) => list.query(),
            Self::Send(_) | Self::Update(_) | Self::Correlate(_) => String::new(),
        };
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    /// The document in its canonical form; empty for the requests that carry none.
    pub fn body(&self) -> String {
        match self {
            Self::Send(client) => client.document(),
            Self::Update(update) => update.document(),
            Self::Correlate(correlation) => correlation.document(),
            Self::Cancel(_) | Self::List(_) => String::new(),
        }
    }

    /// The request as it goes out.
    pub fn to_http(&self) -> HttpRequest {
        HttpRequest {
            method: self.method(),
            path_and_query: self.path_and_query(),
            body: self.body().into_bytes(),
        }
    }
}

impl Cancellation {
    fn query(&self) -> String {
        let mut query = format!("DCLID={}", self.entry);
        push_parameter(&mut query, "entityVatNumber", self.entity_vat.as_ref().map(Text::as_str));
        query
    }
}

impl ListQuery {
    fn query(&self) -> String {
        let mut query = format!("DCLID={}", self.after);
        push_parameter(&mut query, "maxdclid", self.up_to.map(|id| id.to_string()).as_deref());
        push_parameter(&mut query, "entityVatNumber", self.entity_vat.as_ref().map(Text::as_str));
        push_parameter(&mut query, "continuationToken", self.token.as_deref());
        query
    }
}
