//! A day's customers, made from a seed: who comes when, what they want, how they pay. A plan is the same for the same
//! seed, whatever the terminal does.

use super::errand::{self, Paper};
use super::holder::{self, Holder};
use crate::domain::catalogue::{Catalogue, Size};
use crate::domain::entry::ServiceCategory;
use crate::domain::ids::IdSource;
use crate::domain::money::Cents;
use crate::domain::plate::{LATIN_TWINS, PlateEntry};
use crate::domain::settings::{Settings, Trade};
use crate::domain::terms::{OffSite, ServiceTerms, Trip};
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
    /// By a contract: no money at the lane.
    ByContract,
    /// Nothing, for a reason the chief allows.
    NoDocument(NoDocumentReason),
    /// Leaves without service.
    Leaves,
    /// Comes into the wrong car park and drives out again at once: the tariff takes nothing for that.
    TurnsRound,
}

impl Settles {
    /// Money changes hands at the lane.
    pub const fn pays(self) -> bool {
        matches!(self, Self::Cash { .. } | Self::Card { .. } | Self::Split)
    }
}

/// When a plate that was typed wrong is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noticed {
    /// Within seconds: before the registry was told, or before it has answered, if its line is bad just then.
    AtOnce,
    /// With the next thing the customer wants.
    InTheQueue,
    /// When the vehicle has left.
    Afterwards,
    /// When the vehicle that was moved elsewhere is here again, under its right plate.
    OnceBack,
    /// When everything is told, also the documents issued elsewhere.
    InTheEvening,
}

/// A plate that was typed wrong at first: one digit off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// What was typed.
    pub typed: String,
    /// When somebody sees it.
    pub noticed: Noticed,
}

/// How a vehicle that was moved elsewhere comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComesBack {
    /// It does not, that day.
    Never,
    /// Its earlier visit is found in the list.
    ToItsVisit,
    /// With the number of its entry in hand.
    WithItsNumber,
}

/// A garage's vehicle that is moved elsewhere for further work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// Where to.
    pub to: OffSite,
    /// Whether it comes back, and how.
    pub back: ComesBack,
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
    /// The kind of work.
    pub trade: Trade,
    /// On what terms.
    pub terms: ServiceTerms,
    /// A rental's trip.
    pub trip: Option<Trip>,
    /// The package; none where a contract covers everything.
    pub package: Option<String>,
    /// Extras.
    pub extras: Vec<String>,
    /// What is said of the service apart from its price.
    pub category: Option<ServiceCategory>,
    /// The agreed amount of a lease.
    pub amount: Option<Cents>,
    /// It is moved elsewhere for further work.
    pub away: Option<Away>,
    /// How it is settled.
    pub settles: Settles,
    /// It was to be free, but is paid before the vehicle leaves.
    pub after_all: bool,
    /// An invoice to this AFM is wanted.
    pub invoice_to: Option<String>,
    /// Documents of this visit that are issued elsewhere.
    pub papers: Vec<Paper>,
    /// Seconds from one act to the next.
    pub pace_s: i64,
    /// Seconds the vehicle stands before anything else is wanted, where a tariff prices that.
    pub stands_s: i64,
    /// The plate was typed wrong at first.
    pub slip: Option<Slip>,
    /// A pack is bought and used: it comes again and again under it.
    pub pack: Option<Holder>,
}

impl Customer {
    /// The plate as it was typed wrong.
    pub fn mistyped(&self) -> Option<&String> {
        self.slip.as_ref().map(|slip| &slip.typed)
    }

    /// When a plate that was typed wrong is noticed.
    pub(super) fn noticed(&self) -> Option<Noticed> {
        self.slip.as_ref().map(|slip| slip.noticed)
    }

    /// Money is taken at the lane before the day is over.
    pub(super) fn pays(&self) -> bool {
        let gone = self.away.as_ref().is_some_and(|away| away.back == ComesBack::Never);
        self.settles.pays() && !gone
    }
}

/// The day's customers in the order they come.
pub fn day(settings: &Settings, start: Stamp, visits: u32, seed: u64) -> Vec<Customer> {
    let mut chance = IdSource::new(0, seed);
    let gap_s = OPEN_HOURS * 3600 / u64::from(visits.max(1));
    let customers = (0..visits).map(|index| {
        let wait = u64::from(index) * gap_s + chance.up_to(gap_s);
        let comes = start.utc.checked_add(SignedDuration::from_secs(i64::try_from(wait).unwrap_or_default()));
        let comes = comes.map_or(start, Stamp::new);
        if settings.also.is_empty() {
            walk_in(settings, settings.trade, comes, index, &mut chance)
        } else {
            errand::customer(settings, comes, index, &mut chance)
        }
    });
    let mut customers: Vec<Customer> = customers.collect();
    holder::some_buy(settings, start, &mut customers, seed);
    customers
}

/// Somebody who comes once, is served, pays and goes; a few leave without, or owe nothing.
pub(super) fn walk_in(
    settings: &Settings,
    trade: Trade,
    comes: Stamp,
    index: u32,
    chance: &mut IdSource,
) -> Customer {
    let (entry, plate, vehicle) = plate(trade, index, chance);
    let (size, package) = choice(&settings.catalogue, trade, chance);
    let extras = extras(settings, trade, chance);
    let settles = settles(trade, chance);
    let invoice_to = (chance.up_to(19) == 0).then(|| errand::FLEETS[0].to_owned());
    let slipped = entry == PlateEntry::Greek && chance.up_to(39) == 0;
    let slip = slipped.then(|| Slip { typed: slip_of_a_finger(&plate), noticed: Noticed::InTheQueue });
    let pace_s = 60 + i64::try_from(chance.up_to(900)).unwrap_or_default();
    let stay = trade == Trade::Parking && settings.parking.tariff.is_some();
    let (settles, stands_s) = if stay { stands(settles, chance) } else { (settles, 0) };
    let slip = slip.filter(|_| settles != Settles::TurnsRound);
    let package = (!stay).then_some(package);
    Customer {
        comes,
        plate,
        entry,
        vehicle,
        size,
        trade,
        terms: ServiceTerms::OneOff,
        trip: None,
        package,
        extras,
        category: None,
        amount: None,
        away: None,
        settles,
        after_all: false,
        invoice_to,
        papers: Vec::new(),
        pace_s,
        stands_s,
        slip,
        pack: None,
    }
}

/// One customer in thirty has a foreign plate. Every plate of a day is another one, because its number counts up.
fn plate(trade: Trade, index: u32, chance: &mut IdSource) -> (PlateEntry, String, VehicleFacts) {
    if chance.up_to(29) == 0 {
        let maker = matches!(trade, Trade::Garage | Trade::Rental).then(|| "BMW".into());
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

fn choice(catalogue: &Catalogue, trade: Trade, chance: &mut IdSource) -> (Size, String) {
    let packages = || catalogue.packages.iter().filter(|p| p.trade.is_none_or(|of| of == trade));
    let offered: Vec<(Size, &str)> = packages()
        .flat_map(|package| package.prices.keys().map(|size| (*size, package.code.as_str())))
        .chain(
            packages().filter(|p| p.prices.contains_key(&Size::Small)).map(|p| (Size::Taxi, p.code.as_str())),
        )
        .collect();
    let index = usize::try_from(chance.up_to(offered.len().saturating_sub(1) as u64)).unwrap_or_default();
    offered.get(index).map_or((Size::Small, String::new()), |(size, code)| (*size, (*code).to_owned()))
}

/// Extras of every kind of work this visit may be charged for: a parked car may be waxed as well.
fn extras(settings: &Settings, trade: Trade, chance: &mut IdSource) -> Vec<String> {
    let trades = settings.trades_of(trade.client_type());
    let offered = settings
        .catalogue
        .extras
        .iter()
        .filter(|extra| extra.trade.is_none_or(|trade| trades.contains(&trade)));
    offered.filter(|_| chance.up_to(7) == 0).map(|extra| extra.code.clone()).collect()
}

fn settles(trade: Trade, chance: &mut IdSource) -> Settles {
    match chance.up_to(99) {
        0..=1 => Settles::Leaves,
        2..=3 => Settles::NoDocument(NoDocumentReason::Free),
        4 => Settles::NoDocument(NoDocumentReason::OwnUse),
        5 if trade == Trade::Garage => Settles::NoDocument(NoDocumentReason::Warranty),
        5..=44 => Settles::Cash { exact: chance.up_to(2) == 0 },
        45..=89 => Settles::Card { tip_cents: if chance.up_to(9) == 0 { 200 } else { 0 } },
        _ => Settles::Split,
    }
}

/// How long a vehicle stands: a few turn round at once, most go after hours, some stay over night.
fn stands(settles: Settles, chance: &mut IdSource) -> (Settles, i64) {
    let minutes = |from: u64, upto: u64, chance: &mut IdSource| {
        60 * i64::try_from(from + chance.up_to(upto - from)).unwrap_or_default()
    };
    match chance.up_to(19) {
        0 if settles.pays() => (Settles::TurnsRound, minutes(1, 8, chance)),
        1 => (settles, minutes(660, 1_800, chance)),
        2..=8 => (settles, minutes(20, 75, chance)),
        _ => (settles, minutes(60, 540, chance)),
    }
}

/// The last digit is one too high or too low.
pub(super) fn slip_of_a_finger(plate: &str) -> String {
    let (head, last) = plate.split_at(plate.len().saturating_sub(1));
    let digit: u32 = last.parse().unwrap_or_default();
    format!("{head}{}", if digit == 9 { 8 } else { digit + 1 })
}
