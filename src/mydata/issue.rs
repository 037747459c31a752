//! What is known of a document that shall be told to myDATA: our own [`Document`], and beside it what only myDATA asks for.
//! The business's standing answers are [`Terms`]; one document's own are in [`Issue`].

use super::classification::Classifications;
use super::invoice::{Party, PaymentDetail};
use super::kinds::{InvoiceType, LostConnection, PaymentMeans, VatCategories};
use crate::domain::document::Document;
use serde::{Deserialize, Serialize};

/// What holds for every document of a business. Settings: the accountant says them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The business and the establishment that issue.
    pub issuer: Party,
    /// Rates of VAT and their categories.
    pub vat: VatCategories,
    /// Why what bears no VAT bears none (table 8.3, 1 to 31), where the business sells such things.
    pub exemption: Option<u8>,
    /// As what a deposit set off is told: it was paid before, in a way of its own.
    pub deposit: Option<PaymentMeans>,
    /// As what a voucher is told: myDATA has no means of payment of that name.
    pub voucher: Option<PaymentMeans>,
    /// What things are in the income books.
    pub classifications: Classifications,
}

impl Terms {
    /// The usual answers for a business.
    pub fn new(issuer: Party) -> Self {
        Self {
            issuer,
            vat: VatCategories::default(),
            exemption: None,
            deposit: None,
            voucher: None,
            classifications: Classifications::default(),
        }
    }
}

/// The document a credit takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// Its MARK; a retail credit may do without, where it has none or nobody knows it.
    pub mark: Option<i64>,
    /// Its type, which says what the credit may carry.
    pub kind: InvoiceType,
}

/// One document to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue<'a> {
    /// Ours. A credit's amounts are positive: its type says that they are taken back.
    pub document: &'a Document,
    /// As which type.
    pub kind: InvoiceType,
    /// The establishment of the business it goes to; 0 is the head office.
    pub counterpart_branch: u32,
    /// What a credit takes back.
    pub original: Option<Original>,
    /// Further documents it belongs to, on the types that may name any (2.1, 1.1 and 11.4).
    pub connected: Vec<i64>,
    /// How it was paid, where more is known of it than [`Document::payment`] holds.
    pub payments: Option<Vec<PaymentDetail>>,
    /// It was issued while there was no connection.
    pub lost_connection: Option<LostConnection>,
}

impl<'a> Issue<'a> {
    /// A document with nothing beside it.
    pub const fn new(document: &'a Document, kind: InvoiceType) -> Self {
        Self {
            document,
            kind,
            counterpart_branch: 0,
            original: None,
            connected: Vec::new(),
            payments: None,
            lost_connection: None,
        }
    }

    /// A credit of a document.
    pub fn credit(document: &'a Document, kind: InvoiceType, original: Original) -> Self {
        Self { original: Some(original), ..Self::new(document, kind) }
    }
}
