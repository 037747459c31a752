//! Boards that take a few bytes on a serial line and say nothing back.

use std::time::{Duration, Instant};

use super::{Board, Proof, RelayFault};
use crate::printer::Fault;
use crate::printer::link::{Connect, Link};

/// A few bytes are out in a few milliseconds.
const WAIT: Duration = Duration::from_millis(500);

/// What a board understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// LCUS-1 and its clones: `A0 relay on sum`.
    Lcus,
    /// HW-667 and its kin, of one relay: `AA` on, `BB` off, `CC` on for a second by its own clock.
    Hw667,
    /// ICSE0xx: greeted with `50` and `51`, then a byte with a bit for each relay; inverted on some.
    Icse {
        /// Whether a set bit is off.
        inverted: bool,
    },
    /// A USB relay that is a HID device (`16C0:05DF`), through its `/dev/hidraw` file.
    Hid,
}

/// Sends everything within the wait.
pub(crate) fn send(link: &mut dyn Link, bytes: &[u8]) -> Result<(), Fault> {
    let deadline = Instant::now() + WAIT;
    let mut sent = 0;
    while sent < bytes.len() {
        if Instant::now() >= deadline {
            return Err(Fault::Timeout);
        }
        sent += link.send(&bytes[sent..], Duration::from_millis(50))?;
    }
    Ok(())
}

/// A board that never answers, at the end of a link.
pub struct MuteBoard {
    kind: Kind,
    connect: Box<dyn Connect>,
    link: Option<Box<dyn Link>>,
    /// One bit for each relay, for boards that are told all of them at once.
    states: u8,
}

impl MuteBoard {
    /// A board behind a connector.
    #[must_use]
    pub fn new(kind: Kind, connect: Box<dyn Connect>) -> Self {
        Self { kind, connect, link: None, states: 0 }
    }

    /// Says the bytes on a line that stays open: opening one anew makes some boards click.
    fn say(&mut self, bytes: &[u8]) -> Result<Proof, RelayFault> {
        let mut link = match self.link.take() {
            Some(link) => link,
            None => self.open()?,
        };
        send(link.as_mut(), bytes)?;
        // A link that failed is not kept: the next word opens it anew.
        self.link = Some(link);
        Ok(Proof::None)
    }

    fn open(&self) -> Result<Box<dyn Link>, RelayFault> {
        let mut link = self.connect.open()?;
        if let Kind::Icse { .. } = self.kind {
            send(link.as_mut(), &[0x50])?;
            // It may tell which model it is; nobody needs to know.
            link.receive(&mut [0; 8], Duration::from_millis(100))?;
            send(link.as_mut(), &[0x51])?;
        }
        Ok(link)
    }
}

impl Board for MuteBoard {
    fn switch(&mut self, relay: u8, on: bool) -> Result<Proof, RelayFault> {
        let most = if self.kind == Kind::Hw667 { 1 } else { 8 };
        if !(1..=most).contains(&relay) {
            return Err(RelayFault::NoSuchRelay(relay));
        }
        let bit = 1 << (relay - 1);
        let states = if on { self.states | bit } else { self.states & !bit };
        let bytes = match self.kind {
            Kind::Lcus => {
                let state = u8::from(on);
                vec![0xA0, relay, state, 0xA0_u8.wrapping_add(relay).wrapping_add(state)]
            }
            Kind::Hw667 => vec![if on { 0xAA } else { 0xBB }],
            Kind::Icse { inverted } => vec![if inverted { !states } else { states }],
            Kind::Hid => vec![0, if on { 0xFF } else { 0xFD }, relay, 0, 0, 0, 0, 0, 0],
        };
        let proof = self.say(&bytes)?;
        self.states = states;
        Ok(proof)
    }

    fn pulse(&mut self, relay: u8) -> Option<Result<Proof, RelayFault>> {
        (self.kind == Kind::Hw667 && relay == 1).then(|| self.say(&[0xCC]))
    }
}
