//! A scale on a line that is asked, or listened to: [`SerialScale`].

use std::time::{Duration, Instant};

use super::Scale;
use super::protocol::{Heard, Kind, Options, Protocol};
use super::reading::{Reading, Sample};
use crate::wire::{self, Fault, Wire};

/// How long is waited, and how often, before something is called a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For one answer.
    pub answer: Duration,
    /// For what is sent to leave.
    pub send: Duration,
    /// Questions without a single byte in answer, before the line is opened again: adapters do wedge.
    pub silent_max: u8,
    /// Answers in another language, before the scale is called one.
    pub wrong_max: u8,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            answer: Duration::from_millis(500),
            send: Duration::from_millis(500),
            silent_max: 5,
            wrong_max: 3,
        }
    }
}

/// What came of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// Not a byte.
    Nothing,
    /// Bytes that are no answer.
    Wrong,
    /// An answer.
    Reading(Reading),
}

/// Questions in one language.
pub(super) struct Conversation {
    protocol: Box<dyn Protocol>,
    patience: Patience,
}

impl Conversation {
    pub(super) fn new(kind: Kind, options: &Options, patience: Patience) -> Self {
        Self { protocol: kind.protocol(options), patience }
    }

    /// One question, and what came of it before the deadline.
    pub(super) fn ask(&mut self, wire: &mut dyn Wire) -> Result<Came, Fault> {
        let listens = match self.protocol.ask() {
            Some(bytes) => {
                wire::discard(wire)?;
                wire::send_all(wire, &bytes, self.patience.send)?;
                false
            }
            None => {
                self.skip_old(wire)?;
                true
            }
        };
        self.answer(wire, listens)
    }

    fn answer(&mut self, wire: &mut dyn Wire, listens: bool) -> Result<Came, Fault> {
        let deadline = Instant::now() + self.patience.answer;
        let mut came = Came::Nothing;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let bytes = receive(wire, left)?;
            match self.hear(wire, &bytes, listens)? {
                Came::Reading(reading) => return Ok(Came::Reading(reading)),
                _ if !bytes.is_empty() => came = Came::Wrong,
                _ => {}
            }
            if left.is_zero() {
                return Ok(self.protocol.overdue().map_or(came, Came::Reading));
            }
        }
    }

    /// The newest of several readings, where the scale talks by itself; else the first, and what follows is dropped.
    fn hear(&mut self, wire: &mut dyn Wire, bytes: &[u8], listens: bool) -> Result<Came, Fault> {
        let mut came = Came::Nothing;
        for byte in bytes {
            match self.protocol.hear(*byte) {
                Heard::More | Heard::Wrong => {}
                Heard::Say(bytes) => wire::send_all(wire, &bytes, self.patience.send)?,
                Heard::Reading(reading) if listens => came = Came::Reading(reading),
                Heard::Reading(reading) => return Ok(Came::Reading(reading)),
                Heard::Unsupported(why) => return Err(Fault::Unsupported(why.to_owned())),
            }
        }
        Ok(came)
    }

    /// What a scale sent while nobody listened is old, but the parser must not lose its place.
    fn skip_old(&mut self, wire: &mut dyn Wire) -> Result<(), Fault> {
        for _ in 0..64 {
            let bytes = receive(wire, Duration::from_millis(1))?;
            if bytes.is_empty() {
                break;
            }
            self.hear(wire, &bytes, true)?;
        }
        Ok(())
    }

    /// Waits, and hears what a scale that talks by itself says, without answering.
    fn overhear(&mut self, wire: &mut dyn Wire, wait: Duration) -> Result<(), Fault> {
        let bytes = receive(wire, wait)?;
        bytes.iter().for_each(|byte| {
            self.protocol.hear(*byte);
        });
        Ok(())
    }
}

fn receive(wire: &mut dyn Wire, wait: Duration) -> Result<Vec<u8>, Fault> {
    let mut buffer = [0; 256];
    let count = wire.receive(&mut buffer, wait)?;
    Ok(buffer[..count.min(256)].to_vec())
}

/// A scale on a line.
pub struct SerialScale {
    wire: Box<dyn Wire>,
    kind: Kind,
    conversation: Conversation,
    silent: u8,
    wrong: u8,
}

impl SerialScale {
    /// A scale that speaks a language over an open line.
    #[must_use]
    pub fn new(wire: Box<dyn Wire>, kind: Kind, options: &Options) -> Self {
        let conversation = Conversation::new(kind, options, Patience::default());
        Self { wire, kind, conversation, silent: 0, wrong: 0 }
    }

    /// With other waits.
    #[must_use]
    pub const fn with_patience(mut self, patience: Patience) -> Self {
        self.conversation.patience = patience;
        self
    }

    /// Counts what is not an answer, and calls it by its name when it is too much.
    fn count(&mut self, came: Came) -> Result<Reading, Fault> {
        let Patience { silent_max, wrong_max, .. } = self.conversation.patience;
        let silent_max =
            if self.kind.answers_only_at_rest() { silent_max.saturating_mul(4) } else { silent_max };
        match came {
            Came::Reading(reading) => {
                (self.silent, self.wrong) = (0, 0);
                return Ok(reading);
            }
            Came::Wrong => self.wrong = self.wrong.saturating_add(1),
            Came::Nothing => self.silent = self.silent.saturating_add(1),
        }
        if self.wrong >= wrong_max {
            Err(Fault::SpeaksSomethingElse { expected: self.kind.name().to_owned() })
        } else if self.silent >= silent_max {
            Err(Fault::Silent)
        } else {
            Ok(Reading::NoAnswer)
        }
    }
}

impl Scale for SerialScale {
    fn read(&mut self) -> Result<Sample, Fault> {
        let came = self.conversation.ask(self.wire.as_mut())?;
        Ok(Sample { reading: self.count(came)?, at: Instant::now() })
    }

    fn idle(&mut self, wait: Duration) -> Result<(), Fault> {
        self.conversation.overhear(self.wire.as_mut(), wait)
    }

    fn zero(&mut self) -> Result<(), Fault> {
        match self.conversation.protocol.zero() {
            Some(bytes) => wire::send_all(self.wire.as_mut(), bytes, self.conversation.patience.send),
            None => Err(Fault::Unsupported("this scale is set to zero at its own key".to_owned())),
        }
    }
}
