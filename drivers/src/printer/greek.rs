//! Greek text as the bytes of a printer's code pages.
//!
//! The tables are built once from `oem_cp` (737, 869, 858) and `encoding_rs` (8859-7, 1253), which agree with what
//! printers have in their ROM, and laid out for a look-up without hashing. Nothing here ever answers with UTF-8 or
//! with a question mark: a character that no page of the printer holds makes the line a drawn one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::profile::{Language, PageSlot, Profile};

/// A character set of 256 places, the lower half ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodePage {
    /// DOS Greek; the most common one on clones; lacks ΐ, ΰ and €.
    Cp737,
    /// DOS Greek 2: every letter, no €.
    Cp869,
    /// ISO 8859-7 (2003): every letter and €.
    Iso8859_7,
    /// Windows Greek: every letter, €, quotes and dashes. The best single page.
    Windows1253,
    /// DOS Latin 1 with €; no Greek. Reached for a stray €.
    Cp858,
    /// Star's and some clones' CP928: ISO 8859-7 as it was in 1987, with nothing at 0xA4, 0xA5 and 0xAA. No €.
    Cp928,
}

/// The pages with their names in settings and addresses.
const PAGE_NAMES: [(CodePage, &str); 6] = [
    (CodePage::Cp737, "737"),
    (CodePage::Cp869, "869"),
    (CodePage::Iso8859_7, "8859-7"),
    (CodePage::Windows1253, "1253"),
    (CodePage::Cp858, "858"),
    (CodePage::Cp928, "928"),
];

impl CodePage {
    /// The page of that name: `737`, `869`, `8859-7`, `1253`, `858`, `928`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        PAGE_NAMES.iter().find(|(_, known)| *known == name).map(|(page, _)| *page)
    }

    /// Its name in settings and addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        PAGE_NAMES.iter().find(|(page, _)| *page == self).map_or("", |(_, name)| name)
    }

    /// The byte for a character, if the page has it.
    #[must_use]
    pub fn encode(self, c: char) -> Option<u8> {
        match c {
            ' '..='~' => u8::try_from(c).ok(),
            _ => self.table().encode(c),
        }
    }

    /// The character of a byte, if the page has one there. Control bytes have none.
    #[must_use]
    pub fn decode(self, byte: u8) -> Option<char> {
        match byte {
            0x20..=0x7E => Some(char::from(byte)),
            0x80..=0xFF => self.table().decode[usize::from(byte - 0x80)],
            _ => None,
        }
    }

    fn table(self) -> &'static Table {
        &TABLES[self as usize]
    }
}

/// The upper half of one page in both directions.
struct Table {
    decode: [Option<char>; 128],
    /// U+0080 to U+00FF, 0 where the page has nothing.
    latin: [u8; 128],
    /// U+0370 to U+03FF.
    greek: [u8; 144],
    other: BTreeMap<char, u8>,
}

static TABLES: LazyLock<[Table; 6]> = LazyLock::new(|| {
    [
        Table::new(|byte| dos(&oem_cp::code_table::DECODING_TABLE_CP737, byte)),
        Table::new(|byte| dos(&oem_cp::code_table::DECODING_TABLE_CP869, byte)),
        Table::new(|byte| web(encoding_rs::ISO_8859_7, byte)),
        Table::new(|byte| web(encoding_rs::WINDOWS_1253, byte)),
        Table::new(|byte| dos(&oem_cp::code_table::DECODING_TABLE_CP858, byte)),
        Table::new(|byte| match byte {
            0xA4 | 0xA5 | 0xAA => None,
            _ => web(encoding_rs::ISO_8859_7, byte),
        }),
    ]
});

fn dos(table: &[char; 128], byte: u8) -> Option<char> {
    table.get(usize::from(byte) - 0x80).copied()
}

fn web(encoding: &'static encoding_rs::Encoding, byte: u8) -> Option<char> {
    encoding.decode_without_bom_handling_and_without_replacement(&[byte])?.chars().next()
}

impl Table {
    fn new(decode: impl Fn(u8) -> Option<char>) -> Self {
        let mut table =
            Self { decode: [None; 128], latin: [0; 128], greek: [0; 144], other: BTreeMap::new() };
        for byte in 0x80..=0xFF {
            // Published tables fill empty places with C1 controls, and have invisible signs: not for paper.
            if let Some(c) = decode(byte).filter(|c| !c.is_control() && !matches!(c, '\u{A0}' | '\u{AD}')) {
                table.place(byte, c);
            }
        }
        table
    }

    fn place(&mut self, byte: u8, c: char) {
        self.decode[usize::from(byte - 0x80)] = Some(c);
        match u32::from(c) {
            code @ 0x80..=0xFF => self.latin[code as usize - 0x80] = byte,
            code @ 0x370..=0x3FF => self.greek[code as usize - 0x370] = byte,
            _ => {
                self.other.insert(c, byte);
            }
        }
    }

    fn encode(&self, c: char) -> Option<u8> {
        match u32::from(c) {
            code @ 0x80..=0xFF => Some(self.latin[code as usize - 0x80]).filter(|byte| *byte != 0),
            code @ 0x370..=0x3FF => Some(self.greek[code as usize - 0x370]).filter(|byte| *byte != 0),
            _ => self.other.get(&c).copied(),
        }
    }
}

/// A character that looks the same and that pages do have: always used.
fn same(c: char) -> char {
    match c {
        'µ' => 'μ',
        '\u{2126}' => 'Ω',
        '\u{387}' => '·',
        '\u{37E}' => ';',
        '\u{A0}' | '\u{202F}' | '\u{2000}'..='\u{200A}' => ' ',
        other => other,
    }
}

/// The nearest ASCII for a typographic sign: used where the page lacks the sign itself.
fn plain(c: char) -> Option<&'static str> {
    match c {
        '‘' | '’' | '‚' | '′' => Some("'"),
        '“' | '”' | '„' | '″' => Some("\""),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Some("-"),
        '…' => Some("..."),
        _ => None,
    }
}

/// Encodes lines for one printer and remembers which page it is in, so that a page is switched only when needed.
pub(crate) struct PageWriter<'a> {
    profile: &'a Profile,
    current: Option<PageSlot>,
}

/// The line has a character no page of the printer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotInAnyPage(pub(crate) char);

impl<'a> PageWriter<'a> {
    pub(crate) fn new(profile: &'a Profile) -> Self {
        Self { profile, current: None }
    }

    /// The printer may have dropped its page: say it again before the next letter. Some clones do so after a picture
    /// or a change of font.
    pub(crate) fn forget(&mut self) {
        self.current = None;
    }

    /// The command that selects the first Greek page; empty when the printer has none.
    pub(crate) fn select_first(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        if let Some(slot) = self.profile.pages.first() {
            self.select(*slot, &mut out);
        }
        out
    }

    /// The text with what this printer would have to spell out (… as three points) already spelled out, so that the
    /// line is wrapped at the length it will have.
    pub(crate) fn spelled<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let has_ellipsis = self.profile.pages.first().is_some_and(|slot| slot.page.encode('…').is_some());
        if has_ellipsis || !text.contains('…') { text.into() } else { text.replace('…', "...").into() }
    }

    /// Appends the line's bytes. On an error nothing is appended and the page is unchanged.
    pub(crate) fn write(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), NotInAnyPage> {
        let (start, page) = (out.len(), self.current);
        let written = text.chars().try_for_each(|c| self.write_char(same(c), out));
        if written.is_err() {
            out.truncate(start);
            self.current = page;
        }
        written
    }

    fn write_char(&mut self, c: char, out: &mut Vec<u8>) -> Result<(), NotInAnyPage> {
        if c.is_ascii() {
            out.push(CodePage::Cp737.encode(c).ok_or(NotInAnyPage(c))?);
            return Ok(());
        }
        if let Some(byte) = self.current.and_then(|slot| slot.page.encode(c)) {
            out.push(byte);
            return Ok(());
        }
        // Back to the Greek page comes before plain ASCII, so that ’ is only replaced where no main page has it.
        let main = self.profile.pages.first().and_then(|slot| Some((*slot, slot.page.encode(c)?)));
        let found = main.or_else(|| if plain(c).is_none() { self.elsewhere(c) } else { None });
        match (found, plain(c)) {
            (Some((slot, byte)), _) => {
                self.select(slot, out);
                out.push(byte);
            }
            (None, Some(ascii)) => out.extend_from_slice(ascii.as_bytes()),
            (None, None) => return Err(NotInAnyPage(c)),
        }
        Ok(())
    }

    fn elsewhere(&self, c: char) -> Option<(PageSlot, u8)> {
        let others = self.profile.pages.iter().skip(1).chain(&self.profile.stray_page);
        others.filter_map(|slot| Some((*slot, slot.page.encode(c)?))).next()
    }

    fn select(&mut self, slot: PageSlot, out: &mut Vec<u8>) {
        if self.current != Some(slot) {
            out.extend_from_slice(page_prefix(self.profile.language));
            out.push(slot.n);
            self.current = Some(slot);
        }
    }
}

/// What stands before the number of a page.
pub(crate) fn page_prefix(language: Language) -> &'static [u8] {
    match language {
        Language::EscPos => &[0x1B, 0x74],
        Language::Star => &[0x1B, 0x1D, 0x74],
    }
}
