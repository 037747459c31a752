//! Cash without a sale, the count and its difference, relief and quick close.

use super::{SIZE, begin, count, page, shift};
use crate::pages::check;
use crate::stage::{Stage, wash};
use tameio::app::input::{Input, PaperInput, TillInput};
use tameio::domain::money::Cents;
use tameio::domain::paper::Paper;
use tameio::domain::shift::{Movement, MovementKind, Shift};
use tameio::view::generated::Page;

fn till() -> Stage {
    let stage = Stage::of(wash(), SIZE);
    shift(&stage);
    stage
}

fn open(stage: &Stage) -> Shift {
    stage.state(|state| state.shift.clone()).expect("a shift")
}

fn last_movement(stage: &Stage) -> Movement {
    open(stage).movements.last().cloned().expect("a movement")
}

#[test]
fn cash_is_paid_out_with_a_reason_and_a_second_person() {
    let stage = till();
    stage.tap_all(&["open-movement", "move-2", "move-00", "move-0"]);
    assert!(!stage.is_enabled("move-now"), "not without a reason");
    stage.tap_all(&["move-reason-0", "move-now", "approve-chief", "approve"]);
    assert_eq!(page(&stage), Page::Shift);
    let movement = last_movement(&stage);
    assert_eq!((movement.kind, movement.amount), (MovementKind::PaidOut, Cents(2_000)));
    assert_eq!(movement.approved_by.0, "chief");
    assert!(!movement.reason.is_empty());
}

#[test]
fn the_safe_takes_and_gives_and_more_than_there_is_stays() {
    let stage = till();
    stage.tap_all(&["open-movement", "move-safe-drop", "move-9", "move-00", "move-0", "move-now"]);
    assert_eq!(page(&stage), Page::Movement);
    assert!(!stage.text("move-fault").is_empty(), "there are 50.00 in it");
    stage.tap_all(&["move-erase", "move-erase", "move-erase", "move-erase"]);
    stage.tap_all(&["move-3", "move-00", "move-0", "move-now"]);
    assert_eq!((last_movement(&stage).kind, page(&stage)), (MovementKind::SafeDrop, Page::Shift));
    stage.tap_all(&["open-movement", "move-float-in", "move-1", "move-00", "move-0", "move-now"]);
    let held = stage.state(|state| state.shift.as_ref().map(Shift::expected_cash));
    assert_eq!(held, Some(Cents(5_000 - 3_000 + 1_000)));
}

#[test]
fn money_is_paid_in_in_other_words() {
    let stage = till();
    stage.tap_all(&["open-movement", "move-paid-in", "move-5", "move-00", "move-words"]);
    stage.tap_all(&["reason-alphabet", "reason-O", "reason-L", "reason-D", "reason-done", "move-now"]);
    let movement = last_movement(&stage);
    assert_eq!((movement.kind, movement.reason.as_str()), (MovementKind::PaidIn, "OLD"));
}

#[test]
fn a_refused_step_up_moves_nothing_and_it_can_be_tried_again() {
    let stage = till();
    stage.tap_all(&["open-movement", "move-2", "move-00", "move-reason-1", "move-now", "step-up-close"]);
    assert!(open(&stage).movements.is_empty());
    stage.tap_all(&["move-now", "approve-owner", "approve"]);
    assert_eq!(last_movement(&stage).approved_by.0, "owner");
}

#[test]
fn the_report_is_printed_and_changes_nothing() {
    let stage = till();
    let before = open(&stage);
    stage.tap_all(&["print-report", "print-report"]);
    let asked = stage.sent();
    let reports = asked.iter().filter(|input| {
        matches!(input, Input::Paper(PaperInput::Print { paper: Paper::ShiftReport { .. } }))
    });
    assert_eq!(reports.count(), 1, "one is on its way");
    assert_eq!(open(&stage), before);
}

#[test]
fn somebody_relieves_and_the_drawer_stays_whose_it_is() {
    let stage = till();
    stage.tap_all(&["open-relief", "relieve-chief"]);
    let shift = open(&stage);
    assert_eq!((shift.operator.0.as_str(), shift.at_the_till().0.as_str()), ("A", "chief"));
    assert!(stage.element("relieved-by").is_some());
    // What is done now is done by who is there: no second person is needed.
    stage.tap_all(&["open-movement", "move-2", "move-00", "move-reason-0", "move-now"]);
    assert_eq!(last_movement(&stage).operator.0, "chief");
}

#[test]
fn a_drawer_is_counted_blind_by_its_pieces_and_the_difference_shown_after() {
    let stage = till();
    stage.tap("count-shift");
    assert!(!stage.is_enabled("close-shift"), "nothing is closed uncounted");
    assert!(stage.element("count-difference").is_none());
    count(&stage, &[(2_000, 2), (500, 1), (100, 2), (50, 2), (20, 1)]);
    assert_eq!(stage.text("count-sum"), "48,20 €");
    // A number is typed for the kind touched last, and taken back.
    stage.tap_all(&["piece-10", "count-1", "count-2", "count-erase"]);
    assert_eq!(stage.text("piece-10"), "0,10 € × 1");
    stage.tap("close-shift");
    assert_eq!(stage.text("count-difference"), "−1,70 €");
    assert!(stage.element("close-shift").is_none() && stage.element("explain").is_none());
    stage.state(|state| {
        let closing = state.done.values().next().and_then(|shift| shift.closed.clone()).expect("a count");
        let pieces = [(2_000, 2), (500, 1), (100, 2), (50, 2), (20, 1), (10, 1)];
        assert_eq!(closing.pieces, pieces.map(|(worth, count)| (Cents(worth), count)));
    });
}

#[test]
fn an_empty_drawer_is_counted_too() {
    let stage = till();
    stage.tap_all(&["count-shift", "piece-1", "count-clear", "close-shift"]);
    assert_eq!(stage.text("count-difference"), "−50,00 €");
}

#[test]
fn more_than_the_limit_is_explained_and_accepted() {
    let stage = till();
    stage.tap("count-shift");
    count(&stage, &[(2_000, 2)]);
    stage.tap("close-shift");
    assert_eq!(stage.text("count-difference"), "−10,00 €");
    assert!(!stage.is_enabled("explain"), "not without a reason");
    // It may be left, and waits on the shift's page.
    stage.tap("rail-shift");
    let waiting = stage.element_beginning("count-waiting-").expect("it waits");
    stage.tap(&waiting);
    stage.tap_all(&["why-0", "explain", "approve-owner", "approve"]);
    assert!(stage.element("explain").is_none());
    stage.state(|state| {
        let shift = state.done.values().next().expect("the shift");
        assert!(shift.closed.as_ref().is_some_and(|closing| closing.explained.is_some()));
    });
}

#[test]
fn a_quick_close_lets_the_next_begin_while_the_first_counts() {
    let stage = till();
    stage.tap("seal-shift");
    assert!(stage.state(|state| state.shift.is_none() && state.counting.len() == 1));
    stage.tap_all(&["person-chief", "shift-1", "shift-00", "shift-0", "open-shift"]);
    let waiting = stage.element_beginning("count-waiting-").expect("it waits for its count");
    stage.tap(&waiting);
    count(&stage, &[(5_000, 1)]);
    stage.sent();
    stage.tap("close-shift");
    let sent = stage.sent();
    let by_a = |input: &Input| matches!(input, Input::Till(TillInput::CloseShift { operator, .. }) if operator.0 == "A");
    assert!(sent.iter().any(by_a), "who answers for it counts it: {sent:?}");
    assert_eq!(stage.text("count-difference"), "0,00 €");
    assert_eq!(open(&stage).operator.0, "chief", "the next goes on");
}

#[test]
fn what_it_looks_like() {
    let move_page = |stage: &Stage| {
        shift(stage);
        stage.tap_all(&["open-movement", "move-2", "move-00", "move-0", "move-reason-0"]);
    };
    check("drawer-movement", &wash(), move_page, &["move-9", "move-reason-3", "move-words", "move-now"]);
    let refused = |stage: &Stage| {
        shift(stage);
        stage.tap_all(&["open-movement", "move-safe-drop", "move-9", "move-00", "move-00", "move-now"]);
    };
    check("drawer-refused", &wash(), refused, &["move-safe-drop", "move-now"]);
    let words = |stage: &Stage| {
        move_page(stage);
        stage.tap("move-words");
    };
    check("drawer-words", &wash(), words, &["reason-1", "reason-done"]);
    let counting = |stage: &Stage| {
        shift(stage);
        begin(stage);
        stage.tap_all(&["pay-exact", "rail-shift", "count-shift"]);
        count(stage, &[(5_000, 1), (2_000, 2), (1_000, 3), (50, 2), (20, 1)]);
    };
    check("drawer-count", &wash(), counting, &["piece-50000", "piece-1", "count-9", "close-shift"]);
    let counted = |stage: &Stage| {
        counting(stage);
        stage.tap("close-shift");
    };
    check("drawer-counted", &wash(), counted, &["count-difference", "why-0", "why-3", "explain"]);
    let waiting = |stage: &Stage| {
        shift(stage);
        stage.tap("seal-shift");
        stage.tap_all(&["person-chief", "shift-1", "shift-00", "shift-0", "open-shift"]);
        stage.tap_all(&["open-relief", "relieve-owner"]);
    };
    check("drawer-waiting", &wash(), waiting, &["open-movement", "count-shift"]);
    let relief = |stage: &Stage| {
        shift(stage);
        stage.tap("open-relief");
    };
    check("drawer-relief", &wash(), relief, &["relieve-chief"]);
}
