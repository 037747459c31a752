//! The bays of a wash.

use crate::domain::bay::Place;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use crate::view::controller::Controller;
use crate::view::generated::{App, BayView, Board, BoardCard};
use crate::view::words;
use slint::ComponentHandle;

/// What of it is in the rail, on every page.
pub(super) fn show_rail(controller: &Controller, app: &App) {
    let page = app.global::<Board>();
    page.set_offered(controller.settings.bays > 0);
    let now = controller.now();
    let visits = controller.on_board();
    let late = visits.iter().filter(|visit| now.is_some_and(|now| visit.board.is_late(now))).count();
    page.set_late(i32::try_from(late).unwrap_or(i32::MAX));
}

pub(super) fn show(controller: &Controller, app: &App) {
    let page = app.global::<Board>();
    page.set_next_bay(controller.free_bay().map_or(0, i32::from));
    let Some(now) = controller.now() else { return };
    let visits = controller.on_board();
    let at = |place: Place| {
        let there = visits.iter().filter(move |visit| visit.board.place == place);
        there.map(|visit| card(controller, visit, now)).collect::<Vec<_>>()
    };
    let bay = |bay: u8| {
        let card = at(Place::Bay { bay }).pop();
        BayView { bay: i32::from(bay), taken: card.is_some(), card: card.unwrap_or_default() }
    };
    super::sync(&controller.lists.waiting_cars, at(Place::Queue));
    super::sync(&controller.lists.bays, (1..=controller.settings.bays).map(bay).collect());
    super::sync(&controller.lists.ready_cars, at(Place::Ready));
}

fn card(controller: &Controller, visit: &Visit, now: Stamp) -> BoardCard {
    let language = controller.form.language;
    let since = visit.board.since.unwrap_or(visit.arrived);
    let minutes = i32::try_from(now.seconds_since(&since) / 60).unwrap_or(i32::MAX);
    BoardCard {
        id: visit.id.to_string().into(),
        plate: super::face(&visit.plate),
        service: super::service_names(controller, visit).into(),
        age_minutes: minutes.max(0),
        promised: promised(visit, now).into(),
        late: visit.board.is_late(now),
        amount: super::amount(controller, visit)
            .map(|amount| words::money(amount, language))
            .unwrap_or_default()
            .into(),
        paid: super::paid(controller, visit),
    }
}

/// When it was promised; empty where nothing was, and once it is ready.
pub(super) fn promised(visit: &Visit, now: Stamp) -> String {
    let promised = visit.board.promised.filter(|_| visit.board.place != Place::Ready);
    promised.map(|promised| super::clock(promised, now)).unwrap_or_default()
}
