//! What the texts do not say of a lease and the owner decides. What of it a contract depends on is kept with the contract.

use super::part::{days_of, share};
use crate::domain::money::Cents;
use crate::domain::terms::Period;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a part of a period costs, where the contract does not end with a whole one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LastPeriod {
    /// Its days, as a share of those of the whole period.
    #[default]
    Days,
    /// As much as a whole one.
    Whole,
}

/// What is owed of the rest when the vehicle comes back before the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EarlyReturn {
    /// The days until then, the day of the return with them.
    #[default]
    Days,
    /// The period that has begun, whole.
    Period,
    /// Everything, as it was agreed.
    Everything,
}

/// Which day of its period an instalment is due on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueOn {
    /// The first: in advance.
    #[default]
    First,
    /// The last.
    Last,
}

/// Which amount the registry is told was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToldAmount {
    /// All instalments together.
    #[default]
    Total,
    /// One whole instalment.
    Instalment,
}

/// What becomes of the registry's entry when a contract is extended: the period it was opened with cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnExtension {
    /// The vehicle stays under the same entry; the agreed amount is told again.
    #[default]
    SameEntry,
    /// The entry ends with its period: the vehicle is taken back, and goes out again under a new one.
    NewEntry,
}

/// How leases work here. What of it a contract depends on is kept with the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LeaseRules {
    /// A part of a period at the end.
    pub last_period: LastPeriod,
    /// A return before the end.
    pub early_return: EarlyReturn,
    /// The day an instalment is due.
    pub due_on: DueOn,
    /// So many days after it an instalment is late.
    pub grace_days: u16,
    /// What the registry is told.
    pub told_amount: ToldAmount,
    /// What an extension does at the registry.
    pub on_extension: OnExtension,
}

impl LeaseRules {
    /// An instalment for these days of a period, where the vehicle is kept until a day; nothing where none of it is owed.
    pub(super) fn owed(
        self,
        rate: Cents,
        whole: Period,
        days: Period,
        until: Option<Date>,
    ) -> Option<(Period, Cents)> {
        let agreed = match self.last_period {
            LastPeriod::Whole => rate,
            LastPeriod::Days => share(rate, days_of(days), days_of(whole)),
        };
        let Some(until) = until.filter(|until| *until < days.to) else { return Some((days, agreed)) };
        match self.early_return {
            EarlyReturn::Everything => Some((days, agreed)),
            _ if days.from > until => None,
            EarlyReturn::Period => Some((days, agreed)),
            EarlyReturn::Days => {
                let kept = Period { to: until, ..days };
                Some((kept, share(rate, days_of(kept), days_of(whole))))
            }
        }
    }
}
