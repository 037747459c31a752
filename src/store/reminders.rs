//! The vehicles that should come again.

use super::StoreError;
use super::fold::read;
use super::query::seen;
use crate::domain::reminder::{DueVehicle, Odometer, Reminder, ReminderRules, Standing};
use crate::domain::visit::Visit;
use crate::domain::work::NextService;
use jiff::civil;
use rusqlite::{Connection, OptionalExtension};

/// The most vehicles a list shows: the most urgent ones.
pub const DUE_ROWS_MAX: usize = 500;

/// Those whose time has come or is near on a day, the most urgent first: due before near, then the earliest day.
///
/// # Errors
/// When the database cannot be read.
pub fn due(
    conn: &Connection,
    today: civil::Date,
    rules: ReminderRules,
) -> Result<Vec<DueVehicle>, StoreError> {
    let mut due = urgent(conn, today, rules)?;
    due.sort_by_key(|(key, _, reminder)| {
        (std::cmp::Reverse(reminder.standing), reminder.days_left, reminder.km_left, key.clone())
    });
    due.truncate(DUE_ROWS_MAX);
    let with_visit = |(key, next, reminder): (String, NextService, Reminder)| {
        Ok(last_visit(conn, &key)?.map(|visit| DueVehicle {
            plate: visit.plate,
            last: visit.arrived,
            next,
            reminder,
        }))
    };
    due.into_iter().filter_map(|row| with_visit(row).transpose()).collect()
}

fn urgent(
    conn: &Connection,
    today: civil::Date,
    rules: ReminderRules,
) -> Result<Vec<(String, NextService, Reminder)>, StoreError> {
    let sql = "SELECT plate_key, km, km_ms, next_service FROM vehicles WHERE next_service IS NOT NULL";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        let seen: Option<Odometer> = seen(row.get(1)?, row.get(2)?);
        Ok((row.get::<_, String>(0)?, seen, row.get::<_, String>(3)?))
    })?;
    let mut urgent = Vec::new();
    for row in rows {
        let (key, seen, body) = row?;
        let next: NextService = read("next service", &body)?;
        let reminder = next.reminder(today, seen, rules);
        if reminder.standing != Standing::NotYet {
            urgent.push((key, next, reminder));
        }
    }
    Ok(urgent)
}

fn last_visit(conn: &Connection, key: &str) -> Result<Option<Visit>, StoreError> {
    let sql = "SELECT body FROM visits WHERE plate_key = ?1 ORDER BY arrived_ms DESC, number DESC LIMIT 1";
    let body: Option<String> = conn.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?;
    body.map(|body| read("visit", &body)).transpose()
}
