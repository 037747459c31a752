//! Plates on a list by touch alone: put there with somebody who may, met at the lane, decided about, in the door book.

use super::{page, park};
use crate::pages::check;
use crate::stage::{Stage, shop};
use slint::{ComponentHandle, Model};
use tameio::domain::settings::Trade;
use tameio::view::generated::{Door, DoorKind, Page};

fn press(stage: &Stage, keys: &str) {
    keys.chars().for_each(|key| stage.tap(&format!("listed-{key}")));
}

fn put(stage: &Stage, plate: &str, kind: &str) {
    stage.tap_all(&["rail-lane", "open-subscribers", "open-listed"]);
    press(stage, plate);
    stage.tap_all(&[kind, "listed-reason"]);
    press(stage, "ΔΕΝ");
    stage.tap_all(&["listed-put", "approve-owner", "approve"]);
    stage.state(|state| assert_eq!(state.listed.len(), 1));
    stage.tap("rail-lane");
}

#[test]
fn a_warning_stands_at_the_lane_and_what_was_decided_in_the_door_book() {
    let stage = park();
    put(&stage, "YZB3307", "listed-warning");
    stage.type_plate("YZB3307");
    stage.tap("open-visit");
    assert_eq!(page(&stage), Page::Lane, "somebody decides first");
    stage.tap("hint-turn-away");
    stage.state(|state| assert!(state.visits.is_empty()));
    stage.type_plate("YZB3307");
    stage.tap("hint-let-in");
    assert_eq!(page(&stage), Page::Visit);
    stage.tap_all(&["rail-lane", "open-subscribers", "open-door", "door-listed"]);
    let rows = stage.app().global::<Door>().get_rows();
    assert_eq!(rows.iter().map(|row| row.kind).collect::<Vec<_>>(), [DoorKind::LetIn, DoorKind::TurnedAway]);
}

#[test]
fn who_is_not_to_come_in_needs_a_manager() {
    let stage = park();
    put(&stage, "YZB3307", "listed-stopped");
    stage.type_plate("YZB3307");
    stage.tap("hint-let-in");
    stage.state(|state| assert!(state.visits.is_empty()));
    stage.tap_all(&["approve-owner", "approve"]);
    assert_eq!(page(&stage), Page::Visit);
}

#[test]
fn the_pages_draw() {
    let park = shop(Trade::Parking);
    let empty = |stage: &Stage| stage.tap_all(&["open-subscribers", "open-listed"]);
    check("listed-none", &park, empty, &["listed-put", "listed-back", "listed-exempt"]);
    let one = |stage: &Stage| {
        put(stage, "YZB3307", "listed-warning");
        stage.tap_all(&["open-subscribers", "open-listed", "listed-reason"]);
    };
    check("listed-one", &park, one, &["listed-put", "off-ΥΖΒ-3307"]);
    let lane = |stage: &Stage| {
        put(stage, "YZB3307", "listed-warning");
        stage.type_plate("YZB3307");
    };
    check("listed-lane", &park, lane, &["hint-let-in", "hint-turn-away", "open-visit"]);
}
