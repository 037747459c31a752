//! Opening the database and loading the open world: what stands between the process and a usable screen. With a million
//! visits and ten thousand waiting messages, against an empty one.

use crate::figure::{self, Samples, ratio};
use crate::past::{self, Past};
use criterion::Criterion;
use std::path::Path;
use std::time::Duration;
use tameio::app::terminal::Terminal;
use tameio::store::{Store, open_reader};

/// Messages that wait to be sent.
pub(crate) const WAITING: u32 = 10_000;
/// An empty start to a usable screen is promised within 150 ms, and one with a past within 1.5 times that. The screen knows
/// no past, so that all of the difference is here.
const ADDED_MAX: Duration = Duration::from_millis(75);
/// Pairs of starts.
const ROUNDS: u32 = 40;

pub(crate) fn bench(criterion: &mut Criterion) {
    let (empty, full) =
        (past::new_folder("start-empty"), Past { visits: past::many(), waiting: WAITING }.folder());
    // The very first start makes the tables; every other one finds them.
    start(&empty);
    start(&full);
    let (mut empties, mut fulls) = (Samples::default(), Samples::default());
    for _ in 0..ROUNDS {
        empties.take(|| start(&empty));
        fulls.take(|| start(&full));
    }
    let visits = past::many();
    let (small, large) = (empties.median(), fulls.median());
    figure::within(
        &format!("start: with {visits} visits and {WAITING} waiting"),
        large,
        Duration::from_secs(1),
    );
    let added = large.saturating_sub(small);
    figure::within("start: what the past adds to an empty start, at the median", added, ADDED_MAX);
    let times = ratio(large, small);
    figure::note(
        "medians",
        format_args!("{small:.2?} empty, {large:.2?} full: {times:.1} × without a screen"),
    );
    let mut group = criterion.benchmark_group("start");
    group.sample_size(10);
    group.bench_function("empty", |bencher| bencher.iter(|| start(&empty)));
    group.bench_function(format!("{visits} visits"), |bencher| bencher.iter(|| start(&full)));
    group.finish();
}

/// What the engine does before its threads start: open for writing and for reading, check the end of the chain, load. No
/// input is given: the past must be the same for the next round.
fn start(folder: &Path) -> usize {
    let settings = past::settings();
    let store = Store::open(folder, &settings.terminal).expect("the database is there");
    let reader = open_reader(folder).expect("the database is there");
    let terminal = Terminal::new(settings, store).expect("the open world is readable");
    drop(reader);
    terminal.state().visits.len()
}
