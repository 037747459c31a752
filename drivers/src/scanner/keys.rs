//! A scanner that is a keyboard, read key by key: [`Keys`]. Keys are positions: what stands on them, and which language the
//! desktop is set to, does not matter. The table is that of the US keyboard, which scanners type on when they leave the
//! factory.

use super::Scan;

/// One event of an input device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyEvent {
    /// What kind: 0 is a mark between events, 1 a key.
    pub kind: u16,
    /// Which key, or which mark.
    pub code: u16,
    /// 1 pressed, 0 let go, 2 held.
    pub value: i32,
    /// When, in milliseconds, on the kernel's clock.
    pub at_ms: u64,
}

/// How many bytes an event has in `struct input_event`: two words of time, type, code, value.
pub const RECORD: usize = 2 * size_of::<usize>() + 8;

/// Reads the events in what an input device gave; what is no whole event at the end is left out.
pub fn events(bytes: &[u8]) -> impl Iterator<Item = KeyEvent> + '_ {
    bytes.chunks_exact(RECORD).map(|record| {
        let (seconds, rest) = record.split_at(RECORD / 2 - 4);
        let (micros, rest) = rest.split_at(RECORD / 2 - 4);
        let word = |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        let small = |at: usize| u16::from_le_bytes([rest[at], rest[at + 1]]);
        KeyEvent {
            kind: small(0),
            code: small(2),
            value: i32::from_le_bytes([rest[4], rest[5], rest[6], rest[7]]),
            at_ms: word(seconds).saturating_mul(1000).saturating_add(word(micros) / 1000),
        }
    })
}

/// What a scanner that types is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySettings {
    /// The keys that end a code.
    pub suffixes: Vec<u16>,
    /// A code that no such key ended is over after so much silence. Short only for a scanner that sends no suffix: slow
    /// ones need 120 ms between two keys.
    pub silence_ms: u64,
    /// A key that stands for the separator of GS1, beside Ctrl and `]`: F8 (66) on some scanners.
    pub separator_key: Option<u16>,
    /// A character that stands for the separator.
    pub separator_char: Option<char>,
}

impl Default for KeySettings {
    fn default() -> Self {
        Self {
            suffixes: vec![ENTER, KEYPAD_ENTER, TAB],
            silence_ms: 1000,
            separator_key: None,
            separator_char: None,
        }
    }
}

/// Enter.
pub const ENTER: u16 = 28;
/// Enter on the keypad.
pub const KEYPAD_ENTER: u16 = 96;
/// Tab.
pub const TAB: u16 = 15;
/// F8.
pub const F8: u16 = 66;
const CAPS_LOCK: u16 = 58;
const SHIFTS: [u16; 2] = [42, 54];
const CONTROLS: [u16; 2] = [29, 97];
const ALTS: [u16; 2] = [56, 100];
const KIND_MARK: u16 = 0;
const KIND_KEY: u16 = 1;
const MARK_DROPPED: u16 = 3;

/// The separator of GS1.
pub(super) const GS: char = '\u{1d}';

/// The most characters a code may have.
const LENGTH_MAX: usize = 4096;

/// Puts keys together to codes.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    settings: KeySettings,
    held: String,
    shift: bool,
    control: bool,
    alt: bool,
    caps: bool,
    /// Digits of a character that is typed by its number while Alt is held.
    number: Option<u32>,
    /// The kernel lost events: nothing counts until the next mark.
    dropped: bool,
    /// A part of this code was lost: it is thrown away up to its end.
    spoilt: bool,
    last_ms: u64,
}

impl Keys {
    /// With the scanner's settings.
    #[must_use]
    pub fn new(settings: KeySettings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Hears an event, and gives the code that it ended.
    pub fn hear(&mut self, event: KeyEvent) -> Option<Scan> {
        match (event.kind, event.code) {
            (KIND_MARK, MARK_DROPPED) => self.lose(),
            (KIND_MARK, _) => self.dropped = false,
            (KIND_KEY, _) if self.dropped => {}
            (KIND_KEY, code) => return self.key(code, event.value, event.at_ms),
            _ => {}
        }
        None
    }

    /// Whether a code has begun and not ended.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.held.is_empty() || self.spoilt
    }

    /// How much silence ends a code, in milliseconds.
    #[must_use]
    pub const fn silence_ms(&self) -> u64 {
        self.settings.silence_ms
    }

    /// It has been silent for long enough: what has come is a code.
    pub fn flush(&mut self) -> Option<Scan> {
        let held = std::mem::take(&mut self.held);
        let spoilt = std::mem::take(&mut self.spoilt);
        (!held.is_empty() && !spoilt).then(|| Scan::of(&held, self.last_ms))
    }

    /// Half a code is none.
    fn lose(&mut self) {
        self.held.clear();
        (self.shift, self.control, self.alt, self.number) = (false, false, false, None);
        (self.dropped, self.spoilt) = (true, true);
    }

    fn key(&mut self, code: u16, value: i32, at_ms: u64) -> Option<Scan> {
        let down = match value {
            0 => false,
            1 => true,
            // Held too long: the keyboard repeats it, the scanner did not.
            _ => return None,
        };
        match code {
            code if SHIFTS.contains(&code) => self.shift = down,
            code if CONTROLS.contains(&code) => self.control = down,
            code if ALTS.contains(&code) => self.alt(down),
            CAPS_LOCK => self.caps ^= down,
            code if down => return self.pressed(code, at_ms),
            _ => {}
        }
        None
    }

    fn pressed(&mut self, code: u16, at_ms: u64) -> Option<Scan> {
        self.last_ms = at_ms;
        if self.settings.suffixes.contains(&code) && !self.control {
            return self.flush();
        }
        if self.settings.separator_key == Some(code) {
            self.hold(GS);
        } else if let (true, Some(digit)) = (self.alt, keypad_digit(code)) {
            let number = self.number.unwrap_or(0).saturating_mul(10).saturating_add(digit);
            self.number = Some(number);
        } else if let Some(character) = self.character(code) {
            self.hold(character);
        }
        None
    }

    /// Letting go of Alt ends a character that was typed by its number.
    fn alt(&mut self, down: bool) {
        self.alt = down;
        if let Some(character) = self.number.take().filter(|_| !down).and_then(char::from_u32) {
            self.hold(character);
        }
    }

    fn character(&self, code: u16) -> Option<char> {
        let (plain, shifted) = on_key(code)?;
        let upper = self.shift ^ (self.caps && plain.is_ascii_alphabetic());
        let character = if upper { shifted } else { plain };
        if self.control { control(character) } else { Some(character) }
    }

    fn hold(&mut self, character: char) {
        if self.held.len() >= LENGTH_MAX {
            // A key that is stuck is no code.
            self.held.clear();
        }
        let separator = self.settings.separator_char == Some(character);
        self.held.push(if separator { GS } else { character });
    }
}

/// The control character of Ctrl and a key.
fn control(character: char) -> Option<char> {
    let byte = u8::try_from(character.to_ascii_uppercase()).ok()?;
    matches!(byte, b'@'..=b'_').then(|| char::from(byte & 0x1F))
}

fn keypad_digit(code: u16) -> Option<u32> {
    let (digit, _) = on_key(code).filter(|_| (71..=82).contains(&code))?;
    digit.to_digit(10)
}

/// The rows of the US keyboard: the first key's code, what stands on the keys, and what with Shift.
const ROWS: [(u16, &str, &str); 6] = [
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", "ASDFGHJKL:\"~"),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (71, "789-456+1230.", "789-456+1230."),
    (55, "*", "*"),
];

/// What stands on a key, and what with Shift.
fn on_key(code: u16) -> Option<(char, char)> {
    match code {
        57 => return Some((' ', ' ')),
        86 => return Some(('\\', '|')),
        98 => return Some(('/', '/')),
        _ => {}
    }
    ROWS.iter().find_map(|(first, plain, shifted)| {
        let at = usize::from(code.checked_sub(*first)?);
        Some((plain.chars().nth(at)?, shifted.chars().nth(at)?))
    })
}

/// The keys that type a character, for whoever plays a scanner: the key, and whether with Shift.
pub(super) fn key_of(character: char) -> Option<(u16, bool)> {
    (2..=57).filter(|code| *code != 55).find_map(|code| match on_key(code) {
        Some((plain, _)) if plain == character => Some((code, false)),
        Some((_, shifted)) if shifted == character => Some((code, true)),
        _ => None,
    })
}
