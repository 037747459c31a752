//! The rules of UpdateClient.

use super::{
    Case, Rule, apart, barred, barred_for_type, blank, greek_vat, is_greek_vat, joined, mandatory, only,
    rule, say, strict,
};
use crate::aade::simulator::state::EntryState;

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
