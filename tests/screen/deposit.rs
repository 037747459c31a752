//! Deposits at the screen: taken and given back by touch, set off by themselves when the visit is paid, and never out of
//! sight while they are held.

use crate::pages::check;
use crate::stage::{Stage, shop};
use slint::ComponentHandle;
use tameio::app::input::{ChooseService, Input};
use tameio::domain::catalogue::Size;
use tameio::domain::deposit::Deposit;
use tameio::domain::money::Cents;
use tameio::domain::payment::Means;
use tameio::domain::settings::Trade;
use tameio::view::generated::{Page, Shell};

const SIZE: (u32, u32) = (1024, 768);
const PRINTER: (&str, &str) = ("printer", "file:/dev/usb/lp0?profile=epson-80");

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

fn held(stage: &Stage) -> Vec<Deposit> {
    stage.state(|state| state.deposits.values().cloned().collect())
}

/// A garage with a visit of 120.00 on its page, and 50.00 in the drawer.
fn begin(stage: &Stage) {
    stage.tap_all(&["rail-shift", "person-A", "shift-5", "shift-00", "shift-0", "open-shift", "rail-lane"]);
    stage.type_plate("NKO9154");
    stage.tap("open-visit");
    let visit = crate::pages::newest(stage);
    let (package, extras) = ("SERVICE".to_owned(), Vec::new());
    stage.happen(Input::ChooseService(ChooseService { visit, size: Size::Small, package, extras }));
}

fn garage() -> Stage {
    let stage = Stage::of(shop(Trade::Garage), SIZE);
    begin(&stage);
    stage
}

/// A hundred, in cash.
fn hundred(stage: &Stage) {
    stage.tap_all(&["deposit", "deposit-1", "deposit-00", "deposit-00", "deposit-take-cash"]);
}

#[test]
fn a_hundred_is_taken_and_pays_the_visit_first() {
    let stage = garage();
    stage.tap("deposit");
    assert!(!stage.is_enabled("deposit-take-cash"), "nothing is typed");
    assert!(!stage.is_enabled("deposit-side-give"), "nothing is held");
    stage.tap("deposit-back");
    hundred(&stage);
    assert_eq!(page(&stage), Page::Visit);
    let [deposit] = held(&stage).try_into().expect("one deposit");
    assert_eq!((deposit.amount, deposit.payment.cash), (Cents(10_000), Cents(10_000)));
    stage.tap("pay");
    assert_eq!(stage.text("pay-left"), "20,00 €");
    // It may be left alone, and taken after all.
    stage.tap("remove-tender-deposit");
    assert_eq!(stage.text("pay-left"), "120,00 €");
    stage.tap_all(&["pay-other", "tender-deposit"]);
    assert_eq!(stage.text("pay-left"), "20,00 €");
    stage.tap("pay-card");
    assert_eq!(page(&stage), Page::Done);
    assert_eq!(held(&stage), []);
    let figures = stage.state(|state| state.shift.clone()).expect("a shift").figures;
    assert_eq!((figures.card, figures.others), (Cents(2_000), vec![(Means::Deposit, Cents(10_000))]));
}

#[test]
fn more_than_is_owed_pays_and_the_rest_is_not_forgotten() {
    let stage = garage();
    stage.tap_all(&["deposit", "deposit-1", "deposit-5", "deposit-00", "deposit-0", "deposit-take-card"]);
    stage.tap_all(&["deposit", "deposit-side-take", "deposit-5", "deposit-00", "deposit-take-iris"]);
    assert_eq!(held(&stage).len(), 2);
    stage.tap("pay");
    assert_eq!(stage.text("pay-left"), "0,00 €");
    stage.tap_all(&["pay-exact", "done-leave"]);
    assert!(stage.text("notice-said-0").contains("35,00"), "somebody is told that money is held");
    // It is found on the shift's page, also now that the vehicle has left.
    stage.tap_all(&["rail-shift", "open-deposits", "held-1"]);
    assert_eq!(page(&stage), Page::Deposit);
    assert_eq!(stage.text("deposit-amount"), "30,00 €");
    stage.tap("deposit-give-card");
    assert_eq!(held(&stage).len(), 1);
    stage.tap_all(&["rail-shift", "open-deposits", "held-2", "deposit-give-iris"]);
    assert_eq!(held(&stage), []);
    stage.tap("rail-shift");
    assert!(stage.element("open-deposits").is_none());
}

#[test]
fn another_way_back_asks_a_second_person_and_a_fault_is_said_on_the_page() {
    let stage = garage();
    stage.tap_all(&["deposit", "deposit-4", "deposit-00", "deposit-0", "deposit-take-card"]);
    stage.tap_all(&["deposit", "deposit-side-give", "deposit-1", "deposit-0", "deposit-give-cash"]);
    assert_eq!(held(&stage)[0].left(), Cents(4_000));
    stage.tap_all(&["approve-chief", "approve"]);
    assert_eq!(page(&stage), Page::Visit);
    assert_eq!(held(&stage)[0].left(), Cents(3_990));
    stage.tap_all(&[
        "deposit",
        "deposit-side-give",
        "deposit-5",
        "deposit-00",
        "deposit-0",
        "deposit-give-card",
    ]);
    assert!(stage.text("deposit-fault").contains("39,90"), "{}", stage.text("deposit-fault"));
    assert_eq!(held(&stage)[0].left(), Cents(3_990));
    // The second press, and a printed copy.
    stage.tap_all(&["deposit-back", "deposit", "deposit-side-give", "deposit-give-card"]);
    assert_eq!(held(&stage), []);
}

#[test]
fn a_linked_card_is_asked_and_the_page_waits_for_it() {
    let stage = Stage::with(shop(Trade::Garage), SIZE, &[PRINTER, ("card", "simulated:")]);
    begin(&stage);
    stage.tap_all(&["deposit", "deposit-2", "deposit-00", "deposit-00", "deposit-take-card"]);
    assert_eq!(stage.text("card-amount"), "200,00 €");
    assert_eq!(held(&stage), []);
    stage.pass(5);
    assert_eq!((page(&stage), held(&stage).len()), (Page::Visit, 1));
}

#[test]
fn only_who_takes_deposits_has_the_key() {
    let stage = Stage::of(shop(Trade::Wash), SIZE);
    stage.type_plate("NKO9154");
    stage.tap("open-visit");
    assert!(stage.element("deposit").is_none());
}

#[test]
fn what_it_looks_like() {
    let take = |stage: &Stage| {
        begin(stage);
        stage.tap_all(&["deposit", "deposit-1", "deposit-00", "deposit-00"]);
    };
    let keys = ["deposit-back", "deposit-take-cash", "deposit-take-card", "deposit-take-bank", "deposit-9"];
    check("deposit-take", &shop(Trade::Garage), take, &keys);
    let visit = |stage: &Stage| {
        begin(stage);
        hundred(stage);
    };
    check("deposit-visit", &shop(Trade::Garage), visit, &["deposit", "pay", "leave"]);
    let give = |stage: &Stage| {
        visit(stage);
        stage.tap_all(&["deposit", "deposit-5", "deposit-00", "deposit-0", "deposit-take-card", "deposit"]);
        stage.tap_all(&[
            "deposit-side-give",
            "deposit-2",
            "deposit-9",
            "deposit-00",
            "deposit-00",
            "deposit-give-card",
        ]);
    };
    check("deposit-give", &shop(Trade::Garage), give, &["print-deposit-1", "deposit-give-cash", "held-2"]);
    let paying = |stage: &Stage| {
        visit(stage);
        stage.tap("pay");
    };
    check("deposit-pay", &shop(Trade::Garage), paying, &["remove-tender-deposit", "pay-exact", "pay-other"]);
    let all = |stage: &Stage| {
        visit(stage);
        stage.tap_all(&["rail-shift", "open-deposits"]);
    };
    check("deposit-all", &shop(Trade::Garage), all, &["deposits-back", "held-1"]);
    let shift = |stage: &Stage| {
        visit(stage);
        stage.tap("rail-shift");
    };
    check("deposit-shift", &shop(Trade::Garage), shift, &["open-deposits", "count-shift"]);
}
