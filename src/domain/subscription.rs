//! Monthly parking: a right of use that is paid and documented before it is used. A subscription has a holder, vehicles, and
//! places for some of them at once; each period that was paid is a term. The registry has **one** entry for each vehicle and
//! term, from its first coming in to the end of the period (operational analysis v1.1: type 2 alone); every coming and
//! going between stands in the door book here.
//!
//! ```text
//!  sold, paid ──▶ term ──first coming in──▶ visit (SETTLED ⇄ AWAY) ──the period is over──▶ CLOSED
//!                                             │ inside when it is over: the next term takes it over, or it is charged
//!                                             ╰ by the hour from that midnight, as a visit of its own
//! ```
//! Who comes while every place is taken, or after the end, comes as anybody does, and is told so. Hours outside those that
//! were bought are priced by the tariff, each such part as a stay of its own.

use super::document::{Document, DocumentKind, DocumentName};
use super::event::Event;
use super::ids::{DocumentId, SubscriptionId};
use super::money::Cents;
use super::parking::StayPaid;
use super::plate::Plate;
use super::sale::Line;
use super::tariff::timetable::Hours;
use super::terms::Period;
use super::text::{Name, Text};
use super::time::Stamp;
use super::visit::{Part, Visit};
use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

/// The code of the lines that charge for hours that were not bought.
pub const OUTSIDE_CODE: &str = "OUTSIDE";

/// Terms that are kept with a subscription: what is older is in the journal and in its document.
const TERMS_KEPT: usize = 6;

/// The most vehicles and places of one subscription.
pub const VEHICLES_MAX: usize = 50;

/// What is done with a subscriber's vehicle while every place that was bought is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeyondPlaces {
    /// It comes in and pays as anybody does.
    #[default]
    Charge,
    /// It is not let in.
    Refuse,
}

/// A right of use that is sold here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Short code, on lines: `MONTH`.
    pub code: String,
    /// What people read.
    pub name: Name,
    /// Of one place for one period, VAT included.
    pub price: Cents,
    /// Months of a period, beside its days.
    pub months: u8,
    /// Days of a period, beside its months.
    pub days: u16,
    /// When it holds; at any time without any.
    pub hours: Vec<Hours>,
}

impl Plan {
    /// The period that begins on a day, both days included; nothing beyond the calendar.
    pub fn period(&self, from: Date) -> Option<Period> {
        let length = Span::new().try_months(self.months).ok()?.try_days(self.days).ok()?;
        let next = from.checked_add(length).ok()?;
        Some(Period { from, to: next.yesterday().ok()? })
    }
}

/// How subscriptions work here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionRules {
    /// What is sold.
    pub plans: Vec<Plan>,
    /// So many days before its end the holder is told at every pass.
    pub warn_days: u16,
    /// So many days after its end a vehicle still comes and goes as before, if it had come in before the end. Whether that
    /// is lawful without a document is for the accountant to say.
    pub grace_days: u16,
    /// A vehicle too many.
    pub beyond_places: BeyondPlaces,
}

impl Default for SubscriptionRules {
    fn default() -> Self {
        Self { plans: Vec::new(), warn_days: 5, grace_days: 0, beyond_places: BeyondPlaces::Charge }
    }
}

impl SubscriptionRules {
    /// The plan behind a code.
    pub fn plan(&self, code: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.code == code)
    }
}

/// Whose it is, and for which vehicles: what may change while it lasts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// A person or a company.
    pub name: Text,
    /// A telephone number.
    pub phone: Text,
    /// The vehicles.
    pub vehicles: Vec<Plate>,
    /// How many of them may be inside at once.
    pub places: u32,
    /// Code of the plan it is renewed with.
    pub plan: String,
}

/// One period that was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The days.
    pub period: Period,
    /// Code of the plan.
    pub plan: String,
    /// How many vehicles may be inside at once.
    pub places: u32,
    /// When it holds, as it was sold; at any time without any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// Its document.
    pub document: DocumentId,
    /// The kind of that.
    pub kind: DocumentKind,
    /// What was paid.
    pub total: Cents,
    /// How the tax authority knows the document, once it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<DocumentName>,
    /// What was given back of it.
    #[serde(default, skip_serializing_if = "Cents::is_zero")]
    pub credited: Cents,
    /// The visits under it, whose entries the document is correlated with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Part>,
}

impl Term {
    /// Whether it holds on a day; one that was given back whole holds on none.
    pub fn holds_on(&self, day: Date) -> bool {
        !self.is_given_back() && self.period.from <= day && day <= self.period.to
    }

    /// All of it was given back.
    pub fn is_given_back(&self) -> bool {
        !self.total.is_zero() && self.credited >= self.total
    }

    /// The first instant after it.
    pub fn ends(&self) -> Option<Stamp> {
        Stamp::midnight(self.period.to.tomorrow().ok()?)
    }
}

/// Monthly parking of one holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Its name.
    pub id: SubscriptionId,
    /// What people say, from 1.
    pub number: u64,
    /// Whose, and for what.
    #[serde(flatten)]
    pub holding: Holding,
    /// The last periods that were paid, the earliest first.
    #[serde(default)]
    pub terms: Vec<Term>,
    /// It is not renewed any more, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Text>,
}

impl Subscription {
    /// One of its vehicles.
    pub fn has(&self, plate: &Plate) -> bool {
        self.holding.vehicles.iter().any(|own| own.key() == plate.key())
    }

    /// The term that holds on a day.
    pub fn term_on(&self, day: Date) -> Option<&Term> {
        self.terms.iter().find(|term| term.holds_on(day))
    }

    /// The last day of everything that was paid, given back or not begun.
    pub fn paid_until(&self) -> Option<Date> {
        let held = self.terms.iter().filter(|term| !term.is_given_back());
        held.map(|term| term.period.to).max()
    }

    /// The day a renewal begins on: the one after the last that is paid, or today where that is over.
    pub fn renews_from(&self, today: Date) -> Date {
        let next = self.paid_until().and_then(|last| last.tomorrow().ok());
        next.filter(|next| *next >= today).unwrap_or(today)
    }

    /// Why it covers nothing on a day.
    pub fn not_covered_on(&self, day: Date) -> WhyNotCovered {
        let held = || self.terms.iter().filter(|term| !term.is_given_back()).map(|term| term.period);
        if let Some(next) = held().map(|period| period.from).filter(|from| *from > day).min() {
            return WhyNotCovered::Later { from: next };
        }
        match held().map(|period| period.to).filter(|to| *to < day).max() {
            Some(on) => WhyNotCovered::Ended { on },
            None => WhyNotCovered::NeverPaid,
        }
    }

    /// Applies an event that names this subscription, or a document of its terms.
    pub fn fold(&mut self, event: &Event) {
        match event {
            Event::SubscriptionChanged { holding, .. } => self.holding = (**holding).clone(),
            Event::SubscriptionPaid { term, .. } => {
                self.terms.push((**term).clone());
                self.terms.sort_by_key(|term| term.period.from);
                let most = self.terms.len().saturating_sub(TERMS_KEPT);
                self.terms.drain(..most);
            }
            Event::SubscriptionClosed { reason, .. } => self.closed = Some(reason.clone()),
            Event::VisitOpened { visit } => self.enter(visit),
            Event::DocumentNamed { document, name, .. } => {
                for term in self.terms.iter_mut().filter(|term| term.document == *document) {
                    term.name = Some(name.clone());
                }
            }
            Event::CreditNumbered { credit, .. } => {
                let of = credit.takes_back();
                for term in self.terms.iter_mut().filter(|term| Some(term.document) == of) {
                    term.credited += credit.totals.gross;
                }
            }
            _ => {}
        }
    }

    /// A visit under one of its terms.
    fn enter(&mut self, visit: &Visit) {
        let period = visit.terms.period();
        let part = Part { visit: visit.id, chain: visit.chain };
        if let Some(term) = self.terms.iter_mut().find(|term| Some(&term.period) == period) {
            term.entries.push(part);
        }
    }
}

/// Why a subscriber's vehicle comes in as anybody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum WhyNotCovered {
    /// Every place that was bought is taken by another vehicle of it.
    NoPlace,
    /// The last period is over.
    Ended {
        /// Its last day.
        on: Date,
    },
    /// The next period has not begun.
    Later {
        /// Its first day.
        from: Date,
    },
    /// Nothing was ever paid.
    NeverPaid,
}

/// A subscriber's vehicle on the premises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "subscriber", rename_all = "snake_case")]
pub enum Subscriber {
    /// Under a right of use.
    Covered {
        /// It.
        pass: Pass,
    },
    /// As anybody.
    NotCovered {
        /// Whose.
        subscription: SubscriptionId,
        /// Its number.
        number: u64,
        /// Why.
        #[serde(flatten)]
        why: WhyNotCovered,
    },
}

impl Subscriber {
    /// The right of use.
    pub const fn pass(&self) -> Option<&Pass> {
        match self {
            Self::Covered { pass } => Some(pass),
            Self::NotCovered { .. } => None,
        }
    }
}

/// The right of use a visit is under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// Whose.
    pub subscription: SubscriptionId,
    /// Its number.
    pub number: u64,
    /// When it holds; at any time without any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// The first instant after it.
    pub ends: Stamp,
    /// When the vehicle came in last.
    pub came: Stamp,
    /// How often it came in.
    pub passes: u32,
    /// What was paid since then for hours that were not bought, and when at last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<StayPaid>,
}

impl Pass {
    /// The vehicle is back.
    pub(super) fn come_in(&mut self, at: Stamp) {
        self.came = at;
        self.passes += 1;
        self.paid = None;
    }

    /// A document of its visit was paid.
    pub(super) fn take(&mut self, document: &Document) {
        let of_hours = document.sale.lines.iter().filter(|line| line.code == OUTSIDE_CODE);
        let amount: Cents = of_hours.map(Line::gross).sum();
        let before = self.paid.map_or(Cents::ZERO, |paid| paid.amount);
        self.paid = Some(StayPaid { amount: before + amount, at: document.issued });
    }
}

/// The period that a paid order buys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedTerm {
    /// Of which subscription.
    pub subscription: SubscriptionId,
    /// The days.
    pub period: Period,
    /// Code of the plan.
    pub plan: String,
    /// How many vehicles may be inside at once.
    pub places: u32,
    /// When it holds; at any time without any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
}

impl WantedTerm {
    /// What it is once its document is paid.
    pub fn paid_by(&self, document: &Document) -> Term {
        Term {
            period: self.period,
            plan: self.plan.clone(),
            places: self.places,
            hours: self.hours.clone(),
            document: document.id,
            kind: document.kind.clone(),
            total: document.totals.gross,
            name: document.name.clone(),
            credited: Cents::ZERO,
            entries: Vec::new(),
        }
    }
}
