//! An invoice as myDATA has it, and its canonical form.
//!
//! The rules kept here: a document is a pure function of its value; elements stand in the schema's order; amounts have two
//! decimals; and the totals are never given but always the exact sums of the lines. Whether a value *makes sense* is
//! [`super::compose`]'s affair.

use super::classification::Classification;
use super::identity::{Identity, Uid};
use super::kinds::{LostConnection, PaymentMeans};
use crate::aade::writer::DocumentWriter;
use crate::domain::money::Cents;
use crate::domain::text::Text;
use serde::{Deserialize, Serialize};

/// Namespace of invoices; it begins with `http`.
pub(super) const INVOICE: &str = "http://www.aade.gr/myDATA/invoice/v1.0";
/// Namespace of income classifications; it begins with `https`, and the misspelling is AADE's.
const INCOME: &str = "https://www.aade.gr/myDATA/incomeClassificaton/v1.0";

/// One document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Issuer, date, establishment, type, series, number.
    pub identity: Identity,
    /// It was issued while there was no connection.
    pub lost_connection: Option<LostConnection>,
    /// The business it goes to.
    pub counterpart: Option<Party>,
    /// MARKs of the invoices a 5.1 credits.
    pub correlated: Vec<i64>,
    /// MARKs of documents it belongs to otherwise.
    pub connected: Vec<i64>,
    /// How it was paid; never empty.
    pub payments: Vec<PaymentDetail>,
    /// What was sold; never empty.
    pub lines: Vec<InvoiceLine>,
}

/// A Greek business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its AFM.
    pub afm: String,
    /// Its establishment; 0 is the head office.
    pub branch: u32,
}

/// One line: things of one rate and one classification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceLine {
    /// Without VAT.
    pub net: Cents,
    /// myDATA's number of the rate.
    pub vat_category: u8,
    /// The VAT.
    pub vat: Cents,
    /// Why there is none (table 8.3).
    pub exemption: Option<u8>,
    /// What it is in the books.
    pub classification: Classification,
}

/// One means of payment with its amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentDetail {
    /// The means.
    pub means: PaymentMeans,
    /// What it paid of the document; a tip is not in it.
    pub amount: Cents,
    /// What was paid on top.
    pub tip: Cents,
    /// The card terminal's account of it.
    pub card: Option<CardTransaction>,
}

/// What a card terminal, or IRIS, said of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CardTransaction {
    /// Its name of the transaction.
    pub transaction_id: Option<Text>,
    /// The terminal's number.
    pub terminal_id: Option<Text>,
    /// Who bound the payment to the document.
    pub bound_by: Option<Binding>,
}

/// What ties a payment to its document (A.1155/2023).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Binding {
    /// A provider signed it; on documents of the provider channel.
    Provider {
        /// The provider's number, three digits.
        author: Text,
        /// The signature.
        signature: Text,
        /// IRIS's own reference; never with a card.
        end_to_end: Option<Text>,
    },
    /// It went through a fiscal machine; on documents of our own channel.
    FiscalMachine {
        /// The machine's serial number.
        author: Text,
        /// The session, six characters.
        session: Text,
    },
}

impl Invoice {
    /// What it is called at myDATA.
    pub fn uid(&self) -> Uid {
        self.identity.uid()
    }

    /// The sum of the lines without VAT.
    pub fn net(&self) -> Cents {
        self.lines.iter().map(|line| line.net).sum()
    }

    /// The sum of the lines' VAT.
    pub fn vat(&self) -> Cents {
        self.lines.iter().map(|line| line.vat).sum()
    }

    /// What is to be paid.
    pub fn gross(&self) -> Cents {
        self.net() + self.vat()
    }

    /// The document that tells of several at once.
    pub fn document(invoices: &[Self]) -> String {
        DocumentWriter::document("InvoicesDoc", &[("xmlns", INVOICE), ("xmlns:icls", INCOME)], |w| {
            for invoice in invoices {
                w.group("invoice", |w| invoice.write(w));
            }
        })
    }

    fn write(&self, w: &mut DocumentWriter) {
        w.optional("transmissionFailure", self.lost_connection.map(LostConnection::code));
        let issuer = Party { afm: self.identity.issuer.clone(), branch: self.identity.branch };
        w.group("issuer", |w| issuer.write(w));
        if let Some(counterpart) = &self.counterpart {
            w.group("counterpart", |w| counterpart.write(w));
        }
        w.group("invoiceHeader", |w| self.write_header(w));
        w.group("paymentMethods", |w| {
            for payment in &self.payments {
                w.group("paymentMethodDetails", |w| payment.write(w, ""));
            }
        });
        for (number, line) in (1..).zip(&self.lines) {
            w.group("invoiceDetails", |w| line.write(w, number));
        }
        w.group("invoiceSummary", |w| self.write_summary(w));
    }

    fn write_header(&self, w: &mut DocumentWriter) {
        let Identity { date, kind, series, number, .. } = &self.identity;
        w.text("series", series.as_str());
        w.value("aa", number);
        w.value("issueDate", date);
        w.value("invoiceType", kind);
        w.value("currency", "EUR");
        self.correlated.iter().for_each(|mark| w.value("correlatedInvoices", mark));
        self.connected.iter().for_each(|mark| w.value("multipleConnectedMarks", mark));
    }

    fn write_summary(&self, w: &mut DocumentWriter) {
        w.value("totalNetValue", self.net());
        w.value("totalVatAmount", self.vat());
        for none in ["Withheld", "Fees", "StampDuty", "OtherTaxes", "Deductions"] {
            w.value(&format!("total{none}Amount"), Cents::ZERO);
        }
        w.value("totalGrossValue", self.gross());
        self.classified().iter().for_each(|(classification, amount)| classification.write(w, *amount));
    }

    /// The net amount of each classification, in the order of the lines.
    fn classified(&self) -> Vec<(&Classification, Cents)> {
        let mut sums: Vec<(&Classification, Cents)> = Vec::new();
        for line in &self.lines {
            match sums.iter_mut().find(|(known, _)| *known == &line.classification) {
                Some((_, sum)) => *sum += line.net,
                None => sums.push((&line.classification, line.net)),
            }
        }
        sums
    }
}

impl Party {
    fn write(&self, w: &mut DocumentWriter) {
        w.text("vatNumber", &self.afm);
        w.value("country", "GR");
        w.value("branch", self.branch);
    }
}

impl InvoiceLine {
    fn write(&self, w: &mut DocumentWriter, number: u32) {
        w.value("lineNumber", number);
        w.value("netValue", self.net);
        w.value("vatCategory", self.vat_category);
        w.value("vatAmount", self.vat);
        w.optional("vatExemptionCategory", self.exemption);
        self.classification.write(w, self.net);
    }
}

impl Classification {
    fn write(&self, w: &mut DocumentWriter, amount: Cents) {
        w.group("incomeClassification", |w| {
            w.optional_text("icls:classificationType", self.e3.as_deref());
            w.text("icls:classificationCategory", &self.category);
            w.value("icls:amount", amount);
        });
    }
}

impl PaymentDetail {
    /// Its elements are the invoice's: in another document they stand under a prefix.
    pub(super) fn write(&self, w: &mut DocumentWriter, prefix: &str) {
        let named = |name: &str| format!("{prefix}{name}");
        w.value(&named("type"), self.means.code());
        w.value(&named("amount"), self.amount);
        w.optional(&named("tipAmount"), Some(self.tip).filter(|tip| *tip != Cents::ZERO));
        let Some(card) = &self.card else { return };
        w.optional_text(&named("transactionId"), card.transaction_id.as_ref().map(Text::as_str));
        w.optional_text(&named("tid"), card.terminal_id.as_ref().map(Text::as_str));
        match &card.bound_by {
            Some(Binding::Provider { author, signature, end_to_end }) => {
                w.group(&named("ProvidersSignature"), |w| {
                    w.text(&named("SigningAuthor"), author.as_str());
                    w.text(&named("Signature"), signature.as_str());
                    w.optional_text(&named("EndToEndReferenceID"), end_to_end.as_ref().map(Text::as_str));
                });
            }
            Some(Binding::FiscalMachine { author, session }) => w.group(&named("ECRToken"), |w| {
                w.text(&named("SigningAuthor"), author.as_str());
                w.text(&named("SessionNumber"), session.as_str());
            }),
            None => {}
        }
    }
}
