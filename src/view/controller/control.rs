//! The control page: who may look, and at which day.

use super::Controller;
use crate::app::input::{Input, TillInput};
use crate::domain::day::Day;
use crate::view::generated::Page;
use crate::view::till::ControlForm;

impl Controller {
    /// Somebody wants to look: the loop says whether that person may.
    pub(in crate::view) fn want_control(&mut self) {
        self.send_with_right(Input::Till(TillInput::LookAtControl { by: self.by() }));
    }

    /// Somebody who may does.
    pub(super) fn show_control(&mut self) {
        self.form.till.control = ControlForm::default();
        self.go(Page::Control);
    }

    pub(in crate::view) fn back_from_control(&mut self) {
        self.go(Page::Day);
    }

    pub(in crate::view) fn older_control(&mut self) {
        let most = self.form.till.day.rows.len();
        let back = &mut self.form.till.control.back;
        *back = (*back + 1).min(most);
    }

    pub(in crate::view) fn newer_control(&mut self) {
        let back = &mut self.form.till.control.back;
        *back = back.saturating_sub(1);
    }

    /// The day that is looked at, with the number of its close; 0 is the one that is not closed yet.
    pub(in crate::view) fn control_day(&self) -> Option<(u64, &Day)> {
        match self.form.till.control.back.checked_sub(1) {
            None => Some((0, &self.state()?.day)),
            Some(at) => self.form.till.day.rows.get(at).map(|close| (close.number, &close.day)),
        }
    }
}
