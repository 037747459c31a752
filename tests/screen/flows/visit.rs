//! Steps of service, kind of service, contracts, leaving for elsewhere and coming back.

use super::{FLEET, Slow, answer, only, open, page, type_in};
use crate::stage::{Stage, shop, wash_and_garage};
use slint::ComponentHandle;
use tameio::domain::settings::Trade;
use tameio::domain::visit::VisitState;
use tameio::view::generated::{Ask, Page};

#[test]
fn service_starts_and_ends_where_there_is_something_to_do() {
    let stage = Stage::new();
    open(&stage, "IHZ4821");
    stage.tap("take-step");
    only(&stage, |visit| assert_eq!(visit.state, VisitState::InService));
    stage.tap("take-step");
    only(&stage, |visit| assert_eq!(visit.state, VisitState::Ready));
    assert!(stage.element("take-step").is_none(), "there is no step after that");
    let stage = Stage::of(shop(Trade::Parking), (1024, 768));
    open(&stage, "IHZ4821");
    assert!(stage.element("take-step").is_none(), "a stay has no steps of service");
}

#[test]
fn a_garages_kind_of_service_follows_the_lines_and_can_be_corrected() {
    let stage = Stage::of(shop(Trade::Garage), (1024, 768));
    open(&stage, "NKO9154");
    assert!(stage.text("visit-details").starts_with("Δεν είναι γνωστό ακόμη"));
    stage.tap("service-LABOUR");
    assert!(stage.text("visit-details").starts_with("Εργασία χωρίς ανταλλακτικά"));
    stage.tap("extra-OIL");
    assert!(stage.text("visit-details").starts_with("Εργασία με ανταλλακτικά"));
    stage.tap("extra-OIL");
    stage.tap_all(&["visit-details", "action-tell-service", "offer-category-customers-parts", "ask-send"]);
    assert_eq!(page(&stage), Page::Visit);
    assert!(stage.text("visit-details").starts_with("Εργασία με ανταλλακτικά του πελάτη"));
    stage.pass(10);
    assert_eq!(stage.last_told(&["providedServiceCategory"]), ["2"]);
}

#[test]
fn several_kinds_of_work_are_put_in_words() {
    let stage = Stage::of(shop(Trade::Garage), (1024, 768));
    open(&stage, "NKO9154");
    stage.tap_all(&["visit-details", "action-tell-service", "offer-category-other"]);
    assert!(!stage.is_enabled("ask-send"), "the words are needed");
    for key in ["ask-Φ", "ask-Ρ", "ask-Ε", "ask-Ν", "ask-Α", "ask-send"] {
        stage.tap(key);
    }
    stage.pass(10);
    assert_eq!(stage.last_told(&["providedServiceCategory", "providedServiceCategoryOther"]), ["5", "ΦΡΕΝΑ"]);
    stage.tap("visit-details");
    stage.tap_all(&["action-tell-service"]);
    assert_eq!(answer(&stage, "providedServiceCategoryOther"), "ΦΡΕΝΑ", "what is known stands in the form");
}

/// Kinds that mean "no document" go their own way, and a wash has its own kinds.
#[test]
fn only_the_kinds_of_the_trade_are_offered() {
    let garage = Stage::of(shop(Trade::Garage), (1024, 768));
    open(&garage, "NKO9154");
    garage.tap_all(&["visit-details", "action-tell-service"]);
    for (offer, there) in
        [("parts", true), ("no-parts", true), ("other", true), ("list", false), ("free", false)]
    {
        assert_eq!(garage.element(&format!("offer-category-{offer}")).is_some(), there, "{offer}");
    }
    let wash = Stage::new();
    open(&wash, "NKO9154");
    wash.tap_all(&["visit-details", "action-tell-service"]);
    for (offer, there) in [("parts", false), ("list", true), ("agreement", true)] {
        assert_eq!(wash.element(&format!("offer-category-{offer}")).is_some(), there, "{offer}");
    }
    let rental = Stage::of(shop(Trade::Rental), (1024, 768));
    open(&rental, "NKO9154");
    rental.tap_all(&["visit-details", "action-tell-service"]);
    assert!(rental.element("ask-providedServiceCategory").is_none(), "a rental tells none");
    type_in(&rental, "15000");
    rental.tap("ask-send");
    rental.pass(10);
    assert_eq!(rental.last_told(&["amount"]), ["150.00"]);
}

#[test]
fn a_vehicle_goes_to_another_branch_and_its_return_follows() {
    let stage = Stage::of(shop(Trade::Garage), (1024, 768));
    open(&stage, "NKO9154");
    stage.tap_all(&["service-SERVICE", "visit-details", "action-move-away"]);
    assert!(!stage.is_enabled("ask-send"), "where to is needed");
    stage.tap("offer-moved-branch");
    type_in(&stage, "2");
    stage.tap("ask-send");
    assert_eq!(page(&stage), Page::Lane);
    stage.state(|state| assert!(state.visits.is_empty(), "it is not inside while it is away"));
    stage.pass(10);
    assert_eq!(
        stage.last_told(&["offSiteProvidedService", "otherBranch", "entryCompletion"]),
        ["2", "2", "true"]
    );
    let first = stage.entries().pop().expect("an entry").id;

    stage.pass(3_600);
    stage.type_plate("NKO9154");
    let hint = stage.element_beginning("hint-").expect("it is known that it was moved away");
    stage.taps();
    stage.tap(&hint);
    assert_eq!((stage.taps(), page(&stage)), (1, Page::Visit), "one touch opens what follows");
    stage.pass(10);
    assert_eq!(stage.first_told(&["correlatedDclId"]), [first.to_string()]);
}

#[test]
fn a_partner_is_named_by_a_right_tax_number_and_the_visit_itself_opens_what_follows() {
    let stage = Stage::of(wash_and_garage(), (1024, 768));
    stage.type_plate("NKO9154");
    stage.tap_all(&["open-trade-garage", "service-SERVICE", "visit-details", "action-move-away"]);
    stage.tap("offer-moved-partner");
    type_in(&stage, "999999990");
    assert!(!stage.is_enabled("ask-send"));
    stage.tap("ask-erase");
    type_in(&stage, "3");
    stage.tap("ask-send");
    stage.pass(10);
    assert_eq!(stage.last_told(&["offSiteProvidedService", "cooperatingVatNumber"]), ["1", "999999993"]);
    stage.tap_all(&["rail-find", "visit-ΝΚΟ-9154", "visit-details", "action-came-back"]);
    assert_eq!(page(&stage), Page::Visit);
    only(&stage, |visit| assert!(visit.follows.is_some() && visit.branch == 1));
}

/// Before anything is known of the work the registry cannot be told that it ends: it is said on the form.
#[test]
fn a_move_that_is_refused_is_said_on_the_form() {
    let stage = Stage::of(shop(Trade::Garage), (1024, 768));
    open(&stage, "NKO9154");
    stage.tap_all(&["visit-details", "action-move-away", "offer-moved-branch"]);
    type_in(&stage, "2");
    stage.tap("ask-send");
    assert_eq!(page(&stage), Page::Ask);
    assert_eq!(stage.text("ask-refused"), "Διάλεξε πρώτα υπηρεσία.");
    stage.tap_all(&["ask-back", "details-back"]);
    assert_eq!(page(&stage), Page::Visit);
}

#[test]
fn a_wash_moves_nothing_away() {
    let stage = Stage::new();
    open(&stage, "IHZ4821");
    stage.tap("visit-details");
    assert!(stage.element("action-move-away").is_none() && stage.element("action-contract").is_some());
}

#[test]
fn a_rental_comes_back_at_the_port() {
    let stage = Stage::of(shop(Trade::Rental), (1024, 768));
    open(&stage, "YZB3307");
    stage.tap("visit-details");
    assert!(stage.element("action-return-elsewhere").is_none(), "first it is paid");
    stage.tap_all(&["details-back", "service-DAY", "pay", "pay-exact", "done-next"]);
    stage.tap_all(&["visit-ΥΖΒ-3307", "visit-details", "action-return-elsewhere", "offer-at-port"]);
    stage.tap("ask-send");
    assert_eq!(page(&stage), Page::Lane);
    stage.state(|state| assert!(state.visits.is_empty()));
    stage.pass(10);
    assert_eq!(stage.last_told(&["isDiffVehReturnLocation", "vehicleReturnLocation"]), ["true", "ΛΙΜΑΝΙ"]);
}

#[test]
fn a_walk_in_by_contract_is_invoiced_to_somebody() {
    let stage = Stage::new();
    open(&stage, "IHZ4821");
    stage.tap_all(&["service-EXT", "visit-details", "action-contract"]);
    stage.tap("ask-invoiceKind");
    assert!(stage.element("offer-document-receipt").is_none(), "a receipt is paid for at once");
    stage.tap("ask-invoiceCounterparty");
    type_in(&stage, FLEET);
    stage.tap("ask-send");
    assert_eq!(page(&stage), Page::Visit);
    stage.tap("leave");
    stage.pass(10);
    assert_eq!(
        stage.last_told(&["invoiceKind", "invoiceCounterparty", "providedServiceCategory"]),
        ["2", FLEET, "8"]
    );
}

/// Whoever a number belongs to stands beside it while the form is filled in, once a register has said so.
#[test]
fn a_number_on_a_form_is_looked_up_too() {
    let stage = Stage::new();
    open(&stage, "IHZ4821");
    stage.tap_all(&["service-EXT", "visit-details", "action-contract", "ask-invoiceCounterparty"]);
    type_in(&stage, "888888880");
    assert!(stage.is_enabled("ask-send"), "nobody waits");
    stage.pass(1);
    let customer = stage.app().global::<Ask>().get_customer();
    assert_eq!(customer, "ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ");
}

/// Where the terms name the customer, nothing is left to ask.
#[test]
fn a_fleet_visit_is_settled_with_one_touch() {
    let stage = Stage::new();
    stage.type_plate("TAB1010");
    stage.tap_all(&["ask-arrival", "offer-terms-recurring"]);
    type_in(&stage, FLEET);
    stage.tap_all(&["ask-send", "service-FULL", "visit-details", "action-contract"]);
    assert_eq!(page(&stage), Page::Visit);
    assert!(stage.is_enabled("leave"));
}

#[test]
fn a_second_press_tells_once() {
    let stage = Stage::new();
    open(&stage, "IHZ4821");
    stage.tap_all(&["service-EXT", "visit-details", "action-contract"]);
    type_in(&stage, FLEET);
    let slow = Slow::on(&stage);
    stage.tap_all(&["ask-send", "ask-send"]);
    assert_eq!(slow.heard(), 1);
}

/// A scan closes every form: the next vehicle does not wait.
#[test]
fn a_scanned_ticket_leaves_a_form() {
    let stage = Stage::new();
    open(&stage, "IHZ4821");
    let code = stage.ticket();
    stage.tap_all(&["visit-details", "action-contract"]);
    stage.burst(&format!("{code}\n"));
    assert_eq!(page(&stage), Page::Visit);
}
