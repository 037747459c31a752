//! Whom an invoice is for: the tax number, and what is known beside it (Law 4308/2014, art. 9).

use super::layout::{Layout, Words};
use crate::domain::document::{Document, DocumentKind};
use crate::domain::text::Text;

const NUMBER: Words = Words("ΑΦΜ πελάτη", "Customer's VAT no.");
const NAME: Words = Words("Πελάτης", "Customer");

/// What an invoice says of its customer, each with what it is called; nothing of a receipt.
pub(super) fn rows(document: &Document) -> Vec<(Words, String)> {
    let DocumentKind::Invoice { customer } = &document.kind else { return Vec::new() };
    let number = (NUMBER, customer.to_string());
    let Some(known) = document.counterparty.as_deref() else { return vec![number] };
    let row = |(words, text): (Words, &Text)| (!text.is_empty()).then(|| (words, text.to_string()));
    let name = row((NAME, &known.name));
    let others = [
        (Words("Διεύθυνση", "Address"), &known.address),
        (Words("Δραστηριότητα", "Activity"), &known.activity),
        (Words("ΔΟΥ πελάτη", "Customer's tax office"), &known.tax_office),
    ];
    name.into_iter().chain([number]).chain(others.into_iter().filter_map(row)).collect()
}

/// The same on the roll: the number in a row, and what may be longer than one in lines.
pub(super) fn lines(paper: &mut Layout, document: &Document) {
    for (words, text) in rows(document) {
        let said = paper.say(words);
        if words == NUMBER {
            paper.row(said, &text);
        } else {
            paper.line(&format!("{said}: {text}"));
        }
    }
}
