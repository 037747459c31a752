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

/// A wall clock that moved by itself by more than this is an event.
const STEP_MAX_S: i64 = 120;

/// Sees the wall clock move by itself: it is held against one that only goes forward.
#[derive(Debug, Clone, Copy)]
pub struct ClockWatch {
    wall: Stamp,
    running: Duration,
}

impl ClockWatch {
    /// Begins at an instant of both clocks.
    pub const fn start(wall: Stamp, running: Duration) -> Self {
        Self { wall, running }
    }

    /// Seconds the wall clock moved by itself since the start or the last step, when that is worth an event. What moves a
    /// little at every look is seen too.
    pub fn stepped(&mut self, wall: Stamp, running: Duration) -> Option<i64> {
        let passed = running.saturating_sub(self.running).as_secs();
        let by_s = wall.seconds_since(&self.wall) - i64::try_from(passed).unwrap_or(i64::MAX);
        if by_s.abs() <= STEP_MAX_S {
            return None;
        }
        *self = Self { wall, running };
        Some(by_s)
    }

    /// Seconds the wall clock was set back while nothing ran, when that is worth an event: the last thing that was
    /// written down is still to come.
    pub fn set_back(wall: Stamp, last: Stamp) -> Option<i64> {
        Some(wall.seconds_since(&last)).filter(|by_s| *by_s < -STEP_MAX_S)
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
