//! OHAUS: `IP` asks for the weight of this moment; a question mark behind the unit says that it moves.

use super::super::number;
use super::super::reading::{Basis, Reading};
use super::super::weight::Unit;
use super::lines::Lines;
use super::{Heard, Options, Protocol};

pub(super) struct Ohaus {
    lines: Lines,
    decimals: u8,
}

impl Ohaus {
    pub(super) fn new(options: &Options) -> Self {
        Self { lines: Lines::default(), decimals: options.decimals }
    }

    fn read(&self, line: &[u8]) -> Option<Reading> {
        let (number, rest) = match number::split(line, self.decimals) {
            Some(split) => split,
            None => return out_of_range(line),
        };
        let rest = std::str::from_utf8(rest).ok()?;
        let (unit, marks) = rest.trim_start().split_at_checked(unit_len(rest.trim_start()))?;
        let unit = Unit::named(unit)?;
        let (marks, at_rest) = match marks.trim().strip_prefix('?') {
            Some(marks) => (marks.trim(), false),
            None => (marks.trim(), true),
        };
        let basis = match marks {
            "" => Basis::Unsaid,
            "N" | "NET" => Basis::Net,
            "G" => Basis::Gross,
            _ => return None,
        };
        Some(Reading::of(number, unit, basis, at_rest))
    }
}

fn unit_len(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_alphabetic).count()
}

/// Words instead of a number.
fn out_of_range(line: &[u8]) -> Option<Reading> {
    let line = line.to_ascii_uppercase();
    let says = |word: &[u8]| line.windows(word.len()).any(|part| part == word);
    if says(b"OVER") {
        Some(Reading::Overload)
    } else if says(b"UNDER") {
        Some(Reading::Negative)
    } else {
        None
    }
}

impl Protocol for Ohaus {
    fn ask(&mut self) -> Option<Vec<u8>> {
        self.lines.begin();
        Some(b"IP\r\n".to_vec())
    }

    fn hear(&mut self, byte: u8) -> Heard {
        match self.lines.hear(byte) {
            None => Heard::More,
            Some(line) => line.ok().and_then(|line| self.read(&line)).map_or(Heard::Wrong, Heard::Reading),
        }
    }

    fn zero(&self) -> Option<&'static [u8]> {
        Some(b"Z\r\n")
    }
}
