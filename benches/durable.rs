//! From the tap to a visit that survives a pulled plug, against the least a database can do: one synced insert of as many
//! bytes, with the same settings, in the same folder.

use crate::figure::{self, Samples, ratio};
use crate::past;
use criterion::Criterion;
use rusqlite::Connection;
use tameio::app::effect::Effect;
use tameio::app::input::{By, Input, RegistryInput, Stamped};
use tameio::app::terminal::Terminal;
use tameio::domain::entry::Heard;
use tameio::domain::operator::OperatorId;
use tameio::store::Store;

/// Pairs of samples: enough for a steady median, few enough for a slow disk.
const ROUNDS: u32 = 600;
/// Vehicles inside at a busy wash.
const INSIDE: usize = 90;
/// Rounds between two moves of the write-ahead logs, as an idle moment at the counter does it.
const ROUNDS_PER_CHECKPOINT: u32 = 50;

pub(crate) fn bench(criterion: &mut Criterion) {
    let mut till = Till::with_busy_line("durable-alone");
    till.compare("durable: tap → visit durable, against a raw synced insert, at the median");
    // The line is free: beginning to tell AADE is a commit of its own, before the first byte leaves.
    let mut till = Till::new("durable-told");
    till.compare("durable: … and the first request to AADE begun in the same step");
    let mut till = Till::with_busy_line("durable-times");
    let mut group = criterion.benchmark_group("durable");
    group.sample_size(50);
    group.bench_function("tap", |bencher| bencher.iter(|| till.tap()));
    let mut raw = Raw::beside(&till);
    group.bench_function("raw insert", |bencher| bencher.iter(|| raw.insert()));
    group.finish();
}

/// A terminal at a counter where only taps happen.
struct Till {
    terminal: Terminal,
    folder: std::path::PathBuf,
    taps: u32,
    sent: Vec<Effect>,
}

impl Till {
    fn new(name: &str) -> Self {
        let (settings, folder) = (past::settings(), past::new_folder(name));
        let store = Store::open(&folder, &settings.terminal).expect("a new database");
        let terminal = Terminal::new(settings, store).expect("an empty database");
        Self { terminal, folder, taps: 0, sent: Vec::new() }
    }

    /// As many requests as are allowed hang in the air, so that a tap begins none: its own commit and nothing else.
    fn with_busy_line(name: &str) -> Self {
        let mut till = Self::new(name);
        (0..till.terminal.settings().registry.parallel_max).for_each(|_| till.tap());
        till
    }

    fn tap(&mut self) {
        self.taps += 1;
        let operator = self.terminal.settings().operators.first().expect("somebody works here").id.clone();
        self.step(past::open(past::plate(self.taps), &operator));
    }

    fn step(&mut self, input: Input) {
        let stamped = Stamped { at: past::present(), chance: u64::from(self.taps), input };
        self.sent = self.terminal.step(&stamped).expect("the disk takes it");
    }

    /// The registry accepts what the last tap sent, so that the next one finds the line free.
    fn answer(&mut self) {
        for effect in std::mem::take(&mut self.sent) {
            if let Effect::Exchange { message, n, .. } = effect {
                let heard = Heard::Accepted { id: i64::from(self.taps) };
                self.step(Input::Registry(RegistryInput::Exchanged { message, n, heard }));
            }
        }
    }

    /// As many vehicles are inside as a busy wash holds: the longest one there leaves when another comes.
    fn vehicle_leaves(&mut self) {
        let inside = &self.terminal.state().visits;
        let longest = inside.keys().next().filter(|_| inside.len() > INSIDE).copied();
        if let Some(visit) = longest {
            let by = By { operator: OperatorId("chief".to_owned()), approved_by: None };
            self.step(Input::CancelVisit { visit, reason: "left".to_owned(), by });
        }
    }

    /// Taps and raw inserts in turn.
    fn compare(&mut self, what: &str) {
        self.tap();
        self.answer();
        let mut raw = Raw::beside(self);
        let (mut taps, mut inserts) = (Samples::default(), Samples::default());
        for round in 1..=ROUNDS {
            taps.take(|| self.tap());
            inserts.take(|| raw.insert());
            self.answer();
            self.vehicle_leaves();
            if round % ROUNDS_PER_CHECKPOINT == 0 {
                self.terminal.tidy(past::present()).expect("the disk takes it");
                raw.checkpoint();
            }
        }
        figure::at_most(what, ratio(taps.median(), inserts.median()), 1.5);
        figure::note("tap", format_args!("{:.2?} median, {:.2?} p99", taps.median(), taps.p99()));
        let row = raw.row.len();
        figure::note("raw insert", format_args!("{:.2?} median, {row} bytes", inserts.median()));
    }

    /// Bytes one tap writes into rows.
    fn bytes_of_a_tap(&self) -> usize {
        let sum = |sql: &str| -> usize {
            self.terminal.store().connection().query_row(sql, [], |row| row.get(0)).expect("it is readable")
        };
        let event = "SELECT max(length(body) + length(hash) + length(at)) FROM events";
        sum(&format!("{event} WHERE body LIKE '%\"visit_opened\"%'"))
            + sum(&format!("{event} WHERE body LIKE '%\"message_queued\"%'"))
            + sum("SELECT max(length(body)) FROM visits")
            + sum("SELECT max(length(body)) FROM messages")
    }
}

/// One table, one row an insert.
struct Raw {
    conn: Connection,
    row: Vec<u8>,
}

impl Raw {
    fn beside(till: &Till) -> Self {
        let path = till.folder.join("raw.db");
        let _ = std::fs::remove_file(&path);
        let conn = Connection::open(path).expect("a new database");
        conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;
             CREATE TABLE raw (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;",
        )
        .expect("a new table");
        Self { conn, row: vec![b'x'; till.bytes_of_a_tap()] }
    }

    fn insert(&mut self) {
        let insert = self.conn.prepare_cached("INSERT INTO raw (body) VALUES (?1)");
        insert.expect("the table is there").execute([&self.row]).expect("the disk takes it");
    }

    fn checkpoint(&self) {
        self.conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).expect("the disk takes it");
    }
}
