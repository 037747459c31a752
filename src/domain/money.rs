//! Money is integer cents, rates are basis points, quantities are thousandths. VAT is computed once per rate per
//! document and stored; reports add the stored figures.

use super::text::Language;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

/// The largest amount a person may enter, one million euro: beyond it a slip of the finger is likelier.
pub const AMOUNT_MAX: Cents = Cents(100_000_000);

/// An amount in euro cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(pub i64);

impl Cents {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// Whether it is nothing.
    pub const fn is_zero(&self) -> bool {
        self.0 == 0
    }

    /// `12,50`, as Greek writes it; thousands are not separated.
    pub fn with_comma(self) -> String {
        self.written(',')
    }

    /// `12.50`, as files and schemas write it.
    pub fn with_point(self) -> String {
        self.written('.')
    }

    /// As a language writes it: with a comma in Greek, with a point in English.
    pub fn in_language(self, language: Language) -> String {
        match language {
            Language::El => self.with_comma(),
            Language::En => self.with_point(),
        }
    }

    fn written(self, separator: char) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        format!("{sign}{}{separator}{:02}", cents / 100, cents % 100)
    }
}

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.with_point())
    }
}

/// Text that is not an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an amount: write euro and cents, for instance 12.50")]
pub struct BadAmount(pub String);

impl FromStr for Cents {
    type Err = BadAmount;

    /// Reads `12`, `12.5`, `12,50`, `-3.00`; refuses more than two decimals and more than [`AMOUNT_MAX`].
    fn from_str(text: &str) -> Result<Self, BadAmount> {
        let bad = || BadAmount(text.chars().take(40).collect());
        let (sign, digits) = match text.trim().strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.trim()),
        };
        let (euro, cents) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if euro.is_empty() || euro.len() > 9 || cents.len() > 2 || !all_digits(euro) || !all_digits(cents) {
            return Err(bad());
        }
        let value: i64 = format!("{euro}{cents:0<2}").parse().map_err(|_| bad())?;
        if value > AMOUNT_MAX.0 { Err(bad()) } else { Ok(Self(sign * value)) }
    }
}

impl Add for Cents {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Cents {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Cents {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Cents {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Cents {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// A rate in basis points: 24 % is 2400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rate(pub u32);

impl Rate {
    /// `24%`, `6,5%`.
    pub fn printed(self) -> String {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => format!("{whole}%"),
            (whole, part) if part % 10 == 0 => format!("{whole},{}%", part / 10),
            (whole, part) => format!("{whole},{part:02}%"),
        }
    }

    /// This share of an amount, half a cent rounded away from zero.
    pub fn of(self, amount: Cents) -> Cents {
        Cents(divide(i128::from(amount.0) * i128::from(self.0), 10_000))
    }
}

/// A quantity in thousandths: one piece is 1000, 12.350 kg is 12350.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(pub i64);

impl Quantity {
    /// One piece.
    pub const ONE: Self = Self(1000);

    /// `2,00`, `2,50`: as hours are written. What is below a hundredth is cut off.
    pub fn with_two_decimals(self) -> String {
        format!("{},{:02}", self.0 / 1000, self.0.unsigned_abs() % 1000 / 10)
    }

    /// Quantity × unit price, half a cent rounded away from zero.
    pub fn price(self, unit: Cents) -> Cents {
        Cents(divide(i128::from(self.0) * i128::from(unit.0), 1000))
    }
}

/// One VAT rate's share of one document, as stored and printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatRow {
    /// The rate.
    pub rate: Rate,
    /// What the customer pays at this rate, VAT included.
    pub gross: Cents,
    /// Without VAT.
    pub net: Cents,
    /// The VAT itself: always `gross − net`.
    pub vat: Cents,
}

impl VatRow {
    /// Splits a gross amount: net is `gross × 100 / (100 + rate)`, half a cent rounded up; VAT is the rest.
    pub fn split(rate: Rate, gross: Cents) -> Self {
        let net = Cents(divide(i128::from(gross.0) * 10_000, 10_000 + i128::from(rate.0)));
        Self { rate, gross, net, vat: gross - net }
    }

    /// Adds another row of the same rate.
    pub fn add(&mut self, other: &Self) {
        self.gross += other.gross;
        self.net += other.net;
        self.vat += other.vat;
    }
}

impl Neg for VatRow {
    type Output = Self;
    fn neg(self) -> Self {
        Self { rate: self.rate, gross: -self.gross, net: -self.net, vat: -self.vat }
    }
}

/// Spreads `amount` over `shares` in proportion, to the cent: what rounding leaves goes to the largest remainders,
/// earlier shares first. The parts add up to `amount` exactly.
pub fn spread(amount: Cents, shares: &[Cents]) -> Vec<Cents> {
    let whole: i128 = shares.iter().map(|s| i128::from(s.0)).sum();
    if whole == 0 {
        return vec![Cents::ZERO; shares.len()];
    }
    let exact = |share: &Cents| i128::from(amount.0) * i128::from(share.0);
    let mut parts: Vec<i64> = shares.iter().map(|s| narrow(exact(s).div_euclid(whole))).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(exact(&shares[*i]).rem_euclid(whole)));
    let left = amount.0 - parts.iter().sum::<i64>();
    for index in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[index] += 1;
    }
    parts.into_iter().map(Cents).collect()
}

/// Division with half rounded away from zero.
fn divide(numerator: i128, denominator: i128) -> i64 {
    let half = denominator / 2;
    let shifted = if numerator < 0 { numerator - half } else { numerator + half };
    narrow(shifted / denominator)
}

fn narrow(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}
