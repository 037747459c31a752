//! The pages of these flows draw, in both languages, at the sizes in use.

use super::{FLEET, group, open, type_in};
use crate::pages::check;
use crate::stage::{Stage, shop, wash, wash_and_garage};
use tameio::config::Look;
use tameio::domain::settings::{Establishment, Settings, Trade};

#[test]
fn lane_with_several_trades() {
    let typed = |stage: &Stage| {
        stage.type_plate("NKO9154");
        stage.tap("open-trade-garage");
        stage.tap("rail-lane");
        stage.type_plate("NKO9154");
    };
    check("flow-lane-trades", &wash_and_garage(), typed, &["open-trade-wash", "ask-arrival", "hint-again"]);
    let four = Settings {
        also: [Trade::Parking, Trade::Garage, Trade::Rental]
            .map(|trade| Establishment { trade, branch: 1 })
            .to_vec(),
        ..wash()
    };
    let typed = |stage: &Stage| stage.type_plate("NKO9154");
    let keys = ["open-trade-wash", "open-trade-parking", "open-trade-garage", "open-trade-rental"];
    check("flow-lane-four", &four, typed, &keys);
    let foreign = |stage: &Stage| {
        stage.tap("mode-foreign");
        stage.type_plate("MAB1234");
        stage.tap_all(&["choose-country", "country-DE"]);
    };
    check(
        "flow-lane-maker",
        &shop(Trade::Garage),
        foreign,
        &["choose-maker", "choose-category", "open-visit"],
    );
}

#[test]
fn lane_when_it_comes_back() {
    let moved = |stage: &Stage| {
        open(stage, "NKO9154");
        stage.tap_all(&["service-SERVICE", "visit-details", "action-move-away", "offer-moved-branch"]);
        type_in(stage, "2");
        stage.tap("ask-send");
        stage.pass(3_600);
        stage.type_plate("NKO9154");
    };
    check("flow-lane-returns", &shop(Trade::Garage), moved, &["open-visit", "ask-arrival"]);
}

#[test]
fn arrival() {
    let terms = |stage: &Stage| {
        stage.type_plate("XAN8080");
        stage.tap("ask-arrival");
    };
    check("flow-terms", &wash(), terms, &["ask-terms", "offer-terms-lease", "ask-send", "ask-back"]);
    let trades = |stage: &Stage| {
        stage.type_plate("XAN8080");
        stage.tap_all(&[
            "ask-arrival",
            "ask-trade",
            "offer-trade-garage",
            "ask-terms",
            "offer-terms-lease",
            "ask-trade",
        ]);
    };
    check(
        "flow-terms-trades",
        &wash_and_garage(),
        trades,
        &["ask-trade", "ask-periodicity", "offer-trade-garage"],
    );
    let recurring = |stage: &Stage| {
        terms(stage);
        stage.tap("offer-terms-recurring");
        type_in(stage, "999999980");
    };
    check(
        "flow-recurring-wrong",
        &wash(),
        recurring,
        &["ask-customerVatNumber", "ask-1", "ask-erase", "ask-send"],
    );
    let country = |stage: &Stage| {
        terms(stage);
        stage.tap_all(&["offer-terms-recurring", "ask-customerCountry"]);
    };
    check("flow-recurring-country", &wash(), country, &["offer-GR", "offer-CH", "ask-send"]);
    let foreign = |stage: &Stage| {
        country(stage);
        stage.tap_all(&["offer-BG", "ask-customerVatNumber"]);
    };
    check("flow-recurring-foreign", &wash(), foreign, &["ask-Q", "ask-M", "ask-send"]);
    let night = |stage: &Stage| {
        stage.window.choose_look(Look::Night);
        recurring(stage);
    };
    check("flow-night", &wash(), night, &["ask-1", "ask-send"]);
    let lease = |stage: &Stage| {
        terms(stage);
        stage.tap_all(&["offer-terms-lease", "ask-toAgreedPeriodDate"]);
    };
    check("flow-lease-period", &wash(), lease, &["offer-span-12", "ask-0", "ask-send", "ask-periodicity"]);
    let words = |stage: &Stage| {
        terms(stage);
        stage.tap_all(&["offer-terms-lease", "ask-periodicity", "offer-months-words"]);
    };
    check(
        "flow-lease-words",
        &wash(),
        words,
        &["ask-Ε", "ask-space", "ask-alphabet", "ask-erase", "ask-send"],
    );
    let months = |stage: &Stage| {
        terms(stage);
        stage.tap_all(&["offer-terms-lease", "ask-periodicity"]);
    };
    check("flow-lease-months", &wash(), months, &["offer-months-1", "offer-months-words", "ask-send"]);
}

#[test]
fn arrival_of_others() {
    let maker = |stage: &Stage| {
        stage.tap("mode-foreign");
        stage.type_plate("MAB1234");
        stage.tap_all(&["choose-country", "country-DE", "open-visit"]);
    };
    check(
        "flow-maker",
        &shop(Trade::Garage),
        maker,
        &["offer-BMW", "ask-Q", "ask-space", "ask-send", "ask-earlier"],
    );
    let again = |stage: &Stage| {
        open(stage, "KBP5060");
        stage.tap("rail-lane");
        stage.type_plate("KBP5060");
        stage.tap("hint-again");
    };
    check("flow-again", &wash(), again, &["offer-again-other-work", "ask-Ε", "ask-send"]);
    let trip = |stage: &Stage| {
        stage.type_plate("YZB3307");
        stage.tap_all(&["ask-arrival", "ask-isDiffVehPickupLocation", "offer-place-elsewhere"]);
    };
    check(
        "flow-trip",
        &shop(Trade::Rental),
        trip,
        &["offer-at-airport", "ask-vehiclePickupLocation", "ask-send"],
    );
    let purpose = |stage: &Stage| {
        stage.type_plate("YZB3307");
        stage.tap_all(&["ask-arrival", "ask-vehicleMovementPurpose"]);
    };
    check(
        "flow-purpose",
        &shop(Trade::Rental),
        purpose,
        &["offer-purpose-rental", "offer-purpose-free", "ask-send"],
    );
}

#[test]
fn a_visits_details() {
    let garage = |stage: &Stage| {
        open(stage, "NKO9154");
        stage.tap_all(&["service-SERVICE", "extra-OIL"]);
    };
    check("flow-visit-garage", &shop(Trade::Garage), garage, &["visit-details", "take-step", "leave", "pay"]);
    let details = |stage: &Stage| {
        garage(stage);
        stage.tap("visit-details");
    };
    check(
        "flow-details",
        &shop(Trade::Garage),
        details,
        &["action-tell-service", "action-contract", "action-move-away", "details-back"],
    );
    let kinds = |stage: &Stage| {
        details(stage);
        stage.tap("action-tell-service");
    };
    check("flow-kind", &shop(Trade::Garage), kinds, &["offer-category-parts", "ask-amount", "ask-send"]);
    let moving = |stage: &Stage| {
        details(stage);
        stage.tap_all(&["action-move-away", "offer-moved-partner"]);
    };
    check("flow-move", &shop(Trade::Garage), moving, &["ask-cooperatingVatNumber", "ask-9", "ask-send"]);
    let refused = |stage: &Stage| {
        open(stage, "NKO9154");
        stage.tap_all(&["visit-details", "action-move-away", "offer-moved-branch"]);
        type_in(stage, "2");
        stage.tap("ask-send");
    };
    check("flow-move-refused", &shop(Trade::Garage), refused, &["ask-send", "ask-back"]);
}

#[test]
fn contracts_and_returns() {
    let fleet = |stage: &Stage| {
        stage.type_plate("TAB1010");
        stage.tap_all(&["ask-arrival", "offer-terms-recurring"]);
        type_in(stage, FLEET);
        stage.tap_all(&["ask-send", "service-FULL", "visit-details", "action-contract"]);
    };
    check("flow-visit-contract", &wash(), fleet, &["leave", "visit-details"]);
    let contract = |stage: &Stage| {
        open(stage, "IHZ4821");
        stage.tap_all(&["service-EXT", "visit-details", "action-contract"]);
    };
    check("flow-contract", &wash(), contract, &["ask-invoiceCounterparty", "ask-9", "ask-send"]);
    let back = |stage: &Stage| {
        open(stage, "YZB3307");
        stage.tap_all(&["service-DAY", "pay", "pay-exact", "done-next", "visit-ΥΖΒ-3307", "visit-details"]);
        stage.tap("action-return-elsewhere");
    };
    check(
        "flow-return",
        &shop(Trade::Rental),
        back,
        &["offer-at-port", "ask-vehicleReturnLocation", "ask-send"],
    );
    let lease = |stage: &Stage| {
        stage.type_plate("XAN8080");
        stage.tap_all(&["ask-arrival", "offer-terms-lease", "ask-send"]);
        type_in(stage, "9000");
    };
    check("flow-amount", &shop(Trade::Parking), lease, &["ask-amount", "ask-1", "ask-send"]);
    let known = |stage: &Stage| {
        lease(stage);
        stage.tap_all(&["ask-send", "visit-details"]);
    };
    check("flow-details-lease", &shop(Trade::Parking), known, &["action-contract", "details-back"]);
}

#[test]
fn one_document_for_many() {
    check(
        "flow-group-none",
        &wash(),
        |stage| stage.tap_all(&["rail-documents", "group-open"]),
        &["group-back"],
    );
    let few = |stage: &Stage| {
        group::fleet(stage, FLEET, 1_000, 3);
        stage.site.borrow().set_network(false);
        group::fleet(stage, group::OTHER, 2_000, 1);
        stage.tap_all(&["rail-documents", "group-open", "group-ΤΑΒ-1001", "naming-fim"]);
    };
    check(
        "flow-group-few",
        &wash(),
        few,
        &["group-ΤΑΒ-1000", "group-ΤΑΒ-2000", "field-machine", "naming-P", "naming-erase", "group-link"],
    );
    let waiting = |stage: &Stage| {
        group::fleet(stage, FLEET, 1_000, 54);
        stage.site.borrow().set_network(false);
        group::fleet(stage, group::OTHER, 2_000, 1);
        stage.tap_all(&["rail-documents", "group-open", "group-all"]);
    };
    check("flow-group", &wash(), waiting, &["group-all", "group-customer", "naming-9", "group-link"]);
    let customers = |stage: &Stage| {
        waiting(stage);
        stage.tap("group-customer");
    };
    let last = format!("group-customer-{}", group::OTHER);
    check("flow-group-customers", &wash(), customers, &["group-customer-all", &last]);
    let linked = |stage: &Stage| {
        waiting(stage);
        group::mark(stage);
        stage.tap("group-link");
        stage.site.borrow().set_network(true);
        stage.pass(1);
    };
    check("flow-group-result", &wash(), linked, &["group-again", "group-result-0"]);
}
