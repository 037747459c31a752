//! Every way of business from arrival to document: each step passes here, and the strict registry takes it. Names as
//! in the registry's list of scenarios: W wash and parking, P parking, G garage, R rental, X correction.

use super::{
    arrival, cancel, codes, completion, customer, domestic, half_year, lease, mark, receipt, send, service,
    text, tie,
};
use crate::aade::now;
use std::collections::BTreeSet;
use tameio::aade::message::{Correlation, InvoiceKind, NewClient, Request, UpdateClient, UseCase};
use tameio::aade::rules::{EntryFacts, EntryLife, Known, Number, check};
use tameio::aade::simulator::{Options, Simulator};
use tameio::domain::entry::{ClientType, ServiceCategory};
use tameio::domain::money::Cents;
use tameio::domain::terms::{MovementPurpose, OffSite, ServiceTerms};
use tameio::domain::visit::NoDocumentReason;

/// A business that checks before it sends, and remembers what was taken.
struct Desk {
    simulator: Simulator,
    known: Known,
}

impl Desk {
    fn open() -> Self {
        Self { simulator: Simulator::new(Options::strict()), known: Known::at(now()) }
    }

    fn tell(&mut self, request: &Request) -> i64 {
        assert_eq!(check(request, &self.known), [], "{request:?}");
        send(&mut self.simulator, request)
    }

    fn arrive(&mut self, client: NewClient) -> i64 {
        let mut facts = EntryFacts::new(client.use_case.client_type());
        if let ServiceTerms::Recurring { customer } = &client.terms {
            facts.recurring_customer = Some(customer.clone());
        }
        facts.lease = matches!(client.terms, ServiceTerms::Lease { .. });
        let id = self.tell(&Request::Send(client));
        self.remember(id, facts);
        id
    }

    fn update(&mut self, update: UpdateClient, mut facts: EntryFacts) {
        facts.amount_told |= update.amount.is_some();
        if update.completes {
            facts.life = EntryLife::Completed;
        }
        let id = update.entry;
        self.tell(&Request::Update(update));
        self.remember(id, facts);
    }

    fn remember(&mut self, id: i64, facts: EntryFacts) {
        self.known = self.known.clone().with(id, Number::Entry(facts));
    }
}

fn open(client_type: ClientType) -> EntryFacts {
    EntryFacts::new(client_type)
}

const WASH: ClientType = ClientType::ParkingWash;
const GARAGE: ClientType = ClientType::Garage;
const RENTAL: ClientType = ClientType::Rental;

fn without_document(
    entry: i64,
    client_type: ClientType,
    category: Option<ServiceCategory>,
    reason: NoDocumentReason,
) -> UpdateClient {
    let mut update = service(entry, client_type);
    (update.completes, update.no_document) = (true, true);
    (update.category, update.reason) = (category, Some(reason));
    update
}

fn invoiced(mut update: UpdateClient) -> UpdateClient {
    update.invoice_kind = Some(InvoiceKind::Invoice);
    update.counterparty = Some(customer());
    update
}

/// W1, W2, W8, P2: receipts of a fiscal machine and of a provider, at a business that offers both.
#[test]
fn walk_in_customers() {
    let mut desk = Desk::open();
    for (kind, document) in [
        (InvoiceKind::FiscalMachine, receipt("ABC12345678")),
        (InvoiceKind::Retail, mark(400_001_960_000_777)),
    ] {
        let mut client = arrival(WASH);
        client.mixed = true;
        let id = desk.arrive(client);
        let mut update = completion(id, WASH);
        update.invoice_kind = Some(kind);
        desk.update(update, open(WASH));
        desk.tell(&tie(document, vec![id]));
    }
}

/// W3: a single invoice to a business.
#[test]
fn one_invoice() {
    let mut desk = Desk::open();
    let id = desk.arrive(arrival(WASH));
    desk.update(invoiced(completion(id, WASH)), open(WASH));
    desk.tell(&tie(mark(400_001_960_000_778), vec![id]));
}

/// W4: a fleet's visits of a month, and one invoice for all, in groups.
#[test]
fn a_fleets_month() {
    let mut desk = Desk::open();
    let mut entries = Vec::new();
    for _ in 0..60 {
        let mut client = arrival(WASH);
        client.terms = ServiceTerms::Recurring { customer: customer() };
        let id = desk.arrive(client);
        let mut update = invoiced(completion(id, WASH));
        update.category = Some(ServiceCategory::ByAgreement);
        let facts = EntryFacts { recurring_customer: Some(customer()), ..open(WASH) };
        desk.update(update, facts);
        entries.push(id);
    }
    let whole = tie(mark(400_001_960_000_779), entries.clone());
    assert_eq!(check(&whole, &desk.known).iter().map(|fault| fault.code).collect::<Vec<_>>(), [211]);
    let groups = Correlation::in_groups(&mark(400_001_960_000_779), &entries);
    assert_eq!(groups.len(), 2);
    for group in groups {
        desk.tell(&Request::Correlate(group));
    }
}

/// W5, P1: a prepaid right, whose document comes first; one entry for the whole period.
#[test]
fn a_prepaid_right() {
    let mut desk = Desk::open();
    let mut client = arrival(WASH);
    client.terms = ServiceTerms::Continuous { period: half_year() };
    let id = desk.arrive(client);
    desk.tell(&tie(mark(400_001_960_000_780), vec![id]));
    desk.update(completion(id, WASH), open(WASH));
}

/// W6, R4: instalments while it lasts, a document each.
#[test]
fn instalments() {
    for client_type in [WASH, RENTAL] {
        let mut desk = Desk::open();
        let mut client = arrival(client_type);
        client.terms = lease();
        let id = desk.arrive(client);
        let leased = EntryFacts { lease: true, ..open(client_type) };
        let mut update = service(id, client_type);
        update.amount = Some(Cents(8_000));
        desk.update(update, leased.clone());
        for instalment in 0..3 {
            desk.tell(&tie(mark(400_001_960_000_781 + instalment), vec![id]));
        }
        desk.update(completion(id, client_type), EntryFacts { amount_told: true, ..leased });
    }
}

/// W7, G3, R3: no document, for each reason a trade has.
#[test]
fn nothing_to_pay() {
    use NoDocumentReason as R;
    use ServiceCategory as S;
    let mut desk = Desk::open();
    for (client_type, category, reason) in [
        (WASH, Some(S::Free), R::Free),
        (WASH, Some(S::OwnUse), R::OwnUse),
        (GARAGE, Some(S::Free), R::Free),
        (GARAGE, Some(S::OwnUse), R::OwnUse),
        (GARAGE, Some(S::Warranty), R::Warranty),
        (RENTAL, None, R::OwnUse),
        (RENTAL, None, R::Free),
    ] {
        let mut client = arrival(client_type);
        if client_type == RENTAL {
            let purpose = match reason {
                R::OwnUse => MovementPurpose::OwnUse,
                R::Free | R::Warranty => MovementPurpose::Free,
            };
            client.use_case = UseCase::Rental { vehicle: domestic(), purpose, picked_up_at: None };
        }
        let id = desk.arrive(client);
        desk.update(without_document(id, client_type, category, reason), open(client_type));
    }
}

/// G1, G2: a service told while it goes on, and several at once in words.
#[test]
fn a_garages_jobs() {
    let mut desk = Desk::open();
    for category in [ServiceCategory::WithParts, ServiceCategory::Other(text("σέρβις και φανοποιία"))]
    {
        let id = desk.arrive(arrival(GARAGE));
        let mut begun = service(id, GARAGE);
        begun.category = Some(category.clone());
        desk.update(begun, open(GARAGE));
        let mut done = completion(id, GARAGE);
        done.category = Some(category);
        desk.update(done, open(GARAGE));
        desk.tell(&tie(mark(400_001_960_000_790 + id % 100), vec![id]));
    }
}

/// G4, G5: to a partner or to another branch, and a new entry when it comes back.
#[test]
fn vehicles_that_move_away() {
    let mut desk = Desk::open();
    for off_site in [OffSite::Partner { vat: text("123456783") }, OffSite::OwnBranch { branch: 4 }] {
        let id = desk.arrive(arrival(GARAGE));
        let mut update = service(id, GARAGE);
        (update.completes, update.off_site) = (true, Some(off_site));
        desk.update(update, open(GARAGE));
        let mut back = arrival(GARAGE);
        back.replaces = Some(id);
        desk.arrive(back);
    }
}

/// R1, R2: a rental, handed over and taken back elsewhere.
#[test]
fn a_rental() {
    let mut desk = Desk::open();
    let mut client = arrival(RENTAL);
    client.use_case = UseCase::Rental {
        vehicle: domestic(),
        purpose: MovementPurpose::Rental,
        picked_up_at: Some(text("Λιμάνι Σούδας")),
    };
    let id = desk.arrive(client);
    let mut agreed = service(id, RENTAL);
    agreed.amount = Some(Cents(12_000));
    desk.update(agreed, open(RENTAL));
    let mut back = completion(id, RENTAL);
    back.returned_at = Some(text("Χανιά"));
    desk.update(back, open(RENTAL));
    desk.tell(&tie(mark(400_001_960_000_795), vec![id]));
}

/// X1, X2, X3: a wrong plate, an outage at arrival, and a credit note later.
#[test]
fn corrections() {
    let mut desk = Desk::open();
    let wrong = desk.arrive(arrival(WASH));
    desk.tell(&cancel(wrong));
    desk.remember(wrong, EntryFacts { life: EntryLife::Cancelled, ..open(WASH) });
    let mut right = arrival(WASH);
    right.replaces = Some(wrong);
    right.outage_since_arrival = Some("2026-07-14T05:42:10Z".parse().unwrap());
    let id = desk.arrive(right);
    desk.update(completion(id, WASH), open(WASH));
    desk.tell(&tie(mark(400_001_960_000_796), vec![id]));
    desk.tell(&tie(mark(400_001_960_000_797), vec![id]));
    // The wrong entry takes nothing any more, on either side.
    let late = Request::Update(completion(wrong, WASH));
    assert_eq!(check(&late, &desk.known).iter().map(|fault| fault.code).collect::<Vec<_>>(), [207]);
    assert_eq!(codes(&mut desk.simulator, &late), BTreeSet::from([207]));
}
