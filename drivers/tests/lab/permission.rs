//! A user who may not open a device is told so, with the line of udev that helps, and not that the device is missing.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Instant;

use tameio_drivers::supervisor::{Class, Places};

use super::measure::{BACK_MAX, allowed, kept};
use super::process::Second;
use super::{Check, Outcome, hid_pos, keyboard, lines};

pub(crate) const CHECKS: &[Check] = &[
    ("a missing permission is told apart from a missing device, with the line of udev", denied),
    ("a permission that is given later is used without a restart", given_later),
];

/// What udev would be told for each.
const LINES: [(&str, &str); 3] = [
    (keyboard::ADDRESS, r#"SUBSYSTEM==\"input\", ATTRS{idVendor}==\"05e0\", ATTRS{idProduct}==\"1200\""#),
    (hid_pos::ADDRESS, r#"SUBSYSTEM==\"hidraw\", ATTRS{idVendor}==\"0c2e\", ATTRS{idProduct}==\"0b81\""#),
    (lines::ADDRESS, r#"SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"1eab\", ATTRS{idProduct}==\"1a06\""#),
];
const MISSING: &str = "evdev:1234:5678";

fn denied() -> Outcome {
    let _plugged = (keyboard::plugged()?, hid_pos::plugged()?, lines::plugged()?);
    let mut role = vec!["watch", MISSING];
    role.extend(LINES.map(|(address, _)| address));
    let second = Second::start(&role, false)?;
    let mut waiting: Vec<(&str, &str, &str)> =
        LINES.iter().map(|(address, advice)| (*address, "Permission", *advice)).collect();
    waiting.push((MISSING, "Absent", "None"));
    while !waiting.is_empty() {
        let fits = |line: &str| {
            waiting.iter().position(|(address, state, advice)| {
                line.starts_with(address) && line.contains(state) && line.contains(advice)
            })
        };
        let line = second.until(|line| fits(line).is_some(), allowed(BACK_MAX))?;
        fits(&line).map(|place| waiting.swap_remove(place));
    }
    Ok("three kinds of node, three lines of udev; the fourth is missing".to_owned())
}

fn given_later() -> Outcome {
    let _gadget = hid_pos::plugged()?;
    let second = Second::start(&["watch", hid_pos::ADDRESS], false)?;
    second.until(|line| line.contains("Permission"), allowed(BACK_MAX))?;
    let found = Places::default().devices(Class::HidScanner);
    let node = found.first().ok_or("the scanner has no node")?.node()?.to_owned();
    let given = Instant::now();
    fs::set_permissions(&node, fs::Permissions::from_mode(0o666))?;
    second.until(|line| line.contains("Ready"), allowed(BACK_MAX))?;
    kept("in use", given.elapsed(), BACK_MAX)
}
