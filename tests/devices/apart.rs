//! A drawer that opens by itself, and a device nobody has.

use super::only;
use crate::world::World;
use tameio::app::effect::Notice;
use tameio::app::input::{DeviceInput, Input, TillInput};
use tameio::app::refusal::Refusal;
use tameio::domain::device::DeviceKind;
use tameio::domain::event::Event;

#[test]
fn a_drawer_that_opens_unasked_is_an_event() {
    let mut world = World::wash();
    let unasked = |world: &World| {
        world.events().iter().filter(|event| matches!(event, Event::DrawerOpenedUnasked)).count()
    };
    assert!(
        world.act(Input::Device(DeviceInput::DrawerSeen { open: true })).is_empty(),
        "the first look shows how it stands"
    );
    world.act(Input::Device(DeviceInput::DrawerSeen { open: false }));
    world.act(Input::Till(TillInput::OpenDrawer { by: crate::world::with_chief() }));
    assert!(world.act(Input::Device(DeviceInput::DrawerSeen { open: true })).is_empty(), "it was asked for");
    world.act(Input::Device(DeviceInput::DrawerSeen { open: false }));
    world.pass(60);
    assert_eq!(unasked(&world), 0);
    assert_eq!(world.act(Input::Device(DeviceInput::DrawerSeen { open: true })), [Notice::DrawerOpen]);
    assert!(
        world.act(Input::Device(DeviceInput::DrawerSeen { open: true })).is_empty(),
        "it is still the same opening"
    );
    assert_eq!(unasked(&world), 1);
}

#[test]
fn a_barrier_that_nobody_has_does_not_open() {
    let mut world = World::wash();
    let said = world.act(Input::Device(DeviceInput::OpenBarrier {
        device: only(DeviceKind::Barrier),
        visit: None,
        reason: "δοκιμή".to_owned(),
        operator: crate::world::person("A"),
    }));
    assert_eq!(said, [Notice::Refused(Refusal::NoSuchDevice)]);
    assert!(!world.events().iter().any(|event| matches!(event, Event::BarrierAsked { .. })));
}
