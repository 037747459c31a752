//! Keeps the registry's records in a file of its own. A record is on the disk before its answer leaves: after a
//! `kill -9` the registry holds at least everything it ever said yes to.

use super::state::{FIRST_ID, Record, Registry};
use rusqlite::{Connection, params};
use std::path::Path;

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite says no.
    #[error("the simulator's state cannot be kept in its file")]
    Database(#[from] rusqlite::Error),
    /// A record is not what we wrote.
    #[error("the simulator's state file holds a record that cannot be read: choose another file")]
    Record(#[from] serde_json::Error),
    /// The file is of something else.
    #[error("this file is no state of the AADE simulator: choose another file")]
    Foreign,
}

/// Marks the file as ours: "AADE" in ASCII.
const APPLICATION_ID: i64 = 0x4141_4445;

/// The file.
#[derive(Debug)]
pub(super) struct Store(Connection);

impl Store {
    /// Opens or makes the file and reads every record of it.
    pub(super) fn open(path: &Path) -> Result<(Self, Registry), StoreError> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        claim(&connection)?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS record (id INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT;",
        )?;
        let registry = read(&connection)?;
        Ok((Self(connection), registry))
    }

    /// Makes one record durable. When this returns an error it may be durable all the same.
    pub(super) fn keep(&self, record: &Record) -> Result<(), StoreError> {
        let text = serde_json::to_string(record)?;
        let mut insert = self.0.prepare_cached("INSERT INTO record (id, record) VALUES (?1, ?2)")?;
        insert.execute(params![record.id, text])?;
        Ok(())
    }
}

/// A new file is marked as ours; another program's is left alone.
fn claim(connection: &Connection) -> Result<(), StoreError> {
    let mark: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (mark, tables) {
        (APPLICATION_ID, _) => Ok(()),
        (0, 0) => Ok(connection.pragma_update(None, "application_id", APPLICATION_ID)?),
        _ => Err(StoreError::Foreign),
    }
}

fn read(connection: &Connection) -> Result<Registry, StoreError> {
    let mut registry = Registry::default();
    let mut select = connection.prepare("SELECT record FROM record WHERE id > ?1 ORDER BY id")?;
    let mut rows = select.query([FIRST_ID])?;
    while let Some(row) = rows.next()? {
        let text: String = row.get(0)?;
        registry.apply(serde_json::from_str(&text)?);
    }
    Ok(registry)
}
