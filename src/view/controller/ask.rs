//! Forms that ask what the registry wants to know: of an arrival, and of a visit.

use super::Controller;
use crate::aade::rules::Field;
use crate::app::input::{Input, LeaseInput, RentalInput};
use crate::app::refusal::Refusal;
use crate::domain::entry::ClientType;
use crate::domain::ids::VisitId;
use crate::domain::settings::Trade;
use crate::domain::terms::ServiceTerms;
use crate::domain::visit::{Settlement, Visit};
use crate::view::ask::{self, AskForm, Asked, Editor, Key, Purpose, Subject};
use crate::view::generated::Page;

impl Controller {
    /// The form on the page: an arrival's, or one about a visit.
    pub(in crate::view) fn asking(&self) -> &AskForm {
        if self.form.page == Page::Ask { &self.form.visit.ask } else { &self.form.lane.arrival }
    }

    fn asking_mut(&mut self) -> &mut AskForm {
        if self.form.page == Page::Ask { &mut self.form.visit.ask } else { &mut self.form.lane.arrival }
    }

    /// What the form on the page is about; nothing before the terminal has spoken.
    pub(in crate::view) fn subject(&self) -> Option<Subject<'_>> {
        if self.form.page == Page::Ask { self.subject_of_visit() } else { self.subject_of_arrival() }
    }

    /// The vehicle being typed.
    pub(in crate::view) fn subject_of_arrival(&self) -> Option<Subject<'_>> {
        let lane = &self.form.lane;
        let client_type = self.arriving_for().client_type();
        let plate = lane.plate().ok();
        let inside = |state: &crate::app::state::State| {
            plate.as_ref().is_some_and(|plate| state.inside(plate, client_type).is_some())
        };
        Some(Subject {
            settings: &self.settings,
            today: self.world.as_ref()?.at.date(),
            client_type,
            foreign: lane.needs_category(),
            inside: self.state().is_some_and(inside),
            visit: None,
        })
    }

    fn subject_of_visit(&self) -> Option<Subject<'_>> {
        let visit = self.visit()?;
        Some(Subject {
            settings: &self.settings,
            today: self.world.as_ref()?.at.date(),
            client_type: visit.client_type,
            foreign: visit.plate.is_registered_as_foreign(),
            inside: false,
            visit: Some(visit),
        })
    }

    /// The kind of work the arrival is for: as touched, or the terminal's main one.
    pub(in crate::view) fn arriving_for(&self) -> Trade {
        self.form.lane.arrival.answers.trade().unwrap_or(self.settings.trade)
    }

    /// The fields of the form on the page.
    pub(in crate::view) fn asked(&self) -> Vec<Asked> {
        self.subject().map(|subject| ask::asked(&subject, self.asking())).unwrap_or_default()
    }

    /// The field the keys go to.
    pub(super) fn active_field(&self) -> Option<Asked> {
        self.asking().active(&self.asked()).copied()
    }

    /// A form about the visit on the page, with what is known already in it.
    pub(in crate::view) fn begin(&mut self, purpose: Purpose) {
        let Some(visit) = self.visit() else { return };
        let from_work = self.form.page == Page::Work;
        let mut form = AskForm { from_work, ..AskForm::of(purpose) };
        match purpose {
            Purpose::Service => suggest_service(&mut form, visit),
            // A receipt is paid for at once: without a contract there can only be an invoice.
            Purpose::Contract if visit.terms.is_one_off() => form.answers.expect_invoice(),
            Purpose::HandOver | Purpose::TakeBack => ask::suggest_rental(&mut form, visit),
            Purpose::Lease => ask::suggest_lease(&mut form, visit),
            Purpose::Extend | Purpose::Arrival | Purpose::Move | Purpose::Return | Purpose::Contract => {}
        }
        self.form.visit.ask = form;
        self.go(Page::Ask);
    }

    /// What is asked of an arrival, from the lane.
    pub(in crate::view) fn ask_arrival(&mut self) {
        let main = ask::trade_id(self.settings.trade);
        let arrival = &mut self.form.lane.arrival;
        arrival.answers.suggest(Key::Trade, main);
        arrival.active = None;
        arrival.touched();
        self.suggest_account();
        self.go(Page::Arrival);
    }

    /// A field was touched.
    pub(in crate::view) fn ask_field(&mut self, id: &str) {
        let touched = self.asked().into_iter().find(|field| field.key.id() == id).map(|field| field.key);
        self.asking_mut().active = touched;
    }

    /// What is offered was touched; the next field that lacks something comes up by itself.
    pub(in crate::view) fn ask_offer(&mut self, id: &str) {
        let (Some(field), Some(subject)) = (self.active_field(), self.subject()) else { return };
        let offered = ask::offers(&subject, self.asking(), &field);
        let today = subject.today;
        let Some(offer) = offered.into_iter().find(|offer| offer.id == id) else { return };
        let form = self.asking_mut();
        form.touched();
        form.answers.set(field.key, &offer.answer);
        form.answers.follow_up(field.key, today);
        let lacking = self.asked().iter().any(|field| !field.is_good(&self.asking().answers));
        self.asking_mut().active = (!lacking).then_some(field.key);
    }

    /// A key of the pad, or a typed letter.
    pub(in crate::view) fn ask_key(&mut self, key: &str) {
        let Some(field) = self.active_field() else { return };
        let first = self.asking().answers.get(field.key).is_empty();
        let wanted: String = key.chars().filter(|c| takes(&field, *c, first)).collect();
        let form = self.asking_mut();
        form.touched();
        form.active = Some(field.key);
        form.answers.push(field.key, &wanted, field.max);
    }

    pub(in crate::view) fn ask_erase(&mut self) {
        let Some(field) = self.active_field() else { return };
        let form = self.asking_mut();
        form.touched();
        form.active = Some(field.key);
        form.answers.pop(field.key);
    }

    pub(in crate::view) fn ask_clear(&mut self) {
        let Some(field) = self.active_field() else { return };
        let form = self.asking_mut();
        form.touched();
        form.active = Some(field.key);
        form.answers.set(field.key, "");
    }

    /// Back to where the form was asked for; what was answered of an arrival stays with it.
    pub(in crate::view) fn ask_back(&mut self) {
        self.asking_mut().touched();
        self.go(match self.form.visit.ask.purpose {
            _ if self.form.page != Page::Ask => Page::Lane,
            _ if self.form.visit.ask.from_work => Page::Work,
            Purpose::HandOver | Purpose::TakeBack | Purpose::Lease => Page::Visit,
            Purpose::Extend => Page::Lease,
            _ => Page::Details,
        });
    }

    /// The form is sent. A second press while it is on its way does nothing.
    pub(in crate::view) fn ask_send(&mut self) {
        let complete = self.subject().is_some_and(|subject| self.asking().is_complete(&subject));
        if !complete || self.asking().sent {
            return;
        }
        if self.form.page != Page::Ask {
            return self.send_arrival();
        }
        let Some(visit) = self.form.visit.id else { return };
        if let Some(input) = self.told_of(visit) {
            self.form.visit.ask.sent = true;
            self.send_with_right(input);
        }
    }

    fn told_of(&self, visit: VisitId) -> Option<Input> {
        let (form, operator) = (&self.form.visit.ask, self.operator());
        let answers = &form.answers;
        match form.purpose {
            Purpose::Arrival => None,
            Purpose::Service => {
                Some(Input::TellService { visit, category: answers.category(), amount: answers.amount() })
            }
            Purpose::Move => answers.off_site().map(|to| Input::MoveOffSite { visit, to, operator }),
            Purpose::Return => Some(Input::Depart { visit, operator, returned_at: answers.returned_at() }),
            Purpose::Contract => {
                Some(Input::SettleByContract { visit, invoice_to: answers.invoice_to(), operator })
            }
            Purpose::HandOver => {
                let wanted = Box::new(answers.hand_over());
                Some(Input::Rental(RentalInput::HandOver { visit, wanted, operator }))
            }
            Purpose::TakeBack => {
                let wanted = Box::new(answers.vehicle_return());
                Some(Input::Rental(RentalInput::TakeBack { visit, wanted, operator }))
            }
            Purpose::Lease => {
                Some(Input::Lease(LeaseInput::Agree { visit, wanted: answers.lease(), by: self.by() }))
            }
            Purpose::Extend => {
                let (last, rate) = answers.extension();
                last.map(|last| Input::Lease(LeaseInput::Extend { visit, last, rate, by: self.by() }))
            }
        }
    }

    /// Nobody stepped in: it can be sent again.
    pub(super) fn ask_again(&mut self) {
        self.form.visit.ask.sent = false;
    }

    /// Said where the finger was.
    pub(super) fn ask_refused(&mut self, refusal: &Refusal) {
        let form = self.asking_mut();
        form.sent = false;
        form.refused = Some(refusal.clone());
    }

    /// What was sent has become a fact: the form has done its work.
    pub(super) fn follow_ask(&mut self) {
        let form = &self.form.visit.ask;
        if self.form.page != Page::Ask || !form.sent || !self.is_done(form) {
            return;
        }
        let next = match form.purpose {
            Purpose::Move | Purpose::Return => Page::Lane,
            Purpose::Service if form.from_work => Page::Work,
            Purpose::Extend => Page::Lease,
            Purpose::Arrival
            | Purpose::Service
            | Purpose::Contract
            | Purpose::HandOver
            | Purpose::TakeBack
            | Purpose::Lease => Page::Visit,
        };
        self.go(next);
    }

    fn is_done(&self, form: &AskForm) -> bool {
        let inside = self.state().zip(self.form.visit.id).and_then(|(state, id)| state.visits.get(&id));
        match (form.purpose, inside) {
            (Purpose::Move | Purpose::Return, inside) => inside.is_none(),
            (_, None) => true,
            (Purpose::Service, Some(visit)) => {
                let category =
                    visit.client_type == ClientType::Rental || visit.category == form.answers.category();
                category && form.answers.amount().is_none_or(|amount| visit.amount == Some(amount))
            }
            (Purpose::Contract, Some(visit)) => {
                matches!(visit.state.settlement(), Some(Settlement::ByContract { .. }))
            }
            (Purpose::HandOver | Purpose::TakeBack, Some(visit)) => {
                form.answers.is_in(visit.rental.as_deref(), form.purpose, visit.lease.is_some())
            }
            (Purpose::Lease | Purpose::Extend, Some(visit)) => {
                form.answers.is_agreed(visit.lease.as_deref(), form.purpose)
            }
            (Purpose::Arrival, Some(_)) => true,
        }
    }
}

/// What the registry knows of the service already; a lease at a wash is by agreement.
fn suggest_service(form: &mut AskForm, visit: &Visit) {
    let agreed =
        matches!(visit.terms, ServiceTerms::Lease { .. }) && visit.client_type == ClientType::ParkingWash;
    match &visit.category {
        Some(category) => {
            form.answers.set(Key::Of(Field::Category), ask::category_id(category));
            if let crate::domain::entry::ServiceCategory::Other(words) = category {
                form.answers.set(Key::Of(Field::CategoryWords), words.as_str());
            }
        }
        None if agreed => {
            let by_agreement = ask::category_id(&crate::domain::entry::ServiceCategory::ByAgreement);
            form.answers.set(Key::Of(Field::Category), by_agreement);
        }
        None => {}
    }
    if let Some(amount) = visit.amount {
        form.answers.set(Key::Of(Field::Amount), &amount.0.to_string());
    }
}

/// Whether a field takes a character; a number does not begin with zero, unless zero is one.
fn takes(field: &Asked, c: char, first: bool) -> bool {
    match field.editor {
        Editor::Choices => false,
        Editor::Words => !c.is_control(),
        Editor::Digits | Editor::Money => c.is_ascii_digit() && (!first || c != '0' || field.takes_zero()),
        Editor::Day | Editor::Afm => c.is_ascii_digit(),
        Editor::ForeignTax => c.is_ascii_alphanumeric(),
    }
}
