//! A rental: the business's own fleet, what is agreed when a vehicle is handed over, and what follows when it comes back.
//!
//! ```text
//! opened ──▶ handed over ──(days, km, fuel, driver)──▶ away ──▶ came back ──▶ paid, closed
//!                 ▲   │                                          compared: late, far, fuel missing
//!                 └───┘ put right, until it comes back
//! ```
//! What was agreed at the hand-over is kept with the visit: a setting that changes later changes nobody's agreement. What the
//! return costs is computed once and stored.

use super::catalogue::Size;
use super::dashboard::Dashboard;
use super::lease::LeaseRules;
use super::money::{Cents, Quantity, Rate};
use super::operator::OperatorId;
use super::plate::Plate;
use super::sale::Line;
use super::text::{Name, Text};
use super::time::{ATHENS, Stamp};
use jiff::{ToSpan, civil};
use serde::{Deserialize, Serialize};

/// The most days of one agreement: a longer one is a lease.
pub const DAYS_MAX: u16 = 366;

const DAY_MINUTES: u32 = 24 * 60;

/// A vehicle of the fleet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FleetVehicle {
    /// Its plate.
    pub plate: Plate,
    /// What people call it: `Fiat Panda`.
    pub name: Text,
    /// The column of the price list it is let at.
    pub size: Size,
    /// What a missing eighth of its tank costs, where that differs from the others'.
    pub fuel_eighth: Option<Cents>,
}

/// From when started hours are counted, once a vehicle is later than the grace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LateFrom {
    /// From the end of the grace, which stays free.
    #[default]
    Grace,
    /// From the agreed instant: whoever is later than the grace has none.
    Due,
}

/// What somebody who is late, drives far or brings less fuel owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RentalTerms {
    /// So many minutes late cost nothing.
    pub grace_minutes: u16,
    /// After them each started hour costs one part in so many of a day, up to a day.
    pub late_hours_a_day: u8,
    /// From when they are counted.
    pub late_from: LateFrom,
    /// Kilometres that are in the price of a day; nothing: as many as one likes.
    pub km_per_day: Option<u32>,
    /// Of one kilometre more.
    pub km_price: Cents,
    /// Of one missing eighth of a tank.
    pub fuel_eighth: Cents,
}

impl Default for RentalTerms {
    fn default() -> Self {
        Self {
            grace_minutes: 59,
            late_hours_a_day: 3,
            late_from: LateFrom::Grace,
            km_per_day: None,
            km_price: Cents::ZERO,
            fuel_eighth: Cents::ZERO,
        }
    }
}

/// How a rental desk works here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RentalRules {
    /// The vehicles that are let. Empty: any plate may be.
    pub fleet: Vec<FleetVehicle>,
    /// What is agreed with everybody.
    pub terms: RentalTerms,
    /// What is agreed with everybody who pays in instalments.
    pub lease: LeaseRules,
}

impl RentalRules {
    /// The vehicle behind a plate.
    pub fn vehicle(&self, plate: &Plate) -> Option<&FleetVehicle> {
        let key = plate.key();
        self.fleet.iter().find(|vehicle| vehicle.plate.key() == key)
    }

    /// Whether a plate may be let.
    pub fn lets(&self, plate: &Plate) -> bool {
        self.fleet.is_empty() || self.vehicle(plate).is_some()
    }

    /// What is agreed for a vehicle.
    pub fn terms_of(&self, plate: &Plate) -> RentalTerms {
        let own = self.vehicle(plate).and_then(|vehicle| vehicle.fuel_eighth);
        RentalTerms { fuel_eighth: own.unwrap_or(self.terms.fuel_eighth), ..self.terms }
    }
}

/// Who drives.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Driver {
    /// The name on the licence.
    pub name: Text,
    /// The licence's number; empty where somebody of the business drives.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub licence: Text,
    /// The last day it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence_until: Option<civil::Date>,
}

/// What was agreed when a vehicle was handed over, and how it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// When.
    pub at: Stamp,
    /// Who handed it over.
    pub operator: OperatorId,
    /// Who drives.
    pub driver: Driver,
    /// For how many days.
    pub days: u16,
    /// When it is to be back.
    pub due_back: Stamp,
    /// Kilometres and fuel.
    pub dashboard: Dashboard,
    /// What goes with it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub accessories: Text,
    /// What is broken already.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub damage: Text,
    /// What being late, driving far and missing fuel cost.
    pub terms: RentalTerms,
}

/// How late a vehicle is, and what of it is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lateness {
    /// Minutes after the agreed instant, as printed times have them.
    pub minutes: u32,
    /// Whole days that are charged.
    pub days: u32,
    /// Started hours beside them, each a share of a day.
    pub hours: u8,
}

/// A vehicle that came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VehicleReturn {
    /// When.
    pub at: Stamp,
    /// Who took it back.
    pub operator: OperatorId,
    /// Kilometres and fuel.
    pub dashboard: Dashboard,
    /// What is broken that was not.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub damage: Text,
    /// Where, when not at the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    /// How late.
    pub lateness: Lateness,
    /// What is charged for it, for kilometres and for fuel.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charges: Vec<Line>,
}

/// A rental's agreement and its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rental {
    /// How it went.
    pub hand_over: HandOver,
    /// How it came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<VehicleReturn>,
}

/// What a return is charged with: each of its lines has one of these codes, which no price list has.
pub const CHARGES: [&str; 3] = ["late", "km", "fuel"];

impl RentalTerms {
    /// How late a vehicle is that should have been back at an instant.
    pub fn lateness(&self, due: Stamp, back: Stamp) -> Lateness {
        let minute = |stamp: Stamp| stamp.utc.as_second().div_euclid(60);
        let minutes = u32::try_from(minute(back) - minute(due)).unwrap_or_default();
        let (days, rest) = (minutes / DAY_MINUTES, minutes % DAY_MINUTES);
        let grace = u32::from(self.grace_minutes);
        let counted = match self.late_from {
            _ if rest <= grace => 0,
            LateFrom::Grace => rest - grace,
            LateFrom::Due => rest,
        };
        let hours = u8::try_from(counted.div_ceil(60)).unwrap_or(u8::MAX);
        if hours >= self.late_hours_a_day.max(1) {
            return Lateness { minutes, days: days + 1, hours: 0 };
        }
        Lateness { minutes, days, hours }
    }
}

impl Lateness {
    /// Nothing of it is charged.
    pub const fn is_free(&self) -> bool {
        self.days == 0 && self.hours == 0
    }

    /// What it costs where a day costs so much.
    fn price(&self, day: Cents, hours_a_day: u8) -> Cents {
        let part = i64::from(hours_a_day.max(1));
        let hours = day.0 * i64::from(self.hours);
        // Half a cent counts up, as everywhere.
        Cents(day.0 * i64::from(self.days) + (2 * hours + part).div_euclid(2 * part))
    }

    fn name(&self, hours_a_day: u8) -> Name {
        let late = format!("{}:{:02}", self.minutes / 60, self.minutes % 60);
        let (days, hours) = (self.days, self.hours);
        let of_a_day = |day: &str| match hours {
            0 => String::new(),
            hours => format!(" {hours}/{hours_a_day} {day}"),
        };
        let whole = |day: &str| if days > 0 { format!(" {days} {day}") } else { String::new() };
        Name::new(
            &format!("Καθυστέρηση {late}:{}{}", whole("ημ."), of_a_day("ημέρας")),
            &format!("Late {late}:{}{}", whole("days"), of_a_day("of a day")),
        )
    }
}

impl HandOver {
    /// What is charged when the vehicle comes back so late, with this on its dashboard, where a day costs so much. What nobody
    /// looked at is not charged.
    pub fn charges(&self, lateness: Lateness, back: Dashboard, day: Cents, vat: Rate) -> Vec<Line> {
        let line = |code, name, quantity: i64, unit_price| {
            Line::new(code, name, Quantity(quantity * 1_000), unit_price, vat)
        };
        let parts = self.terms.late_hours_a_day;
        let late = (!lateness.is_free())
            .then(|| line(CHARGES[0], lateness.name(parts), 1, lateness.price(day, parts)));
        let far = self.km_beyond(back).map(|km| {
            let name = Name::new("Επιπλέον χιλιόμετρα", "Extra kilometres");
            line(CHARGES[1], name, i64::from(km), self.terms.km_price)
        });
        let fuel = self.fuel_missing(back).map(|eighths| {
            let name =
                Name::new(&format!("Καύσιμο που λείπει {eighths}/8"), &format!("Missing fuel {eighths}/8"));
            line(CHARGES[2], name, i64::from(eighths), self.terms.fuel_eighth)
        });
        let costs = |line: &Line| line.amount() > Cents::ZERO;
        late.into_iter().chain(far).chain(fuel).filter(costs).collect()
    }

    /// Kilometres driven, where both ends were read.
    pub fn km_driven(&self, back: Dashboard) -> Option<u32> {
        back.km?.checked_sub(self.dashboard.km?)
    }

    /// Kilometres beyond those that are in the price.
    pub fn km_beyond(&self, back: Dashboard) -> Option<u32> {
        let allowed = self.terms.km_per_day?.saturating_mul(self.days.into());
        self.km_driven(back)?.checked_sub(allowed).filter(|km| *km > 0)
    }

    /// Eighths of the tank that are missing.
    pub fn fuel_missing(&self, back: Dashboard) -> Option<u8> {
        Some(back.fuel?.missing_from(self.dashboard.fuel?)).filter(|eighths| *eighths > 0)
    }
}

impl Rental {
    /// What is sold: the lines of the price list, the package for every day, and what the return is charged with.
    pub fn sold(&self, listed: Vec<Line>, is_package: impl Fn(&str) -> bool) -> Vec<Line> {
        let days = Quantity(i64::from(self.hand_over.days) * 1_000);
        let of_days = |line: Line| {
            let quantity = if is_package(&line.code) { days } else { line.quantity };
            Line { quantity, ..line }
        };
        let charges = self.returned.iter().flat_map(|returned| returned.charges.clone());
        listed.into_iter().map(of_days).chain(charges).collect()
    }

    /// It is later than agreed and than the grace.
    pub fn is_overdue(&self, now: Stamp) -> bool {
        let HandOver { due_back, terms, .. } = &self.hand_over;
        self.returned.is_none() && !terms.lateness(*due_back, now).is_free()
    }
}

/// The same time of the clock so many days later: a night when the clocks change makes nobody late.
pub fn days_later(from: Stamp, days: u16) -> Stamp {
    let local = from.local().checked_add(i64::from(days).days());
    let at = local.ok().and_then(|local| ATHENS.to_ambiguous_timestamp(local).compatible().ok());
    at.map_or_else(|| from.moved(i64::from(days) * 86_400), Stamp::new)
}
