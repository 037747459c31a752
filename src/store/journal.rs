//! The journal: events in order, each with the hash of everything before it. A changed byte anywhere shows at its own
//! number and at every one after it.

use super::StoreError;
use crate::domain::event::Event;
use crate::domain::ids::TerminalId;
use crate::domain::time::Stamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

/// A link of the chain.
pub type Hash = [u8; 32];

/// The last event's number and hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of the last event; 0 before the first.
    pub seq: i64,
    /// Its hash; zeros before the first.
    pub hash: Hash,
}

impl Head {
    /// Before the first event.
    pub const START: Self = Self { seq: 0, hash: [0; 32] };

    pub(super) fn read(conn: &Connection, terminal: &TerminalId) -> Result<Self, StoreError> {
        let head = conn
            .query_row(
                "SELECT seq, hash FROM events WHERE terminal_id = ?1 ORDER BY seq DESC LIMIT 1",
                [terminal.to_string()],
                |row| Ok(Self { seq: row.get(0)?, hash: row.get(1)? }),
            )
            .optional()?;
        Ok(head.unwrap_or(Self::START))
    }
}

/// One stored event, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub seq: i64,
    /// Its instant.
    pub at: String,
    /// The event as JSON.
    pub body: String,
    /// Its link of the chain.
    pub hash: Hash,
}

impl Entry {
    fn of(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self { seq: row.get(0)?, at: row.get(1)?, body: row.get(2)?, hash: row.get(3)? })
    }

    /// The event.
    ///
    /// # Errors
    /// When the body is not one this program knows.
    pub fn event(&self) -> Result<Event, StoreError> {
        serde_json::from_str(&self.body).map_err(|e| StoreError::Body("event", e))
    }

    /// The instant.
    ///
    /// # Errors
    /// When it is not one.
    pub fn stamp(&self) -> Result<Stamp, StoreError> {
        serde_json::from_value(self.at.clone().into()).map_err(|e| StoreError::Body("instant", e))
    }
}

/// The hash of an event: of the link before it, its terminal, number, instant and body. Lengths are written before the
/// texts, so that no two events share a stream of bytes.
fn link(before: &Hash, terminal: &TerminalId, seq: i64, at: &str, body: &str) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(before);
    for text in [terminal.to_string().as_str(), at, body] {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.update(seq.to_be_bytes());
    hasher.finalize().into()
}

/// Appends one event and returns the new head.
pub(super) fn append(
    conn: &Connection,
    terminal: &TerminalId,
    head: Head,
    at: Stamp,
    event: &Event,
) -> Result<Head, StoreError> {
    let body = serde_json::to_string(event).map_err(|e| StoreError::Body("event", e))?;
    let (seq, at) = (head.seq + 1, at.to_string());
    let hash = link(&head.hash, terminal, seq, &at, &body);
    conn.prepare_cached("INSERT INTO events (terminal_id, seq, at, body, hash) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![terminal.to_string(), seq, at, body, hash])?;
    Ok(Head { seq, hash })
}

/// Checks every link after `after`; `after` at or below zero checks the whole chain.
///
/// # Errors
/// [`StoreError::BrokenChain`] with the first event that does not fit.
pub fn check(conn: &Connection, terminal: &TerminalId, after: i64) -> Result<i64, StoreError> {
    let mut head = Head::START;
    each(conn, terminal, after.max(0), |entry| {
        let known = entry.seq == head.seq + 1;
        // The first one of a partial check stands on a link that is not read here.
        let first_of_part = head == Head::START && entry.seq > 1 && after > 0;
        if !first_of_part
            && (!known || link(&head.hash, terminal, entry.seq, &entry.at, &entry.body) != entry.hash)
        {
            return Err(StoreError::BrokenChain(entry.seq));
        }
        head = Head { seq: entry.seq, hash: entry.hash };
        Ok(())
    })?;
    Ok(head.seq)
}

/// Checks the whole chain of every terminal in the table: a row whose terminal's name was changed belongs to none.
///
/// # Errors
/// [`StoreError::BrokenChain`] with the first event that does not fit.
pub fn check_all(conn: &Connection, terminal: &TerminalId) -> Result<i64, StoreError> {
    let last = check(conn, terminal, 0)?;
    let mut statement = conn
        .prepare("SELECT terminal_id, min(seq) FROM events WHERE terminal_id <> ?1 GROUP BY terminal_id")?;
    let mut rows = statement.query([terminal.to_string()])?;
    while let Some(row) = rows.next()? {
        let first = row.get(1)?;
        let other = row.get::<_, String>(0).map(TerminalId::try_from);
        let Ok(Ok(other)) = other else { return Err(StoreError::BrokenChain(first)) };
        check(conn, &other, 0)?;
    }
    Ok(last)
}

/// Reads the events after a number in order.
///
/// # Errors
/// What `visit` returns, or what the database says.
pub fn each(
    conn: &Connection,
    terminal: &TerminalId,
    after: i64,
    mut visit: impl FnMut(&Entry) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = conn
        .prepare("SELECT seq, at, body, hash FROM events WHERE terminal_id = ?1 AND seq > ?2 ORDER BY seq")?;
    let mut rows = statement.query(params![terminal.to_string(), after])?;
    while let Some(row) = rows.next()? {
        // A hash or text of the wrong type is a change of the journal like any other.
        let entry = Entry::of(row).map_err(|_| StoreError::BrokenChain(row.get(0).unwrap_or(after + 1)))?;
        visit(&entry)?;
    }
    Ok(())
}
