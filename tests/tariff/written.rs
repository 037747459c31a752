//! A tariff written as the text of its file and read again prices every stay as before, and has one text.

use super::agrees::{models, on_any, stays};
use super::{at, shipped, tariff};
use jiff::Timestamp;
use proptest::prelude::*;
use tameio::domain::money::Cents;
use tameio::domain::tariff::rules::Version;
use tameio::domain::tariff::{NoPrice, Tariff, VehicleClass};

/// What a stay costs, or how it has no price.
fn price(tariff: &Tariff, class: VehicleClass, from: i64, length: i64) -> Result<Cents, NoPrice> {
    let instant = |second| Timestamp::from_second(second).expect("an instant");
    tariff.price(class, instant(from), instant(from + length)).map(|price| price.total)
}

fn again(tariff: &Tariff) -> Tariff {
    let text = tariff.to_text();
    let read = Tariff::parse(&text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
    assert_eq!(read.to_text(), text, "one tariff has one text");
    read
}

#[test]
fn whatever_is_written_is_read_as_it_was() {
    // A second set of rules is that of the vans, so that what a class lacks of what holds for all is tried, too.
    on_any(&(models(), models(), prop::collection::vec(stays(), 20)), 1, |(model, vans, stays)| {
        let mut tariff = tariff(&model.text());
        let apart = super::tariff(&vans.text()).versions.remove(0);
        tariff.versions[0].classes.insert(VehicleClass::Van, apart.rules);
        let read = again(&tariff);
        for (from, length) in stays {
            for class in [VehicleClass::Car, VehicleClass::Van] {
                let (was, is) = (price(&tariff, class, from, length), price(&read, class, from, length));
                assert_eq!(was, is, "{class:?} from {from}, {length} s\n{}", tariff.to_text());
            }
        }
    });
}

#[test]
fn what_ships_is_written_as_it_is() {
    for name in ["every-part", "t1-continue", "t1-restart", "t2", "t3", "t4", "t5"] {
        let tariff = shipped(name);
        let read = again(&tariff);
        assert_eq!((read.code, read.name), (tariff.code, tariff.name));
        for (one, other) in read.versions.iter().zip(&tariff.versions) {
            assert_eq!((&one.id, one.from, &one.holidays), (&other.id, other.from, &other.holidays));
            assert!(one.is_like(other));
        }
    }
}

#[test]
fn a_version_may_begin_with_any_minute_even_one_the_clock_shows_twice() {
    let mut tariff = tariff("step = { each = \"1 h\", price = \"2.00\" }");
    for from in ["2026-03-14T14:01", "2026-10-25T03:30+03:00", "2026-10-25T03:30+02:00", "2026-07-01T00:00"] {
        let version = Version { from: at(from), id: "2".to_owned(), ..tariff.versions[0].clone() };
        tariff.versions.truncate(1);
        tariff.versions.push(version);
        assert_eq!(again(&tariff).versions[1].from, at(from), "{from}\n{}", tariff.to_text());
    }
    assert!(
        tariff.to_text().contains("from = \"2026-07-01\""),
        "a day is written as one: {}",
        tariff.to_text()
    );
}

#[test]
fn names_with_anything_in_them_come_back() {
    let mut tariff = shipped("every-part");
    tariff.name = tameio::domain::text::Name::new("Το \"κέντρο\" \\ α", "The \"centre\" \\ a");
    assert_eq!(again(&tariff).name, tariff.name);
}
