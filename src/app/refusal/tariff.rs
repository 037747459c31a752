//! Why the tariff was not changed.

use crate::config::reader::Fault;
use crate::domain::tariff::concern::Concern;
use crate::domain::text::Language;

/// Why the tariff was not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TariffRefusal {
    /// No tariff prices anything here.
    None,
    /// The text cannot be read; its first fault.
    Unreadable(Fault),
    /// It is not one version.
    NotOne,
    /// Something in it cannot be.
    Error(Box<Concern>),
    /// There are warnings that nobody has accepted.
    Warnings {
        /// How many.
        count: usize,
    },
    /// It prices everything as what holds then already.
    NoChange,
    /// Somebody changed it since the draft was begun.
    ChangedMeanwhile,
    /// The day it is to begin on is over, or has begun.
    Begun,
    /// … or is more than a year away.
    TooFar,
    /// More versions than a file may have.
    TooMany,
    /// There is no such version, or it has begun.
    NotComing,
}

impl From<TariffRefusal> for super::Refusal {
    fn from(refusal: TariffRefusal) -> Self {
        Self::Tariff(refusal)
    }
}

impl TariffRefusal {
    pub(super) fn sentences(&self) -> (String, String) {
        let pair = |el: &str, en: &str| (el.to_owned(), en.to_owned());
        match self {
            Self::None => pair("Εδώ δεν ισχύει τιμοκατάλογος στάθμευσης.", "No parking tariff holds here."),
            Self::Unreadable(fault) => (
                format!("Ο τιμοκατάλογος δεν διαβάζεται: {}.", fault.what),
                format!("The tariff cannot be read: {}.", fault.what),
            ),
            Self::NotOne => {
                pair("Ο τιμοκατάλογος πρέπει να έχει μία έκδοση.", "The tariff must have one version.")
            }
            Self::Error(concern) => (concern.sentence(Language::El), concern.sentence(Language::En)),
            Self::Warnings { count } => (
                format!("Διάβασε πρώτα τις παρατηρήσεις ({count})."),
                format!("Read the warnings first ({count})."),
            ),
            Self::NoChange => {
                pair("Δεν αλλάζει τίποτα: αυτό ισχύει ήδη τότε.", "Nothing changes: this holds then already.")
            }
            Self::ChangedMeanwhile => pair(
                "Ο τιμοκατάλογος άλλαξε στο μεταξύ: δες τον ξανά.",
                "The tariff was changed in the meantime: look at it again.",
            ),
            Self::Begun => {
                pair("Αυτή η ημέρα έχει αρχίσει: διάλεξε επόμενη.", "That day has begun: choose a later one.")
            }
            Self::TooFar => pair(
                "Πάνω από έναν χρόνο μακριά: διάλεξε νωρίτερα.",
                "More than a year away: choose an earlier day.",
            ),
            Self::TooMany => pair(
                "Ο τιμοκατάλογος έχει ήδη όσες εκδόσεις χωράει.",
                "The tariff has as many versions as it can hold.",
            ),
            Self::NotComing => pair(
                "Αυτή η έκδοση ισχύει ή ίσχυσε: δεν αποσύρεται.",
                "That version holds or has held: it cannot be taken out.",
            ),
        }
    }
}

/// That the tariff that is kept gives way to the file, and why: Greek, English.
#[must_use]
pub fn tariff_broken(fault: &Fault) -> (String, String) {
    (
        format!("Ο τιμοκατάλογος που άλλαξε στο ταμείο δεν διαβάζεται ({}): ισχύει το αρχείο.", fault.what),
        format!("The tariff changed at the terminal cannot be read ({}): the file holds.", fault.what),
    )
}
