//! A garage's work order at the screen: written, told, agreed to, changed and paid by touch alone.

use crate::pages::check;
use crate::stage::{Stage, shop};
use slint::ComponentHandle;
use tameio::domain::money::{Cents, Quantity};
use tameio::domain::settings::Trade;
use tameio::domain::work::{ApprovalWay, WorkKind, WorkOrder};
use tameio::view::generated::{Page, Shell};

const SIZE: (u32, u32) = (1024, 768);

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

fn work(stage: &Stage) -> WorkOrder {
    let work = stage.state(|state| state.visits.values().next().and_then(|visit| visit.work.clone()));
    work.map(|work| *work).unwrap_or_default()
}

fn keys(stage: &Stage, text: &str) {
    for key in text.chars() {
        stage.tap(&format!("work-{key}"));
    }
}

fn garage() -> Stage {
    let stage = Stage::of(shop(Trade::Garage), SIZE);
    comes(&stage);
    stage
}

fn comes(stage: &Stage) {
    stage.tap_all(&["rail-shift", "person-A", "shift-5", "shift-00", "shift-0", "open-shift", "rail-lane"]);
    stage.type_plate("NKO9154");
    stage.tap_all(&["open-visit", "work-order"]);
}

/// Two and a half hours at 45.00, pads at 64.90: 177.40 net, 219.98.
fn brakes(stage: &Stage) {
    stage.tap("work-add");
    keys(stage, "ΦΡΕΝΑ");
    stage.tap("field-quantity");
    keys(stage, "250");
    stage.tap_all(&["line-put", "work-add", "kind-own-part"]);
    keys(stage, "ΤΑΚΑΚΙΑ");
    stage.tap("field-price");
    keys(stage, "6490");
    stage.tap("line-put");
}

fn told(stage: &Stage) {
    brakes(stage);
    stage.tap("work-estimate");
    stage.pass(20);
}

fn agreed(stage: &Stage) {
    told(stage);
    stage.tap("work-approve");
    keys(stage, "ΠΑΠΠΑ");
    stage.tap_all(&["way-phone", "step-send"]);
}

/// Discs for 116.80 more: beyond what may be added unasked.
fn beyond(stage: &Stage) {
    agreed(stage);
    stage.tap_all(&["work-add", "kind-own-part"]);
    keys(stage, "ΔΙΣΚΟΙ");
    stage.tap("field-quantity");
    keys(stage, "200");
    stage.tap("field-price");
    keys(stage, "5840");
    stage.tap("line-put");
}

#[test]
fn an_order_is_written_told_agreed_to_and_paid() {
    let stage = garage();
    assert!(!stage.is_enabled("work-estimate"), "there is nothing to tell");
    stage.tap("work-complaint");
    keys(&stage, "ΤΡΙΖΕΙ");
    stage.tap("field-km");
    keys(&stage, "84310");
    stage.tap_all(&["fuel-3", "step-send"]);
    let described = work(&stage);
    assert_eq!((described.complaint.as_str(), described.dashboard.km), ("ΤΡΙΖΕΙ", Some(84_310)));
    assert_eq!(described.dashboard.fuel.map(|fuel| fuel.count()), Some(3));
    brakes(&stage);
    let lines = work(&stage).lines;
    let as_written: Vec<_> =
        lines.iter().map(|line| (line.kind, line.line.quantity, line.line.unit_price)).collect();
    assert_eq!(
        as_written,
        [
            (WorkKind::Labour, Quantity(2_500), Cents(4_500)),
            (WorkKind::OwnPart, Quantity(1_000), Cents(6_490))
        ]
    );
    assert_eq!(stage.text("work-total"), "219,98 €");
    assert!(!stage.is_enabled("work-approve"), "nobody was told");
    stage.tap_all(&["work-estimate", "work-estimate"]);
    assert_eq!(work(&stage).estimates.len(), 1, "the second press tells nothing new");
    stage.tap("work-approve");
    assert!(!stage.is_enabled("step-send"), "nobody is named");
    keys(&stage, "ΠΑΠΠΑ");
    stage.tap_all(&["way-phone", "step-send"]);
    let approval =
        work(&stage).estimates.pop().and_then(|estimate| estimate.approved).expect("it is agreed to");
    assert_eq!((approval.name.as_str(), approval.way), ("ΠΑΠΠΑ", ApprovalWay::Phone));
    assert_eq!(page(&stage), Page::Work);
    stage.tap_all(&["work-pay", "pay-card"]);
    assert_eq!(page(&stage), Page::Done);
}

#[test]
fn what_is_added_beyond_the_agreement_is_shown_and_takes_a_new_yes() {
    let stage = garage();
    beyond(&stage);
    assert_eq!(stage.text("work-total"), "364,81 €");
    stage.tap_all(&["work-pay", "pay-card"]);
    assert_eq!(page(&stage), Page::Pay, "it is not paid: {:?}", stage.sent());
    stage.tap_all(&["rail-lane", "visit-ΝΚΟ-9154", "work-order", "work-versions"]);
    let changes = stage.text("work-changes");
    assert!(changes.starts_with("+ ΔΙΣΚΟΙ") && changes.lines().count() == 1, "{changes}");
    stage.tap_all(&["versions-estimate", "versions-approve"]);
    keys(&stage, "ΠΑΠΠΑ");
    stage.tap("step-send");
    stage.tap_all(&["work-pay", "pay-card"]);
    assert_eq!(page(&stage), Page::Done);
}

#[test]
fn the_price_list_is_one_touch_and_a_line_is_put_right_by_touching_it() {
    let stage = garage();
    stage.tap_all(&["quick-SERVICE", "quick-OIL", "quick-OIL"]);
    let lines = work(&stage).lines;
    assert_eq!(lines.len(), 2);
    assert_eq!((lines[1].kind, lines[1].line.quantity), (WorkKind::OwnPart, Quantity(2_000)));
    assert_eq!(lines[1].line.code, "OIL", "it is the price list's own");
    stage.tap_all(&["work-line-1", "field-price"]);
    keys(&stage, "3500");
    stage.tap("line-put");
    assert_eq!(work(&stage).lines[1].line.unit_price, Cents(3_500));
    stage.tap("work-remove-0");
    assert_eq!(work(&stage).lines.len(), 1);
}

#[test]
fn what_was_chosen_on_the_visits_page_is_not_lost_when_the_order_begins() {
    let stage = garage();
    stage.tap_all(&["work-back", "service-SERVICE", "work-order", "quick-OIL"]);
    let lines = work(&stage).lines;
    assert_eq!(lines.iter().map(|line| line.line.code.as_str()).collect::<Vec<_>>(), ["SERVICE", "OIL"]);
}

#[test]
fn parts_the_next_service_and_work_elsewhere_are_said_from_the_order() {
    let stage = garage();
    brakes(&stage);
    stage.tap("work-parts");
    keys(&stage, "ΔΙΣΚΟΙ");
    stage.tap("step-send");
    assert_eq!(work(&stage).parts_awaited.map(|parts| parts.to_string()).as_deref(), Some("ΔΙΣΚΟΙ"));
    stage.tap_all(&["work-parts", "step-undo"]);
    assert_eq!(work(&stage).parts_awaited, None);
    stage.tap("work-complaint");
    stage.tap("field-km");
    keys(&stage, "84310");
    stage.tap_all(&["step-send", "work-next", "due-in-12", "due-after-15000", "field-call-phone"]);
    keys(&stage, "6900000000");
    stage.tap("step-send");
    let next = work(&stage).next_service.expect("it is remembered");
    assert_eq!((next.on.map(|on| on.to_string()).as_deref(), next.km), (Some("2027-03-14"), Some(99_310)));
    assert_eq!(next.call_phone.as_str(), "6900000000");
    // When it can be fetched: the hour says it, today or another day.
    let promised = |stage: &Stage| {
        stage.state(|state| state.visits.values().next().and_then(|visit| visit.board.promised))
    };
    stage.tap("work-promise");
    assert!(stage.element("promise-9").is_none(), "nine o'clock is over");
    stage.tap("promise-17");
    assert_eq!(promised(&stage).map(|at| at.printed()).as_deref(), Some("14/03/2026 17:00"));
    assert!(stage.text("work-promise").contains("17:00"));
    stage.tap_all(&["work-promise", "promise-day-2", "promise-9"]);
    assert_eq!(promised(&stage).map(|at| at.printed()).as_deref(), Some("16/03/2026 09:00"));
    // What cannot be is said on the page, and what was typed stays.
    stage.tap_all(&["work-next", "field-day", "work-clear"]);
    keys(&stage, "01012020");
    stage.tap("step-send");
    assert!(!stage.text("work-fault").is_empty());
    stage.tap_all(&["step-undo"]);
    assert_eq!(work(&stage).next_service, None);
    stage.tap_all(&["work-move", "ask-back"]);
    assert_eq!(page(&stage), Page::Work, "a form goes back to where it was asked for");
    stage.tap_all(&["work-category", "ask-back"]);
    assert_eq!(page(&stage), Page::Work);
}

/// A visit of last year said when it should come again.
fn remembered(stage: &Stage) {
    comes(stage);
    stage.tap_all(&["work-next", "due-in-6", "field-what"]);
    keys(stage, "ΛΑΔΙΑ");
    stage.tap("step-send");
    brakes(stage);
    stage.tap_all(&["work-pay", "pay-card", "done-leave"]);
    stage.pass(20);
    stage.pass(185 * 86_400);
    stage.type_plate("NKO9154");
}

#[test]
fn a_vehicle_that_should_come_again_says_so_at_the_lane_and_on_its_visit() {
    let stage = Stage::of(shop(Trade::Garage), SIZE);
    remembered(&stage);
    let due = stage.element("hint-due").expect("it is due");
    let said = due.accessible_label().unwrap_or_default().to_string();
    assert!(said.contains("ΛΑΔΙΑ") && said.contains("14/9/2026"), "{said}");
    stage.tap("open-visit");
    let said = stage.element("work-order").and_then(|card| card.accessible_label()).unwrap_or_default();
    assert!(said.contains("ΛΑΔΙΑ"), "{said}");
    stage.tap_all(&["work-order", "work-due"]);
    stage.tap("due-in-12");
    stage.tap("step-send");
    stage.pass(1);
    assert!(stage.element("work-due").is_none(), "it comes again in a year");
}

#[test]
fn what_it_looks_like() {
    let garage = shop(Trade::Garage);
    let entries = [
        "work-complaint",
        "work-dashboard",
        "work-parts",
        "work-promise",
        "work-next",
        "work-category",
        "work-add",
    ];
    check("work-empty", &garage, comes, &entries);
    let visit = |stage: &Stage| {
        comes(stage);
        stage.tap("work-back");
    };
    check("work-visit", &garage, visit, &["work-order", "service-SERVICE", "pay", "print-ticket"]);
    let many = |stage: &Stage| {
        comes(stage);
        for _ in 0..4 {
            stage.tap_all(&["quick-SERVICE", "quick-OIL"]);
        }
        brakes(stage);
    };
    check("work-many", &garage, many, &["work-line-0", "work-remove-0", "work-estimate", "work-pay"]);
    let line = |stage: &Stage| {
        comes(stage);
        stage.tap("work-add");
        keys(stage, "ΦΡΕΝΑ");
    };
    check("work-line", &garage, line, &["kind-labour", "field-name", "line-put", "work-Ε", "work-space"]);
    let price = |stage: &Stage| {
        line(stage);
        stage.tap("field-quantity");
        keys(stage, "250");
    };
    check("work-price", &garage, price, &["field-price", "with-vat", "line-put", "work-00"]);
    let to_be_told = |stage: &Stage| {
        comes(stage);
        told(stage);
    };
    check("work-told", &garage, to_be_told, &["work-versions", "work-approve"]);
    let approving = |stage: &Stage| {
        to_be_told(stage);
        stage.tap("work-approve");
    };
    check("work-approve", &garage, approving, &["field-approver", "way-phone", "step-send", "step-back"]);
    let approved = |stage: &Stage| {
        comes(stage);
        agreed(stage);
    };
    check("work-approved", &garage, approved, &["work-versions", "work-pay"]);
    let changed = |stage: &Stage| {
        comes(stage);
        beyond(stage);
    };
    check("work-beyond", &garage, changed, &["work-estimate", "work-line-2"]);
    let versions = |stage: &Stage| {
        changed(stage);
        stage.tap_all(&["work-estimate", "work-versions"]);
    };
    check("work-versions", &garage, versions, &["print-version-1", "print-version-2", "versions-approve"]);
    let describing = |stage: &Stage| {
        comes(stage);
        stage.tap("work-complaint");
    };
    check("work-describe", &garage, describing, &["field-complaint", "field-km", "fuel-8", "step-send"]);
    check("work-due-lane", &garage, remembered, &["hint-due", "open-visit"]);
    let due = |stage: &Stage| {
        remembered(stage);
        stage.tap_all(&["open-visit", "work-order", "quick-OIL"]);
    };
    check("work-due", &garage, due, &["work-due", "work-category", "work-estimate", "work-print"]);
    let promise = |stage: &Stage| {
        comes(stage);
        stage.tap_all(&["work-promise", "promise-day-1"]);
    };
    check("work-promise", &garage, promise, &["promise-day-6", "promise-8", "promise-20", "step-back"]);
    let next = |stage: &Stage| {
        comes(stage);
        stage.tap("work-next");
    };
    check("work-next", &garage, next, &["field-day", "due-in-12", "field-call-phone", "step-send", "work-Μ"]);
}

#[test]
fn a_deposit_stands_against_the_total_and_goes_back_when_the_order_is_cancelled() {
    let stage = Stage::of(shop(Trade::Garage), SIZE);
    stage.tap_all(&["rail-shift", "person-A", "shift-5", "shift-00", "shift-0", "open-shift", "rail-lane"]);
    stage.type_plate("NKO9154");
    stage.tap_all(&["open-visit", "work-order", "quick-SERVICE"]);
    let total = stage.text("work-total");
    stage.tap_all(&["work-deposit", "deposit-3", "deposit-00", "deposit-0", "deposit-take-cash"]);
    assert_eq!(page(&stage), Page::Work, "back to the order it was taken for");
    assert_ne!(stage.text("work-rest"), total);
    stage.tap_all(&["work-back", "cancel-visit", "cancel-customer-left", "approve-owner", "approve"]);
    assert_eq!(page(&stage), Page::Deposit, "what is held comes up by itself");
    stage.tap("deposit-give-cash");
    stage.state(|state| assert!(state.deposits.is_empty()));
}
