//! Whoever bought a pack: the sale, the washes under it, and what goes back.

use super::{Day, tenders};
use crate::app::input::{Input, OpenVisit, OrderInput, PackInput};
use crate::domain::ids::OrderId;
use crate::domain::money::Cents;
use crate::domain::pack::Pack;
use crate::domain::plate::Plate;
use crate::domain::visit::{Settlement, Visit, VisitState};
use crate::simulate::holder::{Holder, Then};
use crate::simulate::plan::Customer;
use crate::simulate::site::{Site, SiteError};
use crate::store::query;

impl Day {
    /// The next thing somebody with a pack does; nothing when everything is done that was wanted that day.
    pub(super) fn next_of_holder(
        &self,
        customer: &Customer,
        holder: &Holder,
        visit: Option<&Visit>,
    ) -> Result<Option<Input>, SiteError> {
        let Ok(plate) = Plate::parse(&customer.entry, &customer.plate) else { return Ok(None) };
        let packs = sold(&self.site)?;
        let Some(pack) = packs.iter().find(|pack| pack.vehicle(&plate).is_some()) else {
            return Ok(Some(self.buy(customer, holder, &plate)));
        };
        let here = visit.filter(|visit| !matches!(visit.state, VisitState::Closed { .. }));
        Ok(match here {
            Some(visit) => Some(self.wash(customer, holder, pack, visit)),
            None if pack.is_open() => self.come_or_give_back(customer, holder, pack),
            None => None,
        })
    }

    /// The pack is written on an order, and the order is paid.
    fn buy(&self, customer: &Customer, holder: &Holder, plate: &Plate) -> Input {
        match self.unpaid_order(plate) {
            Some((order, price)) => Input::Order(OrderInput::Pay {
                order,
                tenders: tenders(customer.settles, price),
                invoice_to: None,
                operator: self.cashier.clone(),
            }),
            None => Input::Pack(PackInput::Sell {
                order: None,
                offer: holder.offer.clone(),
                plates: vec![(customer.entry.clone(), customer.plate.clone())],
                holder: String::new(),
                operator: self.cashier.clone(),
            }),
        }
    }

    fn unpaid_order(&self, plate: &Plate) -> Option<(OrderId, Cents)> {
        let mut orders = self.site.state().orders.values();
        let order = orders.find(|order| {
            let mut wanted = order.lines.iter().filter_map(|line| line.pack.as_ref());
            wanted.any(|wanted| wanted.plates.contains(plate))
        })?;
        Some((order.id, order.unpaid().totals().gross))
    }

    fn come_or_give_back(&self, customer: &Customer, holder: &Holder, pack: &Pack) -> Option<Input> {
        if pack.uses.len() < holder.washes as usize {
            let open = OpenVisit::new(&customer.plate, customer.size, self.cashier.clone());
            return Some(Input::OpenVisit(OpenVisit { pack: Some(pack.id), ..open }));
        }
        let unused = pack.unused(self.settings.packs.refund, self.site.now().date());
        (holder.then == Then::GivesBack).then(|| {
            Input::Pack(PackInput::Refund {
                pack: pack.id,
                tenders: tenders(customer.settles, unused),
                reason: "μετακομίζει".to_owned(),
                by: self.with_chief(),
            })
        })
    }

    fn wash(&self, customer: &Customer, holder: &Holder, pack: &Pack, visit: &Visit) -> Input {
        let operator = self.cashier.clone();
        match &visit.state {
            VisitState::Settled { settlement: Settlement::ByPack { .. } } if visit.due() > Cents::ZERO => {
                let tenders = tenders(customer.settles, visit.due());
                Input::Pay { visit: visit.id, tenders, invoice_to: None, operator }
            }
            VisitState::Settled { .. } => Input::Depart { visit: visit.id, operator, returned_at: None },
            _ if visit.sale.lines.is_empty() => {
                let taken = u32::try_from(pack.uses.len()).unwrap_or(u32::MAX);
                self.choose(customer, visit.id, holder.package(&pack.offer, taken))
            }
            _ => Input::Pack(PackInput::Use { visit: visit.id, operator }),
        }
    }
}

/// Every pack that was sold, open or not.
pub(in crate::simulate) fn sold(site: &Site) -> Result<Vec<Pack>, SiteError> {
    let conn = site.terminal().store().connection();
    let packs = (1..=site.state().packs_sold).map(|number| query::pack(conn, number));
    Ok(packs.filter_map(Result::transpose).collect::<Result<_, _>>()?)
}
