//! What was paid of a contract, with which documents, and what credits gave back of it. An instalment whose document was given
//! back whole is owed again.

use super::part::share;
use super::{Lease, number_of};
use crate::domain::document::Document;
use crate::domain::ids::DocumentId;
use crate::domain::money::Cents;
use crate::domain::sale::Line;
use serde::{Deserialize, Serialize};

/// An instalment that was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidInstalment {
    /// Its number.
    pub number: u16,
    /// How much.
    pub amount: Cents,
    /// Its document.
    pub document: DocumentId,
}

/// What a credit gave back of a document that paid instalments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenBack {
    /// Of which document.
    pub document: DocumentId,
    /// How much.
    pub amount: Cents,
}

impl Lease {
    /// What was paid and not given back whole: an instalment whose document was taken back is owed again.
    pub fn kept(&self) -> impl Iterator<Item = &PaidInstalment> {
        self.paid.iter().filter(|paid| self.given_back_of(paid.document) < self.paid_with(paid.document))
    }

    /// Whether an instalment was paid.
    pub fn is_paid(&self, number: u16) -> bool {
        self.kept().any(|paid| paid.number == number)
    }

    /// The document an instalment was paid with.
    pub fn document_of(&self, number: u16) -> Option<DocumentId> {
        self.kept().find(|paid| paid.number == number).map(|paid| paid.document)
    }

    /// What was paid beyond what is owed: the vehicle came back before days that were paid.
    pub fn overpaid(&self) -> Cents {
        let instalments = self.instalments();
        let owed = |number: u16| {
            let of = instalments.iter().find(|one| one.number == number);
            of.map_or(Cents::ZERO, |one| one.amount)
        };
        let over: Cents = self.kept().map(|paid| paid.amount - owed(paid.number)).sum();
        (over - self.given_back_in_part()).max(Cents::ZERO)
    }

    /// The document to give back from, the last one first, and how much of it.
    pub fn to_give_back(&self) -> Option<(DocumentId, Cents)> {
        let over = self.overpaid();
        let last = self.kept().max_by_key(|paid| paid.number).filter(|_| over > Cents::ZERO)?;
        let left = self.paid_with(last.document) - self.given_back_of(last.document);
        Some((last.document, over.min(left)))
    }

    /// What a document paid of it.
    fn paid_with(&self, document: DocumentId) -> Cents {
        self.paid.iter().filter(|paid| paid.document == document).map(|paid| paid.amount).sum()
    }

    /// What was given back of a document.
    fn given_back_of(&self, document: DocumentId) -> Cents {
        let of = self.given_back.iter().filter(|back| back.document == document);
        of.map(|back| back.amount).sum()
    }

    /// What was given back of documents that were not given back whole.
    fn given_back_in_part(&self) -> Cents {
        let kept = |back: &&GivenBack| self.given_back_of(back.document) < self.paid_with(back.document);
        self.given_back.iter().filter(kept).map(|back| back.amount).sum()
    }

    /// A document was paid.
    pub(in crate::domain) fn take(&mut self, document: &Document) {
        let before: Cents = document.sale.lines.iter().map(Line::gross).sum();
        let paid = document.sale.lines.iter().filter_map(|line| {
            let number = number_of(&line.code)?;
            // A discount is on all lines alike.
            let amount = share(line.gross(), document.totals.gross.0, before.0);
            Some(PaidInstalment { number, amount, document: document.id })
        });
        self.paid.extend(paid);
    }

    /// A document was made void.
    pub(in crate::domain) fn forget(&mut self, document: DocumentId) {
        self.paid.retain(|paid| paid.document != document);
    }

    /// A credit gave money back.
    pub(in crate::domain) fn give_back(&mut self, of: DocumentId, amount: Cents) {
        if self.paid.iter().any(|paid| paid.document == of) {
            self.given_back.push(GivenBack { document: of, amount });
        }
    }
}
