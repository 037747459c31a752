//! Greek for displays, most of which have no Greek page. What always works: capitals without accents, of which fourteen
//! look like Latin letters, five are in page 437 and five are drawn as characters of our own.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::printer::Printable;
use crate::printer::profile::PageSlot;

/// How a display shows Greek.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Greek {
    /// As capitals: Latin look-alikes, five letters of page 437, five drawn ones. Needs a display that lets characters be
    /// defined.
    #[default]
    Capitals,
    /// As capitals, and those without a Latin look-alike spelled in Latin letters. Needs nothing.
    Latin,
    /// As it is, on a page the display has, such as 1253 under number 17.
    Page(PageSlot),
}

/// The five capitals neither Latin nor page 437 has, with the codes they are defined at and their dots: five columns, the
/// uppermost of seven dots in bit 0. The codes are signs no price or service has.
pub(crate) const DRAWN: [(char, u8, [u8; 5]); 5] = [
    ('Δ', b'`', [0x60, 0x58, 0x46, 0x58, 0x60]),
    ('Λ', b'{', [0x70, 0x0C, 0x03, 0x0C, 0x70]),
    ('Ξ', b'|', [0x41, 0x49, 0x49, 0x49, 0x41]),
    ('Π', b'}', [0x7F, 0x01, 0x01, 0x01, 0x7F]),
    ('Ψ', b'~', [0x0F, 0x10, 0x7F, 0x10, 0x0F]),
];

/// The capitals of page 437 that are needed.
pub(crate) const IN_437: [(char, u8); 5] = [('Γ', 0xE2), ('Θ', 0xE9), ('Σ', 0xE4), ('Φ', 0xE8), ('Ω', 0xEA)];

/// Greek capitals that look like Latin ones.
const ALIKE: [(char, u8); 14] = [
    ('Α', b'A'),
    ('Β', b'B'),
    ('Ε', b'E'),
    ('Ζ', b'Z'),
    ('Η', b'H'),
    ('Ι', b'I'),
    ('Κ', b'K'),
    ('Μ', b'M'),
    ('Ν', b'N'),
    ('Ο', b'O'),
    ('Ρ', b'P'),
    ('Τ', b'T'),
    ('Υ', b'Y'),
    ('Χ', b'X'),
];

/// The others, spelled.
const SPELLED: [(char, &str); 10] = [
    ('Γ', "G"),
    ('Δ', "D"),
    ('Θ', "TH"),
    ('Λ', "L"),
    ('Ξ', "X"),
    ('Π', "P"),
    ('Σ', "S"),
    ('Φ', "F"),
    ('Ψ', "PS"),
    ('Ω', "O"),
];

/// A text as one line of a display: exactly twenty bytes, none of them a command.
pub(crate) fn line(text: &str, greek: Greek) -> [u8; super::COLUMNS] {
    let mut cells = Vec::new();
    for c in Printable::new(text).as_str().chars() {
        cell(c, greek, &mut cells);
    }
    std::array::from_fn(|at| cells.get(at).copied().unwrap_or(b' '))
}

fn cell(c: char, greek: Greek, cells: &mut Vec<u8>) {
    if let Greek::Page(slot) = greek
        && let Some(byte) = slot.page.encode(c)
    {
        cells.push(byte);
        return;
    }
    match c {
        '€' => cells.extend_from_slice(b"EUR"),
        ' '..='~' => cells.push(plain(c, greek)),
        _ => bare_capitals(c).for_each(|c| capital(c, greek, cells)),
    }
}

/// A sign whose code is taken by a drawn letter gives way to the nearest other.
fn plain(c: char, greek: Greek) -> u8 {
    match (c, greek) {
        ('`', Greek::Capitals) => b'\'',
        ('{', Greek::Capitals) => b'(',
        ('}', Greek::Capitals) => b')',
        ('|', Greek::Capitals) => b'!',
        ('~', Greek::Capitals) => b'-',
        (c, _) => u8::try_from(c).unwrap_or(b' '),
    }
}

/// Without accents, as capitals: ΐ is Ι, ς is Σ.
fn bare_capitals(c: char) -> impl Iterator<Item = char> {
    let capitals = c.to_uppercase().flat_map(|c| std::iter::once(c).nfd().collect::<Vec<_>>());
    capitals.filter(|c| !is_combining_mark(*c))
}

fn capital(c: char, greek: Greek, cells: &mut Vec<u8>) {
    let alike = ALIKE.iter().find(|(letter, _)| *letter == c).map(|(_, byte)| *byte);
    let drawn = DRAWN.iter().find(|(letter, ..)| *letter == c).map(|(_, code, _)| *code);
    let paged = IN_437.iter().find(|(letter, _)| *letter == c).map(|(_, byte)| *byte);
    let special = drawn.or(paged).filter(|_| greek == Greek::Capitals);
    if let Some(byte) = alike.or(special) {
        cells.push(byte);
    } else if let Some((_, spelled)) = SPELLED.iter().find(|(letter, _)| *letter == c) {
        cells.extend_from_slice(spelled.as_bytes());
    } else if c.is_ascii() {
        cells.push(plain(c, greek));
    } else {
        cells.extend_from_slice(signs(c).as_bytes());
    }
}

/// The nearest ASCII for other signs; a dot for what has none, so that columns stay.
fn signs(c: char) -> &'static str {
    match c {
        '‘' | '’' | '΄' | '´' => "'",
        '«' | '»' | '“' | '”' | '„' => "\"",
        '–' | '—' | '−' | '‐' => "-",
        '…' => "...",
        _ => ".",
    }
}
