//! Scanners behind a serial line or a `hidraw` node.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::frames::{Frames, SILENCE_MS};
use super::{Scan, Scanner};
use crate::wire::{Fault, Wire};

/// A scanner on a line.
pub struct LineScanner {
    wire: Box<dyn Wire>,
    frames: Frames,
    /// Codes that came together.
    waiting: VecDeque<Scan>,
    begun: Instant,
    heard: Instant,
}

impl LineScanner {
    /// A scanner on an open line.
    #[must_use]
    pub fn new(wire: Box<dyn Wire>) -> Self {
        let now = Instant::now();
        Self { wire, frames: Frames::default(), waiting: VecDeque::new(), begun: now, heard: now }
    }

    fn hear(&mut self, bytes: &[u8]) {
        self.heard = Instant::now();
        let at_ms = since(self.begun);
        for byte in bytes {
            self.waiting.extend(self.frames.hear(*byte, at_ms));
        }
    }
}

impl Scanner for LineScanner {
    fn next(&mut self, wait: Duration) -> Result<Option<Scan>, Fault> {
        let deadline = Instant::now() + wait;
        loop {
            if let Some(scan) = self.waiting.pop_front() {
                return Ok(Some(scan));
            }
            let silent = self.heard + Duration::from_millis(SILENCE_MS);
            let until = if self.frames.is_waiting() { silent.min(deadline) } else { deadline };
            let mut bytes = [0; 512];
            let count = self.wire.receive(&mut bytes, until.saturating_duration_since(Instant::now()))?;
            if count > 0 {
                self.hear(&bytes[..count]);
            } else if self.frames.is_waiting() && Instant::now() >= silent {
                self.waiting.extend(self.frames.flush(since(self.begun)));
            } else if Instant::now() >= deadline {
                return Ok(None);
            }
        }
    }
}

/// A scanner that sends reports.
#[cfg(unix)]
pub struct HidPosScanner {
    reports: crate::wire::reports::Reports,
    pos: super::hid_pos::HidPos,
    begun: Instant,
}

#[cfg(unix)]
impl HidPosScanner {
    /// Opens a node.
    ///
    /// # Errors
    /// When it is missing or forbidden.
    pub fn open(path: &std::path::Path) -> Result<Self, Fault> {
        let reports = crate::wire::reports::Reports::open(path)?;
        Ok(Self { reports, pos: super::hid_pos::HidPos::default(), begun: Instant::now() })
    }
}

#[cfg(unix)]
impl Scanner for HidPosScanner {
    fn next(&mut self, wait: Duration) -> Result<Option<Scan>, Fault> {
        let deadline = Instant::now() + wait;
        loop {
            let mut report = [0; super::hid_pos::REPORT_BYTES];
            let count = self.reports.next(&mut report, deadline.saturating_duration_since(Instant::now()))?;
            if let Some(scan) = self.pos.hear(&report[..count], since(self.begun)).filter(|_| count > 0) {
                return Ok(Some(scan));
            }
            if Instant::now() >= deadline {
                return Ok(None);
            }
        }
    }
}

fn since(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}
