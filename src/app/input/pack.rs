//! What a person does with packs of washes and memberships.

use super::By;
use crate::domain::ids::{OrderId, PackId, VisitId};
use crate::domain::operator::OperatorId;
use crate::domain::payment::Tender;
use crate::domain::plate::PlateEntry;
use serde::{Deserialize, Serialize};

/// What a person does with packs of washes and memberships.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum PackInput {
    /// Write a pack on an order, which sells it when it is paid.
    Sell {
        /// On this order; on a new one where there is none.
        order: Option<OrderId>,
        /// The code of the offer.
        offer: String,
        /// The vehicles that may use it, as typed; more may be added later.
        plates: Vec<(PlateEntry, String)>,
        /// Whose it is, as far as it is said.
        holder: String,
        /// Who sells it.
        operator: OperatorId,
    },
    /// Let one more vehicle use a pack.
    AddVehicle {
        /// The pack.
        pack: PackId,
        /// The plate as typed.
        plate: String,
        /// How to read it.
        entry: PlateEntry,
        /// Who adds it.
        operator: OperatorId,
    },
    /// Take a wash of the pack the vehicle came by.
    Use {
        /// The visit.
        visit: VisitId,
        /// Who writes it down.
        operator: OperatorId,
    },
    /// Give the wash back to the pack: the visit is paid otherwise.
    GiveBack {
        /// The visit.
        visit: VisitId,
        /// Who.
        operator: OperatorId,
    },
    /// Give the money of the unused part back, and end the pack.
    Refund {
        /// The pack.
        pack: PackId,
        /// How it goes back.
        tenders: Vec<Tender>,
        /// Why.
        reason: String,
        /// Who asks, and who steps in.
        by: By,
    },
}
