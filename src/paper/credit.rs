//! What stands on the paper of money that was given back, beside what stands on every document: of which document, why,
//! and the words that say that the money went to the customer.

use super::layout::{Layout, Words};
use super::slip::{name_lines, name_words};
use crate::domain::credit::{Credit, Original};
use crate::domain::document::{Document, DocumentKind, DocumentName};

/// Nobody knows which document it takes back.
const WITHOUT: Words = Words("Χωρίς αρχικό παραστατικό", "Without the original document");

/// What a document is called on its slip.
pub(super) const fn slip_title(document: &Document) -> Words {
    if document.is_credit() {
        Words("ΕΝΗΜΕΡΩΤΙΚΟ ΣΗΜΕΙΩΜΑ ΕΠΙΣΤΡΟΦΗΣ", "REFUND NOTE")
    } else {
        Words("ΕΝΗΜΕΡΩΤΙΚΟ ΣΗΜΕΙΩΜΑ ΠΛΗΡΩΜΗΣ", "PAYMENT NOTE")
    }
}

/// What a credit is called as a tax document.
pub(super) const fn title(kind: &DocumentKind) -> Words {
    match kind {
        DocumentKind::Retail => Words("ΠΙΣΤΩΤΙΚΟ ΣΤΟΙΧΕΙΟ ΛΙΑΝΙΚΗΣ", "RETAIL CREDIT NOTE"),
        DocumentKind::Invoice { .. } => Words("ΠΙΣΤΩΤΙΚΟ ΤΙΜΟΛΟΓΙΟ", "CREDIT NOTE"),
    }
}

/// What its sum is called.
pub(super) const fn total(document: &Document) -> Words {
    if document.is_credit() {
        Words("ΣΥΝΟΛΟ ΕΠΙΣΤΡΟΦΗΣ", "TOTAL GIVEN BACK")
    } else {
        Words("ΣΥΝΟΛΟ ΠΛΗΡΩΤΕΟ", "TOTAL DUE")
    }
}

/// Of which document, and why; nothing on what sells something.
pub(super) fn taken_back(paper: &mut Layout, document: &Document, with_series: bool) {
    let Some(credit) = &document.credit else { return };
    match &credit.of {
        Some(original) => original_lines(paper, original, with_series),
        None => paper.line(paper.say(WITHOUT)),
    }
    paper.line(&format!("{}: {}", paper.say(Words("Λόγος", "Reason")), credit.reason));
}

fn original_lines(paper: &mut Layout, original: &Original, with_series: bool) {
    paper.line(paper.say(Words("Για το παραστατικό:", "For the document:")));
    if with_series {
        let number = format!("{} {}", original.series, original.number);
        paper.row(paper.say(Words("Σειρά / Αρ.", "Series / no.")), &number);
    }
    paper.row(paper.say(Words("Ημερομηνία", "Date")), &original.issued.printed());
    name_lines(paper, &original.name);
}

/// The same as rows of a page.
pub(super) fn rows(document: &Document) -> Vec<(Words, String)> {
    let Some(credit) = &document.credit else { return Vec::new() };
    let mut rows = Vec::new();
    if let Some(original) = &credit.of {
        let number = format!("{} {}  {}", original.series, original.number, original.issued.printed());
        rows.push((Words("Για το παραστατικό", "For the document"), number));
        rows.extend(match &original.name {
            // The credit has one of its own.
            DocumentName::Mark { mark } => vec![(Words("ΜΑΡΚ αυτού", "Its MARK"), mark.to_string())],
            machine @ DocumentName::Fim { .. } => name_words(machine),
        });
    } else {
        rows.push((WITHOUT, String::new()));
    }
    rows.push((Words("Λόγος", "Reason"), credit.reason.to_string()));
    rows
}

/// Whoever took money signs for it.
pub(super) fn signature(paper: &mut Layout, document: &Document) {
    if let Some(given_to) = given_to(document) {
        paper.row(paper.say(GIVEN_TO), given_to);
    }
    if is_signed(document) {
        paper.line("");
        paper.line(paper.say(SIGNATURE));
    }
}

/// What the person is called by who took the money.
pub(super) const GIVEN_TO: Words = Words("Στον / στην", "Given to");
/// Where that person signs.
pub(super) const SIGNATURE: Words = Words("Υπογραφή ..................", "Signature .................");

/// Who took the money of a credit, where no document says whose it was.
pub(super) fn given_to(document: &Document) -> Option<&str> {
    let Credit { given_to, .. } = document.credit.as_deref()?;
    Some(given_to.as_str()).filter(|given_to| !given_to.is_empty())
}

/// Cash that goes back is signed for.
pub(super) fn is_signed(document: &Document) -> bool {
    document.is_credit() && !document.payment.cash.is_zero()
}
