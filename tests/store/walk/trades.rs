//! What only some trades do: deposits, a garage's work order, a rental's hand-over and return.

use super::Walk;
use crate::store::person;
use jiff::civil;
use tameio::app::input::{
    DepositInput, Input, OpenVisit, RentalInput, SignatureInput, WantedHandOver, WantedReturn, WorkInput,
};
use tameio::domain::catalogue::Size;
use tameio::domain::dashboard::{Dashboard, Eighths};
use tameio::domain::entry::ClientType;
use tameio::domain::ids::{DepositId, VisitId};
use tameio::domain::money::{Cents, Quantity};
use tameio::domain::payment::{Means, Tender};
use tameio::domain::sale::PriceBasis;
use tameio::domain::settings::Trade;
use tameio::domain::signature::{Matter, Point, Stroke};
use tameio::domain::text::{Name, Text};
use tameio::domain::work::{ApprovalWay, NextService, WantedLine, WorkKind};
use uuid::Uuid;

impl Walk {
    /// Anything that only some trades do.
    pub(super) fn of_trades(&mut self) -> Input {
        match self.chance.up_to(8) {
            0 => self.deposit(),
            6 => self.signs(),
            7 | 8 => self.leased(),
            1 | 2 => self.comes_to(Trade::Rental).unwrap_or_else(|| self.trip()),
            _ => self.comes_to(Trade::Garage).unwrap_or_else(|| self.work()),
        }
    }

    /// A vehicle handed over or taken back, with what may and may not be typed.
    fn trip(&mut self) -> Input {
        let visit = self.visit_of(ClientType::Rental);
        let km = self.pick(&[None, Some(84_310), Some(85_000), Some(u32::MAX)]).flatten();
        let dashboard =
            Dashboard { km, fuel: self.pick(&[None, Eighths::new(3), Eighths::new(8)]).flatten() };
        let (operator, damage) = (person("A"), self.word());
        let away = self.terminal().state().visits.get(&visit).is_some_and(|visit| visit.rental.is_some());
        if self.chance.up_to(5) > if away { 1 } else { 4 } {
            let place =
                self.pick(&[None, None, Some("ΑΕΡΟΔΡΟΜΙΟ".to_owned()), Some(String::new())]).flatten();
            let wanted = Box::new(WantedReturn { dashboard, damage, place });
            return Input::Rental(RentalInput::TakeBack { visit, wanted, operator });
        }
        let days = [2030, 2030, 2026, 2020].map(|year| civil::date(year, 3, 14));
        let wanted = WantedHandOver {
            driver: self.pick(&["Μ. Παππά", "Μ. Παππά", "Μ. Παππά", ""]).unwrap_or_default().to_owned(),
            licence: self.pick(&["AB-123", "AB-123", "AB-123", ""]).unwrap_or_default().to_owned(),
            licence_until: self.pick(&days),
            days: self.pick(&[1, 1, 3, 3, 7, 0, 400]).unwrap_or(1),
            dashboard,
            accessories: self.word(),
            damage,
        };
        Input::Rental(RentalInput::HandOver { visit, wanted: Box::new(wanted), operator })
    }

    /// Money taken before anything is owed, set off, and given back; sometimes what was never taken, or more than was.
    pub(super) fn deposit(&mut self) -> Input {
        let visit = self.visit();
        let held: Vec<_> = self.terminal().state().deposits.values().cloned().collect();
        let amount = Cents(i64::try_from(self.chance.up_to(3_000)).unwrap_or_default());
        let held = self.pick(&held).filter(|_| self.chance.up_to(2) > 0);
        let Some(held) = held else {
            let cash = Tender::Cash { given: amount };
            let card = Tender::CardApart { amount, tip: Cents(100) };
            let linked = Tender::CardLinked { amount, tip: Cents::ZERO, session: None };
            let tenders = self.pick(&[vec![cash], vec![card], vec![linked], vec![]]).unwrap_or_default();
            return Input::Deposit(DepositInput::Take { visit, amount, tenders, operator: person("A") });
        };
        let due = self.terminal().state().visits.get(&held.visit).map_or(Cents::ZERO, |visit| visit.due());
        let part = self.pick(&[held.left(), amount, due.min(held.left())]).unwrap_or_default();
        if self.chance.up_to(1) == 0 {
            let tenders =
                vec![Tender::Deposit { deposit: held.id, amount: part }, Tender::Cash { given: due - part }];
            return Input::Pay { visit: held.visit, tenders, invoice_to: None, operator: person("A") };
        }
        let means = self.pick(&[Means::Cash, Means::Card, Means::Account]).unwrap_or(Means::Cash);
        let deposit = self.pick(&[held.id, held.id, DepositId(Uuid::nil())]).unwrap_or(held.id);
        Input::Deposit(DepositInput::Return {
            deposit,
            amount: part,
            means,
            reason: self.word(),
            by: self.by(),
        })
    }

    /// Somebody signs what there is to sign, or something there is not; with a hand that draws, or slips.
    fn signs(&mut self) -> Input {
        let (visit, operator) = (self.visit_of(ClientType::Rental), person("A"));
        let matter = self.pick(&[Matter::HandOver, Matter::Return]).unwrap_or(Matter::HandOver);
        let garage = self.visit_of(ClientType::Garage);
        let (visit, matter) = match self.chance.up_to(2) {
            0 => (garage, Matter::Estimate { version: 1 }),
            _ => (visit, matter),
        };
        let points = self.pick(&[2_u16, 9, 60]).unwrap_or(9);
        let stroke = Stroke((0..points).map(|at| Point(at * 40, at % 3 * 300)).collect());
        Input::Signature(match self.chance.up_to(3) {
            0 => SignatureInput::Decline { visit, matter, reason: self.word(), operator },
            _ => SignatureInput::Sign { visit, matter, name: self.word(), strokes: vec![stroke], operator },
        })
    }

    /// A vehicle for a kind of work that has none: chance alone seldom brings one.
    fn comes_to(&mut self, trade: Trade) -> Option<Input> {
        let mut open = self.terminal().state().visits.values();
        if open.any(|visit| visit.client_type == trade.client_type()) {
            return None;
        }
        let number = 1_000 + self.chance.up_to(8_999);
        let open = OpenVisit::new(&format!("ΝΚΟ-{number}"), Size::Small, person("A"));
        Some(Input::OpenVisit(OpenVisit { trade: Some(trade), ..open }))
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
        match self.chance.up_to(10) {
            0 => {
                let dashboard = Dashboard { km, fuel: Eighths::new(3) };
                Input::Work(WorkInput::Describe { visit, complaint: self.word(), dashboard })
            }
            1..=3 => {
                let lines = (0..self.chance.up_to(4)).map(|_| self.work_line()).collect();
                Input::Work(WorkInput::Write { visit, lines })
            }
            4 | 5 => Input::Work(WorkInput::Estimate { visit, operator: person("A") }),
            6 | 7 => Input::Work(WorkInput::Approve {
                visit,
                version,
                name: self.word(),
                way: self.pick(&ApprovalWay::ALL).unwrap_or(ApprovalWay::Phone),
                operator: person("A"),
            }),
            8 => Input::Work(WorkInput::AwaitParts {
                visit,
                what: self.pick(&[None, Some("Δίσκοι".to_owned())]).flatten(),
            }),
            9 => {
                let from_now_s = self.pick(&[-60, 3_600, 7_200]).unwrap_or(3_600);
                Input::Work(WorkInput::Promise { visit, at: self.now.moved(from_now_s) })
            }
            _ => {
                let what = Text::new(&self.word());
                let next =
                    self.pick(&[None, Some(NextService { km, what, ..NextService::default() })]).flatten();
                Input::Work(WorkInput::NextService { visit, next })
            }
        }
    }

    fn work_line(&mut self) -> WantedLine {
        let quantity =
            self.pick(&[1_000, 1_000, 1_000, 1_000, 2_500, 2_500, 2_500, 0, 1_001]).unwrap_or(1_000);
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
