//! Packs of washes: sold, used, given back, ended; as a rule of one that is there.

use super::{Walk, at};
use crate::store::person;
use tameio::app::input::{By, Input, OpenVisit, OrderInput, PackInput};
use tameio::domain::ids::{OrderId, PackId};
use tameio::domain::pack::{Pack, PackOffer, PackRules};
use tameio::domain::payment::Tender;
use tameio::domain::plate::PlateEntry;
use tameio::domain::visit::Settlement;
use uuid::Uuid;

/// A pack that is over with its first wash: chance alone seldom uses ten.
pub(super) fn of_a_single_wash(rules: &PackRules) -> Option<PackOffer> {
    let ten = rules.offers.first()?.clone();
    Some(PackOffer { code: "ONE".to_owned(), washes: Some(1), ..ten })
}

impl Walk {
    pub(super) fn pack(&mut self) -> Input {
        let open: Vec<Pack> = self.terminal().state().packs.values().cloned().collect();
        if self.chance.up_to(2) > 0 {
            return self.towards_the_last_wash(&open);
        }
        let known = self.pick(&open).map_or(PackId(Uuid::nil()), |pack| pack.id);
        match self.chance.up_to(9) {
            0 | 1 => self.sells_a_pack(),
            2 | 3 => {
                let (plate, entry, operator) = (self.plate(), PlateEntry::Greek, person("A"));
                Input::Pack(PackInput::AddVehicle { pack: known, plate, entry, operator })
            }
            4 => self.comes_by(&open),
            5 | 6 => self.uses_a_pack(),
            7 | 8 => self.gives_back(),
            _ => self.ends_a_pack(known),
        }
    }

    /// Chance alone seldom brings a pack to its end: it is sold, its vehicle comes, is washed and leaves.
    fn towards_the_last_wash(&mut self, open: &[Pack]) -> Input {
        let mut visits = self.terminal().state().visits.values();
        let by_pack = visits.find(|visit| visit.right.is_some()).cloned();
        match by_pack {
            Some(visit) if matches!(visit.state.settlement(), Some(Settlement::ByPack { .. })) => {
                Input::Depart { visit: visit.id, operator: person("A"), returned_at: None }
            }
            Some(_) => self.uses_a_pack(),
            None if open.iter().any(Pack::is_open) => self.comes_by(open),
            None => self.sells_a_pack(),
        }
    }

    /// An order of a pack alone is paid as a rule, so that there is one.
    fn sells_a_pack(&mut self) -> Input {
        let mut orders = self.terminal().state().orders.values();
        let sells = orders.find(|order| order.lines.iter().any(|line| line.pack.is_some()));
        if let Some(order) = sells.cloned() {
            let tenders = vec![Tender::Cash { given: order.unpaid().totals().gross }];
            return Input::Order(OrderInput::Pay {
                order: order.id,
                tenders,
                invoice_to: None,
                operator: person("A"),
            });
        }
        let stranger = OrderId(Uuid::nil());
        Input::Pack(PackInput::Sell {
            order: self.pick(&[None, None, None, Some(stranger)]).flatten(),
            offer: self.pick(&["FULL10", "ONE", "ONE", "MEMBER", "GOLD"]).unwrap_or_default().to_owned(),
            plates: vec![(PlateEntry::Greek, format!("ΝΕΑ-{}", 1_000 + self.chance.up_to(8_999)))],
            holder: self.word(),
            operator: person("A"),
        })
    }

    fn comes_by(&mut self, open: &[Pack]) -> Input {
        let Some(pack) = self.pick(open) else { return Input::Tick };
        let plates: Vec<String> = pack.vehicles.iter().map(|vehicle| vehicle.plate.text.clone()).collect();
        let plate = self.pick(&plates).unwrap_or_else(|| self.plate());
        Input::OpenVisit(OpenVisit {
            pack: Some(pack.id),
            ..OpenVisit::new(&plate, self.size(), person("A"))
        })
    }

    fn uses_a_pack(&mut self) -> Input {
        let mut visits = self.terminal().state().visits.values();
        let by_pack = visits.find(|visit| {
            visit.right.is_some() && !matches!(visit.state.settlement(), Some(Settlement::ByPack { .. }))
        });
        let visit = by_pack.map(|visit| (visit.id, visit.sale.is_empty()));
        match visit {
            Some((visit, true)) => Input::ChooseService(tameio::app::input::ChooseService {
                visit,
                size: tameio::domain::catalogue::Size::Small,
                package: ["FULL", "PREM"][at(&mut self.chance, 2)].to_owned(),
                extras: Vec::new(),
            }),
            Some((visit, false)) => Input::Pack(PackInput::Use { visit, operator: person("A") }),
            None => Input::Pack(PackInput::Use { visit: self.visit(), operator: person("A") }),
        }
    }

    /// Of one that took its wash as a rule; or it leaves, which ends the pack of a single one.
    fn gives_back(&mut self) -> Input {
        let mut visits = self.terminal().state().visits.values();
        let used = visits.find(|visit| matches!(visit.state.settlement(), Some(Settlement::ByPack { .. })));
        let visit = used.map(|visit| visit.id).unwrap_or_else(|| self.visit());
        let operator = person("A");
        match self.chance.up_to(1) {
            0 => Input::Pack(PackInput::GiveBack { visit, operator }),
            _ => Input::Depart { visit, operator, returned_at: None },
        }
    }

    fn ends_a_pack(&mut self, pack: PackId) -> Input {
        let unused = self
            .terminal()
            .state()
            .packs
            .get(&pack)
            .map(|pack| pack.unused(self.settings.packs.refund, self.now.date()));
        let tenders = vec![Tender::Cash { given: unused.unwrap_or_default() }];
        let by = By { operator: person("A"), approved_by: Some(person("owner")) };
        Input::Pack(PackInput::Refund { pack, tenders, reason: "μετακομίζει".to_owned(), by })
    }
}
