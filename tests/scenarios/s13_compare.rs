//! What the registry lists against what is here: entries somebody typed by hand, entries too many, entries gone.

use crate::aade::{cancel, completion, post, send_xml};
use crate::world::{World, alone, at, with_chief};
use tameio::aade::message::Operation;
use tameio::aade::reply::Answer;
use tameio::aade::simulator::state::{Entry, EntryState};
use tameio::aade::simulator::{
    Call, Caller, Delivery, Fault, FaultRule, FaultScript, Kind, Options, Simulator,
};
use tameio::aade::transport::{HttpReply, HttpRequest};
use tameio::app::effect::Notice;
use tameio::app::input::{Input, RegistryInput};
use tameio::app::refusal::Refusal;
use tameio::domain::catalogue::Size;
use tameio::domain::difference::{Difference, Listed, ListedPage, PageWanted, WayOut};
use tameio::domain::entry::{EntryStanding, MessageState};
use tameio::domain::event::Event;
use tameio::domain::operator::Right;
use tameio::domain::text::Text;

/// Somebody beside this terminal speaks to the registry, in the business's name; the number given.
fn beside(world: &mut World, operation: Operation, request: &HttpRequest) -> i64 {
    let now = world.site().now().utc;
    let delivery = world.site().registry().with(|simulator| simulator.handle(now, request, &Caller::demo()));
    let Delivery::Reply { status, body, .. } = delivery else { panic!("no reply") };
    match Answer::read(operation, &HttpReply { status, body }) {
        Answer::Accepted { id } => id,
        other => panic!("not accepted but {other:?}"),
    }
}

/// An entry as AADE's own application makes it, or one with a comment.
fn typed(world: &mut World, plate: &str, comment: Option<&str>) -> i64 {
    let mut before = vec![("clientServiceType", "2"), ("branch", "0")];
    before.extend(comment.map(|comment| ("comments", comment)));
    let xml = send_xml(&before, "parkingcarwash", &[("vehicleRegistrationNumber", plate)], &[]);
    beside(world, Operation::Send, &post(Operation::Send, &xml))
}

/// A person asks for the comparison; what stands on the list then.
fn compare(world: &mut World) -> Vec<Difference> {
    world.act(Input::Registry(RegistryInput::CompareNow));
    world.pass(5);
    list(world)
}

fn list(world: &mut World) -> Vec<Difference> {
    world.site().state().differences.values().cloned().collect()
}

/// The page a comparison waits for.
fn wanted(world: &mut World) -> PageWanted {
    world.site().state().live.comparison.as_ref().expect("a comparison is under way").wanted()
}

/// The registry lists this, and nothing else.
fn answer(world: &mut World, listed: Vec<Listed>) {
    world.act(Input::Registry(RegistryInput::CompareNow));
    let wanted = wanted(world);
    world.act(Input::Registry(RegistryInput::Listed { wanted, page: ListedPage { listed, next: None } }));
}

fn settle(world: &mut World, way: WayOut) -> Vec<Notice> {
    let difference = list(world).first().expect("a difference").id();
    world.act(Input::Registry(RegistryInput::SettleDifference { difference, way, by: with_chief() }))
}

fn state_of(world: &World, entry: i64) -> EntryState {
    let found: Vec<Entry> = world.entries().into_iter().filter(|held| held.id == entry).collect();
    assert_eq!(found.len(), 1);
    found[0].state
}

#[test]
fn a_car_typed_in_aades_own_application_becomes_a_visit_with_its_time_and_entry() {
    let mut world = World::wash();
    world.clock("09:00");
    let entry = typed(&mut world, "ΙΗΖ4821", None);
    world.clock("09:30");
    let found = compare(&mut world);
    let [Difference::Foreign { vehicle }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((vehicle.entry, vehicle.plate.as_str()), (entry, "ΙΗΖ4821"));
    let said = settle(&mut world, WayOut::Adopt);
    let [Notice::Opened { visit, .. }] = said.as_slice() else { panic!("{said:?}") };
    let opened = world.visit(*visit);
    assert_eq!((opened.arrived, opened.entry.id), (at("09:00"), Some(entry)));
    assert_eq!(opened.entry.standing(), EntryStanding::Confirmed);
    world.takes(*visit, "EXT");
    world.pays(*visit, &[crate::world::cash("20")]);
    world.leaves(*visit);
    world.drain();
    assert_eq!(world.entries().len(), 1, "no second entry");
    assert_eq!(state_of(&world, entry), EntryState::Completed);
    assert!(compare(&mut world).is_empty(), "found once");
    world.check();
}

#[test]
fn a_car_typed_while_the_line_was_down_is_the_car_that_waits_here() {
    let mut world = World::wash();
    world.network(false);
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(30);
    let entry = typed(&mut world, "IHZ4821", None);
    assert!(compare(&mut world).is_empty(), "nothing can be read");
    world.network(true);
    // A refused entry of ours, and one that is there: the way out joins them.
    world.faults(FaultScript {
        rules: vec![FaultRule::nth(Call::SendClient, 1, Fault::new(Kind::BadRequest, false))],
        ..FaultScript::default()
    });
    world.pass(600);
    assert_eq!(world.visit(visit).entry.create.expect("it was told").state, MessageState::Rejected);
    let found = compare(&mut world);
    assert!(matches!(found.as_slice(), [Difference::Foreign { .. }]), "{found:?}");
    assert!(settle(&mut world, WayOut::Adopt).is_empty());
    assert_eq!(world.visit(visit).entry.id, Some(entry));
    assert_eq!(world.site().state().outbox.rejected, 0, "nothing stands among the refused any more");
    world.takes(visit, "EXT");
    world.pays(visit, &[crate::world::cash("20")]);
    world.leaves(visit);
    world.drain();
    assert_eq!(state_of(&world, entry), EntryState::Completed);
    assert_eq!(world.entries().len(), 1);
}

#[test]
fn a_second_entry_of_one_visit_is_found_and_cancelled_there() {
    let mut world = World::wash();
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(30);
    let mark = world.visit(visit).reference.mark();
    let second = typed(&mut world, "ΙΗΖ4821", Some(&mark));
    let found = compare(&mut world);
    let [Difference::Doubled { visit: of, vehicle }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((*of, vehicle.entry), (visit, second));
    assert!(settle(&mut world, WayOut::CancelThere).is_empty());
    let again = world.act(Input::Registry(RegistryInput::SettleDifference {
        difference: found[0].id(),
        way: WayOut::CancelThere,
        by: with_chief(),
    }));
    assert_eq!(again, [Notice::Refused(Refusal::NoSuchDifference)], "pressed twice");
    world.drain();
    assert_eq!(state_of(&world, second), EntryState::Cancelled);
    let own = world.visit(visit).entry;
    assert!(own.cancel.is_none() && own.id.is_some(), "the visit's own entry is untouched: {own:?}");
    assert!(compare(&mut world).is_empty());
    world.check();
}

#[test]
fn an_entry_of_ours_without_a_visit_is_shown_and_one_of_another_terminal_is_not() {
    let mut world = World::wash();
    typed(&mut world, "ΙΗΖ4821", Some("#ZZZ9-000001"));
    assert!(compare(&mut world).is_empty(), "another terminal's");
    let mark = world.site().terminal().settings().terminal.to_string();
    let lost = typed(&mut world, "ΥΖΑ7319", Some(&format!("#{mark}-000777 είσοδος")));
    let found = compare(&mut world);
    let [Difference::Lost { vehicle }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(vehicle.entry, lost);
    assert!(settle(&mut world, WayOut::Leave).is_empty());
    assert!(compare(&mut world).is_empty(), "a person said that it is right");
    assert_eq!(state_of(&world, lost), EntryState::Open);
    world.crash();
    let next = world.comes("ΑΒΕ-1234", Size::Small);
    assert_eq!(world.visit(next).reference.number, 778, "a number the registry knows is not given again");
    world.pass(60);
    let reused = typed(&mut world, "ΥΖΑ7321", Some(&format!("#{mark}-000778")));
    let found = compare(&mut world);
    assert!(
        matches!(found.as_slice(), [Difference::Lost { vehicle }] if vehicle.entry == reused),
        "{found:?}"
    );
}

#[test]
fn what_was_cancelled_there_before_anybody_looked_is_no_difference() {
    let mut world = World::wash();
    let entry = typed(&mut world, "ΙΗΖ4821", None);
    let other = typed(&mut world, "ΥΖΑ7319", None);
    beside(&mut world, Operation::Cancel, &cancel(entry));
    assert_eq!(compare(&mut world).len(), 1);
    beside(&mut world, Operation::Cancel, &cancel(other));
    assert!(compare(&mut world).is_empty(), "it is over by itself");
    let over =
        |event: &Event| matches!(event, Event::DifferenceSettled { way: WayOut::Over, operator: None, .. });
    assert_eq!(world.events().iter().filter(|event| over(event)).count(), 1);
}

#[test]
fn what_the_registry_lost_is_believed_lost_after_two_listings_and_told_again() {
    let mut world = World::wash();
    world.pass(60);
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(5);
    let before = world.visit(visit).entry.id.expect("it is registered");
    world.site().registry().with(|simulator| *simulator = Simulator::new(Options::strict()));
    assert!(compare(&mut world).is_empty(), "once is no proof");
    assert!(compare(&mut world).is_empty(), "nor is twice within the minute");
    world.pass(120);
    let found = list(&mut world);
    let [Difference::Missing { id, visit: of, .. }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((*id, *of), (before, visit));
    assert!(settle(&mut world, WayOut::TellAgain).is_empty());
    world.drain();
    assert_eq!(world.entries().len(), 1);
    assert_eq!(world.visit(visit).entry.id, Some(world.entry_of(visit).id));
    world.check();
}

#[test]
fn cancelled_there_by_hand_it_is_told_anew_and_names_the_old_entry() {
    let mut world = World::wash();
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.takes(visit, "EXT");
    world.pass(30);
    let old = world.entry_of(visit).id;
    beside(&mut world, Operation::Cancel, &cancel(old));
    let found = compare(&mut world);
    assert!(matches!(found.as_slice(), [Difference::CancelledThere { .. }]), "{found:?}");
    assert!(settle(&mut world, WayOut::TellAgain).is_empty());
    world.drain();
    let entry = world.entry_of(visit);
    assert_eq!(entry.initial.get("correlatedDclId"), Some(old.to_string().as_str()));
    assert_eq!(world.told(&entry).len(), 1, "the service is told of the new entry");
    world.pays(visit, &[crate::world::cash("20")]);
    world.leaves(visit);
    world.drain();
    assert_eq!(state_of(&world, entry.id), EntryState::Completed);
    assert!(compare(&mut world).is_empty());
}

/// Whether the registry still lists what is cancelled is not documented: it is not missing then.
#[test]
fn what_was_cancelled_there_is_not_missing_as_well() {
    let mut world = World::wash();
    world.pass(60);
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.takes(visit, "EXT");
    world.pass(10);
    let entry = world.visit(visit).entry.id.expect("it is registered");
    let listed = vec![Listed::Cancellation { id: entry + 100, entry }];
    answer(&mut world, listed.clone());
    // The second look at what one listing did not show, were there anything.
    world.pass(60);
    if world.site().state().live.comparison.is_some() {
        let wanted = wanted(&mut world);
        world.act(Input::Registry(RegistryInput::Listed { wanted, page: ListedPage { listed, next: None } }));
    }
    assert_eq!(list(&mut world), [Difference::CancelledThere { entry, visit }]);
}

/// A page that comes when its comparison was given up says nothing to the next one.
#[test]
fn a_page_that_comes_too_late_counts_for_nothing() {
    let mut world = World::wash();
    world.pass(60);
    world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(5);
    world.act(Input::Registry(RegistryInput::CompareNow));
    let late = wanted(&mut world);
    world.pass(10);
    let before = world.site().state().compared;
    world.act(Input::Registry(RegistryInput::CompareNow));
    assert_ne!(wanted(&mut world), late);
    world.act(Input::Registry(RegistryInput::Listed { wanted: late.clone(), page: ListedPage::default() }));
    world.act(Input::Registry(RegistryInput::ListingFailed { wanted: late, why: Text::new("x") }));
    assert!(world.site().state().live.comparison.is_some(), "the other one goes on");
    assert_eq!(world.site().state().compared, before);
    world.pass(10);
    assert!(world.site().state().live.comparison.is_none());
    assert!(world.site().state().live.suspects.is_empty() && list(&mut world).is_empty());
}

#[test]
fn what_is_completed_there_already_is_not_taken_in() {
    let mut world = World::wash();
    let entry = typed(&mut world, "ΙΗΖ4821", None);
    beside(&mut world, Operation::Update, &completion(entry));
    let found = compare(&mut world);
    assert_eq!(found[0].ways_out(), [WayOut::Leave, WayOut::CancelThere]);
    assert_eq!(settle(&mut world, WayOut::Adopt), [Notice::Refused(Refusal::NoSuchDifference)]);
    assert!(world.site().state().visits.is_empty());
}

#[test]
fn completed_there_by_hand_is_shown() {
    let mut world = World::wash();
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(30);
    let entry = world.entry_of(visit).id;
    beside(&mut world, Operation::Update, &completion(entry));
    let found = compare(&mut world);
    assert_eq!(found, [Difference::CompletedThere { entry, visit }]);
    assert!(settle(&mut world, WayOut::Leave).is_empty());
    assert!(compare(&mut world).is_empty());
}

#[test]
fn a_cashier_alone_may_look_and_not_decide() {
    let mut world = World::wash();
    typed(&mut world, "ΙΗΖ4821", None);
    let found = compare(&mut world);
    let by = alone();
    let said = world.act(Input::Registry(RegistryInput::SettleDifference {
        difference: found[0].id(),
        way: WayOut::Leave,
        by,
    }));
    assert_eq!(said, [Notice::NeedsRight(Right::CorrectEntry)]);
    assert_eq!(compare(&mut world).len(), 1);
}

#[test]
fn it_is_compared_after_the_start_after_an_outage_and_once_a_day() {
    let mut world = World::wash();
    let listings = |world: &World| world.requests(Call::RequestClients);
    world.pass(60);
    assert_eq!(listings(&world), 1, "after the start");
    world.network(false);
    world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(300);
    assert_eq!(listings(&world), 1);
    world.network(true);
    world.pass(900);
    assert_eq!(listings(&world), 2, "after the outage");
    world.pass(24 * 3_600 + 60);
    assert_eq!(listings(&world), 3, "a day later");
    assert!(list(&mut world).is_empty());
    world.check();
}

#[test]
fn a_listing_that_breaks_off_proves_nothing_and_is_read_again() {
    let mut world = World::wash();
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(10);
    world.faults(FaultScript {
        rules: vec![FaultRule {
            call: Some(Call::RequestClients),
            times: Some(1),
            ..FaultRule::always(Fault::new(Kind::Status { status: 503 }, false))
        }],
        ..FaultScript::default()
    });
    assert!(compare(&mut world).is_empty());
    assert_eq!(world.site().state().compared, None, "not everything was read");
    assert!(world.site().state().link.lost.is_none(), "a listing says nothing of the link");
    world.pass(400);
    assert!(world.site().state().compared.is_some());
    assert!(world.visit(visit).entry.id.is_some());
    world.check();
}
