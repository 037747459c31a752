//! Signatures at the screen: drawn with the finger, taken back, cleared, declined, and what they are under.

use crate::pages::check;
use crate::stage::{Stage, shop};
use slint::ComponentHandle;
use tameio::domain::settings::Trade;
use tameio::domain::signature::{Answer, Matter, Signing};
use tameio::view::generated::{Page, Shell, Signature};

const SIZE: (u32, u32) = (1024, 768);

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

fn signing(stage: &Stage, matter: Matter) -> Option<Signing> {
    stage.state(|state| state.visits.values().next().and_then(|visit| visit.signing(matter).cloned()))
}

fn type_in(stage: &Stage, pad: &str, text: &str) {
    for key in text.chars() {
        stage.tap(&format!("{pad}-{key}"));
    }
}

/// A rental vehicle that was handed over, its visit on the page.
fn handed_over(stage: &Stage) {
    stage.type_plate("YZB3307");
    stage.tap_all(&["open-visit", "take-step", "ask-driver"]);
    type_in(stage, "ask", "ΠΑΠΠΑ");
    stage.tap("ask-licence");
    type_in(stage, "ask", "ΑΒ");
    stage.tap("ask-licence-until");
    type_in(stage, "ask", "31012030");
    stage.tap_all(&["ask-days", "offer-3", "ask-km"]);
    type_in(stage, "ask", "12000");
    stage.tap_all(&["ask-fuel", "offer-fuel-8", "ask-send"]);
}

/// A stroke through these places, as the field hears it.
fn stroke(stage: &Stage, places: &[(f32, f32)]) {
    let field = stage.app().global::<Signature>();
    let mut places = places.iter();
    if let Some((x, y)) = places.next() {
        field.invoke_down(*x, *y);
    }
    places.for_each(|(x, y)| field.invoke_moved(*x, *y));
    field.invoke_up();
    stage.pass(0);
}

const WAVE: [(f32, f32); 10] = [
    (0.10, 0.60),
    (0.15, 0.30),
    (0.20, 0.70),
    (0.25, 0.35),
    (0.30, 0.65),
    (0.36, 0.30),
    (0.42, 0.70),
    (0.50, 0.45),
    (0.60, 0.55),
    (0.75, 0.40),
];

fn drawn(stage: &Stage) {
    handed_over(stage);
    stage.tap("sign");
    stroke(stage, &WAVE);
    stroke(stage, &[(0.5, 0.8), (0.6, 0.75), (0.8, 0.78)]);
}

#[test]
fn a_driver_signs_with_the_finger_and_the_visit_says_so() {
    let stage = Stage::of(shop(Trade::Rental), SIZE);
    handed_over(&stage);
    stage.tap("sign");
    assert!(!stage.is_enabled("sign-now"), "nothing is drawn");
    stroke(&stage, &WAVE);
    stroke(&stage, &[(0.9, 0.9), (0.95, 0.95), (1.4, -0.2)]);
    stage.tap("sign-undo");
    assert!(stage.is_enabled("sign-now"), "one stroke is left");
    stage.tap("sign-clear");
    assert!(!stage.is_enabled("sign-now"), "nothing is left");
    stroke(&stage, &WAVE);
    stroke(&stage, &[(0.9, 0.9), (0.95, 0.95), (1.4, -0.2)]);
    stage.tap("sign-now");
    assert_eq!(page(&stage), Page::Visit);
    let signing = signing(&stage, Matter::HandOver).expect("it is signed");
    let strokes = signing.strokes().expect("a signature");
    assert_eq!(strokes.iter().map(|stroke| stroke.0.len()).collect::<Vec<_>>(), [10, 3]);
    assert_eq!(strokes[1].0[2].0, tameio::domain::signature::FIELD_WIDTH, "it slid over the edge");
    assert!(matches!(&signing.answer, Answer::Signed { name, .. } if name.as_str() == "ΠΑΠΠΑ"));
    // What is put right afterwards is not signed.
    stage.tap_all(&["visit-details", "action-hand-over", "ask-days", "offer-5", "ask-send"]);
    assert_eq!(self::signing(&stage, Matter::HandOver), None);
    stage.tap_all(&["sign", "sign-decline", "decline-hurry"]);
    assert_eq!(page(&stage), Page::Visit);
    let declined = self::signing(&stage, Matter::HandOver).expect("it is written down");
    assert!(matches!(declined.answer, Answer::Declined { .. }));
}

#[test]
fn a_slip_of_the_finger_is_said_on_the_page_and_the_way_out_is_one_touch() {
    let stage = Stage::of(shop(Trade::Rental), SIZE);
    handed_over(&stage);
    stage.tap("sign");
    stroke(&stage, &[(0.5, 0.5)]);
    stage.tap("sign-now");
    assert_eq!(page(&stage), Page::Signature);
    assert!(!stage.text("sign-fault").is_empty());
    stroke(&stage, &WAVE);
    assert!(stage.element("sign-fault").is_none(), "it belonged to what was drawn before");
    stage.tap("sign-back");
    assert_eq!((page(&stage), signing(&stage, Matter::HandOver)), (Page::Visit, None));
}

/// The customer's yes, drawn under the estimate.
fn estimate(stage: &Stage) {
    stage.type_plate("NKO9154");
    stage.tap_all(&["open-visit", "work-order", "quick-SERVICE", "work-estimate"]);
    stage.pass(20);
    stage.tap_all(&["work-approve", "step-undo"]);
    type_in(stage, "sign", "ΠΑΠΠΑ");
    stage.tap("sign-draw");
    stroke(stage, &WAVE);
}

#[test]
fn a_customer_signs_the_estimate_and_has_agreed_to_it() {
    let stage = Stage::of(shop(Trade::Garage), SIZE);
    estimate(&stage);
    stage.tap("sign-now");
    assert_eq!(page(&stage), Page::Work);
    let approved = stage.state(|state| {
        let work = state.visits.values().next().and_then(|visit| visit.work.clone()).expect("an order");
        work.estimates[0].approved.clone()
    });
    assert_eq!(approved.map(|approval| approval.name.to_string()).as_deref(), Some("ΠΑΠΠΑ"));
    assert!(stage.element("step-send").is_none(), "the order itself is up again");
}

#[test]
fn what_it_looks_like() {
    let desk = shop(Trade::Rental);
    check("signature-visit", &desk, handed_over, &["sign", "take-step", "deposit"]);
    check(
        "signature-drawn",
        &desk,
        drawn,
        &["sign-back", "sign-name", "sign-undo", "sign-clear", "sign-now"],
    );
    let declining = |stage: &Stage| {
        drawn(stage);
        stage.tap("sign-decline");
    };
    check("signature-decline", &desk, declining, &["decline-hurry", "decline-paper", "decline-back"]);
    let signed = |stage: &Stage| {
        drawn(stage);
        stage.tap("sign-now");
    };
    check("signature-signed", &desk, signed, &["sign"]);
    check("signature-estimate", &shop(Trade::Garage), estimate, &["sign-now", "sign-decline"]);
}
