//! Devices at the screen: as they are, tried, and swapped by touch alone.
//!
//! | module | promise |
//! |---|---|
//! | `pages` | every page of every kind of device draws, in every state |
//! | `standing` | what is said of a device is how it is |
//! | `trying` | each device is tried from its page, and a second press does no harm |
//! | `changing` | found, typed, named, given its make, and taken back |
//! | `swap` | scenario E on the whole engine and real sockets: taps and seconds |

mod changing;
mod pages;
mod standing;
mod swap;
mod trying;

use crate::stage::{Stage, wash};
use tameio::app::input::{DeviceInput, Input};
use tameio::domain::device::{Condition, DeviceId, DeviceKind, DeviceOffer, DeviceTrouble};
use tameio::domain::settings::Settings;
use tameio::domain::text::Text;

/// A shop with a device of every kind, two scanners among them.
pub(super) const ALL: [(&str, &str); 6] = [
    ("printer", "file:/dev/usb/lp0?profile=epson-80"),
    ("scanner.entry", "usb:0c2e:0b61"),
    ("scanner.exit", "serial:/dev/ttyACM1"),
    ("scale", "serial:/dev/ttyUSB1?protocol=8217"),
    ("display", "serial:/dev/ttyUSB2?commands=epson"),
    ("barrier.exit", "tcp://192.168.1.61?board=modbus&relay=1&seen=1"),
];

pub(super) const SIZE: (u32, u32) = (1024, 768);

pub(super) fn full() -> Stage {
    Stage::with(wash(), SIZE, &ALL)
}

pub(super) fn practice() -> Settings {
    Settings { practice: true, ..wash() }
}

pub(super) fn id(text: &str) -> DeviceId {
    text.parse().expect("a device")
}

/// A device is in another condition.
pub(super) fn is(stage: &Stage, device: &str, condition: Condition) {
    stage.happen(Input::Device(DeviceInput::Seen { device: id(device), condition }));
}

pub(super) fn faulted(stage: &Stage, device: &str, trouble: DeviceTrouble) {
    is(stage, device, Condition::Faulted { trouble });
}

/// What is plugged in.
pub(super) fn found(stage: &Stage, offers: &[(DeviceKind, bool, &str, &str)]) {
    let offer = |(kind, certain, name, address): &(DeviceKind, bool, &str, &str)| DeviceOffer {
        kind: *kind,
        certain: *certain,
        name: Text::new(name),
        address: Text::new(address),
        udev: None,
    };
    stage.happen(Input::Device(DeviceInput::Found { offers: offers.iter().map(offer).collect() }));
}

/// The assignments that were asked for: device, address, and what the configuration said.
pub(super) fn assigned(stage: &Stage) -> Vec<(String, Option<String>, Option<String>)> {
    let of = |input: Input| match input {
        Input::Device(DeviceInput::Assign { device, address, configured, .. }) => {
            Some((device.to_string(), address, configured))
        }
        _ => None,
    };
    stage.sent().into_iter().filter_map(of).collect()
}
