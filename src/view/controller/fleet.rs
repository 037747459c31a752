//! A rental desk's own vehicles.

use super::Controller;
use crate::domain::fleet::{InFleet, Whereabouts, whereabouts};
use crate::domain::settings::Trade;
use crate::view::ask::{self, Key, Purpose};
use crate::view::form::{AfterOpening, LaneForm};
use crate::view::generated::{FleetFilter, PadMode};
use crate::view::show;

impl Controller {
    /// Where each vehicle of the fleet is now.
    pub(in crate::view) fn fleet(&self) -> Vec<InFleet<'_>> {
        let (Some(state), Some(now)) = (self.state(), self.now()) else { return Vec::new() };
        whereabouts(&self.settings.rental.fleet, state.visits.values(), now)
    }

    /// There are vehicles to let here.
    pub(in crate::view) fn has_fleet(&self) -> bool {
        !self.settings.rental.fleet.is_empty() && self.settings.trades().any(|trade| trade == Trade::Rental)
    }

    pub(in crate::view) fn choose_fleet_filter(&mut self, filter: FleetFilter) {
        self.form.fleet = filter;
    }

    /// What comes next of a vehicle: the form it goes out with, the one it comes back with, or its visit.
    pub(in crate::view) fn act_on_fleet(&mut self, key: &str) {
        let fleet = self.fleet();
        let Some(touched) = fleet.into_iter().find(|one| one.vehicle.plate.key() == key) else { return };
        let (whereabouts, visit) = (touched.whereabouts, touched.visit.map(|visit| visit.id));
        let (typed, size) = (touched.vehicle.plate.text.clone(), show::size(touched.vehicle.size));
        match (whereabouts, visit) {
            (Whereabouts::Free, _) => {
                self.form.lane =
                    LaneForm { mode: PadMode::Greek, typed, size: Some(size), ..LaneForm::default() };
                let answers = &mut self.form.lane.arrival.answers;
                answers.set(Key::Trade, ask::trade_id(Trade::Rental));
                self.open_then(AfterOpening::HandOver);
            }
            (Whereabouts::Leaving, Some(visit)) => {
                self.show_visit_page(visit);
                self.begin(Purpose::HandOver);
            }
            (Whereabouts::Out | Whereabouts::DueToday | Whereabouts::Late, Some(visit)) => {
                self.show_visit_page(visit);
                self.begin(Purpose::TakeBack);
            }
            (_, Some(visit)) => self.show_visit_page(visit),
            (_, None) => {}
        }
    }

    /// It was touched in the fleet's list: as soon as its visit is known, what is agreed is asked.
    pub(super) fn follow_hand_over(&mut self) {
        let here = self.visit().is_some_and(|visit| visit.state.is_inside());
        if here && std::mem::take(&mut self.form.visit.hand_over) {
            self.begin(Purpose::HandOver);
        }
    }
}
