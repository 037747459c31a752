//! What is plugged in is offered, each with an address that finds it again.

use std::time::{Duration, Instant};

use tameio_drivers::offer::offers;
use tameio_drivers::supervisor::Places;

use super::measure::{BACK_MAX, allowed};
use super::process::Second;
use super::{Check, Outcome, hid_pos, keyboard, lines, printer, scales, watched};

pub(crate) const CHECKS: &[Check] =
    &[("what is plugged in is offered with an address that opens it", offered)];

fn offered() -> Outcome {
    let _plugged = (
        keyboard::plugged()?,
        hid_pos::plugged()?,
        lines::plugged()?,
        scales::plugged()?,
        scales::hid_plugged()?,
        printer::plugged()?,
    );
    let expected = [
        "evdev:05e0:1200?serial=K1",
        "hidpos:0c2e:0b81?serial=P1",
        "hid:0922:8003?serial=S1",
        "usb:1eab:1a06?serial=L1",
        "lp:LP1",
    ];
    let deadline = Instant::now() + allowed(BACK_MAX);
    let found = loop {
        let found: Vec<String> = offers(&Places::default()).into_iter().map(|offer| offer.address).collect();
        // The adapter has no serial number and is told by its socket.
        let adapter = found.iter().any(|address| address.starts_with("usb:1a86:7523?port="));
        if adapter && expected.iter().all(|address| found.iter().any(|found| found.starts_with(address))) {
            break found;
        }
        if Instant::now() > deadline {
            return Err(format!("offered are {found:?}").into());
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    for address in &expected[..2] {
        watched::scanner("offered", address)?.ready()?;
    }
    watched::scale("offered", expected[2])?.ready()?;
    watched::scanner("offered", expected[3])?.ready()?;
    watched::printer("offered", printer::NUMBERS, expected[4])?.ready()?;
    // Nobody may open any of them, and is told so before trying.
    let refused = Second::start(&["offers"], false)?.all(allowed(BACK_MAX))?;
    let advised = |address: &&String| {
        refused.iter().any(|line| line.starts_with(address.as_str()) && line.contains("SUBSYSTEM"))
    };
    if let Some(address) = found.iter().find(|address| !advised(address)) {
        return Err(format!("{address} is not offered to nobody with its line of udev: {refused:?}").into());
    }
    Ok(format!("{} devices", found.len()))
}
