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

/// Whether an index holds every tail that `again`, folded anew, has, and none of a plate that was never here. A plate that
/// was corrected may be in it or not: that depends on when the loop was idle.
pub(super) fn agree(conn: &Connection, again: &Connection) -> Result<bool, StoreError> {
    let each = "SELECT tail, plate_key FROM plate_tails";
    let holds = "SELECT EXISTS (SELECT 1 FROM plate_tails WHERE tail = ?1 AND plate_key = ?2)";
    let was_here =
        "SELECT EXISTS (SELECT 1 FROM vehicles WHERE plate_key = ?2 AND substr(?2, -length(?1)) = ?1)";
    Ok(every(again, each, conn, holds)? && every(conn, each, again, was_here)?)
}

/// Whether every row of one question is known to another database.
fn every(rows_of: &Connection, each: &str, known_to: &Connection, known: &str) -> Result<bool, StoreError> {
    let (mut each, mut known) = (rows_of.prepare(each)?, known_to.prepare(known)?);
    let mut rows = each.query([])?;
    while let Some(row) = rows.next()? {
        let (tail, key): (String, String) = (row.get(0)?, row.get(1)?);
        if !known.query_row([&tail, &key], |row| row.get::<_, bool>(0))? {
            return Ok(false);
        }
    }
    Ok(true)
}
