//! Which messages are due. Every question is answered by an index, however long the queue.

use super::fold::read;
use super::query::visit;
use super::{Store, StoreError};
use crate::domain::entry::{Due, DueMessage, Message, MessageKind, Told};
use crate::domain::ids::{MessageId, VisitId};
use crate::domain::terms::Earlier;
use crate::domain::time::Stamp;
use crate::domain::visit::{Visit, VisitState};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

impl Store {
    /// At most `limit` things to do now, look-ups and tries together: new arrivals first, then look-ups, then the
    /// backlog in order. A look-up that is to wait until after `ask_horizon` is due: the clock was set back.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn due(
        &self,
        now: Stamp,
        fresh_since: Stamp,
        ask_horizon: Stamp,
        limit: u8,
    ) -> Result<Due, StoreError> {
        let conn = self.connection();
        let limit = usize::from(limit);
        let mut send = fresh(conn, fresh_since, limit)?;
        let ask = to_ask(conn, now, ask_horizon, limit.saturating_sub(send.len()))?;
        let room = limit.saturating_sub(send.len() + ask.len());
        for message in backlog(conn, room + send.len())? {
            if send.len() + ask.len() < limit
                && !send.iter().any(|taken| taken.message.id == message.message.id)
            {
                send.push(message);
            }
        }
        let next_ask = next_ask(conn, now)?;
        Ok(Due { send, ask, next_ask, oldest: oldest(conn)? })
    }

    /// One message.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn message(&self, id: MessageId) -> Result<Option<Message>, StoreError> {
        let body: Option<String> = self
            .connection()
            .prepare_cached("SELECT body FROM messages WHERE id = ?1")?
            .query_row([id.0], |row| row.get(0))
            .optional()?;
        body.map(|body| read("message", &body)).transpose()
    }

    /// Tries that were in the air when the program ended.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sending(&self) -> Result<Vec<Message>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT body FROM messages WHERE state = 'sending' ORDER BY ord")?;
        bodies(statement.query_map([], |row| row.get::<_, String>(0))?)
    }
}

fn bodies(rows: impl Iterator<Item = Result<String, rusqlite::Error>>) -> Result<Vec<Message>, StoreError> {
    rows.map(|body| read("message", &body?)).collect()
}

fn fresh(conn: &Connection, since: Stamp, limit: usize) -> Result<Vec<DueMessage>, StoreError> {
    let ready = to_send(conn, MessageKind::Create, since.utc.as_millisecond(), limit)?;
    with_entries(conn, ready)
}

/// The oldest of each kind, and of those the oldest.
fn backlog(conn: &Connection, limit: usize) -> Result<Vec<DueMessage>, StoreError> {
    let mut ready = Vec::new();
    for kind in MessageKind::ALL {
        ready.extend(to_send(conn, kind, i64::MIN, limit)?);
    }
    // Stable: what was queued together keeps its order.
    ready.sort_by_key(|message| message.queued);
    ready.truncate(limit);
    with_entries(conn, ready)
}

fn to_send(
    conn: &Connection,
    kind: MessageKind,
    since_ms: i64,
    limit: usize,
) -> Result<Vec<Message>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT body FROM messages WHERE state = 'queued' AND ready = 1 AND kind = ?1 AND queued_ms >= ?2
         ORDER BY queued_ms, ord LIMIT ?3",
    )?;
    bodies(statement.query_map(params![kind.code(), since_ms, row_limit(limit)], body_of)?)
}

fn to_ask(
    conn: &Connection,
    now: Stamp,
    horizon: Stamp,
    limit: usize,
) -> Result<Vec<DueMessage>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT body FROM messages WHERE state = 'unknown' AND (ask_ms <= ?1 OR ask_ms > ?2)
         ORDER BY ask_ms LIMIT ?3",
    )?;
    let instants = (now.utc.as_millisecond(), horizon.utc.as_millisecond());
    let rows = statement.query_map(params![instants.0, instants.1, row_limit(limit)], body_of)?;
    with_entries(conn, bodies(rows)?)
}

fn next_ask(conn: &Connection, now: Stamp) -> Result<Option<Stamp>, StoreError> {
    instant(conn, "SELECT min(ask_ms) FROM messages WHERE state = 'unknown' AND ask_ms > ?1", Some(now))
}

/// A message that waits for another of its chain is younger than that one: only the first of each chain is looked at.
fn oldest(conn: &Connection) -> Result<Option<Stamp>, StoreError> {
    let mut oldest = [
        instant(conn, "SELECT min(queued_ms) FROM messages WHERE state = 'sending'", None)?,
        instant(conn, "SELECT min(queued_ms) FROM messages WHERE state = 'unknown'", None)?,
    ]
    .into_iter()
    .flatten()
    .min();
    for kind in MessageKind::ALL {
        let first = to_send(conn, kind, i64::MIN, 1)?.first().map(|message| message.queued);
        oldest = oldest.into_iter().chain(first).min();
    }
    Ok(oldest)
}

fn instant(conn: &Connection, sql: &str, after: Option<Stamp>) -> Result<Option<Stamp>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let of = |row: &Row<'_>| row.get::<_, Option<i64>>(0);
    let ms = match after {
        Some(after) => statement.query_row([after.utc.as_millisecond()], of)?,
        None => statement.query_row([], of)?,
    };
    Ok(ms.and_then(|ms| Timestamp::from_millisecond(ms).ok()).map(Stamp::new))
}

fn with_entries(conn: &Connection, messages: Vec<Message>) -> Result<Vec<DueMessage>, StoreError> {
    messages
        .into_iter()
        .map(|message| match &message.told {
            Told::Correlate { .. } => correlation(conn, message),
            Told::Create { replaces, .. } => {
                let replaces_entry = match replaces {
                    Some(Earlier::Visit { visit }) => entry_of(conn, *visit)?,
                    Some(Earlier::Entry { id }) => Some(*id),
                    None => None,
                };
                alone(conn, message, replaces_entry)
            }
            Told::Update { .. } | Told::Complete { .. } | Told::Cancel { .. } => alone(conn, message, None),
        })
        .collect()
}

fn alone(conn: &Connection, message: Message, replaces_entry: Option<i64>) -> Result<DueMessage, StoreError> {
    let entry = entry_of(conn, message.visit)?;
    Ok(DueMessage { message, entry, replaces_entry, also_entries: Vec::new(), gone: 0 })
}

/// A document's entries. In the chain of its visit it comes after the visit that continues this one, where there is one, and
/// is for that. In a chain of its own it may come after a visit was cancelled or replaced: one entry the registry has
/// cancelled spoils a whole message, so it is left out; whoever continues it is told apart.
fn correlation(conn: &Connection, message: Message) -> Result<DueMessage, StoreError> {
    let (mut entry, mut also_entries, mut gone) = (None, Vec::new(), 0);
    let lead = visit(conn, message.visit)?;
    if lead.as_ref().is_some_and(|lead| lead.chain == message.chain) {
        entry = latest_entry(conn, lead)?;
    } else if lead.as_ref().is_some_and(is_gone) {
        gone += 1;
    } else {
        entry = lead.and_then(|lead| lead.entry.id);
    }
    for id in message.told.also() {
        match visit(conn, *id)? {
            Some(further) if is_gone(&further) => gone += 1,
            further => also_entries.extend(further.and_then(|further| further.entry.id)),
        }
    }
    Ok(DueMessage { message, entry, replaces_entry: None, also_entries, gone })
}

const fn is_gone(visit: &Visit) -> bool {
    matches!(visit.state, VisitState::Cancelled { .. } | VisitState::Replaced { .. })
}

/// The entry of a visit, or of the last one that continues it and has one.
fn latest_entry(conn: &Connection, first: Option<Visit>) -> Result<Option<i64>, StoreError> {
    let (mut next, mut latest) = (first, None);
    while let Some(seen) = next {
        latest = seen.entry.id.or(latest);
        next = match seen.state {
            VisitState::Replaced { by } => visit(conn, by)?,
            _ => None,
        };
    }
    Ok(latest)
}

fn entry_of(conn: &Connection, visit: VisitId) -> Result<Option<i64>, StoreError> {
    let entry = conn
        .prepare_cached("SELECT entry_id FROM visits WHERE id = ?1")?
        .query_row([visit.0], |row| row.get(0))
        .optional()?;
    Ok(entry.flatten())
}

fn body_of(row: &Row<'_>) -> Result<String, rusqlite::Error> {
    row.get(0)
}

fn row_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
