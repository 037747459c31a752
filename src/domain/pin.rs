//! PINs of people: only what is left of them after they were hashed, and how often they were typed wrong. The PIN itself is
//! never an input, never an event, and never stored.

use super::event::Event;
use super::operator::OperatorId;
use super::time::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Digits a PIN may have.
pub const PIN_DIGITS: std::ops::RangeInclusive<usize> = 4..=8;

/// Wrong tries before one must wait.
pub const WRONG_FREE: u32 = 5;
/// The first wait; it doubles with each wrong try.
const WAIT_FIRST_S: i64 = 30;
/// The longest wait.
const WAIT_MAX_S: i64 = 15 * 60;

/// A PIN that was hashed with a salt of its own and a secret that is not in the database (Argon2id).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinHash {
    /// The salt, in hexadecimal.
    pub salt: String,
    /// What came out, in hexadecimal.
    pub hash: String,
}

/// A person's PIN and its wrong tries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// What is left of it.
    #[serde(flatten)]
    pub hash: PinHash,
    /// Wrong tries since the last right one.
    #[serde(default)]
    pub wrong: u32,
    /// Before this instant no try counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<Stamp>,
}

impl Pin {
    /// What an event does to everybody's PINs.
    pub fn fold(pins: &mut BTreeMap<OperatorId, Self>, event: &Event, at: Stamp) {
        match event {
            Event::PinSet { operator, hash, .. } => {
                let pin = Self { hash: hash.clone(), wrong: 0, locked_until: None };
                pins.insert(operator.clone(), pin);
            }
            Event::PinRefused { operator } => {
                if let Some(pin) = pins.get_mut(operator) {
                    pin.wrong += 1;
                    pin.locked_until = wait_after(pin.wrong).map(|seconds| at.moved(seconds));
                }
            }
            Event::PinAccepted { operator } => {
                if let Some(pin) = pins.get_mut(operator) {
                    (pin.wrong, pin.locked_until) = (0, None);
                }
            }
            _ => {}
        }
    }

    /// How many seconds no try counts any more.
    pub fn locked_for(&self, now: Stamp) -> Option<i64> {
        let left = self.locked_until?.seconds_since(&now);
        // A clock that was set back does not lock somebody out for longer than the longest wait.
        (1..=WAIT_MAX_S).contains(&left).then_some(left)
    }
}

/// Seconds to wait after so many wrong tries in a row.
fn wait_after(wrong: u32) -> Option<i64> {
    let beyond = wrong.checked_sub(WRONG_FREE)?;
    Some((WAIT_FIRST_S << beyond.min(10)).min(WAIT_MAX_S))
}
