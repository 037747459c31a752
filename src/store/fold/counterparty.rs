//! Whose tax numbers are.

use super::{json, read};
use crate::domain::counterparty::Counterparty;
use crate::domain::customer::TaxNumber;
use crate::domain::event::Event;
use crate::domain::time::Stamp;
use crate::store::StoreError;
use rusqlite::{Connection, OptionalExtension};

pub(super) fn fold_counterparty(conn: &Connection, event: &Event, at: Stamp) -> Result<(), StoreError> {
    let Some(number) = event.counterparty() else { return Ok(()) };
    let known = counterparty(conn, number)?;
    let mut counterparty = known.unwrap_or_else(|| Counterparty::new(number.clone()));
    counterparty.fold(event, at);
    conn.prepare_cached(
        "INSERT INTO counterparties (number, body) VALUES (?1, ?2)
         ON CONFLICT (number) DO UPDATE SET body = excluded.body",
    )?
    .execute([number.to_string(), json("counterparty", &counterparty)?])?;
    Ok(())
}

/// What is kept of a tax number.
pub(in crate::store) fn counterparty(
    conn: &Connection,
    number: &TaxNumber,
) -> Result<Option<Counterparty>, StoreError> {
    let body: Option<String> = conn
        .prepare_cached("SELECT body FROM counterparties WHERE number = ?1")?
        .query_row([number.to_string()], |row| row.get(0))
        .optional()?;
    body.map(|body| read("counterparty", &body)).transpose()
}
