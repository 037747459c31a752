//! Answers that are lines of text.

use super::{CR, FRAME_MAX, LF};

/// Puts lines together; what is longer than a line can be is thrown away to its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    bytes: Vec<u8>,
    /// A line that began before we listened, or is too long, is not a line.
    spoilt: bool,
}

impl Lines {
    /// A line begins here.
    pub(super) fn begin(&mut self) {
        self.bytes.clear();
        self.spoilt = false;
    }

    /// We come in the middle: the first line counts from its beginning only.
    pub(super) fn begin_in_the_middle(&mut self) {
        self.bytes.clear();
        self.spoilt = true;
    }

    /// Hears a byte and gives a whole line at its end; an error when it was none.
    pub(super) fn hear(&mut self, byte: u8) -> Option<Result<Vec<u8>, ()>> {
        match byte {
            CR | LF => {
                let (line, spoilt) = (std::mem::take(&mut self.bytes), std::mem::take(&mut self.spoilt));
                match (spoilt, line.is_empty()) {
                    (true, _) => Some(Err(())),
                    // Between CR and LF.
                    (false, true) => None,
                    (false, false) => Some(Ok(line)),
                }
            }
            0 => None,
            byte => {
                self.spoilt |= self.bytes.len() >= FRAME_MAX || !(byte.is_ascii_graphic() || byte == b' ');
                if !self.spoilt {
                    self.bytes.push(byte);
                }
                // Noise without any end of line must not look like silence for ever; the line stays spoilt.
                None
            }
        }
    }
}
