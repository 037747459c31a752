//! Scanners by their numbers and names: who is probably one, and how to reach it.

use crate::supervisor::{Class, Found, UsbDevice};

/// Makers of scanners.
const MAKERS: [u16; 9] = [0x05E0, 0x0C2E, 0x23D0, 0x0536, 0x067E, 0x05F9, 0x1EAB, 0x065A, 0x26F1];

/// Scanners of makers who also make other things.
const MODELS: [(u16, u16); 9] = [
    (0x0416, 0xC141),
    (0x04B4, 0x0100),
    (0x04B4, 0xBCA1),
    (0x04B4, 0xDE61),
    (0x04B4, 0xDE64),
    (0x13BA, 0x0018),
    (0x0581, 0x0107),
    (0x0581, 0x020C),
    (0x0483, 0x5740),
];

/// Words in the name of a scanner.
const WORDS: [&str; 7] = ["scanner", "barcode", "reader", "symbol", "honeywell", "datalogic", "newland"];

/// Whether a device is probably a scanner.
#[must_use]
pub fn is_scanner(usb: &UsbDevice) -> bool {
    let name = usb.name.to_lowercase();
    MAKERS.contains(&usb.vendor)
        || MODELS.contains(&(usb.vendor, usb.product))
        || WORDS.iter().any(|word| name.contains(word))
}

/// The address of a scanner that was found as this kind of node; none when it is probably none, or no kind of node a scanner
/// is used through.
#[must_use]
pub fn address(found: &Found, class: Class) -> Option<String> {
    let usb = found.usb.as_ref()?;
    let kind = match class {
        // It says itself what it is.
        Class::HidScanner => "hidpos",
        Class::Input if is_scanner(usb) => "evdev",
        Class::Tty if is_scanner(usb) => "usb",
        Class::Input | Class::Tty | Class::HidScale | Class::Printer | Class::Camera => return None,
    };
    Some(usb.address(kind))
}
