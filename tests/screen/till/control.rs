//! Who did what: shown to whoever may see it, a column for each person, today and on earlier days.

use super::{SIZE, begin, count, page, shift};
use crate::pages::{check, come};
use crate::stage::{Stage, wash};
use slint::{ComponentHandle, Model};
use tameio::app::input::{By, Input, TillInput};
use tameio::domain::catalogue::Size;
use tameio::domain::operator::OperatorId;
use tameio::view::generated::{Control, ControlKind, Page};

fn by(person: &str) -> By {
    By { operator: OperatorId(person.to_owned()), approved_by: Some(OperatorId("owner".to_owned())) }
}

/// A sale given back, a drawer opened for nothing, a copy.
fn doings(stage: &Stage) {
    shift(stage);
    begin(stage);
    stage.tap("pay-exact");
    stage.pass(5);
    stage.tap_all(&["rail-documents", "receipts-open", "receipt-A-1", "receipts-print"]);
    stage.pass(5);
    stage.tap_all(&["receipts-refund", "refund-reason-0", "refund-send", "approve-chief", "approve"]);
    stage.happen(Input::Till(TillInput::OpenDrawer { by: by("A") }));
    stage.happen(Input::Till(TillInput::OpenDrawer { by: by("chief") }));
}

fn open(stage: &Stage) {
    stage.tap_all(&["rail-shift", "open-day", "control-open", "approve-owner", "approve"]);
}

fn values(stage: &Stage, kind: ControlKind) -> Vec<String> {
    let rows = stage.app().global::<Control>().get_rows();
    let row = rows.iter().find(|row| row.kind == kind).expect("it is counted");
    row.values.iter().map(|value| value.to_string()).collect()
}

#[test]
fn a_manager_sees_what_each_person_did_and_nobody_else_does() {
    let stage = Stage::of(wash(), SIZE);
    doings(&stage);
    stage.tap_all(&["rail-shift", "open-day", "control-open"]);
    assert!(stage.element("approve-chief").is_none(), "not the chief's");
    assert_eq!(page(&stage), Page::Day);
    stage.tap_all(&["approve-owner", "approve"]);
    assert_eq!(page(&stage), Page::Control);
    let people: Vec<String> =
        stage.app().global::<Control>().get_people().iter().map(|name| name.to_string()).collect();
    assert_eq!(people.len(), 2, "{people:?}");
    assert_eq!(values(&stage, ControlKind::Refunds), ["1", ""]);
    assert_eq!(values(&stage, ControlKind::Refunded), ["13,00 €", ""]);
    assert_eq!(values(&stage, ControlKind::Reprints), ["1", ""]);
    assert_eq!(values(&stage, ControlKind::NoSale), ["1", "1"]);
    // What there is to see stands above what there is not.
    let rows = stage.app().global::<Control>().get_rows();
    assert!(
        rows.iter().map(|row| row.any).is_sorted_by(|above, below| above >= below),
        "the odd comes first"
    );
    // The try to look without the right is itself seen.
    assert_eq!(values(&stage, ControlKind::Refused), ["2", ""]);
    stage.tap("control-back");
    assert_eq!(page(&stage), Page::Day);
}

#[test]
fn an_earlier_day_is_looked_at_too() {
    let stage = Stage::of(wash(), SIZE);
    doings(&stage);
    stage.tap_all(&["rail-shift", "count-shift"]);
    count(&stage, &[(5_000, 1)]);
    stage.tap_all(&["close-shift", "count-day", "close-day", "approve-chief", "approve", "day-go-on"]);
    // Nobody has the drawer now: the first person of the list, a cashier, is taken to be there.
    stage.tap_all(&["control-open", "approve-owner", "approve"]);
    assert!(!stage.is_enabled("control-newer"));
    stage.tap("control-older");
    assert_eq!(values(&stage, ControlKind::Refunds), ["1", ""]);
    assert!(!stage.is_enabled("control-older"), "there was no day before that");
    stage.tap("control-newer");
    assert_eq!(values(&stage, ControlKind::Refused), ["1"], "of the new day there is only this look");
    assert_eq!(values(&stage, ControlKind::Refunds), [""], "the money went back the day before");
}

#[test]
fn the_page_draws() {
    let busy = |stage: &Stage| {
        doings(stage);
        come(stage, "ΥΖΒ-3307", Size::Small);
        let visit = crate::pages::newest(stage);
        let reason = "έφυγε".to_owned();
        stage.happen(Input::CancelVisit { visit, reason, by: by("chief") });
        open(stage);
    };
    check("control", &wash(), busy, &["control-back", "control-older", "control-newer"]);
    check("control-nothing", &wash(), open_as_owner, &["control-back"]);
}

fn open_as_owner(stage: &Stage) {
    stage.tap_all(&["rail-shift", "person-owner", "shift-5", "open-shift", "open-day", "control-open"]);
}
