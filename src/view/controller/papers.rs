//! What stands on papers. What is changed is a draft of the screen's own until Save is pressed; the terminal says whether it may
//! be, and every picture comes back from the printer's own encoder.

use super::Controller;
use crate::app::draft::TemplateDraft;
use crate::app::engine::{DraftLook, PaperWidth, Query};
use crate::app::input::{Input, PaperInput, TemplateInput};
use crate::domain::paper::Paper;
use crate::domain::template::{TemplateKind, Templates};
use crate::view::desk::Asked;
use crate::view::generated::{Page, PaperKind, PaperStep};

/// The longest line that can be typed; longer ones are cut when they are saved.
const LINE_CHARS_MAX: usize = 200;

impl Controller {
    pub(in crate::view) fn open_papers(&mut self) {
        self.form.papers.step = PaperStep::Kinds;
        self.form.papers.draft = None;
        self.go(Page::Papers);
    }

    pub(in crate::view) fn open_paper(&mut self, kind: PaperKind) {
        self.begin_draft(kind_of(kind));
        self.form.papers.step = PaperStep::Lines;
    }

    /// Begins with what the terminal has now.
    fn begin_draft(&mut self, kind: TemplateKind) {
        let version = self.template_version(kind);
        let saved = self.templates().and_then(|templates| templates.text(kind));
        let draft = Some(TemplateDraft::new(kind, saved));
        let papers = &mut self.form.papers;
        (papers.draft, papers.version, papers.look, papers.sent) = (draft, version, None, false);
        self.look_at_draft();
    }

    fn template_version(&self, kind: TemplateKind) -> u32 {
        let version = self.templates().and_then(|templates| templates.last(kind));
        version.map_or(0, |version| version.number)
    }

    pub(in crate::view) fn templates(&self) -> Option<&Templates> {
        self.state().map(|state| &*state.templates)
    }

    /// Something is done to the draft, and it is looked at again.
    fn arrange(&mut self, act: impl FnOnce(&mut TemplateDraft)) {
        if let Some(draft) = &mut self.form.papers.draft {
            act(draft);
            self.look_at_draft();
        }
    }

    fn look_at_draft(&mut self) {
        let papers = &mut self.form.papers;
        let Some(draft) = &papers.draft else { return };
        papers.asked += 1;
        let (kind, text, paper, n) = (draft.kind(), draft.text(), papers.width, papers.asked);
        self.ask(Query::Draft { kind, text, paper }, Asked::Draft(n));
    }

    /// An answer to the last question; while there is a fault the last picture is worth nothing.
    pub(super) fn draft_seen(&mut self, n: u64, look: DraftLook) {
        if n == self.form.papers.asked {
            self.form.papers.look = Some(look);
        }
    }

    pub(in crate::view) fn choose_paper_line(&mut self, line: i32) {
        if let Some(draft) = &mut self.form.papers.draft {
            draft.choose(usize::try_from(line).unwrap_or_default());
        }
    }

    pub(in crate::view) fn shift_paper_line(&mut self, by: i32) {
        self.arrange(|draft| draft.shift(by));
    }

    pub(in crate::view) fn remove_paper_line(&mut self) {
        self.arrange(TemplateDraft::remove);
    }

    pub(in crate::view) fn write_paper_line(&mut self) {
        if self.form.papers.draft.as_ref().is_some_and(TemplateDraft::may_write) {
            self.form.papers.step = PaperStep::Words;
        }
    }

    pub(in crate::view) fn add_paper_words(&mut self) {
        self.arrange(TemplateDraft::add_words);
        self.form.papers.step = PaperStep::Words;
    }

    pub(in crate::view) fn add_paper_rule(&mut self) {
        self.arrange(TemplateDraft::add_rule);
    }

    pub(in crate::view) fn show_paper_parts(&mut self) {
        self.form.papers.step = PaperStep::Parts;
    }

    pub(in crate::view) fn add_paper_part(&mut self, name: &str) {
        self.arrange(|draft| draft.add_part(name));
        self.form.papers.step = PaperStep::Lines;
    }

    /// A key of the pad or of a real keyboard: letters as they come, so that capitals are the person's choice there.
    pub(in crate::view) fn paper_key(&mut self, key: &str) {
        if self.form.papers.step != PaperStep::Words {
            return;
        }
        self.arrange(|draft| {
            let words = format!("{}{key}", draft.words());
            if words.chars().count() <= LINE_CHARS_MAX {
                draft.write(&words);
            }
        });
    }

    /// Takes back one letter, or a whole field: half of a name in braces is of no use.
    pub(in crate::view) fn paper_erase(&mut self) {
        if self.form.papers.step != PaperStep::Words {
            return;
        }
        self.arrange(|draft| {
            let words = draft.words();
            let kept = match words.rfind('{').filter(|_| words.ends_with('}')) {
                Some(brace) => brace,
                None => words.char_indices().next_back().map_or(0, |(at, _)| at),
            };
            let words = words[..kept].to_owned();
            draft.write(&words);
        });
    }

    pub(in crate::view) fn paper_clear(&mut self) {
        self.arrange(|draft| draft.write(""));
    }

    pub(in crate::view) fn add_paper_field(&mut self, name: &str) {
        self.paper_key(&format!("{{{name}}}"));
    }

    pub(in crate::view) fn toggle_paper_mark(&mut self, mark: &str) {
        self.arrange(|draft| draft.toggle(mark));
    }

    pub(in crate::view) fn paper_built_in(&mut self) {
        self.arrange(TemplateDraft::to_built_in);
    }

    pub(in crate::view) fn choose_paper_width(&mut self, narrow: bool) {
        self.form.papers.width = if narrow { PaperWidth::Narrow } else { PaperWidth::Wide };
        self.look_at_draft();
    }

    pub(in crate::view) fn save_paper(&mut self) {
        let Some(draft) = self.form.papers.draft.as_ref().filter(|_| !self.form.papers.sent) else { return };
        let text = (!draft.is_built_in()).then(|| draft.text());
        self.form.papers.sent = true;
        self.send_with_right(Input::Template(TemplateInput::Save {
            kind: draft.kind(),
            text,
            by: self.by(),
        }));
    }

    pub(in crate::view) fn take_back_paper(&mut self) {
        let Some(draft) = self.form.papers.draft.as_ref().filter(|_| !self.form.papers.sent) else { return };
        self.form.papers.sent = true;
        self.send_with_right(Input::Template(TemplateInput::TakeBack { kind: draft.kind(), by: self.by() }));
    }

    /// The terminal has another version than the draft began with: what was sent is saved, and the draft begins with that.
    pub(super) fn follow_papers(&mut self) {
        let Some(kind) = self.form.papers.draft.as_ref().map(TemplateDraft::kind) else { return };
        if self.template_version(kind) != self.form.papers.version {
            self.begin_draft(kind);
        }
    }

    /// The terminal said no, or a second person is asked: the keys may be pressed again.
    pub(super) fn papers_answered(&mut self) {
        self.form.papers.sent = false;
    }

    /// One on paper, to hold in the hand; it says that it is worth nothing.
    pub(in crate::view) fn print_paper_sample(&mut self) {
        let (Some(draft), Some(at)) = (&self.form.papers.draft, self.now()) else { return };
        let paper = Paper::Sample { kind: draft.kind(), text: draft.text(), at };
        self.send(Input::Paper(PaperInput::Print { paper }));
    }

    pub(in crate::view) fn prints_sample(&self) -> bool {
        self.is_printing(|paper| matches!(paper, Paper::Sample { .. }))
    }

    pub(in crate::view) fn show_logos(&mut self) {
        self.form.papers.step = PaperStep::Logo;
        self.send(Input::Template(TemplateInput::FindLogos));
    }

    pub(in crate::view) fn choose_logo(&mut self, file: &str) {
        let file = Some(file.to_owned());
        self.send_with_right(Input::Template(TemplateInput::ChooseLogo { file, by: self.by() }));
    }

    pub(in crate::view) fn no_logo(&mut self) {
        self.send_with_right(Input::Template(TemplateInput::ChooseLogo { file: None, by: self.by() }));
    }

    /// One step back; what was not saved is gone only when its paper is left.
    pub(in crate::view) fn papers_back(&mut self) {
        match self.form.papers.step {
            PaperStep::Words | PaperStep::Parts | PaperStep::Logo => {
                self.form.papers.step = PaperStep::Lines;
                self.look_at_draft();
            }
            PaperStep::Lines => {
                self.form.papers.draft = None;
                self.form.papers.step = PaperStep::Kinds;
            }
            PaperStep::Kinds => self.go(Page::Devices),
        }
    }
}

/// The kind of the screen's.
const fn kind_of(kind: PaperKind) -> TemplateKind {
    match kind {
        PaperKind::Receipt => TemplateKind::Receipt,
        PaperKind::Slip => TemplateKind::Slip,
        PaperKind::Ticket => TemplateKind::Ticket,
        PaperKind::Invoice => TemplateKind::Invoice,
        PaperKind::Intake => TemplateKind::Intake,
        PaperKind::WorkOrder => TemplateKind::WorkOrder,
        PaperKind::Estimate => TemplateKind::Estimate,
        PaperKind::HandOver => TemplateKind::HandOver,
        PaperKind::VehicleReturn => TemplateKind::VehicleReturn,
        PaperKind::Deposit => TemplateKind::Deposit,
    }
}

/// The screen's kind.
pub(in crate::view) const fn shown_kind(kind: TemplateKind) -> PaperKind {
    match kind {
        TemplateKind::Receipt => PaperKind::Receipt,
        TemplateKind::Slip => PaperKind::Slip,
        TemplateKind::Ticket => PaperKind::Ticket,
        TemplateKind::Invoice => PaperKind::Invoice,
        TemplateKind::Intake => PaperKind::Intake,
        TemplateKind::WorkOrder => PaperKind::WorkOrder,
        TemplateKind::Estimate => PaperKind::Estimate,
        TemplateKind::HandOver => PaperKind::HandOver,
        TemplateKind::VehicleReturn => PaperKind::VehicleReturn,
        TemplateKind::Deposit => PaperKind::Deposit,
    }
}
