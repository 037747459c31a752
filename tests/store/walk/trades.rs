//! What only some trades do: a garage's work order.

use super::Walk;
use crate::store::person;
use tameio::app::input::Input;
use tameio::domain::dashboard::{Dashboard, Eighths};
use tameio::domain::entry::ClientType;
use tameio::domain::ids::VisitId;
use tameio::domain::money::{Cents, Quantity};
use tameio::domain::sale::PriceBasis;
use tameio::domain::text::{Name, Text};
use tameio::domain::work::{ApprovalWay, NextService, WantedLine, WorkKind};

impl Walk {
    /// Anything that only some trades do.
    pub(super) fn of_trades(&mut self) -> Input {
        self.work()
    }

    /// Anything that may be done with a work order, as a rule with one of a garage.
    fn work(&mut self) -> Input {
        let visit = self.visit_of(ClientType::Garage);
        let km = self.pick(&[None, Some(84_310), Some(u32::MAX)]).flatten();
        let last = self
            .terminal()
            .state()
            .visits
            .get(&visit)
            .and_then(|visit| visit.work.as_ref()?.estimates.last());
        let version = last.map_or(1, |last| last.version);
        match self.chance.up_to(7) {
            0 => {
                let dashboard = Dashboard { km, fuel: Eighths::new(3) };
                Input::DescribeWork { visit, complaint: self.word(), dashboard }
            }
            1 | 2 => {
                let lines = (0..self.chance.up_to(4)).map(|_| self.work_line()).collect();
                Input::WriteWork { visit, lines }
            }
            3 => Input::MakeEstimate { visit, operator: person("A") },
            4 | 5 => Input::ApproveEstimate {
                visit,
                version,
                name: self.word(),
                way: self.pick(&ApprovalWay::ALL).unwrap_or(ApprovalWay::Phone),
                operator: person("A"),
            },
            6 => Input::AwaitParts {
                visit, what: self.pick(&[None, Some("Δίσκοι".to_owned())]).flatten()
            },
            _ => {
                let what = Text::new(&self.word());
                let next = self.pick(&[None, Some(NextService { on: None, km, what })]).flatten();
                Input::SetNextService { visit, next }
            }
        }
    }

    fn work_line(&mut self) -> WantedLine {
        let quantity = self.pick(&[1_000, 1_000, 2_500, 0, 1_001]).unwrap_or(1_000);
        let word = self.word();
        WantedLine {
            kind: self.pick(&WorkKind::ALL).unwrap_or(WorkKind::Labour),
            code: self.pick(&["", "EXT", "nothing"]).unwrap_or_default().to_owned(),
            name: Name::new(&word, &word),
            quantity: Quantity(quantity),
            unit_price: Cents(i64::try_from(self.chance.up_to(9_000)).unwrap_or_default()),
            basis: self.pick(&[PriceBasis::WithVat, PriceBasis::WithoutVat]).unwrap_or_default(),
        }
    }

    /// An open visit of a kind of business as a rule; sometimes any.
    fn visit_of(&mut self, client_type: ClientType) -> VisitId {
        let of_kind =
            self.terminal().state().visits.values().filter(|visit| visit.client_type == client_type);
        let open: Vec<VisitId> = of_kind.map(|visit| visit.id).collect();
        let any = self.visit();
        let stranger = self.chance.up_to(9) == 0;
        self.pick(&open).filter(|_| !stranger).unwrap_or(any)
    }
}
