//! A scanner acting as a keyboard works from any page, and so does a keyboard.

use crate::stage::{Stage, wash};
use slint::ComponentHandle;
use tameio::domain::settings::{IssuerKind, Settings};
use tameio::view::generated::{Page, Shell};

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

fn open(stage: &Stage, plate: &str) {
    stage.tap("rail-lane");
    stage.type_plate(plate);
    stage.tap("open-visit");
}

#[test]
fn a_ticket_is_scanned_on_any_page_and_its_visit_comes_up() {
    let stage = Stage::new();
    open(&stage, "YZB3307");
    let code = stage.ticket();
    for from in ["rail-lane", "rail-find", "rail-exceptions", "rail-documents", "rail-shift", "rail-devices"]
    {
        stage.tap(from);
        stage.burst(&format!("{code}\n"));
        assert_eq!(page(&stage), Page::Visit, "from {from}");
    }
}

#[test]
fn a_scan_on_the_payment_page_types_no_amount() {
    let stage = Stage::new();
    open(&stage, "YZB3307");
    stage.tap_all(&["service-EXT", "pay"]);
    stage.burst("T7K3Q-999999\n");
    assert_eq!(page(&stage), Page::Pay);
    assert_eq!(stage.text("pay-typed"), "–", "digits of a code are not money");
    assert!(stage.element("notice-said-0").is_some(), "an unknown ticket is said");
}

#[test]
fn a_plate_scanned_under_a_greek_layout_stands_in_the_pad() {
    let stage = Stage::new();
    stage.tap("rail-find");
    stage.burst("ΙΗΖ4821\n");
    assert_eq!(page(&stage), Page::Lane);
    stage.tap("open-visit");
    stage.state(|state| {
        assert_eq!(state.visits.values().next().map(|v| v.plate.key()), Some("IHZ4821".to_owned()))
    });
}

#[test]
fn a_receipts_qr_names_the_document_just_paid() {
    let stage = Stage::of(Settings { issuer: IssuerKind::TypedFim, ..wash() }, (1024, 768));
    open(&stage, "NKO9154");
    stage.tap_all(&["service-FULL", "pay", "pay-exact"]);
    let signature = "A1B2C3D4E5".repeat(4);
    stage.burst(&format!("https://www1.aade.gr/tameiakes/?SIG=ABC2100456700000038{signature}13.00\n"));
    stage.state(|state| assert!(state.unnamed.is_empty(), "the receipt has its name"));
    assert_eq!(page(&stage), Page::Done);
}

#[test]
fn a_receipt_of_another_total_is_asked_about() {
    let stage = Stage::of(Settings { issuer: IssuerKind::TypedFim, ..wash() }, (1024, 768));
    open(&stage, "NKO9154");
    stage.tap_all(&["service-FULL", "pay", "pay-exact"]);
    let signature = "A1B2C3D4E5".repeat(4);
    stage.burst(&format!("https://www1.aade.gr/tameiakes/?SIG=ABC2100456700000038{signature}12.00\n"));
    assert_eq!(page(&stage), Page::Documents);
    stage.state(|state| assert_eq!(state.unnamed.len(), 1, "nothing is linked yet"));
    stage.tap("naming-save");
    stage.state(|state| assert!(state.unnamed.is_empty(), "a person meant it"));
}

/// Three keys are too few for a scan, and the editing key after them settles what they were.
#[test]
fn a_keyboard_types_a_plate() {
    let stage = Stage::new();
    for piece in ["ihx\u{8}", "z4x\u{8}", "82x\u{8}", "1x\u{8}"] {
        stage.burst(piece);
    }
    stage.burst("\n");
    stage.state(|state| {
        assert_eq!(state.visits.values().next().map(|v| v.plate.key()), Some("IHZ4821".to_owned()))
    });
    assert_eq!(page(&stage), Page::Visit);
}

#[test]
fn shift_and_arrows_type_nothing() {
    let stage = Stage::new();
    let keys = [slint::platform::Key::Shift, slint::platform::Key::LeftArrow, slint::platform::Key::F5];
    for key in keys {
        stage.burst(&char::from(key).to_string());
    }
    stage.burst("ih\u{8}\u{8}");
    assert!(!stage.is_enabled("open-visit"));
}
