//! When a vehicle should come again, and whether that time is near: a garage that remembers is a garage people come back
//! to.
//!
//! A day is certain. Kilometres are known only as of the last time somebody looked: where the owner says how far a vehicle
//! goes in a year, what it has driven since is estimated, and said to be an estimate.

use super::plate::Plate;
use super::time::Stamp;
use super::work::NextService;
use jiff::civil;
use serde::{Deserialize, Serialize};

/// When a reminder begins to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderRules {
    /// So many days before the day.
    pub days_before: u16,
    /// So many kilometres before the distance.
    pub km_before: u32,
    /// Kilometres a vehicle goes in a year, to estimate what it has driven since it was last here; nothing: none is
    /// estimated.
    pub km_a_year: Option<u32>,
}

impl Default for ReminderRules {
    fn default() -> Self {
        Self { days_before: 21, km_before: 1_000, km_a_year: None }
    }
}

/// What is known of how far a vehicle has driven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Odometer {
    /// Kilometres when somebody looked.
    pub km: u32,
    /// The day of it.
    pub on: civil::Date,
}

/// How a reminder stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Neither the day nor the distance is near.
    NotYet,
    /// One of them is near.
    Near,
    /// One of them has come.
    Due,
}

/// A reminder on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// How it stands.
    pub standing: Standing,
    /// Days until the day, negative once it is over; nothing where no day was said.
    pub days_left: Option<i32>,
    /// Kilometres until the distance, negative once it is driven; nothing where none was said or nobody ever looked.
    pub km_left: Option<i64>,
    /// The kilometres are an estimate: nobody has looked today.
    pub km_estimated: bool,
}

/// A vehicle whose time to come has come or is near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueVehicle {
    /// Its plate.
    pub plate: Plate,
    /// When it was last here.
    pub last: Stamp,
    /// What was agreed, and whom to call.
    pub next: NextService,
    /// How that stands.
    pub reminder: Reminder,
}

impl NextService {
    /// How it stands on a day, of a vehicle that was last seen with so many kilometres.
    pub fn reminder(&self, today: civil::Date, seen: Option<Odometer>, rules: ReminderRules) -> Reminder {
        let days_left = self.on.map(|on| (on - today).get_days());
        let driven = seen.map(|seen| seen.driven(today, rules.km_a_year));
        let km_left = self.km.zip(driven).map(|(km, (driven, _))| i64::from(km) - driven);
        let estimated = driven.is_some_and(|(_, estimated)| estimated);
        let of = |left: i64, before: i64| match left {
            left if left <= 0 => Standing::Due,
            left if left <= before => Standing::Near,
            _ => Standing::NotYet,
        };
        let by_day = days_left.map(|left| of(left.into(), rules.days_before.into()));
        let by_km = km_left.map(|left| of(left, rules.km_before.into()));
        let standing = by_day.max(by_km).unwrap_or(Standing::NotYet);
        Reminder { standing, days_left, km_left, km_estimated: estimated && km_left.is_some() }
    }
}

impl Odometer {
    /// Kilometres on a day, and whether they are an estimate.
    fn driven(self, today: civil::Date, km_a_year: Option<u32>) -> (i64, bool) {
        let days = i64::from((today - self.on).get_days()).max(0);
        let since = km_a_year.map_or(0, |a_year| days * i64::from(a_year) / 365);
        (i64::from(self.km) + since, since > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const RULES: ReminderRules = ReminderRules { days_before: 21, km_before: 1_000, km_a_year: None };

    fn by_day(on: civil::Date) -> NextService {
        NextService { on: Some(on), ..NextService::default() }
    }

    fn standing(next: &NextService, today: civil::Date, km: Option<u32>) -> Standing {
        next.reminder(today, km.map(|km| Odometer { km, on: today }), RULES).standing
    }

    #[test]
    fn a_day_is_near_three_weeks_before_and_due_from_itself_on() {
        let next = by_day(date(2026, 9, 30));
        assert_eq!(standing(&next, date(2026, 9, 8), None), Standing::NotYet);
        assert_eq!(standing(&next, date(2026, 9, 9), None), Standing::Near);
        assert_eq!(standing(&next, date(2026, 9, 29), None), Standing::Near);
        assert_eq!(standing(&next, date(2026, 9, 30), None), Standing::Due);
        let late = next.reminder(date(2027, 10, 1), None, RULES);
        assert_eq!((late.standing, late.days_left), (Standing::Due, Some(-366)));
    }

    #[test]
    fn whichever_comes_first_counts() {
        let next = NextService { km: Some(100_000), ..by_day(date(2027, 1, 1)) };
        let today = date(2026, 3, 1);
        assert_eq!(standing(&next, today, Some(98_999)), Standing::NotYet);
        assert_eq!(standing(&next, today, Some(99_000)), Standing::Near);
        assert_eq!(standing(&next, today, Some(100_000)), Standing::Due);
        assert_eq!(standing(&next, today, None), Standing::NotYet, "nobody ever looked");
        assert_eq!(standing(&next, date(2027, 1, 1), Some(10)), Standing::Due);
    }

    #[test]
    fn what_was_driven_since_is_estimated_only_where_the_owner_says_how_far() {
        let next = NextService { km: Some(100_000), ..NextService::default() };
        let seen = Some(Odometer { km: 90_000, on: date(2026, 1, 1) });
        let a_year_later = date(2027, 1, 1);
        let plain = next.reminder(a_year_later, seen, RULES);
        assert_eq!(
            (plain.standing, plain.km_left, plain.km_estimated),
            (Standing::NotYet, Some(10_000), false)
        );
        let rules = ReminderRules { km_a_year: Some(12_000), ..RULES };
        let guessed = next.reminder(a_year_later, seen, rules);
        assert_eq!(
            (guessed.standing, guessed.km_left, guessed.km_estimated),
            (Standing::Due, Some(-2_000), true)
        );
        let today = next.reminder(date(2026, 1, 1), seen, rules);
        assert_eq!((today.km_left, today.km_estimated), (Some(10_000), false), "somebody looked today");
    }

    #[test]
    fn without_a_day_and_kilometres_nothing_is_due() {
        let nothing = NextService::default().reminder(date(2026, 1, 1), None, RULES);
        assert_eq!((nothing.standing, nothing.days_left, nothing.km_left), (Standing::NotYet, None, None));
    }
}
