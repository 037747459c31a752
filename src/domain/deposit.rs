//! A deposit: money taken before anything is owed. It is no revenue; it is set off when the visit is paid, or given back.
//!
//! ```text
//!            take                 pay the visit with it
//!   (none) ───────▶ held ────────────────────────────────▶ set off
//!                    │  ╲___ part of it each way is usual ___╱
//!                    └──────── give back ───────────────────▶ returned
//! ```
//! Whether VAT is due on an advance is for an accountant to say; here it stands apart from every document until it pays one.

use super::event::Event;
use super::ids::{DepositId, DocumentId, Reference, VisitId};
use super::money::Cents;
use super::operator::OperatorId;
use super::payment::{Means, Payment, Tender};
use super::plate::Plate;
use super::text::Text;
use super::time::Stamp;
use serde::{Deserialize, Serialize};

/// A deposit, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deposit {
    /// Its name.
    pub id: DepositId,
    /// Its number at this terminal, from 1 without gaps.
    pub number: u64,
    /// The visit it is for.
    pub visit: VisitId,
    /// The visit's reference, for the paper.
    pub reference: Reference,
    /// The vehicle.
    pub plate: Plate,
    /// When it was taken.
    pub taken: Stamp,
    /// Who took it.
    pub operator: OperatorId,
    /// How much.
    pub amount: Cents,
    /// How it was paid.
    pub payment: Payment,
    /// What became of it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<Use>,
}

/// What became of a deposit, or of a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "use", rename_all = "snake_case")]
pub enum Use {
    /// It paid a document.
    SetOff {
        /// Which.
        document: DocumentId,
        /// How much of it.
        amount: Cents,
    },
    /// It was given back.
    Returned(Return),
}

/// A deposit given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// How much.
    pub amount: Cents,
    /// In which way.
    pub means: Means,
    /// When.
    pub at: Stamp,
    /// Who gave it.
    pub operator: OperatorId,
    /// Who allowed it; the same person where it went back the way it came.
    pub approved_by: OperatorId,
    /// Why it is given back, where somebody wrote it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub reason: Text,
}

impl Use {
    /// How much of the deposit it took.
    pub const fn amount(&self) -> Cents {
        match self {
            Self::SetOff { amount, .. } => *amount,
            Self::Returned(returned) => returned.amount,
        }
    }
}

impl Deposit {
    /// What is still held of it.
    pub fn left(&self) -> Cents {
        self.amount - self.uses.iter().map(Use::amount).sum()
    }

    /// Whether something is still held.
    pub fn is_held(&self) -> bool {
        self.left() > Cents::ZERO
    }

    /// What may still go back in a way it came in: nobody turns a card's money into cash by giving it back.
    pub fn returnable_by(&self, means: Means) -> Cents {
        let came = self.payment.by_means().filter(|(came, _)| *came == means).map(|(_, amount)| amount);
        let went = self.returns().filter(|returned| returned.means == means).map(|returned| returned.amount);
        (came.sum::<Cents>() - went.sum()).min(self.left())
    }

    /// What was given back, in order.
    pub fn returns(&self) -> impl Iterator<Item = &Return> {
        self.uses.iter().filter_map(|one| match one {
            Use::Returned(returned) => Some(returned),
            Use::SetOff { .. } => None,
        })
    }

    /// Applies an event that names this deposit.
    pub fn fold(&mut self, event: &Event) {
        match event {
            Event::DocumentNumbered { document, .. } => {
                for tender in &document.payment.tenders {
                    if let Tender::Deposit { deposit, amount } = tender
                        && *deposit == self.id
                    {
                        self.uses.push(Use::SetOff { document: document.id, amount: *amount });
                    }
                }
            }
            Event::DepositReturned { returned, .. } => self.uses.push(Use::Returned(returned.clone())),
            Event::DepositMoved { to, reference, plate, .. } => {
                self.visit = *to;
                self.reference = reference.clone();
                self.plate = plate.clone();
            }
            _ => {}
        }
    }
}
