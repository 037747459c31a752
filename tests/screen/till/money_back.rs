//! Money given back, and a copy of a receipt, by touch alone.

use super::{SIZE, begin, page, shift};
use crate::pages::check;
use crate::stage::{Stage, wash};
use tameio::app::input::{DocumentInput, Input};
use tameio::domain::document::Document;
use tameio::domain::money::Cents;
use tameio::domain::paper::Paper;
use tameio::domain::payment::{Means, Tender};
use tameio::domain::settings::{IssuerKind, Settings};
use tameio::store::query;
use tameio::view::generated::Page;

/// A visit of 13.00 € was paid with a card, one of 13.00 € in cash.
fn sold(stage: &Stage) {
    shift(stage);
    begin(stage);
    stage.tap("pay-card");
    stage.tap("rail-lane");
    stage.type_plate("YZB3307");
    stage.tap_all(&["open-visit", "service-FULL", "pay", "pay-exact", "rail-documents"]);
    stage.pass(5);
    stage.sent();
}

fn till() -> Stage {
    let stage = Stage::of(wash(), SIZE);
    sold(&stage);
    stage.tap("receipts-open");
    stage
}

fn documents(stage: &Stage) -> Vec<Document> {
    let mut documents = Vec::new();
    let site = stage.site.borrow();
    query::each_document(site.terminal().store().connection(), |document| documents.push(document))
        .expect("they can be read");
    documents
}

fn credits(stage: &Stage) -> Vec<Document> {
    documents(stage).into_iter().filter(Document::is_credit).collect()
}

#[test]
fn cash_goes_back_with_a_reason_and_a_second_person() {
    let stage = till();
    stage.tap_all(&["receipt-A-2", "receipts-refund"]);
    assert_eq!(stage.text("refund-amount"), "13,00 €", "all of it, unless something else is typed");
    assert!(!stage.is_enabled("refund-send"), "not without a reason");
    stage.tap_all(&["refund-reason-0", "refund-send", "approve-chief", "approve"]);
    assert_eq!(page(&stage), Page::Receipts);
    assert_eq!(stage.text("receipts-given"), "Επιστράφηκαν 13,00 €");
    let [credit] = credits(&stage).try_into().expect("one");
    assert_eq!(credit.payment.by_means().collect::<Vec<_>>(), [(Means::Cash, Cents(1_300))]);
    assert!(stage.element("receipt-AC-1").is_some(), "it is on the list");
    // Nothing is left of the receipt.
    stage.tap("receipt-A-2");
    assert!(!stage.is_enabled("receipts-refund"));
}

#[test]
fn a_part_goes_back_to_the_card_and_the_rest_in_cash_by_a_manager() {
    let stage = till();
    stage.tap_all(&[
        "receipt-A-1",
        "receipts-refund",
        "refund-5",
        "refund-00",
        "refund-reason-2",
        "refund-send",
    ]);
    stage.tap_all(&["approve-chief", "approve"]);
    let sent = stage.sent();
    let by_card = [Tender::CardApart { amount: Cents(500), tip: Cents::ZERO }];
    assert!(sent.iter().any(
        |input| matches!(input, Input::Document(DocumentInput::Refund { tenders, .. }) if *tenders == by_card)
    ));
    stage.tap_all(&["receipt-A-1", "receipts-refund"]);
    assert_eq!(stage.text("refund-amount"), "8,00 €", "what is left");
    stage.tap_all(&["refund-in-cash", "refund-reason-0", "refund-send"]);
    assert!(stage.element("approve-chief").is_none(), "a manager's");
    stage.tap_all(&["approve-owner", "approve"]);
    let back: Vec<Cents> = credits(&stage).iter().map(|credit| credit.payment.cash).collect();
    assert_eq!(back, [Cents::ZERO, Cents(800)]);
}

#[test]
fn nothing_goes_back_when_nobody_steps_in_and_it_can_be_tried_again() {
    let stage = till();
    stage.tap_all(&["receipt-A-2", "receipts-refund", "refund-reason-1", "refund-send", "step-up-close"]);
    assert!(credits(&stage).is_empty());
    assert!(stage.is_enabled("refund-send"));
    // More than there was is said where the finger was.
    stage.tap_all(&["refund-erase", "refund-1", "refund-4", "refund-00"]);
    assert!(!stage.is_enabled("refund-send"), "14.00 of 13.00");
    stage.tap("refund-back");
    assert_eq!(page(&stage), Page::Receipts);
    stage.tap("receipts-back");
    assert_eq!(page(&stage), Page::Documents);
}

#[test]
fn who_has_no_receipt_is_named() {
    let stage = till();
    stage.tap_all(&["refund-without", "refund-2", "refund-00", "refund-reason-0"]);
    assert!(!stage.is_enabled("refund-send"), "to whom?");
    stage.tap_all(&[
        "refund-person",
        "refund-text-alphabet",
        "refund-text-M",
        "refund-text-A",
        "refund-text-6",
    ]);
    stage.tap_all(&["refund-text-done", "refund-send", "approve-owner", "approve"]);
    let [credit] = credits(&stage).try_into().expect("one");
    let facts = credit.credit.expect("it is a credit");
    assert_eq!((facts.given_to.as_str(), credit.totals.gross), ("MA6", Cents(200)));
    assert!(facts.of.is_none());
}

#[test]
fn a_receipt_is_found_by_its_number_or_its_plate_and_printed_as_a_copy() {
    let stage = till();
    stage.tap_all(&["receipts-search", "receipts-3", "receipts-3", "receipts-0"]);
    assert!(stage.element("receipt-A-1").is_none() && stage.element("receipt-A-2").is_some());
    stage.tap_all(&["receipts-clear", "receipts-1"]);
    assert!(stage.element("receipt-A-1").is_some(), "number 1");
    stage.tap("receipt-A-1");
    assert!(stage.element("receipts-paper").is_some());
    stage.tap("receipts-print");
    assert!(!stage.is_enabled("receipts-print"), "one is on its way");
    stage.pass(5);
    let copies = |paper: &Paper| matches!(paper, Paper::Receipt { copy: 1, .. });
    let site = stage.site.borrow();
    let copy = site.printer().papers().iter().any(|paper| paper.text().contains("ΑΝΤΙΓΡΑΦΟ 1"));
    assert!(copy, "a copy, not a second original");
    drop(site);
    assert!(!stage.state(|state| state.papers.values().any(|job| copies(&job.paper))));
}

#[test]
fn the_receipts_of_a_visit_are_one_touch_from_it() {
    let stage = till();
    stage.tap_all(&["rail-lane", "visit-ΥΖΒ-3307", "visit-details", "action-receipts"]);
    assert_eq!(page(&stage), Page::Receipts);
    assert!(stage.element("receipt-A-1").is_none(), "another vehicle's");
    stage.tap_all(&["receipt-A-2", "receipts-refund", "refund-reason-0", "refund-send"]);
    stage.tap_all(&["approve-chief", "approve"]);
    assert!(stage.element("receipt-AC-1").is_some());
    stage.tap("receipts-back");
    assert_eq!(page(&stage), Page::Details);
}

#[test]
fn a_payment_nobody_was_told_of_is_made_void_and_paid_anew() {
    let stage = Stage::of(Settings { issuer: IssuerKind::TypedFim, ..wash() }, SIZE);
    sold(&stage);
    stage.tap_all(&["receipts-open", "receipt-A-2", "receipts-void"]);
    assert!(!stage.is_enabled("refund-send"), "not without a reason");
    stage.tap_all(&["refund-reason-2", "refund-send"]);
    assert_eq!(
        (page(&stage), stage.text("receipts-given").as_str()),
        (Page::Receipts, "Επιστράφηκαν 13,00 €")
    );
    assert!(stage.element("receipts-void").is_none() && stage.element("receipts-name").is_none());
    let due = stage.state(|state| state.visits.values().map(|visit| visit.due()).sum::<Cents>());
    assert_eq!(due, Cents(1_300), "it is to be paid anew");
}

#[test]
fn what_has_no_number_yet_gets_it_first() {
    let stage = Stage::of(Settings { issuer: IssuerKind::TypedFim, ..wash() }, SIZE);
    sold(&stage);
    stage.tap_all(&["receipts-open", "receipt-A-1"]);
    assert!(stage.element("receipts-refund").is_none());
    stage.tap("receipts-name");
    assert_eq!(page(&stage), Page::Documents);
    assert!(stage.element("naming-save").is_some());
}

#[test]
fn the_pages_draw() {
    let list = |stage: &Stage| {
        sold(stage);
        stage.tap_all(&["receipts-open", "receipt-A-2"]);
    };
    check(
        "receipts",
        &wash(),
        list,
        &["receipts-search", "receipts-print", "receipts-refund", "refund-without"],
    );
    let search = |stage: &Stage| {
        sold(stage);
        stage.tap_all(&["receipts-open", "receipts-search", "receipts-H"]);
    };
    check("receipts-search", &wash(), search, &["receipts-7", "receipts-erase", "receipts-back"]);
    let money = |stage: &Stage| {
        sold(stage);
        stage.tap_all(&["receipts-open", "receipt-A-1", "receipts-refund", "refund-reason-0"]);
    };
    let keys =
        ["refund-send", "refund-7", "refund-in-cash", "refund-words", "refund-back", "refund-reason-2"];
    check("refund", &wash(), money, &keys);
    let without = |stage: &Stage| {
        sold(stage);
        stage.tap_all(&["receipts-open", "refund-without", "refund-5", "refund-00"]);
    };
    check("refund-without", &wash(), without, &["refund-send", "refund-person", "refund-words"]);
    let void = |stage: &Stage| {
        sold(stage);
        stage.tap_all(&["receipts-open", "receipt-A-2", "receipts-void", "refund-reason-2"]);
    };
    let typed = Settings { issuer: IssuerKind::TypedFim, ..wash() };
    check("refund-void", &typed, void, &["refund-send", "refund-back", "refund-reason-1"]);
    let given = |stage: &Stage| {
        sold(stage);
        stage.tap_all(&["receipts-open", "receipt-A-1", "receipts-refund", "refund-reason-0", "refund-send"]);
        stage.tap_all(&["approve-chief", "approve"]);
        stage.pass(5);
    };
    check("refund-given", &wash(), given, &["receipts-print", "receipts-back"]);
}
