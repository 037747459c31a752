//! Digits as they become minutes, prices and times of day. A digit that would make something that cannot be is not taken.

use super::part::{Field, Value};
use crate::domain::money::Cents;
use crate::domain::tariff::rules::RULE_MINUTES_MAX;

/// The most digits of an amount: 99,999.99. Beyond it a slip of the finger is likelier than a price of parking.
const PRICE_DIGITS_MAX: usize = 7;

/// What a duration is typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// Minutes.
    #[default]
    Minutes,
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
}

impl Unit {
    /// All of them, shortest first.
    pub const ALL: [Self; 3] = [Self::Minutes, Self::Hours, Self::Days];

    /// How many minutes one has.
    pub const fn minutes(self) -> u32 {
        match self {
            Self::Minutes => 1,
            Self::Hours => 60,
            Self::Days => 1440,
        }
    }

    /// The longest one a duration is a whole number of.
    const fn of(minutes: u32) -> Self {
        if minutes >= 2880 && minutes.is_multiple_of(1440) {
            Self::Days
        } else if minutes >= 60 && minutes.is_multiple_of(60) {
            Self::Hours
        } else {
            Self::Minutes
        }
    }
}

/// What is typed of a value. Nothing typed yet: the value stands, and the first digit replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    pub(super) digits: String,
    pub(super) unit: Unit,
}

impl Typed {
    /// Nothing yet, of a value that stands.
    pub(super) fn at(value: Option<Value>) -> Self {
        let unit = value.and_then(Value::minutes).map_or(Unit::Minutes, Unit::of);
        Self { digits: String::new(), unit }
    }

    /// With more digits, and what they come to; nothing where that cannot be.
    pub(super) fn with(&self, field: Field, digits: &str) -> Option<(Self, Value)> {
        let digits = digits.chars().filter(char::is_ascii_digit);
        let more = Self { digits: self.digits.chars().chain(digits).collect(), unit: self.unit };
        let value = more.value(field)?;
        Some((more, value))
    }

    /// With one digit less, and what is left.
    pub(super) fn less(&self, field: Field) -> (Self, Option<Value>) {
        let mut less = self.clone();
        less.digits.pop();
        let value = less.value(field);
        (less, value)
    }

    /// What the digits come to.
    pub(super) fn value(&self, field: Field) -> Option<Value> {
        if self.digits.is_empty() {
            return None;
        }
        if field.is_length() {
            let minutes = self.digits.parse::<u32>().ok()?.checked_mul(self.unit.minutes())?;
            return (minutes <= RULE_MINUTES_MAX).then_some(Value::Minutes(minutes));
        }
        if field.is_price() {
            let whole = self.digits.trim_start_matches('0').len() <= PRICE_DIGITS_MAX;
            return self.digits.parse().ok().filter(|_| whole).map(|cents| Value::Price(Cents(cents)));
        }
        field.is_clock().then(|| clock(&self.digits)).flatten().map(Value::Clock)
    }
}

/// `7` and `07` are 07:00, `730` and `0730` are 07:30; up to 24:00.
fn clock(digits: &str) -> Option<u16> {
    let number: u16 = digits.parse().ok().filter(|_| digits.len() <= 4)?;
    let (hours, minutes) = if digits.len() <= 2 { (number, 0) } else { (number / 100, number % 100) };
    // The tens of a minute that is still to be typed: 22 and a 3 are on their way to 22:30.
    let (hours, minutes) =
        if digits.len() == 3 && minutes > 59 { (number / 10, number % 10 * 10) } else { (hours, minutes) };
    (minutes < 60).then_some(hours * 60 + minutes).filter(|minute| *minute <= 1440)
}
