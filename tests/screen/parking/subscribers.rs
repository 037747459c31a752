//! Monthly parking by touch alone: sold and renewed with its document, a vehicle in and out, the door book.

use super::{page, park};
use crate::pages::check;
use crate::stage::{Stage, shop};
use slint::{ComponentHandle, Model};
use tameio::domain::settings::Trade;
use tameio::view::generated::{CarStand, Door, Page, Subscribers, SubscriptionStand, Tray};

/// Presses keys of a pad, one after another.
fn press(stage: &Stage, prefix: &str, keys: &str) {
    for key in keys.chars() {
        stage.tap(&format!("{prefix}-{key}"));
    }
}

/// A subscription is made, up to the touch that sells it.
fn describe(stage: &Stage, name: &str, plates: &[&str]) {
    stage.tap_all(&["rail-lane", "open-subscribers", "subscriber-new"]);
    press(stage, "subscriber", name);
    stage.tap("subscriber-vehicle");
    for plate in plates {
        press(stage, "subscriber", plate);
        stage.tap("subscriber-add");
    }
}

/// … sold and paid.
fn sell(stage: &Stage, name: &str, plates: &[&str]) {
    describe(stage, name, plates);
    stage.tap("subscriber-save");
    assert_eq!(page(stage), Page::Pay, "its order is paid at once");
    stage.tap("pay-card");
    assert_eq!(page(stage), Page::Done);
    stage.pass(5);
}

fn comes(stage: &Stage, plate: &str) {
    stage.tap("rail-lane");
    stage.type_plate(plate);
    stage.tap("open-visit");
}

fn said(stage: &Stage) -> Vec<String> {
    stage.app().global::<Tray>().get_notices().iter().map(|notice| notice.text.to_string()).collect()
}

fn stands(stage: &Stage) -> Vec<CarStand> {
    stage.app().global::<Subscribers>().get_cars().iter().map(|car| car.stand).collect()
}

#[test]
fn a_month_is_sold_used_and_renewed_with_one_touch() {
    let stage = park();
    sell(&stage, "ΔΕΙΓΜΑ", &["XAN8080", "NKO9154"]);
    comes(&stage, "XAN8080");
    assert_eq!(page(&stage), Page::Lane, "the next car may come at once");
    assert!(said(&stage)[0].contains("μπήκε το ΧΑΝ-8080"), "{:?}", said(&stage));
    stage.tap("notice-dismiss");
    // One place for two vehicles: the second pays as anybody, and is told so.
    comes(&stage, "NKO9154");
    assert_eq!(page(&stage), Page::Visit);
    assert!(said(&stage)[0].contains("πληρώνει με την ώρα"), "{:?}", said(&stage));
    stage.tap_all(&["notice-dismiss", "rail-lane", "visit-ΧΑΝ-8080", "leave"]);
    stage.tap("notice-dismiss");
    stage.tap_all(&["open-subscribers", "subscription-1"]);
    assert_eq!(stands(&stage), [CarStand::Out, CarStand::Anybody]);
    assert_eq!(stage.app().global::<Subscribers>().get_one().stand, SubscriptionStand::Holds);
    stage.tap("subscriber-renew");
    assert_eq!(page(&stage), Page::Pay);
    stage.tap_all(&["pay-card", "rail-lane", "open-subscribers", "subscription-1"]);
    stage.state(|state| assert_eq!(state.subscriptions.values().next().expect("one").terms.len(), 2));
    stage.tap("open-door");
    assert_eq!(page(&stage), Page::Door);
    assert_eq!(stage.app().global::<Door>().get_rows().row_count(), 2);
    stage.tap("door-by-hand");
    assert_eq!(stage.app().global::<Door>().get_rows().row_count(), 0);
    stage.tap_all(&["door-back", "subscribers-back"]);
    assert_eq!(page(&stage), Page::Lane);
}

/// Changing what is not paid needs somebody with the right; the plate that is typed says whose it is.
#[test]
fn a_plate_at_the_lane_leads_to_its_subscription_and_a_change_asks_for_the_chief() {
    let stage = park();
    sell(&stage, "ΔΕΙΓΜΑ", &["XAN8080"]);
    stage.tap("rail-lane");
    stage.type_plate("XAN8080");
    let hint = stage.element_beginning("hint-").expect("it is known");
    stage.tap(&hint);
    assert_eq!(page(&stage), Page::Subscribers);
    stage.tap_all(&["subscriber-change", "subscriber-vehicle"]);
    press(&stage, "subscriber", "NKO9154");
    stage.tap_all(&["subscriber-save", "approve-chief", "approve"]);
    stage.state(|state| {
        assert_eq!(state.subscriptions.values().next().expect("one").holding.vehicles.len(), 2);
    });
    assert!(!stage.app().global::<Subscribers>().get_editing(), "it is done");
}

#[test]
fn the_pages_draw() {
    let park = shop(Trade::Parking);
    let empty = |stage: &Stage| stage.tap("open-subscribers");
    check("subscribers-none", &park, empty, &["subscriber-new", "subscribers-back", "open-door"]);
    let making = |stage: &Stage| describe(stage, "ΔΕΙΓΜΑ", &["XAN8080", "NKO9154", "YZB3307"]);
    check(
        "subscribers-new",
        &park,
        making,
        &["subscriber-save", "subscriber-add", "plan-MONTH", "plan-WORK"],
    );
    let name = |stage: &Stage| stage.tap_all(&["open-subscribers", "subscriber-new", "subscriber-phone"]);
    check("subscribers-phone", &park, name, &["subscriber-5", "subscriber-places-more"]);
    let one = |stage: &Stage| {
        sell(stage, "ΔΕΙΓΜΑ", &["XAN8080", "NKO9154"]);
        comes(stage, "XAN8080");
        stage.tap_all(&["open-subscribers", "subscription-1"]);
    };
    check("subscribers-one", &park, one, &["subscriber-renew", "subscriber-change", "subscription-1"]);
    let door = |stage: &Stage| {
        one(stage);
        stage.tap("open-door");
    };
    check("subscribers-door", &park, door, &["door-back", "door-all", "door-unasked"]);
    let hint = |stage: &Stage| {
        sell(stage, "ΔΕΙΓΜΑ", &["XAN8080"]);
        stage.tap("rail-lane");
        stage.type_plate("XAN8080");
    };
    check("subscribers-lane", &park, hint, &["open-visit", "open-subscribers"]);
}
