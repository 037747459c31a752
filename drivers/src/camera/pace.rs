//! So many pictures a second, for sources that have no rhythm of their own.

use std::time::{Duration, Instant};

/// When the next picture is due.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    every: Duration,
    due: Instant,
}

impl Pace {
    /// So many a second; the first at once.
    pub(super) fn of(fps: f32) -> Self {
        // An address holds nothing below 0.1, a film may.
        Self { every: Duration::from_secs_f32(1.0 / fps.clamp(0.01, 1000.0)), due: Instant::now() }
    }

    /// Between two pictures.
    pub(super) const fn every(&self) -> Duration {
        self.every
    }

    /// Waits until a picture is due; false when it is not yet, after the wait. One that was missed is not made up for.
    pub(super) fn wait(&mut self, wait: Duration) -> bool {
        let now = Instant::now();
        let left = self.due.saturating_duration_since(now);
        std::thread::sleep(left.min(wait));
        if left > wait {
            return false;
        }
        self.due = (self.due + self.every).max(now);
        true
    }
}
