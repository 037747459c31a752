//! Plates. However a plate was typed, scanned or read, one vehicle has one key.
//!
//! Fourteen letters look the same in Greek and Latin and are the only ones on ordinary Greek plates; they are folded
//! to Latin in the key. Letters without a Latin twin (Δ Λ Ξ Π Σ Φ Ω …, on state and diplomatic plates) stay Greek.
//! No pattern is refused: an unusual plate warns and passes.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest plate or chassis number the registry takes.
pub const PLATE_CHARS_MAX: usize = 50;

/// Greek letters with a Latin twin, in the same order as [`LATIN_TWINS`].
pub const GREEK_TWINS: &str = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
/// Their Latin twins.
pub const LATIN_TWINS: &str = "ABEZHIKMNOPTYX";
/// Greek capitals no Latin letter looks like; they stand on state, diplomatic and trade plates.
pub const GREEK_ONLY: &str = "ΓΔΘΛΞΠΣΦΨΩ";

/// What kind of identification the vehicle carries; decides which of the registry's two fields it goes into.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlateKind {
    /// An ordinary Greek plate.
    Domestic,
    /// A Greek state, military or diplomatic plate: the registry wants it in the foreign field.
    State,
    /// A plate of another country.
    Foreign {
        /// ISO 3166 country.
        country: String,
    },
    /// No plate: the chassis number.
    Chassis,
}

/// One vehicle's plate (or chassis number): cleaned, never empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Plate {
    /// The kind.
    #[serde(flatten)]
    pub kind: PlateKind,
    /// Capitals and digits without separators; Latin where a twin exists, for domestic and state plates.
    pub text: String,
}

/// What a person or a device says the text is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlateEntry {
    /// A Greek plate; whether it is a state plate follows from its letters.
    #[default]
    Greek,
    /// A plate of another country.
    Foreign {
        /// ISO 3166 country.
        country: String,
    },
    /// A chassis number.
    Chassis,
}

/// Text that names no vehicle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPlate {
    /// Nothing but separators.
    #[error("type the plate: at least two letters or digits")]
    Empty,
    /// Longer than the registry takes.
    #[error("this is too long for a plate")]
    TooLong,
    /// A country that is not two capitals.
    #[error("choose the country of the plate")]
    Country,
}

/// What is unusual about a plate; it is shown and the plate is taken all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlateWarning {
    /// No series of Greek plates in use looks like this.
    UnusualSeries,
    /// Seventeen characters are expected, and never I, O or Q.
    UnusualChassis,
}

impl Plate {
    /// Cleans what was typed, scanned or read.
    ///
    /// # Errors
    /// Only when nothing usable is left, or too much.
    pub fn parse(entry: &PlateEntry, raw: &str) -> Result<Self, BadPlate> {
        let text: String = raw.chars().flat_map(capital).filter(|c| c.is_alphanumeric()).collect();
        match text.chars().count() {
            0 | 1 => return Err(BadPlate::Empty),
            n if n > PLATE_CHARS_MAX => return Err(BadPlate::TooLong),
            _ => {}
        }
        match entry {
            PlateEntry::Greek => {
                let text: String = text.chars().map(to_latin).collect();
                let kind = if is_state(&text) { PlateKind::State } else { PlateKind::Domestic };
                Ok(Self { kind, text })
            }
            PlateEntry::Foreign { country } if is_country(country) => {
                let kind = PlateKind::Foreign { country: country.clone() };
                Ok(Self { kind, text: text.chars().map(to_latin).collect() })
            }
            PlateEntry::Foreign { .. } => Err(BadPlate::Country),
            PlateEntry::Chassis => {
                Ok(Self { kind: PlateKind::Chassis, text: text.chars().map(to_latin).collect() })
            }
        }
    }

    /// What a person would say it is.
    pub fn entry(&self) -> PlateEntry {
        match &self.kind {
            PlateKind::Domestic | PlateKind::State => PlateEntry::Greek,
            PlateKind::Foreign { country } => PlateEntry::Foreign { country: country.clone() },
            PlateKind::Chassis => PlateEntry::Chassis,
        }
    }

    /// The canonical key: equal for one vehicle, however it was typed, exactly when the plates are equal. `IHZ4821`, `ΔΣ4410`, `DE:MAB1234`, `VIN:…`.
    pub fn key(&self) -> String {
        match &self.kind {
            PlateKind::Domestic | PlateKind::State => self.text.clone(),
            PlateKind::Foreign { country } => format!("{country}:{}", self.text),
            PlateKind::Chassis => format!("VIN:{}", self.text),
        }
    }

    /// What people read: `ΙΗΖ-4821`, `ΔΣ-4410`, `D MAB1234`; a chassis number as it is.
    pub fn display(&self) -> String {
        match &self.kind {
            PlateKind::Domestic | PlateKind::State => with_dash(&self.greek()),
            PlateKind::Foreign { country } => format!("{country} {}", self.text),
            PlateKind::Chassis => self.text.clone(),
        }
    }

    /// The plate in Greek capitals without separators.
    pub fn greek(&self) -> String {
        self.text.chars().map(to_greek).collect()
    }

    /// Whether the registry wants it in its foreign field, with the vehicle's category.
    pub const fn is_registered_as_foreign(&self) -> bool {
        !matches!(self.kind, PlateKind::Domestic)
    }

    /// What is unusual about it.
    pub fn warning(&self) -> Option<PlateWarning> {
        match self.kind {
            PlateKind::Domestic if !is_series_in_use(&self.text) => Some(PlateWarning::UnusualSeries),
            PlateKind::Chassis if self.text.len() != 17 || self.text.contains(['I', 'O', 'Q']) => {
                Some(PlateWarning::UnusualChassis)
            }
            _ => None,
        }
    }

    /// Whether two plates of one kind differ in exactly one character: a likely slip of the finger or the eye.
    pub fn is_neighbour_of(&self, other: &Self) -> bool {
        let same_shape = self.kind == other.kind && self.text.chars().count() == other.text.chars().count();
        same_shape && self.text.chars().zip(other.text.chars()).filter(|(a, b)| a != b).count() == 1
    }
}

/// Folds a fragment typed in a search, Greek or Latin, to the letters of keys.
pub fn search_key(fragment: &str) -> String {
    fragment
        .chars()
        .flat_map(capital)
        .filter(|c| c.is_alphanumeric())
        .map(to_latin)
        .take(PLATE_CHARS_MAX)
        .collect()
}

/// Upper case without accents: what a Greek keyboard gives for a letter of a plate. By way of lower case, because some
/// capitals are only looks of others (ϴ of Θ) and would be another plate once it was written small.
fn capital(c: char) -> impl Iterator<Item = char> {
    use unicode_normalization::UnicodeNormalization;
    std::iter::once(c)
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
}

fn to_latin(c: char) -> char {
    twin(c, GREEK_TWINS, LATIN_TWINS)
}

fn to_greek(c: char) -> char {
    twin(c, LATIN_TWINS, GREEK_TWINS)
}

fn twin(c: char, from: &str, to: &str) -> char {
    from.chars().position(|f| f == c).and_then(|at| to.chars().nth(at)).unwrap_or(c)
}

/// State, military and diplomatic series, in the letters of keys. Two of them have only letters with Latin twins, so
/// the digits decide: an old two-letter car plate has four.
fn is_state(text: &str) -> bool {
    let letters: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let digits = text.chars().count() - letters.chars().count();
    match letters.as_str() {
        "ΠΣ" | "ΛΣ" | "ΠN" | "ΠA" | "ΔΣ" | "ΞA" | "EΣ" => true,
        "EA" => digits >= 5,
        _ => false,
    }
}

/// Three letters and four digits from 1000 (cars), three letters and up to three digits (motorcycles).
fn is_series_in_use(text: &str) -> bool {
    let (letters, digits) = text.split_at(text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len()));
    letters.len() == 3
        && letters.chars().all(|c| LATIN_TWINS.contains(c))
        && (1..=4).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0')
}

fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()) && !matches!(code, "GR" | "EL")
}

/// A dash between the first letters and what follows.
fn with_dash(text: &str) -> String {
    match text.find(|c: char| c.is_ascii_digit()) {
        Some(at) if at > 0 => format!("{}-{}", &text[..at], &text[at..]),
        _ => text.to_owned(),
    }
}

impl fmt::Display for Plate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display())
    }
}
