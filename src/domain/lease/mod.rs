//! A lease: a rental that lasts and is paid in instalments. What is to be paid, and when, is nothing that is stored: it follows
//! from the contract alone. Only what was paid is kept, with its documents.
//!
//! ```text
//!  agreed ──▶ instalment 1 │ 2 │ 3 │ … │ n ──▶ the last day
//!                │ paid, each with its document; the registry's one entry is correlated with every one of them
//!                ├── extended: a further part begins on the day after the last one
//!                ╰── back before the last day: what is owed of the rest is said by a rule of the contract
//! ```
//! Every day of the contract is in one instalment and in no other, however the months fall. A part keeps counting from its own
//! first day: what begins on the 31st is due on the last day of shorter months, and on the 31st again.
//!
//! | file | what it holds |
//! |---|---|
//! | `rules` | what the texts do not say and the owner decides: parts of periods, early returns, extensions |
//! | `part` | a part of a contract with one rate, cut into periods |
//! | `instalment` | what is to be paid when, and where it stands on a day |
//! | `paid` | what was paid and given back, and with which document |

mod instalment;
mod paid;
mod part;
mod rules;

pub use instalment::{Instalment, Standing, number_of};
pub use paid::{GivenBack, PaidInstalment};
pub use part::{Every, INSTALMENTS_MAX, LeasePart};
pub use rules::{DueOn, EarlyReturn, LastPeriod, LeaseRules, OnExtension, ToldAmount};

use super::money::Cents;
use super::operator::OperatorId;
use super::terms::{Period, ServiceTerms};
use super::time::Stamp;
use jiff::civil::Date;
use part::days_of;
use serde::{Deserialize, Serialize};

/// A contract, and what was paid of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// When it was agreed.
    pub agreed: Stamp,
    /// Who wrote it down.
    pub operator: OperatorId,
    /// Who allowed its rate.
    pub approved_by: OperatorId,
    /// The first part and its extensions, each beginning on the day after the one before.
    pub parts: Vec<LeasePart>,
    /// The deposit that was agreed; what is held is counted apart.
    #[serde(default, skip_serializing_if = "Cents::is_zero")]
    pub deposit: Cents,
    /// The rules it was agreed under.
    pub rules: LeaseRules,
    /// The day the vehicle came back, where that was before the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Date>,
    /// What was paid, in the order of paying.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paid: Vec<PaidInstalment>,
    /// What credits gave back of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given_back: Vec<GivenBack>,
}

impl Lease {
    /// Its first day.
    pub fn first(&self) -> Option<Date> {
        self.parts.first().map(|part| part.first)
    }

    /// Its last day, as it was agreed.
    pub fn last(&self) -> Option<Date> {
        self.parts.last().map(|part| part.last)
    }

    /// The days it was agreed for.
    pub fn days(&self) -> u16 {
        let days = self.first().zip(self.last()).map_or(1, |(from, to)| days_of(Period { from, to }));
        u16::try_from(days).unwrap_or(u16::MAX)
    }

    /// The moment the vehicle is to be back: the end of the last day.
    pub fn due_back(&self) -> Option<Stamp> {
        Stamp::midnight(self.last()?.tomorrow().ok()?)
    }

    /// The amount the registry is told was agreed.
    pub fn told_amount(&self) -> Cents {
        match self.rules.told_amount {
            ToldAmount::Total => self.total(),
            ToldAmount::Instalment => self.parts.last().map_or(Cents::ZERO, |part| part.rate),
        }
    }

    /// The vehicle came back.
    pub fn end(&mut self, on: Date) {
        self.ended = self.last().filter(|last| on < *last).map(|_| on.max(self.first().unwrap_or(on)));
    }
}

/// What the registry was told of a lease: its days, and how often it is paid where that is in months.
pub fn of_terms(terms: &ServiceTerms) -> Option<(Period, Option<Every>)> {
    match terms {
        ServiceTerms::Lease { period, every } => Some((*period, Every::of_terms(every))),
        ServiceTerms::OneOff | ServiceTerms::Recurring { .. } | ServiceTerms::Continuous { .. } => None,
    }
}
