//! What is said to myDATA: four calls as plain types, and how they go out.

use super::compose::{ComposeError, check_card};
use super::invoice::{INVOICE, Invoice, PaymentDetail};
use super::kinds::{InvoiceType, PaymentMeans};
use crate::aade::transport::{Endpoint, HttpRequest, Method, push_parameter};
use crate::aade::writer::DocumentWriter;
use crate::domain::text::Text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Namespace of payments told afterwards.
const PAYMENTS: &str = "https://www.aade.gr/myDATA/paymentMethod/v1.0";

/// Most documents of one message; more answer 265. A till sends one.
pub const INVOICES_MAX: usize = 5_000;

/// Where the calls stand below the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Under `/myDATA/`.
    Production,
    /// At the root, as in AADE's test environment.
    Test,
}

impl Layout {
    /// The layout of a host; a simulator serves both.
    pub const fn of(endpoint: &Endpoint) -> Self {
        match endpoint {
            Endpoint::Test => Self::Test,
            Endpoint::Production | Endpoint::At(_) => Self::Production,
        }
    }

    const fn prefix(self) -> &'static str {
        match self {
            Self::Production => "/myDATA/",
            Self::Test => "/",
        }
    }
}

/// The calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Documents told.
    Send,
    /// A document cancelled, before it was handed over.
    Cancel,
    /// Payments told after their document.
    Pay,
    /// What we told, read back.
    Transmitted,
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Send, Self::Cancel, Self::Pay, Self::Transmitted];

    /// AADE's own name of it, the last part of its address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Send => "SendInvoices",
            Self::Cancel => "CancelInvoice",
            Self::Pay => "SendPaymentsMethod",
            Self::Transmitted => "RequestTransmittedDocs",
        }
    }
}

/// A document cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancellation {
    /// Its MARK.
    pub mark: i64,
    /// The business spoken for, when somebody else speaks.
    pub entity_vat: Option<Text>,
}

/// Payments of a document told before; at least one is by card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaterPayments {
    /// The document's MARK.
    pub mark: i64,
    /// The business spoken for, when somebody else speaks.
    pub entity_vat: Option<Text>,
    /// How it was paid.
    pub payments: Vec<PaymentDetail>,
}

impl LaterPayments {
    /// Payments of a document.
    ///
    /// # Errors
    /// When none is by card, or one cannot be told.
    pub fn new(mark: i64, payments: Vec<PaymentDetail>) -> Result<Self, ComposeError> {
        if !payments.iter().any(|payment| payment.means == PaymentMeans::Card) {
            return Err(ComposeError::Card("payments are told afterwards only where a card paid"));
        }
        payments.iter().try_for_each(check_card)?;
        Ok(Self { mark, entity_vat: None, payments })
    }

    fn document(&self) -> String {
        let namespaces = [("xmlns", PAYMENTS), ("xmlns:inv", INVOICE)];
        DocumentWriter::document("PaymentMethodsDoc", &namespaces, |w| {
            w.group("paymentMethods", |w| {
                w.value("invoiceMark", self.mark);
                w.optional_text("entityVatNumber", self.entity_vat.as_ref().map(Text::as_str));
                for payment in &self.payments {
                    w.group("paymentMethodDetails", |w| payment.write(w, "inv:"));
                }
            });
        })
    }
}

/// Where a listing goes on; opaque.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Continuation {
    /// `nextPartitionKey`.
    pub partition: String,
    /// `nextRowKey`.
    pub row: String,
}

/// A page of what we told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TransmittedQuery {
    /// Exclusive: MARKs strictly greater come back.
    pub after: i64,
    /// Inclusive upper end.
    pub up_to: Option<i64>,
    /// Only documents of this day.
    pub day: Option<Date>,
    /// Only documents of this type.
    pub kind: Option<InvoiceType>,
    /// Where the page before ended.
    pub next: Option<Continuation>,
    /// The business spoken for, when somebody else speaks.
    pub entity_vat: Option<Text>,
}

impl TransmittedQuery {
    fn query(&self) -> String {
        let day = self.day.map(|day| day.strftime("%d/%m/%Y").to_string());
        let mut query = format!("mark={}", self.after);
        push_parameter(&mut query, "entityVatNumber", self.entity_vat.as_ref().map(Text::as_str));
        push_parameter(&mut query, "dateFrom", day.as_deref());
        push_parameter(&mut query, "dateTo", day.as_deref());
        push_parameter(&mut query, "invType", self.kind.map(InvoiceType::code));
        push_parameter(&mut query, "maxMark", self.up_to.map(|mark| mark.to_string()).as_deref());
        push_parameter(
            &mut query,
            "nextPartitionKey",
            self.next.as_ref().map(|next| next.partition.as_str()),
        );
        push_parameter(&mut query, "nextRowKey", self.next.as_ref().map(|next| next.row.as_str()));
        query
    }
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation", content = "with", rename_all = "snake_case")]
pub enum Request {
    /// Documents told; at most [`INVOICES_MAX`].
    Send(Vec<Invoice>),
    /// A document cancelled.
    Cancel(Cancellation),
    /// Payments told after their document.
    Pay(LaterPayments),
    /// What we told, read back.
    Transmitted(TransmittedQuery),
}

impl Request {
    /// Which call it is.
    pub const fn operation(&self) -> Operation {
        match self {
            Self::Send(_) => Operation::Send,
            Self::Cancel(_) => Operation::Cancel,
            Self::Pay(_) => Operation::Pay,
            Self::Transmitted(_) => Operation::Transmitted,
        }
    }

    /// The document in its canonical form; empty for the calls that carry none.
    pub fn body(&self) -> String {
        match self {
            Self::Send(invoices) => Invoice::document(invoices),
            Self::Pay(payments) => payments.document(),
            Self::Cancel(_) | Self::Transmitted(_) => String::new(),
        }
    }

    /// The call as it goes out.
    pub fn to_http(&self, layout: Layout) -> HttpRequest {
        let path = format!("{}{}", layout.prefix(), self.operation().name());
        let (method, query) = match self {
            Self::Send(_) | Self::Pay(_) => (Method::Post, String::new()),
            Self::Cancel(cancellation) => (Method::Post, cancellation.query()),
            Self::Transmitted(query) => (Method::Get, query.query()),
        };
        let path_and_query = if query.is_empty() { path } else { format!("{path}?{query}") };
        HttpRequest { method, path_and_query, body: self.body().into_bytes() }
    }
}

impl Cancellation {
    fn query(&self) -> String {
        let mut query = format!("mark={}", self.mark);
        push_parameter(&mut query, "entityVatNumber", self.entity_vat.as_ref().map(Text::as_str));
        query
    }
}
