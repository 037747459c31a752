//! Monthly parking: sold, renewed, changed, and its vehicles in and out, also long after it has ended.

use super::{Walk, at};
use crate::store::person;
use tameio::app::input::{
    By, Input, ListedInput, OpenVisit, OrderInput, SubscriberInput, WantedSubscription, WantedVehicle,
};
use tameio::domain::ids::{SubscriptionId, VisitId};
use tameio::domain::listed::ListKind;
use tameio::domain::money::Cents;
use tameio::domain::order::Order;
use tameio::domain::payment::Tender;
use tameio::domain::plate::PlateEntry;
use uuid::Uuid;

const PLATES: [&str; 4] = ["ΧΑΝ-8080", "ΝΚΟ-9154", "ΥΖΒ-3307", "日本"];

impl Walk {
    pub(super) fn subscribed(&mut self) -> Input {
        let (operator, reason) = (person("A"), self.word());
        let state = self.terminal().state();
        let orders: Vec<Order> =
            state.orders.values().filter(|order| order.term.is_some()).cloned().collect();
        let known: Vec<SubscriptionId> = state.subscriptions.keys().copied().collect();
        let passes: Vec<VisitId> =
            state.visits.values().filter(|v| v.pass().is_some()).map(|v| v.id).collect();
        let away: Vec<String> = state.away.values().map(|visit| visit.plate.text.clone()).collect();
        let subscription = self.pick(&known).unwrap_or(SubscriptionId(Uuid::nil()));
        let wanted = self.wanted_subscription();
        let by = By { operator: person("A"), approved_by: Some(person("owner")) };
        let by = if self.chance.up_to(2) == 0 { self.by() } else { by };
        if known.is_empty() && self.chance.up_to(2) > 0 {
            return self.of_subscriber(SubscriberInput::Sell { wanted, from: None, operator });
        }
        if self.chance.up_to(7) == 0 {
            return self.listed(by);
        }
        match self.chance.up_to(23) {
            0 | 1 => {
                let from = self.pick(&[None, Some(self.now.date())]).flatten();
                self.of_subscriber(SubscriberInput::Sell { wanted, from, operator })
            }
            2..=4 => self.of_subscriber(SubscriberInput::Renew { subscription, from: None, operator }),
            5 => self.of_subscriber(SubscriberInput::Change { subscription, wanted, by }),
            6 | 7 => self.of_subscriber(SubscriberInput::Close { subscription, reason, by }),
            8 => {
                let visit = self.pick(&passes).unwrap_or_else(|| self.visit());
                self.of_subscriber(SubscriberInput::ChargeByHour { visit, operator })
            }
            9..=13 => match self.pick(&orders) {
                Some(order) => {
                    let amount = order.unpaid().totals().gross;
                    let tenders = vec![Tender::CardApart { amount, tip: Cents::ZERO }];
                    Input::Order(OrderInput::Pay { order: order.id, tenders, invoice_to: None, operator })
                }
                None => self.arrival(),
            },
            14..=18 => {
                let plate = self.pick(&away).unwrap_or_else(|| PLATES[at(&mut self.chance, 3)].to_owned());
                Input::OpenVisit(OpenVisit::new(&plate, self.size(), operator))
            }
            19 | 20 => {
                let visit = self.pick(&passes).unwrap_or_else(|| self.visit());
                Input::Depart { visit, operator, returned_at: None }
            }
            21 => {
                // A night passes, or the day on which what was sold ends.
                self.now = self.now.moved(40_000);
                Input::Tick
            }
            _ => match self.pick(&passes) {
                Some(visit) => {
                    let due = self.terminal().state().visits.get(&visit).map(|visit| {
                        self.settings.bill(visit, self.now).map(|bill| bill.due()).unwrap_or_default()
                    });
                    let tenders = vec![Tender::Cash { given: due.unwrap_or_default() }];
                    Input::Pay { visit, tenders, invoice_to: None, operator }
                }
                None => Input::Tick,
            },
        }
    }

    /// Plates on a list, and what is decided when one comes.
    fn listed(&mut self, by: By) -> Input {
        let plate = PLATES[at(&mut self.chance, 4)].to_owned();
        let kind = self.pick(&[ListKind::Warning, ListKind::Warning, ListKind::Stopped, ListKind::Exempt]);
        let (kind, entry) = (kind.unwrap_or(ListKind::Warning), PlateEntry::Greek);
        match self.chance.up_to(4) {
            0 => Input::Listed(ListedInput::Put { plate, entry, kind, reason: self.word(), by }),
            1 => {
                let known = self.terminal().state().listed.values().map(|one| one.plate.text.clone());
                let known: Vec<String> = known.collect();
                let plate = self.pick(&known).unwrap_or(plate);
                Input::Listed(ListedInput::Take { plate, entry, by })
            }
            2 => Input::Listed(ListedInput::TurnAway { plate, entry, operator: person("A") }),
            _ => Input::OpenVisit(OpenVisit {
                let_in: Some(by),
                ..OpenVisit::new(&plate, self.size(), person("A"))
            }),
        }
    }

    fn of_subscriber(&self, input: SubscriberInput) -> Input {
        Input::Subscriber(input)
    }

    fn wanted_subscription(&mut self) -> WantedSubscription {
        let count = self.pick(&[0, 1, 2, 2, 3]).unwrap_or(1);
        let vehicle = |plate: &&str| WantedVehicle { plate: (*plate).to_owned(), entry: PlateEntry::Greek };
        let plan = self.pick(&["DAY1", "DAY1", "WORK", "GOLD"]).unwrap_or_default().to_owned();
        WantedSubscription {
            name: self.pick(&["Α. Δείγμα", "Α. Δείγμα", ""]).unwrap_or_default().to_owned(),
            phone: self.word(),
            vehicles: PLATES.iter().skip(at(&mut self.chance, 2)).take(count).map(vehicle).collect(),
            places: self.pick(&[1, 1, 2, 9]).unwrap_or(1),
            plan,
        }
    }
}
