//! A stay as the screen shows it: its price at the instant the person sees it. What is sent names that instant, so that
//! what is paid is what was shown, or the person is asked.

use super::controller::Controller;
use crate::domain::money::Cents;
use crate::domain::parking::Bill;
use crate::domain::sale::Sale;
use crate::domain::tariff::NoPrice;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;

/// A price that had grown when it was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grew {
    pub(super) shown: Cents,
    pub(super) now: Cents,
}

impl Controller {
    /// The instant the prices on the page are of. It goes on with every touch and every word of the terminal, but stands
    /// still while a payment is on its way or the person is asked about it.
    pub(super) fn priced_at(&self) -> Option<Stamp> {
        self.form.priced_at.or_else(|| self.world.as_ref().map(|world| world.at))
    }

    /// What is shown next is the price now.
    pub(super) fn price_now(&mut self) {
        let stands = self.form.pay.sent || self.form.pay.grew.is_some();
        if !stands {
            self.form.priced_at = self.now();
        }
    }

    /// What a visit is to pay, as the page shows it.
    pub(super) fn bill_of(&self, visit: &Visit) -> Result<Bill, NoPrice> {
        match self.priced_at() {
            Some(at) => self.settings.bill(visit, at),
            None => Ok(Bill::default()),
        }
    }

    /// Everything that was sold to a visit, and what it is to pay beside.
    pub(super) fn sold_to(&self, visit: &Visit) -> Sale {
        let bill = self.bill_of(visit).unwrap_or_default().sale;
        if visit.is_paid() {
            let lines = visit.sale.lines.iter().chain(&bill.lines).cloned().collect();
            Sale { lines, ..visit.sale.clone() }
        } else if bill.is_empty() {
            visit.sale.clone()
        } else {
            bill
        }
    }

    /// Nothing keeps the vehicle of a visit here.
    pub(super) fn may_leave(&self, visit: &Visit) -> bool {
        let owes = self.bill_of(visit).map(|bill| !self.settings.leaves_free(&bill)).unwrap_or(false);
        let stay = self.settings.tariff_of(visit).is_some();
        let open = visit.state.settlement().is_none();
        visit.state.is_inside() && if open || visit.is_paid() { (stay || !open) && !owes } else { true }
    }
}
