//! The board of a wash: one tap moves a vehicle on.

use super::Controller;
use crate::app::input::Input;
use crate::domain::bay::Place;
use crate::domain::ids::VisitId;
use crate::domain::visit::Visit;
use crate::view::generated::Page;

impl Controller {
    /// Everything on the board, whatever comes first there in front.
    pub(in crate::view) fn on_board(&self) -> Vec<&Visit> {
        let Some(state) = self.state() else { return Vec::new() };
        let mut visits: Vec<&Visit> =
            state.visits.values().filter(|visit| self.settings.has_board(visit)).collect();
        visits.sort_by_key(|visit| visit.reference.number);
        visits
    }

    /// The first bay with nothing in it.
    pub(in crate::view) fn free_bay(&self) -> Option<u8> {
        let visits = self.on_board();
        let taken = |bay: &u8| visits.iter().any(|visit| visit.board.place == Place::Bay { bay: *bay });
        (1..=self.settings.bays).find(|bay| !taken(bay))
    }

    pub(in crate::view) fn send_to_bay(&mut self, visit: &str) {
        if let (Ok(visit), Some(bay)) = (visit.parse(), self.free_bay()) {
            self.move_to(visit, Place::Bay { bay });
        }
    }

    /// The vehicle that waits longest goes into this bay.
    pub(in crate::view) fn fill_bay(&mut self, bay: i32) {
        let next = self.on_board().into_iter().find(|visit| visit.board.place == Place::Queue);
        if let (Some(visit), Ok(bay)) = (next.map(|visit| visit.id), u8::try_from(bay)) {
            self.move_to(visit, Place::Bay { bay });
        }
    }

    pub(in crate::view) fn ready_now(&mut self, visit: &str) {
        if let Ok(visit) = visit.parse() {
            self.move_to(visit, Place::Ready);
        }
    }

    pub(in crate::view) fn take_back(&mut self, visit: &str) {
        if let Ok(visit) = visit.parse() {
            self.move_to(visit, Place::Queue);
        }
    }

    pub(super) fn move_to(&mut self, visit: VisitId, place: Place) {
        self.send(Input::Place { visit, place, operator: self.operator() });
    }

    pub(in crate::view) fn pay_from_board(&mut self, visit: &str) {
        if let Ok(visit) = visit.parse() {
            self.show_visit_page(visit);
            self.start_paying();
        }
    }

    /// The vehicle leaves, and the board stays up.
    pub(in crate::view) fn leave_from_board(&mut self, visit: &str) {
        if let Ok(visit) = visit.parse() {
            self.send(Input::Depart { visit, operator: self.operator(), returned_at: None });
            self.go(Page::Board);
        }
    }
}
