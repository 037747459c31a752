//! Several trades, terms, makers, a second visit, a rental's trip.

use super::{FLEET, Slow, answer, only, open, page, type_in};
use crate::stage::{Stage, shop, wash, wash_and_garage};
use tameio::domain::entry::ClientType;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::terms::{MovementPurpose, ServiceTerms};
use tameio::view::generated::Page;

#[test]
fn one_touch_opens_for_one_of_several_trades() {
    let stage = Stage::of(wash_and_garage(), (1024, 768));
    assert!(stage.element("open-visit").is_none(), "which work is always said");
    stage.type_plate("NKO9154");
    stage.taps();
    stage.tap("open-trade-garage");
    assert_eq!((stage.taps(), page(&stage)), (1, Page::Visit));
    only(&stage, |visit| assert_eq!((visit.client_type, visit.branch), (ClientType::Garage, 1)));
    assert!(stage.element("service-LABOUR").is_some() && stage.element("service-FULL").is_none());
    assert!(stage.element("extra-OIL").is_some() && stage.element("extra-WAX").is_none());

    stage.tap("rail-lane");
    stage.type_plate("NKO9154");
    assert!(!stage.is_enabled("open-trade-garage"), "it is inside for that");
    stage.tap("open-trade-wash");
    stage.state(|state| assert_eq!(state.visits.len(), 2, "a vehicle may be washed while it is repaired"));
    assert!(stage.element("service-FULL").is_some() && stage.element("service-LABOUR").is_none());
    stage.pass(10);
    assert_eq!(stage.first_told(&["clientServiceType", "branch"]), ["2", "0"]);
}

#[test]
fn a_site_of_one_trade_is_not_asked_which() {
    let stage = Stage::new();
    assert!(stage.element("open-visit").is_some() && stage.element("open-trade-wash").is_none());
    stage.tap("ask-arrival");
    assert!(stage.element("ask-trade").is_none());
    assert!(!stage.is_enabled("ask-send"), "without a plate there is nothing to open");
}

#[test]
fn a_fleet_vehicle_comes_on_recurring_terms() {
    let stage = Stage::new();
    stage.type_plate("TAB1010");
    stage.tap_all(&["ask-arrival", "offer-terms-recurring"]);
    assert!(!stage.is_enabled("ask-send"), "the customer is needed");
    type_in(&stage, "999999980");
    assert!(!stage.is_enabled("ask-send"), "a wrong check digit is no customer");
    stage.tap("ask-erase");
    type_in(&stage, "1");
    stage.tap("ask-send");
    assert_eq!(page(&stage), Page::Visit);
    only(&stage, |visit| {
        assert_eq!(visit.terms.customer().map(|customer| customer.number.as_str()), Some(FLEET));
    });
    stage.pass(10);
    let told = stage.first_told(&["recurringService", "customerVatNumber", "customerCountry"]);
    assert_eq!(told, ["true", FLEET, "GR"]);
}

#[test]
fn a_foreign_fleet_has_its_country_and_letters() {
    let stage = Stage::new();
    stage.type_plate("TAB1020");
    stage.tap_all(&["ask-arrival", "offer-terms-recurring", "ask-customerCountry", "offer-BG"]);
    stage.tap("ask-customerVatNumber");
    type_in(&stage, "BG12");
    stage.tap("ask-send");
    stage.pass(10);
    assert_eq!(stage.first_told(&["customerVatNumber", "customerCountry"]), ["BG12", "BG"]);
}

/// Going back keeps what was answered, and the lane shows it: nothing is told that was not seen.
#[test]
fn what_was_answered_stays_with_the_arrival_and_is_seen() {
    let stage = Stage::new();
    stage.type_plate("XAN8080");
    stage.tap_all(&["ask-arrival", "offer-terms-continuous", "ask-back"]);
    assert_eq!(page(&stage), Page::Lane);
    assert_eq!(stage.text("ask-arrival"), "Προπληρωμένο δικαίωμα");
    stage.tap("open-visit");
    only(&stage, |visit| {
        let period = visit.terms.period().expect("a period");
        assert_eq!(
            (period.from.to_string(), period.to.to_string()),
            ("2026-03-14".into(), "2026-04-13".into())
        );
    });
    stage.tap("rail-lane");
    stage.type_plate("IHZ4821");
    stage.tap("open-visit");
    stage.state(|state| {
        let once = state.visits.values().filter(|visit| visit.terms.is_one_off()).count();
        assert_eq!(once, 1, "the next vehicle has its own terms");
    });
}

#[test]
fn a_lease_asks_for_its_period_and_then_its_amount() {
    let stage = Stage::of(shop(Trade::Parking), (1024, 768));
    stage.type_plate("XAN8080");
    stage.tap_all(&["ask-arrival", "offer-terms-lease", "ask-toAgreedPeriodDate", "offer-span-12"]);
    assert_eq!(answer(&stage, "toAgreedPeriodDate"), "13/03/2027");
    stage.tap_all(&["ask-periodicity", "offer-months-3", "ask-send"]);
    assert_eq!(page(&stage), Page::Ask, "its amount is told apart");
    assert!(!stage.is_enabled("ask-send"), "a lease has an amount");
    type_in(&stage, "9000");
    stage.tap("ask-send");
    assert_eq!(page(&stage), Page::Visit);
    stage.pass(10);
    assert_eq!(
        stage.first_told(&["continuousLeaseService", "periodicity", "fromAgreedPeriodDate"]),
        ["true", "3", "2026-03-14"]
    );
    assert_eq!(stage.last_told(&["providedServiceCategory", "amount"]), ["8", "90.00"]);
}

#[test]
fn how_often_can_be_said_in_words_and_a_period_does_not_end_before_it_begins() {
    let stage = Stage::new();
    stage.type_plate("XAN8081");
    stage.tap_all(&["ask-arrival", "offer-terms-lease", "ask-periodicity", "offer-months-words"]);
    assert!(!stage.is_enabled("ask-send"), "the words are needed");
    for key in ["ask-Α", "ask-Ν", "ask-Α", "ask-space", "ask-Ε", "ask-Ξ", "ask-Ι"] {
        stage.tap(key);
    }
    assert_eq!(answer(&stage, "periodicityOther"), "ΑΝΑ ΕΞΙ");
    assert!(stage.is_enabled("ask-send"));
    stage.tap_all(&["ask-toAgreedPeriodDate", "ask-clear"]);
    type_in(&stage, "13032026");
    assert!(!stage.is_enabled("ask-send"), "the day before it begins");
    stage.tap_all(&["ask-clear"]);
    type_in(&stage, "31022026");
    assert!(!stage.is_enabled("ask-send"), "there is no such day");
    stage.tap_all(&["offer-span-1", "ask-send"]);
    only(&stage, |visit| assert!(matches!(visit.terms, ServiceTerms::Lease { .. })));
}

#[test]
fn a_garage_asks_for_the_maker_of_a_foreign_vehicle_and_a_wash_does_not() {
    let stage = Stage::of(shop(Trade::Garage), (1024, 768));
    stage.tap("mode-foreign");
    stage.type_plate("MAB1234");
    stage.tap_all(&["choose-country", "country-DE", "open-visit"]);
    assert_eq!(page(&stage), Page::Arrival, "something is missing");
    stage.state(|state| assert!(state.visits.is_empty()));
    stage.tap_all(&["offer-BMW", "ask-send"]);
    only(&stage, |visit| {
        assert_eq!(visit.vehicle.maker.as_ref().map(|maker| maker.as_str()), Some("BMW"));
    });
    stage.pass(10);
    assert_eq!(stage.first_told(&["vehicleFactory", "vehicleCategory"]), ["BMW", "Αυτοκίνητο"]);

    let wash = Stage::new();
    wash.tap("mode-foreign");
    wash.type_plate("MAB1234");
    assert!(wash.element("choose-maker").is_none());
    wash.tap_all(&["choose-country", "country-DE", "open-visit"]);
    assert_eq!(page(&wash), Page::Visit);
}

#[test]
fn a_maker_that_is_not_offered_is_typed() {
    let stage = Stage::of(shop(Trade::Garage), (1024, 768));
    stage.tap("mode-foreign");
    stage.type_plate("MAB1234");
    stage.tap_all(&["choose-country", "country-IT", "choose-maker"]);
    type_in(&stage, "LADA");
    stage.tap("ask-send");
    only(&stage, |visit| {
        assert_eq!(visit.vehicle.maker.as_ref().map(|maker| maker.as_str()), Some("LADA"));
    });
}

#[test]
fn kinds_of_vehicle_read_in_english_and_are_told_in_greek() {
    let stage = Stage::new();
    stage.tap_all(&["language-en", "mode-foreign"]);
    stage.type_plate("MAB1234");
    stage.tap_all(&["choose-country", "country-DE", "choose-category"]);
    assert_eq!(stage.text("category-4"), "Lorry");
    stage.tap("category-4");
    assert_eq!(stage.text("choose-category"), "Lorry");
    stage.tap("open-visit");
    stage.pass(10);
    assert_eq!(stage.first_told(&["vehicleCategory"]), ["Φορτηγό"]);
}

#[test]
fn a_second_visit_of_a_vehicle_inside_says_why() {
    let stage = Stage::new();
    open(&stage, "KBP5060");
    stage.tap("rail-lane");
    stage.type_plate("KBP5060");
    assert!(!stage.is_enabled("open-visit"));
    stage.tap("hint-again");
    assert_eq!(page(&stage), Page::Arrival);
    assert!(!stage.is_enabled("ask-send"), "a reason is needed");
    stage.tap_all(&["offer-again-other-payer", "ask-send"]);
    assert_eq!(page(&stage), Page::Visit);
    stage.state(|state| assert_eq!(state.visits.len(), 2));
    stage.pass(10);
    assert_eq!(stage.entries().len(), 2, "the registry has both");
}

#[test]
fn an_own_trip_from_the_airport_is_told_and_free() {
    let rental = Settings { own_vehicles: Vec::new(), ..shop(Trade::Rental) };
    let stage = Stage::of(rental, (1024, 768));
    stage.type_plate("YZB3307");
    stage.tap_all(&["ask-arrival", "ask-vehicleMovementPurpose", "offer-purpose-own"]);
    stage.tap_all(&["ask-isDiffVehPickupLocation", "offer-place-elsewhere"]);
    assert!(!stage.is_enabled("ask-send"), "where is needed");
    stage.tap_all(&["offer-at-airport", "ask-send"]);
    only(&stage, |visit| {
        assert_eq!(visit.trip.as_ref().map(|trip| trip.purpose), Some(MovementPurpose::OwnUse));
    });
    stage.pass(10);
    let told = ["vehicleMovementPurpose", "isDiffVehPickupLocation", "vehiclePickupLocation"];
    assert_eq!(stage.first_told(&told), ["2", "true", "ΑΕΡΟΔΡΟΜΙΟ"]);
    stage.tap("no-document");
    assert!(stage.element("reason-own-use").is_some(), "our own use has no document");
}

#[test]
fn a_rental_at_the_desk_takes_no_more_touches_than_a_wash() {
    let stage = Stage::of(shop(Trade::Rental), (1024, 768));
    stage.type_plate("YZB3307");
    stage.taps();
    stage.tap_all(&["open-visit", "service-DAY", "pay", "pay-exact", "done-leave"]);
    assert_eq!((stage.taps(), page(&stage)), (5, Page::Lane));
    stage.pass(10);
    assert_eq!(stage.first_told(&["vehicleMovementPurpose"]), ["1"]);
}

/// The second press of a finger that was not answered at once.
#[test]
fn a_second_press_on_a_slow_terminal_opens_once() {
    let stage = Stage::new();
    stage.type_plate("TAB1010");
    stage.tap_all(&["ask-arrival", "offer-terms-recurring"]);
    type_in(&stage, FLEET);
    let slow = Slow::on(&stage);
    stage.tap("ask-send");
    assert!(!stage.is_enabled("ask-send"), "it is on its way");
    stage.tap("ask-send");
    assert_eq!(slow.heard(), 1);
    stage.tap("ask-back");
    assert_eq!(page(&stage), Page::Lane, "nobody is held on a form");
}

#[test]
fn what_the_terminal_refuses_is_said_on_the_form() {
    use tameio::app::input::{DeviceInput, Input};
    let stage = Stage::new();
    stage.type_plate("TAB1010");
    stage.tap_all(&["ask-arrival", "offer-terms-recurring"]);
    type_in(&stage, FLEET);
    stage.happen(Input::Device(DeviceInput::DiskSeen { free_bytes: 0, writable: true }));
    stage.tap("ask-send");
    assert_eq!(page(&stage), Page::Arrival);
    assert!(stage.text("ask-refused").contains("δίσκος"), "{}", stage.text("ask-refused"));
    stage.happen(Input::Device(DeviceInput::DiskSeen { free_bytes: u64::MAX, writable: true }));
    assert!(stage.is_enabled("ask-send"), "it can be tried again");
    stage.tap("ask-send");
    assert_eq!(page(&stage), Page::Visit);
}

#[test]
fn a_keyboard_types_into_a_form() {
    let stage = Stage::of(wash(), (1024, 768));
    stage.type_plate("TAB1010");
    stage.tap_all(&["ask-arrival", "offer-terms-recurring"]);
    for piece in ["99x\u{8}", "99x\u{8}", "99x\u{8}", "98x\u{8}", "1x\u{8}"] {
        stage.burst(piece);
    }
    // A letter is no digit: each backspace took a digit back.
    assert_eq!(answer(&stage, "customerVatNumber"), "9999");
}
