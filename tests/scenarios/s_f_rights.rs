//! Scenario F: what somebody may not do is refused with who may; a second person steps in with a PIN, and both names stand in
//! the journal.

use crate::world::{World, person, with_chief};
use tameio::app::effect::Notice;
use tameio::app::input::{By, Input, PersonInput, TillInput};
use tameio::app::refusal::Refusal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::event::Event;
use tameio::domain::money::{Cents, Rate};
use tameio::domain::operator::Right;
use tameio::domain::pin::PinHash;
use tameio::domain::sale::DiscountAmount;
use tameio::domain::settings::{Settings, Trade};

/// A wash where whoever steps in types a PIN; the owner and the chief have one.
fn strict() -> World {
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let mut world = World::with(Settings { pins: true, lock_after_s: 300, ..settings });
    let set = |operator: &str, by: &str| {
        Input::Person(PersonInput::PinHashed {
            operator: person(operator),
            hash: PinHash { salt: "00".to_owned(), hash: "11".to_owned() },
            by: person(by),
        })
    };
    // Nobody but an owner has the first word, and nobody sets another's without showing to be there.
    assert_eq!(world.act(set("chief", "A")), [Notice::Refused(Refusal::PinByOwner)]);
    world.act(set("owner", "owner"));
    assert_eq!(world.act(set("A", "owner")), [Notice::Refused(Refusal::PinByOwner)]);
    assert_eq!(
        world.act(set("chief", "chief")),
        [Notice::Refused(Refusal::PinByOwner)],
        "a name is only a name"
    );
    types(&mut world, "owner", true);
    world.act(set("chief", "owner"));
    world.act(set("A", "owner"));
    world.pass(120);
    world
}

fn types(world: &mut World, who: &str, good: bool) -> Vec<Notice> {
    world.act(Input::Person(PersonInput::PinChecked { operator: person(who), good }))
}

fn refused(world: &World) -> usize {
    world.events().iter().filter(|event| matches!(event, Event::RightRefused { .. })).count()
}

#[test]
fn who_may_not_is_told_who_may_and_a_second_person_steps_in_with_a_pin() {
    let mut world = strict();
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.takes(visit, "FULL");
    let alone = || By { operator: person("A"), approved_by: None };
    let discount = |by| Input::GiveDiscount {
        visit,
        amount: DiscountAmount::Percent(Rate(1_500)),
        reason: "γνωστός".to_owned(),
        by,
    };
    let cancel = |by| Input::CancelVisit { visit, reason: "έφυγε".to_owned(), by };
    assert_eq!(world.act(discount(alone())), [Notice::NeedsRight(Right::LargeDiscount)]);
    assert_eq!(
        world.act(Input::Till(TillInput::OpenDrawer { by: alone() })),
        [Notice::NeedsRight(Right::NoSale)]
    );
    assert_eq!(world.act(cancel(alone())), [Notice::NeedsRight(Right::CorrectEntry)]);
    assert_eq!(refused(&world), 3, "the tries themselves are recorded");
    // A name alone is not a person.
    let needed = Refusal::PinNeeded { operator: person("chief") };
    assert_eq!(
        world.act(Input::Till(TillInput::OpenDrawer { by: with_chief() })),
        [Notice::Refused(needed.clone())]
    );
    assert_eq!(types(&mut world, "chief", false), [Notice::Refused(Refusal::PinWrong)]);
    assert_eq!(
        world.act(Input::Till(TillInput::OpenDrawer { by: with_chief() })),
        [Notice::Refused(needed.clone())]
    );
    assert_eq!(types(&mut world, "chief", true), [Notice::PinRight { operator: person("chief") }]);
    assert_eq!(world.act(Input::Till(TillInput::OpenDrawer { by: with_chief() })), []);
    // Whoever stood there a minute ago may have left.
    world.pass(61);
    assert_eq!(world.act(Input::Till(TillInput::OpenDrawer { by: with_chief() })), [Notice::Refused(needed)]);
    // The owner's PIN is the owner's.
    types(&mut world, "chief", true);
    let owner = By { operator: person("A"), approved_by: Some(person("owner")) };
    assert_eq!(
        world.act(discount(owner.clone())),
        [Notice::Refused(Refusal::PinNeeded { operator: person("owner") })]
    );
    types(&mut world, "owner", true);
    assert_eq!(world.act(discount(owner)), []);
    let both = world.events().into_iter().any(|event| match event {
        Event::ServiceChosen { sale, .. } => {
            sale.discounts.iter().any(|discount| discount.approved_by == Some(person("owner")))
        }
        _ => false,
    });
    assert!(both, "who allowed it stands with what was allowed");
}

/// A shift in the owner's name gives nobody the owner's rights.
#[test]
fn the_name_of_the_shift_is_no_right() {
    let mut world = strict();
    world.act(Input::Till(TillInput::OpenShift { float: Cents(0), operator: person("owner") }));
    let alone = By { operator: person("owner"), approved_by: None };
    let open = || Input::Till(TillInput::OpenDrawer { by: alone.clone() });
    assert_eq!(world.act(open()), [Notice::NeedsRight(Right::NoSale)]);
    assert_eq!(refused(&world), 0, "who has the right has not tried what they may not");
    types(&mut world, "owner", true);
    assert_eq!(world.act(open()), []);
    world.pass(61);
    assert_eq!(world.act(open()), [Notice::NeedsRight(Right::NoSale)]);
}

#[test]
fn wrong_pins_make_one_wait_longer_and_longer_and_a_restart_does_not_help() {
    let mut world = strict();
    for _ in 0..5 {
        assert_eq!(types(&mut world, "chief", false), [Notice::Refused(Refusal::PinWrong)]);
    }
    let waits = |world: &mut World| match types(world, "chief", true).as_slice() {
        [Notice::Refused(Refusal::PinLocked { seconds })] => *seconds,
        other => panic!("{other:?}"),
    };
    assert_eq!(waits(&mut world), 30, "even the right one waits");
    world.crash();
    assert_eq!(waits(&mut world), 30);
    world.pass(30);
    assert_eq!(types(&mut world, "chief", false), [Notice::Refused(Refusal::PinWrong)]);
    assert_eq!(waits(&mut world), 60, "it doubles");
    world.pass(60);
    assert_eq!(types(&mut world, "chief", true), [Notice::PinRight { operator: person("chief") }]);
    assert_eq!(types(&mut world, "chief", false), [Notice::Refused(Refusal::PinWrong)], "counted anew");
    // The longest wait is a quarter of an hour, whatever was typed.
    for _ in 0..40 {
        types(&mut world, "chief", false);
        world.pass(15 * 60);
    }
    types(&mut world, "chief", false);
    assert!(waits(&mut world) <= 15 * 60);
    let control = world.site().state().day.people[&person("chief")];
    assert!(control.wrong_pins > 40, "the owner sees them");
}

#[test]
fn an_idle_till_waits_for_a_pin() {
    let mut world = strict();
    world.act(Input::Person(PersonInput::LockTill));
    assert!(!world.site().state().live.locked, "nobody is at the till: nothing to lock");
    world.act(Input::Till(TillInput::OpenShift { float: Cents(0), operator: person("A") }));
    world.act(Input::Person(PersonInput::LockTill));
    assert!(world.site().state().live.locked);
    types(&mut world, "A", false);
    assert!(world.site().state().live.locked);
    types(&mut world, "A", true);
    assert!(!world.site().state().live.locked);
    world.act(Input::Person(PersonInput::LockTill));
    types(&mut world, "chief", true);
    assert!(!world.site().state().live.locked, "whoever leads the shift may open it");
}
