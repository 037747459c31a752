//! Sales without a vehicle by touch alone: measured, weighed, taken in, paid, fetched in parts.

use crate::pages::check_at;
use crate::stage::{Stage, wash};
use slint::ComponentHandle;
use tameio::app::input::{DeviceInput, Input, OrderInput, PaperInput};
use tameio::domain::device::{Condition, DeviceId, DeviceKind, ScaleReading};
use tameio::domain::money::Cents;
use tameio::domain::order::{Order, OrderState};
use tameio::domain::paper::Paper;
use tameio::paper::ticket::code_of;
use tameio::view::generated::{Page, Shell};

const SIZE: (u32, u32) = (1024, 768);

/// A wash with a printer and a scale.
fn weighing(size: (u32, u32)) -> Stage {
    let printer = ("printer", "file:/dev/usb/lp0?profile=epson-80");
    Stage::with(wash(), size, &[printer, ("scale", "sim:")])
}

fn says(stage: &Stage, reading: ScaleReading) {
    stage.happen(Input::Device(DeviceInput::Weighed { reading }));
}

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

/// The only order that is open.
fn order(stage: &Stage) -> Order {
    stage.state(|state| {
        assert_eq!(state.orders.len(), 1, "one order is open");
        state.orders.values().next().cloned().expect("an order")
    })
}

/// What a scanner types of the slip of the only order.
fn slip(stage: &Stage) -> String {
    let site = stage.site.borrow();
    format!("{}\n", code_of(site.terminal().settings(), &order(stage).reference))
}

fn carpet(stage: &Stage) {
    stage.tap("item-CARPET");
    stage.tap_all(&["order-2", "order-4", "order-0", "field-width", "order-1", "order-7", "order-0"]);
}

/// Two carpets of a size, with stains, and a duvet from the scale.
fn brought(stage: &Stage) {
    stage.tap_all(&["rail-orders", "new-order"]);
    carpet(stage);
    stage.tap_all(&["pieces-more", "defect-stain", "add-line", "item-DUVET"]);
    says(stage, ScaleReading::Stable { grams: 12_800 });
    stage.tap_all(&["field-tare", "order-4", "order-5", "order-0", "add-line"]);
}

fn taken_in(stage: &Stage) {
    brought(stage);
    stage.tap_all(&[
        "take-in",
        "owner-Α",
        "owner-Ν",
        "owner-Ν",
        "owner-Α",
        "field-phone",
        "owner-6",
        "owner-9",
    ]);
    stage.tap("take-in-now");
    stage.pass(5);
}

#[test]
fn a_carpet_is_measured_priced_and_added_in_nine_taps() {
    let stage = weighing(SIZE);
    stage.tap_all(&["rail-orders", "new-order"]);
    stage.taps();
    carpet(&stage);
    assert_eq!(stage.text("order-outcome"), "4,08 m² · 28,15 €");
    stage.tap("add-line");
    assert_eq!(stage.taps(), 9);
    assert_eq!(order(&stage).unpaid().totals().gross, Cents(2_815));
    assert_eq!(stage.text("order-total"), "28,15 €");
    stage.tap("remove-line-0");
    assert_eq!(order(&stage).lines, []);
}

#[test]
fn only_a_weight_at_rest_can_be_added_and_everything_else_is_said() {
    let stage = weighing(SIZE);
    stage.tap_all(&["rail-orders", "new-order", "item-DUVET"]);
    assert!(
        stage.sent().contains(&Input::Device(DeviceInput::Weigh { on: true })),
        "the scale is asked while something is weighed"
    );
    for (reading, words) in [
        (ScaleReading::Moving, "Δεν σταθεροποιήθηκε: περίμενε"),
        (ScaleReading::Negative, "Κάτω από το μηδέν: άδειασέ την και μηδένισε"),
        (ScaleReading::Overload, "Πολύ βαρύ: ζύγισε σε μέρη"),
        (ScaleReading::NeedsZero, "Θέλει πρώτα μηδενισμό"),
        (ScaleReading::Zero, "Η ζυγαριά είναι άδεια"),
        (ScaleReading::NoAnswer, "Η ζυγαριά δεν απαντά: δες το καλώδιο"),
    ] {
        says(&stage, reading);
        assert_eq!(stage.text("scale-says"), words);
        assert!(!stage.is_enabled("add-line"), "{reading:?}");
    }
    says(&stage, ScaleReading::Stable { grams: 450 });
    stage.tap("take-tare");
    assert!(!stage.is_enabled("add-line"), "nothing but the basket");
    says(&stage, ScaleReading::Stable { grams: 12_800 });
    assert_eq!(stage.text("order-outcome"), "12,350 kg · 30,88 €");
    stage.tap("add-line");
    assert_eq!(order(&stage).unpaid().totals().gross, Cents(3_088));
    stage.tap("rail-lane");
    assert!(stage.sent().contains(&Input::Device(DeviceInput::Weigh { on: false })), "and not afterwards");
}

#[test]
fn a_pulled_cable_leaves_the_hand_and_its_right() {
    let stage = weighing(SIZE);
    stage.tap_all(&["rail-orders", "new-order", "item-DUVET"]);
    let device = DeviceId::only(DeviceKind::Scale);
    stage.happen(Input::Device(DeviceInput::Seen { device, condition: Condition::Absent }));
    assert!(!stage.is_enabled("add-line"));
    stage.tap("by-hand");
    stage.tap_all(&["order-1", "order-2", "order-8", "order-0", "order-0"]);
    stage.tap_all(&["field-tare", "order-4", "order-5", "order-0", "add-line"]);
    assert!(stage.state(|state| state.orders.is_empty()), "nothing before somebody who may has allowed it");
    stage.tap_all(&["approve-chief", "approve"]);
    assert_eq!(order(&stage).unpaid().totals().gross, Cents(3_088));
    assert!(stage.element("item-DUVET").is_some() && stage.element("field-weight").is_none(), "it was added");
}

#[test]
fn without_a_scale_the_weight_is_typed_at_once() {
    let stage = Stage::new();
    stage.tap_all(&["rail-orders", "new-order", "item-DUVET"]);
    assert!(stage.element("field-weight").is_some() && !stage.is_enabled("take-tare"));
}

#[test]
fn things_are_paid_at_the_intake_and_fetched_in_parts() {
    let stage = weighing(SIZE);
    taken_in(&stage);
    let taken = order(&stage);
    assert_eq!((taken.owner.name.as_str(), taken.owner.phone.as_str()), ("ΑΝΝΑ", "69"));
    assert_eq!(
        taken.promised.map(|day| day.to_string()).as_deref(),
        Some("2026-03-21"),
        "the carpet takes a week"
    );
    assert!(
        stage.sent().iter().filter(|input| matches!(input, Input::Order(OrderInput::TakeIn { .. }))).count()
            == 1
    );
    assert!(!stage.is_enabled("hand-over"), "nothing leaves before it is paid");
    stage.tap("order-pay");
    assert_eq!((page(&stage), stage.text("pay-left").as_str()), (Page::Pay, "87,18 €"));
    stage.tap("pay-exact");
    assert_eq!(page(&stage), Page::Done);
    stage.tap("done-next");
    assert_eq!(page(&stage), Page::Order, "its things are still here");
    stage.tap_all(&["order-ready", "hand-over", "fetch-0-less", "fetch-1-less", "fetch-now"]);
    let left = order(&stage);
    assert_eq!((left.here(), left.pieces(), &left.state), (2, 3, &OrderState::Ready));
    // The slip is scanned from any page; the rest is fetched. Its number alone is no slip: anybody can write that.
    let slip = slip(&stage);
    stage.tap("rail-lane");
    stage.burst("T7K3Q-000001\n");
    stage.pass(1);
    assert_eq!(page(&stage), Page::Lane);
    stage.burst(&slip);
    stage.pass(1);
    assert_eq!(page(&stage), Page::Order);
    stage.tap_all(&["hand-over", "fetch-now"]);
    assert!(stage.state(|state| state.orders.is_empty()));
    assert!(!stage.is_enabled("hand-over"));
    // And once more: it is known, and nothing can be fetched again.
    stage.tap("rail-lane");
    stage.burst(&slip);
    stage.pass(1);
    assert_eq!(page(&stage), Page::Order);
    assert!(stage.element("hand-over").is_none() && !stage.is_enabled("order-pay"));
    assert_eq!(stage.entries().len(), 0, "the registry hears nothing of it");
}

#[test]
fn goods_are_sold_in_three_taps_and_the_list_stays_empty() {
    let stage = Stage::new();
    stage.tap_all(&["rail-orders", "new-order"]);
    stage.taps();
    stage.tap_all(&["item-FRESH", "add-line", "order-pay"]);
    assert_eq!(stage.taps(), 3);
    stage.tap("pay-card");
    assert_eq!(page(&stage), Page::Done);
    stage.tap("done-next");
    assert_eq!(page(&stage), Page::Orders);
    assert!(stage.element("orders-none").is_some());
}

#[test]
fn a_second_press_changes_nothing() {
    let stage = weighing(SIZE);
    brought(&stage);
    assert_eq!(order(&stage).lines.len(), 2);
    stage.tap("take-in");
    stage.sent();
    stage.tap("take-in-now");
    assert!(stage.element("take-in-now").is_none(), "the page is back at the order");
    let asked = stage
        .state(|state| state.papers.values().filter(|job| matches!(job.paper, Paper::Intake { .. })).count());
    assert_eq!(asked, 1, "one slip");
    stage.tap("print-intake");
    assert!(
        stage
            .sent()
            .iter()
            .any(|input| matches!(input, Input::Paper(PaperInput::Print { paper: Paper::Intake { .. } })))
    );
}

#[test]
fn a_discount_and_a_return_are_allowed_by_somebody_who_may() {
    let stage = weighing(SIZE);
    taken_in(&stage);
    stage.tap_all(&["order-discount", "discount-2", "discount-1", "discount-8", "discount-reason-0"]);
    stage.tap_all(&["discount-now", "approve-chief", "approve"]);
    assert_eq!(order(&stage).unpaid().totals().gross, Cents(8_500));
    assert_eq!(stage.text("order-total"), "85,00 €");
    stage.tap_all(&["give-back", "give-back-taken-back", "approve-chief", "approve"]);
    assert!(stage.state(|state| state.orders.is_empty()));
    assert!(!stage.is_enabled("order-pay"));
}

#[test]
fn an_order_is_found_by_its_number_its_telephone_or_its_state() {
    let stage = weighing(SIZE);
    taken_in(&stage);
    stage.tap_all(&["rail-orders", "orders-6", "orders-9"]);
    assert!(stage.element("order-7K3Q-000001").is_some());
    stage.tap("orders-3");
    assert!(stage.element("order-7K3Q-000001").is_none());
    stage.tap_all(&["orders-clear", "orders-late"]);
    assert!(stage.element("orders-none").is_some(), "not yet");
    stage.pass(8 * 24 * 3600);
    assert!(stage.element("order-7K3Q-000001").is_some(), "a day after it was promised");
    stage.tap("order-7K3Q-000001");
    assert_eq!(page(&stage), Page::Order);
}

#[test]
fn the_pages_of_orders() {
    check_at(
        "orders-none",
        weighing,
        |stage| stage.tap("rail-orders"),
        &["new-order", "orders-7", "orders-all"],
    );
    let listed = |stage: &Stage| {
        taken_in(stage);
        stage.tap_all(&["rail-orders", "new-order", "item-COVERS", "add-line", "rail-orders"]);
    };
    check_at(
        "orders",
        weighing,
        listed,
        &["new-order", "order-7K3Q-000001", "order-7K3Q-000002", "rail-orders"],
    );
    let size = |stage: &Stage| {
        stage.tap_all(&["rail-orders", "new-order"]);
        carpet(stage);
    };
    check_at(
        "order-size",
        weighing,
        size,
        &["add-line", "field-width", "order-9", "defect-smell", "item-CARPET"],
    );
    let weight = |stage: &Stage| {
        brought(stage);
        stage.tap("item-DUVET");
        says(stage, ScaleReading::Stable { grams: 8_420 });
    };
    check_at(
        "order-weight",
        weighing,
        weight,
        &["add-line", "take-tare", "by-hand", "live-weight", "take-in"],
    );
    let moving = |stage: &Stage| {
        weight(stage);
        says(stage, ScaleReading::Moving);
    };
    check_at("order-moving", weighing, moving, &["live-weight", "by-hand"]);
    let take_in = |stage: &Stage| {
        brought(stage);
        stage.tap("take-in");
    };
    check_at("order-take-in", weighing, take_in, &["take-in-now", "owner-Α", "field-phone", "promised-more"]);
    check_at("order-waiting", weighing, taken_in, &["order-pay", "order-ready", "print-intake", "give-back"]);
    let paying = |stage: &Stage| {
        taken_in(stage);
        stage.tap("order-pay");
    };
    check_at("order-pay", weighing, paying, &["pay-exact", "pay-back"]);
    let fetching = |stage: &Stage| {
        paying(stage);
        stage.tap_all(&["pay-exact", "done-next", "order-ready", "hand-over"]);
    };
    check_at("order-fetch", weighing, fetching, &["fetch-now", "fetch-0-less", "fetch-back"]);
    let give_back = |stage: &Stage| {
        taken_in(stage);
        stage.tap("give-back");
    };
    check_at("order-give-back", weighing, give_back, &["give-back-mistake", "give-back-back"]);
}
