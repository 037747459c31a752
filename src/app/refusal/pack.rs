//! Why something was not done with a pack of washes or a membership.

use crate::domain::pack::NotCovered;
use crate::domain::text::Name;

/// Why something was not done with a pack of washes or a membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackRefusal {
    /// It is not in the price list.
    NoSuchOffer,
    /// There is no such pack that may still be used.
    NoSuch,
    /// More vehicles than may use it.
    NoRoom {
        /// How many may.
        vehicles: u8,
    },
    /// The vehicle is on it already.
    VehicleThere,
    /// Packs are for the wash.
    OnlyAtTheWash,
    /// It does not cover the vehicle today.
    NotCovered(NotCovered),
    /// The vehicle did not come by a pack.
    NoPack,
    /// The visit has taken its wash.
    AlreadyUsed,
    /// It has not.
    NotUsed,
    /// The owner has decided that it covers one package only.
    OtherPackage {
        /// The pack.
        name: Name,
    },
    /// The vehicle came by a pack, and this goes another way.
    CameByPack,
    /// A vehicle is here by it.
    VehicleHere,
    /// There is nothing left to give back.
    NothingUnused,
    /// Its document is given back with the pack.
    RefundThePack {
        /// Its number.
        number: u64,
    },
}

impl From<PackRefusal> for super::Refusal {
    fn from(refusal: PackRefusal) -> Self {
        Self::Pack(refusal)
    }
}

impl From<NotCovered> for PackRefusal {
    fn from(why: NotCovered) -> Self {
        Self::NotCovered(why)
    }
}

impl PackRefusal {
    pub(super) fn sentences(&self) -> (String, String) {
        let pair = |el: &str, en: &str| (el.to_owned(), en.to_owned());
        match self {
            Self::NoSuchOffer => {
                pair("Αυτό το πακέτο δεν είναι στον τιμοκατάλογο.", "This pack is not in the price list.")
            }
            Self::NoSuch => pair(
                "Δεν υπάρχει τέτοιο ενεργό πακέτο: ψάξε με πινακίδα ή αριθμό.",
                "There is no such pack any more: look for it by plate or number.",
            ),
            Self::NoRoom { vehicles } => (
                format!("Το πακέτο είναι για {vehicles} οχήματα και είναι ήδη όλα δηλωμένα."),
                format!("The pack is for {vehicles} vehicles, and all of them are named already."),
            ),
            Self::VehicleThere => {
                pair("Το όχημα είναι ήδη στο πακέτο.", "The vehicle is on the pack already.")
            }
            Self::OnlyAtTheWash => pair(
                "Τα πακέτα είναι για το πλυντήριο: άνοιξε την επίσκεψη ως πλύσιμο.",
                "Packs are for the wash: open the visit as a wash.",
            ),
            Self::NotCovered(why) => not_covered(*why),
            Self::NoPack => pair(
                "Η επίσκεψη άνοιξε χωρίς πακέτο: πληρώνεται κανονικά.",
                "This visit was opened without a pack: it is paid as usual.",
            ),
            Self::AlreadyUsed => {
                pair("Το πλύσιμο έχει ήδη χρεωθεί στο πακέτο.", "The pack has already given this wash.")
            }
            Self::NotUsed => {
                pair("Δεν έχει χρεωθεί πλύσιμο στο πακέτο.", "The pack has not given a wash for this visit.")
            }
            Self::OtherPackage { name } => (
                format!(
                    "Το πακέτο «{}» καλύπτει μόνο τη δική του υπηρεσία: διάλεξέ την, ή πλήρωσε κανονικά.",
                    name.el
                ),
                format!(
                    "The pack “{}” covers its own service alone: choose that, or take the money.",
                    name.en
                ),
            ),
            Self::CameByPack => pair(
                "Το όχημα ήρθε με πακέτο: ακύρωσε την επίσκεψη και άνοιξέ την χωρίς πακέτο.",
                "The vehicle came by a pack: cancel the visit and open it without the pack.",
            ),
            Self::VehicleHere => pair(
                "Όχημα του πακέτου είναι μέσα: πρώτα να φύγει.",
                "A vehicle of the pack is inside: let it leave first.",
            ),
            Self::NothingUnused => pair(
                "Δεν έμεινε τίποτα να επιστραφεί από το πακέτο.",
                "Nothing is left of the pack to give back.",
            ),
            Self::RefundThePack { number } => (
                format!(
                    "Με αυτό το παραστατικό πουλήθηκε το πακέτο {number}: επίστρεψε το αχρησιμοποίητο από το πακέτο."
                ),
                format!("This document sold pack {number}: give its unused part back from the pack."),
            ),
        }
    }
}

fn not_covered(why: NotCovered) -> (String, String) {
    let (el, en) = match why {
        NotCovered::Ended => ("Το πακέτο έχει τελειώσει.", "The pack has ended."),
        NotCovered::OtherDay => ("Το πακέτο δεν ισχύει σήμερα.", "The pack is not good today."),
        NotCovered::OtherVehicle => (
            "Το όχημα δεν είναι στο πακέτο: πρόσθεσέ το πρώτα.",
            "This vehicle is not on the pack: add it first.",
        ),
        NotCovered::UsedUp => (
            "Δεν έμεινε πλύσιμο στο πακέτο: πληρώνεται κανονικά.",
            "No wash is left on the pack: it is paid as usual.",
        ),
        NotCovered::EnoughToday => {
            ("Το όχημα έκανε ήδη το σημερινό του πλύσιμο.", "This vehicle had its wash of the day already.")
        }
    };
    (el.to_owned(), en.to_owned())
}
