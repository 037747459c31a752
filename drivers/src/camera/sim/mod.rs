//! Simulated cameras: they show moving pictures as real JPEGs, or the pictures of a folder, and can be put into every fault.

mod drawing;
pub mod server;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::address::Mode;
use super::controls::Control;
use super::ends::Ends;
use super::frame::{Captured, Format, LIVE_MAX, Size};
use super::pace::Pace;
use super::{FrameSource, folder};
use crate::wire::Fault;
use drawing::Drawings;

/// Pictures a second.
const FPS: f32 = 10.0;

/// For so many pictures a car that comes by itself is there, and for so many more the lane is empty.
const STANDS: u64 = 150;
const EMPTY: u64 = 150;

/// The largest gain of the simulated camera: more is rounded.
pub const GAIN_MAX: i32 = 100;

/// What a simulated camera sees, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    /// The number plate of the car before it.
    pub plate: Option<String>,
    /// Cars that come one after another, over and over, by their plates: each drives up, stands, and leaves an empty lane
    /// behind. Only while `plate` says nothing.
    pub cars: Vec<String>,
    /// Its cable is pulled.
    pub unplugged: bool,
    /// It shows nothing any more, and says nothing.
    pub frozen: bool,
    /// The driver marks every picture as damaged.
    pub corrupt: bool,
    /// Every picture breaks off in its middle.
    pub cut: bool,
    /// It gives its whole buffer: behind every picture lies what is left of the one before.
    pub tail: bool,
    /// How long every picture is late.
    pub late: Duration,
}

/// A simulated camera. Clones are the same camera: one to look through, one for its control side.
#[derive(Clone, Default)]
pub struct SimCamera {
    inner: Arc<Mutex<Inner>>,
    pictures: Option<PathBuf>,
}

#[derive(Default)]
struct Inner {
    scene: Scene,
    told: Vec<(Control, i32)>,
    taken: u64,
    opened: u64,
}

impl std::fmt::Debug for SimCamera {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SimCamera({:?}, {:?})", self.pictures, self.scene())
    }
}

impl SimCamera {
    /// A camera that shows the pictures of a folder, over and over.
    #[must_use]
    pub fn playing(pictures: &Path) -> Self {
        Self { inner: Arc::default(), pictures: Some(pictures.to_owned()) }
    }

    /// Changes what it sees or what is wrong with it.
    pub fn change(&self, change: impl FnOnce(&mut Scene)) {
        change(&mut self.lock().scene);
    }

    /// What it sees and what is wrong with it.
    #[must_use]
    pub fn scene(&self) -> Scene {
        self.lock().scene.clone()
    }

    /// What it was told since it was plugged in, in order.
    #[must_use]
    pub fn told(&self) -> Vec<(Control, i32)> {
        self.lock().told.clone()
    }

    /// How often it was opened.
    #[must_use]
    pub fn opened(&self) -> u64 {
        self.lock().opened
    }

    /// Opens it, in this process.
    ///
    /// # Errors
    /// While its cable is pulled.
    pub fn open(&self, mode: Mode) -> Result<Box<dyn FrameSource>, Fault> {
        if self.scene().unplugged {
            return Err(Fault::Missing);
        }
        let played = match &self.pictures {
            Some(path) => Some(folder::Folder::open(path, Mode { cycle: true, fps: Some(1000.0), ..mode })?),
            None => None,
        };
        self.lock().opened += 1;
        let pace = Pace::of(mode.fps.unwrap_or(FPS));
        let (drawings, driver) = (Drawings::new(mode.size), Driver::default());
        Ok(Box::new(Looking { camera: self.clone(), drawings, played, pace, due: None, driver }))
    }

    /// What stands before it in its picture of this number: how far it has driven up, and its plate.
    fn view(scene: &Scene, number: u64) -> (u64, Option<&str>) {
        if scene.plate.is_some() || scene.cars.is_empty() {
            return (number % drawing::PICTURES, scene.plate.as_deref());
        }
        let (turn, since) = (number / (STANDS + EMPTY), number % (STANDS + EMPTY));
        let car = &scene.cars[(turn % scene.cars.len() as u64) as usize];
        if since < STANDS { (since.min(drawing::PICTURES - 1), Some(car)) } else { (drawing::NO_CAR, None) }
    }

    /// The next picture, as a real camera would have encoded it, without its faults.
    #[must_use]
    pub fn picture(&self, size: Size) -> Vec<u8> {
        let (scene, taken) = {
            let mut inner = self.lock();
            inner.taken += 1;
            (inner.scene.clone(), inner.taken)
        };
        let (step, plate) = Self::view(&scene, taken);
        Drawings::new(size).draw(step, plate)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An open simulated camera.
struct Looking {
    camera: SimCamera,
    drawings: Drawings,
    played: Option<folder::Folder>,
    pace: Pace,
    /// When a late picture comes that was taken already.
    due: Option<Instant>,
    driver: Driver,
}

impl Looking {
    fn plugged(&self) -> Result<Scene, Fault> {
        let scene = self.camera.scene();
        if scene.unplugged {
            // A camera forgets what it was told.
            self.camera.lock().told.clear();
            return Err(Fault::Gone);
        }
        Ok(scene)
    }

    fn look(&mut self, scene: &Scene) -> Result<Option<Captured>, Fault> {
        let picture = match &mut self.played {
            Some(folder) => folder.next(Duration::from_millis(10))?.map(|captured| captured.bytes),
            None => {
                let taken = {
                    let mut inner = self.camera.lock();
                    inner.taken += 1;
                    inner.taken
                };
                let (step, plate) = SimCamera::view(scene, taken);
                Some(self.drawings.drawn(step, plate))
            }
        };
        Ok(picture.map(|picture| self.driver.given(picture, scene)))
    }
}

impl FrameSource for Looking {
    fn next(&mut self, wait: Duration) -> Result<Option<Captured>, Fault> {
        let deadline = Instant::now() + wait;
        let scene = self.plugged()?;
        if scene.frozen {
            return self.pause(deadline);
        }
        let due = match self.due.take() {
            Some(due) => due,
            None if self.pace.wait(wait) => Instant::now() + scene.late,
            None => return Ok(None),
        };
        self.pause(due.min(deadline))?;
        if due > deadline {
            self.due = Some(due);
            return Ok(None);
        }
        let scene = self.plugged()?;
        self.look(&scene)
    }

    fn set_control(&mut self, control: Control, value: i32) -> Result<i32, Fault> {
        self.plugged()?;
        let value = match control {
            Control::GAIN => value.min(GAIN_MAX),
            Control::EXPOSURE_AUTO | Control::EXPOSURE | Control::FEWER_IN_THE_DARK | Control::MAINS => value,
            Control::WHITE_AUTO | Control::WHITE | Control::BACKLIGHT => value,
            // As most cameras: no motor at the lens.
            _ => return Err(Fault::Unsupported("the camera has no such control".to_owned())),
        };
        self.camera.lock().told.push((control, value));
        Ok(value)
    }

    fn silence_max(&self) -> Option<Duration> {
        Some(LIVE_MAX.max(self.pace.every() * 3))
    }
}

impl Looking {
    /// Says nothing, and yet sees when its cable is pulled.
    fn pause(&self, deadline: Instant) -> Result<Option<Captured>, Fault> {
        loop {
            self.plugged()?;
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            std::thread::sleep(left.min(Duration::from_millis(10)));
        }
    }
}

/// What lies between a simulated camera and its reader.
#[derive(Default)]
struct Driver {
    buffer: Vec<u8>,
    ends: Ends,
}

impl Driver {
    /// A picture as it leaves the driver, with its faults.
    fn given(&mut self, mut picture: Vec<u8>, scene: &Scene) -> Captured {
        // Once whole, so that there is something to be left over.
        if scene.cut && (!scene.tail || !self.buffer.is_empty()) {
            picture.truncate(picture.len() * 2 / 3);
        }
        let length = picture.len();
        self.buffer.resize(self.buffer.len().max(length), 0);
        self.buffer[..length].copy_from_slice(&picture);
        if scene.tail {
            picture.clone_from(&self.buffer);
        }
        let left_over = scene.tail && self.ends.is_left_over(&picture);
        let captured = Captured::now(picture, Format::Jpeg, Size::default());
        Captured { corrupt: scene.corrupt || left_over, ..captured }
    }
}
