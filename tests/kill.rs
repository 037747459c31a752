//! Pulling the plug on the process: a simulated day in a storm is killed at random points and begun again on the same
//! data, over and over. What comes out must be a clean day: nothing lost, nothing doubled, the drawer right.
//!
//! `PROOF_RUNS` says how many kills; 200 unless told.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Customers of one day: long enough for a dozen kills, short enough to end.
const VISITS: &str = "120";

fn kills_wanted() -> u32 {
    std::env::var("PROOF_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(200)
}

/// Every second day is one of every trade, and every second two hand their documents to a provider.
fn begin(folder: &Path, seed: u64) -> Child {
    let trade = if seed.is_multiple_of(2) { "wash" } else { "mixed" };
    let provider: &[&str] = match seed % 4 {
        2 => &["--provider", "xml"],
        3 => &["--provider", "json"],
        _ => &[],
    };
    Command::new(env!("CARGO_BIN_EXE_tameio"))
        .args(["simulate", "--visits", VISITS, "--faults", "storm", "--json", "--seed", &seed.to_string()])
        .args(["--trade", trade])
        .args(provider)
        .arg("--out")
        .arg(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// Waits for the process, at most so long; says whether it ended by itself.
#[allow(clippy::disallowed_methods)]
fn ended_within(child: &mut Child, time: Duration) -> bool {
    let deadline = Instant::now() + time;
    while Instant::now() < deadline {
        if child.try_wait().expect("the process can be waited for").is_some() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    false
}

/// A day that is killed after random times until it gets to its end; the number of kills and the summary.
fn killed_day(folder: &Path, seed: u64, kills_max: u32, chance: &mut u64) -> (u32, serde_json::Value) {
    let mut kills = 0;
    loop {
        let mut child = begin(folder, seed);
        *chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let time = if kills < kills_max { 15 + (*chance >> 33) % 400 } else { 600_000 };
        if !ended_within(&mut child, Duration::from_millis(time)) {
            child.kill().expect("the process can be killed");
            child.wait().expect("and is gone");
            kills += 1;
            continue;
        }
        let output = child.wait_with_output().expect("its output can be read");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        let summary = serde_json::from_str(text.trim()).unwrap_or_else(|_| panic!("no summary: {text}{why}"));
        assert!(
            output.status.success(),
            "seed {seed}, {kills} kills: {summary}\nkept in {}",
            folder.display()
        );
        return (kills, summary);
    }
}

#[test]
fn a_day_survives_being_killed_over_and_over() {
    let wanted = kills_wanted();
    let (mut kills, mut seed, mut chance) = (0, 1, 42);
    while kills < wanted {
        let folder = tempfile::tempdir().expect("a folder").keep();
        let (more, summary) = killed_day(&folder, seed, wanted - kills, &mut chance);
        for (figure, value) in [
            ("entries_missing", 0),
            ("entries_duplicate", 0),
            ("entries_wrong_state", 0),
            ("undone", 0),
            ("resent_blind", 0),
            ("issued_missing", 0),
            ("issued_duplicate", 0),
            ("rejected", 0),
            ("unknown", 0),
            ("papers_duplicate", 0),
        ] {
            assert_eq!(summary[figure], value, "seed {seed}: {summary}\nkept in {}", folder.display());
        }
        assert_eq!(summary["journal"], "ok", "seed {seed}");
        assert_eq!(summary["drawer_expected_cents"], summary["drawer_counted_cents"], "seed {seed}");
        let figure = |name: &str| summary[name].as_u64().unwrap_or_default();
        assert_eq!(
            figure("papers"),
            figure("documents") + figure("packs_sold") + figure("pack_uses"),
            "seed {seed}: a paper for each document, pack and wash of a pack"
        );
        std::fs::remove_dir_all(&folder).expect("the folder can go");
        kills += more;
        seed += 1;
    }
    println!("{kills} kills over {} days", seed - 1);
}

#[test]
fn the_same_seed_gives_the_same_day() {
    let day = |seed| {
        let folder = tempfile::tempdir().expect("a folder");
        let (_, mut summary) = killed_day(folder.path(), seed, 0, &mut 1);
        summary.as_object_mut().expect("an object").remove("wall_ms");
        summary
    };
    assert_eq!(day(7), day(7));
    assert_eq!(day(8), day(8));
    assert_ne!(day(7)["gross_cents"], day(9)["gross_cents"]);
}
