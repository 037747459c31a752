//! A scale that comes and goes: what a supervisor opens and attends to.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::Scale;
use super::address::{Address, Place};
use super::probe::probe;
use super::reading::{Reading, Sample};
use super::serial::SerialScale;
use crate::supervisor::{Attend, Found, Open};
use crate::wire::{self, Fault, Wire};

/// Between two questions while somebody weighs.
const WEIGHING_EVERY: Duration = Duration::from_millis(200);
/// Between two questions while nobody does: only to know that the scale is still there.
const IDLE_EVERY: Duration = Duration::from_secs(2);
/// How long a scale has for its first answer, by questions.
const HELLOS: u8 = 3;

/// Whether somebody is weighing: asked often then, and told what it says. Shared by the screen and the scale.
#[derive(Clone, Debug, Default)]
pub struct Weighing(Arc<AtomicBool>);

impl Weighing {
    /// Somebody begins or ends weighing.
    pub fn set(&self, weighing: bool) {
        self.0.store(weighing, Ordering::SeqCst);
    }

    fn is_on(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Opens the scale of an address wherever it is found, and makes sure that it speaks as it should.
#[derive(Clone, Debug)]
pub struct Opener {
    address: Address,
    weighing: Weighing,
}

impl Opener {
    /// For the scale of an address.
    #[must_use]
    pub const fn new(address: Address, weighing: Weighing) -> Self {
        Self { address, weighing }
    }

    fn scale(&self, found: &Found) -> Result<Box<dyn Scale>, Fault> {
        match &self.address.place {
            #[cfg(unix)]
            Place::Hid { .. } | Place::HidRaw(_) => Ok(Box::new(super::hid::HidScale::open(found.node()?)?)),
            #[cfg(not(unix))]
            Place::Hid { .. } | Place::HidRaw(_) => {
                Err(Fault::Unsupported("raw reports are read on Linux only".to_owned()))
            }
            _ => self.on_a_line(found),
        }
    }

    fn on_a_line(&self, found: &Found) -> Result<Box<dyn Scale>, Fault> {
        let mut wire = self.wire(found)?;
        let options = &self.address.options;
        let kind = match self.address.kind {
            Some(kind) => kind,
            None => probe(wire.as_mut(), options)?.kind,
        };
        Ok(Box::new(SerialScale::new(wire, kind, options)))
    }

    fn wire(&self, found: &Found) -> Result<Box<dyn Wire>, Fault> {
        match &self.address.place {
            Place::Tcp { host, port } => wire::tcp(host, *port),
            Place::Sim(sim) => sim.open(),
            _ => wire::serial::open(found.node()?, self.address.settings()),
        }
    }
}

impl Open for Opener {
    type Device = Attended;

    fn open(&mut self, found: &Found) -> Result<Attended, Fault> {
        let mut scale = self.scale(found)?;
        // Ready means that it has answered once: a port without a scale behind it is not a scale.
        let quiet = matches!(self.address.place, Place::Hid { .. } | Place::HidRaw(_));
        let mut hellos = 0;
        while !quiet && scale.read()?.reading == Reading::NoAnswer {
            hellos += 1;
            if hellos >= HELLOS {
                return Err(Fault::Silent);
            }
        }
        Ok(Attended { scale, weighing: self.weighing.clone(), asked: Instant::now() })
    }
}

/// An open scale.
pub struct Attended {
    scale: Box<dyn Scale>,
    weighing: Weighing,
    asked: Instant,
}

impl Attend for Attended {
    type Heard = Sample;

    fn attend(&mut self, wait: Duration) -> Result<Option<Sample>, Fault> {
        let weighing = self.weighing.is_on();
        let every = if weighing { WEIGHING_EVERY } else { IDLE_EVERY };
        let left = every.saturating_sub(self.asked.elapsed());
        if !left.is_zero() {
            self.scale.idle(left.min(wait).min(WEIGHING_EVERY))?;
            return Ok(None);
        }
        self.asked = Instant::now();
        let sample = self.scale.read()?;
        Ok(weighing.then_some(sample))
    }
}
