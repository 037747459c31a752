//! Photographs of a vehicle's condition while they are taken.

use super::generated::Page;
use crate::app::engine::SmallPhoto;
use crate::domain::photo::{Occasion, Side};
use std::time::Instant;

/// The most characters of a caption.
const CAPTION_MAX: usize = 60;

/// Everything that is chosen, typed or up on the page of photographs.
#[derive(Debug)]
pub(super) struct PhotosForm {
    pub(super) side: Side,
    pub(super) occasion: Occasion,
    pub(super) caption: String,
    /// The caption is being typed.
    pub(super) typing: bool,
    pub(super) kept: Vec<SmallPhoto>,
    pub(super) fault: Option<String>,
    /// One was asked for, and neither it nor its failure has come: pressing again changes nothing.
    pub(super) sent: bool,
    /// The picture that is shown.
    pub(super) frame: Option<Instant>,
    /// Where it was asked for.
    pub(super) from: Page,
}

impl Default for PhotosForm {
    fn default() -> Self {
        Self::of(Occasion::Taken, Page::Visit)
    }
}

impl PhotosForm {
    pub(super) const fn of(occasion: Occasion, from: Page) -> Self {
        Self {
            side: Side::ALL[0],
            occasion,
            caption: String::new(),
            typing: false,
            kept: Vec::new(),
            fault: None,
            sent: false,
            frame: None,
            from,
        }
    }

    pub(super) fn key(&mut self, key: &str) {
        if self.caption.chars().count() + key.chars().count() <= CAPTION_MAX {
            self.caption.push_str(key);
        }
    }

    /// What was kept is known anew. One more than before: the next side comes up, and its caption is another.
    pub(super) fn read(&mut self, kept: Vec<SmallPhoto>) {
        if self.sent && kept.len() > self.kept.len() {
            self.sent = false;
            self.caption.clear();
            self.side = self.next_side();
        }
        self.kept = kept;
    }

    /// People walk around a vehicle; the last side stays, for as many as they like.
    fn next_side(&self) -> Side {
        let at = Side::ALL.iter().position(|side| *side == self.side);
        let next = at.and_then(|at| Side::ALL.get(at + 1));
        next.copied().unwrap_or(self.side)
    }
}
