//! Updates: the service, how it is documented, and where the vehicle went.

use super::{
    CANCELLED, COMPLETED, Example, FLEET, GARAGE, LEASED, NO_ENTRY, NOTHING, RENTAL, WASH, at_garage,
    at_wash, comments, example, updated,
};
use crate::aade::local::{completion, service, tax_number, text};
use tameio::aade::message::{InvoiceKind, Request, UpdateClient};
use tameio::aade::rules::Field;
use tameio::domain::entry::{ClientType, ServiceCategory};
use tameio::domain::money::Cents;
use tameio::domain::terms::OffSite;
use tameio::domain::text::Text;
use tameio::domain::visit::NoDocumentReason;

fn of_entry(entry: i64) -> Request {
    updated(service(entry, ClientType::ParkingWash), |_| {})
}

pub(super) fn updates() -> Vec<Example> {
    let at_rental = |change: fn(&mut UpdateClient)| updated(service(RENTAL, ClientType::Rental), change);
    let amount = |cents: Option<i64>| {
        updated(completion(LEASED, ClientType::ParkingWash), |u| u.amount = cents.map(Cents))
    };
    let typed = |client_type| updated(service(WASH, client_type), |_| {});
    let away = |client_type: ClientType, entry: i64| {
        updated(service(entry, client_type), |u| u.returned_at = Some(text("Χανιά")))
    };
    vec![
        example("U2", Field::Entry, 206, of_entry(WASH), of_entry(NOTHING)),
        example("U3", Field::Entry, 221, of_entry(WASH), of_entry(NO_ENTRY)),
        example("U4", Field::Entry, 207, of_entry(WASH), of_entry(CANCELLED)),
        example("U5", Field::Entry, 209, of_entry(WASH), of_entry(COMPLETED)),
        example("U6", Field::ClientType, 208, typed(ClientType::ParkingWash), typed(ClientType::Garage)),
        example("U7", Field::Category, 203, at_wash(|_| {}), at_wash(|u| u.category = None)),
        example(
            "U8",
            Field::Category,
            220,
            at_rental(|_| {}),
            at_rental(|u| u.category = Some(ServiceCategory::ByPriceList)),
        ),
        example(
            "U9",
            Field::Category,
            214,
            at_garage(|u| u.category = Some(ServiceCategory::WithParts)),
            at_wash(|u| u.category = Some(ServiceCategory::WithParts)),
        ),
        // Warranty at a wash.
        example(
            "U9",
            Field::Category,
            214,
            at_garage(|u| (u.category, u.no_document) = (Some(ServiceCategory::Warranty), true)),
            at_wash(|u| (u.category, u.no_document) = (Some(ServiceCategory::Warranty), true)),
        ),
        example(
            "U10.text",
            Field::CategoryWords,
            203,
            at_wash(|u| u.category = Some(ServiceCategory::Other(text("χαλιά")))),
            at_wash(|u| u.category = Some(ServiceCategory::Other(Text::default()))),
        ),
        example(
            "U11",
            Field::NoDocument,
            203,
            at_wash(|u| (u.category, u.no_document) = (Some(ServiceCategory::Free), true)),
            at_wash(|u| u.category = Some(ServiceCategory::Free)),
        ),
        example(
            "U22",
            Field::ReturnedElsewhere,
            214,
            away(ClientType::Rental, RENTAL),
            away(ClientType::ParkingWash, WASH),
        ),
        example("U27", Field::Amount, 203, amount(Some(3_000)), amount(None)),
        example(
            "T4",
            Field::Amount,
            101,
            amount(Some(99_999_999_999_999_900)),
            amount(Some(100_000_000_000_000_000)),
        ),
        example("T4", Field::Amount, 101, amount(Some(0)), amount(Some(-1))),
        example(
            "T4",
            Field::Comments,
            101,
            at_wash(|u| u.comments = comments(150)),
            at_wash(|u| u.comments = comments(151)),
        ),
        example(
            "T4",
            Field::CategoryWords,
            101,
            at_wash(|u| u.category = Some(ServiceCategory::Other(text(&"ω".repeat(100))))),
            at_wash(|u| u.category = Some(ServiceCategory::Other(text(&"ω".repeat(101))))),
        ),
        example(
            "T4",
            Field::ReturnedAt,
            101,
            at_rental(|u| u.returned_at = Some(text(&"ω".repeat(250)))),
            at_rental(|u| u.returned_at = Some(text(&"ω".repeat(251)))),
        ),
    ]
}

pub(super) fn outcomes() -> Vec<Example> {
    let end = |change: fn(&mut UpdateClient)| updated(completion(WASH, ClientType::ParkingWash), change);
    let free = |change: fn(&mut UpdateClient)| {
        let mut update = completion(WASH, ClientType::ParkingWash);
        (update.category, update.invoice_kind) = (Some(ServiceCategory::Free), None);
        (update.no_document, update.reason) = (true, Some(NoDocumentReason::Free));
        updated(update, change)
    };
    let invoice = |entry: i64, country: &str, number: &str| {
        updated(completion(entry, ClientType::ParkingWash), |update| {
            update.invoice_kind = Some(InvoiceKind::Invoice);
            update.counterparty = Some(tax_number(country, number));
        })
    };
    let warranty = |client_type, entry| {
        updated(service(entry, client_type), |update| {
            (update.no_document, update.reason) = (true, Some(NoDocumentReason::Warranty));
        })
    };
    let good_invoice = || invoice(WASH, "GR", "987654324");
    vec![
        example(
            "U12",
            Field::InvoiceKind,
            204,
            free(|_| {}),
            free(|u| u.invoice_kind = Some(InvoiceKind::Retail)),
        ),
        example(
            "U13.vat",
            Field::Counterparty,
            204,
            free(|_| {}),
            free(|u| u.counterparty = Some(tax_number("", "987654324"))),
        ),
        example(
            "U13.country",
            Field::CounterpartyCountry,
            204,
            free(|_| {}),
            free(|u| u.counterparty = Some(tax_number("GR", ""))),
        ),
        example("U14", Field::Reason, 203, free(|_| {}), free(|u| u.reason = None)),
        example("U15", Field::Reason, 205, end(|_| {}), end(|u| u.reason = Some(NoDocumentReason::Free))),
        example(
            "U16",
            Field::Reason,
            214,
            warranty(ClientType::Garage, GARAGE),
            warranty(ClientType::ParkingWash, WASH),
        ),
        example("U17", Field::Reason, 208, free(|_| {}), free(|u| u.reason = Some(NoDocumentReason::OwnUse))),
        example("U18", Field::InvoiceKind, 203, end(|_| {}), end(|u| u.invoice_kind = None)),
        example("U19.vat", Field::Counterparty, 203, good_invoice(), invoice(WASH, "GR", "")),
        example(
            "U19.country",
            Field::CounterpartyCountry,
            203,
            good_invoice(),
            invoice(WASH, "", "987654324"),
        ),
        example("U20", Field::Counterparty, 202, good_invoice(), invoice(WASH, "GR", "987654325")),
        example("T4", Field::CounterpartyCountry, 101, good_invoice(), invoice(WASH, "EL", "987654324")),
        example(
            "U21",
            Field::Counterparty,
            208,
            invoice(FLEET, "GR", "987654324"),
            invoice(FLEET, "GR", "123456783"),
        ),
    ]
}

pub(super) fn moves() -> Vec<Example> {
    let moved = |client_type, entry: i64, completes: bool, off_site: OffSite| {
        updated(service(entry, client_type), |update| {
            (update.completes, update.off_site) = (completes, Some(off_site));
        })
    };
    let partner = |vat: &str| OffSite::Partner { vat: text(vat) };
    let at_end = |off_site| moved(ClientType::Garage, GARAGE, true, off_site);
    let good = || at_end(partner("123456783"));
    let washed_elsewhere = updated(completion(WASH, ClientType::ParkingWash), |update| {
        update.off_site = Some(OffSite::OwnBranch { branch: 4 });
    });
    vec![
        example("U24", Field::OffSite, 214, at_end(OffSite::OwnBranch { branch: 4 }), washed_elsewhere),
        example("U25.partner", Field::Partner, 203, good(), at_end(partner(""))),
        example("U25.vat", Field::Partner, 202, good(), at_end(partner("123456789"))),
        example(
            "U26",
            Field::OffSite,
            203,
            good(),
            moved(ClientType::Garage, GARAGE, false, OffSite::OwnBranch { branch: 4 }),
        ),
    ]
}
