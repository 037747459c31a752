//! A camera that reads plates, as it comes and goes: what a supervisor opens and attends to.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::PlateRead;
use super::address::{Address, Place};
use super::pull::Pull;
use super::push::Push;
use super::repeats::Repeats;
use super::sim::Watching;
use crate::supervisor::{Attend, Found, Open};
use crate::wire::Fault;

/// Opens the camera of an address.
#[derive(Clone, Debug)]
pub struct Opener {
    address: Address,
    /// Kept over a reopening: the same car is the same car.
    repeats: Arc<Mutex<Repeats>>,
}

impl Opener {
    /// For the camera of an address.
    #[must_use]
    pub fn new(address: Address) -> Self {
        let repeats = Arc::new(Mutex::new(Repeats::new(address.terms.repeat)));
        Self { address, repeats }
    }
}

impl Open for Opener {
    type Device = Attended;

    fn open(&mut self, _found: &Found) -> Result<Attended, Fault> {
        let terms = &self.address.terms;
        let way = match &self.address.place {
            Place::Pull(maker, url) => Way::Pull(Box::new(Pull::open(*maker, url, terms)?)),
            Place::Push(maker, at) => Way::Push(Push::open(*maker, *at, terms)?),
            Place::Sim(sim) => Way::Sim(Box::new(sim.watch()?)),
        };
        Ok(Attended { way, repeats: Arc::clone(&self.repeats) })
    }
}

/// An open camera that reads plates.
#[derive(Debug)]
pub struct Attended {
    way: Way,
    repeats: Arc<Mutex<Repeats>>,
}

#[derive(Debug)]
enum Way {
    Pull(Box<Pull>),
    Push(Push),
    Sim(Box<Watching>),
}

impl Attend for Attended {
    type Heard = PlateRead;

    fn attend(&mut self, wait: Duration) -> Result<Option<PlateRead>, Fault> {
        let deadline = Instant::now() + wait;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let read = match &mut self.way {
                Way::Pull(pull) => pull.next(left)?,
                Way::Push(push) => push.next(left)?,
                Way::Sim(sim) => sim.next(left)?,
            };
            let Some(read) = read else { return Ok(None) };
            if self.repeats.lock().unwrap_or_else(PoisonError::into_inner).is_new(&read) {
                return Ok(Some(read));
            }
            // A camera that only repeats itself must not hold us here.
            if left.is_zero() {
                return Ok(None);
            }
        }
    }
}
