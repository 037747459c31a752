//! Pricing, paying, turning round, overstaying.

use super::{comes, page, park, unseen};
use crate::stage::{Stage, shop};
use tameio::domain::money::Cents;
use tameio::domain::settings::Trade;
use tameio::domain::visit::Settlement;
use tameio::view::generated::Page;

const HOUR: i64 = 3_600;

#[test]
fn a_stay_is_paid_exact_with_one_tap_on_its_page() {
    let stage = park();
    comes(&stage, "YZB3307");
    stage.pass(HOUR + 17 * 60);
    assert_eq!(stage.text("visit-total"), "6,00 €");
    stage.taps();
    stage.tap("pay");
    assert_eq!(stage.text("pay-left"), "6,00 €");
    assert!(stage.text("stay-span").contains("1 ώρα 17 λεπτά"), "{}", stage.text("stay-span"));
    stage.tap("pay-exact");
    assert_eq!((stage.taps(), page(&stage)), (2, Page::Done));
    stage.tap("done-leave");
    stage.state(|state| assert!(state.visits.is_empty(), "it has left"));
}

/// The end of the plate, or the number on the ticket, is enough at the exit.
#[test]
fn four_digits_find_the_vehicle_and_one_touch_its_price() {
    let stage = park();
    for plate in ["YZB3307", "NKO9154", "IHZ4821", "IHZ4822"] {
        comes(&stage, plate);
    }
    stage.pass(HOUR);
    stage.tap("rail-lane");
    stage.type_plate("33");
    assert!(stage.element("visit-ΥΖΒ-3307").is_some() && stage.element("visit-ΝΚΟ-9154").is_none());
    stage.type_plate("07");
    let hint = stage.element_beginning("hint-").expect("the one that was meant");
    stage.tap(&hint);
    assert_eq!((page(&stage), stage.text("pay-left")), (Page::Pay, "4,00 €".to_owned()));
    stage.tap("rail-lane");
    stage.type_plate("482");
    assert!(stage.element("visit-ΙΗΖ-4821").is_some() && stage.element("visit-ΙΗΖ-4822").is_some());
    assert!(stage.element("visit-ΥΖΒ-3307").is_none());
    assert!(stage.element_beginning("hint-").is_none(), "two may be meant");
    stage.tap("key-clear");
    stage.type_plate("000002");
    let hint = stage.element_beginning("hint-").expect("the number on the ticket");
    stage.tap(&hint);
    assert_eq!((page(&stage), stage.text("pay-left")), (Page::Pay, "4,00 €".to_owned()));
    stage.tap("pay-back");
    stage.state(|state| {
        let second = state.visits.values().find(|visit| visit.reference.number == 2).expect("it");
        assert_eq!(second.plate.display(), "ΝΚΟ-9154");
    });
}

#[test]
fn how_full_it_is_stands_above_the_vehicles() {
    let mut shop = shop(Trade::Parking);
    shop.parking.places = 2;
    let stage = Stage::of(shop, (1024, 768));
    assert_eq!(stage.text("occupancy"), "2 κενές από 2");
    comes(&stage, "YZB3307");
    comes(&stage, "NKO9154");
    stage.tap("rail-lane");
    assert_eq!(stage.text("occupancy"), "πλήρες · 2 από 2");
    comes(&stage, "IHZ4821");
    stage.tap("rail-lane");
    assert_eq!(stage.text("occupancy"), "πλήρες · 3 από 2", "it refuses nobody");
}

#[test]
fn the_price_grows_while_the_page_is_open() {
    let stage = park();
    comes(&stage, "YZB3307");
    stage.pass(HOUR);
    stage.tap("pay");
    assert_eq!(stage.text("pay-left"), "4,00 €");
    stage.pass(120);
    assert_eq!(stage.text("pay-left"), "6,00 €");
}

#[test]
fn a_price_that_grew_under_the_finger_is_asked_about() {
    let stage = park();
    comes(&stage, "YZB3307");
    stage.pass(HOUR);
    stage.tap("pay");
    assert_eq!(stage.text("pay-left"), "4,00 €");
    unseen(&stage, 120);
    stage.tap("note-5");
    assert_eq!(page(&stage), Page::Pay, "nothing was paid");
    assert!(stage.text("stay-grew").contains("4,00 €") && stage.text("stay-grew").contains("6,00 €"));
    stage.tap("keep-shown");
    assert_eq!((page(&stage), stage.text("done-change")), (Page::Done, "1,00 €".to_owned()));
    stage.state(|state| {
        let paid = state.visits.values().next().and_then(|visit| visit.stay.as_ref()?.paid);
        assert_eq!(paid.map(|paid| paid.amount), Some(Cents(400)));
    });
}

#[test]
fn or_the_price_now_is_paid() {
    let stage = park();
    comes(&stage, "YZB3307");
    stage.pass(HOUR);
    stage.tap("pay");
    unseen(&stage, 120);
    stage.tap("pay-card");
    stage.tap("take-now");
    assert_eq!(stage.text("pay-left"), "6,00 €");
    stage.tap("pay-card");
    assert_eq!((page(&stage), stage.text("done-change")), (Page::Done, "6,00 €".to_owned()));
}

#[test]
fn who_turns_round_leaves_with_one_tap() {
    let stage = park();
    comes(&stage, "NKO9154");
    stage.pass(9 * 60);
    assert!(!stage.is_enabled("pay"), "nothing is due");
    stage.taps();
    stage.tap("leave");
    assert_eq!((stage.taps(), page(&stage)), (1, Page::Lane));
    stage.state(|state| assert!(state.visits.is_empty()));
}

#[test]
fn who_overstays_pays_the_difference() {
    let stage = park();
    comes(&stage, "ZMY2211");
    stage.pass(2 * HOUR);
    stage.tap_all(&["pay", "pay-exact"]);
    stage.pass(22 * 60);
    assert!(!stage.is_enabled("done-leave"), "the grace is over");
    stage.tap("rail-lane");
    stage.tap("visit-ΖΜΥ-2211");
    assert!(stage.is_enabled("pay") && !stage.is_enabled("leave"));
    stage.tap("pay");
    assert_eq!(stage.text("pay-left"), "1,50 €");
    stage.tap_all(&["pay-card", "done-leave"]);
    stage.state(|state| assert!(state.visits.is_empty()));
}

#[test]
fn a_chargers_price_stands_beside_the_stay() {
    let stage = park();
    comes(&stage, "YZB3307");
    stage.tap("extra-EV");
    stage.pass(HOUR);
    assert_eq!(stage.text("visit-total"), "10,00 €");
    stage.tap("extra-EV");
    assert_eq!(stage.text("visit-total"), "4,00 €");
    stage.tap_all(&["extra-EV", "pay", "pay-exact"]);
    stage.state(|state| {
        let visit = state.visits.values().next().expect("the visit");
        assert!(matches!(visit.state.settlement(), Some(Settlement::Paid { total: Cents(1000), .. })));
    });
}
