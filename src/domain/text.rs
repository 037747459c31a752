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
        let composed: String = raw
            .nfc()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .filter(|c| is_printable(*c))
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

/// Whether a character may reach paper and XML. Private use and the two non-characters stay out with the controls:
/// the first means something else on every printer, the second is not XML.
fn is_printable(c: char) -> bool {
    !(c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{E000}'..='\u{F8FF}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{FFFE}' | '\u{FFFF}'))
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
