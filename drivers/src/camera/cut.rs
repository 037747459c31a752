//! JPEGs that follow one another without anything between them: [`Cut`].

use super::frame::JPEG_BYTES_MAX;
use super::jpeg::{self, Broken};

/// Cuts a row of JPEGs into single ones, from bytes that come in any pieces. What is between them is left out; one that is
/// broken is given too, up to where the next one begins, to be counted.
#[derive(Debug, Default)]
pub struct Cut {
    bytes: Vec<u8>,
    /// How long the bytes were when they were no whole picture yet: they are looked at again when they have doubled or their
    /// end mark may have come.
    looked: usize,
}

impl Cut {
    /// Takes the next piece.
    pub fn hear(&mut self, piece: &[u8]) {
        self.bytes.extend_from_slice(piece);
    }

    /// The next picture that is there whole, or broken.
    pub fn picture(&mut self) -> Option<Vec<u8>> {
        self.skip_to_start();
        if !self.may_have_ended() {
            return None;
        }
        match jpeg::walk(&self.bytes) {
            Ok(found) => Some(self.take(found.end)),
            Err(Broken::End) if self.bytes.len() < JPEG_BYTES_MAX => {
                self.looked = self.bytes.len();
                None
            }
            Err(Broken::Another(at)) => Some(self.take(at)),
            Err(_) => {
                let next = find(&self.bytes[2..], &[0xFF, 0xD8, 0xFF]).map_or(self.bytes.len(), |at| at + 2);
                Some(self.take(next))
            }
        }
    }

    /// What is left when no more comes: half a picture.
    pub fn rest(&mut self) -> Option<Vec<u8>> {
        self.looked = 0;
        Some(std::mem::take(&mut self.bytes)).filter(|rest| rest.len() > 1)
    }

    fn take(&mut self, end: usize) -> Vec<u8> {
        self.looked = 0;
        let rest = self.bytes.split_off(end);
        std::mem::replace(&mut self.bytes, rest)
    }

    fn skip_to_start(&mut self) {
        if self.bytes.starts_with(&[0xFF, 0xD8]) {
            return;
        }
        let start = find(&self.bytes, &[0xFF, 0xD8]).unwrap_or_else(|| {
            // The last byte may be the first half of a start.
            self.bytes.len() - usize::from(self.bytes.last() == Some(&0xFF))
        });
        self.bytes.drain(..start);
        self.looked = 0;
    }

    /// Whether it is worth to walk: what came since the last walk has an end mark. Walking at every piece of a long picture
    /// would be work by the square of its length.
    fn may_have_ended(&self) -> bool {
        let new = &self.bytes[self.looked.saturating_sub(1).min(self.bytes.len())..];
        self.bytes.len() >= JPEG_BYTES_MAX || find(new, &[0xFF, 0xD9]).is_some()
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
