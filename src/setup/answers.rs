//! What was answered so far. It is kept after every step, without the key of AADE: that goes into its own file alone.

use crate::domain::settings::{IssuerKind, Trade};
use crate::domain::text::Language;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Which of AADE's services the terminal speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// Its test environment: nothing counts.
    #[default]
    Test,
    /// The real one.
    Production,
}

/// What was answered so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Where it stopped, by its place among the questions.
    pub at: usize,
    /// Language of the screen and of papers.
    pub language: Language,
    /// The kinds of work, the main one first.
    pub trades: Vec<Trade>,
    /// Name of the business.
    pub name: String,
    /// Its AFM.
    pub afm: String,
    /// Street, number, postal code, town.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// The establishment, as the tax registry numbers it; 0 is the head office.
    pub branch: String,
    /// Per cent.
    pub vat: String,
    /// Who issues the tax document.
    pub issuer: IssuerKind,
    /// The owner has the accountant's word that no fiscal machine is needed.
    pub exemption_confirmed: bool,
    /// The printer's address; empty where there is none yet.
    pub printer: String,
    /// The scanner's address.
    pub scanner: String,
    /// The shipped tariff a car park begins with.
    pub tariff: String,
    /// Washing bays.
    pub bays: String,
    /// The owner's name.
    pub owner: String,
    /// The first cashier's name; empty where the owner is alone.
    pub cashier: String,
    /// Which service.
    pub service: Service,
    /// The user at AADE.
    pub user: String,
    /// The key at AADE; never kept with the answers.
    #[serde(skip)]
    pub key: String,
}

impl Default for Answers {
    fn default() -> Self {
        Self {
            at: 0,
            language: Language::El,
            trades: Vec::new(),
            name: String::new(),
            afm: String::new(),
            address: String::new(),
            phone: String::new(),
            branch: "0".to_owned(),
            vat: "24".to_owned(),
            issuer: IssuerKind::TypedFim,
            exemption_confirmed: false,
            printer: String::new(),
            scanner: "wedge:".to_owned(),
            tariff: "t1-continue".to_owned(),
            bays: "2".to_owned(),
            owner: String::new(),
            cashier: String::new(),
            service: Service::Test,
            user: String::new(),
            key: String::new(),
        }
    }
}

impl Answers {
    /// What an interrupted set-up left; a file that cannot be read is as good as none.
    pub fn resume(draft: &Path) -> Self {
        let text = std::fs::read_to_string(draft).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Keeps what was answered: whole or not at all.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep(&self, draft: &Path) -> std::io::Result<()> {
        let text = serde_json::to_string_pretty(self).map_err(std::io::Error::other)?;
        if let Some(folder) = draft.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let beside = draft.with_extension("new");
        std::fs::write(&beside, text)?;
        std::fs::rename(beside, draft)
    }

    /// Whether a kind of work is done here.
    pub fn does(&self, trade: Trade) -> bool {
        self.trades.contains(&trade)
    }
}
