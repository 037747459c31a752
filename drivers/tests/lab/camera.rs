//! A camera behind V4L2: the kernel's virtual one (`vivid`), which can be put into faults and taken out of the machine.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use linuxvideo::Device;
use tameio_drivers::camera::{Event, Format, Frame, Size};
use tameio_drivers::supervisor::State;
use tameio_drivers::wire::Fault;

use super::measure::{BACK_MAX, SEEN_MAX, allowed, kept};
use super::watched::{Watched, camera};
use super::{Check, Outcome};

pub(crate) const CHECKS: &[Check] = &[
    ("the pictures of a camera are whole, in order, and the newest", pictures),
    ("a camera is taken out of the machine and put back", taken_out),
    ("a camera that is disconnected or whose stream dies is used again", faults),
    ("a damaged picture of a camera is left out, and a camera that falls silent is told", damaged_and_silent),
];

/// Small, because every point of it is painted by the emulator.
const SIZE: Size = Size::new(640, 360);

/// The virtual camera's node.
fn node() -> Result<PathBuf, Box<dyn Error>> {
    for entry in fs::read_dir("/sys/class/video4linux")?.flatten() {
        if fs::read_to_string(entry.path().join("name"))?.contains("vid-cap") {
            return Ok(Path::new("/dev").join(entry.file_name()));
        }
    }
    Err("no video node is a camera of vivid".into())
}

fn watched() -> Result<Watched<Event>, Box<dyn Error>> {
    camera("camera", &format!("v4l2:{}?size={SIZE}&format=yuyv&fps=15", node()?.display()))
}

/// The next picture.
fn picture(watched: &Watched<Event>, max: Duration) -> Result<(Instant, Frame), Box<dyn Error>> {
    let told = watched.heard(max, |event| matches!(event, Event::Frame(_)))?;
    match told.what {
        Event::Frame(frame) => Ok((told.at, frame)),
        Event::Opened(_) => Err("no picture".into()),
    }
}

/// Sets one of the virtual camera's faults, by its name in the menus.
fn set(fault: &str, value: i32) -> Result<(), Box<dyn Error>> {
    let mut device = Device::open(node()?)?;
    let mut found = None;
    for control in device.controls() {
        let control = control?;
        if control.name() == fault {
            found = Some(control.id());
        }
    }
    Ok(device.write_control_raw(found.ok_or_else(|| format!("vivid has no {fault:?}"))?, value)?)
}

fn pictures() -> Outcome {
    let watched = watched()?;
    watched.ready()?;
    let begun = Instant::now();
    let (mut last, mut slowest, mut number) = (0, Duration::ZERO, 0_u32);
    while begun.elapsed() < Duration::from_secs(2) {
        let (at, frame) = picture(&watched, allowed(SEEN_MAX))?;
        let whole = (frame.format(), frame.size()) == (Format::Yuyv, SIZE);
        if !whole || Some(frame.bytes().len()) != Format::Yuyv.bytes(SIZE) || frame.sequence() <= last {
            return Err(format!("after picture {last} came {frame:?}").into());
        }
        last = frame.sequence();
        slowest = slowest.max(at.saturating_duration_since(frame.at()));
        number += 1;
    }
    let rate = f64::from(number) / begun.elapsed().as_secs_f64();
    // Painted by an emulator: a few a second are enough to know that none is lost on the way.
    if rate < 3.0 {
        return Err(format!("only {rate:.1} pictures a second").into());
    }
    let told = kept("told after, at most", slowest, Duration::from_millis(500))?;
    Ok(format!("{rate:.1} a second, {told}"))
}

/// A driver that lets go of its device makes the node vanish while it is open, as a pulled cable does.
fn taken_out() -> Outcome {
    let watched = watched()?;
    watched.ready()?;
    picture(&watched, allowed(SEEN_MAX))?;
    let driver = Path::new("/sys/bus/platform/drivers/vivid");
    watched.forget();
    let pulled = Instant::now();
    fs::write(driver.join("unbind"), "vivid.0")?;
    let gone = watched.until("absent", |state| *state == State::Absent, allowed(SEEN_MAX))?;
    let gone = kept("gone seen after", gone.at.saturating_duration_since(pulled), SEEN_MAX)?;
    let back = Instant::now();
    fs::write(driver.join("bind"), "vivid.0")?;
    let (at, _) = picture(&watched, allowed(BACK_MAX))?;
    Ok(format!("{gone}, {}", kept("a picture again after", at.saturating_duration_since(back), BACK_MAX)?))
}

fn faults() -> Outcome {
    let watched = watched()?;
    let mut figures = Vec::new();
    for fault in ["Disconnect", "Inject Fatal Streaming Error"] {
        watched.forget();
        picture(&watched, allowed(BACK_MAX))?;
        let begun = Instant::now();
        set(fault, 1)?;
        let gone = |state: &State| matches!(state, State::Absent | State::Faulted(_));
        let seen = watched.until("gone", gone, allowed(SEEN_MAX))?.at;
        // The virtual camera is there again as soon as everybody has let go of it.
        let (back, _) = picture(&watched, allowed(BACK_MAX))?;
        figures.push(kept(fault, seen.saturating_duration_since(begun), SEEN_MAX)?);
        figures.push(kept("a picture again after", back.saturating_duration_since(seen), BACK_MAX)?);
    }
    Ok(figures.join(", "))
}

fn damaged_and_silent() -> Outcome {
    let watched = watched()?;
    let (_, before) = picture(&watched, allowed(BACK_MAX))?;
    set("Inject V4L2_BUF_FLAG_ERROR", 1)?;
    let (mut last, mut gap) = (before.sequence(), false);
    for _ in 0..20 {
        let (_, frame) = picture(&watched, allowed(SEEN_MAX))?;
        gap |= frame.sequence() > last + 1;
        last = frame.sequence();
    }
    if !gap {
        return Err("no picture was left out".into());
    }
    set("Percentage of Dropped Buffers", 100)?;
    let silent = Instant::now();
    let told = watched.faulted("told to be silent", |fault| *fault == Fault::Silent);
    set("Percentage of Dropped Buffers", 0)?;
    let told = told?.at.saturating_duration_since(silent);
    picture(&watched, Duration::from_secs(12))?;
    // Two seconds without a picture are the fault itself.
    kept("one left out; silence told after", told, SEEN_MAX + Duration::from_secs(1))
}
