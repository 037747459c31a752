//! Shops whose customers park for less, and what they give to a stay.

use super::By;
use crate::domain::ids::{MerchantId, VisitId};
use crate::domain::merchant::{Gives, Payer};
use crate::domain::operator::OperatorId;
use crate::domain::tariff::timetable::Hours;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What happens with the shops of the neighbourhood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum MerchantInput {
    /// A shop gives something from now on.
    Open {
        /// What was agreed.
        wanted: Box<WantedMerchant>,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// What was agreed with a shop is something else.
    Change {
        /// Which.
        merchant: MerchantId,
        /// All of it.
        wanted: Box<WantedMerchant>,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// Vouchers are made for a shop, and printed.
    MakeVouchers {
        /// Whose.
        merchant: MerchantId,
        /// How many.
        count: u32,
        /// So many days they hold, this one among them.
        days: u16,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// Somebody at the till gives a stay what a shop gives.
    Validate {
        /// The visit.
        visit: VisitId,
        /// The shop.
        merchant: MerchantId,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// It is taken back, before the stay is paid.
    TakeBack {
        /// The visit.
        visit: VisitId,
        /// The shop.
        merchant: MerchantId,
        /// Who.
        operator: OperatorId,
    },
    /// A voucher was scanned.
    ScanVoucher {
        /// What it says.
        code: String,
        /// The visit on the screen; nothing where there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        visit: Option<VisitId>,
        /// Who.
        operator: OperatorId,
    },
}

/// A shop as a person types it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedMerchant {
    /// What people call it.
    pub name: String,
    /// Its tax number, as typed; nothing where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub afm: String,
    /// What it gives.
    pub gives: Gives,
    /// Who pays for it.
    pub payer: Payer,
    /// Stays a day at most; 0 is any number.
    #[serde(default)]
    pub per_day: u32,
    /// Stays of one vehicle a day at most; 0 is any number.
    #[serde(default)]
    pub per_vehicle: u32,
    /// When it may be given; at any time without any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// It may be added to what other shops give.
    #[serde(default)]
    pub adds_up: bool,
    /// It gives something at present.
    pub active: bool,
}
