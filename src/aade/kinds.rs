//! The registry's numbers for what we call by name.

use crate::domain::entry::{ClientType, ServiceCategory};
use crate::domain::terms::{MovementPurpose, OffSite};
use crate::domain::text::Text;
use crate::domain::visit::NoDocumentReason;
use serde::{Deserialize, Serialize};

impl ClientType {
    /// The registry's number for it.
    pub const fn code(self) -> u8 {
        match self {
            Self::Rental => 1,
            Self::ParkingWash => 2,
            Self::Garage => 3,
        }
    }

    /// The type with this number.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            1 => Some(Self::Rental),
            2 => Some(Self::ParkingWash),
            3 => Some(Self::Garage),
            _ => None,
        }
    }
}

impl ServiceCategory {
    /// The registry's number for it.
    pub const fn code(&self) -> u8 {
        match self {
            Self::WithParts => 1,
            Self::WithCustomersParts => 2,
            Self::WithoutParts => 3,
            Self::Free => 4,
            Self::Other(_) => 5,
            Self::Warranty => 6,
            Self::ByPriceList => 7,
            Self::ByAgreement => 8,
            Self::OwnUse => 9,
        }
    }

    /// The category with this number; [`Self::Other`] comes without its words.
    pub fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::WithParts),
            2 => Some(Self::WithCustomersParts),
            3 => Some(Self::WithoutParts),
            4 => Some(Self::Free),
            5 => Some(Self::Other(Text::default())),
            6 => Some(Self::Warranty),
            7 => Some(Self::ByPriceList),
            8 => Some(Self::ByAgreement),
            9 => Some(Self::OwnUse),
            _ => None,
        }
    }
}

impl NoDocumentReason {
    /// The registry's number for it.
    pub const fn code(self) -> u8 {
        match self {
            Self::Free => 1,
            Self::OwnUse => 2,
            Self::Warranty => 3,
        }
    }

    /// The reason with this number.
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Free),
            2 => Some(Self::OwnUse),
            3 => Some(Self::Warranty),
            _ => None,
        }
    }
}

/// Which kind of document follows a completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceKind {
    /// A retail receipt with a MARK.
    Retail,
    /// An invoice to a business.
    Invoice,
    /// A retail receipt of a fiscal machine.
    FiscalMachine,
}

impl InvoiceKind {
    /// The registry's number for it.
    pub const fn code(self) -> u8 {
        match self {
            Self::Retail => 1,
            Self::Invoice => 2,
            Self::FiscalMachine => 3,
        }
    }

    /// The kind with this number.
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Retail),
            2 => Some(Self::Invoice),
            3 => Some(Self::FiscalMachine),
            _ => None,
        }
    }
}

impl MovementPurpose {
    /// The registry's number for it.
    pub(super) const fn code(self) -> u8 {
        match self {
            Self::Rental => 1,
            Self::OwnUse => 2,
            Self::Free => 3,
        }
    }

    /// The purpose with this number.
    pub(super) const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Rental),
            2 => Some(Self::OwnUse),
            3 => Some(Self::Free),
            _ => None,
        }
    }
}

impl OffSite {
    /// The registry's number for it.
    pub(super) const fn code(&self) -> u8 {
        match self {
            Self::Partner { .. } => 1,
            Self::OwnBranch { .. } => 2,
        }
    }
}
