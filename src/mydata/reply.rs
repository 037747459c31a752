//! What an answer of myDATA means. Any bytes have a meaning: what is not provably accepted and not provably refused is
//! [`Answer::Unknown`], and an unknown answer is asked about, never repeated: the same document sent again *replaces* the
//! first under another MARK.

use super::identity::Uid;
use super::request::Operation;
use crate::aade::transport::HttpReply;
use crate::aade::xml::{self, Element};
use crate::domain::entry::Hindrance;
use crate::domain::issuing::{News, Objection};
use crate::domain::text::Text;
use serde::{Deserialize, Serialize};

/// The code of a refusal that gives none.
pub const NO_CODE: &str = "?";
/// Most errors of one answer that are kept.
const ERRORS_MAX: usize = 50;
/// How much of an answer that is no XML is kept, in bytes.
pub const TECHNICAL_BYTES_MAX: usize = 2_048;
/// Longest address of a QR that is taken.
const QR_CHARS_MAX: usize = 2_048;
/// Errors that say nothing about the document: AADE could not judge it.
const TECHNICAL_CODES: [&str; 2] = ["206", "330"];
/// The numbers myDATA gives, by call.
const MARKS: [(Operation, &str); 3] = [
    (Operation::Send, "invoiceMark"),
    (Operation::Cancel, "cancellationMark"),
    (Operation::Pay, "paymentMethodMark"),
];

/// An answer that is not myDATA's own: a gateway's page, a proxy's JSON, nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Technical {
    /// Status of HTTP.
    pub status: u16,
    /// The first [`TECHNICAL_BYTES_MAX`] bytes, as text.
    pub text: String,
}

/// What was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The number given: the document's MARK, the cancellation's or the payments'.
    pub mark: i64,
    /// The document's UID, as myDATA computed it: where it differs from ours, this one holds.
    pub uid: Option<Uid>,
    /// The address to be printed as the document's QR, before it is handed over.
    pub qr: Option<String>,
    /// The authentication code; on a provider's channel alone.
    pub authentication: Option<Text>,
}

/// What an answer comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Done.
    Accepted(Accepted),
    /// Read and refused; the same again would be refused again.
    Refused {
        /// Why; never empty.
        errors: Vec<Objection>,
    },
    /// Too many calls: later. Nothing was read.
    Throttled,
    /// The credentials were not accepted. Nothing was read.
    Unauthorized,
    /// The call itself is wrong, or something went wrong there: it is refused *if* it turns out not to be there.
    BadRequest(Technical),
    /// It may have been done.
    Unknown {
        /// What was seen.
        why: Text,
        /// The answer, where it was not myDATA's own.
        technical: Option<Technical>,
    },
}

impl Answer {
    /// Reads the answer to a call about one thing.
    pub fn read(operation: Operation, reply: &HttpReply) -> Self {
        let mut answers = Self::read_each(operation, reply, 1);
        answers.pop().unwrap_or_else(|| Self::unknown("AADE's answer speaks of nothing"))
    }

    /// Reads the answer to a call about so many documents, one answer each in their order. Some may be accepted and others
    /// refused.
    pub fn read_each(operation: Operation, reply: &HttpReply, count: usize) -> Vec<Self> {
        match Self::document(reply) {
            Ok(root) if root.name == "ResponseDoc" => responses(operation, &root, count),
            Ok(root) => vec![Self::unknown(&format!("AADE's answer is a {}", root.name)); count],
            Err(answer) => vec![answer; count],
        }
    }

    /// The document of an answer, or what the lack of one means.
    pub(super) fn document(reply: &HttpReply) -> Result<Element, Self> {
        match reply.status {
            200 => xml::read(&reply.body).map_err(|error| Self::Unknown {
                why: Text::new(&format!("AADE's answer cannot be read: {error}")),
                technical: Some(technical(reply)),
            }),
            400 => Err(Self::BadRequest(technical(reply))),
            401 => Err(Self::Unauthorized),
            429 => Err(Self::Throttled),
            status => Err(Self::Unknown {
                why: Text::new(&format!("AADE answered with HTTP status {status}")),
                technical: Some(technical(reply)),
            }),
        }
    }

    /// The meaning of a `ResponseDoc` that comes instead of a listing.
    pub(super) fn instead_of_a_listing(root: &Element) -> Self {
        responses(Operation::Transmitted, root, 1).pop().unwrap_or(Self::Throttled)
    }

    pub(super) fn unknown(why: &str) -> Self {
        Self::Unknown { why: Text::new(why), technical: None }
    }
}

impl From<Answer> for News {
    /// What an answer to a try means for its document.
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Accepted(Accepted { mark, uid, qr, authentication }) => {
                Self::Accepted { mark, uid: uid.map(|uid| uid.to_string()), qr, authentication }
            }
            Answer::Refused { errors } => Self::Refused { errors },
            Answer::Throttled => Self::PutOff { hindrance: Hindrance::Throttled },
            Answer::Unauthorized => Self::PutOff { hindrance: Hindrance::Credentials },
            Answer::BadRequest(technical) => Self::Objected {
                errors: vec![Objection {
                    code: technical.status.to_string(),
                    message: Text::new(&technical.text),
                }],
            },
            Answer::Unknown { why, .. } => Self::Lost(why),
        }
    }
}

fn technical(reply: &HttpReply) -> Technical {
    let body = reply.body.get(..TECHNICAL_BYTES_MAX).unwrap_or(&reply.body);
    Technical { status: reply.status, text: String::from_utf8_lossy(body).into_owned() }
}

/// One answer for each document. A document no response speaks of, or more than one, is unknown; a message refused as a
/// whole has one response for all.
fn responses(operation: Operation, root: &Element, count: usize) -> Vec<Answer> {
    let responses: Vec<&Element> = root.children("response").collect();
    if let [only] = responses.as_slice() {
        let answer = response(operation, only);
        let uncounted = only.child("index").is_none();
        if uncounted && (count == 1 || !matches!(answer, Answer::Accepted(_))) {
            return vec![answer; count];
        }
    }
    let about = |number: usize| -> Answer {
        let mut said = responses.iter().filter(|response| index(response) == Some(number));
        match (said.next(), said.next()) {
            (Some(only), None) => response(operation, only),
            (Some(_), Some(_)) => Answer::unknown("AADE's answer speaks twice of this document"),
            (None, _) => Answer::unknown("AADE's answer does not speak of this document"),
        }
    };
    // Who counts otherwise than we do may mean another document.
    let strange = responses.iter().any(|r| index(r).is_none_or(|n| n == 0 || n > count));
    let mean =
        |number| if strange { Answer::unknown("AADE's answer counts otherwise") } else { about(number) };
    (1..=count).map(mean).collect()
}

fn index(response: &Element) -> Option<usize> {
    let mut values = response.children("index");
    match (values.next(), values.next()) {
        (Some(only), None) => only.own_text()?.parse().ok(),
        _ => None,
    }
}

fn response(operation: Operation, response: &Element) -> Answer {
    let mut statuses = response.children("statusCode").map(Element::own_text);
    match (statuses.next().flatten(), statuses.next()) {
        (Some("Success"), None) => accepted(operation, response),
        (Some(status @ ("ValidationError" | "XMLSyntaxError")), None) => refused(response, status),
        (Some(status), None) => Answer::unknown(&format!("AADE answered {status}")),
        (Some(_), Some(_)) => Answer::unknown("AADE's answer has more than one status"),
        (None, _) => Answer::unknown("AADE's answer has no status"),
    }
}

/// The numbers an answer gives under one name: 0 for one left empty, -1 for what is no number.
fn marks<'a>(response: &'a Element, name: &'static str) -> impl Iterator<Item = i64> + 'a {
    response.children(name).map(|mark| match mark.own_text() {
        Some(text) => text.parse().unwrap_or(-1),
        None if mark.children.is_empty() => 0,
        None => -1,
    })
}

fn accepted(operation: Operation, response: &Element) -> Answer {
    let Some((_, name)) = MARKS.into_iter().find(|(of, _)| *of == operation) else {
        return Answer::unknown("AADE said yes to a question");
    };
    let mut given = marks(response, name);
    match (given.next(), given.next()) {
        (Some(_), _) if response.child("errors").is_some() => {
            Answer::unknown("AADE's answer says yes and no")
        }
        (Some(_), Some(_)) => Answer::unknown("AADE said yes with two numbers"),
        (Some(mark @ 1..), None) => Answer::Accepted(Accepted {
            mark,
            uid: response.value("invoiceUid").and_then(Uid::parse),
            qr: response.value("qrUrl").and_then(qr),
            authentication: response.value("authenticationCode").map(Text::new),
        }),
        (Some(_) | None, None) | (None, Some(_)) => {
            Answer::unknown("AADE said yes without the number it gave")
        }
    }
}

/// The address behind a QR, as it was given; nothing where it is no address.
pub(crate) fn qr(text: &str) -> Option<String> {
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    let good = is_address && text.len() <= QR_CHARS_MAX && text.bytes().all(|b| b.is_ascii_graphic());
    good.then(|| text.to_owned())
}

/// A refusal that gives a number may have done something: it is asked about. A nought is a number left empty.
fn refused(response: &Element, status: &str) -> Answer {
    if MARKS.into_iter().flat_map(|(_, name)| marks(response, name)).any(|mark| mark != 0) {
        return Answer::unknown("AADE's answer says no and gives a number");
    }
    let errors = errors(response, status);
    match errors.iter().find(|error| is_technical(&error.code)) {
        Some(error) => Answer::unknown(&format!("AADE could not judge it: {} {}", error.code, error.message)),
        None => Answer::Refused { errors },
    }
}

/// The error says nothing about the document.
pub(crate) fn is_technical(code: &str) -> bool {
    TECHNICAL_CODES.contains(&code)
}

/// The errors of a refusal; one made of the status where none is given.
fn errors(response: &Element, status: &str) -> Vec<Objection> {
    let listed = response.children("errors").flat_map(|errors| errors.children("error"));
    let mut errors: Vec<Objection> = listed.take(ERRORS_MAX).map(error).collect();
    if errors.is_empty() {
        errors.push(Objection { code: NO_CODE.to_owned(), message: Text::new(status) });
    }
    errors
}

fn error(element: &Element) -> Objection {
    objection(element.value("code").unwrap_or_default(), element.value("message").unwrap_or_default())
}

/// An error as it is kept; its code is cut to what can stand on a list.
pub(crate) fn objection(code: &str, message: &str) -> Objection {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let code = if code.is_empty() { NO_CODE.to_owned() } else { code };
    Objection { code, message: Text::new(message) }
}
