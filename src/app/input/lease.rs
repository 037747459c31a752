//! What happens to a rental that is paid in instalments.

use super::By;
use crate::domain::ids::VisitId;
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use jiff::civil;
use serde::{Deserialize, Serialize};

/// What happens to a rental that is paid in instalments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum LeaseInput {
    /// What is to be paid is agreed; sent again it puts that right, until something is paid.
    Agree {
        /// The visit, opened on a lease.
        visit: VisitId,
        /// What is agreed.
        wanted: WantedLease,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// Instalments are to be paid now: those that are due, or the next one.
    Charge {
        /// The visit.
        visit: VisitId,
        /// Every unpaid one up to this number; nothing: what is due today, or else the next one.
        upto: Option<u16>,
        /// Who.
        operator: OperatorId,
    },
    /// The contract goes on until another day.
    Extend {
        /// The visit.
        visit: VisitId,
        /// The new last day.
        last: civil::Date,
        /// What a period costs from now on; nothing: as much as before.
        rate: Option<Cents>,
        /// Who asked, and who stepped in.
        by: By,
    },
}

/// What is agreed of a lease, as a person types it. Its days, and as a rule how often it is paid, are in the visit's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WantedLease {
    /// Of one whole period, VAT included.
    pub rate: Cents,
    /// Every how many days it is paid, where the registry was told that in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_days: Option<u16>,
    /// The deposit that is agreed; nothing where there is none.
    #[serde(default)]
    pub deposit: Cents,
}
