//! A car park: how it works here, what a visit of it is priced by, and what it comes to at an instant.
//!
//! The price of a stay grows while the vehicle stands, so it is nowhere stored before it is paid: [`Settings::bill`] tells
//! it at any instant, to the screen and to the loop alike. What was paid is in the documents.

use super::document::Document;
use super::money::{Cents, Rate};
use super::sale::{Line, Sale};
use super::settings::Settings;
use super::tariff::{NoPrice, Paid, Tariff, VehicleClass};
use super::time::Stamp;
use super::visit::{Settlement, Visit};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How a car park works here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkingRules {
    /// What a stay costs; without one a visit is a package of the price list, as at a wash.
    pub tariff: Option<Arc<Tariff>>,
    /// A price that was shown may still be paid for so many seconds after it has grown, if the person at the till says so.
    pub price_holds_s: i64,
    /// Whoever has paid leaves at once: the till stands at the exit.
    pub leaves_when_paid: bool,
}

impl Default for ParkingRules {
    fn default() -> Self {
        Self { tariff: None, price_holds_s: 300, leaves_when_paid: false }
    }
}

/// What a visit of a car park is priced by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// The tariff's code, which its lines carry.
    pub tariff: String,
    /// The version that held at the arrival.
    pub version: String,
    /// What of it was paid, and when at last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<StayPaid>,
}

/// What was paid of a stay so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayPaid {
    /// The prices that were paid, before discounts: what a merchant or a manager took off is not asked for later.
    pub amount: Cents,
    /// When, at last.
    pub at: Stamp,
}

/// The time a document charges for, as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaySpan {
    /// The arrival, or the instant a person put in its place.
    pub from: Stamp,
    /// The instant the price is of.
    pub until: Stamp,
}

impl StaySpan {
    /// Real minutes between the two printed times.
    pub fn minutes(&self) -> u32 {
        let minute = |stamp: Stamp| stamp.utc.as_second().div_euclid(60);
        u32::try_from(minute(self.until) - minute(self.from)).unwrap_or(0)
    }
}

/// What a visit is to pay at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bill {
    /// What is sold. No lines: nothing is due.
    pub sale: Sale,
    /// The time it is for, where a tariff priced it.
    pub span: Option<StaySpan>,
}

impl Bill {
    /// What it comes to.
    pub fn due(&self) -> Cents {
        self.sale.totals().gross
    }
}

impl Stay {
    /// As it begins.
    ///
    /// # Errors
    /// When the tariff does not hold yet.
    pub fn begin(tariff: &Tariff, arrived: Stamp) -> Result<Self, NoPrice> {
        let version = tariff.version_at(arrived.utc)?;
        Ok(Self { tariff: tariff.code.clone(), version: version.id.clone(), paid: None })
    }

    /// A document of its visit was paid.
    pub fn take(&mut self, document: &Document) {
        let of_stay = |line: &&Line| line.code == self.tariff;
        let amount: Cents = document.sale.lines.iter().filter(of_stay).map(Line::gross).sum();
        let before = self.paid.map_or(Cents::ZERO, |paid| paid.amount);
        self.paid = Some(StayPaid { amount: before + amount, at: document.issued });
    }

    /// The instant charging begins.
    const fn from(&self, visit: &Visit) -> Stamp {
        visit.arrived
    }
}

impl Visit {
    /// The time that is charged up to an instant.
    pub fn stay_span(&self, until: Stamp) -> StaySpan {
        StaySpan { from: self.stay.as_ref().map_or(self.arrived, |stay| stay.from(self)), until }
    }
}

impl Settings {
    /// The tariff that prices a visit; nothing where it is priced by the price list.
    pub fn tariff_of(&self, visit: &Visit) -> Option<&Tariff> {
        visit.stay.as_ref().and(self.parking.tariff.as_deref())
    }

    /// What a visit is to pay at an instant: the whole price while nothing is paid, then what was sold since, and what a
    /// stay costs above what was paid once the grace to leave is over.
    ///
    /// # Errors
    /// When a stay has no price.
    pub fn bill(&self, visit: &Visit, at: Stamp) -> Result<Bill, NoPrice> {
        let own = || if visit.is_paid() { visit.supplement.clone() } else { visit.sale.clone() };
        let (Some(stay), Some(tariff)) = (&visit.stay, &self.parking.tariff) else {
            return Ok(Bill { sale: own(), span: None });
        };
        let priced = Priced { visit, stay, tariff, vat: self.catalogue.vat, at };
        let (lines, catalogue) = if visit.is_paid() { priced.top_up()? } else { priced.whole()? };
        let span = (!lines.is_empty()).then(|| visit.stay_span(at));
        let Sale { lines: others, discounts, .. } = own();
        let others = others.into_iter().filter(|line| line.code != stay.tariff);
        let sale = Sale { lines: lines.into_iter().chain(others).collect(), discounts, catalogue };
        Ok(Bill { sale, span })
    }

    /// What keeps a visit's vehicle from leaving at an instant: something is owed, or nobody can say what.
    ///
    /// # Errors
    /// When a stay has no price.
    pub fn owed(&self, visit: &Visit, at: Stamp) -> Result<Cents, NoPrice> {
        match visit.state.settlement() {
            Some(Settlement::Paid { .. }) | None => Ok(self.bill(visit, at)?.due()),
            Some(_) => Ok(visit.supplement.totals().gross),
        }
    }
}

/// A stay at an instant.
struct Priced<'a> {
    visit: &'a Visit,
    stay: &'a Stay,
    tariff: &'a Tariff,
    vat: Rate,
    at: Stamp,
}

type Lines = (Vec<Line>, String);

impl Priced<'_> {
    fn class(&self) -> VehicleClass {
        VehicleClass::from(self.visit.size)
    }

    fn whole(&self) -> Result<Lines, NoPrice> {
        let from = self.stay.from(self.visit);
        let price = self.tariff.price(self.class(), from.utc, self.at.utc)?;
        Ok((price.lines(self.vat), price.catalogue()))
    }

    fn top_up(&self) -> Result<Lines, NoPrice> {
        let catalogue = self.visit.sale.catalogue.clone();
        let Some(paid) = self.stay.paid else { return Ok((Vec::new(), catalogue)) };
        let from = self.stay.from(self.visit);
        let paid = Paid { amount: paid.amount, at: paid.at.utc };
        let top_up = self.tariff.top_up(self.class(), from.utc, paid, self.at.utc)?;
        Ok((top_up.line(self.vat).into_iter().collect(), catalogue))
    }
}
