//! Vouchers of shops: which were printed, which were used, and why one gives nothing.
//!
//! A voucher's code is its number and a check only this site can make, as a ticket's is. The terminal that printed it knows
//! whether it was used, until its last day is over and others are printed.

use super::ids::{DocumentId, TerminalId};
use super::plate::Plate;
use super::time::Stamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Stands before the code of every voucher.
pub const PREFIX: &str = "V";

/// Vouchers that are printed at once: what a roll holds.
pub const VOUCHERS_MAX: u32 = 200;

/// The longest that vouchers hold, in days.
pub const VOUCHER_DAYS_MAX: u16 = 730;

/// Vouchers that were printed at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherBatch {
    /// Which of its shop's, from 1.
    pub number: u32,
    /// The number of its first voucher; a shop's vouchers are counted on.
    pub first: u64,
    /// How many.
    pub count: u32,
    /// The last day they hold.
    pub until: Date,
    /// When they were made.
    pub made: Stamp,
    /// Those that were used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spent: Vec<Spent>,
}

impl VoucherBatch {
    /// The numbers of its vouchers.
    pub fn numbers(&self) -> impl Iterator<Item = u64> + use<> {
        self.first..self.first + u64::from(self.count)
    }

    /// One of its vouchers has this number.
    pub const fn has(&self, voucher: u64) -> bool {
        voucher >= self.first && voucher - self.first < self.count as u64
    }
}

/// A voucher that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// Its number.
    pub voucher: u64,
    /// For which vehicle.
    pub plate: Plate,
    /// When.
    pub at: Stamp,
    /// The document that it made cheaper; none where nothing was left to pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
}

/// Which voucher a code names: `7K3Q-12-345`, the terminal that printed it, the shop, and the voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherNumber {
    /// The terminal that printed it: it alone knows which were used.
    pub terminal: TerminalId,
    /// The number of the shop.
    pub merchant: u64,
    /// The number of the voucher.
    pub voucher: u64,
}

impl fmt::Display for VoucherNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.terminal, self.merchant, self.voucher)
    }
}

impl std::str::FromStr for VoucherNumber {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('-');
        let (Some(terminal), Some(merchant), Some(voucher), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(());
        };
        let number = |text: &str| {
            let digits = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|_| digits).ok_or(())
        };
        Ok(Self {
            terminal: TerminalId::try_from(terminal.to_owned()).map_err(drop)?,
            merchant: number(merchant)?,
            voucher: number(voucher)?,
        })
    }
}

/// Why a voucher gives nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "voucher", rename_all = "snake_case")]
pub enum VoucherFault {
    /// It was used.
    Used {
        /// For which vehicle.
        plate: Plate,
        /// When.
        at: Stamp,
    },
    /// Another vehicle inside has it.
    Held {
        /// Which.
        plate: Plate,
    },
    /// Its last day is over.
    Expired {
        /// That day; nothing where it is so long ago that nobody remembers.
        until: Option<Date>,
    },
    /// It is of another site.
    OtherSite,
    /// It is of another terminal of this site.
    OtherTerminal {
        /// Which.
        terminal: TerminalId,
    },
    /// It looks like one of ours and was not made with our key: forged, or misread.
    Forged,
    /// Only a part of its code could be read.
    Torn,
    /// It is ours, and no such voucher was printed here: the database was restored from a copy.
    Unknown,
}
