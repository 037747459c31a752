//! A wrong plate, and a customer who leaves: nothing is deleted here, and two entries are never both active there.

use crate::world::{World, alone, at, card, cash, with_chief};
use tameio::aade::simulator::state::EntryState;
use tameio::aade::simulator::{Call, Fault, FaultRule, FaultScript, Kind};
use tameio::app::effect::Notice;
use tameio::app::input::{By, Input, RegistryInput};
use tameio::app::refusal::Refusal;
use tameio::domain::catalogue::Size;
use tameio::domain::entry::MessageState;
use tameio::domain::ids::VisitId;
use tameio::domain::operator::Right;
use tameio::domain::plate::PlateEntry;
use tameio::domain::visit::{VehicleFacts, VisitState};
use tameio::store::query;

const WRONG: &str = "ΙΗΖ-4812";
const RIGHT: &str = "ΙΗΖ-4821";

fn correct(visit: VisitId, by: By) -> Input {
    let (plate, entry, vehicle) = (RIGHT.to_owned(), PlateEntry::Greek, VehicleFacts::default());
    Input::CorrectPlate { visit, plate, entry, vehicle, by }
}

/// The visit that continues a replaced one.
fn successor(world: &World, visit: VisitId) -> VisitId {
    match world.visit(visit).state {
        VisitState::Replaced { by } => by,
        other => panic!("it was not replaced: {other:?}"),
    }
}

/// The plates of live entries at the registry, and how many were cancelled.
fn registry(world: &World) -> (Vec<String>, usize) {
    let (cancelled, live): (Vec<_>, Vec<_>) =
        world.entries().into_iter().partition(|entry| entry.state == EntryState::Cancelled);
    (live.iter().map(|entry| entry.plate().to_owned()).collect(), cancelled.len())
}

fn finish(world: &mut World) {
    world.drain();
    world.check();
}

fn fault(call: Call, kind: Kind, stored: bool) -> FaultRule {
    FaultRule { call: Some(call), ..FaultRule::always(Fault::new(kind, stored)) }
}

fn play(world: &mut World, rules: Vec<FaultRule>) {
    world.faults(FaultScript { rules, ..FaultScript::default() });
}

#[test]
fn before_anything_was_sent_it_is_a_plain_edit() {
    let mut world = World::wash();
    world.network(false);
    let visit = world.comes(WRONG, Size::Small);
    world.pass(30);
    assert_eq!(world.act(correct(visit, alone())), [], "no right is needed");
    assert_eq!(world.visit(visit).plate.display(), RIGHT);
    world.network(true);
    world.drain();
    assert_eq!(registry(&world), (vec!["ΙΗΖ4821".to_owned()], 0), "nothing of it at AADE");
    finish(&mut world);
}

#[test]
fn after_that_it_is_a_cancellation_and_a_new_entry_that_names_it() {
    let mut world = World::wash();
    world.clock("10:02");
    let old = world.comes(WRONG, Size::Suv);
    world.takes(old, "FULL");
    world.clock("10:20");
    assert_eq!(world.act(correct(old, alone())), [Notice::NeedsRight(Right::CorrectEntry)]);
    assert_eq!(world.visit(old).state, VisitState::Open, "the cashier alone changes nothing");
    assert_eq!(world.act(correct(old, with_chief())), []);
    let new = successor(&world, old);
    world.drain();
    let (before, after) = (world.visit(old), world.visit(new));
    assert_eq!(
        (after.arrived, after.size, after.lane, &after.sale),
        (before.arrived, before.size, before.lane, &before.sale)
    );
    let entry = world.entry_of(new);
    let cancelled =
        world.entries().into_iter().find(|entry| entry.state == EntryState::Cancelled).expect("the old one");
    assert_eq!((cancelled.plate(), entry.plate()), ("ΙΗΖ4812", "ΙΗΖ4821"));
    assert_eq!(entry.initial.number("correlatedDclId"), Some(cancelled.id));
    assert!(entry.comments().contains("είσοδος 14/03/2026 10:02"), "{}", entry.comments());
    assert!(cancelled.cancelled_by < Some(entry.id), "never both active");
    world.pays(new, &[cash("20.00")]);
    world.pass(5);
    world.leaves(new);
    finish(&mut world);
    assert_eq!(world.entry_of(new).state, EntryState::Completed);
    assert_eq!(world.entry_of(new).correlations.len(), 1);
}

/// A create whose answer was lost, and a listing that cannot be read: nobody knows whether the entry is there.
fn unknown_create(stored: bool) -> (World, VisitId) {
    let mut world = World::wash();
    let once = FaultRule { times: Some(1), ..fault(Call::SendClient, Kind::Lose, stored) };
    play(&mut world, vec![once, fault(Call::RequestClients, Kind::Status { status: 503 }, false)]);
    let visit = world.comes(WRONG, Size::Small);
    world.pass(1);
    let create = world.visit(visit).entry.create.expect("it was sent");
    assert_eq!(create.state, MessageState::Unknown);
    assert_eq!(world.act(correct(visit, with_chief())), [Notice::CorrectionWaits], "the screen says so");
    assert_eq!(world.act(correct(visit, with_chief())), [Notice::Refused(Refusal::CorrectionWaits)]);
    (world, visit)
}

#[test]
fn while_nobody_knows_it_waits_and_the_car_goes_on() {
    for stored in [true, false] {
        let (mut world, visit) = unknown_create(stored);
        world.takes(visit, "EXT");
        world.pays(visit, &[card("8.00")]);
        world.pass(5);
        play(&mut world, vec![]);
        world.drain();
        let now = if stored { successor(&world, visit) } else { visit };
        assert_eq!(world.visit(now).plate.display(), RIGHT);
        assert_eq!(
            registry(&world),
            (vec!["ΙΗΖ4821".to_owned()], usize::from(stored)),
            "recorded before: {stored}"
        );
        world.leaves(now);
        finish(&mut world);
        assert_eq!(world.entry_of(now).correlations.len(), 1);
    }
}

/// The car leaves before the answer is known: the correction is not forgotten.
#[test]
fn a_car_that_leaves_meanwhile_is_corrected_all_the_same() {
    for stored in [true, false] {
        let (mut world, visit) = unknown_create(stored);
        world.takes(visit, "EXT");
        world.pays(visit, &[card("8.00")]);
        world.pass(5);
        world.leaves(visit);
        assert!(world.site().state().visits.is_empty(), "it is gone");
        play(&mut world, vec![]);
        world.drain();
        assert_eq!(registry(&world).0, ["ΙΗΖ4821"], "recorded before: {stored}");
        let entry = world.entry_of(successor(&world, visit));
        assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 1));
        finish(&mut world);
    }
}

/// Noticed after the money, while the car is still here: the document that exists goes with the new visit.
#[test]
fn the_document_that_exists_follows() {
    let mut world = World::wash();
    let old = world.comes(WRONG, Size::Small);
    world.takes(old, "EXT");
    world.pays(old, &[card("8.00")]);
    world.drain();
    world.act(correct(old, with_chief()));
    let new = successor(&world, old);
    world.leaves(new);
    world.drain();
    let documents = world.documents();
    assert_eq!(
        (documents.len(), documents[0].issued_for.subject().visit()),
        (1, Some(new)),
        "one document, now the new visit's"
    );
    let conn = world.site().terminal().store().connection();
    assert_eq!(query::documents_of(conn, new).expect("they can be read"), documents);
    assert_eq!(
        (world.entry_of(new).state, world.entry_of(new).correlations.len()),
        (EntryState::Completed, 1)
    );
    finish(&mut world);
}

/// A visit that was paid and has left, with everything told.
fn gone(world: &mut World) -> VisitId {
    let visit = world.comes(WRONG, Size::Small);
    world.takes(visit, "EXT");
    world.pays(visit, &[card("8.00")]);
    world.pass(5);
    world.leaves(visit);
    world.drain();
    visit
}

/// Whether the registry cancels what is complete is not known: both are tried.
fn completed_may_be_cancelled(world: &mut World, may: bool) {
    world.site().registry().with(|registry| registry.options_mut().switches.insert("X5".to_owned(), !may));
}

#[test]
fn after_it_left_the_new_entry_is_completed_and_gets_the_document_that_exists() {
    let mut world = World::wash();
    completed_may_be_cancelled(&mut world, true);
    let old = gone(&mut world);
    let alone = world.act(correct(old, alone()));
    assert!(matches!(alone.as_slice(), [Notice::NeedsRight(_)]), "{alone:?}");
    world.pass(3_600);
    world.act(correct(old, with_chief()));
    world.drain();
    let new = successor(&world, old);
    assert_eq!(registry(&world), (vec!["ΙΗΖ4821".to_owned()], 1));
    let entry = world.entry_of(new);
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 1));
    assert_eq!(world.documents().len(), 1, "no document more");
    assert_eq!(world.visit(new).state.departed(), Some(at("08:00:05")), "the true departure follows");
    assert!(world.site().state().visits.is_empty(), "nobody came back inside");
    finish(&mut world);
}

#[test]
fn where_the_registry_cancels_nothing_complete_the_case_stands_on_the_list() {
    let mut world = World::wash();
    completed_may_be_cancelled(&mut world, false);
    let old = gone(&mut world);
    world.act(correct(old, with_chief()));
    world.pass(60);
    assert_eq!(registry(&world), (vec!["ΙΗΖ4812".to_owned()], 0), "never both active");
    let exceptions =
        query::exceptions(world.site().terminal().store().connection()).expect("they can be read");
    let [(Some(about), message)] = exceptions.messages.as_slice() else { panic!("one: {exceptions:?}") };
    assert_eq!((about.id, message.code.as_deref()), (old, Some("209")));
    world.check();
}

/// The registry refuses the cancellation: the case stands on the list with the registry's words.
#[test]
fn a_refused_cancellation_is_an_exception_with_its_reason() {
    let mut world = World::wash();
    let visit = world.comes(WRONG, Size::Small);
    world.drain();
    play(&mut world, vec![fault(Call::CancelClient, Kind::BadRequest, false)]);
    world.act(correct(visit, with_chief()));
    world.pass(60);
    let exceptions =
        query::exceptions(world.site().terminal().store().connection()).expect("they can be read");
    let [(Some(about), message)] = exceptions.messages.as_slice() else { panic!("one: {exceptions:?}") };
    assert_eq!((about.id, message.state), (visit, MessageState::Rejected));
    assert!(message.why.as_ref().is_some_and(|why| !why.is_empty()), "{message:?}");
    assert_eq!(registry(&world).0, ["ΙΗΖ4812"], "the new one waits: never both active");
    play(&mut world, vec![]);
    world.act(Input::Registry(RegistryInput::TellAgain { message: message.id }));
    world.drain();
    assert_eq!(registry(&world), (vec!["ΙΗΖ4821".to_owned()], 1));
    finish(&mut world);
}

#[test]
fn a_customer_who_leaves_is_a_cancellation_with_a_reason() {
    let mut world = World::wash();
    let visit = world.comes(RIGHT, Size::Small);
    world.drain();
    let cancel = |reason: &str, by| Input::CancelVisit { visit, reason: reason.to_owned(), by };
    assert_eq!(world.act(cancel("έφυγε", alone())), [Notice::NeedsRight(Right::CorrectEntry)]);
    assert_eq!(world.act(cancel(" ", with_chief())), [Notice::Refused(Refusal::ReasonMissing)]);
    assert_eq!(world.act(cancel("έφυγε από την ουρά", with_chief())), []);
    world.drain();
    assert!(matches!(world.visit(visit).state, VisitState::Cancelled { .. }), "it is still in the book");
    assert_eq!((registry(&world), world.documents().len()), ((vec![], 1), 0));
    let later = world.comes(RIGHT, Size::Small);
    world.drain();
    assert_ne!(later, visit);
    assert_eq!(registry(&world), (vec!["ΙΗΖ4821".to_owned()], 1), "a later visit is a new entry");
    finish(&mut world);
}

/// During an outage nothing was sent: a customer who leaves then was never at AADE.
#[test]
fn a_customer_who_leaves_during_an_outage_was_never_registered() {
    let mut world = World::wash();
    world.network(false);
    let visit = world.comes(RIGHT, Size::Small);
    world.pass(600);
    world.act(Input::CancelVisit { visit, reason: "έφυγε".to_owned(), by: with_chief() });
    world.network(true);
    finish(&mut world);
    assert_eq!(registry(&world), (vec![], 0));
}
