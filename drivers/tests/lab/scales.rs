//! Scales: one that is asked over a serial line on USB, one that reports by itself through `hidraw`.

use std::error::Error;
use std::io;
use std::time::{Duration, Instant};

use tameio_drivers::scale::{Kind, Reading, Sample, SimScale};
use tameio_drivers::wire::Fault;

use super::far::{Inside, Served};
use super::gadget::{Function, Gadget};
use super::measure::{BACK_MAX, SEEN_MAX, allowed, kept};
use super::watched::scale;
use super::{Check, Outcome};

pub(crate) const CHECKS: &[Check] = &[
    ("a scale on a serial line is pulled out and put back", pulled),
    ("a line that takes nothing is told as silent, holds nobody, and is used when it does", deaf),
    ("a scale whose language is not said is asked for it", probed),
    ("a scale with reports is pulled out and put back", hid_pulled),
    ("only a weight at rest is a weight, through hidraw too", hid_states),
];

pub(crate) const ADDRESS: &str = "usb:1a86:7523?protocol=8217";
pub(crate) const HID_ADDRESS: &str = "hid:0922:8003";

/// A scale behind a serial line, plugged in.
pub(crate) fn plugged() -> io::Result<Gadget> {
    let mut gadget = Gadget::new((0x1A86, 0x7523), "USB Serial", None, &[Function::Line])?;
    gadget.plug()?;
    Ok(gadget)
}

/// Usage page of scales, an input report with number 3 and five bytes.
const REPORTS: &[u8] = &[
    0x05, 0x8D, 0x09, 0x20, 0xA1, 0x01, 0x85, 0x03, 0x09, 0x21, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08,
    0x95, 0x05, 0x81, 0x02, 0xC0,
];

pub(crate) const HID_FUNCTION: Function = Function::Hid { descriptor: REPORTS, length: 6 };

/// A scale with reports, plugged in.
pub(crate) fn hid_plugged() -> io::Result<Gadget> {
    let mut gadget = Gadget::new((0x0922, 0x8003), "USB Scale", Some("S1"), &[HID_FUNCTION])?;
    gadget.plug()?;
    Ok(gadget)
}

/// A report of kilograms with three decimals.
pub(crate) fn report(status: u8, grams: u16) -> [u8; 6] {
    let [low, high] = grams.to_le_bytes();
    [3, status, 3, (-3_i8).cast_unsigned(), low, high]
}

pub(crate) const AT_REST: u8 = 4;

fn grams(sample: &Sample) -> Option<u64> {
    sample.reading.weight().and_then(|weight| weight.grams())
}

fn pulled() -> Outcome {
    let mut gadget = plugged()?;
    let sim = SimScale::new(Kind::Mettler8217);
    sim.change(|load| load.grams = 1234);
    let watched = scale("scale", ADDRESS)?;
    let served = Served::scale(&gadget.node(0)?, &sim)?;
    watched.heard(allowed(BACK_MAX), |sample| grams(sample) == Some(1234))?;
    drop(served);
    sim.change(|load| load.grams = 777);
    let mut served = None;
    // The scale at the end of the cable has power of its own: it answers as soon as the line is there again.
    watched.pulled_and_put_back(&mut gadget, |gadget| {
        served = Some(Served::scale(&gadget.node(0)?, &sim)?);
        Ok(watched.heard(allowed(BACK_MAX), |sample| grams(sample) == Some(777))?.at)
    })
}

fn probed() -> Outcome {
    let gadget = plugged()?;
    let sim = SimScale::new(Kind::MtSics);
    sim.change(|load| load.grams = 2500);
    let _served = Served::scale(&gadget.node(0)?, &sim)?;
    let watched = scale("scale", "usb:1a86:7523")?;
    let begun = Instant::now();
    // Nobody promises how fast a language is found out.
    let told = watched.heard(Duration::from_secs(20), |sample| grams(sample) == Some(2500))?;
    Ok(format!("found after {:.1} s", told.at.duration_since(begun).as_secs_f64()))
}

fn hid_pulled() -> Outcome {
    let mut gadget = hid_plugged()?;
    let watched = scale("hid-scale", HID_ADDRESS)?;
    let weigh = |gadget: &Gadget| -> Result<Instant, Box<dyn Error>> {
        watched.ready()?;
        let mut inside = Inside::open(&gadget.node(0)?)?;
        for _ in 0..10 {
            inside.send(&report(AT_REST, 1500))?;
            if let Ok(told) = watched.heard(Duration::from_millis(300), |sample| grams(sample) == Some(1500))
            {
                return Ok(told.at);
            }
        }
        Err("no weight".into())
    };
    weigh(&gadget)?;
    watched.pulled_and_put_back(&mut gadget, weigh)
}

fn hid_states() -> Outcome {
    let gadget = hid_plugged()?;
    let watched = scale("hid-scale", HID_ADDRESS)?;
    watched.ready()?;
    let mut inside = Inside::open(&gadget.node(0)?)?;
    let states = [
        (1, Reading::Defect),
        (2, Reading::Zero),
        (3, Reading::Moving),
        (5, Reading::Negative),
        (6, Reading::Overload),
        (8, Reading::NeedsZero),
    ];
    inside.send(&report(2, 0))?;
    for (status, reading) in states {
        watched.forget();
        inside.send(&report(status, 1500))?;
        watched.heard(Duration::from_secs(2), |sample| sample.reading == reading)?;
    }
    // A scale that has fallen silent: what it said last is nothing after two seconds.
    inside.send(&report(AT_REST, 1500))?;
    watched.heard(Duration::from_secs(2), |sample| grams(sample) == Some(1500))?;
    watched.forget();
    watched.heard(Duration::from_secs(4), |sample| sample.reading == Reading::NoAnswer)?;
    Ok("six states without a weight, one with, none of an old one".to_owned())
}

/// A device that is plugged in and reads nothing, as one whose program hangs: the question never leaves.
fn deaf() -> Outcome {
    let gadget = plugged()?;
    let watched = scale("scale", ADDRESS)?;
    watched.faulted("silent", |fault| *fault == Fault::Silent)?;
    let begun = Instant::now();
    drop(watched);
    let ended = kept("let go of after", begun.elapsed(), SEEN_MAX)?;
    let watched = scale("scale", ADDRESS)?;
    watched.faulted("silent", |fault| *fault == Fault::Silent)?;
    let sim = SimScale::new(Kind::Mettler8217);
    sim.change(|load| load.grams = 250);
    let awake = Instant::now();
    let _served = Served::scale(&gadget.node(0)?, &sim)?;
    let told = watched.heard(allowed(BACK_MAX), |sample| grams(sample) == Some(250))?;
    Ok(format!("{ended}, {}", kept("used after", told.at.saturating_duration_since(awake), BACK_MAX)?))
}
