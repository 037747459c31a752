//! What is out of the ordinary in a car park, and what is said of it elsewhere by mistake.

use super::{Walk, at};
use crate::store::person;
use tameio::app::input::{By, Input, OpenVisit, ParkingInput};
use tameio::domain::money::Cents;
use tameio::domain::ticket::TicketFate;
use tameio::paper::ticket::code_of;

impl Walk {
    pub(super) fn parked(&mut self) -> Input {
        let (visit, reason) = (self.visit(), self.word());
        let with_owner = By { operator: person("A"), approved_by: Some(person("owner")) };
        let by = if self.chance.up_to(2) == 0 { self.by() } else { with_owner };
        let operator = person("A");
        let ago_s = i64::try_from(self.chance.up_to(3_600)).unwrap_or_default();
        let then = self.now.moved(60 - ago_s);
        let price = self.pick(&[Cents(300), Cents(300), Cents::ZERO, Cents(-1)]).unwrap_or_default();
        if self.chance.up_to(2) > 0 {
            return self.subscribed();
        }
        if self.chance.up_to(9) == 0 {
            return self.tariffed();
        }
        if self.chance.up_to(1) == 0 {
            return self.validated();
        }
        match self.chance.up_to(7) {
            0 | 1 => Input::Parking(ParkingInput::ScanTicket { code: self.ticket(), operator }),
            2 => {
                let fates = [TicketFate::Lost, TicketFate::Damaged, TicketFate::Held];
                Input::Parking(ParkingInput::TicketGone {
                    visit,
                    fate: fates[at(&mut self.chance, 3)],
                    operator,
                })
            }
            3 => {
                let open = Box::new(OpenVisit::new("ΑΒΕ-1111", self.size(), operator));
                let price = Some(price).filter(|price| *price != Cents::ZERO);
                Input::Parking(ParkingInput::OpenFound { open, price, reason, by })
            }
            4 => Input::Parking(ParkingInput::PriceFrom { visit, from: then, reason, by }),
            5 => Input::Parking(ParkingInput::AgreePrice { visit, price, reason, by }),
            6 => Input::Parking(ParkingInput::ReleaseOwing { visit, debtor: self.word(), reason, operator }),
            _ => Input::Parking(ParkingInput::CloseMissed { visit, left: then, reason, by }),
        }
    }

    /// A ticket of a visit that is here, of one that was, of none, or half of one.
    fn ticket(&mut self) -> String {
        let state = self.terminal().state();
        let mut references: Vec<_> = state.visits.values().map(|visit| visit.reference.clone()).collect();
        if let Some(mut some) = references.first().cloned() {
            for number in [1, 2, 3, 999] {
                some.number = number;
                references.push(some.clone());
            }
        }
        let reference = self.pick(&references);
        let code = reference.map_or_else(|| "T".to_owned(), |one| code_of(&self.settings, &one));
        self.pick(&[code.clone(), code.clone(), code[..code.len() - 1].to_owned()]).unwrap_or(code)
    }
}
