//! The cash drawer: either pin, either level, behind every language and on a relay, seen or told.

use std::time::Duration;

use tameio_drivers::drawer::{Drawer, DrawerOpening, PrinterDrawer, RelayDrawer};
use tameio_drivers::printer::status::DrawerState;
use tameio_drivers::printer::{EscPosPrinter, PaperLevel, Profile, SimPrinter};
use tameio_drivers::relay::sim::SimBoard;
use tameio_drivers::relay::{Pulse, PulseSettings};

use crate::profile;

fn counter(profile: &Profile) -> (SimPrinter, EscPosPrinter) {
    let sim = SimPrinter::new(profile.clone());
    (sim.clone(), EscPosPrinter::new("counter", profile.clone(), Box::new(sim)))
}

#[test]
fn either_pin_and_either_level_in_every_language() {
    for name in ["epson-80", "xprinter-58", "star-80"] {
        for (pin, low) in [(0, false), (0, true), (1, false), (1, true)] {
            let mut profile = profile(name);
            profile.drawer.pin = pin;
            profile.drawer.open_is_high = !low;
            let (sim, mut printer) = counter(&profile);
            sim.change(|control| {
                control.drawer_pin = pin;
                control.drawer_open_is_low = low;
            });
            let mut drawer = PrinterDrawer::new(&mut printer);
            assert_eq!(drawer.state(), Some(DrawerState::Closed), "{name}, pin {pin}, low {low}");
            assert_eq!(drawer.open(), DrawerOpening::Seen, "{name}, pin {pin}, low {low}");
            assert_eq!(sim.pulses(), 1, "{name}, pin {pin}, low {low}");
            sim.change(|control| control.drawer_open = false);
            assert_eq!(drawer.state(), Some(DrawerState::Closed), "{name}, pin {pin}, low {low}");
        }
    }
}

#[test]
fn a_drawer_on_the_other_pin_is_seen_to_stay_shut() {
    let (sim, mut printer) = counter(&profile("epson-80"));
    sim.change(|control| control.drawer_pin = 1);
    assert_eq!(PrinterDrawer::new(&mut printer).open(), DrawerOpening::StayedShut);
    assert_eq!(sim.pulses(), 0);
}

#[test]
fn without_paper_either_pin_is_reached_at_once() {
    for pin in [0, 1] {
        let mut profile = profile("epson-80");
        profile.drawer.pin = pin;
        let (sim, mut printer) = counter(&profile);
        sim.change(|control| {
            control.drawer_pin = pin;
            control.paper = PaperLevel::Out;
        });
        assert_eq!(PrinterDrawer::new(&mut printer).open(), DrawerOpening::Seen);
        assert_eq!(sim.pulses(), 1);
    }
}

#[test]
fn a_mute_printer_is_told_and_a_missing_one_is_named() {
    let mut mute = profile("epson-80");
    mute.status = tameio_drivers::printer::profile::StatusAbility::None;
    let (sim, mut printer) = counter(&mute);
    let mut drawer = PrinterDrawer::new(&mut printer);
    assert_eq!((drawer.open(), drawer.state()), (DrawerOpening::Told, None));
    assert_eq!(sim.pulses(), 1);
    sim.change(|control| control.gone = true);
    let DrawerOpening::NotOpened { cause } = drawer.open() else { panic!("nobody is there") };
    assert!(cause.contains("was not found"), "{cause}");
}

#[test]
fn a_drawer_on_a_relay_gets_one_short_pulse() {
    let sim = SimBoard::default();
    let settings = PulseSettings {
        closed: Duration::from_millis(40),
        interval: Duration::from_secs(60),
        ..PulseSettings::default()
    };
    let (pulse, off) = Pulse::new(Box::new(sim.clone()), settings);
    off.unwrap();
    let mut drawer = RelayDrawer::new(pulse);
    assert_eq!(drawer.open(), DrawerOpening::Told);
    let DrawerOpening::NotOpened { cause } = drawer.open() else { panic!("too soon") };
    assert!(cause.contains("coil must cool"), "{cause}");
    assert_eq!(sim.contacts().log, [(1, false), (1, true), (1, false)]);
}
