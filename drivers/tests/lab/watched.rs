//! The terminal's side: a device that is looked after by the drivers' own supervisor, and what it said when.

use std::cell::RefCell;
use std::convert::Infallible;
use std::error::Error;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use tameio_drivers::camera;
use tameio_drivers::printer;
use tameio_drivers::scale::{self, Sample, Weighing};
use tameio_drivers::scanner::{self, Scan};
use tameio_drivers::supervisor::{
    Attend, Class, Identity, Notice, Open, Places, PrinterPresence, State, Supervisor, supervise,
};
use tameio_drivers::wire::Fault;

use super::gadget::Gadget;
use super::measure::{BACK_MAX, SEEN_MAX, allowed, kept};

/// Something that was told, and when.
pub(crate) struct Told<T> {
    pub(crate) at: Instant,
    pub(crate) what: T,
}

/// A device that is looked after.
pub(crate) struct Watched<T> {
    notices: Receiver<Told<Notice<T>>>,
    name: &'static str,
    last: RefCell<Option<State>>,
    _supervisor: Supervisor,
}

/// The scanner at an address.
pub(crate) fn scanner(name: &'static str, address: &str) -> Result<Watched<Scan>, Box<dyn Error>> {
    let address: scanner::Address = address.parse()?;
    let (identity, class) = address.identity().ok_or("the wedge is nothing to watch")?;
    watch(name, identity, class, scanner::Opener::new(address))
}

/// The scale at an address, while somebody weighs.
pub(crate) fn scale(name: &'static str, address: &str) -> Result<Watched<Sample>, Box<dyn Error>> {
    let weighing = Weighing::default();
    weighing.set(true);
    idle_scale(name, address, weighing)
}

/// The scale at an address, weighing when told.
pub(crate) fn idle_scale(
    name: &'static str,
    address: &str,
    weighing: Weighing,
) -> Result<Watched<Sample>, Box<dyn Error>> {
    let address: scale::Address = address.parse()?;
    let (identity, class) = address.identity();
    watch(name, identity, class, scale::Opener::new(address, weighing))
}

/// The camera at an address.
pub(crate) fn camera(name: &'static str, address: &str) -> Result<Watched<camera::Event>, Box<dyn Error>> {
    let address: camera::Address = address.parse()?;
    let (identity, class) = address.identity();
    watch(name, identity, class, camera::Opener::new(address, camera::Live::default()))
}

/// The printer at an address, by the numbers of its plug.
pub(crate) fn printer(
    name: &'static str,
    (vendor, product): (u16, u16),
    address: &str,
) -> Result<Watched<Infallible>, Box<dyn Error>> {
    let connect = printer::link::connector(&address.parse()?)?;
    let identity = Identity::Usb { vendor, product, serial: None, port: None };
    watch(name, identity, Class::Printer, PrinterPresence::new(connect))
}

fn watch<O: Open + 'static>(
    name: &'static str,
    identity: Identity,
    class: Class,
    open: O,
) -> Result<Watched<<O::Device as Attend>::Heard>, Box<dyn Error>> {
    let (tell, notices) = channel();
    let supervisor = supervise(name, identity, class, Places::default(), open, move |what| {
        // Nobody listens any more when a check has ended.
        let _ = tell.send(Told { at: Instant::now(), what });
    })?;
    Ok(Watched { notices, name, last: RefCell::new(None), _supervisor: supervisor })
}

impl<T> Watched<T> {
    /// Waits for a state; what was told before it is passed over.
    pub(crate) fn until(
        &self,
        what: &str,
        wanted: impl Fn(&State) -> bool,
        max: Duration,
    ) -> Result<Told<Option<String>>, Box<dyn Error>> {
        let deadline = Instant::now() + max;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.notices.recv_timeout(left) {
                Ok(Told { at, what: Notice::Changed { state, advice } }) => {
                    let wanted = wanted(&state);
                    self.last.replace(Some(state));
                    if wanted {
                        return Ok(Told { at, what: advice });
                    }
                }
                Ok(_) => {}
                Err(_) => return Err(self.late(what, max)),
            }
        }
    }

    fn late(&self, what: &str, max: Duration) -> Box<dyn Error> {
        format!("{} was not {what} within {max:?}; it was last {:?}", self.name, self.last.borrow()).into()
    }

    /// Waits until it is in use.
    pub(crate) fn ready(&self) -> Result<Instant, Box<dyn Error>> {
        Ok(self.until("in use", |state| *state == State::Ready, allowed(BACK_MAX))?.at)
    }

    /// Whether this fault is told within a wait.
    pub(crate) fn faulted_within(&self, max: Duration, fault: impl Fn(&Fault) -> bool) -> bool {
        self.until("faulted", |state| matches!(state, State::Faulted(found) if fault(found)), max).is_ok()
    }

    /// Waits until this fault is told.
    pub(crate) fn faulted(
        &self,
        what: &str,
        fault: impl Fn(&Fault) -> bool,
    ) -> Result<Told<Option<String>>, Box<dyn Error>> {
        self.until(what, |state| matches!(state, State::Faulted(found) if fault(found)), allowed(BACK_MAX))
    }

    /// Waits for what it says that is wanted.
    pub(crate) fn heard(
        &self,
        max: Duration,
        wanted: impl Fn(&T) -> bool,
    ) -> Result<Told<T>, Box<dyn Error>> {
        let deadline = Instant::now() + max;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.notices.recv_timeout(left) {
                Ok(Told { at, what: Notice::Heard(what) }) if wanted(&what) => return Ok(Told { at, what }),
                Ok(Told { what: Notice::Changed { state, .. }, .. }) => {
                    self.last.replace(Some(state));
                }
                Ok(_) => {}
                Err(_) => return Err(self.late("heard", max)),
            }
        }
    }

    /// The next thing that is told, if one is.
    pub(crate) fn next(&self, max: Duration) -> Option<Told<Notice<T>>> {
        self.notices.recv_timeout(max).ok()
    }

    /// Forgets what was told so far.
    pub(crate) fn forget(&self) {
        while let Ok(told) = self.notices.try_recv() {
            if let Notice::Changed { state, .. } = told.what {
                self.last.replace(Some(state));
            }
        }
    }

    /// Pulls its cable in use, and puts it back: seen, gone, in use again with no hand at the program. `again` uses what
    /// is back and says when that worked.
    pub(crate) fn pulled_and_put_back(
        &self,
        gadget: &mut Gadget,
        again: impl FnOnce(&Gadget) -> Result<Instant, Box<dyn Error>>,
    ) -> Result<String, Box<dyn Error>> {
        self.forget();
        let pulled = Instant::now();
        gadget.unplug()?;
        let not_ready = |state: &State| !matches!(state, State::Ready | State::Opening);
        let seen = self.until("seen gone", not_ready, allowed(SEEN_MAX))?.at;
        if *self.last.borrow() != Some(State::Absent) {
            self.until("absent", |state| *state == State::Absent, allowed(SEEN_MAX))?;
        }
        let seen = kept("gone seen after", seen.duration_since(pulled), SEEN_MAX)?;
        let back = Instant::now();
        gadget.plug()?;
        let back = kept("in use again after", again(gadget)?.duration_since(back), BACK_MAX)?;
        Ok(format!("{seen}, {back}"))
    }
}
