//! PINs: of a second person, of whoever sets one, of whoever opens a locked till. The PIN goes to the desk, and what comes back
//! is only whether it was right.

use super::Controller;
use crate::app::input::{Input, PersonInput};
use crate::app::refusal::Refusal;
use crate::domain::operator::{OperatorId, Role};
use crate::view::generated::{PinStep, Sheet, Shell};
use crate::view::pin::{NewPin, PinForm};
use slint::ComponentHandle;

/// Where the PIN that is being typed belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Lock,
    StepUp,
    New,
    Nowhere,
}

impl Controller {
    pub(in crate::view) fn pin_key(&mut self, key: &str) {
        let pin = &mut self.form.pin;
        if !pin.checking {
            pin.fault = None;
            pin.typed.add(key);
        }
    }

    pub(in crate::view) fn pin_erase(&mut self) {
        self.form.pin.typed.erase();
    }

    pub(in crate::view) fn pin_clear(&mut self) {
        self.form.pin.typed.hand_over();
        self.form.pin.fault = None;
    }

    /// A PIN is asked for: what a keyboard types is that, and nothing under it.
    pub(super) fn wants_pin(&self) -> bool {
        match self.place() {
            Place::Lock => true,
            Place::StepUp => self.settings.pins,
            Place::New => self.form.pin.new.step != PinStep::Whose,
            Place::Nowhere => false,
        }
    }

    /// Digits and corrections of a real keyboard.
    pub(super) fn pin_typed(&mut self, text: &str) {
        for key in text.chars() {
            match key {
                '\u{8}' | '\u{7f}' => self.pin_erase(),
                '\u{1b}' => self.pin_clear(),
                key => self.pin_key(&key.to_string()),
            }
        }
    }

    /// Nothing of what was typed is kept.
    pub(super) fn forget_pin(&mut self) {
        self.form.pin = PinForm::default();
    }

    // ------------------------------------------------------------ checking one

    /// Hands the typed PIN over to be checked as this person's.
    pub(super) fn check_pin(&mut self, person: OperatorId) {
        if self.form.pin.checking || !self.form.pin.typed.is_whole() {
            return;
        }
        let kept = self.state().and_then(|state| state.pins.get(&person)).map(|pin| pin.hash.clone());
        let typed = self.form.pin.typed.hand_over();
        match (kept, &self.desk) {
            (Some(kept), Some(desk)) => {
                self.form.pin.checking = true;
                desk.check_pin(person, typed, kept);
            }
            _ => self.form.pin.fault = Some(self.has_no_pin(person)),
        }
    }

    /// That somebody has no PIN, as a sentence.
    pub(super) fn has_no_pin(&self, operator: OperatorId) -> String {
        Refusal::NoPin { operator }.sentence(self.form.language)
    }

    /// Somebody has shown to be there.
    pub(super) fn pin_right(&mut self, operator: &OperatorId) {
        self.form.pin.checking = false;
        match self.place() {
            Place::StepUp => self.stepped_in(operator),
            Place::New if self.form.pin.new.by.as_ref() == Some(operator) => {
                self.form.pin.new.step = PinStep::Fresh;
            }
            Place::Lock => self.forget_pin(),
            Place::New | Place::Nowhere => {}
        }
    }

    /// Whether a refusal is about the PIN that was just typed: it is said there.
    pub(super) fn pin_refused(&mut self, refusal: &Refusal) -> bool {
        let of_pins = matches!(
            refusal,
            Refusal::PinWrong
                | Refusal::PinLocked { .. }
                | Refusal::NoPin { .. }
                | Refusal::PinFailed { .. }
                | Refusal::PinByOwner
        );
        if !of_pins || self.place() == Place::Nowhere {
            return false;
        }
        if *refusal == Refusal::PinByOwner {
            // It took too long: whoever stands by it types the PIN once more.
            self.form.pin.new = NewPin::default();
        }
        self.form.pin.checking = false;
        self.form.pin.typed.hand_over();
        self.form.pin.fault = Some(refusal.sentence(self.form.language));
        true
    }

    fn place(&self) -> Place {
        if self.is_locked() {
            Place::Lock
        } else if self.form.step_up.is_some() {
            Place::StepUp
        } else if self.sheet() == Sheet::Pin {
            Place::New
        } else {
            Place::Nowhere
        }
    }

    // ------------------------------------------------------------ setting one

    pub(in crate::view) fn open_pin(&mut self) {
        self.forget_pin();
        if let Some(app) = self.app.upgrade() {
            app.global::<Shell>().set_sheet(Sheet::Pin);
        }
    }

    /// Whose it is. The first PIN of a terminal is an owner's and needs nobody; all others are vouched for, since without an
    /// old one a name is only a name.
    pub(in crate::view) fn choose_pin_of(&mut self, person: &str) {
        let person = OperatorId(person.to_owned());
        let nobody_has = self.state().is_none_or(|state| state.pins.is_empty());
        let first = nobody_has && self.settings.role(&person) == Role::Owner;
        self.form.pin.fault = None;
        self.form.pin.new = NewPin { whose: Some(person.clone()), ..NewPin::default() };
        let by = if first { Some(person) } else { self.provers().into_iter().next() };
        match by {
            Some(by) => {
                self.form.pin.new.step = if first { PinStep::Fresh } else { PinStep::Prove };
                self.form.pin.new.by = Some(by);
            }
            // No owner has one yet: that comes first.
            None => {
                self.form.pin.new = NewPin::default();
                self.form.pin.fault = Some(Refusal::PinByOwner.sentence(self.form.language));
            }
        }
    }

    pub(in crate::view) fn choose_prover(&mut self, person: &str) {
        self.form.pin.new.by = Some(OperatorId(person.to_owned()));
        self.pin_clear();
    }

    /// Who may stand by the new PIN of somebody: that person with the old one, or an owner who has one.
    pub(in crate::view) fn provers(&self) -> Vec<OperatorId> {
        let (Some(whose), Some(state)) = (&self.form.pin.new.whose, self.state()) else { return Vec::new() };
        let owner = |person: &OperatorId| self.settings.role(person) == Role::Owner;
        let others = self.settings.operators.iter().map(|one| &one.id);
        let others = others.filter(|id| *id != whose && owner(id) && state.pins.contains_key(id));
        let own = Some(whose).filter(|whose| state.pins.contains_key(*whose));
        own.into_iter().chain(others).cloned().collect()
    }

    pub(in crate::view) fn pin_next(&mut self) {
        let pin = &mut self.form.pin;
        if pin.checking || !pin.typed.is_whole() {
            return;
        }
        match pin.new.step {
            PinStep::Whose => {}
            PinStep::Prove => {
                if let Some(by) = pin.new.by.clone() {
                    self.check_pin(by);
                }
            }
            PinStep::Fresh => {
                pin.new.first = std::mem::take(&mut pin.typed);
                pin.new.step = PinStep::Again;
            }
            PinStep::Again if pin.typed == pin.new.first => self.set_pin(),
            PinStep::Again => {
                pin.typed.hand_over();
                pin.new.first.hand_over();
                pin.new.step = PinStep::Fresh;
                self.form.pin.fault = Some(self.pins_differ());
            }
        }
    }

    fn set_pin(&mut self) {
        let pin = &mut self.form.pin;
        let (Some(whose), Some(by), Some(desk)) = (pin.new.whose.clone(), pin.new.by.clone(), &self.desk)
        else {
            return;
        };
        pin.checking = true;
        pin.new.first.hand_over();
        desk.set_pin(whose, pin.typed.hand_over(), by);
    }

    fn pins_differ(&self) -> String {
        self.in_language("Τα δύο PIN διαφέρουν: γράψε το ξανά.", "The two PINs differ: type it again.")
    }

    pub(super) fn pin_was_set(&mut self, operator: &OperatorId) {
        self.forget_pin();
        if self.sheet() == Sheet::Pin {
            self.close_sheet();
        }
        let name = self.settings.operator(operator).map_or(operator.0.as_str(), |one| one.name.as_str());
        let (el, en) = (format!("Νέο PIN: {name}."), format!("New PIN: {name}."));
        self.say_in(el, en);
    }

    // ------------------------------------------------------------ the locked till

    pub(in crate::view) fn is_locked(&self) -> bool {
        self.state().is_some_and(|state| state.live.locked)
    }

    /// Nobody has touched the till for a while. What was half typed in the way of PINs is gone.
    pub(in crate::view) fn lock_till(&mut self) {
        if self.settings.pins && !self.is_locked() {
            self.forget_pin();
            self.send(Input::Person(PersonInput::LockTill));
        }
    }

    /// Who may open it: who is at the till, or who may step in, and has a PIN.
    pub(in crate::view) fn openers(&self) -> Vec<OperatorId> {
        let Some(state) = self.state() else { return Vec::new() };
        let at_the_till = state.shift.as_ref().map(|shift| shift.at_the_till());
        let people = self.settings.operators.iter();
        let may = people.filter(|one| Some(&one.id) == at_the_till || one.role >= Role::Chief);
        may.map(|one| one.id.clone()).filter(|id| state.pins.contains_key(id)).collect()
    }

    /// Who is about to: chosen, or who is at the till.
    pub(in crate::view) fn opener(&self) -> Option<OperatorId> {
        let shift = self.state().and_then(|state| state.shift.as_ref());
        self.form.pin.opener.clone().or_else(|| shift.map(|shift| shift.at_the_till().clone()))
    }

    pub(in crate::view) fn choose_opener(&mut self, person: &str) {
        self.pin_clear();
        self.form.pin.opener = Some(OperatorId(person.to_owned()));
    }

    pub(in crate::view) fn unlock(&mut self) {
        if let Some(opener) = self.opener() {
            self.check_pin(opener);
        }
    }
}
