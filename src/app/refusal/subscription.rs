//! Why something was not done with monthly parking.

use crate::domain::plate::Plate;
use jiff::civil::Date;

/// Why something was not done with monthly parking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubscriptionRefusal {
    /// There is no such subscription, or it is closed.
    NoSuch,
    /// No such plan is sold here.
    NoSuchPlan,
    /// No vehicle, one of them twice, or more than a subscription takes.
    Vehicles,
    /// A vehicle is in another subscription.
    VehicleElsewhere {
        /// Which.
        plate: Plate,
        /// The number of that.
        number: u64,
    },
    /// No places, or more than vehicles.
    Places,
    /// Some of the days are paid already.
    PaidAlready {
        /// The last of them.
        to: Date,
    },
    /// A period begins in the past.
    InThePast,
    /// It is paid for days to come, or its document waits for its name.
    StillHolds {
        /// The last day.
        to: Date,
    },
    /// Every place is taken, and none is let in beyond them.
    NoPlace {
        /// How many there are.
        places: u32,
    },
    /// Hours that were not bought are owed.
    OutsideHours {
        /// How much.
        due: crate::domain::money::Cents,
    },
    /// The period ended while the vehicle was inside.
    RightOver {
        /// Its last day.
        on: Date,
    },
    /// The right still holds, or there is none.
    NotOver,
}

impl From<SubscriptionRefusal> for super::Refusal {
    fn from(refusal: SubscriptionRefusal) -> Self {
        Self::Subscription(refusal)
    }
}

impl SubscriptionRefusal {
    pub(super) fn sentences(&self) -> (String, String) {
        let day = |date: &Date| date.strftime("%-d/%-m/%Y").to_string();
        match self {
            Self::NoSuch => pair(
                "Η συνδρομή δεν υπάρχει ή έχει κλείσει.",
                "There is no such subscription, or it is closed.",
            ),
            Self::NoSuchPlan => {
                pair("Διάλεξε είδος συνδρομής από τη λίστα.", "Choose a kind of subscription from the list.")
            }
            Self::Vehicles => pair(
                "Γράψε τουλάχιστον ένα όχημα, το καθένα μία φορά.",
                "Type at least one vehicle, each of them once.",
            ),
            Self::VehicleElsewhere { plate, number } => (
                format!("Το όχημα {} ανήκει ήδη στη συνδρομή {number}.", plate.display()),
                format!("The vehicle {} belongs to subscription {number} already.", plate.display()),
            ),
            Self::Places => pair(
                "Οι θέσεις είναι από μία ως όσα και τα οχήματα.",
                "There is at least one place, and no more places than vehicles.",
            ),
            Self::PaidAlready { to } => (
                format!("Είναι πληρωμένη ως {}: διάλεξε ημέρα μετά από αυτήν.", day(to)),
                format!("It is paid until {}: choose a day after it.", day(to)),
            ),
            Self::InThePast => pair(
                "Η περίοδος αρχίζει στο παρελθόν: διάλεξε σήμερα ή αργότερα.",
                "The period begins in the past: choose today or later.",
            ),
            Self::StillHolds { to } => (
                format!("Η συνδρομή ισχύει ως {}: κλείνει όταν λήξει.", day(to)),
                format!("The subscription holds until {}: it is closed once that is over.", day(to)),
            ),
            Self::NoPlace { places } => (
                format!("Και οι {places} θέσεις της συνδρομής είναι πιασμένες: δεν μπαίνει άλλο όχημα."),
                format!("All {places} places of the subscription are taken: no other vehicle is let in."),
            ),
            Self::OutsideHours { due } => (
                format!("Εκτός ωραρίου συνδρομής: οφείλονται {} €.", due.with_comma()),
                format!("Outside the subscription's hours: {} € is due.", due.with_point()),
            ),
            Self::RightOver { on } => (
                format!("Η συνδρομή έληξε στις {}: ανανέωσε ή χρέωσε με την ώρα.", day(on)),
                format!("The subscription ended on {}: renew it, or charge by the hour.", day(on)),
            ),
            Self::NotOver => {
                pair("Η συνδρομή του οχήματος δεν έχει λήξει.", "The vehicle's subscription is not over.")
            }
        }
    }
}

fn pair(el: &str, en: &str) -> (String, String) {
    (el.to_owned(), en.to_owned())
}
