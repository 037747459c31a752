//! Whatever a customer pays with has a key.

use super::{SIZE, begin, page};
use crate::pages::check;
use crate::stage::{Stage, wash};
use tameio::domain::money::Cents;
use tameio::domain::payment::Means;
use tameio::view::generated::Page;

fn others(stage: &Stage) -> Vec<(Means, Cents)> {
    stage.state(|state| state.shift.as_ref().map(|shift| shift.figures.others.clone()).unwrap_or_default())
}

fn till() -> Stage {
    let stage = Stage::of(wash(), SIZE);
    begin(&stage);
    stage
}

#[test]
fn iris_a_transfer_and_a_voucher_have_a_key_each() {
    for (key, means) in
        [("tender-iris", Means::Iris), ("tender-bank", Means::Bank), ("tender-voucher", Means::Voucher)]
    {
        let stage = till();
        stage.tap_all(&["pay-other", key]);
        assert_eq!(page(&stage), Page::Done);
        assert_eq!(others(&stage), [(means, Cents(1_300))]);
    }
}

#[test]
fn a_voucher_pays_a_part_and_is_taken_back() {
    let stage = till();
    stage.tap_all(&["amount-5", "amount-00", "pay-other", "tender-voucher"]);
    assert_eq!(stage.text("pay-left"), "8,00 €");
    stage.tap("remove-tender-voucher");
    assert_eq!(stage.text("pay-left"), "13,00 €");
    stage.tap_all(&["amount-5", "amount-00", "pay-other", "tender-voucher", "pay-exact"]);
    assert_eq!(others(&stage), [(Means::Voucher, Cents(500))]);
    stage.state(|state| assert_eq!(state.shift.as_ref().map(|shift| shift.figures.cash), Some(Cents(800))));
}

#[test]
fn only_an_invoice_is_left_on_account() {
    let stage = till();
    stage.tap("pay-other");
    assert!(!stage.is_enabled("tender-account"));
    stage.tap_all(&["sheet-tenders-close", "document-invoice"]);
    stage.tap_all(&["afm-9"; 7]);
    stage.tap_all(&["afm-9", "afm-8", "afm-erase", "afm-erase", "afm-8", "afm-1"]);
    stage.tap_all(&["pay-other", "tender-account"]);
    assert_eq!(page(&stage), Page::Done);
    assert_eq!(others(&stage), [(Means::Account, Cents(1_300))]);
}

#[test]
fn what_it_looks_like() {
    let open = |stage: &Stage| {
        begin(stage);
        stage.tap("pay-other");
    };
    check("tenders", &wash(), open, &["tender-iris", "tender-bank", "tender-voucher", "tender-account"]);
    let parts = |stage: &Stage| {
        begin(stage);
        stage.tap_all(&["amount-2", "amount-00", "pay-other", "tender-voucher"]);
        stage.tap_all(&["amount-3", "amount-00", "pay-other", "tender-iris"]);
        stage.tap_all(&["amount-4", "amount-00", "pay-cash", "amount-1", "amount-00", "pay-tip"]);
    };
    check("tenders-parts", &wash(), parts, &["remove-tender-iris", "pay-other", "pay-exact"]);
}
