//! What registers say of a tax number, and why they say nothing. None of it is in the way of a sale, and each sentence says
//! how it goes on.

use super::pick;
use crate::domain::counterparty::{Finding, Hitch, Register};
use crate::domain::text::Language;
use crate::lookup::codes::explain;

impl Register {
    /// What people call it.
    pub const fn called(self, language: Language) -> &'static str {
        match self {
            Self::Aade => pick(language, "Μητρώο ΑΑΔΕ", "AADE's registry"),
            Self::Vies => "VIES",
        }
    }
}

impl Finding {
    /// What to look out for; nothing of a business at work.
    pub fn warning(&self, language: Language) -> Option<String> {
        match self {
            Self::Business { ended: false, .. } => None,
            Self::Business { ended: true, ended_on: None, .. } => {
                Some(pick(language, "Η επιχείρηση έχει κλείσει.", "The business has ended.").to_owned())
            }
            Self::Business { ended: true, ended_on: Some(day), .. } => {
                let day = day.strftime("%-d/%-m/%Y");
                Some(match language {
                    Language::El => format!("Η επιχείρηση έχει κλείσει από {day}."),
                    Language::En => format!("The business ended on {day}."),
                })
            }
            Self::NoBusiness => Some(explain("EPIT_NF").get(language).to_owned()),
            Self::Nobody => Some(explain("TAXPAYER_NF").get(language).to_owned()),
            Self::Unlisted => Some(
                pick(
                    language,
                    "Το VIES δεν έχει αυτόν τον αριθμό: γράψε τα στοιχεία.",
                    "VIES does not have this number: type the details.",
                )
                .to_owned(),
            ),
        }
    }
}

impl Hitch {
    /// Why nothing was said, and how it goes on.
    pub fn sentence(&self, language: Language) -> String {
        let own = |el, en| pick(language, el, en).to_owned();
        match self {
            Self::NotAsked => own(
                "Αυτός ο αριθμός δεν αναζητείται: γράψε τα στοιχεία.",
                "This number is not looked up: type the details.",
            ),
            Self::NoCredentials => own(
                "Δεν υπάρχουν κωδικοί για το Μητρώο ΑΑΔΕ: γράψε τα στοιχεία.",
                "There are no codes for AADE's registry: type the details.",
            ),
            Self::Refused { code, message } if message.is_empty() => explain(code).get(language).to_owned(),
            Self::Refused { code, message } => format!("{} ({message})", explain(code).get(language)),
            Self::Silent { .. } => own(
                "Δεν ήρθε απάντηση: γράψε τα στοιχεία ή ρώτα ξανά.",
                "No answer came: type the details, or ask again.",
            ),
        }
    }
}
