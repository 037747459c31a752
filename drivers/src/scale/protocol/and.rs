//! A&D: `Q` asks for the weight of this moment: `ST,+00012.34  g`.

use super::super::number;
use super::super::reading::{Basis, Reading};
use super::super::weight::Unit;
use super::lines::Lines;
use super::{Heard, Options, Protocol};

pub(super) struct And {
    lines: Lines,
    decimals: u8,
}

impl And {
    pub(super) fn new(options: &Options) -> Self {
        Self { lines: Lines::default(), decimals: options.decimals }
    }

    fn read(&self, line: &[u8]) -> Option<Reading> {
        let (state, weight) = line.split_at_checked(3)?;
        let at_rest = match state {
            b"ST," => true,
            b"US," => false,
            // Overload in either direction, with its sign.
            b"OL," if weight.starts_with(b"-") => return Some(Reading::Negative),
            b"OL," => return Some(Reading::Overload),
            // QT counts pieces.
            _ => return None,
        };
        let (number, unit) = number::split(weight, self.decimals)?;
        let unit = Unit::named(std::str::from_utf8(unit).ok()?.trim())?;
        Some(Reading::of(number, unit, Basis::Unsaid, at_rest))
    }
}

impl Protocol for And {
    fn ask(&mut self) -> Option<Vec<u8>> {
        self.lines.begin();
        Some(b"Q\r\n".to_vec())
    }

    fn hear(&mut self, byte: u8) -> Heard {
        match self.lines.hear(byte) {
            None => Heard::More,
            Some(line) => line.ok().and_then(|line| self.read(&line)).map_or(Heard::Wrong, Heard::Reading),
        }
    }
}
