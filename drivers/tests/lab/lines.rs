//! A scanner that is a serial line on USB (CDC ACM): found again by its numbers, whatever `ttyACM` it gets.

use std::io;
use std::time::{Duration, Instant};

use super::far::Inside;
use super::gadget::{Function, Gadget};
use super::measure::{SCAN_MAX, allowed, kept};
use super::watched::scanner;
use super::{Check, Outcome};

pub(crate) const CHECKS: &[Check] = &[
    ("a scanner on a serial line is pulled out and put back", pulled),
    ("a scanner on a serial line is found again under another number", renumbered),
    ("codes on a serial line that come byte by byte or glued are whole", split_and_glued),
];

const NUMBERS: (u16, u16) = (0x1EAB, 0x1A06);
pub(crate) const ADDRESS: &str = "usb:1eab:1a06";

/// Such a scanner, plugged in.
pub(crate) fn plugged() -> io::Result<Gadget> {
    let mut gadget = Gadget::new(NUMBERS, "Newland Scanner", Some("L1"), &[Function::Line])?;
    gadget.plug()?;
    Ok(gadget)
}

fn pulled() -> Outcome {
    let mut gadget = plugged()?;
    let watched = scanner("line", ADDRESS)?;
    let scan = |gadget: &Gadget| {
        watched.ready()?;
        Inside::open(&gadget.node(0)?)?.send(b"L-0001\r\n")?;
        Ok(watched.heard(allowed(SCAN_MAX), |scan| scan.text == "L-0001")?.at)
    };
    scan(&gadget)?;
    watched.pulled_and_put_back(&mut gadget, scan)
}

/// While its number is taken by a neighbour, it comes back as another.
fn renumbered() -> Outcome {
    let mut gadget = plugged()?;
    let watched = scanner("line", ADDRESS)?;
    watched.ready()?;
    gadget.unplug()?;
    watched.until(
        "gone",
        |state| *state == tameio_drivers::supervisor::State::Absent,
        Duration::from_secs(4),
    )?;
    let mut neighbour = Gadget::new((0x1A86, 0x7523), "Another", None, &[Function::Line])?;
    neighbour.plug()?;
    while !std::path::Path::new("/dev/ttyACM0").exists() {
        std::thread::sleep(Duration::from_millis(10));
    }
    gadget.plug()?;
    watched.ready()?;
    Inside::open(&gadget.node(0)?)?.send(b"L-0002\r")?;
    watched.heard(allowed(SCAN_MAX), |scan| scan.text == "L-0002")?;
    if !std::path::Path::new("/dev/ttyACM1").exists() {
        return Err("it had the same number again: nothing was tried".into());
    }
    Ok("ttyACM0 before, ttyACM1 now".to_owned())
}

fn split_and_glued() -> Outcome {
    let gadget = plugged()?;
    let watched = scanner("line", ADDRESS)?;
    watched.ready()?;
    let mut inside = Inside::open(&gadget.node(0)?)?;
    let mut slowest = Duration::ZERO;
    for byte in b"BYTE-BY-BYTE" {
        inside.send(&[*byte])?;
        std::thread::sleep(Duration::from_millis(20));
    }
    let sent = Instant::now();
    inside.send(b"\r")?;
    let told = watched.heard(allowed(SCAN_MAX), |scan| scan.text == "BYTE-BY-BYTE")?;
    slowest = slowest.max(told.at.saturating_duration_since(sent));
    let sent = Instant::now();
    inside.send(b"ONE\r\nTWO\nTHREE\r")?;
    for code in ["ONE", "TWO", "THREE"] {
        let told = watched.heard(allowed(SCAN_MAX), |_| true)?;
        if told.what.text != code {
            return Err(format!("{code} was read as {:?}", told.what.text).into());
        }
        slowest = slowest.max(told.at.saturating_duration_since(sent));
    }
    kept("last byte to notice, at most", slowest, SCAN_MAX)
}
