//! What is wrong with a tariff that can be read: durations without a price, longer stays that cost less, and rules that
//! never act. Found by pricing stays, not by reading rules: what is told has happened, and its example can be tried with
//! `tameio tariff price`.
//!
//! Stays are tried from every edge of the hours, on two weeks of the version and around its holidays. Before a cap is said
//! to be out of reach, every minute of a week is tried.

use super::engine::{self, Charge, Gap, Ledger, Rule};
use super::rules::{FlatEnd, Rules, Tariff, VehicleClass, Version, WINDOWS_MAX};
use super::timetable::{Calendar, DAY, Holiday, gap_ends, instant_of, minute_of};
use crate::domain::money::Cents;
use crate::domain::time::ATHENS;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Days of arrivals that are tried.
const DAYS: i64 = 15;
/// … and of a stay, beside its bands: every kind of day comes by.
const STAY_DAYS: i64 = 9;
/// How far the holidays of a version are looked for.
const HOLIDAY_YEARS: i16 = 2;

/// One thing wrong with a tariff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The version it is in.
    pub version: String,
    /// The class of vehicle of the example.
    pub class: VehicleClass,
    /// The rule, as the file names it: `bands[2]`, counted from 1.
    pub part: String,
    /// Its line in the file.
    pub line: usize,
    /// What is wrong with it.
    pub what: What,
    /// A stay that shows it.
    pub example: Example,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The example has no price: a unit would begin where there is neither window nor step.
    Gap,
    /// The example costs less than a shorter stay.
    Falls {
        /// The shorter one, in minutes.
        shorter: u32,
        /// What that costs.
        was: Cents,
    },
    /// The turnaround makes every stay free that this band is for.
    UnderTurnaround,
    /// Nothing ever begins in it: what comes before it leaves it nothing.
    NeverBegins,
    /// No day, or night, costs so much.
    NeverReached {
        /// The dearest.
        dearest: Cents,
    },
}

impl What {
    /// The word of data.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Falls { .. } => "falls",
            Self::UnderTurnaround | Self::NeverBegins | Self::NeverReached { .. } => "never_acts",
        }
    }
}

/// A stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// When it begins.
    pub arrived: Timestamp,
    /// How long it is.
    pub minutes: u32,
    /// What it costs, if it has a price.
    pub price: Option<Cents>,
}

impl Tariff {
    /// Everything wrong with it, in the order of the file.
    pub fn check(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        for (place, version) in self.versions.iter().enumerate() {
            let end = self.versions.get(place + 1).map_or(i64::MAX, |next| minute_of(next.from));
            let mut check =
                Check { tariff: self, version, end, found: BTreeMap::new(), acted: BTreeSet::new() };
            check.run();
            let Check { found: mut here, acted, .. } = check;
            here.retain(|key, _| !acted.contains(key));
            found.extend(here.into_values());
        }
        found.sort_by(|a, b| (a.line, &a.part).cmp(&(b.line, &b.part)));
        found
    }
}

/// A rule by its name in the file and its line, so that one that several classes share is known again; and what about it.
type Key = (String, usize, u16);

struct Check<'t> {
    tariff: &'t Tariff,
    version: &'t Version,
    /// The minute the next version begins.
    end: i64,
    found: BTreeMap<Key, Finding>,
    /// What acts for one class at least.
    acted: BTreeSet<Key>,
}

impl Check<'_> {
    fn run(&mut self) {
        // The first class that shows something is the example.
        const CLASSES: [VehicleClass; 4] =
            [VehicleClass::Car, VehicleClass::Motorcycle, VehicleClass::Van, VehicleClass::Lorry];
        let mut tried: Vec<&Rules> = Vec::new();
        for class in CLASSES {
            let rules = self.version.rules(class);
            if !tried.contains(&rules) {
                tried.push(rules);
                self.check(class, rules);
            }
        }
        // Where every class has rules of its own, those for all may be nobody's.
        let anywhere = self.example(VehicleClass::Car, minute_of(self.version.from), 1440);
        for (part, line, _) in parts(&self.version.rules) {
            let told = self.found.contains_key(&(part.clone(), line, 0));
            if !told && !self.acted.contains(&(part.clone(), line, 0)) {
                self.tell(VehicleClass::Car, (part, line, 0), What::NeverBegins, anywhere);
            }
        }
    }

    fn check(&mut self, class: VehicleClass, rules: &Rules) {
        let mut acted = Acted::default();
        let stay = STAY_DAYS * DAY + beginning(rules);
        for arrival in self.arrivals(rules) {
            acted.stay(rules, self.version, (arrival, arrival + stay));
        }
        if acted.lacks_a_cap(rules) {
            for arrival in self.every_minute_of_a_week() {
                acted.stay(rules, self.version, (arrival, arrival + 2 * DAY + beginning(rules)));
            }
        }
        self.gaps(class, rules, &acted);
        self.falls(class, rules);
        for (part, line, rule) in parts(rules) {
            let key = (part, line, 0);
            match self.idle(class, rules, rule, &acted) {
                None => _ = self.acted.insert(key),
                Some((what, example)) => self.tell(class, key, what, example),
            }
        }
    }

    fn tell(&mut self, class: VehicleClass, key: Key, what: What, example: Example) {
        let (version, part, line) = (self.version.id.clone(), key.0.clone(), key.1);
        self.found.entry(key).or_insert(Finding { version, class, part, line, what, example });
    }

    fn example(&self, class: VehicleClass, arrival: i64, minutes: i64) -> Example {
        let arrived = instant_of(arrival);
        let price = self.tariff.price(class, arrived, instant_of(arrival + minutes));
        let minutes = u32::try_from(minutes).unwrap_or(u32::MAX);
        Example { arrived, minutes, price: price.ok().map(|price| price.total) }
    }

    /// Minutes without a price. One gap is met by many stays; it is known by the time of day it ends at.
    fn gaps(&mut self, class: VehicleClass, rules: &Rules, acted: &Acted) {
        for (arrival, at) in &acted.gaps {
            let calendar = Calendar::new(&self.version.holidays);
            let ends = gap_ends(&rules.timetable, calendar, *at).unwrap_or(0);
            let (part, line) = match (rules.windows.first(), rules.bands.last()) {
                (Some(window), _) => ("windows".to_owned(), window.unit.line),
                (None, Some(band)) => (format!("bands[{}]", rules.bands.len()), band.line),
                (None, None) => ("versions".to_owned(), self.version.line),
            };
            let begun = at - arrival + 1 + i64::from(rules.tolerance);
            let example = self.example(class, *arrival, begun.max(i64::from(rules.turnaround) + 1));
            self.tell(class, (part, line, 1 + ends), What::Gap, example);
        }
    }

    /// Bands that cost less than the one before: nothing else makes a longer stay cheaper.
    fn falls(&mut self, class: VehicleClass, rules: &Rules) {
        let arrivals = self.arrivals(rules);
        for (place, pair) in
            rules.bands.windows(2).enumerate().filter(|(_, pair)| pair[1].price < pair[0].price)
        {
            let shorter = pair[0].up_to + rules.tolerance;
            let fall = arrivals.iter().find_map(|arrival| {
                let was = self.example(class, *arrival, i64::from(shorter)).price?;
                let example = self.example(class, *arrival, i64::from(shorter) + 1);
                (example.price? < was).then_some((was, example))
            });
            if let Some((was, example)) = fall {
                let key = (format!("bands[{}]", place + 2), pair[1].line, 1);
                self.tell(class, key, What::Falls { shorter, was }, example);
            }
        }
    }

    /// Why a rule never acts, if it never does, and a stay it should have acted on.
    fn idle(&self, class: VehicleClass, rules: &Rules, rule: Rule, acted: &Acted) -> Option<(What, Example)> {
        let start = minute_of(self.version.from);
        match rule {
            Rule::Band(place) => {
                let band = rules.bands.get(place)?;
                let longest = i64::from(band.up_to + rules.tolerance);
                if longest <= i64::from(rules.turnaround) {
                    return Some((What::UnderTurnaround, self.example(class, start, longest)));
                }
                (!acted.has(rule))
                    .then(|| (What::NeverBegins, self.example(class, start, i64::from(band.up_to))))
            }
            Rule::DayCap | Rule::WindowCap(_) if !acted.has(rule) => {
                let (parts, arrival) = acted.dearest(rule);
                let dearest = Cents(parts / engine::parts_of_a_cent(rules));
                let what = if parts > 0 { What::NeverReached { dearest } } else { What::NeverBegins };
                Some((what, self.example(class, arrival.max(start), DAY)))
            }
            _ if acted.has(rule) => None,
            _ => Some((What::NeverBegins, self.example(class, start, DAY))),
        }
    }

    /// Every edge of the hours, once at the arrival and once after the bands.
    fn arrivals(&self, rules: &Rules) -> Vec<i64> {
        let hours = rules.windows.iter().map(|w| w.hours).chain(rules.flats.iter().map(|flat| flat.hours));
        let edges: BTreeSet<u16> = hours.flat_map(|hours| [hours.from, hours.to % 1440]).chain([0]).collect();
        let bands = rules.bands.last().map_or(0, |band| i64::from(band.up_to));
        let mut arrivals = BTreeSet::from([minute_of(self.version.from)]);
        for day in self.days() {
            for edge in &edges {
                let edge_at = minute_at(day, *edge);
                arrivals.extend(edge_at.into_iter().flat_map(|edge| [edge, edge - bands]));
            }
        }
        arrivals.into_iter().filter(|arrival| self.holds(*arrival)).collect()
    }

    fn every_minute_of_a_week(&self) -> Vec<i64> {
        let start = minute_of(self.version.from);
        (start..start + 8 * DAY).filter(|arrival| self.holds(*arrival)).collect()
    }

    fn holds(&self, arrival: i64) -> bool {
        (minute_of(self.version.from)..self.end).contains(&arrival)
    }

    /// The days arrivals are tried on.
    fn days(&self) -> BTreeSet<Date> {
        let first = ATHENS.to_datetime(self.version.from).date();
        let after = |date: Date, days: i64| date.checked_add(SignedDuration::from_hours(days * 24)).ok();
        let mut days: BTreeSet<Date> = (0..DAYS).filter_map(|day| after(first, day)).collect();
        for holiday in &self.version.holidays {
            let once = match holiday {
                Holiday::Once(date) => Some(*date),
                _ => None,
            };
            let years =
                (0..HOLIDAY_YEARS).filter_map(|year| holiday.in_year(first.year().checked_add(year)?));
            days.extend(years.chain(once).flat_map(|date| (-1..=1).filter_map(move |day| after(date, day))));
        }
        days
    }
}

/// How long the part of a stay is that does not come again: flat prices and bands.
fn beginning(rules: &Rules) -> i64 {
    let flats = rules.flats.iter().map(|flat| match flat.ends {
        FlatEnd::After(minutes) => i64::from(minutes),
        FlatEnd::At(_) => DAY,
        FlatEnd::Never => 0,
    });
    flats.max().unwrap_or(0) + rules.bands.last().map_or(0, |band| i64::from(band.up_to))
}

/// The minute a clock time of a day begins at.
fn minute_at(date: Date, of_day: u16) -> Option<i64> {
    let (hour, minute) = (i8::try_from(of_day / 60).ok()?, i8::try_from(of_day % 60).ok()?);
    ATHENS.to_timestamp(date.at(hour, minute, 0, 0)).ok().map(minute_of)
}

/// Every rule that could act, as the file names it, with its line.
fn parts(rules: &Rules) -> Vec<(String, usize, Rule)> {
    let mut parts = Vec::new();
    for (place, band) in rules.bands.iter().enumerate() {
        parts.push((format!("bands[{}]", place + 1), band.line, Rule::Band(place)));
    }
    for (place, window) in rules.windows.iter().enumerate() {
        let (part, line) = (format!("windows[{}]", place + 1), window.unit.line);
        if window.cap.is_some() {
            parts.push((format!("{part}.cap"), line, Rule::WindowCap(place)));
        }
        parts.push((part, line, Rule::Window(place)));
    }
    for (place, flat) in rules.flats.iter().enumerate() {
        parts.push((format!("flats[{}]", place + 1), flat.line, Rule::Flat(place)));
    }
    parts.extend(rules.step.map(|step| ("step".to_owned(), step.line, Rule::Step)));
    parts.extend(rules.day_cap.map(|cap| ("day_cap".to_owned(), cap.line, Rule::DayCap)));
    parts
}

/// What acted, over all stays that were tried.
#[derive(Debug, Default)]
struct Acted {
    rules: BTreeSet<(&'static str, usize)>,
    /// The stay that is being tried began here.
    arrival: i64,
    /// The dearest day in parts of a cent, before its cap, and the arrival of its stay.
    day: (i64, i64),
    /// The same for the nights of each window.
    nights: [(i64, i64); WINDOWS_MAX],
    /// The night that is being tried: its window, its day, and what it cost so far.
    night: (usize, i64, i64),
    /// Arrivals, and where each first met a gap.
    gaps: Vec<(i64, i64)>,
}

impl Acted {
    fn stay(&mut self, rules: &Rules, version: &Version, stay: (i64, i64)) {
        self.arrival = stay.0;
        self.night = (WINDOWS_MAX, 0, 0);
        // It never ends at a gap: `gap` lets it go on.
        let _ = engine::price(rules, Calendar::new(&version.holidays), stay, self);
    }

    fn has(&self, rule: Rule) -> bool {
        self.rules.contains(&named(rule))
    }

    fn lacks_a_cap(&self, rules: &Rules) -> bool {
        parts(rules).iter().any(|(_, _, rule)| match rule {
            Rule::DayCap => !self.has(*rule),
            // One whose window no unit begins in has nothing to reach it with.
            Rule::WindowCap(place) => !self.has(*rule) && self.has(Rule::Window(*place)),
            _ => false,
        })
    }

    fn dearest(&self, rule: Rule) -> (i64, i64) {
        match rule {
            Rule::WindowCap(place) => self.nights.get(place).copied().unwrap_or_default(),
            _ => self.day,
        }
    }
}

const fn named(rule: Rule) -> (&'static str, usize) {
    let place = match rule {
        Rule::Flat(place) | Rule::Band(place) | Rule::Window(place) | Rule::WindowCap(place) => place,
        Rule::Turnaround | Rule::Step | Rule::DayCap | Rule::Outside => 0,
    };
    (rule.code(), place)
}

impl Ledger for Acted {
    fn charge(&mut self, charge: Charge) {
        self.rules.insert(named(charge.rule));
        match charge.rule {
            Rule::Window(place) => {
                let same = (self.night.0, self.night.1) == (place, charge.occurrence);
                let parts = charge.parts + if same { self.night.2 } else { 0 };
                self.night = (place, charge.occurrence, parts);
                if let Some(night) = self.nights.get_mut(place).filter(|night| night.0 < parts) {
                    *night = (parts, self.arrival);
                }
            }
            // A unit did begin in it, even where the cap leaves nothing of it.
            Rule::WindowCap(place) => _ = self.rules.insert(named(Rule::Window(place))),
            _ => {}
        }
    }

    fn day_ends(&mut self, parts: i64, over: Option<(Cents, i64)>) {
        if over.is_some() {
            self.rules.insert(named(Rule::DayCap));
        }
        if parts > self.day.0 {
            self.day = (parts, self.arrival);
        }
    }

    fn gap(&mut self, gap: Gap) -> Result<(), Gap> {
        if self.gaps.last().is_none_or(|(arrival, _)| *arrival != self.arrival) {
            self.gaps.push((self.arrival, gap.at));
        }
        Ok(())
    }
}
