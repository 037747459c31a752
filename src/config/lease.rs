//! What is agreed with everybody who pays a rental in instalments.

use super::optional_choice;
use super::reader::Section;
use crate::domain::lease::{DueOn, EarlyReturn, LastPeriod, LeaseRules, OnExtension, ToldAmount};

const LAST_PERIOD: [(&str, LastPeriod); 2] = [("days", LastPeriod::Days), ("whole", LastPeriod::Whole)];
const EARLY_RETURN: [(&str, EarlyReturn); 3] =
    [("days", EarlyReturn::Days), ("period", EarlyReturn::Period), ("everything", EarlyReturn::Everything)];
const DUE_ON: [(&str, DueOn); 2] = [("first", DueOn::First), ("last", DueOn::Last)];
const TOLD_AMOUNT: [(&str, ToldAmount); 2] =
    [("total", ToldAmount::Total), ("instalment", ToldAmount::Instalment)];
const ON_EXTENSION: [(&str, OnExtension); 2] =
    [("same-entry", OnExtension::SameEntry), ("new-entry", OnExtension::NewEntry)];

/// The most days of grace.
const GRACE_MAX: i64 = 60;

pub(super) fn read(section: &Section<'_, '_>) -> LeaseRules {
    let grace = section.number("grace_days", 0..=GRACE_MAX, 0);
    LeaseRules {
        last_period: optional_choice(section, "last_period", &LAST_PERIOD).unwrap_or_default(),
        early_return: optional_choice(section, "early_return", &EARLY_RETURN).unwrap_or_default(),
        due_on: optional_choice(section, "due_on", &DUE_ON).unwrap_or_default(),
        grace_days: u16::try_from(grace).unwrap_or_default(),
        told_amount: optional_choice(section, "told_amount", &TOLD_AMOUNT).unwrap_or_default(),
        on_extension: optional_choice(section, "on_extension", &ON_EXTENSION).unwrap_or_default(),
    }
}
