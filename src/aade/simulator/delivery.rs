//! What becomes of a request at a simulated service, and what a fault makes of it. Shared by every simulator that speaks
//! AADE's HTTP.

use super::faults::{Fault, Kind};
use crate::aade::transport::HttpRequest;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};

/// How many requests the page and `GET /state` show.
const SEEN_MAX: usize = 200;

/// The credentials of a request, as far as it has any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caller {
    /// `aade-user-id`.
    pub user: Option<String>,
    /// `ocp-apim-subscription-key`.
    pub key: Option<String>,
    /// Every header by its name in small letters, for services that are let in otherwise.
    pub headers: BTreeMap<String, String>,
}

impl Caller {
    /// The caller every simulator knows.
    pub fn demo() -> Self {
        Self { user: Some("demo".to_owned()), key: Some("demo".to_owned()), headers: BTreeMap::new() }
    }
}

/// What becomes of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// It is answered.
    Reply {
        /// Status code.
        status: u16,
        /// Body.
        body: Vec<u8>,
        /// How late.
        delay_ms: u64,
    },
    /// The connection breaks without an answer.
    Lost {
        /// The request was carried out.
        after_storing: bool,
        /// How late.
        delay_ms: u64,
    },
    /// Nobody listened.
    Refused,
}

/// A service that can be put behind a socket, or behind the transport's trait.
pub trait Service: Send + 'static {
    /// Answers one request, or does to it what the script of faults says.
    fn handle(&mut self, now: Timestamp, request: &HttpRequest, caller: &Caller) -> Delivery;
    /// What a person sees in a browser.
    fn page(&self) -> String;
    /// Everything it holds.
    fn state(&self) -> serde_json::Value;
    /// The script of faults being played.
    fn script(&self) -> serde_json::Value;
    /// Plays a script of faults, written as JSON, and says for how many milliseconds nobody listens.
    ///
    /// # Errors
    /// When it is no script.
    fn play(&mut self, script: &[u8]) -> Result<Option<u64>, serde_json::Error>;
}

/// One request, as the page shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Seen {
    /// When.
    pub at: Timestamp,
    /// Verb and path.
    pub request: String,
    /// Its body.
    pub body: String,
    /// What went wrong by script.
    pub fault: Option<Fault>,
    /// Status answered; none when it was lost or refused.
    pub status: Option<u16>,
    /// The answer's body.
    pub answer: String,
}

impl Seen {
    /// Notes a request and what became of it, and forgets the oldest beyond [`SEEN_MAX`].
    pub(crate) fn note(
        seen: &mut VecDeque<Self>,
        at: Timestamp,
        request: &HttpRequest,
        fault: Option<Fault>,
        delivery: &Delivery,
    ) {
        let (status, answer) = match delivery {
            Delivery::Reply { status, body, .. } => (Some(*status), excerpt(body)),
            Delivery::Lost { .. } | Delivery::Refused => (None, String::new()),
        };
        let line = format!("{} {}", request.method, request.path_and_query);
        seen.push_back(Self { at, request: line, body: excerpt(&request.body), fault, status, answer });
        if seen.len() > SEEN_MAX {
            seen.pop_front();
        }
    }
}

/// An answer before any fault touches it.
pub(crate) struct Outcome {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Outcome {
    pub(crate) const fn new(status: u16, body: String) -> Self {
        Self { status, body }
    }
}

/// What a service would say, for the faults that say something else.
pub(crate) struct Sayings {
    /// A yes, of which half is said where nothing was carried out.
    pub(crate) yes: String,
    /// "Unexpected condition".
    pub(crate) technical: String,
}

/// Enough of a body to recognise it.
fn excerpt(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).into_owned()
}

pub(crate) fn plain(status: u16, words: &str) -> Delivery {
    Delivery::Reply { status, body: words.as_bytes().to_vec(), delay_ms: 0 }
}

/// What the fault leaves of the outcome. There is none when the fault strikes before anything is carried out.
pub(crate) fn deliver(
    outcome: Option<Outcome>,
    fault: Option<Fault>,
    stored: bool,
    sayings: Sayings,
) -> Delivery {
    let whole = outcome.map_or_else(|| (500, String::new()), |outcome| (outcome.status, outcome.body));
    let Some(fault) = fault else { return reply(whole.0, whole.1, 0) };
    let delay_ms = fault.delay_ms;
    match fault.kind {
        Kind::Slow => reply(whole.0, whole.1, delay_ms),
        Kind::Lose => Delivery::Lost { after_storing: stored, delay_ms },
        Kind::Refuse => Delivery::Refused,
        Kind::Status { status } => reply(status, proxy_page(status), delay_ms),
        Kind::Technical => reply(200, sayings.technical, delay_ms),
        Kind::CutXml => reply(200, half(if whole.1.is_empty() { &sayings.yes } else { &whole.1 }), delay_ms),
        Kind::Garbage => {
            Delivery::Reply { status: 200, body: b"\x00\xFF\xFE<\x80garbage&;\x1B".to_vec(), delay_ms }
        }
        Kind::Html => reply(200, proxy_page(200), delay_ms),
        Kind::Json => {
            reply(200, r#"{"statusCode":500,"message":"Internal server error"}"#.to_owned(), delay_ms)
        }
        Kind::Empty => reply(200, String::new(), delay_ms),
        Kind::Throttle => reply(429, "Rate limit is exceeded.".to_owned(), delay_ms),
        Kind::Unauthorized => {
            reply(401, "Access Key does not correspond to given User Id".to_owned(), delay_ms)
        }
        Kind::BadRequest => reply(400, "General Exception Error".to_owned(), delay_ms),
    }
}

fn reply(status: u16, body: String, delay_ms: u64) -> Delivery {
    Delivery::Reply { status, body: body.into_bytes(), delay_ms }
}

fn half(whole: &str) -> String {
    whole.chars().take(whole.chars().count() / 2).collect()
}

fn proxy_page(status: u16) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>{status}</title></head><body><h1>Service</h1><br></body></html>"
    )
}
