//! A card is asked for once, its end is always known to somebody, and no money is lost.

use super::{begin, linked, page, paying};
use crate::pages::check_at;
use crate::stage::{Stage, wash};
use tameio::app::input::{CardInput, Input};
use tameio::domain::card::{CardApproval, CardOutcome, CardSession, ChargeState};
use tameio::domain::money::Cents;
use tameio::domain::payment::Tender;
use tameio::domain::text::Text;
use tameio::view::generated::Page;

fn says(stage: &Stage, outcome: CardOutcome) {
    stage.site.borrow_mut().set_card(Some(outcome));
}

fn unknown() -> CardOutcome {
    CardOutcome::Unknown { why: Text::new("no answer within 180 s") }
}

/// The terminal was asked and answers nothing.
fn without_answer(stage: &Stage) {
    says(stage, unknown());
    stage.tap("pay-card");
    stage.pass(10);
}

fn charged(stage: &Stage) -> usize {
    stage.sent().iter().filter(|input| matches!(input, Input::Pay { .. })).count()
}

#[test]
fn the_terminal_is_asked_and_the_receipt_comes_by_itself() {
    let stage = paying();
    stage.tap("pay-card");
    let sent = stage.sent();
    let wanted = Tender::CardLinked { amount: Cents(1_300), tip: Cents::ZERO, session: None };
    assert!(matches!(sent.as_slice(), [Input::Pay { tenders, .. }] if *tenders == [wanted]), "{sent:?}");
    assert_eq!(stage.text("card-amount"), "13,00 €");
    assert!(stage.element("pay-exact").is_none(), "no other money is taken meanwhile");
    stage.pass(5);
    assert_eq!(page(&stage), Page::Done);
    stage.state(|state| assert_eq!(state.shift.as_ref().map(|shift| shift.figures.card), Some(Cents(1_300))));
}

#[test]
fn cash_and_card_are_split_and_asked_for_once() {
    let stage = paying();
    stage.tap_all(&["amount-5", "amount-00", "pay-cash", "pay-card"]);
    assert_eq!(stage.text("card-amount"), "8,00 €");
    stage.pass(5);
    stage.state(|state| {
        let figures = state.shift.as_ref().map(|shift| (shift.figures.cash, shift.figures.card));
        assert_eq!(figures, Some((Cents(500), Cents(800))));
    });
    assert_eq!(charged(&stage), 1);
}

#[test]
fn a_running_payment_is_cancelled_once() {
    let stage = paying();
    stage.tap_all(&["pay-card", "card-cancel"]);
    assert!(stage.element("card-busy").is_some() && !stage.is_enabled("card-cancel"));
    stage.tap("card-cancel");
    let cancelled = stage.sent().iter().filter(|input| **input == Input::Card(CardInput::Cancel)).count();
    assert_eq!(cancelled, 1, "a second press is nothing");
    stage.happen(Input::Card(CardInput::Reported {
        session: CardSession(1),
        outcome: CardOutcome::Cancelled,
    }));
    assert!(stage.element("pay-exact").is_some(), "the means are back");
    assert_eq!(stage.text("pay-left"), "13,00 €");
    stage.tap("pay-exact");
    assert_eq!(page(&stage), Page::Done);
}

#[test]
fn a_declined_card_is_said_and_everything_can_be_paid_again() {
    let stage = paying();
    says(&stage, CardOutcome::Declined { words: Text::new("51") });
    stage.tap("pay-card");
    stage.pass(5);
    assert!(stage.text("notice-said-0").contains("51"));
    assert_eq!((stage.text("pay-left").as_str(), page(&stage)), ("13,00 €", Page::Pay));
}

#[test]
fn an_unknown_end_stands_on_its_page_and_in_the_tray_elsewhere() {
    let stage = paying();
    without_answer(&stage);
    assert!(stage.element("card-ask").is_some());
    assert!(stage.element("notice-charge-000001").is_none(), "it stands on the page already");
    stage.tap("rail-lane");
    assert!(stage.text("notice-charge-000001").contains("13,00 €"));
    stage.tap("notice-look");
    assert!(stage.element("card-ask").is_some(), "the notice leads there");
    // The terminal knows no more when it is asked again.
    stage.tap("card-ask");
    assert!(!stage.is_enabled("card-ask"));
    stage.pass(5);
    assert!(stage.element("card-asked-again").is_some() && stage.is_enabled("card-ask"));
    // And then it does.
    let approval = Box::new(CardApproval { amount: Cents(1_300), ..CardApproval::default() });
    says(&stage, CardOutcome::Approved { approval });
    stage.tap("card-ask");
    stage.pass(5);
    assert_eq!(page(&stage), Page::Done);
    stage.state(|state| assert!(state.charges.is_empty()));
}

#[test]
fn the_slip_settles_it_with_a_second_person() {
    let stage = paying();
    without_answer(&stage);
    stage.tap_all(&["card-approved", "approve-chief", "approve"]);
    assert_eq!(page(&stage), Page::Done);
    stage.state(|state| assert!(state.charges.is_empty()));

    let stage = paying();
    without_answer(&stage);
    stage.tap_all(&["card-declined", "approve-chief", "approve"]);
    assert_eq!((stage.text("pay-left").as_str(), page(&stage)), ("13,00 €", Page::Pay));
    stage.state(|state| assert!(state.charges.is_empty()));
}

/// The sale changed while the terminal was at work: the money waits for a person.
fn approved_and_unused(stage: &Stage) {
    stage.tap("pay-card");
    let visit = stage.state(|state| state.visits.keys().next().copied()).expect("a visit");
    stage.happen(Input::ChooseService(tameio::app::input::ChooseService {
        visit,
        size: tameio::domain::catalogue::Size::Small,
        package: "EXT".to_owned(),
        extras: Vec::new(),
    }));
    stage.pass(5);
}

#[test]
fn approved_money_is_used_and_not_asked_for_again() {
    let stage = paying();
    approved_and_unused(&stage);
    stage.state(|state| {
        let charge = state.charges.values().next().expect("the charge");
        assert!(matches!(charge.state, ChargeState::Approved { .. }));
    });
    assert!(stage.element("card-use").is_some());
    stage.tap("card-use");
    assert!(stage.element("card-use").is_some(), "13 € do not fit a sale of 8 €");
    let sale = stage.state(|state| state.visits.keys().next().copied()).expect("a visit");
    stage.happen(Input::ChooseService(tameio::app::input::ChooseService {
        visit: sale,
        size: tameio::domain::catalogue::Size::Small,
        package: "FULL".to_owned(),
        extras: Vec::new(),
    }));
    stage.tap("card-use");
    assert_eq!(page(&stage), Page::Done);
    stage.state(|state| assert!(state.charges.is_empty()));
}

#[test]
fn whoever_types_the_next_plate_is_not_interrupted() {
    let stage = paying();
    stage.tap_all(&["pay-card", "rail-lane", "key-K"]);
    stage.pass(5);
    assert_eq!(page(&stage), Page::Lane);
    assert!(stage.element("notice-said-0").is_some(), "but it is said");
}

/// The next vehicle pays in cash while the card of the first is at work.
fn the_next_pays(stage: &Stage) {
    stage.tap_all(&["pay-card", "rail-lane"]);
    stage.type_plate("KBP5060");
    stage.tap_all(&["open-visit", "service-FULL", "pay", "amount-5", "amount-00", "pay-cash"]);
    assert_eq!(stage.text("pay-left"), "8,00 €");
}

#[test]
fn whoever_takes_the_next_money_keeps_what_was_typed() {
    let stage = paying();
    the_next_pays(&stage);
    stage.pass(5);
    assert_eq!((stage.text("pay-left").as_str(), page(&stage)), ("8,00 €", Page::Pay));
    assert!(stage.element("notice-said-0").is_some(), "the first is paid, and it is said");
    stage.tap("pay-exact");
    assert_eq!(page(&stage), Page::Done);

    let stage = paying();
    says(&stage, CardOutcome::Declined { words: Text::new("51") });
    the_next_pays(&stage);
    stage.pass(5);
    assert_eq!((stage.text("pay-left").as_str(), page(&stage)), ("8,00 €", Page::Pay));
    assert!(stage.text("notice-said-0").contains("51"));
}

#[test]
fn what_it_looks_like() {
    let at = |play: fn(&Stage)| {
        move |stage: &Stage| {
            begin(stage);
            play(stage);
        }
    };
    let shop = |size| linked(wash(), size);
    check_at("card-linked", shop, at(|_| ()), &["pay-card", "pay-cash", "pay-other"]);
    check_at("card-at-work", shop, at(|stage| stage.tap("pay-card")), &["card-cancel"]);
    check_at("card-unknown", shop, at(without_answer), &["card-ask", "card-approved", "card-declined"]);
    check_at("card-approved", shop, at(approved_and_unused), &["card-use"]);
    let elsewhere = |stage: &Stage| {
        without_answer(stage);
        stage.tap("rail-lane");
    };
    check_at("card-tray", shop, at(elsewhere), &["notice-look"]);
}
