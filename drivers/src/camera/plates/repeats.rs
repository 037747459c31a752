//! A camera tells a car as often as it pleases: again while it stands there, again when nobody answered. [`Repeats`] lets each
//! through once. Told the time.

use std::time::{Duration, Instant};

use super::PlateRead;

/// More cars than pass in the time that is remembered.
const REMEMBERED_MAX: usize = 256;

/// The plates of late.
#[derive(Clone, Debug)]
pub struct Repeats {
    within: Duration,
    seen: Vec<(String, Option<u16>, Instant)>,
}

impl Repeats {
    /// A plate that comes again on its lane within this time is the same car.
    #[must_use]
    pub const fn new(within: Duration) -> Self {
        Self { within, seen: Vec::new() }
    }

    /// Whether a plate is new. A car that stands there and is told again and again is not, however long it stands.
    pub fn is_new(&mut self, read: &PlateRead) -> bool {
        let (now, within) = (read.at, self.within);
        self.seen.retain(|(_, _, at)| now.saturating_duration_since(*at) < within);
        // Cameras put a dash or a space there or not as they please.
        let plate: String =
            read.text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        let same =
            |(text, lane, _): &&mut (String, Option<u16>, Instant)| *text == plate && *lane == read.lane;
        if let Some((_, _, at)) = self.seen.iter_mut().find(same) {
            *at = now;
            return false;
        }
        if self.seen.len() >= REMEMBERED_MAX {
            self.seen.remove(0);
        }
        self.seen.push((plate, read.lane, now));
        true
    }
}
