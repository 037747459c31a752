//! How this myDATA behaves: who calls, what is switched, how pages are cut.

use crate::aade::simulator::{Account, DEMO_AFM};
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How this myDATA behaves. What the sources do not settle is a switch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Who may call.
    pub accounts: Vec<Account>,
    /// Pairs of a caller's AFM and another it may speak for.
    pub mandates: BTreeSet<(String, String)>,
    /// AFMs that are no active business.
    pub inactive: BTreeSet<String>,
    /// Most records of one page.
    pub page_size: usize,
    /// Scheme and host of the addresses behind QRs.
    pub qr_base: String,
    /// Earliest day of issue.
    pub floor: Date,
    /// A card payment told with its document carries the token of a fiscal machine (406).
    pub wants_token: bool,
    /// Payments may not be over more than their document when they are told with it (407).
    pub limits_payments: bool,
    /// Listings hold the addresses behind QRs.
    pub lists_qr: bool,
    /// Cancelled documents stay among the documents of a listing.
    pub lists_cancelled: bool,
}

impl Default for Options {
    fn default() -> Self {
        let account = Account { user: "demo".to_owned(), key: "demo".to_owned(), afm: DEMO_AFM.to_owned() };
        Self {
            accounts: vec![account],
            mandates: BTreeSet::new(),
            inactive: BTreeSet::new(),
            page_size: 100,
            qr_base: "https://mydata.invalid".to_owned(),
            floor: date(2021, 1, 1),
            wants_token: false,
            limits_payments: true,
            lists_qr: true,
            lists_cancelled: true,
        }
    }
}
