//! Writes myDATA's answers: `ResponseDoc`, pages of `RequestedDoc`, and the page behind a QR.

use super::rules::Violation;
use super::schema::{INCOME, INVOICE, PAYMENTS};
use super::state::{Books, Record, What};
use crate::aade::simulator::xml::Node;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use quick_xml::escape::{escape, partial_escape};
use std::fmt::Write;

const DECLARATION: &str = r#"<?xml version="1.0" encoding="utf-8"?>"#;

/// myDATA counts days in Athens.
pub(super) const ATHENS: TimeZone = jiff::tz::get!("Europe/Athens");

/// What became of one document.
pub(super) enum Verdict {
    Accepted { uid: String, mark: i64, authentication: Option<String>, qr: String },
    Refused(Vec<Violation>),
}

/// One response for each document, in order.
pub(super) fn sent(verdicts: &[Verdict]) -> String {
    let responses = (1..).zip(verdicts).map(|(index, verdict)| match verdict {
        Verdict::Accepted { uid, mark, authentication, qr } => {
            let mut content = format!("<invoiceUid>{uid}</invoiceUid><invoiceMark>{mark}</invoiceMark>");
            if let Some(code) = authentication {
                element(&mut content, "authenticationCode", code);
            }
            element(&mut content, "qrUrl", qr);
            response(Some(index), &content, "Success")
        }
        Verdict::Refused(violations) => response(Some(index), &errors(violations), "ValidationError"),
    });
    document(&responses.collect::<String>())
}

/// Done, under a number of this name.
pub(super) fn done(name: &str, mark: i64) -> String {
    document(&response(None, &format!("<{name}>{mark}</{name}>"), "Success"))
}

/// Refused as a whole.
pub(super) fn refused(violations: &[Violation]) -> String {
    document(&response(None, &errors(violations), "ValidationError"))
}

/// Refused by the schema, or not XML at all.
pub(super) fn not_valid(violations: &[String]) -> String {
    let violations: Vec<Violation> =
        violations.iter().map(|message| Violation { code: 101, message: message.clone() }).collect();
    document(&response(None, &errors(&violations), "XMLSyntaxError"))
}

/// myDATA does not know itself.
pub(super) fn technical() -> String {
    let error = "<errors><error><message>Unexpected condition error</message><code>-</code></error></errors>";
    document(&response(None, error, "TechnicalError"))
}

fn errors(violations: &[Violation]) -> String {
    let mut list = String::from("<errors>");
    for Violation { code, message } in violations {
        list.push_str("<error>");
        element(&mut list, "message", message);
        element(&mut list, "code", &code.to_string());
        list.push_str("</error>");
    }
    list + "</errors>"
}

fn response(index: Option<usize>, content: &str, status: &str) -> String {
    let index = index.map(|index| format!("<index>{index}</index>")).unwrap_or_default();
    format!("<response>{index}{content}<statusCode>{status}</statusCode></response>")
}

fn document(responses: &str) -> String {
    format!("{DECLARATION}<ResponseDoc>{responses}</ResponseDoc>")
}

/// One page of records.
pub(super) struct Page<'a> {
    pub(super) books: &'a Books,
    pub(super) records: &'a [&'a Record],
    /// There is more, after these keys.
    pub(super) next: Option<(String, String)>,
    pub(super) qr_base: Option<&'a str>,
    pub(super) lists_cancelled: bool,
}

impl Page<'_> {
    pub(super) fn write(&self) -> String {
        let mut xml = format!(
            r#"{DECLARATION}<RequestedDoc xmlns="{INVOICE}" xmlns:icls="{INCOME}" xmlns:pm="{PAYMENTS}">"#
        );
        if let Some((partition, row)) = &self.next {
            xml.push_str("<continuationToken>");
            element(&mut xml, "nextPartitionKey", partition);
            element(&mut xml, "nextRowKey", row);
            xml.push_str("</continuationToken>");
        }
        self.list(&mut xml, "invoicesDoc", |record| self.invoice(record));
        self.list(&mut xml, "cancelledInvoicesDoc", cancellation);
        self.list(&mut xml, "paymentMethodsDoc", payments);
        xml + "</RequestedDoc>"
    }

    /// A list that is empty is left out.
    fn list(&self, xml: &mut String, name: &str, item: impl Fn(&Record) -> Option<String>) {
        let items: String = self.records.iter().filter_map(|record| item(record)).collect();
        if !items.is_empty() {
            let _ = write!(xml, "<{name}>{items}</{name}>");
        }
    }

    fn invoice(&self, record: &Record) -> Option<String> {
        let What::Invoice { uid, document, .. } = &record.what else { return None };
        let cancelled = self.books.cancelled_by(record.mark);
        if cancelled.is_some() && !self.lists_cancelled {
            return None;
        }
        let mut xml = format!("<invoice><uid>{uid}</uid><mark>{}</mark>", record.mark);
        if let Some(by) = cancelled {
            element(&mut xml, "cancelledByMark", &by.to_string());
        }
        // The address behind the QR stands after what the caller told, before the provider's own address.
        let late =
            |child: &&Node| matches!(child.name.as_str(), "downloadingInvoiceUrl" | "invoiceDeliveryStatus");
        document.children.iter().filter(|child| !late(child)).for_each(|child| node(&mut xml, child));
        if let Some(base) = self.qr_base {
            element(&mut xml, "qrCodeUrl", &qr(base, uid));
        }
        document.children.iter().filter(late).for_each(|child| node(&mut xml, child));
        Some(xml + "</invoice>")
    }
}

/// The address behind a document's QR.
pub(super) fn qr(base: &str, uid: &str) -> String {
    use base64::Engine;
    format!("{base}/TimologioQR/QRInfo?q={}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(uid))
}

fn cancellation(record: &Record) -> Option<String> {
    let What::Cancelled { mark, .. } = &record.what else { return None };
    let mut xml = String::from("<cancelledInvoice>");
    element(&mut xml, "invoiceMark", &mark.to_string());
    element(&mut xml, "cancellationMark", &record.mark.to_string());
    element(&mut xml, "cancellationDate", &day(record.at));
    Some(xml + "</cancelledInvoice>")
}

fn payments(record: &Record) -> Option<String> {
    let What::Paid { payments, .. } = &record.what else { return None };
    let mut xml = String::from("<paymentMethods>");
    let children = payments.children.iter();
    let (first, rest): (Vec<&Node>, Vec<&Node>) = children.partition(|child| child.name == "invoiceMark");
    first.into_iter().for_each(|child| node(&mut xml, child));
    let _ = write!(xml, "<pm:paymentMethodMark>{}</pm:paymentMethodMark>", record.mark);
    rest.into_iter().for_each(|child| node(&mut xml, child));
    Some(xml + "</paymentMethods>")
}

fn day(at: Timestamp) -> String {
    ATHENS.to_datetime(at).date().to_string()
}

fn node(xml: &mut String, node: &Node) {
    let prefix = match node.namespace.as_str() {
        INCOME => "icls:",
        PAYMENTS => "pm:",
        _ => "",
    };
    let _ = write!(xml, "<{prefix}{}>", node.name);
    if node.children.is_empty() {
        let _ = write!(xml, "{}", partial_escape(&node.text));
    }
    node.children.iter().for_each(|child| self::node(xml, child));
    let _ = write!(xml, "</{prefix}{}>", node.name);
}

fn element(xml: &mut String, name: &str, value: &str) {
    let _ = write!(xml, "<{name}>{}</{name}>", partial_escape(value));
}

/// The page behind a QR: what a customer sees who scans a receipt.
pub(super) fn qr_page(record: &Record, document: &Node, cancelled: bool) -> String {
    let header = document.child("invoiceHeader");
    let told =
        |name: &str| escape(header.and_then(|header| header.get(name)).unwrap_or_default()).into_owned();
    let total = document.child("invoiceSummary").and_then(|summary| summary.get("totalGrossValue"));
    let state = if cancelled { "cancelled" } else { "valid" };
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>myDATA simulator</title></head><body>\
         <h1>Simulated: not a real document</h1><p>{} {} {} of {}, {} €: {state}</p><p>MARK {}</p></body></html>",
        told("invoiceType"),
        told("series"),
        told("aa"),
        told("issueDate"),
        escape(total.unwrap_or_default()),
        record.mark
    )
}
