//! The AFM, the Greek tax number of a person or business.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A tax number of a counterparty: a checked Greek AFM, or a foreign number as given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TaxNumber {
    /// ISO 3166 country; Greece is `GR`, never `EL`.
    pub country: String,
    /// The number without a country prefix; for Greece nine digits.
    pub number: String,
}

/// Why a tax number cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTaxNumber {
    /// Not nine digits.
    #[error("an AFM has nine digits")]
    Shape,
    /// The check digit does not fit, or the number is the filler of anonymous retail.
    #[error("the check digit of this AFM is wrong: read it again")]
    Check,
    /// A foreign number that is empty or too long.
    #[error("a foreign tax number has 1 to 30 letters or digits")]
    Foreign,
    /// A country that is not two capitals.
    #[error("choose the country of the tax number")]
    Country,
}

impl TaxNumber {
    /// Checks a number typed for `country`. `EL` and `GR` prefixes are tolerated for Greece.
    ///
    /// # Errors
    /// Says what is wrong with the number.
    pub fn parse(country: &str, typed: &str) -> Result<Self, BadTaxNumber> {
        let number: String =
            typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        match country {
            "GR" | "EL" => Self::greek(&number),
            _ if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) => {
                Err(BadTaxNumber::Country)
            }
            _ if number.is_empty() || number.len() > 30 => Err(BadTaxNumber::Foreign),
            _ => Ok(Self { country: country.to_owned(), number }),
        }
    }

    fn greek(number: &str) -> Result<Self, BadTaxNumber> {
        let digits = number.strip_prefix("EL").or_else(|| number.strip_prefix("GR")).unwrap_or(number);
        if digits.len() != 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadTaxNumber::Shape);
        }
        if !afm_check_digit_fits(digits.as_bytes()) || digits == "000000000" {
            return Err(BadTaxNumber::Check);
        }
        Ok(Self { country: "GR".to_owned(), number: digits.to_owned() })
    }
}

/// Weights 256 … 2 over the first eight digits, modulo 11, modulo 10.
fn afm_check_digit_fits(digits: &[u8]) -> bool {
    let sum: u32 =
        digits.iter().take(8).zip((1..=8).rev()).map(|(d, power)| u32::from(d - b'0') << power).sum();
    digits.get(8).is_some_and(|check| sum % 11 % 10 == u32::from(check - b'0'))
}

impl fmt::Display for TaxNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.country, self.number)
    }
}
