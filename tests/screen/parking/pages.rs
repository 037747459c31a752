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
fn what_is_out_of_the_ordinary() {
    let park = shop(Trade::Parking);
    let case = |kind: &'static str, taps: &'static [&'static str]| {
        move |stage: &Stage| {
            inside(stage, 137);
            stage.tap_all(&["stay-case", kind]);
            stage.tap_all(taps);
        }
    };
    let lost = case("case-lost", &[]);
    check("parking-case-lost", &park, lost, &["case-damaged", "case-missed", "case-do", "case-back"]);
    let time = case("case-time", &["case-0", "case-9", "case-0", "case-3", "case-reason-0"]);
    check("parking-case-time", &park, time, &["case-9", "case-reason-2", "case-words", "case-do"]);
    let price = case("case-price", &["case-5", "case-00"]);
    check("parking-case-price", &park, price, &["case-5", "case-reason-2", "case-words", "case-do"]);
    let owing = case("case-owing", &["case-reason-0"]);
    check("parking-case-owing", &park, owing, &["case-name", "case-reason-2", "case-words", "case-do"]);
    let name = case("case-owing", &["case-name", "case-text-alphabet"]);
    check("parking-case-name", &park, name, &["case-text-done", "case-text-A"]);
    let found = |stage: &Stage| {
        stage.type_plate("ABE1111");
        stage.tap("hint-found");
    };
    check("parking-case-found", &park, found, &["case-do", "case-back", "case-5", "case-reason-0"]);
    let hint = |stage: &Stage| stage.type_plate("ABE1111");
    check("parking-lane", &park, hint, &["hint-found", "open-visit", "open-tariff"]);
    let owed = |stage: &Stage| {
        inside(stage, 137);
        stage.tap_all(&["stay-case", "case-owing", "case-reason-0", "case-do", "rail-exceptions"]);
    };
    check("parking-owed", &park, owed, &["rail-exceptions"]);
    let comes_again = |stage: &Stage| {
        owed(stage);
        stage.tap("rail-lane");
        stage.type_plate("YZB3307");
    };
    check("parking-owes", &park, comes_again, &["hint-found", "open-visit"]);
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
