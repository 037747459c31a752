//! A scanner that types: [`Wedge`] tells its bursts from a person's typing by their speed.
//!
//! Pure: it is given each key with its time and never looks at a clock. Keys are held back while they may be the
//! beginning of a scan and given back ([`Heard::Typed`]) the moment they are not, so that nothing typed is lost. The
//! window that feeds it calls [`Wedge::flush`] when [`Wedge::due_ms`] has come.
//!
//! This is the last resort, for when the scanner's device cannot be read directly: a window sees letters, not keys. With
//! a Greek keyboard layout the scanner's `T` arrives as `Τ`; a scanner cannot type Greek, so a burst with a Greek letter
//! in it is read by the positions of its keys ([`unfold`]).

use super::Scan;

/// How a scanner is told from a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WedgeSettings {
    /// The highest average time between two keys of a scan, in milliseconds. Persons rarely go under 60.
    pub mean_gap_max_ms: u64,
    /// The highest time between two keys of a scan. Slow and wireless scanners need more: 100 to 150.
    pub gap_max_ms: u64,
    /// The shortest scan, in characters.
    pub length_min: usize,
    /// A scan without a suffix ends after so much silence.
    pub silence_ms: u64,
    /// The keys that end a scan.
    pub suffixes: Vec<char>,
}

impl Default for WedgeSettings {
    fn default() -> Self {
        Self {
            mean_gap_max_ms: 30,
            gap_max_ms: 50,
            length_min: 4,
            silence_ms: 100,
            suffixes: vec!['\n', '\r', '\t'],
        }
    }
}

/// What the keys so far turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Not decided yet: the keys are held back.
    Pending,
    /// A person typed this; give it to whatever has the focus.
    Typed(String),
    /// A scanner read this; nothing of it is to be typed.
    Scanned(Scan),
}

/// The most characters a code may have; a key that is held down must not fill the memory.
const LENGTH_MAX: usize = 4096;

/// Tells scans from typing.
#[derive(Clone, Debug, Default)]
pub struct Wedge {
    settings: WedgeSettings,
    held: String,
    count: usize,
    first_ms: u64,
    last_ms: u64,
}

impl Wedge {
    /// A detector with its thresholds.
    #[must_use]
    pub fn new(settings: WedgeSettings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Hears one key: its text and when it was pressed, in milliseconds of a clock that does not jump.
    pub fn key(&mut self, text: &str, at_ms: u64) -> Heard {
        let Some(first) = text.chars().next() else { return Heard::Pending };
        let gap = at_ms.saturating_sub(self.last_ms);
        if self.settings.suffixes.contains(&first) && text.chars().count() == 1 {
            return self.suffix(first, gap);
        }
        let broken = self.count > 0 && (gap > self.settings.gap_max_ms || self.count >= LENGTH_MAX);
        let before = if broken { self.judge() } else { Heard::Pending };
        self.hold(text, at_ms);
        before
    }

    /// When to call [`Wedge::flush`] if no other key comes; none while nothing is held.
    #[must_use]
    pub fn due_ms(&self) -> Option<u64> {
        let wait = if self.is_scan() { self.settings.silence_ms } else { self.settings.gap_max_ms };
        (self.count > 0).then_some(self.last_ms.saturating_add(wait).saturating_add(1))
    }

    /// Decides about what is held, if its time has come.
    pub fn flush(&mut self, now_ms: u64) -> Heard {
        match self.due_ms() {
            Some(due) if now_ms >= due => self.judge(),
            _ => Heard::Pending,
        }
    }

    fn hold(&mut self, text: &str, at_ms: u64) {
        if self.count == 0 {
            self.first_ms = at_ms;
        }
        self.held.push_str(text);
        self.count += 1;
        self.last_ms = at_ms;
    }

    /// Enter or Tab: ends a scan, or is a key like any other.
    fn suffix(&mut self, key: char, gap: u64) -> Heard {
        let fast = gap <= self.settings.silence_ms.max(self.settings.gap_max_ms);
        let typed = if self.is_scan() && !fast { Some(key) } else { None };
        match (self.judge(), typed) {
            // The scan was over long before: this key is a person's, and the scan is reported first.
            (Heard::Scanned(scan), Some(key)) => {
                self.hold(&key.to_string(), scan.at_ms.saturating_add(gap));
                Heard::Scanned(scan)
            }
            (Heard::Scanned(scan), None) => Heard::Scanned(scan),
            (Heard::Typed(text), _) => Heard::Typed(text + &key.to_string()),
            (Heard::Pending, _) => Heard::Typed(key.to_string()),
        }
    }

    fn is_scan(&self) -> bool {
        let gaps = u64::try_from(self.count.saturating_sub(1)).unwrap_or(u64::MAX);
        let duration = self.last_ms.saturating_sub(self.first_ms);
        self.count >= self.settings.length_min.max(2)
            && duration <= self.settings.mean_gap_max_ms.saturating_mul(gaps)
    }

    /// Lets go of what is held, as what it is.
    fn judge(&mut self) -> Heard {
        let scan = self.is_scan();
        self.count = 0;
        let held = std::mem::take(&mut self.held);
        match (held.is_empty(), scan) {
            (true, _) => Heard::Pending,
            (false, false) => Heard::Typed(held),
            (false, true) => Heard::Scanned(Scan::of(&unfold(&held), self.last_ms)),
        }
    }
}

/// Text typed under a Greek keyboard layout as the same keys give it under the US layout; text without a Greek letter
/// comes back as it is.
///
/// Accented vowels are two keys (the accent stands on the US semicolon). Capital sigma stands on two keys, `W` and `S`;
/// it is read as `S`. The layout's own tonos, alone, is the accent key without a vowel.
#[must_use]
pub fn unfold(text: &str) -> String {
    if text.chars().any(|c| matches!(c, 'Ͱ'..='Ͽ' | 'ἀ'..='῿')) {
        text.chars().fold(String::with_capacity(text.len()), |mut keys, c| {
            push_keys(c, &mut keys);
            keys
        })
    } else {
        text.to_owned()
    }
}

/// Keys of the Greek layout by position: what they give under it, and what under the US layout.
const GREEK_KEYS: &str = ";ςερτυθιοπασδφγηξκλζχψωβνμ";
const US_KEYS: &str = "qwertyuiopasdfghjklzxcvbnm";

fn push_keys(c: char, keys: &mut String) {
    match c {
        ':' => keys.push('Q'),
        '΄' | '´' => keys.push(';'),
        '¨' => keys.push(':'),
        'Ά' | 'Έ' | 'Ή' | 'Ί' | 'Ό' | 'Ύ' | 'Ώ' | 'ά' | 'έ' | 'ή' | 'ί' | 'ό' | 'ύ' | 'ώ' => {
            keys.push(';');
            keys.push(plain_key(without_accent(c)));
        }
        'Ϊ' | 'Ϋ' | 'ϊ' | 'ϋ' => {
            keys.push(':');
            keys.push(plain_key(without_accent(c)));
        }
        other => keys.push(plain_key(other)),
    }
}

fn without_accent(c: char) -> char {
    unicode_normalization::UnicodeNormalization::nfd(std::iter::once(c)).next().unwrap_or(c)
}

/// The US letter of a key, keeping its case.
fn plain_key(c: char) -> char {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let key = GREEK_KEYS.chars().position(|greek| greek == lower).and_then(|at| US_KEYS.chars().nth(at));
    match key {
        Some(key) if c != lower => key.to_ascii_uppercase(),
        Some(key) => key,
        None => c,
    }
}
