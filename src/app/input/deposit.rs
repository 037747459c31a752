//! Money that is taken before anything is owed.

use super::By;
use crate::domain::ids::{DepositId, VisitId};
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::payment::{Means, Tender};
use serde::{Deserialize, Serialize};

/// Money that is taken before anything is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum DepositInput {
    /// Money is taken before anything is owed.
    Take {
        /// The visit.
        visit: VisitId,
        /// How much.
        amount: Cents,
        /// How.
        tenders: Vec<Tender>,
        /// Who.
        operator: OperatorId,
    },
    /// A deposit is given back, whole or in part.
    Return {
        /// Which.
        deposit: DepositId,
        /// How much.
        amount: Cents,
        /// In which way.
        means: Means,
        /// Why, if somebody wrote it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// Who gives it, and who stepped in.
        by: By,
    },
}
