//! The journal: nobody changes yesterday without it showing.

use super::{Till, settings};
use rusqlite::{Connection, params};
use tameio::store::verify::{Verified, verify};

/// A day of a few visits, in a copy somebody may spoil.
fn day() -> (Till, Connection) {
    let mut till = Till::new();
    till.whole_visit("ΙΗΖ-4821");
    till.whole_visit("ΔΟΚ-44");
    till.open("ΟΤΜ-776");
    till.tidy();
    let copy = till.folder.path().join("copy.db");
    till.sql().execute("VACUUM INTO ?1", [copy.display().to_string()]).expect("a copy");
    let sql = Connection::open(copy).expect("the copy");
    assert_eq!(
        check(&sql, true),
        Verified { events: till.terminal.store().last_seq(), broken: None, differing: vec![] }
    );
    (till, sql)
}

fn check(sql: &Connection, deep: bool) -> Verified {
    verify(sql, &settings().terminal, deep).expect("it can be read")
}

/// What somebody with the file in hand would do first.
fn without_triggers(sql: &Connection) {
    let drop = "DROP TRIGGER events_are_never_changed; DROP TRIGGER events_are_never_removed";
    sql.execute_batch(drop).expect("they are there");
}

#[test]
fn the_database_itself_refuses_to_change_the_journal() {
    let (till, copy) = day();
    for sql in [till.sql(), &copy] {
        for statement in [
            "UPDATE events SET body = '{}' WHERE seq = 1",
            "UPDATE events SET seq = seq + 100",
            "DELETE FROM events WHERE seq = 1",
            "DELETE FROM events",
            "REPLACE INTO events SELECT terminal_id, seq, at, '{}', hash FROM events WHERE seq = 1",
        ] {
            let refused = sql.execute(statement, []).expect_err(statement).to_string();
            assert!(refused.contains("append-only"), "{statement}: {refused}");
        }
        assert!(check(sql, true).is_whole());
    }
}

#[test]
fn without_the_triggers_a_change_passes_and_the_chain_shows_it() {
    let (_till, sql) = day();
    without_triggers(&sql);
    sql.execute("UPDATE events SET at = replace(at, '10:02', '10:03') WHERE seq = 3", []).expect("it passes");
    assert_eq!(check(&sql, false).broken, Some(3));
}

/// Every byte of every event's instant, body and hash, flipped one after the other: found at its own number.
#[test]
fn one_flipped_byte_is_found_at_its_number() {
    let (till, sql) = day();
    without_triggers(&sql);
    let mut flipped = 0;
    for seq in 1..=till.terminal.store().last_seq() {
        for column in ["at", "body", "hash"] {
            flipped += flip_each_byte(&sql, seq, column);
        }
    }
    assert!(check(&sql, true).is_whole(), "everything was put back");
    assert!(flipped > 5_000, "{flipped} bytes were tried");
}

fn flip_each_byte(sql: &Connection, seq: i64, column: &str) -> usize {
    let kind = if column == "hash" { "BLOB" } else { "TEXT" };
    let whole: Vec<u8> = sql
        .query_row(&format!("SELECT CAST({column} AS BLOB) FROM events WHERE seq = ?1"), [seq], |row| {
            row.get(0)
        })
        .expect("a value");
    let put = format!("UPDATE events SET {column} = CAST(?1 AS {kind}) WHERE seq = ?2");
    for at in 0..whole.len() {
        let mut spoilt = whole.clone();
        spoilt[at] ^= 1 << (at % 8);
        sql.execute_batch("BEGIN").expect("to be undone");
        sql.execute(&put, params![spoilt, seq]).expect("it is changed");
        assert_eq!(check(sql, false).broken, Some(seq), "byte {at} of {column}");
        sql.execute_batch("ROLLBACK").expect("undone");
    }
    whole.len()
}

/// Numbers and names are in the hash too. A row that moved away shows where it is missed or where it turned up.
#[test]
fn a_row_that_was_moved_taken_or_added_is_found() {
    let (till, sql) = day();
    without_triggers(&sql);
    let last = till.terminal.store().last_seq();
    for statement in [
        "UPDATE events SET seq = 10000 WHERE seq = 4".to_owned(),
        format!("UPDATE events SET seq = {} WHERE seq = {last}", last + 1),
        "UPDATE events SET terminal_id = '7K3P' WHERE seq = 4".to_owned(),
        format!("UPDATE events SET terminal_id = '7K3P' WHERE seq = {last}"),
        format!("UPDATE events SET terminal_id = '' WHERE seq = {last}"),
        "DELETE FROM events WHERE seq = 1".to_owned(),
        "DELETE FROM events WHERE seq = 4".to_owned(),
        format!(
            "INSERT INTO events SELECT terminal_id, {}, at, body, hash FROM events WHERE seq = {last}",
            last + 1
        ),
        format!(
            "INSERT INTO events SELECT terminal_id, {}, at, body, hash FROM events WHERE seq = 1",
            last + 2
        ),
    ] {
        sql.execute_batch("BEGIN").expect("to be undone");
        sql.execute(&statement, []).expect(&statement);
        assert!(check(&sql, false).broken.is_some(), "{statement}");
        sql.execute_batch("ROLLBACK").expect("undone");
    }
}

/// The end cut off leaves a whole chain; the tables know better.
#[test]
fn a_journal_cut_short_differs_from_its_tables() {
    let (till, sql) = day();
    without_triggers(&sql);
    sql.execute("DELETE FROM events WHERE seq > ?1", [till.terminal.store().last_seq() - 3]).expect("cut");
    assert_eq!(check(&sql, false).broken, None);
    assert!(!check(&sql, true).is_whole());
}

#[test]
fn a_changed_table_differs_from_its_journal() {
    let (_till, sql) = day();
    for (statement, table) in [
        ("UPDATE visits SET body = replace(body, '\"small\"', '\"van\"')", "visits"),
        ("UPDATE visits SET plate_key = 'IHZ4822' WHERE plate_key = 'IHZ4821'", "visits"),
        ("UPDATE documents SET body = replace(body, '800', '700')", "documents"),
        ("DELETE FROM documents WHERE number = 1", "documents"),
        ("UPDATE messages SET state = 'confirmed' WHERE state = 'sending'", "messages"),
        ("UPDATE shifts SET stage = 'done'", "shifts"),
        ("UPDATE papers SET complete = 1 - complete", "papers"),
        ("UPDATE singles SET body = '99' WHERE name = 'numbered'", "singles"),
        ("UPDATE vehicles SET visits = visits + 1", "vehicles"),
        ("DELETE FROM plate_tails WHERE tail = '821'", "plate_tails"),
        ("INSERT INTO plate_tails (tail, plate_key) VALUES ('99', 'IHZ4821')", "plate_tails"),
        ("INSERT INTO plate_tails (tail, plate_key) VALUES ('99', 'IHZ4899')", "plate_tails"),
    ] {
        sql.execute_batch("BEGIN").expect("to be undone");
        let changed = sql.execute(statement, []).expect(statement);
        if table == "papers" && changed == 0 {
            sql.execute_batch("ROLLBACK").expect("undone");
            continue; // The simulated issuer has not answered: there is no paper yet.
        }
        assert!(changed > 0, "{statement}");
        assert_eq!(check(&sql, true).differing, [table], "{statement}");
        assert!(check(&sql, false).is_whole(), "the chain alone does not see it");
        sql.execute_batch("ROLLBACK").expect("undone");
    }
}
