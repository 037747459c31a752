//! Mettler Toledo's standard command set: `SI` asks for the weight of this moment.

use super::super::number;
use super::super::reading::{Basis, Reading};
use super::super::weight::Unit;
use super::lines::Lines;
use super::{Heard, Options, Protocol};

pub(super) struct Sics {
    lines: Lines,
    decimals: u8,
}

impl Sics {
    pub(super) fn new(options: &Options) -> Self {
        Self { lines: Lines::default(), decimals: options.decimals }
    }

    fn read(&self, line: &[u8]) -> Heard {
        let reading = match line {
            b"S I" => Some(Reading::Moving),
            b"S +" => Some(Reading::Overload),
            b"S -" => Some(Reading::Negative),
            [b'S', b' ', b'S', b' ', weight @ ..] => self.weight(weight, true),
            [b'S', b' ', b'D', b' ', weight @ ..] => self.weight(weight, false),
            _ => None,
        };
        reading.map_or(Heard::Wrong, Heard::Reading)
    }

    fn weight(&self, text: &[u8], at_rest: bool) -> Option<Reading> {
        let (number, unit) = number::split(text, self.decimals)?;
        let unit = Unit::named(std::str::from_utf8(unit).ok()?.trim())?;
        Some(Reading::of(number, unit, Basis::Unsaid, at_rest))
    }
}

impl Protocol for Sics {
    fn ask(&mut self) -> Option<Vec<u8>> {
        self.lines.begin();
        Some(b"SI\r\n".to_vec())
    }

    fn hear(&mut self, byte: u8) -> Heard {
        match self.lines.hear(byte) {
            None => Heard::More,
            Some(Ok(line)) => self.read(&line),
            Some(Err(())) => Heard::Wrong,
        }
    }

    fn zero(&self) -> Option<&'static [u8]> {
        Some(b"Z\r\n")
    }
}
