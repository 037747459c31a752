//! Events → tables. What an event does to a thing is `domain::fold`; here it is read, changed and written back.

use super::{StoreError, photos, plates};
use crate::domain::card::{CardCharge, CardSession};
use crate::domain::day::Day;
use crate::domain::deposit::Deposit;
use crate::domain::device::{Assignment, DeviceId};
use crate::domain::difference::Compared;
use crate::domain::document::Document;
use crate::domain::entry::{Link, Message, MessageKind, MessageState, Outbox, Told};
use crate::domain::event::Event;
use crate::domain::fold::highest_mark;
use crate::domain::ids::{DepositId, DocumentId, JobId, ShiftId, VisitId};
use crate::domain::operator::OperatorId;
use crate::domain::order::Order;
use crate::domain::paper::{JobState, PaperJob};
use crate::domain::pin::Pin;
use crate::domain::shift::{DrawerAsk, Shift};
use crate::domain::terms::Earlier;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use crate::domain::work::NextService;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use uuid::Uuid;

/// Folds the events of one transaction. Several of them change the same visit as a rule, so visits are written back once,
/// in [`Folding::finish`].
pub(super) struct Folding<'a> {
    conn: &'a Connection,
    visits: BTreeMap<VisitId, Visit>,
}

impl<'a> Folding<'a> {
    pub(super) const fn new(conn: &'a Connection) -> Self {
        Self { conn, visits: BTreeMap::new() }
    }

    /// Applies one event to every table it touches.
    pub(super) fn apply(&mut self, seq: i64, at: Stamp, event: &Event) -> Result<(), StoreError> {
        let conn = self.conn;
        if let Event::VisitOpened { visit } = event {
            put_vehicle(conn, visit)?;
            // One that continues another: what was written of the vehicle is of this one.
            if let Some(work) = &visit.work {
                put_km(conn, visit, work.dashboard.km)?;
                if work.next_service.is_some() {
                    put_next_service(conn, visit, work.next_service.as_ref())?;
                }
            }
            self.visits.insert(visit.id, (**visit).clone());
        } else {
            for id in event.visits() {
                self.visit(id, event)?;
            }
        }
        fold_order(conn, event, at)?;
        fold_message(conn, seq, event)?;
        fold_document(conn, event)?;
        fold_deposits(conn, event)?;
        fold_shift(conn, event)?;
        fold_paper(conn, event, at)?;
        fold_difference(conn, event)?;
        fold_day(conn, event, at)?;
        fold_charges(conn, event)?;
        photos::fold(conn, event)?;
        fold_singles(conn, event, at)
    }

    /// Writes back what was changed.
    pub(super) fn finish(self) -> Result<(), StoreError> {
        self.visits.values().try_for_each(|visit| put_visit(self.conn, visit))
    }

    fn visit(&mut self, id: VisitId, event: &Event) -> Result<(), StoreError> {
        let conn = self.conn;
        let visit = match self.visits.entry(id) {
            Slot::Occupied(slot) => slot.into_mut(),
            Slot::Vacant(slot) => match get(conn, "SELECT body FROM visits WHERE id = ?1", "visit", id.0)? {
                Some(visit) => slot.insert(visit),
                None => return Ok(()),
            },
        };
        // The decision is made against the same fold, so a refusal here means a journal this program did not write.
        visit.fold(event).map_err(|_| StoreError::BrokenChain(0))?;
        match event {
            Event::ServiceChosen { .. } => put_choice(conn, visit),
            Event::WorkDescribed { dashboard, .. } => put_km(conn, visit, dashboard.km),
            Event::ServiceDue { next, .. } => put_next_service(conn, visit, next.as_ref()),
            Event::PlateEdited { .. } => {
                put_vehicle(conn, visit)?;
                // Its place in the index may have been passed already.
                plates::add(conn, &visit.plate.key())
            }
            _ => Ok(()),
        }
    }
}

fn put_visit(conn: &Connection, visit: &Visit) -> Result<(), StoreError> {
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
fn put_vehicle(conn: &Connection, visit: &Visit) -> Result<(), StoreError> {
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
fn put_choice(conn: &Connection, visit: &Visit) -> Result<(), StoreError> {
    // A stay's price is no package anybody takes again.
    let package = visit.sale.lines.first().filter(|_| visit.stay.is_none()).map(|line| line.code.as_str());
    conn.prepare_cached(
        "UPDATE vehicles SET size = ?2, package = coalesce(?3, package) WHERE plate_key = ?1",
    )?
    .execute(params![visit.plate.key(), visit.size.code(), package])?;
    Ok(())
}

/// Remembers how far the vehicle has driven; what nobody looked at stays.
fn put_km(conn: &Connection, visit: &Visit, km: Option<u32>) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE vehicles SET km = coalesce(?2, km) WHERE plate_key = ?1")?
        .execute(params![visit.plate.key(), km])?;
    Ok(())
}

/// Remembers when the vehicle should come again.
fn put_next_service(conn: &Connection, visit: &Visit, next: Option<&NextService>) -> Result<(), StoreError> {
    let next = next.map(|next| json("next service", next)).transpose()?;
    conn.prepare_cached("UPDATE vehicles SET next_service = ?2 WHERE plate_key = ?1")?
        .execute(params![visit.plate.key(), next])?;
    Ok(())
}

fn fold_order(conn: &Connection, event: &Event, at: Stamp) -> Result<(), StoreError> {
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

fn fold_message(conn: &Connection, seq: i64, event: &Event) -> Result<(), StoreError> {
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

fn fold_document(conn: &Connection, event: &Event) -> Result<(), StoreError> {
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

fn fold_deposits(conn: &Connection, event: &Event) -> Result<(), StoreError> {
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

fn fold_shift(conn: &Connection, event: &Event) -> Result<(), StoreError> {
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
pub(super) fn open_shift(conn: &Connection) -> Result<Option<Shift>, StoreError> {
    let body: Option<String> = conn
        .prepare_cached("SELECT body FROM shifts WHERE stage = 'open' ORDER BY opened_ms DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    body.map(|body| read("shift", &body)).transpose()
}

fn fold_paper(conn: &Connection, event: &Event, at: Stamp) -> Result<(), StoreError> {
    if let Some(job) = PaperJob::asked(event, at) {
        return put_paper(conn, &job);
    }
    let Some(JobId(id)) = event.job() else { return Ok(()) };
    if let Some(mut job) = get::<PaperJob>(conn, "SELECT body FROM papers WHERE id = ?1", "paper", id)? {
        job.fold(event);
        put_paper(conn, &job)?;
    }
    Ok(())
}

fn put_paper(conn: &Connection, job: &PaperJob) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO papers (id, document, paper, is_open, complete, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET is_open = excluded.is_open, complete = excluded.complete, body = excluded.body",
    )?
    .execute(params![
        job.id.0,
        job.paper.document().map(|document| document.0),
        job.paper.word(),
        !matches!(job.state, JobState::Done { .. }),
        job.state == JobState::Done { complete: true },
        json("paper", job)?
    ])?;
    Ok(())
}

fn fold_difference(conn: &Connection, event: &Event) -> Result<(), StoreError> {
    match event {
        Event::DifferenceFound { difference } => {
            conn.prepare_cached("INSERT OR IGNORE INTO differences (id, is_open, body) VALUES (?1, 1, ?2)")?
                .execute(params![difference.id().as_str(), json("difference", difference)?])?;
        }
        Event::DifferenceSettled { difference, .. } => {
            conn.prepare_cached("UPDATE differences SET is_open = 0 WHERE id = ?1")?
                .execute([difference.as_str()])?;
        }
        _ => {}
    }
    Ok(())
}

fn fold_day(conn: &Connection, event: &Event, at: Stamp) -> Result<(), StoreError> {
    let before: Day = single(conn, "day")?.unwrap_or_default();
    let mut after = before.clone();
    after.fold(event, at);
    if after == before { Ok(()) } else { put_single(conn, "day", &after) }
}

fn fold_charges(conn: &Connection, event: &Event) -> Result<(), StoreError> {
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

fn fold_singles(conn: &Connection, event: &Event, at: Stamp) -> Result<(), StoreError> {
    match event {
        Event::LinkLost { .. }
        | Event::LinkRestored
        | Event::CredentialsRefused
        | Event::ClockStepped { .. } => {
            let mut link: Link = single(conn, "link")?.unwrap_or_default();
            link.fold(event, at);
            put_single(conn, "link", &link)
        }
        Event::DrawerAsked { .. } | Event::DrawerReported { .. } | Event::TerminalStarted { .. } => {
            let drawer: Option<DrawerAsk> = single::<Option<DrawerAsk>>(conn, "drawer")?.flatten();
            put_single(conn, "drawer", &DrawerAsk::after(drawer, event))
        }
        Event::DocumentNumbered { document, .. } | Event::CreditNumbered { credit: document, .. } => {
            let mut numbered: BTreeMap<String, u64> = single(conn, "numbered")?.unwrap_or_default();
            numbered.insert(document.series.clone(), document.number);
            put_single(conn, "numbered", &numbered)
        }
        Event::PinSet { .. } | Event::PinRefused { .. } | Event::PinAccepted { .. } => {
            let mut pins: BTreeMap<OperatorId, Pin> = single(conn, "pins")?.unwrap_or_default();
            Pin::fold(&mut pins, event, at);
            put_single(conn, "pins", &pins)
        }
        Event::DeviceAssigned { .. } => {
            let mut assigned: BTreeMap<DeviceId, Assignment> = single(conn, "devices")?.unwrap_or_default();
            Assignment::fold(&mut assigned, event, at);
            put_single(conn, "devices", &assigned)
        }
        Event::IssuingAdvanced { .. } => {
            let known: i64 = single(conn, "highest_mark")?.unwrap_or_default();
            let after = highest_mark(known, event);
            if after == known { Ok(()) } else { put_single(conn, "highest_mark", &after) }
        }
        Event::RegistryCompared { upto } => put_single(conn, "compared", &Some(Compared { upto: *upto, at })),
        _ => fold_outbox(conn, event),
    }
}

fn fold_outbox(conn: &Connection, event: &Event) -> Result<(), StoreError> {
    if event.message().is_none() {
        return Ok(());
    }
    let before: Outbox = single(conn, "outbox")?.unwrap_or_default();
    let mut after = before;
    after.fold(event);
    if after == before { Ok(()) } else { put_single(conn, "outbox", &after) }
}

/// A table of one row.
pub(super) fn single<T: DeserializeOwned>(
    conn: &Connection,
    name: &'static str,
) -> Result<Option<T>, StoreError> {
    let body: Option<String> = conn
        .prepare_cached("SELECT body FROM singles WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    body.map(|body| read(name, &body)).transpose()
}

fn put_single<T: Serialize>(conn: &Connection, name: &'static str, value: &T) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO singles (name, body) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET body = excluded.body",
    )?
    .execute(params![name, json(name, value)?])?;
    Ok(())
}

fn get<T: DeserializeOwned>(
    conn: &Connection,
    sql: &str,
    what: &'static str,
    id: Uuid,
) -> Result<Option<T>, StoreError> {
    let body: Option<String> = conn.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
    body.map(|body| read(what, &body)).transpose()
}

/// Reads a stored body.
pub(super) fn read<T: DeserializeOwned>(what: &'static str, body: &str) -> Result<T, StoreError> {
    serde_json::from_str(body).map_err(|e| StoreError::Body(what, e))
}

fn json<T: Serialize>(what: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Body(what, e))
}
