//! Why a signature was not taken.

use crate::domain::signature::NoSignature;

/// Why a signature was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureRefusal {
    /// What was drawn is no signature.
    NoSignature(NoSignature),
    /// There is nothing yet that could be signed.
    NothingToSign,
}

impl From<SignatureRefusal> for super::Refusal {
    fn from(refusal: SignatureRefusal) -> Self {
        Self::Signature(refusal)
    }
}

impl SignatureRefusal {
    pub(super) fn sentences(self) -> (String, String) {
        let (el, en) = match self {
            Self::NoSignature(NoSignature::TooLittle) => {
                ("Σχεδίασε ολόκληρη την υπογραφή.", "Draw the whole signature.")
            }
            Self::NoSignature(NoSignature::TooMuch) => (
                "Πάρα πολλές γραμμές: καθάρισε και υπόγραψε ξανά.",
                "Too much was drawn: clear it and sign again.",
            ),
            Self::NoSignature(NoSignature::Outside) => (
                "Η υπογραφή βγήκε από το πλαίσιο: υπόγραψε ξανά.",
                "The signature left its field: sign again.",
            ),
            Self::NothingToSign => (
                "Δεν υπάρχει ακόμη κάτι για υπογραφή: κάνε πρώτα την παράδοση, την παραλαβή ή την προσφορά.",
                "There is nothing to sign yet: hand the vehicle over, take it back or make the estimate first.",
            ),
        };
        (el.to_owned(), en.to_owned())
    }
}
