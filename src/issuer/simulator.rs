//! An issuer for practice and tests. It answers at once, gives each document one name for ever, and its QR says what it
//! is, so that nobody can take it for a real one.

use crate::domain::document::{Document, DocumentName};

/// Simulated MARKs start here; real ones have other digits after the first four.
const FIRST_MARK: i64 = 400_000_000_000_000;

/// So many documents of a series have names of their own.
const SERIES_MAX: i64 = 5_000_000;

/// The name of a document: the same for the same document, however often it is asked.
pub fn name(document: &Document) -> DocumentName {
    let terminal = i64::from(terminal_digits(&document.reference.terminal.to_string()));
    let series = if document.is_credit() { SERIES_MAX } else { 0 };
    let number = i64::try_from(document.number % SERIES_MAX.unsigned_abs()).unwrap_or_default();
    DocumentName::Mark { mark: FIRST_MARK + terminal * 2 * SERIES_MAX + series + number }
}

/// What the QR of the document says.
pub fn qr(document: &Document) -> String {
    let DocumentName::Mark { mark } = name(document) else { return String::new() };
    format!("PRACTICE NOT A RECEIPT MARK {mark} TOTAL {}", document.totals.gross)
}

/// The terminal's four characters as a number below 36⁴.
fn terminal_digits(terminal: &str) -> u32 {
    terminal.chars().filter_map(|c| c.to_digit(36)).fold(0, |sum, digit| (sum * 36 + digit) % 1_679_616)
}
