//! The line of udev that gives this program a device, to be installed once by whoever may.

use std::path::Path;

use super::identity::Found;

/// The line for a device that may not be opened, to be put into `/etc/udev/rules.d/70-pos.rules`.
#[must_use]
pub fn line(path: &Path, found: Option<&Found>) -> String {
    let node = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = node.file_name().unwrap_or_default().to_string_lossy();
    let (subsystem, more) = kind(&name);
    let which = match found.and_then(|found| found.usb.as_ref()) {
        Some(usb) => {
            let serial = usb.serial.as_ref().filter(|serial| plain(serial));
            let serial = serial.map(|serial| format!(", ATTRS{{serial}}==\"{serial}\"")).unwrap_or_default();
            format!(
                "ATTRS{{idVendor}}==\"{:04x}\", ATTRS{{idProduct}}==\"{:04x}\"{serial}",
                usb.vendor, usb.product
            )
        }
        None => format!("KERNEL==\"{name}\""),
    };
    format!("SUBSYSTEM==\"{subsystem}\", {which}, GROUP=\"pos\", MODE=\"0660\"{more}")
}

/// The subsystem of a node by its name, and what else its line should say.
fn kind(name: &str) -> (&'static str, &'static str) {
    if name.starts_with("event") {
        // The desktop must not type what the scanner reads while nobody has taken the scanner.
        ("input", ", ENV{LIBINPUT_IGNORE_DEVICE}=\"1\"")
    } else if name.starts_with("hidraw") {
        ("hidraw", "")
    } else if name.starts_with("video") {
        ("video4linux", "")
    } else if name.starts_with("lp") {
        ("usbmisc", "")
    } else {
        // ModemManager asks every new serial line whether it is a modem.
        ("tty", ", ENV{ID_MM_DEVICE_IGNORE}=\"1\"")
    }
}

/// A serial number is written by its maker: one that could end the quotation is left out.
fn plain(serial: &str) -> bool {
    serial
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':' | b' '))
}
