//! The figures this program promises, measured. One program, a module for each:
//!
//! | module | what it measures |
//! |---|---|
//! | [`durable`] | from the tap to a visit that survives a pulled plug |
//! | [`receipt`] | a receipt turned into a printer's bytes |
//! | [`paid`] | from "paid" to a payment that survives, and to paper that moves |
//! | [`close`] | the close of a day of five thousand documents |
//! | [`drain`] | the outbox after an outage |
//! | [`search`] | a plate among a million visits |
//! | [`tariff`] | what a stay in a car park costs, short and of a year |
//! | [`start`] | a start on a million visits and ten thousand waiting messages |
//! | `screen` | the screen, measured from outside on a display of its own; only with the feature `screen` |
//! | [`engine`] | the real engine against a registry that takes its time |
//! | [`figure`] | samples, and a measured value beside its budget |
//! | [`past`] | a terminal's past, made quickly and kept for the next run |
//!
//! `cargo bench --no-default-features` runs all but the screen, `… -- search start` some, and `cargo bench -- screen`
//! the screen alone. Ratios are measured side by side, sample after sample, so that a busy machine slows both halves. The
//! million visits are made once, which takes a quarter of an hour and twelve gigabytes (the screen works on a copy), and
//! kept in `target/bench-data`; `TAMEIO_BENCH_VISITS=100000` asks for fewer.

// A bench measures real time, and says what went wrong by panicking.
#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod close;
mod drain;
mod durable;
mod engine;
mod figure;
mod paid;
mod past;
mod receipt;
#[cfg(feature = "screen")]
mod screen;
mod search;
mod start;
mod tariff;

use criterion::Criterion;

/// Measures, and prints.
type Bench = fn(&mut Criterion);

fn main() {
    let mut wanted: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` starts this program too, but without the word that cargo bench adds.
    if !wanted.iter().any(|word| word == "--bench") {
        println!("the figures are measured by cargo bench");
        return;
    }
    wanted.retain(|word| !word.starts_with("--"));
    // Which of them are run is said by words, several of them; criterion would take one, as a filter of its own.
    let mut criterion = Criterion::default();
    let benches: &[(&str, Bench)] = &[
        ("durable", durable::bench),
        ("receipt", receipt::bench),
        ("paid", paid::bench),
        ("close", close::bench),
        ("drain", drain::bench),
        ("search", search::bench),
        ("start", start::bench),
        ("tariff", tariff::bench),
        #[cfg(feature = "screen")]
        ("screen", screen::bench),
    ];
    for (name, bench) in benches {
        if wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str())) {
            bench(&mut criterion);
        }
    }
    criterion.final_summary();
}
