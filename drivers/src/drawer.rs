//! The cash drawer, behind a printer or on a relay, and whether it opened: [`Drawer`].
//!
//! A printer is told which pin the drawer hangs on and which level of the sensing pin means open (`drawer=2|5` and
//! `drawer_open=high|low` of its address): both depend on the drawer and its cable.

use crate::printer::status::DrawerState;
use crate::printer::{Fault, JobOutcome, Printer};
use crate::relay::{Opening, Pulse, RelayFault};

/// What became of an opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawerOpening {
    /// Its switch says that it is open.
    Seen,
    /// Its switch says that it stayed shut: it is locked, its cable is out, or the settings of its pin are wrong.
    StayedShut,
    /// It got its pulse, and has no switch to look at.
    Told,
    /// It may have got its pulse.
    Unknown,
    /// It got none.
    NotOpened {
        /// Why, as a sentence.
        cause: String,
    },
}

/// A cash drawer.
pub trait Drawer {
    /// Opens it, with one pulse.
    fn open(&mut self) -> DrawerOpening;

    /// Whether it is open, where it has a switch that can be asked.
    fn state(&mut self) -> Option<DrawerState>;
}

/// The drawer behind a printer.
pub struct PrinterDrawer<'a> {
    printer: &'a mut dyn Printer,
}

impl<'a> PrinterDrawer<'a> {
    /// The one that hangs on this printer.
    pub fn new(printer: &'a mut dyn Printer) -> Self {
        Self { printer }
    }
}

impl Drawer for PrinterDrawer<'_> {
    fn open(&mut self) -> DrawerOpening {
        let told = match self.printer.open_drawer() {
            JobOutcome::Confirmed | JobOutcome::SentUnconfirmed => DrawerOpening::Told,
            JobOutcome::Interrupted { .. } | JobOutcome::Unknown => DrawerOpening::Unknown,
            JobOutcome::NotStarted { cause } => return not_opened(&cause),
        };
        match self.state() {
            Some(DrawerState::Open) => DrawerOpening::Seen,
            Some(DrawerState::Closed) => DrawerOpening::StayedShut,
            None => told,
        }
    }

    fn state(&mut self) -> Option<DrawerState> {
        self.printer.status().ok()?.drawer(self.printer.profile())
    }
}

fn not_opened(cause: &Fault) -> DrawerOpening {
    DrawerOpening::NotOpened { cause: cause.to_string() }
}

/// A drawer whose coil hangs on a relay, for 100 to 200 ms (`pulse=150` of its address).
pub struct RelayDrawer {
    pulse: Pulse,
}

impl RelayDrawer {
    /// The one on this contact.
    #[must_use]
    pub fn new(pulse: Pulse) -> Self {
        Self { pulse }
    }
}

impl Drawer for RelayDrawer {
    fn open(&mut self) -> DrawerOpening {
        match self.pulse.open() {
            Opening::SeenOpen => DrawerOpening::Seen,
            Opening::Confirmed | Opening::Sent => DrawerOpening::Told,
            Opening::Unknown { .. } => DrawerOpening::Unknown,
            Opening::NotStarted { cause } | Opening::Stuck { cause } => cause_of(&cause),
            Opening::TooSoon => DrawerOpening::NotOpened {
                cause: "the drawer was opened a moment ago: its coil must cool".to_owned(),
            },
        }
    }

    fn state(&mut self) -> Option<DrawerState> {
        None
    }
}

fn cause_of(cause: &RelayFault) -> DrawerOpening {
    DrawerOpening::NotOpened { cause: cause.to_string() }
}
