//! What is to be said of a draft before it holds: what cannot be, what the checker finds, hours that lie over each other, and
//! prices so far from today's that a finger has slipped. An error keeps it from holding; a warning wants to be read.

use super::check::{Finding, What};
use super::draft::fault::{Fault, FaultAt};
use super::draft::part::Part;
use super::rules::{Rules, Tariff, VehicleClass, Version};
use super::sentence::duration;
use super::timetable::Hours;
use crate::domain::money::Cents;
use crate::domain::text::Language;
use crate::domain::time::Stamp;
use jiff::{SignedDuration, Timestamp};

/// Stays that are compared, in minutes; also the rows of the table an editor shows.
pub const STAYS: [u32; 15] =
    [15, 30, 60, 90, 120, 180, 240, 360, 480, 720, 1440, 2 * 1440, 3 * 1440, 5 * 1440, 7 * 1440];

/// A price this many times as high, or as low, is likelier a slip than a decision.
const FAR_OFF: i64 = 5;

/// One thing to be said of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Concern {
    /// It cannot stand in a file.
    Fault(FaultAt),
    /// The checker found it.
    Found(Finding),
    /// Hours lie over each other: the first of them holds.
    Overlap {
        /// Whose rules; nothing: those for all.
        class: Option<VehicleClass>,
        /// The place of those that hold.
        first: usize,
        /// … and of those that give way.
        second: usize,
        /// Hours and not flat prices.
        windows: bool,
    },
    /// A stay costs very much more or less than it does today.
    FarOff {
        /// Whose.
        class: VehicleClass,
        /// How long it is.
        minutes: u32,
        /// What it costs today.
        was: Cents,
        /// What it is to cost.
        becomes: Cents,
    },
}

/// Everything to be said of a version that is to follow another, errors first. What cannot be is said alone: nothing can be
/// priced before it is put right. `now` is when the stays begin that are compared.
pub fn concerns(tariff: &Tariff, version: &Version, today: Option<&Version>, now: Timestamp) -> Vec<Concern> {
    let faults = version.faults();
    if !faults.is_empty() {
        return faults.into_iter().map(Concern::Fault).collect();
    }
    let next = Tariff { versions: vec![version.clone()], ..tariff.clone() };
    let mut all: Vec<Concern> = next.check().into_iter().map(Concern::Found).collect();
    all.extend(overlaps(version));
    if let Some(today) = today {
        all.extend(far_off(tariff, version, today, now));
    }
    all.sort_by_key(|concern| !concern.is_error());
    all
}

/// The first hours that give way to others, of each set of rules.
fn overlaps(version: &Version) -> Vec<Concern> {
    let apart = version.classes.iter().map(|(class, rules)| (Some(*class), rules));
    let sets = std::iter::once((None, &version.rules)).chain(apart);
    let mut found = Vec::new();
    for (class, rules) in sets {
        let windows: Vec<Hours> = rules.windows.iter().map(|window| window.hours).collect();
        let flats: Vec<Hours> = rules.flats.iter().map(|flat| flat.hours).collect();
        let told = |pair: (usize, usize), windows| {
            let (first, second) = pair;
            Concern::Overlap { class, first, second, windows }
        };
        found.extend(pairs(&windows).map(|pair| told(pair, true)));
        found.extend(pairs(&flats).map(|pair| told(pair, false)));
    }
    found
}

fn pairs(hours: &[Hours]) -> impl Iterator<Item = (usize, usize)> + '_ {
    (1..hours.len()).filter_map(|second| {
        let later = hours.get(second)?;
        let first = hours.iter().take(second).position(|first| first.meets(later))?;
        Some((first, second))
    })
}

fn far_off(tariff: &Tariff, version: &Version, today: &Version, now: Timestamp) -> Vec<Concern> {
    let (before, after) = (tariff.of_one(today), tariff.of_one(version));
    let price = |tariff: &Tariff, class, minutes: u32| {
        let left = now.checked_add(SignedDuration::from_mins(i64::from(minutes))).ok()?;
        tariff.price(class, now, left).ok().map(|price| price.total)
    };
    let far = |class: VehicleClass| {
        STAYS.into_iter().find_map(|minutes| {
            let (was, becomes) = (price(&before, class, minutes)?, price(&after, class, minutes)?);
            let (low, high) = (was.min(becomes), was.max(becomes));
            let is_far = low > Cents::ZERO && high.0 > FAR_OFF * low.0;
            is_far.then_some(Concern::FarOff { class, minutes, was, becomes })
        })
    };
    let mut seen: Vec<&Rules> = Vec::new();
    let mut found = Vec::new();
    for class in [VehicleClass::Car, VehicleClass::Motorcycle, VehicleClass::Van, VehicleClass::Lorry] {
        if !seen.contains(&version.rules(class)) {
            seen.push(version.rules(class));
            found.extend(far(class));
        }
    }
    found
}

impl What {
    /// Whether a tariff with it is refused: some stay has no price at all.
    pub const fn is_error(self) -> bool {
        matches!(self, Self::Gap)
    }
}

impl Concern {
    /// Whether it keeps the draft from holding.
    pub const fn is_error(&self) -> bool {
        match self {
            Self::Fault(_) => true,
            Self::Found(finding) => finding.what.is_error(),
            Self::Overlap { .. } | Self::FarOff { .. } => false,
        }
    }

    /// It, for the person at the screen.
    pub fn sentence(&self, language: Language) -> String {
        let say = |el: String, en: String| match language {
            Language::El => el,
            Language::En => en,
        };
        match self {
            Self::Fault(at) => fault(at, language),
            Self::Found(finding) => found(finding, language),
            Self::Overlap { class, first, second, windows } => {
                let whose = whose(*class, language);
                let part = |place: usize| {
                    part(if *windows { Part::Window(place) } else { Part::Flat(place) }, language)
                };
                let (first, second) = (part(*first), part(*second));
                say(
                    format!("{whose}{second}: πέφτει πάνω σε άλλο. Όπου συμπίπτουν ισχύει: {first}."),
                    format!("{whose}{second}: lies over another. Where they meet, {first} holds."),
                )
            }
            Self::FarOff { class, minutes, was, becomes } => {
                let (stay, class) = (duration(*minutes, language), class_word(*class, language));
                let (was, becomes) = (was.in_language(language), becomes.in_language(language));
                say(
                    format!("Μήπως ξέφυγε ένα ψηφίο; {class}, {stay}: από {was} € γίνεται {becomes} €."),
                    format!("Did a digit slip in? {class}, {stay}: {was} € becomes {becomes} €."),
                )
            }
        }
    }
}

/// A part, as the screen calls it; of several by its number from 1.
pub fn part(part: Part, language: Language) -> String {
    let of = |el: &str, en: &str, place: Option<usize>| {
        let word = match language {
            Language::El => el,
            Language::En => en,
        };
        place.map_or_else(|| word.to_owned(), |place| format!("{word} {}", place + 1))
    };
    match part {
        Part::Turnaround => of("Δωρεάν", "Free of charge", None),
        Part::Tolerance => of("Ανοχή", "Tolerance", None),
        Part::Band(place) => of("Κλιμάκιο", "Band", Some(place)),
        Part::Step => of("Μετά από αυτά", "After them", None),
        Part::Window(place) => of("Ώρες", "Hours", Some(place)),
        Part::Edges => of("Στην αλλαγή ωραρίου", "Where hours change", None),
        Part::Outside => of("Εκτός ωραρίων", "Outside the hours", None),
        Part::ProRata => of("Χρέωση μονάδας", "Charging a unit", None),
        Part::DayCap => of("Ανώτατο ημέρας", "Maximum of a day", None),
        Part::Flat(place) => of("Ενιαία τιμή", "Flat price", Some(place)),
        Part::ExitGrace => of("Χρόνος εξόδου", "Time to leave", None),
        Part::LostTicket => of("Απώλεια δελτίου", "Lost ticket", None),
    }
}

fn class_word(class: VehicleClass, language: Language) -> &'static str {
    match (class, language) {
        (VehicleClass::Motorcycle, Language::El) => "Μοτοσικλέτα",
        (VehicleClass::Motorcycle, Language::En) => "Motorcycle",
        (VehicleClass::Car, Language::El) => "Αυτοκίνητο",
        (VehicleClass::Car, Language::En) => "Car",
        (VehicleClass::Van, Language::El) => "Βαν",
        (VehicleClass::Van, Language::En) => "Van",
        (VehicleClass::Lorry, Language::El) => "Φορτηγό",
        (VehicleClass::Lorry, Language::En) => "Lorry",
    }
}

/// Before a sentence about the rules of a class.
fn whose(class: Option<VehicleClass>, language: Language) -> String {
    class.map(|class| format!("{}, ", class_word(class, language))).unwrap_or_default()
}

fn fault(at: &FaultAt, language: Language) -> String {
    let (whose, part) = (whose(at.class, language), part(at.part, language));
    let what = match (at.fault, language) {
        (Fault::NoLength, Language::El) => "βάλε πόση ώρα.",
        (Fault::NoLength, Language::En) => "say how long.",
        (Fault::NotLonger, Language::El) => "πρέπει να φτάνει πιο μακριά από το προηγούμενο.",
        (Fault::NotLonger, Language::En) => "must reach further than the one before.",
        (Fault::NoDays, Language::El) => "διάλεξε ημέρα.",
        (Fault::NoDays, Language::En) => "choose a day.",
        (Fault::ToleranceByTheMinute, Language::El) => "με χρέωση ανά λεπτό δεν υπάρχει ανοχή: βάλε 0.",
        (Fault::ToleranceByTheMinute, Language::En) => {
            "by the minute there is nothing to forgive: make it 0."
        }
        (Fault::UnitByTheMinute, Language::El) => {
            "με χρέωση ανά λεπτό η μονάδα πρέπει να χωράει ακριβώς στην ημέρα, π.χ. 10 λεπτά, 30 λεπτά, 1 ώρα."
        }
        (Fault::UnitByTheMinute, Language::En) => {
            "by the minute the unit must divide a day, like 10 minutes, 30 minutes, 1 hour."
        }
    };
    format!("{whose}{part}: {what}")
}

/// What the checker found, without the words of the file.
fn found(finding: &Finding, language: Language) -> String {
    let stay = duration(finding.example.minutes, language);
    let arrived = Stamp::new(finding.example.arrived).printed();
    let class = class_word(finding.class, language);
    let costs = match (finding.example.price.map(|price| price.in_language(language)), language) {
        (Some(price), Language::El) => format!("κοστίζει {price} €"),
        (Some(price), Language::En) => format!("costs {price} €"),
        (None, Language::El) => "δεν έχει τιμή".to_owned(),
        (None, Language::En) => "has no price".to_owned(),
    };
    let example = match language {
        Language::El => format!("Παράδειγμα: {class}, {stay} από {arrived}, {costs}."),
        Language::En => format!("Example: {class}, {stay} from {arrived}, {costs}."),
    };
    let (part, what) = (part_in_words(&finding.part, language), what(finding.what, language));
    if part.is_empty() { format!("{what} {example}") } else { format!("{part}: {what} {example}") }
}

/// `bands[2]` and `windows[1].cap` of the checker, as the screen calls them; nothing for a whole list.
fn part_in_words(code: &str, language: Language) -> String {
    let place = code.split_once('[').and_then(|(_, rest)| rest.split(']').next()?.parse::<usize>().ok());
    let place = place.and_then(|number| number.checked_sub(1));
    let known = match (code.split(['[', '.']).next().unwrap_or_default(), place) {
        ("bands", Some(place)) => Some(Part::Band(place)),
        ("windows", Some(place)) => Some(Part::Window(place)),
        ("flats", Some(place)) => Some(Part::Flat(place)),
        ("step", _) => Some(Part::Step),
        ("day_cap", _) => Some(Part::DayCap),
        _ => None,
    };
    let cap = match language {
        Language::El => ", ανώτατο",
        Language::En => ", maximum",
    };
    let word = known.map(|known| part(known, language)).unwrap_or_default();
    if code.ends_with(".cap") { word + cap } else { word }
}

fn what(what: What, language: Language) -> String {
    match (what, language) {
        (What::Gap, Language::El) => {
            "Υπάρχει ώρα χωρίς τιμή: συμπλήρωσε το «Μετά από αυτά» ή ωράρια.".to_owned()
        }
        (What::Gap, Language::En) => {
            "There are hours without a price: fill in “After them”, or hours of their own.".to_owned()
        }
        (What::Falls { shorter, was }, Language::El) => format!(
            "περισσότερη ώρα κοστίζει λιγότερο, {} κοστίζουν {} €.",
            duration(shorter, language),
            was.with_comma()
        ),
        (What::Falls { shorter, was }, Language::En) => {
            format!("a longer stay costs less, {} cost {} €.", duration(shorter, language), was.with_point())
        }
        (What::UnderTurnaround, Language::El) => "δεν χρεώνεται ποτέ, τόση ώρα είναι δωρεάν.".to_owned(),
        (What::UnderTurnaround, Language::En) => "is never charged, so short a stay is free.".to_owned(),
        (What::NeverBegins, Language::El) => {
            "δεν ισχύει ποτέ, τα προηγούμενα δεν του αφήνουν ώρα.".to_owned()
        }
        (What::NeverBegins, Language::En) => "never acts, what comes before leaves it no hour.".to_owned(),
        (What::NeverReached { dearest }, Language::El) => {
            format!("δεν φτάνεται ποτέ, το ακριβότερο είναι {} €.", dearest.with_comma())
        }
        (What::NeverReached { dearest }, Language::En) => {
            format!("is never reached, the dearest comes to {} €.", dearest.with_point())
        }
    }
}
