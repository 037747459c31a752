//! Arrivals: the rules of SendClient.

use super::{Case, Fields, GREEK, RENTAL, RENTED, WASH, before, check, lease, rental, send, vehicle};
use crate::aade::{accepted, correlate_xml, id, post, simulator, wash};
use tameio::aade::message::Operation;
use tameio::aade::simulator::Simulator;
use tameio::aade::simulator::rules::SEND;

/// Record 1 is an open wash, 2 a correlation of it.
fn with_entries() -> Simulator {
    let mut world = simulator();
    accepted(&mut world, Operation::Send, &wash("#7K3Q-000001"));
    let mark = correlate_xml("<mark>400001960000777</mark>", &[id(1)]);
    accepted(&mut world, Operation::Correlate, &post(Operation::Correlate, &mark));
    world
}

fn arrivals() -> Vec<Case> {
    let good = || before(&[("branch", "0")]);
    let late: Fields<'_> =
        &[("creationDateTime", "2026-07-14T05:42:10Z"), ("branch", "0"), ("transmissionFailure", "1")];
    vec![
        Case("S1", 212, good(), send(&[("idDcl", "7"), WASH[0], WASH[1]], "parkingcarwash", GREEK, &[])),
        Case(
            "S2",
            205,
            before(late),
            before(&[("creationDateTime", "2026-07-14T05:42:10Z"), ("branch", "0")]),
        ),
        Case("S3", 203, before(late), before(&[("branch", "0"), ("transmissionFailure", "1")])),
        Case(
            "S4",
            218,
            before(late),
            before(&[
                ("creationDateTime", "2026-07-14T08:42:10+03:00"),
                ("branch", "0"),
                ("transmissionFailure", "1"),
            ]),
        ),
        Case(
            "S5",
            217,
            before(late),
            before(&[
                ("creationDateTime", "2026-07-14T08:31:06Z"),
                ("branch", "0"),
                ("transmissionFailure", "1"),
            ]),
        ),
        Case(
            "S6",
            208,
            good(),
            send(&[("clientServiceType", "3"), ("branch", "0")], "parkingcarwash", GREEK, &[]),
        ),
        Case(
            "S12",
            204,
            before(&[
                ("branch", "0"),
                ("continuousService", "true"),
                ("fromAgreedPeriodDate", "2026-07-01"),
                ("toAgreedPeriodDate", "2026-07-01"),
            ]),
            before(&[
                ("branch", "0"),
                ("recurringService", "true"),
                ("continuousService", "true"),
                ("fromAgreedPeriodDate", "2026-07-01"),
                ("toAgreedPeriodDate", "2026-07-01"),
                ("customerVatNumber", "987654324"),
                ("customerCountry", "GR"),
            ]),
        ),
        Case(
            "S18",
            214,
            before(&[("branch", "0"), ("mixedService", "true")]),
            send(
                &[("clientServiceType", "3"), ("branch", "0"), ("mixedService", "true")],
                "garage",
                GREEK,
                &[],
            ),
        ),
        Case(
            "S22.unknown",
            206,
            before(&[("branch", "0"), ("correlatedDclId", "100000000000001")]),
            before(&[("branch", "0"), ("correlatedDclId", "100000000000077")]),
        ),
        Case("S22.kind", 219, good(), before(&[("branch", "0"), ("correlatedDclId", "100000000000002")])),
        Case(
            "S23.comments",
            203,
            before(&[("branch", "0"), ("comments", "ok")]),
            before(&[("branch", "0"), ("comments", "  ")]),
        ),
    ]
}

fn customers() -> Vec<Case> {
    let recurring: Fields<'_> = &[
        ("branch", "0"),
        ("recurringService", "true"),
        ("customerVatNumber", "987654324"),
        ("customerCountry", "GR"),
    ];
    let foreigner: Fields<'_> = &[
        ("branch", "0"),
        ("recurringService", "true"),
        ("customerVatNumber", "123456789"),
        ("customerCountry", "DE"),
    ];
    vec![
        Case(
            "S10.vat",
            203,
            before(recurring),
            before(&[("branch", "0"), ("recurringService", "true"), ("customerCountry", "GR")]),
        ),
        Case(
            "S10.country",
            203,
            before(recurring),
            before(&[("branch", "0"), ("recurringService", "true"), ("customerVatNumber", "987654324")]),
        ),
        Case(
            "S11",
            202,
            before(foreigner),
            before(&[
                ("branch", "0"),
                ("recurringService", "true"),
                ("customerVatNumber", "123456789"),
                ("customerCountry", "GR"),
            ]),
        ),
        Case(
            "S17",
            205,
            before(recurring),
            before(&[("branch", "0"), ("customerVatNumber", "987654324"), ("customerCountry", "GR")]),
        ),
        Case(
            "S23.customer",
            203,
            before(recurring),
            before(&[
                ("branch", "0"),
                ("recurringService", "true"),
                ("customerVatNumber", ""),
                ("customerCountry", "DE"),
            ]),
        ),
    ]
}

fn periods() -> Vec<Case> {
    let right: Fields<'_> = &[
        ("branch", "0"),
        ("continuousService", "true"),
        ("fromAgreedPeriodDate", "2026-07-01"),
        ("toAgreedPeriodDate", "2026-07-01"),
    ];
    vec![
        Case(
            "S13.from",
            203,
            before(right),
            before(&[("branch", "0"), ("continuousService", "true"), ("toAgreedPeriodDate", "2026-07-01")]),
        ),
        Case(
            "S13.to",
            203,
            before(right),
            before(&[("branch", "0"), ("continuousService", "true"), ("fromAgreedPeriodDate", "2026-07-01")]),
        ),
        Case(
            "S14",
            213,
            before(right),
            before(&[
                ("branch", "0"),
                ("continuousService", "true"),
                ("fromAgreedPeriodDate", "2026-07-02"),
                ("toAgreedPeriodDate", "2026-07-01"),
            ]),
        ),
        Case(
            "S15.none",
            203,
            lease(true, &[("periodicity", "1"), ("continuousLeaseService", "true")]),
            send(
                &[WASH, &right[2..]].concat(),
                "parkingcarwash",
                GREEK,
                &[("continuousLeaseService", "true")],
            ),
        ),
        Case(
            "S15.both",
            204,
            lease(true, &[("continuousLeaseService", "true"), ("periodicityOther", "κάθε Τρίτη")]),
            lease(
                true,
                &[
                    ("periodicity", "1"),
                    ("continuousLeaseService", "true"),
                    ("periodicityOther", "κάθε Τρίτη"),
                ],
            ),
        ),
        Case("S16.period", 205, before(right), lease(true, &[])),
        Case(
            "S16.periodicity",
            205,
            lease(true, &[("periodicity", "12"), ("continuousLeaseService", "true")]),
            lease(false, &[("periodicity", "12")]),
        ),
        Case(
            "S23.other",
            203,
            lease(true, &[("periodicity", "2"), ("continuousLeaseService", "1")]),
            send(
                &[WASH, &right[2..]].concat(),
                "parkingcarwash",
                GREEK,
                &[("continuousLeaseService", "true"), ("periodicityOther", " ")],
            ),
        ),
    ]
}

fn vehicles() -> Vec<Case> {
    const FOREIGN: (&str, &str) = ("foreignVehicleRegistrationNumber", "B TX 7093");
    let garage =
        |fields: Fields<'_>| send(&[("clientServiceType", "3"), ("branch", "0")], "garage", fields, &[]);
    vec![
        Case("S7.none", 203, vehicle(GREEK), vehicle(&[])),
        Case("S7.both", 204, vehicle(GREEK), vehicle(&[GREEK[0], FOREIGN, ("vehicleCategory", "Φορτηγό")])),
        Case("S8", 203, vehicle(&[FOREIGN, ("vehicleCategory", "Φορτηγό")]), vehicle(&[FOREIGN])),
        Case(
            "S9",
            203,
            garage(&[FOREIGN, ("vehicleCategory", "Φορτηγό"), ("vehicleFactory", "MAN")]),
            garage(&[FOREIGN, ("vehicleCategory", "Φορτηγό")]),
        ),
        Case("S19", 203, rental(RENTED), rental(GREEK)),
        Case(
            "S20",
            216,
            rental(&[GREEK[0], ("vehicleMovementPurpose", "3")]),
            send(
                &[
                    RENTAL[0],
                    RENTAL[1],
                    ("recurringService", "true"),
                    ("customerVatNumber", "987654324"),
                    ("customerCountry", "GR"),
                ],
                "rental",
                &[GREEK[0], ("vehicleMovementPurpose", "3")],
                &[],
            ),
        ),
        Case(
            "S21.place",
            203,
            rental(&[
                RENTED[0],
                RENTED[1],
                ("isDiffVehPickupLocation", "true"),
                ("vehiclePickupLocation", "Λιμάνι"),
            ]),
            rental(&[RENTED[0], RENTED[1], ("isDiffVehPickupLocation", "true")]),
        ),
        Case(
            "S21.flag",
            205,
            rental(RENTED),
            rental(&[
                RENTED[0],
                RENTED[1],
                ("isDiffVehPickupLocation", "false"),
                ("vehiclePickupLocation", "Λιμάνι"),
            ]),
        ),
        Case("S23.vehicle", 203, vehicle(GREEK), vehicle(&[("vehicleRegistrationNumber", "")])),
    ]
}

#[test]
fn arrivals_keep_the_rules() {
    let cases = [arrivals(), customers(), periods(), vehicles()].into_iter().flatten().collect();
    check(Operation::Send, &SEND, cases, with_entries);
}
