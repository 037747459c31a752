//! A day is closed once, and what stands in its way is said.

use super::{SIZE, count, page, shift};
use crate::pages::{check, come};
use crate::stage::{Stage, wash};
use slint::{ComponentHandle, Model};
use tameio::app::input::{Input, PaperInput};
use tameio::domain::catalogue::Size;
use tameio::domain::paper::Paper;
use tameio::view::generated::{DayHindrance, Drawer, Page};

fn till() -> Stage {
    let stage = Stage::of(wash(), SIZE);
    shift(&stage);
    stage
}

fn hindrance(stage: &Stage) -> DayHindrance {
    stage.app().global::<Drawer>().get_hindrance()
}

/// The shift is counted to the cent.
fn counted(stage: &Stage) {
    stage.tap_all(&["rail-shift", "count-shift"]);
    count(stage, &[(5_000, 1)]);
    stage.tap("close-shift");
}

fn closed(stage: &Stage) -> u64 {
    stage.state(|state| state.days_closed)
}

#[test]
fn what_stands_in_the_way_is_said_where_the_day_is_closed() {
    let stage = till();
    stage.tap("open-day");
    assert_eq!((hindrance(&stage), stage.is_enabled("close-day")), (DayHindrance::ShiftOpen, false));
    stage.tap_all(&["day-shift", "seal-shift", "open-day"]);
    assert_eq!(hindrance(&stage), DayHindrance::Uncounted);
    stage.tap("day-shift");
    let waiting = stage.element_beginning("count-waiting-").expect("it waits");
    stage.tap(&waiting);
    count(&stage, &[(2_000, 1)]);
    stage.tap_all(&["close-shift", "rail-shift", "open-day"]);
    assert_eq!(hindrance(&stage), DayHindrance::Unexplained);
    stage.tap("day-shift");
    let waiting = stage.element_beginning("count-waiting-").expect("it waits for a word");
    stage.tap(&waiting);
    stage.tap_all(&["why-1", "explain", "approve-owner", "approve", "count-day"]);
    assert_eq!((hindrance(&stage), stage.is_enabled("close-day")), (DayHindrance::None, true));
}

#[test]
fn a_day_is_closed_with_the_machines_z_and_printed_again_as_a_copy() {
    let stage = till();
    counted(&stage);
    stage.tap_all(&["count-day", "z-8", "z-1", "z-5", "close-day", "approve-chief", "approve"]);
    assert_eq!(closed(&stage), 1);
    assert!(stage.text("day-hindrance").contains('1') && !stage.is_enabled("close-day"));
    let rows = stage.app().global::<Drawer>().get_days();
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1]);
    stage.pass(60);
    stage.sent();
    stage.tap("print-day-1");
    let sent = stage.sent();
    assert!(
        sent.contains(&Input::Paper(PaperInput::Print { paper: Paper::DayClose { number: 1, copy: 0 } })),
        "{sent:?}"
    );
    stage.tap("rail-shift");
    stage.tap("open-day");
    assert_eq!(hindrance(&stage), DayHindrance::Nothing, "a close is not repeated");
}

#[test]
fn vehicles_inside_are_known_before_the_close_and_not_after() {
    let stage = till();
    come(&stage, "ΙΗΖ-4821", Size::Small);
    counted(&stage);
    stage.tap_all(&["count-day", "close-day", "approve-chief", "approve"]);
    assert!(stage.element("sheet-day-open").is_some());
    stage.tap("day-not-yet");
    assert_eq!(closed(&stage), 0);
    stage.tap_all(&["close-day", "approve-chief", "approve", "day-go-on"]);
    assert_eq!((closed(&stage), page(&stage)), (1, Page::Day));
    stage.state(|state| assert_eq!(state.visits.len(), 1));
}

#[test]
fn what_it_looks_like() {
    let in_the_way = |stage: &Stage| {
        shift(stage);
        stage.tap("open-day");
    };
    check("day-hindered", &wash(), in_the_way, &["day-shift", "z-0", "close-day"]);
    let asked = |stage: &Stage| {
        shift(stage);
        come(stage, "ΙΗΖ-4821", Size::Small);
        counted(stage);
        stage.tap_all(&["count-day", "z-8", "z-1", "close-day", "approve-chief", "approve"]);
    };
    check("day-inside", &wash(), asked, &["day-not-yet", "day-go-on"]);
    let done = |stage: &Stage| {
        asked(stage);
        stage.tap("day-go-on");
    };
    check("day-closed", &wash(), done, &["print-day-1", "day-back"]);
}
