//! The drawer, its count, the day.

use crate::domain::day::DayClose;
use crate::domain::money::Cents;
use crate::domain::operator::{OperatorId, Right};
use crate::domain::shift::{DENOMINATIONS, MovementKind, Shift};
use crate::view::controller::Controller;
use crate::view::generated::{App, DayHindrance, DayRow, Drawer, MoveKind, Person, PieceKey, WaitingShift};
use crate::view::words;
use slint::ComponentHandle;

/// What waits for somebody, on the shift's page.
pub(super) fn show_waiting(controller: &Controller, app: &App) {
    let Some(state) = controller.state() else { return };
    let page = app.global::<Drawer>();
    let relieved = state.shift.as_ref().and_then(|shift| shift.relieved_by.as_ref());
    page.set_relieved_by(relieved.map(|id| name(controller, id)).unwrap_or_default().into());
    let limit = controller.settings.variance_max;
    let unexplained = state.done.values().filter(|shift| shift.is_unexplained(limit));
    let mut shifts: Vec<&Shift> = state.counting.values().chain(unexplained).collect();
    shifts.sort_by_key(|shift| shift.opened);
    super::sync(&controller.lists.waiting, shifts.into_iter().map(|one| waiting(controller, one)).collect());
    let at_the_till = controller.operator();
    let others = controller.settings.operators.iter().filter(|one| one.id != at_the_till);
    let others: Vec<Person> = others.map(super::shift::person).collect();
    super::sync(&controller.lists.relievers, others);
}

pub(super) fn name(controller: &Controller, id: &OperatorId) -> String {
    controller.settings.operator(id).map_or_else(|| id.0.clone(), |person| person.name.to_string())
}

fn since(controller: &Controller, shift: &Shift) -> String {
    controller.now().map_or_else(|| shift.opened.clock(), |now| super::clock(shift.opened, now))
}

fn waiting(controller: &Controller, shift: &Shift) -> WaitingShift {
    let difference = shift.closed.as_ref().map(|closing| closing.variance());
    WaitingShift {
        id: shift.id.to_string().into(),
        operator: name(controller, &shift.operator).into(),
        since: since(controller, shift).into(),
        forced: shift.sealed.is_some_and(|sealed| sealed.forced),
        difference: difference
            .map(|cents| words::money(cents, controller.form.language))
            .unwrap_or_default()
            .into(),
    }
}

pub(super) fn show_movement(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Drawer>(), &controller.form.till.movement);
    page.set_kind(match form.kind {
        MovementKind::PaidOut => MoveKind::PaidOut,
        MovementKind::SafeDrop => MoveKind::SafeDrop,
        MovementKind::PaidIn => MoveKind::PaidIn,
        MovementKind::FloatIn => MoveKind::FloatIn,
        MovementKind::TipPayout => MoveKind::Tips,
    });
    page.set_amount(words::typed_money(&form.typed, controller.form.language).into());
    page.set_reason(form.reason.as_str().into());
    page.set_needs_reason(form.needs_reason());
    let why = !form.needs_reason() || !form.reason.trim().is_empty();
    page.set_may_move(!form.typed.is_empty() && why && form.sent.is_none());
    fault(controller, &page);
}

fn fault(controller: &Controller, page: &Drawer<'_>) {
    page.set_fault(controller.form.till.fault.as_deref().unwrap_or_default().into());
}

pub(super) fn show_count(controller: &Controller, app: &App) {
    let (page, form, language) =
        (app.global::<Drawer>(), &controller.form.till.count, controller.form.language);
    fault(controller, &page);
    let Some(shift) = controller.counted_shift() else { return };
    page.set_counted_person(name(controller, &shift.operator).into());
    page.set_counted_since(since(controller, shift).into());
    page.set_may_close(form.active.is_some() && !form.sent);
    let keys = DENOMINATIONS.iter().map(|worth| piece(controller, *worth)).collect();
    super::sync(&controller.lists.pieces, keys);
    page.set_is_counted(shift.closed.is_some());
    let money = |amount: Cents| slint::SharedString::from(words::money(amount, language));
    let Some(closing) = &shift.closed else { return page.set_sum(money(form.sum())) };
    let variance = closing.variance();
    page.set_sum(money(closing.counted));
    page.set_expected(money(closing.expected));
    page.set_difference(money(variance));
    page.set_short(variance < Cents::ZERO);
    page.set_exact(variance.is_zero());
    page.set_unexplained(shift.is_unexplained(controller.settings.variance_max));
}

fn piece(controller: &Controller, worth: Cents) -> PieceKey {
    let (form, language) = (&controller.form.till.count, controller.form.language);
    let count = form.count(worth);
    let face =
        if worth.0 % 100 == 0 { format!("{} €", worth.0 / 100) } else { words::money(worth, language) };
    PieceKey {
        cents: i32::try_from(worth.0).unwrap_or_default(),
        face: face.into(),
        count: i32::try_from(count).unwrap_or(i32::MAX),
        sum: words::money(Cents(worth.0 * i64::from(count)), language).into(),
        active: form.active == Some(worth),
    }
}

pub(super) fn show_day(controller: &Controller, app: &App) {
    let (page, form) = (app.global::<Drawer>(), &controller.form.till.day);
    fault(controller, &page);
    let hindrance = controller.hindrance();
    page.set_hindrance(hindrance);
    page.set_may_close_day(hindrance == DayHindrance::None && !form.sent);
    let inside = controller.state().map_or(0, |state| state.visits.len());
    page.set_inside(i32::try_from(inside).unwrap_or(i32::MAX));
    page.set_machine_z(form.z.as_str().into());
    page.set_day_closed(number(form.closed.unwrap_or_default()));
    let rows = form.rows.iter().map(|close| row(controller, close)).collect();
    super::sync(&controller.lists.days, rows);
}

/// A close as it is listed: its sum for who may see the figures of a day.
fn row(controller: &Controller, close: &DayClose) -> DayRow {
    let sees = Right::SeeExpected.is_held_by(controller.settings.role(&controller.operator()));
    let gross = sees.then(|| words::money(close.figures.gross, controller.form.language));
    DayRow {
        number: number(close.number),
        at: close.at.local().strftime("%-d/%-m/%Y %H:%M").to_string().into(),
        operator: name(controller, &close.operator).into(),
        gross: gross.unwrap_or_default().into(),
        documents: number(close.figures.documents().into()),
    }
}

fn number(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
