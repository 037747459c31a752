//! Photographs of vehicles. The pictures are files beside the database ([`crate::store`]'s `photos`); here is what is
//! known of each. They are personal data: each kind is kept for as long as a setting says, and that it was deleted is a
//! fact like any other.

use super::ids::{PhotoId, VisitId};
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
}

impl PhotoKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Vehicle, Self::Plate];

    /// Its word in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vehicle => "vehicle",
            Self::Plate => "plate",
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
}
