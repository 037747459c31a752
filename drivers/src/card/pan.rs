//! Card numbers exist here only masked: [`MaskedPan`]. Any other text of a terminal is a [`Word`], in which whatever could
//! be a card number is masked too.
//!
//! Terminals are told by their makers to mask the number, and some do not. What is not masked on arrival is masked before
//! anything can hold, show or log it: at most the first six and the last four digits stay (PCI DSS 3.4).

use std::fmt;

/// A card number has at least and at most so many digits (ISO/IEC 7812).
const DIGITS_MIN: usize = 13;
const DIGITS_MAX: usize = 19;
/// What may be shown of one.
const FIRST: usize = 6;
const LAST: usize = 4;
/// The longest text of a terminal that is kept.
const WORD_MAX: usize = 80;

/// A card number as it may be shown and kept: `535178******6172`. No digit between the first six and the last four can be
/// in it, whatever it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedPan(String);

impl MaskedPan {
    /// From what a terminal sent, masked or not; `None` where there is nothing. Whatever is no digit counts as a mask, and
    /// blanks and dashes between groups are left out. A text too short for a card number keeps its last four at most; one
    /// too long keeps none.
    #[must_use]
    pub fn new(sent: &str) -> Option<Self> {
        let signs: Vec<char> = sent
            .trim()
            .chars()
            .filter(|sign| !matches!(sign, ' ' | '-' | '.'))
            .map(|sign| if sign.is_ascii_digit() { sign } else { '*' })
            .collect();
        let length = signs.len();
        let (first, last) = match length {
            0 => return None,
            DIGITS_MIN..=DIGITS_MAX => (FIRST, LAST),
            8..DIGITS_MIN => (0, LAST),
            _ => (0, 0),
        };
        let shown = |(place, sign): (usize, char)| {
            if place < first || place + last >= length { sign } else { '*' }
        };
        Some(Self(signs.into_iter().take(DIGITS_MAX).enumerate().map(shown).collect()))
    }

    /// The masked number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its last four digits, where the terminal left them readable.
    #[must_use]
    pub fn last_four(&self) -> Option<&str> {
        let last = self.0.get(self.0.len().checked_sub(LAST)?..)?;
        last.bytes().all(|byte| byte.is_ascii_digit()).then_some(last)
    }

    /// Whether no digit of it is known, as with an instant payment (IRIS).
    #[must_use]
    pub fn is_blank(&self) -> bool {
        !self.0.bytes().any(|byte| byte.is_ascii_digit())
    }
}

impl fmt::Display for MaskedPan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A short text a terminal sent: a code, a reference, a reason. Printable, at most eighty characters, and without any row
/// of digits long enough to be a card number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word(String);

impl Word {
    /// From what a terminal sent.
    #[must_use]
    pub fn new(sent: &str) -> Self {
        let printable: String = sent.chars().filter(|sign| !sign.is_control()).collect();
        Self(without_card_numbers(printable.trim()).chars().take(WORD_MAX).collect())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, unless there is none.
    #[must_use]
    pub(super) fn given(sent: &str) -> Option<Self> {
        let word = Self::new(sent);
        (!word.0.is_empty() && word.0 != "null").then_some(word)
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for Word {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

/// The text with every row of thirteen digits or more masked but for its last four; blanks, dots and dashes do not end a
/// row, since cards are printed in groups. A row longer than a card number is masked whole: a number may hide in it.
fn without_card_numbers(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    while at < signs.len() {
        let end = row_end(&signs, at);
        let row = &signs[at..end.max(at + 1)];
        let digits = row.iter().filter(|sign| sign.is_ascii_digit()).count();
        if digits < DIGITS_MIN {
            masked.extend(row);
        } else {
            let kept = if digits > DIGITS_MAX { 0 } else { LAST };
            masked.extend(std::iter::repeat_n('*', digits - kept));
            let last = row.iter().rev().filter(|sign| sign.is_ascii_digit()).take(kept);
            masked.extend(last.collect::<Vec<_>>().into_iter().rev());
        }
        at += row.len();
    }
    masked
}

/// Where the row of digits that begins here ends; here, if none does.
fn row_end(signs: &[char], begin: usize) -> usize {
    let mut end = begin;
    for (at, sign) in signs.iter().enumerate().skip(begin) {
        match sign {
            sign if sign.is_ascii_digit() => end = at + 1,
            ' ' | '-' | '.' if end > begin => {}
            _ => break,
        }
    }
    end
}
