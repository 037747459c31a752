//! What each duration costs after one arrival: data for an editor and a chart.

use super::engine::{self, Charge, Gap, Ledger};
use super::price::NoPrice;
use super::rules::{Rules, Tariff, VehicleClass};
use super::timetable::{Calendar, instant_of, minute_of};
use crate::domain::money::Cents;
use crate::domain::time::Stamp;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// The longest stay a table goes to, in minutes: five weeks.
pub const TABLE_MINUTES_MAX: u32 = 35 * 1440;

/// Durations of one price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The shortest, in minutes.
    pub from: u32,
    /// The longest.
    pub to: u32,
    /// What each of them costs.
    pub price: Cents,
}

impl Tariff {
    /// What stays of 1 to `minutes` minutes cost that begin at an instant, shortest first, without a hole. Beyond
    /// [`TABLE_MINUTES_MAX`] nothing is told.
    ///
    /// # Errors
    /// When one of them has no price.
    pub fn table(&self, class: VehicleClass, arrived: Timestamp, minutes: u32) -> Result<Vec<Row>, NoPrice> {
        let version = self.version_at(arrived)?;
        let (rules, arrival) = (version.rules(class), minute_of(arrived));
        let longest = minutes.min(TABLE_MINUTES_MAX);
        let price = |minutes: u32| {
            let left = instant_of(arrival) + SignedDuration::from_mins(i64::from(minutes));
            self.price(class, instant_of(arrival), left).map(|price| price.total)
        };
        let calendar = Calendar::new(&version.holidays);
        let edges = edges(rules, calendar, arrival, longest)
            .map_err(|Gap { at }| NoPrice::Gap { at: Stamp::new(instant_of(at)) })?;
        let mut rows: Vec<Row> = Vec::new();
        for from in edges {
            let price = price(from)?;
            match rows.last_mut() {
                Some(row) if row.price == price => {}
                Some(row) => {
                    row.to = from - 1;
                    rows.push(Row { from, to: longest, price });
                }
                None => rows.push(Row { from, to: longest, price }),
            }
        }
        Ok(rows)
    }
}

/// The durations at which the price can change, in order, each once.
fn edges(rules: &Rules, calendar: Calendar<'_>, arrival: i64, longest: u32) -> Result<Vec<u32>, Gap> {
    let mut starts = Starts { arrival, minutes: Vec::new() };
    engine::price(rules, calendar, (arrival, arrival + i64::from(longest)), &mut starts)?;
    // A charge counts from its first minute on, which the tolerance puts off; but the first one at once.
    let later = |start: &u32| if *start == 0 { 1 } else { start + rules.tolerance + 1 };
    let mut edges: Vec<u32> = starts.minutes.iter().map(later).chain([1, rules.turnaround + 1]).collect();
    edges.retain(|minutes| *minutes <= longest);
    edges.sort_unstable();
    edges.dedup();
    Ok(edges)
}

/// Where charges start, in minutes since the arrival.
struct Starts {
    arrival: i64,
    minutes: Vec<u32>,
}

impl Ledger for Starts {
    fn charge(&mut self, charge: Charge) {
        let start = |unit: i64| charge.from + unit * charge.length - self.arrival;
        self.minutes.extend((0..charge.count).filter_map(|unit| u32::try_from(start(unit)).ok()));
    }

    fn day_ends(&mut self, _parts: i64, _over: Option<(Cents, i64)>) {}
}
