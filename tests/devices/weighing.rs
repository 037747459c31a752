//! The scale: asked while somebody weighs; what it says is a weight only at rest, and only while it is fresh.

use super::{BACK, Desk, GONE, configured, only};
use crate::folder::Folder;
use std::time::Duration;
use tameio::app::effect::Notice;
use tameio::app::input::{AddToOrder, DeviceInput, HowMuch, Input, OrderInput};
use tameio::app::refusal::OrderRefusal;
use tameio::domain::device::{Condition, DeviceKind, DeviceTrouble, ScaleReading, Weighed};
use tameio::domain::money::Cents;
use tameio_drivers::scale::sim::pty::plug;
use tameio_drivers::scale::{Kind, SimScale};

#[test]
fn a_weight_is_shown_while_somebody_weighs_and_not_after_the_cable_was_pulled() {
    let folder = Folder::new();
    let link = folder.path().join("ttyUSB1");
    let scale = only(DeviceKind::Scale);
    let sim = SimScale::new(Kind::Mettler8217);
    let plugged = plug(&sim, &link).expect("a pseudo terminal");
    let address = format!("serial:{}?protocol=8217", link.display());
    let desk = Desk::open(folder.path(), configured(&[("scale", &address)]));
    desk.until_is(BACK, &scale, &Condition::Ready);
    let reads = |wanted: ScaleReading| {
        move |state: &tameio::app::state::State| {
            state.live.weighed.is_some_and(|weighed| weighed.reading == wanted)
        }
    };
    desk.send(Input::Device(DeviceInput::Weigh { on: true }));
    desk.until(GONE, "it is empty", reads(ScaleReading::Zero));
    sim.change(|control| (control.grams, control.moving) = (4_250, true));
    desk.until(GONE, "it moves", reads(ScaleReading::Moving));
    sim.change(|control| control.moving = false);
    desk.until(GONE, "it is at rest", reads(ScaleReading::Stable { grams: 4_250 }));
    sim.change(|control| control.grams = -20);
    desk.until(GONE, "something was taken off", reads(ScaleReading::Negative));
    sim.change(|control| control.grams = 4_250);
    desk.until(GONE, "it is at rest", reads(ScaleReading::Stable { grams: 4_250 }));
    drop(plugged);
    desk.until(GONE, "no weight of a scale that is gone", |state| state.live.weighed.is_none());
    desk.until_is(GONE, &scale, &Condition::Absent);
    let _plugged = plug(&sim, &link).expect("a pseudo terminal");
    desk.until(BACK, "it weighs again by itself", reads(ScaleReading::Stable { grams: 4_250 }));
    desk.send(Input::Device(DeviceInput::Weigh { on: false }));
    desk.until(GONE, "nobody weighs", |state| state.live.weighed.is_none());
    desk.close();
}

/// What a real line says is priced; once its cable is out, nothing is.
#[test]
fn what_the_scale_says_is_priced_and_what_it_said_before_the_cable_was_pulled_is_not() {
    let folder = Folder::new();
    let link = folder.path().join("ttyUSB1");
    let sim = SimScale::new(Kind::Mettler8217);
    let plugged = plug(&sim, &link).expect("a pseudo terminal");
    let desk = Desk::open(
        folder.path(),
        configured(&[("scale", &format!("serial:{}?protocol=8217", link.display()))]),
    );
    desk.until_is(BACK, &only(DeviceKind::Scale), &Condition::Ready);
    let add = || {
        Input::Order(OrderInput::Add(AddToOrder {
            order: None,
            item: "DUVET".to_owned(),
            how_much: HowMuch::OnScale { tare_g: 450 },
            pieces: 1,
            defects: String::new(),
            by: crate::world::alone(),
        }))
    };
    sim.change(|control| (control.grams, control.moving) = (12_800, true));
    desk.send(Input::Device(DeviceInput::Weigh { on: true }));
    let reads = |wanted: ScaleReading| {
        move |state: &tameio::app::state::State| {
            state.live.weighed.is_some_and(|weighed| weighed.reading == wanted)
        }
    };
    desk.until(GONE, "it moves", reads(ScaleReading::Moving));
    desk.send(add());
    let refused = |reading| Notice::Refused(OrderRefusal::NoWeight { reading }.into());
    assert_eq!(desk.said.recv_timeout(GONE), Ok(refused(ScaleReading::Moving)));
    sim.change(|control| control.moving = false);
    desk.until(GONE, "it is at rest", reads(ScaleReading::Stable { grams: 12_800 }));
    desk.send(add());
    desk.until(GONE, "it is priced", |state| {
        state.orders.values().any(|order| order.unpaid().totals().gross == Cents(3_088))
    });
    assert!(matches!(desk.said.recv_timeout(GONE), Ok(Notice::OrderOpened { .. })));
    drop(plugged);
    desk.until(GONE, "no weight of a scale that is gone", |state| state.live.weighed.is_none());
    desk.send(add());
    assert_eq!(desk.said.recv_timeout(GONE), Ok(refused(ScaleReading::NoAnswer)));
    desk.close();
}

#[test]
fn a_reading_grows_stale() {
    let now = crate::world::at("08:00");
    let weighed = Weighed { reading: ScaleReading::Stable { grams: 100 }, at: now };
    assert_eq!(weighed.now(now), ScaleReading::Stable { grams: 100 });
    assert_eq!(weighed.now(now.moved(1)), ScaleReading::Stable { grams: 100 });
    assert_eq!(weighed.now(now.moved(2)), ScaleReading::NoAnswer, "two seconds old");
    assert_eq!(weighed.now(now.moved(-1)), ScaleReading::NoAnswer, "the clock was set back");
}

/// A line with something else behind it is named as that, and its neighbour works on.
#[test]
fn nonsense_on_one_line_is_named_and_hurts_no_neighbour() {
    let folder = Folder::new();
    let (first, second) = (folder.path().join("ttyUSB0"), folder.path().join("ttyACM0"));
    let sim = SimScale::new(Kind::Mettler8217);
    sim.change(|control| control.garbage = true);
    let _scale = plug(&sim, &first).expect("a pseudo terminal");
    let (mut wire, _scanner) = tameio_drivers::scale::sim::pty::line(&second).expect("a pseudo terminal");
    let desk = Desk::open(
        folder.path(),
        configured(&[
            ("scale", &format!("serial:{}?protocol=8217", first.display())),
            ("scanner", &format!("serial:{}", second.display())),
        ]),
    );
    desk.until(Duration::from_secs(10), "the nonsense is named", |state| {
        let named = |condition: &Condition| {
            matches!(condition, Condition::Faulted { trouble: DeviceTrouble::SpeaksSomethingElse { .. } })
        };
        super::condition(state, &only(DeviceKind::Scale)).is_some_and(named)
    });
    desk.until_is(BACK, &only(DeviceKind::Scanner), &Condition::Ready);
    std::io::Write::write_all(&mut wire, b"5201234567894\r").expect("it is written");
    let said = desk.said.recv_timeout(GONE).expect("the scanner is heard");
    assert!(matches!(said, tameio::app::effect::Notice::Scanned { code, .. } if code == "5201234567894"));
    sim.change(|control| control.garbage = false);
    desk.until_is(Duration::from_secs(10), &only(DeviceKind::Scale), &Condition::Ready);
    desk.close();
}
