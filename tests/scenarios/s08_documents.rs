//! A wrong plate that is noticed when a document exists already, ours or one issued elsewhere: the entry that continues
//! gets every document the cancelled one had, and no message fails because one of its visits is gone.

use crate::world::{World, arrival, card, person, with_chief};
use tameio::aade::simulator::state::EntryState;
use tameio::aade::simulator::{Call, Fault, FaultRule, FaultScript, Kind};
use tameio::app::input::{DocumentInput, Input, OpenVisit, TypedName};
use tameio::domain::catalogue::Size;
use tameio::domain::customer::TaxNumber;
use tameio::domain::ids::VisitId;
use tameio::domain::plate::PlateEntry;
use tameio::domain::settings::Trade;
use tameio::domain::terms::{Earlier, OffSite, Period, ServiceTerms};
use tameio::domain::visit::{VehicleFacts, VisitState};

/// A site whose registry lets a completed entry be cancelled; whether AADE does is not known.
fn world(trade: Trade) -> World {
    let mut world = World::of(trade);
    world.site().registry().with(|registry| registry.options_mut().switches.insert("X5".to_owned(), false));
    world
}

/// The plate is corrected; the visit that continues.
fn corrected(world: &mut World, visit: VisitId, plate: &str) -> VisitId {
    let (plate, entry, vehicle) = (plate.to_owned(), PlateEntry::Greek, VehicleFacts::default());
    let said = world.act(Input::CorrectPlate { visit, plate, entry, vehicle, by: with_chief() });
    assert!(said.is_empty(), "{said:?}");
    match world.visit(visit).state {
        VisitState::Replaced { by } => by,
        other => panic!("it was not replaced: {other:?}"),
    }
}

fn told(world: &mut World, last: u32, visits: &[VisitId]) {
    let name = TypedName::Mark { mark: format!("4000019600{last:05}") };
    let said = world.act(Input::Document(DocumentInput::Correlate { name, visits: visits.to_vec() }));
    assert!(said.is_empty(), "{said:?}");
}

fn settled_by_contract(world: &mut World, visit: VisitId) {
    let operator = person("A");
    let said = world.act(Input::SettleByContract { visit, invoice_to: None, operator });
    assert!(said.is_empty(), "{said:?}");
    world.pass(60);
    world.leaves(visit);
}

/// Three visits of a fleet, all over.
fn fleet(world: &mut World) -> Vec<VisitId> {
    let customer = TaxNumber::parse("GR", "999999981").expect("a good number");
    let open = |bus: u32| OpenVisit {
        terms: ServiceTerms::Recurring { customer: customer.clone() },
        ..arrival(&format!("ΤΑΒ-{}", 1_000 + bus * 10), Size::Suv)
    };
    let visits = (0..3).map(|bus| {
        let visit = world.opens(open(bus));
        world.takes(visit, "FULL");
        settled_by_contract(world, visit);
        visit
    });
    let visits = visits.collect();
    world.drain();
    visits
}

/// The first answers of the registry to a correlation are lost, and nothing of them was stored.
fn lost_correlations(world: &mut World) {
    let lost = FaultRule {
        call: Some(Call::ClientCorrelations),
        times: Some(1),
        ..FaultRule::always(Fault::new(Kind::Lose, false))
    };
    world.faults(FaultScript { rules: vec![lost], ..FaultScript::default() });
}

/// Every live entry has so many documents, and nothing stands on the list.
fn check(world: &mut World, live: usize, documents: usize) {
    world.drain();
    assert_eq!(world.site().state().outbox.rejected, 0, "nothing was refused");
    let entries = world.entries();
    let here: Vec<_> = entries.iter().filter(|entry| entry.state != EntryState::Cancelled).collect();
    assert_eq!(here.len(), live, "{here:?}");
    for entry in here {
        let (state, correlations) = (entry.state, entry.correlations.len());
        assert_eq!((state, correlations), (EntryState::Completed, documents), "{}", entry.plate());
    }
    world.check();
}

#[test]
fn an_invoice_of_many_visits_follows_the_one_that_was_corrected_later() {
    let mut world = world(Trade::Wash);
    let visits = fleet(&mut world);
    told(&mut world, 1, &visits);
    told(&mut world, 2, &visits);
    world.pass(60);
    let right = corrected(&mut world, visits[1], "ΤΑΒ-1011");
    world.pass(60);
    corrected(&mut world, right, "ΤΑΒ-1012");
    check(&mut world, 3, 2);
}

#[test]
fn a_prepaid_right_follows_the_corrected_plate() {
    let mut world = world(Trade::Parking);
    let period =
        Period { from: "2026-03-01".parse().expect("a day"), to: "2026-03-31".parse().expect("a day") };
    let terms = ServiceTerms::Continuous { period };
    let visit = world.opens(OpenVisit { terms, ..arrival("ΧΑΝ-8081", Size::Small) });
    world.pass(10);
    told(&mut world, 1, &[visit]);
    world.pass(10);
    let right = corrected(&mut world, visit, "ΧΑΝ-8080");
    settled_by_contract(&mut world, right);
    check(&mut world, 1, 1);
}

/// The answer to a group was lost and it was not stored; before it is sent again one of its visits is corrected. Its
/// cancelled entry would spoil the whole message.
#[test]
fn an_invoice_that_is_told_again_leaves_out_who_is_gone() {
    for gone in 0..3 {
        let mut world = world(Trade::Wash);
        let visits = fleet(&mut world);
        lost_correlations(&mut world);
        told(&mut world, 1, &visits);
        world.pass(5);
        assert_eq!(world.site().state().outbox.unknown, 1, "it is asked about");
        corrected(&mut world, visits[gone], "ΤΑΒ-4444");
        check(&mut world, 3, 1);
    }
}

/// Nobody is left to tell it for: it is given up, and told for the one that continues.
#[test]
fn a_document_of_one_visit_that_is_gone_is_given_up() {
    let mut world = world(Trade::Wash);
    let visits = fleet(&mut world);
    lost_correlations(&mut world);
    told(&mut world, 1, &visits[..1]);
    world.pass(5);
    corrected(&mut world, visits[0], "ΤΑΒ-4444");
    told(&mut world, 1, &visits[1..]);
    check(&mut world, 3, 1);
}

/// Garage work in two parts, the first under a wrong plate.
fn garage() -> (World, VisitId, VisitId) {
    let mut world = world(Trade::Garage);
    let first = world.comes("ΝΚΟ-9145", Size::Small);
    world.takes(first, "SERVICE");
    world.pass(60);
    let (to, operator) = (OffSite::OwnBranch { branch: 2 }, person("A"));
    world.act(Input::MoveOffSite { visit: first, to, operator });
    world.pass(3_600);
    let follows = Some(Earlier::Visit { visit: first });
    let second = world.opens(OpenVisit { follows, ..arrival("ΝΚΟ-9154", Size::Small) });
    world.takes(second, "SERVICE");
    world.pass(60);
    (world, first, second)
}

fn paid(world: &mut World, visit: VisitId) {
    world.pays(visit, &[card("120.00")]);
    world.pass(60);
    world.leaves(visit);
    world.pass(60);
}

#[test]
fn the_earlier_part_is_corrected_before_its_document_exists() {
    let (mut world, first, second) = garage();
    corrected(&mut world, first, "ΝΚΟ-9154");
    world.pass(60);
    paid(&mut world, second);
    check(&mut world, 2, 1);
}

#[test]
fn the_earlier_part_is_corrected_when_its_document_was_told() {
    let (mut world, first, second) = garage();
    paid(&mut world, second);
    corrected(&mut world, first, "ΝΚΟ-9154");
    check(&mut world, 2, 1);
}
