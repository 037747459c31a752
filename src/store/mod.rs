//! The database: one file, one writer, one process.
//!
//! | file | what it holds |
//! |---|---|
//! | `schema.sql` | the tables |
//! | [`journal`] | the hash chain: appending and checking it |
//! | [`fold`] | events → tables |
//! | [`query`] | what the loop loads at start, and what lists and searches read |
//! | [`outbox`] | which messages are due |
//! | `compare` | what the registry lists, against the tables |
//! | [`archive`] | what every try said and heard, packed and forgotten in time |
//! | [`photos`] | photographs: their files, and whose they are |
//! | [`reminders`] | the vehicles that should come again |
//! | [`merchants`] | what the customers of shops did not pay |
//! | `plates` | the index of plates, brought up to date when nobody waits |
//! | [`near`] | vehicles that came before and are called almost the same as one a camera has read |
//! | [`verify`] | folding everything again and comparing |
//! | [`guard`] | the lock that keeps a second process out, and the ballast for a full disk |

pub mod accounts;
pub mod archive;
mod compare;
pub mod fold;
pub mod guard;
pub mod journal;
pub mod merchants;
pub mod near;
pub mod outbox;
pub mod past;
pub mod photos;
mod plates;
pub mod query;
pub mod reminders;
pub mod verify;

use crate::domain::day::Seal;
use crate::domain::event::Event;
use crate::domain::ids::{MessageId, TerminalId};
use crate::domain::time::Stamp;
use fold::Folding;
use guard::Lock;
use journal::Head;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, ffi};
use std::path::{Path, PathBuf};

/// Version of the tables this program writes.
pub const SCHEMA_VERSION: i64 = 1;

/// The oldest SQLite that is safe here: before it, two connections of one WAL database could corrupt it.
const SQLITE_VERSION_MIN: i32 = 3_051_003;

/// Links of the chain checked at every start.
const LINKS_CHECKED_AT_START: i64 = 5_000;

/// Each migration is one transaction; the first makes the tables.
const MIGRATIONS: [&str; 1] = [include_str!("schema.sql")];

/// What can go wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder cannot be made or used.
    #[error("the data folder {0} cannot be used: check that it exists and that this user may write there")]
    Folder(PathBuf, #[source] std::io::Error),
    /// Nothing was ever kept there.
    #[error(
        "there is no database in {0}: run the terminal once, or say where its data is with --data or --config"
    )]
    NoDatabase(PathBuf),
    /// Another process has it.
    #[error("{0} is in use by another Tameio: close that one first, or choose another data folder")]
    InUse(PathBuf),
    /// A newer program wrote it.
    #[error(
        "this database was written by a newer Tameio (tables {found}, this program knows {known}): update the program"
    )]
    Newer {
        /// Version found.
        found: i64,
        /// Version known.
        known: i64,
    },
    /// It belongs to another terminal.
    #[error(
        "this database belongs to terminal {found}, the configuration says {configured}: choose the right data folder"
    )]
    OtherTerminal {
        /// Name in the database.
        found: String,
        /// Name configured.
        configured: String,
    },
    /// The file is not a database, or is damaged.
    #[error("{0} is not a Tameio database or is damaged: restore the last verified backup")]
    NotADatabase(PathBuf),
    /// The chain is broken.
    #[error(
        "the journal is broken at event {0}: somebody or something changed it; keep the file and restore the last verified backup"
    )]
    BrokenChain(i64),
    /// The linked SQLite is too old.
    #[error("this build uses SQLite {0}, which can damage a database: use the one that is built in")]
    OldSqlite(String),
    /// The disk is full; nothing was written.
    #[error("the disk is full: nothing was written; free some space")]
    DiskFull,
    /// The disk cannot be written.
    #[error("the disk cannot be written: check whether it is mounted read-only")]
    ReadOnly,
    /// The disk failed while writing: nobody knows what is on it until it is read again.
    #[error("the disk failed while writing: the program starts again and reads what is there")]
    Unknown(#[source] rusqlite::Error),
    /// A stored body cannot be read.
    #[error("a stored {0} cannot be read: restore the last verified backup")]
    Body(&'static str, #[source] serde_json::Error),
    /// Anything else SQLite says.
    #[error("the database refused a statement")]
    Sqlite(#[from] rusqlite::Error),
}

/// The writing side. It lives on one thread; nothing else writes.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    terminal: TerminalId,
    head: Head,
    path: PathBuf,
    since_checkpoint: u64,
    replies: Vec<(MessageId, u32, String)>,
    // Declared last: the lock goes after the connection is closed.
    _lock: Lock,
}

impl Store {
    /// Opens the database in `folder`, making or migrating it, and checks the end of the chain.
    ///
    /// # Errors
    /// A sentence each for a folder that cannot be used, a second process, a newer database, a foreign file, a broken
    /// chain.
    pub fn open(folder: &Path, terminal: &TerminalId) -> Result<Self, StoreError> {
        if rusqlite::version_number() < SQLITE_VERSION_MIN {
            return Err(StoreError::OldSqlite(rusqlite::version().to_owned()));
        }
        std::fs::create_dir_all(folder).map_err(|e| StoreError::Folder(folder.to_owned(), e))?;
        let lock = Lock::take(folder)?;
        let path = folder.join(DATABASE);
        let mut conn = Connection::open(&path).map_err(|e| Self::opening(e, &path))?;
        prepare(&conn).map_err(|e| Self::opening(e, &path))?;
        let head = Self::enter(&mut conn, terminal, &path).map_err(|e| Self::entering(e, &path))?;
        Ok(Self {
            conn,
            terminal: terminal.clone(),
            head,
            path,
            since_checkpoint: 0,
            replies: Vec::new(),
            _lock: lock,
        })
    }

    /// Makes or migrates the tables, and checks whose they are and how the chain ends.
    fn enter(conn: &mut Connection, terminal: &TerminalId, path: &Path) -> Result<Head, StoreError> {
        migrate(conn, path)?;
        claim(conn, terminal)?;
        let head = Head::read(conn, terminal)?;
        journal::check(conn, terminal, head.seq - LINKS_CHECKED_AT_START)?;
        Ok(head)
    }

    /// One transaction: the events, their tables, the bytes of the tries they begin. Synced when it returns.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] and [`StoreError::ReadOnly`] mean that nothing was written; [`StoreError::Unknown`]
    /// that nobody knows, and the database must be opened again.
    pub fn commit(
        &mut self,
        at: Stamp,
        events: &[Event],
        requests: &[(MessageId, u32, &str)],
    ) -> Result<(), StoreError> {
        if events.is_empty() && requests.is_empty() {
            return Ok(());
        }
        let head = self.write(at, events, requests).map_err(committing)?;
        self.head = head;
        self.replies.clear();
        self.since_checkpoint += 1;
        Ok(())
    }

    fn write(
        &mut self,
        at: Stamp,
        events: &[Event],
        requests: &[(MessageId, u32, &str)],
    ) -> Result<Head, StoreError> {
        let mut head = self.head;
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut folding = Folding::new(&transaction);
        for event in events {
            head = journal::append(&transaction, &self.terminal, head, at, event)?;
            folding.apply(head.seq, at, event)?;
        }
        folding.finish()?;
        for (message, n, text) in requests {
            archive::keep_request(&transaction, *message, *n, at, text)?;
        }
        for (message, n, reply) in &self.replies {
            archive::keep_reply(&transaction, *message, *n, reply)?;
        }
        transaction.commit()?;
        Ok(head)
    }

    /// The connection, for the questions of [`query`].
    pub const fn connection(&self) -> &Connection {
        &self.conn
    }

    /// The terminal this database belongs to.
    pub const fn terminal(&self) -> &TerminalId {
        &self.terminal
    }

    /// Number of the last event.
    pub const fn last_seq(&self) -> i64 {
        self.head.seq
    }

    /// The end of the journal, for whoever must be able to tell later that nothing before it was changed.
    pub fn seal(&self) -> Seal {
        let hash = self.head.hash.iter().map(|byte| format!("{byte:02x}")).collect();
        Seal { seq: self.head.seq, hash }
    }

    /// Where the database is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Moves the write-ahead log into the database; says how large the log still is, in pages. Called when the loop is
    /// idle: SQLite does not do it by itself here, so that a failing disk is seen.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn checkpoint(&mut self) -> Result<i64, StoreError> {
        self.since_checkpoint = 0;
        let left = self.conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| {
            Ok(row.get::<_, i64>(1)? - row.get::<_, i64>(2)?)
        });
        left.map_err(|e| committing(e.into()))
    }

    /// Commits whose pages are still in the log alone.
    pub const fn commits_since_checkpoint(&self) -> u64 {
        self.since_checkpoint
    }

    /// Keeps the reply of a try beside its request, in the transaction of the next commit: that is the one that says what
    /// the reply meant. A reply lost with the power is no loss; its try is then unknown and asked about.
    pub fn keep_reply(&mut self, message: MessageId, n: u32, reply: String) {
        self.replies.push((message, n, reply));
    }

    /// What cannot even be entered is damaged, whichever table it was seen in.
    fn entering(error: StoreError, path: &Path) -> StoreError {
        match error {
            StoreError::Sqlite(error) | StoreError::Unknown(error) => Self::opening(error, path),
            other => other,
        }
    }

    fn opening(error: rusqlite::Error, path: &Path) -> StoreError {
        match error.sqlite_error_code() {
            Some(ffi::ErrorCode::NotADatabase | ffi::ErrorCode::DatabaseCorrupt) => {
                StoreError::NotADatabase(path.to_owned())
            }
            Some(ffi::ErrorCode::CannotOpen | ffi::ErrorCode::ReadOnly) => StoreError::ReadOnly,
            Some(ffi::ErrorCode::DiskFull) => StoreError::DiskFull,
            _ => StoreError::Sqlite(error),
        }
    }
}

/// What an error of a commit means for what is on the disk.
fn committing(error: StoreError) -> StoreError {
    let StoreError::Sqlite(source) = error else { return error };
    match source.sqlite_error_code() {
        Some(ffi::ErrorCode::DiskFull) => StoreError::DiskFull,
        Some(ffi::ErrorCode::ReadOnly | ffi::ErrorCode::CannotOpen) => StoreError::ReadOnly,
        Some(ffi::ErrorCode::SystemIoFailure | ffi::ErrorCode::DatabaseCorrupt) => {
            StoreError::Unknown(source)
        }
        _ => StoreError::Sqlite(source),
    }
}

fn prepare(conn: &Connection) -> Result<(), rusqlite::Error> {
    conn.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA mmap_size = 0;
         PRAGMA wal_autocheckpoint = 0;
         PRAGMA cache_size = -8000;
         PRAGMA temp_store = MEMORY;",
    )?;
    conn.set_prepared_statement_cache_capacity(64);
    plan_once(conn)
}

/// A statement is planned when it is prepared, and never again for the values it is given: without this, SQLite prepares
/// some of them anew for every commit, because a kept statement that is handed back counts as given other values.
fn plan_once(conn: &Connection) -> Result<(), rusqlite::Error> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(|_| ())
}

fn migrate(conn: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let found: i64 =
        conn.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(|e| Store::opening(e, path))?;
    if found > SCHEMA_VERSION {
        return Err(StoreError::Newer { found, known: SCHEMA_VERSION });
    }
    if found == 0 && has_tables(conn)? {
        // A database, but another program's: nothing is put into it.
        return Err(StoreError::NotADatabase(path.to_owned()));
    }
    for (version, sql) in (1..).zip(MIGRATIONS).filter(|(version, _)| *version > found) {
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit().map_err(|e| committing(e.into()))?;
    }
    Ok(())
}

fn has_tables(conn: &Connection) -> Result<bool, rusqlite::Error> {
    conn.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_master)", [], |row| row.get(0))
}

/// Writes the terminal's name into a new database, and refuses one of another terminal.
fn claim(conn: &Connection, terminal: &TerminalId) -> Result<(), StoreError> {
    conn.execute(
        "INSERT OR IGNORE INTO singles (name, body) VALUES ('terminal', ?1)",
        [terminal.to_string()],
    )
    .map_err(|e| committing(e.into()))?;
    check_owner(conn, terminal)
}

/// Whether what a reader sees is this terminal's: another's journal read by this one's name would look empty.
///
/// # Errors
/// [`StoreError::OtherTerminal`] with both names.
pub fn check_owner(conn: &Connection, terminal: &TerminalId) -> Result<(), StoreError> {
    let configured = terminal.to_string();
    let found: String =
        conn.query_row("SELECT body FROM singles WHERE name = 'terminal'", [], |row| row.get(0))?;
    if found == configured { Ok(()) } else { Err(StoreError::OtherTerminal { found, configured }) }
}

/// The file of the database in its folder.
pub const DATABASE: &str = "tameio.db";

/// A connection that only reads: for lists, searches and reports, so that they never delay a commit.
///
/// # Errors
/// When there is no database in `folder`.
pub fn open_reader(folder: &Path) -> Result<Connection, StoreError> {
    let path = folder.join(DATABASE);
    if !path.exists() {
        return Err(StoreError::NoDatabase(folder.to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(&path, flags).map_err(|e| Store::opening(e, &path))?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -4000;")
        .and_then(|()| plan_once(&conn))
        .map_err(|e| Store::opening(e, &path))?;
    Ok(conn)
}
