//! Scanners on a serial line, or on USB as one: codes end with CR, LF, both, or silence.

use super::{Scan, text_of};

/// A code that no CR or LF ended is over after so much silence, in milliseconds.
pub const SILENCE_MS: u64 = 100;

/// The most bytes a code may have: QR 2953, PDF417 some 1100.
const LENGTH_MAX: usize = 4096;

/// Puts bytes together to codes.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    held: Vec<u8>,
    /// Too long: thrown away up to its end.
    spoilt: bool,
}

impl Frames {
    /// Hears one byte, and gives the code that it ended.
    pub fn hear(&mut self, byte: u8, at_ms: u64) -> Option<Scan> {
        match byte {
            b'\r' | b'\n' => return self.flush(at_ms),
            0 => {}
            byte if self.held.len() < LENGTH_MAX => self.held.push(byte),
            _ => self.spoilt = true,
        }
        None
    }

    /// Whether a code has begun and not ended.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        !self.held.is_empty()
    }

    /// It has been silent for long enough: what has come is a code.
    pub fn flush(&mut self, at_ms: u64) -> Option<Scan> {
        let held = std::mem::take(&mut self.held);
        let spoilt = std::mem::take(&mut self.spoilt);
        (!held.is_empty() && !spoilt).then(|| Scan::of(&text_of(&held), at_ms))
    }
}
