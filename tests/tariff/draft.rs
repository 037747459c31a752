//! A version while it is worked on: what fingers type, what is undone, what is to be said before it holds.

use super::{at, shipped, tariff};
use proptest::prelude::*;
use tameio::domain::money::Cents;
use tameio::domain::tariff::concern::{Concern, concerns};
use tameio::domain::tariff::draft::TariffDraft;
use tameio::domain::tariff::draft::fault::Fault;
use tameio::domain::tariff::draft::order::Several;
use tameio::domain::tariff::draft::part::{Choice, Field, Part, Value};
use tameio::domain::tariff::draft::typing::Unit;
use tameio::domain::tariff::rules::{CapDay, Outside, UnitRule};
use tameio::domain::tariff::{Tariff, VehicleClass};
use tameio::domain::text::Language;

fn draft(tariff: &Tariff) -> TariffDraft {
    TariffDraft::new(tariff, tariff.versions.last().expect("a version"))
}

fn t1() -> TariffDraft {
    draft(&shipped("t1-continue"))
}

fn press(draft: &mut TariffDraft, part: Part, field: Field, keys: &str) {
    draft.choose(part);
    draft.choose_field(Some(field));
    keys.chars().for_each(|key| draft.key(&key.to_string()));
}

fn minutes(draft: &TariffDraft, part: Part) -> Option<u32> {
    draft.value(part, Field::Length).and_then(Value::minutes)
}

/// What is said of it as the next version of the tariff it began as.
fn said(draft: &TariffDraft) -> Vec<Concern> {
    let before = draft.tariff_before();
    let version =
        tameio::domain::tariff::rules::Version { from: at("2026-03-14T14:00"), ..draft.version().clone() };
    concerns(before, &version, before.versions.first(), at("2026-03-14T14:00"))
}

#[test]
fn digits_become_what_they_are_typed_into() {
    let mut draft = t1();
    press(&mut draft, Part::Band(0), Field::Price, "450");
    assert_eq!(draft.value(Part::Band(0), Field::Price), Some(Value::Price(Cents(450))));
    press(&mut draft, Part::Band(0), Field::Length, "2");
    // One hour stood there, so hours are typed; what is typed is meant in whatever unit is chosen.
    assert_eq!((draft.unit(), minutes(&draft, Part::Band(0))), (Unit::Hours, Some(120)));
    draft.choose_unit(Unit::Minutes);
    assert_eq!(minutes(&draft, Part::Band(0)), Some(2));
    draft.key("0");
    assert_eq!(minutes(&draft, Part::Band(0)), Some(20));
    draft.erase();
    draft.erase();
    assert_eq!(minutes(&draft, Part::Band(0)), Some(0));
    assert_eq!(draft.version().faults()[0].fault, Fault::NoLength);
}

#[test]
fn numbers_that_cannot_be_are_not_taken() {
    let mut draft = t1();
    press(&mut draft, Part::Band(0), Field::Price, "99999999999");
    assert_eq!(draft.value(Part::Band(0), Field::Price), Some(Value::Price(Cents(9_999_999))));
    press(&mut draft, Part::Turnaround, Field::Length, "99999999999");
    assert_eq!(minutes(&draft, Part::Turnaround), Some(99_999), "a year is the most");
    draft.add(Several::Windows);
    let window = Part::Window(0);
    // The digit that makes a time there is none of is not taken: 27:00, 24:30.
    for (keys, hour, minute) in
        [("2230", 22, 30), ("27", 2, 0), ("2400", 24, 0), ("2430", 2, 43), ("7", 7, 0)]
    {
        press(&mut draft, window, Field::To, keys);
        assert_eq!(draft.value(window, Field::To), Some(Value::Clock(hour * 60 + minute)), "{keys}");
    }
}

#[test]
fn steps_are_undone_a_number_at_a_time() {
    let mut draft = t1();
    let before = draft.version().clone();
    press(&mut draft, Part::Band(0), Field::Price, "450");
    press(&mut draft, Part::Step, Field::Price, "200");
    draft.choose(Part::Band(1));
    draft.remove();
    assert!(
        draft.is_changed() && draft.parts().iter().filter(|part| matches!(part, Part::Band(_))).count() == 1
    );
    draft.undo();
    draft.undo();
    assert_eq!(draft.value(Part::Step, Field::Price), Some(Value::Price(Cents(150))));
    assert_eq!(draft.value(Part::Band(0), Field::Price), Some(Value::Price(Cents(450))));
    draft.undo();
    assert!(!draft.is_changed() && !draft.may_undo());
    assert_eq!(draft.version(), &before);
}

#[test]
fn bands_come_go_and_exchange_their_prices() {
    let mut draft = t1();
    draft.choose(Part::Band(0));
    draft.add(Several::Bands);
    assert_eq!((draft.chosen(), minutes(&draft, Part::Band(1))), (Part::Band(1), Some(90)), "half the way");
    draft.choose(Part::Band(2));
    draft.add(Several::Bands);
    assert_eq!(minutes(&draft, Part::Band(3)), Some(180), "an hour more");
    press(&mut draft, Part::Band(3), Field::Price, "750");
    assert!(draft.may_shift(false) && !draft.may_shift(true));
    draft.shift(false);
    let price = |place| draft.value(Part::Band(place), Field::Price);
    assert_eq!((price(2), price(3)), (Some(Value::Price(Cents(750))), Some(Value::Price(Cents(600)))));
    assert_eq!(draft.chosen(), Part::Band(2));
    assert_eq!(draft.version().faults(), [], "they stand in the order of their length");
    assert!(said(&draft).iter().any(|concern| concern.sentence(Language::El).contains("κοστίζει λιγότερο")));
}

#[test]
fn what_cannot_be_is_said_in_both_languages_and_nothing_is_priced() {
    let mut draft = t1();
    press(&mut draft, Part::Band(1), Field::Length, "1");
    let found = said(&draft);
    let [Concern::Fault(at)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((at.part, at.fault, at.class), (Part::Band(1), Fault::NotLonger, None));
    assert_eq!(
        found[0].sentence(Language::El),
        "Κλιμάκιο 2: πρέπει να φτάνει πιο μακριά από το προηγούμενο."
    );
    assert_eq!(found[0].sentence(Language::En), "Band 2: must reach further than the one before.");
    assert!(Tariff::parse(&draft.tariff().to_text()).is_err(), "the file says no as well");
}

#[test]
fn a_hole_is_an_error_and_a_fall_in_price_a_warning() {
    let mut draft = t1();
    draft.choose(Part::Step);
    draft.remove();
    let hole = said(&draft);
    assert!(hole[0].is_error() && hole[0].sentence(Language::El).contains("χωρίς τιμή"), "{hole:?}");
    draft.undo();
    press(&mut draft, Part::Band(1), Field::Price, "300");
    let fall = said(&draft);
    assert!(!fall[0].is_error() && fall[0].sentence(Language::En).contains("costs less"), "{fall:?}");
}

#[test]
fn hours_over_each_other_and_a_slip_of_the_finger_are_warned_of() {
    let mut draft = t1();
    draft.add(Several::Windows);
    draft.add(Several::Windows);
    assert!(
        said(&draft)
            .iter()
            .any(|one| matches!(one, Concern::Overlap { first: 0, second: 1, windows: true, .. }))
    );
    press(&mut draft, Part::Window(1), Field::From, "6");
    press(&mut draft, Part::Window(1), Field::To, "22");
    assert!(
        !said(&draft).iter().any(|one| matches!(one, Concern::Overlap { .. })),
        "end to end is no overlap"
    );
    let mut draft = t1();
    press(&mut draft, Part::Band(0), Field::Price, "50");
    let far = said(&draft);
    assert!(
        far.iter().any(|one| matches!(one, Concern::FarOff { was: Cents(400), becomes: Cents(50), .. })),
        "{far:?}"
    );
}

#[test]
fn a_night_meets_the_morning_after_it_and_no_other() {
    let windows = |first: &str, second: &str| {
        let unit = "each = \"1 h\", price = \"1.00\"";
        let text = format!("step = {{ {unit} }}\nwindows = [{{ {first}, {unit} }}, {{ {second}, {unit} }}]");
        let rules = tariff(&text).versions.remove(0).rules;
        rules.windows[0].hours.meets(&rules.windows[1].hours)
    };
    let night = "days = [\"fri\"], from = \"22:00\", to = \"06:00\"";
    assert!(windows(night, "days = [\"sat\"], from = \"05:00\", to = \"07:00\""));
    assert!(windows("days = [\"sat\"], from = \"05:00\", to = \"07:00\"", night));
    assert!(!windows(night, "days = [\"fri\"], from = \"05:00\", to = \"07:00\""));
    assert!(!windows(night, "days = [\"sat\"], from = \"06:00\", to = \"07:00\""));
    assert!(windows(night, "days = [\"holiday\"], from = \"05:00\", to = \"07:00\""));
    assert!(!windows(
        "days = [\"mon-fri\"], from = \"08:00\", to = \"20:00\"",
        "days = [\"sat\"], from = \"08:00\", to = \"20:00\""
    ));
}

#[test]
fn a_class_has_its_own_prices_once_it_is_said() {
    let mut draft = t1();
    draft.choose_class(Some(VehicleClass::Van));
    press(&mut draft, Part::Step, Field::Price, "900");
    assert!(!draft.is_changed(), "it shows what holds for all");
    draft.set_apart(true);
    press(&mut draft, Part::Step, Field::Price, "900");
    draft.choose(Part::DayCap);
    draft.remove();
    draft.choose_class(None);
    assert_eq!(draft.value(Part::Step, Field::Price), Some(Value::Price(Cents(150))));
    let read = Tariff::parse(&draft.tariff().to_text()).expect("it can be read");
    let vans = read.versions[0].rules(VehicleClass::Van);
    assert_eq!((vans.step.expect("a step").price, vans.day_cap), (Cents(900), None));
    draft.choose_class(Some(VehicleClass::Van));
    draft.set_apart(false);
    assert!(!draft.is_changed());
}

/// Anything a finger can do.
#[derive(Debug, Clone)]
enum Touch {
    Choose(usize),
    Field(usize),
    Key(u8),
    Erase,
    Clear,
    Unit(usize),
    Day(usize),
    Way(usize),
    Add(usize),
    Remove,
    Shift(bool),
    Class(usize),
    Apart(bool),
    Undo,
}

fn touches() -> impl Strategy<Value = Vec<Touch>> {
    let touch = prop_oneof![
        4 => (0_usize..20).prop_map(Touch::Choose),
        4 => (0_usize..6).prop_map(Touch::Field),
        8 => (0_u8..10).prop_map(Touch::Key),
        1 => Just(Touch::Erase),
        1 => Just(Touch::Clear),
        1 => (0_usize..3).prop_map(Touch::Unit),
        1 => (0_usize..9).prop_map(Touch::Day),
        2 => (0_usize..4).prop_map(Touch::Way),
        2 => (0_usize..3).prop_map(Touch::Add),
        1 => Just(Touch::Remove),
        1 => any::<bool>().prop_map(Touch::Shift),
        1 => (0_usize..5).prop_map(Touch::Class),
        1 => any::<bool>().prop_map(Touch::Apart),
        1 => Just(Touch::Undo),
    ];
    prop::collection::vec(touch, 0..60)
}

fn touch(draft: &mut TariffDraft, touch: &Touch) {
    let of = |place: usize, length: usize| place % length.max(1);
    match *touch {
        Touch::Choose(place) => {
            let parts = draft.parts();
            draft.choose(parts[of(place, parts.len())]);
        }
        Touch::Field(place) => {
            let fields = draft.chosen().fields();
            draft.choose_field(fields.get(of(place, fields.len())).copied());
        }
        Touch::Key(digit) => draft.key(&digit.to_string()),
        Touch::Erase => draft.erase(),
        Touch::Clear => draft.clear(),
        Touch::Unit(place) => draft.choose_unit(Unit::ALL[place]),
        Touch::Day(place) => draft.toggle_day(place),
        Touch::Way(place) => {
            let ways: Vec<Choice> = draft.choices().into_iter().map(|(way, _)| way).collect();
            if let Some(way) = ways.get(of(place, ways.len())) {
                draft.decide(*way);
            }
        }
        Touch::Add(kind) => draft.add([Several::Bands, Several::Windows, Several::Flats][kind]),
        Touch::Remove => draft.remove(),
        Touch::Shift(later) => draft.shift(later),
        Touch::Class(place) => draft.choose_class(VehicleClass::ALL.get(place).copied()),
        Touch::Apart(apart) => draft.set_apart(apart),
        Touch::Undo => draft.undo(),
    }
}

#[test]
fn what_has_no_fault_is_read_from_its_text_and_prices_the_same_and_undo_ends_where_it_began() {
    let stays = prop::collection::vec(super::agrees::stays(), 8);
    super::agrees::on_any(&(touches(), stays), 1, |(touches_made, stays)| {
        let mut draft = draft(&shipped("every-part"));
        touches_made.iter().for_each(|one| touch(&mut draft, one));
        assert!(draft.parts().contains(&draft.chosen()), "what is chosen is there");
        let (tariff, text) = (draft.tariff(), draft.tariff().to_text());
        match Tariff::parse(&text) {
            Ok(read) => {
                assert_eq!(draft.version().faults(), [], "the file has no fault\n{text}");
                for (from, length) in stays {
                    let instant = |second| jiff::Timestamp::from_second(second).expect("an instant");
                    for class in VehicleClass::ALL {
                        let price = |tariff: &Tariff| {
                            tariff
                                .price(class, instant(from), instant(from + length))
                                .map(|price| price.total)
                        };
                        assert_eq!(price(&read), price(&tariff), "{class:?} {from} {length}\n{text}");
                    }
                }
            }
            Err(faults) => assert_ne!(draft.version().faults(), [], "{faults:?}\n{text}"),
        }
        while draft.may_undo() {
            draft.undo();
        }
        // More steps than are kept may have been made.
        assert!(touches_made.len() > 90 || !draft.is_changed());
    });
}

#[test]
fn ways_are_chosen_and_said_in_the_file() {
    let mut draft = t1();
    draft.add(Several::Windows);
    draft.choose(Part::Edges);
    draft.decide(Choice::Edges(UnitRule::Cut));
    draft.choose(Part::DayCap);
    assert!(draft.offers(Choice::CapDay(CapDay::Calendar)));
    draft.decide(Choice::CapDay(CapDay::Calendar));
    draft.choose(Part::Step);
    draft.remove();
    draft.choose(Part::Outside);
    draft.decide(Choice::Outside(Outside::Free));
    draft.add(Several::Flats);
    press(&mut draft, Part::Flat(0), Field::Price, "700");
    let text = draft.tariff().to_text();
    for word in [
        "units_at_edges = \"cut\"",
        "day = \"calendar\"",
        "outside_windows = \"free\"",
        "until = \"06:00\"",
        "price = \"7.00\"",
    ] {
        assert!(text.contains(word), "{word}\n{text}");
    }
}
