//! Plates on a list: one that is warned of comes in when somebody has read why, one that is stopped when a manager lets it,
//! and one that pays nothing leaves without a charge, as own use.

use crate::world::{World, alone, arrival, person};
use tameio::app::effect::Notice;
use tameio::app::input::{By, Input, ListedInput, OpenVisit};
use tameio::app::refusal::Refusal;
use tameio::domain::catalogue::Size;
use tameio::domain::door::DoorKind;
use tameio::domain::listed::ListKind;
use tameio::domain::operator::Right;
use tameio::domain::plate::PlateEntry;
use tameio::domain::settings::Trade;
use tameio::domain::text::Text;
use tameio::store::query;

fn with_owner() -> By {
    By { operator: person("A"), approved_by: Some(person("owner")) }
}

fn put(plate: &str, kind: ListKind, reason: &str, by: By) -> Input {
    let (plate, entry, reason) = (plate.to_owned(), PlateEntry::Greek, reason.to_owned());
    Input::Listed(ListedInput::Put { plate, entry, kind, reason, by })
}

fn comes(world: &mut World, plate: &str, let_in: Option<By>) -> Vec<Notice> {
    world.act(Input::OpenVisit(OpenVisit { let_in, ..arrival(plate, Size::Small) }))
}

fn door(world: &mut World) -> Vec<DoorKind> {
    let conn = world.site().terminal().store().connection();
    let rows = query::door(conn, None, 100).expect("it can be read");
    rows.into_iter().map(|row| row.what).collect()
}

#[test]
fn a_plate_that_is_warned_of_comes_in_once_somebody_has_decided() {
    let mut world = World::of(Trade::Parking);
    let warn = put("ΥΖΒ-3307", ListKind::Warning, "δεν πλήρωσε", alone());
    assert_eq!(world.act(warn), [Notice::NeedsRight(Right::KeepLists)], "a cashier puts nobody on a list");
    assert_eq!(world.act(put("ΥΖΒ-3307", ListKind::Warning, "δεν πλήρωσε", with_owner())), []);
    world.crash();
    let reason = Text::new("δεν πλήρωσε");
    let refused = Refusal::Listed { kind: ListKind::Warning, reason };
    assert_eq!(comes(&mut world, "YZB 3307", None), [Notice::Refused(refused)]);
    assert!(world.site().state().visits.is_empty());
    let (plate, entry, operator) = ("YZB3307".to_owned(), PlateEntry::Greek, person("A"));
    world.act(Input::Listed(ListedInput::TurnAway { plate, entry, operator }));
    let said = comes(&mut world, "ΥΖΒ-3307", Some(alone()));
    assert!(matches!(said[..], [Notice::Opened { .. }]), "{said:?}");
    assert_eq!(door(&mut world), [DoorKind::LetIn, DoorKind::TurnedAway]);
    let people = world.site().state().day.people.clone();
    assert_eq!((people[&person("A")].let_in, people[&person("A")].listed), (1, 1));
    world.drain();
    world.check();
}

#[test]
fn a_plate_that_is_stopped_comes_in_only_with_a_manager() {
    let mut world = World::of(Trade::Parking);
    world.act(put("ΥΖΒ-3307", ListKind::Stopped, "ζημιά", with_owner()));
    assert_eq!(comes(&mut world, "ΥΖΒ-3307", Some(alone())), [Notice::NeedsRight(Right::LetStoppedIn)]);
    assert!(world.entries().is_empty(), "nothing was told");
    let said = comes(&mut world, "ΥΖΒ-3307", Some(with_owner()));
    assert!(matches!(said[..], [Notice::Opened { .. }]), "{said:?}");
    let (plate, entry) = ("ΥΖΒ-3307".to_owned(), PlateEntry::Greek);
    let off = |by| Input::Listed(ListedInput::Take { plate: plate.clone(), entry: entry.clone(), by });
    assert_eq!(world.act(off(with_owner())), []);
    assert_eq!(world.act(off(with_owner())), [Notice::Refused(Refusal::NotListed)], "it is off already");
    world.drain();
    world.check();
}

/// The owner's and the staff's: no charge, category 9, reason 2, and nobody's right is needed at the exit.
#[test]
fn an_exempt_plate_leaves_without_a_charge_as_own_use() {
    let mut world = World::of(Trade::Parking);
    world.act(put("ΥΖΒ-3307", ListKind::Exempt, "προσωπικό", with_owner()));
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.pass(5 * 3_600);
    world.leaves(visit);
    world.drain();
    assert_eq!(world.site().state().outbox.rejected, 0);
    let entry = world.entry_of(visit);
    let told = ["providedServiceCategory", "nonIssueInvoice", "reasonNonIssueType"]
        .map(|name| entry.merged.get(name).unwrap_or("-").to_owned());
    assert_eq!(told, ["9", "true", "2"]);
    assert!(world.documents().is_empty());
    world.check();
}
