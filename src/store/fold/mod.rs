//! Events → tables. What an event does to a thing is `domain::fold`; here it is read, changed and written back.
//!
//! | file | tables |
//! |---|---|
//! | [`visit`] | visits, vehicles |
//! | [`message`] | messages |
//! | `counterparty` | whose tax numbers are |
//! | [`park`] | subscriptions, the door book |
//! | [`merchant`] | shops, and the stays they made cheaper |
//! | [`pack`] | packs |
//! | [`till`] | orders, documents, deposits, shifts, charges |
//! | this one | papers, differences, the day, and what there is only one of |

mod counterparty;
mod merchant;
mod message;
mod pack;
mod park;
mod till;
mod visit;

use super::{StoreError, photos, plates};
use crate::domain::day::Day;
use crate::domain::device::{Assignment, DeviceId};
use crate::domain::difference::Compared;
use crate::domain::entry::{Link, Outbox};
use crate::domain::event::Event;
use crate::domain::fold::highest_mark;
use crate::domain::ids::{JobId, VisitId};
use crate::domain::operator::OperatorId;
use crate::domain::paper::{JobState, PaperJob};
use crate::domain::pin::Pin;
use crate::domain::shift::DrawerAsk;
use crate::domain::tariff::kept::KeptTariff;
use crate::domain::template::Templates;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
pub(super) use counterparty::counterparty;
use counterparty::fold_counterparty;
use merchant::fold_merchants;
use message::fold_message;
use pack::fold_packs;
use park::{fold_door, fold_listed, fold_subscriptions};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
pub(super) use till::open_shift;
use till::{fold_charges, fold_deposits, fold_document, fold_order, fold_shift};
use uuid::Uuid;
use visit::{put_choice, put_km, put_next_service, put_vehicle, put_visit};

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
                put_km(conn, visit, work.dashboard.km, at)?;
                if work.next_service.is_some() {
                    put_next_service(conn, visit, work.next_service.as_ref())?;
                }
            }
            self.visits.insert(visit.id, (**visit).clone());
        } else {
            for id in event.visits() {
                self.visit(id, event, at)?;
            }
        }
        fold_order(conn, event, at)?;
        fold_message(conn, seq, event)?;
        fold_document(conn, event)?;
        fold_deposits(conn, event)?;
        fold_counterparty(conn, event, at)?;
        fold_packs(conn, event)?;
        fold_shift(conn, event)?;
        fold_paper(conn, event, at)?;
        fold_difference(conn, event)?;
        fold_day(conn, event, at)?;
        fold_charges(conn, event)?;
        fold_subscriptions(conn, event)?;
        fold_door(conn, seq, event, at)?;
        fold_listed(conn, event)?;
        fold_merchants(conn, seq, event)?;
        photos::fold(conn, event)?;
        fold_singles(conn, event, at)
    }

    /// Writes back what was changed.
    pub(super) fn finish(self) -> Result<(), StoreError> {
        self.visits.values().try_for_each(|visit| put_visit(self.conn, visit))
    }

    fn visit(&mut self, id: VisitId, event: &Event, at: Stamp) -> Result<(), StoreError> {
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
            Event::WorkDescribed { dashboard, .. } => put_km(conn, visit, dashboard.km, at),
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
        Event::TemplateSaved { .. } | Event::LogoChosen { .. } => {
            let mut templates: Templates = single(conn, "templates")?.unwrap_or_default();
            templates.fold(event, at);
            put_single(conn, "templates", &templates)
        }
        Event::TariffChanged { .. } => {
            let mut tariff: KeptTariff = single(conn, "tariff")?.unwrap_or_default();
            tariff.fold(event, at);
            put_single(conn, "tariff", &tariff)
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
