//! What myDATA holds of what we told, as it lists it. A page is believed whole or not at all: an item that cannot be named
//! makes the page unreadable, because "it is not there" must never rest on something we failed to read.

use super::identity::{Identity, Uid};
use super::reply::{Answer, qr};
use super::request::{Continuation, TransmittedQuery};
use crate::aade::transport::HttpReply;
use crate::aade::xml::Element;
use crate::domain::money::Cents;
use crate::domain::text::Text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Longest continuation key taken, in bytes.
const KEY_BYTES_MAX: usize = 2_048;

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Transmitted {
    /// There is more.
    pub next: Option<Continuation>,
    /// Documents.
    pub invoices: Vec<ListedInvoice>,
    /// Cancellations; a cancelled document may stand among [`Transmitted::invoices`] all the same.
    pub cancellations: Vec<ListedCancellation>,
    /// Payments told after their documents.
    pub payments: Vec<ListedPayments>,
}

/// One document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedInvoice {
    /// Its MARK.
    pub mark: i64,
    /// Its UID.
    pub uid: Option<Uid>,
    /// The MARK of its cancellation.
    pub cancelled_by: Option<i64>,
    /// AFM of its issuer.
    pub issuer: Option<Text>,
    /// Establishment of its issuer.
    pub branch: Option<u32>,
    /// Its series.
    pub series: Text,
    /// Its number, as it was told.
    pub number: Text,
    /// Its day of issue.
    pub date: Option<Date>,
    /// Code of its type.
    pub kind: Text,
    /// What it is over.
    pub gross: Option<Cents>,
    /// The address behind its QR.
    pub qr: Option<String>,
}

/// One cancellation, or one document replaced by a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedCancellation {
    /// The document's MARK.
    pub mark: i64,
    /// Its own.
    pub cancellation: i64,
    /// The day, in Athens.
    pub date: Option<Date>,
}

/// Payments of one document, told after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPayments {
    /// The document's MARK.
    pub mark: i64,
    /// Their own.
    pub payments: i64,
}

impl ListedInvoice {
    /// Whether it is this document: by its UID, or by every field of it.
    pub fn is(&self, identity: &Identity) -> bool {
        let same_fields = || {
            self.series.as_str() == identity.series.as_str()
                && self.number.as_str() == identity.number.to_string()
                && self.kind.as_str() == identity.kind.code()
                && self.date == Some(identity.date)
                && self.branch == Some(identity.branch)
                && self.issuer.as_ref().is_some_and(|afm| afm.as_str() == identity.issuer)
        };
        self.uid.as_ref() == Some(&identity.uid()) || same_fields()
    }
}

impl Transmitted {
    /// Reads one page.
    ///
    /// # Errors
    /// With the answer's meaning when it is no page; that is never [`Answer::Accepted`].
    pub fn read(reply: &HttpReply) -> Result<Self, Answer> {
        let root = Answer::document(reply)?;
        match root.name.as_str() {
            "RequestedDoc" => {
                page(&root).map_err(|why| Answer::unknown(&format!("AADE's list cannot be read: {why}")))
            }
            "ResponseDoc" => Err(Answer::instead_of_a_listing(&root)),
            other => Err(Answer::unknown(&format!("AADE's answer is a {other}"))),
        }
    }

    /// The question for the page after this one; none when this is the last.
    pub fn next(&self, query: &TransmittedQuery) -> Option<TransmittedQuery> {
        self.next.clone().map(|next| TransmittedQuery { next: Some(next), ..query.clone() })
    }
}

fn page(root: &Element) -> Result<Transmitted, &'static str> {
    let all = |list: &'static str, item: &'static str| {
        root.children(list).flat_map(move |list| list.children(item))
    };
    let known = |name: &str| {
        matches!(
            name,
            "continuationToken"
                | "invoicesDoc"
                | "cancelledInvoicesDoc"
                | "incomeClassificationsDoc"
                | "expensesClassificationsDoc"
                | "paymentMethodsDoc"
        )
    };
    if root.children.iter().any(|child| !known(&child.name)) || !root.text.trim().is_empty() {
        return Err("it holds something else");
    }
    Ok(Transmitted {
        next: continuation(root)?,
        invoices: all("invoicesDoc", "invoice").map(invoice).collect::<Result<_, _>>()?,
        cancellations: all("cancelledInvoicesDoc", "cancelledInvoice")
            .map(cancellation)
            .collect::<Result<_, _>>()?,
        payments: all("paymentMethodsDoc", "paymentMethods").map(payments).collect::<Result<_, _>>()?,
    })
}

fn continuation(root: &Element) -> Result<Option<Continuation>, &'static str> {
    let Some(token) = root.child("continuationToken") else { return Ok(None) };
    let key = |name| token.value(name).filter(|key| key.len() <= KEY_BYTES_MAX).map(str::to_owned);
    match (key("nextPartitionKey"), key("nextRowKey")) {
        (Some(partition), Some(row)) => Ok(Some(Continuation { partition, row })),
        // Seen where there is nothing more.
        (None, None) if token.children.iter().all(|key| key.text.trim().is_empty()) => Ok(None),
        _ => Err("its continuation is not whole"),
    }
}

fn mark(element: &Element, name: &str) -> Option<i64> {
    element.value(name)?.parse().ok().filter(|mark| *mark > 0)
}

fn date(element: &Element, name: &str) -> Option<Date> {
    element.value(name)?.get(..10)?.parse().ok()
}

fn invoice(element: &Element) -> Result<ListedInvoice, &'static str> {
    let header = element.child("invoiceHeader").ok_or("a document has no header")?;
    let told = |name| header.value(name).map(Text::new);
    let issuer = element.child("issuer");
    let cancelled_by = match element.child("cancelledByMark") {
        Some(_) => Some(mark(element, "cancelledByMark").ok_or("a cancellation has no MARK")?),
        None => None,
    };
    Ok(ListedInvoice {
        mark: mark(element, "mark").ok_or("a document has no MARK")?,
        uid: element.value("uid").and_then(Uid::parse),
        cancelled_by,
        issuer: issuer.and_then(|issuer| issuer.value("vatNumber")).map(Text::new),
        branch: issuer.and_then(|issuer| issuer.value("branch")?.parse().ok()),
        series: told("series").unwrap_or_default(),
        number: told("aa").ok_or("a document has no number")?,
        date: date(header, "issueDate"),
        kind: told("invoiceType").ok_or("a document has no type")?,
        gross: element
            .child("invoiceSummary")
            .and_then(|summary| summary.value("totalGrossValue")?.parse().ok()),
        qr: element.value("qrCodeUrl").and_then(qr),
    })
}

fn cancellation(element: &Element) -> Result<ListedCancellation, &'static str> {
    Ok(ListedCancellation {
        mark: mark(element, "invoiceMark").ok_or("a cancellation names no document")?,
        cancellation: mark(element, "cancellationMark").ok_or("a cancellation has no MARK")?,
        date: date(element, "cancellationDate"),
    })
}

fn payments(element: &Element) -> Result<ListedPayments, &'static str> {
    Ok(ListedPayments {
        mark: mark(element, "invoiceMark").ok_or("payments name no document")?,
        payments: mark(element, "paymentMethodMark").ok_or("payments have no MARK")?,
    })
}
