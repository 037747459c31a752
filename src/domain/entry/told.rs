//! What one message tells the registry: a visit's four moments, and the removal of an entry that was a mistake.

use super::{ClientType, ServiceCategory, is_default};
use crate::domain::customer::TaxNumber;
use crate::domain::document::DocumentName;
use crate::domain::ids::{DocumentId, VisitId};
use crate::domain::money::Cents;
use crate::domain::plate::Plate;
use crate::domain::terms::{Earlier, OffSite, ServiceTerms, Trip};
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::domain::visit::{NoDocumentReason, VehicleFacts};
use serde::{Deserialize, Serialize};

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
