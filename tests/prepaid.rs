//! Simulated days with packs and memberships: bought, washed by, used up, kept and given back, while the registry and whoever
//! issues misbehave. What is in the drawer is worked out from the plan, what the registry holds is read in its own book.

use std::path::Path;
use tameio::config::Config;
use tameio::domain::pack::RefundRule;
use tameio::domain::provider::{Family, ProviderRules};
use tameio::domain::settings::{IssuerKind, Settings, Trade};
use tameio::domain::time::Stamp;
use tameio::simulate::day::{self, DayOptions, Weather};
use tameio::simulate::holder::Then;
use tameio::simulate::plan::{self, Customer, Settles};
use tameio::simulate::summary::Summary;

const VISITS: u32 = 120;
/// Days that have every kind of holder among them.
const SEEDS: [u64; 4] = [1, 2, 3, 4];

fn wash() -> Settings {
    Config::practice(Trade::Wash).expect("the shipped file is good").settings
}

fn morning() -> Stamp {
    Stamp::new("2026-03-14T06:00:00Z".parse().expect("a time"))
}

fn day(settings: Settings, folder: &Path, seed: u64, weather: Weather) -> Summary {
    let (folder, keep_papers) = (folder.to_owned(), weather == Weather::Storm);
    let options = DayOptions { settings, visits: VISITS, seed, weather, folder, keep_papers };
    day::run(&options, morning(), |_| {}).expect("the day can be simulated")
}

fn holders(settings: &Settings, seed: u64) -> Vec<Customer> {
    let all = plan::day(settings, morning(), VISITS, seed);
    all.into_iter().filter(|customer| customer.pack.is_some()).collect()
}

#[test]
fn the_days_have_every_kind_of_holder() {
    let settings = wash();
    let all: Vec<Customer> = SEEDS.iter().flat_map(|seed| holders(&settings, *seed)).collect();
    let some = |what: &str, is: &dyn Fn(&Customer) -> bool| {
        assert!(all.iter().any(is), "nobody {what}");
    };
    let pack = |customer: &Customer| customer.pack.clone().expect("a holder");
    some("uses one up", &|one| pack(one).washes == 10);
    some("gives one back", &|one| pack(one).then == Then::GivesBack);
    some("gives back what was paid in cash", &|one| {
        pack(one).then == Then::GivesBack && matches!(one.settles, Settles::Cash { .. })
    });
    some("pays a difference", &|one| pack(one).better.is_some());
    some("is a member", &|one| pack(one).offer == "MEMBER");
    some("pays in cash", &|one| matches!(one.settles, Settles::Cash { .. }));
    some("pays by card", &|one| matches!(one.settles, Settles::Card { .. }));
}

#[test]
fn a_stormy_day_with_packs_is_clean_whoever_issues() {
    let by_provider = |family| Settings {
        issuer: IssuerKind::Provider,
        provider: ProviderRules { signs_cards: true, ..ProviderRules::usual(family) },
        ..wash()
    };
    let mut list_price = wash();
    list_price.packs.refund = RefundRule::ListPrice;
    let sites = [wash(), list_price, by_provider(Family::Xml), by_provider(Family::Json)];
    for (settings, seed) in sites.into_iter().zip(SEEDS) {
        let planned = holders(&settings, seed);
        let folder = tempfile::tempdir().expect("a folder");
        let summary = day(settings, folder.path(), seed, Weather::Storm);
        assert!(summary.is_clean(), "seed {seed}: {summary:?}");
        let washes: u32 = planned.iter().filter_map(|one| one.pack.as_ref()).map(|one| one.washes).sum();
        let sold = (summary.packs_sold, summary.pack_uses);
        assert_eq!(sold, (planned.len() as u64, u64::from(washes)), "seed {seed}");
        assert!(summary.faults_injected > 20, "seed {seed}: {summary:?}");
        let papers = summary.documents + summary.packs_sold + summary.pack_uses;
        assert_eq!(summary.papers, papers, "seed {seed}: one for each document, pack and wash");
    }
}

/// … and a finished day that is begun again is only counted again, to the same sums.
#[test]
fn a_day_with_packs_is_the_same_for_the_same_seed() {
    let once = || {
        let folder = tempfile::tempdir().expect("a folder");
        let first = day(wash(), folder.path(), 2, Weather::Light);
        let again = day(wash(), folder.path(), 2, Weather::None);
        let sums = |of: &Summary| (of.gross_cents, of.vat_cents, of.tenders, of.drawer_counted_cents);
        assert_eq!((sums(&first), again.kills), (sums(&again), 1));
        Summary { wall_ms: 0, ..first }
    };
    assert_eq!(once(), once());
}

/// The check itself: a pack's document that is not told for its entry, and an entry that ends with its pack and did not, show.
#[test]
fn what_the_registry_holds_otherwise_of_a_pack_shows() {
    let whole = tempfile::tempdir().expect("a folder");
    let summary = day(wash(), whole.path(), 1, Weather::None);
    assert!(summary.is_clean() && summary.packs_sold > 0, "{summary:?}");
    let book = rusqlite::Connection::open(whole.path().join("registry.db")).expect("the book");
    let carrier = "SELECT id FROM record WHERE instr(record, '\"continuousService\"') > 0 LIMIT 1";
    let entry: i64 = book.query_row(carrier, [], |row| row.get(0)).expect("an entry of a pack");
    let lost = "DELETE FROM record WHERE instr(record, '\"correlated\"') > 0 AND instr(record, ?1) > 0";
    assert!(book.execute(lost, [format!("\"{entry}\"")]).expect("it goes") > 0);
    drop(book);
    let summary = day(wash(), whole.path(), 1, Weather::None);
    assert!(!summary.is_clean(), "{summary:?}");
    assert!(summary.differences.iter().any(|one| one.contains("documents")), "{:?}", summary.differences);
}
