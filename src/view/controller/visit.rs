//! One visit: service, discount, no document, correction, leaving.

use super::Controller;
use crate::app::engine::Query;
use crate::app::input::{ChooseService, Input, OrderInput, PaperInput};
use crate::domain::money::Rate;
use crate::domain::paper::Paper;
use crate::domain::plate::PlateEntry;
use crate::domain::plate::PlateKind;
use crate::domain::sale::DiscountAmount;
use crate::domain::visit::{NoDocumentReason, Visit};
use crate::view::desk::Asked;
use crate::view::form::PayForm;
use crate::view::generated::{self, CancelReason, Page, Sheet, Shell, VehicleSize};
use crate::view::{show, words};
use slint::ComponentHandle;

/// The most digits of a discount in per cent.
const PERCENT_DIGITS_MAX: usize = 2;
/// The most characters of a corrected plate.
const CORRECTED_MAX: usize = 20;

impl Controller {
    /// The visit on the page: inside, gone and owing, or as the archive had it.
    pub(in crate::view) fn visit(&self) -> Option<&Visit> {
        let id = self.form.visit.id?;
        let open = self.state().and_then(|state| state.visits.get(&id).or_else(|| state.owed.get(&id)));
        open.or_else(|| self.form.visit.archived.as_ref().filter(|visit| visit.id == id))
    }

    /// The question for the right plate comes up, where it can still be corrected.
    pub(super) fn open_correction(&self) {
        let inside = self.visit().is_some_and(|visit| visit.state.is_inside());
        if let Some(app) = self.app.upgrade().filter(|_| inside) {
            app.global::<Shell>().set_sheet(Sheet::CorrectPlate);
        }
    }

    /// Asks for what the open world does not know of the visit.
    pub(super) fn read_visit(&self) {
        let Some(id) = self.form.visit.id else { return };
        self.ask_vehicle_of_visit();
        match self.visit() {
            Some(_) => self.ask_earlier(),
            None => self.ask(Query::Visit { id }, Asked::Visit(id)),
        }
    }

    /// What is remembered of the vehicle: a garage wrote when it should come again.
    pub(super) fn ask_vehicle_of_visit(&self) {
        if let Some(visit) = self.visit() {
            self.ask(Query::Vehicle { plate: visit.plate.clone() }, Asked::VehicleOf(visit.id));
        }
    }

    /// Earlier visits of this vehicle: one of them may be what this one makes good.
    pub(super) fn ask_earlier(&self) {
        if let Some(visit) = self.visit() {
            self.ask(Query::Search { fragment: visit.plate.greek() }, Asked::Earlier(visit.id));
        }
    }

    pub(in crate::view) fn choose_service(&mut self, package: &str) {
        if let Some(visit) = self.visit() {
            self.choose(visit, package.to_owned(), extras(self, visit));
        }
    }

    /// An extra is added, or taken off again.
    pub(in crate::view) fn choose_extra(&mut self, extra: &str) {
        let Some(visit) = self.visit() else { return };
        let Some(package) = package(self, visit).or_else(|| self.no_package(visit)) else { return };
        let mut chosen = extras(self, visit);
        match chosen.iter().position(|code| code == extra) {
            Some(at) => drop(chosen.remove(at)),
            None => chosen.push(extra.to_owned()),
        }
        self.choose(visit, package, chosen);
    }

    /// Another size: priced at once when there is something to price.
    pub(in crate::view) fn resize(&mut self, size: VehicleSize) {
        self.form.visit.size = Some(size);
        if let Some(visit) = self.visit()
            && let Some(package) = package(self, visit).or_else(|| self.no_package(visit))
        {
            self.choose(visit, package, extras(self, visit));
        }
    }

    /// A stay needs none: the tariff prices it.
    fn no_package(&self, visit: &Visit) -> Option<String> {
        self.settings.tariff_of(visit).map(|_| String::new())
    }

    fn choose(&self, visit: &Visit, package: String, extras: Vec<String>) {
        let size = self.form.visit.size.map_or(visit.size, show::catalogue_size);
        self.send(Input::ChooseService(ChooseService { visit: visit.id, size, package, extras }));
    }

    pub(in crate::view) fn start_paying(&mut self) {
        self.form.pay = PayForm::default();
        self.set_off_deposits();
        self.go(Page::Pay);
    }

    pub(in crate::view) fn back_from_paying(&mut self) {
        self.go(if self.form.pay.order.is_some() { Page::Order } else { Page::Visit });
    }

    /// The vehicle leaves, and the lane is ready for the next.
    pub(in crate::view) fn leave(&mut self) {
        if let Some(visit) = self.form.visit.id {
            self.send(Input::Depart { visit, operator: self.operator(), returned_at: None });
            self.go(Page::Lane);
        }
    }

    pub(in crate::view) fn no_document(&mut self, reason: generated::NoDocumentReason, words: &str) {
        let Some(visit) = self.form.visit.id else { return };
        let redo = reason == generated::NoDocumentReason::Redo;
        let redo_of = self.form.visit.earlier.clone().filter(|_| redo);
        let reason = match reason {
            generated::NoDocumentReason::Free | generated::NoDocumentReason::Redo => NoDocumentReason::Free,
            generated::NoDocumentReason::OwnUse => NoDocumentReason::OwnUse,
            generated::NoDocumentReason::Warranty => NoDocumentReason::Warranty,
        };
        let (note, by) = (words.to_owned(), self.by());
        self.send_with_right(Input::ChooseNoDocument { visit, reason, note, redo_of, by });
        self.go(Page::Visit);
    }

    pub(in crate::view) fn cancel_visit(&mut self, _reason: CancelReason, words: &str) {
        if let Some(visit) = self.form.visit.id {
            self.send_with_right(Input::CancelVisit { visit, reason: words.to_owned(), by: self.by() });
        }
    }

    /// The paper the driver holds: the ticket, or what a rental's driver signs.
    pub(in crate::view) fn print_ticket(&mut self) {
        let Some(visit) = self.visit() else { return };
        let id = visit.id;
        let paper = match visit.rental.as_deref() {
            None => Paper::Ticket { visit: id },
            Some(rental) if rental.returned.is_none() => Paper::HandOver { visit: id },
            Some(_) => Paper::VehicleReturn { visit: id },
        };
        self.send(Input::Paper(PaperInput::Print { paper }));
    }

    /// A key of the correction; none at all begins again.
    pub(in crate::view) fn correct_key(&mut self, key: &str) {
        let corrected = &mut self.form.visit.corrected;
        if key.is_empty() {
            corrected.clear();
        } else if corrected.chars().count() < CORRECTED_MAX {
            corrected.push_str(key);
        }
    }

    pub(in crate::view) fn correct_erase(&mut self) {
        self.form.visit.corrected.pop();
    }

    pub(in crate::view) fn correct_now(&mut self) {
        let Some(visit) = self.visit() else { return };
        let input = Input::CorrectPlate {
            visit: visit.id,
            plate: self.form.visit.corrected.clone(),
            entry: same_kind(&visit.plate.kind),
            vehicle: visit.vehicle.clone(),
            by: self.by(),
        };
        self.send_with_right(input);
        self.form.visit.corrected.clear();
        self.close_sheet();
    }

    pub(in crate::view) fn discount_key(&mut self, key: &str) {
        let form = &mut self.form.visit;
        let max = if form.discount_percent { PERCENT_DIGITS_MAX } else { words::AMOUNT_DIGITS_MAX };
        if key.is_empty() {
            form.discount.clear();
        } else {
            words::add_digits(&mut form.discount, key, max);
        }
    }

    pub(in crate::view) fn discount_erase(&mut self) {
        self.form.visit.discount.pop();
    }

    pub(in crate::view) fn choose_percent(&mut self, percent: bool) {
        self.form.visit.discount_percent = percent;
        self.form.visit.discount.clear();
    }

    pub(in crate::view) fn discount_now(&mut self, reason: &str) {
        let Some(amount) = self.typed_discount() else { return };
        let (reason, by) = (reason.to_owned(), self.by());
        match (self.form.page, self.form.visit.id, self.form.order.id) {
            (Page::Order, _, Some(order)) => {
                self.send_with_right(Input::Order(OrderInput::Discount { order, amount, reason, by }));
            }
            (Page::Visit, Some(visit), _) => {
                self.send_with_right(Input::GiveDiscount { visit, amount, reason, by });
            }
            _ => return,
        }
        self.form.visit.discount.clear();
        self.close_sheet();
    }

    fn typed_discount(&self) -> Option<DiscountAmount> {
        let form = &self.form.visit;
        if form.discount_percent {
            form.discount.parse().ok().map(|percent: u32| DiscountAmount::Percent(Rate(percent * 100)))
        } else {
            words::typed_cents(&form.discount).map(DiscountAmount::Amount)
        }
    }
}

/// The package among a visit's lines.
pub(in crate::view) fn package(controller: &Controller, visit: &Visit) -> Option<String> {
    let catalogue = &controller.settings.catalogue;
    visit.sale.lines.iter().map(|line| &line.code).find(|code| catalogue.package(code).is_some()).cloned()
}

/// The extras among a visit's lines.
pub(in crate::view) fn extras(controller: &Controller, visit: &Visit) -> Vec<String> {
    let catalogue = &controller.settings.catalogue;
    let extra = |code: &&String| catalogue.extras.iter().any(|extra| extra.code == **code);
    visit.sale.lines.iter().map(|line| &line.code).filter(extra).cloned().collect()
}

/// A corrected plate is of the kind the wrong one was.
pub(in crate::view) fn same_kind(kind: &PlateKind) -> PlateEntry {
    match kind {
        PlateKind::Domestic | PlateKind::State => PlateEntry::Greek,
        PlateKind::Foreign { country } => PlateEntry::Foreign { country: country.clone() },
        PlateKind::Chassis => PlateEntry::Chassis,
    }
}
