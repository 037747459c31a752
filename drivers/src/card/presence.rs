//! A terminal that comes and goes: what a supervisor opens and attends to. It echoes while nobody pays; while somebody does,
//! the terminal is there.

use std::sync::{Arc, Mutex, TryLockError};
use std::time::{Duration, Instant};

use super::{Answering, CardTerminal};
use crate::supervisor::{Attend, Found, Open};
use crate::wire::Fault;

/// Between two echoes of a terminal that is not in use. Terminals sleep and run on batteries: not more often.
pub const EVERY: Duration = Duration::from_secs(30);

/// A terminal that the till and its supervisor have in common.
pub type Shared = Arc<Mutex<Box<dyn CardTerminal>>>;

/// Makes a terminal one that can be shared.
#[must_use]
pub fn share(terminal: Box<dyn CardTerminal>) -> Shared {
    Arc::new(Mutex::new(terminal))
}

/// Opens the terminal for its supervisor: it is ready when it has answered once.
#[derive(Clone)]
pub struct Opener {
    terminal: Shared,
    every: Duration,
}

impl Opener {
    /// For a shared terminal.
    #[must_use]
    pub const fn new(terminal: Shared) -> Self {
        Self { terminal, every: EVERY }
    }

    /// With another time between two echoes.
    #[must_use]
    pub const fn every(mut self, every: Duration) -> Self {
        self.every = every;
        self
    }
}

/// `None` while an operation has the terminal for itself: then it is there, and must not be disturbed.
fn echo(terminal: &Shared) -> Result<Option<Answering>, Fault> {
    match terminal.try_lock() {
        Ok(mut terminal) => terminal.echo().map(Some),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Poisoned(broken)) => broken.into_inner().echo().map(Some),
    }
}

impl Open for Opener {
    type Device = Present;

    fn open(&mut self, _found: &Found) -> Result<Present, Fault> {
        echo(&self.terminal)?;
        Ok(Present { terminal: Arc::clone(&self.terminal), every: self.every, asked: Instant::now() })
    }
}

/// A terminal that is there.
pub struct Present {
    terminal: Shared,
    every: Duration,
    asked: Instant,
}

impl Attend for Present {
    type Heard = Answering;

    fn attend(&mut self, wait: Duration) -> Result<Option<Answering>, Fault> {
        let left = self.every.saturating_sub(self.asked.elapsed());
        if !left.is_zero() {
            std::thread::sleep(left.min(wait));
            return Ok(None);
        }
        self.asked = Instant::now();
        echo(&self.terminal)
    }
}
