//! A car park: subscriptions, who went through, and plates on a list.

use super::{json, read};
use crate::domain::door::Passage;
use crate::domain::event::Event;
use crate::domain::subscription::Subscription;
use crate::domain::time::Stamp;
use crate::store::StoreError;
use rusqlite::{Connection, Params, params};

pub(super) fn fold_subscriptions(conn: &Connection, event: &Event) -> Result<(), StoreError> {
    if let Event::SubscriptionOpened { subscription, .. } = event {
        return put_subscription(conn, subscription);
    }
    let found = match event {
        // A document says nothing of what it bought, and what is open are few.
        Event::DocumentNamed { .. } | Event::CreditNumbered { .. } => {
            subscriptions(conn, "SELECT body FROM subscriptions WHERE is_open = 1", [])?
        }
        _ => match event.subscription() {
            Some(id) => subscriptions(conn, "SELECT body FROM subscriptions WHERE id = ?1", [id.0])?,
            None => return Ok(()),
        },
    };
    for before in found {
        let mut after = before.clone();
        after.fold(event);
        if after != before {
            put_subscription(conn, &after)?;
        }
    }
    Ok(())
}

fn subscriptions(conn: &Connection, sql: &str, params: impl Params) -> Result<Vec<Subscription>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| row.get::<_, String>(0))?;
    rows.map(|body| read("subscription", &body?)).collect()
}

fn put_subscription(conn: &Connection, subscription: &Subscription) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO subscriptions (number, id, is_open, body) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET is_open = excluded.is_open, body = excluded.body",
    )?
    .execute(params![
        subscription.number,
        subscription.id.0,
        subscription.closed.is_none(),
        json("subscription", subscription)?
    ])?;
    Ok(())
}

pub(super) fn fold_door(conn: &Connection, seq: i64, event: &Event, at: Stamp) -> Result<(), StoreError> {
    let Some(passage) = Passage::of(event, at) else { return Ok(()) };
    conn.prepare_cached("INSERT INTO door (seq, at_ms, kind, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![seq, at.utc.as_millisecond(), passage.what.code(), json("passage", &passage)?])?;
    Ok(())
}

pub(super) fn fold_listed(conn: &Connection, event: &Event) -> Result<(), StoreError> {
    match event {
        Event::PlateListed { listed, .. } => {
            conn.prepare_cached(
                "INSERT INTO listed (plate_key, body) VALUES (?1, ?2)
                 ON CONFLICT (plate_key) DO UPDATE SET body = excluded.body",
            )?
            .execute(params![listed.plate.key(), json("listed plate", listed)?])?;
        }
        Event::PlateUnlisted { plate, .. } => {
            conn.prepare_cached("DELETE FROM listed WHERE plate_key = ?1")?.execute([plate.key()])?;
        }
        _ => {}
    }
    Ok(())
}
