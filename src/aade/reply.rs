//! What an answer of the registry means. Any bytes have a meaning: what is not provably accepted and not provably
//! refused is [`Answer::Unknown`], and an unknown answer is asked about, never repeated.

use super::codes;
use super::message::Operation;
use super::transport::HttpReply;
use super::xml::{self, Element};
use crate::domain::text::{Language, Text};
use serde::{Deserialize, Serialize};

/// The code of a refusal that gives none.
pub const NO_CODE: &str = "?";
/// Most errors of one answer that are kept.
const ERRORS_MAX: usize = 50;

/// One reason the registry gives for a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityError {
    /// Its code, `101` to `222`, or [`NO_CODE`].
    pub code: String,
    /// Its own words, English as a rule.
    pub message: Text,
}

impl AuthorityError {
    /// What a cashier is told: the code in a sentence, and the registry's own words where it has any.
    pub fn told(&self, language: Language) -> String {
        let sentence = codes::explain(&self.code).get(language);
        if self.message.is_empty() {
            sentence.to_owned()
        } else {
            format!("{sentence} ({}: {})", self.code, self.message)
        }
    }
}

/// What an answer comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Done, under this id.
    Accepted {
        /// The id of the operation itself: entry, update, correlation or cancellation.
        id: i64,
    },
    /// Read and refused; the same again would be refused again.
    Refused {
        /// Why; never empty.
        errors: Vec<AuthorityError>,
    },
    /// Too many requests: later.
    Throttled,
    /// The credentials were not accepted; nothing was read.
    Unauthorized,
    /// The request itself is wrong: our fault, or the configuration's.
    BadRequest {
        /// What was said.
        text: Text,
    },
    /// It may have been done.
    Unknown {
        /// What was seen.
        why: Text,
    },
}

impl Answer {
    /// Reads the answer to one operation.
    pub fn read(operation: Operation, reply: &HttpReply) -> Self {
        match reply.status {
            200 => read_document(operation, &reply.body),
            other => Self::from_status(other, &reply.body),
        }
    }

    /// What a status other than 200 means. Only these three are known to come before anything is carried out.
    pub(super) fn from_status(status: u16, body: &[u8]) -> Self {
        match status {
            400 => Self::BadRequest { text: excerpt(body) },
            401 => Self::Unauthorized,
            429 => Self::Throttled,
            other => Self::unknown(&format!("AADE answered with HTTP status {other}")),
        }
    }

    pub(super) fn unknown(why: &str) -> Self {
        Self::Unknown { why: Text::new(why) }
    }

    /// The meaning of a `ResponseDoc`.
    pub(super) fn from_response(operation: Operation, root: &Element) -> Self {
        let mut responses = root.children("response");
        let (Some(response), None) = (responses.next(), responses.next()) else {
            return Self::unknown("AADE's answer does not speak of exactly one request");
        };
        match response.value("statusCode") {
            Some("Success") => accepted(operation, response),
            Some(status @ ("ValidationError" | "XMLSyntaxError")) => {
                Self::Refused { errors: errors(response, status) }
            }
            Some(status) => Self::unknown(&format!("AADE answered {status}")),
            None => Self::unknown("AADE's answer has no status"),
        }
    }
}

fn read_document(operation: Operation, body: &[u8]) -> Answer {
    match xml::read(body) {
        Ok(root) if root.name == "ResponseDoc" => Answer::from_response(operation, &root),
        Ok(root) => Answer::unknown(&format!("AADE's answer is a {}", root.name)),
        Err(error) => Answer::unknown(&format!("AADE's answer cannot be read: {error}")),
    }
}

/// The id stands under a name of its own for each operation; a correlation's has been seen under two.
fn accepted(operation: Operation, response: &Element) -> Answer {
    let names: &[&str] = match operation {
        Operation::Send => &["newClientDclID"],
        Operation::Update => &["updatedClientDclID"],
        Operation::Cancel => &["cancellationID"],
        Operation::Correlate => &["correlateId", "clientCorrelationID"],
        Operation::List => &[],
    };
    let id = names
        .iter()
        .find_map(|name| response.value(name))
        .and_then(|id| id.parse().ok())
        .filter(|id| *id > 0);
    match id {
        Some(_) if response.child("errors").is_some() => Answer::unknown("AADE's answer says yes and no"),
        Some(id) => Answer::Accepted { id },
        None => Answer::unknown("AADE said yes without the number it gave"),
    }
}

/// The errors of a refusal; one made of the status where none is given.
fn errors(response: &Element, status: &str) -> Vec<AuthorityError> {
    let listed = response.child("errors").map(|errors| errors.children("error")).into_iter().flatten();
    let mut errors: Vec<AuthorityError> = listed.take(ERRORS_MAX).map(error).collect();
    if errors.is_empty() {
        errors.push(AuthorityError { code: NO_CODE.to_owned(), message: Text::new(status) });
    }
    errors
}

fn error(element: &Element) -> AuthorityError {
    let code: String = element
        .value("code")
        .unwrap_or(NO_CODE)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    let code = if code.is_empty() { NO_CODE.to_owned() } else { code };
    AuthorityError { code, message: Text::new(element.value("message").unwrap_or_default()) }
}

/// The beginning of a body that is not ours to understand.
fn excerpt(body: &[u8]) -> Text {
    Text::new(&String::from_utf8_lossy(body.get(..600).unwrap_or(body)))
}
