//! The registry: what we send, what we understand, and the registry of our own that both are tried against.
//!
//! Requests in these tests are written as XML by hand wherever a rule of the simulator is tried, so that a mistake
//! in our own writer cannot hide one there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

mod credentials;
mod durable;
mod faults;
mod golden;
mod http;
mod listing;
mod local;
mod reply;
mod rules;
mod schema;
mod sequences;

use jiff::Timestamp;
use std::path::PathBuf;
use std::time::Duration;
use tameio::aade::message::Operation;
use tameio::aade::reply::Answer;
use tameio::aade::simulator::clockwork::Clockwork;
use tameio::aade::simulator::{Caller, Delivery, Options, Simulator};
use tameio::aade::transport::{HttpReply, HttpRequest, Method};

/// When these tests take place: a summer's morning, 11:31:05 in Athens.
pub(crate) fn now() -> Timestamp {
    "2026-07-14T08:31:05Z".parse().unwrap()
}

/// The tests' clock stands still; its waits are real and short.
pub(crate) fn clock() -> Clockwork {
    clock_at(now)
}

/// A clock that stands still elsewhere.
pub(crate) fn clock_at(now: fn() -> Timestamp) -> Clockwork {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one wait of these tests, of a few hundred milliseconds"
    )]
    let wait = |duration: Duration| -> tameio::aade::simulator::clockwork::Wait {
        Box::pin(tokio::time::sleep(duration))
    };
    Clockwork::new(now, wait)
}

/// The id the simulator gives its nth record.
pub(crate) const fn id(nth: i64) -> i64 {
    100_000_000_000_000 + nth
}

/// A request with a body of XML.
pub(crate) fn post(operation: Operation, body: &str) -> HttpRequest {
    HttpRequest {
        method: Method::Post,
        path_and_query: format!("/DCL/{}", operation.name()),
        body: body.as_bytes().to_vec(),
    }
}

/// A cancellation.
pub(crate) fn cancel(entry: i64) -> HttpRequest {
    HttpRequest {
        method: Method::Post,
        path_and_query: format!("/DCL/CancelClient?DCLID={entry}"),
        body: vec![],
    }
}

/// A listing; `query` is what follows the question mark.
pub(crate) fn list(query: &str) -> HttpRequest {
    HttpRequest { method: Method::Get, path_and_query: format!("/DCL/RequestClients?{query}"), body: vec![] }
}

/// The whole reply to a request of the known caller, who meets no fault.
pub(crate) fn reply(simulator: &mut Simulator, request: &HttpRequest) -> HttpReply {
    match simulator.handle(now(), request, &Caller::demo()) {
        Delivery::Reply { status, body, .. } => HttpReply { status, body },
        other => panic!("no reply but {other:?}"),
    }
}

/// What the reply means to us.
pub(crate) fn answer(simulator: &mut Simulator, operation: Operation, request: &HttpRequest) -> Answer {
    Answer::read(operation, &reply(simulator, request))
}

/// The id of an accepted request.
pub(crate) fn accepted(simulator: &mut Simulator, operation: Operation, request: &HttpRequest) -> i64 {
    match answer(simulator, operation, request) {
        Answer::Accepted { id } => id,
        other => panic!("not accepted but {other:?}: {}", String::from_utf8_lossy(&request.body)),
    }
}

/// Code and words of every error; none for an accepted request.
pub(crate) fn errors(
    simulator: &mut Simulator,
    operation: Operation,
    request: &HttpRequest,
) -> Vec<(String, String)> {
    match answer(simulator, operation, request) {
        Answer::Accepted { .. } => Vec::new(),
        Answer::Refused { errors } => errors.into_iter().map(|e| (e.code, e.message.to_string())).collect(),
        other => panic!("neither accepted nor refused but {other:?}"),
    }
}

/// Elements of one name each, in the order given.
pub(crate) fn elements(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(name, value)| format!("<{name}>{value}</{name}>")).collect()
}

/// A new entry: what stands before the use case, the use case and its fields, what stands after it.
pub(crate) fn send_xml(
    before: &[(&str, &str)],
    use_case: &str,
    vehicle: &[(&str, &str)],
    after: &[(&str, &str)],
) -> String {
    format!(
        r#"<NewDigitalClientDoc xmlns="http://www.aade.gr/myDATA/dcrnew/v1.0"><newDigitalClient>{}<useCase><{use_case}>{}</{use_case}></useCase>{}</newDigitalClient></NewDigitalClientDoc>"#,
        elements(before),
        elements(vehicle),
        elements(after)
    )
}

/// An update.
pub(crate) fn update_xml(fields: &[(&str, &str)]) -> String {
    format!(
        r#"<UpdateClientDoc xmlns="https://www.aade.gr/myDATA/dcrudt/v1.0"><updateClient>{}</updateClient></UpdateClientDoc>"#,
        elements(fields)
    )
}

/// A correlation; `document` is the inside of it up to the ids.
pub(crate) fn correlate_xml(document: &str, entries: &[i64]) -> String {
    let ids: String = entries.iter().map(|id| format!("<correlatedDCLids>{id}</correlatedDCLids>")).collect();
    format!(
        r#"<ClientCorrelationDoc xmlns="http://www.aade.gr/myDATA/dcrudtcor/v1.0"><clientCorrelation>{document}{ids}</clientCorrelation></ClientCorrelationDoc>"#
    )
}

/// An ordinary car at a wash, with a mark of ours.
pub(crate) fn wash(mark: &str) -> HttpRequest {
    let before = [("clientServiceType", "2"), ("branch", "0"), ("comments", mark)];
    post(
        Operation::Send,
        &send_xml(&before, "parkingcarwash", &[("vehicleRegistrationNumber", "ΥΖΑ7319")], &[]),
    )
}

/// Completion of a wash with a fiscal machine's receipt.
pub(crate) fn completion(entry: i64) -> HttpRequest {
    let fields = [
        ("initialDclId", entry.to_string()),
        ("clientServiceType", "2".to_owned()),
        ("entryCompletion", "true".to_owned()),
        ("providedServiceCategory", "7".to_owned()),
        ("invoiceKind", "3".to_owned()),
    ];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    post(Operation::Update, &update_xml(&fields))
}

/// A simulator with nothing in it.
pub(crate) fn simulator() -> Simulator {
    Simulator::new(Options::default())
}

/// AADE's own schemas, where this checkout has them beside it.
pub(crate) fn schemas() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/reference/xsd"));
    let xmllint = std::process::Command::new("xmllint").arg("--version").output().is_ok();
    if folder.is_dir() && xmllint {
        return Some(folder);
    }
    println!("skipped: needs xmllint and AADE's schemas beside the checkout");
    None
}
