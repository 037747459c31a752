//! The blind count of a shift, and why it differs.

use super::Controller;
use crate::app::input::{Input, TillInput};
use crate::domain::ids::ShiftId;
use crate::domain::money::Cents;
use crate::domain::shift::Shift;
use crate::view::generated::Page;
use crate::view::till::CountForm;

impl Controller {
    /// The page of a shift's count: of the open one without an id.
    pub(in crate::view) fn open_count(&mut self, shift: &str) {
        let open = self.state().and_then(|state| state.shift.as_ref()).map(|shift| shift.id);
        let wanted = if shift.is_empty() { open } else { shift.parse::<ShiftId>().ok() };
        self.form.till.count = CountForm::of(wanted);
        self.go(Page::Count);
    }

    /// The shift of the count's page: open, waiting, or counted and in no day close yet.
    pub(in crate::view) fn counted_shift(&self) -> Option<&Shift> {
        let (id, state) = (self.form.till.count.shift?, self.state()?);
        let open = state.shift.as_ref().filter(|shift| shift.id == id);
        open.or_else(|| state.counting.get(&id)).or_else(|| state.done.get(&id))
    }

    pub(in crate::view) fn count_piece(&mut self, cents: i32) {
        self.form.till.fault = None;
        self.form.till.count.add(Cents(cents.into()));
    }

    pub(in crate::view) fn count_key(&mut self, key: &str) {
        key.chars().filter_map(|key| key.to_digit(10)).for_each(|digit| self.form.till.count.digit(digit));
    }

    pub(in crate::view) fn count_erase(&mut self) {
        self.form.till.count.erase();
    }

    pub(in crate::view) fn count_clear(&mut self) {
        self.form.till.count.clear();
    }

    /// The count is sent, once. Who answers for the drawer has counted it, unless the shift is still open.
    pub(in crate::view) fn close_shift(&mut self) {
        let open = self.state().and_then(|state| state.shift.as_ref()).map(|shift| shift.id);
        let Some(shift) = self.counted_shift().filter(|shift| shift.closed.is_none()) else { return };
        let (id, holder) = (shift.id, shift.operator.clone());
        let operator = if open == Some(id) { self.operator() } else { holder };
        let count = &mut self.form.till.count;
        if count.active.is_none() || std::mem::replace(&mut count.sent, true) {
            return;
        }
        let (counted, pieces) = (count.sum(), count.pieces());
        self.send(Input::Till(TillInput::CloseShift { shift: Some(id), counted, pieces, operator }));
    }

    pub(in crate::view) fn explain(&mut self, reason: &str) {
        let Some(shift) = self.counted_shift().map(|shift| shift.id) else { return };
        self.form.till.fault = None;
        self.send_with_right(Input::Till(TillInput::ExplainVariance {
            shift,
            reason: reason.to_owned(),
            by: self.by(),
        }));
    }

    /// A shift that went into a day close is not counted any more.
    pub(super) fn follow_count(&mut self) {
        if self.form.page == Page::Count && self.counted_shift().is_none() {
            self.go(Page::Shift);
        }
    }
}
