//! An invoice's customer is looked up while the person goes on, typed where nobody knows it, and never in the way of money.

use super::{SIZE, page};
use crate::pages::check;
use crate::stage::{Stage, wash};
use slint::ComponentHandle;
use tameio::app::input::{CounterpartyInput, Input};
use tameio::domain::customer::TaxNumber;
use tameio::domain::document::Document;
use tameio::store::query;
use tameio::view::generated::{Counterparty, LookUpStand, Page};

/// The page of payment of an exterior wash, with an invoice wanted.
fn invoice(stage: &Stage) {
    stage.tap("rail-lane");
    stage.type_plate("XAN8080");
    stage.tap_all(&["open-visit", "service-EXT", "pay", "document-invoice"]);
    stage.sent();
}

fn types(stage: &Stage, afm: &str) {
    for digit in afm.chars() {
        stage.tap(&format!("afm-{digit}"));
    }
}

fn on_page(stage: &Stage) -> (LookUpStand, String, String) {
    let page = stage.app().global::<Counterparty>();
    (page.get_stand(), page.get_name().to_string(), page.get_sentence().to_string())
}

fn looked_up(stage: &Stage) -> usize {
    let is = |input: &Input| matches!(input, Input::Counterparty(CounterpartyInput::LookUp { .. }));
    stage.sent().iter().filter(|input| is(input)).count()
}

fn document(stage: &Stage) -> Document {
    let site = stage.site.borrow();
    let mut documents = Vec::new();
    query::each_document(site.terminal().store().connection(), |document| documents.push(document))
        .expect("the archive can be read");
    documents.pop().expect("it was paid")
}

#[test]
fn a_number_typed_to_its_end_is_looked_up_by_itself() {
    let stage = Stage::of(wash(), SIZE);
    invoice(&stage);
    types(&stage, "888888880");
    assert_eq!(on_page(&stage).0, LookUpStand::Asking);
    assert!(stage.is_enabled("pay-exact"), "nobody waits for it");
    stage.pass(1);
    let (stand, name, sentence) = on_page(&stage);
    assert_eq!(
        (stand, name.as_str(), sentence.as_str()),
        (LookUpStand::Known, "ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ", "")
    );
    let origin = stage.app().global::<Counterparty>().get_origin().to_string();
    assert_eq!(origin, "Μητρώο ΑΑΔΕ, 14/3/2026");
    // Other touches ask nobody again.
    stage.tap_all(&["amount-1", "amount-erase"]);
    assert_eq!(looked_up(&stage), 1);
    stage.tap("pay-exact");
    assert_eq!(page(&stage), Page::Done);
    let named = document(&stage).counterparty.expect("it is known");
    assert_eq!(named.name.as_str(), "ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ");
}

#[test]
fn what_no_register_says_is_typed() {
    let stage = Stage::of(wash(), SIZE);
    stage.site.borrow_mut().set_register_codes(None);
    invoice(&stage);
    types(&stage, "999999981");
    stage.pass(1);
    let (stand, _, sentence) = on_page(&stage);
    assert_eq!(stand, LookUpStand::Unknown);
    assert!(sentence.contains("γράψε τα στοιχεία"), "{sentence}");
    stage.tap("customer-edit");
    assert!(!stage.is_enabled("customer-keep"), "nothing is typed");
    for key in ["customer-Τ", "customer-Α", "customer-Ξ", "customer-Ι"] {
        stage.tap(key);
    }
    stage.tap("customer-address");
    stage.tap_all(&["customer-Ο", "customer-Δ", "customer-Ο", "customer-Σ", "customer-space", "customer-1"]);
    stage.tap("customer-keep");
    assert_eq!(on_page(&stage).1, "ΤΑΞΙ");
    stage.tap("pay-exact");
    let named = document(&stage).counterparty.expect("it was typed");
    assert_eq!((named.name.as_str(), named.address.as_str()), ("ΤΑΞΙ", "ΟΔΟΣ 1"));
}

#[test]
fn a_number_of_another_country_is_typed_with_its_letters() {
    let stage = Stage::of(wash(), SIZE);
    invoice(&stage);
    stage.tap("afm-foreign");
    for key in ["D", "E", "1", "2", "3", "4", "5", "6", "7", "8"] {
        stage.tap(&format!("vat-{key}"));
    }
    assert_eq!(looked_up(&stage), 0, "it is not typed to its end yet");
    stage.tap_all(&["vat-9", "afm-take"]);
    assert_eq!(looked_up(&stage), 1);
    stage.pass(1);
    assert!(on_page(&stage).2.contains("VIES"), "{:?}", on_page(&stage));
    stage.tap("pay-exact");
    let kind = document(&stage).kind;
    let wanted = TaxNumber { country: "DE".to_owned(), number: "123456789".to_owned() };
    assert_eq!(kind, tameio::domain::document::DocumentKind::Invoice { customer: wanted });
}

#[test]
fn the_pages_draw() {
    let known = |stage: &Stage| {
        invoice(stage);
        types(stage, "888888880");
        stage.pass(1);
    };
    check("customer-known", &wash(), known, &["customer-edit", "pay-exact"]);
    let typing = |stage: &Stage| {
        known(stage);
        stage.tap("customer-edit");
    };
    check(
        "customer-typing",
        &wash(),
        typing,
        &["customer-name", "customer-tax-office", "customer-keep", "customer-back", "customer-ask"],
    );
    let ended = |stage: &Stage| {
        invoice(stage);
        types(stage, "123456783");
        stage.pass(1);
    };
    check("customer-ended", &wash(), ended, &["customer-edit", "pay-exact"]);
    let without = |stage: &Stage| {
        stage.site.borrow_mut().set_register_codes(None);
        invoice(stage);
        types(stage, "888888880");
        stage.pass(1);
    };
    check("customer-without-codes", &wash(), without, &["customer-edit", "pay-exact"]);
    let foreign = |stage: &Stage| {
        invoice(stage);
        stage.tap_all(&["afm-foreign", "vat-D", "vat-E"]);
    };
    check("customer-foreign", &wash(), foreign, &["afm-foreign", "afm-take", "vat-Q"]);
}
