//! How the registry is spared: never more than four requests in the air, waits that are random and grow to a cap, one probe
//! at a time once it does not answer, and silence where it refuses our credentials.

use super::shop;
use super::world::{Weather, World};
use crate::world::person;
use tameio::aade::simulator::{Fault, FaultRule, FaultScript, Kind, Options};
use tameio::app::input::{Input, OpenVisit, RegistryInput};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::settings::Trade;

const MINUTE: i64 = 60_000;

fn wash(seed: u64) -> World {
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    World::new(settings, Options::strict(), Weather::default(), seed, "2026-07-14T06:00:00Z")
}

fn comes(world: &mut World, number: usize) {
    let plate = format!("ΙΗΖ-{}", 1_000 + number * 10);
    world.act(Input::OpenVisit(OpenVisit::new(&plate, Size::Small, person("A"))));
}

fn faults(world: &World, kind: Option<Kind>) {
    let rules = kind.map(|kind| FaultRule::always(Fault::new(kind, false))).into_iter().collect();
    world.registry().with(|registry| registry.set_faults(FaultScript { rules, ..FaultScript::default() }));
}

/// Waits after each failure in a row, in milliseconds: of one probe after another while the network is away.
fn waits_after_failures(seed: u64, failures: usize) -> Vec<i64> {
    let mut world = wash(seed);
    world.plan_network(false, 0);
    shop::pass(&mut world, 1);
    comes(&mut world, 0);
    let mut waits = Vec::new();
    while waits.len() < failures {
        let before = world.terminal().state().live.failures;
        let next = world.next_event_ms().expect("it tries again");
        let wait = next - world.now_ms();
        shop::pass(&mut world, wait);
        let live = &world.terminal().state().live;
        if live.failures == before + 1 {
            let until = live.not_before.expect("a wait").utc.as_millisecond();
            waits.push(until - world.now_ms());
        }
    }
    waits
}

/// Full jitter: anything from nothing to base × 2ⁿ, and never beyond the cap.
#[test]
fn waits_are_random_and_grow_to_a_cap() {
    const FAILURES: usize = 14;
    let rules = Config::practice(Trade::Wash).expect("practice is good").settings.registry;
    let (base, cap) = (rules.backoff_base_ms, rules.backoff_cap_ms);
    let samples: Vec<Vec<i64>> = (1..=60).map(|seed| waits_after_failures(seed, FAILURES)).collect();
    for failure in 0..FAILURES {
        let most = i64::try_from(cap.min(base << failure)).expect("a few minutes");
        let mut waits: Vec<i64> = samples.iter().map(|waits| waits[failure]).collect();
        waits.sort_unstable();
        assert!(waits.iter().all(|wait| (0..=most).contains(wait)), "after {failure} failures: {waits:?}");
        let (low, middle, high) = (waits[3], waits[waits.len() / 2], waits[waits.len() - 4]);
        assert!(low < most / 4, "small ones too, up to {most}: {waits:?}");
        assert!((most / 4..most * 3 / 4).contains(&middle), "half of {most} in the middle: {waits:?}");
        assert!(high > most * 3 / 4, "and nearly {most}: {waits:?}");
    }
}

/// While the registry does not answer, one probe at a time; when it does, four at once.
#[test]
fn a_registry_that_does_not_answer_is_probed_by_one_request_at_a_time() {
    let mut world = wash(1);
    faults(&world, Some(Kind::Status { status: 503 }));
    for number in 0..20 {
        comes(&mut world, number);
        shop::pass(&mut world, MINUTE);
    }
    assert!(world.terminal().state().live.failures >= 5);
    world.in_air_most = 0;
    let before = world.requests;
    shop::pass(&mut world, 10 * 60 * MINUTE);
    assert_eq!(world.in_air_most, 1, "one probe at a time");
    let probes = world.requests - before;
    assert!(
        (100..600).contains(&probes),
        "{probes} in ten hours: waits of two and a half minutes in the middle"
    );
    faults(&world, None);
    shop::pass(&mut world, 60 * MINUTE);
    assert_eq!(world.in_air_most, 4);
    assert_eq!(world.terminal().state().outbox.unknown + world.terminal().state().outbox.queued, 0);
}

/// A refusal of the credentials stops sending until the longest wait is over, or a person says so. Nothing is lost.
#[test]
fn refused_credentials_stop_sending() {
    let mut world = wash(2);
    comes(&mut world, 0);
    shop::pass(&mut world, MINUTE);
    faults(&world, Some(Kind::Unauthorized));
    comes(&mut world, 1);
    shop::pass(&mut world, 1_000);
    assert!(world.terminal().state().link.unauthorized, "it is said");
    let before = world.requests;
    for number in 2..20 {
        shop::pass(&mut world, 10_000);
        comes(&mut world, number);
    }
    assert_eq!(world.requests - before, 0, "vehicles come, and nothing is sent");
    world.act(Input::Registry(RegistryInput::TryNow));
    shop::pass(&mut world, 1_000);
    assert_eq!(world.requests - before, 1, "a person may try, once");
    shop::pass(&mut world, 60 * MINUTE);
    assert!(world.requests - before <= 15, "every five minutes at most: {}", world.requests - before);
    faults(&world, None);
    shop::pass(&mut world, 60 * MINUTE);
    assert!(!world.terminal().state().link.unauthorized);
    let marks = world.registry().with(|registry| registry.live_by_mark());
    assert_eq!((marks.len(), marks.values().max()), (20, Some(&1)), "everybody is there once");
    let flagged = world
        .registry()
        .with(|registry| registry.entries().filter(|entry| entry.initial.has("transmissionFailure")).count());
    assert_eq!(flagged, 0, "refused credentials are no outage");
}
