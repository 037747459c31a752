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
        let mut statuses = response.values("statusCode");
        match (statuses.next(), statuses.next()) {
            (Some("Success"), None) => accepted(operation, response),
            (Some(status @ ("ValidationError" | "XMLSyntaxError")), None) => refused(response, status),
            (Some(status), None) => Self::unknown(&format!("AADE answered {status}")),
            (Some(_), Some(_)) => Self::unknown("AADE's answer has more than one status"),
            (None, _) => Self::unknown("AADE's answer has no status"),
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
const fn id_names(operation: Operation) -> &'static [&'static str] {
    match operation {
        Operation::Send => &["newClientDclID"],
        Operation::Update => &["updatedClientDclID"],
        Operation::Cancel => &["cancellationID"],
        Operation::Correlate => &["correlateId", "clientCorrelationID"],
        Operation::List => &[],
    }
}

/// The ids an answer gives one operation; what stands there and is no number counts as one that cannot be right.
fn ids(operation: Operation, response: &Element) -> impl Iterator<Item = i64> {
    let written = id_names(operation).iter().flat_map(|name| response.values(name));
    written.map(|id| id.parse().unwrap_or(-1))
}

fn accepted(operation: Operation, response: &Element) -> Answer {
    let mut given = ids(operation, response);
    let id = given.next().filter(|id| *id > 0);
    match id {
        Some(_) if response.child("errors").is_some() => Answer::unknown("AADE's answer says yes and no"),
        Some(id) if given.any(|other| other != id) => Answer::unknown("AADE said yes with two numbers"),
        Some(id) => Answer::Accepted { id },
        None => Answer::unknown("AADE said yes without the number it gave"),
    }
}

/// A refusal that gives a number may have done something: it is asked about. A nought is a number left empty.
fn refused(response: &Element, status: &str) -> Answer {
    if Operation::ALL.into_iter().flat_map(|operation| ids(operation, response)).any(|id| id != 0) {
        return Answer::unknown("AADE's answer says no and gives a number");
    }
    Answer::Refused { errors: errors(response, status) }
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
