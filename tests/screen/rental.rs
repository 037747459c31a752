//! A rental desk at the screen: a vehicle goes with its driver, comes back late and with less fuel, and what follows is paid;
//! by touch alone.

use crate::pages::check;
use crate::stage::{Stage, shop};
use slint::ComponentHandle;
use tameio::domain::money::Cents;
use tameio::domain::rental::Rental;
use tameio::domain::settings::Trade;
use tameio::view::generated::{Page, Shell};

const SIZE: (u32, u32) = (1024, 768);

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

fn type_in(stage: &Stage, text: &str) {
    for key in text.chars() {
        stage.tap(&format!("ask-{key}"));
    }
}

fn rental(stage: &Stage) -> Option<Rental> {
    stage.state(|state| state.visits.values().next().and_then(|visit| visit.rental.as_deref().cloned()))
}

fn comes(stage: &Stage) {
    stage.type_plate("YZB3307");
    stage.tap("open-visit");
}

#[test]
fn what_has_a_visit_is_out_and_not_inside() {
    let stage = Stage::of(shop(Trade::Rental), SIZE);
    assert!(stage.app().global::<Shell>().get_rents());
    assert_eq!(stage.text("strip-inside"), "0 εκτός");
    comes(&stage);
    assert_eq!(stage.text("strip-inside"), "1 εκτός");
    let wash = Stage::of(shop(Trade::Wash), SIZE);
    assert_eq!(wash.text("strip-inside"), "0 μέσα");
}

/// Driver, licence, days, kilometres and fuel. Each answer brings up what still lacks one.
fn form(stage: &Stage) {
    stage.tap_all(&["take-step", "ask-driver"]);
    type_in(stage, "ΠΑΠΠΑ");
    stage.tap("ask-licence");
    type_in(stage, "ΑΒ");
    stage.tap("ask-licence-until");
    type_in(stage, "31012030");
    stage.tap_all(&["ask-days", "offer-3", "ask-km"]);
    type_in(stage, "12000");
    stage.tap_all(&["ask-fuel", "offer-fuel-8"]);
}

fn handed_over(stage: &Stage) {
    comes(stage);
    form(stage);
    stage.tap("ask-send");
}

/// Three days, an hour and twenty minutes later, with 6/8.
fn back(stage: &Stage) {
    stage.pass(3 * 86_400 + 80 * 60);
    stage.tap_all(&["take-step", "ask-km"]);
    type_in(stage, "12450");
    stage.tap_all(&["ask-fuel", "offer-fuel-6"]);
}

#[test]
fn a_vehicle_goes_for_three_days_and_comes_back_late_with_less_fuel() {
    let stage = Stage::of(shop(Trade::Rental), SIZE);
    comes(&stage);
    stage.tap("take-step");
    assert!(!stage.is_enabled("ask-send"), "nobody drives yet");
    stage.tap("ask-back");
    assert_eq!(page(&stage), Page::Visit);
    form(&stage);
    stage.tap("ask-send");
    assert_eq!((page(&stage), stage.text("visit-total").as_str()), (Page::Visit, "105,00 €"));
    let agreed = rental(&stage).expect("it was handed over").hand_over;
    assert_eq!((agreed.days, agreed.driver.name.as_str(), agreed.dashboard.km), (3, "ΠΑΠΠΑ", Some(12_000)));
    assert_eq!(agreed.dashboard.fuel.map(|fuel| fuel.count()), Some(8));
    stage.tap_all(&["deposit", "deposit-2", "deposit-00", "deposit-00", "deposit-take-card"]);
    back(&stage);
    stage.tap("ask-send");
    assert_eq!(stage.text("visit-total"), "134,67 €", "a third of a day, and two eighths");
    stage.tap("pay");
    assert_eq!(stage.text("pay-left"), "0,00 €", "the deposit pays it");
    stage.tap_all(&["pay-exact", "done-leave"]);
    assert!(stage.state(|state| state.visits.is_empty()));
    assert_eq!(
        stage.state(|state| state.deposits.values().map(|one| one.left()).sum::<Cents>()),
        Cents(6_533)
    );
    assert!(stage.text("notice-said-0").contains("65,33"));
}

#[test]
fn what_was_agreed_and_how_it_came_back_can_be_put_right() {
    let stage = Stage::of(shop(Trade::Rental), SIZE);
    handed_over(&stage);
    stage.tap_all(&["visit-details", "action-hand-over", "ask-days", "offer-5", "ask-send"]);
    assert_eq!((page(&stage), stage.text("visit-total").as_str()), (Page::Visit, "175,00 €"));
    back(&stage);
    stage.tap("ask-send");
    assert!(stage.element("take-step").is_none());
    stage.tap_all(&[
        "visit-details",
        "action-take-back",
        "ask-isDiffVehReturnLocation",
        "offer-place-elsewhere",
    ]);
    stage.tap_all(&["ask-vehicleReturnLocation", "offer-at-port", "ask-send"]);
    let returned = rental(&stage).and_then(|rental| rental.returned).expect("it is back");
    assert_eq!(returned.place.map(|place| place.to_string()).as_deref(), Some("ΛΙΜΑΝΙ"));
    stage.tap_all(&["pay", "pay-card", "done-leave"]);
    stage.pass(60);
    assert_eq!(stage.last_told(&["vehicleReturnLocation"]), ["ΛΙΜΑΝΙ"]);
}

#[test]
fn kilometres_that_go_backwards_are_said_on_the_form() {
    let stage = Stage::of(shop(Trade::Rental), SIZE);
    handed_over(&stage);
    stage.tap_all(&["take-step", "ask-km"]);
    type_in(&stage, "11999");
    stage.tap_all(&["ask-fuel", "offer-fuel-8", "ask-send"]);
    assert_eq!(page(&stage), Page::Ask);
    assert!(stage.text("ask-refused").contains("χιλιόμετρα"), "{}", stage.text("ask-refused"));
    stage.tap_all(&["ask-km", "ask-clear"]);
    stage.tap_all(&["offer-12000", "ask-send"]);
    assert_eq!(page(&stage), Page::Visit);
}

#[test]
fn what_it_looks_like() {
    let desk = shop(Trade::Rental);
    let driver = |stage: &Stage| {
        comes(stage);
        stage.tap("take-step");
    };
    check("rental-driver", &desk, driver, &["ask-driver", "ask-damage", "ask-Ε", "ask-send", "ask-back"]);
    let fuel = |stage: &Stage| {
        comes(stage);
        form(stage);
        stage.tap("ask-fuel");
    };
    check("rental-fuel", &desk, fuel, &["offer-fuel-8", "offer-fuel-0", "ask-send"]);
    let days = |stage: &Stage| {
        comes(stage);
        stage.tap_all(&["take-step", "ask-days"]);
    };
    check("rental-days", &desk, days, &["offer-1", "offer-7", "ask-9"]);
    check("rental-away", &desk, handed_over, &["take-step", "deposit", "visit-details", "leave"]);
    let returning = |stage: &Stage| {
        handed_over(stage);
        back(stage);
    };
    check(
        "rental-return",
        &desk,
        returning,
        &["ask-km", "ask-damage", "ask-isDiffVehReturnLocation", "ask-send"],
    );
    let returned = |stage: &Stage| {
        returning(stage);
        stage.tap("ask-send");
    };
    check("rental-returned", &desk, returned, &["pay", "visit-details"]);
    let details = |stage: &Stage| {
        returned(stage);
        stage.tap("visit-details");
    };
    check("rental-details", &desk, details, &["action-take-back", "details-back"]);
}
