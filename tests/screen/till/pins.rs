//! Who steps in shows to be there; a PIN is set by its person or an owner; an idle till waits.

use super::{SIZE, page};
use crate::pages::check;
use crate::stage::{Stage, wash};
use tameio::app::input::{Input, PersonInput};
use tameio::domain::operator::OperatorId;
use tameio::domain::pin::PinHash;
use tameio::domain::settings::Settings;
use tameio::domain::visit::VisitState;
use tameio::view::generated::Page;

fn with_pins() -> Settings {
    Settings { pins: true, lock_after_s: 300, ..wash() }
}

/// An owner's is the first; the others are set while the owner stands there.
fn set(stage: &Stage, person: &str, pin: &str) {
    let (owner, operator) = (OperatorId("owner".to_owned()), OperatorId(person.to_owned()));
    let hash = PinHash { salt: String::new(), hash: pin.to_owned() };
    if stage.state(|state| state.pins.contains_key(&owner)) {
        stage.happen(Input::Person(PersonInput::PinChecked { operator: owner.clone(), good: true }));
    }
    stage.happen(Input::Person(PersonInput::PinHashed { operator, hash, by: owner }));
    stage.tap("notice-dismiss");
}

/// A shift of A; the owner, the chief and A have PINs.
fn begin(stage: &Stage) {
    for (person, pin) in [("owner", "9001"), ("chief", "4711"), ("A", "1234")] {
        set(stage, person, pin);
    }
    // The owner has left.
    stage.pass(120);
    stage.tap_all(&["rail-shift", "person-A", "shift-1", "shift-00", "open-shift"]);
}

fn till() -> Stage {
    let stage = Stage::of(with_pins(), SIZE);
    begin(&stage);
    stage
}

fn types(stage: &Stage, prefix: &str, pin: &str) {
    pin.chars().for_each(|digit| stage.tap(&format!("{prefix}-{digit}")));
}

/// A customer leaves without service: a chief must allow it.
fn cancelling(stage: &Stage) {
    stage.tap("rail-lane");
    stage.type_plate("IHZ4821");
    stage.tap_all(&["open-visit", "cancel-visit", "cancel-customer-left"]);
}

fn cancelled(stage: &Stage) -> bool {
    stage.state(|state| {
        state.visits.is_empty()
            || state.visits.values().any(|v| matches!(v.state, VisitState::Cancelled { .. }))
    })
}

#[test]
fn a_second_person_types_a_pin_and_the_same_input_goes_again() {
    let stage = till();
    cancelling(&stage);
    stage.tap("approve-chief");
    assert!(!stage.is_enabled("approve"), "not without a PIN");
    types(&stage, "step-up-pin", "471");
    assert!(!stage.is_enabled("approve"), "not with three digits");
    types(&stage, "step-up-pin", "1");
    assert_eq!(stage.text("step-up-pin-typed"), "4");
    stage.sent();
    stage.tap("approve");
    assert!(cancelled(&stage) && stage.element("step-up").is_none());
    let sent = format!("{:?}", stage.sent());
    assert!(sent.contains("PinChecked") && !sent.contains("4711"), "{sent}");
}

#[test]
fn a_wrong_pin_is_said_in_the_dialog_and_five_make_one_wait() {
    let stage = till();
    cancelling(&stage);
    stage.tap("approve-chief");
    for _ in 0..5 {
        types(&stage, "step-up-pin", "0000");
        stage.tap("approve");
        assert_eq!(stage.text("step-up-pin-fault"), "Λάθος PIN.");
        assert_eq!(stage.text("step-up-pin-typed"), "0", "nothing of it stays");
    }
    types(&stage, "step-up-pin", "4711");
    stage.tap("approve");
    assert!(stage.text("step-up-pin-fault").contains("30"), "{}", stage.text("step-up-pin-fault"));
    assert!(!cancelled(&stage) && stage.element("notice-said-0").is_none());
    stage.pass(40);
    types(&stage, "step-up-pin", "4711");
    stage.tap("approve");
    assert!(cancelled(&stage));
}

#[test]
fn who_has_no_pin_is_told_so_before_anything_is_typed() {
    let stage = Stage::of(with_pins(), SIZE);
    set(&stage, "owner", "9001");
    cancelling(&stage);
    stage.tap("approve-chief");
    assert!(stage.text("step-up-pin-fault").contains("chief"));
    stage.tap("approve-owner");
    types(&stage, "step-up-pin", "9001");
    stage.tap("approve");
    assert!(cancelled(&stage));
}

#[test]
fn a_keyboard_types_the_pin_and_not_what_lies_under_it() {
    let stage = till();
    cancelling(&stage);
    stage.tap("approve-chief");
    stage.burst("477\u{8}");
    assert_eq!(stage.text("step-up-pin-typed"), "2");
}

#[test]
fn a_pin_is_set_by_its_person_after_the_old_one_or_by_an_owner() {
    let stage = till();
    let kept = |person: &str| {
        stage.state(|state| state.pins.get(&OperatorId(person.to_owned())).map(|pin| pin.hash.hash.clone()))
    };
    stage.tap_all(&["rail-shift", "set-pin", "pin-of-A"]);
    types(&stage, "prove-pin", "1111");
    stage.tap("pin-next");
    assert_eq!(stage.text("prove-pin-fault"), "Λάθος PIN.");
    types(&stage, "prove-pin", "1234");
    stage.tap("pin-next");
    types(&stage, "new-pin", "5678");
    stage.tap("pin-next");
    types(&stage, "new-pin", "5679");
    stage.tap("pin-next");
    assert!(stage.text("new-pin-fault").contains("διαφέρουν"), "two that differ are typed again");
    for _ in 0..2 {
        types(&stage, "new-pin", "5678");
        stage.tap("pin-next");
    }
    assert!(stage.element("sheet-pin").is_none());
    assert_eq!(kept("A").as_deref(), Some("5678"));
    // The chief has forgotten it: an owner sets another.
    stage.tap_all(&["set-pin", "pin-of-chief", "prove-owner"]);
    types(&stage, "prove-pin", "9001");
    stage.tap("pin-next");
    for _ in 0..2 {
        types(&stage, "new-pin", "8080");
        stage.tap("pin-next");
    }
    assert_eq!(kept("chief").as_deref(), Some("8080"));
}

#[test]
fn the_first_pin_of_a_terminal_needs_nobody() {
    let stage = Stage::of(with_pins(), SIZE);
    stage.tap_all(&["rail-shift", "set-pin", "pin-of-owner"]);
    for _ in 0..2 {
        types(&stage, "new-pin", "9001");
        stage.tap("pin-next");
    }
    stage.state(|state| assert_eq!(state.pins.len(), 1));
}

#[test]
fn nobody_has_a_pin_before_an_owner_has() {
    let stage = Stage::of(with_pins(), SIZE);
    stage.tap_all(&["rail-shift", "set-pin", "pin-of-A"]);
    assert!(stage.element("new-pin-1").is_none() && stage.element("prove-pin-1").is_none());
    stage.state(|state| assert!(state.pins.is_empty()));
}

#[test]
fn an_idle_till_waits_for_who_is_at_it_or_a_chief() {
    let stage = till();
    stage.tap("rail-lane");
    stage.nobody_for(200);
    stage.tap("key-I");
    stage.nobody_for(200);
    assert!(stage.element("lock-screen").is_none(), "every touch begins the time anew");
    stage.nobody_for(101);
    assert!(stage.element("lock-screen").is_some());
    assert!(stage.element("key-I").is_none(), "what lies under the lock is neither read nor reached");
    assert!(stage.element("rail-shift").is_none() && stage.element("strip-shift").is_none());
    stage.burst("T7K3Q-000001\n");
    assert_eq!(page(&stage), Page::Lane, "a scan does nothing now");
    stage.tap("lock-pin-clear");
    types(&stage, "lock-pin", "4711");
    stage.tap("unlock");
    assert_eq!(stage.text("lock-pin-fault"), "Λάθος PIN.", "that is the chief's, and A is chosen");
    types(&stage, "lock-pin", "1234");
    stage.tap("unlock");
    assert!(stage.element("lock-screen").is_none() && stage.element("key-I").is_some());
    stage.nobody_for(301);
    stage.tap("open-as-chief");
    types(&stage, "lock-pin", "4711");
    stage.tap("unlock");
    assert!(stage.element("lock-screen").is_none());
}

#[test]
fn a_till_whose_cashier_has_no_pin_does_not_lock() {
    let stage = Stage::of(with_pins(), SIZE);
    stage.tap_all(&["rail-shift", "person-A", "shift-1", "shift-00", "open-shift"]);
    stage.nobody_for(400);
    assert!(stage.element("lock-screen").is_none(), "nobody could open it again");
}

#[test]
fn what_it_looks_like() {
    let asked = |stage: &Stage| {
        begin(stage);
        cancelling(stage);
        stage.tap("approve-chief");
        types(stage, "step-up-pin", "0000");
        stage.tap("approve");
        types(stage, "step-up-pin", "47");
    };
    let shows = ["approve-chief", "approve-owner", "step-up-pin-1", "step-up-pin-0", "approve"];
    check("pin-step-up", &with_pins(), asked, &shows);
    let locked = |stage: &Stage| {
        begin(stage);
        stage.nobody_for(301);
        types(stage, "lock-pin", "0000");
        stage.tap("unlock");
    };
    check("pin-locked", &with_pins(), locked, &["lock-pin-5", "open-as-A", "unlock"]);
    let whose = |stage: &Stage| {
        begin(stage);
        stage.tap_all(&["rail-shift", "set-pin"]);
    };
    check("pin-whose", &with_pins(), whose, &["pin-of-A", "pin-of-owner"]);
    let prove = |stage: &Stage| {
        whose(stage);
        stage.tap("pin-of-A");
    };
    check("pin-prove", &with_pins(), prove, &["prove-A", "prove-owner", "prove-pin-9", "pin-next"]);
    let fresh = |stage: &Stage| {
        prove(stage);
        types(stage, "prove-pin", "1234");
        stage.tap("pin-next");
    };
    check("pin-new", &with_pins(), fresh, &["new-pin-9", "pin-next"]);
}
