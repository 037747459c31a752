//! Every rule of the registry with a request that keeps it and one that breaks it.
//!
//! A breaking request must be refused with the rule's code, and must no longer be refused for it once the rule is
//! switched off: so a rule cannot hide behind another with the same code.

use super::{accepted, answer, cancel, completion, errors, list, now, post, send_xml, simulator, wash};
use tameio::aade::message::Operation;
use tameio::aade::reply::Answer;
use tameio::aade::simulator::rules::Rule;
use tameio::aade::simulator::{Account, Caller, Delivery, Options, Simulator};
use tameio::aade::transport::{HttpRequest, Method};

mod arrivals;
mod documents;
mod updates;

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
        ..Caller::default()
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
    let other = Caller { user: Some("other".to_owned()), key: Some("key".to_owned()), ..Caller::default() };
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
