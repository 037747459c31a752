//! Rentals that are paid in instalments: agreed, put right, charged, extended, also where there is nothing to charge.

use super::Walk;
use crate::store::person;
use jiff::ToSpan;
use tameio::app::input::{By, Input, LeaseInput, OpenVisit, WantedLease};
use tameio::domain::catalogue::Size;
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::payment::Tender;
use tameio::domain::settings::Trade;
use tameio::domain::terms::{Period, Periodicity, ServiceTerms};
use tameio::domain::text::Text;
use tameio::domain::visit::Visit;

impl Walk {
    /// Anything that may be done with a lease; one is opened first.
    pub(super) fn leased(&mut self) -> Input {
        let on_lease = |visit: &&Visit| matches!(visit.terms, ServiceTerms::Lease { .. });
        let open: Vec<VisitId> =
            self.terminal().state().visits.values().filter(on_lease).map(|visit| visit.id).collect();
        if open.is_empty() {
            return self.comes_on_a_lease();
        }
        let stranger = self.chance.up_to(9) == 0;
        let any = self.visit();
        let visit = self.pick(&open).filter(|_| !stranger).unwrap_or(any);
        let known = self.terminal().state().visits.get(&visit).cloned();
        let operator = person("A");
        let by = if self.chance.up_to(4) == 0 {
            self.by()
        } else {
            By { operator: operator.clone(), approved_by: Some(person("owner")) }
        };
        let agreed = known.as_ref().is_some_and(|visit| visit.lease.is_some());
        match self.chance.up_to(if agreed { 9 } else { 2 }) {
            0..=2 => {
                let every_days = self.pick(&[None, Some(15), Some(0)]).flatten();
                let rate = self.pick(&[Cents(45_000), Cents(30_001), Cents::ZERO]).unwrap_or_default();
                let deposit = self.pick(&[Cents::ZERO, Cents(60_000)]).unwrap_or_default();
                let wanted = WantedLease { rate, every_days, deposit };
                Input::Lease(LeaseInput::Agree { visit, wanted, by })
            }
            3 | 4 => {
                let upto = self.pick(&[None, None, Some(1), Some(2), Some(9)]).flatten();
                Input::Lease(LeaseInput::Charge { visit, upto, operator })
            }
            5 => {
                let last = known.and_then(|visit| visit.lease?.last()).unwrap_or(self.now.date());
                let days = self.pick(&[0, 10, 45, 9_000]).unwrap_or(10);
                let last = last.checked_add(days.days()).unwrap_or(last);
                let rate = self.pick(&[None, Some(Cents(40_000)), Some(Cents::ZERO)]).flatten();
                Input::Lease(LeaseInput::Extend { visit, last, rate, by })
            }
            _ => {
                let due = known.map_or(Cents::ZERO, |visit| visit.due());
                let tenders = vec![Tender::CardApart { amount: due, tip: Cents::ZERO }];
                Input::Pay { visit, tenders, invoice_to: None, operator }
            }
        }
    }

    fn comes_on_a_lease(&mut self) -> Input {
        let number = 1_000 + self.chance.up_to(8_999);
        let from = self.now.date();
        let days = self.pick(&[20, 90, 365]).unwrap_or(90);
        let period = Period { from, to: from.checked_add(days.days()).unwrap_or(from) };
        let words = Periodicity::Other(Text::new("κάθε 15 ημέρες"));
        let every = self.pick(&[Periodicity::Months(1), words]).unwrap_or(Periodicity::Months(1));
        let open = OpenVisit::new(&format!("ΜΙΣ-{number}"), Size::Small, person("A"));
        let terms = ServiceTerms::Lease { period, every };
        Input::OpenVisit(OpenVisit { trade: Some(Trade::Rental), terms, ..open })
    }
}
