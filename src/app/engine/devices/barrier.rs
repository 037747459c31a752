//! The thread of a barrier's contact. It is told to open and never to close; where a switch sees it up, the switch is looked
//! at all the time, so that an opening nobody asked for is seen.

use super::{Report, Told, node, standing};
use crate::app::input::{DeviceInput, Input};
use crate::domain::device::{BarrierOpening, Condition, DeviceTrouble};
use crate::domain::text::Text;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;
use tameio_drivers::relay::address::open;
use tameio_drivers::relay::{Opening, Pulse, RelayAddress, RelayFault};

/// How often a barrier that is not asked for anything is looked at.
const LOOK: Duration = Duration::from_millis(700);

/// It is to open.
struct Open;

/// The way to the thread; it ends when this is dropped.
pub(super) struct BarrierThread {
    orders: Sender<Open>,
}

impl BarrierThread {
    pub(super) fn spawn(address: RelayAddress, report: Report) -> Self {
        let (orders, inbox) = mpsc::channel();
        thread::spawn(move || open_loop(&address, &inbox, &report));
        Self { orders }
    }

    pub(super) fn open(&self) {
        let _ = self.orders.send(Open);
    }
}

fn open_loop(address: &RelayAddress, inbox: &Receiver<Open>, report: &Report) {
    let node = node(&address.place.place);
    let mut pulse = None;
    let mut told = Told::new(report);
    let mut up = None;
    loop {
        let looks = || {
            let seen = look(address, &mut pulse)?;
            if let Some(seen) = seen.filter(|seen| up != Some(*seen)) {
                up = Some(seen);
                report
                    .say(Input::Device(DeviceInput::BarrierSeen { device: report.device.clone(), up: seen }));
            }
            Ok(())
        };
        let condition = standing(node.as_deref(), looks, faulted);
        if condition != Condition::Ready {
            pulse = None;
        }
        if !told.is(condition) {
            return;
        }
        match inbox.recv_timeout(LOOK) {
            Ok(Open) => {
                let opening = open_now(address, &mut pulse);
                report.say(Input::Device(DeviceInput::BarrierReported {
                    device: report.device.clone(),
                    opening,
                }));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// The contact, opened where it was not yet: it is told "off" first thing.
fn contact<'a>(address: &RelayAddress, pulse: &'a mut Option<Pulse>) -> Result<&'a mut Pulse, RelayFault> {
    if pulse.is_none() {
        let (fresh, off) = Pulse::new(open(address)?, address.pulse);
        off?;
        *pulse = Some(fresh);
    }
    pulse.as_mut().ok_or(RelayFault::NotFound)
}

fn look(address: &RelayAddress, pulse: &mut Option<Pulse>) -> Result<Option<bool>, RelayFault> {
    contact(address, pulse)?.is_up()
}

fn open_now(address: &RelayAddress, pulse: &mut Option<Pulse>) -> BarrierOpening {
    let opening = match contact(address, pulse) {
        Ok(pulse) => pulse.open(),
        Err(cause) => Opening::NotStarted { cause },
    };
    let text = |cause: &RelayFault| Text::new(&cause.to_string());
    match opening {
        Opening::SeenOpen => BarrierOpening::SeenOpen,
        Opening::Confirmed => BarrierOpening::Confirmed,
        Opening::Sent => BarrierOpening::Sent,
        Opening::Unknown { .. } => BarrierOpening::Unknown,
        Opening::NotStarted { cause } => BarrierOpening::NotOpened { text: text(&cause) },
        Opening::Stuck { cause } => BarrierOpening::Stuck { text: text(&cause) },
        // It is opening already: the press before was the one that counts.
        Opening::TooSoon => BarrierOpening::Sent,
    }
}

fn faulted(fault: &RelayFault, udev: Option<&str>) -> Condition {
    let trouble = match fault {
        RelayFault::NotFound | RelayFault::Disconnected => return Condition::Absent,
        RelayFault::Timeout => DeviceTrouble::Silent,
        RelayFault::Busy => DeviceTrouble::Busy,
        RelayFault::Permission => DeviceTrouble::NotPermitted { udev: udev.map(Text::new) },
        RelayFault::Refused(_)
        | RelayFault::Contradiction
        | RelayFault::NoSuchRelay(_)
        | RelayFault::Link(_) => DeviceTrouble::Other { text: Text::new(&fault.to_string()) },
    };
    Condition::Faulted { trouble }
}
