//! An issuer for practice and tests. It answers at once, gives each document one name for ever, and its QR says what it
//! is, so that nobody can take it for a real one.

use crate::domain::document::{Document, DocumentName};

/// Simulated MARKs start here; real ones have other digits after the first four.
const FIRST_MARK: i64 = 400_000_000_000_000;

/// The name of a document: the same for the same document, however often it is asked.
pub fn name(document: &Document) -> DocumentName {
    let terminal = i64::from(terminal_digits(&document.reference.terminal.to_string()));
    let number = i64::try_from(document.number % 10_000_000).unwrap_or_default();
    DocumentName::Mark { mark: FIRST_MARK + terminal * 10_000_000 + number }
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
