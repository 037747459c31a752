//! What is to be paid, when, and where it stands on a day: nothing of it is stored, all follows from the contract and what was
//! paid of it.

use super::{DueOn, Lease, LeasePart};
use crate::domain::money::{Cents, Quantity, Rate};
use crate::domain::sale::Line;
use crate::domain::terms::Period;
use crate::domain::text::Name;
use jiff::{ToSpan, civil::Date};

/// What the code of an instalment's line begins with, which no price list has; its number follows.
const CODE: &str = "lease-";

/// What is to be paid for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    /// Its number, from 1 without gaps.
    pub number: u16,
    /// Its days.
    pub period: Period,
    /// The day it is due.
    pub due: Date,
    /// How much, VAT included.
    pub amount: Cents,
}

/// Where an instalment stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It should have been paid.
    Late,
    /// It is due, and not late.
    Due,
    /// Its day is yet to come.
    Ahead,
    /// It was paid.
    Paid,
}

impl Lease {
    /// Everything that is to be paid, in order: a function of the contract alone. What nothing is owed for any more is not in it.
    pub fn instalments(&self) -> Vec<Instalment> {
        let cut = |part: &LeasePart| {
            let rate = part.rate;
            part.periods().map(move |(whole, days)| (rate, whole, days)).collect::<Vec<_>>()
        };
        let all = self.parts.iter().flat_map(cut).enumerate();
        let instalment = |(at, (rate, whole, days)): (usize, (Cents, Period, Period))| {
            let (period, amount) = self.rules.owed(rate, whole, days, self.ended)?;
            let due = match self.rules.due_on {
                DueOn::First => period.from,
                DueOn::Last => period.to,
            };
            Some(Instalment { number: u16::try_from(at + 1).ok()?, period, due, amount })
        };
        all.filter_map(instalment).collect()
    }

    /// What all of it comes to.
    pub fn total(&self) -> Cents {
        self.instalments().iter().map(|instalment| instalment.amount).sum()
    }

    /// Where an instalment stands on a day.
    pub fn standing(&self, instalment: &Instalment, today: Date) -> Standing {
        let grace = i64::from(self.rules.grace_days).days();
        let late_after = instalment.due.checked_add(grace).unwrap_or(instalment.due);
        if self.is_paid(instalment.number) {
            Standing::Paid
        } else if today > late_after {
            Standing::Late
        } else if today >= instalment.due || self.ended.is_some() {
            // The vehicle is back: there is nothing to wait for.
            Standing::Due
        } else {
            Standing::Ahead
        }
    }

    /// What is still to be paid, in order.
    pub fn unpaid(&self) -> Vec<Instalment> {
        let owed = |one: &Instalment| one.amount > Cents::ZERO && !self.is_paid(one.number);
        self.instalments().into_iter().filter(owed).collect()
    }

    /// What is due on a day and not paid: what is late with it.
    pub fn due_on(&self, today: Date) -> Vec<Instalment> {
        let mut unpaid = self.unpaid();
        unpaid.retain(|one| self.standing(one, today) < Standing::Ahead);
        unpaid
    }

    /// What is due on a day and not paid, as a sum.
    pub fn owed_on(&self, today: Date) -> Cents {
        self.due_on(today).iter().map(|one| one.amount).sum()
    }

    /// The lines that sell instalments, at today's rate of VAT.
    pub fn lines(&self, wanted: &[Instalment], vat: Rate) -> Vec<Line> {
        let of = self.instalments().last().map_or(0, |last| last.number);
        wanted.iter().map(|one| one.line(of, vat)).collect()
    }
}

impl Instalment {
    /// The line that sells it: `Μίσθωμα 2/12 01/04/2026–30/04/2026`.
    fn line(&self, of: u16, vat: Rate) -> Line {
        let day = |date: Date| date.strftime("%d/%m/%Y").to_string();
        let Self { number, period: Period { from, to }, .. } = *self;
        let tail = format!("{number}/{of} {}–{}", day(from), day(to));
        let name = Name::new(&format!("Μίσθωμα {tail}"), &format!("Lease instalment {tail}"));
        Line::new(&format!("{CODE}{number}"), name, Quantity::ONE, self.amount, vat)
    }
}

/// The instalment a line sells.
pub fn number_of(code: &str) -> Option<u16> {
    code.strip_prefix(CODE)?.parse().ok()
}
