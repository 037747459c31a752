//! The accounts of shops: what their customers did not pay in a month.

use super::StoreError;
use super::fold::read;
use crate::domain::merchant::Merchant;
use crate::domain::validation::{MerchantAccount, Month};
use rusqlite::{Connection, OptionalExtension};

/// Every shop, whether it gives anything at present or not, by its number.
///
/// # Errors
/// When the database cannot be read.
pub fn all(conn: &Connection) -> Result<Vec<Merchant>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT body FROM merchants ORDER BY number")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|body| read("merchant", &body?)).collect()
}

/// A shop, by its number.
///
/// # Errors
/// When the database cannot be read.
pub fn one(conn: &Connection, number: u64) -> Result<Option<Merchant>, StoreError> {
    let sql = "SELECT body FROM merchants WHERE number = ?1";
    let body: Option<String> = conn.prepare_cached(sql)?.query_row([number], |row| row.get(0)).optional()?;
    body.map(|body| read("merchant", &body)).transpose()
}

/// The account of a shop for a month, by its number; with no stay where nothing was used.
///
/// # Errors
/// When the database cannot be read.
pub fn account(conn: &Connection, merchant: u64, month: Month) -> Result<MerchantAccount, StoreError> {
    let Some((from, until)) = month.span() else { return Ok(MerchantAccount { month, uses: Vec::new() }) };
    let mut statement = conn.prepare_cached(
        "SELECT body FROM validation_uses WHERE merchant = ?1 AND at_ms >= ?2 AND at_ms < ?3
         ORDER BY at_ms, seq, nth",
    )?;
    let span = (from.utc.as_millisecond(), until.utc.as_millisecond());
    let rows = statement.query_map((merchant, span.0, span.1), |row| row.get::<_, String>(0))?;
    let uses = rows.map(|body| read("use of a validation", &body?)).collect::<Result<_, StoreError>>()?;
    Ok(MerchantAccount { month, uses })
}
