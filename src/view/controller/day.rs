//! The day close, and the last ones.

use super::Controller;
use crate::app::engine::Query;
use crate::app::input::{Input, PaperInput, TillInput};
use crate::domain::day::DayClose;
use crate::domain::paper::Paper;
use crate::view::desk::Asked;
use crate::view::generated::{DayHindrance, Page, Sheet, Shell};
use crate::view::till::{DAYS_LISTED, DayForm, Z_MAX};
use slint::ComponentHandle;

impl Controller {
    pub(in crate::view) fn open_day(&mut self) {
        let rows = std::mem::take(&mut self.form.till.day.rows);
        self.form.till.day = DayForm { rows, ..DayForm::default() };
        self.go(Page::Day);
    }

    pub(super) fn read_days(&self) {
        self.ask(Query::DayCloses { most: DAYS_LISTED }, Asked::DayCloses);
    }

    pub(super) fn days_read(&mut self, rows: Vec<DayClose>) {
        self.form.till.day.rows = rows;
    }

    pub(in crate::view) fn z_key(&mut self, key: &str) {
        let z = &mut self.form.till.day.z;
        let room = Z_MAX.saturating_sub(z.len());
        z.extend(key.chars().filter(char::is_ascii_digit).take(room));
    }

    pub(in crate::view) fn z_erase(&mut self) {
        self.form.till.day.z.pop();
    }

    pub(in crate::view) fn z_clear(&mut self) {
        self.form.till.day.z.clear();
    }

    /// What stands in the way of a close, as the loop will say it.
    pub(in crate::view) fn hindrance(&self) -> DayHindrance {
        let Some(state) = self.state() else { return DayHindrance::Nothing };
        let limit = self.settings.variance_max;
        if state.shift.is_some() {
            DayHindrance::ShiftOpen
        } else if !state.counting.is_empty() {
            DayHindrance::Uncounted
        } else if state.done.values().any(|shift| shift.is_unexplained(limit)) {
            DayHindrance::Unexplained
        } else if state.done.is_empty() {
            DayHindrance::Nothing
        } else {
            DayHindrance::None
        }
    }

    pub(in crate::view) fn close_day(&mut self) {
        self.send_close(false);
    }

    fn send_close(&mut self, even_with_open: bool) {
        let day = &mut self.form.till.day;
        if std::mem::replace(&mut day.sent, true) {
            return;
        }
        let machine_z = Some(day.z.clone()).filter(|z| !z.is_empty());
        self.form.till.fault = None;
        let input = Input::Till(TillInput::CloseDay { machine_z, even_with_open, by: self.by() });
        self.form.till.day.wanted = Some(input.clone());
        self.send_with_right(input);
    }

    /// It went again with who stepped in.
    pub(super) fn remember_close(&mut self, input: &Input) {
        if matches!(input, Input::Till(TillInput::CloseDay { .. })) {
            self.form.till.day.wanted = Some(input.clone());
        }
    }

    /// Vehicles are inside: the person says whether to go on.
    pub(super) fn visits_open(&mut self) {
        self.form.till.day.sent = false;
        if let Some(app) = self.app.upgrade() {
            app.global::<Shell>().set_sheet(Sheet::DayOpen);
        }
    }

    /// The same close, with the same people, knowing of the vehicles.
    pub(in crate::view) fn close_day_anyway(&mut self) {
        let Some(Input::Till(TillInput::CloseDay { machine_z, by, .. })) = self.form.till.day.wanted.take()
        else {
            return;
        };
        self.form.till.day.sent = true;
        self.send_with_right(Input::Till(TillInput::CloseDay { machine_z, even_with_open: true, by }));
    }

    /// A day was closed.
    pub(super) fn day_closed(&mut self, number: u64) {
        let rows = std::mem::take(&mut self.form.till.day.rows);
        self.form.till.day = DayForm { closed: Some(number), rows, ..DayForm::default() };
        self.read_days();
    }

    /// Once more, as a copy; not while that one is still being printed.
    pub(in crate::view) fn print_day(&mut self, number: i32) {
        let Ok(number) = u64::try_from(number) else { return };
        if !self.is_printing(|paper| matches!(paper, Paper::DayClose { number: n, .. } if *n == number)) {
            self.send(Input::Paper(PaperInput::Print { paper: Paper::DayClose { number, copy: 0 } }));
        }
    }
}
