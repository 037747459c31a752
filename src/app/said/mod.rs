//! What others say, as sentences in the language of the screen: registers of tax numbers, card terminals. Their own words stay
//! beside ours.
//!
//! | file | who |
//! |---|---|
//! | `counterparty` | AADE's registry of businesses, VIES |
//! | `card` | card terminals |

mod card;
mod counterparty;

pub use card::card_words;

use crate::domain::text::Language;

/// One sentence in both languages.
const fn pick(language: Language, el: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::El => el,
        Language::En => en,
    }
}
