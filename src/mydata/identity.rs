//! What makes a document the same document at myDATA: who issued it where, when, as which type, under which series and
//! number. Their SHA-1 is the UID. None of them may change once a document was sent.

use super::kinds::InvoiceType;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha1::{Digest, Sha1};
use std::fmt;

/// Longest series myDATA takes.
pub const SERIES_MAX: usize = 50;

/// The series of a document: capitals `A` to `Z` and digits alone, so that no encoding can change the UID.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Series(String);

/// Text that is no series.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} cannot be the series of a document: use capitals A to Z and digits, at most {SERIES_MAX}")]
pub struct BadSeries(pub String);

impl Series {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Series {
    type Error = BadSeries;

    fn try_from(text: String) -> Result<Self, BadSeries> {
        let good = (1..=SERIES_MAX).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if good { Ok(Self(text)) } else { Err(BadSeries(text.chars().take(60).collect())) }
    }
}

impl From<Series> for String {
    fn from(series: Series) -> Self {
        series.0
    }
}

/// The fields of the UID.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// AFM of the issuer.
    pub issuer: String,
    /// Day of issue in Athens.
    pub date: Date,
    /// Establishment; 0 is the head office.
    pub branch: u32,
    /// The type.
    pub kind: InvoiceType,
    /// The series.
    pub series: Series,
    /// Number in the series.
    pub number: u64,
}

impl Identity {
    /// The UID: the answer's own is the authority, and a difference is logged.
    pub fn uid(&self) -> Uid {
        let Self { issuer, date, branch, kind, series, number } = self;
        let fields = format!("{issuer}-{date}-{branch}-{kind}-{}-{number}", series.as_str());
        Uid::of(&fields).unwrap_or_else(|| Uid(String::new()))
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} of {}", self.kind, self.series.as_str(), self.number, self.date)
    }
}

/// Forty capital hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Uid(String);

impl Uid {
    /// As an answer gives it; nothing where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let good = text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit());
        good.then(|| Self(text.to_ascii_uppercase()))
    }

    /// The SHA-1 of joined fields in ISO-8859-7, as AADE computes it; nothing for text that encoding does not have.
    pub fn of(joined: &str) -> Option<Self> {
        let bytes = joined.chars().map(iso_8859_7).collect::<Option<Vec<u8>>>()?;
        Some(Self(Sha1::digest(bytes).iter().map(|byte| format!("{byte:02X}")).collect()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// ASCII and the Greek letters, which stand in Unicode's order.
fn iso_8859_7(c: char) -> Option<u8> {
    let code = u32::from(c);
    match c {
        '\0'..='\x7F' => u8::try_from(code).ok(),
        'Ά' | 'Έ'..='Ί' | 'Ό' | 'Ύ'..='Ρ' | 'Σ'..='ώ' => u8::try_from(code - 0x2D0).ok(),
        _ => None,
    }
}
