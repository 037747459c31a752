//! A reply lost, a crash or an error at every step, with a chance of up to 30 % each: nothing lost, nothing doubled,
//! nothing out of order, and what nobody knew is found out without a person.
//!
//! `PROOF_MESSAGES` says how many messages in all, `PROOF_THREADS` on how many threads, `PROOF_FROM` the seed of the first
//! world; `PROOF_SEED` plays one world again.

use super::ledger::{self, Audit};
use super::shop;
use super::size;
use super::world::{Weather, World};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use tameio::aade::simulator::{Fault, FaultRule, FaultScript, Kind, Options};
use tameio::app::input::{Input, RegistryInput};
use tameio::config::Config;
use tameio::domain::ids::{IdSource, MessageId};
use tameio::domain::settings::Trade;

/// Highest chance of anything going wrong at one step, in thousandths.
const CHANCE_MAX: u64 = 300;
/// Longest the outbox may take to become empty after the last customer, in simulated time.
const DRAIN_MAX_MS: i64 = 10 * 24 * 3_600_000;
/// Messages between two words to a person who waits.
const TOLD_EVERY: u64 = 10_000;
/// Of a thousand messages nobody knew about, so many must be resolved without a person.
const RESOLVED_MIN: u64 = 990;

/// Says how to play a world again that did not end well.
struct Replay(u64);

impl Drop for Replay {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let command = "cargo test --release --no-default-features --test tameio proof::storm";
            eprintln!("seed {0} failed; play it again with: PROOF_SEED={0} {command}", self.0);
        }
    }
}

/// What goes wrong in the world of a seed: mostly a little, now and then everything.
fn weather(chance: &mut IdSource) -> Weather {
    let mut up_to_the_worst = || chance.up_to(CHANCE_MAX).min(chance.up_to(CHANCE_MAX));
    let (line, crash, registry) = (up_to_the_worst(), up_to_the_worst() / 2, up_to_the_worst());
    let worst = chance.up_to(19) == 0;
    let (line, crash, registry) =
        if worst { (CHANCE_MAX, CHANCE_MAX, CHANCE_MAX) } else { (line, crash, registry) };
    let clock = if chance.up_to(7) == 0 { 5 } else { 0 };
    Weather { line, crash, clock, slow_ms: 0, registry: script(registry, chance) }
}

/// The registry's own faults, together so likely.
fn script(thousandths: u64, chance: &mut IdSource) -> FaultScript {
    let both = [true, false];
    let broken = [
        Kind::Lose,
        Kind::Status { status: 500 },
        Kind::Status { status: 503 },
        Kind::Technical,
        Kind::CutXml,
        Kind::Garbage,
        Kind::Html,
        Kind::Json,
        Kind::Empty,
    ];
    let mut faults: Vec<Fault> =
        broken.into_iter().flat_map(|kind| both.map(|stored| Fault::new(kind, stored))).collect();
    faults.extend([Kind::Throttle, Kind::Refuse, Kind::Unauthorized].map(|kind| Fault::new(kind, false)));
    // Some answers take longer than anybody waits for them.
    faults.extend([2_000, 40_000].map(|delay_ms| Fault { kind: Kind::Slow, stored: true, delay_ms }));
    let in_all = f64::from(u32::try_from(thousandths).expect("a small number")) / 1_000.0;
    let each = in_all / f64::from(u32::try_from(faults.len()).expect("a small number"));
    let mut rules: Vec<FaultRule> =
        faults.into_iter().map(|fault| FaultRule::sometimes(each, fault)).collect();
    if chance.up_to(3) == 0 {
        // Refused without a reason of ours: a person tells it again.
        rules.push(FaultRule::sometimes(each / 4.0, Fault::new(Kind::BadRequest, false)));
    }
    let page_size = [2, 10, 50, 100][usize::try_from(chance.up_to(3)).expect("a small number")];
    FaultScript { seed: chance.bits(), rules, page_size: Some(page_size), ..FaultScript::default() }
}

/// A day at one shop, and its audit.
fn world(seed: u64) -> Audit {
    let replay = Replay(seed);
    let mut chance = IdSource::new(0, seed);
    let weather = weather(&mut chance);
    if std::env::var_os("PROOF_SEED").is_some() {
        println!("{weather:?}");
    }
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    // Crashes are dear, so that a world full of them is small.
    let customers = if weather.crash > 100 { 15 } else { 30 + chance.up_to(60) };
    // Any day of the year; now and then a night when clocks change.
    let start =
        ["2026-03-14T06:00:00Z", "2026-03-28T20:00:00Z", "2026-10-24T20:00:00Z", "2026-07-14T05:00:00Z"];
    let start = start[usize::try_from(chance.up_to(3)).expect("a small number")];
    let mut world = World::new(settings, Options::default(), weather, chance.bits(), start);
    plan_outages(&mut world, &mut chance);
    let gap = [1_000, 60_000, 600_000][usize::try_from(chance.up_to(2)).expect("a small number")];
    let customers = shop::day(&mut world, usize::try_from(customers).expect("a small number"), gap);
    drain(&mut world);
    let audit = ledger::audit(&world, &customers);
    drop(replay);
    audit
}

/// Half of the worlds lose the network for minutes or hours, up to three times.
fn plan_outages(world: &mut World, chance: &mut IdSource) {
    let mut at = 0;
    for _ in 0..chance.up_to(3) {
        at += ms(chance.up_to(3 * 3_600_000));
        world.plan_network(false, at);
        at += ms(chance.up_to(3 * 3_600_000));
        world.plan_network(true, at);
    }
}

/// Lets time pass until the terminal has told everything; somebody looks at what was refused.
fn drain(world: &mut World) {
    let until = world.now_ms() + DRAIN_MAX_MS;
    loop {
        let next = world.now_ms() + 10 * 60_000;
        assert!(next < until, "the outbox does not become empty: {:?}", world.terminal().state());
        let person = world.next(next);
        assert_eq!(person, None, "everybody has gone");
        world.look_after();
        for message in refused(world) {
            world.act(Input::Registry(RegistryInput::TellAgain { message }));
        }
        if waiting(world) == 0 {
            return;
        }
    }
}

fn refused(world: &World) -> Vec<MessageId> {
    let conn = world.terminal().store().connection();
    let mut statement =
        conn.prepare_cached("SELECT id FROM messages WHERE state = 'rejected'").expect("ours");
    let rows = statement.query_map([], |row| row.get(0).map(MessageId)).expect("it can be read");
    rows.map(|id| id.expect("an id")).collect()
}

/// Messages that are not where they end.
fn waiting(world: &World) -> i64 {
    let sql = "SELECT count(*) FROM messages WHERE state NOT IN ('confirmed', 'withdrawn')";
    world.terminal().store().connection().query_row(sql, [], |row| row.get(0)).expect("it can be read")
}

#[test]
fn nothing_is_lost_doubled_or_out_of_order() {
    if let Ok(seed) = std::env::var("PROOF_SEED") {
        println!("{:?}", world(seed.parse().expect("PROOF_SEED is a number")));
        return;
    }
    let wanted = size("PROOF_MESSAGES", 600);
    let from = size("PROOF_FROM", 1);
    let (next, sum) = (AtomicU64::new(from), Mutex::new(Audit::default()));
    std::thread::scope(|scope| {
        for _ in 0..size("PROOF_THREADS", 1) {
            scope.spawn(|| {
                while sum.lock().expect("nobody failed").messages < wanted {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    let audit = world(seed);
                    let mut sum = sum.lock().expect("nobody failed");
                    let said = sum.messages / TOLD_EVERY;
                    sum.add(audit);
                    if sum.messages / TOLD_EVERY > said {
                        println!("up to seed {seed}: {sum:?}");
                    }
                }
            });
        }
    });
    let (worlds, sum) = (next.into_inner() - from, sum.into_inner().expect("nobody failed"));
    println!("{worlds} worlds: {sum:?}");
    assert!(sum.unknown > wanted / 100, "nothing went wrong: {sum:?}");
    assert!(sum.crashes > worlds, "nothing died: {sum:?}");
    assert!(sum.resolved * 1_000 >= sum.unknown * RESOLVED_MIN, "{sum:?}");
}

fn ms(number: u64) -> i64 {
    i64::try_from(number).expect("a small number")
}
