//! The outbox: messages to the registry, and which of them may be told next.

use super::{get, json};
use crate::domain::entry::{Message, MessageKind, MessageState, Told};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::terms::Earlier;
use crate::domain::visit::Visit;
use crate::store::StoreError;
use rusqlite::{Connection, params};

pub(super) fn fold_message(conn: &Connection, seq: i64, event: &Event) -> Result<(), StoreError> {
    if let Event::MessageQueued { message } = event {
        return add_message(conn, seq, message);
    }
    let Some(id) = event.message() else { return Ok(()) };
    let Some(mut message) = get::<Message>(conn, "SELECT body FROM messages WHERE id = ?1", "message", id.0)?
    else {
        return Ok(());
    };
    let was_settled = message.state.is_settled();
    message.fold(event);
    conn.prepare_cached(
        "UPDATE messages SET state = ?2, ask_ms = ?3, registry_id = ?4, body = ?5 WHERE id = ?1",
    )?
    .execute(params![
        id.0,
        message.state.code(),
        message.ask_at.map(|at| at.utc.as_millisecond()),
        message.registry_id,
        json("message", &message)?
    ])?;
    if message.state.is_settled() && !was_settled {
        ready_next(conn, message.chain)?;
    }
    if message.told.kind() == MessageKind::Create && !is_being_told(message.state) {
        ready_following(conn, message.visit)?;
    }
    Ok(())
}

fn add_message(conn: &Connection, seq: i64, message: &Message) -> Result<(), StoreError> {
    let follows = followed(message);
    let waits = match follows {
        Some(earlier) => entry_is_being_told(conn, earlier, message.chain)?,
        None => false,
    };
    conn.prepare_cached(
        "INSERT INTO messages (id, ord, visit, chain, kind, state, ready, follows, queued_ms, ask_ms, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7 AND NOT EXISTS (SELECT 1 FROM messages WHERE chain = ?4
                 AND state NOT IN ('confirmed', 'withdrawn')), ?8, ?9, NULL, ?10)",
    )?
    .execute(params![
        message.id.0,
        seq,
        message.visit.0,
        message.chain.0,
        message.told.kind().code(),
        message.state.code(),
        !waits,
        follows.map(|earlier| earlier.0),
        message.queued.utc.as_millisecond(),
        json("message", message)?
    ])?;
    Ok(())
}

/// The visit of this terminal whose entry a create names.
const fn followed(message: &Message) -> Option<VisitId> {
    match &message.told {
        Told::Create { replaces: Some(Earlier::Visit { visit }), .. } => Some(*visit),
        _ => None,
    }
}

/// Whether nobody knows yet if a visit will have an entry to be named by: what an entry follows cannot be told later. In a
/// chain of its own the order says it already.
fn entry_is_being_told(conn: &Connection, id: VisitId, chain: VisitId) -> Result<bool, StoreError> {
    let visit: Option<Visit> = get(conn, "SELECT body FROM visits WHERE id = ?1", "visit", id.0)?;
    let being_told = |visit: &Visit| {
        let create = visit.entry.create.as_ref();
        visit.entry.id.is_none() && create.is_some_and(|create| is_being_told(create.state))
    };
    Ok(visit.is_some_and(|visit| visit.chain != chain && being_told(&visit)))
}

const fn is_being_told(state: MessageState) -> bool {
    matches!(state, MessageState::Queued | MessageState::Sending | MessageState::Unknown)
}

/// What waited for the entry of a visit may go: it has one now, or will have none.
fn ready_following(conn: &Connection, earlier: VisitId) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE messages SET ready = 1 WHERE follows = ?1 AND ready = 0 AND NOT EXISTS (SELECT 1 FROM messages before
         WHERE before.chain = messages.chain AND before.ord < messages.ord
         AND before.state NOT IN ('confirmed', 'withdrawn'))",
    )?
    .execute([earlier.0])?;
    Ok(())
}

/// The first unsettled message of a chain may go.
fn ready_next(conn: &Connection, chain: VisitId) -> Result<(), StoreError> {
    conn.prepare_cached(
        "UPDATE messages SET ready = 1 WHERE id = (SELECT id FROM messages WHERE chain = ?1
         AND state NOT IN ('confirmed', 'withdrawn') ORDER BY ord LIMIT 1)",
    )?
    .execute([chain.0])?;
    Ok(())
}
