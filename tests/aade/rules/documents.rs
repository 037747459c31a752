//! Correlations, cancellations and listings.

use super::{Case, check, with_each_kind};
use crate::aade::{accepted, cancel, correlate_xml, elements, errors, id, list, post, reply, wash};
use tameio::aade::message::Operation;
use tameio::aade::simulator::Simulator;
use tameio::aade::simulator::rules::{CANCEL, CORRELATE, LIST};
use tameio::aade::transport::{HttpRequest, Method};

const MARK: &str = "<mark>400001960000778</mark>";

fn correlate(document: &str, entries: &[i64]) -> HttpRequest {
    let entries: Vec<i64> = entries.iter().map(|nth| id(*nth)).collect();
    post(Operation::Correlate, &correlate_xml(document, &entries))
}

fn fim(number: &str) -> String {
    let rest = [("FIMAA", "7"), ("FIMIssueDate", "2026-07-14"), ("FIMIssueTime", "11:40:00")];
    format!("<FIM>{}</FIM>", elements(&[&[("FIMNumber", number)], &rest[..]].concat()))
}

/// As [`with_each_kind`]; 10 ties 1 to a MARK; from 11 on, fifty-one more washes; only two MARKs exist.
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
