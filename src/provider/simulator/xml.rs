//! AADE's XML passed through: read only as far as a provider must, completed by what only a provider has, and handed on.

use super::{Simulator, Verdict};
use crate::aade::simulator::Caller;
use crate::aade::simulator::delivery::Outcome;
use crate::aade::simulator::xml::{self, Node};
use crate::mydata::simulator::{self as mydata, Held};
use jiff::Timestamp;
use quick_xml::escape::partial_escape;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Where documents are posted.
pub(super) const SEND: &str = "/api/send";
/// Where one is asked for.
pub(super) const STATUS: &str = "/api/status";
/// The field of a form that holds the XML.
const FIELD: &str = "xml";
/// What a provider signs a card's payment with.
const SIGNATURE: &str = "<ProvidersSignature><SigningAuthor>999</SigningAuthor><Signature>c2ltdWxhdGVk</Signature></ProvidersSignature>";

pub(super) fn yes() -> String {
    document("<invoiceMark>400001900000001</invoiceMark>", "Success")
}

pub(super) fn technical() -> String {
    document(&errors(&[("-".to_owned(), "Unexpected condition error".to_owned())]), "TechnicalError")
}

/// The header in which a key may stand.
pub(super) fn key_of(caller: &Caller) -> Option<&str> {
    caller.headers.get("idempotency-key").map(String::as_str).filter(|key| !key.is_empty())
}

impl Simulator {
    pub(super) fn send_xml(
        &mut self,
        now: Timestamp,
        body: &[u8],
        form: &BTreeMap<String, String>,
        caller: &Caller,
    ) -> Outcome {
        let posted = form.get(FIELD).map_or(body, |field| field.as_bytes());
        let Ok(text) = std::str::from_utf8(posted) else {
            return refused(&[("101".to_owned(), "not UTF-8".to_owned())]);
        };
        let uid = xml::parse(posted).ok().as_ref().and_then(|root| root.child("invoice")).map(uid_of);
        let signed = if self.options.signs_cards { signed(text) } else { text.to_owned() };
        match self.hand_on(now, &signed, &uid.unwrap_or_default(), key_of(caller)) {
            Verdict::Taken(uid) if self.options.slow_marks => {
                Outcome::new(200, document(&format!("<invoiceUid>{uid}</invoiceUid>"), "Pending"))
            }
            Verdict::There(_) if self.options.seen == super::Seen::Refuses => {
                refused(&[("233".to_owned(), "the key was used before".to_owned())])
            }
            Verdict::Taken(uid) | Verdict::There(uid) => match self.books.held(&uid) {
                Some(held) => Outcome::new(200, document(&particulars(&held), "Success")),
                None => Outcome::new(500, "Internal server error".to_owned()),
            },
            Verdict::Refused(errors) if self.options.refuses_with_422 => {
                Outcome::new(422, refused(&errors).body)
            }
            Verdict::Refused(errors) => refused(&errors),
            Verdict::Failed => Outcome::new(500, "Internal server error".to_owned()),
        }
    }

    pub(super) fn xml_status(
        &self,
        query: &BTreeMap<String, String>,
        form: &BTreeMap<String, String>,
    ) -> Outcome {
        let told = |name: &str| query.get(name).or_else(|| form.get(name)).map_or("", String::as_str);
        let fields = ["issuer_vatNumber", "issueDate", "branch", "invoiceType", "series", "aa"].map(told);
        match self.books.held(&mydata::Simulator::uid_of(fields)) {
            Some(held) => Outcome::new(200, document(&particulars(&held), "Success")),
            None => refused(&[("104".to_owned(), "Requested document was not found".to_owned())]),
        }
    }
}

fn uid_of(invoice: &Node) -> String {
    let part = |of: &str, name: &str| {
        invoice.child(of).and_then(|node| node.get(name)).unwrap_or_default().to_owned()
    };
    let header = |name: &str| part("invoiceHeader", name);
    let fields = [
        part("issuer", "vatNumber"),
        header("issueDate"),
        part("issuer", "branch"),
        header("invoiceType"),
        header("series"),
        header("aa"),
    ];
    mydata::Simulator::uid_of(fields.each_ref().map(String::as_str))
}

/// Every payment by card gets the provider's signature, which stands last in it.
pub(super) fn signed(text: &str) -> String {
    let end = "</paymentMethodDetails>";
    let mut whole = String::with_capacity(text.len());
    for part in text.split_inclusive(end) {
        let by_card = part.contains("<type>7</type>") && !part.contains("<ProvidersSignature>");
        match part.strip_suffix(end).filter(|_| by_card) {
            Some(payment) => {
                let _ = write!(whole, "{payment}{SIGNATURE}{end}");
            }
            None => whole.push_str(part),
        }
    }
    whole
}

fn particulars(held: &Held) -> String {
    format!(
        "<invoiceUid>{}</invoiceUid><invoiceMark>{}</invoiceMark><authenticationCode>{}</authenticationCode>\
         <qrUrl>{}</qrUrl>",
        held.uid,
        held.mark,
        held.authentication,
        partial_escape(&held.qr)
    )
}

fn refused(errors: &[(String, String)]) -> Outcome {
    Outcome::new(200, document(&self::errors(errors), "ValidationError"))
}

fn errors(errors: &[(String, String)]) -> String {
    let mut list = String::from("<errors>");
    for (code, message) in errors {
        let (code, message) = (partial_escape(code), partial_escape(message));
        let _ = write!(list, "<error><message>{message}</message><code>{code}</code></error>");
    }
    list + "</errors>"
}

fn document(content: &str, status: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><ResponseDoc><response>{content}\
         <statusCode>{status}</statusCode></response></ResponseDoc>"
    )
}
