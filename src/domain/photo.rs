//! Photographs of vehicles. The pictures are files beside the database ([`crate::store`]'s `photos`); here is what is
//! known of each. They are personal data: each kind is kept for as long as a setting says, and that it was deleted is a
//! fact like any other.

use super::ids::{PhotoId, VisitId};
use super::text::Text;
use super::time::Stamp;
use serde::{Deserialize, Serialize};

/// What a photograph is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoKind {
    /// The whole picture in which a camera saw the vehicle's plate best.
    Vehicle,
    /// The plate alone, cut out of it.
    Plate,
    /// How a vehicle is, taken by a person who looks at it: what is broken, or is not.
    Condition,
}

/// Which side of a vehicle a person photographs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// From the front.
    Front,
    /// From behind.
    Rear,
    /// Its left side, as its driver sees it.
    Left,
    /// Its right side.
    Right,
    /// Something close.
    Detail,
    /// Kilometres and fuel.
    Dashboard,
}

impl Side {
    /// All of them, in the order people walk around a vehicle; the dashboard and what is close come last.
    pub const ALL: [Self; 6] =
        [Self::Front, Self::Left, Self::Rear, Self::Right, Self::Dashboard, Self::Detail];
}

/// When a person photographs a vehicle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// It comes to a garage, or goes with a rental's driver.
    Taken,
    /// It goes from the garage, or comes back from its driver.
    Returned,
}

/// What a person says of a picture of a vehicle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shot {
    /// Which side.
    pub side: Side,
    /// When.
    pub occasion: Occasion,
    /// In words: `γρατζουνιά`.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub caption: Text,
}

/// Why a picture a person asked for was not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoMiss {
    /// The camera showed nothing fresh for as long as anybody waits.
    NoPicture,
    /// What it showed cannot be read as a picture.
    Unreadable,
    /// The disk has no room left for pictures, or refuses them.
    NotKept,
}

impl PhotoKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Vehicle, Self::Plate, Self::Condition];

    /// What a camera that reads plates leaves of a vehicle it saw; the others a person takes.
    pub const OF_A_SIGHTING: [Self; 2] = [Self::Vehicle, Self::Plate];

    /// Its word in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vehicle => "vehicle",
            Self::Plate => "plate",
            Self::Condition => "condition",
        }
    }
}

/// A photograph that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Which; its file has this name.
    pub id: PhotoId,
    /// The chain of visits it belongs to ([`super::visit::Visit::chain`]): a corrected plate does not lose it.
    pub chain: VisitId,
    /// What it is of.
    pub kind: PhotoKind,
    /// When it was kept.
    pub at: Stamp,
    /// Length of its file.
    pub bytes: u64,
    /// SHA-256 of its file in hexadecimal: that it is still the same picture can be proved.
    pub sha256: String,
    /// What a person said of it; nothing where a camera took it by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shot: Option<Shot>,
}
