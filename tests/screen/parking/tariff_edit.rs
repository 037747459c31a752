//! The owner changes the prices by touch: sees what stays would cost, is told what is wrong, puts it into force with the owner's
//! right, and brings back what was. A scan, a second press and a number that cannot be change nothing else.

use super::{comes, page, park};
use crate::pages::check;
use crate::stage::{Stage, shop};
use slint::platform::WindowEvent;
use slint::{ComponentHandle, LogicalPosition, Model};
use tameio::app::input::{Input, TariffInput};
use tameio::domain::money::Cents;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::tariff::Tariff as Rules;
use tameio::view::generated::{Page, TariffEdit, TariffStep};

fn open(stage: &Stage) {
    stage.tap_all(&["open-tariff", "tariff-change"]);
    assert_eq!(page(stage), Page::TariffEdit);
}

/// Types into a value of a part.
fn press(stage: &Stage, part: &str, field: &str, keys: &str) {
    stage.tap_all(&[&format!("part-{part}"), &format!("field-{field}")]);
    keys.chars().for_each(|key| stage.tap(&format!("tariff-{key}")));
}

/// Pushes the list of parts.
fn push_parts(stage: &Stage, by: f32) {
    let below = stage.element("add-band").expect("what stands below the list").absolute_position();
    let position = LogicalPosition::new(below.x + 20.0, below.y - 80.0);
    stage.app().window().dispatch_event(WindowEvent::PointerScrolled { position, delta_x: 0.0, delta_y: by });
    stage.settle();
}

/// What a stay costs today and would cost, by its place in the table.
fn stay(stage: &Stage, place: usize) -> (String, String) {
    let row = stage.app().global::<TariffEdit>().get_stays().row_data(place).expect("a row");
    (row.before.to_string(), row.after.to_string())
}

fn euro(before: &str, after: &str) -> (String, String) {
    (format!("{before} €"), format!("{after} €"))
}

fn concerns(stage: &Stage) -> Vec<String> {
    stage.app().global::<TariffEdit>().get_concerns().iter().map(|concern| concern.text.to_string()).collect()
}

fn step(stage: &Stage) -> TariffStep {
    stage.app().global::<TariffEdit>().get_step()
}

fn versions(stage: &Stage) -> Vec<String> {
    let site = stage.site.borrow();
    let tariff = site.terminal().settings().parking.tariff.clone().expect("a tariff");
    tariff.versions.iter().map(|version| version.id.clone()).collect()
}

fn put_as_owner(stage: &Stage) {
    stage.tap_all(&["force-put", "approve-owner", "approve"]);
}

#[test]
fn the_first_hour_costs_more_from_now_on() {
    let stage = park();
    comes(&stage, "IHZ4821");
    stage.tap("rail-lane");
    open(&stage);
    assert!(!stage.is_enabled("tariff-force"), "nothing was changed yet");
    press(&stage, "band-1", "price", "450");
    assert_eq!(stay(&stage, 1), euro("4,00", "4,50"), "half an hour");
    assert_eq!(stay(&stage, 3), euro("6,00", "6,00"), "an hour and a half");
    assert!(concerns(&stage).is_empty(), "{:?}", concerns(&stage));
    stage.tap_all(&["tariff-force", "begins-now"]);
    put_as_owner(&stage);
    assert_eq!((page(&stage), versions(&stage)), (Page::Tariff, vec!["2020-01".into(), "2026-03-14".into()]));
    // Who was inside pays as before, who comes after it the new price; both by touch.
    stage.pass(1_800);
    comes(&stage, "YZB3307");
    stage.pass(600);
    stage.pass(60);
    let site = stage.site.borrow();
    let owed = |visit| site.terminal().settings().owed(visit, site.now()).expect("a price");
    let owed: Vec<Cents> = site.state().visits.values().map(owed).collect();
    assert_eq!(owed, [Cents(400), Cents(450)]);
    drop(site);
    // The page shows what holds, and there is no draft left of what was put into force.
    stage.tap_all(&["rail-lane", "open-tariff", "tariff-change"]);
    assert_eq!(stay(&stage, 1), euro("4,50", "4,50"));
    assert!(!stage.is_enabled("tariff-force"));
}

#[test]
fn nobody_but_the_owner_and_a_second_press_is_the_same_wish() {
    let stage = park();
    open(&stage);
    press(&stage, "band-1", "price", "450");
    stage.tap_all(&["tariff-force", "begins-midnight"]);
    stage.sent();
    stage.tap("force-put");
    assert!(stage.element("approve-chief").is_none() && stage.element("approve-owner").is_some());
    assert_eq!(versions(&stage), ["2020-01"]);
    stage.tap_all(&["approve-owner", "approve"]);
    assert_eq!(versions(&stage), ["2020-01", "2026-03-15"]);
    let puts = stage
        .sent()
        .into_iter()
        .filter(|input| matches!(input, Input::Tariff(TariffInput::PutIntoForce { .. })));
    assert_eq!(puts.count(), 2, "asked, and asked with the owner");
    assert!(stage.element("force-put").is_none(), "it is done, and its key is gone");
}

#[test]
fn a_hole_cannot_hold_and_a_fall_in_price_only_when_it_is_meant() {
    let stage = park();
    open(&stage);
    stage.tap_all(&["part-step", "part-remove", "tariff-force"]);
    assert!(concerns(&stage)[0].contains("χωρίς τιμή"), "{:?}", concerns(&stage));
    assert!(!stage.is_enabled("force-put") && stage.element("force-accept").is_none());
    assert!(stage.element("force-errors").is_some());
    stage.tap_all(&["tariff-edit-back", "tariff-undo"]);
    press(&stage, "band-2", "price", "300");
    stage.tap("tariff-force");
    assert!(concerns(&stage).iter().any(|text| text.contains("κοστίζει λιγότερο")), "{:?}", concerns(&stage));
    assert!(!stage.is_enabled("force-put"));
    stage.tap("force-accept");
    assert!(stage.is_enabled("force-put"));
    // What was accepted is not what is changed after it.
    stage.tap("tariff-edit-back");
    press(&stage, "band-2", "price", "350");
    stage.tap("tariff-force");
    assert!(!stage.is_enabled("force-put"));
}

#[test]
fn what_cannot_be_typed_is_not_taken_and_what_cannot_be_is_said_at_once() {
    let stage = park();
    open(&stage);
    press(&stage, "band-1", "price", "999999999");
    assert!(stage.text("field-price").contains("99999,99"), "{}", stage.text("field-price"));
    assert_eq!(stay(&stage, 1), euro("4,00", "14,00"), "a day costs no more");
    stage.tap("tariff-undo");
    assert_eq!(stay(&stage, 1), euro("4,00", "4,00"), "one number is one step");
    // Two bands up to the same time: the upper one has no place, and nothing is priced before it is put right.
    press(&stage, "band-2", "length", "1");
    assert_eq!(concerns(&stage), ["Κλιμάκιο 2: πρέπει να φτάνει πιο μακριά από το προηγούμενο."]);
    assert_eq!(stay(&stage, 1), ("4,00 €".to_owned(), "–".to_owned()));
    stage.tap("tariff-discard");
    assert_eq!(stay(&stage, 1), euro("4,00", "4,00"));
    // A real keyboard types too, and takes back.
    stage.tap("part-band-1");
    for piece in ["55\u{8}", "00\u{8}", "00\u{8}"] {
        stage.burst(piece);
    }
    assert_eq!(stay(&stage, 1), euro("4,00", "5,00"));
}

#[test]
fn a_scan_in_the_middle_takes_nothing_of_the_draft() {
    let stage = park();
    comes(&stage, "IHZ4821");
    let ticket = stage.ticket();
    stage.tap("rail-lane");
    open(&stage);
    press(&stage, "band-1", "price", "450");
    stage.burst(&format!("{ticket}\n"));
    assert_eq!(page(&stage), Page::Pay, "the vehicle at the exit comes first");
    stage.tap_all(&["rail-lane", "open-tariff", "tariff-change"]);
    assert_eq!(stay(&stage, 1), euro("4,00", "4,50"));
}

#[test]
fn a_night_is_added_by_touch_and_its_days_chosen() {
    let stage = park();
    open(&stage);
    stage.tap("add-window");
    press(&stage, "window-1", "price", "100");
    stage.tap("field-to");
    "7".chars().for_each(|key| stage.tap(&format!("tariff-{key}")));
    stage.tap_all(&["field-days", "weekday-7"]);
    push_parts(&stage, -400.0);
    stage.tap_all(&["part-edges", "way-cut", "arrival-evening"]);
    push_parts(&stage, 150.0);
    let part = stage.element("part-window-1").and_then(|part| part.accessible_label()).expect("its row");
    assert!(part.contains("22:00–07:00 (Δευ") && part.contains("1,00"), "{part}");
    stage.tap_all(&["whose-lorry", "set-apart"]);
    press(&stage, "step", "price", "900");
    stage.tap_all(&["whose-all", "tariff-force"]);
    let text = stage.app().global::<TariffEdit>().get_from().to_string();
    assert_eq!(text, "15/3/2026");
    stage.tap_all(&["begins-day", "day-week-more", "day-more"]);
    assert_eq!(stage.app().global::<TariffEdit>().get_from(), "23/3/2026");
    for _ in 0..3 {
        stage.tap("day-week-less");
    }
    assert_eq!(stage.app().global::<TariffEdit>().get_from(), "15/3/2026", "never a day that has begun");
    if stage.element("force-accept").is_some() {
        stage.tap("force-accept");
    }
    put_as_owner(&stage);
    assert_eq!(versions(&stage), ["2020-01", "2026-03-15"]);
    // It is coming, and can be taken out until then.
    open_versions(&stage);
    stage.tap_all(&["version-withdraw-2026-03-15", "approve-owner", "approve"]);
    assert_eq!(versions(&stage), ["2020-01"]);
    assert_eq!(step(&stage), TariffStep::Versions);
}

fn open_versions(stage: &Stage) {
    stage.tap_all(&["rail-lane", "open-tariff", "tariff-change", "tariff-versions"]);
}

#[test]
fn what_has_held_comes_back_as_a_new_version() {
    let stage = park();
    open(&stage);
    press(&stage, "band-1", "price", "450");
    stage.tap_all(&["tariff-force", "begins-now"]);
    put_as_owner(&stage);
    stage.pass(120);
    open_versions(&stage);
    stage.tap("version-begin-2020-01");
    assert_eq!(stay(&stage, 1), euro("4,50", "4,00"));
    stage.tap_all(&["tariff-force", "begins-now"]);
    put_as_owner(&stage);
    assert_eq!(versions(&stage), ["2020-01", "2026-03-14", "2026-03-14.2"]);
}

fn every_part() -> Settings {
    let mut shop = shop(Trade::Parking);
    let text = include_str!("../../../config/tariffs/every-part.toml");
    shop.parking.tariff = Some(Rules::parse(text).expect("it can be read").into());
    shop
}

#[test]
fn the_pages_draw() {
    let ids = ["tariff-edit-back", "part-turnaround", "field-length", "tariff-5", "arrival-now", "whose-all"];
    check("tariff-edit", &shop(Trade::Parking), open, &ids);
    let window = |stage: &Stage| {
        open(stage);
        press(stage, "band-1", "price", "450");
        stage.tap_all(&["part-band-2", "add-window", "part-band-1"]);
        stage.tap("add-window");
    };
    check("tariff-edit-hours", &shop(Trade::Parking), window, &["tariff-force", "field-cap", "tariff-00"]);
    let days = |stage: &Stage| {
        open(stage);
        stage.tap_all(&["add-flat", "field-days"]);
    };
    check("tariff-edit-days", &shop(Trade::Parking), days, &["weekday-0", "weekday-7", "way-whole-stay"]);
    let force = |stage: &Stage| {
        open(stage);
        press(stage, "band-1", "price", "4000");
        stage.tap_all(&["tariff-force", "begins-day"]);
    };
    check(
        "tariff-edit-force",
        &every_part(),
        force,
        &["force-put", "force-accept", "begins-now", "day-more"],
    );
    let versions = |stage: &Stage| {
        open(stage);
        press(stage, "band-1", "price", "450");
        stage.tap_all(&["tariff-force", "begins-midnight"]);
        put_as_owner(stage);
        open_versions(stage);
    };
    check("tariff-edit-versions", &shop(Trade::Parking), versions, &["version-begin-2020-01"]);
    let class = |stage: &Stage| {
        open(stage);
        stage.tap_all(&["whose-lorry"]);
    };
    check("tariff-edit-class", &every_part(), class, &["set-apart"]);
}
