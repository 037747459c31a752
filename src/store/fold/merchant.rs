//! Shops, and the stays they made cheaper.

use super::{get, json};
use crate::domain::event::Event;
use crate::domain::ids::DocumentId;
use crate::domain::merchant::Merchant;
use crate::domain::validation::ValidationUse;
use crate::store::StoreError;
use rusqlite::{Connection, params};

pub(super) fn fold_merchants(conn: &Connection, seq: i64, event: &Event) -> Result<(), StoreError> {
    if let Event::MerchantOpened { merchant, .. } = event {
        return put(conn, merchant);
    }
    for id in event.merchants() {
        let sql = "SELECT body FROM merchants WHERE id = ?1";
        if let Some(mut merchant) = get::<Merchant>(conn, sql, "merchant", id.0)? {
            merchant.fold(event);
            put(conn, &merchant)?;
        }
    }
    match event {
        Event::ValidationsUsed { uses, .. } => {
            uses.iter().enumerate().try_for_each(|(nth, used)| add(conn, seq, nth, used))
        }
        Event::DocumentVoided { document, .. } => take_back(conn, document.id),
        _ => Ok(()),
    }
}

fn put(conn: &Connection, merchant: &Merchant) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO merchants (number, id, body) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body",
    )?
    .execute(params![merchant.number, merchant.id.0, json("merchant", merchant)?])?;
    Ok(())
}

fn add(conn: &Connection, seq: i64, nth: usize, used: &ValidationUse) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO validation_uses (seq, nth, merchant, at_ms, document, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        seq,
        i64::try_from(nth).unwrap_or(i64::MAX),
        used.number,
        used.at.utc.as_millisecond(),
        used.document.map(|document| document.0),
        json("use of a validation", used)?
    ])?;
    Ok(())
}

/// A payment was made void: nobody owes anything for it.
fn take_back(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM validation_uses WHERE document = ?1")?.execute([document.0])?;
    Ok(())
}
