//! Article numbers: [`Gtin`].

use std::fmt;

/// An article number of GS1 with its check digit verified. EAN-8, UPC-A and EAN-13 are compared as fourteen digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Gtin(u64);

impl Gtin {
    /// Reads 8, 12, 13 or 14 digits; none when the check digit says that one was misread.
    #[must_use]
    pub fn parse(digits: &str) -> Option<Self> {
        let (body, check) = digits.split_at_checked(digits.len().checked_sub(1)?)?;
        let fits =
            matches!(digits.len(), 8 | 12 | 13 | 14) && check_digit(body)? == check.parse::<u8>().ok()?;
        fits.then(|| digits.parse().ok().map(Self)).flatten()
    }

    /// The same as thirteen digits, where the article has that many.
    #[must_use]
    pub fn ean13(self) -> Option<String> {
        (self.0 < 10_000_000_000_000).then(|| format!("{:013}", self.0))
    }
}

/// The check digit behind these digits: weights 3, 1, 3 … from the right.
#[must_use]
pub fn check_digit(body: &str) -> Option<u8> {
    let mut sum = 0_u32;
    for (place, digit) in body.chars().rev().enumerate() {
        sum += digit.to_digit(10)? * if place % 2 == 0 { 3 } else { 1 };
    }
    u8::try_from((10 - sum % 10) % 10).ok()
}

/// Fourteen digits.
impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:014}", self.0)
    }
}

impl fmt::Debug for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
