//! Printers open their link for each job; what is watched is whether one is there and may be opened.

use std::time::Duration;

use super::attendant::{Attend, Open};
use super::identity::Found;
use crate::printer::link::Connect;
use crate::wire::Fault;

/// Watches over the presence of a printer. Its link is opened once and closed again, so that a missing permission shows
/// before the first job; no byte is sent.
pub struct PrinterPresence {
    connect: Box<dyn Connect>,
}

/// A printer that is there.
#[derive(Debug)]
pub struct Present;

impl PrinterPresence {
    /// The presence of the printer behind a link.
    #[must_use]
    pub fn new(connect: Box<dyn Connect>) -> Self {
        Self { connect }
    }
}

impl Open for PrinterPresence {
    type Device = Present;

    fn open(&mut self, found: &Found) -> Result<Present, Fault> {
        match self.connect.open() {
            Ok(_) => Ok(Present),
            Err(fault) => match fault.into() {
                // A job is being printed: it is there.
                Fault::Busy => Ok(Present),
                Fault::Permission(_) => Err(Fault::Permission(found.node()?.to_owned())),
                other => Err(other),
            },
        }
    }
}

impl Attend for Present {
    type Heard = std::convert::Infallible;

    /// Nothing is heard of a printer here; that it is gone is seen by its node.
    fn attend(&mut self, wait: Duration) -> Result<Option<Self::Heard>, Fault> {
        std::thread::sleep(wait);
        Ok(None)
    }
}
