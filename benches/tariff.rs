//! What a price costs: a stay of two hours, and a year of days and nights.

use crate::figure::{self, Samples};
use criterion::Criterion;
use jiff::Timestamp;
use std::hint::black_box;
use std::time::Duration;
use tameio::domain::tariff::{Tariff, VehicleClass};

/// Samples of each kind, and prices in one: a single one is too short for the clock, and many are interrupted.
const ROUNDS: u32 = 2_000;
const PRICES: u32 = 10;

/// The tariff's file, the stay, and how long its price may take.
const STAYS: [(&str, &str, &str, &str, u64); 5] = [
    ("t1-continue", "a stay of two hours", "2026-03-14T09:03Z", "2026-03-14T11:20Z", 2),
    ("t2", "a night of day and night windows", "2026-03-14T19:10Z", "2026-03-15T05:05Z", 2),
    ("every-part", "two days of a tariff with every part", "2026-03-14T09:10Z", "2026-03-16T05:05Z", 2),
    ("t2", "a year of day and night windows", "2026-01-10T10:10Z", "2027-01-10T10:10Z", 20),
    ("every-part", "a year of a tariff with every part", "2026-01-10T10:10Z", "2027-01-10T10:10Z", 20),
];

pub(crate) fn bench(criterion: &mut Criterion) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("config/tariffs");
    let mut group = criterion.benchmark_group("tariff");
    for (name, what, from, to, budget_us) in STAYS {
        let tariff = Tariff::load(&folder.join(format!("{name}.toml"))).expect("what ships is right");
        let [from, to] = [from, to].map(|text| text.parse::<Timestamp>().expect("an instant"));
        let price = || tariff.price(VehicleClass::Car, black_box(from), black_box(to)).expect("a price");
        let mut samples = Samples::default();
        for _ in 0..ROUNDS {
            samples.take(|| (0..PRICES).for_each(|_| _ = black_box(price())));
        }
        let budget = Duration::from_micros(budget_us);
        figure::within(&format!("tariff: {what}, at the median"), samples.median() / PRICES, budget);
        group.bench_function(what, |bencher| bencher.iter(price));
    }
    group.finish();
}
