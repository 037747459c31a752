//! The states of a device and what leads from one to another: [`Machine`]. Pure: it is told the time.

use crate::wire::Fault;

/// How a device is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It is not there.
    Absent,
    /// It is there and is being opened.
    Opening,
    /// It is in use.
    Ready,
    /// It is there and cannot be used; it will be tried again.
    Faulted(Fault),
}

/// Waits between two tries at a device that is there, in milliseconds: the last one holds for ever.
const BACK_OFF_MS: [u64; 5] = [250, 500, 1000, 2000, 5000];

/// A device that was in use for so long has recovered: its next fault is a first one.
const STEADY_MS: u64 = 10_000;

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Look for the device when something was plugged in, or at this time at the latest.
    Look,
    /// Open it now.
    Open,
    /// Use it.
    Attend,
    /// Try again at this time, in milliseconds, or when something was plugged in.
    RetryAt(u64),
}

/// One device's states.
#[derive(Clone, Debug)]
pub struct Machine {
    state: State,
    failures: usize,
    failed_at_ms: u64,
    retry_at_ms: u64,
    ready_since_ms: u64,
}

impl Default for Machine {
    fn default() -> Self {
        Self { state: State::Absent, failures: 0, failed_at_ms: 0, retry_at_ms: 0, ready_since_ms: 0 }
    }
}

impl Machine {
    /// How the device is.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// What to do now.
    #[must_use]
    pub const fn next(&self) -> Next {
        match self.state {
            State::Absent => Next::Look,
            State::Opening => Next::Open,
            State::Ready => Next::Attend,
            State::Faulted(_) => Next::RetryAt(self.retry_at_ms),
        }
    }

    /// It was looked for. A device that has come back starts afresh.
    pub fn seen(&mut self, there: bool) {
        match (&self.state, there) {
            (State::Absent, true) => {
                self.failures = 0;
                self.state = State::Opening;
            }
            (State::Absent, false) => {}
            (State::Opening | State::Ready | State::Faulted(_), true) => {}
            (State::Opening | State::Ready | State::Faulted(_), false) => self.state = State::Absent,
        }
    }

    /// It was opened.
    pub fn opened(&mut self, now_ms: u64) {
        if self.state == State::Opening {
            self.state = State::Ready;
            self.ready_since_ms = now_ms;
        }
    }

    /// Opening or using it failed. A device that is gone is tried again like any other until a look says that it is not
    /// there: a node may outlive its device.
    pub fn failed(&mut self, fault: Fault, now_ms: u64) {
        if self.state == State::Ready && now_ms.saturating_sub(self.ready_since_ms) >= STEADY_MS {
            self.failures = 0;
        }
        let wait = BACK_OFF_MS[self.failures.min(BACK_OFF_MS.len() - 1)];
        self.failures = self.failures.saturating_add(1);
        self.failed_at_ms = now_ms;
        self.retry_at_ms = now_ms.saturating_add(wait);
        self.state = State::Faulted(fault);
    }

    /// Time has passed, or something was plugged in or permitted: a reason to try soon, but never in a tight circle.
    pub fn woken(&mut self, now_ms: u64, something_changed: bool) {
        if something_changed {
            self.retry_at_ms = self.retry_at_ms.min(self.failed_at_ms.saturating_add(BACK_OFF_MS[0]));
        }
        if matches!(self.state, State::Faulted(_)) && now_ms >= self.retry_at_ms {
            self.state = State::Opening;
        }
    }
}
