//! `$`: Epelsa, Baxtran, Samsung. Type A says how the scale is; type B answers only at rest.

use super::super::number::{self, Number};
use super::super::reading::{Basis, Reading};
use super::super::weight::Unit;
use super::{CR, ETX, Frame, Heard, Options, Protocol, STX};

/// What the state character has on top of a space.
const AT_REST: u8 = 0x20;
const AT_ZERO: u8 = 0x08;
const NET: u8 = 0x02;
const GROSS: u8 = 0x01;

pub(super) struct TypeA {
    frame: Frame,
    decimals: u8,
    unit: Unit,
}

impl TypeA {
    pub(super) fn new(options: &Options) -> Self {
        Self { frame: Frame::default(), decimals: options.decimals, unit: options.unit }
    }

    /// State, eight characters of weight, CR.
    fn read(&self, answer: &[u8]) -> Option<Reading> {
        let (state, weight) = answer.split_first()?;
        let weight = weight.strip_suffix(&[CR]).filter(|weight| weight.len() == 8)?;
        let bits = state.checked_sub(0x20).filter(|bits| bits & !(AT_REST | AT_ZERO | NET | GROSS) == 0)?;
        let basis = match bits & (NET | GROSS) {
            NET => Basis::Net,
            GROSS => Basis::Gross,
            _ => return None,
        };
        if weight.iter().filter(|byte| **byte == b'-').count() > 1 {
            return Some(Reading::Overload);
        }
        let number = number::parse(weight, self.decimals)?;
        // At zero, what is left to see is less than half a division.
        let number = if bits & AT_ZERO == 0 { number } else { Number { digits: 0, ..number } };
        Some(Reading::of(number, self.unit, basis, bits & AT_REST != 0))
    }
}

impl Protocol for TypeA {
    fn ask(&mut self) -> Option<Vec<u8>> {
        self.frame.end();
        Some(b"$".to_vec())
    }

    fn hear(&mut self, byte: u8) -> Heard {
        match byte {
            STX => {
                self.frame.begin();
                Heard::More
            }
            ETX if self.frame.open => {
                let read = self.read(&self.frame.bytes);
                self.frame.end();
                read.map_or(Heard::Wrong, Heard::Reading)
            }
            byte if self.frame.push(byte) => Heard::More,
            _ => Heard::Wrong,
        }
    }
}

pub(super) struct TypeB {
    frame: Frame,
    decimals: u8,
    unit: Unit,
}

impl TypeB {
    pub(super) fn new(options: &Options) -> Self {
        Self { frame: Frame::default(), decimals: options.decimals, unit: options.unit }
    }

    fn read(&self, answer: &[u8]) -> Option<Reading> {
        if answer == b"AAAAAAA" {
            // Out of range, or below zero: it does not say which.
            return Some(Reading::Overload);
        }
        let number = number::parse(answer, self.decimals).filter(|_| answer.len() == 7)?;
        Some(Reading::of(number, self.unit, Basis::Unsaid, true))
    }
}

impl Protocol for TypeB {
    fn ask(&mut self) -> Option<Vec<u8>> {
        self.frame.begin();
        Some(b"$".to_vec())
    }

    fn hear(&mut self, byte: u8) -> Heard {
        match byte {
            CR if self.frame.open => {
                let read = self.read(&self.frame.bytes);
                self.frame.begin();
                read.map_or(Heard::Wrong, Heard::Reading)
            }
            byte if self.frame.bytes.len() < 7 && self.frame.push(byte) => Heard::More,
            // Too long: nothing more is believed until it is asked again.
            _ => {
                self.frame.end();
                Heard::Wrong
            }
        }
    }

    fn zero(&self) -> Option<&'static [u8]> {
        Some(b"%")
    }
}
