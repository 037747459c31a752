//! Simulated scales: they speak the real languages on a line, a socket or a pseudo terminal, and can be put into every
//! fault.

#[cfg(unix)]
pub mod pty;
pub mod server;
mod talk;

pub use server::serve;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::protocol::Kind;
use crate::wire::{Fault, Wire};
use talk::Talk;

/// What lies on the scale, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Control {
    /// What it shows, in grams; below zero when something was taken off.
    pub grams: i32,
    /// It has not come to rest.
    pub moving: bool,
    /// More than it can weigh lies on it.
    pub overload: bool,
    /// A tare is taken off.
    pub net: bool,
    /// It does not answer.
    pub mute: bool,
    /// It answers with bytes of no language.
    pub garbage: bool,
    /// Its answers come byte by byte.
    pub piecemeal: bool,
    /// Its answers come behind one another, glued to old ones.
    pub glued: bool,
    /// Its cable is pulled.
    pub unplugged: bool,
}

/// A simulated scale. Clones are the same scale: one for its line, one for its control side.
#[derive(Clone)]
pub struct SimScale {
    inner: Arc<Mutex<Inner>>,
    kind: Kind,
}

impl std::fmt::Debug for SimScale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SimScale({:?}, {:?})", self.kind, self.control())
    }
}

struct Inner {
    control: Control,
    talk: Talk,
    questions: u64,
    noise: u32,
    streamed: Option<Instant>,
}

/// A scale that talks by itself does so this often.
const STREAM_EVERY: Duration = Duration::from_millis(50);

impl SimScale {
    /// A scale that speaks a language; empty and at rest.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        let inner = Inner {
            control: Control::default(),
            talk: Talk::new(kind),
            questions: 0,
            noise: 1,
            streamed: None,
        };
        Self { inner: Arc::new(Mutex::new(inner)), kind }
    }

    /// Its language.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Changes what lies on it or what is wrong with it.
    pub fn change(&self, change: impl FnOnce(&mut Control)) {
        change(&mut self.lock().control);
    }

    /// What lies on it and what is wrong with it.
    #[must_use]
    pub fn control(&self) -> Control {
        self.lock().control.clone()
    }

    /// How many answers it has given.
    #[must_use]
    pub fn answers(&self) -> u64 {
        self.lock().questions
    }

    /// Opens its line, in this process.
    ///
    /// # Errors
    /// While its cable is pulled.
    pub fn open(&self) -> Result<Box<dyn Wire>, Fault> {
        if self.control().unplugged {
            return Err(Fault::Missing);
        }
        Ok(Box::new(SimWire { scale: self.clone(), coming: VecDeque::new() }))
    }

    /// What it says to these bytes.
    pub(super) fn hear(&self, bytes: &[u8]) -> Vec<u8> {
        let mut inner = self.lock();
        let control = inner.control.clone();
        let answer: Vec<u8> = bytes.iter().flat_map(|byte| inner.talk.hear(*byte, &control)).collect();
        inner.said(answer)
    }

    /// What it says without being asked.
    pub(super) fn stream(&self) -> Vec<u8> {
        let mut inner = self.lock();
        if inner.streamed.is_some_and(|at| at.elapsed() < STREAM_EVERY) {
            return Vec::new();
        }
        inner.streamed = Some(Instant::now());
        let control = inner.control.clone();
        let line = inner.talk.stream(&control);
        inner.said(line)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// An answer as it leaves the scale, with its faults.
    fn said(&mut self, answer: Vec<u8>) -> Vec<u8> {
        if answer.is_empty() || self.control.mute {
            return Vec::new();
        }
        self.questions += 1;
        if self.control.garbage {
            return (0..24).map(|_| self.noise()).collect();
        }
        // What only greets is not an answer.
        if self.control.glued && answer.len() > 2 { answer.repeat(2) } else { answer }
    }

    /// Noise that is the same in every run.
    fn noise(&mut self) -> u8 {
        self.noise = self.noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.noise.to_be_bytes()[0]
    }
}

struct SimWire {
    scale: SimScale,
    coming: VecDeque<u8>,
}

impl SimWire {
    fn plugged(&self) -> Result<(), Fault> {
        if self.scale.control().unplugged { Err(Fault::Gone) } else { Ok(()) }
    }
}

impl Wire for SimWire {
    fn send(&mut self, bytes: &[u8], _wait: Duration) -> Result<usize, Fault> {
        self.plugged()?;
        self.coming.extend(self.scale.hear(bytes));
        Ok(bytes.len())
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        let deadline = Instant::now() + wait;
        loop {
            self.plugged()?;
            self.coming.extend(self.scale.stream());
            let most = if self.scale.control().piecemeal { 1 } else { buffer.len() };
            let count = most.min(self.coming.len()).min(buffer.len());
            if count > 0 {
                buffer.iter_mut().zip(self.coming.drain(..count)).for_each(|(place, byte)| *place = byte);
                return Ok(count);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(0);
            }
            std::thread::sleep(left.min(Duration::from_millis(5)));
        }
    }
}
