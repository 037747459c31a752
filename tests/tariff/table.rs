//! The table of an editor and a chart: from which duration to which a price holds.

use super::{at, shipped};
use tameio::domain::money::Cents;
use tameio::domain::tariff::VehicleClass;
use tameio::domain::tariff::table::{Row, TABLE_MINUTES_MAX};

fn rows(name: &str, minutes: u32) -> Vec<(u32, u32, i64)> {
    let rows = shipped(name).table(VehicleClass::Car, at("2026-03-09 21:30:40"), minutes).expect("a table");
    rows.into_iter().map(|Row { from, to, price }| (from, to, price.0)).collect()
}

#[test]
fn t1_is_as_its_sign_says() {
    let expected = [
        (1, 10, 0),
        (11, 60, 400),
        (61, 120, 600),
        (121, 180, 750),
        (181, 240, 900),
        (241, 300, 1050),
        (301, 360, 1200),
        (361, 420, 1350),
        (421, 1440, 1400),
        (1441, 1500, 1550),
    ];
    assert_eq!(rows("t1-continue", 1500), expected);
}

#[test]
fn t2_begins_in_the_evening() {
    // One hour of the day, five of the night until its cap, and day again from 06:30.
    let expected = [
        (1, 10, 0),
        (11, 60, 300),
        (61, 120, 400),
        (121, 180, 500),
        (181, 240, 600),
        (241, 300, 700),
        (301, 540, 800),
        (541, 600, 1100),
    ];
    assert_eq!(rows("t2", 600), expected);
}

#[test]
fn it_ends_where_a_chart_does() {
    let rows = rows("t4", u32::MAX);
    assert_eq!(rows.last().map(|row| row.1), Some(TABLE_MINUTES_MAX));
    assert!(rows.is_sorted_by_key(|row| row.2));
    let none = shipped("t4").table(VehicleClass::Car, at("2026-03-09 21:30"), 0);
    assert_eq!(none, Ok(Vec::new()));
    assert_eq!(Cents(rows[0].2), Cents::ZERO);
}
