//! A request as a sheet of fields: what will be told, as it will be written. What the document leaves out for being
//! empty is not on the sheet, and text is measured after its last cleaning, as the document's writer cleans it.

use super::condition::{Condition, Conditions};
use super::field::Field as F;
use super::known::Known;
use crate::aade::message::{
    Comments, Correlation, Document, NewClient, RegisteredPlate, Request, UpdateClient, UseCase, Vehicle,
};
use crate::domain::customer::TaxNumber;
use crate::domain::entry::ServiceCategory;
use crate::domain::money::Cents;
use crate::domain::terms::{OffSite, Periodicity, ServiceTerms};
use crate::domain::text::Text;
use jiff::{Timestamp, civil};

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// It is there, and cannot be wrong by itself.
    Set,
    Number(i64),
    Code(u8),
    Text(Text),
    Amount(Cents),
    Day(civil::Date),
    Instant(Timestamp),
}

/// What a request tells.
pub(super) struct Sheet {
    told: Vec<(F, Value)>,
    conditions: Conditions,
}

impl Sheet {
    pub(super) fn of(request: &Request, known: &Known) -> Self {
        let mut sheet = Self { told: Vec::new(), conditions: Conditions::NONE };
        match request {
            Request::Send(client) => sheet.client(client),
            Request::Update(update) => sheet.update(update, known),
            Request::Correlate(correlation) => sheet.correlation(correlation),
            Request::Cancel(cancellation) => sheet.entity(cancellation.entity_vat.as_ref()),
            Request::List(list) => sheet.entity(list.entity_vat.as_ref()),
        }
        sheet
    }

    pub(super) fn get(&self, field: F) -> Option<&Value> {
        self.told.iter().find(|(told, _)| *told == field).map(|(_, value)| value)
    }

    pub(super) fn text_of(&self, field: F) -> Option<&str> {
        match self.get(field)? {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        }
    }

    pub(super) const fn conditions(&self) -> Conditions {
        self.conditions
    }

    fn client(&mut self, client: &NewClient) {
        self.set(F::ClientType);
        self.set(F::UseCase);
        self.set(F::Branch);
        self.entity(client.entity_vat.as_ref());
        self.comments(client.comments.as_ref());
        if let Some(arrived) = client.outage_since_arrival {
            self.tell(F::Arrived, Value::Instant(arrived));
            self.set(F::Outage);
            self.holds(Condition::AfterOutage);
        }
        if client.mixed {
            self.set(F::Mixed);
            self.holds(Condition::MixedBusiness);
        }
        if client.replaces.is_some() {
            self.set(F::Replaces);
            self.holds(Condition::Replacing);
        }
        self.terms(&client.terms);
        self.vehicle(client.use_case.vehicle());
        if let UseCase::Rental { purpose, picked_up_at, .. } = &client.use_case {
            self.tell(F::Purpose, Value::Code(purpose.code()));
            self.place(F::PickedUpElsewhere, F::PickedUpAt, picked_up_at.as_ref());
        }
    }

    fn terms(&mut self, terms: &ServiceTerms) {
        match terms {
            ServiceTerms::OneOff => return,
            ServiceTerms::Recurring { customer } => {
                self.set(F::Recurring);
                self.holds(Condition::Recurring);
                self.customer(F::Customer, F::CustomerCountry, customer);
            }
            ServiceTerms::Continuous { .. } => {
                self.set(F::Continuous);
                self.holds(Condition::RightBought);
            }
            ServiceTerms::Lease { every, .. } => {
                self.set(F::Lease);
                self.holds(Condition::Lease);
                match every {
                    Periodicity::Months(months) => {
                        self.tell(F::PeriodicityMonths, Value::Number(i64::from(*months)));
                    }
                    Periodicity::Other(words) => self.words(F::PeriodicityWords, words.as_str()),
                }
            }
        }
        if let Some(period) = terms.period() {
            self.tell(F::PeriodFrom, Value::Day(period.from));
            self.tell(F::PeriodTo, Value::Day(period.to));
        }
    }

    fn vehicle(&mut self, vehicle: &Vehicle) {
        match &vehicle.plate {
            RegisteredPlate::Domestic(plate) => self.words(F::Plate, plate.as_str()),
            RegisteredPlate::Foreign(plate) => self.words(F::ForeignPlate, plate.as_str()),
        }
        if self.get(F::ForeignPlate).is_some() {
            self.holds(Condition::BesideForeignPlate);
        }
        self.optional(F::VehicleCategory, vehicle.category.as_ref());
        self.optional(F::Maker, vehicle.maker.as_ref());
    }

    fn update(&mut self, update: &UpdateClient, known: &Known) {
        self.set(F::Entry);
        self.set(F::ClientType);
        self.entity(update.entity_vat.as_ref());
        self.comments(update.comments.as_ref());
        if update.completes {
            self.set(F::Completes);
        }
        if let Some(amount) = update.amount {
            self.tell(F::Amount, Value::Amount(amount));
        }
        let due = |facts: &&super::EntryFacts| facts.lease && !facts.amount_told;
        if known.entry(update.entry).filter(due).is_some() {
            self.holds(Condition::LeaseAmountDue);
        }
        self.place(F::ReturnedElsewhere, F::ReturnedAt, update.returned_at.as_ref());
        self.service(update);
        self.outcome(update);
    }

    fn service(&mut self, update: &UpdateClient) {
        if let Some(category) = &update.category {
            self.tell(F::Category, Value::Code(category.code()));
            Condition::of_category(category).into_iter().for_each(|condition| self.holds(condition));
            if let ServiceCategory::Other(words) = category {
                self.words(F::CategoryWords, words.as_str());
            }
        }
        if let Some(off_site) = &update.off_site {
            self.holds(Condition::of_off_site(off_site));
            self.tell(F::OffSite, Value::Code(off_site.code()));
            match off_site {
                OffSite::Partner { vat } => self.words(F::Partner, vat.as_str()),
                OffSite::OwnBranch { .. } => self.set(F::OtherBranch),
            }
        }
    }

    fn outcome(&mut self, update: &UpdateClient) {
        if update.no_document {
            self.set(F::NoDocument);
            self.holds(Condition::WithoutDocument);
        }
        if let Some(kind) = update.invoice_kind {
            self.tell(F::InvoiceKind, Value::Code(kind.code()));
            Condition::of_invoice_kind(kind).into_iter().for_each(|condition| self.holds(condition));
        }
        if let Some(reason) = update.reason {
            self.tell(F::Reason, Value::Code(reason.code()));
        }
        if let Some(customer) = &update.counterparty {
            self.customer(F::Counterparty, F::CounterpartyCountry, customer);
        }
    }

    fn correlation(&mut self, correlation: &Correlation) {
        self.entity(correlation.entity_vat.as_ref());
        match &correlation.document {
            Document::Mark { .. } => self.set(F::Mark),
            Document::Fim { number, date, .. } => {
                self.set(F::Fim);
                self.holds(Condition::ByFiscalMachine);
                self.words(F::FimNumber, number);
                self.set(F::FimReceipt);
                self.tell(F::FimDate, Value::Day(*date));
                self.set(F::FimTime);
            }
        }
        if !correlation.entries.is_empty() {
            self.set(F::Entries);
        }
    }

    fn tell(&mut self, field: F, value: Value) {
        self.told.push((field, value));
    }

    fn set(&mut self, field: F) {
        self.tell(field, Value::Set);
    }

    fn holds(&mut self, condition: Condition) {
        self.conditions = self.conditions.with(condition);
    }

    fn words(&mut self, field: F, raw: &str) {
        let clean = Text::new(raw);
        if !clean.is_empty() {
            self.tell(field, Value::Text(clean));
        }
    }

    fn optional(&mut self, field: F, text: Option<&Text>) {
        self.words(field, text.map_or("", Text::as_str));
    }

    fn comments(&mut self, comments: Option<&Comments>) {
        self.words(F::Comments, comments.map_or("", Comments::as_str));
    }

    fn customer(&mut self, number: F, country: F, customer: &TaxNumber) {
        self.words(number, &customer.number);
        self.words(country, &customer.country);
    }

    fn entity(&mut self, entity: Option<&Text>) {
        self.optional(F::Entity, entity);
        if self.get(F::Entity).is_some() {
            self.holds(Condition::ForThirdParty);
        }
    }

    /// A place and the flag that goes with it.
    fn place(&mut self, flag: F, place: F, text: Option<&Text>) {
        self.optional(place, text);
        if self.get(place).is_some() {
            self.set(flag);
            self.holds(Condition::PlaceDiffers);
        }
    }
}
