//! Plates that are warned of, not to come in, or pay nothing.

use super::By;
use crate::domain::listed::ListKind;
use crate::domain::operator::OperatorId;
use crate::domain::plate::PlateEntry;
use serde::{Deserialize, Serialize};

/// What happens to the lists of plates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum ListedInput {
    /// A plate is put on a list, or on another one.
    Put {
        /// The plate, as typed.
        plate: String,
        /// What it is.
        #[serde(default)]
        entry: PlateEntry,
        /// Which list.
        kind: ListKind,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// A plate is taken off its list.
    Take {
        /// The plate, as typed.
        plate: String,
        /// What it is.
        #[serde(default)]
        entry: PlateEntry,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// A vehicle that is warned of was sent away.
    TurnAway {
        /// The plate, as typed.
        plate: String,
        /// What it is.
        #[serde(default)]
        entry: PlateEntry,
        /// Who.
        operator: OperatorId,
    },
}
