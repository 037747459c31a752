//! Customers who pay first and wash afterwards, with a pack or a membership: until it is used up, given back, or the day is over.
//! What they leave in the drawer is worked out here from the price list and the plan alone.

use super::plan::{Customer, Settles};
use crate::domain::catalogue::{Catalogue, Size};
use crate::domain::ids::IdSource;
use crate::domain::money::Cents;
use crate::domain::pack::{Lasts, OtherPackage, PackOffer, RefundRule};
use crate::domain::plate::PlateEntry;
use crate::domain::settings::{Settings, Trade};
use crate::domain::terms::{Period, ServiceTerms};
use crate::domain::time::Stamp;
use jiff::ToSpan;

/// One in so many customers who could hold a pack buys one.
const BUY_ONE: u64 = 3;
/// So long after the first customer packs are bought: who washes ten times has to be done before midnight.
const SOLD_FOR_S: i64 = 5 * 3600;

/// What becomes of a pack when its holder has washed as often as that day is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It is kept for another day, or has nothing left.
    Keeps,
    /// What was not used of it goes back.
    GivesBack,
}

/// What somebody does with a pack on the day it is bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The code of the offer.
    pub offer: String,
    /// Washes that day.
    pub washes: u32,
    /// The last of them is this dearer package: the difference is paid.
    pub better: Option<String>,
    /// What becomes of the rest.
    pub then: Then,
}

impl Holder {
    /// The package of a wash, counted from 0.
    pub(super) fn package<'a>(&'a self, offer: &'a PackOffer, wash: u32) -> &'a str {
        match &self.better {
            Some(better) if wash + 1 == self.washes => better,
            Some(_) | None => &offer.package,
        }
    }

    /// The right is over at the end of the day.
    pub(super) fn ends(&self, offer: &PackOffer) -> bool {
        self.then == Then::GivesBack || offer.washes == Some(self.washes)
    }
}

/// Makes some of a day's customers buy packs. Chance is drawn apart: every other customer stays who that was.
pub(super) fn some_buy(settings: &Settings, start: Stamp, customers: &mut [Customer], seed: u64) {
    let mut chance = IdSource::new(0, seed.rotate_left(17));
    if settings.packs.offers.is_empty() {
        return;
    }
    for customer in customers.iter_mut().filter(|customer| could_buy(customer, start)) {
        if chance.up_to(BUY_ONE - 1) == 0 {
            buys(settings, customer, &mut chance);
        }
    }
}

/// Somebody who would be washed once and pay.
fn could_buy(customer: &Customer, start: Stamp) -> bool {
    let pays = matches!(customer.settles, Settles::Cash { .. } | Settles::Card { tip_cents: 0 });
    let plain = customer.slip.is_none() && customer.papers.is_empty() && customer.invoice_to.is_none();
    let walks_in = customer.trade == Trade::Wash && customer.terms == ServiceTerms::OneOff;
    let in_time = customer.comes.utc < start.moved(SOLD_FOR_S).utc;
    pays && plain && walks_in && in_time && !customer.after_all && customer.entry == PlateEntry::Greek
}

fn buys(settings: &Settings, customer: &mut Customer, chance: &mut IdSource) {
    let offers = &settings.packs.offers;
    let drawn = usize::try_from(chance.up_to(offers.len() as u64 - 1)).unwrap_or_default();
    let Some(offer) = offers.get(drawn) else { return };
    let Some(period) = period(offer, customer.comes) else { return };
    let kind = chance.up_to(3);
    let some = 1 + u32::try_from(chance.up_to(2)).unwrap_or_default();
    let washes = match (offer.washes, offer.per_day) {
        (Some(all), None) if kind == 0 => all,
        (all, most) => some.min(all.unwrap_or(some)).min(most.unwrap_or(some)),
    };
    let then = if kind == 1 { Then::GivesBack } else { Then::Keeps };
    let dearer = dearer(&settings.catalogue, offer).filter(|_| {
        settings.packs.other_package == OtherPackage::Difference && kind == 2 && offer.washes != Some(washes)
    });
    customer.terms = ServiceTerms::Continuous { period };
    (customer.size, customer.package, customer.extras) = (offer.size, None, Vec::new());
    customer.settles = match customer.settles {
        Settles::Cash { .. } => Settles::Cash { exact: true },
        other => other,
    };
    customer.pace_s = 60 + customer.pace_s % 120;
    customer.pack = Some(Holder { offer: offer.code.clone(), washes, better: dearer, then });
}

/// From the day it is sold to the day before that day of a later month, or so many days.
fn period(offer: &PackOffer, sold: Stamp) -> Option<Period> {
    let from = sold.date();
    let after = match offer.lasts {
        Lasts::Days(days) => from.checked_add(i64::from(days).days()),
        Lasts::Months(months) => from.checked_add(i64::from(months).months()),
    };
    Some(Period { from, to: after.ok()?.yesterday().ok()? })
}

/// What a wash costs without a pack.
fn price(catalogue: &Catalogue, package: &str, size: Size) -> Cents {
    let known = catalogue.packages.iter().find(|known| known.code == package);
    known.and_then(|known| known.prices.get(&size)).copied().unwrap_or_default()
}

/// A package that costs more than the one a pack is good for.
fn dearer(catalogue: &Catalogue, offer: &PackOffer) -> Option<String> {
    let worth = price(catalogue, &offer.package, offer.size);
    let mut packages = catalogue.packages.iter().filter(|one| one.trade.is_none_or(|of| of == Trade::Wash));
    packages.find(|one| price(catalogue, &one.code, offer.size) > worth).map(|one| one.code.clone())
}

/// What a holder pays in all, less what goes back: the sale, the difference of a dearer wash, and the part not used.
pub(super) fn leaves(customer: &Customer, holder: &Holder, settings: &Settings) -> Cents {
    let offers = &settings.packs.offers;
    let Some(offer) = offers.iter().find(|offer| offer.code == holder.offer) else { return Cents::ZERO };
    let worth = price(&settings.catalogue, &offer.package, offer.size);
    let better = holder.better.as_ref();
    let difference = better.map_or(Cents::ZERO, |code| price(&settings.catalogue, code, offer.size) - worth);
    let back = match holder.then {
        Then::Keeps => Cents::ZERO,
        Then::GivesBack => unused(customer, holder, offer, settings.packs.refund, worth),
    };
    offer.price + difference - back
}

/// What is given back, a part of a cent in the customer's favour.
fn unused(customer: &Customer, holder: &Holder, offer: &PackOffer, rule: RefundRule, worth: Cents) -> Cents {
    let share = |part: i64, whole: i64| Cents((offer.price.0 * part + whole - 1) / whole.max(1));
    let days =
        customer.terms.period().map_or(1, |period| i64::from((period.to - period.from).get_days()) + 1);
    match (rule, offer.washes) {
        (RefundRule::ListPrice, _) => {
            (offer.price - Cents(worth.0 * i64::from(holder.washes))).max(Cents::ZERO)
        }
        (RefundRule::Share, Some(washes)) => share(i64::from(washes - holder.washes), i64::from(washes)),
        (RefundRule::Share, None) => share(days - 1, days),
    }
}
