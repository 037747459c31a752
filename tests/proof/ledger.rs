//! An auditor who trusts nobody: reads the terminal's file with SQL of its own and the registry's own records, and holds
//! one against the other. No counter of the program is asked.

use super::shop::{Customer, Errand};
use super::world::{Heard, World};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tameio::aade::simulator::state::{Record, What};

/// A look-up that finds nothing proves something a minute after the one before it.
const BETWEEN_LOOKUPS_MS: i64 = 60_000;
/// The registry stamps a completion itself: beyond this the true time must stand in the comment.
const STAMP_DIFFERS_S: i64 = 120;
/// What the registry is told later than this after the arrival may carry the outage flag.
const LATE_S: i64 = 60;

/// What an audit counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Audit {
    /// Messages the terminal had to tell.
    pub(crate) messages: u64,
    /// Messages nobody knew about at least once.
    pub(crate) unknown: u64,
    /// Of those, resolved without a person.
    pub(crate) resolved: u64,
    /// Messages a person had to tell again.
    pub(crate) told_again: u64,
    /// Creates with the outage flag.
    pub(crate) flagged: u64,
    /// Requests that left the terminal.
    pub(crate) requests: u64,
    /// Times the process died.
    pub(crate) crashes: u64,
    /// The most in the air at once.
    pub(crate) in_air_most: u64,
}

impl Audit {
    pub(crate) fn add(&mut self, other: Self) {
        self.messages += other.messages;
        self.unknown += other.unknown;
        self.resolved += other.resolved;
        self.told_again += other.told_again;
        self.flagged += other.flagged;
        self.requests += other.requests;
        self.crashes += other.crashes;
        self.in_air_most = self.in_air_most.max(other.in_air_most);
    }
}

/// One thing the registry has, or the terminal says it has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    id: i64,
    kind: String,
    visit: String,
}

/// A visit as its row says.
struct Row {
    chain: String,
    body: Value,
}

/// Both books, opened.
pub(crate) struct Books {
    visits: BTreeMap<String, Row>,
    /// MARKs of the documents of each visit.
    documents: BTreeMap<String, BTreeSet<i64>>,
    records: Vec<Record>,
    /// Which visit an entry is of.
    entries: BTreeMap<i64, String>,
    /// When each create was there to be told.
    queued: BTreeMap<i64, Timestamp>,
    connection: Connection,
}

impl Books {
    pub(crate) fn open(file: &std::path::Path, records: Vec<Record>) -> Self {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags).expect("the file is there");
        connection.execute_batch("PRAGMA query_only = ON").expect("it is only read");
        let mut visits = BTreeMap::new();
        let mut marks = BTreeMap::new();
        each(&connection, "SELECT hex(id), body FROM visits", |row| {
            let (id, body): (String, Value) = (row.get(0).expect("an id"), body(row, 1));
            let reference = &body["reference"];
            let number = reference["number"].as_u64().expect("a number");
            let mark = format!("#{}-{number:06}", reference["terminal"].as_str().expect("a terminal"));
            marks.insert(mark, id.clone());
            visits.insert(id, Row { chain: hex(&body["chain"]), body });
        });
        let mut documents: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
        each(&connection, "SELECT hex(subject), body FROM documents", |row| {
            let mark = body(row, 1)["name"]["mark"].as_i64();
            documents.entry(row.get(0).expect("a visit")).or_default().extend(mark);
        });
        let entries = records.iter().filter_map(|record| match &record.what {
            What::Created(fields) => {
                let mark = fields.get("comments")?.split_whitespace().next()?;
                Some((record.id, marks.get(mark).unwrap_or_else(|| panic!("whose is {mark}?")).clone()))
            }
            _ => None,
        });
        let entries = entries.collect();
        let mut queued = BTreeMap::new();
        each(&connection, "SELECT body FROM messages WHERE kind = 'create' AND state = 'confirmed'", |row| {
            let message = body(row, 0);
            queued.insert(message["registry_id"].as_i64().expect("an id"), stamp(&message["queued"]));
        });
        Self { visits, documents, entries, queued, records, connection }
    }

    /// The registry's records of each chain of messages, in the order they were accepted.
    fn at_the_registry(&self) -> BTreeMap<String, Vec<Item>> {
        let mut chains: BTreeMap<String, Vec<Item>> = BTreeMap::new();
        for record in &self.records {
            let (kind, entry) = match &record.what {
                What::Created(_) => ("create", record.id),
                What::Updated(fields) if fields.is_true("entryCompletion") => {
                    ("complete", fields.number("initialDclId").expect("an entry"))
                }
                What::Updated(fields) => ("update", fields.number("initialDclId").expect("an entry")),
                What::Correlated(fields) => {
                    ("correlate", fields.number("correlatedDCLids").expect("an entry"))
                }
                What::Cancelled(entry) => ("cancel", *entry),
            };
            let visit = self.entries[&entry].clone();
            let chain = self.visits[&visit].chain.clone();
            chains.entry(chain).or_default().push(Item { id: record.id, kind: kind.to_owned(), visit });
        }
        chains
    }

    /// What the terminal says it told, in the order it was to be told.
    fn at_the_terminal(&self) -> (BTreeMap<String, Vec<Item>>, u64) {
        let (mut chains, mut count): (BTreeMap<String, Vec<Item>>, u64) = (BTreeMap::new(), 0);
        let sql = "SELECT hex(chain), hex(visit), kind, state, body FROM messages ORDER BY ord";
        each(&self.connection, sql, |row| {
            count += 1;
            let state: String = row.get(3).expect("a state");
            match state.as_str() {
                "confirmed" => {
                    let id = body(row, 4)["registry_id"].as_i64().expect("confirmed under an id");
                    let (kind, visit) = (row.get(2).expect("a kind"), row.get(1).expect("a visit"));
                    chains.entry(row.get(0).expect("a chain")).or_default().push(Item { id, kind, visit });
                }
                "withdrawn" => {}
                other => panic!("a message is left {other}: {}", body(row, 4)),
            }
        });
        (chains, count)
    }

    /// Nothing lost, nothing doubled, nothing out of order.
    pub(crate) fn agree(&self) -> u64 {
        let (told, count) = self.at_the_terminal();
        let there = self.at_the_registry();
        for (chain, told) in &told {
            assert_eq!(there.get(chain), Some(told), "registry, terminal: chain {chain}");
        }
        let strange: Vec<_> = there.keys().filter(|chain| !told.contains_key(*chain)).collect();
        assert!(strange.is_empty(), "nobody told the registry of {strange:?}");
        self.entries_are_as_the_visits();
        count
    }

    /// What each visit is, without a word of the outbox.
    fn entries_are_as_the_visits(&self) {
        let mut live: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        let (mut completed, mut correlated) = (BTreeMap::<i64, u32>::new(), BTreeMap::<i64, Vec<i64>>::new());
        let mut cancelled = BTreeSet::new();
        for record in &self.records {
            match &record.what {
                What::Created(fields) => {
                    let visit = &self.entries[&record.id];
                    let plate = fields.get("vehicleRegistrationNumber").map(latin);
                    assert_eq!(plate.as_deref(), self.visits[visit].body["plate"]["text"].as_str());
                    live.entry(visit).or_default().push(record.id);
                }
                What::Updated(fields) if fields.is_true("entryCompletion") => {
                    let visit =
                        &self.visits[&self.entries[&fields.number("initialDclId").expect("an entry")]];
                    let is_free = visit.body["settlement"]["how"] == "no_document";
                    if visit.body["state"] != "replaced" {
                        assert_eq!(fields.is_true("nonIssueInvoice"), is_free, "{}", visit.body);
                        assert_eq!(fields.number("invoiceKind"), (!is_free).then_some(1), "{}", visit.body);
                    }
                    *completed.entry(fields.number("initialDclId").expect("an entry")).or_default() += 1;
                }
                What::Updated(_) => {}
                What::Correlated(fields) => {
                    let entry = fields.number("correlatedDCLids").expect("an entry");
                    correlated.entry(entry).or_default().push(fields.number("mark").expect("a MARK"));
                }
                What::Cancelled(entry) => {
                    cancelled.insert(*entry);
                }
            }
        }
        for (id, row) in &self.visits {
            let mut entries = live.remove(id.as_str()).unwrap_or_default();
            entries.retain(|entry| !cancelled.contains(entry));
            let state = row.body["state"].as_str().expect("a state");
            if matches!(state, "cancelled" | "replaced") {
                assert!(entries.is_empty(), "visit {id} is {state} and has {entries:?}");
                continue;
            }
            let [entry] = entries[..] else {
                panic!("visit {id} is {state} and has the entries {entries:?}")
            };
            let ends = u32::from(state == "closed");
            assert_eq!(completed.get(&entry).copied().unwrap_or_default(), ends, "{state}: {}", row.body);
            let marks: Vec<i64> =
                self.documents.get(id).map(|marks| marks.iter().copied().collect()).unwrap_or_default();
            assert_eq!(correlated.get(&entry).cloned().unwrap_or_default(), marks, "{}", row.body);
        }
    }

    /// Every customer was here once, under the right plate, and ended as it had to.
    pub(crate) fn everybody_is_in_the_book(&self, customers: &[Customer]) {
        let mut by_plate: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in self.visits.values() {
            if row.body["state"] != "replaced" {
                by_plate.entry(row.body["plate"]["text"].as_str().expect("a plate")).or_default().push(row);
            }
        }
        for customer in customers {
            let plate = latin(&customer.plate);
            let rows = by_plate.remove(plate.as_str()).unwrap_or_default();
            let [row] = rows[..] else { panic!("{customer:?} has {} visits", rows.len()) };
            let (state, how) = (&row.body["state"], &row.body["settlement"]["how"]);
            match customer.errand {
                Errand::Leaves => assert_eq!(state, "cancelled", "{customer:?}"),
                Errand::Free => {
                    assert_eq!((state.as_str(), how.as_str()), (Some("closed"), Some("no_document")))
                }
                _ => {
                    assert_eq!((state.as_str(), how.as_str()), (Some("closed"), Some("paid")), "{customer:?}")
                }
            }
        }
        assert!(by_plate.is_empty(), "nobody came with {:?}", by_plate.keys());
    }

    /// Flags and times: true, and in the form the registry wants. `ends` is when the registry was told by our account.
    pub(crate) fn times_are_honest(&self, heard: &[Heard]) -> u64 {
        let mut flagged = 0;
        for record in &self.records {
            match &record.what {
                What::Created(fields) => {
                    let visit = &self.visits[&self.entries[&record.id]].body;
                    let arrived = stamp(&visit["arrived"]);
                    let late_s = record.at.as_second() - arrived.as_second();
                    if fields.get("transmissionFailure").is_none() {
                        assert!(!fields.has("creationDateTime"), "a time without the flag: {fields:?}");
                        let said = format!("είσοδος {}", printed(arrived));
                        let is_said = fields.get("comments").is_some_and(|comments| comments.contains(&said));
                        assert!(
                            is_said || late_s <= STAMP_DIFFERS_S,
                            "{late_s} s late and silent: {fields:?}"
                        );
                        continue;
                    }
                    flagged += 1;
                    let told = arrived.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
                    assert_eq!(fields.get("creationDateTime"), Some(told.as_str()));
                    let queued = self.queued[&record.id];
                    let late_s = record.at.as_second() - queued.as_second();
                    assert!(late_s >= LATE_S, "flagged after {late_s} s");
                    assert!(
                        was_an_outage(heard, queued, record.at),
                        "flagged without an outage: arrived {arrived}, queued {queued}, told {}; heard {:?}: {visit}",
                        record.at,
                        around(heard, queued, record.at)
                    );
                }
                What::Updated(fields) if fields.is_true("entryCompletion") => {
                    let entry = fields.number("initialDclId").expect("an entry");
                    let visit = &self.visits[&self.entries[&entry]].body;
                    // A visit that was replaced later keeps no departure of its own.
                    let Some(departed) = visit["departed"].as_str() else { continue };
                    let departed: Timestamp = departed.parse().expect("an instant");
                    let differs_s = (record.at.as_millisecond() - departed.as_millisecond()).abs() / 1_000;
                    let said = format!("έξοδος {}", printed(departed));
                    let is_said = fields.get("comments").is_some_and(|comments| comments.contains(&said));
                    assert!(is_said || differs_s <= STAMP_DIFFERS_S, "{differs_s} s: {fields:?} {visit}");
                }
                _ => {}
            }
        }
        flagged
    }

    /// How much the registry took in between each arrival told without the flag and its create.
    pub(crate) fn taken_before_new_arrivals(&self) -> Vec<usize> {
        let fresh = self.records.iter().enumerate().filter_map(|(at, record)| match &record.what {
            What::Created(fields) if !fields.has("transmissionFailure") => {
                let arrived = stamp(&self.visits[&self.entries[&record.id]].body["arrived"]);
                let before = &self.records[..at];
                Some(before.iter().rev().take_while(|earlier| earlier.at >= arrived).count())
            }
            _ => None,
        });
        fresh.collect()
    }

    /// A second try follows only what proves that the first never got there. Counts messages nobody knew about, those
    /// of them that were left to a person, and all that a person had to tell again.
    pub(crate) fn nothing_was_resent_blindly(&self, clock_is_true: bool) -> (u64, u64, u64) {
        let mut in_doubt: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        let (mut unknown, mut unresolved, mut by_hand) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        each(&self.connection, "SELECT body, at FROM events ORDER BY seq", |row| {
            let event = body(row, 0);
            let at: String = row.get(1).expect("an instant");
            let at: Timestamp = at.parse().expect("an instant");
            let Some(message) = event["message"].as_str().map(str::to_owned) else { return };
            match event["event"].as_str().expect("a kind") {
                "message_sent" => {
                    let doubt = in_doubt.insert(message, Vec::new());
                    assert!(doubt.is_none(), "sent while nobody knew: {event}");
                }
                "message_unknown" => {
                    unknown.insert(message);
                }
                "lookup_found_nothing" => {
                    in_doubt.get_mut(&message).expect("it was sent").push(at.as_millisecond())
                }
                "message_returned" => {
                    let looked = in_doubt.remove(&message).unwrap_or_default();
                    match event["why"].as_str().expect("a reason") {
                        "verified_absent" => {
                            let first = looked.first().copied().expect("two look-ups");
                            let apart = at.as_millisecond() - first;
                            assert!(apart >= BETWEEN_LOOKUPS_MS || !clock_is_true, "{apart} ms: {event}");
                        }
                        "told_again" => {
                            by_hand.insert(message);
                        }
                        "never_left" | "throttled" | "unauthorized" => {}
                        other => panic!("what is {other}?"),
                    }
                }
                "message_rejected" => {
                    in_doubt.remove(&message);
                    // Refused without ever having been in doubt is another matter.
                    if event["from"] == "unknown" {
                        unresolved.insert(message);
                    }
                }
                "message_confirmed" => {
                    in_doubt.remove(&message);
                }
                _ => {}
            }
        });
        (count(unknown.len()), count(unresolved.len()), count(by_hand.len()))
    }
}

/// Audits a world whose outbox is empty.
pub(crate) fn audit(world: &World, customers: &[Customer]) -> Audit {
    let records = world.registry().with(|simulator| simulator.records().cloned().collect());
    let books = Books::open(&world.folder().join("tameio.db"), records);
    let clock_is_true = world.weather.clock == 0;
    books.everybody_is_in_the_book(customers);
    let messages = books.agree();
    let flagged = if clock_is_true { books.times_are_honest(&world.heard) } else { 0 };
    let (unknown, unresolved, told_again) = books.nothing_was_resent_blindly(clock_is_true);
    let verified = world.terminal().store().verify(true).expect("it can be read");
    assert!(verified.is_whole(), "{verified:?}");
    Audit {
        messages,
        unknown,
        resolved: unknown - unresolved,
        told_again,
        flagged,
        requests: world.requests,
        crashes: world.crashes,
        in_air_most: count(world.in_air_most),
    }
}

/// What was heard shortly before and between two instants.
fn around(heard: &[Heard], from: Timestamp, to: Timestamp) -> &[Heard] {
    let first = heard.partition_point(|heard| heard.at < from).saturating_sub(3);
    let last = heard.partition_point(|heard| heard.at <= to);
    &heard[first..last]
}

/// The registry could not be reached at some time between the arrival and the telling. A look-up of many pages knows of an
/// outage's end only when it has read the last one: that may take a minute.
fn was_an_outage(heard: &[Heard], arrived: Timestamp, told: Timestamp) -> bool {
    let before = heard.partition_point(|heard| heard.at < arrived);
    let already = before.checked_sub(1).is_some_and(|last| !heard[last].reached);
    let first = heard.partition_point(|heard| heard.at < arrived - SignedDuration::from_mins(1));
    already || heard[first..].iter().take_while(|heard| heard.at <= told).any(|heard| !heard.reached)
}

/// Local time at the counter as papers print it, worked out here.
fn printed(at: Timestamp) -> String {
    let athens = TimeZone::get("Europe/Athens").expect("a zone");
    athens.to_datetime(at).strftime("%d/%m/%Y %H:%M").to_string()
}

fn stamp(value: &Value) -> Timestamp {
    value.as_str().expect("an instant").parse().expect("an instant")
}

/// Greek capitals as the key of a plate has them.
fn latin(plate: &str) -> String {
    let greek = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
    let twin = |c: char| greek.chars().position(|g| g == c).and_then(|at| "ABEZHIKMNOPTYX".chars().nth(at));
    plate.chars().filter(|c| *c != '-').map(|c| twin(c).unwrap_or(c)).collect()
}

fn each(connection: &Connection, sql: &str, mut act: impl FnMut(&rusqlite::Row<'_>)) {
    let mut statement = connection.prepare(sql).expect("our own table");
    let mut rows = statement.query([]).expect("it can be read");
    while let Some(row) = rows.next().expect("it can be read") {
        act(row);
    }
}

fn body(row: &rusqlite::Row<'_>, column: usize) -> Value {
    let text: String = row.get(column).expect("a body");
    serde_json::from_str(&text).expect("open JSON")
}

fn hex(id: &Value) -> String {
    id.as_str().expect("an id").replace('-', "").to_uppercase()
}

fn count(length: usize) -> u64 {
    u64::try_from(length).expect("a small number")
}
