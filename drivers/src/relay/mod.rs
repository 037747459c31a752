//! Relay boards, and the barrier or drawer behind one.
//!
//! Read in this order: [`Board`] (one relay board), [`boards`] (those that take a few bytes and say nothing), [`modbus`]
//! (those that answer, on a serial line or TCP), [`pulse`] (a contact that is closed for a moment: a barrier, a drawer),
//! [`sim`] (virtual boards).
//!
//! **Rules.** A barrier is only ever told to open, by a pulse of a potential-free contact; it closes by itself, by its loop
//! and photocell. Every board is told "off" first thing, because a program that died in a pulse left it on. What a board
//! answers, or an input that sees the barrier up, is the only proof that it opened; without one the word is "sent".

pub mod address;
pub mod boards;
pub mod modbus;
pub mod pulse;
pub mod sim;

pub use address::RelayAddress;
pub use pulse::{Opening, Pulse, PulseSettings};

use crate::printer::Fault;

/// Why a relay did not do what it was told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RelayFault {
    /// There is none at the address.
    #[error("the relay board was not found: check its address and cable")]
    NotFound,
    /// It was there and is gone.
    #[error("the connection to the relay board was lost: check its cable and power")]
    Disconnected,
    /// It does not answer.
    #[error("the relay board does not answer: check its power, and its number on the line")]
    Timeout,
    /// Another program has it.
    #[error("the relay board is in use by another program")]
    Busy,
    /// The operating system does not let this user open it.
    #[error(
        "this user may not open the relay board: add the user to the group of the device, usually dialout"
    )]
    Permission,
    /// It answered that it will not.
    #[error("the relay board refuses (Modbus exception {0}): it has no such relay or input")]
    Refused(u8),
    /// It answered something else than what it was told.
    #[error("the relay board answered otherwise than it was told: check the wiring of the line")]
    Contradiction,
    /// It has no relay of that number.
    #[error("the relay board has no relay {0}")]
    NoSuchRelay(u8),
    /// The operating system said something else.
    #[error("the relay board cannot be reached: {0}")]
    Link(String),
}

impl From<Fault> for RelayFault {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NotFound => Self::NotFound,
            Fault::Disconnected => Self::Disconnected,
            Fault::Timeout => Self::Timeout,
            Fault::Busy => Self::Busy,
            Fault::Permission => Self::Permission,
            other => Self::Link(other.to_string()),
        }
    }
}

/// Whether a board said that it did what it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It answered.
    Answered,
    /// It never answers.
    None,
}

/// A relay board, real or simulated. Relays and inputs are counted from 1.
pub trait Board: Send {
    /// Switches a relay.
    ///
    /// # Errors
    /// When it cannot be reached, does not answer although it should, or refuses.
    fn switch(&mut self, relay: u8, on: bool) -> Result<Proof, RelayFault>;

    /// Closes a relay for a second by the board's own clock, so that it opens again even if this program dies. None when
    /// the board has no such mode.
    fn pulse(&mut self, _relay: u8) -> Option<Result<Proof, RelayFault>> {
        None
    }

    /// Whether a relay is on, where the board can say.
    ///
    /// # Errors
    /// As for [`Board::switch`].
    fn is_on(&mut self, _relay: u8) -> Result<Option<bool>, RelayFault> {
        Ok(None)
    }

    /// Whether an input is closed, where the board has any.
    ///
    /// # Errors
    /// As for [`Board::switch`].
    fn input(&mut self, _input: u8) -> Result<Option<bool>, RelayFault> {
        Ok(None)
    }
}
