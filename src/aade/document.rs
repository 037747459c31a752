//! The canonical form of the three documents we send: a pure function of the value, so that it can be compared byte
//! for byte. The order of the calls below *is* the schema's order.

use super::message::{
    Comments, Correlation, Document, InvoiceKind, NewClient, RegisteredPlate, UpdateClient, UseCase, Vehicle,
};
use crate::domain::entry::ServiceCategory;
use crate::domain::money::Cents;
use crate::domain::terms::{OffSite, Periodicity, ServiceTerms};
use crate::domain::text::Text;
use crate::domain::visit::NoDocumentReason;
use jiff::Timestamp;
use quick_xml::escape::partial_escape;
use std::fmt::{Display, Write};

/// Writes one document, element by element, without any white space between them.
struct DocumentWriter(String);

impl DocumentWriter {
    /// `<root xmlns=…><child>…</child></root>`.
    fn document(root: &str, namespace: &str, child: &str, content: impl FnOnce(&mut Self)) -> String {
        let mut writer = Self(String::with_capacity(1024));
        let _ = write!(writer.0, r#"<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{namespace}">"#);
        writer.group(child, content);
        let _ = write!(writer.0, "</{root}>");
        writer.0
    }

    fn group(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        let _ = write!(self.0, "<{name}>");
        content(self);
        let _ = write!(self.0, "</{name}>");
    }

    /// Numbers, dates and codes: values of our own making, which need no escape.
    fn value(&mut self, name: &str, value: impl Display) {
        let _ = write!(self.0, "<{name}>{value}</{name}>");
    }

    fn optional(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.value(name, value);
        }
    }

    fn flag(&mut self, name: &str, on: bool) {
        if on {
            self.value(name, "true");
        }
    }

    /// Text of any origin is cleaned here once more, whoever made it: this is the last edge before the wire. What
    /// is empty is left out, for the registry refuses empty elements.
    fn text(&mut self, name: &str, raw: &str) {
        let clean = Text::new(raw);
        if !clean.is_empty() {
            self.value(name, partial_escape(clean.as_str()));
        }
    }

    fn optional_text(&mut self, name: &str, raw: Option<&str>) {
        if let Some(raw) = raw {
            self.text(name, raw);
        }
    }

    fn vehicle(&mut self, vehicle: &Vehicle) {
        match &vehicle.plate {
            RegisteredPlate::Domestic(plate) => self.text("vehicleRegistrationNumber", plate.as_str()),
            RegisteredPlate::Foreign(plate) => self.text("foreignVehicleRegistrationNumber", plate.as_str()),
        }
        self.optional_text("vehicleCategory", vehicle.category.as_ref().map(Text::as_str));
        self.optional_text("vehicleFactory", vehicle.maker.as_ref().map(Text::as_str));
    }

    fn use_case(&mut self, use_case: &UseCase) {
        self.vehicle(use_case.vehicle());
        if let UseCase::Rental { purpose, picked_up_at, .. } = use_case {
            self.value("vehicleMovementPurpose", purpose.code());
            self.flag(
                "isDiffVehPickupLocation",
                picked_up_at.as_ref().is_some_and(|place| !place.is_empty()),
            );
            self.optional_text("vehiclePickupLocation", picked_up_at.as_ref().map(Text::as_str));
        }
    }
}

impl NewClient {
    pub(super) fn document(&self) -> String {
        let namespace = "http://www.aade.gr/myDATA/dcrnew/v1.0";
        DocumentWriter::document("NewDigitalClientDoc", namespace, "newDigitalClient", |w| self.write(w))
    }

    fn write(&self, w: &mut DocumentWriter) {
        let customer = match &self.terms {
            ServiceTerms::Recurring { customer } => Some(customer),
            _ => None,
        };
        w.value("clientServiceType", self.use_case.client_type().code());
        w.optional("creationDateTime", self.outage_since_arrival.map(utc_seconds));
        w.optional_text("entityVatNumber", self.entity_vat.as_ref().map(Text::as_str));
        w.value("branch", self.branch);
        w.flag("recurringService", customer.is_some());
        w.flag("continuousService", matches!(self.terms, ServiceTerms::Continuous { .. }));
        w.optional("fromAgreedPeriodDate", self.terms.period().map(|p| p.from));
        w.optional("toAgreedPeriodDate", self.terms.period().map(|p| p.to));
        w.flag("mixedService", self.mixed);
        w.optional_text("customerVatNumber", customer.map(|c| c.number.as_str()));
        w.optional_text("customerCountry", customer.map(|c| c.country.as_str()));
        w.optional("transmissionFailure", self.outage_since_arrival.map(|_| 1));
        w.optional("correlatedDclId", self.replaces);
        w.optional_text("comments", self.comments.as_ref().map(Comments::as_str));
        w.group("useCase", |w| w.group(self.use_case.element(), |w| w.use_case(&self.use_case)));
        self.write_lease(w);
    }

    /// These three stand after the use case.
    fn write_lease(&self, w: &mut DocumentWriter) {
        let ServiceTerms::Lease { every, .. } = &self.terms else { return };
        if let Periodicity::Months(months) = every {
            w.value("periodicity", months);
        }
        w.flag("continuousLeaseService", true);
        if let Periodicity::Other(words) = every {
            w.text("periodicityOther", words.as_str());
        }
    }
}

impl UpdateClient {
    /// This namespace begins with `https`; the others do not.
    pub(super) fn document(&self) -> String {
        let namespace = "https://www.aade.gr/myDATA/dcrudt/v1.0";
        DocumentWriter::document("UpdateClientDoc", namespace, "updateClient", |w| self.write(w))
    }

    fn write(&self, w: &mut DocumentWriter) {
        let (partner, branch) = match &self.off_site {
            Some(OffSite::Partner { vat }) => (Some(vat), None),
            Some(OffSite::OwnBranch { branch }) => (None, Some(branch)),
            None => (None, None),
        };
        let in_words = match &self.category {
            Some(ServiceCategory::Other(words)) => Some(words.as_str()),
            _ => None,
        };
        w.value("initialDclId", self.entry);
        w.value("clientServiceType", self.client_type.code());
        w.flag("entryCompletion", self.completes);
        w.optional("nonIssueInvoice", (self.no_document || self.after_all).then_some(self.no_document));
        w.optional("amount", self.amount.map(Cents::with_point));
        w.flag("isDiffVehReturnLocation", self.returned_at.as_ref().is_some_and(|place| !place.is_empty()));
        w.optional_text("vehicleReturnLocation", self.returned_at.as_ref().map(Text::as_str));
        w.optional("providedServiceCategory", self.category.as_ref().map(ServiceCategory::code));
        w.optional_text("providedServiceCategoryOther", in_words);
        w.optional("invoiceKind", self.invoice_kind.map(InvoiceKind::code));
        w.optional("offSiteProvidedService", self.off_site.as_ref().map(OffSite::code));
        w.optional_text("entityVatNumber", self.entity_vat.as_ref().map(Text::as_str));
        w.optional_text("cooperatingVatNumber", partner.map(Text::as_str));
        w.optional("otherBranch", branch);
        w.optional("reasonNonIssueType", self.reason.map(NoDocumentReason::code));
        w.optional_text("comments", self.comments.as_ref().map(Comments::as_str));
        w.optional_text("invoiceCounterparty", self.counterparty.as_ref().map(|c| c.number.as_str()));
        w.optional_text("invoiceCounterpartyCountry", self.counterparty.as_ref().map(|c| c.country.as_str()));
    }
}

impl Correlation {
    pub(super) fn document(&self) -> String {
        let namespace = "http://www.aade.gr/myDATA/dcrudtcor/v1.0";
        DocumentWriter::document("ClientCorrelationDoc", namespace, "clientCorrelation", |w| self.write(w))
    }

    fn write(&self, w: &mut DocumentWriter) {
        w.optional_text("entityVatNumber", self.entity_vat.as_ref().map(Text::as_str));
        match &self.document {
            Document::Mark { mark } => w.value("mark", mark),
            Document::Fim { number, aa, date, time } => w.group("FIM", |w| {
                w.text("FIMNumber", number);
                w.value("FIMAA", aa);
                w.value("FIMIssueDate", date);
                w.value("FIMIssueTime", time.strftime("%H:%M:%S"));
            }),
        }
        for entry in &self.entries {
            w.value("correlatedDCLids", entry);
        }
    }
}

/// `2026-07-14T05:42:10Z`: no fraction and no other offset, or the registry answers 218.
fn utc_seconds(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
