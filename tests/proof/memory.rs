//! However much waits, the terminal holds no more of it in memory. The resident set is measured in a process of its own,
//! at several lengths of the queue and while it drains; the registry there says yes and forgets.
//!
//! `PROOF_VISITS` says how many visits wait at last.

use super::shop;
use super::size;
use super::world::{Weather, World};
use std::process::Command;
use tameio::aade::simulator::Options;
use tameio::config::Config;
use tameio::domain::settings::Trade;

/// Tells the child that it is one.
const CHILD: &str = "TAMEIO_PROOF_MEMORY";
/// What the resident set may grow by between a short queue and the longest: SQLite's page cache is most of it.
const GROWTH_MAX_KIB: u64 = 16 * 1_024;
/// Points of each half at which it is measured.
const POINTS: usize = 4;

#[test]
fn what_waits_does_not_fill_the_memory() {
    let child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "proof::memory::the_resident_set_at_several_points", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .expect("it starts");
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success(), "{said}{}", String::from_utf8_lossy(&child.stderr));
    let points: Vec<(&str, u64)> = said
        .lines()
        .filter_map(|line| line.strip_prefix("resident: ")?.split_once(' '))
        .map(|(kib, when)| (when, kib.parse().expect("a number")))
        .collect();
    println!("resident set in KiB: {points:?}");
    assert_eq!(points.len(), 2 * POINTS, "{said}");
    let (first, most) = (points[0].1, points.iter().map(|(_, kib)| *kib).max().expect("there are points"));
    assert!(most - first <= GROWTH_MAX_KIB, "from {first} KiB to {most} KiB: {points:?}");
}

/// The child's part.
#[test]
fn the_resident_set_at_several_points() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let visits = usize::try_from(size("PROOF_VISITS", 400)).expect("a small number");
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let mut world = World::new(settings, Options::default(), Weather::default(), 5, "2026-03-01T06:00:00Z");
    world.forget();
    world.plan_network(false, 0);
    shop::pass(&mut world, 1);
    let step = visits / POINTS;
    for point in 0..POINTS {
        shop::quiet(&mut world, point * step, step, 50_000, |world, _| {
            world.heard.clear();
            world.tidy();
        });
        tell(&format!("{} visits wait", (point + 1) * step));
    }
    world.plan_network(true, 0);
    let all = world.terminal().state().outbox.queued;
    for point in 1..=POINTS {
        let left = all - all * u64::try_from(point).expect("small") / u64::try_from(POINTS).expect("small");
        while world.terminal().state().outbox.queued > left {
            shop::pass(&mut world, 60_000);
            world.heard.clear();
            world.tidy();
        }
        tell(&format!("{left} messages are left"));
    }
}

/// Says how much memory this process holds.
fn tell(when: &str) {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("the resident set");
    println!("resident: {} {when}", line.trim().trim_end_matches(" kB"));
}
