//! The power goes while a car park issues through myDATA: whenever it goes, one document is there, under the MARK on the
//! paper, the customer has one original, and the money agrees.

use crate::world::{World, cash, person};
use tameio::aade::simulator::state::EntryState;
use tameio::aade::simulator::{Fault, Kind};
use tameio::app::effect::Notice;
use tameio::app::input::{Input, PaperInput, TillInput};
use tameio::app::refusal::Refusal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::document::{Document, DocumentName};
use tameio::domain::ids::VisitId;
use tameio::domain::issuing::Issuing;
use tameio::domain::money::Cents;
use tameio::domain::paper::JobState;
use tameio::domain::settings::Trade;
use tameio::domain::visit::VisitState;
use tameio::mydata::simulator::{Call, FaultRule, FaultScript};

/// Less than an hour of parking, ready to be paid: 4.00 by the practice tariff.
fn about_to_pay() -> (World, VisitId) {
    let settings = Config::practice(Trade::Parking).expect("practice is good").settings;
    let mut world = World::with(settings);
    world.act(Input::Till(TillInput::OpenShift { float: Cents(15_000), operator: person("A") }));
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    world.pass(1_200);
    (world, visit)
}

fn loses_the_first(world: &mut World, stored: bool) {
    let lost = FaultRule::nth(Call::SendInvoices, 1, Fault::new(Kind::Lose, stored));
    let script = FaultScript { rules: vec![lost], ..FaultScript::default() };
    world.site().mydata().with(|mydata| mydata.set_faults(script));
}

/// Whoever is at the till looks at each paper of unknown fate, and says that it did not come out.
fn looks_at_the_paper(world: &mut World) {
    let jobs: Vec<_> = world.site().state().papers.values().cloned().collect();
    for job in jobs.iter().filter(|job| job.state == JobState::Asking) {
        world.act(Input::Paper(PaperInput::Judge { job: job.id, complete: false, operator: person("A") }));
        world.act(Input::Paper(PaperInput::Continue { job: job.id }));
    }
    world.pass(5);
}

/// The vehicle leaves; everything is said; one of each thing is there.
fn finish(mut world: World, visit: VisitId) {
    world.network(true);
    world.pass(5);
    looks_at_the_paper(&mut world);
    if matches!(world.visit(visit).state, VisitState::Settled { .. }) {
        world.leaves(visit);
    }
    world.pass(300);
    world.drain();
    looks_at_the_paper(&mut world);
    let [document]: [Document; 1] = world.documents().try_into().expect("one document here");
    let (live, counts) = world.site().mydata().with(|mydata| (mydata.live(), mydata.counts().clone()));
    let [there] = live.as_slice() else { panic!("one document there: {live:?}") };
    assert_eq!(document.name, Some(DocumentName::Mark { mark: there.mark }));
    assert_eq!((counts.replaced, there.gross.as_str()), (0, "4.00"), "nothing was sent blindly");
    let originals = world.papers().into_iter().filter(|paper| paper.contains("ΑΠΟΔΕΙΞΗ ΠΑΡΟΧΗΣ"));
    let whole = originals.filter(|paper| !paper.contains("ΑΝΤΙΓΡΑΦΟ")).count();
    assert!(whole >= 1, "the customer has it");
    assert_eq!(document.payment.change, Cents(600), "the change is there to be shown again");
    let shift = world.site().state().shift.clone().expect("the shift is open");
    assert_eq!(shift.expected_cash(), Cents(15_000 + 400));
    let entry = world.entry_of(visit);
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 1));
    world.check();
}

#[test]
fn k1_after_the_tap_before_the_commit_nothing_is_booked_or_told() {
    let (mut world, visit) = about_to_pay();
    world.crash();
    assert!(world.site().state().numbered.is_empty());
    assert!(world.site().mydata().with(|mydata| mydata.live()).is_empty());
    world.pays(visit, &[cash("10.00")]);
    finish(world, visit);
}

#[test]
fn k2_after_the_commit_the_try_that_was_written_down_is_asked_about() {
    let (mut world, visit) = about_to_pay();
    world.pays(visit, &[cash("10.00")]);
    world.crash();
    assert!(world.site().state().drawer.is_some_and(|drawer| drawer.stale), "the drawer is offered");
    let state = |world: &World| world.documents()[0].at_issuer.clone().expect("it goes to myDATA").state;
    assert!(matches!(state(&world), Issuing::Unknown(_) | Issuing::Asking(_)), "{:?}", state(&world));
    let (tenders, operator) = (vec![cash("10.00")], person("A"));
    let again = world.act(Input::Pay { visit, tenders, invoice_to: None, operator });
    assert!(matches!(again[..], [Notice::Refused(Refusal::Step(_))]), "{again:?}");
    finish(world, visit);
}

/// k3, k4 and whatever lies between: the answer on its way, the paper about to come, half out, out.
#[test]
fn k3_and_k4_whenever_it_goes_until_the_paper_is_out() {
    for seconds in 1..8 {
        let (mut world, visit) = about_to_pay();
        world.pays(visit, &[cash("10.00")]);
        world.pass(seconds);
        world.crash();
        finish(world, visit);
    }
}

#[test]
fn k5_handed_over_without_a_connection_it_is_told_after_the_restart() {
    let (mut world, visit) = about_to_pay();
    world.network(false);
    world.pays(visit, &[cash("10.00")]);
    world.pass(30);
    assert!(world.documents()[0].lost_connection(), "the paper says so");
    world.leaves(visit);
    world.crash();
    world.pass(60);
    assert!(world.site().mydata().with(|mydata| mydata.live()).is_empty());
    finish(world, visit);
}

#[test]
fn k6_a_document_whose_answer_was_not_read_is_looked_up() {
    for stored in [true, false] {
        let (mut world, visit) = about_to_pay();
        loses_the_first(&mut world, stored);
        world.pays(visit, &[cash("10.00")]);
        world.pass(2);
        world.crash();
        let sent = |world: &mut World| {
            world.site().mydata().with(|mydata| mydata.counts().requests[&Call::SendInvoices])
        };
        assert_eq!(sent(&mut world), 1);
        world.pass(300);
        assert_eq!(sent(&mut world), if stored { 1 } else { 2 }, "never twice blindly");
        finish(world, visit);
    }
}

/// Killed again and again while it is being found out.
#[test]
fn it_is_killed_as_often_as_one_likes() {
    for stored in [true, false] {
        let (mut world, visit) = about_to_pay();
        loses_the_first(&mut world, stored);
        world.pays(visit, &[cash("10.00")]);
        for seconds in [0, 1, 2, 3, 30, 40, 61, 5, 90] {
            world.pass(seconds);
            world.crash();
        }
        finish(world, visit);
    }
}
