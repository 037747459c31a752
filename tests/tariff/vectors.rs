//! The vectors of the reference, computed by a script that is not ours, through the files that ship.

use super::{after, at, cents, priced, shipped};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::tariff::{Paid, Tariff, TopUp, VehicleClass};

/// Minutes and price from one arrival; the price depends on nothing else.
fn check(tariff: &Tariff, vectors: &[(i64, i64)]) {
    for arrival in ["2026-03-14 09:00", "2026-07-01 00:00", "2026-03-28 20:17", "2026-10-24 23:59"] {
        for (minutes, cents) in vectors {
            let price = priced(tariff, VehicleClass::Car, at(arrival), after(at(arrival), *minutes));
            assert_eq!(price, *cents, "{minutes} minutes from {arrival}");
        }
    }
}

#[test]
fn t1_goes_on_after_its_day() {
    let vectors = [
        (10, 0),
        (11, 400),
        (60, 400),
        (61, 600),
        (120, 600),
        (121, 750),
        (181, 900),
        (301, 1200),
        (420, 1350),
        (421, 1400),
        (1440, 1400),
        (1441, 1550),
        (1501, 1700),
        (1980, 2750),
        (2880, 2800),
        (2881, 2950),
    ];
    check(&shipped("t1-continue"), &vectors);
}

#[test]
fn t1_begins_again_after_its_day() {
    let vectors = [
        (10, 0),
        (11, 400),
        (60, 400),
        (61, 600),
        (120, 600),
        (121, 750),
        (181, 900),
        (301, 1200),
        (420, 1350),
        (421, 1400),
        (1440, 1400),
        (1441, 1800),
        (1501, 2000),
        (1980, 2800),
        (2880, 2800),
        (2881, 3200),
    ];
    check(&shipped("t1-restart"), &vectors);
}

#[test]
fn t2_has_day_and_night() {
    let t2 = shipped("t2");
    for (from, to, price) in [
        ("2026-03-14 19:30", "2026-03-14 22:45", 1000),
        ("2026-03-14 21:10", "2026-03-15 07:05", 1100),
        ("2026-03-14 23:00", "2026-03-15 05:59", 500),
        ("2026-03-14 05:30", "2026-03-14 06:31", 400),
        ("2026-03-13 20:00", "2026-03-15 20:00", 10_600),
    ] {
        assert_eq!(cents(&t2, from, to), price, "{from} to {to}");
    }
}

#[test]
fn nights_of_two_offsets_have_an_hour_more_or_less() {
    for (from, to, minutes, night, t1) in [
        ("2026-03-28 23:30", "2026-03-29 05:30", 300, 500, 1050),
        ("2026-10-24 23:30", "2026-10-25 05:30", 420, 500, 1350),
    ] {
        assert_eq!(cents(&shipped("t2"), from, to), night, "{from}");
        for name in ["t1-continue", "t1-restart"] {
            assert_eq!(cents(&shipped(name), from, to), t1, "{name} {from}");
        }
        let price = shipped("t2");
        let price = price.price(VehicleClass::Car, at(from), at(to)).expect("a price");
        assert_eq!(price.minutes, minutes);
    }
}

#[test]
fn t3_is_the_short_stay_list() {
    let vectors = [
        (20, 0),
        (21, 450),
        (61, 750),
        (121, 950),
        (181, 1050),
        (241, 1300),
        (301, 1500),
        (361, 1600),
        (900, 2400),
        (901, 2500),
        (1440, 2500),
        (1441, 5000),
        (4321, 10_000),
    ];
    check(&shipped("t3"), &vectors);
}

#[test]
fn t4_is_the_long_stay_list() {
    let vectors = [
        (20, 0),
        (21, 450),
        (240, 1050),
        (241, 1300),
        (1440, 1300),
        (1441, 2600),
        (2881, 3900),
        (4321, 5000),
        (10_080, 5000),
        (10_081, 5500),
        (11_521, 6000),
    ];
    check(&shipped("t4"), &vectors);
}

#[test]
fn t5_counts_minutes_of_working_hours() {
    let t5 = shipped("t5");
    assert_eq!(cents(&t5, "2017-09-07 16:50", "2017-09-09 19:15"), 1228);
    let price = t5.price(VehicleClass::Car, at("2017-09-07 16:50"), at("2017-09-09 19:15")).expect("a price");
    let paid: u32 =
        price.grouped().iter().filter(|step| step.amount > Cents::ZERO).map(|step| step.count).sum();
    assert_eq!(paid, 670);
}

/// A day at the car park: T1, 15 minutes to leave, 20.00 for a lost ticket.
#[test]
fn a_day_of_tickets_comes_to_what_it_must() {
    let t1 = shipped("t1-continue");
    assert_eq!(cents(&t1, "2026-03-14 09:03:40", "2026-03-14 11:20:10"), 750);
    assert_eq!(cents(&t1, "2026-03-14 09:10", "2026-03-14 09:19"), 0);
    assert_eq!(cents(&t1, "2026-03-14 08:15", "2026-03-14 17:50"), 1400);
    assert_eq!(t1.lost_ticket(at("2026-03-14 18:00")), Ok(Some(Cents(2000))));
    let paid = Paid { amount: Cents(600), at: at("2026-03-14 12:00") };
    let leaves =
        |now| t1.top_up(VehicleClass::Car, at("2026-03-14 10:00"), paid, at(now)).expect("an answer");
    assert_eq!(leaves("2026-03-14 12:14"), TopUp::InGrace);
    let late = leaves("2026-03-14 12:22");
    let line = late.line(Rate(2400)).expect("a line");
    assert_eq!((line.gross(), line.name.el.as_str()), (Cents(150), "Διαφορά για 2 ώρες 22 λεπτά"));
    let TopUp::Due { due, price } = late else { panic!("it is due") };
    assert_eq!((due, price.total, price.minutes), (Cents(150), Cents(750), 142));
}
