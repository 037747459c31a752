//! Text from outside is a type of its own: made once, at the edge, and safe on paper and in XML from then on.

use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The longest text kept, in characters; longer input is cut.
pub const TEXT_CHARS_MAX: usize = 300;

/// Printable text in composed form: no control character, no bidirectional mark, no line break, trimmed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Text(String);

impl Text {
    /// Cleans `raw`. Never fails: what cannot be kept is dropped.
    pub fn new(raw: &str) -> Self {
        // Composed last: dropping what stands between a letter and its accent lets the two meet.
        let composed: String = raw
            .chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .filter(|c| is_printable(*c))
            .nfc()
            .take(TEXT_CHARS_MAX)
            .collect();
        Self(composed.trim().to_owned())
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Nothing was left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether a character may reach paper and XML. Beside the controls, everything that is not seen or turns around what is
/// seen stays out; so do private use, which means something else on every printer, and what is no character at all.
fn is_printable(c: char) -> bool {
    !(c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{FFFE}'..='\u{FFFF}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{10FFFF}'))
}

impl From<String> for Text {
    fn from(raw: String) -> Self {
        Self::new(&raw)
    }
}

impl From<&str> for Text {
    fn from(raw: &str) -> Self {
        Self::new(raw)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A name in both languages of the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Name {
    /// Greek.
    pub el: Text,
    /// English.
    pub en: Text,
}

impl Name {
    /// A name from its two forms.
    pub fn new(el: &str, en: &str) -> Self {
        Self { el: Text::new(el), en: Text::new(en) }
    }

    /// The form for a language.
    pub const fn get(&self, language: Language) -> &Text {
        match language {
            Language::El => &self.el,
            Language::En => &self.en,
        }
    }
}

/// The languages of the screen and of papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Greek.
    #[default]
    El,
    /// English.
    En,
}
