//! Why something was not done with a rental.

use jiff::civil;

/// Why something was not done with a rental.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RentalRefusal {
    /// The plate is none of the fleet's.
    NotInFleet,
    /// Only a rental desk hands vehicles over.
    OnlyAtRentalDesks,
    /// A rental is agreed for one day or more.
    Days,
    /// Nobody is named who drives.
    DriverMissing,
    /// The driving licence has no number, or no last day.
    LicenceMissing,
    /// The driving licence holds no more.
    LicenceOver {
        /// Its last day.
        until: civil::Date,
    },
    /// The vehicle was not handed over.
    NotHandedOver,
    /// It has not been taken back.
    NotReturned,
    /// It has been taken back.
    AlreadyReturned,
    /// Where the vehicle changes hands is missing.
    PlaceMissing,
    /// Own use, or lent free: the registry was told that no document follows.
    TripWithoutDocument,
}

impl From<RentalRefusal> for super::Refusal {
    fn from(refusal: RentalRefusal) -> Self {
        Self::Rental(refusal)
    }
}

impl RentalRefusal {
    pub(super) fn sentences(self) -> (String, String) {
        match self {
            Self::NotInFleet => pair(
                "Το όχημα δεν είναι στον στόλο: δες την πινακίδα, ή πρόσθεσέ το στις ρυθμίσεις ([[fleet]]).",
                "The vehicle is not in the fleet: look at the plate, or add it to the settings ([[fleet]]).",
            ),
            Self::OnlyAtRentalDesks => {
                pair("Παράδοση υπάρχει μόνο σε ενοικίαση.", "Only a rental desk hands vehicles over.")
            }
            Self::Days => pair("Γράψε για πόσες ημέρες (1 έως 366).", "Type for how many days (1 to 366)."),
            Self::DriverMissing => pair("Γράψε το όνομα του οδηγού.", "Type the driver's name."),
            Self::LicenceMissing => pair(
                "Γράψε τον αριθμό του διπλώματος και έως πότε ισχύει.",
                "Type the number of the driving licence and its last day.",
            ),
            Self::LicenceOver { until } => (
                format!("Το δίπλωμα έληξε στις {}.", until.strftime("%-d/%-m/%Y")),
                format!("The driving licence ended on {}.", until.strftime("%-d/%-m/%Y")),
            ),
            Self::NotHandedOver => {
                pair("Το όχημα δεν έχει παραδοθεί ακόμη.", "The vehicle has not been handed over yet.")
            }
            Self::NotReturned => pair(
                "Πρώτα παράλαβε το όχημα: χιλιόμετρα και καύσιμο.",
                "Take the vehicle back first: kilometres and fuel.",
            ),
            Self::AlreadyReturned => {
                pair("Το όχημα έχει ήδη επιστρέψει.", "The vehicle has come back already.")
            }
            Self::PlaceMissing => {
                pair("Γράψε πού, όταν δεν είναι στο γραφείο.", "Type where, when it is not at the desk.")
            }
            Self::TripWithoutDocument => pair(
                "Ιδιόχρηση ή δωρεάν παραχώρηση: δεν εκδίδεται παραστατικό. Αν ήταν λάθος, ακύρωσε και άνοιξε ξανά.",
                "Own use or lent free: no document is issued. If that was wrong, cancel and open it again.",
            ),
        }
    }
}

fn pair(el: &str, en: &str) -> (String, String) {
    (el.to_owned(), en.to_owned())
}
