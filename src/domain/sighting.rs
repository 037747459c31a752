//! A plate that a camera has seen. It is a proposal and no more: a wrong plate is a wrong entry at the registry, so a
//! person says whether it is right, or a setting the owner has chosen.

use super::device::DeviceId;
use super::ids::SightingId;
use super::plate::{BadPlate, Plate, PlateEntry};
use super::time::Stamp;
use serde::{Deserialize, Serialize};

/// For so many seconds a proposal stands: who has not been let in by then has driven on, or was typed.
pub const PROPOSAL_STANDS_S: i64 = 180;
/// So many proposals stand at once; the oldest gives way.
pub const PROPOSALS_MAX: usize = 4;
/// So many vehicles that came before are offered with a proposal.
pub const KNOWN_MAX: usize = 2;
/// A character is doubtful when what is believed of the plate gives it less than this, of a hundred.
const DOUBTFUL_BELOW: u32 = 90;

/// Which cars a camera sees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// Those that come.
    #[default]
    Entry,
    /// Those that leave.
    Exit,
}

/// What else a plate may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The text, as a key.
    pub text: String,
    /// How likely, of a hundred.
    pub percent: u8,
}

/// A plate as a camera, or this program looking through one, has read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    /// Which car: cars are counted in each run of the program, over all cameras.
    #[serde(default)]
    pub id: SightingId,
    /// What was read.
    pub text: String,
    /// The country, where it is known: two capitals by ISO 3166, or what the camera says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// How sure it is, of a hundred, where that is known.
    pub confidence: Option<u8>,
    /// In how many pictures this text was read.
    #[serde(default)]
    pub agreeing: u16,
    /// What else it may be, the likeliest first, with what was read among it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
    /// The corners of the plate in points of the picture: top left, top right, bottom right, bottom left.
    #[serde(default, rename = "box", skip_serializing_if = "Option::is_none")]
    pub corners: Option<[[i32; 2]; 4]>,
}

impl Sighting {
    /// What kind of plate it is. Two capitals of another country make it foreign; without a country it is taken for a Greek
    /// one, which never refuses an unusual text.
    pub fn entry(&self) -> PlateEntry {
        let foreign = |country: &&String| {
            country.len() == 2
                && country.bytes().all(|b| b.is_ascii_uppercase())
                && !matches!(country.as_str(), "GR" | "EL")
        };
        match self.country.as_ref().filter(foreign) {
            Some(country) => PlateEntry::Foreign { country: country.clone() },
            None => PlateEntry::Greek,
        }
    }

    /// The plate, if what was read can be one.
    ///
    /// # Errors
    /// When it cannot.
    pub fn plate(&self) -> Result<Plate, BadPlate> {
        self.reading(&self.text)
    }

    /// Another text as the plate of the same car.
    ///
    /// # Errors
    /// When it cannot be one.
    pub fn reading(&self, text: &str) -> Result<Plate, BadPlate> {
        Plate::parse(&self.entry(), text)
    }

    /// The places of the characters, from 0, of which the candidates are not of one mind.
    pub fn doubtful(&self) -> Vec<usize> {
        let text: Vec<char> = self.text.chars().collect();
        let alike = || self.candidates.iter().filter(|other| other.text.chars().count() == text.len());
        let all: u32 = alike().map(|other| u32::from(other.percent)).sum();
        let agreed = |at: usize| -> u32 {
            let same = alike().filter(|other| other.text.chars().nth(at) == text.get(at).copied());
            same.map(|other| u32::from(other.percent)).sum()
        };
        (0..text.len()).filter(|at| agreed(*at) * 100 < all * DOUBTFUL_BELOW).collect()
    }
}

/// A vehicle that came before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownPlate {
    /// Its plate.
    pub plate: Plate,
    /// How often it came.
    pub visits: u32,
}

/// A sighting that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// What was seen.
    pub sighting: Sighting,
    /// By which camera.
    pub device: DeviceId,
    /// Whether the car comes or leaves.
    pub gate: Gate,
    /// When it was proposed.
    pub at: Stamp,
    /// Vehicles that came before and are called almost the same, those that came most often first.
    pub known: Vec<KnownPlate>,
}

impl Proposal {
    /// Whether it still says something of the car before the camera.
    pub fn stands(&self, now: Stamp) -> bool {
        now.seconds_since(&self.at) < PROPOSAL_STANDS_S
    }
}
