//! What happens when somebody is asked to sign.

use crate::domain::ids::VisitId;
use crate::domain::operator::OperatorId;
use crate::domain::signature::{Matter, Stroke};
use serde::{Deserialize, Serialize};

/// What happens when somebody is asked to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum SignatureInput {
    /// A signature was drawn.
    Sign {
        /// The visit.
        visit: VisitId,
        /// Under what, as it stands now.
        matter: Matter,
        /// Who signed.
        name: String,
        /// What was drawn.
        strokes: Vec<Stroke>,
        /// Who asked for it.
        operator: OperatorId,
    },
    /// Somebody does not sign.
    Decline {
        /// The visit.
        visit: VisitId,
        /// What was to be signed.
        matter: Matter,
        /// Why.
        reason: String,
        /// Who asked for it.
        operator: OperatorId,
    },
}
