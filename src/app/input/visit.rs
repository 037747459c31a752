//! A vehicle that comes, and what is chosen for it.

use super::By;
use crate::domain::catalogue::Size;
use crate::domain::ids::{PackId, SightingId, VisitId};
use crate::domain::operator::OperatorId;
use crate::domain::plate::PlateEntry;
use crate::domain::settings::Trade;
use crate::domain::terms::{Earlier, ServiceTerms, Trip};
use crate::domain::visit::{PlateSource, VehicleFacts};
use serde::{Deserialize, Serialize};

/// A vehicle came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenVisit {
    /// As typed, scanned or read.
    pub plate: String,
    /// What it is.
    #[serde(default)]
    pub entry: PlateEntry,
    /// Beside a foreign plate.
    #[serde(default)]
    pub vehicle: VehicleFacts,
    /// Size class.
    pub size: Size,
    /// Lane or bay, from 1.
    #[serde(default)]
    pub lane: Option<u8>,
    /// How the plate came in.
    #[serde(default)]
    pub source: PlateSource,
    /// The proposal of a camera it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sighting: Option<SightingId>,
    /// Who.
    pub operator: OperatorId,
    /// The cashier was shown the open visit of this plate and wants another, with this reason.
    #[serde(default)]
    pub again_because: Option<String>,
    /// The kind of work; the terminal's main one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade: Option<Trade>,
    /// On what terms.
    #[serde(default, skip_serializing_if = "ServiceTerms::is_one_off")]
    pub terms: ServiceTerms,
    /// The pack it comes by; its terms are then those of the pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<PackId>,
    /// A rental's trip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trip: Option<Trip>,
    /// The entry it follows: a garage's vehicle that comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Earlier>,
    /// The plate is warned of, or not to come in; whoever is named here has read why and lets it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub let_in: Option<By>,
}

impl OpenVisit {
    /// An ordinary arrival: a Greek plate, typed, once.
    pub fn new(plate: &str, size: Size, operator: OperatorId) -> Self {
        Self {
            plate: plate.to_owned(),
            entry: PlateEntry::default(),
            vehicle: VehicleFacts::default(),
            size,
            lane: None,
            source: PlateSource::Typed,
            sighting: None,
            operator,
            again_because: None,
            trade: None,
            terms: ServiceTerms::OneOff,
            pack: None,
            trip: None,
            follows: None,
            let_in: None,
        }
    }
}

/// Package and extras were chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseService {
    /// The visit.
    pub visit: VisitId,
    /// Size class, which may have been corrected.
    pub size: Size,
    /// Code of the package.
    pub package: String,
    /// Codes of the extras.
    pub extras: Vec<String>,
}
