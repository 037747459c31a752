//! Simulated cameras that read plates: they are asked or call, in either maker's language, on real sockets.

pub mod server;
pub mod words;

pub use server::{call, serve_plates};

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::gather::Gather;
use super::{Direction, Maker, PlateRead, hikvision};
use crate::wire::Fault;

/// More cars than a simulated camera remembers.
const PASSED_MAX: usize = 4096;

/// A car that passes a simulated camera.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Its plate.
    pub plate: String,
    /// How sure the camera is, in its own numbers.
    pub confidence: u16,
    /// Which way it goes.
    pub direction: Option<Direction>,
    /// The lane.
    pub lane: u16,
    /// The pictures, as JPEG.
    pub pictures: Vec<Vec<u8>>,
}

impl Told {
    /// A car on the first lane.
    #[must_use]
    pub fn plate(plate: &str) -> Self {
        Self { plate: plate.to_owned(), confidence: 90, lane: 1, ..Self::default() }
    }
}

/// What is wrong with a simulated camera, and how it speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Habits {
    /// Its cable is pulled.
    pub unplugged: bool,
    /// It says nothing, not even that it is there.
    pub mute: bool,
    /// How often it says that it is there.
    pub heartbeat: Duration,
    /// Hikvision's JSON instead of XML.
    pub json: bool,
    /// Its parts do not say their length.
    pub without_length: bool,
    /// It tells every car so many times more.
    pub again: u32,
    /// The pictures break off.
    pub cut: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            unplugged: false,
            mute: false,
            heartbeat: Duration::from_secs(5),
            json: false,
            without_length: false,
            again: 0,
            cut: false,
        }
    }
}

/// A simulated camera that reads plates. Clones are the same camera: one to listen to, one for its control side.
#[derive(Clone, Debug, Default)]
pub struct SimReader {
    inner: Arc<(Mutex<Inner>, Condvar)>,
}

#[derive(Debug, Default)]
struct Inner {
    habits: Habits,
    /// Those that have passed; listeners know how far they are.
    passed: Vec<Told>,
    listening: usize,
}

impl SimReader {
    /// A car passes.
    pub fn pass(&self, told: Told) {
        let mut inner = self.lock();
        let times = 1 + inner.habits.again as usize;
        let room = PASSED_MAX.saturating_sub(inner.passed.len());
        inner.passed.extend(std::iter::repeat_n(told, times.min(room)));
        self.inner.1.notify_all();
    }

    /// Changes what is wrong with it, or how it speaks.
    pub fn change(&self, change: impl FnOnce(&mut Habits)) {
        change(&mut self.lock().habits);
        self.inner.1.notify_all();
    }

    /// What is wrong with it, and how it speaks.
    #[must_use]
    pub fn habits(&self) -> Habits {
        self.lock().habits.clone()
    }

    /// How many listen to it.
    #[must_use]
    pub fn listening(&self) -> usize {
        self.lock().listening
    }

    /// Listens to it, in this process: to cars that pass from now on.
    ///
    /// # Errors
    /// While its cable is pulled.
    pub fn watch(&self) -> Result<Watching, Fault> {
        if self.habits().unplugged {
            return Err(Fault::Missing);
        }
        let gather = Gather::new(Maker::Hikvision, hikvision::FULL);
        Ok(Watching { listener: Listener::of(self), gather })
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One who listens to a simulated camera, and how far.
#[derive(Debug)]
struct Listener {
    sim: SimReader,
    next: usize,
}

impl Listener {
    fn of(sim: &SimReader) -> Self {
        let mut inner = sim.lock();
        inner.listening += 1;
        Self { sim: sim.clone(), next: inner.passed.len() }
    }

    /// The next car that passes; none within the wait.
    fn next(&mut self, wait: Duration) -> Result<Option<Told>, Fault> {
        let inner = self.sim.lock();
        let waiting = |inner: &mut Inner| {
            !inner.habits.unplugged && (inner.habits.mute || inner.passed.len() <= self.next)
        };
        let waited = self.sim.inner.1.wait_timeout_while(inner, wait, waiting);
        let inner = waited.unwrap_or_else(PoisonError::into_inner).0;
        if inner.habits.unplugged {
            return Err(Fault::Gone);
        }
        let told = inner.passed.get(self.next).filter(|_| !inner.habits.mute).cloned();
        self.next += usize::from(told.is_some());
        Ok(told)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.sim.lock().listening -= 1;
    }
}

/// A simulated camera that is listened to in this process. It speaks as on a socket.
#[derive(Debug)]
pub struct Watching {
    listener: Listener,
    gather: Gather,
}

impl Watching {
    /// The next plate; none within the wait.
    ///
    /// # Errors
    /// When its cable is pulled.
    pub fn next(&mut self, wait: Duration) -> Result<Option<PlateRead>, Fault> {
        if let Some(told) = self.listener.next(wait)? {
            let habits = self.listener.sim.habits();
            for part in words::parts(Maker::Hikvision, &told, &habits) {
                self.gather.hear(part, Instant::now());
            }
            self.gather.end();
        }
        Ok(self.gather.next(Instant::now()))
    }
}
