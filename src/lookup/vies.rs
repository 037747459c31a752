//! VIES, the European Union's register of tax numbers for trade between its countries. "Invalid" there does not mean that a
//! Greek business does not exist: only those that trade across borders are in it. Whatever is no plain yes or no is
//! [`ViesAnswer::Unknown`], as often as a member state is away.

use crate::aade::transport::{HttpReply, HttpRequest, Media, Method};
use crate::domain::customer::TaxNumber;
use crate::domain::text::Text;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where the real one is.
pub const HOST: &str = "https://ec.europa.eu";
/// What it is spoken to in.
pub const MEDIA: Media = Media { sent: "application/json", asked: "application/json" };
/// Below its host.
const PATH: &str = "/taxation_customs/vies/rest-api/ms";
/// Whether it is at work; a question that names nobody.
pub const STATUS: &str = "/taxation_customs/vies/rest-api/check-status";
/// What stands for a name or an address that a country does not give away.
const WITHHELD: &str = "---";

/// What an answer comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum ViesAnswer {
    /// The number is in the register.
    Valid {
        /// Whose it is, where the country says.
        name: Option<Text>,
        /// Where they are, where the country says.
        address: Option<Text>,
    },
    /// The number is not in the register.
    Invalid,
    /// The register did not take it for a number at all.
    NoNumber,
    /// Neither yes nor no.
    Unknown {
        /// What was seen.
        why: Text,
    },
}

/// The country as VIES writes it: Greece is `EL`.
fn country(number: &TaxNumber) -> &str {
    if number.country == "GR" { "EL" } else { &number.country }
}

/// The question as it goes out.
pub fn to_http(number: &TaxNumber) -> HttpRequest {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let path_and_query = format!("{PATH}/{}/vat/{}", plain(country(number)), plain(&number.number));
    HttpRequest { method: Method::Get, path_and_query, body: Vec::new() }
}

impl ViesAnswer {
    /// Reads the answer to a question.
    pub fn read(number: &TaxNumber, reply: &HttpReply) -> Self {
        let Ok(told) = serde_json::from_slice::<Value>(&reply.body) else {
            return unknown(&format!("VIES answered with HTTP status {} and no JSON", reply.status));
        };
        if reply.status != 200 {
            return unknown(&format!("VIES answered with HTTP status {}", reply.status));
        }
        let text = |name: &str| told.get(name).and_then(Value::as_str).map(str::trim);
        let about = text("vatNumber").or_else(|| text("originalVatNumber"));
        if about.is_some_and(|about| !about.is_empty() && !is_same(about, number)) {
            return unknown("VIES answered about another number");
        }
        // An address comes as the lines of an envelope.
        let one_line = |text: &str| Text::new(&text.lines().map(str::trim).collect::<Vec<_>>().join(", "));
        let given =
            |name: &str| text(name).filter(|text| !text.is_empty() && *text != WITHHELD).map(one_line);
        let valid = told.get("isValid").or_else(|| told.get("valid")).and_then(Value::as_bool);
        match (valid, text("userError")) {
            (Some(true), Some("VALID") | None) => {
                Self::Valid { name: given("name"), address: given("address") }
            }
            (Some(false), Some("INVALID") | None) => Self::Invalid,
            (_, Some("INVALID_INPUT")) => Self::NoNumber,
            (_, Some(error)) => unknown(&format!("VIES says {error}")),
            (None, None) => unknown("VIES says neither yes nor no"),
        }
    }
}

/// Some countries give a number back with their prefix.
fn is_same(about: &str, number: &TaxNumber) -> bool {
    let about: String = about.chars().filter(char::is_ascii_alphanumeric).collect();
    about == number.number || about.strip_prefix(country(number)) == Some(&number.number)
}

fn unknown(why: &str) -> ViesAnswer {
    ViesAnswer::Unknown { why: Text::new(why) }
}
