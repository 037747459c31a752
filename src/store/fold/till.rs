//! Money: orders, documents, deposits, shifts, what cards were charged.

use super::{get, json, put_single, read, single};
use crate::domain::card::{CardCharge, CardSession};
use crate::domain::deposit::Deposit;
use crate::domain::document::Document;
use crate::domain::event::Event;
use crate::domain::ids::{DepositId, DocumentId, ShiftId};
use crate::domain::order::Order;
use crate::domain::shift::Shift;
use crate::domain::time::Stamp;
use crate::store::StoreError;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

pub(super) fn fold_order(conn: &Connection, event: &Event, at: Stamp) -> Result<(), StoreError> {
    if let Event::OrderOpened { order } = event {
        return put_order(conn, order);
    }
    let Some(id) = event.order() else { return Ok(()) };
    if let Some(mut order) = get::<Order>(conn, "SELECT body FROM orders WHERE id = ?1", "order", id.0)? {
        order.fold(event, at).map_err(|_| StoreError::BrokenChain(0))?;
        put_order(conn, &order)?;
    }
    Ok(())
}

fn put_order(conn: &Connection, order: &Order) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO orders (number, id, state, opened_ms, body) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body",
    )?
    .execute(params![
        order.reference.number,
        order.id.0,
        order.state.code(),
        order.opened.utc.as_millisecond(),
        json("order", order)?
    ])?;
    Ok(())
}

pub(super) fn fold_document(conn: &Connection, event: &Event) -> Result<(), StoreError> {
    if let Some(document) = event.numbered() {
        put_document(conn, document)?;
    }
    let changed = match event {
        Event::DocumentNumbered { .. } => None,
        Event::CreditNumbered { credit, .. } => credit.takes_back(),
        other => other.document(),
    };
    let Some(DocumentId(id)) = changed else { return Ok(()) };
    if let Some(mut document) =
        get::<Document>(conn, "SELECT body FROM documents WHERE id = ?1", "document", id)?
    {
        document.fold(event);
        put_document(conn, &document)?;
    }
    Ok(())
}

fn put_document(conn: &Connection, document: &Document) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO documents (id, series, number, subject, issued_ms, named, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET subject = excluded.subject, named = excluded.named, body = excluded.body",
    )?
    .execute(params![
        document.id.0,
        document.series,
        document.number,
        document.issued_for.subject().uuid(),
        document.issued.utc.as_millisecond(),
        !document.waits_for_name(),
        json("document", document)?
    ])?;
    Ok(())
}

pub(super) fn fold_deposits(conn: &Connection, event: &Event) -> Result<(), StoreError> {
    if let Event::DepositTaken { deposit, .. } = event {
        return put_deposit(conn, deposit);
    }
    for DepositId(id) in event.deposits() {
        let known = get::<Deposit>(conn, "SELECT body FROM deposits WHERE id = ?1", "deposit", id)?;
        if let Some(mut deposit) = known {
            deposit.fold(event);
            put_deposit(conn, &deposit)?;
        }
    }
    Ok(())
}

fn put_deposit(conn: &Connection, deposit: &Deposit) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO deposits (number, id, is_held, body) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET is_held = excluded.is_held, body = excluded.body",
    )?
    .execute(params![deposit.number, deposit.id.0, deposit.is_held(), json("deposit", deposit)?])?;
    Ok(())
}

pub(super) fn fold_shift(conn: &Connection, event: &Event) -> Result<(), StoreError> {
    if let Event::ShiftOpened { shift } = event {
        return put_shift(conn, shift);
    }
    let shift = match (event.shift(), event) {
        (Some(ShiftId(id)), _) => get(conn, "SELECT body FROM shifts WHERE id = ?1", "shift", id)?,
        (None, event) if event.is_no_sale() => open_shift(conn)?,
        _ => None,
    };
    if let Some(mut shift) = shift {
        shift.fold(event);
        put_shift(conn, &shift)?;
    }
    if let Event::DayClosed { close } = event {
        conn.prepare_cached("UPDATE shifts SET stage = 'closed' WHERE stage = 'done'")?.execute([])?;
        conn.prepare_cached("INSERT INTO day_closes (number, closed_ms, body) VALUES (?1, ?2, ?3)")?
            .execute(params![close.number, close.at.utc.as_millisecond(), json("day close", close)?])?;
    }
    Ok(())
}

fn put_shift(conn: &Connection, shift: &Shift) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO shifts (id, opened_ms, stage, body) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET stage = excluded.stage, body = excluded.body",
    )?
    .execute(params![
        shift.id.0,
        shift.opened.utc.as_millisecond(),
        match (&shift.closed, shift.sealed) {
            (Some(_), _) => "done",
            (None, Some(_)) => "counting",
            (None, None) => "open",
        },
        json("shift", shift)?
    ])?;
    Ok(())
}

/// The open shift, if there is one.
pub(in crate::store) fn open_shift(conn: &Connection) -> Result<Option<Shift>, StoreError> {
    let body: Option<String> = conn
        .prepare_cached("SELECT body FROM shifts WHERE stage = 'open' ORDER BY opened_ms DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    body.map(|body| read("shift", &body)).transpose()
}

pub(super) fn fold_charges(conn: &Connection, event: &Event) -> Result<(), StoreError> {
    if let Event::CardAsked { charge } = event {
        put_single(conn, "card_session", &charge.session)?;
    }
    let of_cards = match event {
        Event::CardAsked { .. } | Event::CardReported { .. } => true,
        Event::DocumentNumbered { document, .. } => document.payment.sessions().next().is_some(),
        Event::DepositTaken { deposit, .. } => deposit.payment.sessions().next().is_some(),
        _ => false,
    };
    if of_cards {
        let mut charges: BTreeMap<CardSession, CardCharge> = single(conn, "charges")?.unwrap_or_default();
        CardCharge::fold(&mut charges, event);
        put_single(conn, "charges", &charges)?;
    }
    Ok(())
}
