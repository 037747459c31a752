//! A rental desk's fleet at the screen: where each vehicle is, and one touch to hand it over or take it back.

use crate::pages::check;
use crate::stage::{Stage, shop};
use slint::ComponentHandle;
use slint::Model;
use tameio::domain::catalogue::Size;
use tameio::domain::plate::{Plate, PlateEntry};
use tameio::domain::rental::{FleetVehicle, RentalRules};
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::text::Text;
use tameio::view::generated::{Fleet, FleetStand, Page, Shell};

const SIZE: (u32, u32) = (1024, 768);

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

pub(crate) fn desk() -> Settings {
    let settings = shop(Trade::Rental);
    let vehicle = |plate: &str, name: &str| FleetVehicle {
        plate: Plate::parse(&PlateEntry::Greek, plate).expect("a plate"),
        name: Text::new(name),
        size: Size::Small,
        fuel_eighth: None,
    };
    let fleet = vec![
        vehicle("ΥΖΒ-3307", "Fiat Panda"),
        vehicle("ΝΚΟ-9154", "Opel Corsa"),
        vehicle("ΙΗΖ-4821", "Toyota Yaris"),
    ];
    Settings { rental: RentalRules { fleet, ..settings.rental.clone() }, ..settings }
}

fn stands(stage: &Stage) -> Vec<(String, FleetStand)> {
    let rows = stage.app().global::<Fleet>().get_rows();
    rows.iter().map(|row| (row.plate.text.to_string(), row.stand)).collect()
}

fn type_in(stage: &Stage, text: &str) {
    for key in text.chars() {
        stage.tap(&format!("ask-{key}"));
    }
}

/// The form a vehicle goes with, for so many days; a contract says itself for how many.
pub(crate) fn form(stage: &Stage, days: Option<&str>) {
    stage.tap("ask-driver");
    type_in(stage, "ΠΑΠΠΑ");
    stage.tap("ask-licence");
    type_in(stage, "ΑΒ");
    stage.tap("ask-licence-until");
    type_in(stage, "31012030");
    if let Some(days) = days {
        stage.tap_all(&["ask-days", &format!("offer-{days}")]);
    }
    stage.tap("ask-km");
    type_in(stage, "12000");
    stage.tap_all(&["ask-fuel", "offer-fuel-8"]);
}

fn two_out(stage: &Stage) {
    stage.tap_all(&["rail-fleet", "fleet-YZB3307"]);
    form(stage, Some("1"));
    stage.tap_all(&["ask-send", "rail-fleet", "fleet-NKO9154"]);
    form(stage, Some("3"));
    stage.tap_all(&["ask-send", "rail-fleet"]);
}

#[test]
fn one_touch_hands_over_and_one_takes_back() {
    let stage = Stage::of(desk(), SIZE);
    stage.tap_all(&["rail-fleet", "fleet-YZB3307"]);
    assert_eq!(page(&stage), Page::Ask, "what is agreed is asked at once");
    stage.tap_all(&["ask-back", "rail-fleet"]);
    assert_eq!(stands(&stage)[0], ("ΥΖΒ-3307".to_owned(), FleetStand::Leaving));
    stage.tap("fleet-YZB3307");
    form(&stage, Some("1"));
    stage.tap_all(&["ask-send", "rail-fleet"]);
    assert_eq!(stands(&stage)[0], ("ΥΖΒ-3307".to_owned(), FleetStand::Out));
    stage.tap("fleet-YZB3307");
    assert_eq!(page(&stage), Page::Ask, "how it came back is asked at once");
    stage.tap_all(&["ask-km"]);
    type_in(&stage, "12100");
    stage.tap_all(&["ask-fuel", "offer-fuel-8", "ask-send", "rail-fleet"]);
    assert_eq!(stands(&stage)[0], ("ΥΖΒ-3307".to_owned(), FleetStand::Back));
    stage.tap_all(&["fleet-YZB3307", "pay", "pay-card", "done-leave", "rail-fleet"]);
    assert!(stands(&stage).iter().all(|(_, stand)| *stand == FleetStand::Free));
}

#[test]
fn what_is_due_today_and_late_comes_first_and_is_counted_in_the_rail() {
    let stage = Stage::of(desk(), SIZE);
    two_out(&stage);
    stage.pass(20 * 3_600);
    stage.tap("rail-fleet");
    assert_eq!(stands(&stage)[0].1, FleetStand::DueToday);
    assert_eq!(stage.app().global::<Fleet>().get_late(), 0);
    stage.pass(5 * 3_600);
    stage.tap("rail-fleet");
    assert_eq!(stands(&stage)[0], ("ΥΖΒ-3307".to_owned(), FleetStand::Late));
    assert_eq!(stage.app().global::<Fleet>().get_late(), 1);
    stage.tap("fleet-free");
    assert_eq!(stands(&stage), [("ΙΗΖ-4821".to_owned(), FleetStand::Free)]);
    stage.tap("fleet-today");
    assert_eq!(stands(&stage).len(), 1);
}

#[test]
fn a_desk_without_a_fleet_has_no_page_of_it() {
    let stage = Stage::of(shop(Trade::Rental), SIZE);
    assert!(stage.element("rail-fleet").is_none());
}

#[test]
fn what_it_looks_like() {
    let late = |stage: &Stage| {
        two_out(stage);
        stage.pass(25 * 3_600);
        stage.tap("rail-fleet");
    };
    check("fleet", &desk(), late, &["fleet-YZB3307", "fleet-IHZ4821", "fleet-today", "rail-fleet"]);
    let none = |stage: &Stage| {
        stage.tap_all(&["rail-fleet", "fleet-out"]);
    };
    check("fleet-none", &desk(), none, &["fleet-all"]);
}
