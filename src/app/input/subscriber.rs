//! What happens to monthly parking at the till.

use super::By;
use crate::domain::ids::{SubscriptionId, VisitId};
use crate::domain::operator::OperatorId;
use crate::domain::plate::PlateEntry;
use jiff::civil;
use serde::{Deserialize, Serialize};

/// Something about monthly parking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum SubscriberInput {
    /// A subscription is sold: it is made, and an order for its first period waits to be paid.
    Sell {
        /// Whose, and for what.
        wanted: WantedSubscription,
        /// Its first day; today when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<civil::Date>,
        /// Who.
        operator: OperatorId,
    },
    /// Another period is sold: an order for it waits to be paid.
    Renew {
        /// Which.
        subscription: SubscriptionId,
        /// Its first day; the one after the last that is paid, or today where that is over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<civil::Date>,
        /// Who.
        operator: OperatorId,
    },
    /// Its holder, vehicles, places or plan are others.
    Change {
        /// Which.
        subscription: SubscriptionId,
        /// All of it.
        wanted: WantedSubscription,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// It is not renewed any more.
    Close {
        /// Which.
        subscription: SubscriptionId,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// A vehicle was inside when its right ended, and is not renewed: from there on it pays as anybody does.
    ChargeByHour {
        /// Its visit.
        visit: VisitId,
        /// Who.
        operator: OperatorId,
    },
}

/// A subscription as a person types it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WantedSubscription {
    /// A person or a company.
    pub name: String,
    /// A telephone number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// The vehicles.
    pub vehicles: Vec<WantedVehicle>,
    /// How many of them may be inside at once.
    pub places: u32,
    /// Code of the plan.
    pub plan: String,
}

/// A vehicle as it is typed, scanned or read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WantedVehicle {
    /// The plate.
    pub plate: String,
    /// What it is.
    #[serde(default)]
    pub entry: PlateEntry,
}
