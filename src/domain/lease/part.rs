//! A part of a contract with one rate, and the periods it is cut into: a period begins so many months or days after the first
//! day of the part, never after the period before, so that shorter months move nothing.

use crate::domain::money::Cents;
use crate::domain::terms::{Period, Periodicity};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// The most instalments of one contract: twenty years of months.
pub const INSTALMENTS_MAX: usize = 240;

/// How often an instalment is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "every", content = "value", rename_all = "snake_case")]
pub enum Every {
    /// Every so many months, from 1.
    Months(u8),
    /// Every so many days, from 1.
    Days(u16),
}

/// A part of a contract with one rate: the first, or an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeasePart {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// How often an instalment is due.
    #[serde(flatten)]
    pub every: Every,
    /// Of one whole period, VAT included.
    pub rate: Cents,
}

impl Every {
    /// What the registry's terms say; nothing where they say it in words.
    pub const fn of_terms(every: &Periodicity) -> Option<Self> {
        match every {
            Periodicity::Months(months) => Some(Self::Months(*months)),
            Periodicity::Other(_) => None,
        }
    }

    /// The first day of the period of this number, from 0; nothing beyond the calendar.
    fn begins(self, first: Date, number: i32) -> Option<Date> {
        match self {
            Self::Months(months) => first.checked_add((i32::from(months.max(1)) * number).months()).ok(),
            Self::Days(days) => first.checked_add((i32::from(days.max(1)) * number).days()).ok(),
        }
    }
}

/// Days of a period, both ends with it.
pub(super) fn days_of(period: Period) -> i64 {
    i64::from((period.to - period.from).get_days()) + 1
}

/// The share of an amount for so many days out of a whole period's; half a cent counts up.
pub(super) fn share(rate: Cents, days: i64, whole: i64) -> Cents {
    let whole = whole.max(1);
    Cents((2 * rate.0 * days + whole).div_euclid(2 * whole))
}

impl LeasePart {
    /// The whole periods it is cut into, the last one as long as the others, with the days of each that are in the contract.
    pub(super) fn periods(self) -> impl Iterator<Item = (Period, Period)> {
        let cut = move |number: i32| {
            let from = self.every.begins(self.first, number)?;
            let next = self.every.begins(self.first, number + 1)?;
            let whole = Period { from, to: next.yesterday().ok()? };
            Some((whole, Period { from, to: whole.to.min(self.last) }))
        };
        (0..).map_while(cut).take_while(move |(whole, _)| whole.from <= self.last)
    }

    /// What its first period costs a day: what a day too long is charged at.
    pub fn price_of_a_day(&self) -> Cents {
        let whole = self.periods().next().map_or(1, |(whole, _)| days_of(whole));
        share(self.rate, 1, whole)
    }

    /// How many instalments it has; no more than can be wanted are counted.
    pub fn count(self) -> usize {
        self.periods().take(INSTALMENTS_MAX + 1).count()
    }
}
