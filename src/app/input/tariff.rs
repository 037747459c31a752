//! What the owner changes of the tariff.

use super::By;
use crate::domain::tariff::kept::{Begins, TariffText};
use serde::{Deserialize, Serialize};

/// What the owner changes of the tariff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum TariffInput {
    /// A version is put into force.
    PutIntoForce {
        /// The text of a tariff with that version alone; its date and name are given here.
        text: TariffText,
        /// From when it is to hold.
        begins: Begins,
        /// The change the draft began with: whoever changes it without having seen a later one is told.
        seen: u32,
        /// The warnings were read, and it is meant so.
        accepted: bool,
        /// Who.
        by: By,
    },
    /// A version that has not begun is taken out again.
    Withdraw {
        /// Its name.
        version: String,
        /// Who.
        by: By,
    },
}
