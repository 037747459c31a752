//! The registry's kinds of business, and what kind of service a visit was.

use crate::domain::text::Text;
use crate::domain::visit::NoDocumentReason;
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
