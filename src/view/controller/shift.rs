//! Shifts, and a second person's approval.

use super::Controller;
use crate::app::input::{By, Input};
use crate::domain::operator::OperatorId;
use crate::view::form::Said;
use crate::view::words;

impl Controller {
    pub(in crate::view) fn choose_person(&mut self, person: &str) {
        self.form.shift.person = Some(OperatorId(person.to_owned()));
    }

    pub(in crate::view) fn shift_key(&mut self, key: &str) {
        let typed = &mut self.form.shift.typed;
        // A drawer may be counted empty: a zero alone is an amount here.
        if typed == "0" {
            typed.clear();
        }
        if typed.is_empty() && key.starts_with('0') {
            typed.push('0');
        } else {
            words::add_digits(typed, key, words::AMOUNT_DIGITS_MAX);
        }
    }

    pub(in crate::view) fn shift_erase(&mut self) {
        self.form.shift.typed.pop();
    }

    pub(in crate::view) fn shift_clear(&mut self) {
        self.form.shift.typed.clear();
    }

    pub(in crate::view) fn open_shift(&mut self) {
        let (Some(float), Some(operator)) =
            (words::typed_cents(&self.form.shift.typed), self.form.shift.person.clone())
        else {
            return;
        };
        self.send(Input::OpenShift { float, operator });
        self.form.shift.typed.clear();
    }

    /// The count is sent, and the difference is kept to be said once the close is a fact.
    pub(in crate::view) fn close_shift(&mut self) {
        let Some(counted) = words::typed_cents(&self.form.shift.typed) else { return };
        let expected = self.state().and_then(|state| state.shift.as_ref()).map(|shift| shift.expected_cash());
        self.form.shift.counted = expected.map(|expected| counted - expected);
        let operator = self.operator();
        self.send(Input::CloseShift { shift: None, counted, pieces: Vec::new(), operator });
        self.form.shift.typed.clear();
    }

    /// The shift that was being counted is closed: what was counted is set against what was expected.
    pub(super) fn follow_shift(&mut self) {
        let open = self.state().is_some_and(|state| state.shift.is_some());
        if !open && let Some(difference) = self.form.shift.counted.take() {
            self.say(Said::ShiftCounted(difference));
        }
    }

    /// The day is to be closed and vehicles are inside.
    pub(super) fn visits_open(&mut self, open: u32) {
        self.say_in(
            format!("Μέσα είναι ακόμη {open} οχήματα: πάτα ξανά για να κλείσει η ημέρα με αυτά μέσα."),
            format!("{open} vehicles are still inside: press again to close the day with them inside."),
        );
    }

    /// A day was closed.
    pub(super) fn day_closed(&mut self, number: u64) {
        self.say_in(
            format!("Η ημέρα έκλεισε με αριθμό {number}."),
            format!("The day was closed: number {number}."),
        );
    }

    pub(in crate::view) fn choose_approver(&mut self, person: &str) {
        self.pin_clear();
        let person = OperatorId(person.to_owned());
        let has_pin = self.state().is_some_and(|state| state.pins.contains_key(&person));
        if self.settings.pins && !has_pin {
            self.form.pin.fault = Some(self.has_no_pin(person.clone()));
        }
        if let Some(step_up) = &mut self.form.step_up {
            step_up.chosen = Some(person);
        }
    }

    /// The second person stands by it, with a PIN where those are in use.
    pub(in crate::view) fn approve(&mut self) {
        let Some(person) = self.form.step_up.as_ref().and_then(|step_up| step_up.chosen.clone()) else {
            return;
        };
        if self.settings.pins { self.check_pin(person) } else { self.stepped_in(&person) }
    }

    /// The same input goes again, with both names.
    pub(super) fn stepped_in(&mut self, person: &OperatorId) {
        let Some(step_up) = self.form.step_up.take_if(|step_up| step_up.chosen.as_ref() == Some(person))
        else {
            return;
        };
        self.forget_pin();
        self.send(approved(step_up.input, person.clone()));
    }

    pub(in crate::view) fn refuse_step_up(&mut self) {
        self.forget_pin();
        self.form.step_up = None;
    }
}

/// The input with the person who stepped in.
fn approved(mut input: Input, person: OperatorId) -> Input {
    if let Some(by) = by_of(&mut input) {
        by.approved_by = Some(person);
    }
    input
}

const fn by_of(input: &mut Input) -> Option<&mut By> {
    match input {
        Input::GiveDiscount { by, .. }
        | Input::ChooseNoDocument { by, .. }
        | Input::CancelVisit { by, .. }
        | Input::CorrectPlate { by, .. }
        | Input::OpenDrawer { by }
        | Input::SettleCard { by, .. }
        | Input::PutAside { by, .. }
        | Input::SettleDifference { by, .. } => Some(by),
        _ => None,
    }
}
