//! What happens to a shift, its drawer and the day.

use super::By;
use crate::domain::ids::ShiftId;
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::shift::{MovementKind, Pieces};
use serde::{Deserialize, Serialize};

/// What happens to a shift, its drawer and the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum TillInput {
    /// A shift begins. One that was forgotten on an earlier day ends by force.
    OpenShift {
        /// Cash in the drawer.
        float: Cents,
        /// Who answers for it.
        operator: OperatorId,
    },
    /// The shift ends at once so that the next can begin; its drawer is counted meanwhile.
    SealShift,
    /// Somebody relieves the person at the till.
    RelieveCashier {
        /// Who is there now.
        operator: OperatorId,
    },
    /// A shift was counted.
    CloseShift {
        /// Which; the open one when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shift: Option<ShiftId>,
        /// What was counted.
        counted: Cents,
        /// The notes and coins, where they were counted one kind at a time.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pieces: Pieces,
        /// Who counted.
        operator: OperatorId,
    },
    /// Why a count differs from what was expected.
    ExplainVariance {
        /// The shift.
        shift: ShiftId,
        /// In words.
        reason: String,
        /// Who says so, and who accepts it.
        by: By,
    },
    /// Cash goes into the drawer or out of it without a sale.
    MoveCash {
        /// Why.
        kind: MovementKind,
        /// How much.
        amount: Cents,
        /// In words.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The day is to be closed.
    CloseDay {
        /// Number of the fiscal machine's own Z.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        machine_z: Option<String>,
        /// It is known that vehicles are inside.
        #[serde(default)]
        even_with_open: bool,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// Somebody wants to see who did what.
    LookAtControl {
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The drawer is wanted without a sale.
    OpenDrawer {
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The drawer that was asked for and may not have opened is tried again.
    OfferDrawer,
    /// The drawer opened, or could not.
    DrawerReported {
        /// It opened.
        opened: bool,
    },
}
