//! The drawer: cash without a sale, the report, the quick close, the relief.

use super::Controller;
use crate::app::input::{Input, PaperInput, TillInput};
use crate::domain::operator::OperatorId;
use crate::domain::paper::Paper;
use crate::domain::shift::MovementKind;
use crate::view::generated::{MoveKind, Page};
use crate::view::till::{MoveForm, REASON_MAX};
use crate::view::words;

impl Controller {
    pub(in crate::view) fn open_movement(&mut self) {
        self.form.till.movement = MoveForm::default();
        self.go(Page::Movement);
    }

    pub(in crate::view) fn back_to_shift(&mut self) {
        self.go(Page::Shift);
    }

    /// One at a time: the report on its way is the one.
    pub(in crate::view) fn print_report(&mut self) {
        let Some((shift, at)) =
            self.state().and_then(|state| state.shift.as_ref()).map(|one| one.id).zip(self.now())
        else {
            return;
        };
        if !self.is_printing(|paper| matches!(paper, Paper::ShiftReport { .. })) {
            self.send(Input::Paper(PaperInput::Print { paper: Paper::ShiftReport { shift, at } }));
        }
    }

    pub(super) fn is_printing(&self, which: impl Fn(&Paper) -> bool) -> bool {
        self.state().is_some_and(|state| state.papers.values().any(|job| which(&job.paper)))
    }

    pub(in crate::view) fn seal_shift(&mut self) {
        if self.state().is_some_and(|state| state.shift.is_some()) {
            self.form.shift.person = None;
            self.send(Input::Till(TillInput::SealShift));
        }
    }

    pub(in crate::view) fn relieve(&mut self, person: &str) {
        self.send(Input::Till(TillInput::RelieveCashier { operator: OperatorId(person.to_owned()) }));
    }

    // ------------------------------------------------------------ cash without a sale

    pub(in crate::view) fn choose_movement(&mut self, kind: MoveKind) {
        self.form.till.fault = None;
        let typed = std::mem::take(&mut self.form.till.movement.typed);
        self.form.till.movement = MoveForm { kind: movement_kind(kind), typed, ..MoveForm::default() };
    }

    pub(in crate::view) fn choose_move_reason(&mut self, reason: &str) {
        reason.clone_into(&mut self.form.till.movement.reason);
    }

    pub(in crate::view) fn move_reason_key(&mut self, key: &str) {
        let reason = &mut self.form.till.movement.reason;
        if reason.chars().count() < REASON_MAX {
            reason.push_str(key);
        }
    }

    pub(in crate::view) fn move_reason_erase(&mut self) {
        self.form.till.movement.reason.pop();
    }

    pub(in crate::view) fn move_reason_clear(&mut self) {
        self.form.till.movement.reason.clear();
    }

    pub(in crate::view) fn move_key(&mut self, key: &str) {
        self.form.till.fault = None;
        words::add_digits(&mut self.form.till.movement.typed, key, words::AMOUNT_DIGITS_MAX);
    }

    pub(in crate::view) fn move_erase(&mut self) {
        self.form.till.movement.typed.pop();
    }

    pub(in crate::view) fn move_clear(&mut self) {
        self.form.till.movement.typed.clear();
    }

    pub(in crate::view) fn move_now(&mut self) {
        let Some(before) = self.movements() else { return };
        let movement = &mut self.form.till.movement;
        let Some(amount) = words::typed_cents(&movement.typed).filter(|_| movement.sent.is_none()) else {
            return;
        };
        movement.sent = Some(before);
        let (kind, reason) = (movement.kind, movement.reason.clone());
        self.form.till.fault = None;
        self.send_with_right(Input::Till(TillInput::MoveCash { kind, amount, reason, by: self.by() }));
    }

    /// The movement is a fact: its slip is being printed, and the drawer is open.
    pub(super) fn follow_movement(&mut self) {
        let Some(before) = self.form.till.movement.sent else { return };
        if self.movements().is_some_and(|now| now > before) {
            self.form.till.movement = MoveForm::default();
            if self.form.page == Page::Movement {
                self.go(Page::Shift);
            }
        }
    }

    /// Something about the till was refused: said on its page, and it can be sent again.
    pub(super) fn till_refused(&mut self, sentence: String) {
        self.till_again();
        self.form.till.fault = Some(sentence);
    }

    /// Nothing is on its way any more.
    pub(super) const fn till_again(&mut self) {
        self.form.deposit.sent = false;
        let till = &mut self.form.till;
        till.movement.sent = None;
        till.count.sent = false;
        till.day.sent = false;
    }

    fn movements(&self) -> Option<usize> {
        Some(self.state()?.shift.as_ref()?.movements.len())
    }
}

const fn movement_kind(kind: MoveKind) -> MovementKind {
    match kind {
        MoveKind::PaidOut => MovementKind::PaidOut,
        MoveKind::SafeDrop => MovementKind::SafeDrop,
        MoveKind::PaidIn => MovementKind::PaidIn,
        MoveKind::FloatIn => MovementKind::FloatIn,
        MoveKind::Tips => MovementKind::TipPayout,
    }
}
