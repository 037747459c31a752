//! What happens to a rental vehicle.

use crate::domain::dashboard::Dashboard;
use crate::domain::ids::VisitId;
use crate::domain::operator::OperatorId;
use jiff::civil;
use serde::{Deserialize, Serialize};

/// What happens to a rental vehicle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum RentalInput {
    /// A rental vehicle goes with its driver; sent again it puts right what was agreed.
    HandOver {
        /// The visit.
        visit: VisitId,
        /// What is agreed.
        wanted: Box<WantedHandOver>,
        /// Who hands it over.
        operator: OperatorId,
    },
    /// It comes back; sent again it puts right how.
    TakeBack {
        /// The visit.
        visit: VisitId,
        /// How it is.
        wanted: Box<WantedReturn>,
        /// Who takes it back.
        operator: OperatorId,
    },
}

/// What is agreed when a rental vehicle is handed over, as a person types it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WantedHandOver {
    /// The driver's name.
    pub driver: String,
    /// The number of the driving licence; empty where somebody of the business drives.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub licence: String,
    /// The last day it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence_until: Option<civil::Date>,
    /// For how many days.
    pub days: u16,
    /// Kilometres and fuel.
    #[serde(default)]
    pub dashboard: Dashboard,
    /// What goes with it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub accessories: String,
    /// What is broken already.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub damage: String,
}

/// How a rental vehicle came back, as a person types it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WantedReturn {
    /// Kilometres and fuel.
    #[serde(default)]
    pub dashboard: Dashboard,
    /// What is broken that was not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub damage: String,
    /// Where, when not at the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}
