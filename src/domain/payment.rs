//! Tenders: how a sale was paid. Change comes only from cash; a tip is not revenue.

use super::card::{CardApproval, CardSession};
use super::ids::DepositId;
use super::money::{AMOUNT_MAX, Cents};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// A card terminal that is asked by this program.
    CardLinked {
        /// What the card pays of the sale.
        amount: Cents,
        /// What it paid on top.
        #[serde(default)]
        tip: Cents,
        /// The terminal's number of the approved operation; nothing while it is only wanted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<CardSession>,
    },
    /// An instant payment (IRIS) seen to have arrived.
    Iris {
        /// How much.
        amount: Cents,
    },
    /// A bank transfer seen to have arrived.
    Bank {
        /// How much.
        amount: Cents,
    },
    /// A voucher that was handed over.
    Voucher {
        /// What it is worth here.
        amount: Cents,
    },
    /// Owed by the customer the document is for.
    OnAccount {
        /// How much.
        amount: Cents,
    },
    /// Taken before anything was owed, and set off now.
    Deposit {
        /// Which.
        deposit: DepositId,
        /// How much of it.
        amount: Cents,
    },
}

/// The ways of paying that are added up apart. What the registry and myDATA call each is theirs to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// Notes and coins.
    Cash,
    /// Cards, by either kind of terminal.
    Card,
    /// Instant payments.
    Iris,
    /// Bank transfers.
    Bank,
    /// Vouchers.
    Voucher,
    /// Owed.
    Account,
    /// Set off against a deposit.
    Deposit,
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
    /// What was paid in another way, each with its sum.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<(Means, Cents)>,
    /// What cards paid on top.
    pub tips: Cents,
    /// What linked terminals said, one for each operation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<CardApproval>,
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
    /// Something else than cash paid more than what is due.
    #[error("only cash gives change; what a card pays above what is due is typed as a tip")]
    OnlyCashGivesChange,
}

impl Payment {
    /// Settles `due` with the tenders.
    ///
    /// # Errors
    /// When an amount is absurd, something is missing, or change would come from a card.
    pub fn settle(due: Cents, tenders: Vec<Tender>) -> Result<Self, BadPayment> {
        let parts = tenders.iter().map(Tender::parts);
        let absurd = |amount: Cents| amount < Cents::ZERO || amount > AMOUNT_MAX;
        if parts.clone().any(|(_, amount, tip)| absurd(amount) || absurd(tip)) {
            return Err(BadPayment::Amount);
        }
        let mut paid: BTreeMap<Means, Cents> = BTreeMap::new();
        for (means, amount, _) in parts.clone() {
            *paid.entry(means).or_default() += amount;
        }
        let tips = parts.map(|(_, _, tip)| tip).sum();
        let given = paid.remove(&Means::Cash).unwrap_or_default();
        let others: Cents = paid.values().copied().sum();
        if others > due {
            return Err(BadPayment::OnlyCashGivesChange);
        }
        let change = given + others - due;
        if change < Cents::ZERO {
            return Err(BadPayment::Short { missing: -change });
        }
        let card = paid.remove(&Means::Card).unwrap_or_default();
        let others = paid.into_iter().filter(|(_, amount)| !amount.is_zero()).collect();
        Ok(Self { tenders, cash: given - change, card, others, tips, approvals: Vec::new(), change })
    }

    /// Every way it was paid, with its sum; what paid nothing is left out.
    pub fn by_means(&self) -> impl Iterator<Item = (Means, Cents)> {
        let first = [(Means::Cash, self.cash), (Means::Card, self.card)];
        first.into_iter().chain(self.others.iter().copied()).filter(|(_, amount)| !amount.is_zero())
    }
}

impl Payment {
    /// The deposits it was set off against.
    pub fn deposits(&self) -> impl Iterator<Item = DepositId> {
        self.tenders.iter().filter_map(|tender| match tender {
            Tender::Deposit { deposit, .. } => Some(*deposit),
            _ => None,
        })
    }

    /// What linked card terminals were asked for, by their numbers.
    pub fn sessions(&self) -> impl Iterator<Item = CardSession> {
        self.tenders.iter().filter_map(|tender| match tender {
            Tender::CardLinked { session, .. } => *session,
            _ => None,
        })
    }
}

impl Tender {
    /// What it is, how much of the sale it pays, and what it pays on top. Of cash it is what was handed over.
    pub const fn parts(&self) -> (Means, Cents, Cents) {
        match *self {
            Self::Cash { given } => (Means::Cash, given, Cents::ZERO),
            Self::CardApart { amount, tip } | Self::CardLinked { amount, tip, .. } => {
                (Means::Card, amount, tip)
            }
            Self::Iris { amount } => (Means::Iris, amount, Cents::ZERO),
            Self::Bank { amount } => (Means::Bank, amount, Cents::ZERO),
            Self::Voucher { amount } => (Means::Voucher, amount, Cents::ZERO),
            Self::OnAccount { amount } => (Means::Account, amount, Cents::ZERO),
            Self::Deposit { amount, .. } => (Means::Deposit, amount, Cents::ZERO),
        }
    }
}
