//! Arrivals: what a person tells of a vehicle and its customer, and what the schema itself refuses.

use super::{CANCELLED, Example, NO_ENTRY, NOTHING, days, example, on, recurs_for, sent, wash};
use crate::aade::local::{customer, domestic, half_year, text, use_case};
use tameio::aade::message::{Comments, NewClient, RegisteredPlate, Request, UseCase, Vehicle};
use tameio::aade::rules::Field;
use tameio::domain::entry::ClientType;
use tameio::domain::terms::{MovementPurpose, Periodicity, ServiceTerms};
use tameio::domain::text::Text;

fn vehicle(client_type: ClientType, vehicle: Vehicle) -> Request {
    sent(client_type, |client| client.use_case = use_case(client_type, vehicle))
}

fn foreign(category: Option<&str>, maker: Option<&str>) -> Vehicle {
    let plate = RegisteredPlate::Foreign(text("B TX 7093"));
    Vehicle { plate, category: category.map(text), maker: maker.map(text) }
}

fn rented(purpose: MovementPurpose, terms: ServiceTerms) -> Request {
    sent(ClientType::Rental, |client| {
        client.use_case = UseCase::Rental { vehicle: domestic(), purpose, picked_up_at: None };
        client.terms = terms;
    })
}

fn leased(every: Periodicity) -> Request {
    on(ServiceTerms::Lease { period: half_year(), every })
}

pub(super) fn arrivals() -> Vec<Example> {
    let good = || wash(|_| {});
    let late = |at: &str| wash(|client| client.outage_since_arrival = Some(at.parse().unwrap()));
    let replaces = |number: i64| wash(|client| client.replaces = Some(number));
    let mixed = |client_type| sent(client_type, |client| client.mixed = true);
    let plate = |raw: &str| {
        let plate = RegisteredPlate::Domestic(text(raw));
        vehicle(ClientType::ParkingWash, Vehicle { plate, ..domestic() })
    };
    let recurring = ServiceTerms::Recurring { customer: customer() };
    vec![
        example("S5", Field::Arrived, 217, late("2026-07-14T08:31:05.9Z"), late("2026-07-14T08:31:06Z")),
        example("S7.none", Field::Plate, 203, plate("Α"), plate("")),
        example(
            "S8",
            Field::VehicleCategory,
            203,
            vehicle(ClientType::ParkingWash, foreign(Some("Φορτηγό"), None)),
            vehicle(ClientType::ParkingWash, foreign(None, None)),
        ),
        example(
            "S9",
            Field::Maker,
            203,
            vehicle(ClientType::Garage, foreign(Some("Φορτηγό"), Some("MAN"))),
            vehicle(ClientType::Garage, foreign(Some("Φορτηγό"), None)),
        ),
        example("S10.vat", Field::Customer, 203, recurs_for("DE", "99"), recurs_for("DE", " ")),
        example(
            "S10.country",
            Field::CustomerCountry,
            203,
            recurs_for("GR", "987654324"),
            recurs_for("", "987654324"),
        ),
        example("S11", Field::Customer, 202, recurs_for("DE", "123456789"), recurs_for("GR", "123456789")),
        example(
            "S14",
            Field::PeriodTo,
            213,
            on(ServiceTerms::Continuous { period: days("2026-07-01", "2026-07-01") }),
            on(ServiceTerms::Continuous { period: days("2026-07-02", "2026-07-01") }),
        ),
        example(
            "S15.none",
            Field::PeriodicityMonths,
            203,
            leased(Periodicity::Other(text("κάθε Τρίτη"))),
            leased(Periodicity::Other(Text::default())),
        ),
        example("S18", Field::Mixed, 214, mixed(ClientType::ParkingWash), mixed(ClientType::Garage)),
        example(
            "S20",
            Field::Purpose,
            216,
            rented(MovementPurpose::Rental, recurring.clone()),
            rented(MovementPurpose::Free, recurring),
        ),
        example("S22.unknown", Field::Replaces, 206, replaces(CANCELLED), replaces(NOTHING)),
        example("S22.kind", Field::Replaces, 219, good(), replaces(NO_ENTRY)),
    ]
}

/// What the schema itself refuses.
pub(super) fn shapes_of_arrivals() -> Vec<Example> {
    let words = |client_type, change: fn(&mut NewClient, Text), length: usize| {
        sent(client_type, |client| change(client, text(&"ω".repeat(length))))
    };
    let limit = |field, client_type, change: fn(&mut NewClient, Text), max: usize| {
        example("T4", field, 101, words(client_type, change, max), words(client_type, change, max + 1))
    };
    let wash_limit = |field, change, max| limit(field, ClientType::ParkingWash, change, max);
    vec![
        wash_limit(Field::Comments, |client, words| client.comments = Some(Comments::from(words)), 150),
        wash_limit(
            Field::Plate,
            |client, words| {
                let plate = RegisteredPlate::Domestic(words);
                client.use_case = UseCase::ParkingWash { vehicle: Vehicle { plate, ..domestic() } };
            },
            50,
        ),
        wash_limit(
            Field::ForeignPlate,
            |client, words| {
                let plate = RegisteredPlate::Foreign(words);
                let vehicle = Vehicle { plate, ..foreign(Some("Φορτηγό"), None) };
                client.use_case = UseCase::ParkingWash { vehicle };
            },
            50,
        ),
        wash_limit(
            Field::VehicleCategory,
            |client, words| {
                let vehicle = Vehicle { category: Some(words), ..domestic() };
                client.use_case = UseCase::ParkingWash { vehicle };
            },
            100,
        ),
        wash_limit(
            Field::Maker,
            |client, words| {
                let vehicle = Vehicle { maker: Some(words), ..domestic() };
                client.use_case = UseCase::ParkingWash { vehicle };
            },
            100,
        ),
        wash_limit(
            Field::PeriodicityWords,
            |client, words| {
                client.terms = ServiceTerms::Lease { period: half_year(), every: Periodicity::Other(words) };
            },
            100,
        ),
        limit(
            Field::PickedUpAt,
            ClientType::Rental,
            |client, words| {
                let (vehicle, purpose) = (domestic(), MovementPurpose::Rental);
                client.use_case = UseCase::Rental { vehicle, purpose, picked_up_at: Some(words) };
            },
            250,
        ),
        example(
            "T4",
            Field::PeriodicityMonths,
            101,
            leased(Periodicity::Months(12)),
            leased(Periodicity::Months(13)),
        ),
        example(
            "T4",
            Field::PeriodFrom,
            101,
            on(ServiceTerms::Continuous { period: days("0001-01-01", "2026-12-31") }),
            on(ServiceTerms::Continuous { period: days("0000-12-31", "2026-12-31") }),
        ),
        example(
            "T4",
            Field::CustomerCountry,
            101,
            recurs_for("GR", "987654324"),
            recurs_for("EL", "987654324"),
        ),
        example("T4", Field::CustomerCountry, 101, recurs_for("GB", "99"), recurs_for("UK", "99")),
        example("T4", Field::CustomerCountry, 101, recurs_for("CY", "99"), recurs_for("XK", "99")),
    ]
}
