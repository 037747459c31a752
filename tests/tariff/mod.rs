//! Parking prices: the published vectors to the cent, every part of a tariff alone, and on anything at all the same price
//! as a slow model that walks minute by minute.

mod agrees;
mod checker;
mod command;
mod draft;
mod file;
mod model;
mod paid;
mod parts;
mod table;
mod vectors;
mod written;

use jiff::Timestamp;
use jiff::civil::DateTime;
use std::path::{Path, PathBuf};
use tameio::domain::money::Cents;
use tameio::domain::tariff::{Tariff, VehicleClass};
use tameio::domain::time::ATHENS;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config/tariffs")
}

/// A tariff that ships.
fn shipped(name: &str) -> Tariff {
    Tariff::load(&folder().join(format!("{name}.toml"))).expect("what ships is right")
}

/// A tariff of one version that begins with 2020; `rules` are its other lines.
fn tariff(rules: &str) -> Tariff {
    let text = tariff_text(rules);
    Tariff::parse(&text).unwrap_or_else(|faults| panic!("{text}\n{faults:?}"))
}

fn tariff_text(rules: &str) -> String {
    format!(
        "code = \"T\"\nel = \"Τ\"\nen = \"T\"\n[[versions]]\nversion = \"1\"\nfrom = \"2020-01-01\"\n{rules}\n"
    )
}

/// An instant, from Athens' clock where it shows a time once, or with an offset.
fn at(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|_| {
        let local: DateTime = text.parse().expect("a time");
        ATHENS.to_ambiguous_timestamp(local).unambiguous().expect("a time that exists once")
    })
}

fn after(arrived: Timestamp, minutes: i64) -> Timestamp {
    Timestamp::from_second(arrived.as_second() + minutes * 60).expect("an instant")
}

/// The price of a car's stay in cents. Whatever it is, the steps come to it.
fn cents(tariff: &Tariff, from: &str, to: &str) -> i64 {
    priced(tariff, VehicleClass::Car, at(from), at(to))
}

fn priced(tariff: &Tariff, class: VehicleClass, from: Timestamp, to: Timestamp) -> i64 {
    let price = tariff.price(class, from, to).expect("it has a price");
    assert_eq!(price.steps.iter().map(|step| step.amount).sum::<Cents>(), price.total, "{price:?}");
    assert!(price.steps.is_sorted_by_key(|step| (step.from, step.to)), "{price:?}");
    price.total.0
}
