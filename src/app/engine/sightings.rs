//! What the cameras see of plates: the cars in view now, and the pictures of those that were seen last. It is kept in
//! memory alone, and no longer than somebody may ask for it.

use crate::domain::device::DeviceId;
use crate::domain::ids::SightingId;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tameio_drivers::camera::Size;
use tameio_drivers::plate_reader::track::Firming;

/// Pictures of so many cars are at hand: more than proposals stand, for those that are let in late.
const CARS_MAX: usize = 16;
/// What was in view so long ago is not in view now.
const IN_VIEW: Duration = Duration::from_secs(2);

/// The pictures of a car, as JPEG.
#[derive(Debug, Clone)]
pub struct CarPictures {
    /// The whole car.
    pub vehicle: Option<Arc<Vec<u8>>>,
    /// Its plate alone.
    pub plate: Option<Arc<Vec<u8>>>,
}

/// The cars before a camera, as far as they have been read.
#[derive(Debug, Clone)]
pub struct InView {
    /// Each of them.
    pub cars: Vec<Firming>,
    /// The size of the picture their corners lie in.
    pub size: Size,
    /// When that picture was taken.
    pub at: Instant,
}

/// What the cameras see, for whoever looks; any thread may.
#[derive(Debug, Clone, Default)]
pub(super) struct Sightings(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    counted: u64,
    pictures: BTreeMap<SightingId, CarPictures>,
    in_view: BTreeMap<DeviceId, InView>,
}

impl Sightings {
    /// A car that has not been seen before.
    pub(super) fn next(&self) -> SightingId {
        let mut inner = self.lock();
        inner.counted += 1;
        SightingId(inner.counted)
    }

    /// Keeps the pictures of a car in the place of earlier ones.
    pub(super) fn keep(&self, car: SightingId, pictures: CarPictures) {
        let mut inner = self.lock();
        inner.pictures.insert(car, pictures);
        while inner.pictures.len() > CARS_MAX {
            inner.pictures.pop_first();
        }
    }

    /// The pictures of a car; nothing where they are not at hand any more.
    pub(super) fn pictures(&self, car: SightingId) -> Option<CarPictures> {
        self.lock().pictures.get(&car).cloned()
    }

    /// A camera sees this now; nothing when it sees nothing any more.
    pub(super) fn sees(&self, camera: &DeviceId, in_view: Option<InView>) {
        let mut inner = self.lock();
        match in_view {
            Some(in_view) => inner.in_view.insert(camera.clone(), in_view),
            None => inner.in_view.remove(camera),
        };
    }

    /// The cars before a camera now.
    pub(super) fn in_view(&self, camera: &DeviceId) -> Option<InView> {
        self.lock().in_view.get(camera).filter(|in_view| in_view.at.elapsed() < IN_VIEW).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
