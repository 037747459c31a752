//! The customer display's thread. Only the newest lines count; what was unplugged gets them again when it is back.

use super::{Report, Told, node, standing};
use crate::domain::device::{Condition, DeviceTrouble};
use crate::domain::text::Text;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;
use tameio_drivers::display::address::open;
use tameio_drivers::display::{Display, DisplayAddress, DisplayFault};

/// How often a display that shows nothing new is looked at.
const LOOK: Duration = Duration::from_millis(1_500);

type Lines = (String, String);

/// The way to the thread; it ends when this is dropped.
pub(super) struct DisplayThread {
    lines: Sender<Lines>,
}

impl DisplayThread {
    pub(super) fn spawn(address: DisplayAddress, report: Report) -> Self {
        let (lines, inbox) = mpsc::channel();
        thread::spawn(move || show_loop(&address, &inbox, &report));
        Self { lines }
    }

    pub(super) fn show(&self, upper: &str, lower: &str) {
        let _ = self.lines.send((upper.to_owned(), lower.to_owned()));
    }
}

fn show_loop(address: &DisplayAddress, inbox: &Receiver<Lines>, report: &Report) {
    let node = node(&address.place.place);
    let mut pole = None;
    let mut shown: Lines = Lines::default();
    let mut told = Told::new(report);
    loop {
        let condition = standing(node.as_deref(), || try_show(address, &mut pole, &shown), faulted);
        if condition != Condition::Ready {
            pole = None;
        }
        if !told.is(condition) {
            return;
        }
        match inbox.recv_timeout(LOOK) {
            Ok(lines) => shown = inbox.try_iter().last().unwrap_or(lines),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn try_show(
    address: &DisplayAddress,
    pole: &mut Option<tameio_drivers::display::Pole>,
    (upper, lower): &Lines,
) -> Result<(), DisplayFault> {
    let pole = match pole {
        Some(pole) => pole,
        None => pole.insert(open("display", address)?),
    };
    pole.show(upper, lower)
}

fn faulted(fault: &DisplayFault, udev: Option<&str>) -> Condition {
    let trouble = match fault {
        DisplayFault::NotFound | DisplayFault::Disconnected => return Condition::Absent,
        DisplayFault::Timeout => DeviceTrouble::Silent,
        DisplayFault::Busy => DeviceTrouble::Busy,
        DisplayFault::Permission => DeviceTrouble::NotPermitted { udev: udev.map(Text::new) },
        DisplayFault::Link(why) => DeviceTrouble::Other { text: Text::new(why) },
    };
    Condition::Faulted { trouble }
}
