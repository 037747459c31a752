//! What a camera shows, read as it comes: [`Watch`] is shown its frames one after another, rests while nothing moves, and
//! says which cars there are.
//!
//! ```text
//! Frame ──light──▶ moved? ──no──▶ whatever is in view stays in view; nothing is read
//!                    └──yes, or a moment ago──▶ PlateReader ──▶ Tracker ──▶ Look
//! ```
//! It knows no thread and no clock. Whoever shows it frames may leave out as many as it likes.

use std::sync::Arc;
use std::time::Duration;

use super::PlateReader;
use super::picture::Picture;
use super::track::{Better, Firming, Rules, Told, Tracker};
use crate::camera::Frame;
use crate::camera::picture::Undecodable;

/// Width and height at which motion is looked for.
const COARSE: [usize; 2] = [80, 45];
/// A point that is so much lighter or darker than before has changed: more than a camera's noise, less than a shadow.
const CHANGED: u8 = 10;
/// So many changed points are something that moves; a plate 100 points wide in 1280 covers six.
const MOVED: usize = 6;
/// So long after the last motion plates are still read: until every car's patience has ended ([`Rules::patience`]).
const AFTER_MOTION: Duration = Duration::from_millis(2500);
/// And so many frames at least, however long each takes: a second one must agree.
const READS_AFTER_MOTION: usize = 4;

/// What one frame came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Plates were looked for; not so while nothing moves.
    pub read: bool,
    /// The cars in view.
    pub firming: Vec<Firming>,
    /// Those that have become sure.
    pub told: Vec<Told<Frame>>,
    /// Frames that show cars told before better.
    pub better: Vec<Better<Frame>>,
}

/// Watches what one camera shows.
#[derive(Debug)]
pub struct Watch {
    reader: Arc<PlateReader>,
    tracker: Tracker<Frame>,
    /// What the last frame that was read looked like, coarsely.
    before: Option<Vec<u8>>,
    moved_at: Duration,
    /// Frames read since the last motion.
    reads: usize,
}

impl Watch {
    /// Nothing seen yet. Readers are shared: one has all the weights.
    #[must_use]
    pub const fn new(reader: Arc<PlateReader>, rules: Rules) -> Self {
        Self { reader, tracker: Tracker::new(rules), before: None, moved_at: Duration::ZERO, reads: 0 }
    }

    /// Looks at a frame seen at `now`, by a clock of the caller's that only goes forward.
    ///
    /// # Errors
    /// When the frame cannot be decoded; the next may be.
    pub fn look(&mut self, frame: &Frame, now: Duration) -> Result<Look, Undecodable> {
        let luma = frame.luma()?;
        let (width, height) = (luma.size.width as usize, luma.size.height as usize);
        let picture = Picture::of(width, height, &luma.points);
        let read = self.is_worth_reading(picture, now);
        let told = if read {
            let plates = self.reader.read(picture).plates;
            self.tracker.see(&plates, frame, now)
        } else {
            self.tracker.stay(now);
            Vec::new()
        };
        Ok(Look { read, firming: self.tracker.firming(now), told, better: self.tracker.better() })
    }

    /// Whether something has moved since a frame was last read, or has only just stopped. What creeps moves too: it is not
    /// the frame before that is compared with.
    fn is_worth_reading(&mut self, picture: Picture<'_>, now: Duration) -> bool {
        let [width, height] = COARSE;
        let coarse = picture.shrunk(width.min(picture.width()), height.min(picture.height()));
        let moved = self.before.as_ref().is_none_or(|before| changed(before, &coarse) >= MOVED);
        if moved {
            (self.moved_at, self.reads) = (now, 0);
        }
        let read = now.saturating_sub(self.moved_at) < AFTER_MOTION || self.reads <= READS_AFTER_MOTION;
        if read {
            self.reads += 1;
            self.before = Some(coarse);
        }
        read
    }
}

/// How many points of two pictures differ; all of them where the pictures are not of one size.
fn changed(before: &[u8], now: &[u8]) -> usize {
    if before.len() != now.len() {
        return usize::MAX;
    }
    before.iter().zip(now).filter(|(before, now)| before.abs_diff(**now) > CHANGED).count()
}
