//! Edition 1.1 of the registry's rules, in force since 25 June 2025, row by row.
//!
//! Obligations: AADE DCL 1.1, business analysis, annex of fields by sector. Limits, ranges and what the schema itself
//! demands: AADE DCL 1.1, schemas. Codes: AADE DCL 1.1, API description, table of errors; which of them belongs to
//! which rule is not published everywhere, and is what our own registry answers.

use super::condition::Condition as C;
use super::edition::{Edition, FieldRule, Narrowed, Shape, TradeTable};
use super::field::Field as F;
use super::row::{may, must, never, stamped, text, when};
use crate::aade::message::{COMMENTS_MAX, CORRELATED_MAX};
use crate::domain::entry::ClientType;
use crate::domain::plate::PLATE_CHARS_MAX;
use jiff::civil;

/// The rules since 25 June 2025, when lease and periodicity in words joined the schema.
pub static V1_1: Edition = Edition {
    schema: "1.1",
    since: civil::date(2025, 6, 25),
    trades: &[RENTAL, PARKING_WASH, GARAGE],
    correlation: CORRELATION,
    address: &[ENTITY],
    countries: &COUNTRIES,
    correlated_max: CORRELATED_MAX,
};

const RENTAL: TradeTable = TradeTable {
    client_type: ClientType::Rental,
    arrival: &[ARRIVAL, MAKER_IF_FOREIGN, NOT_MIXED, MOVEMENT],
    service: &[UPDATE, AT_SERVICE, NO_CATEGORY, REASON_AT_SERVICE, RETURN, NOT_MOVED],
    completion: &[UPDATE, AT_END, NO_CATEGORY, REASON_AT_END, RETURN, NOT_MOVED],
};

const PARKING_WASH: TradeTable = TradeTable {
    client_type: ClientType::ParkingWash,
    arrival: &[ARRIVAL, MAKER_AT_WILL, MIXED, NO_MOVEMENT],
    service: &[UPDATE, AT_SERVICE, CATEGORY_OF_WASH, REASON_AT_SERVICE, NO_RETURN, NOT_MOVED],
    completion: &[UPDATE, AT_END, CATEGORY_OF_WASH, REASON_AT_END, NO_RETURN, NOT_MOVED],
};

const GARAGE: TradeTable = TradeTable {
    client_type: ClientType::Garage,
    arrival: &[ARRIVAL, MAKER_IF_FOREIGN, NOT_MIXED, NO_MOVEMENT],
    service: &[UPDATE, AT_SERVICE, CATEGORY_OF_GARAGE, WARRANTY_AT_SERVICE, NO_RETURN, MOVED_AT_END_ONLY],
    completion: &[UPDATE, AT_END, CATEGORY_OF_GARAGE, WARRANTY_AT_END, NO_RETURN, MOVED],
};

const GREEK: Shape = Shape::TaxNumber { country: None, code_bad: 202 };
const WORDS: Shape = Shape::Text { units_max: None };

/// A business that is none cannot have given a mandate.
const ENTITY: FieldRule =
    when(F::Entity, C::ForThirdParty, Shape::TaxNumber { country: None, code_bad: 105 });
const COMMENTS: FieldRule = may(F::Comments, text(COMMENTS_MAX));

const fn number_in(country: F) -> Shape {
    Shape::TaxNumber { country: Some(country), code_bad: 202 }
}

const ARRIVAL: &[FieldRule] = &[
    stamped(F::EntryGiven, 212),
    must(F::ClientType, Shape::Number).by_schema(),
    stamped(F::Arrived, 205).unless(C::AfterOutage, Shape::Instant),
    ENTITY,
    must(F::Branch, Shape::Number).by_schema(),
    when(F::Recurring, C::Recurring, Shape::Flag),
    when(F::Continuous, C::RightBought, Shape::Flag),
    when(F::PeriodFrom, C::WithPeriod, Shape::Day).only(C::WithPeriod),
    when(F::PeriodTo, C::WithPeriod, Shape::Day).only(C::WithPeriod),
    when(F::Customer, C::Recurring, number_in(F::CustomerCountry)).only(C::Recurring),
    when(F::CustomerCountry, C::Recurring, Shape::Country).only(C::Recurring),
    when(F::Outage, C::AfterOutage, Shape::Range { from: 1, to: 1 }),
    when(F::Replaces, C::Replacing, Shape::Number),
    COMMENTS,
    must(F::UseCase, Shape::Number).by_schema(),
    must(F::Plate, text(PLATE_CHARS_MAX)).or(F::ForeignPlate),
    must(F::ForeignPlate, text(PLATE_CHARS_MAX)).or(F::Plate),
    when(F::VehicleCategory, C::BesideForeignPlate, text(100)),
    when(F::PeriodicityMonths, C::Lease, Shape::Range { from: 1, to: 12 })
        .only(C::Lease)
        .or(F::PeriodicityWords),
    when(F::Lease, C::Lease, Shape::Flag),
    when(F::PeriodicityWords, C::Lease, text(100)).only(C::Lease).or(F::PeriodicityMonths),
];

const MAKER_IF_FOREIGN: &[FieldRule] = &[when(F::Maker, C::BesideForeignPlate, text(100))];
const MAKER_AT_WILL: &[FieldRule] = &[may(F::Maker, text(100))];

const MIXED: &[FieldRule] = &[when(F::Mixed, C::MixedBusiness, Shape::Flag)];
const NOT_MIXED: &[FieldRule] = &[never(F::Mixed, Shape::Flag, 214)];

/// A rental that recurs is let, never lent or used by the business itself.
const MOVEMENT: &[FieldRule] = &[
    must(F::Purpose, Shape::Code(&[1, 2, 3])).narrowed(&[Narrowed {
        when: C::Recurring,
        to: &[1],
        code: 216,
    }]),
    when(F::PickedUpElsewhere, C::PlaceDiffers, Shape::Flag),
    when(F::PickedUpAt, C::PlaceDiffers, text(250)).only(C::PlaceDiffers),
];

/// The schema's other use cases have no such elements.
const NO_MOVEMENT: &[FieldRule] = &[
    never(F::Purpose, Shape::Number, 101),
    never(F::PickedUpElsewhere, Shape::Flag, 101),
    never(F::PickedUpAt, text(250), 101),
];

const UPDATE: &[FieldRule] = &[
    stamped(F::UpdateGiven, 220),
    must(F::Entry, Shape::Number).by_schema(),
    must(F::ClientType, Shape::Number).by_schema(),
    when(F::NoDocument, C::CategoryWithoutDocument, Shape::Flag),
    stamped(F::Completed, 220),
    ENTITY,
    COMMENTS,
    when(F::Counterparty, C::InvoiceToBusiness, number_in(F::CounterpartyCountry)).apart(C::WithoutDocument),
    when(F::CounterpartyCountry, C::InvoiceToBusiness, Shape::Country).apart(C::WithoutDocument),
];

const AT_SERVICE: &[FieldRule] =
    &[may(F::Amount, Shape::Amount), may(F::InvoiceKind, Shape::Code(&[1, 2, 3])).apart(C::WithoutDocument)];

const AT_END: &[FieldRule] = &[
    must(F::Completes, Shape::Flag),
    when(F::Amount, C::LeaseAmountDue, Shape::Amount),
    when(F::InvoiceKind, C::WithDocument, Shape::Code(&[1, 2, 3])).apart(C::WithoutDocument),
];

const NO_CATEGORY: &[FieldRule] =
    &[never(F::Category, Shape::Number, 220), never(F::CategoryWords, text(100), 220)];
const CATEGORY_OF_WASH: &[FieldRule] = &[must(F::Category, Shape::Code(&[4, 5, 7, 8, 9])), CATEGORY_WORDS];
const CATEGORY_OF_GARAGE: &[FieldRule] =
    &[must(F::Category, Shape::Code(&[1, 2, 3, 4, 5, 6, 9])), CATEGORY_WORDS];
const CATEGORY_WORDS: FieldRule = when(F::CategoryWords, C::InWords, text(100)).only(C::InWords);

/// A kind of service without a document leaves one reason only.
const REASONS_OF_CATEGORIES: &[Narrowed] = &[
    Narrowed { when: C::FreeCategory, to: &[1], code: 208 },
    Narrowed { when: C::OwnUseCategory, to: &[2], code: 208 },
    Narrowed { when: C::WarrantyCategory, to: &[3], code: 208 },
];

const fn reason_at_service(codes: &'static [u8]) -> FieldRule {
    may(F::Reason, Shape::Code(codes)).only(C::WithoutDocument).narrowed(REASONS_OF_CATEGORIES)
}

const fn reason_at_end(codes: &'static [u8]) -> FieldRule {
    when(F::Reason, C::WithoutDocument, Shape::Code(codes))
        .only(C::WithoutDocument)
        .narrowed(REASONS_OF_CATEGORIES)
}

const REASON_AT_SERVICE: &[FieldRule] = &[reason_at_service(&[1, 2])];
const REASON_AT_END: &[FieldRule] = &[reason_at_end(&[1, 2])];
/// Warranty exists at garages only.
const WARRANTY_AT_SERVICE: &[FieldRule] = &[reason_at_service(&[1, 2, 3])];
const WARRANTY_AT_END: &[FieldRule] = &[reason_at_end(&[1, 2, 3])];

const RETURN: &[FieldRule] = &[
    when(F::ReturnedElsewhere, C::PlaceDiffers, Shape::Flag),
    when(F::ReturnedAt, C::PlaceDiffers, text(250)).only(C::PlaceDiffers),
];
const NO_RETURN: &[FieldRule] =
    &[never(F::ReturnedElsewhere, Shape::Flag, 214), never(F::ReturnedAt, text(250), 214)];

const MOVED: &[FieldRule] = &[
    when(F::OffSite, C::MovedAway, Shape::Code(&[1, 2])),
    stamped(F::Exited, 220),
    when(F::Partner, C::ToPartner, GREEK).only(C::ToPartner).refused_as(204),
    when(F::OtherBranch, C::ToOwnBranch, Shape::Number).only(C::ToOwnBranch).refused_as(204),
];

/// A vehicle that is moved away has left: without the completion the registry misses it.
const MOVED_AT_END_ONLY: &[FieldRule] = &[
    never(F::OffSite, Shape::Number, 203),
    stamped(F::Exited, 220),
    never(F::Partner, GREEK, 203),
    never(F::OtherBranch, Shape::Number, 203),
];

const NOT_MOVED: &[FieldRule] = &[
    never(F::OffSite, Shape::Number, 214),
    never(F::Exited, Shape::Instant, 220),
    never(F::Partner, GREEK, 214),
    never(F::OtherBranch, Shape::Number, 214),
];

const CORRELATION: &[FieldRule] = &[
    stamped(F::CorrelationGiven, 220),
    ENTITY,
    must(F::Mark, Shape::Number).or(F::Fim).by_schema(),
    must(F::Fim, Shape::Number).or(F::Mark).by_schema(),
    when(F::FimNumber, C::ByFiscalMachine, WORDS).only(C::ByFiscalMachine).by_schema(),
    when(F::FimReceipt, C::ByFiscalMachine, Shape::Number).only(C::ByFiscalMachine).by_schema(),
    when(F::FimDate, C::ByFiscalMachine, Shape::Day).only(C::ByFiscalMachine).by_schema(),
    when(F::FimTime, C::ByFiscalMachine, Shape::Number).only(C::ByFiscalMachine).by_schema(),
    must(F::Entries, Shape::Number).by_schema(),
];

/// The schema's list: ISO 3166-1 with `AN` and `OC`, without `BQ CW SS SX XK`. Greece is `GR`, the United Kingdom `GB`.
#[rustfmt::skip]
const COUNTRIES: [&str; 247] = [
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AN", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ",
    "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BR", "BS", "BT", "BV", "BW", "BY", "BZ",
    "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CX", "CY", "CZ",
    "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR",
    "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY",
    "HK", "HM", "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP",
    "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ",
    "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY",
    "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW",
    "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OC", "OM",
    "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW",
    "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "ST", "SV", "SY", "SZ",
    "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ",
    "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];
