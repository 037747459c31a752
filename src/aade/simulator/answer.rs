//! Writes the registry's answers: the four kinds of `ResponseDoc`, and pages of `RequestedDoc` from the same tables
//! that validate.

use super::options::CorrelationName;
use super::rules::Violation;
use super::schema::{self, Fields, Kind, Particle};
use super::script::Call;
use super::state::{Book, Entry, EntryState, Record, What};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fmt::Write;

const DECLARATION: &str = r#"<?xml version="1.0" encoding="utf-8"?>"#;

/// The registry speaks Athens time, whatever zone it is asked in.
const ATHENS: TimeZone = jiff::tz::get!("Europe/Athens");

/// Carried out under this id.
pub(super) fn success(call: Call, id: i64, name: CorrelationName) -> String {
    let element = match (call, name) {
        (Call::SendClient, _) => "newClientDclID",
        (Call::UpdateClient, _) => "updatedClientDclID",
        (Call::CancelClient | Call::RequestClients, _) => "cancellationID",
        (Call::ClientCorrelations, CorrelationName::Schema) => "correlateId",
        (Call::ClientCorrelations, CorrelationName::Seen) => "clientCorrelationID",
    };
    response(&format!("<{element}>{id}</{element}>"), "Success")
}

/// Refused by rules.
pub(super) fn refused(violations: &[Violation]) -> String {
    let errors: Vec<_> = violations.iter().map(|v| (v.code.to_string(), v.message.clone())).collect();
    failed(&errors, "ValidationError")
}

/// Refused by the schema, or not XML at all.
pub(super) fn not_valid(violations: &[String], code: u16) -> String {
    let errors: Vec<_> = violations.iter().map(|message| (code.to_string(), message.clone())).collect();
    failed(&errors, "XMLSyntaxError")
}

/// The registry does not know itself.
pub(super) fn technical() -> String {
    failed(&[("-".to_owned(), "Unexpected condition error".to_owned())], "TechnicalError")
}

fn failed(errors: &[(String, String)], status: &str) -> String {
    let mut list = String::from("<errors>");
    for (code, message) in errors {
        list.push_str("<error>");
        element(&mut list, "message", message);
        element(&mut list, "code", code);
        list.push_str("</error>");
    }
    response(&(list + "</errors>"), status)
}

fn response(content: &str, status: &str) -> String {
    format!(
        "{DECLARATION}<ResponseDoc><response><index>1</index>{content}<statusCode>{status}</statusCode></response>\
         </ResponseDoc>"
    )
}

/// One page of records.
pub(super) struct Page<'a> {
    pub(super) afm: &'a str,
    pub(super) book: Option<&'a Book>,
    pub(super) records: &'a [&'a Record],
    /// There is more.
    pub(super) token: Option<&'a str>,
}

impl Page<'_> {
    pub(super) fn write(&self, name: CorrelationName, lists_cancelled: bool) -> String {
        let mut xml = format!(r#"{DECLARATION}<RequestedDoc xmlns="http://www.aade.gr/myDATA/dcr/v1.0">"#);
        if let Some(token) = self.token {
            element(&mut xml, "continuationToken", token);
        }
        element(&mut xml, "entityVatNumber", self.afm);
        let records = || self.records.iter().copied();
        let entries = records().filter_map(|record| self.book?.entry(record.id));
        let listed = entries.filter(|entry| lists_cancelled || entry.state != EntryState::Cancelled);
        list(&mut xml, "clientsDoc", listed.map(client));
        list(&mut xml, "updateclientRequestsDoc", records().filter_map(update));
        list(
            &mut xml,
            "clientcorrelationsRequestsDoc",
            records().filter_map(|record| correlation(record, name)),
        );
        list(&mut xml, "cancelClientRequestsDoc", records().filter_map(cancellation));
        xml + "</RequestedDoc>"
    }
}

/// A list that is empty is left out.
fn list(xml: &mut String, name: &str, items: impl Iterator<Item = String>) {
    let items: String = items.collect();
    if !items.is_empty() {
        let _ = write!(xml, "<{name}>{items}</{name}>");
    }
}

fn client(entry: &Entry) -> String {
    let mut initial = entry.initial.clone();
    initial.set("idDcl", entry.id);
    initial.set("creationDateTime", athens(entry.created));
    let mut xml = String::from("<DigitalClient>");
    group(&mut xml, "InitialClientData", &initial, schema::SEND.particles);
    if let Some(latest) = entry.updates.last() {
        let merged = stamped(&entry.merged, *latest, entry.completed);
        group(&mut xml, "UpdatedClientData", &merged, schema::UPDATE.particles);
    }
    xml + "</DigitalClient>"
}

fn update(record: &Record) -> Option<String> {
    let What::Updated(fields) = &record.what else { return None };
    let completed = fields.is_true("entryCompletion").then_some(record.at);
    let mut xml = String::new();
    group(&mut xml, "UpdateClientRequest", &stamped(fields, record.id, completed), schema::UPDATE.particles);
    Some(xml)
}

/// An update with what the registry fills in: its id, and the time of a completion (and of leaving for elsewhere).
fn stamped(fields: &Fields, id: i64, completed: Option<Timestamp>) -> Fields {
    let mut fields = fields.clone();
    fields.set("updateUniqueId", id);
    if let Some(at) = completed {
        fields.set("completionDateTime", athens(at));
        if fields.has("offSiteProvidedService") {
            fields.set("exitDateTime", athens(at));
        }
    }
    fields
}

fn correlation(record: &Record, name: CorrelationName) -> Option<String> {
    let What::Correlated(fields) = &record.what else { return None };
    let mut xml = String::from("<ClientCorrelationsRequest>");
    match name {
        CorrelationName::Schema => element(&mut xml, "correlateId", &record.id.to_string()),
        CorrelationName::Seen => element(&mut xml, "clientCorrelationID", &record.id.to_string()),
    }
    write_fields(&mut xml, fields, schema::CORRELATE.particles);
    Some(xml + "</ClientCorrelationsRequest>")
}

fn cancellation(record: &Record) -> Option<String> {
    let What::Cancelled(entry) = &record.what else { return None };
    let mut xml = String::from("<CancelClientRequest>");
    element(&mut xml, "dclid", &entry.to_string());
    element(&mut xml, "cancellationID", &record.id.to_string());
    element(&mut xml, "cancellationDate", &ATHENS.to_datetime(record.at).date().to_string());
    Some(xml + "</CancelClientRequest>")
}

fn athens(at: Timestamp) -> String {
    ATHENS.to_datetime(at).strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

fn group(xml: &mut String, name: &str, fields: &Fields, particles: &[Particle]) {
    let _ = write!(xml, "<{name}>");
    write_fields(xml, fields, particles);
    let _ = write!(xml, "</{name}>");
}

fn write_fields(xml: &mut String, fields: &Fields, particles: &[Particle]) {
    for field in particles.iter().flat_map(Particle::fields).filter(|field| fields.has(field.name)) {
        match &field.kind {
            Kind::Group(inner) => group(xml, field.name, fields, inner),
            _ => fields.all(field.name).for_each(|value| element(xml, field.name, value)),
        }
    }
}

fn element(xml: &mut String, name: &str, value: &str) {
    let _ = write!(xml, "<{name}>{}</{name}>", quick_xml::escape::partial_escape(value));
}
