//! A contact that is closed for a moment: [`Pulse`], what opens a barrier, or a drawer that hangs on a relay.

use std::time::{Duration, Instant};

use super::{Board, Proof, RelayFault};

/// What became of an opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The input that sees the barrier up says so.
    SeenOpen,
    /// The board says that its contact was closed. Whether the barrier moved, it cannot know.
    Confirmed,
    /// It was told, and nobody can say more.
    Sent,
    /// It was told, and no true answer came: it may have opened.
    Unknown {
        /// Why.
        cause: RelayFault,
    },
    /// It was not told anything.
    NotStarted {
        /// Why.
        cause: RelayFault,
    },
    /// An opening was asked for too soon after another one, and was not sent.
    TooSoon,
    /// The contact was closed and could not be opened again: a person must look at the barrier.
    Stuck {
        /// Why.
        cause: RelayFault,
    },
}

/// How a contact is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PulseSettings {
    /// Which relay, from 1.
    pub relay: u8,
    /// How long it is closed. Barriers want 500 to 1000 ms, a drawer 100 to 200.
    pub closed: Duration,
    /// The shortest time from one opening to the next.
    pub interval: Duration,
    /// The input that is closed while the barrier is up, from 1, and how long that may take.
    pub seen: Option<(u8, Duration)>,
}

impl Default for PulseSettings {
    fn default() -> Self {
        Self { relay: 1, closed: Duration::from_millis(700), interval: Duration::from_secs(2), seen: None }
    }
}

/// How often "off" is tried before the contact counts as stuck.
const OFF_TRIES: usize = 3;
/// Between two looks at an input.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// One contact of a board that is closed for a moment. There is no way to hold it closed, and none to close a barrier.
pub struct Pulse {
    board: Box<dyn Board>,
    settings: PulseSettings,
    last: Option<Instant>,
}

impl Pulse {
    /// A contact of a board. It is told "off" at once: whatever a program that died left on.
    ///
    /// # Errors
    /// When the board cannot be told so. It is told before the next opening, too.
    pub fn new(board: Box<dyn Board>, settings: PulseSettings) -> (Self, Result<(), RelayFault>) {
        let mut pulse = Self { board, settings, last: None };
        let off = pulse.off();
        (pulse, off)
    }

    /// Closes the contact for a moment.
    pub fn open(&mut self) -> Opening {
        if self.last.is_some_and(|last| last.elapsed() < self.settings.interval) {
            return Opening::TooSoon;
        }
        let told = match self.board.pulse(self.settings.relay) {
            Some(told) => told,
            None => match self.on_and_off() {
                Ok(told) => told,
                Err(stuck) => return stuck,
            },
        };
        match told {
            Ok(proof) => {
                self.last = Some(Instant::now());
                self.proof(proof)
            }
            Err(cause @ (RelayFault::Timeout | RelayFault::Contradiction | RelayFault::Disconnected)) => {
                self.last = Some(Instant::now());
                Opening::Unknown { cause }
            }
            Err(cause) => Opening::NotStarted { cause },
        }
    }

    /// Whether the barrier is up, by the input that sees it; none where there is no such input. A board that can be asked
    /// is asked all the same, which shows that it is there.
    ///
    /// # Errors
    /// When it cannot be reached or does not answer.
    pub fn is_up(&mut self) -> Result<Option<bool>, RelayFault> {
        match self.settings.seen {
            Some((input, _)) => self.board.input(input),
            None => self.board.is_on(self.settings.relay).map(|_| None),
        }
    }

    /// On, wait, off. The outer fault is a contact that stayed closed.
    fn on_and_off(&mut self) -> Result<Result<Proof, RelayFault>, Opening> {
        let on = self.board.switch(self.settings.relay, true);
        if on.is_ok() {
            std::thread::sleep(self.settings.closed);
        }
        // Even where no answer came it may be on.
        match (self.off(), on) {
            (Err(cause), Ok(_)) => Err(Opening::Stuck { cause }),
            (_, on) => Ok(on),
        }
    }

    fn off(&mut self) -> Result<(), RelayFault> {
        let mut outcome = Ok(());
        for _ in 0..OFF_TRIES {
            outcome = self.board.switch(self.settings.relay, false).map(|_| ());
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    fn proof(&mut self, proof: Proof) -> Opening {
        if let Some((input, within)) = self.settings.seen {
            let deadline = Instant::now() + within;
            loop {
                if self.board.input(input) == Ok(Some(true)) {
                    return Opening::SeenOpen;
                }
                if Instant::now() >= deadline {
                    break;
                }
                std::thread::sleep(LOOK_AGAIN);
            }
        }
        match proof {
            Proof::Answered => Opening::Confirmed,
            Proof::None => Opening::Sent,
        }
    }
}

impl Drop for Pulse {
    fn drop(&mut self) {
        if let Err(fault) = self.off() {
            tracing::warn!("a relay could not be switched off at the end: {fault}");
        }
    }
}
