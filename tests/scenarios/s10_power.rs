//! The power goes during a payment, at each point that matters: the document exists once, the money agrees, and the person
//! is offered what may not have happened.

use crate::world::{World, cash, person};
use tameio::aade::simulator::state::EntryState;
use tameio::aade::simulator::{Call, Fault, FaultRule, FaultScript, Kind};
use tameio::app::effect::Notice;
use tameio::app::input::{DeviceInput, Input, PaperInput, TillInput};
use tameio::app::refusal::Refusal;
use tameio::domain::catalogue::Size;
use tameio::domain::entry::MessageState;
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::paper::JobState;
use tameio::domain::visit::VisitState;
use tameio::store::query;

/// Visit 3 of the Saturday: FULL for a small car, 13.00, ready to be paid.
fn about_to_pay(world: &mut World) -> VisitId {
    world.act(Input::Till(TillInput::OpenShift { float: Cents(15_000), operator: person("A") }));
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    world.takes(visit, "FULL");
    world.pass(600);
    visit
}

fn finish(world: &mut World, visit: VisitId) {
    if matches!(world.visit(visit).state, VisitState::Settled { .. }) {
        world.leaves(visit);
    }
    world.pass(5);
    world.drain();
    let conn = world.site().terminal().store().connection();
    let documents = query::documents_of(conn, visit).expect("the archive can be read");
    assert_eq!(documents.len(), 1, "one document");
    assert_eq!(documents[0].totals.gross, Cents(1_300));
    assert_eq!(documents[0].payment.change, Cents(700), "the change is there to be shown again");
    let expected = world.site().state().shift.as_ref().expect("the shift is open").expected_cash();
    assert_eq!(expected, Cents(15_000 + 1_300));
    assert_eq!(world.entry_of(visit).state, EntryState::Completed);
    world.check();
}

#[test]
fn k1_after_the_tap_before_the_commit_nothing_is_booked() {
    let mut world = World::wash();
    let visit = about_to_pay(&mut world);
    world.crash();
    assert_eq!(world.visit(visit).state, VisitState::Open, "ready to be paid, as it was");
    assert!(world.site().state().numbered.is_empty());
    world.pays(visit, &[cash("20.00")]);
    finish(&mut world, visit);
}

#[test]
fn k2_after_the_commit_the_drawer_is_offered_and_paying_again_refused() {
    let mut world = World::wash();
    let visit = about_to_pay(&mut world);
    world.pays(visit, &[cash("20.00")]);
    world.crash();
    let drawer = world.site().state().drawer.expect("the drawer has not answered");
    assert!(drawer.stale, "so it is offered");
    let again = world.act(Input::Pay {
        visit,
        tenders: vec![cash("20.00")],
        invoice_to: None,
        operator: person("A"),
    });
    assert!(matches!(again.as_slice(), [Notice::Refused(Refusal::Step(_))]), "{again:?}");
    world.act(Input::Till(TillInput::OfferDrawer));
    world.pass(1);
    assert_eq!(world.site().state().drawer, None);
    finish(&mut world, visit);
}

#[test]
fn k3_and_k4_a_paper_of_unknown_fate_is_asked_about() {
    let mut world = World::wash();
    let visit = about_to_pay(&mut world);
    world.pays(visit, &[cash("20.00")]);
    // The issuer has answered and the printer is at work.
    world.pass(1);
    world.crash();
    let jobs: Vec<_> = world.site().state().papers.values().cloned().collect();
    let [job] = jobs.as_slice() else { panic!("one paper: {jobs:?}") };
    assert_eq!(job.state, JobState::Asking, "is it whole? only a person can see it");
    world.act(Input::Paper(PaperInput::Judge { job: job.id, complete: false, operator: person("A") }));
    world.act(Input::Paper(PaperInput::Continue { job: job.id }));
    world.pass(3);
    assert!(world.site().state().papers.is_empty());
    finish(&mut world, visit);
}

#[test]
fn k5_after_the_print_the_registry_work_is_in_the_outbox() {
    let mut world = World::wash();
    world.network(false);
    let visit = about_to_pay(&mut world);
    world.pays(visit, &[cash("20.00")]);
    world.pass(5);
    world.leaves(visit);
    world.crash();
    let outbox = world.site().state().outbox;
    let waiting = outbox.queued + outbox.sending + outbox.unknown;
    assert_eq!(waiting, 4, "create, update, correlate, complete: {outbox:?}");
    world.network(true);
    finish(&mut world, visit);
}

#[test]
fn k6_a_request_whose_answer_was_not_read_is_verified() {
    for stored in [true, false] {
        let mut world = World::wash();
        let visit = about_to_pay(&mut world);
        world.pays(visit, &[cash("20.00")]);
        world.pass(5);
        let lost = FaultRule::nth(Call::UpdateClient, 1, Fault::new(Kind::Lose, stored));
        world.faults(FaultScript { rules: vec![lost], ..FaultScript::default() });
        world.leaves(visit);
        world.crash();
        let complete = world.visit(visit).entry.complete.expect("a completion");
        assert_eq!(complete.state, MessageState::Unknown);
        finish(&mut world, visit);
        assert_eq!(world.entry_of(visit).updates.len(), 2, "one update, one completion");
    }
}

#[test]
fn a_full_disk_is_announced_before_money_is_taken() {
    let mut world = World::wash();
    let visit = about_to_pay(&mut world);
    for (free_bytes, writable) in [(1024, true), (u64::MAX, false)] {
        world.act(Input::Device(DeviceInput::DiskSeen { free_bytes, writable }));
        let said = world.act(Input::Pay {
            visit,
            tenders: vec![cash("20.00")],
            invoice_to: None,
            operator: person("A"),
        });
        assert_eq!(said, [Notice::Refused(Refusal::Disk)]);
        assert!(world.site().state().numbered.is_empty());
    }
    world.act(Input::Device(DeviceInput::DiskSeen { free_bytes: u64::MAX, writable: true }));
    world.pays(visit, &[cash("20.00")]);
    world.pass(5);
    finish(&mut world, visit);
}
