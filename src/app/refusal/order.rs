//! Why something was not done with a sale without a vehicle.

use crate::domain::device::ScaleReading;
use crate::domain::money::Cents;
use crate::domain::order::OrderStepRefused;

/// Why something was not done with a sale without a vehicle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderRefusal {
    /// There is no such open order.
    NoSuch,
    /// The step does not fit the order's state.
    Step(OrderStepRefused),
    /// There is nothing on the order.
    Empty,
    /// Everything on the order is paid.
    NothingOwed,
    /// A document of the order exists.
    Paid,
    /// Nothing is handed over before it is paid.
    NotPaid {
        /// What is owed.
        due: Cents,
    },
    /// Nothing on the order stays here.
    NothingLeftHere,
    /// These things are not here.
    NotHere,
    /// The promised day is over.
    PromisedInThePast,
    /// This is not sold in that unit.
    OtherUnit,
    /// A size of nothing, or larger than anything.
    Size,
    /// No pieces, or more than anybody brings.
    Pieces,
    /// What is no ware weighs as much as the whole.
    TareAboveWeight,
    /// What the scale says is no weight.
    NoWeight {
        /// What it says.
        reading: ScaleReading,
    },
}

impl From<OrderRefusal> for super::Refusal {
    fn from(refusal: OrderRefusal) -> Self {
        Self::Order(refusal)
    }
}

impl OrderRefusal {
    pub(super) fn sentences(self) -> (String, String) {
        match self {
            Self::Step(refused) => step(refused),
            Self::Empty => {
                pair("Η παραγγελία είναι άδεια: πρόσθεσε κάτι.", "The order is empty: add something.")
            }
            Self::NothingOwed => pair("Όλα είναι πληρωμένα.", "Everything is paid."),
            Self::Paid => pair(
                "Η παραγγελία έχει πληρωθεί: δεν ακυρώνεται εδώ.",
                "The order is paid: it cannot be cancelled here.",
            ),
            Self::NotPaid { due } => (
                format!("Οφείλονται {} €: πρώτα πληρωμή, μετά παράδοση.", due.with_comma()),
                format!("{} € is owed: first it is paid, then handed over.", due.with_point()),
            ),
            Self::NothingLeftHere => {
                pair("Δεν μένει τίποτα εδώ: πάτα πληρωμή.", "Nothing stays here: press pay.")
            }
            Self::NotHere => pair("Διάλεξε τι παραδίδεται.", "Choose what is handed over."),
            Self::PromisedInThePast => {
                pair("Η ημέρα έχει περάσει: διάλεξε άλλη.", "That day is over: choose another.")
            }
            Self::OtherUnit => {
                pair("Αυτό το είδος δεν πουλιέται σε αυτή τη μονάδα.", "This is not sold in that unit.")
            }
            Self::Size => pair("Γράψε μήκος και πλάτος σε μέτρα.", "Type length and width in metres."),
            Self::Pieces => pair("Γράψε πόσα τεμάχια είναι.", "Type how many pieces there are."),
            Self::TareAboveWeight => pair(
                "Το απόβαρο είναι όσο το βάρος ή περισσότερο: διόρθωσε το απόβαρο.",
                "The tare is as much as the weight or more: correct the tare.",
            ),
            Self::NoWeight { reading } => no_weight(reading),
            Self::NoSuch => pair("Η παραγγελία δεν είναι πια ανοιχτή.", "This order is no longer open."),
        }
    }
}

fn pair(el: &str, en: &str) -> (String, String) {
    (el.to_owned(), en.to_owned())
}

fn step(refused: OrderStepRefused) -> (String, String) {
    match refused {
        OrderStepRefused::TakenIn => {
            pair("Η παραγγελία έχει ήδη παραληφθεί.", "The order has already been taken in.")
        }
        OrderStepRefused::NotTakenIn => pair(
            "Η παραγγελία δεν έχει παραληφθεί ακόμη: πάτα Παραλαβή.",
            "The order has not been taken in yet: press Take in.",
        ),
        OrderStepRefused::Ready => pair("Είναι ήδη έτοιμη.", "It is ready already."),
        OrderStepRefused::Over => pair("Η παραγγελία έχει κλείσει.", "The order is over."),
    }
}

/// Each answer of a scale that is no weight has its own sentence: what the person does about it differs.
fn no_weight(reading: ScaleReading) -> (String, String) {
    match reading {
        // A weight at rest is refused only when it is not asked of the scale any more.
        ScaleReading::Stable { .. } | ScaleReading::NoAnswer => pair(
            "Η ζυγαριά δεν απαντά: δες το καλώδιο ή γράψε το βάρος με υπεύθυνο.",
            "The scale does not answer: look at its cable, or type the weight with somebody who may.",
        ),
        ScaleReading::Zero => pair("Η ζυγαριά είναι άδεια.", "There is nothing on the scale."),
        ScaleReading::Moving => {
            pair("Το βάρος δεν έχει σταθεροποιηθεί: περίμενε.", "The weight has not come to rest: wait.")
        }
        ScaleReading::Negative => pair(
            "Η ζυγαριά δείχνει κάτω από το μηδέν: άδειασέ την και μηδένισε.",
            "The scale shows less than nothing: empty it and set it to zero.",
        ),
        ScaleReading::Overload => pair(
            "Πολύ βαρύ για τη ζυγαριά: ζύγισέ το σε μέρη.",
            "Too heavy for the scale: weigh it in parts.",
        ),
        ScaleReading::NeedsZero => pair("Η ζυγαριά θέλει μηδενισμό.", "The scale must be set to zero first."),
        ScaleReading::Defect => pair("Η ζυγαριά δείχνει βλάβη.", "The scale reports a fault."),
    }
}
