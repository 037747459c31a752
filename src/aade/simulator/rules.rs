//! The registry's rules, each one line of a table: its name, the code it answers with, the element it is about and
//! the test. The pairing of rule and code is data, because parts of it are inference: [`Options`] can change a code
//! or switch a rule without touching the logic.
//!
//! Names follow the public list of rules: `T` transport, `S` SendClient, `U` UpdateClient, `C` ClientCorrelations,
//! `X` CancelClient, `R` RequestClients; a part after a dot tells apart the cases of one rule.

use super::Options;
use super::schema::{self, Fields, Particle};
use super::state::{Book, Entry, EntryState, What};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// What the rules look at.
pub(super) struct Case<'a> {
    pub(super) fields: &'a Fields,
    pub(super) book: Option<&'a Book>,
    pub(super) now: Timestamp,
    pub(super) options: &'a Options,
}

/// One error of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub rule: &'static str,
    /// The code.
    pub code: u16,
    /// In words.
    pub message: String,
}

/// One rule.
pub struct Rule {
    /// Its name.
    pub id: &'static str,
    /// The code unless [`Options::codes`] says otherwise.
    pub code: u16,
    /// Whether it holds unless [`Options::switches`] says otherwise.
    pub on: bool,
    field: &'static str,
    check: fn(&Case<'_>) -> Vec<String>,
}

const fn rule(id: &'static str, code: u16, field: &'static str, check: fn(&Case<'_>) -> Vec<String>) -> Rule {
    Rule { id, code, on: true, field, check }
}

/// A rule that holds in strict mode only.
const fn strict(
    id: &'static str,
    code: u16,
    field: &'static str,
    check: fn(&Case<'_>) -> Vec<String>,
) -> Rule {
    Rule { id, code, on: false, field, check }
}

/// Every violation, in document order.
pub(super) fn check(rules: &'static [Rule], particles: &[Particle], case: &Case<'_>) -> Vec<Violation> {
    let mut found: Vec<(usize, Violation)> = Vec::new();
    for rule in rules.iter().filter(|rule| case.options.is_on(rule)) {
        let place = schema::position(particles, rule.field).unwrap_or_default();
        let code = case.options.code_of(rule);
        let violation = |message| (place, Violation { rule: rule.id, code, message });
        found.extend((rule.check)(case).into_iter().map(violation));
    }
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, violation)| violation).collect()
}

impl Case<'_> {
    fn has(&self, name: &str) -> bool {
        self.fields.has(name)
    }

    fn yes(&self, name: &str) -> bool {
        self.fields.is_true(name)
    }

    fn is(&self, name: &str, codes: &[i64]) -> bool {
        self.fields.number(name).is_some_and(|code| codes.contains(&code))
    }

    fn is_type(&self, types: &[i64]) -> bool {
        self.is("clientServiceType", types)
    }

    /// The entry an update speaks of.
    fn entry(&self) -> Option<&Entry> {
        self.book?.entry(self.fields.number("initialDclId")?)
    }

    fn correlated(&self) -> impl Iterator<Item = i64> {
        self.fields.all("correlatedDCLids").filter_map(|id| id.parse().ok())
    }

    fn record_exists(&self, id: i64) -> bool {
        self.book.is_some_and(|book| book.record(id).is_some())
    }

    fn entry_of(&self, id: i64) -> Option<&Entry> {
        self.book?.entry(id)
    }
}

fn say(broken: bool, message: impl FnOnce() -> String) -> Vec<String> {
    if broken { vec![message()] } else { Vec::new() }
}

/// `name` must be there when `needed`.
fn mandatory(case: &Case<'_>, needed: bool, name: &str) -> Vec<String> {
    say(needed && !case.has(name), || format!("{name} is mandatory"))
}

/// `name` may be there only when `allowed`.
fn only(case: &Case<'_>, allowed: bool, name: &str, when: &str) -> Vec<String> {
    say(!allowed && case.has(name), || format!("{name} is allowed only when {when}"))
}

/// `name` may never be there when `barred`.
fn barred(case: &Case<'_>, barred: bool, name: &str) -> Vec<String> {
    say(barred && case.has(name), || format!("{name} is not allowed"))
}

fn barred_for_type(case: &Case<'_>, barred: bool, name: &str) -> Vec<String> {
    say(barred && case.has(name), || format!("value of {name} is not allowed for this clientServiceType"))
}

fn apart(case: &Case<'_>, condition: bool, name: &str, other: &str) -> Vec<String> {
    say(condition && case.has(name), || format!("{name} cannot be sent together with {other}"))
}

fn joined(parts: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    parts.into_iter().flatten().collect()
}

/// Elements that are there and say nothing.
fn blank(case: &Case<'_>, names: &[&str]) -> Vec<String> {
    let is_blank = |name: &&&str| case.fields.get(name).is_some_and(|text| text.trim().is_empty());
    names.iter().filter(is_blank).map(|name| format!("{name} is mandatory")).collect()
}

/// A Greek number beside its country must carry its check digit.
fn greek_vat(case: &Case<'_>, vat: &str, country: &str) -> Vec<String> {
    let greek = case.fields.get(country) == Some("GR");
    let bad = case.fields.get(vat).is_some_and(|number| !is_greek_vat(number));
    say(greek && bad, || "Invalid Greek VAT number".to_owned())
}

/// Nine digits, not all zero, and the last is the remainder of the first eight weighted by powers of two.
pub(super) fn is_greek_vat(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    if number.len() != 9 || digits.len() != 9 || digits.iter().all(|digit| *digit == 0) {
        return false;
    }
    let weighted = digits[..8].iter().fold(0, |sum, digit| sum * 2 + digit) * 2;
    weighted % 11 % 10 == digits[8]
}

const PERIOD_FLAGS: [&str; 2] = ["continuousService", "continuousLeaseService"];

fn has_period(case: &Case<'_>) -> bool {
    PERIOD_FLAGS.iter().any(|flag| case.yes(flag))
}

fn use_case(case: &Case<'_>) -> Option<i64> {
    let children = [("rental", 1), ("parkingcarwash", 2), ("garage", 3)];
    children.into_iter().find(|(name, _)| case.has(name)).map(|(_, code)| code)
}

fn created(case: &Case<'_>) -> Option<Timestamp> {
    case.fields.get("creationDateTime")?.parse().ok()
}

/// SendClient.
pub static SEND: [Rule; 33] = [
    rule("S1", 212, "idDcl", |c| say(c.has("idDcl"), || "idDcl is filled by the service".to_owned())),
    rule("S2", 205, "creationDateTime", |c| {
        only(c, c.has("transmissionFailure"), "creationDateTime", "transmissionFailure has value")
    }),
    rule("S3", 203, "creationDateTime", |c| mandatory(c, c.has("transmissionFailure"), "creationDateTime")),
    rule("S4", 218, "creationDateTime", |c| {
        let local = c.fields.get("creationDateTime").is_some_and(|at| !at.ends_with('Z'));
        say(local, || "creationDateTime is not in UTC format".to_owned())
    }),
    rule("S5", 217, "creationDateTime", |c| {
        let future = created(c).is_some_and(|at| at > c.now);
        say(future, || "creationDateTime cannot be later than the current time".to_owned())
    }),
    rule("S6", 208, "useCase", |c| {
        let differs = use_case(c) != c.fields.number("clientServiceType");
        say(differs, || "useCase differs with clientServiceType".to_owned())
    }),
    rule("S7.none", 203, "vehicleRegistrationNumber", |c| {
        mandatory(c, !c.has("foreignVehicleRegistrationNumber"), "vehicleRegistrationNumber")
    }),
    rule("S7.both", 204, "foreignVehicleRegistrationNumber", |c| {
        let domestic = "vehicleRegistrationNumber";
        apart(c, c.has(domestic), "foreignVehicleRegistrationNumber", domestic)
    }),
    rule("S8", 203, "vehicleCategory", |c| {
        mandatory(c, c.has("foreignVehicleRegistrationNumber"), "vehicleCategory")
    }),
    rule("S9", 203, "vehicleFactory", |c| {
        let needed = c.has("foreignVehicleRegistrationNumber") && c.is_type(&[1, 3]);
        mandatory(c, needed, "vehicleFactory")
    }),
    rule("S10.vat", 203, "customerVatNumber", |c| {
        mandatory(c, c.yes("recurringService"), "customerVatNumber")
    }),
    rule("S10.country", 203, "customerCountry", |c| {
        mandatory(c, c.yes("recurringService"), "customerCountry")
    }),
    rule("S11", 202, "customerVatNumber", |c| greek_vat(c, "customerVatNumber", "customerCountry")),
    rule("S12", 204, "recurringService", |c| {
        let flags = ["recurringService", "continuousService", "continuousLeaseService"];
        let set: Vec<_> = flags.into_iter().filter(|flag| c.yes(flag)).collect();
        say(set.len() > 1, || format!("{} cannot be sent together with {}", set[0], set[1]))
    }),
    rule("S13.from", 203, "fromAgreedPeriodDate", |c| mandatory(c, has_period(c), "fromAgreedPeriodDate")),
    rule("S13.to", 203, "toAgreedPeriodDate", |c| mandatory(c, has_period(c), "toAgreedPeriodDate")),
    rule("S14", 213, "toAgreedPeriodDate", |c| {
        let (from, to) = (c.fields.get("fromAgreedPeriodDate"), c.fields.get("toAgreedPeriodDate"));
        let backwards = from.zip(to).is_some_and(|(from, to)| to < from);
        say(backwards, || "toAgreedPeriodDate cannot be earlier than fromAgreedPeriodDate".to_owned())
    }),
    rule("S15.none", 203, "periodicity", |c| {
        mandatory(c, c.yes("continuousLeaseService") && !c.has("periodicityOther"), "periodicity")
    }),
    rule("S15.both", 204, "periodicityOther", |c| {
        apart(c, c.has("periodicity"), "periodicityOther", "periodicity")
    }),
    rule("S16.period", 205, "fromAgreedPeriodDate", |c| {
        let when = "continuousService or continuousLeaseService is true";
        let dates = ["fromAgreedPeriodDate", "toAgreedPeriodDate"];
        joined(dates.map(|date| only(c, has_period(c), date, when)))
    }),
    rule("S16.periodicity", 205, "periodicity", |c| {
        let lease = c.yes("continuousLeaseService");
        joined(
            ["periodicity", "periodicityOther"].map(|n| only(c, lease, n, "continuousLeaseService is true")),
        )
    }),
    strict("S17", 205, "customerVatNumber", |c| {
        let recurring = c.yes("recurringService");
        joined(
            ["customerVatNumber", "customerCountry"]
                .map(|n| only(c, recurring, n, "recurringService is true")),
        )
    }),
    rule("S18", 214, "mixedService", |c| {
        barred_for_type(c, c.yes("mixedService") && !c.is_type(&[2]), "mixedService")
    }),
    rule("S19", 203, "vehicleMovementPurpose", |c| mandatory(c, c.is_type(&[1]), "vehicleMovementPurpose")),
    rule("S20", 216, "vehicleMovementPurpose", |c| {
        let other = c.yes("recurringService") && c.is("vehicleMovementPurpose", &[2, 3]);
        say(other, || "recurringService cannot be sent with vehicleMovementPurpose 2".to_owned())
    }),
    rule("S21.place", 203, "vehiclePickupLocation", |c| {
        mandatory(c, c.yes("isDiffVehPickupLocation"), "vehiclePickupLocation")
    }),
    rule("S21.flag", 205, "vehiclePickupLocation", |c| {
        only(c, c.yes("isDiffVehPickupLocation"), "vehiclePickupLocation", "isDiffVehPickupLocation is true")
    }),
    rule("S22.unknown", 206, "correlatedDclId", |c| {
        let id = c.fields.number("correlatedDclId").filter(|id| !c.record_exists(*id));
        id.map(|id| format!("correlatedDclId {id} not found")).into_iter().collect()
    }),
    rule("S22.kind", 219, "correlatedDclId", |c| {
        let other = |id: &i64| c.record_exists(*id) && c.entry_of(*id).is_none();
        let id = c.fields.number("correlatedDclId").filter(other);
        id.map(|id| format!("correlatedDclId {id} is not an initial entry id")).into_iter().collect()
    }),
    rule("S23.vehicle", 203, "vehicleRegistrationNumber", |c| {
        blank(
            c,
            &[
                "vehicleRegistrationNumber",
                "foreignVehicleRegistrationNumber",
                "vehicleCategory",
                "vehicleFactory",
            ],
        )
    }),
    rule("S23.customer", 203, "customerVatNumber", |c| blank(c, &["entityVatNumber", "customerVatNumber"])),
    rule("S23.comments", 203, "comments", |c| blank(c, &["comments"])),
    rule("S23.other", 203, "periodicityOther", |c| blank(c, &["vehiclePickupLocation", "periodicityOther"])),
];

fn of_entry(case: &Case<'_>, state: EntryState, what: &str) -> Vec<String> {
    let entry = case.entry().filter(|entry| entry.state == state);
    entry.map(|entry| format!("entry {} {what}", entry.id)).into_iter().collect()
}

fn no_document(case: &Case<'_>) -> bool {
    case.yes("nonIssueInvoice")
}

/// Which reason each category without a document goes with.
const REASON_OF_CATEGORY: [(i64, i64); 3] = [(4, 1), (9, 2), (6, 3)];

/// Which categories each client type knows; rentals tell none.
const CATEGORIES_OF_TYPE: [(i64, &[i64]); 2] = [(2, &[4, 5, 7, 8, 9]), (3, &[1, 2, 3, 4, 5, 6, 9])];

fn category_fits(case: &Case<'_>) -> bool {
    let known = CATEGORIES_OF_TYPE.iter().find(|(client_type, _)| case.is_type(&[*client_type]));
    !case.has("providedServiceCategory")
        || known.is_none_or(|(_, categories)| case.is("providedServiceCategory", categories))
}

/// UpdateClient.
pub static UPDATE: [Rule; 40] = [
    rule("U1.id", 220, "updateUniqueId", |c| barred(c, true, "updateUniqueId")),
    rule("U1.completion", 220, "completionDateTime", |c| barred(c, true, "completionDateTime")),
    rule("U1.exit", 220, "exitDateTime", |c| barred(c, true, "exitDateTime")),
    rule("U2", 206, "initialDclId", |c| {
        let id = c.fields.number("initialDclId").filter(|id| !c.record_exists(*id));
        id.map(|id| format!("entry {id} not found")).into_iter().collect()
    }),
    rule("U3", 221, "initialDclId", |c| {
        let other = |id: &i64| c.record_exists(*id) && c.entry_of(*id).is_none();
        let id = c.fields.number("initialDclId").filter(other);
        id.map(|id| format!("DclId {id} is not an initial entry id")).into_iter().collect()
    }),
    rule("U4", 207, "initialDclId", |c| of_entry(c, EntryState::Cancelled, "has already been cancelled")),
    rule("U5", 209, "initialDclId", |c| of_entry(c, EntryState::Completed, "has been completed")),
    rule("U6", 208, "clientServiceType", |c| {
        let sent = c.fields.get("clientServiceType");
        let differs = c.entry().is_some_and(|entry| entry.initial.get("clientServiceType") != sent);
        say(differs, || "clientServiceType differs with the clientServiceType of the entry".to_owned())
    }),
    rule("U7", 203, "providedServiceCategory", |c| {
        mandatory(c, c.is_type(&[2, 3]), "providedServiceCategory")
    }),
    rule("U8", 220, "providedServiceCategory", |c| barred(c, c.is_type(&[1]), "providedServiceCategory")),
    rule("U9", 214, "providedServiceCategory", |c| {
        barred_for_type(c, !category_fits(c), "providedServiceCategory")
    }),
    rule("U10.text", 203, "providedServiceCategoryOther", |c| {
        mandatory(c, c.is("providedServiceCategory", &[5]), "providedServiceCategoryOther")
    }),
    rule("U10.category", 205, "providedServiceCategoryOther", |c| {
        let other = c.is("providedServiceCategory", &[5]);
        only(c, other, "providedServiceCategoryOther", "providedServiceCategory is 5")
    }),
    rule("U11", 203, "nonIssueInvoice", |c| {
        let needed = c.is("providedServiceCategory", &[4, 6, 9]) && !no_document(c);
        say(needed, || "nonIssueInvoice is mandatory".to_owned())
    }),
    rule("U12", 204, "invoiceKind", |c| apart(c, no_document(c), "invoiceKind", "nonIssueInvoice")),
    rule("U13.vat", 204, "invoiceCounterparty", |c| {
        apart(c, no_document(c), "invoiceCounterparty", "nonIssueInvoice")
    }),
    rule("U13.country", 204, "invoiceCounterpartyCountry", |c| {
        apart(c, no_document(c), "invoiceCounterpartyCountry", "nonIssueInvoice")
    }),
    rule("U14", 203, "reasonNonIssueType", |c| {
        mandatory(c, c.yes("entryCompletion") && no_document(c), "reasonNonIssueType")
    }),
    rule("U15", 205, "reasonNonIssueType", |c| {
        only(c, no_document(c), "reasonNonIssueType", "nonIssueInvoice is true")
    }),
    rule("U16", 214, "reasonNonIssueType", |c| {
        barred_for_type(c, c.is("reasonNonIssueType", &[3]) && !c.is_type(&[3]), "reasonNonIssueType")
    }),
    strict("U17", 208, "reasonNonIssueType", |c| {
        let misfit = |(category, reason): &(i64, i64)| {
            c.is("providedServiceCategory", &[*category])
                && c.has("reasonNonIssueType")
                && !c.is("reasonNonIssueType", &[*reason])
        };
        let differs = REASON_OF_CATEGORY.iter().any(misfit);
        say(differs, || "reasonNonIssueType differs with providedServiceCategory".to_owned())
    }),
    rule("U18", 203, "invoiceKind", |c| {
        let ends_here = c.yes("entryCompletion") && !c.has("offSiteProvidedService");
        mandatory(c, ends_here && !no_document(c), "invoiceKind")
    }),
    rule("U19.vat", 203, "invoiceCounterparty", |c| {
        mandatory(c, c.is("invoiceKind", &[2]), "invoiceCounterparty")
    }),
    rule("U19.country", 203, "invoiceCounterpartyCountry", |c| {
        mandatory(c, c.is("invoiceKind", &[2]), "invoiceCounterpartyCountry")
    }),
    rule("U20", 202, "invoiceCounterparty", |c| {
        greek_vat(c, "invoiceCounterparty", "invoiceCounterpartyCountry")
    }),
    rule("U21", 208, "invoiceCounterparty", |c| {
        let recurring = c.entry().filter(|entry| entry.initial.is_true("recurringService"));
        let agreed = recurring.and_then(|entry| entry.initial.get("customerVatNumber"));
        let differs =
            agreed.zip(c.fields.get("invoiceCounterparty")).is_some_and(|(agreed, sent)| agreed != sent);
        say(differs, || "invoiceCounterparty differs with customerVatNumber".to_owned())
    }),
    rule("U22", 214, "isDiffVehReturnLocation", |c| {
        let names = ["isDiffVehReturnLocation", "vehicleReturnLocation"];
        joined(names.map(|name| barred_for_type(c, !c.is_type(&[1]), name)))
    }),
    rule("U23.place", 203, "vehicleReturnLocation", |c| {
        mandatory(c, c.yes("isDiffVehReturnLocation"), "vehicleReturnLocation")
    }),
    rule("U23.flag", 205, "vehicleReturnLocation", |c| {
        only(c, c.yes("isDiffVehReturnLocation"), "vehicleReturnLocation", "isDiffVehReturnLocation is true")
    }),
    rule("U24", 214, "offSiteProvidedService", |c| {
        let names = ["offSiteProvidedService", "cooperatingVatNumber", "otherBranch"];
        joined(names.map(|name| barred_for_type(c, !c.is_type(&[3]), name)))
    }),
    rule("U25.partner", 203, "cooperatingVatNumber", |c| {
        mandatory(c, c.is("offSiteProvidedService", &[1]), "cooperatingVatNumber")
    }),
    rule("U25.vat", 202, "cooperatingVatNumber", |c| {
        let bad = c.fields.get("cooperatingVatNumber").is_some_and(|number| !is_greek_vat(number));
        say(bad, || "Invalid Greek VAT number".to_owned())
    }),
    rule("U25.branch", 203, "otherBranch", |c| {
        mandatory(c, c.is("offSiteProvidedService", &[2]), "otherBranch")
    }),
    rule("U25.crossed_partner", 204, "cooperatingVatNumber", |c| {
        let moved = !c.is("offSiteProvidedService", &[1]);
        apart(c, moved, "cooperatingVatNumber", "this offSiteProvidedService")
    }),
    rule("U25.crossed_branch", 204, "otherBranch", |c| {
        let moved = !c.is("offSiteProvidedService", &[2]);
        apart(c, moved, "otherBranch", "this offSiteProvidedService")
    }),
    rule("U26", 203, "entryCompletion", |c| {
        let needed = c.has("offSiteProvidedService") && !c.yes("entryCompletion");
        say(needed, || "entryCompletion is mandatory".to_owned())
    }),
    rule("U27", 203, "amount", |c| {
        let lease = c.entry().filter(|entry| entry.initial.is_true("continuousLeaseService"));
        let known = lease.is_some_and(|entry| entry.merged.has("amount"));
        mandatory(c, lease.is_some() && c.yes("entryCompletion") && !known, "amount")
    }),
    rule("U28.vat", 203, "cooperatingVatNumber", |c| blank(c, &["entityVatNumber", "cooperatingVatNumber"])),
    rule("U28.comments", 203, "comments", |c| blank(c, &["comments", "invoiceCounterparty"])),
    rule("U28.other", 203, "vehicleReturnLocation", |c| {
        blank(c, &["vehicleReturnLocation", "providedServiceCategoryOther"])
    }),
];

/// Most entries of one correlation.
const CORRELATED_MAX: usize = 50;

/// The document a correlation names: its MARK, or the four figures of the fiscal machine.
fn document_of(fields: &Fields) -> [Option<&str>; 5] {
    ["mark", "FIMNumber", "FIMAA", "FIMIssueDate", "FIMIssueTime"].map(|name| fields.get(name))
}

fn was_correlated(case: &Case<'_>, entry: &Entry) -> bool {
    let document = document_of(case.fields);
    let records = entry.correlations.iter().filter_map(|id| case.book?.record(*id));
    records
        .into_iter()
        .any(|r| matches!(&r.what, What::Correlated(fields) if document_of(fields) == document))
}

/// ClientCorrelations.
pub static CORRELATE: [Rule; 9] = [
    rule("C1", 220, "correlateId", |c| barred(c, true, "correlateId")),
    rule("C2", 211, "correlatedDCLids", |c| {
        say(c.correlated().count() > CORRELATED_MAX, || "more than 50 correlatedDCLids".to_owned())
    }),
    rule("C3", 222, "correlatedDCLids", |c| {
        let ids: Vec<i64> = c.correlated().collect();
        let distinct: BTreeSet<&i64> = ids.iter().collect();
        say(distinct.len() < ids.len(), || "the list of DclIDs contains duplicates".to_owned())
    }),
    rule("C4", 206, "correlatedDCLids", |c| {
        c.correlated().filter(|id| !c.record_exists(*id)).map(|id| format!("entry {id} not found")).collect()
    }),
    rule("C5", 221, "correlatedDCLids", |c| {
        let other = c.correlated().filter(|id| c.record_exists(*id) && c.entry_of(*id).is_none());
        other.map(|id| format!("DclId {id} is not an initial entry id")).collect()
    }),
    rule("C6", 207, "correlatedDCLids", |c| {
        let cancelled =
            c.correlated().filter_map(|id| c.entry_of(id)).filter(|e| e.state == EntryState::Cancelled);
        cancelled.map(|entry| format!("entry {} has already been cancelled", entry.id)).collect()
    }),
    rule("C7", 104, "mark", |c| {
        let unknown = |mark: &i64| c.options.marks.as_ref().is_some_and(|known| !known.contains(mark));
        let mark = c.fields.number("mark").filter(unknown);
        mark.map(|mark| format!("requested invoice {mark} was not found")).into_iter().collect()
    }),
    rule("C8", 210, "correlatedDCLids", |c| {
        let again = c.correlated().filter_map(|id| c.entry_of(id)).filter(|entry| was_correlated(c, entry));
        again.map(|e| format!("ClientCorrelations for entry {} have already been sent", e.id)).collect()
    }),
    rule("C9", 203, "FIMNumber", |c| blank(c, &["entityVatNumber", "FIMNumber"])),
];

/// CancelClient, over the pseudo-field `DCLID`.
pub static CANCEL: [Rule; 5] = [
    rule("X1", 103, "DCLID", |c| {
        say(c.fields.number("DCLID").is_none(), || "dclid is missing from the request parameters".to_owned())
    }),
    rule("X2", 206, "DCLID", |c| {
        let id = c.fields.number("DCLID").filter(|id| !c.record_exists(*id));
        id.map(|id| format!("entry {id} not found")).into_iter().collect()
    }),
    rule("X3", 221, "DCLID", |c| {
        let id = c.fields.number("DCLID").filter(|id| c.record_exists(*id) && c.entry_of(*id).is_none());
        id.map(|id| format!("DclId {id} is not an initial entry id")).into_iter().collect()
    }),
    rule("X4", 207, "DCLID", |c| in_state(c, EntryState::Cancelled, "has already been cancelled")),
    strict("X5", 209, "DCLID", |c| in_state(c, EntryState::Completed, "has been completed")),
];

fn in_state(case: &Case<'_>, state: EntryState, what: &str) -> Vec<String> {
    let entry =
        case.fields.number("DCLID").and_then(|id| case.entry_of(id)).filter(|entry| entry.state == state);
    entry.map(|entry| format!("entry {} {what}", entry.id)).into_iter().collect()
}

/// RequestClients, over the pseudo-field `DCLID`.
pub static LIST: [Rule; 2] = [
    rule("R1", 103, "DCLID", |c| {
        say(c.fields.number("DCLID").is_none(), || "dclid is missing from the request parameters".to_owned())
    }),
    rule("R2", 103, "maxdclid", |c| {
        let bad = c.has("maxdclid") && c.fields.number("maxdclid").is_none();
        say(bad, || "maxdclid is not a number".to_owned())
    }),
];
