//! A day's customers, made from a seed: who comes when, what they want, how they pay. A plan is the same for the same
//! seed, whatever the terminal does.

use crate::domain::catalogue::{Catalogue, Size};
use crate::domain::ids::IdSource;
use crate::domain::plate::{LATIN_TWINS, PlateEntry};
use crate::domain::settings::{Settings, Trade};
use crate::domain::time::Stamp;
use crate::domain::visit::{NoDocumentReason, VehicleFacts};
use jiff::SignedDuration;

/// How long the day's arrivals are spread over.
const OPEN_HOURS: u64 = 12;

/// How a customer settles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settles {
    /// Hands over a note that covers it, or the exact sum.
    Cash {
        /// Pays to the cent.
        exact: bool,
    },
    /// Pays by card; with a tip now and then.
    Card {
        /// The tip in cents.
        tip_cents: i64,
    },
    /// Half in cash, the rest by card.
    Split,
    /// Nothing, for a reason the chief allows.
    NoDocument(NoDocumentReason),
    /// Leaves without service.
    Leaves,
}

/// One customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// When the vehicle comes.
    pub comes: Stamp,
    /// Its plate, as typed.
    pub plate: String,
    /// What the plate is.
    pub entry: PlateEntry,
    /// What the registry wants of it.
    pub vehicle: VehicleFacts,
    /// Its size.
    pub size: Size,
    /// The package.
    pub package: String,
    /// Extras.
    pub extras: Vec<String>,
    /// How it is settled.
    pub settles: Settles,
    /// An invoice to this AFM is wanted.
    pub invoice_to: Option<String>,
    /// Seconds from one act to the next.
    pub pace_s: i64,
    /// The plate was typed wrong at first: one digit off.
    pub mistyped: Option<String>,
}

/// The day's customers in the order they come.
pub fn day(settings: &Settings, start: Stamp, visits: u32, seed: u64) -> Vec<Customer> {
    let mut chance = IdSource::new(0, seed);
    let gap_s = OPEN_HOURS * 3600 / u64::from(visits.max(1));
    (0..visits)
        .map(|index| {
            let wait = u64::from(index) * gap_s + chance.up_to(gap_s);
            let comes =
                start.utc.checked_add(SignedDuration::from_secs(i64::try_from(wait).unwrap_or_default()));
            customer(settings, comes.map_or(start, Stamp::new), index, &mut chance)
        })
        .collect()
}

fn customer(settings: &Settings, comes: Stamp, index: u32, chance: &mut IdSource) -> Customer {
    let (entry, plate, vehicle) = plate(settings, index, chance);
    let (size, package) = choice(&settings.catalogue, chance);
    let extras = extras(&settings.catalogue, chance);
    let settles = settles(settings, chance);
    let invoice_to = (chance.up_to(19) == 0).then(|| "999999981".to_owned());
    let mistyped = (entry == PlateEntry::Greek && chance.up_to(39) == 0).then(|| slip_of_a_finger(&plate));
    let pace_s = 60 + i64::try_from(chance.up_to(900)).unwrap_or_default();
    Customer { comes, plate, entry, vehicle, size, package, extras, settles, invoice_to, pace_s, mistyped }
}

/// One customer in thirty has a foreign plate. Every plate of a day is another one, because its number counts up.
fn plate(settings: &Settings, index: u32, chance: &mut IdSource) -> (PlateEntry, String, VehicleFacts) {
    if chance.up_to(29) == 0 {
        let maker =
            (settings.trade == Trade::Garage || settings.trade == Trade::Rental).then(|| "BMW".into());
        let vehicle = VehicleFacts { category: Some("Αυτοκίνητο".into()), maker };
        return (PlateEntry::Foreign { country: "DE".to_owned() }, format!("M-TX {index:05}"), vehicle);
    }
    let letters: Vec<char> = LATIN_TWINS.chars().collect();
    let letter = |n: usize| letters.get(n % letters.len()).copied().unwrap_or('A');
    let index = usize::try_from(index).unwrap_or_default();
    // Numbers ten apart, so that a slip of one digit never hits another customer.
    let (series, number) = (index / 900, 1000 + (index % 900) * 10);
    let plate = format!("{}{}{}{number}", letter(series / 14 + 3), letter(series), letter(series * 5 + 1));
    (PlateEntry::Greek, plate, VehicleFacts::default())
}

fn choice(catalogue: &Catalogue, chance: &mut IdSource) -> (Size, String) {
    let offered: Vec<(Size, &str)> = catalogue
        .packages
        .iter()
        .flat_map(|package| package.prices.keys().map(|size| (*size, package.code.as_str())))
        .chain(
            catalogue
                .packages
                .iter()
                .filter(|p| p.prices.contains_key(&Size::Small))
                .map(|p| (Size::Taxi, p.code.as_str())),
        )
        .collect();
    let index = usize::try_from(chance.up_to(offered.len().saturating_sub(1) as u64)).unwrap_or_default();
    offered.get(index).map_or((Size::Small, String::new()), |(size, code)| (*size, (*code).to_owned()))
}

fn extras(catalogue: &Catalogue, chance: &mut IdSource) -> Vec<String> {
    catalogue.extras.iter().filter(|_| chance.up_to(7) == 0).map(|extra| extra.code.clone()).collect()
}

fn settles(settings: &Settings, chance: &mut IdSource) -> Settles {
    match chance.up_to(99) {
        0..=1 => Settles::Leaves,
        2..=3 => Settles::NoDocument(NoDocumentReason::Free),
        4 => Settles::NoDocument(NoDocumentReason::OwnUse),
        5 if settings.trade == Trade::Garage => Settles::NoDocument(NoDocumentReason::Warranty),
        5..=44 => Settles::Cash { exact: chance.up_to(2) == 0 },
        45..=89 => Settles::Card { tip_cents: if chance.up_to(9) == 0 { 200 } else { 0 } },
        _ => Settles::Split,
    }
}

/// The last digit is one too high or too low.
fn slip_of_a_finger(plate: &str) -> String {
    let (head, last) = plate.split_at(plate.len().saturating_sub(1));
    let digit: u32 = last.parse().unwrap_or_default();
    format!("{head}{}", if digit == 9 { 8 } else { digit + 1 })
}
