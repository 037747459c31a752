//! A plate among a million visits, against the same among ten thousand.

use crate::figure::{self, Samples, ratio};
use crate::past::{self, Past};
use criterion::{BenchmarkId, Criterion};
use rusqlite::Connection;
use std::time::Duration;
use tameio::store::{open_reader, query};

/// Visits of the small past.
const FEW: u32 = 10_000;
/// Searches of each kind.
const ROUNDS: u32 = 1_000;
/// The longest a search may take, at the 99th of a hundred.
const BUDGET: Duration = Duration::from_millis(5);

/// What is typed of a plate.
type Fragment = fn(&str) -> &str;

/// What people type.
const FRAGMENTS: [(&str, Fragment); 4] = [
    ("a whole plate", |plate| plate),
    ("its four digits", |plate| &plate[3..]),
    ("its letters and a digit", |plate| &plate[..4]),
    ("two digits of it", |plate| &plate[4..6]),
];

pub(crate) fn bench(criterion: &mut Criterion) {
    let (few, many) = (Archive::of(FEW), Archive::of(past::many()));
    for (what, fragment) in FRAGMENTS {
        let (mut among_few, mut among_many) = (Samples::default(), Samples::default());
        for round in 0..ROUNDS {
            among_few.take(|| few.search(round, fragment));
            among_many.take(|| many.search(round, fragment));
        }
        let visits = many.past.visits;
        figure::within(&format!("search: {what} among {visits} visits, p99"), among_many.p99(), BUDGET);
        let found = (few.search(1, fragment), many.search(1, fragment));
        let (small, large) = (among_few.median(), among_many.median());
        figure::note(
            "medians",
            format_args!("{small:.2?} for {} rows, {large:.2?} for {}", found.0, found.1),
        );
        // A hundred times the vehicles have a fragment in common more often: only as many rows can be compared.
        if found.0 == found.1 {
            figure::at_most(
                &format!("search: {what}, against {FEW} visits, at the median"),
                ratio(large, small),
                2.0,
            );
        }
    }
    let mut group = criterion.benchmark_group("search");
    for archive in [&few, &many] {
        let mut round = 0;
        group.bench_function(BenchmarkId::new("plate", archive.past.visits), |bencher| {
            bencher.iter(|| {
                round += 1;
                archive.search(round, |plate| plate)
            });
        });
    }
    group.finish();
}

/// The reading side, as lists and searches use it.
struct Archive {
    past: Past,
    conn: Connection,
}

impl Archive {
    fn of(visits: u32) -> Self {
        // The same past as the start's, so that only one has to be made.
        let past = Past { visits, waiting: crate::start::WAITING };
        let conn = open_reader(&past.folder()).expect("the database is there");
        Self { past, conn }
    }

    /// Searches a vehicle that has been here, each round another one; says how many visits were found.
    fn search(&self, round: u32, fragment: Fragment) -> usize {
        let plate = past::plate(round.wrapping_mul(7_919) % self.past.vehicles());
        let found = query::search(&self.conn, fragment(&plate)).expect("it is readable").len();
        assert!(found > 0, "{plate} has been here");
        found
    }
}
