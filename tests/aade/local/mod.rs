//! Faults found before sending, held against the registry of our own: the two are written apart and share no code, so
//! that a mistake in one shows against the other.
//!
//! | module | what it tries |
//! |---|---|
//! | `agreement` | any request against any past: the same verdict and the same codes on both sides |
//! | `examples` | one passing and one failing request per rule, with its code and its sentences |
//! | `flows` | every way of business from arrival to document passes |
//! | `forms` | what a form asks, and that another edition is only another table |
//! | `matrix` | the table against the published obligations, letter by letter |

mod agreement;
mod examples;
mod flows;
mod forms;
mod matrix;
mod strategies;

use super::now;
use std::collections::BTreeSet;
use tameio::aade::message::{
    Cancellation, Correlation, Document, InvoiceKind, NewClient, RegisteredPlate, Request, UpdateClient,
    UseCase, Vehicle,
};
use tameio::aade::reply::Answer;
use tameio::aade::rules::{EntryFacts, EntryLife, Fault, Known, Number};
use tameio::aade::simulator::{Caller, DEMO_AFM, Delivery, Options, Simulator};
use tameio::aade::transport::HttpReply;
use tameio::domain::customer::TaxNumber;
use tameio::domain::entry::{ClientType, ServiceCategory};
use tameio::domain::money::Cents;
use tameio::domain::terms::{MovementPurpose, Period, Periodicity, ServiceTerms};
use tameio::domain::text::Text;

/// A business the caller may speak for.
const MANDATED: &str = "112233441";

fn text(raw: &str) -> Text {
    Text::new(raw)
}

fn domestic() -> Vehicle {
    Vehicle { plate: RegisteredPlate::Domestic(text("ΥΖΑ7319")), category: None, maker: None }
}

fn use_case(client_type: ClientType, vehicle: Vehicle) -> UseCase {
    match client_type {
        ClientType::Rental => {
            UseCase::Rental { vehicle, purpose: MovementPurpose::Rental, picked_up_at: None }
        }
        ClientType::ParkingWash => UseCase::ParkingWash { vehicle },
        ClientType::Garage => UseCase::Garage { vehicle },
    }
}

fn arrival(client_type: ClientType) -> NewClient {
    NewClient::new(0, use_case(client_type, domestic()))
}

/// A service every trade has, as far as it tells one.
const fn plain_category(client_type: ClientType) -> Option<ServiceCategory> {
    match client_type {
        ClientType::Rental => None,
        ClientType::ParkingWash => Some(ServiceCategory::ByPriceList),
        ClientType::Garage => Some(ServiceCategory::WithoutParts),
    }
}

fn service(entry: i64, client_type: ClientType) -> UpdateClient {
    let mut update = UpdateClient::new(entry, client_type);
    update.category = plain_category(client_type);
    update
}

/// A completion with a retail receipt.
fn completion(entry: i64, client_type: ClientType) -> UpdateClient {
    let mut update = service(entry, client_type);
    update.completes = true;
    update.invoice_kind = Some(InvoiceKind::Retail);
    update
}

fn tax_number(country: &str, number: &str) -> TaxNumber {
    TaxNumber { country: country.to_owned(), number: number.to_owned() }
}

fn customer() -> TaxNumber {
    tax_number("GR", "987654324")
}

fn half_year() -> Period {
    Period { from: "2026-07-01".parse().unwrap(), to: "2026-12-31".parse().unwrap() }
}

fn lease() -> ServiceTerms {
    ServiceTerms::Lease { period: half_year(), every: Periodicity::Months(1) }
}

const fn mark(mark: i64) -> Document {
    Document::Mark { mark }
}

const MARK: Document = mark(400_001_960_000_777);

fn receipt(number: &str) -> Document {
    let (date, time) = ("2026-07-14".parse().unwrap(), "12:07:00".parse().unwrap());
    Document::Fim { number: number.to_owned(), aa: 38, date, time }
}

const fn tie(document: Document, entries: Vec<i64>) -> Request {
    Request::Correlate(Correlation { entity_vat: None, document, entries })
}

const fn cancel(entry: i64) -> Request {
    Request::Cancel(Cancellation { entry, entity_vat: None })
}

/// Codes of the errors of the registry's answer; none when it takes the request.
fn codes(simulator: &mut Simulator, request: &Request) -> BTreeSet<u16> {
    let reply = match simulator.handle(now(), &request.to_http(), &Caller::demo()) {
        Delivery::Reply { status, body, .. } => HttpReply { status, body },
        other => panic!("no reply but {other:?}"),
    };
    match Answer::read(request.operation(), &reply) {
        Answer::Accepted { .. } => BTreeSet::new(),
        Answer::Refused { errors } => errors.iter().map(|error| error.code.parse().unwrap()).collect(),
        Answer::Unknown { why } if why.as_str() == "AADE's answer is a RequestedDoc" => BTreeSet::new(),
        other => panic!("neither taken nor refused but {other:?}"),
    }
}

/// Sends what must be taken; the id given.
fn send(simulator: &mut Simulator, request: &Request) -> i64 {
    let before = simulator.records().count();
    assert_eq!(codes(simulator, request), BTreeSet::new(), "must be taken: {request:?}");
    assert_eq!(simulator.records().count(), before + 1);
    simulator.records().map(|record| record.id).max().unwrap()
}

/// The codes the registry would answer with: it stops at the first stage that has any.
fn codes_of(faults: &[Fault]) -> BTreeSet<u16> {
    let first = faults.iter().map(Fault::stage).min();
    faults.iter().filter(|fault| Some(fault.stage()) == first).map(|fault| fault.code).collect()
}

/// On what terms an entry was made, where a rule depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Terms {
    OneOff,
    Recurring,
    Right,
    Lease,
}

/// What became of one entry.
#[derive(Debug, Clone)]
struct Past {
    client_type: ClientType,
    terms: Terms,
    amount_told: bool,
    life: EntryLife,
    tied: Option<Document>,
}

impl Past {
    const fn open(client_type: ClientType, terms: Terms) -> Self {
        Self { client_type, terms, amount_told: false, life: EntryLife::Open, tied: None }
    }

    /// What we know of it. It is said here and not read back, so that neither side teaches the other.
    fn facts(&self) -> EntryFacts {
        let completed_lease = self.life == EntryLife::Completed && self.terms == Terms::Lease;
        EntryFacts {
            recurring_customer: (self.terms == Terms::Recurring).then(customer),
            lease: self.terms == Terms::Lease,
            amount_told: self.amount_told || completed_lease,
            life: self.life,
            documents: self.tied.clone().into_iter().collect(),
            ..EntryFacts::new(self.client_type)
        }
    }
}

/// A registry with a past, and what we know of it.
struct World {
    simulator: Simulator,
    known: Known,
    /// Numbers of the entries, in the order of their pasts.
    entries: Vec<i64>,
    /// A number that is no entry's.
    other: i64,
    /// A number nothing has.
    absent: i64,
    /// The business spoken for.
    entity: Option<Text>,
}

impl World {
    /// Lives through the pasts in a strict registry.
    fn after(pasts: &[Past], entity: Option<Text>) -> Self {
        let mut options = Options::strict();
        options.mandates.insert((DEMO_AFM.to_owned(), MANDATED.to_owned()));
        let mut world = Self {
            simulator: Simulator::new(options),
            known: Known::at(now()),
            entries: Vec::new(),
            other: 0,
            absent: 0,
            entity,
        };
        pasts.iter().for_each(|past| world.live(past));
        let first = world.entries[0];
        if pasts[0].life == EntryLife::Cancelled {
            let spare = world.send(Request::Send(arrival(ClientType::Garage)));
            world.other = world.send(tie(mark(1), vec![spare]));
        } else {
            world.other = world.send(tie(mark(1), vec![first]));
        }
        world.absent = world.other + 1_000;
        let (other, known) = (world.other, world.known.clone());
        world.known =
            (0..60).map(|n| world.absent + n).fold(known, |known, id| known.with(id, Number::Absent));
        world.known = world.known.with(other, Number::OtherRecord);
        world
    }

    fn send(&mut self, request: Request) -> i64 {
        let request = for_entity(request, self.entity.as_ref());
        send(&mut self.simulator, &request)
    }

    fn live(&mut self, past: &Past) {
        let mut client = arrival(past.client_type);
        client.terms = match past.terms {
            Terms::OneOff => ServiceTerms::OneOff,
            Terms::Recurring => ServiceTerms::Recurring { customer: customer() },
            Terms::Right => ServiceTerms::Continuous { period: half_year() },
            Terms::Lease => lease(),
        };
        let id = self.send(Request::Send(client));
        if past.amount_told {
            let mut update = service(id, past.client_type);
            update.amount = Some(Cents(3_000));
            self.send(Request::Update(update));
        }
        if let Some(document) = &past.tied {
            self.send(tie(document.clone(), vec![id]));
        }
        match past.life {
            EntryLife::Open => {}
            EntryLife::Completed => {
                let mut update = completion(id, past.client_type);
                update.amount = (past.terms == Terms::Lease).then_some(Cents(3_000));
                self.send(Request::Update(update));
            }
            EntryLife::Cancelled => {
                self.send(cancel(id));
            }
        }
        self.entries.push(id);
        self.known = self.known.clone().with(id, Number::Entry(past.facts()));
    }
}

/// The request in the name of a business.
fn for_entity(mut request: Request, entity: Option<&Text>) -> Request {
    let slot = match &mut request {
        Request::Send(client) => &mut client.entity_vat,
        Request::Update(update) => &mut update.entity_vat,
        Request::Correlate(correlation) => &mut correlation.entity_vat,
        Request::Cancel(cancellation) => &mut cancellation.entity_vat,
        Request::List(list) => &mut list.entity_vat,
    };
    *slot = entity.cloned();
    request
}
