//! Plates on a list, and what is decided at the lane when one comes.

use super::Controller;
use crate::app::input::{By, Input, ListedInput};
use crate::domain::listed::ListKind;
use crate::domain::plate::{Plate, PlateEntry};
use crate::view::form::LaneForm;
use crate::view::generated::{self, ListField, Page};

/// The longest reason that is typed, and the most characters of a plate.
const REASON_MAX: usize = 60;
const PLATE_MAX: usize = 20;

/// A plate that is being put on a list.
#[derive(Debug, Clone, Default)]
pub(in crate::view) struct ListedForm {
    pub(in crate::view) plate: String,
    pub(in crate::view) reason: String,
    pub(in crate::view) kind: generated::ListKind,
    pub(in crate::view) field: ListField,
}

impl ListedForm {
    /// Nothing is missing.
    pub(in crate::view) fn is_complete(&self) -> bool {
        !self.reason.trim().is_empty() && Plate::parse(&PlateEntry::Greek, &self.plate).is_ok()
    }
}

impl Controller {
    pub(in crate::view) fn open_listed(&mut self) {
        let plate = self.form.lane.plate().map(|plate| plate.text).unwrap_or_default();
        self.form.listed = ListedForm { plate, ..ListedForm::default() };
        self.go(Page::Listed);
    }

    pub(in crate::view) fn back_from_listed(&mut self) {
        self.go(Page::Subscribers);
    }

    pub(in crate::view) fn choose_list_field(&mut self, field: ListField) {
        self.form.listed.field = field;
    }

    pub(in crate::view) fn choose_list_kind(&mut self, kind: generated::ListKind) {
        self.form.listed.kind = kind;
    }

    pub(in crate::view) fn choose_list_reason(&mut self, reason: &str) {
        self.form.listed.reason = reason.to_owned();
    }

    pub(in crate::view) fn listed_key(&mut self, key: &str) {
        let form = &mut self.form.listed;
        let (typed, most) = match form.field {
            ListField::Plate => (&mut form.plate, PLATE_MAX),
            ListField::Reason => (&mut form.reason, REASON_MAX),
        };
        let room = most.saturating_sub(typed.chars().count());
        typed.extend(key.chars().take(room));
    }

    fn listed_typed(&mut self) -> &mut String {
        match self.form.listed.field {
            ListField::Plate => &mut self.form.listed.plate,
            ListField::Reason => &mut self.form.listed.reason,
        }
    }

    pub(in crate::view) fn listed_erase(&mut self) {
        self.listed_typed().pop();
    }

    pub(in crate::view) fn listed_clear(&mut self) {
        self.listed_typed().clear();
    }

    pub(in crate::view) fn put_on_list(&mut self) {
        if !self.form.listed.is_complete() {
            return;
        }
        let kind = match self.form.listed.kind {
            generated::ListKind::Warning => ListKind::Warning,
            generated::ListKind::Stopped => ListKind::Stopped,
            generated::ListKind::Exempt => ListKind::Exempt,
        };
        let (plate, reason, entry) =
            (self.form.listed.plate.clone(), self.form.listed.reason.clone(), PlateEntry::Greek);
        let by = self.by();
        self.send_with_right(Input::Listed(ListedInput::Put { plate, entry, kind, reason, by }));
    }

    pub(in crate::view) fn take_off_list(&mut self, plate: &str) {
        let known = self.state().and_then(|state| {
            let shown = |one: &&crate::domain::listed::Listed| one.plate.display() == plate;
            state.listed.values().find(shown).map(|one| one.plate.clone())
        });
        let Some(known) = known else { return };
        let (plate, entry, by) = (known.text.clone(), known.entry(), self.by());
        self.send_with_right(Input::Listed(ListedInput::Take { plate, entry, by }));
    }

    /// What was put there has become a fact: the form is empty for the next one.
    pub(super) fn follow_listed(&mut self) {
        let form = &self.form.listed;
        let Ok(plate) = Plate::parse(&PlateEntry::Greek, &form.plate) else { return };
        let there = self.state().and_then(|state| state.listed.get(&plate.key()));
        if there.is_some_and(|one| one.reason.as_str() == form.reason.trim()) {
            self.form.listed = ListedForm { kind: form.kind, ..ListedForm::default() };
        }
    }

    /// The plate in the pad is on a list that asks: which, for the lane's hints.
    pub(in crate::view) fn listed_here(&self) -> Option<&crate::domain::listed::Listed> {
        let plate = self.form.lane.plate().ok()?;
        self.state()?.listed.get(&plate.key()).filter(|one| one.kind.asks())
    }

    /// Somebody has read why, and lets it in.
    pub(super) fn let_in(&mut self) {
        self.form.lane.let_in = Some(By { operator: self.operator(), approved_by: None });
        self.open_visit();
    }

    /// It is sent away: the next car may come.
    pub(super) fn turn_away(&mut self) {
        let (plate, entry, operator) =
            (self.form.lane.typed.clone(), self.form.lane.entry(), self.operator());
        self.send(Input::Listed(ListedInput::TurnAway { plate, entry, operator }));
        self.form.lane = LaneForm::default();
    }
}
