//! Who asks, who is known, what is counted.

use crate::aade::simulator::DEMO_AFM;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A business, or a person who is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Full name.
    pub name: String,
    /// Trade name; empty for none.
    pub trade_name: String,
    /// Town.
    pub town: String,
    /// It is a business.
    pub business: bool,
    /// It is active.
    pub active: bool,
    /// It trades across borders, and so stands in VIES.
    pub in_vies: bool,
}

/// What both services know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The special codes' user.
    pub user: String,
    /// The special codes' password.
    pub password: String,
    /// The AFM the codes belong to.
    pub afm: String,
    /// Everybody known, by AFM.
    pub known: BTreeMap<String, Card>,
    /// Questions of a day; more are refused.
    pub daily_max: u64,
}

impl Default for Options {
    fn default() -> Self {
        let card = |name: &str, trade_name: &str, business, active, in_vies| Card {
            name: name.to_owned(),
            trade_name: trade_name.to_owned(),
            town: "ΑΘΗΝΑ".to_owned(),
            business,
            active,
            in_vies,
        };
        let known = [
            (DEMO_AFM, card("ΠΛΥΝΤΗΡΙΟ ΠΑΡΑΔΕΙΓΜΑ Μ. ΙΚΕ", "ΤΟ ΠΑΡΑΔΕΙΓΜΑ", true, true, true)),
            ("888888880", card("ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ", "", true, true, true)),
            ("123456783", card("ΠΑΛΙΑ ΕΠΙΧΕΙΡΗΣΗ ΟΕ", "", true, false, false)),
            ("094259216", card("ΠΟΛΙΤΗΣ ΕΝΑΣ", "", false, true, false)),
        ];
        Self {
            user: "demo".to_owned(),
            password: "demo".to_owned(),
            afm: DEMO_AFM.to_owned(),
            known: known.map(|(afm, card)| (afm.to_owned(), card)).into(),
            daily_max: 1_000,
        }
    }
}
