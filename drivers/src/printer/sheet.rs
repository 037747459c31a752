//! What to print, as data: a [`Sheet`] of [`Item`]s that knows no printer, no width and no command.
//!
//! The rule this file keeps: **text cannot command a printer**. Text enters a sheet only as [`Printable`], which has no
//! control character in it, so whatever a customer types as a name stays a name.

use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::picture::Logo;
use super::raster::Bitmap;

/// The longest text one item may hold, in characters. Longer text is cut: no paper needs it, and a name of a
/// million letters must not cost a roll.
pub const TEXT_CHARS_MAX: usize = 1024;

/// The most bytes a QR code of error level M can hold (version 40, byte mode).
pub const QR_BYTES_MAX: usize = 2331;

/// The most characters a Code 128 may hold: the length byte of the command counts the prefix and escaped braces too.
pub const CODE128_CHARS_MAX: usize = 80;

/// Text that is safe to print: composed (NFC), without control characters, line and paragraph separators,
/// direction marks, zero-width characters or loose combining marks, and at most [`TEXT_CHARS_MAX`] long.
///
/// White-space controls (tab, line feed and their kin) become a space, so that words stay apart; everything else on
/// that list disappears.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Printable(String);

impl Printable {
    /// Cleans any text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(
            text.chars()
                .filter_map(clean)
                .nfc()
                .filter(|c| !is_combining_mark(*c))
                .take(TEXT_CHARS_MAX)
                .collect(),
        )
    }

    /// The clean text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many character cells the text takes at normal width.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.0.chars().count()
    }
}

impl From<&str> for Printable {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Printable {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl std::fmt::Display for Printable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One character of outside text: kept, turned into a space, or dropped.
pub(crate) fn clean(c: char) -> Option<char> {
    match c {
        '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() || is_invisible(c) => None,
        c => Some(c),
    }
}

/// Characters that take no place on paper but change how others are shown: soft hyphen, joiners, direction marks,
/// zero-width spaces, variation selectors, annotation marks, tags and noncharacters.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{FFFE}' | '\u{FFFF}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Where a line stands between the paper's edges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

/// How a line looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// Where the line stands.
    pub align: Align,
    /// Heavier strokes.
    pub bold: bool,
    /// Letters twice as wide: half as many in a line.
    pub double_width: bool,
    /// Letters twice as high.
    pub double_height: bool,
    /// The printer's smaller font (B) with more columns.
    pub small: bool,
}

impl Style {
    /// How many cells of normal width one character takes.
    #[must_use]
    pub fn width_factor(self) -> usize {
        if self.double_width { 2 } else { 1 }
    }

    /// How many normal lines the line is high.
    #[must_use]
    pub fn height_factor(self) -> usize {
        if self.double_height { 2 } else { 1 }
    }

    /// The same style at another place.
    #[must_use]
    pub fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }
}

/// One line of text. A line longer than the paper is wrapped at words by the encoder, never lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub text: Printable,
    /// How it looks.
    pub style: Style,
}

/// What a QR code holds: 1 to [`QR_BYTES_MAX`] bytes without control characters. Never shortened: a code with a
/// missing end would lead somewhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrText(String);

/// What a Code 128 holds: 1 to [`CODE128_CHARS_MAX`] printable ASCII characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code128Text(String);

/// What a GS1-128 holds: application identifiers with their values, such as `01` a trade item and `21` a serial number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gs1Text {
    data: String,
    human: String,
}

/// The most characters a GS1-128 may hold, identifiers and separators counted (GS1 General Specifications 5.4).
pub const GS1_CHARS_MAX: usize = 48;

/// Identifiers whose values have one length, by their first two digits, with the length of identifier and value: after
/// these no separator stands.
const GS1_FIXED: [(&str, usize); 22] = [
    ("00", 20),
    ("01", 16),
    ("02", 16),
    ("03", 16),
    ("04", 18),
    ("11", 8),
    ("12", 8),
    ("13", 8),
    ("14", 8),
    ("15", 8),
    ("16", 8),
    ("17", 8),
    ("18", 8),
    ("19", 8),
    ("20", 4),
    ("31", 10),
    ("32", 10),
    ("33", 10),
    ("34", 10),
    ("35", 10),
    ("36", 10),
    ("41", 16),
];

impl Gs1Text {
    /// Checks identifiers and values, in the order in which they stand in the code.
    ///
    /// # Errors
    /// When there is none, one is no identifier, a value has a character outside GS1's set, the wrong length or the wrong
    /// check digit, or all of it is longer than [`GS1_CHARS_MAX`].
    pub fn new(elements: &[(&str, &str)]) -> Result<Self, CodeError> {
        let (mut data, mut human) = (String::new(), String::new());
        for (at, (identifier, value)) in elements.iter().enumerate() {
            check_element(identifier, value)?;
            data.push_str(identifier);
            data.push_str(value);
            human.push_str(&format!("({identifier}){value}"));
            if fixed_length(identifier).is_none() && at + 1 < elements.len() {
                data.push(super::code::FNC1);
            }
        }
        check_length(&data, GS1_CHARS_MAX)?;
        Ok(Self { data: format!("{}{data}", super::code::FNC1), human })
    }

    /// The content, U+001D where the FNC1 symbol stands.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.data
    }

    /// The content for people, identifiers in brackets.
    #[must_use]
    pub fn human(&self) -> &str {
        &self.human
    }
}

fn fixed_length(identifier: &str) -> Option<usize> {
    GS1_FIXED.iter().find(|(start, _)| identifier.starts_with(start)).map(|(_, length)| *length)
}

fn check_element(identifier: &str, value: &str) -> Result<(), CodeError> {
    let wrong = || CodeError::Element { identifier: identifier.to_owned(), value: value.to_owned() };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(2..=4).contains(&identifier.len()) || !digits(identifier) || value.is_empty() {
        return Err(wrong());
    }
    if let Some(c) = value.chars().find(|c| !is_gs1(*c)) {
        return Err(CodeError::Character(c));
    }
    match fixed_length(identifier) {
        Some(length) if identifier.len() + value.len() != length || !digits(value) => Err(wrong()),
        Some(_) if matches!(identifier, "00" | "01" | "02") && !gs1_check_digit(value) => Err(wrong()),
        _ => Ok(()),
    }
}

/// GS1's set of 82 characters.
fn is_gs1(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!\"%&'()*+,-./:;<=>?_".contains(c)
}

/// Whether the last digit is the one GS1 computes: weights 3 and 1 in turn from the right, to a multiple of ten.
fn gs1_check_digit(digits: &str) -> bool {
    let weighted = digits.bytes().rev().enumerate();
    let sum: u32 = weighted.map(|(at, byte)| u32::from(byte - b'0') * if at % 2 == 0 { 1 } else { 3 }).sum();
    sum.is_multiple_of(10)
}

/// Why some text cannot become a code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// There is nothing to encode.
    #[error("a code needs at least one character")]
    Empty,
    /// More than the code can hold.
    #[error("the code would need {given} bytes, and it holds at most {max}")]
    TooLong {
        /// What was asked for.
        given: usize,
        /// What fits.
        max: usize,
    },
    /// A character the code cannot hold.
    #[error("the code cannot hold the character {0:?}")]
    Character(char),
    /// An element of a GS1 code that GS1 does not allow.
    #[error(
        "({identifier}){value} is not an element of a GS1 code: its identifier, length or check digit is wrong"
    )]
    Element {
        /// The application identifier.
        identifier: String,
        /// Its value.
        value: String,
    },
}

impl QrText {
    /// Checks the content of a QR code.
    ///
    /// # Errors
    /// When it is empty, too long, or has a control character in it.
    pub fn new(text: &str) -> Result<Self, CodeError> {
        check_length(text, QR_BYTES_MAX)?;
        match text.chars().find(|c| c.is_control()) {
            Some(c) => Err(CodeError::Character(c)),
            None => Ok(Self(text.to_owned())),
        }
    }

    /// The content.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Code128Text {
    /// Checks the content of a Code 128.
    ///
    /// # Errors
    /// When it is empty, too long, or has a character outside printable ASCII.
    pub fn new(text: &str) -> Result<Self, CodeError> {
        check_length(text, CODE128_CHARS_MAX)?;
        match text.chars().find(|c| !matches!(c, ' '..='~')) {
            Some(c) => Err(CodeError::Character(c)),
            None => Ok(Self(text.to_owned())),
        }
    }

    /// The content.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check_length(text: &str, max: usize) -> Result<(), CodeError> {
    match text.len() {
        0 => Err(CodeError::Empty),
        given if given > max => Err(CodeError::TooLong { given, max }),
        _ => Ok(()),
    }
}

/// One thing on a paper, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A line of text.
    Line(Line),
    /// A line across the whole paper.
    Rule,
    /// A QR code in the middle, error level M.
    Qr {
        /// What it says.
        data: QrText,
        /// The side of one module in dots, 2 to 16; made smaller when the code would not fit the paper.
        module_dots: u8,
    },
    /// A Code 128 in the middle, with its text below.
    Barcode128 {
        /// What it says.
        data: Code128Text,
    },
    /// A GS1-128 in the middle, its elements below.
    Gs1Barcode {
        /// What it says.
        data: Gs1Text,
    },
    /// A picture in the middle; cut to the paper's width.
    Picture(Bitmap),
    /// A picture that stands on every paper, in the middle: prepared once.
    Logo(Arc<Logo>),
    /// Empty lines.
    Feed(u8),
    /// The end of a paper: the cut, or enough feed to tear it off where there is no cutter.
    Cut,
}

/// What to print, as data. Made by whoever knows what the paper says; turned into bytes by [`encode`](super::encode::encode).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// From top to bottom.
    pub items: Vec<Item>,
}

impl Sheet {
    /// An empty sheet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds any item.
    pub fn push(&mut self, item: Item) -> &mut Self {
        self.items.push(item);
        self
    }

    /// Adds a line at the left edge in the normal style.
    pub fn line(&mut self, text: &str) -> &mut Self {
        self.styled(text, Style::default())
    }

    /// Adds a line in a style.
    pub fn styled(&mut self, text: &str, style: Style) -> &mut Self {
        self.push(Item::Line(Line { text: Printable::new(text), style }))
    }

    /// Adds a line across the paper.
    pub fn rule(&mut self) -> &mut Self {
        self.push(Item::Rule)
    }

    /// Adds empty lines.
    pub fn feed(&mut self, lines: u8) -> &mut Self {
        self.push(Item::Feed(lines))
    }

    /// Ends the paper.
    pub fn cut(&mut self) -> &mut Self {
        self.push(Item::Cut)
    }
}

/// Breaks text into lines of at most `columns` cells, at spaces where there are any, inside a word only when the
/// word alone is too long. Leading spaces are kept (they are layout); the space a line is broken at is dropped.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut rest: Vec<char> = text.chars().collect();
    let mut lines = Vec::new();
    while rest.len() > columns {
        let (end, next) = break_at(&rest, columns);
        lines.push(rest[..end].iter().collect());
        rest.drain(..next);
    }
    lines.push(rest.into_iter().collect());
    lines
}

/// Where the first line ends and where the next begins.
fn break_at(text: &[char], columns: usize) -> (usize, usize) {
    let indent = text.iter().take_while(|c| **c == ' ').count();
    match text[..=columns].iter().rposition(|c| *c == ' ') {
        Some(space) if space > indent => {
            let end = text[..space].iter().rposition(|c| *c != ' ').map_or(space, |last| last + 1);
            (end, space + 1)
        }
        _ => (columns, columns),
    }
}
