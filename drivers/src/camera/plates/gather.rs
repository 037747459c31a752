//! The pictures of a plate come behind it, each as a part of its own: [`Gather`] puts them together. Told the time.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::fields::Fields;
use super::{Maker, PlateRead, dahua, hikvision};
use crate::camera::frame::{Captured, Format, Frame, Size};
use crate::camera::http::Part;

/// How long pictures are waited for: a gate must open.
pub const PICTURES_WITHIN: Duration = Duration::from_millis(700);

/// More pictures than any camera sends with a plate.
const PICTURES_MAX: usize = 8;

/// More plates than can be waiting.
const READY_MAX: usize = 64;

/// Puts plates and their pictures together, part by part.
#[derive(Debug)]
pub struct Gather {
    maker: Maker,
    full: u16,
    /// What waits for its pictures: how many, where that is known.
    waiting: Option<(PlateRead, Option<usize>)>,
    ready: VecDeque<PlateRead>,
}

impl Gather {
    /// For the parts of a maker's cameras; `full` is how sure one of them can be.
    #[must_use]
    pub const fn new(maker: Maker, full: u16) -> Self {
        Self { maker, full, waiting: None, ready: VecDeque::new() }
    }

    /// Takes a part: words, or a picture that belongs to the words before it.
    pub fn hear(&mut self, part: Part, now: Instant) {
        if part.is_jpeg() {
            self.picture(part.body);
            return;
        }
        let fields = Fields::read(&part.body);
        let reads: Vec<_> = match self.maker {
            Maker::Hikvision => hikvision::read(&fields, self.full, now).into_iter().collect(),
            Maker::Dahua => {
                dahua::read(&fields, self.full, now).into_iter().map(|read| (read, None)).collect()
            }
        };
        for read in reads {
            self.end();
            self.waiting = Some(read);
        }
    }

    /// The next plate that has all it waits for, or has waited long enough.
    pub fn next(&mut self, now: Instant) -> Option<PlateRead> {
        let done = |(read, wanted): &(PlateRead, Option<usize>)| {
            wanted.is_some_and(|wanted| read.pictures.len() >= wanted)
                || now.saturating_duration_since(read.at) >= PICTURES_WITHIN
        };
        if self.waiting.as_ref().is_some_and(done) {
            self.end();
        }
        self.ready.pop_front()
    }

    /// No more pictures come: what waits is ready as it is.
    pub fn end(&mut self) {
        if let Some((read, _)) = self.waiting.take().filter(|_| self.ready.len() < READY_MAX) {
            self.ready.push_back(read);
        }
    }

    fn picture(&mut self, bytes: Vec<u8>) {
        let Some((read, _)) = &mut self.waiting else { return };
        let captured = Captured::now(bytes, Format::Jpeg, Size::default());
        // One that is not whole is left out: the plate is what counts.
        match Frame::prove(captured, read.pictures.len() as u64 + 1) {
            Ok(frame) if read.pictures.len() < PICTURES_MAX => read.pictures.push(frame),
            Ok(_) => {}
            Err(broken) => tracing::debug!("a picture of a plate is left out: {broken}"),
        }
    }
}
