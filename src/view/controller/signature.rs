//! Signatures on the glass.

use super::Controller;
use crate::app::input::{Input, SignatureInput};
use crate::domain::signature::Matter;
use crate::domain::visit::Visit;
use crate::view::generated::{App, Page, SignStep, Signature};
use crate::view::signature::SignatureForm;
use slint::ComponentHandle;

/// What of a visit is signed next: a rental's return once it is back, before that its hand-over.
pub(in crate::view) fn matter_of(visit: &Visit) -> Option<Matter> {
    let rental = visit.rental.as_ref()?;
    Some(if rental.returned.is_some() { Matter::Return } else { Matter::HandOver })
}

impl Controller {
    /// What is agreed with a rental's driver.
    pub(in crate::view) fn open_signature(&mut self) {
        let Some(visit) = self.visit() else { return };
        let Some(matter) = matter_of(visit) else { return };
        let driver = visit.rental.as_ref().map(|rental| rental.hand_over.driver.name.as_str().to_owned());
        self.form.signature = SignatureForm::of(matter, driver.unwrap_or_default(), Page::Visit);
        self.go(Page::Signature);
    }

    /// The last version of a garage's estimate.
    pub(super) fn open_estimate_signature(&mut self) {
        let last = self.visit().and_then(|visit| visit.work.as_ref()?.estimates.last());
        let Some(version) = last.map(|last| last.version) else { return };
        let name = self.form.work.approver.clone();
        self.form.signature = SignatureForm::of(Matter::Estimate { version }, name, Page::Work);
        self.go(Page::Signature);
    }

    pub(in crate::view) fn sign_back(&mut self) {
        self.go(self.form.signature.from);
    }

    pub(in crate::view) fn sign_step(&mut self, step: SignStep) {
        self.form.signature.step = step;
        self.form.signature.fault = None;
    }

    pub(in crate::view) fn sign_down(&mut self, x: f32, y: f32) {
        self.form.signature.down(x, y);
        self.show_drawn();
    }

    pub(in crate::view) fn sign_moved(&mut self, x: f32, y: f32) {
        self.form.signature.moved(x, y);
        self.show_drawn();
    }

    /// Only the picture, while the finger is on the glass: everything else stands still.
    fn show_drawn(&self) {
        if let Some(app) = self.app.upgrade() {
            app.global::<Signature>().set_drawn(self.form.signature.picture());
            app.global::<Signature>().set_some(!self.form.signature.is_empty());
        }
    }

    pub(in crate::view) fn sign_up(&mut self) {
        self.form.signature.up();
    }

    pub(in crate::view) fn sign_undo(&mut self) {
        self.form.signature.undo();
    }

    pub(in crate::view) fn sign_clear(&mut self) {
        self.form.signature.clear();
    }

    pub(in crate::view) fn sign_key(&mut self, key: &str) {
        if self.form.signature.step == SignStep::Name {
            self.form.signature.key(key);
        }
    }

    pub(in crate::view) fn sign_erase(&mut self) {
        self.form.signature.name.pop();
    }

    pub(in crate::view) fn sign_clear_name(&mut self) {
        self.form.signature.name.clear();
    }

    pub(in crate::view) fn sign_now(&mut self) {
        let Some(visit) = self.form.visit.id else { return };
        let (form, operator) = (&self.form.signature, self.operator());
        let (matter, name, strokes) = (form.matter, form.name.clone(), form.strokes());
        self.answer_signature(Input::Signature(SignatureInput::Sign {
            visit,
            matter,
            name,
            strokes,
            operator,
        }));
    }

    pub(in crate::view) fn sign_decline(&mut self, reason: &str) {
        let Some(visit) = self.form.visit.id else { return };
        let (matter, operator) = (self.form.signature.matter, self.operator());
        let reason = reason.to_owned();
        self.answer_signature(Input::Signature(SignatureInput::Decline { visit, matter, reason, operator }));
    }

    /// A finger that lands twice meant it once.
    fn answer_signature(&mut self, input: Input) {
        let before = self.visit().map_or(0, |visit| visit.signings.len());
        if self.form.signature.sent.replace(before).is_none() {
            self.form.signature.fault = None;
            self.send(input);
        }
    }

    /// The world moved: what was signed is a fact, and the page it was asked on comes up.
    pub(super) fn follow_signature(&mut self) {
        let done = self.visit().is_some_and(|visit| self.form.signature.is_done(visit));
        if !done {
            return;
        }
        let from = self.form.signature.from;
        self.form.signature = SignatureForm::default();
        if self.form.page == Page::Signature {
            if from == Page::Work {
                self.work_step(crate::view::generated::WorkStep::Overview);
            }
            self.go(from);
        }
    }

    pub(super) fn signature_refused(&mut self, sentence: String) {
        self.form.signature.sent = None;
        self.form.signature.step = SignStep::Draw;
        self.form.signature.fault = Some(sentence);
    }
}

/// So that the field is blank before anybody has drawn in it.
pub(in crate::view) fn show_field(controller: &Controller, app: &App) {
    let page = app.global::<Signature>();
    page.set_drawn(controller.form.signature.picture());
    page.set_some(!controller.form.signature.is_empty());
}
