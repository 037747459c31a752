//! A tariff as data: versions by date, and for each class of vehicle the rules that make a price. Reference: the parts of
//! a parking tariff as signs and published lists have them.

use super::timetable::{Holiday, Hours, Timetable};
use crate::domain::catalogue::Size;
use crate::domain::money::Cents;
use crate::domain::text::Name;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most windows one set of rules may have.
pub const WINDOWS_MAX: usize = 16;
/// The most bands one set of rules may have.
pub const BANDS_MAX: usize = 60;
/// The most flat prices of one set of rules, and the most versions and holidays.
pub const LIST_MAX: usize = 200;
/// The longest duration a rule may name, in minutes: a leap year.
pub const RULE_MINUTES_MAX: u32 = 366 * 1440;

/// What a car park charges by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VehicleClass {
    /// Motorcycle.
    Motorcycle,
    /// Car; whatever a tariff does not name apart is priced as one.
    Car,
    /// Van.
    Van,
    /// Lorry.
    Lorry,
}

impl VehicleClass {
    /// Every class, smallest first.
    pub const ALL: [Self; 4] = [Self::Motorcycle, Self::Car, Self::Van, Self::Lorry];

    /// The word of files and of the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Motorcycle => "motorcycle",
            Self::Car => "car",
            Self::Van => "van",
            Self::Lorry => "lorry",
        }
    }

    /// The class behind a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }
}

impl From<Size> for VehicleClass {
    /// The size a visit carries, as a car park sees it.
    fn from(size: Size) -> Self {
        match size {
            Size::Moto => Self::Motorcycle,
            Size::Small | Size::Suv | Size::Taxi => Self::Car,
            Size::Van => Self::Van,
        }
    }
}

/// A tariff: all its versions, so that a stay that began under an old one is still priced with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariff {
    /// Short code, on papers and lines: `T1`.
    pub code: String,
    /// What people read.
    pub name: Name,
    /// The versions, earliest first; at least one.
    pub versions: Vec<Version>,
}

/// What holds from an instant on, until the next version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its name, kept with everything priced by it.
    pub id: String,
    /// The first instant it holds: of a day in Athens, or of a minute. A stay belongs to the version valid when it began.
    pub from: Timestamp,
    /// Days that are no weekday.
    pub holidays: Vec<Holiday>,
    /// Minutes to leave after paying.
    pub exit_grace: u32,
    /// What is asked when neither ticket nor visit is found.
    pub lost_ticket: Option<Cents>,
    /// The rules, for every class that has none of its own.
    pub rules: Rules,
    /// Classes that are priced apart.
    pub classes: BTreeMap<VehicleClass, Rules>,
    /// Its line in the file.
    pub line: usize,
}

impl Version {
    /// The rules for a class.
    pub fn rules(&self, class: VehicleClass) -> &Rules {
        self.classes.get(&class).unwrap_or(&self.rules)
    }
}

/// How a price is made. The order in which the parts act is told in [`super::engine`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// A whole stay of so many minutes is free.
    pub turnaround: u32,
    /// Minutes forgiven at each edge between bands and units; never makes a stay free.
    pub tolerance: u32,
    /// Prices of the first part of a stay, shortest first.
    pub bands: Vec<Band>,
    /// What each unit costs after the last band, where no window says otherwise.
    pub step: Option<UnitPrice>,
    /// Hours with a price of their own; where two overlap the first one holds.
    pub windows: Vec<Window>,
    /// What a unit costs that begins in no window while there is no step.
    pub outside: Outside,
    /// What becomes of a unit that a window's edge falls into.
    pub unit_rule: UnitRule,
    /// Units are charged by the minute.
    pub pro_rata: bool,
    /// The most a day costs.
    pub day_cap: Option<DayCap>,
    /// One price for who arrives in certain hours; the first that fits holds.
    pub flats: Vec<Flat>,
    /// The windows laid out over every kind of day; follows from them.
    pub timetable: Timetable,
}

/// "Up to so long: so much", for the whole of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Minutes since the stay, or its day, began.
    pub up_to: u32,
    /// For all of them.
    pub price: Cents,
    /// Its line in the file.
    pub line: usize,
}

/// "Every so long that begins: so much".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitPrice {
    /// Minutes of one unit, at least 1.
    pub each: u32,
    /// Of one unit.
    pub price: Cents,
    /// Its line in the file.
    pub line: usize,
}

/// Hours with a price of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// What people read; empty: its hours are said.
    pub name: Name,
    /// When.
    pub hours: Hours,
    /// The price.
    pub unit: UnitPrice,
    /// The most that one night, day or weekend of it costs.
    pub cap: Option<Cents>,
}

/// What a unit costs that begins where no rule says a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outside {
    /// It has none, and such a stay cannot be priced.
    #[default]
    Unpriced,
    /// Nothing, and no unit begins: the count stands still until a window begins.
    Free,
}

/// What becomes of a unit that a window's edge falls into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnitRule {
    /// It belongs whole to the window it starts in.
    #[default]
    Start,
    /// It ends at the edge, and another begins.
    Cut,
}

/// The most a day costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCap {
    /// How much.
    pub price: Cents,
    /// Which day.
    pub day: CapDay,
    /// What happens when the next one begins.
    pub after: AfterCap,
    /// Its line in the file.
    pub line: usize,
}

/// Which day a cap is for. What is charged belongs to the day it starts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapDay {
    /// Every 24 hours since the arrival; real hours, whatever the clocks do.
    FromArrival,
    /// From midnight to midnight in Athens, be it 23 hours or 25.
    Calendar,
}

/// What happens when the day of a cap ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterCap {
    /// Units go on.
    Continue,
    /// The bands begin again.
    Restart,
}

/// One price for who arrives in certain hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flat {
    /// What people read; empty: its hours are said.
    pub name: Name,
    /// When one must arrive.
    pub hours: Hours,
    /// What it costs.
    pub price: Cents,
    /// What it covers. Who stays on is charged from there like a new arrival, but without turnaround and other flats.
    pub ends: FlatEnd,
    /// Its line in the file.
    pub line: usize,
}

/// How long a flat price covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlatEnd {
    /// The whole stay.
    Never,
    /// So many minutes.
    After(u32),
    /// Until the clock next shows this minute of the day.
    At(u16),
}
