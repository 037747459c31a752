//! CAS: asked with ENQ and DC1, or a stream of 22 characters.

use super::super::number;
use super::super::reading::{Basis, Reading};
use super::super::weight::Unit;
use super::{ACK, CR, ENQ, EOT, ETX, Frame, Heard, LF, NAK, Options, Protocol, STX};

const SOH: u8 = 0x01;
const DC1: u8 = 0x11;

/// SOH STX state sign weight(6) unit(2) check ETX EOT. The check may be any byte: the answer is counted, not searched for
/// its end.
const ANSWER: usize = 15;

pub(super) struct Cas {
    frame: Frame,
    invited: bool,
    /// Nothing has come since it was asked.
    first: bool,
    decimals: u8,
}

impl Cas {
    pub(super) fn new(options: &Options) -> Self {
        Self { frame: Frame::default(), invited: false, first: true, decimals: options.decimals }
    }

    fn read(&self, answer: &[u8]) -> Option<Reading> {
        let &[SOH, STX, state, sign, ref middle @ .., check, ETX, EOT] = answer else { return None };
        let sum = answer.get(2..12)?.iter().fold(0, |sum, byte| sum ^ byte);
        let (weight, unit) = middle.split_at_checked(6)?;
        if sum != check {
            return None;
        }
        let over = sign == b'F' || weight.iter().all(|byte| *byte == b'F');
        let at_rest = match state {
            b'S' => true,
            b'U' => false,
            _ => return None,
        };
        if over {
            return Some(Reading::Overload);
        }
        let unit = Unit::named(std::str::from_utf8(unit).ok()?.trim())?;
        let mut number = number::parse(weight, self.decimals)?;
        match sign {
            b' ' | b'+' => {}
            b'-' => number.negative = true,
            _ => return None,
        }
        Some(Reading::of(number, unit, Basis::Unsaid, at_rest))
    }
}

impl Protocol for Cas {
    fn ask(&mut self) -> Option<Vec<u8>> {
        self.frame.end();
        (self.invited, self.first) = (false, true);
        Some(vec![ENQ])
    }

    fn hear(&mut self, byte: u8) -> Heard {
        let first = std::mem::take(&mut self.first);
        match byte {
            ACK if !self.frame.open && !self.invited => {
                self.invited = true;
                return Heard::Say(vec![DC1]);
            }
            // Not ready; in the middle of noise it says nothing.
            NAK if first => return Heard::Reading(Reading::Moving),
            SOH if !self.frame.open && self.invited => self.frame.begin(),
            _ => {}
        }
        if !self.frame.push(byte) {
            return Heard::Wrong;
        }
        if self.frame.bytes.len() < ANSWER {
            return Heard::More;
        }
        let read = self.read(&self.frame.bytes);
        self.frame.end();
        read.map_or(Heard::Wrong, Heard::Reading)
    }
}

/// `ST,GS,` device lamp `,` weight(8) space unit(2) CR LF.
const STREAMED: usize = 22;

/// Two frames' worth of bytes without a frame in them are another language.
const STRAY_MAX: usize = 3 * STREAMED;

/// The lamp of a value that is held, which is not the weight of this moment.
const HELD: u8 = 0b1_0000;

pub(super) struct CasStream {
    window: Vec<u8>,
    stray: usize,
    decimals: u8,
}

impl CasStream {
    pub(super) fn new(options: &Options) -> Self {
        Self { window: Vec::with_capacity(STREAMED), stray: 0, decimals: options.decimals }
    }

    fn read(&self) -> Option<Reading> {
        let bytes: &[u8; STREAMED] = self.window.as_slice().try_into().ok()?;
        let [s0, s1, b',', b0, b1, b',', _, lamp, b',', text @ .., CR, LF] = bytes else { return None };
        let basis = match [b0, b1] {
            [b'G', b'S'] => Basis::Gross,
            [b'N', b'T'] => Basis::Net,
            _ => return None,
        };
        let at_rest = match [s0, s1] {
            [b'S', b'T'] => lamp & HELD == 0,
            [b'U', b'S'] => false,
            [b'O', b'L'] => return Some(Reading::Overload),
            _ => return None,
        };
        let (number, unit) = number::split(text, self.decimals)?;
        let unit = Unit::named(std::str::from_utf8(unit).ok()?.trim())?;
        Some(Reading::of(number, unit, basis, at_rest))
    }
}

impl Protocol for CasStream {
    fn ask(&mut self) -> Option<Vec<u8>> {
        None
    }

    fn hear(&mut self, byte: u8) -> Heard {
        if self.window.len() == STREAMED {
            self.window.remove(0);
        }
        self.window.push(byte);
        self.stray += 1;
        match self.read() {
            Some(reading) => {
                self.window.clear();
                self.stray = 0;
                Heard::Reading(reading)
            }
            None if self.stray > STRAY_MAX => {
                self.stray = 0;
                Heard::Wrong
            }
            None => Heard::More,
        }
    }
}
