//! Typing a plate and opening a visit.

use super::Controller;
use crate::app::input::{ChooseService, Input, OpenVisit};
use crate::domain::ids::VisitId;
use crate::domain::settings::Trade;
use crate::domain::terms::ServiceTerms;
use crate::domain::text::Text;
use crate::domain::visit::{NoDocumentReason, PlateSource, VehicleFacts};
use crate::view::ask::{self, Key};
use crate::view::form::{AfterOpening, LaneForm, PayForm, VisitForm};
use crate::view::generated::{HintKind, PadMode, Page, VehicleSize};
use crate::view::show;

/// Shorter plates are not asked about: every other one would be known.
const PLATE_ASKED_MIN: usize = 4;

impl Controller {
    /// A key of the plate pad, or a typed letter.
    pub(in crate::view) fn plate_key(&mut self, key: &str) {
        self.form.lane.add(key);
        self.plate_changed();
    }

    pub(in crate::view) fn plate_erase(&mut self) {
        self.form.lane.typed.pop();
        self.form.lane.touched();
        self.plate_changed();
    }

    pub(in crate::view) fn plate_clear(&mut self) {
        self.form.lane = LaneForm::default();
    }

    /// Greek, foreign, or no plate. What was typed stays: it may have been the wrong page of the pad.
    pub(in crate::view) fn choose_mode(&mut self, mode: PadMode) {
        let lane = &mut self.form.lane;
        lane.mode = if lane.mode == mode { PadMode::Greek } else { mode };
        lane.category = None;
        lane.refused = None;
        self.plate_changed();
    }

    pub(in crate::view) fn choose_size(&mut self, size: VehicleSize) {
        self.form.lane.size = Some(size);
    }

    pub(in crate::view) fn choose_country(&mut self, country: &str) {
        country.clone_into(&mut self.form.lane.country);
        self.plate_changed();
    }

    pub(in crate::view) fn choose_category(&mut self, category: &str) {
        self.form.lane.category = Some(category.to_owned());
        self.form.lane.refused = None;
    }

    pub(in crate::view) fn open_visit(&mut self) {
        self.form.lane.pack = None;
        self.open_then(AfterOpening::Show);
    }

    /// One touch says the kind of work and opens, where a terminal does several.
    pub(in crate::view) fn open_for(&mut self, trade: &str) {
        self.form.lane.pack = None;
        self.form.lane.arrival.answers.set(Key::Trade, trade);
        self.open_then(AfterOpening::Show);
    }

    /// Opens, and does at once what this vehicle always comes for.
    pub(in crate::view) fn open_usual(&mut self) {
        self.form.lane.pack = None;
        let ours = self.form.lane.plate().is_ok_and(|plate| self.settings.owns(&plate));
        let usual = self.form.lane.known.as_ref().and_then(|known| known.package.clone());
        let package = usual.as_ref().and_then(|code| self.settings.catalogue.package(code));
        let trade = package.and_then(|package| package.trade).unwrap_or(self.settings.trade);
        self.form.lane.arrival.answers.set(Key::Trade, ask::trade_id(trade));
        self.open_then(match usual {
            _ if ours => AfterOpening::Own,
            Some(package) => AfterOpening::Usual(package),
            None => AfterOpening::Show,
        });
    }

    /// Opens the visit; where the registry wants more than the plate, it is asked first.
    pub(super) fn open_then(&mut self, after: AfterOpening) {
        self.form.lane.after = after;
        self.form.lane.refused = None;
        self.form.lane.arrival.answers.suggest(Key::Trade, ask::trade_id(self.settings.trade));
        self.suggest_account();
        let lane = &self.form.lane;
        let complete = self.subject_of_arrival().is_some_and(|subject| lane.arrival.is_complete(&subject));
        if lane.plate().is_ok() && !complete {
            return self.ask_arrival();
        }
        self.send_arrival();
    }

    /// The arrival as it stands.
    pub(super) fn send_arrival(&mut self) {
        let (operator, trade) = (self.operator(), self.arriving_for());
        let several = self.settings.trades().count() > 1;
        let inside = self.subject_of_arrival().is_some_and(|subject| subject.inside);
        let lane = &mut self.form.lane;
        lane.arrival.sent = true;
        let answers = &lane.arrival.answers;
        let maker = answers.maker().filter(|_| lane.needs_category());
        let open = OpenVisit {
            entry: lane.entry(),
            vehicle: VehicleFacts { category: lane.category_text(), maker },
            source: lane.source,
            sighting: lane.sighting,
            again_because: answers.again().filter(|_| inside),
            trade: several.then_some(trade),
            pack: lane.pack.take(),
            terms: answers.terms(),
            trip: answers.trip().filter(|_| trade == Trade::Rental),
            follows: answers.earlier().filter(|_| trade == Trade::Garage),
            let_in: lane.let_in.take(),
            ..OpenVisit::new(&lane.typed, show::catalogue_size(lane.size_now()), operator)
        };
        // Where it is not to come in, somebody else may have to let it.
        if open.let_in.is_some() {
            return self.send_with_right(Input::OpenVisit(open));
        }
        self.send(Input::OpenVisit(open));
    }

    /// The visit exists: its page, or straight on.
    pub(super) fn opened(&mut self, visit: VisitId) {
        let lane = std::mem::take(&mut self.form.lane);
        let size = show::catalogue_size(lane.size_now());
        let lease = matches!(lane.arrival.answers.terms(), ServiceTerms::Lease { .. });
        self.show_visit_page(visit);
        self.form.visit.usual = lane.known.and_then(|known| known.package);
        match lane.after {
            // The amount of a lease is told apart, once there is an entry to tell it of.
            AfterOpening::Show if lease => self.form.visit.agree = true,
            AfterOpening::Show => {}
            AfterOpening::HandOver => self.form.visit.hand_over = true,
            AfterOpening::Pay => self.start_paying(),
            AfterOpening::Usual(package) => {
                self.send(Input::ChooseService(ChooseService { visit, size, package, extras: Vec::new() }));
                self.start_paying();
            }
            AfterOpening::Chosen(package) => {
                self.send(Input::ChooseService(ChooseService { visit, size, package, extras: Vec::new() }));
            }
            AfterOpening::Own => {
                let (reason, by) = (NoDocumentReason::OwnUse, self.by());
                self.send(Input::ChooseNoDocument { visit, reason, note: String::new(), redo_of: None, by });
            }
        }
    }

    /// A hint was touched: the visit it speaks of comes up, or is followed by a new one.
    pub(in crate::view) fn follow_hint(&mut self, kind: HintKind, visit: &str) {
        match (kind, visit.parse::<VisitId>()) {
            (HintKind::Pack, _) => {
                if let Ok(pack) = visit.parse() {
                    self.open_by_pack(pack);
                }
            }
            (HintKind::Again | HintKind::Account, _) => self.ask_arrival(),
            (HintKind::Found, _) => self.open_found(),
            (HintKind::LetIn, _) => self.let_in(),
            (HintKind::TurnAway, _) => self.turn_away(),
            (HintKind::Subscriber | HintKind::SubscriberLater | HintKind::Lapsed, _) => {
                if let Ok(id) = visit.parse() {
                    self.show_subscription(id);
                }
            }
            (HintKind::Returns, Ok(earlier)) => self.follow(earlier),
            (HintKind::Inside | HintKind::Meant, Ok(visit)) => self.ticket_read(visit),
            _ => self.show_visit(visit),
        }
    }

    pub(in crate::view) fn show_visit(&mut self, visit: &str) {
        if let Ok(id) = visit.parse::<VisitId>() {
            self.show_visit_page(id);
        }
    }

    pub(super) fn show_visit_page(&mut self, id: VisitId) {
        self.form.visit = VisitForm { id: Some(id), ..VisitForm::default() };
        self.form.lane = LaneForm::default();
        self.form.pay = PayForm::default();
        self.go(Page::Visit);
        self.read_visit();
    }

    /// A code that is nothing else is a plate: it stands in the pad, to be looked at and opened with one touch.
    pub(super) fn plate_scanned(&mut self, text: &str) {
        self.form.lane = LaneForm::default();
        self.go(Page::Lane);
        let cleaned = Text::new(text);
        if cleaned.as_str().len() == 17 && cleaned.as_str().is_ascii() {
            self.form.lane.mode = PadMode::Chassis;
        }
        self.form.lane.add(cleaned.as_str());
        self.form.lane.source = PlateSource::Scanned;
        self.plate_changed();
    }

    pub(super) fn plate_changed(&mut self) {
        match self.form.lane.plate() {
            Ok(plate) if plate.text.chars().count() >= PLATE_ASKED_MIN => self.ask_vehicle(plate),
            _ => {
                self.form.lane.known = None;
                self.form.lane.moved = None;
                self.form.lane.asked_key.clear();
            }
        }
    }
}
