//! One device, looked after step by step: [`Attendant`]. It is told the time and keeps no clock, so that a day of plugging
//! and unplugging is a test of a second.

use std::time::Duration;

use super::identity::Found;
use super::machine::{Machine, Next, State};
use crate::wire::Fault;

/// Opens a device that was found.
pub trait Open: Send {
    /// The open device.
    type Device: Attend;

    /// Opens it and makes sure that it is what it should be.
    ///
    /// # Errors
    /// When it cannot be used.
    fn open(&mut self, found: &Found) -> Result<Self::Device, Fault>;
}

/// An open device that is attended to. Dropping it closes it.
pub trait Attend: Send {
    /// What it has to say: a scan, a weight.
    type Heard: Send;

    /// Works for a turn: comes back as soon as there is something to say, and after the wait at the latest.
    ///
    /// # Errors
    /// When it can no longer be used. It is closed then.
    fn attend(&mut self, wait: Duration) -> Result<Option<Self::Heard>, Fault>;
}

/// Looks for a device.
pub trait Find: Send {
    /// Where it is now; `None` when it is not there.
    ///
    /// # Errors
    /// When it cannot be told which one is meant.
    fn find(&mut self) -> Result<Option<Found>, Fault>;
}

impl<F: FnMut() -> Result<Option<Found>, Fault> + Send> Find for F {
    fn find(&mut self) -> Result<Option<Found>, Fault> {
        self()
    }
}

/// What an attendant says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice<T> {
    /// The device is in another state than before.
    Changed {
        /// The state.
        state: State,
        /// For a missing permission: the udev line that gives it.
        advice: Option<String>,
    },
    /// The device said something.
    Heard(T),
}

/// How long a device is attended to before the plugs are looked at again.
const TURN: Duration = Duration::from_millis(250);

/// Looks after one device.
pub struct Attendant<O: Open, F: Find> {
    machine: Machine,
    open: O,
    find: F,
    found: Option<Found>,
    device: Option<O::Device>,
    told: Option<State>,
}

impl<O: Open, F: Find> Attendant<O, F> {
    /// An attendant for a device that nobody has looked for yet.
    #[must_use]
    pub fn new(find: F, open: O) -> Self {
        Self { machine: Machine::default(), open, find, found: None, device: None, told: None }
    }

    /// How the device is.
    #[must_use]
    pub const fn state(&self) -> &State {
        self.machine.state()
    }

    /// Does what is to be done now and says how long nothing will be: zero while the device is in use, `None` until
    /// something is plugged in. `something_changed` tells whether something was plugged in, out or permitted since.
    pub fn step(
        &mut self,
        now_ms: u64,
        something_changed: bool,
        tell: &mut dyn FnMut(Notice<<O::Device as Attend>::Heard>),
    ) -> Option<Duration> {
        self.look(now_ms, something_changed);
        self.tell_state(tell);
        if self.machine.next() == Next::Open {
            self.open(now_ms);
            self.tell_state(tell);
        }
        match self.machine.next() {
            Next::Attend => self.attend(now_ms, tell),
            Next::RetryAt(at) => return Some(Duration::from_millis(at.saturating_sub(now_ms))),
            Next::Look => return None,
            Next::Open => {}
        }
        self.tell_state(tell);
        Some(Duration::ZERO)
    }

    /// Where the device is now. It is looked for while it is not in use, and again whenever a plug moved.
    fn look(&mut self, now_ms: u64, something_changed: bool) {
        if self.device.is_none() || something_changed {
            match self.find.find() {
                Ok(found) => self.seen(found),
                Err(fault) => self.fail(fault, now_ms),
            }
        }
        self.machine.woken(now_ms, something_changed);
    }

    fn seen(&mut self, found: Option<Found>) {
        // Another node under the same name is another device: pulled out and put back between two looks.
        if self.device.is_some() && found != self.found {
            self.close();
            self.machine.seen(false);
        }
        self.machine.seen(found.is_some());
        self.found = found;
    }

    fn open(&mut self, now_ms: u64) {
        let Some(found) = &self.found else { return };
        match self.open.open(found) {
            Ok(device) => {
                self.device = Some(device);
                self.machine.opened(now_ms);
            }
            Err(fault) => self.fail_and_look(fault, now_ms),
        }
    }

    fn attend(&mut self, now_ms: u64, tell: &mut dyn FnMut(Notice<<O::Device as Attend>::Heard>)) {
        let Some(device) = &mut self.device else { return };
        match device.attend(TURN) {
            Ok(heard) => heard.into_iter().for_each(|heard| tell(Notice::Heard(heard))),
            Err(fault) => self.fail_and_look(fault, now_ms),
        }
    }

    /// The handle goes first: the lock on a device is the handle's.
    fn close(&mut self) {
        self.device = None;
    }

    /// A pulled plug is told as such, not as a fault that turns out to be one.
    fn fail_and_look(&mut self, fault: Fault, now_ms: u64) {
        self.fail(fault, now_ms);
        self.look(now_ms, false);
    }

    fn fail(&mut self, fault: Fault, now_ms: u64) {
        self.close();
        self.machine.failed(fault, now_ms);
    }

    /// One event for each change, and one for the first look. Trying a faulted device again is no change: what comes of it is.
    fn tell_state(&mut self, tell: &mut dyn FnMut(Notice<<O::Device as Attend>::Heard>)) {
        let state = self.machine.state();
        let again = *state == State::Opening && matches!(self.told, Some(State::Faulted(_)));
        if self.told.as_ref() != Some(state) && !again {
            let advice = match state {
                State::Faulted(Fault::Permission(path)) => Some(super::udev::line(path, self.found.as_ref())),
                _ => None,
            };
            self.told = Some(state.clone());
            tell(Notice::Changed { state: state.clone(), advice });
        }
    }
}
