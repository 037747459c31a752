//! What happens to a sale without a vehicle.

use super::By;
use crate::domain::ids::OrderId;
use crate::domain::operator::OperatorId;
use crate::domain::order::{Fetched, Owner};
use crate::domain::payment::Tender;
use crate::domain::sale::DiscountAmount;
use jiff::civil;
use serde::{Deserialize, Serialize};

/// What happens to a sale without a vehicle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum OrderInput {
    /// Something is added to an order; the first thing begins it.
    Add(AddToOrder),
    /// A line is taken off an order that is still being written down.
    Remove {
        /// The order.
        order: OrderId,
        /// Which line, from 0.
        line: usize,
    },
    /// A discount was given by hand on what an order owes.
    Discount {
        /// The order.
        order: OrderId,
        /// How much.
        amount: DiscountAmount,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The things of an order are left here.
    TakeIn {
        /// The order.
        order: OrderId,
        /// Whose they are.
        owner: Owner,
        /// The day they are promised for; nothing takes the price list's.
        promised: Option<civil::Date>,
        /// Who takes them.
        operator: OperatorId,
    },
    /// The things of an order can be fetched.
    Finish {
        /// The order.
        order: OrderId,
        /// Who says so.
        operator: OperatorId,
    },
    /// "Paid" was pressed for everything an order owes.
    Pay {
        /// The order.
        order: OrderId,
        /// How.
        tenders: Vec<Tender>,
        /// For an invoice: country and tax number as typed.
        invoice_to: Option<(String, String)>,
        /// Who.
        operator: OperatorId,
    },
    /// Things of an order are handed over.
    HandOver {
        /// The order.
        order: OrderId,
        /// What.
        fetched: Vec<Fetched>,
        /// Who hands them over.
        operator: OperatorId,
    },
    /// The things of an order are given back untouched, or it comes to nothing.
    Cancel {
        /// The order.
        order: OrderId,
        /// Why; may be left empty while it is being written down.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The slip that was scanned is of an order of the archive.
    SlipRecalled {
        /// The order.
        order: OrderId,
    },
}

/// Something is added to an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddToOrder {
    /// The order; nothing begins one.
    pub order: Option<OrderId>,
    /// Its code in the price list.
    pub item: String,
    /// How much of it.
    #[serde(flatten)]
    pub how_much: HowMuch,
    /// How many things it is about.
    pub pieces: u32,
    /// What is wrong with them, for the slip.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub defects: String,
    /// Who asked, and who stepped in for a weight that is typed.
    #[serde(flatten)]
    pub by: By,
}

/// How much of a thing is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how_much", rename_all = "snake_case")]
pub enum HowMuch {
    /// As many as there are pieces.
    Pieces,
    /// So long.
    Minutes {
        /// Minutes.
        minutes: u32,
    },
    /// So large.
    Size {
        /// Length in centimetres.
        length_cm: u32,
        /// Width in centimetres.
        width_cm: u32,
    },
    /// What lies on the scale at this moment.
    OnScale {
        /// What of it is no ware, in grams.
        tare_g: u64,
    },
    /// A weight that is typed, with the right it needs.
    ByHand {
        /// What it weighed, in grams.
        gross_g: u64,
        /// What of it is no ware, in grams.
        tare_g: u64,
    },
}
