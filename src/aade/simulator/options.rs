//! How this registry behaves: who calls, what is switched, how pages are cut.

use super::rules::Rule;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The AFM every simulator knows unless told otherwise.
pub const DEMO_AFM: &str = "999999993";

/// One caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// `aade-user-id`.
    pub user: String,
    /// `ocp-apim-subscription-key`.
    pub key: String,
    /// Whose business it is.
    pub afm: String,
}

/// Under which name a correlation's id is answered: both have been seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum CorrelationName {
    /// As the schema says.
    #[default]
    #[serde(rename = "correlateId")]
    Schema,
    /// As answers have been seen.
    #[serde(rename = "clientCorrelationID")]
    Seen,
}

/// How this registry behaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Who may call.
    pub accounts: Vec<Account>,
    /// Pairs of a caller's AFM and another it may speak for.
    pub mandates: BTreeSet<(String, String)>,
    /// AFMs that are no active business.
    pub inactive: BTreeSet<String>,
    /// MARKs that exist; any does when absent.
    pub marks: Option<BTreeSet<i64>>,
    /// Other codes for rules, by the rule's name.
    pub codes: BTreeMap<String, u16>,
    /// Rules switched on or off, by the rule's name.
    pub switches: BTreeMap<String, bool>,
    /// Most records of one page.
    pub page_size: usize,
    /// Name of a correlation's id in answers.
    pub correlation_name: CorrelationName,
    /// Cancelled entries stay among the entries of a listing.
    pub lists_cancelled: bool,
}

impl Default for Options {
    fn default() -> Self {
        let account = Account { user: "demo".to_owned(), key: "demo".to_owned(), afm: DEMO_AFM.to_owned() };
        Self {
            accounts: vec![account],
            mandates: BTreeSet::new(),
            inactive: BTreeSet::new(),
            marks: None,
            codes: BTreeMap::new(),
            switches: BTreeMap::new(),
            page_size: 100,
            correlation_name: CorrelationName::default(),
            lists_cancelled: true,
        }
    }
}

impl Options {
    /// Every rule on, also those nobody has seen AADE enforce.
    pub fn strict() -> Self {
        let switches = ["S17", "U17", "X5"].map(|rule| (rule.to_owned(), true));
        Self { switches: switches.into(), ..Self::default() }
    }

    pub(super) fn is_on(&self, rule: &Rule) -> bool {
        self.switches.get(rule.id).copied().unwrap_or(rule.on)
    }

    pub(super) fn code_of(&self, rule: &Rule) -> u16 {
        self.codes.get(rule.id).copied().unwrap_or(rule.code)
    }

    pub(super) fn code(&self, id: &str, usual: u16) -> u16 {
        self.codes.get(id).copied().unwrap_or(usual)
    }
}
