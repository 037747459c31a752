//! The canonical form of the three documents we send: a pure function of the value, so that it can be compared byte
//! for byte. The order of the calls below *is* the schema's order.

use super::message::{
    Comments, Correlation, Document, InvoiceKind, NewClient, RegisteredPlate, UpdateClient, UseCase, Vehicle,
};
use super::writer::DocumentWriter;
use crate::domain::entry::ServiceCategory;
use crate::domain::money::Cents;
use crate::domain::terms::{OffSite, Periodicity, ServiceTerms};
use crate::domain::text::Text;
use crate::domain::visit::NoDocumentReason;
use jiff::Timestamp;

/// `<root xmlns=…><child>…</child></root>`.
fn document(root: &str, namespace: &str, child: &str, content: impl FnOnce(&mut DocumentWriter)) -> String {
    DocumentWriter::document(root, &[("xmlns", namespace)], |w| w.group(child, content))
}

impl Vehicle {
    fn write(&self, w: &mut DocumentWriter) {
        match &self.plate {
            RegisteredPlate::Domestic(plate) => w.text("vehicleRegistrationNumber", plate.as_str()),
            RegisteredPlate::Foreign(plate) => w.text("foreignVehicleRegistrationNumber", plate.as_str()),
        }
        w.optional_text("vehicleCategory", self.category.as_ref().map(Text::as_str));
        w.optional_text("vehicleFactory", self.maker.as_ref().map(Text::as_str));
    }
}

impl UseCase {
    fn write(&self, w: &mut DocumentWriter) {
        self.vehicle().write(w);
        if let UseCase::Rental { purpose, picked_up_at, .. } = self {
            w.value("vehicleMovementPurpose", purpose.code());
            w.flag("isDiffVehPickupLocation", picked_up_at.as_ref().is_some_and(|place| !place.is_empty()));
            w.optional_text("vehiclePickupLocation", picked_up_at.as_ref().map(Text::as_str));
        }
    }
}

impl NewClient {
    pub(super) fn document(&self) -> String {
        let namespace = "http://www.aade.gr/myDATA/dcrnew/v1.0";
        document("NewDigitalClientDoc", namespace, "newDigitalClient", |w| self.write(w))
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
        w.group("useCase", |w| w.group(self.use_case.element(), |w| self.use_case.write(w)));
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
        document("UpdateClientDoc", namespace, "updateClient", |w| self.write(w))
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
        document("ClientCorrelationDoc", namespace, "clientCorrelation", |w| self.write(w))
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
