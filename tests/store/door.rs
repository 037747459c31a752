//! Opening: one process, one terminal, a database of ours that this program knows; everything else gets a sentence.

use super::{Till, settings};
use crate::folder::Folder;
use rusqlite::{Connection, StatementStatus};
use std::path::Path;
use std::thread;
use tameio::domain::ids::TerminalId;
use tameio::store::{SCHEMA_VERSION, Store, StoreError, open_reader};

fn name() -> TerminalId {
    settings().terminal
}

fn database(folder: &Path) -> std::path::PathBuf {
    folder.join("tameio.db")
}

/// Why a folder is refused, and that the sentence says something.
fn refused(folder: &Path) -> StoreError {
    let error = Store::open(folder, &name()).expect_err("it is refused");
    assert!(error.to_string().len() > 30, "a sentence, not {error}");
    error
}

#[test]
fn a_folder_is_made_with_what_is_missing_above_it() {
    let folder = Folder::new();
    let deep = folder.path().join("a").join("b");
    assert_eq!(Store::open(&deep, &name()).expect("it is made").last_seq(), 0);
    assert!(database(&deep).exists());
}

#[test]
fn a_second_one_is_refused_by_name_until_the_first_is_gone() {
    let folder = Folder::new();
    let path = folder.path().to_owned();
    let first = Store::open(&path, &name()).expect("the first");
    let second =
        thread::spawn(move || Store::open(&path, &name()).map(|_| ())).join().expect("it does not panic");
    let refused = second.expect_err("the second is refused");
    assert!(matches!(&refused, StoreError::InUse(at) if at == folder.path()), "{refused:?}");
    assert!(refused.to_string().contains(&folder.path().display().to_string()));
    open_reader(folder.path()).expect("reading beside it is free");
    drop(first);
    Store::open(folder.path(), &name()).expect("now it is free");
}

/// Planning a statement costs as much as running it, and a commit runs a dozen.
#[test]
fn a_statement_that_is_kept_is_planned_once_whatever_it_is_given() {
    let till = Till::new();
    let reader = open_reader(till.folder.path()).expect("a reader");
    for conn in [till.sql(), &reader] {
        let kept = || conn.prepare_cached("SELECT count(*) FROM visits WHERE state = ?1").expect("it is SQL");
        for given in ["open", "closed", "open"] {
            kept().query_row([given], |row| row.get::<_, i64>(0)).expect("it runs");
        }
        assert_eq!(kept().get_status(StatementStatus::RePrepare), 0);
    }
}

#[test]
fn a_reader_cannot_write() {
    let till = Till::new();
    let reader = open_reader(till.folder.path()).expect("a reader");
    for statement in ["DELETE FROM singles", "INSERT INTO singles VALUES ('x', 'y')", "DROP TABLE visits"] {
        assert!(reader.execute(statement, []).is_err(), "{statement}");
    }
    let nothing = till.folder.path().join("nothing");
    assert!(matches!(open_reader(&nothing), Err(StoreError::NoDatabase(at)) if at == nothing));
}

#[test]
fn a_newer_database_is_refused() {
    let till = Till::new();
    till.sql().pragma_update(None, "user_version", SCHEMA_VERSION + 1).expect("it is changed");
    let folder = till.folder;
    drop(till.terminal);
    let error = refused(folder.path());
    assert!(
        matches!(error, StoreError::Newer { found, known } if (found, known) == (SCHEMA_VERSION + 1, SCHEMA_VERSION))
    );
    assert!(error.to_string().contains("newer Tameio"));
}

#[test]
fn an_empty_file_becomes_a_database() {
    let folder = Folder::new();
    std::fs::write(database(folder.path()), b"").expect("it is written");
    let store = Store::open(folder.path(), &name()).expect("it is migrated");
    let version: i64 =
        store.connection().query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a version");
    assert_eq!(version, SCHEMA_VERSION);
}

#[test]
fn what_is_no_database_of_ours_is_refused_and_left_alone() {
    let other = "CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('μουσακάς')";
    let folder = Folder::new();
    Connection::open(database(folder.path()))
        .expect("a database")
        .execute_batch(other)
        .expect("of another program");
    assert!(matches!(refused(folder.path()), StoreError::NotADatabase(_)));
    let sql = Connection::open(database(folder.path())).expect("a database");
    assert_eq!(
        sql.query_row("SELECT name FROM recipes", [], |row| row.get::<_, String>(0)),
        Ok("μουσακάς".to_owned())
    );
}

#[test]
fn garbage_is_refused() {
    for garbage in [
        &b"PK\x03\x04 not a database at all, and long enough to be looked at"[..],
        &[0xFF; 8_192],
        b"SQLite format 3\0",
    ] {
        let folder = Folder::new();
        std::fs::write(database(folder.path()), garbage).expect("it is written");
        assert!(matches!(refused(folder.path()), StoreError::NotADatabase(_)));
        assert_eq!(
            std::fs::read(database(folder.path())).expect("it is still there"),
            garbage,
            "left as it was"
        );
    }
}

#[test]
fn a_database_cut_in_the_middle_is_refused() {
    let mut till = Till::new();
    for number in 1_000..1_020 {
        till.whole_visit(&format!("ΙΗΖ-{number}"));
    }
    till.tidy();
    let Till { terminal, folder, .. } = till;
    drop(terminal);
    let whole = std::fs::read(database(folder.path())).expect("a file");
    for keep in [whole.len() / 2, whole.len() / 4, 4_096, 100] {
        std::fs::write(database(folder.path()), &whole[..keep]).expect("cut");
        assert!(
            matches!(refused(folder.path()), StoreError::NotADatabase(_) | StoreError::BrokenChain(_)),
            "{keep} bytes"
        );
    }
    std::fs::write(database(folder.path()), &whole).expect("whole again");
    Store::open(folder.path(), &name()).expect("and good");
}

#[test]
fn another_terminals_database_is_refused() {
    let till = Till::new();
    let Till { terminal, folder, .. } = till;
    drop(terminal);
    let other = TerminalId::try_from("AB12".to_owned()).expect("a name");
    let error = Store::open(folder.path(), &other).expect_err("it is refused");
    assert!(
        matches!(&error, StoreError::OtherTerminal { found, configured } if found == "7K3Q" && configured == "AB12")
    );
    Store::open(folder.path(), &name()).expect("its own terminal may");
}

#[test]
fn a_file_where_the_folder_should_be_is_refused() {
    let folder = Folder::new();
    let path = folder.path().join("file");
    std::fs::write(&path, b"x").expect("it is written");
    assert!(matches!(refused(&path), StoreError::Folder(at, _) if at == path));
}

#[test]
fn a_broken_chain_is_refused_at_the_door() {
    let mut till = Till::new();
    till.whole_visit("ΙΗΖ-4821");
    let spoil = "DROP TRIGGER events_are_never_changed;
                 UPDATE events SET body = replace(body, '800', '100') WHERE body LIKE '%document_numbered%'";
    till.sql().execute_batch(spoil).expect("somebody changes it");
    let Till { terminal, folder, .. } = till;
    drop(terminal);
    assert!(matches!(refused(folder.path()), StoreError::BrokenChain(seq) if seq > 0));
}
