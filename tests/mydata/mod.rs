//! myDATA: what we say, what we understand, and the myDATA of our own that both are tried against.
//!
//! Where a rule of the simulator is tried, the document is XML changed by hand, so that a mistake in our own writer cannot
//! hide one there.

mod agreement;
mod compose;
mod golden;
mod http;
mod issuing;
mod reply;
mod rules;
pub(crate) mod schema;
mod sequences;
mod storm;
mod transmitted;

use jiff::Timestamp;
use std::path::PathBuf;
use tameio::aade::simulator::{Caller, Delivery};
use tameio::aade::transport::{HttpReply, HttpRequest, Method};
use tameio::domain::credit::Credited;
use tameio::domain::customer::TaxNumber;
use tameio::domain::document::{Document, DocumentKind, IssuedFor};
use tameio::domain::ids::{DocumentId, Reference, TerminalId, VisitId};
use tameio::domain::money::{Cents, Quantity, Rate};
use tameio::domain::operator::OperatorId;
use tameio::domain::payment::{Payment, Tender};
use tameio::domain::plate::{Plate, PlateEntry};
use tameio::domain::sale::{Line, Sale};
use tameio::domain::text::Name;
use tameio::domain::time::Stamp;
use tameio::mydata::compose::{ComposeError, compose};
use tameio::mydata::invoice::{Invoice, Party};
use tameio::mydata::issue::{Issue, Terms};
use tameio::mydata::kinds::InvoiceType;
use tameio::mydata::reply::{Accepted, Answer};
use tameio::mydata::request::{Layout, Operation, Request};
use tameio::mydata::simulator::{Options, Simulator};

/// When these tests take place: 5 October 2026, 18:42 in Athens.
pub(crate) fn now() -> Timestamp {
    "2026-10-05T15:42:00Z".parse().unwrap()
}

/// The business that issues.
pub(crate) fn terms() -> Terms {
    Terms::new(Party { afm: "999999993".to_owned(), branch: 0 })
}

/// A business that is issued to.
pub(crate) fn customer() -> DocumentKind {
    DocumentKind::Invoice { customer: TaxNumber::parse("GR", "888888880").unwrap() }
}

/// One thing sold: its code, how many cents, at which rate.
pub(crate) fn line(code: &str, cents: i64, rate: u32) -> Line {
    Line::new(code, Name::new("Πλύσιμο", "Wash"), Quantity::ONE, Cents(cents), Rate(rate))
}

/// A document over these lines, paid in cash.
pub(crate) fn document(kind: DocumentKind, series: &str, number: u64, lines: Vec<Line>) -> Document {
    document_of(kind, series, number, Sale { lines, ..Sale::default() }, |due| {
        vec![Tender::Cash { given: due }]
    })
}

/// A document over a sale, paid as told.
pub(crate) fn document_of(
    kind: DocumentKind,
    series: &str,
    number: u64,
    sale: Sale,
    tenders: impl FnOnce(Cents) -> Vec<Tender>,
) -> Document {
    let totals = sale.totals();
    let visit = VisitId("0192f0c1-2d3e-7000-8000-0123456789aa".parse().unwrap());
    Document {
        span: None,
        branch: 0,
        at_issuer: None,
        id: DocumentId("0192f0c1-2d3e-7000-8000-0123456789ab".parse().unwrap()),
        issued_for: IssuedFor::Visit {
            visit,
            chain: visit,
            parts: Vec::new(),
            under: None,
            plate: Plate::parse(&PlateEntry::Greek, "yza 7319").unwrap(),
        },
        reference: Reference { terminal: TerminalId::try_from("7K3Q".to_owned()).unwrap(), number: 123 },
        series: series.to_owned(),
        credit: None,
        shift: None,
        void: None,
        credited: Credited::default(),
        counterparty: None,
        number,
        kind,
        payment: Payment::settle(totals.gross, tenders(totals.gross)).unwrap(),
        totals,
        sale,
        issued: Stamp::new(now()),
        operator: OperatorId("maria".to_owned()),
        name: None,
        qr: None,
    }
}

/// A wash for 12.00 in cash as an 11.2.
pub(crate) fn receipt(number: u64) -> Invoice {
    let wash = document(DocumentKind::Retail, "APY", number, vec![line("wash", 1200, 2400)]);
    composed(&wash, InvoiceType::RetailService)
}

/// Services for 124.00 to a business as a 2.1.
pub(crate) fn service(number: u64) -> Invoice {
    let document = document(customer(), "TPY", number, vec![line("wash", 12400, 2400)]);
    composed(&document, InvoiceType::Service)
}

/// What is composed of a document with nothing beside it.
pub(crate) fn composed(document: &Document, kind: InvoiceType) -> Invoice {
    compose(&Issue::new(document, kind), &terms()).unwrap()
}

/// Why nothing is composed.
pub(crate) fn not_composed(issue: &Issue<'_>) -> ComposeError {
    compose(issue, &terms()).unwrap_err()
}

/// A myDATA in memory.
pub(crate) fn simulator() -> Simulator {
    Simulator::new(Options::default())
}

/// A document as text, as a call.
pub(crate) fn post(path: &str, body: &str) -> HttpRequest {
    HttpRequest { method: Method::Post, path_and_query: path.to_owned(), body: body.as_bytes().to_vec() }
}

/// A question.
pub(crate) fn get(path_and_query: &str) -> HttpRequest {
    HttpRequest { method: Method::Get, path_and_query: path_and_query.to_owned(), body: Vec::new() }
}

/// The whole reply to the known caller, who meets no fault.
pub(crate) fn reply(simulator: &mut Simulator, request: &HttpRequest) -> HttpReply {
    match simulator.handle(now(), request, &Caller::demo()) {
        Delivery::Reply { status, body, .. } => HttpReply { status, body },
        other => panic!("no reply but {other:?}"),
    }
}

/// What a call comes to.
pub(crate) fn answer(simulator: &mut Simulator, request: &Request) -> Answer {
    let http = request.to_http(Layout::Production);
    Answer::read(request.operation(), &reply(simulator, &http))
}

/// Sends one document that is accepted.
pub(crate) fn accepted(simulator: &mut Simulator, invoice: &Invoice) -> Accepted {
    match answer(simulator, &Request::Send(vec![invoice.clone()])) {
        Answer::Accepted(accepted) => accepted,
        other => panic!("not accepted but {other:?}: {}", Invoice::document(std::slice::from_ref(invoice))),
    }
}

/// The codes a document written by hand is refused with; none when it is accepted.
pub(crate) fn codes(simulator: &mut Simulator, path: &str, xml: &str) -> Vec<String> {
    codes_of(Answer::read(Operation::Send, &reply(simulator, &post(path, xml))))
}

/// The codes of a refusal; none of a yes.
pub(crate) fn codes_of(answer: Answer) -> Vec<String> {
    match answer {
        Answer::Accepted(_) => Vec::new(),
        Answer::Refused { errors } => errors.into_iter().map(|error| error.code).collect(),
        other => panic!("neither accepted nor refused but {other:?}"),
    }
}

/// A folder of the shared reference, where it lies beside the sources.
pub(crate) fn reference(folder: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/reference").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("{} is not here: nothing to compare with", path.display());
    None
}
