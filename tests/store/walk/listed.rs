//! What the registry may list, and what a person may do about it.

use super::Walk;
use crate::store::person;
use tameio::app::input::{By, Input, RegistryInput};
use tameio::domain::difference::{Difference, Listed, ListedPage, ListedVehicle, PageWanted, WayOut};
use tameio::domain::entry::ClientType;
use tameio::domain::text::Text;

const WAYS: [WayOut; 5] =
    [WayOut::Adopt, WayOut::CancelThere, WayOut::TellAgain, WayOut::Leave, WayOut::Over];

impl Walk {
    /// A page of anything, or none.
    pub(super) fn page(&mut self, wanted: PageWanted) -> Input {
        if self.chance.up_to(7) == 0 {
            return Input::Registry(RegistryInput::ListingFailed { wanted, why: Text::new("x") });
        }
        // Listed whole as a rule: then only what is listed beside ours differs.
        let ours = self.numbers("SELECT registry_id FROM messages WHERE registry_id IS NOT NULL");
        let entries = self.numbers("SELECT entry_id FROM visits WHERE entry_id IS NOT NULL");
        let hidden = self.chance.up_to(2);
        let mut listed: Vec<Listed> = ours
            .into_iter()
            .filter(|_| hidden > 0 || self.chance.up_to(7) > 0)
            .map(|id| Listed::Other { id })
            .collect();
        for _ in 0..self.chance.up_to(5) {
            self.registry_id += 1;
            let (id, entry) = (self.registry_id, self.pick(&entries).unwrap_or(7));
            listed.push(match self.chance.up_to(5) {
                0 => Listed::Completion { id, entry },
                1 => Listed::Cancellation { id, entry },
                2 => Listed::Cancellation { id, entry: id - 1 },
                _ => Listed::Entry(self.vehicle(id)),
            });
        }
        let next = self.pick(&[None, None, Some("next".to_owned())]).flatten();
        Input::Registry(RegistryInput::Listed { wanted, page: ListedPage { listed, next } })
    }

    /// A person at the list of differences.
    pub(super) fn difference(&mut self) -> Input {
        let open: Vec<Difference> = self.terminal().state().differences.values().cloned().collect();
        match self.pick(&open) {
            Some(difference) => {
                let likeliest = difference.ways_out().first().copied();
                let way = likeliest.filter(|_| self.chance.up_to(2) > 0).or_else(|| self.pick(&WAYS));
                let (difference, way) = (difference.id(), way.unwrap_or(WayOut::Leave));
                let chief = By { operator: person("chief"), approved_by: None };
                let by = if self.chance.up_to(2) > 0 { chief } else { self.by() };
                Input::Registry(RegistryInput::SettleDifference { difference, way, by })
            }
            None => Input::Registry(RegistryInput::CompareNow),
        }
    }

    fn vehicle(&mut self, entry: i64) -> ListedVehicle {
        let comment =
            self.pick(&["", "", "", "", "#7K3Q-000001 x", "#7K3Q-999999", "#ZZZZ-000001", "#7K3Q-00001"]);
        // As a rule of a vehicle inside that has no entry yet: the way out is then to take this one for it.
        let visits = self.terminal().state().visits.values();
        let inside: Vec<String> =
            visits.filter(|visit| visit.entry.id.is_none()).map(|visit| visit.plate.text.clone()).collect();
        let plate = match self.chance.up_to(2) {
            0 => self.plate(),
            _ => self.pick(&inside).unwrap_or_default(),
        };
        ListedVehicle {
            entry,
            client_type: self
                .pick(&[Some(ClientType::ParkingWash), Some(ClientType::ParkingWash), None])
                .flatten(),
            branch: self.pick(&[None, Some(0)]).flatten(),
            plate: Text::new(&plate),
            is_foreign: self.chance.up_to(9) == 0,
            created: self.pick(&[None, Some(self.now)]).flatten(),
            comments: Text::new(comment.unwrap_or_default()),
            completed: self.chance.up_to(9) == 0,
        }
    }

    fn numbers(&self, sql: &str) -> Vec<i64> {
        let conn = self.terminal().store().connection();
        let mut statement = conn.prepare(sql).expect("a question");
        let rows = statement.query_map([], |row| row.get(0)).expect("numbers");
        rows.collect::<Result<_, _>>().expect("numbers")
    }
}
