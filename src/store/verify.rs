//! Folding everything again into an empty database and comparing: proof that the tables say what the journal says.

use super::fold::Folding;
use super::journal::{self, Entry};
use super::{MIGRATIONS, Store, StoreError, plates};
use crate::domain::ids::TerminalId;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The tables that are folds of the journal, with the order their rows are compared in.
const FOLDED: [(&str, &str); 19] = [
    ("singles", "name"),
    ("visits", "id"),
    ("orders", "id"),
    ("subscriptions", "number"),
    ("door", "seq"),
    ("listed", "plate_key"),
    ("merchants", "number"),
    ("validation_uses", "seq, nth"),
    ("vehicles", "plate_key"),
    ("documents", "id"),
    ("counterparties", "number"),
    ("deposits", "number"),
    ("packs", "number"),
    ("messages", "id"),
    ("differences", "id"),
    ("shifts", "id"),
    ("day_closes", "number"),
    ("papers", "id"),
    ("photos", "id"),
];

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Events checked.
    pub events: i64,
    /// First event whose link does not fit.
    pub broken: Option<i64>,
    /// Tables that do not say what the journal says; only looked for in a deep verification.
    pub differing: Vec<String>,
}

impl Verified {
    /// Nothing is wrong.
    pub const fn is_whole(&self) -> bool {
        self.broken.is_none() && self.differing.is_empty()
    }
}

impl Store {
    /// Checks every link; `deep` also folds everything again and compares.
    ///
    /// # Errors
    /// When the database cannot be read; what is found wrong is in the result.
    pub fn verify(&self, deep: bool) -> Result<Verified, StoreError> {
        verify(self.connection(), self.terminal(), deep)
    }
}

/// Checks the journal of `terminal`, and those of others beside it, in an open database.
///
/// # Errors
/// When the database cannot be read.
pub fn verify(conn: &Connection, terminal: &TerminalId, deep: bool) -> Result<Verified, StoreError> {
    match journal::check_all(conn, terminal) {
        Ok(events) if deep => Ok(Verified { events, broken: None, differing: differing(conn, terminal)? }),
        Ok(events) => Ok(Verified { events, broken: None, differing: Vec::new() }),
        Err(StoreError::BrokenChain(seq)) => {
            Ok(Verified { events: seq, broken: Some(seq), differing: Vec::new() })
        }
        Err(other) => Err(other),
    }
}

fn differing(conn: &Connection, terminal: &TerminalId) -> Result<Vec<String>, StoreError> {
    let again = Connection::open_in_memory()?;
    for migration in MIGRATIONS {
        again.execute_batch(migration)?;
    }
    super::claim(&again, terminal)?;
    let fold = |entry: &Entry| {
        let mut folding = Folding::new(&again);
        folding.apply(entry.seq, entry.stamp()?, &entry.event()?)?;
        folding.finish()
    };
    again.execute_batch("BEGIN")?;
    journal::each(conn, terminal, 0, fold)?;
    plates::index(&again, 0, plates::indexed(conn)?)?;
    again.execute_batch("COMMIT")?;
    let mut differing = Vec::new();
    for (table, order) in FOLDED {
        if digest(conn, table, order)? != digest(&again, table, order)? {
            differing.push(table.to_owned());
        }
    }
    if !plates::agree(conn, &again)? {
        differing.push("plate_tails".to_owned());
    }
    Ok(differing)
}

fn digest(conn: &Connection, table: &str, order: &str) -> Result<[u8; 32], StoreError> {
    let mut statement = conn.prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))?;
    let columns = statement.column_count();
    let mut hasher = Sha256::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            add(&mut hasher, row, column)?;
        }
    }
    Ok(hasher.finalize().into())
}

fn add(hasher: &mut Sha256, row: &Row<'_>, column: usize) -> Result<(), StoreError> {
    let (kind, bytes) = match row.get_ref(column)? {
        ValueRef::Null => (0u8, Vec::new()),
        ValueRef::Integer(number) => (1, number.to_be_bytes().to_vec()),
        ValueRef::Real(number) => (2, number.to_be_bytes().to_vec()),
        ValueRef::Text(text) => (3, text.to_vec()),
        ValueRef::Blob(blob) => (4, blob.to_vec()),
    };
    hasher.update([kind]);
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
    Ok(())
}
