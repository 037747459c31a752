//! Nothing grows with plugging and unplugging, and devices that wait cost nothing.

use std::time::{Duration, Instant};

use tameio_drivers::scale::{Kind, SimScale, Weighing};
use tameio_drivers::supervisor::State;

use super::far::Served;
use super::measure::{BACK_MAX, Held, SEEN_MAX, allowed, factor, held, kept, on_processor};
use super::watched::{idle_scale, printer, scanner};
use super::{Check, Outcome, hid_pos, keyboard, lines, scales};

pub(crate) const CHECKS: &[Check] = &[
    ("forty times pulled out and put back leave nothing behind", cycles),
    ("six devices that wait cost less than a hundredth of a processor", idle),
];

const CYCLES: usize = 40;
/// The first ones fill the allocator's pools.
const WARM: usize = 8;
/// What the allocator may still move.
const GROWTH_MAX_KIB: usize = 256;

fn cycles() -> Outcome {
    let mut gadgets = [keyboard::plugged()?, hid_pos::plugged()?, lines::plugged()?];
    let watched = [
        scanner("keyboard", keyboard::ADDRESS)?,
        scanner("hid-pos", hid_pos::ADDRESS)?,
        scanner("line", lines::ADDRESS)?,
    ];
    let (mut warm, mut seen_max, mut back_max) = (held()?, Duration::ZERO, Duration::ZERO);
    for watched in &watched {
        watched.ready()?;
    }
    for cycle in 0..CYCLES {
        if cycle == WARM {
            warm = held()?;
        }
        let pulled = Instant::now();
        gadgets.iter_mut().try_for_each(|gadget| gadget.unplug())?;
        for watched in &watched {
            let gone = watched.until("gone", |state| *state == State::Absent, allowed(SEEN_MAX))?;
            seen_max = seen_max.max(gone.at.saturating_duration_since(pulled));
        }
        let back = Instant::now();
        gadgets.iter_mut().try_for_each(|gadget| gadget.plug())?;
        for watched in &watched {
            back_max = back_max.max(watched.ready()?.saturating_duration_since(back));
        }
    }
    let now = held()?;
    let grown = now.resident_kib.saturating_sub(warm.resident_kib);
    if (now.files, now.threads) != (warm.files, warm.threads) || grown > GROWTH_MAX_KIB {
        return Err(format!("after {WARM}: {warm:?}, after {CYCLES}: {now:?}").into());
    }
    let Held { files, threads, .. } = now;
    Ok(format!(
        "{files} files and {threads} threads, {grown} KiB grown; {}, {}",
        kept("gone at most", seen_max, SEEN_MAX)?,
        kept("back at most", back_max, BACK_MAX)?
    ))
}

/// The scale is asked every two seconds, which each window must hold.
const WINDOW: Duration = Duration::from_millis(2500);
const WINDOWS: usize = 3;
const NAMES: [&str; 6] = ["keyboard", "hid-pos", "line", "scale", "hid-scale", "printer"];

fn idle() -> Outcome {
    let gadgets = (keyboard::plugged()?, hid_pos::plugged()?, lines::plugged()?);
    let (scale_gadget, hid_scale) = (scales::plugged()?, scales::hid_plugged()?);
    let printer_gadget = super::printer::plugged()?;
    let sim = SimScale::new(Kind::Mettler8217);
    let _served = Served::scale(&scale_gadget.node(0)?, &sim)?;
    let scanners = [
        scanner(NAMES[0], keyboard::ADDRESS)?,
        scanner(NAMES[1], hid_pos::ADDRESS)?,
        scanner(NAMES[2], lines::ADDRESS)?,
    ];
    let scales = [
        idle_scale(NAMES[3], scales::ADDRESS, Weighing::default())?,
        idle_scale(NAMES[4], scales::HID_ADDRESS, Weighing::default())?,
    ];
    let printer = printer(NAMES[5], super::printer::NUMBERS, super::printer::ADDRESS)?;
    for scanner in &scanners {
        scanner.ready()?;
    }
    for scale in &scales {
        scale.ready()?;
    }
    printer.ready()?;
    std::thread::sleep(Duration::from_millis(500));
    // A host that is busy makes every figure larger and none smaller: the least is the nearest.
    let mut least = 1.0_f64;
    for _ in 0..WINDOWS {
        let (before, begun) = (on_processor(&NAMES)?, Instant::now());
        std::thread::sleep(WINDOW);
        let share = (on_processor(&NAMES)? - before).as_secs_f64() / begun.elapsed().as_secs_f64();
        least = least.min(share);
    }
    drop((gadgets, hid_scale, printer_gadget));
    // What counts is a real processor: this one is slower by the factor that was measured.
    let real = least / factor();
    let figure = format!("{:.2} % of this processor, {:.2} % of the host's", least * 100.0, real * 100.0);
    if real < 0.01 { Ok(figure) } else { Err(figure.into()) }
}
