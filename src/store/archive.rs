//! The archive of requests: what every try said to the registry and what it heard, to the byte. Credentials are headers and
//! never in it. A try is kept as it is in the commit a person waits for, packed when nobody waits, and forgotten when a
//! setting says so; the journal keeps its hash for ever.

use super::{Store, StoreError, committing};
use crate::domain::ids::MessageId;
use crate::domain::time::Stamp;
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior, params};
use std::io::Read;

/// Rows packed or forgotten in one transaction: some milliseconds.
const ROWS_AT_ONCE: i64 = 200;
/// A try this old has heard what it will hear.
const PACKED_AFTER_S: i64 = 3_600;
/// Longest text unpacked, in bytes: what was written here is shorter.
const UNPACKED_MAX: u64 = 4 * 1024 * 1024;

/// One try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archived {
    /// The message.
    pub message: MessageId,
    /// Which try, from 1.
    pub n: u32,
    /// When it began.
    pub sent: Stamp,
    /// Verb, path and body as sent.
    pub request: String,
    /// Status and body, or the failure; nothing when none came.
    pub reply: Option<String>,
}

/// Keeps the bytes of a try, in the transaction that begins it.
pub(super) fn keep_request(
    conn: &Connection,
    message: MessageId,
    n: u32,
    at: Stamp,
    request: &str,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT OR REPLACE INTO requests (message, n, sent_ms, packed, request) VALUES (?1, ?2, ?3, 0, ?4)",
    )?
    .execute(params![message.0, n, at.utc.as_millisecond(), request.as_bytes()])?;
    Ok(())
}

/// Keeps the reply beside it. One that comes when its request was packed long ago is packed too.
pub(super) fn keep_reply(
    conn: &Connection,
    message: MessageId,
    n: u32,
    reply: &str,
) -> Result<(), StoreError> {
    let known = conn
        .prepare_cached("UPDATE requests SET reply = ?3 WHERE message = ?1 AND n = ?2 AND packed = 0")?
        .execute(params![message.0, n, reply.as_bytes()])?;
    if known == 0 {
        conn.prepare_cached("UPDATE requests SET reply = ?3 WHERE message = ?1 AND n = ?2")?
            .execute(params![message.0, n, packed(reply.as_bytes())])?;
    }
    Ok(())
}

impl Store {
    /// Packs some of the tries that have heard what they will hear; says whether there are more.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn pack_requests(&mut self, now: Stamp) -> Result<bool, StoreError> {
        let before = now.utc.as_millisecond() - PACKED_AFTER_S * 1000;
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let rows = loose(&transaction, before)?;
        for (rowid, request, reply) in &rows {
            transaction
                .prepare_cached("UPDATE requests SET packed = 1, request = ?2, reply = ?3 WHERE rowid = ?1")?
                .execute(params![rowid, packed(request), reply.as_deref().map(packed)])?;
        }
        if let Some((last, ..)) = rows.last() {
            transaction.execute("UPDATE requests_packed SET upto = ?1", [last])?;
        }
        transaction.commit().map_err(|error| committing(error.into()))?;
        Ok(i64::try_from(rows.len()) == Ok(ROWS_AT_ONCE))
    }

    /// Forgets some of the tries begun before an instant; says whether there are more.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forget_requests(&mut self, before: Stamp) -> Result<bool, StoreError> {
        let gone = self.conn.execute(
            "DELETE FROM requests WHERE rowid IN (SELECT rowid FROM requests ORDER BY rowid LIMIT ?2) AND sent_ms < ?1",
            params![before.utc.as_millisecond(), ROWS_AT_ONCE],
        );
        let gone = gone.map_err(|error| committing(error.into()))?;
        Ok(i64::try_from(gone) == Ok(ROWS_AT_ONCE))
    }
}

/// Rows not packed yet, in the order they were written.
#[expect(clippy::type_complexity, reason = "three columns of one statement")]
fn loose(conn: &Connection, before: i64) -> Result<Vec<(i64, Vec<u8>, Option<Vec<u8>>)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT rowid, request, reply FROM requests WHERE rowid > (SELECT upto FROM requests_packed)
         AND sent_ms < ?1 AND packed = 0 ORDER BY rowid LIMIT ?2",
    )?;
    let rows =
        statement.query_map([before, ROWS_AT_ONCE], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every try that is kept, oldest first, handed over one at a time.
///
/// # Errors
/// When the database cannot be read, or a row is not what was written.
pub fn each(conn: &Connection, mut each: impl FnMut(Archived)) -> Result<(), StoreError> {
    let mut statement =
        conn.prepare("SELECT message, n, sent_ms, packed, request, reply FROM requests ORDER BY rowid")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let packed: bool = row.get(3)?;
        let (request, reply): (Vec<u8>, Option<Vec<u8>>) = (row.get(4)?, row.get(5)?);
        let sent = Timestamp::from_millisecond(row.get(2)?).unwrap_or(Timestamp::UNIX_EPOCH);
        each(Archived {
            message: MessageId(row.get(0)?),
            n: row.get(1)?,
            sent: Stamp::new(sent),
            request: text(&request, packed),
            reply: reply.map(|reply| text(&reply, packed)),
        });
    }
    Ok(())
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() / 2);
    // Reading from memory into memory does not fail.
    let _ = DeflateEncoder::new(bytes, Compression::best()).read_to_end(&mut packed);
    packed
}

/// What cannot be unpacked is shown as far as it goes: this is evidence, not state.
fn text(bytes: &[u8], packed: bool) -> String {
    if !packed {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let mut unpacked = Vec::new();
    let _ = DeflateDecoder::new(bytes).take(UNPACKED_MAX).read_to_end(&mut unpacked);
    String::from_utf8_lossy(&unpacked).into_owned()
}
