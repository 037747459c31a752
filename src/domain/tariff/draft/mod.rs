//! A version of a tariff while it is worked on: which part is chosen, what is typed into it, and what a touch does. Pure: nothing
//! of it holds before it is put into force.
//!
//! | file | what it holds |
//! |---|---|
//! | [`part`] | the parts of a version that can be changed, and their values |
//! | [`typing`] | digits as they become minutes, prices and times of day |
//! | [`order`] | parts that come, go and change places |
//! | [`fault`] | what cannot stand in a tariff's file |

pub mod fault;
pub mod order;
pub mod part;
pub mod typing;

use super::rules::{Rules, Tariff, VehicleClass, Version};
use super::timetable::Timetable;
use part::{Choice, Field, Part, Value};
use typing::{Typed, Unit};

/// Steps that can be undone.
const UNDO_MAX: usize = 100;

/// A version while it is worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TariffDraft {
    /// The tariff it is to be a version of, with the version it began as alone.
    began: Tariff,
    version: Version,
    class: Option<VehicleClass>,
    chosen: Part,
    field: Option<Field>,
    typed: Typed,
    /// What was before each step, the last one last.
    past: Vec<Version>,
    /// The value the last step changed: digits of one number are one step.
    touched: Option<(Option<VehicleClass>, Part, Field)>,
}

impl TariffDraft {
    /// Begins with a version of a tariff.
    pub fn new(tariff: &Tariff, version: &Version) -> Self {
        let mut draft = Self {
            began: tariff.of_one(version),
            version: version.clone(),
            class: None,
            chosen: Part::Turnaround,
            field: None,
            typed: Typed::default(),
            past: Vec::new(),
            touched: None,
        };
        draft.choose(Part::Turnaround);
        draft
    }

    /// The version it began as.
    pub fn began(&self) -> &Version {
        self.began.versions.first().unwrap_or(&self.version)
    }

    /// The version as it stands.
    pub const fn version(&self) -> &Version {
        &self.version
    }

    /// The tariff with this version alone.
    pub fn tariff(&self) -> Tariff {
        self.began.of_one(&self.version)
    }

    /// The tariff with the version it began as alone.
    pub const fn tariff_before(&self) -> &Tariff {
        &self.began
    }

    /// Whether anything is otherwise than it began.
    pub fn is_changed(&self) -> bool {
        !self.version.is_like(self.began())
    }

    /// Whose rules are looked at; nothing: those for all.
    pub const fn class(&self) -> Option<VehicleClass> {
        self.class
    }

    /// Whether a class has rules of its own.
    pub fn is_apart(&self, class: VehicleClass) -> bool {
        self.version.classes.contains_key(&class)
    }

    /// Whether what is looked at can be changed: a class without rules of its own shows those for all.
    pub fn may_change(&self) -> bool {
        self.class.is_none_or(|class| self.is_apart(class))
    }

    /// The rules that are looked at.
    pub fn rules(&self) -> &Rules {
        self.class.map_or(&self.version.rules, |class| self.version.rules(class))
    }

    /// Looks at the rules of a class, or at those for all.
    pub fn choose_class(&mut self, class: Option<VehicleClass>) {
        self.class = class;
        self.touched = None;
        self.choose(Part::Turnaround);
    }

    /// Gives the class that is looked at rules of its own, to begin with those for all; or takes them away.
    pub fn set_apart(&mut self, apart: bool) {
        let Some(class) = self.class.filter(|class| self.is_apart(*class) != apart) else { return };
        self.step(None);
        if apart {
            self.version.classes.insert(class, self.version.rules.clone());
        } else {
            self.version.classes.remove(&class);
        }
        self.choose(Part::Turnaround);
    }

    /// The chosen part.
    pub const fn chosen(&self) -> Part {
        self.chosen
    }

    /// Its value that is typed; nothing where it has only choices.
    pub const fn field(&self) -> Option<Field> {
        self.field
    }

    /// The unit durations are typed in.
    pub const fn unit(&self) -> Unit {
        self.typed.unit
    }

    /// Chooses a part; its first value is the one that is typed.
    pub fn choose(&mut self, part: Part) {
        self.chosen = part;
        self.choose_field(part.fields().first().copied());
    }

    /// Chooses a value of the chosen part.
    pub fn choose_field(&mut self, field: Option<Field>) {
        self.field = field.filter(|field| self.chosen.fields().contains(field));
        self.touched = None;
        let value = self.field.and_then(|field| self.value(self.chosen, field));
        self.typed = Typed::at(value);
    }

    /// A digit, or two, of the value that is typed. What cannot be is not taken.
    pub fn key(&mut self, digits: &str) {
        let Some(field) = self.field.filter(|_| self.may_change()) else { return };
        if let Some((typed, value)) = self.typed.with(field, digits) {
            self.typed = typed;
            self.set(field, Some(value));
        }
    }

    /// Takes back one digit; the last one leaves nothing.
    pub fn erase(&mut self) {
        let Some(field) = self.field.filter(|_| self.may_change()) else { return };
        let (typed, value) = self.typed.less(field);
        self.typed = typed;
        self.set(field, value);
    }

    /// Takes the whole value back.
    pub fn clear(&mut self) {
        let Some(field) = self.field.filter(|_| self.may_change()) else { return };
        self.typed.digits.clear();
        self.set(field, None);
    }

    /// Durations are typed in another unit from now on, and what is typed already is meant in it.
    pub fn choose_unit(&mut self, unit: Unit) {
        self.typed.unit = unit;
        let Some(field) = self.field.filter(|field| field.is_length() && self.may_change()) else { return };
        if let Some(value) = self.typed.value(field) {
            self.set(field, Some(value));
        }
    }

    /// A day of the week, or holidays, of the chosen hours comes or goes.
    pub fn toggle_day(&mut self, place: usize) {
        if let Some(Value::Days(days)) = self.value(self.chosen, Field::Days).filter(|_| self.may_change()) {
            self.step(Some(Field::Days));
            self.write(Field::Days, Some(Value::Days(days.toggled(place))));
        }
    }

    /// One of several ways.
    pub fn decide(&mut self, choice: Choice) {
        if !self.may_change() {
            return;
        }
        self.step(None);
        let chosen = self.chosen;
        part::decide(self.rules_mut(), chosen, choice);
    }

    /// Whether a step can be undone.
    pub const fn may_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Undoes the last step.
    pub fn undo(&mut self) {
        let Some(version) = self.past.pop() else { return };
        self.version = version;
        self.touched = None;
        let chosen = if self.has(self.chosen) { self.chosen } else { Part::Turnaround };
        self.choose(chosen);
    }

    /// Every part that is looked at, in the order of the screen.
    pub fn parts(&self) -> Vec<Part> {
        part::parts(self.rules(), self.class.is_none())
    }

    /// A value of a part; nothing where there is none.
    pub fn value(&self, part: Part, field: Field) -> Option<Value> {
        part::value(&self.version, self.rules(), part, field)
    }

    /// The ways of the chosen part, with whether each is the one.
    pub fn choices(&self) -> Vec<(Choice, bool)> {
        part::choices(self.rules(), self.chosen)
    }

    fn has(&self, part: Part) -> bool {
        self.parts().contains(&part)
    }

    fn set(&mut self, field: Field, value: Option<Value>) {
        self.step(Some(field));
        self.write(field, value);
    }

    fn write(&mut self, field: Field, value: Option<Value>) {
        let chosen = self.chosen;
        match chosen {
            Part::ExitGrace => self.version.exit_grace = value.and_then(Value::minutes).unwrap_or(0),
            Part::LostTicket => self.version.lost_ticket = value.and_then(Value::price),
            _ => part::write(self.rules_mut(), chosen, field, value),
        }
        self.lay_out();
    }

    fn rules_mut(&mut self) -> &mut Rules {
        let Version { rules, classes, .. } = &mut self.version;
        self.class.and_then(|class| classes.get_mut(&class)).unwrap_or(rules)
    }

    /// The timetable follows from the windows.
    fn lay_out(&mut self) {
        let rules = self.rules_mut();
        rules.timetable = Timetable::new(&rules.windows);
    }

    /// Remembers how it was, unless this only goes on with what the last step began.
    fn step(&mut self, field: Option<Field>) {
        let touched = field.map(|field| (self.class, self.chosen, field));
        if touched.is_none() || touched != self.touched {
            self.past.push(self.version.clone());
            let over = self.past.len().saturating_sub(UNDO_MAX);
            self.past.drain(..over);
        }
        self.touched = touched;
    }
}
