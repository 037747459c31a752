//! A scanner with reports of its own (HID POS), through `hidraw`.

use std::io;
use std::time::{Duration, Instant};

use tameio_drivers::scanner::Symbology;

use super::far::Inside;
use super::gadget::{Function, Gadget};
use super::measure::{SCAN_MAX, allowed, kept};
use super::watched::scanner;
use super::{Check, Outcome};

pub(crate) const CHECKS: &[Check] = &[
    ("a scanner with reports is pulled out and put back", pulled),
    ("codes in reports come with their kind, long ones whole", codes),
    ("any bytes in a scanner's reports do no harm", any_bytes),
];

/// Usage page of scanners, one collection, an input report with number 2 and 63 bytes.
const REPORTS: &[u8] = &[
    0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x85, 0x02, 0x09, 0x12, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08,
    0x95, 0x3F, 0x81, 0x02, 0xC0,
];

pub(crate) const FUNCTION: Function = Function::Hid { descriptor: REPORTS, length: 64 };
pub(crate) const ADDRESS: &str = "hidpos:0c2e:0b81";

/// Such a scanner, plugged in.
pub(crate) fn plugged() -> io::Result<Gadget> {
    let mut gadget = Gadget::new((0x0C2E, 0x0B81), "Honeywell Scanner", Some("P1"), &[FUNCTION])?;
    gadget.plug()?;
    Ok(gadget)
}

/// Sends a code in as many reports as it needs, and says when the last one went.
pub(crate) fn send_code(inside: &mut Inside, code: &str) -> io::Result<Instant> {
    let mut chunks = code.as_bytes().chunks(56).peekable();
    let mut last = Instant::now();
    while let Some(chunk) = chunks.next() {
        let mut report = [0; 64];
        report[0] = 2;
        report[1] = u8::try_from(chunk.len()).unwrap_or(56);
        report[2..5].copy_from_slice(b"]Q1");
        report[5..5 + chunk.len()].copy_from_slice(chunk);
        report[63] = chunks.peek().is_some().into();
        last = Instant::now();
        inside.send(&report)?;
    }
    Ok(last)
}

fn pulled() -> Outcome {
    let mut gadget = plugged()?;
    let watched = scanner("hid-pos", ADDRESS)?;
    let scan = |gadget: &Gadget| {
        watched.ready()?;
        send_code(&mut Inside::open(&gadget.node(0)?)?, "R-0001")?;
        Ok(watched.heard(allowed(SCAN_MAX), |scan| scan.text == "R-0001")?.at)
    };
    scan(&gadget)?;
    watched.pulled_and_put_back(&mut gadget, scan)
}

fn codes() -> Outcome {
    let gadget = plugged()?;
    let watched = scanner("hid-pos", ADDRESS)?;
    watched.ready()?;
    let mut inside = Inside::open(&gadget.node(0)?)?;
    let mut slowest = Duration::ZERO;
    for length in [1, 13, 40, 51, 200, 700] {
        let code: String = ('A'..='Z').chain('0'..='9').cycle().take(length).collect();
        let sent = send_code(&mut inside, &code)?;
        let told = watched.heard(allowed(SCAN_MAX), |_| true)?;
        if told.what.text != code || told.what.symbology != Some(Symbology::Qr) {
            return Err(format!("{length} characters were read as {:?}", told.what).into());
        }
        slowest = slowest.max(told.at.saturating_duration_since(sent));
    }
    kept("last report to notice, at most", slowest, SCAN_MAX)
}

fn any_bytes() -> Outcome {
    let gadget = plugged()?;
    let watched = scanner("hid-pos", ADDRESS)?;
    watched.ready()?;
    let mut inside = Inside::open(&gadget.node(0)?)?;
    let mut noise = 1_u32;
    for _ in 0..200 {
        let mut report = [0; 64];
        for byte in &mut report {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *byte = noise.to_be_bytes()[0];
        }
        // The number of the report is the kernel's to check, the rest is ours.
        report[0] = 2;
        inside.send(&report)?;
    }
    // What has begun with the noise ends with it.
    inside.send(&[2; 64])?;
    watched.forget();
    send_code(&mut inside, "STILL-THERE")?;
    watched.heard(allowed(SCAN_MAX), |scan| scan.text == "STILL-THERE")?;
    Ok("200 reports of noise, then a code".to_owned())
}
