//! What the screen knows by itself of the papers' page: which kind is being arranged, and how it looks so far.

use crate::app::draft::TemplateDraft;
use crate::app::engine::{DraftLook, PaperWidth};
use crate::view::generated::PaperStep;

/// The page.
#[derive(Debug)]
pub(super) struct PapersForm {
    pub(super) step: PaperStep,
    pub(super) draft: Option<TemplateDraft>,
    /// The version the draft began with; 0 is the built-in paper.
    pub(super) version: u32,
    pub(super) width: PaperWidth,
    /// How the draft looks; the last good picture stays while there is a fault.
    pub(super) look: Option<DraftLook>,
    /// The question that was asked last: answers to earlier ones come too late.
    pub(super) asked: u64,
    /// Save or Take back was pressed, and the terminal has not said what came of it.
    pub(super) sent: bool,
}

impl Default for PapersForm {
    fn default() -> Self {
        let (step, width) = (PaperStep::Kinds, PaperWidth::Wide);
        Self { step, draft: None, version: 0, width, look: None, asked: 0, sent: false }
    }
}
