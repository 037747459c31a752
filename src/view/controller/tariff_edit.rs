//! Changing the tariff. What is changed is a draft of the screen's own until it is put into force; the terminal says whether it may
//! be, and the checker looks at it on a thread of its own. A scan in the middle leaves the draft as it is.

use super::Controller;
use crate::app::engine::Query;
use crate::app::input::{Input, TariffInput};
use crate::app::tariff::{TariffLook, in_force, not_holding};
use crate::domain::tariff::VehicleClass;
use crate::domain::tariff::concern::Concern;
use crate::domain::tariff::draft::TariffDraft;
use crate::domain::tariff::draft::order::Several;
use crate::domain::tariff::draft::part::Choice;
use crate::domain::tariff::draft::typing::Unit;
use crate::domain::tariff::kept::{Begins, TariffAct, TariffText};
use crate::domain::tariff::rules::{AfterCap, CapDay, Outside, Tariff, UnitRule, Version};
use crate::domain::time::Stamp;
use crate::view::desk::Asked;
use crate::view::generated::{
    Page, TariffArrival, TariffBegins, TariffPartKind, TariffStep, TariffUnit, TariffWay, TariffWhose,
};
use jiff::ToSpan;
use jiff::civil::Date;
use std::sync::Arc;

/// Before the name of a version that only the file has: both may have one of that name.
pub(in crate::view) const OF_FILE: &str = "file-";

/// The page.
#[derive(Debug)]
pub(in crate::view) struct TariffEditForm {
    pub(in crate::view) step: TariffStep,
    pub(in crate::view) draft: Option<TariffDraft>,
    /// The version the draft began with.
    pub(in crate::view) began: String,
    /// The change it began with: the terminal refuses who has not seen a later one.
    seen: u32,
    pub(in crate::view) arrival: TariffArrival,
    pub(in crate::view) begins: TariffBegins,
    /// The day it is to begin on, where one is chosen.
    pub(in crate::view) day: Option<Date>,
    pub(in crate::view) accepted: bool,
    /// Something is on its way to the terminal.
    pub(in crate::view) sent: bool,
    /// What is to be said of the draft; nothing while it is looked at.
    pub(in crate::view) concerns: Option<Vec<Concern>>,
    /// The checker is looking; and the draft was changed since it began.
    looks: bool,
    changed_since: bool,
}

impl Default for TariffEditForm {
    fn default() -> Self {
        Self {
            step: TariffStep::Parts,
            draft: None,
            began: String::new(),
            seen: 0,
            arrival: TariffArrival::Now,
            begins: TariffBegins::Midnight,
            day: None,
            accepted: false,
            sent: false,
            concerns: None,
            looks: false,
            changed_since: false,
        }
    }
}

impl Controller {
    /// Goes on with a draft that was left in the middle, or begins with what holds.
    pub(in crate::view) fn open_tariff_edit(&mut self) {
        let Some((holds, now)) = self.tariff_now() else { return };
        if !self.tariff_is_other() {
            let version = holds.version_at(now.utc).ok().or(holds.versions.last()).cloned();
            self.begin_tariff(&holds, version.as_ref());
        }
        self.form.tariff_edit.step = TariffStep::Parts;
        self.go(Page::TariffEdit);
    }

    fn begin_tariff(&mut self, holds: &Tariff, version: Option<&Version>) {
        let Some(version) = version else { return };
        let seen = self.state().map_or(0, |state| state.tariff.number());
        let looks = self.form.tariff_edit.looks;
        let (draft, began) = (Some(TariffDraft::new(holds, version)), version.id.clone());
        self.form.tariff_edit = TariffEditForm { draft, began, seen, looks, ..TariffEditForm::default() };
        self.look_at_tariff();
    }

    fn tariff_now(&self) -> Option<(Arc<Tariff>, Stamp)> {
        Some((self.settings.parking.tariff.clone()?, self.now()?))
    }

    /// The draft prices something otherwise than what holds, or than what is to come.
    pub(in crate::view) fn tariff_is_other(&self) -> bool {
        let (Some(draft), Some((holds, now))) = (&self.form.tariff_edit.draft, self.tariff_now()) else {
            return false;
        };
        let coming = holds.versions.iter().filter(|version| version.from > now.utc);
        holds.version_at(now.utc).into_iter().chain(coming).any(|version| !version.is_like(draft.version()))
            && (draft.is_changed() || self.is_of_another_time(draft, &holds, now))
    }

    /// The draft began with a version that does not hold now.
    fn is_of_another_time(&self, draft: &TariffDraft, holds: &Tariff, now: Stamp) -> bool {
        holds.version_at(now.utc).is_ok_and(|version| !version.is_like(draft.began()))
    }

    /// Something is done to the draft; it is looked at again, and what was accepted of it is no more.
    fn change_tariff(&mut self, act: impl FnOnce(&mut TariffDraft)) {
        let Some(draft) = &mut self.form.tariff_edit.draft else { return };
        let before = draft.version().clone();
        act(draft);
        if draft.version() != &before {
            self.form.tariff_edit.accepted = false;
            self.look_at_tariff();
        }
    }

    /// Asks the checker; one question at a time, and the last one last.
    fn look_at_tariff(&mut self) {
        let Some((holds, now)) = self.tariff_now() else { return };
        let form = &mut self.form.tariff_edit;
        let Some(draft) = &form.draft else { return };
        form.concerns = None;
        if form.looks {
            form.changed_since = true;
            return;
        }
        form.looks = true;
        let look = TariffLook { holds, version: draft.version().clone(), at: now.utc };
        self.ask(Query::Tariff(Box::new(look)), Asked::Tariff);
    }

    pub(super) fn tariff_looked_at(&mut self, concerns: Vec<Concern>) {
        let form = &mut self.form.tariff_edit;
        form.looks = false;
        if std::mem::take(&mut form.changed_since) {
            return self.look_at_tariff();
        }
        form.concerns = Some(concerns);
    }

    pub(in crate::view) fn choose_tariff_whose(&mut self, whose: TariffWhose) {
        self.change_tariff(|draft| draft.choose_class(class_of(whose)));
    }

    pub(in crate::view) fn set_tariff_apart(&mut self, apart: bool) {
        self.change_tariff(|draft| draft.set_apart(apart));
    }

    pub(in crate::view) fn choose_tariff_part(&mut self, place: i32) {
        self.change_tariff(|draft| {
            let part = usize::try_from(place).ok().and_then(|place| draft.parts().get(place).copied());
            if let Some(part) = part {
                draft.choose(part);
            }
        });
    }

    pub(in crate::view) fn choose_tariff_field(&mut self, place: i32) {
        self.change_tariff(|draft| {
            let fields = draft.chosen().fields();
            draft.choose_field(usize::try_from(place).ok().and_then(|place| fields.get(place).copied()));
        });
    }

    pub(in crate::view) fn tariff_key(&mut self, digits: &str) {
        self.change_tariff(|draft| draft.key(digits));
    }

    pub(in crate::view) fn tariff_erase(&mut self) {
        self.change_tariff(TariffDraft::erase);
    }

    pub(in crate::view) fn tariff_clear(&mut self) {
        self.change_tariff(TariffDraft::clear);
    }

    pub(in crate::view) fn choose_tariff_unit(&mut self, unit: TariffUnit) {
        self.change_tariff(|draft| {
            draft.choose_unit(match unit {
                TariffUnit::Minutes => Unit::Minutes,
                TariffUnit::Hours => Unit::Hours,
                TariffUnit::Days => Unit::Days,
            });
        });
    }

    pub(in crate::view) fn toggle_tariff_day(&mut self, place: i32) {
        self.change_tariff(|draft| draft.toggle_day(usize::try_from(place).unwrap_or(usize::MAX)));
    }

    pub(in crate::view) fn choose_tariff_way(&mut self, way: TariffWay) {
        self.change_tariff(|draft| {
            let choice = choice_of(way);
            if draft.offers(choice) {
                draft.decide(choice);
            }
        });
    }

    pub(in crate::view) fn add_tariff_part(&mut self, kind: TariffPartKind) {
        let several = match kind {
            TariffPartKind::Band => Several::Bands,
            TariffPartKind::Window => Several::Windows,
            TariffPartKind::Flat => Several::Flats,
            _ => return,
        };
        self.change_tariff(|draft| draft.add(several));
    }

    pub(in crate::view) fn remove_tariff_part(&mut self) {
        self.change_tariff(TariffDraft::remove);
    }

    pub(in crate::view) fn shift_tariff_part(&mut self, later: bool) {
        self.change_tariff(|draft| draft.shift(later));
    }

    pub(in crate::view) fn undo_tariff(&mut self) {
        self.change_tariff(TariffDraft::undo);
    }

    /// Nothing of the draft is kept: it begins again with what holds.
    pub(in crate::view) fn discard_tariff(&mut self) {
        self.form.tariff_edit.draft = None;
        self.open_tariff_edit();
    }

    pub(in crate::view) fn choose_tariff_arrival(&mut self, arrival: TariffArrival) {
        self.form.tariff_edit.arrival = arrival;
    }

    pub(in crate::view) fn tariff_to_force(&mut self) {
        self.form.tariff_edit.step = TariffStep::Force;
    }

    pub(in crate::view) fn tariff_to_versions(&mut self) {
        self.form.tariff_edit.step = TariffStep::Versions;
    }

    pub(in crate::view) fn accept_tariff(&mut self) {
        let form = &mut self.form.tariff_edit;
        form.accepted = !form.accepted;
    }

    pub(in crate::view) fn choose_tariff_begins(&mut self, begins: TariffBegins) {
        self.form.tariff_edit.begins = begins;
        self.move_tariff_day(0);
    }

    /// The day moves, but never to one that has begun, nor beyond a year.
    pub(in crate::view) fn move_tariff_day(&mut self, by: i32) {
        let Some(now) = self.now() else { return };
        let (Ok(tomorrow), Ok(last)) = (now.date().tomorrow(), now.date().checked_add(365.days())) else {
            return;
        };
        let day = self.form.tariff_edit.day.unwrap_or(tomorrow);
        let moved = day.checked_add(i64::from(by).days()).unwrap_or(day);
        self.form.tariff_edit.day = Some(moved.clamp(tomorrow, last));
    }

    /// From when the draft is to hold.
    pub(in crate::view) fn tariff_begins(&self) -> Begins {
        let form = &self.form.tariff_edit;
        match (form.begins, form.day) {
            (TariffBegins::Now, _) => Begins::Now,
            (TariffBegins::Day, Some(day)) => Begins::On(day),
            (TariffBegins::Midnight | TariffBegins::Day, _) => Begins::Midnight,
        }
    }

    pub(in crate::view) fn may_put_tariff(&self) -> bool {
        let form = &self.form.tariff_edit;
        let read = form.concerns.as_ref().is_some_and(|concerns| {
            !concerns.iter().any(Concern::is_error) && (concerns.is_empty() || form.accepted)
        });
        read && !form.sent && self.tariff_is_other()
    }

    pub(in crate::view) fn put_tariff(&mut self) {
        let Some(draft) = self.form.tariff_edit.draft.as_ref().filter(|_| self.may_put_tariff()) else {
            return;
        };
        let text = TariffText::new(draft.tariff().to_text());
        let (begins, by) = (self.tariff_begins(), self.by());
        let TariffEditForm { seen, accepted, .. } = self.form.tariff_edit;
        self.form.tariff_edit.sent = true;
        self.send_with_right(Input::Tariff(TariffInput::PutIntoForce { text, begins, seen, accepted, by }));
    }

    /// A version, also of the file, is where the draft begins anew.
    pub(in crate::view) fn begin_with_version(&mut self, id: &str) {
        let Some((holds, _)) = self.tariff_now() else { return };
        let left = self.tariff_file.as_deref().map(|file| not_holding(file, &holds)).unwrap_or_default();
        let version = match id.strip_prefix(OF_FILE) {
            Some(id) => left.into_iter().find(|version| version.id == id).cloned(),
            None => holds.versions.iter().find(|version| version.id == id).cloned(),
        };
        self.begin_tariff(&holds, version.as_ref());
        self.form.tariff_edit.step = TariffStep::Parts;
    }

    pub(in crate::view) fn withdraw_version(&mut self, id: &str) {
        if self.form.tariff_edit.sent {
            return;
        }
        self.form.tariff_edit.sent = true;
        let by = self.by();
        self.send_with_right(Input::Tariff(TariffInput::Withdraw { version: id.to_owned(), by }));
    }

    /// One step back; the draft stays.
    pub(in crate::view) fn tariff_edit_back(&mut self) {
        match self.form.tariff_edit.step {
            TariffStep::Force | TariffStep::Versions => self.form.tariff_edit.step = TariffStep::Parts,
            TariffStep::Parts => self.open_tariff(),
        }
    }

    /// The terminal said no, or a second person is asked: the keys may be pressed again.
    pub(super) fn tariff_answered(&mut self) {
        self.form.tariff_edit.sent = false;
    }

    /// The tariff that holds is the terminal's. Once it has changed, what was put into force is no draft any more.
    pub(super) fn follow_tariff(&mut self) {
        let Some(kept) = self.state().map(|state| Arc::clone(&state.tariff)) else { return };
        if self.tariff_number == Some(kept.number()) {
            return;
        }
        self.settings.parking.tariff = in_force(self.tariff_file.as_ref(), &kept);
        // What was changed before this window was there is no news.
        if self.tariff_number.replace(kept.number()).is_none() {
            return;
        }
        self.form.tariff_edit.sent = false;
        self.form.tariff_edit.seen = kept.number();
        if let Some(TariffAct::PutIntoForce { version, from }) = kept.last().map(|last| &last.act) {
            self.say_in(
                format!("Ο τιμοκατάλογος {version} ισχύει από {}.", from.printed()),
                format!("The tariff {version} holds from {}.", from.printed()),
            );
            self.form.tariff_edit =
                TariffEditForm { looks: self.form.tariff_edit.looks, ..TariffEditForm::default() };
            if self.form.page == Page::TariffEdit {
                self.open_tariff();
            }
        }
    }
}

/// The class behind a key; nothing for all.
pub(in crate::view) const fn class_of(whose: TariffWhose) -> Option<VehicleClass> {
    match whose {
        TariffWhose::All => None,
        TariffWhose::Motorcycle => Some(VehicleClass::Motorcycle),
        TariffWhose::Car => Some(VehicleClass::Car),
        TariffWhose::Van => Some(VehicleClass::Van),
        TariffWhose::Lorry => Some(VehicleClass::Lorry),
    }
}

const fn choice_of(way: TariffWay) -> Choice {
    match way {
        TariffWay::Whole => Choice::Edges(UnitRule::Start),
        TariffWay::Cut => Choice::Edges(UnitRule::Cut),
        TariffWay::Unpriced => Choice::Outside(Outside::Unpriced),
        TariffWay::Free => Choice::Outside(Outside::Free),
        TariffWay::ByUnit => Choice::ByTheMinute(false),
        TariffWay::ByMinute => Choice::ByTheMinute(true),
        TariffWay::FromArrival => Choice::CapDay(CapDay::FromArrival),
        TariffWay::Calendar => Choice::CapDay(CapDay::Calendar),
        TariffWay::Continue => Choice::After(AfterCap::Continue),
        TariffWay::Restart => Choice::After(AfterCap::Restart),
        TariffWay::WholeStay => Choice::WholeStay,
    }
}
