//! Visits, and what is remembered of their vehicles.

use super::json;
use crate::domain::lease::number_of;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use crate::domain::work::NextService;
use crate::store::StoreError;
use rusqlite::{Connection, params};

pub(super) fn put_visit(conn: &Connection, visit: &Visit) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO visits (id, number, plate_key, state, arrived_ms, entry_id, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET plate_key = excluded.plate_key, state = excluded.state,
         entry_id = excluded.entry_id, body = excluded.body",
    )?
    .execute(params![
        visit.id.0,
        visit.reference.number,
        visit.plate.key(),
        visit.state.code(),
        visit.arrived.utc.as_millisecond(),
        visit.entry.id,
        json("visit", visit)?,
    ])?;
    Ok(())
}

/// Remembers the vehicle.
pub(super) fn put_vehicle(conn: &Connection, visit: &Visit) -> Result<(), StoreError> {
    let key = visit.plate.key();
    let arrived = visit.arrived.utc.as_millisecond();
    let known = conn
        .prepare_cached(
            "UPDATE vehicles SET visits = visits + 1, last_ms = ?2, size = ?3 WHERE plate_key = ?1",
        )?
        .execute(params![key, arrived, visit.size.code()])?;
    if known == 0 {
        conn.prepare_cached(
            "INSERT INTO vehicles (plate_key, size, package, visits, last_ms) VALUES (?1, ?2, NULL, 1, ?3)",
        )?
        .execute(params![key, visit.size.code(), arrived])?;
    }
    Ok(())
}

/// Remembers what the vehicle usually takes.
pub(super) fn put_choice(conn: &Connection, visit: &Visit) -> Result<(), StoreError> {
    // A stay's price and a lease's instalment are no package anybody takes again.
    let package = visit.sale.lines.first().filter(|_| visit.stay.is_none()).map(|line| line.code.as_str());
    let package = package.filter(|code| number_of(code).is_none());
    conn.prepare_cached(
        "UPDATE vehicles SET size = ?2, package = coalesce(?3, package) WHERE plate_key = ?1",
    )?
    .execute(params![visit.plate.key(), visit.size.code(), package])?;
    Ok(())
}

/// Remembers how far the vehicle has driven; what nobody looked at stays.
pub(super) fn put_km(conn: &Connection, visit: &Visit, km: Option<u32>, at: Stamp) -> Result<(), StoreError> {
    if km.is_some() {
        conn.prepare_cached("UPDATE vehicles SET km = ?2, km_ms = ?3 WHERE plate_key = ?1")?
            .execute(params![visit.plate.key(), km, at.utc.as_millisecond()])?;
    }
    Ok(())
}

/// Remembers when the vehicle should come again.
pub(super) fn put_next_service(
    conn: &Connection,
    visit: &Visit,
    next: Option<&NextService>,
) -> Result<(), StoreError> {
    let next = next.map(|next| json("next service", next)).transpose()?;
    conn.prepare_cached("UPDATE vehicles SET next_service = ?2 WHERE plate_key = ?1")?
        .execute(params![visit.plate.key(), next])?;
    Ok(())
}
