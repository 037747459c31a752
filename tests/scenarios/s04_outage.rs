//! Six hours without internet: the lane goes on, and afterwards the registry has every vehicle once, with its true time.

use crate::world::{World, at, card};
use tameio::aade::simulator::state::EntryState;
use tameio::aade::simulator::{Call, Fault, FaultRule, FaultScript, Kind};
use tameio::app::input::{Input, RegistryInput};
use tameio::domain::catalogue::Size;
use tameio::domain::entry::MessageState;
use tameio::domain::ids::VisitId;

fn lose(stored: bool) -> FaultScript {
    let rule = FaultRule::nth(Call::SendClient, 1, Fault::new(Kind::Lose, stored));
    FaultScript { rules: vec![rule], ..FaultScript::default() }
}

fn always(call: Option<Call>, kind: Kind) -> FaultScript {
    let rule = FaultRule { call, ..FaultRule::always(Fault::new(kind, false)) };
    FaultScript { rules: vec![rule], ..FaultScript::default() }
}

/// Ten cars are washed, paid and gone, four stay; the first comes at 11:05:12, then one every 25 minutes.
fn six_hours(world: &mut World) -> Vec<VisitId> {
    let mut visits = Vec::new();
    for car in 0..14 {
        let seconds = 5 * 60 + 12 + car * 25 * 60;
        world.clock(&format!("{:02}:{:02}:{:02}", 11 + seconds / 3600, seconds / 60 % 60, seconds % 60));
        let visit = world.comes(&format!("ΝΚΟ-{}", 2000 + car * 10), Size::Small);
        visits.push(visit);
        if car < 10 {
            world.pass(60);
            world.takes(visit, "EXT");
            world.pass(600);
            world.pays(visit, &[card("8.00")]);
            world.pass(60);
            world.leaves(visit);
        }
    }
    visits
}

fn told(world: &World, visit: VisitId, field: &str) -> Option<String> {
    world.entry_of(visit).initial.get(field).map(str::to_owned)
}

#[test]
fn everything_is_registered_once_and_with_its_true_time() {
    let mut world = World::wash();
    world.clock("10:59:58");
    world.faults(lose(true));
    let first = world.comes("ΙΗΖ-4821", Size::Small);
    world.network(false);
    let during = six_hours(&mut world);
    assert!(world.site().state().link.lost.is_some(), "the banner says so");
    assert!(world.site().state().live.oldest.is_some_and(|oldest| oldest <= at("11:05:12")));
    world.clock("17:00");
    world.network(true);
    world.clock("17:00:05");
    let late = world.comes("ΧΑΝ-8080", Size::Small);
    world.pass(2);
    assert!(world.visit(late).entry.id.is_some(), "a new car goes before the backlog");
    for _ in 0..3 {
        world.crash();
        world.pass(7);
    }
    world.drain();
    assert_eq!(world.entries().len(), 16);
    assert_eq!(told(&world, late, "transmissionFailure"), None, "there was no outage when it came");
    assert_eq!(told(&world, first, "transmissionFailure"), None, "adopted as it was sent");
    for visit in &during {
        assert_eq!(told(&world, *visit, "transmissionFailure").as_deref(), Some("1"));
    }
    assert_eq!(told(&world, during[0], "creationDateTime").as_deref(), Some("2026-03-14T09:05:12Z"));
    for visit in &during[..10] {
        let entry = world.entry_of(*visit);
        assert_eq!(entry.state, EntryState::Completed);
        assert_eq!(entry.correlations.len(), 1);
        assert!(entry.merged.get("comments").is_some_and(|said| said.contains("έξοδος 14/03/2026")));
    }
    world.check();
}

#[test]
fn a_create_the_registry_never_stored_is_sent_exactly_once_more() {
    let mut world = World::wash();
    world.clock("10:59:58");
    world.faults(lose(false));
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.network(false);
    world.clock("17:00");
    world.network(true);
    world.drain();
    assert_eq!(told(&world, visit, "transmissionFailure").as_deref(), Some("1"));
    assert_eq!(told(&world, visit, "creationDateTime").as_deref(), Some("2026-03-14T08:59:58Z"));
    let sent = world.site().registry().with(|simulator| simulator.counts().requests[&Call::SendClient]);
    assert_eq!(sent, 2, "the first try and one more");
    world.check();
}

#[test]
fn a_listing_that_breaks_off_proves_nothing() {
    let mut world = World::wash();
    world.faults(FaultScript {
        rules: vec![
            FaultRule::nth(Call::SendClient, 3, Fault::new(Kind::Lose, false)),
            FaultRule {
                page_above: Some(1),
                ..FaultRule::always(Fault::new(Kind::Status { status: 503 }, false))
            },
        ],
        page_size: Some(1),
        ..FaultScript::default()
    });
    // Two that are confirmed, one whose create is lost, and three whose entries fill further pages of the listing.
    for number in [1000, 1010] {
        world.comes(&format!("ΙΗΖ-{number}"), Size::Small);
        world.pass(5);
    }
    let lost = world.comes("ΙΗΖ-1020", Size::Small);
    for number in [1030, 1040, 1050] {
        world.comes(&format!("ΙΗΖ-{number}"), Size::Small);
    }
    world.pass(6 * 3600);
    let create = world.visit(lost).entry.create.expect("a create");
    assert_eq!(create.state, MessageState::Unknown, "still being asked about");
    let mark = world.visit(lost).reference.mark();
    assert!(world.entries().iter().all(|entry| entry.mark() != Some(&mark)), "nothing was sent again");
    world.faults(FaultScript::default());
    world.drain();
    world.entry_of(lost);
    world.check();
}

#[test]
fn five_days_offline_end_the_same_way() {
    let mut world = World::wash();
    world.network(false);
    let mut visits = Vec::new();
    for car in 0..400 {
        let visit = world.comes(&format!("ΥΖΒ-{}", 1000 + car * 10), Size::Small);
        world.takes(visit, "EXT");
        world.pays(visit, &[card("8.00")]);
        world.leaves(visit);
        visits.push(visit);
        world.pass(5 * 24 * 3600 / 400);
    }
    world.network(true);
    world.drain();
    assert_eq!(world.entries().len(), 400);
    assert!(world.entries().iter().all(|entry| entry.state == EntryState::Completed));
    world.check();
}

#[test]
fn an_hour_of_refused_credentials_loses_nothing() {
    let mut world = World::wash();
    world.faults(always(None, Kind::Unauthorized));
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(1800);
    assert!(world.site().state().link.unauthorized, "the banner says so");
    world.takes(visit, "EXT");
    world.pays(visit, &[card("8.00")]);
    world.leaves(visit);
    world.pass(1800);
    assert!(world.entries().is_empty());
    world.faults(FaultScript::default());
    world.act(Input::Registry(RegistryInput::TryNow));
    world.drain();
    assert!(!world.site().state().link.unauthorized);
    let entry = world.entry_of(visit);
    assert_eq!(entry.state, EntryState::Completed);
    assert_eq!(entry.initial.get("transmissionFailure"), None, "refused credentials are no outage");
    world.check();
}

#[test]
fn broken_answers_are_asked_about_for_every_operation() {
    for kind in [Kind::Status { status: 500 }, Kind::CutXml, Kind::Html, Kind::Technical] {
        for stored in [true, false] {
            let mut world = World::wash();
            let one = |call| FaultRule::nth(call, 1, Fault::new(kind, stored));
            let calls = [Call::SendClient, Call::UpdateClient, Call::ClientCorrelations];
            world.faults(FaultScript { rules: calls.map(one).into(), ..FaultScript::default() });
            let visit = world.comes("ΙΗΖ-4821", Size::Small);
            world.takes(visit, "EXT");
            world.pays(visit, &[card("8.00")]);
            world.leaves(visit);
            world.drain();
            let entry = world.entry_of(visit);
            assert_eq!(entry.state, EntryState::Completed, "{kind:?} stored {stored}");
            assert_eq!((entry.updates.len(), entry.correlations.len()), (2, 1), "{kind:?} stored {stored}");
            world.check();
        }
    }
}

#[test]
fn a_refused_request_is_shown_and_not_repeated() {
    let mut world = World::wash();
    world.faults(always(Some(Call::SendClient), Kind::BadRequest));
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(3600);
    assert_eq!(world.site().state().outbox.rejected, 1);
    let sent = world.site().registry().with(|simulator| simulator.counts().requests[&Call::SendClient]);
    assert_eq!(sent, 1, "not retried by itself");
    world.faults(FaultScript::default());
    let message = world.visit(visit).entry.create.expect("a create").message;
    world.act(Input::Registry(RegistryInput::TellAgain { message }));
    world.drain();
    world.entry_of(visit);
    world.check();
}
