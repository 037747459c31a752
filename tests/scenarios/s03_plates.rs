//! Foreign plates, state vehicles, vehicles without a plate, and one vehicle however its plate was typed.

use crate::world::{World, arrival, cash};
use tameio::aade::simulator::Call;
use tameio::app::effect::Notice;
use tameio::app::input::{Input, OpenVisit};
use tameio::app::refusal::Refusal;
use tameio::domain::catalogue::Size;
use tameio::domain::event::Event;
use tameio::domain::ids::VisitId;
use tameio::domain::plate::{PlateEntry, PlateKind};
use tameio::domain::settings::Trade;
use tameio::domain::text::{Language, Text};
use tameio::domain::visit::{PlateSource, VehicleFacts};

fn facts(category: Option<&str>, maker: Option<&str>) -> VehicleFacts {
    VehicleFacts { category: category.map(Text::new), maker: maker.map(Text::new) }
}

fn german(vehicle: VehicleFacts) -> OpenVisit {
    let entry = PlateEntry::Foreign { country: "DE".to_owned() };
    OpenVisit { entry, vehicle, ..arrival("M-AB 1234", Size::Small) }
}

/// Washed, paid and gone; then what the registry holds of it: its plate, field by field.
fn registered(world: &mut World, open: OpenVisit) -> (VisitId, [Option<String>; 4]) {
    let visit = world.opens(open);
    world.takes(visit, "FULL");
    world.pays(visit, &[cash("20.00")]);
    world.pass(5);
    world.leaves(visit);
    world.drain();
    let entry = world.entry_of(visit);
    let names = [
        "vehicleRegistrationNumber",
        "foreignVehicleRegistrationNumber",
        "vehicleCategory",
        "vehicleFactory",
    ];
    (visit, names.map(|name| entry.initial.get(name).map(str::to_owned)))
}

fn words(values: [Option<&str>; 4]) -> [Option<String>; 4] {
    values.map(|value| value.map(str::to_owned))
}

/// What must hold after each of them: never both plate fields in one message.
fn check(world: &mut World) {
    for entry in world.entries() {
        let (domestic, foreign) = (
            entry.initial.has("vehicleRegistrationNumber"),
            entry.initial.has("foreignVehicleRegistrationNumber"),
        );
        assert!(domestic != foreign, "one of the two fields: {entry:?}");
    }
    world.check();
}

#[test]
fn a_german_car_is_washed_without_its_maker() {
    let mut world = World::wash();
    assert_eq!(
        world.act(Input::OpenVisit(german(facts(None, None)))),
        [Notice::Refused(Refusal::CategoryMissing)]
    );
    let (visit, told) = registered(&mut world, german(facts(Some("Αυτοκίνητο"), None)));
    assert_eq!(told, words([None, Some("MAB1234"), Some("Αυτοκίνητο"), None]));
    assert_eq!(world.visit(visit).plate.kind, PlateKind::Foreign { country: "DE".to_owned() });
    check(&mut world);
}

#[test]
fn at_the_garage_its_maker_is_asked_for_before_anything_is_sent() {
    let mut world = World::of(Trade::Garage);
    for maker in [None, Some(""), Some("\u{200B}")] {
        let said = world.act(Input::OpenVisit(german(facts(Some("Αυτοκίνητο"), maker))));
        let [Notice::Refused(refusal @ Refusal::MakerMissing)] = said.as_slice() else { panic!("{said:?}") };
        assert!(refusal.sentence(Language::El).starts_with("Γράψε τη μάρκα"));
    }
    world.pass(60);
    assert_eq!((world.requests(Call::SendClient), world.site().state().visits.len()), (0, 0), "nothing left");
    let visit = world.opens(german(facts(Some("Αυτοκίνητο"), Some("BMW"))));
    world.drain();
    assert_eq!(world.entry_of(visit).initial.get("vehicleFactory"), Some("BMW"));
    check(&mut world);
}

#[test]
fn police_and_diplomats_go_into_the_foreign_field_letter_by_letter() {
    let mut world = World::wash();
    for (typed, told) in [("ΕΑ-12345", "ΕΑ12345"), ("ΔΣ-4410", "ΔΣ4410")] {
        let said = world.act(Input::OpenVisit(arrival(typed, Size::Small)));
        assert_eq!(said, [Notice::Refused(Refusal::CategoryMissing)], "{typed}");
        let open =
            OpenVisit { vehicle: facts(Some("Αυτοκίνητο"), None), ..arrival(typed, Size::Small) };
        let (visit, fields) = registered(&mut world, open);
        assert_eq!(fields, words([None, Some(told), Some("Αυτοκίνητο"), None]));
        assert_eq!(world.visit(visit).plate.display(), typed, "out of the database");
        let paper = world.papers().pop().expect("a receipt");
        assert!(paper.contains(typed), "{typed} on\n{paper}");
        let plate = |event: &Event| match event {
            Event::VisitOpened { visit } => Some(visit.plate.display()),
            _ => None,
        };
        assert_eq!(world.events().iter().rev().find_map(plate).as_deref(), Some(typed), "out of the journal");
    }
    check(&mut world);
}

#[test]
fn a_scooter_without_a_plate_is_known_by_its_chassis() {
    let mut world = World::wash();
    let vehicle = facts(Some("Μοτοσικλέτα"), None);
    let open = OpenVisit { entry: PlateEntry::Chassis, vehicle, ..arrival("ZAPM4580000123456", Size::Small) };
    let (_, told) = registered(&mut world, open);
    assert_eq!(told, words([None, Some("ZAPM4580000123456"), Some("Μοτοσικλέτα"), None]));
    check(&mut world);
}

#[test]
fn typed_scanned_and_seen_it_is_the_same_vehicle() {
    let mut world = World::wash();
    let first = world.comes("ihz 4821", Size::Small);
    for (plate, source) in [
        ("ΙΗΖ4821", PlateSource::Scanned),
        ("IHZ-4821", PlateSource::Camera),
        ("ιηζ-4821", PlateSource::Typed),
    ] {
        let said = world.act(Input::OpenVisit(OpenVisit { source, ..arrival(plate, Size::Small) }));
        assert_eq!(said, [Notice::Refused(Refusal::AlreadyInside { visit: first })], "{plate}");
    }
    assert_eq!(world.site().state().visits.len(), 1);
    let second = OpenVisit {
        again_because: Some("δεύτερο όχημα".to_owned()),
        ..arrival("ΙΗΖ4821", Size::Small)
    };
    assert_ne!(world.opens(second), first, "with a reason, a second visit");
    world.drain();
    check(&mut world);
}
