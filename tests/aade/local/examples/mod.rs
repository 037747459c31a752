//! One passing and one failing request for every rule that can be broken here, with its code and its sentences; and
//! for every other rule of the registry of our own, why it cannot.

mod arrivals;
mod documents;
mod updates;

use super::{EntryLife, MARK, Past, Terms, World, arrival, codes, completion, service, tax_number, text};
use crate::aade::id;
use std::collections::BTreeSet;
use tameio::aade::message::{Comments, NewClient, Request, UpdateClient};
use tameio::aade::rules::{Fault, Field, check};
use tameio::aade::simulator::rules::{CANCEL, CORRELATE, LIST, Rule, SEND, UPDATE};
use tameio::domain::entry::{ClientType, ServiceCategory};
use tameio::domain::terms::{OffSite, Period, ServiceTerms};
use tameio::domain::text::Language;

/// Rules that what we can say cannot break, and why.
const UNSAYABLE: [(&str, &str); 39] = [
    ("S1", "a new entry has no number to tell"),
    ("S2", "one field of ours is both the time and the outage flag"),
    ("S3", "one field of ours is both the time and the outage flag"),
    ("S4", "instants are written in UTC"),
    ("S6", "the client type is the use case's own"),
    ("S7.both", "a plate is domestic or foreign: one value, one field"),
    ("S12", "the terms are one of four"),
    ("S13.from", "a period has both days"),
    ("S13.to", "a period has both days"),
    ("S15.both", "periodicity is months or words"),
    ("S16.period", "only terms with a period have one"),
    ("S16.periodicity", "only a lease has a periodicity"),
    ("S17", "only recurring terms have a customer"),
    ("S19", "a rental has a purpose"),
    ("S21.place", "the flag is written with the place"),
    ("S21.flag", "the flag is written with the place"),
    ("S23.vehicle", "what is blank is not written"),
    ("S23.customer", "what is blank is not written"),
    ("S23.comments", "what is blank is not written"),
    ("S23.other", "what is blank is not written"),
    ("U1.id", "an update has no number to tell"),
    ("U1.completion", "an update has no such time to tell"),
    ("U1.exit", "an update has no such time to tell"),
    ("U10.category", "only \"other\" has words"),
    ("U23.place", "the flag is written with the place"),
    ("U23.flag", "the flag is written with the place"),
    ("U25.branch", "moving to a branch names it"),
    ("U25.crossed_partner", "a vehicle moves to a partner or to a branch"),
    ("U25.crossed_branch", "a vehicle moves to a partner or to a branch"),
    ("U28.vat", "what is blank is not written"),
    ("U28.comments", "what is blank is not written"),
    ("U28.other", "what is blank is not written"),
    ("C1", "a correlation has no number to tell"),
    ("C7", "which MARKs exist is known at myDATA alone"),
    ("C9", "what is blank is not written"),
    ("X1", "a cancellation has a number"),
    ("X5", "let pass on purpose: see the meant differences"),
    ("R1", "a listing has a number"),
    ("R2", "its upper end is a number"),
];

/// The rule, the fault, a request that keeps the rule and one that breaks it.
pub(super) struct Example {
    rule: &'static str,
    field: Field,
    code: u16,
    keeps: Request,
    breaks: Request,
}

fn example(rule: &'static str, field: Field, code: u16, keeps: Request, breaks: Request) -> Example {
    Example { rule, field, code, keeps, breaks }
}

const WASH: i64 = id(1);
const GARAGE: i64 = id(2);
const RENTAL: i64 = id(3);
const FLEET: i64 = id(4);
const LEASED: i64 = id(5);

/// 1 wash, 2 garage, 3 rental, 4 wash that recurs, 5 wash on lease; 6 a completed wash and 7 its completion; 8 a wash
/// tied to a document and 9 its correlation; 10 a cancelled wash and 11 its cancellation; from 12 on 51 open washes;
/// 63 a correlation.
fn world() -> World {
    let wash = |life, tied| Past { life, tied, ..Past::open(ClientType::ParkingWash, Terms::OneOff) };
    let mut pasts = vec![
        Past::open(ClientType::ParkingWash, Terms::OneOff),
        Past::open(ClientType::Garage, Terms::OneOff),
        Past::open(ClientType::Rental, Terms::OneOff),
        Past::open(ClientType::ParkingWash, Terms::Recurring),
        Past::open(ClientType::ParkingWash, Terms::Lease),
        wash(EntryLife::Completed, None),
        wash(EntryLife::Open, Some(MARK)),
        wash(EntryLife::Cancelled, None),
    ];
    pasts.resize(pasts.len() + 51, wash(EntryLife::Open, None));
    World::after(&pasts, None)
}

const COMPLETED: i64 = id(6);
const TIED: i64 = id(8);
const CANCELLED: i64 = id(10);
/// A correlation made last.
const NO_ENTRY: i64 = id(63);
/// Beyond all that is.
const NOTHING: i64 = id(63) + 1_000;

fn sent(client_type: ClientType, change: impl FnOnce(&mut NewClient)) -> Request {
    let mut client = arrival(client_type);
    change(&mut client);
    Request::Send(client)
}

fn wash(change: impl FnOnce(&mut NewClient)) -> Request {
    sent(ClientType::ParkingWash, change)
}

fn on(terms: ServiceTerms) -> Request {
    wash(|client| client.terms = terms)
}

fn updated(mut update: UpdateClient, change: impl FnOnce(&mut UpdateClient)) -> Request {
    change(&mut update);
    Request::Update(update)
}

fn at_wash(change: impl FnOnce(&mut UpdateClient)) -> Request {
    updated(service(WASH, ClientType::ParkingWash), change)
}

fn at_garage(change: impl FnOnce(&mut UpdateClient)) -> Request {
    updated(service(GARAGE, ClientType::Garage), change)
}

fn comments(length: usize) -> Option<Comments> {
    Some(Comments::from(text(&"ω".repeat(length))))
}

fn days(from: &str, to: &str) -> Period {
    Period { from: from.parse().unwrap(), to: to.parse().unwrap() }
}

fn recurs_for(country: &str, number: &str) -> Request {
    on(ServiceTerms::Recurring { customer: tax_number(country, number) })
}

fn examples() -> Vec<Example> {
    [
        arrivals::arrivals(),
        arrivals::shapes_of_arrivals(),
        updates::updates(),
        updates::outcomes(),
        updates::moves(),
        documents::documents(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every fault the examples bring about.
pub(super) fn faults() -> BTreeSet<(Field, u16)> {
    examples().into_iter().map(|example| (example.field, example.code)).collect()
}

fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}')
}

/// Something to read, in its own language, that ends like a sentence and has no place left to fill in.
fn read(fault: &Fault) {
    let (el, en) = (fault.told(Language::El), fault.told(Language::En));
    for sentence in [&el, &en] {
        assert!(sentence.ends_with('.') && sentence.chars().count() >= 20, "{sentence}");
        assert!(sentence.chars().count() <= 130, "too long to read at a counter: {sentence}");
        assert!(!sentence.contains(['{', '}']), "{sentence}");
    }
    assert!(el.chars().filter(|c| is_greek(*c)).count() > 10, "{el}");
    assert!(!en.contains(is_greek), "{en}");
}

#[test]
fn every_rule_has_its_code_and_its_sentences() {
    for Example { rule, field, code, keeps, breaks } in examples() {
        let known = world().known;
        assert_eq!(check(&keeps, &known), [], "{rule}: must pass");
        let found = check(&breaks, &known);
        let found: Vec<_> = found.iter().inspect(|fault| read(fault)).map(|f| (f.field, f.code)).collect();
        assert_eq!(found, [(field, code)], "{rule}: {breaks:?}");
    }
}

#[test]
fn the_registry_says_the_same_of_every_example() {
    for Example { rule, code, keeps, breaks, .. } in examples() {
        assert_eq!(codes(&mut world().simulator, &keeps), BTreeSet::new(), "{rule}");
        assert_eq!(codes(&mut world().simulator, &breaks), BTreeSet::from([code]), "{rule}: {breaks:?}");
    }
}

#[test]
fn every_rule_of_the_registry_is_tried_or_cannot_be_broken() {
    let tables: [&[Rule]; 5] = [&SEND, &UPDATE, &CORRELATE, &CANCEL, &LIST];
    let tried: BTreeSet<&str> = examples().iter().map(|example| example.rule).collect();
    let unsayable: BTreeSet<&str> = UNSAYABLE.iter().map(|(rule, _)| *rule).collect();
    for rule in tables.into_iter().flatten() {
        let here = u8::from(tried.contains(rule.id)) + u8::from(unsayable.contains(rule.id));
        assert_eq!(here, 1, "{}", rule.id);
    }
    assert!(UNSAYABLE.iter().all(|(_, why)| !why.is_empty()));
}

#[test]
fn the_usual_slips_are_told_in_greek() {
    let told = |request: &Request| {
        let faults = check(request, &world().known);
        faults.iter().map(|fault| fault.told(Language::El)).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&recurs_for("GR", "123456789")),
        ["Το ΑΦΜ του πελάτη δεν είναι σωστό: διάβασέ το ξανά ή κάνε την επίσκεψη άπαξ."]
    );
    assert_eq!(
        told(&wash(|client| client.comments = comments(151))),
        ["«Σχόλια»: 151 χαρακτήρες, χωρούν 150. Συντόμευσέ το."]
    );
    assert_eq!(
        told(&at_wash(|u| (u.category, u.no_document) = (Some(ServiceCategory::Warranty), true))),
        ["Εγγύηση υπάρχει μόνο σε συνεργείο: διάλεξε άλλη υπηρεσία."]
    );
    assert_eq!(
        told(&recurs_for("EL", "987654324")),
        ["Η Ελλάδα γράφεται GR και όχι EL: διάλεξε τη χώρα από τη λίστα."]
    );
}

/// Several mistakes are told together, the schema's first, each once.
#[test]
fn all_faults_come_together() {
    let request = updated(completion(WASH, ClientType::ParkingWash), |update| {
        update.comments = comments(151);
        update.returned_at = Some(text("Χανιά"));
        update.off_site = Some(OffSite::Partner { vat: text("123456783") });
        update.counterparty = Some(tax_number("GR", "1"));
    });
    let found: Vec<_> = check(&request, &world().known).iter().map(|f| (f.field, f.code)).collect();
    assert_eq!(
        found,
        [
            (Field::Comments, 101),
            (Field::ReturnedElsewhere, 214),
            (Field::OffSite, 214),
            (Field::Counterparty, 202)
        ]
    );
}
