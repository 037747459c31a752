//! The list of vehicles to call for their service.

use crate::pages::check;
use crate::stage::{Stage, shop};
use slint::{ComponentHandle, Model};
use tameio::domain::settings::Trade;
use tameio::view::generated::{Due, Page, Shell};

const SIZE: (u32, u32) = (1024, 768);

fn keys(stage: &Stage, text: &str) {
    for key in text.chars() {
        stage.tap(&format!("work-{key}"));
    }
}

/// Two vehicles that should come again in half a year, one of them with a telephone.
fn remembered(stage: &Stage) {
    stage.tap_all(&["rail-shift", "person-A", "shift-5", "shift-00", "shift-0", "open-shift", "rail-lane"]);
    stage.type_plate("NKO9154");
    stage.tap_all(&["open-visit", "work-order", "work-next", "due-in-6", "field-what"]);
    keys(stage, "ΛΑΔΙΑ");
    stage.tap("field-call-phone");
    keys(stage, "6900000000");
    stage.tap_all(&["step-send", "rail-lane"]);
    stage.type_plate("IHZ4821");
    stage.tap_all(&["open-visit", "work-order", "work-next", "due-in-12", "step-send", "rail-shift"]);
}

fn listed(stage: &Stage) {
    remembered(stage);
    stage.pass(200 * 86_400);
    stage.tap_all(&["rail-shift", "open-due"]);
}

#[test]
fn the_list_says_whom_to_call_and_a_touch_puts_the_plate_into_the_pad() {
    let stage = Stage::of(shop(Trade::Garage), SIZE);
    remembered(&stage);
    stage.tap("open-due");
    assert_eq!(stage.app().global::<Due>().get_rows().row_count(), 0, "nothing is due yet");
    stage.pass(200 * 86_400);
    stage.tap_all(&["due-back", "open-due"]);
    let rows: Vec<_> = stage.app().global::<Due>().get_rows().iter().collect();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].call.as_str(), rows[0].days), ("6900000000", -16));
    stage.tap("due-NKO9154");
    assert_eq!(stage.app().global::<Shell>().get_page(), Page::Lane);
    assert!(stage.element("hint-due").is_some() || stage.element("hint-again").is_some());
}

#[test]
fn what_it_looks_like() {
    let garage = shop(Trade::Garage);
    check("due", &garage, listed, &["due-back", "due-print", "due-NKO9154"]);
    let none = |stage: &Stage| {
        remembered(stage);
        stage.tap("open-due");
    };
    check("due-none", &garage, none, &["due-back"]);
    check("due-shift", &garage, remembered, &["open-due", "count-shift"]);
}
