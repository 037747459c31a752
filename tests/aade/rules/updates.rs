//! Service and completion: the rules of UpdateClient.

use super::{Case, Fields, check, with_each_kind};
use crate::aade::{id, post, update_xml};
use tameio::aade::message::Operation;
use tameio::aade::simulator::rules::UPDATE;
use tameio::aade::transport::HttpRequest;

/// An update of the nth record, whose type is given with it.
fn update(nth: i64, client_type: &str, fields: Fields<'_>) -> HttpRequest {
    update_named(&id(nth).to_string(), client_type, fields)
}

fn update_named(entry: &str, client_type: &str, fields: Fields<'_>) -> HttpRequest {
    let head = [("initialDclId", entry), ("clientServiceType", client_type)];
    post(Operation::Update, &update_xml(&[&head, fields].concat()))
}

const END: (&str, &str) = ("entryCompletion", "true");
const NO_DOCUMENT: (&str, &str) = ("nonIssueInvoice", "true");
const PRICE_LIST: (&str, &str) = ("providedServiceCategory", "7");
const FREE: (&str, &str) = ("providedServiceCategory", "4");
const NO_PARTS: (&str, &str) = ("providedServiceCategory", "3");
const RETAIL: (&str, &str) = ("invoiceKind", "1");
const INVOICE: (&str, &str) = ("invoiceKind", "2");
const VAT: (&str, &str) = ("invoiceCounterparty", "987654324");
const COUNTRY: (&str, &str) = ("invoiceCounterpartyCountry", "GR");

fn update_entries() -> Vec<Case> {
    let good = || update(1, "2", &[PRICE_LIST]);
    let first = |field: Fields<'_>| {
        let rest = [("initialDclId", "100000000000001"), ("clientServiceType", "2"), PRICE_LIST];
        post(Operation::Update, &update_xml(&[field, &rest].concat()))
    };
    vec![
        Case("U1.id", 220, good(), first(&[("updateUniqueId", "7")])),
        Case(
            "U1.completion",
            220,
            good(),
            update(1, "2", &[("completionDateTime", "2026-07-14T08:00:00Z"), PRICE_LIST]),
        ),
        Case("U1.exit", 220, good(), update(1, "2", &[PRICE_LIST, ("exitDateTime", "2026-07-14T08:00:00Z")])),
        Case("U2", 206, good(), update(77, "2", &[PRICE_LIST])),
        Case("U3", 221, good(), update(7, "2", &[PRICE_LIST])),
        Case("U4", 207, good(), update(8, "2", &[PRICE_LIST])),
        Case("U5", 209, good(), update(6, "2", &[PRICE_LIST])),
        Case("U6", 208, good(), update(1, "3", &[NO_PARTS])),
        Case(
            "U27",
            203,
            update(5, "2", &[END, ("amount", "30.00"), PRICE_LIST, RETAIL]),
            update(5, "2", &[END, PRICE_LIST, RETAIL]),
        ),
        Case(
            "U28.comments",
            203,
            update(1, "2", &[PRICE_LIST, ("comments", "ok")]),
            update(1, "2", &[PRICE_LIST, ("comments", "")]),
        ),
        Case(
            "U28.vat",
            203,
            good(),
            update(1, "2", &[PRICE_LIST, ("entityVatNumber", "999999993"), ("cooperatingVatNumber", "")]),
        ),
        Case(
            "U28.other",
            203,
            update(1, "2", &[("providedServiceCategory", "5"), ("providedServiceCategoryOther", "χαλιά")]),
            update(1, "2", &[("providedServiceCategory", "5"), ("providedServiceCategoryOther", " ")]),
        ),
    ]
}

fn categories() -> Vec<Case> {
    vec![
        Case("U7", 203, update(2, "3", &[NO_PARTS]), update(2, "3", &[])),
        Case(
            "U8",
            220,
            update(3, "1", &[("amount", "120")]),
            update(3, "1", &[("amount", "120"), PRICE_LIST]),
        ),
        Case("U9", 214, update(2, "3", &[NO_PARTS]), update(2, "3", &[PRICE_LIST])),
        Case(
            "U10.text",
            203,
            update(1, "2", &[("providedServiceCategory", "5"), ("providedServiceCategoryOther", "χαλιά")]),
            update(1, "2", &[("providedServiceCategory", "5")]),
        ),
        Case(
            "U10.category",
            205,
            update(1, "2", &[PRICE_LIST]),
            update(1, "2", &[PRICE_LIST, ("providedServiceCategoryOther", "χαλιά")]),
        ),
        Case("U11", 203, update(1, "2", &[NO_DOCUMENT, FREE]), update(1, "2", &[FREE])),
    ]
}

fn documents() -> Vec<Case> {
    let free = || update(1, "2", &[END, NO_DOCUMENT, FREE, ("reasonNonIssueType", "1")]);
    let receipt = || update(1, "2", &[END, PRICE_LIST, RETAIL]);
    let invoice = || update(1, "2", &[END, PRICE_LIST, INVOICE, VAT, COUNTRY]);
    vec![
        Case("U12", 204, free(), update(1, "2", &[NO_DOCUMENT, FREE, RETAIL])),
        Case("U13.vat", 204, free(), update(1, "2", &[NO_DOCUMENT, FREE, VAT])),
        Case("U13.country", 204, free(), update(1, "2", &[NO_DOCUMENT, FREE, COUNTRY])),
        Case("U14", 203, free(), update(1, "2", &[END, NO_DOCUMENT, FREE])),
        Case("U15", 205, free(), update(1, "2", &[PRICE_LIST, ("reasonNonIssueType", "1")])),
        Case(
            "U16",
            214,
            update(2, "3", &[NO_DOCUMENT, ("providedServiceCategory", "6"), ("reasonNonIssueType", "3")]),
            update(1, "2", &[NO_DOCUMENT, FREE, ("reasonNonIssueType", "3")]),
        ),
        Case("U17", 208, free(), update(1, "2", &[NO_DOCUMENT, FREE, ("reasonNonIssueType", "2")])),
        Case("U18", 203, receipt(), update(1, "2", &[END, PRICE_LIST])),
        Case("U19.vat", 203, invoice(), update(1, "2", &[PRICE_LIST, INVOICE, COUNTRY])),
        Case("U19.country", 203, invoice(), update(1, "2", &[PRICE_LIST, INVOICE, VAT])),
        Case(
            "U20",
            202,
            update(
                1,
                "2",
                &[PRICE_LIST, INVOICE, ("invoiceCounterparty", "DE99"), ("invoiceCounterpartyCountry", "DE")],
            ),
            update(1, "2", &[PRICE_LIST, INVOICE, ("invoiceCounterparty", "999999999"), COUNTRY]),
        ),
        Case(
            "U21",
            208,
            update(4, "2", &[END, PRICE_LIST, INVOICE, VAT, COUNTRY]),
            update(4, "2", &[END, PRICE_LIST, INVOICE, ("invoiceCounterparty", "123456783"), COUNTRY]),
        ),
    ]
}

fn places() -> Vec<Case> {
    const AWAY: (&str, &str) = ("isDiffVehReturnLocation", "true");
    const PLACE: (&str, &str) = ("vehicleReturnLocation", "Χανιά");
    const PARTNER: (&str, &str) = ("offSiteProvidedService", "1");
    const BRANCH: (&str, &str) = ("offSiteProvidedService", "2");
    const PARTNER_VAT: (&str, &str) = ("cooperatingVatNumber", "123456783");
    const OTHER: (&str, &str) = ("otherBranch", "4");
    let partner = || update(2, "3", &[END, NO_PARTS, PARTNER, PARTNER_VAT]);
    let branch = || update(2, "3", &[END, NO_PARTS, BRANCH, OTHER]);
    vec![
        Case("U22", 214, update(3, "1", &[AWAY, PLACE]), update(1, "2", &[AWAY, PLACE, PRICE_LIST])),
        Case("U23.place", 203, update(3, "1", &[AWAY, PLACE]), update(3, "1", &[AWAY])),
        Case("U23.flag", 205, update(3, "1", &[]), update(3, "1", &[PLACE])),
        Case("U24", 214, partner(), update(1, "2", &[END, PRICE_LIST, PARTNER, PARTNER_VAT])),
        Case("U25.partner", 203, partner(), update(2, "3", &[END, NO_PARTS, PARTNER])),
        Case(
            "U25.vat",
            202,
            partner(),
            update(2, "3", &[END, NO_PARTS, PARTNER, ("cooperatingVatNumber", "123456789")]),
        ),
        Case("U25.branch", 203, branch(), update(2, "3", &[END, NO_PARTS, BRANCH])),
        Case(
            "U25.crossed_partner",
            204,
            branch(),
            update(2, "3", &[END, NO_PARTS, BRANCH, PARTNER_VAT, OTHER]),
        ),
        Case(
            "U25.crossed_branch",
            204,
            partner(),
            update(2, "3", &[END, NO_PARTS, PARTNER, PARTNER_VAT, OTHER]),
        ),
        Case("U26", 203, branch(), update(2, "3", &[NO_PARTS, BRANCH, OTHER])),
    ]
}

#[test]
fn updates_keep_the_rules() {
    let cases = [update_entries(), categories(), documents(), places()].into_iter().flatten().collect();
    check(Operation::Update, &UPDATE, cases, with_each_kind);
}
