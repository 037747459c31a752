//! What the registry lists, against what the tables hold.

use super::fold::read;
use super::{Store, StoreError};
use crate::domain::difference::{Difference, DifferenceId, Listed, ListedVehicle};
use crate::domain::entry::{Message, MessageKind, MessageState, Moment};
use crate::domain::ids::Reference;
use crate::domain::plate::{Plate, PlateEntry};
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use rusqlite::{Connection, OptionalExtension, Params, params};

impl Store {
    /// What a page of the registry's listing and the tables do not agree on; what was found before is left out, settled or
    /// not. What is still being told is no difference: its own answer or look-up will say.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn compare(&self, page: &[Listed]) -> Result<Vec<Difference>, StoreError> {
        let mut found = Vec::new();
        for listed in page {
            let difference = match listed {
                Listed::Entry(vehicle) => self.differing_entry(vehicle)?,
                Listed::Completion { entry, .. } => self.visit_of(*entry)?.and_then(|visit| {
                    is_untold(visit.entry.complete.as_ref())
                        .then_some(Difference::CompletedThere { entry: *entry, visit: visit.id })
                }),
                Listed::Cancellation { entry, .. } => self.visit_of(*entry)?.and_then(|visit| {
                    is_untold(visit.entry.cancel.as_ref())
                        .then_some(Difference::CancelledThere { entry: *entry, visit: visit.id })
                }),
                Listed::Other { .. } => None,
            };
            if let Some(difference) = difference
                && !self.knows(&difference.id())?
            {
                found.push(difference);
            }
        }
        Ok(found)
    }

    /// What the registry confirmed with a number above `after`, up to `upto`, and does not list; what belongs to an entry
    /// cancelled here, or in `cancelled`, is left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unlisted(
        &self,
        after: i64,
        upto: i64,
        listed: &[i64],
        cancelled: &[i64],
    ) -> Result<Vec<Difference>, StoreError> {
        let mut listed = listed.to_vec();
        listed.sort_unstable();
        let mut statement = self.connection().prepare_cached(
            "SELECT registry_id, body FROM messages WHERE registry_id > ?1 AND registry_id <= ?2 ORDER BY registry_id",
        )?;
        let mut rows = statement.query(params![after, upto])?;
        let mut missing = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            if listed.binary_search(&id).is_ok() {
                continue;
            }
            let message: Message = read("message", &row.get::<_, String>(1)?)?;
            let difference = Difference::Missing {
                id,
                message: message.id,
                kind: message.told.kind(),
                visit: message.visit,
            };
            if !self.may_be_left_out(&message, cancelled)? && !self.knows(&difference.id())? {
                missing.push(difference);
            }
        }
        Ok(missing)
    }

    /// Whether a cancelled entry is still listed is not documented, nor whether its updates are.
    fn may_be_left_out(&self, message: &Message, cancelled: &[i64]) -> Result<bool, StoreError> {
        let sql = "SELECT body FROM visits WHERE id = ?1";
        let visit = one_visit(self.connection(), sql, [message.visit.0])?;
        let is_cancelled = |visit: Visit| {
            visit.entry.id.is_some_and(|id| cancelled.contains(&id))
                || visit.entry.cancel.is_some_and(|moment| moment.state == MessageState::Confirmed)
        };
        Ok(message.told.kind() != MessageKind::Cancel && visit.is_some_and(is_cancelled))
    }

    fn differing_entry(&self, vehicle: &ListedVehicle) -> Result<Option<Difference>, StoreError> {
        let vehicle = vehicle.clone();
        let reference = Reference::at_head_of(vehicle.comments.as_str());
        match reference {
            Some(reference) if reference.terminal != *self.terminal() => Ok(None),
            Some(reference) => self.differing_own(vehicle, &reference),
            None if self.visit_of(vehicle.entry)?.is_some() || self.is_before_us(&vehicle)? => Ok(None),
            None => Ok(Some(Difference::Foreign { vehicle })),
        }
    }

    fn differing_own(
        &self,
        vehicle: ListedVehicle,
        reference: &Reference,
    ) -> Result<Option<Difference>, StoreError> {
        let number = i64::try_from(reference.number).unwrap_or(i64::MAX);
        let sql = "SELECT body FROM visits WHERE number = ?1";
        let Some(visit) = one_visit(self.connection(), sql, [number])? else {
            return Ok(Some(Difference::Lost { vehicle }));
        };
        // After a restored backup the number may have been given again.
        if !names(&vehicle, &visit) {
            return Ok(Some(Difference::Lost { vehicle }));
        }
        let is_its_own = visit.entry.id == Some(vehicle.entry);
        let is_being_told = |moment: &Moment| {
            matches!(moment.state, MessageState::Queued | MessageState::Sending | MessageState::Unknown)
        };
        if is_its_own || visit.entry.create.as_ref().is_some_and(is_being_told) {
            return Ok(None);
        }
        // A create told again as a new message leaves the entry of the old one behind.
        Ok(Some(match visit.entry.id {
            Some(_) => Difference::Doubled { vehicle, visit: visit.id },
            None => Difference::Foreign { vehicle },
        }))
    }

    /// Made before this terminal was at work: nobody asks it about that.
    fn is_before_us(&self, vehicle: &ListedVehicle) -> Result<bool, StoreError> {
        let Some(created) = vehicle.created else { return Ok(false) };
        Ok(self.first_instant()?.is_some_and(|first| created < first))
    }

    fn first_instant(&self) -> Result<Option<Stamp>, StoreError> {
        let at: Option<String> = self
            .connection()
            .prepare_cached("SELECT at FROM events WHERE terminal_id = ?1 ORDER BY seq LIMIT 1")?
            .query_row([self.terminal().to_string()], |row| row.get(0))
            .optional()?;
        at.map(|at| serde_json::from_value(at.into()).map_err(|e| StoreError::Body("instant", e))).transpose()
    }

    fn visit_of(&self, entry: i64) -> Result<Option<Visit>, StoreError> {
        one_visit(self.connection(), "SELECT body FROM visits WHERE entry_id = ?1", [entry])
    }

    fn knows(&self, id: &DifferenceId) -> Result<bool, StoreError> {
        let mut statement = self.connection().prepare_cached("SELECT 1 FROM differences WHERE id = ?1")?;
        Ok(statement.exists([id.as_str()])?)
    }
}

/// The entry is of the visit's vehicle, in whichever letters it stands there.
fn names(vehicle: &ListedVehicle, visit: &Visit) -> bool {
    let listed = Plate::parse(&PlateEntry::Greek, vehicle.plate.as_str());
    let own = Plate::parse(&PlateEntry::Greek, &visit.plate.text);
    listed.ok().map(|plate| plate.text) == own.ok().map(|plate| plate.text)
}

/// This terminal told nothing of the kind.
fn is_untold(moment: Option<&Moment>) -> bool {
    moment.is_none_or(|moment| moment.state == MessageState::Withdrawn)
}

fn one_visit(conn: &Connection, sql: &str, params: impl Params) -> Result<Option<Visit>, StoreError> {
    let body: Option<String> = conn.prepare_cached(sql)?.query_row(params, |row| row.get(0)).optional()?;
    body.map(|body| read("visit", &body)).transpose()
}
