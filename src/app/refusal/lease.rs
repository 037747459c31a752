//! Why something was not done with a lease.

use jiff::civil;

/// Why something was not done with a lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaseRefusal {
    /// The visit was opened on other terms, which the registry knows.
    NotALease,
    /// Nothing was agreed yet.
    NotAgreed,
    /// No price, or one that cannot be right.
    Rate,
    /// How often it is paid is missing: the registry was told so in words.
    Every,
    /// More instalments than a contract takes.
    TooMany,
    /// Something of it was paid: what was agreed stays.
    PaidAlready,
    /// Everything is paid.
    NothingToPay,
    /// There is no such instalment left to pay.
    NoSuchInstalment,
    /// What is sold of it follows from its instalments.
    PricedByLease,
    /// The new last day is not after the old one.
    NotLater {
        /// The last day now.
        last: civil::Date,
    },
    /// The vehicle is back.
    IsBack,
    /// The registry's entry ends with the period it was opened with.
    NewEntryWanted,
}

impl From<LeaseRefusal> for super::Refusal {
    fn from(refusal: LeaseRefusal) -> Self {
        Self::Lease(refusal)
    }
}

impl LeaseRefusal {
    pub(super) fn sentences(self) -> (String, String) {
        match self {
            Self::NotALease => pair(
                "Η επίσκεψη δεν ανοίχτηκε ως διαρκής μίσθωση: ακύρωσε και άνοιξε ξανά με αυτόν τον όρο.",
                "The visit was not opened as a continuous lease: cancel it and open it again on that term.",
            ),
            Self::NotAgreed => {
                pair("Πρώτα γράψε τι συμφωνήθηκε: το μίσθωμα.", "Write down what was agreed first: the rate.")
            }
            Self::Rate => pair("Γράψε το μίσθωμα μιας περιόδου.", "Type what one period costs."),
            Self::Every => pair(
                "Γράψε κάθε πόσες ημέρες πληρώνεται (1 έως 366).",
                "Type every how many days it is paid (1 to 366).",
            ),
            Self::TooMany => pair(
                "Πάνω από 240 δόσεις: συμφώνησε μικρότερο διάστημα ή πιο αραιές δόσεις.",
                "More than 240 instalments: agree a shorter time or fewer of them.",
            ),
            Self::PaidAlready => pair(
                "Έχει πληρωθεί μέρος της μίσθωσης: ό,τι συμφωνήθηκε μένει. Μπορείς να την παρατείνεις.",
                "Part of the lease is paid: what was agreed stays. It can be extended.",
            ),
            Self::NothingToPay => pair("Όλες οι δόσεις έχουν πληρωθεί.", "Every instalment has been paid."),
            Self::NoSuchInstalment => pair(
                "Η δόση έχει ήδη πληρωθεί ή δεν υπάρχει.",
                "The instalment is paid already, or there is none.",
            ),
            Self::PricedByLease => pair(
                "Η τιμή βγαίνει από τις δόσεις της μίσθωσης.",
                "The price follows from the instalments of the lease.",
            ),
            Self::NotLater { last } => (
                format!("Η νέα τελευταία ημέρα πρέπει να είναι μετά τις {}.", last.strftime("%-d/%-m/%Y")),
                format!("The new last day must be after {}.", last.strftime("%-d/%-m/%Y")),
            ),
            Self::IsBack => pair("Το όχημα έχει ήδη επιστρέψει.", "The vehicle has come back already."),
            Self::NewEntryWanted => pair(
                "Εδώ η παράταση θέλει νέα εγγραφή στην ΑΑΔΕ: παράλαβε το όχημα και άνοιξε νέα μίσθωση.",
                "An extension needs a new entry at AADE here: take the vehicle back and open a new lease.",
            ),
        }
    }
}

fn pair(el: &str, en: &str) -> (String, String) {
    (el.to_owned(), en.to_owned())
}
