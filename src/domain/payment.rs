//! Tenders: how a sale was paid. Change comes only from cash; a tip is not revenue.

use super::money::{AMOUNT_MAX, Cents};
use serde::{Deserialize, Serialize};

/// One means of paying, with its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "means", rename_all = "snake_case")]
pub enum Tender {
    /// Notes and coins, as handed over.
    Cash {
        /// What the customer gave.
        given: Cents,
    },
    /// A card terminal that stands apart: the cashier read "approved" on it.
    CardApart {
        /// What the card paid of the sale.
        amount: Cents,
        /// What the card paid on top, for the people: not revenue, not on the tax document.
        tip: Cents,
    },
}

/// A payment whose sums agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The tenders as given.
    pub tenders: Vec<Tender>,
    /// What went into the drawer of the cash given.
    pub cash: Cents,
    /// What cards paid of the sale.
    pub card: Cents,
    /// What cards paid on top.
    pub tips: Cents,
    /// What the customer gets back from the drawer.
    pub change: Cents,
}

/// Why tenders do not pay a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPayment {
    /// An amount below zero or beyond [`AMOUNT_MAX`].
    #[error("this amount cannot be right")]
    Amount,
    /// Less than what is due.
    #[error("{} is still to be paid", missing.with_comma())]
    Short {
        /// What is missing.
        missing: Cents,
    },
    /// A card paid more than what is due.
    #[error("a card cannot pay more than what is due; type what is above it as a tip")]
    CardOver,
}

impl Payment {
    /// Settles `due` with the tenders.
    ///
    /// # Errors
    /// When an amount is absurd, something is missing, or change would come from a card.
    pub fn settle(due: Cents, tenders: Vec<Tender>) -> Result<Self, BadPayment> {
        let amounts = tenders.iter().flat_map(|tender| match tender {
            Tender::Cash { given } => [*given, Cents::ZERO],
            Tender::CardApart { amount, tip } => [*amount, *tip],
        });
        if amounts.clone().any(|amount| amount < Cents::ZERO || amount > AMOUNT_MAX) {
            return Err(BadPayment::Amount);
        }
        let given: Cents = tenders.iter().map(Tender::cash_given).sum();
        let card: Cents = tenders.iter().map(Tender::card_amount).sum();
        let tips = amounts.sum::<Cents>() - given - card;
        if card > due {
            return Err(BadPayment::CardOver);
        }
        let change = given + card - due;
        if change < Cents::ZERO {
            return Err(BadPayment::Short { missing: -change });
        }
        Ok(Self { tenders, cash: given - change, card, tips, change })
    }
}

impl Tender {
    const fn cash_given(&self) -> Cents {
        match self {
            Self::Cash { given } => *given,
            Self::CardApart { .. } => Cents::ZERO,
        }
    }

    const fn card_amount(&self) -> Cents {
        match self {
            Self::Cash { .. } => Cents::ZERO,
            Self::CardApart { amount, .. } => *amount,
        }
    }
}
