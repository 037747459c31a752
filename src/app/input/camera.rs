//! What cameras saw, and their photographs.

use crate::domain::device::DeviceId;
use crate::domain::ids::{PhotoId, SightingId, VisitId};
use crate::domain::operator::OperatorId;
use crate::domain::photo::{Photo, PhotoMiss, Shot};
use crate::domain::plate::Plate;
use crate::domain::sighting::{Gate, KnownPlate, Sighting};
use serde::{Deserialize, Serialize};

/// What cameras saw, and their photographs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum CameraInput {
    /// A plate was read, by a camera itself or in its pictures. It is a proposal: a person says whether it is right.
    PlateSeen {
        /// Which camera.
        device: DeviceId,
        /// Whether it sees cars that come or that leave.
        #[serde(default)]
        gate: Gate,
        /// What was read.
        #[serde(flatten)]
        sighting: Sighting,
        /// The same car was told before: what it is believed to be now is surer.
        #[serde(default)]
        again: bool,
    },
    /// A person waves a proposal away.
    IgnorePlate {
        /// Which.
        sighting: SightingId,
    },
    /// A person wants a picture of a vehicle's condition.
    TakePhoto {
        /// The visit.
        visit: VisitId,
        /// By which camera.
        camera: DeviceId,
        /// What of it, and when.
        shot: Shot,
        /// Who.
        operator: OperatorId,
    },
    /// It was not kept, and why.
    PhotoMissed {
        /// The visit.
        visit: VisitId,
        /// Why.
        why: PhotoMiss,
    },
    /// Vehicles that came before and are called almost the same as one that was seen, as the store knows them.
    KnownNear {
        /// What was seen.
        sighting: SightingId,
        /// What was read.
        plate: Plate,
        /// They.
        known: Vec<KnownPlate>,
    },
    /// A photograph was written beside the database.
    PhotoKept {
        /// It.
        photo: Box<Photo>,
    },
    /// Photographs whose time is over, as the store found them.
    PhotosOver {
        /// Which.
        photos: Vec<PhotoId>,
    },
}
