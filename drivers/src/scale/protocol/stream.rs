//! A line of text with a word of state, whatever the make: `ST,GS,+  1.234kg`. The words are settings; a word that is not
//! among them, or none at all, is not at rest: a line of mere digits sells nothing.

use super::super::number;
use super::super::reading::{Basis, Reading};
use super::super::weight::Unit;
use super::lines::Lines;
use super::{Heard, Options, Protocol};

/// The words of a generic line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamWords {
    /// At rest; every other word is not.
    pub stable: Vec<String>,
    /// More than it can weigh.
    pub overload: Vec<String>,
    /// What stands between two fields.
    pub separator: u8,
    /// What asks the scale for a line; none where it talks by itself.
    pub ask: Option<Vec<u8>>,
}

impl Default for StreamWords {
    fn default() -> Self {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self { stable: words(&["ST", "S"]), overload: words(&["OL"]), separator: b',', ask: None }
    }
}

pub(super) struct Stream {
    lines: Lines,
    options: Options,
}

impl Stream {
    pub(super) fn new(options: &Options) -> Self {
        let mut lines = Lines::default();
        lines.begin_in_the_middle();
        Self { lines, options: options.clone() }
    }

    fn read(&self, line: &[u8]) -> Option<Reading> {
        let words = &self.options.words;
        let mut fields = line.split(|byte| *byte == words.separator).map(<[u8]>::trim_ascii).peekable();
        let state = fields.next_if(|field| !holds_digit(field));
        let basis = match fields.next_if(|field| matches!(*field, b"GS" | b"NT" | b"TR")) {
            Some(b"GS") => Basis::Gross,
            Some(b"NT") => Basis::Net,
            // A line that tells the tare tells no weight.
            Some(_) => return None,
            None => Basis::Unsaid,
        };
        let among =
            |known: &[String]| state.is_some_and(|state| known.iter().any(|word| word.as_bytes() == state));
        if among(&words.overload) {
            return Some(Reading::Overload);
        }
        let weight = fields.next()?;
        fields.next().is_none().then_some(())?;
        let (number, unit) = number::split(weight, self.options.decimals)?;
        let unit = match std::str::from_utf8(unit).ok()?.trim() {
            "" => self.options.unit,
            sign => Unit::named(sign)?,
        };
        Some(Reading::of(number, unit, basis, among(&words.stable)))
    }
}

fn holds_digit(field: &[u8]) -> bool {
    field.iter().any(u8::is_ascii_digit)
}

impl Protocol for Stream {
    fn ask(&mut self) -> Option<Vec<u8>> {
        let ask = self.options.words.ask.clone();
        if ask.is_some() {
            self.lines.begin();
        }
        ask
    }

    fn hear(&mut self, byte: u8) -> Heard {
        match self.lines.hear(byte) {
            None => Heard::More,
            Some(line) => line.ok().and_then(|line| self.read(&line)).map_or(Heard::Wrong, Heard::Reading),
        }
    }
}
