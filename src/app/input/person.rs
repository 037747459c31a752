//! Who stands at the till.

use crate::domain::operator::OperatorId;
use crate::domain::pin::PinHash;
use crate::domain::text::Text;
use serde::{Deserialize, Serialize};

/// Who stands at the till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum PersonInput {
    /// A PIN was typed, and found right or wrong. The PIN itself is no input: inputs are written down.
    PinChecked {
        /// Whose it was to be.
        operator: OperatorId,
        /// It is right.
        good: bool,
    },
    /// A new PIN was hashed.
    PinHashed {
        /// Whose.
        operator: OperatorId,
        /// What is left of it.
        hash: PinHash,
        /// Who sets it.
        by: OperatorId,
    },
    /// A PIN could not be checked or set.
    PinFailed {
        /// Why.
        why: Text,
    },
    /// Nobody has touched the till for a while.
    LockTill,
}
