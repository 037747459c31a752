//! What happens to a garage's work order.

use crate::domain::dashboard::Dashboard;
use crate::domain::ids::VisitId;
use crate::domain::operator::OperatorId;
use crate::domain::time::Stamp;
use crate::domain::work::{ApprovalWay, NextService, WantedLine};
use serde::{Deserialize, Serialize};

/// What happens to a garage's work order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum WorkInput {
    /// What is wrong with a garage's vehicle, and how it came.
    Describe {
        /// The visit.
        visit: VisitId,
        /// In the customer's words.
        complaint: String,
        /// Kilometres and fuel, as far as somebody looked.
        #[serde(default)]
        dashboard: Dashboard,
    },
    /// The lines of a garage's work: all of them, as they should stand.
    Write {
        /// The visit.
        visit: VisitId,
        /// The lines.
        lines: Vec<WantedLine>,
    },
    /// The customer is to be told what the lines cost: a new version, on paper.
    Estimate {
        /// The visit.
        visit: VisitId,
        /// Who.
        operator: OperatorId,
    },
    /// The customer agreed to an estimate.
    Approve {
        /// The visit.
        visit: VisitId,
        /// Which version.
        version: u32,
        /// Who agreed.
        name: String,
        /// How.
        way: ApprovalWay,
        /// Who heard it.
        operator: OperatorId,
    },
    /// The work waits for parts, or not any more.
    AwaitParts {
        /// The visit.
        visit: VisitId,
        /// Which; nothing when they are there.
        what: Option<String>,
    },
    /// The customer was told when the vehicle can be fetched.
    Promise {
        /// The visit.
        visit: VisitId,
        /// When.
        at: Stamp,
    },
    /// When the vehicle should come again.
    NextService {
        /// The visit.
        visit: VisitId,
        /// When; nothing takes it away.
        next: Option<NextService>,
    },
}
