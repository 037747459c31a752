//! What is out of the ordinary with a stay: each case by touch, what it leads to, and the way out of it.

use super::{comes, page, park};
use crate::stage::Stage;
use tameio::app::input::{Input, ParkingInput};
use tameio::domain::money::Cents;
use tameio::domain::ticket::TicketFate;
use tameio::domain::visit::Visit;
use tameio::view::generated::Page;

const HOUR: i64 = 3_600;

/// A vehicle is inside since 10:02, it is 12:19, and the page of cases is up.
fn at_the_exit() -> Stage {
    let stage = park();
    comes(&stage, "YZB3307");
    stage.pass(2 * HOUR + 17 * 60);
    stage.tap("stay-case");
    assert_eq!(page(&stage), Page::StayCase);
    stage
}

fn inside<T>(stage: &Stage, read: impl FnOnce(&Visit) -> T) -> T {
    stage.state(|state| read(state.visits.values().next().expect("the visit")))
}

#[test]
fn a_scanned_ticket_is_paid_with_one_touch() {
    let stage = park();
    comes(&stage, "YZB3307");
    let ticket = stage.ticket();
    stage.pass(HOUR);
    stage.tap("rail-lane");
    stage.taps();
    stage.burst(&format!("{ticket}\n"));
    assert_eq!((page(&stage), stage.text("pay-left")), (Page::Pay, "4,00 €".to_owned()));
    stage.tap("pay-exact");
    assert_eq!((stage.taps(), page(&stage)), (1, Page::Done));
}

#[test]
fn a_ticket_that_opens_nothing_is_said_where_it_was_scanned() {
    let stage = park();
    comes(&stage, "YZB3307");
    let ticket = stage.ticket();
    stage.tap_all(&["pay", "rail-lane"]);
    stage.burst("T7K3Q-000123.00000000\n");
    assert_eq!(page(&stage), Page::Lane);
    assert!(stage.element_beginning("notice-").is_some(), "it is said in the tray");
    stage.burst(&format!("{}\n", &ticket[..ticket.len() - 2]));
    assert_eq!(page(&stage), Page::Lane);
}

#[test]
fn a_lost_ticket_is_two_touches_and_the_price_stays() {
    let stage = at_the_exit();
    stage.tap_all(&["case-lost", "case-do"]);
    assert_eq!((page(&stage), stage.text("visit-total")), (Page::Visit, "7,50 €".to_owned()));
    assert_eq!(inside(&stage, |visit| visit.stay.as_ref().map(|stay| stay.ticket)), Some(TicketFate::Lost));
    stage.tap("stay-case");
    assert!(stage.element("case-lost").is_none(), "it is said already");
}

#[test]
fn another_time_of_arrival_needs_a_reason_and_the_chief() {
    let stage = at_the_exit();
    stage.tap_all(&["case-time", "case-0", "case-8", "case-0"]);
    assert!(!stage.is_enabled("case-do"));
    stage.tap("case-0");
    assert!(stage.text("case-instant").starts_with("14/03/2026 08:00"), "{}", stage.text("case-instant"));
    assert!(!stage.is_enabled("case-do"), "not without a reason");
    stage.tap_all(&["case-reason-1", "case-do"]);
    assert_eq!(page(&stage), Page::StayCase, "what was typed stays while the chief is asked");
    stage.tap_all(&["approve-chief", "approve"]);
    assert_eq!((page(&stage), stage.text("visit-total")), (Page::Visit, "10,50 €".to_owned()));
    assert!(stage.text("stay-span").starts_with("08:00"), "{}", stage.text("stay-span"));
}

#[test]
fn a_time_that_is_still_to_come_is_that_of_yesterday() {
    let stage = at_the_exit();
    stage.tap_all(&["case-time", "case-2", "case-3", "case-0", "case-0"]);
    assert!(stage.text("case-instant").starts_with("13/03/2026 23:00"), "{}", stage.text("case-instant"));
}

#[test]
fn a_price_by_decision_is_a_managers() {
    let stage = at_the_exit();
    stage.tap_all(&[
        "case-price",
        "case-5",
        "case-00",
        "case-reason-2",
        "case-do",
        "approve-owner",
        "approve",
    ]);
    assert_eq!((page(&stage), stage.text("visit-total")), (Page::Visit, "5,00 €".to_owned()));
    stage.tap_all(&["pay", "pay-exact", "done-leave"]);
    stage.state(|state| assert!(state.visits.is_empty()));
}

/// Nobody's right is asked for; it stands among the problems, is offered when the plate comes again, and is paid like
/// anything else.
#[test]
fn who_cannot_pay_is_let_go_and_pays_when_next_seen() {
    let stage = at_the_exit();
    stage.tap("case-owing");
    assert!(!stage.is_enabled("case-do"), "not without a reason");
    stage.tap_all(&[
        "case-name",
        "case-text-alphabet",
        "case-text-N",
        "case-text-done",
        "case-reason-0",
        "case-do",
    ]);
    assert_eq!(page(&stage), Page::Lane);
    let debt = stage.state(|state| state.owed.values().next().and_then(|visit| visit.debt.clone()));
    let debt = debt.expect("a debt");
    assert_eq!((debt.total, debt.debtor.as_str()), (Cents(750), "N"));
    stage.pass(24 * HOUR);
    stage.type_plate("YZB3307");
    let hint = stage.element_beginning("hint-").expect("it is known");
    stage.tap(&hint);
    assert_eq!((page(&stage), stage.text("visit-total")), (Page::Visit, "7,50 €".to_owned()));
    assert!(!stage.is_enabled("leave"), "it has left");
    stage.tap_all(&["pay", "pay-exact"]);
    assert_eq!(page(&stage), Page::Done);
    stage.state(|state| assert!(state.owed.is_empty()));
}

#[test]
fn what_is_owed_is_found_among_the_problems() {
    let stage = at_the_exit();
    stage.tap_all(&["case-owing", "case-reason-2", "case-do", "rail-exceptions"]);
    let row = stage.element_beginning("exception-visit-").expect("a row");
    stage.tap(&row);
    assert_eq!(page(&stage), Page::Visit);
    assert!(stage.is_enabled("pay"));
}

#[test]
fn an_exit_nobody_saw_is_closed_by_a_manager_with_its_time() {
    let stage = at_the_exit();
    stage.tap_all(&["case-missed", "case-1", "case-1", "case-0", "case-0", "case-reason-0", "case-do"]);
    stage.tap_all(&["approve-owner", "approve"]);
    assert_eq!(page(&stage), Page::Lane);
    let debt = stage.state(|state| state.owed.values().next().and_then(|visit| visit.debt.clone()));
    assert_eq!(debt.map(|debt| debt.total), Some(Cents(400)), "an hour");
}

#[test]
fn a_time_that_cannot_be_right_leaves_what_was_typed() {
    let stage = at_the_exit();
    stage.tap_all(&["case-missed", "case-0", "case-8", "case-0", "case-0", "case-reason-0", "case-do"]);
    assert_eq!((page(&stage), stage.text("case-typed")), (Page::StayCase, "08:00".to_owned()));
    assert!(stage.element_beginning("notice-").is_some());
    assert!(stage.is_enabled("case-do"), "it may be put right");
    stage.tap("case-back");
    assert_eq!(page(&stage), Page::Visit);
}

#[test]
fn a_vehicle_at_the_exit_without_a_visit_pays_the_lost_tickets_fee() {
    let stage = park();
    stage.type_plate("ABE1111");
    stage.tap("hint-found");
    assert_eq!(page(&stage), Page::StayCase);
    stage.tap_all(&["case-reason-1", "case-do"]);
    assert_eq!((page(&stage), stage.text("pay-left")), (Page::Pay, "20,00 €".to_owned()));
    stage.tap_all(&["pay-card", "done-leave"]);
    stage.state(|state| assert!(state.visits.is_empty()));
}

#[test]
fn or_what_a_manager_types() {
    let stage = park();
    stage.type_plate("ABE1111");
    stage.tap_all(&[
        "hint-found",
        "case-5",
        "case-00",
        "case-reason-2",
        "case-do",
        "approve-owner",
        "approve",
    ]);
    assert_eq!((page(&stage), stage.text("pay-left")), (Page::Pay, "5,00 €".to_owned()));
}

#[test]
fn the_next_car_does_not_wait_for_a_case() {
    let stage = at_the_exit();
    stage.tap_all(&["case-time", "case-1", "rail-lane"]);
    comes(&stage, "NKO9154");
    stage.tap_all(&["rail-lane", "visit-ΥΖΒ-3307", "stay-case", "case-time"]);
    assert_eq!(stage.text("case-typed"), "–", "it begins again");
}

#[test]
fn a_second_touch_says_it_once() {
    let stage = at_the_exit();
    stage.sent();
    stage.tap_all(&["case-owing", "case-reason-0", "case-do"]);
    let released = |input: &Input| matches!(input, Input::Parking(ParkingInput::ReleaseOwing { .. }));
    assert_eq!(stage.sent().iter().filter(|input| released(input)).count(), 1);
}

/// A tax number among the words of who owes is looked up, and one touch writes the name down.
#[test]
fn who_owes_is_found_by_the_tax_number() {
    let stage = at_the_exit();
    stage.tap_all(&["case-owing", "case-reason-0", "case-name"]);
    for key in "888888880".chars() {
        stage.tap(&format!("case-text-{key}"));
    }
    stage.tap("case-text-done");
    assert!(stage.element("case-known").is_none(), "nobody has answered yet");
    stage.pass(1);
    stage.tap("case-known");
    assert!(stage.element("case-known").is_none(), "it is written there now");
    stage.tap("case-do");
    stage.state(|state| {
        let debtor =
            state.owed.values().find_map(|visit| visit.debt.as_ref()).map(|debt| debt.debtor.clone());
        let wanted = "ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ 888888880";
        assert_eq!(debtor.as_ref().map(|debtor| debtor.as_str()), Some(wanted));
    });
}
