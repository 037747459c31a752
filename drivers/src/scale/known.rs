//! Scales by their numbers: what may be one, and how to reach it.

use crate::supervisor::{Class, Found};

/// Makers of USB adapters for serial lines; what is at the other end, only a [`probe`](super::probe()) can tell.
const ADAPTERS: [u16; 4] = [0x0403, 0x067B, 0x10C4, 0x1A86];

/// The address of what was found as this kind of node, if it can be a scale: a device with a scale's reports, or an adapter
/// that may have one behind it.
#[must_use]
pub fn address(found: &Found, class: Class) -> Option<String> {
    let usb = found.usb.as_ref()?;
    match class {
        Class::HidScale => Some(usb.address("hid")),
        Class::Tty if ADAPTERS.contains(&usb.vendor) => Some(usb.address("usb")),
        Class::Tty | Class::Input | Class::HidScanner | Class::Printer | Class::Camera => None,
    }
}
