//! What is said to a provider: a document handed over, and the question what became of it. Neither says who we are: that is
//! the transport's affair.

use super::json::{self, NotSayable};
use super::reply::Ours;
use crate::aade::transport::{HttpRequest, Method};
use crate::domain::money::Cents;
use crate::domain::provider::{Asked, Family, Place, Posted, ProviderRules};
use crate::domain::text::Text;
use crate::mydata::invoice::Invoice;
use crate::mydata::kinds::InvoiceType;
use std::fmt::Write;

/// One document for a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// As myDATA has it.
    pub invoice: Invoice,
    /// What was sold, for each of its lines.
    pub names: Vec<Text>,
    /// The name of this request: a second one with it does nothing.
    pub key: String,
}

/// The call that hands a document over.
///
/// # Errors
/// Says what cannot be said to this provider.
pub fn send(rules: &ProviderRules, handed: &Handed) -> Result<HttpRequest, NotSayable> {
    let body = match (rules.family, &rules.posted) {
        (Family::Json, _) => json::document(rules, handed)?,
        (Family::Xml, Posted::Plain) => Invoice::document(std::slice::from_ref(&handed.invoice)),
        (Family::Xml, Posted::Form { field }) => {
            let document = Invoice::document(std::slice::from_ref(&handed.invoice));
            format!("{}={}", escaped(field), escaped(&document))
        }
    };
    Ok(HttpRequest { method: Method::Post, path_and_query: rules.send.clone(), body: body.into_bytes() })
}

/// The call that asks for a document.
pub fn look_up(rules: &ProviderRules, handed: &Handed) -> HttpRequest {
    let identity = &handed.invoice.identity;
    asking(rules, |place| match place {
        Place::Key => handed.key.clone(),
        Place::Uid => handed.invoice.uid().to_string(),
        Place::Afm => identity.issuer.clone(),
        Place::Branch => identity.branch.to_string(),
        Place::Type => identity.kind.to_string(),
        Place::Series => {
            let series = identity.series.as_str();
            rules.series_as.get(series).map_or(series, String::as_str).to_owned()
        }
        Place::Number => identity.number.to_string(),
        Place::Date => identity.date.to_string(),
    })
}

/// What an answer about nothing must be about.
pub const NOTHING: Ours = Ours { number: 0, total: Cents::ZERO };

/// The call that asks for a document that does not exist: a provider that says so answers and lets us in.
pub fn probe(rules: &ProviderRules, afm: &str, series: &str) -> HttpRequest {
    asking(rules, |place| match place {
        Place::Key => "00000000-0000-0000-0000-000000000000".to_owned(),
        Place::Uid => "0".repeat(40),
        Place::Afm => afm.to_owned(),
        Place::Branch | Place::Number => "0".to_owned(),
        Place::Type => InvoiceType::RetailService.code().to_owned(),
        Place::Series => series.to_owned(),
        Place::Date => "2026-01-01".to_owned(),
    })
}

fn asking(rules: &ProviderRules, value: impl Fn(Place) -> String) -> HttpRequest {
    let fill = |address: String, place: Place| address.replace(place.word(), &escaped(&value(place)));
    let filled = Place::ALL.into_iter().fold(rules.look_up.clone(), fill);
    match (rules.asked, filled.split_once('?')) {
        (Asked::Get, _) => HttpRequest { method: Method::Get, path_and_query: filled, body: Vec::new() },
        (Asked::Post, Some((path, fields))) => HttpRequest {
            method: Method::Post,
            path_and_query: path.to_owned(),
            body: fields.as_bytes().to_vec(),
        },
        (Asked::Post, None) => HttpRequest { method: Method::Post, path_and_query: filled, body: Vec::new() },
    }
}

/// Text as it stands in an address or a form: everything but RFC 3986's unreserved characters escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                escaped.push(char::from(byte));
            }
            _ => {
                let _ = write!(escaped, "%{byte:02X}");
            }
        }
    }
    escaped
}
