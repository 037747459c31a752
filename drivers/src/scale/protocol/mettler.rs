//! Mettler Toledo 8217: one letter asks, an answer stands between STX and CR.

use super::super::number;
use super::super::reading::{Basis, Reading};
use super::super::weight::Unit;
use super::{CR, Frame, Heard, Options, Protocol, STX};

pub(super) struct Mettler {
    frame: Frame,
    decimals: u8,
    unit: Unit,
}

impl Mettler {
    pub(super) fn new(options: &Options) -> Self {
        Self { frame: Frame::default(), decimals: options.decimals, unit: options.unit }
    }

    fn read(&self, answer: &[u8]) -> Heard {
        if let [b'?', status] = answer {
            return Heard::Reading(of_status(*status));
        }
        let (weight, basis) = match answer.strip_suffix(b"N") {
            Some(weight) => (weight, Basis::Net),
            None => (answer, Basis::Gross),
        };
        let plain = weight.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
        match number::parse(weight, self.decimals).filter(|_| plain) {
            Some(number) => Heard::Reading(Reading::of(number, self.unit, basis, true)),
            None => Heard::Wrong,
        }
    }
}

/// Bits 0 to 2 mean the same on every make, the others do not. Without any of the three there is nothing to weigh.
const fn of_status(status: u8) -> Reading {
    if status & 0b010 != 0 {
        Reading::Overload
    } else if status & 0b100 != 0 {
        Reading::Negative
    } else if status & 0b001 != 0 {
        Reading::Moving
    } else {
        Reading::Zero
    }
}

impl Protocol for Mettler {
    fn ask(&mut self) -> Option<Vec<u8>> {
        self.frame.end();
        Some(b"W".to_vec())
    }

    fn hear(&mut self, byte: u8) -> Heard {
        match byte {
            STX => {
                self.frame.begin();
                Heard::More
            }
            CR if self.frame.open => {
                let heard = self.read(&self.frame.bytes);
                self.frame.end();
                heard
            }
            byte if self.frame.push(byte) => Heard::More,
            _ => Heard::Wrong,
        }
    }

    fn zero(&self) -> Option<&'static [u8]> {
        Some(b"Z")
    }
}
