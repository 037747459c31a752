//! Scales: one contract for every language over every line, the frames of the makers' papers, and what a reading is.

mod address;
mod any_bytes;
mod contract;
mod frames;
mod hid;
mod known;
mod once;
mod probing;
mod server;
mod weight;

use tameio_drivers::scale::protocol::Heard;
use tameio_drivers::scale::{Kind, Options, Reading, Unit, Weight};

/// What a language makes of bytes in answer to its question; the last thing that is not "more".
fn heard(kind: Kind, bytes: &[u8]) -> Option<Heard> {
    let mut protocol = kind.protocol(&Options::default());
    protocol.ask();
    bytes.iter().map(|byte| protocol.hear(*byte)).filter(|heard| *heard != Heard::More).last()
}

fn kilograms(digits: u32, decimals: u8) -> Weight {
    Weight::new(digits, decimals, Unit::Kilogram).unwrap()
}

/// The weight of an answer, which must be one.
fn weight(heard: Option<Heard>) -> Weight {
    match heard {
        Some(Heard::Reading(Reading::Stable(load))) => load.weight,
        other => panic!("{other:?} is no weight"),
    }
}
