//! Keeps a simulator's records in a file of its own. A record is on the disk before its answer leaves: after a
//! `kill -9` the simulator holds at least everything it ever said yes to.

use rusqlite::{Connection, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
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
    #[error("this file is no state of this AADE simulator: choose another file")]
    Foreign,
}

/// The file.
#[derive(Debug)]
pub(crate) struct Store(Connection);

impl Store {
    /// Opens or makes the file and reads every record of it, in the order of their ids. The mark says whose file it is.
    pub(crate) fn open<R: DeserializeOwned>(path: &Path, mark: i64) -> Result<(Self, Vec<R>), StoreError> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        claim(&connection, mark)?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS record (id INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT;",
        )?;
        let records = read(&connection)?;
        Ok((Self(connection), records))
    }

    /// Makes one record durable. When this returns an error it may be durable all the same.
    pub(crate) fn keep<R: Serialize>(&self, id: i64, record: &R) -> Result<(), StoreError> {
        let text = serde_json::to_string(record)?;
        let mut insert = self.0.prepare_cached("INSERT INTO record (id, record) VALUES (?1, ?2)")?;
        insert.execute(params![id, text])?;
        Ok(())
    }
}

/// A new file is marked as ours; another program's is left alone.
fn claim(connection: &Connection, ours: i64) -> Result<(), StoreError> {
    let mark: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (mark, tables) {
        (mark, _) if mark == ours => Ok(()),
        (0, 0) => Ok(connection.pragma_update(None, "application_id", ours)?),
        _ => Err(StoreError::Foreign),
    }
}

fn read<R: DeserializeOwned>(connection: &Connection) -> Result<Vec<R>, StoreError> {
    let mut records = Vec::new();
    let mut select = connection.prepare("SELECT record FROM record ORDER BY id")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let text: String = row.get(0)?;
        records.push(serde_json::from_str(&text)?);
    }
    Ok(records)
}
