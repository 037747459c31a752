//! Visits of the past, found as a person types: by a part of the plate, by when, by where they stand, by what was paid. A page
//! costs as much among a million visits as among a thousand: every way in is an index, a page ends where the next one
//! begins, and nothing is ever counted.

use super::StoreError;
use super::fold::read;
use super::query::{PLATES_MATCHED_MAX, inside};
use crate::domain::money::Cents;
use crate::domain::plate;
use crate::domain::visit::Visit;
use rusqlite::{Connection, Params, params};

/// Visits of one page.
pub const PAGE_ROWS: usize = 50;

/// Where a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Wherever.
    #[default]
    Any,
    /// The vehicle is here.
    Inside,
    /// It is here, and nothing settles it yet.
    Unpaid,
    /// It left without service, or was typed by mistake.
    Cancelled,
}

/// What is looked for. Everything that is said must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// A part of the plate, typed in Greek or Latin; empty for any.
    pub fragment: String,
    /// Where it stands.
    pub standing: Standing,
    /// Arrived at this instant or later, in milliseconds since 1970.
    pub from_ms: Option<i64>,
    /// Arrived before this instant.
    pub before_ms: Option<i64>,
    /// Exactly so much was paid; for what is inside, exactly so much it costs.
    pub paid: Option<Cents>,
}

/// The last visit of a page: the next page begins after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    arrived_ms: i64,
    number: i64,
}

/// A page of visits, the latest arrival first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The visits.
    pub visits: Vec<Visit>,
    /// Where the next page begins; nothing after the last one.
    pub next: Option<After>,
}

/// Finds a page of visits.
///
/// # Errors
/// When the database cannot be read.
pub fn find(conn: &Connection, wanted: &Wanted, after: Option<After>) -> Result<Page, StoreError> {
    let key = plate::search_key(&wanted.fragment);
    let Bounds { from, before, arrived_ms, number } = bounds(wanted, after);
    let most = i64::try_from(PAGE_ROWS).unwrap_or(i64::MAX) + 1;
    match wanted.standing {
        // What is inside is in memory's reach: a few hundred at most.
        Standing::Inside | Standing::Unpaid => return among_inside(conn, wanted, &key, after),
        Standing::Any | Standing::Cancelled => {}
    }
    let state = (wanted.standing == Standing::Cancelled).then_some("cancelled");
    let paid = wanted.paid.map(|paid| paid.0);
    let rows = match (key.is_empty(), state, paid) {
        // Nothing was paid for what was cancelled.
        (_, Some(_), Some(_)) => Vec::new(),
        // A month holds few visits, and a short fragment is a part of many plates: the month is the better way in.
        (false, ..) if wanted.from_ms.is_some() => {
            rows(conn, BY_PERIOD, params![from, before, arrived_ms, number, key, state, paid, most])?
        }
        (false, ..) => {
            let upper = format!("{key}\u{10FFFF}");
            let most_plates = PLATES_MATCHED_MAX;
            let given = params![key, upper, most_plates, from, before, arrived_ms, number, state, paid, most];
            rows(conn, BY_PLATE, given)?
        }
        (true, None, Some(paid)) => {
            rows(conn, BY_TOTAL, params![paid, from, before, arrived_ms, number, most])?
        }
        (true, Some(_), None) => rows(conn, CANCELLED, params![from, before, arrived_ms, number, most])?,
        (true, None, None) => rows(conn, BY_ARRIVAL, params![from, before, arrived_ms, number, most])?,
    };
    Ok(page(rows))
}

/// Between which instants the page lies, and the visit it begins after.
struct Bounds {
    from: i64,
    before: i64,
    arrived_ms: i64,
    number: i64,
}

/// What came later than the last visit of the page before is not even walked over.
fn bounds(wanted: &Wanted, after: Option<After>) -> Bounds {
    let After { arrived_ms, number } = after.unwrap_or(After { arrived_ms: i64::MAX, number: i64::MAX });
    let before = wanted.before_ms.unwrap_or(i64::MAX).min(arrived_ms.saturating_add(1));
    Bounds { from: wanted.from_ms.unwrap_or(i64::MIN), before, arrived_ms, number }
}

/// Those whose plate contains the fragment: a range of the index of tails, then of the visits of each plate.
pub const BY_PLATE: &str = "WITH matched AS (
       SELECT plate_key FROM visits WHERE number > (SELECT upto FROM plates_indexed)
         AND instr(substr(plate_key, instr(plate_key, ':') + 1), ?1) > 0
       UNION ALL
       SELECT * FROM (SELECT DISTINCT plate_key FROM plate_tails WHERE tail >= ?1 AND tail < ?2 LIMIT ?3)),
     shown AS (
       SELECT DISTINCT visits.number, visits.arrived_ms
       FROM matched CROSS JOIN visits INDEXED BY visits_by_plate
         ON visits.plate_key = matched.plate_key AND visits.arrived_ms >= ?4 AND visits.arrived_ms < ?5
       WHERE (visits.arrived_ms, visits.number) < (?6, ?7) AND (?8 IS NULL OR visits.state = ?8)
         AND (?9 IS NULL OR json_extract(visits.body, '$.settlement.total') = ?9)
       ORDER BY visits.arrived_ms DESC, visits.number DESC LIMIT ?10)
     SELECT shown.arrived_ms, shown.number, body FROM shown CROSS JOIN visits ON visits.number = shown.number
     ORDER BY shown.arrived_ms DESC, shown.number DESC";

/// All of them, by when they arrived.
pub const BY_ARRIVAL: &str = "SELECT arrived_ms, number, body FROM visits INDEXED BY visits_by_arrival
     WHERE arrived_ms >= ?1 AND arrived_ms < ?2 AND (arrived_ms, number) < (?3, ?4)
     ORDER BY arrived_ms DESC, number DESC LIMIT ?5";

/// Those of a few days whose plate contains the fragment: the days are walked, and no plate is left out.
pub const BY_PERIOD: &str = "SELECT arrived_ms, number, body FROM visits INDEXED BY visits_by_arrival
     WHERE arrived_ms >= ?1 AND arrived_ms < ?2 AND (arrived_ms, number) < (?3, ?4)
       AND instr(substr(plate_key, instr(plate_key, ':') + 1), ?5) > 0 AND (?6 IS NULL OR state = ?6)
       AND (?7 IS NULL OR json_extract(body, '$.settlement.total') = ?7)
     ORDER BY arrived_ms DESC, number DESC LIMIT ?8";

/// Those that paid exactly so much; in the words of their index.
pub const BY_TOTAL: &str = "SELECT arrived_ms, number, body FROM visits INDEXED BY visits_by_total
     WHERE json_extract(body, '$.settlement.total') = ?1 AND json_extract(body, '$.settlement.total') IS NOT NULL
       AND arrived_ms >= ?2 AND arrived_ms < ?3 AND (arrived_ms, number) < (?4, ?5)
     ORDER BY arrived_ms DESC, number DESC LIMIT ?6";

/// Those that were cancelled; in the words of the index that holds them alone.
pub const CANCELLED: &str = "SELECT arrived_ms, number, body FROM visits INDEXED BY visits_cancelled
     WHERE state = 'cancelled' AND arrived_ms >= ?1 AND arrived_ms < ?2 AND (arrived_ms, number) < (?3, ?4)
     ORDER BY arrived_ms DESC, number DESC LIMIT ?5";

/// What is inside, in the order of all pages.
fn among_inside(
    conn: &Connection,
    wanted: &Wanted,
    key: &str,
    after: Option<After>,
) -> Result<Page, StoreError> {
    let at = |visit: &Visit| After {
        arrived_ms: visit.arrived.utc.as_millisecond(),
        number: i64::try_from(visit.reference.number).unwrap_or(i64::MAX),
    };
    let mut found: Vec<(After, Visit)> = inside(conn)?
        .into_iter()
        .filter(|visit| wanted.standing == Standing::Inside || visit.state.settlement().is_none())
        .filter(|visit| key.is_empty() || plate::search_key(&visit.plate.text).contains(key))
        .filter(|visit| wanted.paid.is_none_or(|paid| visit.sale.totals().gross == paid))
        .map(|visit| (at(&visit), visit))
        .filter(|(at, _)| {
            wanted.from_ms.is_none_or(|from| at.arrived_ms >= from)
                && wanted.before_ms.is_none_or(|before| at.arrived_ms < before)
        })
        .filter(|(at, _)| {
            after.is_none_or(|after| (at.arrived_ms, at.number) < (after.arrived_ms, after.number))
        })
        .collect();
    found.sort_by_key(|(visit, _)| std::cmp::Reverse((visit.arrived_ms, visit.number)));
    found.truncate(PAGE_ROWS + 1);
    Ok(page(found))
}

fn rows(conn: &Connection, sql: &str, params: impl Params) -> Result<Vec<(After, Visit)>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| {
        Ok((After { arrived_ms: row.get(0)?, number: row.get(1)? }, row.get::<_, String>(2)?))
    })?;
    rows.map(|row| {
        let (at, body) = row?;
        Ok((at, read("visit", &body)?))
    })
    .collect()
}

/// One row more than a page says that there is another page.
fn page(mut rows: Vec<(After, Visit)>) -> Page {
    let is_more = rows.len() > PAGE_ROWS;
    rows.truncate(PAGE_ROWS);
    let next = rows.last().map(|(at, _)| *at).filter(|_| is_more);
    Page { visits: rows.into_iter().map(|(_, visit)| visit).collect(), next }
}
