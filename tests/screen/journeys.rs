//! A cashier's day by touch alone, with the number of taps it takes.

use crate::stage::{Stage, wash};
use tameio::domain::figures::Figures;
use tameio::domain::money::Cents;
use tameio::domain::settings::{IssuerKind, Settings};
use tameio::domain::visit::{NoDocumentReason, Settlement};
use tameio::view::generated::Page;

impl Stage {
    fn page(&self) -> Page {
        use slint::ComponentHandle;
        self.app().global::<tameio::view::generated::Shell>().get_page()
    }

    fn figures(&self) -> Figures {
        self.state(|state| state.shift.as_ref().map(|shift| shift.figures.clone()).unwrap_or_default())
    }

    /// Opens a visit by hand and leaves its page up.
    fn open(&self, plate: &str) {
        self.tap("rail-lane");
        self.type_plate(plate);
        self.tap("open-visit");
        assert_eq!(self.page(), Page::Visit);
    }
}

#[test]
fn a_shift_opens_a_car_is_washed_pays_cash_and_leaves() {
    let stage = Stage::new();
    stage.tap_all(&["rail-shift", "person-A"]);
    stage.tap_all(&["shift-1", "shift-5", "shift-00", "shift-0", "open-shift"]);
    stage.state(|state| assert_eq!(state.shift.as_ref().map(|shift| shift.float), Some(Cents(15_000))));

    stage.open("IHZ4821");
    stage.taps();
    stage.tap_all(&["service-FULL", "pay"]);
    assert_eq!(stage.text("pay-left"), "13,00 €");
    stage.tap("note-20");
    assert_eq!(stage.page(), Page::Done);
    assert_eq!(stage.taps(), 3, "an unknown car is served and paid in three taps after it was opened");
    assert_eq!(stage.text("done-change"), "7,00 €");

    stage.pass(5);
    stage.tap("done-leave");
    assert_eq!(stage.page(), Page::Lane);
    stage.state(|state| assert!(state.visits.is_empty(), "the vehicle has left"));
    let figures = stage.figures();
    assert_eq!((figures.gross, figures.cash, figures.retail), (Cents(1300), Cents(1300), 1));
}

#[test]
fn a_typed_plate_opens_with_one_tap_after_its_characters() {
    let stage = Stage::new();
    stage.type_plate("YZB3307");
    stage.taps();
    stage.tap("open-visit");
    assert_eq!(stage.taps(), 1);
    stage.state(|state| {
        let visit = state.visits.values().next().expect("one visit");
        assert_eq!((visit.plate.display().as_str(), state.visits.len()), ("ΥΖΒ-3307", 1));
    });
}

#[test]
fn a_known_car_taking_its_usual_wash_pays_exact_in_two_taps() {
    let stage = Stage::new();
    stage.open("IHZ4821");
    stage.tap_all(&["service-FULL", "pay", "pay-exact", "done-leave"]);
    stage.type_plate("IHZ4821");
    stage.taps();
    stage.tap("hint-usual");
    assert_eq!(stage.text("pay-left"), "13,00 €");
    stage.tap("pay-exact");
    assert_eq!((stage.taps(), stage.page()), (2, Page::Done));
    assert_eq!(stage.figures().retail, 2);
}

#[test]
fn a_vehicle_already_inside_is_shown_and_not_opened_twice() {
    let stage = Stage::new();
    stage.open("KBP5060");
    let first = stage.state(|state| state.visits.keys().next().copied()).expect("a visit");
    stage.tap("rail-lane");
    stage.type_plate("KBP5060");
    assert!(!stage.is_enabled("open-visit"));
    stage.tap(&format!("hint-{first}"));
    assert_eq!(stage.page(), Page::Visit);
    stage.state(|state| assert_eq!(state.visits.len(), 1));
}

#[test]
fn a_plate_one_character_away_is_offered_and_not_merged() {
    let stage = Stage::new();
    stage.open("IHZ4821");
    let first = stage.state(|state| state.visits.keys().next().copied()).expect("a visit");
    stage.tap("rail-lane");
    stage.type_plate("IHZ4822");
    assert!(stage.element(&format!("hint-{first}")).is_some(), "the neighbour is a button");
    stage.tap("open-visit");
    stage.state(|state| assert_eq!(state.visits.len(), 2));
}

#[test]
fn a_payment_is_split_between_cash_and_card() {
    let stage = Stage::new();
    stage.open("ZMY2211");
    stage.tap_all(&["visit-size-van", "service-EXT", "extra-TYRE", "pay"]);
    assert_eq!(stage.text("pay-left"), "14,00 €");
    stage.tap_all(&["amount-4", "amount-00", "pay-cash"]);
    assert_eq!(stage.text("pay-left"), "10,00 €");
    stage.tap("pay-card");
    assert_eq!(stage.page(), Page::Done);
    let figures = stage.figures();
    assert_eq!((figures.cash, figures.card), (Cents(400), Cents(1000)));
}

#[test]
fn a_card_takes_a_tip_that_is_no_revenue() {
    let stage = Stage::new();
    stage.open("IHZ4822");
    stage.tap_all(&["service-PREM", "pay", "amount-2", "amount-00", "pay-tip", "pay-card"]);
    let figures = stage.figures();
    assert_eq!((figures.gross, figures.card, figures.tips), (Cents(2200), Cents(2200), Cents(200)));
}

#[test]
fn an_invoice_wants_a_right_tax_number_before_money() {
    let stage = Stage::new();
    stage.open("XAN8080");
    stage.tap_all(&["service-EXT", "pay", "document-invoice"]);
    stage.tap_all(&["afm-9"; 8]);
    stage.tap("afm-0");
    assert_eq!(stage.text("afm"), "999999990");
    assert!(stage.element("pay-exact").is_none(), "no money is taken for a wrong number");
    stage.tap_all(&["afm-erase", "afm-erase", "afm-8", "afm-1"]);
    stage.tap("pay-exact");
    assert_eq!((stage.page(), stage.figures().invoices), (Page::Done, 1));
}

#[test]
fn a_discount_is_allowed_by_a_second_person() {
    let stage = Stage::new();
    stage.open("KBP5060");
    stage.tap_all(&["visit-size-suv", "service-PREM", "extra-PET", "discount"]);
    stage.tap_all(&["discount-2", "discount-0", "discount-0", "discount-reason-0", "discount-now"]);
    stage.tap_all(&["approve-chief", "approve"]);
    assert_eq!(stage.text("visit-total"), "30,00 €");
    stage.state(|state| {
        let visit = state.visits.values().next().expect("the visit");
        let approver = visit.sale.discounts.first().and_then(|discount| discount.approved_by.clone());
        assert_eq!(approver.map(|person| person.0), Some("chief".to_owned()));
    });
}

#[test]
fn our_own_vehicle_is_free_with_one_tap_after_its_plate() {
    let stage = Stage::new();
    stage.type_plate("ZMY2210");
    stage.tap("hint-own");
    stage.state(|state| {
        let visit = state.visits.values().next().expect("the visit");
        let settled = visit.state.settlement();
        assert!(matches!(settled, Some(Settlement::NoDocument { reason: NoDocumentReason::OwnUse, .. })));
    });
    assert!(stage.is_enabled("leave"));
}

#[test]
fn a_courtesy_needs_the_chief_and_is_not_paid() {
    let stage = Stage::new();
    stage.open("NKO9154");
    stage.tap_all(&["no-document", "reason-free"]);
    assert!(stage.element("approve-chief").is_some(), "a cashier alone may not");
    stage.tap_all(&["approve-chief", "approve", "leave"]);
    stage.state(|state| assert!(state.visits.is_empty()));
}

#[test]
fn a_wrong_plate_is_corrected_after_it_was_registered() {
    let stage = Stage::new();
    stage.open("IHZ4812");
    stage.pass(120);
    stage.tap("correct-plate");
    "IHZ4821".chars().for_each(|key| stage.tap(&format!("correct-{key}")));
    stage.tap_all(&["correct-now", "approve-chief", "approve"]);
    stage.pass(120);
    stage.state(|state| {
        let plates: Vec<String> = state.visits.values().map(|visit| visit.plate.display()).collect();
        assert_eq!(plates, ["ΙΗΖ-4821"]);
    });
    assert_eq!(stage.page(), Page::Visit, "the page follows the visit that continues");
    stage.tap("service-EXT");
    assert_eq!(stage.text("visit-total"), "8,00 €");
}

#[test]
fn a_customer_leaves_without_service() {
    let stage = Stage::new();
    stage.open("YZB3307");
    stage.tap_all(&["cancel-visit", "cancel-customer-left", "approve-owner", "approve"]);
    stage.state(|state| assert!(state.visits.is_empty()));
    stage.tap_all(&["rail-find", "find-3", "find-3", "find-0"]);
    stage.tap("visit-ΥΖΒ-3307");
    assert_eq!(stage.page(), Page::Visit);
    assert!(!stage.is_enabled("pay"), "what is cancelled is not sold to");
}

#[test]
fn a_receipt_of_the_cash_register_is_named_by_typing() {
    let stage = Stage::of(Settings { issuer: IssuerKind::TypedFim, ..wash() }, (1024, 768));
    stage.open("NKO9154");
    stage.tap_all(&["service-FULL", "pay", "pay-exact", "name-document"]);
    assert_eq!(stage.page(), Page::Documents);
    for key in "ABC21004567".chars() {
        stage.tap(&format!("naming-{key}"));
    }
    stage.tap_all(&["field-daily-number", "naming-3", "naming-8", "naming-save"]);
    stage.state(|state| assert!(state.unnamed.is_empty(), "the receipt has its name"));
}

#[test]
fn a_foreign_car_says_its_country_and_kind() {
    let stage = Stage::new();
    stage.tap("mode-foreign");
    stage.type_plate("MAB1234");
    stage.tap_all(&["choose-country", "country-DE", "open-visit"]);
    stage.state(|state| {
        let visit = state.visits.values().next().expect("the visit");
        let category = visit.vehicle.category.as_ref().map(|category| category.as_str().to_owned());
        assert_eq!((visit.plate.key().as_str(), category.as_deref()), ("DE:MAB1234", Some("Αυτοκίνητο")));
    });
}

#[test]
fn a_diplomatic_plate_is_typed_with_the_other_letters() {
    let stage = Stage::new();
    stage.tap_all(&[
        "key-others",
        "key-delta",
        "key-sigma",
        "key-4",
        "key-4",
        "key-1",
        "key-0",
        "open-visit",
    ]);
    stage.state(|state| {
        let visit = state.visits.values().next().expect("the visit");
        assert_eq!(visit.plate.display(), "ΔΣ-4410");
        assert!(visit.plate.is_registered_as_foreign() && visit.vehicle.category.is_some());
    });
}

#[test]
fn the_language_changes_under_an_open_form() {
    let stage = Stage::new();
    stage.open("NKO9154");
    stage.tap_all(&["service-FULL", "pay", "amount-5", "language-en"]);
    assert_eq!(stage.text("pay-typed"), "0.05 €");
    assert_eq!(stage.text("pay-left"), "13.00 €");
    assert_eq!(stage.text("rail-lane"), "Lane");
    stage.tap("language-el");
    assert_eq!(stage.text("rail-lane"), "Λωρίδα");
}

#[test]
fn a_visit_that_left_is_found_and_shows_when() {
    let stage = Stage::new();
    stage.open("OTM776");
    stage.tap_all(&["visit-size-motorcycle", "service-EXT", "pay", "pay-exact", "done-leave", "rail-find"]);
    stage.tap_all(&["find-O", "find-T"]);
    stage.tap("visit-ΟΤΜ-776");
    assert_eq!(stage.page(), Page::Visit);
    assert!(stage.text("visit-total").starts_with("6,00"));
    assert!(!stage.is_enabled("pay") && !stage.is_enabled("leave"));
}
