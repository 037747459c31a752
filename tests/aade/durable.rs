//! The simulator's file: what it said yes to is there again, also after `kill -9`.

use super::{accepted, answer, cancel, completion, correlate_xml, id, post, wash};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use tameio::aade::message::Operation;
use tameio::aade::reply::Answer;
use tameio::aade::simulator::store::StoreError;
use tameio::aade::simulator::{Options, Simulator};

/// Tells the child of the kill test where its file is.
const CHILD: &str = "TAMEIO_TEST_SIMULATOR_FILE";

#[test]
fn a_file_holds_everything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("aade.sqlite");
    let mut first = Simulator::open(Options::default(), &path).unwrap();
    let entry = accepted(&mut first, Operation::Send, &wash("#7K3Q-000001"));
    accepted(&mut first, Operation::Update, &completion(entry));
    let mark = post(Operation::Correlate, &correlate_xml("<mark>400001960000777</mark>", &[entry]));
    accepted(&mut first, Operation::Correlate, &mark);
    let other = accepted(&mut first, Operation::Send, &wash("#7K3Q-000002"));
    accepted(&mut first, Operation::Cancel, &cancel(other));
    let (entries, records) =
        (first.entries().cloned().collect::<Vec<_>>(), first.records().cloned().collect::<Vec<_>>());
    drop(first);
    let mut again = Simulator::open(Options::default(), &path).unwrap();
    assert_eq!(again.entries().cloned().collect::<Vec<_>>(), entries);
    assert_eq!(again.records().cloned().collect::<Vec<_>>(), records);
    assert_eq!(accepted(&mut again, Operation::Send, &wash("#7K3Q-000003")), id(6), "the series goes on");
}

#[test]
fn another_programs_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.sqlite");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE visit (id INTEGER)").unwrap();
    drop(other);
    assert!(matches!(Simulator::open(Options::default(), &path), Err(StoreError::Foreign)));
    std::fs::write(folder.path().join("text"), "not a database at all, but long enough to look at").unwrap();
    assert!(Simulator::open(Options::default(), &folder.path().join("text")).is_err());
}

/// Not a test of its own: the process that is killed. It says each accepted id once it has the answer.
#[test]
fn child_that_is_killed() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let mut simulator = Simulator::open(Options::default(), path.as_ref()).unwrap();
    for n in 0..100_000 {
        if let Answer::Accepted { id } =
            answer(&mut simulator, Operation::Send, &wash(&format!("#7K3Q-{n:06}")))
        {
            println!("accepted {id}");
        }
    }
}

#[test]
fn kill_9_loses_nothing_that_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("aade.sqlite");
    let mut answered = BTreeSet::new();
    for round in 1..=10 {
        answered.extend(run_and_kill(&path, round * 3));
        let again = Simulator::open(Options::default(), &path).unwrap();
        let held: BTreeSet<i64> = again.entries().map(|entry| entry.id).collect();
        assert!(
            held.is_superset(&answered),
            "round {round}: {} answered, {} held",
            answered.len(),
            held.len()
        );
    }
    assert!(answered.len() >= 10 * 3);
}

/// Runs the child until it said `count` ids, kills it, and returns all it said.
fn run_and_kill(path: &std::path::Path, count: usize) -> BTreeSet<i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["aade::durable::child_that_is_killed", "--exact", "--nocapture"])
        .env(CHILD, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    // The test harness writes its own words before the first of ours, on the same line.
    let mut ids = lines.filter_map(|line| line.split_once("accepted ")?.1.parse::<i64>().ok());
    let mut said: BTreeSet<i64> = ids.by_ref().take(count).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    said.extend(ids);
    said
}
