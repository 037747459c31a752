//! Which language an unknown scale speaks: [`probe`].
//!
//! It is listened to first, then asked for the weight in each language, at that language's factory settings. Only questions
//! are sent, never a command that changes anything. Two whole, correct answers in a row name the language.

use std::time::Duration;

use super::protocol::{Kind, Options};
use super::reading::Reading;
use super::serial::{Came, Conversation, Patience};
use crate::wire::{Fault, SerialSettings, Wire};

/// What a scale turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probed {
    /// Its language.
    pub kind: Kind,
    /// Speed and format at which it answered.
    pub settings: SerialSettings,
    /// What it said.
    pub reading: Reading,
}

/// The whole takes some seven seconds when nobody answers.
const PATIENCE: Patience = Patience {
    answer: Duration::from_millis(250),
    send: Duration::from_millis(200),
    silent_max: u8::MAX,
    wrong_max: u8::MAX,
};

/// A scale that talks by itself does so several times a second.
const LISTEN: Duration = Duration::from_millis(700);

/// Asks what is at the other end of a line.
///
/// # Errors
/// When the line is gone, when nothing answers ([`Fault::Silent`]), or when what answers speaks none of the languages.
pub fn probe(wire: &mut dyn Wire, options: &Options) -> Result<Probed, Fault> {
    let mut heard_something = false;
    for kind in Kind::ALL {
        wire.configure(kind.settings())?;
        match tries(wire, kind, options)? {
            Came::Reading(reading) => return Ok(Probed { kind, settings: kind.settings(), reading }),
            Came::Wrong => heard_something = true,
            Came::Nothing => {}
        }
    }
    if heard_something {
        Err(Fault::SpeaksSomethingElse { expected: "any of the known protocols".to_owned() })
    } else {
        Err(Fault::Silent)
    }
}

/// Asks up to three times: what an earlier question in another language left in the scale's ear spoils the first, and noise
/// may look like one answer, but not like two in a row.
fn tries(wire: &mut dyn Wire, kind: Kind, options: &Options) -> Result<Came, Fault> {
    let listens = kind.protocol(options).ask().is_none();
    let patience = if listens { Patience { answer: LISTEN, ..PATIENCE } } else { PATIENCE };
    let mut conversation = Conversation::new(kind, options, patience);
    let (mut last, mut heard_something) = (None, false);
    for turn in 0..3 {
        let came = match conversation.ask(wire) {
            // In this language; but it wants what we cannot give.
            Err(Fault::Unsupported(_)) => Came::Wrong,
            other => other?,
        };
        match (came, last) {
            (Came::Reading(_), Some(Came::Reading(_))) => return Ok(came),
            (Came::Reading(_) | Came::Wrong, _) => heard_something = true,
            // Silence twice, or once where it was only listened to, is silence.
            (Came::Nothing, _) if listens || turn > 0 => break,
            (Came::Nothing, _) => {}
        }
        last = Some(came);
    }
    Ok(if heard_something { Came::Wrong } else { Came::Nothing })
}
