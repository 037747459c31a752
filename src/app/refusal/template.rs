//! Why a paper was not arranged.

use crate::domain::template::TemplateKind;
use crate::domain::text::Language;
use crate::paper::template::{Finding, words};

/// Why a paper was not arranged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateRefusal {
    /// The template has a fault; the first one.
    Fault(Finding),
    /// Nothing was saved that could be taken back.
    NothingToTakeBack,
    /// It is what is on the paper already.
    NoChange,
    /// Such a file was not found.
    NoSuchLogo,
    /// The file is no picture that can be printed.
    BadLogo {
        /// Why.
        why: String,
    },
}

impl From<TemplateRefusal> for super::Refusal {
    fn from(refusal: TemplateRefusal) -> Self {
        Self::Template(refusal)
    }
}

impl TemplateRefusal {
    pub(super) fn sentences(&self) -> (String, String) {
        let pair = |el: &str, en: &str| (el.to_owned(), en.to_owned());
        match self {
            Self::Fault(finding) => (finding.sentence(Language::El), finding.sentence(Language::En)),
            Self::NothingToTakeBack => pair(
                "Το έντυπο δεν έχει αλλάξει ποτέ: δεν υπάρχει τι να γυρίσει πίσω.",
                "This paper was never changed: there is nothing to take back.",
            ),
            Self::NoChange => pair("Δεν άλλαξε τίποτα στο έντυπο.", "Nothing of this paper was changed."),
            Self::NoSuchLogo => pair(
                "Το αρχείο του λογότυπου δεν υπάρχει πια: διάλεξε άλλο.",
                "The file of the logo is not there any more: choose another.",
            ),
            Self::BadLogo { why } => (
                format!("Το λογότυπο δεν διαβάζεται ({why}): σώσε το ως PNG έως 4096 × 4096."),
                format!("The logo cannot be read ({why}): save it as a PNG of up to 4096 × 4096."),
            ),
        }
    }
}

/// That a saved template gives way to the built-in paper, and why: Greek, English.
#[must_use]
pub fn template_broken(kind: TemplateKind, fault: &Finding) -> (String, String) {
    let words = words(kind);
    (
        format!("«{}»: τυπώνεται στην αρχική μορφή. {}", words.0, fault.sentence(Language::El)),
        format!("{}: printed as it is built in. {}", words.1, fault.sentence(Language::En)),
    )
}
