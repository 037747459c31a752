//! A sale without a vehicle: carpets and laundry that are left here and fetched later, goods over the counter. The registry
//! of vehicles is told nothing of it.
//!
//! ```text
//!            take in               finish            the last piece is fetched
//!   OPEN ──────────────▶ WAITING ──────────▶ READY ─────────────────────────────▶ DONE
//!     │                     ╲_________________│____________________________________▲ │
//!     ├── pay, where nothing is left here ───────────────────────────────────────────╯
//!     └── cancel (from any of the first three, until a document exists) ──▶ CANCELLED
//! ```
//! Paying is no step of this: it happens at the intake or when something is fetched, and once more for what has been added
//! since. Nothing is handed over before it is paid. A payment that is made void opens a sale over the counter again.

use super::document::Document;
use super::event::Event;
use super::ids::{DocumentId, OrderId, Reference};
use super::money::{Cents, Quantity, Rate};
use super::operator::OperatorId;
use super::pack::PackWanted;
use super::sale::{Discount, Line, Sale};
use super::settings::StorageRule;
use super::subscription::WantedTerm;
use super::text::{Name, Text};
use super::time::Stamp;
use jiff::civil;
use serde::{Deserialize, Serialize};

/// The code of the line that charges for keeping things too long.
pub const STORAGE_CODE: &str = "STORAGE";

/// Where an order stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OrderState {
    /// Being written down.
    Open,
    /// Taken in: its things are here and waited for.
    Waiting,
    /// Its things can be fetched.
    Ready,
    /// Nothing of it is here, and nothing is owed.
    Done {
        /// Since when.
        at: Stamp,
    },
    /// Given back untouched.
    Cancelled {
        /// Why.
        reason: Text,
    },
}

impl OrderState {
    /// Something may still happen to it.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Open | Self::Waiting | Self::Ready)
    }

    /// The code stored for lists.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Ready => "ready",
            Self::Done { .. } => "done",
            Self::Cancelled { .. } => "cancelled",
        }
    }
}

/// What can happen to an order's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderStep {
    /// Its things are left here.
    TakeIn,
    /// They can be fetched.
    Finish,
    /// Nothing of it is here any more, and nothing is owed.
    Complete(Stamp),
    /// Its things are given back untouched.
    Cancel(Text),
}

/// A step that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OrderStepRefused {
    /// It was taken in already.
    #[error("the order was already taken in")]
    TakenIn,
    /// It was not taken in yet.
    #[error("the order has not been taken in yet")]
    NotTakenIn,
    /// It is ready already.
    #[error("the order is already ready")]
    Ready,
    /// It is over.
    #[error("the order is already over")]
    Over,
}

impl OrderState {
    /// The state after a step.
    ///
    /// # Errors
    /// When the step does not fit; the state then stays as it is.
    pub fn after(&self, step: OrderStep) -> Result<Self, OrderStepRefused> {
        match (self, step) {
            (
                Self::Done { .. } | Self::Cancelled { .. },
                OrderStep::TakeIn | OrderStep::Finish | OrderStep::Complete(_) | OrderStep::Cancel(_),
            ) => Err(OrderStepRefused::Over),
            (Self::Open, OrderStep::TakeIn) => Ok(Self::Waiting),
            (Self::Waiting | Self::Ready, OrderStep::TakeIn) => Err(OrderStepRefused::TakenIn),
            (Self::Open, OrderStep::Finish) => Err(OrderStepRefused::NotTakenIn),
            (Self::Waiting, OrderStep::Finish) => Ok(Self::Ready),
            (Self::Ready, OrderStep::Finish) => Err(OrderStepRefused::Ready),
            (Self::Open | Self::Waiting | Self::Ready, OrderStep::Complete(at)) => Ok(Self::Done { at }),
            (Self::Open | Self::Waiting | Self::Ready, OrderStep::Cancel(reason)) => {
                Ok(Self::Cancelled { reason })
            }
        }
    }
}

/// One line of an order: what is sold, and the things it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// What is sold.
    #[serde(flatten)]
    pub line: Line,
    /// How many things were left here for it; none for goods, which are handed over at once.
    #[serde(default)]
    pub pieces: u32,
    /// How many of them were fetched.
    #[serde(default)]
    pub fetched: u32,
    /// What was wrong with them when they came.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub defects: Text,
    /// The pack it sells, where it sells one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<Box<PackWanted>>,
    /// The document that took it; nothing while it is owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
}

impl OrderLine {
    /// Things of it that are still here.
    pub const fn here(&self) -> u32 {
        self.pieces.saturating_sub(self.fetched)
    }
}

/// Whose the things are, as far as the slip needs it; all of it may be left empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Owner {
    /// A name.
    pub name: Text,
    /// A telephone number.
    pub phone: Text,
}

/// A sale without a vehicle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its name.
    pub id: OrderId,
    /// What people say and print; visits and orders share one count.
    pub reference: Reference,
    /// When it began.
    pub opened: Stamp,
    /// Who began it.
    pub operator: OperatorId,
    /// Where it stands.
    #[serde(flatten)]
    pub state: OrderState,
    /// What it is about, in the order it was written down.
    pub lines: Vec<OrderLine>,
    /// Discounts on what is still owed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discounts: Vec<Discount>,
    /// The price list it was priced with.
    pub catalogue: String,
    /// Whose the things are.
    #[serde(default)]
    pub owner: Owner,
    /// The day they are promised for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<civil::Date>,
    /// The period of a subscription it buys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Box<WantedTerm>>,
}

impl Order {
    /// What is still owed, as a sale.
    pub fn unpaid(&self) -> Sale {
        let owed = self.lines.iter().filter(|line| line.document.is_none());
        Sale {
            lines: owed.map(|line| line.line.clone()).collect(),
            discounts: self.discounts.clone(),
            catalogue: self.catalogue.clone(),
        }
    }

    /// Whether any document has taken any of it.
    pub fn has_document(&self) -> bool {
        self.lines.iter().any(|line| line.document.is_some())
    }

    /// Things of it that are here.
    pub fn here(&self) -> u32 {
        self.lines.iter().map(OrderLine::here).sum()
    }

    /// Things that were left here for it, fetched or not.
    pub fn pieces(&self) -> u32 {
        self.lines.iter().map(|line| line.pieces).sum()
    }

    /// The days its things are kept beyond what the rule leaves free, and no line charges for yet.
    pub fn days_to_charge(&self, rule: StorageRule, today: civil::Date) -> i64 {
        let taken_in = matches!(self.state, OrderState::Waiting | OrderState::Ready);
        if !rule.is_on() || !taken_in || self.here() == 0 {
            return 0;
        }
        let from = self.promised.unwrap_or(self.opened.date());
        let kept = (today - from).get_days();
        let charged: i64 = self.storage_lines().map(|line| line.line.quantity.0 / Quantity::ONE.0).sum();
        (i64::from(kept) - i64::from(rule.free_days) - charged).max(0)
    }

    fn storage_lines(&self) -> impl Iterator<Item = &OrderLine> {
        self.lines.iter().filter(|line| line.line.code == STORAGE_CODE)
    }

    /// The line that charges for keeping its things until today; nothing where there is nothing to charge.
    pub fn storage(&self, rule: StorageRule, vat: Rate, today: civil::Date) -> Option<OrderLine> {
        let days = self.days_to_charge(rule, today);
        let quantity = Quantity(days * Quantity::ONE.0);
        let name = Name::new("Φύλαξη (ημέρες)", "Storage (days)");
        (days > 0).then(|| OrderLine {
            line: Line::new(STORAGE_CODE, name, quantity, rule.per_day, vat),
            pieces: 0,
            fetched: 0,
            defects: Text::default(),
            pack: None,
            document: None,
        })
    }

    /// What is owed today, with what keeping its things has come to.
    pub fn due(&self, rule: StorageRule, vat: Rate, today: civil::Date) -> Cents {
        let mut sale = self.unpaid();
        sale.lines.extend(self.storage(rule, vat, today).map(|storage| storage.line));
        sale.totals().gross
    }

    /// Its things are past the day they were promised for.
    pub fn is_late(&self, today: civil::Date) -> bool {
        self.state.is_open() && self.here() > 0 && self.promised.is_some_and(|promised| promised < today)
    }

    /// The order once a payment of it is void: what that had paid is owed again, and what was over stands open again. Nothing
    /// where things it had paid were handed over.
    #[must_use]
    pub fn without(&self, document: &Document) -> Option<Self> {
        let mut order = self.clone();
        let paid = |line: &OrderLine| line.document == Some(document.id);
        if matches!(order.state, OrderState::Cancelled { .. })
            || !order.lines.iter().any(paid)
            || order.lines.iter().any(|line| paid(line) && line.fetched > 0)
        {
            return None;
        }
        for line in order.lines.iter_mut().filter(|line| paid(line)) {
            line.document = None;
        }
        if order.discounts.is_empty() {
            order.discounts.clone_from(&document.sale.discounts);
        }
        if matches!(order.state, OrderState::Done { .. }) {
            order.state = OrderState::Open;
        }
        Some(order)
    }

    /// Applies an event that names this order.
    ///
    /// # Errors
    /// When the event does not fit the state: the journal is then not one this program wrote.
    pub fn fold(&mut self, event: &Event, at: Stamp) -> Result<(), OrderStepRefused> {
        match event {
            Event::OrderLineAdded { line, .. } => self.lines.push((**line).clone()),
            Event::OrderLineRemoved { line, .. } if *line < self.lines.len() => {
                self.lines.remove(*line);
            }
            Event::OrderDiscounted { discount, .. } => self.discounts = vec![discount.clone()],
            Event::OrderTakenIn { owner, promised, .. } => {
                self.state = self.state.after(OrderStep::TakeIn)?;
                self.owner = owner.clone();
                self.promised = *promised;
            }
            Event::OrderFinished { .. } => self.state = self.state.after(OrderStep::Finish)?,
            Event::OrderFetched { fetched, .. } => self.fetch(fetched, at)?,
            Event::OrderCancelled { reason, .. } => {
                self.state = self.state.after(OrderStep::Cancel(reason.clone()))?;
            }
            Event::DocumentNumbered { document, .. } => self.paid_by(document, at)?,
            Event::OrderOwesAgain { order } => *self = (**order).clone(),
            _ => {}
        }
        Ok(())
    }

    /// What a document does: everything that was owed is paid, and an order nothing was left for is over.
    fn paid_by(&mut self, document: &Document, at: Stamp) -> Result<(), OrderStepRefused> {
        for line in self.lines.iter_mut().filter(|line| line.document.is_none()) {
            line.document = Some(document.id);
        }
        self.discounts.clear();
        self.complete_if_over(at)
    }

    /// Some of its things are fetched.
    fn fetch(&mut self, fetched: &[Fetched], at: Stamp) -> Result<(), OrderStepRefused> {
        for Fetched { line, pieces } in fetched {
            if let Some(line) = self.lines.get_mut(*line) {
                line.fetched = (line.fetched + pieces).min(line.pieces);
            }
        }
        self.complete_if_over(at)
    }

    /// Nothing is here, and nothing is owed: what was only sold over the counter is over when it is paid.
    fn complete_if_over(&mut self, at: Stamp) -> Result<(), OrderStepRefused> {
        if self.here() == 0 && self.lines.iter().all(|line| line.document.is_some()) {
            self.state = self.state.after(OrderStep::Complete(at))?;
        }
        Ok(())
    }
}

/// How many things of a line are fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetched {
    /// Which line, from 0.
    pub line: usize,
    /// How many.
    pub pieces: u32,
}
