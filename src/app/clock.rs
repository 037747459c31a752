//! The only clock, the only waiting, the only chance. Everything else is given its time and its random numbers.

use crate::aade::simulator::clockwork::Clockwork;
use crate::domain::time::Stamp;
use jiff::Timestamp;
use std::time::Duration;

/// Now.
#[allow(clippy::disallowed_methods)]
pub fn now() -> Stamp {
    Stamp::new(Timestamp::now())
}

/// Sixty-four random bits of the operating system.
///
/// # Panics
/// When the operating system has no randomness to give: ids could then repeat, and it is better to stop.
#[allow(clippy::disallowed_methods)]
pub fn chance() -> u64 {
    let mut bytes = [0; 8];
    let filled = getrandom::fill(&mut bytes);
    assert!(filled.is_ok(), "the operating system gives no random numbers");
    u64::from_le_bytes(bytes)
}

/// A point to measure from; never goes back.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts measuring.
    #[allow(clippy::disallowed_methods)]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Waits on this thread.
#[allow(clippy::disallowed_methods)]
pub fn wait(time: Duration) {
    std::thread::sleep(time);
}

/// The real clock and real waiting, for a simulator that runs as a server.
#[allow(clippy::disallowed_methods)]
pub fn clockwork() -> Clockwork {
    Clockwork::new(Timestamp::now, |time| Box::pin(tokio::time::sleep(time)))
}
