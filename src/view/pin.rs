//! A PIN while it is typed. It leaves for the check and is in nothing that is written, shown or kept.

use super::generated::PinStep;
use crate::domain::operator::OperatorId;
use crate::domain::pin::PIN_DIGITS;
use std::fmt;

/// Digits nobody sees, also not in a log.
#[derive(Default, PartialEq, Eq)]
pub(super) struct TypedPin(String);

impl fmt::Debug for TypedPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl TypedPin {
    pub(super) fn add(&mut self, key: &str) {
        let room = PIN_DIGITS.end().saturating_sub(self.0.len());
        self.0.extend(key.chars().filter(char::is_ascii_digit).take(room));
    }

    pub(super) fn erase(&mut self) {
        self.0.pop();
    }

    pub(super) const fn count(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_whole(&self) -> bool {
        PIN_DIGITS.contains(&self.0.len())
    }

    /// It goes where it is checked or hashed, and is not here any more.
    pub(super) fn hand_over(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

/// The one PIN that is being typed, wherever it is asked for.
#[derive(Debug, Default)]
pub(super) struct PinForm {
    pub(super) typed: TypedPin,
    /// What is wrong, as a sentence.
    pub(super) fault: Option<String>,
    /// It was handed over, and the answer has not come.
    pub(super) checking: bool,
    /// Who opens the locked till, once another than the one at the till was chosen.
    pub(super) opener: Option<OperatorId>,
    pub(super) new: NewPin,
}

/// A PIN that is being set.
#[derive(Debug)]
pub(super) struct NewPin {
    pub(super) step: PinStep,
    pub(super) whose: Option<OperatorId>,
    /// Who stands by it.
    pub(super) by: Option<OperatorId>,
    /// As it was typed first.
    pub(super) first: TypedPin,
}

impl Default for NewPin {
    fn default() -> Self {
        Self { step: PinStep::Whose, whose: None, by: None, first: TypedPin::default() }
    }
}
