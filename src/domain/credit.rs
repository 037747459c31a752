//! Money given back: a document of its own that takes another back, whole or in part. Its amounts are positive; that it is a
//! credit says that they go the other way. What was given back so far is kept with the document it was taken from, so that
//! nothing is given back twice, and so that the last part takes the VAT of the whole to the cent.

use super::document::{Document, DocumentName};
use super::ids::DocumentId;
use super::money::{Cents, Quantity, VatRow, spread};
use super::operator::OperatorId;
use super::payment::Means;
use super::sale::{Line, Sale, Totals};
use super::text::Text;
use super::time::Stamp;
use serde::{Deserialize, Serialize};

/// What makes a document a credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// The document it takes back; nothing where the customer came without one that is known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Original>,
    /// Why, in words.
    pub reason: Text,
    /// Who allowed it.
    pub approved_by: OperatorId,
    /// Who took the money, where no document says whose it was: a name, a telephone number.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub given_to: Text,
}

/// The document a credit takes back, as far as its paper and its issuer need to know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// Which.
    pub document: DocumentId,
    /// Its series.
    pub series: String,
    /// Its number in that.
    pub number: u64,
    /// When it was issued.
    pub issued: Stamp,
    /// How the tax authority knows it.
    pub name: DocumentName,
}

/// What credits took of a document so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Credited {
    /// By VAT rate.
    pub vat: Vec<VatRow>,
    /// By the way the money went back.
    pub means: Vec<(Means, Cents)>,
}

impl Credited {
    /// Nothing was.
    pub const fn is_none(&self) -> bool {
        self.vat.is_empty()
    }

    /// All of it.
    pub fn gross(&self) -> Cents {
        self.vat.iter().map(|row| row.gross).sum()
    }

    /// What went back in one way.
    pub fn by(&self, means: Means) -> Cents {
        self.means.iter().filter(|(known, _)| *known == means).map(|(_, amount)| *amount).sum()
    }

    /// Adds a credit.
    pub(super) fn add(&mut self, credit: &Document) {
        for row in &credit.totals.vat {
            match self.vat.iter_mut().find(|known| known.rate == row.rate) {
                Some(known) => known.add(row),
                None => self.vat.push(*row),
            }
        }
        for (means, amount) in credit.payment.by_means() {
            match self.means.iter_mut().find(|(known, _)| *known == means) {
                Some((_, sum)) => *sum += amount,
                None => self.means.push((means, amount)),
            }
        }
    }
}

impl Document {
    /// It takes another document back.
    pub const fn is_credit(&self) -> bool {
        self.credit.is_some()
    }

    /// The document it takes back, where it is known.
    pub fn takes_back(&self) -> Option<DocumentId> {
        self.credit.as_ref()?.of.as_ref().map(|original| original.document)
    }

    /// The document as a credit of it names it; nothing while the authority does not know it.
    pub fn as_original(&self) -> Option<Original> {
        Some(Original {
            document: self.id,
            series: self.series.clone(),
            number: self.number,
            issued: self.issued,
            name: self.name.clone()?,
        })
    }

    /// What is left of it to be given back.
    pub fn left(&self) -> Cents {
        if self.is_credit() || self.void.is_some() {
            Cents::ZERO
        } else {
            self.totals.gross - self.credited.gross()
        }
    }

    /// What was paid in one way and not given back in it.
    pub fn left_by(&self, means: Means) -> Cents {
        let paid = self.payment.by_means().find(|(known, _)| *known == means);
        paid.map_or(Cents::ZERO, |(_, amount)| amount) - self.credited.by(means)
    }

    /// What a credit of so much says was given back, with its figures; nothing where no such amount is left.
    pub fn part(&self, amount: Cents) -> Option<(Sale, Totals)> {
        let left = self.left();
        if amount <= Cents::ZERO || amount > left {
            return None;
        }
        if amount == self.totals.gross {
            return Some((self.sale.clone(), self.totals.clone()));
        }
        let vat = if amount == left { self.rest() } else { self.part_by_rate(amount) };
        let sale = self.part_of_lines(&vat);
        Some((sale, Totals { lines: amount, discount: Cents::ZERO, gross: amount, vat }))
    }

    /// What is left of each rate, to the cent.
    fn rest(&self) -> Vec<VatRow> {
        let left = |row: &VatRow| {
            let mut left = *row;
            if let Some(taken) = self.credited.vat.iter().find(|taken| taken.rate == row.rate) {
                left.add(&-*taken);
            }
            left
        };
        self.totals.vat.iter().map(left).filter(|row| !row.gross.is_zero()).collect()
    }

    /// A part of each rate, in proportion to what is left of it. Its net is never more than what is left of the net.
    fn part_by_rate(&self, amount: Cents) -> Vec<VatRow> {
        let rest = self.rest();
        let shares: Vec<Cents> = rest.iter().map(|row| row.gross).collect();
        let part = |(row, gross): (&VatRow, Cents)| {
            let split = VatRow::split(row.rate, gross);
            let net = split.net.clamp(gross - row.vat, row.net);
            VatRow { net, vat: gross - net, ..split }
        };
        let parts = rest.iter().zip(spread(amount, &shares)).map(part);
        parts.filter(|row| !row.gross.is_zero()).collect()
    }

    /// The lines of the sale at the price that is given back of each.
    fn part_of_lines(&self, vat: &[VatRow]) -> Sale {
        let grosses = self.sale.grosses();
        let mut lines = Vec::new();
        for row in vat {
            let of_rate: Vec<(&Line, Cents)> = self
                .sale
                .lines
                .iter()
                .zip(grosses.iter().copied())
                .filter(|(l, _)| l.vat == row.rate)
                .collect();
            let shares: Vec<Cents> = of_rate.iter().map(|(_, gross)| *gross).collect();
            for ((line, _), unit_price) in of_rate.into_iter().zip(spread(row.gross, &shares)) {
                let part = Line::new(&line.code, line.name.clone(), Quantity::ONE, unit_price, line.vat);
                lines.push(Line { goods: line.goods, ..part });
            }
        }
        lines.retain(|line| !line.unit_price.is_zero());
        Sale { lines, discounts: Vec::new(), catalogue: self.sale.catalogue.clone() }
    }
}
