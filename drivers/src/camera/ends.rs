//! Drivers that give their whole buffer and not how much of it they used: [`Ends`].
//!
//! Behind a picture lies then what is left of an older one; and a picture that broke off seems to end, with the end of that
//! older one. No marker tells: what does is that it ends at the very byte, and in the very bytes, where an earlier one ended.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};

use super::jpeg;

/// More than a driver has buffers.
const REMEMBERED: usize = 32;

/// How much of an end is compared. Two pictures of one lane differ in less.
const END_BYTES: usize = 48;

/// How the pictures before ended.
#[derive(Debug, Default)]
pub struct Ends {
    seen: VecDeque<Seen>,
    hash: RandomState,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    length: usize,
    end: Vec<u8>,
    all: u64,
}

impl Ends {
    /// Whether the picture at the beginning of a buffer ends with what an earlier one has left there. The same picture again is
    /// none of that: it is whole, whoever's bytes they are.
    pub fn is_left_over(&mut self, buffer: &[u8]) -> bool {
        let Ok(found) = jpeg::walk(buffer) else { return false };
        let picture = &buffer[..found.end];
        let end = picture[found.end.saturating_sub(END_BYTES)..].to_vec();
        let seen = Seen { length: found.end, end, all: self.hash.hash_one(picture) };
        let left_over = |earlier: &Seen| {
            earlier.length == seen.length && earlier.end == seen.end && earlier.all != seen.all
        };
        let is = self.seen.iter().any(left_over);
        if !is && !self.seen.contains(&seen) {
            self.seen.push_front(seen);
            self.seen.truncate(REMEMBERED);
        }
        is
    }
}
