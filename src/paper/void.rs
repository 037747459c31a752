//! A payment that was made void: what the customer gets back, and why. It is no tax document and says so; nobody was ever
//! told of the document it recalls.

use super::layout::{Layout, Words};
use super::slip::{not_a_receipt, reference};
use crate::domain::document::Document;
use crate::domain::settings::Settings;
use tameio_drivers::printer::Sheet;

/// The paper of a void payment; `copy` is 0 for the original.
#[must_use]
pub fn void(settings: &Settings, document: &Document, copy: u32, columns: usize) -> Sheet {
    let mut paper = Layout::new(settings, columns);
    paper.shop(settings);
    paper.rule();
    paper.centre_bold(paper.say(Words("ΑΚΥΡΩΣΗ ΠΛΗΡΩΜΗΣ", "PAYMENT MADE VOID")));
    paper.copy_mark(copy);
    reference(&mut paper, document);
    if let Some(plate) = document.issued_for.plate() {
        paper.row(paper.say(Words("Όχημα", "Vehicle")), &plate.display());
    }
    paper.row(paper.say(Words("Είχε πληρωθεί", "Had been paid")), &document.issued.printed());
    if let Some(reason) = &document.void {
        paper.line(&format!("{}: {reason}", paper.say(Words("Λόγος", "Reason"))));
    }
    paper.rule();
    let total = format!("{} €", document.totals.gross.with_comma());
    paper.total(paper.say(Words("ΕΠΙΣΤΡΕΦΟΝΤΑΙ", "GIVEN BACK")), &total);
    for (means, amount) in document.payment.by_means() {
        paper.row(paper.say(super::layout::means_words(means)), &amount.with_comma());
    }
    if !document.payment.tips.is_zero() {
        let tips = document.payment.tips.with_comma();
        paper.row(paper.say(Words("Φιλοδώρημα με κάρτα", "Tip by card")), &tips);
    }
    paper.line("");
    paper.line(paper.say(Words("Υπογραφή ..................", "Signature .................")));
    paper.rule();
    not_a_receipt(&mut paper);
    paper.finish()
}

/// Says on another paper that the payment it tells of is void.
pub(super) fn mark(paper: &mut Layout, document: &Document) {
    if document.void.is_some() {
        paper.centre_bold(paper.say(Words("*** ΑΚΥΡΗ ΠΛΗΡΩΜΗ ***", "*** PAYMENT MADE VOID ***")));
    }
}
