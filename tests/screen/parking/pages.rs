//! The pages of a parking day draw, in both languages, at the sizes in use.

use super::unseen;
use crate::pages::check;
use crate::stage::{Stage, shop};
use tameio::domain::settings::Trade;

fn inside(stage: &Stage, minutes: i64) {
    stage.type_plate("YZB3307");
    stage.tap("open-visit");
    stage.pass(minutes * 60);
}

#[test]
fn a_stay() {
    let park = shop(Trade::Parking);
    check("parking-visit", &park, |stage| inside(stage, 1_577), &["pay", "extra-EV", "print-ticket"]);
    check("parking-turnaround", &park, |stage| inside(stage, 9), &["leave"]);
    let paying = |stage: &Stage| {
        inside(stage, 137);
        stage.tap("pay");
    };
    check("parking-pay", &park, paying, &["pay-exact", "pay-card", "note-10"]);
    let long = |stage: &Stage| {
        inside(stage, 3 * 1_440 + 137);
        stage.tap("pay");
    };
    check("parking-pay-long", &park, long, &["pay-exact", "pay-card"]);
    let grew = |stage: &Stage| {
        inside(stage, 60);
        stage.tap("pay");
        unseen(stage, 120);
        stage.tap("pay-exact");
    };
    check("parking-grew", &park, grew, &["keep-shown", "take-now", "pay-back"]);
    let overstays = |stage: &Stage| {
        inside(stage, 120);
        stage.tap_all(&["pay", "pay-exact"]);
        stage.pass(22 * 60);
        stage.tap_all(&["rail-lane", "visit-ΥΖΒ-3307", "pay"]);
    };
    check("parking-top-up", &park, overstays, &["pay-exact", "pay-card"]);
    let free = |stage: &Stage| {
        inside(stage, 10);
        stage.tap("extra-EV");
        stage.tap_all(&["pay", "rail-lane", "visit-ΥΖΒ-3307", "extra-EV"]);
    };
    check("parking-free", &park, free, &["leave"]);
}
