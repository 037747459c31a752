//! A plate among a million visits, against the same among ten thousand.

use crate::figure::{self, Samples, ratio};
use crate::past::{self, Past};
use criterion::{BenchmarkId, Criterion};
use rusqlite::Connection;
use std::time::Duration;
use tameio::domain::money::Cents;
use tameio::store::past::{After, Page, Standing, Wanted};
use tameio::store::{open_reader, query};

/// Visits of the small past.
const FEW: u32 = 10_000;
/// Searches of each kind.
const ROUNDS: u32 = 1_000;
/// The longest a search may take, at the 99th of a hundred.
const BUDGET: Duration = Duration::from_millis(5);

/// The longest a page of the past may take, its fifty visits read whole.
const PAGE_BUDGET: Duration = Duration::from_millis(20);

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
    pages(&many);
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

/// Pages of the past, as a person asks for them: none may take longer than a search.
fn pages(many: &Archive) {
    let day_ms = 24 * 60 * 60 * 1_000;
    let years_ago = past::present().utc.as_millisecond() - 2_000 * day_ms;
    let fragment = |fragment: &str| Wanted { fragment: fragment.to_owned(), ..Wanted::default() };
    let asked = [
        ("the newest", Wanted::default()),
        (
            "a day years ago",
            Wanted { from_ms: Some(years_ago), before_ms: Some(years_ago + day_ms), ..Wanted::default() },
        ),
        ("an amount that all of them paid", Wanted { paid: many.amount(), ..Wanted::default() }),
        ("an amount nobody paid", Wanted { paid: Some(Cents(1)), ..Wanted::default() }),
        (
            "what was cancelled, and nothing was",
            Wanted { standing: Standing::Cancelled, ..Wanted::default() },
        ),
        ("two digits of a plate", fragment("48")),
        (
            "two digits, a day years ago",
            Wanted { from_ms: Some(years_ago), before_ms: Some(years_ago + day_ms), ..fragment("48") },
        ),
    ];
    for (what, wanted) in asked {
        let mut samples = Samples::default();
        for _ in 0..ROUNDS / 5 {
            samples.take(|| many.page(&wanted, None));
        }
        figure::within(
            &format!("past: {what} among {} visits, p99", many.past.visits),
            samples.p99(),
            PAGE_BUDGET,
        );
    }
    // Turned a hundred times, the hundredth page costs what the first does.
    let (mut after, mut samples) = (None, Samples::default());
    for _ in 0..100 {
        samples.take(|| after = many.page(&Wanted::default(), after).next);
    }
    figure::within("past: each of a hundred pages on, p99", samples.p99(), PAGE_BUDGET);
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

    fn page(&self, wanted: &Wanted, after: Option<After>) -> Page {
        tameio::store::past::find(&self.conn, wanted, after).expect("it is readable")
    }

    /// What a visit of this past paid.
    fn amount(&self) -> Option<Cents> {
        let page = self.page(&Wanted::default(), None);
        page.visits.first().map(|visit| visit.sale.totals().gross)
    }

    /// Searches a vehicle that has been here, each round another one; says how many visits were found.
    fn search(&self, round: u32, fragment: Fragment) -> usize {
        let plate = past::plate(round.wrapping_mul(7_919) % self.past.vehicles());
        let found = query::search(&self.conn, fragment(&plate)).expect("it is readable").len();
        assert!(found > 0, "{plate} has been here");
        found
    }
}
