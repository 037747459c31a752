//! Money and numbers as text. Sentences are not made here: they stand in `ui/i18n.slint`, so that every one of them is in
//! the translation file.

use crate::domain::money::{Cents, Quantity};
use crate::domain::text::Language;

/// The most digits an amount may be typed with: up to 999 999,99.
pub(super) const AMOUNT_DIGITS_MAX: usize = 8;

/// `13,00 €` or `13.00 €`, with a real minus sign.
pub(super) fn money(amount: Cents, language: Language) -> String {
    format!("{} €", amount.in_language(language).replace('-', "−"))
}

/// `3 × 35,00 €` where it is more or less than one of something; empty for one.
pub(super) fn several(quantity: Quantity, unit: Cents, language: Language) -> String {
    if quantity == Quantity::ONE {
        return String::new();
    }
    let count = if quantity.0 % 1_000 == 0 {
        (quantity.0 / 1_000).to_string()
    } else {
        match language {
            Language::El => quantity.with_two_decimals(),
            Language::En => quantity.with_two_decimals().replace(',', "."),
        }
    };
    format!("{count} × {}", money(unit, language))
}

/// `4,250 kg` or `4.250 kg`.
pub(super) fn kilograms(grams: u64, language: Language) -> String {
    format!("{} kg", decimal(grams, 3, language))
}

/// A whole number of small units as the number of large ones: 408 with two places is `4,08` or `4.08`.
pub(super) fn decimal(number: u64, places: usize, language: Language) -> String {
    let mark = match language {
        Language::El => ',',
        Language::En => '.',
    };
    let unit = (0..places).fold(1, |unit, _| unit * 10);
    format!("{}{mark}{:0places$}", number / unit, number % unit)
}

/// `84.310` or `84,310`: kilometres, as people write them.
pub(super) fn grouped(number: u32, language: Language) -> String {
    let mark = match language {
        Language::El => '.',
        Language::En => ',',
    };
    let digits = number.to_string();
    let apart = |at: usize| at > 0 && (digits.len() - at).is_multiple_of(3);
    digits.char_indices().fold(String::new(), |mut text, (at, digit)| {
        if apart(at) {
            text.push(mark);
        }
        text.push(digit);
        text
    })
}

/// Typed digits are cents: `1250` is 12,50. Nothing typed is nothing, not zero.
pub(super) fn typed_cents(digits: &str) -> Option<Cents> {
    digits.parse().ok().map(Cents)
}

/// A typed amount as it is shown; empty when nothing is typed.
pub(super) fn typed_money(digits: &str, language: Language) -> String {
    typed_cents(digits).map(|cents| money(cents, language)).unwrap_or_default()
}

/// Adds a key to typed digits; leading zeros and what goes beyond `max` are dropped.
pub(super) fn add_digits(digits: &mut String, key: &str, max: usize) {
    for digit in key.chars().filter(char::is_ascii_digit) {
        let leading = digits.is_empty() && digit == '0';
        if !leading && digits.len() < max {
            digits.push(digit);
        }
    }
}

/// Typed digits of a date as far as they go: `1403` is `14/03/`.
pub(super) fn date_mask(digits: &str) -> String {
    masked(digits, &[2, 4], '/')
}

/// Typed digits of a time: `1051` is `10:51`.
pub(super) fn time_mask(digits: &str) -> String {
    masked(digits, &[2], ':')
}

fn masked(digits: &str, breaks: &[usize], mark: char) -> String {
    digits.char_indices().fold(String::new(), |mut text, (at, digit)| {
        if breaks.contains(&at) {
            text.push(mark);
        }
        text.push(digit);
        text
    })
}
