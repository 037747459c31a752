//! What documents add up to. Sums of stored document figures, never computed again from totals.

use super::deposit::{Deposit, Return};
use super::document::{Document, DocumentKind};
use super::money::{Cents, VatRow};
use super::payment::Means;
use serde::{Deserialize, Serialize};
use std::ops::AddAssign;

/// What documents add up to: those of a shift, or of a day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// Retail documents.
    pub retail: u32,
    /// Invoices.
    pub invoices: u32,
    /// Retail credits.
    #[serde(default)]
    pub retail_credits: u32,
    /// Credits of invoices.
    #[serde(default)]
    pub invoice_credits: u32,
    /// Sum of the documents, VAT included, less the credits; so are net, VAT, rates and the ways of paying.
    pub gross: Cents,
    /// Sum of their net amounts.
    pub net: Cents,
    /// Sum of their VAT.
    pub vat: Cents,
    /// The same by rate, the lowest first.
    #[serde(default)]
    pub rates: Vec<VatRow>,
    /// What cash paid, change taken off.
    pub cash: Cents,
    /// What cards paid.
    pub card: Cents,
    /// What was paid in another way, each with its sum.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<(Means, Cents)>,
    /// Deposits, apart from revenue.
    #[serde(default, skip_serializing_if = "Deposits::is_empty")]
    pub deposits: Deposits,
    /// Tips, apart from revenue.
    pub tips: Cents,
    /// What discounts took off.
    pub discounts: Cents,
    /// Visits settled without a document.
    pub no_document: u32,
    /// Drawer openings without a sale.
    pub no_sale: u32,
    /// Payments that were made void; they count nowhere else.
    #[serde(default)]
    pub voids: u32,
    /// What they came to.
    #[serde(default)]
    pub voided: Cents,
    /// What credits gave back.
    #[serde(default)]
    pub refunded: Cents,
    /// … of it from the drawer.
    #[serde(default)]
    pub refunded_cash: Cents,
}

/// Money on account: what came, and what went back. What was set off stands among the ways documents were paid.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Deposits {
    /// What was taken, by way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken: Vec<(Means, Cents)>,
    /// What was given back, by way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returned: Vec<(Means, Cents)>,
}

impl Deposits {
    /// Nothing was taken and nothing given back.
    pub const fn is_empty(&self) -> bool {
        self.taken.is_empty() && self.returned.is_empty()
    }

    /// What they brought into the drawer; below zero when more went back.
    pub fn cash(&self) -> Cents {
        let cash = |list: &[(Means, Cents)]| -> Cents {
            list.iter().filter(|(means, _)| *means == Means::Cash).map(|(_, amount)| *amount).sum()
        };
        cash(&self.taken) - cash(&self.returned)
    }
}

/// Adds to a list of sums by way of paying, which keeps its order.
fn add_by_means(list: &mut Vec<(Means, Cents)>, (means, amount): (Means, Cents)) {
    match list.binary_search_by_key(&means, |(known, _)| *known) {
        Ok(at) => list[at].1 += amount,
        Err(at) => list.insert(at, (means, amount)),
    }
}

/// Which way the money of a document went.
#[derive(Debug, Clone, Copy)]
enum Direction {
    In,
    Back,
}

impl Figures {
    /// Adds a deposit that was taken.
    pub fn add_deposit(&mut self, deposit: &Deposit) {
        deposit.payment.by_means().for_each(|one| add_by_means(&mut self.deposits.taken, one));
        self.tips += deposit.payment.tips;
    }

    /// Adds a deposit that was given back.
    pub fn add_return(&mut self, returned: &Return) {
        add_by_means(&mut self.deposits.returned, (returned.means, returned.amount));
    }

    /// Adds one document's stored figures; those of a credit are taken off.
    pub fn add(&mut self, document: &Document) {
        *self.counted(document) += 1;
        if document.is_credit() {
            self.book(document, Direction::Back);
            self.refunded += document.totals.gross;
            self.refunded_cash += document.payment.cash;
        } else {
            self.book(document, Direction::In);
            self.tips += document.payment.tips;
            self.discounts += document.totals.discount;
        }
    }

    /// Takes a sale out that was made void.
    pub fn void(&mut self, document: &Document) {
        let count = self.counted(document);
        *count = count.saturating_sub(1);
        self.book(document, Direction::Back);
        self.tips -= document.payment.tips;
        self.discounts -= document.totals.discount;
        self.voids += 1;
        self.voided += document.totals.gross;
    }

    /// Where a document is counted.
    const fn counted(&mut self, document: &Document) -> &mut u32 {
        match (&document.kind, document.is_credit()) {
            (DocumentKind::Retail, false) => &mut self.retail,
            (DocumentKind::Invoice { .. }, false) => &mut self.invoices,
            (DocumentKind::Retail, true) => &mut self.retail_credits,
            (DocumentKind::Invoice { .. }, true) => &mut self.invoice_credits,
        }
    }

    fn book(&mut self, document: &Document, direction: Direction) {
        let signed = |amount: Cents| match direction {
            Direction::In => amount,
            Direction::Back => -amount,
        };
        self.gross += signed(document.totals.gross);
        self.net += signed(document.totals.net());
        self.vat += signed(document.totals.vat_amount());
        for row in &document.totals.vat {
            self.add_rate(&match direction {
                Direction::In => *row,
                Direction::Back => -*row,
            });
        }
        self.cash += signed(document.payment.cash);
        self.card += signed(document.payment.card);
        let others = document.payment.others.iter();
        others.for_each(|(means, amount)| add_by_means(&mut self.others, (*means, signed(*amount))));
    }

    /// Sum of what was sold, before anything was given back.
    pub fn sales(&self) -> Cents {
        self.gross + self.refunded
    }

    /// Documents of all kinds.
    pub const fn documents(&self) -> u32 {
        self.retail + self.invoices + self.retail_credits + self.invoice_credits
    }

    fn add_rate(&mut self, row: &VatRow) {
        match self.rates.binary_search_by_key(&row.rate, |known| known.rate) {
            Ok(at) => self.rates[at].add(row),
            Err(at) => self.rates.insert(at, *row),
        }
    }
}

impl AddAssign<&Self> for Figures {
    fn add_assign(&mut self, other: &Self) {
        self.retail += other.retail;
        self.invoices += other.invoices;
        self.retail_credits += other.retail_credits;
        self.invoice_credits += other.invoice_credits;
        self.gross += other.gross;
        self.net += other.net;
        self.vat += other.vat;
        other.rates.iter().for_each(|row| self.add_rate(row));
        self.cash += other.cash;
        self.card += other.card;
        other.others.iter().for_each(|one| add_by_means(&mut self.others, *one));
        other.deposits.taken.iter().for_each(|one| add_by_means(&mut self.deposits.taken, *one));
        other.deposits.returned.iter().for_each(|one| add_by_means(&mut self.deposits.returned, *one));
        self.tips += other.tips;
        self.discounts += other.discounts;
        self.no_document += other.no_document;
        self.no_sale += other.no_sale;
        self.voids += other.voids;
        self.voided += other.voided;
        self.refunded += other.refunded;
        self.refunded_cash += other.refunded_cash;
    }
}
