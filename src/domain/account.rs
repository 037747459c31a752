//! Businesses whose vehicles are served on account: who they are, and what is to be invoiced to them together.
//!
//! ```text
//!  recurring visits of a month ──▶ proposed, per customer ──one document──▶ correlated, and proposed no more
//!                                      ╰ skipped: proposed again, until it has its document
//! ```
//! Nothing of a proposal is stored: it follows from the visits whose document is not known yet. So it is the same after a power
//! cut, and what was invoiced half is proposed by half.

use super::customer::TaxNumber;
use super::entry::MessageState;
use super::ids::{Reference, VisitId};
use super::money::{Cents, VatRow};
use super::plate::Plate;
use super::text::Text;
use super::visit::{Settlement, Visit, VisitState};
use jiff::civil::Date;
use jiff::{ToSpan, civil};
use std::collections::{BTreeMap, BTreeSet};

/// A business whose vehicles are served on account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountCustomer {
    /// What people call it.
    pub name: Text,
    /// Whom the invoice is for.
    pub number: TaxNumber,
    /// Its vehicles, as far as they are known beforehand.
    pub vehicles: Vec<Plate>,
}

/// How visits on account work here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRules {
    /// The customers that are known by their vehicles.
    pub customers: Vec<AccountCustomer>,
    /// The day of the next month by which the visits of a month are to be invoiced.
    pub last_day: u8,
}

impl Default for AccountRules {
    fn default() -> Self {
        Self { customers: Vec::new(), last_day: 15 }
    }
}

impl AccountRules {
    /// Whose a vehicle is.
    pub fn of(&self, plate: &Plate) -> Option<&AccountCustomer> {
        let key = plate.key();
        self.customers.iter().find(|customer| customer.vehicles.iter().any(|own| own.key() == key))
    }

    /// Who has a tax number.
    pub fn named(&self, number: &TaxNumber) -> Option<&AccountCustomer> {
        self.customers.iter().find(|customer| customer.number == *number)
    }

    /// The last day on which a visit of this day may be invoiced; where the month is shorter, its last day.
    pub fn invoiced_by(&self, day: Date) -> Date {
        let next = day.first_of_month().checked_add(1.month()).unwrap_or(day);
        let last = next.last_of_month().day();
        let wanted = i8::try_from(self.last_day).unwrap_or(last).clamp(1, last);
        civil::Date::new(next.year(), next.month(), wanted).unwrap_or(next)
    }
}

/// What somebody should look at before the document is issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Oddity {
    /// Its entry at the registry is cancelled, or is to be.
    EntryCancelled,
    /// It has no entry at the registry yet.
    NotRegistered,
    /// It was settled without a price.
    NoPrice,
    /// The day by which it was to be invoiced is over.
    TooLate,
    /// No register and no person has said whose the tax number is.
    NotChecked,
}

impl Oddity {
    /// The code in lists.
    pub const fn code(self) -> &'static str {
        match self {
            Self::EntryCancelled => "entry-cancelled",
            Self::NotRegistered => "not-registered",
            Self::NoPrice => "no-price",
            Self::TooLate => "too-late",
            Self::NotChecked => "not-checked",
        }
    }

    /// A visit like that would spoil the message that correlates it: it waits until that is settled.
    pub const fn keeps_it_back(self) -> bool {
        matches!(self, Self::EntryCancelled | Self::NotRegistered)
    }
}

/// A visit that is to be invoiced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedVisit {
    /// Which.
    pub visit: VisitId,
    /// What people call it.
    pub reference: Reference,
    /// The vehicle.
    pub plate: Plate,
    /// The day it came.
    pub day: Date,
    /// What it costs, VAT included.
    pub gross: Cents,
    /// What is odd about it.
    pub odd: BTreeSet<Oddity>,
}

/// What is to be invoiced to a customer by one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Whom it is for.
    pub customer: TaxNumber,
    /// What people call it; empty where nobody knows.
    pub name: Text,
    /// The visits, the oldest first.
    pub visits: Vec<ProposedVisit>,
    /// Their sums by rate of VAT, the lowest first; what is kept back is not in them.
    pub vat: Vec<VatRow>,
    /// What is odd about the customer.
    pub odd: BTreeSet<Oddity>,
    /// The earliest day by which one of them is to be invoiced.
    pub by: Date,
}

impl Proposal {
    /// The visits that the document is for: all but those that are kept back.
    pub fn taken(&self) -> impl Iterator<Item = &ProposedVisit> {
        self.visits.iter().filter(|visit| !visit.odd.iter().any(|odd| odd.keeps_it_back()))
    }

    /// What they come to, VAT included.
    pub fn gross(&self) -> Cents {
        self.vat.iter().map(|row| row.gross).sum()
    }

    /// … without VAT.
    pub fn net(&self) -> Cents {
        self.vat.iter().map(|row| row.net).sum()
    }

    /// Everything odd about it and its visits.
    pub fn oddities(&self) -> BTreeSet<Oddity> {
        self.visits
            .iter()
            .flat_map(|visit| visit.odd.iter().copied())
            .chain(self.odd.iter().copied())
            .collect()
    }
}

/// Whom the document of a visit on account is for; nothing where it is not on account, or has its document.
pub fn customer_of(visit: &Visit) -> Option<&TaxNumber> {
    let invoiced = |moment: &super::entry::Moment| moment.state != MessageState::Withdrawn;
    if visit.entry.correlate.as_ref().is_some_and(invoiced) {
        return None;
    }
    match visit.state.settlement()? {
        Settlement::ByContract { invoice_to } => invoice_to.as_ref().or_else(|| visit.terms.customer()),
        _ => None,
    }
}

/// What is to be invoiced of these visits, per customer, those with the earliest day first. Visits after `until` wait for the next
/// time; `known` says what a register or a person called a tax number.
pub fn propose(
    visits: &[Visit],
    until: Date,
    today: Date,
    rules: &AccountRules,
    known: impl Fn(&TaxNumber) -> Option<Text>,
) -> Vec<Proposal> {
    let mut per_customer: BTreeMap<(&str, &str), (&TaxNumber, Vec<&Visit>)> = BTreeMap::new();
    for visit in visits.iter().filter(|visit| visit.arrived.date() <= until) {
        if let Some(customer) = customer_of(visit) {
            let key = (customer.country.as_str(), customer.number.as_str());
            per_customer.entry(key).or_insert_with(|| (customer, Vec::new())).1.push(visit);
        }
    }
    let of = |(customer, visits): (&TaxNumber, Vec<&Visit>)| proposal(customer, visits, today, rules, &known);
    let mut all: Vec<Proposal> = per_customer.into_values().map(of).collect();
    all.sort_by(|one, other| (one.by, &one.customer.number).cmp(&(other.by, &other.customer.number)));
    all
}

fn proposal(
    customer: &TaxNumber,
    mut visits: Vec<&Visit>,
    today: Date,
    rules: &AccountRules,
    known: &impl Fn(&TaxNumber) -> Option<Text>,
) -> Proposal {
    visits.sort_by_key(|visit| (visit.arrived, visit.reference.number));
    let called = known(customer);
    let odd = if called.is_none() { BTreeSet::from([Oddity::NotChecked]) } else { BTreeSet::new() };
    let listed = rules.named(customer).map(|one| one.name.clone());
    let by = visits.iter().map(|visit| rules.invoiced_by(visit.arrived.date())).min().unwrap_or(today);
    let rows: Vec<ProposedVisit> = visits.iter().map(|visit| proposed(visit, today, rules)).collect();
    let mut sums: BTreeMap<u32, VatRow> = BTreeMap::new();
    for (visit, row) in visits.iter().zip(&rows) {
        if row.odd.iter().any(|odd| odd.keeps_it_back()) {
            continue;
        }
        for row in visit.sale.totals().vat {
            sums.entry(row.rate.0)
                // The VAT of a document is split from its sum at each rate, once.
                .and_modify(|sum| *sum = VatRow::split(sum.rate, sum.gross + row.gross))
                .or_insert_with(|| VatRow::split(row.rate, row.gross));
        }
    }
    Proposal {
        customer: customer.clone(),
        name: listed.or(called).unwrap_or_default(),
        visits: rows,
        vat: sums.into_values().collect(),
        odd,
        by,
    }
}

fn proposed(visit: &Visit, today: Date, rules: &AccountRules) -> ProposedVisit {
    let day = visit.arrived.date();
    let cancelled = matches!(visit.state, VisitState::Cancelled { .. } | VisitState::Replaced { .. })
        || visit.entry.cancel.as_ref().is_some_and(|moment| moment.state != MessageState::Withdrawn);
    let gross = visit.sale.totals().gross;
    let found = [
        (cancelled, Oddity::EntryCancelled),
        (visit.entry.id.is_none(), Oddity::NotRegistered),
        (gross <= Cents::ZERO, Oddity::NoPrice),
        (today > rules.invoiced_by(day), Oddity::TooLate),
    ];
    ProposedVisit {
        visit: visit.id,
        reference: visit.reference.clone(),
        plate: visit.plate.clone(),
        day,
        gross,
        odd: found.into_iter().filter(|(is_so, _)| *is_so).map(|(_, odd)| odd).collect(),
    }
}

/// The last day of the month before.
pub fn end_of_last_month(today: Date) -> Date {
    today.first_of_month().yesterday().unwrap_or(today)
}
