//! Every rule of the registry with a request that keeps it and one that breaks it.
//!
//! A breaking request must be refused with the rule's code, and must no longer be refused for it once the rule is
//! switched off: so a rule cannot hide behind another with the same code.

use super::{
    accepted, answer, cancel, completion, correlate_xml, elements, errors, id, list, now, post, reply,
    send_xml, simulator, update_xml, wash,
};
use tameio::aade::message::Operation;
use tameio::aade::reply::Answer;
use tameio::aade::simulator::rules::{CANCEL, CORRELATE, LIST, Rule, SEND, UPDATE};
use tameio::aade::simulator::{Account, Caller, Delivery, Options, Simulator};
use tameio::aade::transport::{HttpRequest, Method};

type Fields<'a> = &'a [(&'a str, &'a str)];

/// Name, code, a request that keeps the rule, one that breaks it.
struct Case(&'static str, u16, HttpRequest, HttpRequest);

fn check(operation: Operation, rules: &[Rule], cases: Vec<Case>, world: fn() -> Simulator) {
    for Case(rule, code, keeps, breaks) in &cases {
        let switched = |on: bool| {
            let mut world = world();
            world.options_mut().switches.insert((*rule).to_owned(), on);
            world
        };
        let kept = errors(&mut switched(true), operation, keeps);
        assert_eq!(kept, [], "{rule}: must pass: {}", keeps.archived());
        let with = errors(&mut switched(true), operation, breaks);
        let without = errors(&mut switched(false), operation, breaks);
        let of_rule: Vec<_> = with.iter().filter(|error| !without.contains(error)).collect();
        assert!(!of_rule.is_empty(), "{rule}: must be refused: {with:?} {}", breaks.archived());
        assert!(of_rule.iter().all(|(given, _)| *given == code.to_string()), "{rule}: {of_rule:?}");
    }
    let tried: Vec<&str> = cases.iter().map(|case| case.0).collect();
    for rule in rules {
        assert!(tried.contains(&rule.id), "no test of rule {}", rule.id);
    }
}

const WASH: Fields<'static> = &[("clientServiceType", "2"), ("branch", "0")];
const RENTAL: Fields<'static> = &[("clientServiceType", "1"), ("branch", "0")];
const GREEK: Fields<'static> = &[("vehicleRegistrationNumber", "ΥΖΑ7319")];
const RENTED: Fields<'static> = &[("vehicleRegistrationNumber", "ΥΖΑ7319"), ("vehicleMovementPurpose", "1")];

/// A wash with these fields in front of the use case; `branch` stands where the schema wants it.
fn before(fields: Fields<'_>) -> HttpRequest {
    send(&[&[("clientServiceType", "2")], fields].concat(), "parkingcarwash", GREEK, &[])
}

fn send(fields: &[(&str, &str)], use_case: &str, vehicle: Fields<'_>, after: Fields<'_>) -> HttpRequest {
    post(Operation::Send, &send_xml(fields, use_case, vehicle, after))
}

fn vehicle(vehicle: Fields<'_>) -> HttpRequest {
    send(WASH, "parkingcarwash", vehicle, &[])
}

fn rental(vehicle: Fields<'_>) -> HttpRequest {
    send(RENTAL, "rental", vehicle, &[])
}

fn lease(dates: bool, after: Fields<'_>) -> HttpRequest {
    let period: Fields<'_> = &[("fromAgreedPeriodDate", "2026-07-01"), ("toAgreedPeriodDate", "2026-12-31")];
    let fields = [WASH, if dates { period } else { &[] }].concat();
    send(&fields, "parkingcarwash", GREEK, after)
}

/// Record 1 is an open wash, 2 a correlation of it.
fn with_entries() -> Simulator {
    let mut world = simulator();
    accepted(&mut world, Operation::Send, &wash("#7K3Q-000001"));
    let mark = correlate_xml("<mark>400001960000777</mark>", &[id(1)]);
    accepted(&mut world, Operation::Correlate, &post(Operation::Correlate, &mark));
    world
}

fn arrivals() -> Vec<Case> {
    let good = || before(&[("branch", "0")]);
    let late: Fields<'_> =
        &[("creationDateTime", "2026-07-14T05:42:10Z"), ("branch", "0"), ("transmissionFailure", "1")];
    vec![
        Case("S1", 212, good(), send(&[("idDcl", "7"), WASH[0], WASH[1]], "parkingcarwash", GREEK, &[])),
        Case(
            "S2",
            205,
            before(late),
            before(&[("creationDateTime", "2026-07-14T05:42:10Z"), ("branch", "0")]),
        ),
        Case("S3", 203, before(late), before(&[("branch", "0"), ("transmissionFailure", "1")])),
        Case(
            "S4",
            218,
            before(late),
            before(&[
                ("creationDateTime", "2026-07-14T08:42:10+03:00"),
                ("branch", "0"),
                ("transmissionFailure", "1"),
            ]),
        ),
        Case(
            "S5",
            217,
            before(late),
            before(&[
                ("creationDateTime", "2026-07-14T08:31:06Z"),
                ("branch", "0"),
                ("transmissionFailure", "1"),
            ]),
        ),
        Case(
            "S6",
            208,
            good(),
            send(&[("clientServiceType", "3"), ("branch", "0")], "parkingcarwash", GREEK, &[]),
        ),
        Case(
            "S12",
            204,
            before(&[
                ("branch", "0"),
                ("continuousService", "true"),
                ("fromAgreedPeriodDate", "2026-07-01"),
                ("toAgreedPeriodDate", "2026-07-01"),
            ]),
            before(&[
                ("branch", "0"),
                ("recurringService", "true"),
                ("continuousService", "true"),
                ("fromAgreedPeriodDate", "2026-07-01"),
                ("toAgreedPeriodDate", "2026-07-01"),
                ("customerVatNumber", "987654324"),
                ("customerCountry", "GR"),
            ]),
        ),
        Case(
            "S18",
            214,
            before(&[("branch", "0"), ("mixedService", "true")]),
            send(
                &[("clientServiceType", "3"), ("branch", "0"), ("mixedService", "true")],
                "garage",
                GREEK,
                &[],
            ),
        ),
        Case(
            "S22.unknown",
            206,
            before(&[("branch", "0"), ("correlatedDclId", "100000000000001")]),
            before(&[("branch", "0"), ("correlatedDclId", "100000000000077")]),
        ),
        Case("S22.kind", 219, good(), before(&[("branch", "0"), ("correlatedDclId", "100000000000002")])),
        Case(
            "S23.comments",
            203,
            before(&[("branch", "0"), ("comments", "ok")]),
            before(&[("branch", "0"), ("comments", "  ")]),
        ),
    ]
}

fn customers() -> Vec<Case> {
    let recurring: Fields<'_> = &[
        ("branch", "0"),
        ("recurringService", "true"),
        ("customerVatNumber", "987654324"),
        ("customerCountry", "GR"),
    ];
    let foreigner: Fields<'_> = &[
        ("branch", "0"),
        ("recurringService", "true"),
        ("customerVatNumber", "123456789"),
        ("customerCountry", "DE"),
    ];
    vec![
        Case(
            "S10.vat",
            203,
            before(recurring),
            before(&[("branch", "0"), ("recurringService", "true"), ("customerCountry", "GR")]),
        ),
        Case(
            "S10.country",
            203,
            before(recurring),
            before(&[("branch", "0"), ("recurringService", "true"), ("customerVatNumber", "987654324")]),
        ),
        Case(
            "S11",
            202,
            before(foreigner),
            before(&[
                ("branch", "0"),
                ("recurringService", "true"),
                ("customerVatNumber", "123456789"),
                ("customerCountry", "GR"),
            ]),
        ),
        Case(
            "S17",
            205,
            before(recurring),
            before(&[("branch", "0"), ("customerVatNumber", "987654324"), ("customerCountry", "GR")]),
        ),
        Case(
            "S23.customer",
            203,
            before(recurring),
            before(&[
                ("branch", "0"),
                ("recurringService", "true"),
                ("customerVatNumber", ""),
                ("customerCountry", "DE"),
            ]),
        ),
    ]
}

fn periods() -> Vec<Case> {
    let right: Fields<'_> = &[
        ("branch", "0"),
        ("continuousService", "true"),
        ("fromAgreedPeriodDate", "2026-07-01"),
        ("toAgreedPeriodDate", "2026-07-01"),
    ];
    vec![
        Case(
            "S13.from",
            203,
            before(right),
            before(&[("branch", "0"), ("continuousService", "true"), ("toAgreedPeriodDate", "2026-07-01")]),
        ),
        Case(
            "S13.to",
            203,
            before(right),
            before(&[("branch", "0"), ("continuousService", "true"), ("fromAgreedPeriodDate", "2026-07-01")]),
        ),
        Case(
            "S14",
            213,
            before(right),
            before(&[
                ("branch", "0"),
                ("continuousService", "true"),
                ("fromAgreedPeriodDate", "2026-07-02"),
                ("toAgreedPeriodDate", "2026-07-01"),
            ]),
        ),
        Case(
            "S15.none",
            203,
            lease(true, &[("periodicity", "1"), ("continuousLeaseService", "true")]),
            send(
                &[WASH, &right[2..]].concat(),
                "parkingcarwash",
                GREEK,
                &[("continuousLeaseService", "true")],
            ),
        ),
        Case(
            "S15.both",
            204,
            lease(true, &[("continuousLeaseService", "true"), ("periodicityOther", "κάθε Τρίτη")]),
            lease(
                true,
                &[
                    ("periodicity", "1"),
                    ("continuousLeaseService", "true"),
                    ("periodicityOther", "κάθε Τρίτη"),
                ],
            ),
        ),
        Case("S16.period", 205, before(right), lease(true, &[])),
        Case(
            "S16.periodicity",
            205,
            lease(true, &[("periodicity", "12"), ("continuousLeaseService", "true")]),
            lease(false, &[("periodicity", "12")]),
        ),
        Case(
            "S23.other",
            203,
            lease(true, &[("periodicity", "2"), ("continuousLeaseService", "1")]),
            send(
                &[WASH, &right[2..]].concat(),
                "parkingcarwash",
                GREEK,
                &[("continuousLeaseService", "true"), ("periodicityOther", " ")],
            ),
        ),
    ]
}

fn vehicles() -> Vec<Case> {
    const FOREIGN: (&str, &str) = ("foreignVehicleRegistrationNumber", "B TX 7093");
    let garage =
        |fields: Fields<'_>| send(&[("clientServiceType", "3"), ("branch", "0")], "garage", fields, &[]);
    vec![
        Case("S7.none", 203, vehicle(GREEK), vehicle(&[])),
        Case("S7.both", 204, vehicle(GREEK), vehicle(&[GREEK[0], FOREIGN, ("vehicleCategory", "Φορτηγό")])),
        Case("S8", 203, vehicle(&[FOREIGN, ("vehicleCategory", "Φορτηγό")]), vehicle(&[FOREIGN])),
        Case(
            "S9",
            203,
            garage(&[FOREIGN, ("vehicleCategory", "Φορτηγό"), ("vehicleFactory", "MAN")]),
            garage(&[FOREIGN, ("vehicleCategory", "Φορτηγό")]),
        ),
        Case("S19", 203, rental(RENTED), rental(GREEK)),
        Case(
            "S20",
            216,
            rental(&[GREEK[0], ("vehicleMovementPurpose", "3")]),
            send(
                &[
                    RENTAL[0],
                    RENTAL[1],
                    ("recurringService", "true"),
                    ("customerVatNumber", "987654324"),
                    ("customerCountry", "GR"),
                ],
                "rental",
                &[GREEK[0], ("vehicleMovementPurpose", "3")],
                &[],
            ),
        ),
        Case(
            "S21.place",
            203,
            rental(&[
                RENTED[0],
                RENTED[1],
                ("isDiffVehPickupLocation", "true"),
                ("vehiclePickupLocation", "Λιμάνι"),
            ]),
            rental(&[RENTED[0], RENTED[1], ("isDiffVehPickupLocation", "true")]),
        ),
        Case(
            "S21.flag",
            205,
            rental(RENTED),
            rental(&[
                RENTED[0],
                RENTED[1],
                ("isDiffVehPickupLocation", "false"),
                ("vehiclePickupLocation", "Λιμάνι"),
            ]),
        ),
        Case("S23.vehicle", 203, vehicle(GREEK), vehicle(&[("vehicleRegistrationNumber", "")])),
    ]
}

#[test]
fn arrivals_keep_the_rules() {
    let cases = [arrivals(), customers(), periods(), vehicles()].into_iter().flatten().collect();
    check(Operation::Send, &SEND, cases, with_entries);
}

/// Open entries: 1 wash, 2 garage, 3 rental, 4 wash of a recurring customer, 5 wash on lease.
/// 6 is a completed wash, 7 its completion; 8 a cancelled wash, 9 its cancellation.
fn with_each_kind() -> Simulator {
    let mut world = simulator();
    let mut take = |request: HttpRequest| accepted(&mut world, Operation::Send, &request);
    take(wash("#7K3Q-000001"));
    take(send(&[("clientServiceType", "3"), ("branch", "0")], "garage", GREEK, &[]));
    take(rental(RENTED));
    take(before(&[
        ("branch", "0"),
        ("recurringService", "true"),
        ("customerVatNumber", "987654324"),
        ("customerCountry", "GR"),
    ]));
    take(lease(true, &[("periodicity", "1"), ("continuousLeaseService", "true")]));
    let completed = take(wash("#7K3Q-000002"));
    accepted(&mut world, Operation::Update, &completion(completed));
    let mistaken = accepted(&mut world, Operation::Send, &wash("#7K3Q-000003"));
    accepted(&mut world, Operation::Cancel, &cancel(mistaken));
    world
}

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

const MARK: &str = "<mark>400001960000778</mark>";

fn correlate(document: &str, entries: &[i64]) -> HttpRequest {
    let entries: Vec<i64> = entries.iter().map(|nth| id(*nth)).collect();
    post(Operation::Correlate, &correlate_xml(document, &entries))
}

fn fim(number: &str) -> String {
    let rest = [("FIMAA", "7"), ("FIMIssueDate", "2026-07-14"), ("FIMIssueTime", "11:40:00")];
    format!("<FIM>{}</FIM>", elements(&[&[("FIMNumber", number)], &rest[..]].concat()))
}

/// As [`with_each_kind`]; 10 ties 1 to a MARK; then forty-five more washes; only two MARKs exist.
fn with_documents() -> Simulator {
    let mut world = with_each_kind();
    accepted(&mut world, Operation::Correlate, &correlate("<mark>400001960000777</mark>", &[1]));
    for nth in 11..=61 {
        assert_eq!(accepted(&mut world, Operation::Send, &wash(&format!("#7K3Q-{nth:06}"))), id(nth));
    }
    world.options_mut().marks = Some([400_001_960_000_777, 400_001_960_000_778].into());
    world
}

fn correlations() -> Vec<Case> {
    let good = || correlate(MARK, &[1]);
    let fifty: Vec<i64> = (11..=60).collect();
    let fifty_one: Vec<i64> = (11..=61).collect();
    vec![
        Case("C1", 220, good(), correlate(&format!("<correlateId>7</correlateId>{MARK}"), &[1])),
        Case("C2", 211, correlate(MARK, &fifty), correlate(MARK, &fifty_one)),
        Case("C3", 222, good(), correlate(MARK, &[1, 2, 1])),
        Case("C4", 206, good(), correlate(MARK, &[1, 99])),
        Case("C5", 221, good(), correlate(MARK, &[1, 7])),
        Case("C6", 207, correlate(MARK, &[1, 6]), correlate(MARK, &[1, 8])),
        Case("C7", 104, good(), correlate("<mark>400001960000779</mark>", &[1])),
        Case(
            "C8",
            210,
            correlate("<mark>400001960000777</mark>", &[2]),
            correlate("<mark>400001960000777</mark>", &[2, 1]),
        ),
        Case("C9", 203, correlate(&fim("ABC12345678"), &[1]), correlate(&fim(" "), &[1])),
    ]
}

#[test]
fn correlations_keep_the_rules() {
    check(Operation::Correlate, &CORRELATE, correlations(), with_documents);
}

#[test]
fn cancellations_keep_the_rules() {
    let bare = |query: &str| HttpRequest {
        method: Method::Post,
        path_and_query: format!("/DCL/CancelClient{query}"),
        body: vec![],
    };
    let cases = vec![
        Case("X1", 103, cancel(id(1)), bare("")),
        Case("X2", 206, bare("?dclid=100000000000001"), cancel(id(99))),
        Case("X3", 221, cancel(id(1)), cancel(id(7))),
        Case("X4", 207, cancel(id(1)), cancel(id(8))),
        Case("X5", 209, cancel(id(1)), cancel(id(6))),
    ];
    check(Operation::Cancel, &CANCEL, cases, with_each_kind);
    let mut world = with_each_kind();
    assert_eq!(errors(&mut world, Operation::Cancel, &bare("?DCLID=abc"))[0].0, "103");
    accepted(&mut world, Operation::Cancel, &cancel(id(6)));
}

#[test]
fn listings_keep_the_rules() {
    let refused = |query: &str| errors(&mut with_each_kind(), Operation::List, &list(query));
    for rule in &LIST {
        let query = if rule.id == "R1" { "maxdclid=7" } else { "DCLID=0&maxdclid=x" };
        assert_eq!(refused(query)[0].0, rule.code.to_string(), "{}", rule.id);
    }
    assert_eq!(refused("DCLID=0&continuationToken=%20x")[0].0, "103");
    assert!(
        !String::from_utf8(reply(&mut with_each_kind(), &list("dclid=0")).body).unwrap().contains("<errors>")
    );
}

fn handled(world: &mut Simulator, request: &HttpRequest, caller: &Caller) -> (u16, String) {
    match world.handle(now(), request, caller) {
        Delivery::Reply { status, body, .. } => (status, String::from_utf8(body).unwrap()),
        other => panic!("{other:?}"),
    }
}

/// T1 and T2: no credentials or wrong ones answer 401 without a document.
#[test]
fn callers_are_known_by_user_and_key() {
    let caller = |user: Option<&str>, key: Option<&str>| Caller {
        user: user.map(str::to_owned),
        key: key.map(str::to_owned),
    };
    let mut world = simulator();
    let mut ask = |user, key| handled(&mut world, &wash("#7K3Q-000001"), &caller(user, key));
    assert_eq!(ask(None, Some("demo")), (401, "Aade-user-id header is missing".to_owned()));
    let wrong = (401, "Access Key does not correspond to given User Id".to_owned());
    assert_eq!(ask(Some("demo"), None), wrong);
    assert_eq!(ask(Some("demo"), Some("Demo")), wrong);
    assert_eq!(ask(Some("other"), Some("demo")), wrong);
    assert_eq!(ask(Some("demo"), Some("demo")).0, 200);
    assert_eq!(world.entries().count(), 1);
}

/// T3: an empty body is a bad request, one that is no XML a refusal.
#[test]
fn bodies_are_xml() {
    let mut world = simulator();
    let empty = post(Operation::Send, "");
    assert_eq!(handled(&mut world, &empty, &Caller::demo()), (400, "General Exception Error".to_owned()));
    assert!(matches!(answer(&mut world, Operation::Send, &empty), Answer::BadRequest { .. }));
    let not_xml =
        ["<a>", "{}", "<!DOCTYPE a><a/>", "<a></b>", "<a/><a/>", "<a>&nbsp;</a>", "<a>&#1;</a>", "<x:a/>"];
    for body in not_xml {
        let found = errors(&mut world, Operation::Send, &post(Operation::Send, body));
        assert_eq!(found.len(), 1, "{body}");
        assert_eq!(found[0].0, "101", "{body}");
    }
    let bytes = HttpRequest { body: vec![b'<', 0xFF], ..empty };
    assert_eq!(errors(&mut world, Operation::Send, &bytes)[0].0, "101");
}

/// T5 and T6: the business must be active, and a caller speaks for another only with a mandate.
#[test]
fn businesses_are_active_and_spoken_for() {
    let options = Options { inactive: ["112233441".to_owned()].into(), ..Options::default() };
    let mut world = Simulator::new(options);
    let demo = "999999993".to_owned();
    let for_other = before(&[("entityVatNumber", "112233441"), ("branch", "0")]);
    assert_eq!(errors(&mut world, Operation::Send, &for_other)[0].0, "105");
    world.options_mut().mandates.insert((demo.clone(), "112233441".to_owned()));
    assert_eq!(errors(&mut world, Operation::Send, &for_other)[0].0, "102");
    world.options_mut().inactive.clear();
    accepted(&mut world, Operation::Send, &for_other);
    accepted(&mut world, Operation::Send, &before(&[("entityVatNumber", "999999993"), ("branch", "0")]));
    world.options_mut().inactive.insert(demo);
    assert_eq!(errors(&mut world, Operation::Send, &wash("#7K3Q-000001"))[0].0, "102");
}

#[test]
fn callers_do_not_see_each_other() {
    let mut options = Options::default();
    let other = Account { user: "other".to_owned(), key: "key".to_owned(), afm: "112233441".to_owned() };
    options.accounts.push(other);
    let mut world = Simulator::new(options);
    let entry = accepted(&mut world, Operation::Send, &wash("#7K3Q-000001"));
    let other = Caller { user: Some("other".to_owned()), key: Some("key".to_owned()) };
    let (_, listing) = handled(&mut world, &list("DCLID=0"), &other);
    assert!(listing.contains("112233441") && !listing.contains("<clientsDoc>"), "{listing}");
    let (_, refusal) = handled(&mut world, &cancel(entry), &other);
    assert!(refusal.contains("<code>206</code>"), "{refusal}");
}

#[test]
fn the_pairing_of_rule_and_code_is_data() {
    let mut world = simulator();
    world.options_mut().codes.insert("S7.none".to_owned(), 299);
    assert_eq!(errors(&mut world, Operation::Send, &vehicle(&[]))[0].0, "299");
}

/// Several broken rules come together, in the order of the document.
#[test]
fn all_violations_come_in_document_order() {
    let bad =
        before(&[("branch", "0"), ("recurringService", "true"), ("correlatedDclId", "7"), ("comments", "")]);
    let codes: Vec<String> =
        errors(&mut simulator(), Operation::Send, &bad).into_iter().map(|e| e.0).collect();
    assert_eq!(codes, ["203", "203", "206", "203"]);
}

#[test]
fn other_paths_and_verbs_are_not_known() {
    let mut world = simulator();
    let elsewhere = HttpRequest { path_and_query: "/DCL/Nothing".to_owned(), ..wash("#1") };
    assert_eq!(handled(&mut world, &elsewhere, &Caller::demo()).0, 404);
    let got = HttpRequest { method: Method::Get, ..wash("#1") };
    assert_eq!(handled(&mut world, &got, &Caller::demo()).0, 405);
}
