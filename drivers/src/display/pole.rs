//! A display at the end of a link: [`Pole`].

use std::time::{Duration, Instant};

use super::encode::{Settings, set_up, show};
use super::{Display, DisplayFault};
use crate::printer::Fault;
use crate::printer::link::{Connect, Link};

/// A display takes 80 bytes in a tenth of a second; one that takes longer is not there.
const WAIT: Duration = Duration::from_millis(700);
/// How long one turn of sending may take.
const TURN: Duration = Duration::from_millis(50);

/// A customer display behind any link.
pub struct Pole {
    name: String,
    settings: Settings,
    connect: Box<dyn Connect>,
    open: Option<Open>,
}

/// A display that is set up, and what it shows.
struct Open {
    link: Box<dyn Link>,
    shown: Vec<u8>,
}

impl Pole {
    /// A display behind a connector, under the name people know it by.
    #[must_use]
    pub fn new(name: &str, settings: Settings, connect: Box<dyn Connect>) -> Self {
        Self { name: name.to_owned(), settings, connect, open: None }
    }

    fn try_show(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let mut open = match self.open.take() {
            Some(open) => open,
            None => {
                let mut link = self.connect.open()?;
                send(link.as_mut(), &set_up(&self.settings))?;
                Open { link, shown: Vec::new() }
            }
        };
        if open.shown != bytes {
            send(open.link.as_mut(), bytes)?;
            bytes.clone_into(&mut open.shown);
        }
        // Only now: a display that failed is opened and set up anew the next time.
        self.open = Some(open);
        Ok(())
    }
}

fn send(link: &mut dyn Link, bytes: &[u8]) -> Result<(), Fault> {
    let deadline = Instant::now() + WAIT;
    let mut sent = 0;
    while sent < bytes.len() {
        if Instant::now() >= deadline {
            return Err(Fault::Timeout);
        }
        sent += link.send(&bytes[sent..], TURN)?;
    }
    Ok(())
}

impl Display for Pole {
    fn name(&self) -> &str {
        &self.name
    }

    fn show(&mut self, upper: &str, lower: &str) -> Result<(), DisplayFault> {
        let bytes = show(&self.settings, upper, lower);
        // What was plugged in again has forgotten everything: once more from the beginning, and then it is a fault.
        let again = self.open.is_some();
        match self.try_show(&bytes) {
            Err(Fault::Disconnected) if again => Ok(self.try_show(&bytes)?),
            outcome => Ok(outcome?),
        }
    }
}
