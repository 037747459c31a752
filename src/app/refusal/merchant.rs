//! Why a shop gives nothing, and why nothing was changed with it.

use crate::domain::tariff::timetable::Hours;
use crate::domain::text::Text;
use crate::domain::voucher::{VOUCHER_DAYS_MAX, VOUCHERS_MAX, VoucherFault};
use jiff::civil::Date;

/// Why a shop gives nothing, or nothing was changed with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MerchantRefusal {
    /// There is no such shop.
    NoSuch,
    /// What it gives is nothing, or more than all.
    Gives,
    /// The last day is before the first.
    Days,
    /// Another shop has this name.
    NameTaken,
    /// No voucher, or more than are printed at once; or for too long.
    Vouchers,
    /// Without the key of the site's tickets nobody could tell a voucher from a forged one.
    NoKey,
    /// It gives nothing at present.
    NotActive {
        /// Which.
        name: Text,
    },
    /// Not on this day.
    NotToday {
        /// Which.
        name: Text,
        /// The first day.
        from: Option<Date>,
        /// The last day.
        to: Option<Date>,
    },
    /// Not at this hour.
    NotNow {
        /// Which.
        name: Text,
        /// When.
        hours: Vec<Hours>,
    },
    /// The stays it gives to a day were given.
    DayIsFull {
        /// Which.
        name: Text,
        /// How many.
        most: u32,
    },
    /// This vehicle had what it is given a day.
    VehicleIsFull {
        /// Which.
        name: Text,
        /// How many.
        most: u32,
    },
    /// It has given to this stay already.
    GivenAlready {
        /// Which.
        name: Text,
    },
    /// It has given nothing to this stay.
    NotGiven,
    /// The price was made by a person, or is the fee for a lost ticket.
    NotByTariff,
    /// A voucher was scanned, and no visit is on the screen.
    WhichVisit,
    /// A voucher gives nothing.
    Voucher(VoucherFault),
}

impl From<MerchantRefusal> for super::Refusal {
    fn from(refusal: MerchantRefusal) -> Self {
        Self::Merchant(refusal)
    }
}

impl MerchantRefusal {
    pub(super) fn sentences(&self) -> (String, String) {
        match self {
            Self::NoSuch => pair("Δεν υπάρχει τέτοιο κατάστημα.", "There is no such shop."),
            Self::Gives => pair(
                "Γράψε τι δίνει το κατάστημα: λεπτά, ποσό, ποσοστό ως 100% ή τιμή.",
                "Type what the shop gives: minutes, an amount, a share up to 100%, or a price.",
            ),
            Self::Days => pair(
                "Η τελευταία ημέρα είναι πριν από την πρώτη: διόρθωσέ την.",
                "The last day is before the first: put it right.",
            ),
            Self::NameTaken => pair(
                "Υπάρχει ήδη κατάστημα με αυτό το όνομα: άλλαξε εκείνο ή γράψε άλλο όνομα.",
                "Another shop has this name: change that one, or type another name.",
            ),
            Self::Vouchers => (
                format!(
                    "Κουπόνια τυπώνονται από 1 ως {VOUCHERS_MAX} τη φορά, για 1 ως {VOUCHER_DAYS_MAX} ημέρες."
                ),
                format!(
                    "From 1 to {VOUCHERS_MAX} vouchers are printed at once, for 1 to {VOUCHER_DAYS_MAX} days."
                ),
            ),
            Self::NoKey => pair(
                "Χωρίς το κλειδί των δελτίων δεν τυπώνονται κουπόνια: βάλε το στις ρυθμίσεις.",
                "Without the key of the tickets no voucher is printed: put it into the configuration.",
            ),
            Self::NotActive { name } => (
                format!("Το κατάστημα {name} δεν δίνει τίποτα πια: ισχύει η κανονική τιμή."),
                format!("{name} gives nothing any more: the ordinary price holds."),
            ),
            Self::NotToday { name, from, to } => (
                format!("Το κατάστημα {name} δίνει έκπτωση {}: ισχύει η κανονική τιμή.", days_el(*from, *to)),
                format!("{name} gives something {}: the ordinary price holds.", days_en(*from, *to)),
            ),
            Self::NotNow { name, hours } => {
                let hours: Vec<String> = hours.iter().map(Hours::printed).collect();
                let hours = hours.join(", ");
                (
                    format!("Το κατάστημα {name} δίνει έκπτωση {hours}: ισχύει η κανονική τιμή."),
                    format!("{name} gives something at {hours}: the ordinary price holds."),
                )
            }
            Self::DayIsFull { name, most } => (
                format!(
                    "Το κατάστημα {name} έδωσε σήμερα και στα {most} οχήματά του: ισχύει η κανονική τιμή."
                ),
                format!("{name} has given to all its {most} stays of today: the ordinary price holds."),
            ),
            Self::VehicleIsFull { name, most } => (
                format!("Το όχημα πήρε σήμερα ήδη {most} από το κατάστημα {name}: ισχύει η κανονική τιμή."),
                format!("This vehicle had {most} of {name} today already: the ordinary price holds."),
            ),
            Self::GivenAlready { name } => (
                format!("Το κατάστημα {name} έχει δώσει ήδη σε αυτή τη στάθμευση: πληρώνεται όπως δείχνει."),
                format!("{name} has given to this stay already: it is paid as it is shown."),
            ),
            Self::NotGiven => pair(
                "Αυτό το κατάστημα δεν έχει δώσει κάτι σε αυτή τη στάθμευση.",
                "This shop has given nothing to this stay.",
            ),
            Self::NotByTariff => pair(
                "Η τιμή δεν βγαίνει από τον τιμοκατάλογο: σε αυτήν δεν δίνει έκπτωση κατάστημα.",
                "This price is not the tariff's: a shop gives nothing of it.",
            ),
            Self::WhichVisit => pair(
                "Διάβασε πρώτα το δελτίο ή άνοιξε την επίσκεψη, και μετά το κουπόνι.",
                "Scan the ticket first, or open the visit, and then the voucher.",
            ),
            Self::Voucher(fault) => voucher(fault),
        }
    }
}

fn voucher(fault: &VoucherFault) -> (String, String) {
    match fault {
        VoucherFault::Used { plate, at } => (
            format!(
                "Το κουπόνι χρησιμοποιήθηκε στις {} για το {}: ζήτα άλλο.",
                at.printed(),
                plate.display()
            ),
            format!("This voucher was used at {} for {}: ask for another.", at.printed(), plate.display()),
        ),
        VoucherFault::Held { plate } => (
            format!("Το κουπόνι είναι ήδη στο {}: πάρε το από εκεί ή ζήτα άλλο.", plate.display()),
            format!("{} has this voucher already: take it off there, or ask for another.", plate.display()),
        ),
        VoucherFault::Expired { until } => {
            let until = until.map(|day| format!(" {}", printed(day))).unwrap_or_default();
            (
                format!("Το κουπόνι έληξε{until}: ζήτα άλλο από το κατάστημα."),
                format!("This voucher has expired{until}: ask the shop for another."),
            )
        }
        VoucherFault::OtherSite => pair(
            "Το κουπόνι είναι άλλου χώρου στάθμευσης: ισχύει η κανονική τιμή.",
            "This voucher is of another car park: the ordinary price holds.",
        ),
        VoucherFault::OtherTerminal { terminal } => (
            format!("Το κουπόνι τυπώθηκε στο ταμείο {terminal}: πλήρωσε εκεί ή διάλεξε το κατάστημα."),
            format!("This voucher was printed at terminal {terminal}: pay there, or choose the shop."),
        ),
        VoucherFault::Forged => pair(
            "Το κουπόνι δεν τυπώθηκε εδώ: είναι πλαστό ή διαβάστηκε λάθος. Διάβασέ το ξανά ή διάλεξε το κατάστημα.",
            "This voucher was not made here: it is forged, or misread. Scan it again, or choose the shop.",
        ),
        VoucherFault::Torn => pair(
            "Από το κουπόνι διαβάστηκε μόνο ένα κομμάτι: διάβασέ το ξανά ή διάλεξε το κατάστημα.",
            "Only a part of the voucher could be read: scan it again, or choose the shop.",
        ),
        VoucherFault::Unknown => pair(
            "Το κουπόνι είναι δικό μας, αλλά δεν είναι γραμμένο εδώ: διάλεξε το κατάστημα.",
            "This voucher is ours, but it is not written down here: choose the shop.",
        ),
    }
}

fn printed(day: Date) -> String {
    day.strftime("%-d/%-m/%Y").to_string()
}

fn days_el(from: Option<Date>, to: Option<Date>) -> String {
    let from = from.map(|day| format!("από {}", printed(day)));
    let to = to.map(|day| format!("ως {}", printed(day)));
    [from, to].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn days_en(from: Option<Date>, to: Option<Date>) -> String {
    let from = from.map(|day| format!("from {}", printed(day)));
    let to = to.map(|day| format!("until {}", printed(day)));
    [from, to].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn pair(el: &str, en: &str) -> (String, String) {
    (el.to_owned(), en.to_owned())
}
