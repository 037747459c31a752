//! What stands on the wall, of all that is inside. It is read by whoever passes, so nothing but this is taken out of the world:
//! the end of a plate, a package by its name in the price list, a state, times, and the numbers of orders. No name, no
//! telephone number, no amount, and no word anybody typed.

use super::plates::Plates;
use crate::config::wall::{Wall, WallShows};
use crate::domain::bay::Place;
use crate::domain::entry::ClientType;
use crate::domain::order::OrderState;
use crate::domain::text::Language;
use crate::domain::time::Stamp;
use crate::domain::visit::{Visit, VisitState};
use crate::view::controller::Controller;
use crate::view::generated::{WallRow, WallState};
use slint::SharedString;

/// Everything of one kind of work.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Board {
    pub(super) shows: WallShows,
    /// What is being worked on, or waits; free bays among them.
    pub(super) rows: Vec<WallRow>,
    /// What can be fetched.
    pub(super) ready: Vec<SharedString>,
}

impl Board {
    /// Nothing of it is inside.
    pub(super) fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// Vehicles and orders on it.
    pub(super) fn count(&self) -> usize {
        self.ready.len() + vehicles(&self.rows)
    }
}

/// Rows with a vehicle.
pub(super) fn vehicles(rows: &[WallRow]) -> usize {
    rows.iter().filter(|row| row.state != WallState::Free).count()
}

/// What stands on the wall at an instant, in one language.
pub(super) fn boards(controller: &Controller, rules: &Wall, language: Language, now: Stamp) -> Vec<Board> {
    let plates = Plates::of(&shown(controller, rules), rules.plate_chars);
    let pen = Pen { controller, plates: &plates, language, now };
    rules.shows.iter().map(|shows| pen.board(*shows)).collect()
}

/// Every visit the wall has room for: two plates must not look alike, whichever page they are on.
fn shown<'a>(controller: &'a Controller, rules: &Wall) -> Vec<&'a Visit> {
    let of = |shows: &WallShows| match shows {
        WallShows::Wash => controller.on_board(),
        WallShows::Garage => in_garage(controller),
        WallShows::Orders => Vec::new(),
    };
    rules.shows.iter().flat_map(of).collect()
}

fn in_garage(controller: &Controller) -> Vec<&Visit> {
    let Some(state) = controller.state() else { return Vec::new() };
    let inside = |visit: &&Visit| visit.client_type == ClientType::Garage && visit.state.is_inside();
    let mut visits: Vec<&Visit> = state.visits.values().filter(inside).collect();
    visits.sort_by_key(|visit| visit.reference.number);
    visits
}

struct Pen<'a> {
    controller: &'a Controller,
    plates: &'a Plates,
    language: Language,
    now: Stamp,
}

impl Pen<'_> {
    fn board(&self, shows: WallShows) -> Board {
        match shows {
            WallShows::Wash => self.wash(),
            WallShows::Garage => self.garage(),
            WallShows::Orders => self.orders(),
        }
    }

    fn wash(&self) -> Board {
        let visits = self.controller.on_board();
        let mut rows: Vec<WallRow> = visits
            .iter()
            .filter_map(|visit| match visit.board.place {
                Place::Bay { bay } => Some(WallRow { bay: bay.into(), ..self.washed(visit, WallState::Bay) }),
                Place::Queue | Place::Ready => None,
            })
            .collect();
        let taken = |bay: &u8| rows.iter().any(|row| row.bay == i32::from(*bay));
        let free: Vec<u8> = (1..=self.controller.settings.bays).filter(|bay| !taken(bay)).collect();
        rows.extend(free.into_iter().map(|bay| WallRow {
            state: WallState::Free,
            bay: bay.into(),
            minutes: -1,
            ..WallRow::default()
        }));
        rows.sort_by_key(|row| row.bay);
        let queue = visits.iter().filter(|visit| visit.board.place == Place::Queue);
        rows.extend(queue.enumerate().map(|(at, visit)| {
            self.washed(visit, if at == 0 { WallState::Next } else { WallState::Waiting })
        }));
        let mut ready: Vec<&&Visit> =
            visits.iter().filter(|visit| visit.board.place == Place::Ready).collect();
        // Who was called last looks first.
        ready.sort_by_key(|visit| std::cmp::Reverse(visit.board.since));
        let ready = ready.into_iter().map(|visit| self.plates.shown(&visit.plate)).collect();
        Board { shows: WallShows::Wash, rows, ready }
    }

    fn washed(&self, visit: &Visit, state: WallState) -> WallRow {
        let since = visit.board.since.unwrap_or(visit.arrived);
        let minutes = i32::try_from(self.now.seconds_since(&since) / 60).unwrap_or(i32::MAX);
        WallRow { minutes: minutes.max(0), ..self.row(visit, state) }
    }

    fn garage(&self) -> Board {
        let visits = in_garage(self.controller);
        let rows = visits.iter().filter_map(|visit| {
            under_way(visit).map(|state| WallRow { minutes: -1, ..self.row(visit, state) })
        });
        let rows = rows.collect();
        let ready = visits.iter().filter(|visit| under_way(visit).is_none());
        let ready = ready.map(|visit| self.plates.shown(&visit.plate)).collect();
        Board { shows: WallShows::Garage, rows, ready }
    }

    fn row(&self, visit: &Visit, state: WallState) -> WallRow {
        WallRow {
            state,
            bay: 0,
            name: self.plates.shown(&visit.plate),
            service: self.package(visit),
            minutes: 0,
            promised: super::super::board::promised(visit, self.now).into(),
            late: visit.board.is_late(self.now),
        }
    }

    /// What the price list calls it. A line may carry a name somebody typed: that is not for the wall.
    fn package(&self, visit: &Visit) -> SharedString {
        let catalogue = &self.controller.settings.catalogue;
        let package = visit.sale.lines.iter().find_map(|line| catalogue.package(&line.code));
        package.map(|package| package.name.get(self.language).as_str()).unwrap_or_default().into()
    }

    fn orders(&self) -> Board {
        let orders = self.controller.state().into_iter().flat_map(|state| state.orders.values());
        let ready = orders.filter(|order| order.state == OrderState::Ready && order.here() > 0);
        let mut numbers: Vec<u64> = ready.map(|order| order.reference.number).collect();
        numbers.sort_unstable();
        let ready = numbers.into_iter().map(|number| number.to_string().into()).collect();
        Board { shows: WallShows::Orders, rows: Vec::new(), ready }
    }
}

/// Where a garage's vehicle stands that cannot be fetched yet; nothing for one that can.
fn under_way(visit: &Visit) -> Option<WallState> {
    let work = visit.work.as_deref();
    match visit.state {
        VisitState::Ready | VisitState::Settled { .. } => None,
        _ if work.is_some_and(|work| work.parts_awaited.is_some()) => Some(WallState::Parts),
        VisitState::InService => Some(WallState::Working),
        _ if work.is_some_and(|work| work.is_under_way(&visit.state)) => Some(WallState::Working),
        _ => Some(WallState::Came),
    }
}
