//! A terminal with all three of the registry's kinds of business, on a day with every way of being served: the registry
//! holds what each customer came for, field by field. And the check itself: every fault put into the registry's book shows.

use serde_json::Value;
use std::path::Path;
use tameio::config::Config;
use tameio::domain::provider::{Family, ProviderRules};
use tameio::domain::settings::{IssuerKind, Settings, Trade};
use tameio::domain::time::Stamp;
use tameio::simulate::day::{self, DayOptions, Weather};
use tameio::simulate::summary::Summary;

/// Customers enough for every way of being served, and for every fault to fit something.
const VISITS: u32 = 250;
/// A day that has them all.
const SEED: u64 = 2;
/// An invoice of more visits than one message may name needs a longer day; the scenarios have one.
const OF_LONG_DAYS: &str = "document_for_fifty";

fn day(folder: &Path, visits: u32, seed: u64, weather: Weather) -> Summary {
    let settings = Config::practice_of_every_trade().expect("the shipped file is good").settings;
    day_at(settings, folder, visits, seed, weather)
}

fn day_at(settings: Settings, folder: &Path, visits: u32, seed: u64, weather: Weather) -> Summary {
    let folder = folder.to_owned();
    let options = DayOptions { settings, visits, seed, weather, folder, keep_papers: false };
    let morning = Stamp::new("2026-03-14T06:00:00Z".parse().expect("a time"));
    day::run(&options, morning, |_| {}).expect("the day can be simulated")
}

#[test]
fn a_stormy_day_of_every_trade_is_clean_and_misses_no_way_of_being_served() {
    let folder = tempfile::tempdir().expect("a folder");
    let summary = day(folder.path(), VISITS, SEED, Weather::Storm);
    assert!(summary.is_clean(), "{summary:?}");
    assert!(summary.visits >= u64::from(VISITS) && summary.faults_injected > 100, "{summary:?}");
    let expected = summary.flows.iter().filter(|(flow, _)| **flow != OF_LONG_DAYS);
    let missing: Vec<_> = expected.filter(|(_, happened)| **happened == 0).collect();
    assert!(missing.is_empty(), "not one of these happened: {missing:?}");
}

/// A car park that tells myDATA itself, and the invoices it may not issue typed in the evening.
fn car_park() -> Settings {
    Config::practice(Trade::Parking).expect("practice is good").settings
}

/// Every trade, and a provider that signs the cards' payments too.
fn by_provider(family: Family) -> Settings {
    let settings = Config::practice_of_every_trade().expect("the shipped file is good").settings;
    let provider = ProviderRules { signs_cards: true, ..ProviderRules::usual(family) };
    Settings { issuer: IssuerKind::Provider, provider, ..settings }
}

#[test]
fn a_stormy_day_is_one_document_a_sale_at_whoever_issues_them() {
    for settings in [car_park(), by_provider(Family::Xml), by_provider(Family::Json)] {
        let folder = tempfile::tempdir().expect("a folder");
        let issuer = settings.issuer;
        let summary = day_at(settings, folder.path(), 60, SEED, Weather::Storm);
        assert!(summary.is_clean(), "{issuer:?}: {summary:?}");
        assert!(summary.issued_there > 30, "{issuer:?}: {summary:?}");
    }
}

/// The check itself: a document that is not in the issuer's book, and one that is there besides ours, show.
#[test]
fn whatever_the_issuer_holds_otherwise_shows() {
    let whole = tempfile::tempdir().expect("a folder");
    let summary = day_at(car_park(), whole.path(), 12, SEED, Weather::None);
    assert!(summary.is_clean() && summary.issued_there > 5, "{summary:?}");
    let there = summary.issued_there;
    let again = |change: &dyn Fn(&rusqlite::Connection)| {
        let folder = tempfile::tempdir().expect("a folder");
        copy(whole.path(), folder.path());
        change(&rusqlite::Connection::open(folder.path().join("mydata.db")).expect("the book"));
        day_at(car_park(), folder.path(), 12, SEED, Weather::None)
    };
    let lost = again(&|book| {
        let first = "DELETE FROM record WHERE id = (SELECT min(id) FROM record)";
        assert_eq!(book.execute(first, []).expect("it goes"), 1);
    });
    assert_eq!((lost.issued_there, lost.issued_missing, lost.issued_duplicate), (there - 1, 1, 0));
    let stranger = again(&|book| {
        let one =
            r#""name":"aa","namespace":"http://www.aade.gr/myDATA/invoice/v1.0","attributes":[],"text":"1""#;
        let other = one.replace(r#":"1""#, r#":"77777""#);
        let change = "UPDATE record SET record = replace(record, ?1, ?2) WHERE instr(record, ?1) > 0";
        assert_eq!(book.execute(change, [one, other.as_str()]).expect("changed"), 1);
    });
    assert!(!stranger.is_clean());
    assert_eq!((stranger.issued_there, stranger.issued_missing, stranger.issued_duplicate), (there, 1, 1));
}

/// The first element of a field of a record.
fn field<'a>(record: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    record.pointer_mut(&format!("/what/fields/{name}/0"))
}

fn fields(record: &mut Value) -> Option<&mut serde_json::Map<String, Value>> {
    record.pointer_mut("/what/fields")?.as_object_mut()
}

fn is(record: &Value, kind: &str) -> bool {
    record["what"]["kind"] == kind
}

/// What is done to the first record of the registry's book it fits.
enum Fault {
    /// The record was never there.
    Lost(fn(&Value) -> bool),
    /// It is there twice.
    Twice(fn(&Value) -> bool),
    /// It says something else; nothing when it does not fit.
    Other(fn(&mut Value) -> Option<()>),
}

fn sets(record: &mut Value, name: &str, from: &str, to: &str) -> Option<()> {
    let value = field(record, name).filter(|value| **value == *from)?;
    *value = to.into();
    Some(())
}

fn drops(record: &mut Value, name: &str) -> Option<()> {
    fields(record)?.remove(name).map(|_| ())
}

fn changes(record: &mut Value, name: &str) -> Option<()> {
    let value = field(record, name)?;
    *value = format!("{} ", value.as_str()?).into();
    Some(())
}

/// Faults, and a word of what must be said of each.
const FAULTS: [(&str, Fault); 24] = [
    ("", Fault::Lost(|record| is(record, "created"))),
    ("cancelled", Fault::Lost(|record| is(record, "cancelled"))),
    ("documents", Fault::Lost(|record| is(record, "correlated"))),
    ("documents", Fault::Twice(|record| is(record, "correlated"))),
    ("", Fault::Twice(|record| is(record, "created"))),
    (
        "documents",
        Fault::Other(|record| {
            let group = fields(record)?.get_mut("correlatedDCLids")?.as_array_mut()?;
            (group.len() > 1).then(|| group.pop()).map(|_| ())
        }),
    ),
    ("documents", Fault::Other(|record| is(record, "correlated").then(|| changes(record, "mark"))?)),
    ("documents", Fault::Other(|record| changes(record, "FIMAA"))),
    (
        "clientServiceType",
        Fault::Other(|record| {
            field(record, "branch")?;
            sets(record, "clientServiceType", "3", "2")
        }),
    ),
    ("branch", Fault::Other(|record| sets(record, "branch", "1", "0"))),
    ("vehicleRegistrationNumber", Fault::Other(|record| changes(record, "vehicleRegistrationNumber"))),
    ("mixedService", Fault::Other(|record| drops(record, "mixedService"))),
    ("recurringService", Fault::Other(|record| drops(record, "recurringService"))),
    ("customerVatNumber", Fault::Other(|record| changes(record, "customerVatNumber"))),
    ("toAgreedPeriodDate", Fault::Other(|record| changes(record, "toAgreedPeriodDate"))),
    ("periodicity", Fault::Other(|record| drops(record, "periodicity"))),
    ("correlatedDclId", Fault::Other(|record| drops(record, "correlatedDclId"))),
    ("vehicleMovementPurpose", Fault::Other(|record| sets(record, "vehicleMovementPurpose", "2", "1"))),
    ("vehiclePickupLocation", Fault::Other(|record| changes(record, "vehiclePickupLocation"))),
    ("creationDateTime", Fault::Other(|record| changes(record, "creationDateTime"))),
    ("state", Fault::Other(|record| drops(record, "entryCompletion"))),
    ("cooperatingVatNumber", Fault::Other(|record| changes(record, "cooperatingVatNumber"))),
    (
        "providedServiceCategory",
        Fault::Other(|record| {
            field(record, "entryCompletion")?;
            sets(record, "providedServiceCategory", "8", "7")
        }),
    ),
    (
        "invoiceCounterparty",
        Fault::Other(|record| {
            field(record, "entryCompletion")?;
            changes(record, "invoiceCounterparty")
        }),
    ),
];

fn book(folder: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.join("registry.db")).expect("the registry's file opens")
}

fn records(folder: &Path) -> Vec<(i64, Value)> {
    let book = book(folder);
    let mut select = book.prepare("SELECT id, record FROM record ORDER BY id").expect("records");
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?))).expect("records");
    let read = |row: Result<(i64, String), _>| {
        let (id, text) = row.expect("a record");
        (id, serde_json::from_str(&text).expect("JSON"))
    };
    rows.map(read).collect()
}

/// The entry a record makes or tells more about.
fn entry_of(record: &Value) -> Option<i64> {
    let told = record.pointer("/what/fields/initialDclId/0").and_then(Value::as_str);
    told.map_or_else(|| record["id"].as_i64(), |id| id.parse().ok())
}

/// Puts the fault into the book; false when it fits nothing there. What a cancelled entry once said is nobody's concern.
fn put(folder: &Path, fault: &Fault) -> bool {
    let mut all = records(folder);
    let last = all.last().map_or(0, |(id, _)| *id);
    let of_cancelled = |record: &Value| is(record, "cancelled").then(|| record["what"]["fields"].as_i64())?;
    let cancelled: Vec<i64> = all.iter().filter_map(|(_, record)| of_cancelled(record)).collect();
    all.retain(|(_, record)| entry_of(record).is_none_or(|entry| !cancelled.contains(&entry)));
    let keep = |id: i64, record: &Value| {
        let insert = "INSERT OR REPLACE INTO record (id, record) VALUES (?1, ?2)";
        book(folder).execute(insert, (id, record.to_string())).expect("the book takes it");
    };
    for (id, mut record) in all {
        match fault {
            Fault::Lost(fits) if fits(&record) => {
                book(folder).execute("DELETE FROM record WHERE id = ?1", [id]).expect("it goes");
                return true;
            }
            Fault::Twice(fits) if fits(&record) => {
                record["id"] = (last + 1).into();
                keep(last + 1, &record);
                return true;
            }
            Fault::Other(change) if change(&mut record).is_some() => {
                keep(id, &record);
                return true;
            }
            Fault::Lost(_) | Fault::Twice(_) | Fault::Other(_) => {}
        }
    }
    false
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// A finished day is counted again over a book somebody changed: it is never clean, and the difference is named.
#[test]
fn whatever_the_registry_holds_otherwise_shows() {
    let whole = tempfile::tempdir().expect("a folder");
    let summary = day(whole.path(), VISITS, SEED, Weather::Light);
    assert!(summary.is_clean(), "{summary:?}");
    let again = day(whole.path(), VISITS, SEED, Weather::None);
    assert!(again.is_clean() && again.kills == 1, "a finished day is only counted again: {again:?}");
    for (index, (word, fault)) in FAULTS.iter().enumerate() {
        let folder = tempfile::tempdir().expect("a folder");
        copy(whole.path(), folder.path());
        assert!(put(folder.path(), fault), "fault {index} ({word}) fits nothing: the day has no such flow");
        let summary = day(folder.path(), VISITS, SEED, Weather::None);
        assert!(!summary.is_clean(), "fault {index} ({word}) does not show");
        let named = summary.differences.iter().any(|difference| difference.contains(word));
        assert!(named || word.is_empty(), "fault {index} ({word}): {:?}", summary.differences);
        let counted = summary.entries_wrong_state + summary.entries_missing + summary.entries_duplicate;
        assert!((1..=4).contains(&counted), "fault {index} ({word}): {summary:?}");
    }
}
