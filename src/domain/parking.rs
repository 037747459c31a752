//! A car park: how it works here, what a visit of it is priced by, and what it comes to at an instant.
//!
//! The price of a stay grows while the vehicle stands, so it is nowhere stored before it is paid: [`Settings::bill`] tells
//! it at any instant, to the screen and to the loop alike. What was paid is in the documents. What shops give is reckoned with
//! it, and holds until it is paid: a top-up is above the whole price, and no shop gives anything of that.

use super::device::DeviceId;
use super::document::Document;
use super::entry::ClientType;
use super::money::{Cents, Quantity, Rate};
use super::operator::OperatorId;
use super::sale::{Discount, Line, Sale};
use super::settings::Settings;
use super::subscription::{OUTSIDE_CODE, Pass, SubscriptionRules};
use super::tariff::{NoPrice, Paid, Tariff, VehicleClass, timetable};
use super::text::{Name, Text};
use super::ticket::TicketFate;
use super::time::Stamp;
use super::validation::{FreeMinutes, Validation, ValidationRules, winning};
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
    /// The barrier that goes up by itself for who comes; nothing: it is opened by hand, or there is none.
    pub entry_barrier: Option<DeviceId>,
    /// The same for who may leave.
    pub exit_barrier: Option<DeviceId>,
    /// The one at the entry waits until the driver's ticket has come out whole.
    pub entry_waits_for_ticket: bool,
    /// A plate that a camera at the exit is as sure of as [`super::settings::PlateRules::accept_at`] wants lets its vehicle
    /// go by itself, where nothing is owed.
    pub leaves_by_plate: bool,
    /// Monthly parking.
    pub subscriptions: SubscriptionRules,
    /// What shops give their customers.
    pub validations: ValidationRules,
    /// How many vehicles it holds; nothing where nobody counts.
    pub places: u32,
    /// The site's opening hours, for tickets.
    pub hours: Text,
    /// The terms on tickets, in the owner's words.
    pub ticket_terms: Text,
    /// A second stub of each ticket is for the valet.
    pub valet_stub: bool,
}

impl Default for ParkingRules {
    fn default() -> Self {
        Self {
            tariff: None,
            price_holds_s: 300,
            leaves_when_paid: false,
            entry_barrier: None,
            exit_barrier: None,
            entry_waits_for_ticket: false,
            leaves_by_plate: false,
            subscriptions: SubscriptionRules::default(),
            validations: ValidationRules::default(),
            places: 0,
            hours: Text::default(),
            ticket_terms: Text::default(),
            valet_stub: false,
        }
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
    /// What became of its ticket.
    #[serde(default, skip_serializing_if = "TicketFate::is_held")]
    pub ticket: TicketFate,
    /// What makes its price.
    #[serde(default, skip_serializing_if = "Basis::is_tariff")]
    pub basis: Basis,
    /// What is charged from, where the registered time is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<PricedFrom>,
    /// Nobody saw it leave: the time is an estimate.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub estimated: bool,
    /// What shops gave to it, in the order they did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub validations: Vec<Validation>,
}

/// What makes the price of a stay.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Basis {
    /// The tariff.
    #[default]
    Tariff,
    /// The tariff's fee for a lost ticket: nobody knows when it came.
    LostTicket,
    /// A person with the right.
    Agreed {
        /// How much.
        price: Cents,
        /// Why.
        reason: Text,
        /// Who.
        approved_by: OperatorId,
    },
}

impl Basis {
    /// The tariff alone.
    pub const fn is_tariff(&self) -> bool {
        matches!(self, Self::Tariff)
    }
}

/// The instant a stay is charged from, as a person put it right. The registered arrival stays what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedFrom {
    /// It.
    pub at: Stamp,
    /// Why.
    pub reason: Text,
    /// Who allowed it.
    pub approved_by: OperatorId,
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
    /// What became of the ticket: the paper says where it was lost.
    #[serde(default, skip_serializing_if = "TicketFate::is_held")]
    pub ticket: TicketFate,
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

    /// Shops took all of it off.
    pub fn is_validated_away(&self) -> bool {
        let taken = self.sale.discounts.iter().zip(self.sale.discount_amounts());
        let off: Cents = taken.filter(|(discount, _)| discount.is_of_a_merchant()).map(|(_, off)| off).sum();
        off > Cents::ZERO && off == self.sale.totals().lines
    }
}

impl Stay {
    /// As it begins.
    ///
    /// # Errors
    /// When the tariff does not hold yet.
    pub fn begin(tariff: &Tariff, arrived: Stamp) -> Result<Self, NoPrice> {
        let version = tariff.version_at(arrived.utc)?;
        Ok(Self {
            tariff: tariff.code.clone(),
            version: version.id.clone(),
            paid: None,
            ticket: TicketFate::Held,
            basis: Basis::Tariff,
            from: None,
            estimated: false,
            validations: Vec::new(),
        })
    }

    /// A document of its visit was paid.
    pub fn take(&mut self, document: &Document) {
        let of_stay = |line: &&Line| line.code == self.tariff;
        let amount: Cents = document.sale.lines.iter().filter(of_stay).map(Line::gross).sum();
        let before = self.paid.map_or(Cents::ZERO, |paid| paid.amount);
        self.paid = Some(StayPaid { amount: before + amount, at: document.issued });
    }

    /// The instant charging begins.
    fn from(&self, visit: &Visit) -> Stamp {
        self.from.as_ref().map_or(visit.arrived, |from| from.at)
    }
}

impl Visit {
    /// It takes one of the car park's places; what is there to be washed does not, by a pack or without.
    pub fn takes_a_place(&self) -> bool {
        let parks = self.client_type == ClientType::ParkingWash && self.right.is_none();
        let under_terms = parks && !self.terms.is_one_off();
        self.state.is_inside() && (self.stay.is_some() || under_terms)
    }

    /// The time that is charged up to an instant.
    pub fn stay_span(&self, until: Stamp) -> StaySpan {
        let stay = self.stay.as_ref();
        let from = stay.map_or(self.arrived, |stay| stay.from(self));
        StaySpan { from, until, ticket: stay.map(|stay| stay.ticket).unwrap_or_default() }
    }
}

impl Settings {
    /// The tariff that prices a visit; nothing where it is priced by the price list.
    pub fn tariff_of(&self, visit: &Visit) -> Option<&Tariff> {
        let priced = visit.stay.is_some() || visit.pass().is_some_and(|pass| !pass.hours.is_empty());
        self.parking.tariff.as_deref().filter(|_| priced)
    }

    /// What a visit is to pay at an instant: the whole price while nothing is paid, then what was sold since, and what a
    /// stay costs above what was paid once the grace to leave is over.
    ///
    /// # Errors
    /// When a stay has no price.
    pub fn bill(&self, visit: &Visit, at: Stamp) -> Result<Bill, NoPrice> {
        if let (Some(pass), Some(tariff), None) = (visit.pass(), &self.parking.tariff, &visit.debt) {
            return outside_hours(visit, pass, tariff, self.catalogue.vat, at);
        }
        let own = || if visit.is_past_its_price() { visit.supplement.clone() } else { visit.sale.clone() };
        // What left owing is owed as it was then.
        let fixed = visit.debt.is_some();
        let (Some(stay), Some(tariff), false) = (&visit.stay, &self.parking.tariff, fixed) else {
            let span = visit.state.departed().filter(|_| fixed).map(|left| visit.stay_span(left));
            return Ok(Bill { sale: own(), span });
        };
        let priced = Priced { visit, stay, tariff, vat: self.catalogue.vat, at };
        let (lines, catalogue) = if visit.is_paid() { priced.top_up()? } else { priced.whole()? };
        let span = (!lines.is_empty()).then(|| visit.stay_span(at));
        let Sale { lines: others, discounts, .. } = own();
        let others = others.into_iter().filter(|line| line.code != stay.tariff);
        let by_shops = if visit.is_paid() { Vec::new() } else { priced.by_shops(self, &lines)? };
        // What shops gave was written down with the sale where it was paid before, and a void gave that back.
        let others_off = discounts.into_iter().filter(|discount| !discount.is_of_a_merchant());
        let discounts = by_shops.into_iter().chain(others_off).collect();
        let sale = Sale { lines: lines.into_iter().chain(others).collect(), discounts, catalogue };
        Ok(Bill { sale, span })
    }

    /// Nothing is to be paid of a bill, and no document follows: the tariff makes it free, or shops have taken all of it off and
    /// the owner wants no receipt of nothing.
    pub fn leaves_free(&self, bill: &Bill) -> bool {
        let validated = !self.parking.validations.zero_receipt && bill.is_validated_away();
        bill.sale.is_empty() || validated
    }

    /// What keeps a visit's vehicle from leaving at an instant: something is owed, or nobody can say what.
    ///
    /// # Errors
    /// When a stay has no price.
    pub fn owed(&self, visit: &Visit, at: Stamp) -> Result<Cents, NoPrice> {
        match visit.state.settlement() {
            Some(Settlement::Paid { .. } | Settlement::Owed) | None => Ok(self.bill(visit, at)?.due()),
            Some(_) => Ok(visit.supplement.totals().gross),
        }
    }
}

/// What a subscriber's vehicle is to pay: the hours that were not bought since it came in, each part of them as a stay of its
/// own, less what was paid of them. What else it takes stands beside.
fn outside_hours(visit: &Visit, pass: &Pass, tariff: &Tariff, vat: Rate, at: Stamp) -> Result<Bill, NoPrice> {
    let until = at.min(pass.ends);
    let version = tariff.version_at(pass.came.utc)?;
    let parts = match pass.hours.as_slice() {
        [] => Vec::new(),
        hours => timetable::outside(hours, &version.holidays, (pass.came.utc, until.utc)),
    };
    let in_grace =
        |paid: &StayPaid| (0..=i64::from(version.exit_grace) * 60).contains(&at.seconds_since(&paid.at));
    let mut lines = Vec::new();
    for (from, to) in parts.iter().copied().filter(|_| !pass.paid.as_ref().is_some_and(in_grace)) {
        let price = tariff.price(VehicleClass::from(visit.size), from, to)?.total;
        let hours = format!("{}–{}", Stamp::new(from).clock(), Stamp::new(to).clock());
        let name = Name::new(&format!("Εκτός ωραρίου {hours}"), &format!("Outside the hours {hours}"));
        lines.push(Line::new(OUTSIDE_CODE, name, Quantity::ONE, price, vat));
    }
    let paid = pass.paid.map_or(Cents::ZERO, |paid| paid.amount);
    if paid > Cents::ZERO {
        let more = lines.iter().map(Line::gross).sum::<Cents>() - paid;
        let name = Name::new("Εκτός ωραρίου, υπόλοιπο", "Outside the hours, the rest");
        lines = vec![Line::new(OUTSIDE_CODE, name, Quantity::ONE, more, vat)];
    }
    lines.retain(|line| line.unit_price > Cents::ZERO);
    let from = parts.first().map_or(pass.came, |(from, _)| Stamp::new(*from));
    let ticket = TicketFate::default();
    let span = (!lines.is_empty()).then_some(StaySpan { from, until, ticket });
    let Sale { lines: others, discounts, .. } = visit.supplement.clone();
    let catalogue = format!("{} {}", tariff.code, version.id);
    lines.extend(others.into_iter().filter(|line| line.code != OUTSIDE_CODE));
    Ok(Bill { sale: Sale { lines, discounts, catalogue }, span })
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

    /// The whole price, by whatever makes it.
    fn whole(&self) -> Result<Lines, NoPrice> {
        match &self.stay.basis {
            Basis::Tariff => self.by_tariff(),
            Basis::LostTicket => {
                let fee = self.tariff.lost_ticket(self.visit.arrived.utc)?;
                let name = Name::new("Απώλεια δελτίου", "Lost ticket");
                Ok((self.line(name, fee.unwrap_or_default()), self.catalogue()))
            }
            Basis::Agreed { price, .. } => {
                let name = Name::new("Στάθμευση, τιμή κατόπιν απόφασης", "Parking, price by decision");
                Ok((self.line(name, *price), self.catalogue()))
            }
        }
    }

    fn catalogue(&self) -> String {
        format!("{} {}", self.stay.tariff, self.stay.version)
    }

    fn line(&self, name: Name, price: Cents) -> Vec<Line> {
        let line = Line::new(&self.stay.tariff, name, Quantity::ONE, price, self.vat);
        if price > Cents::ZERO { vec![line] } else { Vec::new() }
    }

    fn by_tariff(&self) -> Result<Lines, NoPrice> {
        let from = self.stay.from(self.visit);
        let price = self.tariff.price(self.class(), from.utc, self.at.utc)?;
        Ok((price.lines(self.vat), price.catalogue()))
    }

    /// What shops take off the price of the stay, and off nothing that was sold beside it. Where a person has made the price, or
    /// the fee for a lost ticket is charged, there is nothing they could be reckoned from.
    fn by_shops(&self, settings: &Settings, lines: &[Line]) -> Result<Vec<Discount>, NoPrice> {
        let given = &self.stay.validations;
        if given.is_empty() || !self.stay.basis.is_tariff() {
            return Ok(Vec::new());
        }
        let price: Cents = lines.iter().map(Line::gross).sum();
        let rules = settings.parking.validations;
        let holding =
            winning(given, price, |minutes| self.first_minutes(rules.free_minutes, minutes, price))?;
        let words = settings.language;
        Ok(holding.into_iter().map(|(validation, worth)| validation.discount(worth, words)).collect())
    }

    /// What so many free minutes take off a price: all of it for who stays no longer.
    fn first_minutes(&self, rule: FreeMinutes, minutes: u32, price: Cents) -> Result<Cents, NoPrice> {
        let from = self.stay.from(self.visit);
        let until = from.moved(i64::from(minutes) * 60);
        if self.minutes_until(until) <= 0 {
            return Ok(price);
        }
        Ok(match rule {
            FreeMinutes::OffThePrice => self.tariff.price(self.class(), from.utc, until.utc)?.total,
            FreeMinutes::LaterArrival => {
                price - self.tariff.price(self.class(), until.utc, self.at.utc)?.total
            }
        })
    }

    /// Minutes from an instant to the one that is priced, as the clock shows them.
    fn minutes_until(&self, from: Stamp) -> i64 {
        self.at.utc.as_second().div_euclid(60) - from.utc.as_second().div_euclid(60)
    }

    fn top_up(&self) -> Result<Lines, NoPrice> {
        let catalogue = self.visit.sale.catalogue.clone();
        let Some(paid) = self.stay.paid.filter(|_| self.stay.basis.is_tariff()) else {
            return Ok((Vec::new(), catalogue));
        };
        let from = self.stay.from(self.visit);
        let paid = Paid { amount: paid.amount, at: paid.at.utc };
        let top_up = self.tariff.top_up(self.class(), from.utc, paid, self.at.utc)?;
        Ok((top_up.line(self.vat).into_iter().collect(), catalogue))
    }
}
