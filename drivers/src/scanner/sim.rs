//! A simulated scanner, and what real ones send for a code: keys, reports, bytes.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::keys::{ENTER, key_of};
use super::{Scan, Scanner};
use crate::wire::Fault;

/// A simulated scanner. Clones are the same scanner: one to read, one to hold codes before it.
#[derive(Clone, Debug, Default)]
pub struct SimScanner {
    inner: Arc<(Mutex<Inner>, Condvar)>,
}

#[derive(Debug, Default)]
struct Inner {
    codes: VecDeque<Scan>,
    unplugged: bool,
}

/// More codes than anybody scans while nobody listens.
const CODES_MAX: usize = 100;

impl SimScanner {
    /// A scanner with nothing before it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Holds a code before it, with its identifier in front if it has one.
    pub fn scan(&self, code: &str, at_ms: u64) {
        let mut inner = self.lock();
        if !inner.unplugged && inner.codes.len() < CODES_MAX {
            inner.codes.push_back(Scan::of(code, at_ms));
        }
        self.inner.1.notify_all();
    }

    /// Pulls its cable, or puts it back.
    pub fn unplug(&self, unplugged: bool) {
        let mut inner = self.lock();
        inner.unplugged = unplugged;
        inner.codes.clear();
        self.inner.1.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Scanner for SimScanner {
    fn next(&mut self, wait: Duration) -> Result<Option<Scan>, Fault> {
        let deadline = Instant::now() + wait;
        let mut inner = self.lock();
        loop {
            if inner.unplugged {
                return Err(Fault::Gone);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match inner.codes.pop_front() {
                Some(scan) => return Ok(Some(scan)),
                None if left.is_zero() => return Ok(None),
                None => {}
            }
            inner = self.inner.1.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// The key events of a code with Enter behind it, as `/dev/input/event*` gives them: each key down and up, with its mark.
/// Characters no US keyboard has are left out.
#[must_use]
pub fn key_events(code: &str, begin_ms: u64, gap_ms: u64) -> Vec<Vec<u8>> {
    let shift = 42;
    let mut at_ms = begin_ms;
    let mut keys = Vec::new();
    for (key, shifted) in code.chars().filter_map(key_of).chain([(ENTER, false)]) {
        let mut events = Vec::new();
        let pressed = [(shift, 1), (key, 1), (key, 0), (shift, 0)];
        for (key, value) in pressed.into_iter().filter(|(key, _)| shifted || *key != shift) {
            events.extend(event(at_ms, 1, key, value));
            events.extend(event(at_ms, 0, 0, 0));
        }
        keys.push(events);
        at_ms += gap_ms;
    }
    keys
}

/// One event as the kernel writes it.
#[must_use]
pub fn event(at_ms: u64, kind: u16, code: u16, value: i32) -> Vec<u8> {
    let word = |number: u64| number.to_le_bytes().into_iter().take(size_of::<usize>());
    let mut record: Vec<u8> = word(at_ms / 1000).chain(word(at_ms % 1000 * 1000)).collect();
    record.extend(kind.to_le_bytes());
    record.extend(code.to_le_bytes());
    record.extend(value.to_le_bytes());
    record
}

/// The reports of a code, as `/dev/hidraw*` gives them.
#[must_use]
pub fn hid_reports(identifier: &str, data: &[u8]) -> Vec<[u8; 64]> {
    let pieces: Vec<&[u8]> = data.chunks(56).collect();
    let report = |(at, piece): (usize, &&[u8])| {
        let mut report = [0; 64];
        report[0] = 2;
        report[1] = u8::try_from(piece.len()).unwrap_or(56);
        report[2..].iter_mut().zip(identifier.bytes().take(3)).for_each(|(place, byte)| *place = byte);
        report[5..].iter_mut().zip(piece.iter()).for_each(|(place, byte)| *place = *byte);
        report[63] = u8::from(at + 1 < pieces.len());
        report
    };
    pieces.iter().enumerate().map(report).collect()
}
