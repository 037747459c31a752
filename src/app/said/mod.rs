//! What others say, as sentences in the language of the screen: card terminals. Their own words stay
//! beside ours.
//!
//! | file | who |
//! |---|---|
//! | `card` | card terminals |

mod card;

pub use card::card_words;

use crate::domain::text::Language;

/// One sentence in both languages.
const fn pick(language: Language, el: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::El => el,
        Language::En => en,
    }
}
