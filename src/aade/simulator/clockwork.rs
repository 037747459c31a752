//! The time and the waiting a simulator is given: it has none of its own, so that simulated time drives it too.

use jiff::Timestamp;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// A wait that is under way.
pub type Wait = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Tells the time, and waits.
#[derive(Clone)]
pub struct Clockwork {
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    wait: Arc<dyn Fn(Duration) -> Wait + Send + Sync>,
}

impl Clockwork {
    /// From a function that tells the time and one that waits.
    pub fn new(
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
        wait: impl Fn(Duration) -> Wait + Send + Sync + 'static,
    ) -> Self {
        Self { now: Arc::new(now), wait: Arc::new(wait) }
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Waits; not at all for nothing.
    pub async fn wait_ms(&self, ms: u64) {
        if ms > 0 {
            (self.wait)(Duration::from_millis(ms)).await;
        }
    }
}

impl fmt::Debug for Clockwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clockwork").finish_non_exhaustive()
    }
}
