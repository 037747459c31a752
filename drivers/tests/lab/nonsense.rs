//! A device that talks nonsense is told as such, and its neighbours go on.

use std::error::Error;
use std::time::{Duration, Instant};

use tameio_drivers::scale::{Kind, SimScale};
use tameio_drivers::wire::Fault;

use super::far::{Inside, Served};
use super::measure::{BACK_MAX, SCAN_MAX, allowed, kept};
use super::watched::{scale, scanner};
use super::{Check, Outcome, hid_pos, keyboard, scales};

pub(crate) const CHECKS: &[Check] = &[
    ("a scale that talks nonsense speaks something else, and its neighbours go on", line),
    ("reports that are none of a scale speak something else, and its neighbours go on", reports),
];

const fn something_else(fault: &Fault) -> bool {
    matches!(fault, Fault::SpeaksSomethingElse { .. })
}

/// Scans with both neighbours, the slowest of which must keep its promise.
fn neighbours(while_they: impl FnOnce() -> Result<(), Box<dyn Error>>) -> Outcome {
    let (keys, pos) = (keyboard::plugged()?, hid_pos::plugged()?);
    let (keyboard, hid) = (scanner("keyboard", keyboard::ADDRESS)?, scanner("hid-pos", hid_pos::ADDRESS)?);
    keyboard.ready()?;
    hid.ready()?;
    let (mut keys, mut pos) = (Inside::open(&keys.node(0)?)?, Inside::open(&pos.node(0)?)?);
    while_they()?;
    let mut slowest = Duration::ZERO;
    for _ in 0..5 {
        let typed = keyboard::type_code(&mut keys, "N-1", Duration::ZERO)?;
        let told = keyboard.heard(allowed(SCAN_MAX), |scan| scan.text == "N-1")?;
        let sent = hid_pos::send_code(&mut pos, "N-2")?;
        let other = hid.heard(allowed(SCAN_MAX), |scan| scan.text == "N-2")?;
        slowest = slowest.max(told.at.saturating_duration_since(typed));
        slowest = slowest.max(other.at.saturating_duration_since(sent));
    }
    kept("neighbours' notices, at most", slowest, SCAN_MAX)
}

fn line() -> Outcome {
    let gadget = scales::plugged()?;
    let sim = SimScale::new(Kind::Mettler8217);
    sim.change(|load| load.grams = 500);
    let _served = Served::scale(&gadget.node(0)?, &sim)?;
    let watched = scale("scale", scales::ADDRESS)?;
    watched.ready()?;
    let heard = neighbours(|| {
        sim.change(|load| load.garbage = true);
        watched.faulted("told to speak something else", something_else)?;
        Ok(())
    })?;
    sim.change(|load| load.garbage = false);
    let mended = Instant::now();
    let back = watched.heard(allowed(BACK_MAX), |sample| sample.reading.weight().is_some())?;
    let back = kept("weighed again after", back.at.saturating_duration_since(mended), BACK_MAX)?;
    Ok(format!("{heard}, {back}"))
}

fn reports() -> Outcome {
    let gadget = scales::hid_plugged()?;
    let watched = scale("hid-scale", scales::HID_ADDRESS)?;
    watched.ready()?;
    let mut inside = Inside::open(&gadget.node(0)?)?;
    neighbours(|| {
        let until = Instant::now() + allowed(BACK_MAX);
        while Instant::now() < until {
            // Status 200 of unit 99: no scale says so.
            inside.send(&[3, 200, 99, 0, 1, 2])?;
            if watched.faulted_within(Duration::from_millis(100), something_else) {
                return Ok(());
            }
        }
        Err("it was never told to speak something else".into())
    })
}
