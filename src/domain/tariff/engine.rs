//! The walk that prices a stay: from charge to charge, each at the minute it starts.
//!
//! 1. Not longer than the **turnaround**: free, and nothing below is looked at.
//! 2. The **tolerance** shortens the stay, but not below one minute: so an edge passed by no more than it costs nothing,
//!    and the first minute still costs.
//! 3. A **flat** price for who arrives in its hours, until it ends; from there on as below.
//! 4. **Bands**, from the beginning: reaching into a band costs its price instead of that of the one before.
//! 5. **Units**, end to end after the last band; each costs what the window it starts in says, else the step. With
//!    [`UnitRule::Cut`] a unit ends where the window changes. Hours that are free ([`Outside::Free`]) hold no unit.
//! 6. The **window cap** limits what the units of one night, day or weekend cost; the **day cap** what is charged in a
//!    day. A charge belongs to the day it starts in. After [`AfterCap::Restart`] each day ends whatever runs, and begins
//!    with the bands.
//!
//! Nothing is rounded on the way. What is charged by the minute is kept in 1440ths of a cent, of which every unit that
//! divides a day makes whole numbers, and one rounding at the end gives cents.

use super::rules::{AfterCap, CapDay, DayCap, FlatEnd, Outside, Rules, UnitPrice, UnitRule, WINDOWS_MAX};
use super::timetable::{Calendar, DAY, Midnights, Segments, next_showing, within};
use crate::domain::money::Cents;

/// Parts of a cent while units are charged by the minute.
const FINE: i64 = 1440;

/// Which rule a charge came from; windows, bands and flats by their place among the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The whole stay is free.
    Turnaround,
    /// One price for who arrives in certain hours.
    Flat(usize),
    /// A band, the highest that was reached.
    Band(usize),
    /// Units of the step.
    Step,
    /// Units of a window.
    Window(usize),
    /// What one night, day or weekend of a window may cost at most, or what was left of it.
    WindowCap(usize),
    /// A day at its cap, whatever was charged in it.
    DayCap,
    /// Hours in which nothing is charged.
    Outside,
}

impl Rule {
    /// The word of data.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Turnaround => "turnaround",
            Self::Flat(_) => "flat",
            Self::Band(_) => "band",
            Self::Step => "step",
            Self::Window(_) => "window",
            Self::WindowCap(_) => "window_cap",
            Self::DayCap => "day_cap",
            Self::Outside => "outside",
        }
    }
}

/// A unit would begin where no rule says a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap {
    /// The minute, since 1970.
    pub(super) at: i64,
}

/// A run of charges by one rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Charge {
    pub(super) rule: Rule,
    /// The minute it starts, since 1970.
    pub(super) from: i64,
    /// The minute the last of it ends.
    pub(super) to: i64,
    /// How many units; minutes where they are charged by the minute.
    pub(super) count: i64,
    /// Minutes from the start of one to the start of the next.
    pub(super) length: i64,
    /// What one unit costs, as a sign says it.
    pub(super) unit: Cents,
    /// What all of it comes to, in parts of a cent.
    pub(super) parts: i64,
    /// The day that this night, day or weekend of a window with a cap began on; else 0.
    pub(super) occurrence: i64,
}

/// Who is told what is charged. Sums and caps are the walk's business.
pub(super) trait Ledger {
    /// The next charge, none earlier than the ones before. Bands tell the difference to the band before.
    fn charge(&mut self, charge: Charge);
    /// A day of the cap ends, and what was told since the last time came to so many parts. Over the cap, it and its parts
    /// stand for all of that.
    fn day_ends(&mut self, parts: i64, over: Option<(Cents, i64)>);
    /// A unit would begin in a gap: ends the walk, or lets it go on behind the gap.
    fn gap(&mut self, gap: Gap) -> Result<(), Gap> {
        Err(gap)
    }
}

/// In how many parts these rules count a cent.
pub(super) const fn parts_of_a_cent(rules: &Rules) -> i64 {
    if rules.pro_rata { FINE } else { 1 }
}

/// Prices a stay between two minutes of 1970's count, in parts of a cent.
pub(super) fn price<L: Ledger>(
    rules: &Rules,
    mut calendar: Calendar<'_>,
    (arrival, departure): (i64, i64),
    ledger: &mut L,
) -> Result<i64, Gap> {
    let minutes = departure - arrival;
    if minutes <= i64::from(rules.turnaround) {
        if minutes > 0 {
            ledger.charge(free(Rule::Turnaround, arrival, departure));
        }
        return Ok(0);
    }
    let end = arrival + (minutes - i64::from(rules.tolerance)).max(1);
    let flat = rules.flats.iter().position(|flat| within(&flat.hours, &mut calendar, arrival));
    let (start, flat_parts) = match flat {
        Some(place) => charge_flat(rules, place, (arrival, end), ledger),
        None => (arrival, 0),
    };
    if start >= end {
        return Ok(flat_parts);
    }
    Ok(flat_parts + Walk::new(rules, calendar, (start, end), ledger).run()?)
}

/// One charge.
const fn once(rule: Rule, (from, to): (i64, i64), price: Cents, parts: i64) -> Charge {
    Charge { rule, from, to, count: 1, length: to - from, unit: price, parts, occurrence: 0 }
}

/// A charge of nothing.
const fn free(rule: Rule, from: i64, to: i64) -> Charge {
    once(rule, (from, to), Cents::ZERO, 0)
}

/// Where a flat price ends, and what it is.
fn charge_flat<L: Ledger>(
    rules: &Rules,
    place: usize,
    (arrival, end): (i64, i64),
    ledger: &mut L,
) -> (i64, i64) {
    let Some(flat) = rules.flats.get(place) else { return (arrival, 0) };
    let covered = match flat.ends {
        FlatEnd::Never => i64::MAX,
        FlatEnd::After(minutes) => arrival + i64::from(minutes),
        FlatEnd::At(of_day) => next_showing(arrival, of_day),
    };
    let parts = flat.price.0 * parts_of_a_cent(rules);
    let to = covered.min(end);
    ledger.charge(once(Rule::Flat(place), (arrival, to), flat.price, parts));
    ledger.day_ends(0, None);
    (covered, parts)
}

/// What one night, day or weekend of a window has cost so far.
#[derive(Debug, Clone, Copy, Default)]
struct Occurrence {
    day: i64,
    parts: i64,
}

/// How many units reach into so many minutes; narrow, for machines on which dividing wide numbers is slow.
fn rounded_up(minutes: i64, unit: i64) -> i64 {
    match (u32::try_from(minutes), u32::try_from(unit)) {
        (Ok(minutes), Ok(unit)) => i64::from(minutes.div_ceil(unit)),
        _ => (minutes + unit - 1) / unit,
    }
}

struct Walk<'r, 'l, L> {
    rules: &'r Rules,
    ledger: &'l mut L,
    scale: i64,
    /// Where the next charge starts.
    at: i64,
    end: i64,
    day_end: i64,
    /// Charged in this day, before its cap.
    day_parts: i64,
    total: i64,
    /// The next band, and where the first one began.
    band: usize,
    bands_from: i64,
    midnights: Midnights,
    segments: Segments<'r>,
    /// Two of each window, as the hour that comes twice can take a window back over its own edge.
    occurrences: [[Occurrence; 2]; WINDOWS_MAX],
}

impl<'r, 'l, L: Ledger> Walk<'r, 'l, L> {
    fn new(rules: &'r Rules, calendar: Calendar<'r>, (start, end): (i64, i64), ledger: &'l mut L) -> Self {
        let mut midnights = Midnights::default();
        let day_end = match rules.day_cap {
            None => i64::MAX,
            Some(DayCap { day: CapDay::FromArrival, .. }) => start + DAY,
            Some(DayCap { day: CapDay::Calendar, .. }) => midnights.after(start),
        };
        Self {
            rules,
            ledger,
            scale: parts_of_a_cent(rules),
            at: start,
            end,
            day_end,
            day_parts: 0,
            total: 0,
            band: 0,
            bands_from: start,
            midnights,
            segments: Segments::at(&rules.timetable, calendar, start),
            occurrences: [[Occurrence::default(); 2]; WINDOWS_MAX],
        }
    }

    fn run(mut self) -> Result<i64, Gap> {
        while self.at < self.end {
            if self.at >= self.day_end {
                self.next_day();
            } else if self.band < self.rules.bands.len() {
                self.charge_band();
            } else {
                self.charge_units()?;
            }
        }
        self.close_day();
        Ok(self.total)
    }

    fn close_day(&mut self) {
        let Some(cap) = self.rules.day_cap else {
            self.total = self.day_parts;
            return;
        };
        let most = cap.price.0 * self.scale;
        let over = (self.day_parts > most).then_some((cap.price, most));
        self.ledger.day_ends(self.day_parts, over);
        // Below nothing only where bands fall, which the checker tells.
        self.total += self.day_parts.clamp(0, most);
        self.day_parts = 0;
    }

    fn next_day(&mut self) {
        self.close_day();
        let Some(cap) = self.rules.day_cap else { return };
        self.day_end = match cap.day {
            CapDay::FromArrival => self.day_end + ((self.at - self.day_end) / DAY + 1) * DAY,
            CapDay::Calendar => self.midnights.after(self.at),
        };
        if cap.after == AfterCap::Restart {
            (self.band, self.bands_from) = (0, self.at);
        }
    }

    /// Ends a charge where the day ends, if bands begin again there.
    fn cut_by_day(&self, to: i64) -> i64 {
        match self.rules.day_cap {
            Some(DayCap { after: AfterCap::Restart, .. }) => to.min(self.day_end),
            _ => to,
        }
    }

    fn charge_band(&mut self) {
        let Some(band) = self.rules.bands.get(self.band) else { return };
        let before = self.band.checked_sub(1).and_then(|place| self.rules.bands.get(place));
        let parts = (band.price.0 - before.map_or(0, |band| band.price.0)) * self.scale;
        let to = self.cut_by_day(self.bands_from + i64::from(band.up_to));
        self.ledger.charge(once(Rule::Band(self.band), (self.at, to), band.price, parts));
        self.day_parts += parts;
        self.at = to;
        self.band += 1;
    }

    /// Units up to where the segment, the day or the stay ends.
    fn charge_units(&mut self) -> Result<(), Gap> {
        while self.segments.end <= self.at {
            self.segments.advance();
        }
        let rules = self.rules;
        let window = self.segments.window.map(usize::from);
        let until = self.segments.end.min(self.day_end).min(self.end);
        match window.and_then(|place| Some((place, rules.windows.get(place)?))) {
            Some((place, window)) => {
                let occurrence = self.segments.occurrence;
                let charge = self.units(Rule::Window(place), &window.unit, until);
                match window.cap {
                    Some(cap) => {
                        self.charge_capped(Charge { occurrence, ..charge }, place, cap.0 * self.scale);
                    }
                    None => self.charge(charge),
                }
            }
            None => match &rules.step {
                Some(step) => {
                    let charge = self.units(Rule::Step, step, until);
                    self.charge(charge);
                }
                None => {
                    match rules.outside {
                        Outside::Free => self.ledger.charge(free(Rule::Outside, self.at, until)),
                        Outside::Unpriced => self.ledger.gap(Gap { at: self.at })?,
                    }
                    self.at = until;
                }
            },
        }
        Ok(())
    }

    /// As many units as start before a minute; what comes next starts where they end.
    fn units(&mut self, rule: Rule, unit: &UnitPrice, until: i64) -> Charge {
        let each = i64::from(unit.each);
        let (length, parts) =
            if self.rules.pro_rata { (1, unit.price.0 * FINE / each) } else { (each, unit.price.0) };
        let (from, left) = (self.at, until - self.at);
        // Most units are alone in their segment, and a division is the dearest thing here.
        let count = if left <= length { 1 } else { rounded_up(left, length) };
        self.at = self.cut_by_day(from + count * length);
        if self.rules.unit_rule == UnitRule::Cut {
            self.cut_by_edge();
        }
        let to = self.at;
        Charge { rule, from, to, count, length, unit: unit.price, parts: count * parts, occurrence: 0 }
    }

    /// Takes the next start back to where the window changed.
    fn cut_by_edge(&mut self) {
        let window = self.segments.window;
        while self.segments.end < self.at {
            self.segments.advance();
            if self.segments.window != window {
                self.at = self.segments.start;
                return;
            }
        }
    }

    fn charge(&mut self, charge: Charge) {
        self.day_parts += charge.parts;
        self.ledger.charge(charge);
    }

    /// Charges units of a window up to its cap.
    fn charge_capped(&mut self, charge: Charge, place: usize, cap: i64) {
        let day = charge.occurrence;
        let slot = usize::from(day & 1 == 1);
        let Some(occurrence) = self.occurrences.get_mut(place).and_then(|pair| pair.get_mut(slot)) else {
            return;
        };
        if occurrence.day != day {
            *occurrence = Occurrence { day, parts: 0 };
        }
        let before = occurrence.parts.min(cap);
        occurrence.parts += charge.parts;
        if occurrence.parts <= cap {
            return self.charge(charge);
        }
        let parts = cap - before;
        let unit = Cents(parts / self.scale);
        self.charge(Charge { rule: Rule::WindowCap(place), unit, parts, ..charge });
    }
}
