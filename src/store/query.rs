//! What the loop loads at start, and what lists and searches read. Nothing here depends on how much history there is.

use super::fold::{self, open_shift, read, single};
use super::{Store, StoreError, merchants};
use crate::domain::card::{CardCharge, CardSession};
use crate::domain::counterparty::Counterparty;
use crate::domain::customer::TaxNumber;
use crate::domain::day::{Day, DayClose};
use crate::domain::deposit::Deposit;
use crate::domain::device::{Assignment, DeviceId};
use crate::domain::difference::{Compared, Difference};
use crate::domain::document::{Document, Subject};
use crate::domain::door::{DoorKind, Passage};
use crate::domain::entry::{Link, Message, Outbox};
use crate::domain::ids::{DocumentId, OrderId, ShiftId, VisitId};
use crate::domain::listed::Listed;
use crate::domain::merchant::Merchant;
use crate::domain::operator::OperatorId;
use crate::domain::order::Order;
use crate::domain::pack::Pack;
use crate::domain::paper::{Paper, PaperJob};
use crate::domain::pin::Pin;
use crate::domain::plate::{self, Plate};
use crate::domain::reminder::Odometer;
use crate::domain::shift::{DrawerAsk, Shift};
use crate::domain::subscription::Subscription;
use crate::domain::tariff::kept::KeptTariff;
use crate::domain::template::Templates;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use crate::domain::work::NextService;
use rusqlite::{Connection, OptionalExtension, Params, params};
use serde::de::DeserializeOwned;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Rows a list shows at most.
pub const LIST_ROWS_MAX: i64 = 100;

/// Visits that wait for a document shown at most: the oldest are linked first.
const AWAITING_ROWS_MAX: i64 = 1_000;

/// Plates a fragment may match before the list is cut.
pub(super) const PLATES_MATCHED_MAX: i64 = 200;

/// In the words of the index that holds them alone.
const OWED: &str =
    "SELECT body FROM visits WHERE state = 'closed' AND json_extract(body, '$.debt') IS NOT NULL
     ORDER BY arrived_ms";

/// The open world, as the tables hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenWorld {
    /// Visits whose vehicle is inside.
    pub visits: Vec<Visit>,
    /// Sales without a vehicle that are not over.
    pub orders: Vec<Order>,
    /// Visits of subscribers whose vehicle is out.
    pub away: Vec<Visit>,
    /// Monthly parking that is not closed.
    pub subscriptions: Vec<Subscription>,
    /// Number of the last subscription.
    pub subscriptions_made: u64,
    /// Plates on a list, by their keys.
    pub listed: BTreeMap<String, Listed>,
    /// Shops whose customers park for less.
    pub merchants: Vec<Merchant>,
    /// The open shift.
    pub shift: Option<Shift>,
    /// Shifts that wait for their count.
    pub counting: Vec<Shift>,
    /// Counted shifts that are in no day close yet.
    pub done: Vec<Shift>,
    /// What happened since the last day close.
    pub day: Day,
    /// Number of the last day close.
    pub days_closed: u64,
    /// The last number given to a visit or an order.
    pub last_reference: u64,
    /// Last number of each series of documents.
    pub numbered: BTreeMap<String, u64>,
    /// Visits whose vehicle has left and whose price is still owed.
    pub owed: Vec<Visit>,
    /// Documents without a name.
    pub unnamed: Vec<Document>,
    /// The largest MARK myDATA has given a document of ours.
    pub highest_mark: i64,
    /// Deposits that are held.
    pub deposits: Vec<Deposit>,
    /// Number of the last deposit.
    pub deposits_taken: u64,
    /// Packs that may be used, or of which a document is still to be told.
    pub packs: Vec<Pack>,
    /// Number of the last pack.
    pub packs_sold: u64,
    /// Papers that are not done.
    pub papers: Vec<PaperJob>,
    /// The drawer.
    pub drawer: Option<DrawerAsk>,
    /// The link.
    pub link: Link,
    /// The outbox, in figures.
    pub outbox: Outbox,
    /// What this terminal and the registry do not agree on.
    pub differences: Vec<Difference>,
    /// What card terminals were asked for and no document has taken.
    pub charges: BTreeMap<CardSession, CardCharge>,
    /// The last number given to a card terminal.
    pub last_session: Option<CardSession>,
    /// PINs of people.
    pub pins: BTreeMap<OperatorId, Pin>,
    /// Devices that were chosen at the screen.
    pub assigned: BTreeMap<DeviceId, Assignment>,
    /// The last comparison with the registry.
    pub compared: Option<Compared>,
    /// What the owner arranged of papers.
    pub templates: Templates,
    /// The tariff as it was changed at the terminal.
    pub tariff: KeptTariff,
}

impl Store {
    /// Loads the open world.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn open_world(&self) -> Result<OpenWorld, StoreError> {
        let conn = self.connection();
        Ok(OpenWorld {
            visits: inside(conn)?,
            orders: open_orders(conn)?,
            away: list(conn, "visit", "SELECT body FROM visits WHERE state = 'away'", [])?,
            subscriptions: list(
                conn,
                "subscription",
                "SELECT body FROM subscriptions WHERE is_open = 1",
                [],
            )?,
            subscriptions_made: number(conn, "SELECT max(number) FROM subscriptions")?,
            listed: listed(conn)?,
            merchants: merchants::all(conn)?,
            shift: open_shift(conn)?,
            counting: list(conn, "shift", "SELECT body FROM shifts WHERE stage = 'counting'", [])?,
            done: list(conn, "shift", "SELECT body FROM shifts WHERE stage = 'done'", [])?,
            day: single(conn, "day")?.unwrap_or_default(),
            days_closed: number(conn, "SELECT max(number) FROM day_closes")?,
            last_reference: number(conn, "SELECT max(number) FROM visits")?
                .max(number(conn, "SELECT max(number) FROM orders")?)
                .max(forgotten(conn)?),
            numbered: single(conn, "numbered")?.unwrap_or_default(),
            owed: list(conn, "visit", OWED, [])?,
            unnamed: list(
                conn,
                "document",
                "SELECT body FROM documents WHERE named = 0 ORDER BY issued_ms",
                [],
            )?,
            highest_mark: single(conn, "highest_mark")?.unwrap_or_default(),
            deposits: list(conn, "deposit", "SELECT body FROM deposits WHERE is_held = 1", [])?,
            deposits_taken: number(conn, "SELECT max(number) FROM deposits")?,
            packs: list(conn, "pack", "SELECT body FROM packs WHERE at_hand = 1", [])?,
            packs_sold: number(conn, "SELECT max(number) FROM packs")?,
            papers: list(conn, "paper", "SELECT body FROM papers WHERE is_open = 1", [])?,
            drawer: single::<Option<DrawerAsk>>(conn, "drawer")?.flatten(),
            link: single(conn, "link")?.unwrap_or_default(),
            outbox: single(conn, "outbox")?.unwrap_or_default(),
            differences: list(conn, "difference", "SELECT body FROM differences WHERE is_open = 1", [])?,
            charges: single(conn, "charges")?.unwrap_or_default(),
            last_session: single(conn, "card_session")?,
            pins: single(conn, "pins")?.unwrap_or_default(),
            assigned: single(conn, "devices")?.unwrap_or_default(),
            compared: single::<Option<Compared>>(conn, "compared")?.flatten(),
            templates: templates(conn)?,
            tariff: kept_tariff(conn)?,
        })
    }

    /// The instant of the last event.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_instant(&self) -> Result<Option<Stamp>, StoreError> {
        let at: Option<String> = self
            .connection()
            .query_row("SELECT at FROM events ORDER BY terminal_id DESC, seq DESC LIMIT 1", [], |row| {
                row.get(0)
            })
            .optional()?;
        at.map(|at| serde_json::from_value(at.into()).map_err(|e| StoreError::Body("instant", e))).transpose()
    }

    /// How often a paper of a document came out whole.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn complete_prints(&self, paper: &Paper) -> Result<u32, StoreError> {
        complete_prints(self.connection(), paper)
    }
}

/// Plates on a list, by their keys.
fn listed(conn: &Connection) -> Result<BTreeMap<String, Listed>, StoreError> {
    let all: Vec<Listed> = list(conn, "listed plate", "SELECT body FROM listed", [])?;
    Ok(all.into_iter().map(|one| (one.plate.key(), one)).collect())
}

/// Visits whose vehicle is inside, oldest arrival first.
///
/// # Errors
/// When the database cannot be read.
pub fn inside(conn: &Connection) -> Result<Vec<Visit>, StoreError> {
    let sql = "SELECT body FROM visits WHERE state IN ('open', 'in_service', 'ready', 'settled') ORDER BY arrived_ms";
    list(conn, "visit", sql, [])
}

/// How many visits this terminal opened.
///
/// # Errors
/// When the database cannot be read.
pub fn visits_opened(conn: &Connection) -> Result<u64, StoreError> {
    number(conn, "SELECT count(*) FROM visits")
}

/// Sales without a vehicle that are not over, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn open_orders(conn: &Connection) -> Result<Vec<Order>, StoreError> {
    let sql = "SELECT body FROM orders WHERE state IN ('open', 'waiting', 'ready') ORDER BY opened_ms";
    list(conn, "order", sql, [])
}

/// A sale without a vehicle, over or not.
///
/// # Errors
/// When the database cannot be read.
pub fn order(conn: &Connection, id: OrderId) -> Result<Option<Order>, StoreError> {
    Ok(list(conn, "order", "SELECT body FROM orders WHERE id = ?1", [id.0])?.pop())
}

/// The sale without a vehicle that has a number, over or not.
///
/// # Errors
/// When the database cannot be read.
pub fn order_numbered(conn: &Connection, number: u64) -> Result<Option<Order>, StoreError> {
    let Ok(number) = i64::try_from(number) else { return Ok(None) };
    Ok(list(conn, "order", "SELECT body FROM orders WHERE number = ?1", [number])?.pop())
}

/// How often a paper came out whole, whatever its number.
///
/// # Errors
/// When the database cannot be read.
pub fn complete_prints(conn: &Connection, paper: &Paper) -> Result<u32, StoreError> {
    let document = paper.document().map(|document| document.0);
    let count = conn
        .prepare_cached("SELECT count(*) FROM papers WHERE document IS ?1 AND paper = ?2 AND complete = 1")?
        .query_row(params![document, paper.word()], |row| row.get(0))?;
    Ok(count)
}

/// A shift, open or not.
///
/// # Errors
/// When the database cannot be read.
pub fn shift(conn: &Connection, id: ShiftId) -> Result<Option<Shift>, StoreError> {
    Ok(list(conn, "shift", "SELECT body FROM shifts WHERE id = ?1", [id.0])?.pop())
}

/// A pack, open or not.
///
/// # Errors
/// When the database cannot be read.
pub fn pack(conn: &Connection, number: u64) -> Result<Option<Pack>, StoreError> {
    let Ok(number) = i64::try_from(number) else { return Ok(None) };
    Ok(list(conn, "pack", "SELECT body FROM packs WHERE number = ?1", [number])?.pop())
}

/// A day close.
///
/// # Errors
/// When the database cannot be read.
pub fn day_close(conn: &Connection, number: u64) -> Result<Option<DayClose>, StoreError> {
    Ok(list(conn, "day close", "SELECT body FROM day_closes WHERE number = ?1", [number])?.pop())
}

/// The last day closes, newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn day_closes(conn: &Connection, most: u32) -> Result<Vec<DayClose>, StoreError> {
    list(conn, "day close", "SELECT body FROM day_closes ORDER BY number DESC LIMIT ?1", [most])
}

/// The highest number of a visit the registry knows and this database has forgotten.
fn forgotten(conn: &Connection) -> Result<u64, StoreError> {
    let lost = "SELECT body FROM differences WHERE id >= 'lost-' AND id < 'lost.'";
    let lost: Vec<Difference> = list(conn, "difference", lost, [])?;
    Ok(lost.iter().filter_map(Difference::forgotten_number).max().unwrap_or_default())
}

fn number(conn: &Connection, sql: &str) -> Result<u64, StoreError> {
    let value: Option<i64> = conn.query_row(sql, [], |row| row.get(0))?;
    Ok(value.and_then(|value| u64::try_from(value).ok()).unwrap_or_default())
}

fn list<T: DeserializeOwned>(
    conn: &Connection,
    what: &'static str,
    sql: &str,
    params: impl Params,
) -> Result<Vec<T>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| row.get::<_, String>(0))?;
    rows.map(|body| read(what, &body?)).collect()
}

/// The door book, newest first: of one kind or of all, at most so many rows.
///
/// # Errors
/// When the database cannot be read.
pub fn door(conn: &Connection, kind: Option<DoorKind>, most: i64) -> Result<Vec<Passage>, StoreError> {
    match kind {
        Some(kind) => {
            let sql = "SELECT body FROM door WHERE kind = ?1 ORDER BY seq DESC LIMIT ?2";
            list(conn, "passage", sql, params![kind.code(), most])
        }
        None => list(conn, "passage", "SELECT body FROM door ORDER BY seq DESC LIMIT ?1", [most]),
    }
}

/// What is remembered of a vehicle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownVehicle {
    /// Its key.
    pub plate_key: String,
    /// Its size class, as a code.
    pub size: String,
    /// The package it took last.
    pub package: Option<String>,
    /// How often it came.
    pub visits: u32,
    /// Kilometres when a garage last looked, and the day of it.
    pub seen: Option<Odometer>,
    /// When it should come again.
    pub next_service: Option<NextService>,
}

/// What is remembered of a vehicle.
///
/// # Errors
/// When the database cannot be read.
pub fn vehicle(conn: &Connection, plate: &Plate) -> Result<Option<KnownVehicle>, StoreError> {
    let sql =
        "SELECT plate_key, size, package, visits, km, km_ms, next_service FROM vehicles WHERE plate_key = ?1";
    let found = conn
        .prepare_cached(sql)?
        .query_row([plate.key()], |row| {
            let known = KnownVehicle {
                plate_key: row.get(0)?,
                size: row.get(1)?,
                package: row.get(2)?,
                visits: row.get(3)?,
                seen: seen(row.get(4)?, row.get(5)?),
                next_service: None,
            };
            Ok((known, row.get::<_, Option<String>>(6)?))
        })
        .optional()?;
    let Some((known, next)) = found else { return Ok(None) };
    let next_service = next.map(|body| read("next service", &body)).transpose()?;
    Ok(Some(KnownVehicle { next_service, ..known }))
}

/// Kilometres as a table has them: how many, and when somebody looked.
pub(super) fn seen(km: Option<u32>, ms: Option<i64>) -> Option<Odometer> {
    let at = jiff::Timestamp::from_millisecond(ms?).ok()?;
    Some(Odometer { km: km?, on: Stamp::new(at).date() })
}

/// Visits whose plate contains a fragment typed in Greek or Latin, newest first; without a fragment the newest.
///
/// # Errors
/// When the database cannot be read.
pub fn search(conn: &Connection, fragment: &str) -> Result<Vec<Visit>, StoreError> {
    let key = plate::search_key(fragment);
    if key.is_empty() {
        return list(conn, "visit", "SELECT body FROM visits ORDER BY number DESC LIMIT ?1", [LIST_ROWS_MAX]);
    }
    list(conn, "visit", SEARCH, params![key, format!("{key}\u{10FFFF}"), PLATES_MATCHED_MAX, LIST_ROWS_MAX])
}

/// The upper bound is the fragment followed by the highest character: a range of the index, not a scan. Which rows are shown
/// is settled among index entries alone; only theirs are read. A country stands before a colon and is no part of the plate.
/// `CROSS JOIN` is SQLite's word for this order and no other: left to itself it may read every visit there is.
pub const SEARCH: &str = "WITH matched AS (
       SELECT plate_key FROM visits WHERE number > (SELECT upto FROM plates_indexed)
         AND instr(substr(plate_key, instr(plate_key, ':') + 1), ?1) > 0
       UNION ALL
       SELECT * FROM (SELECT DISTINCT plate_key FROM plate_tails WHERE tail >= ?1 AND tail < ?2 LIMIT ?3)),
     shown AS (
       SELECT DISTINCT visits.number, visits.arrived_ms
       FROM matched CROSS JOIN visits INDEXED BY visits_by_plate ON visits.plate_key = matched.plate_key
       ORDER BY visits.arrived_ms DESC LIMIT ?4)
     SELECT body FROM shown CROSS JOIN visits ON visits.number = shown.number ORDER BY shown.arrived_ms DESC";

/// One visit, open or not.
///
/// # Errors
/// When the database cannot be read.
pub fn visit(conn: &Connection, id: VisitId) -> Result<Option<Visit>, StoreError> {
    Ok(list(conn, "visit", "SELECT body FROM visits WHERE id = ?1", [id.0])?.pop())
}

/// Visits by their ids, in that order; what there is none of is left out.
///
/// # Errors
/// When the database cannot be read.
pub fn visits(conn: &Connection, ids: &[VisitId]) -> Result<Vec<Visit>, StoreError> {
    let found: Result<Vec<_>, _> = ids.iter().map(|id| visit(conn, *id)).collect();
    Ok(found?.into_iter().flatten().collect())
}

/// Visits settled by a contract whose document is not known yet, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn awaiting_document(conn: &Connection) -> Result<Vec<Visit>, StoreError> {
    list(conn, "visit", AWAITING_DOCUMENT, [AWAITING_ROWS_MAX])
}

/// In the words of the index `visits_awaiting_document`, which holds nothing else.
pub const AWAITING_DOCUMENT: &str =
    "SELECT body FROM visits WHERE json_extract(body, '$.settlement.how') = 'by_contract'
     AND coalesce(json_extract(body, '$.entry.correlate.state'), 'withdrawn') = 'withdrawn'
     ORDER BY arrived_ms LIMIT ?1";

/// The latest visit of a vehicle.
///
/// # Errors
/// When the database cannot be read.
pub fn latest_of(conn: &Connection, plate: &Plate) -> Result<Option<Visit>, StoreError> {
    let sql = "SELECT body FROM visits WHERE plate_key = ?1 ORDER BY arrived_ms DESC, number DESC LIMIT 1";
    Ok(list(conn, "visit", sql, [plate.key()])?.pop())
}

/// All visits, in the order of their numbers, handed over one at a time.
///
/// # Errors
/// When the database cannot be read.
pub fn each_visit(conn: &Connection, mut each: impl FnMut(Visit)) -> Result<(), StoreError> {
    let mut statement = conn.prepare("SELECT body FROM visits ORDER BY number")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(read("visit", &row.get::<_, String>(0)?)?);
    }
    Ok(())
}

/// The visit with a number of this terminal.
///
/// # Errors
/// When the database cannot be read.
pub fn visit_numbered(conn: &Connection, number: u64) -> Result<Option<Visit>, StoreError> {
    Ok(list(conn, "visit", "SELECT body FROM visits WHERE number = ?1", [number])?.pop())
}

/// One document.
///
/// # Errors
/// When the database cannot be read.
pub fn document(conn: &Connection, id: DocumentId) -> Result<Option<Document>, StoreError> {
    Ok(list(conn, "document", "SELECT body FROM documents WHERE id = ?1", [id.0])?.pop())
}

/// The document with a number of a series.
///
/// # Errors
/// When the database cannot be read.
pub fn document_numbered(
    conn: &Connection,
    series: &str,
    number: u64,
) -> Result<Option<Document>, StoreError> {
    Ok(list(
        conn,
        "document",
        "SELECT body FROM documents WHERE series = ?1 AND number = ?2",
        params![series, number],
    )?
    .pop())
}

/// Documents of a visit or an order, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn documents_of(conn: &Connection, subject: impl Into<Subject>) -> Result<Vec<Document>, StoreError> {
    let sql = "SELECT body FROM documents WHERE subject = ?1 ORDER BY issued_ms";
    list(conn, "document", sql, [subject.into().uuid()])
}

/// Documents to choose from, newest first: the last ones without a fragment; otherwise those with this number in one of
/// the series, those of the order with this number, and those of vehicles whose plate contains it.
///
/// # Errors
/// When the database cannot be read.
pub fn documents_found(
    conn: &Connection,
    fragment: &str,
    series: &[&str],
) -> Result<Vec<Document>, StoreError> {
    let key = plate::search_key(fragment);
    let mut found: Vec<Document> = Vec::new();
    if key.is_empty() {
        // Their ids begin with the instant they were made.
        let last = "SELECT body FROM documents ORDER BY id DESC LIMIT ?1";
        found = list(conn, "document", last, [LIST_ROWS_MAX])?;
    } else {
        if let Ok(number) = key.parse() {
            for series in series {
                found.extend(document_numbered(conn, series, number)?);
            }
            if let Some(order) = order_numbered(conn, number)? {
                found.extend(documents_of(conn, order.id)?);
            }
        }
        for visit in search(conn, fragment)? {
            found.extend(documents_of(conn, visit.id)?);
        }
    }
    found.sort_by_key(|document| Reverse((document.issued, document.is_credit(), document.number)));
    found.dedup_by_key(|document| document.id);
    Ok(found)
}

/// The deposits that are held for a visit, in the order of their numbers.
///
/// # Errors
/// When the database cannot be read.
pub fn deposits_of(conn: &Connection, visit: VisitId) -> Result<Vec<Deposit>, StoreError> {
    let held: Vec<Deposit> =
        list(conn, "deposit", "SELECT body FROM deposits WHERE is_held = 1 ORDER BY number", [])?;
    Ok(held.into_iter().filter(|deposit| deposit.visit == visit).collect())
}

/// The deposit with a number of this terminal.
///
/// # Errors
/// When the database cannot be read.
pub fn deposit(conn: &Connection, number: u64) -> Result<Option<Deposit>, StoreError> {
    Ok(list(conn, "deposit", "SELECT body FROM deposits WHERE number = ?1", [number])?.pop())
}

/// All documents, in the order of their numbers, handed over one at a time.
///
/// # Errors
/// When the database cannot be read.
pub fn each_document(conn: &Connection, mut each: impl FnMut(Document)) -> Result<(), StoreError> {
    let mut statement = conn.prepare("SELECT body FROM documents ORDER BY series, number")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(read("document", &row.get::<_, String>(0)?)?);
    }
    Ok(())
}

/// What a person must look at, each with its visit where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exceptions {
    /// Messages refused, then messages being asked about.
    pub messages: Vec<(Option<Visit>, Message)>,
    /// What this terminal and the registry do not agree on.
    pub differences: Vec<(Option<Visit>, Difference)>,
}

/// Messages a person must look at: refused ones first, then unknown ones.
///
/// # Errors
/// When the database cannot be read.
pub fn exceptions(conn: &Connection) -> Result<Exceptions, StoreError> {
    let refused = "SELECT body FROM messages WHERE state = 'rejected' ORDER BY ord LIMIT ?1";
    let unknown = "SELECT body FROM messages WHERE state = 'unknown' ORDER BY ask_ms LIMIT ?1";
    let mut messages: Vec<Message> = list(conn, "message", refused, [LIST_ROWS_MAX])?;
    messages.extend(list::<Message>(conn, "message", unknown, [LIST_ROWS_MAX])?);
    let open = "SELECT body FROM differences WHERE is_open = 1 ORDER BY id LIMIT ?1";
    let differences: Vec<Difference> = list(conn, "difference", open, [LIST_ROWS_MAX])?;
    let with_visit = |message: Message| Ok((visit(conn, message.visit)?, message));
    let of_visit = |difference: Difference| {
        Ok((difference.visit().map(|id| visit(conn, id)).transpose()?.flatten(), difference))
    };
    Ok(Exceptions {
        messages: messages.into_iter().map(with_visit).collect::<Result<_, StoreError>>()?,
        differences: differences.into_iter().map(of_visit).collect::<Result<_, StoreError>>()?,
    })
}

/// Messages of a visit, in order.
///
/// # Errors
/// When the database cannot be read.
pub fn messages_of(conn: &Connection, visit: &Visit) -> Result<Vec<Message>, StoreError> {
    let sql = "SELECT body FROM messages WHERE chain = ?1 AND visit = ?2 ORDER BY ord";
    list(conn, "message", sql, [visit.chain.0, visit.id.0])
}

/// What is kept of a tax number.
///
/// # Errors
/// When the archive cannot be read.
pub fn counterparty(conn: &Connection, number: &TaxNumber) -> Result<Option<Counterparty>, StoreError> {
    fold::counterparty(conn, number)
}

/// What the owner arranged of papers.
///
/// # Errors
/// When the database cannot be read.
pub fn templates(conn: &Connection) -> Result<Templates, StoreError> {
    Ok(single(conn, "templates")?.unwrap_or_default())
}

/// The tariff as it was changed at the terminal.
///
/// # Errors
/// When the database cannot be read.
pub fn kept_tariff(conn: &Connection) -> Result<KeptTariff, StoreError> {
    Ok(single(conn, "tariff")?.unwrap_or_default())
}
