//! Packs of washes and memberships.

use super::{get, json, read};
use crate::domain::event::Event;
use crate::domain::ids::PackId;
use crate::domain::pack::Pack;
use crate::store::StoreError;
use rusqlite::{Connection, params};

pub(super) fn fold_packs(conn: &Connection, event: &Event) -> Result<(), StoreError> {
    if let Event::PackSold { pack } = event {
        return put_pack(conn, pack);
    }
    if let Some(PackId(id)) = event.pack()
        && let Some(mut pack) = get::<Pack>(conn, "SELECT body FROM packs WHERE id = ?1", "pack", id)?
    {
        pack.fold(event);
        put_pack(conn, &pack)?;
    }
    if let Event::DocumentNamed { document, .. } = event {
        let of_it = "SELECT body FROM packs WHERE document = ?1 OR credit = ?1 ORDER BY number";
        let mut statement = conn.prepare_cached(of_it)?;
        let bodies = statement.query_map([document.0], |row| row.get::<_, String>(0))?;
        for body in bodies.collect::<Result<Vec<_>, _>>()? {
            let mut pack: Pack = read("pack", &body)?;
            pack.fold(event);
            put_pack(conn, &pack)?;
        }
    }
    Ok(())
}

fn put_pack(conn: &Connection, pack: &Pack) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO packs (number, id, document, credit, at_hand, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET credit = excluded.credit, at_hand = excluded.at_hand, body = excluded.body",
    )?
    .execute(params![
        pack.number,
        pack.id.0,
        pack.document.0,
        pack.credit().map(|credit| credit.0),
        pack.is_at_hand(),
        json("pack", pack)?
    ])?;
    Ok(())
}
