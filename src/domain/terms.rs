//! On what terms a vehicle is served, as the registry wants to know it: once, again and again for one business, by a right
//! bought beforehand, or on a lease; and for rentals why the vehicle leaves and where it changes hands.

use super::customer::TaxNumber;
use super::ids::VisitId;
use super::text::Text;
use jiff::civil;
use serde::{Deserialize, Serialize};

/// An agreed period, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: civil::Date,
    /// Last day.
    pub to: civil::Date,
}

/// How often a continuous lease is invoiced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "every", content = "value", rename_all = "snake_case")]
pub enum Periodicity {
    /// Every so many months, 1 to 12.
    Months(u8),
    /// In words, at most 100 characters.
    Other(Text),
}

/// On what terms the service is given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "terms", rename_all = "snake_case")]
pub enum ServiceTerms {
    /// Once; the registry has no flag for it.
    #[default]
    OneOff,
    /// Recurring for one business, invoiced together later.
    Recurring {
        /// The business; the completion must name the same one.
        customer: TaxNumber,
    },
    /// A right bought beforehand.
    Continuous {
        /// The agreed period.
        period: Period,
    },
    /// Invoiced in instalments while it lasts.
    Lease {
        /// The agreed period.
        period: Period,
        /// How often it is invoiced.
        every: Periodicity,
    },
}

impl ServiceTerms {
    /// Once.
    pub const fn is_one_off(&self) -> bool {
        matches!(self, Self::OneOff)
    }

    /// The agreed period, where there is one.
    pub const fn period(&self) -> Option<&Period> {
        match self {
            Self::Continuous { period } | Self::Lease { period, .. } => Some(period),
            Self::OneOff | Self::Recurring { .. } => None,
        }
    }

    /// The business a recurring service is for.
    pub const fn customer(&self) -> Option<&TaxNumber> {
        match self {
            Self::Recurring { customer } => Some(customer),
            Self::OneOff | Self::Continuous { .. } | Self::Lease { .. } => None,
        }
    }
}

/// Why a rental vehicle leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementPurpose {
    /// Let to a customer.
    #[default]
    Rental,
    /// The business's own use.
    OwnUse,
    /// Lent free of charge.
    Free,
}

/// A rental vehicle's time away from the desk.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Trip {
    /// Why it leaves.
    pub purpose: MovementPurpose,
    /// Where the customer takes it over, when not at the desk.
    pub picked_up_at: Option<Text>,
    /// Where it comes back, when not at the desk.
    pub returned_at: Option<Text>,
}

/// Where a garage's vehicle was moved for further work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "moved_to", rename_all = "snake_case")]
pub enum OffSite {
    /// A cooperating business.
    Partner {
        /// Its AFM.
        vat: Text,
    },
    /// Another establishment of the same business.
    OwnBranch {
        /// Its number.
        branch: u32,
    },
}

/// The earlier entry a new one replaces or continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "earlier", rename_all = "snake_case")]
pub enum Earlier {
    /// A visit of this terminal.
    Visit {
        /// Which.
        visit: VisitId,
    },
    /// An entry somebody else made, by its number at the registry.
    Entry {
        /// `idDcl`.
        id: i64,
    },
}
