//! The index of plates, brought up to date when nobody waits.

use super::{Store, StoreError, committing};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

/// Visits indexed in one transaction: some milliseconds, so that a tap that comes meanwhile is not held up.
const VISITS_AT_ONCE: i64 = 500;

impl Store {
    /// Adds the plates of the next visits to the index of their tails; says whether there are more.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn index_plates(&mut self) -> Result<bool, StoreError> {
        let upto = indexed(&self.conn)?;
        let last: i64 =
            self.conn.query_row("SELECT ifnull(max(number), 0) FROM visits", [], |row| row.get(0))?;
        if upto >= last {
            return Ok(false);
        }
        let next = last.min(upto + VISITS_AT_ONCE);
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        index(&transaction, upto, next)?;
        Transaction::commit(transaction).map_err(|error| committing(error.into()))?;
        Ok(next < last)
    }
}

/// The last visit whose plate is in the index.
pub(super) fn indexed(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.query_row("SELECT upto FROM plates_indexed", [], |row| row.get(0))?)
}

/// Adds the plates of the visits after one number, up to another.
pub(super) fn index(conn: &Connection, after: i64, upto: i64) -> Result<(), StoreError> {
    let mut visits =
        conn.prepare_cached("SELECT DISTINCT plate_key FROM visits WHERE number > ?1 AND number <= ?2")?;
    let mut rows = visits.query([after, upto])?;
    while let Some(row) = rows.next()? {
        add(conn, &row.get::<_, String>(0)?)?;
    }
    conn.execute("UPDATE plates_indexed SET upto = ?1", [upto])?;
    Ok(())
}

/// Adds every tail of one plate.
pub(super) fn add(conn: &Connection, key: &str) -> Result<(), StoreError> {
    let plate = key.split_once(':').map_or(key, |(_, plate)| plate);
    let mut tails =
        conn.prepare_cached("INSERT OR IGNORE INTO plate_tails (tail, plate_key) VALUES (?1, ?2)")?;
    for (start, _) in plate.char_indices() {
        tails.execute(params![&plate[start..], key])?;
    }
    Ok(())
}
