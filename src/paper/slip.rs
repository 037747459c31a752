//! The slip: what was sold and paid, where the tax document is issued elsewhere.
//!
//! It must not pass for a receipt: no VAT, no tax number, no document series, and a notice in both languages. The
//! number on it is the visit's or the order's.

use super::layout::{Layout, Words};
use super::receipt::{Printed, known};
use super::template::press::{Part, Press, Wanted};
use super::{credit, void};
use crate::domain::document::{Document, DocumentName, IssuedFor};
use crate::domain::money::Cents;
use crate::domain::settings::{IssuerKind, Settings};
use crate::domain::template::TemplateKind;
use tameio_drivers::printer::Sheet;

/// The slip of a sale; `copy` is 0 for the original.
#[must_use]
pub fn slip(press: Press<'_>, document: &Document, copy: u32, columns: usize) -> Sheet {
    let wanted = Wanted { press, kind: TemplateKind::Slip, columns, known: known(document) };
    wanted.sheet(&parts(), &Printed { document, copy })
}

/// The parts of a slip.
pub(super) fn parts<'a>() -> [Part<Printed<'a>>; 7] {
    [
        Part::lawful("shop", |paper, settings, _| paper.shop(settings)),
        Part::lawful("title", |paper, _, printed| {
            paper.centre(paper.say(credit::slip_title(printed.document)));
            paper.copy_mark(printed.copy);
            void::mark(paper, printed.document);
        }),
        Part::lawful("particulars", |paper, _, printed| particulars(paper, printed.document)),
        Part::lawful("lines", |paper, _, printed| sold(paper, printed.document)),
        Part::lawful("total", |paper, _, printed| total(paper, printed.document)),
        Part::lawful("not-a-receipt", |paper, settings, printed| {
            not_a_receipt(paper);
            issued_elsewhere(paper, settings, printed.document);
        }),
        Part::free("notice", |paper, settings, _| {
            if !settings.notice.is_empty() {
                paper.centre(settings.notice.as_str());
            }
        }),
    ]
}

fn particulars(paper: &mut Layout, document: &Document) {
    reference(paper, document);
    if let Some(plate) = document.issued_for.plate() {
        paper.row(paper.say(Words("Όχημα", "Vehicle")), &plate.display());
    }
    paper.row(paper.say(Words("Ημερομηνία", "Date")), &document.issued.printed());
    credit::taken_back(paper, document, false);
    if let Some(span) = &document.span {
        paper.stay(span);
    }
}

fn total(paper: &mut Layout, document: &Document) {
    paper.total(paper.say(Words("ΣΥΝΟΛΟ", "TOTAL")), &format!("{} €", document.totals.gross.with_comma()));
    paper.payment(&document.payment);
    tips(paper, document);
    credit::signature(paper, document);
}

/// What the reference of a document names; nothing where it names nothing.
pub(super) const fn reference_words(issued_for: &IssuedFor) -> Option<Words> {
    match issued_for {
        IssuedFor::Visit { .. } => Some(Words("Επίσκεψη", "Visit")),
        IssuedFor::Order { .. } => Some(Words("Παραγγελία", "Order")),
        IssuedFor::Refund { .. } => None,
    }
}

/// The reference of what a document was issued for.
pub(super) fn reference(paper: &mut Layout, document: &Document) {
    if let Some(words) = reference_words(&document.issued_for) {
        paper.row(paper.say(words), &document.reference.to_string());
    }
}

fn sold(paper: &mut Layout, document: &Document) {
    for (line, gross) in document.sale.lines.iter().zip(document.sale.grosses()) {
        let name = line.name.get(paper.language()).as_str().to_owned();
        paper.row(&name, &gross.with_comma());
        paper.quantity(line);
    }
    paper.discounts(&document.sale);
}

/// A tip is no revenue and stands on no tax document, but the customer sees here what the card paid.
fn tips(paper: &mut Layout, document: &Document) {
    if document.payment.tips > Cents::ZERO {
        paper
            .row(paper.say(Words("Φιλοδώρημα με κάρτα", "Tip by card")), &document.payment.tips.with_comma());
    }
}

/// The notice on every paper that is not the tax document; in both languages whatever the paper's own.
pub(super) fn not_a_receipt(paper: &mut Layout) {
    for words in [
        "ΠΛΗΡΟΦΟΡΙΑΚΟ ΕΝΤΥΠΟ",
        "ΔΕΝ ΕΙΝΑΙ ΝΟΜΙΜΗ ΑΠΟΔΕΙΞΗ Ή ΤΙΜΟΛΟΓΙΟ",
        "FOR INFORMATION ONLY",
        "NOT A LEGAL RECEIPT OR INVOICE",
    ] {
        paper.centre_bold(words);
    }
}

const NOT_YET: Words =
    Words("Το φορολογικό παραστατικό δεν έχει εκδοθεί ακόμη.", "The tax document has not been issued yet.");

/// Where the customer's tax document comes from.
fn issued_elsewhere(paper: &mut Layout, settings: &Settings, document: &Document) {
    let words = match (&document.name, settings.issuer) {
        (Some(name), _) => return named(paper, name),
        (None, _) if document.at_issuer.is_some() => NOT_YET,
        (None, IssuerKind::TypedFim) => Words(
            "Η απόδειξη εκδίδεται από τη φορολογική ταμειακή μηχανή του καταστήματος.",
            "The receipt is issued by the shop's fiscal machine.",
        ),
        (None, IssuerKind::TypedMark | IssuerKind::MyData | IssuerKind::Provider) => Words(
            "Το φορολογικό παραστατικό εκδίδεται από άλλο σύστημα του καταστήματος.",
            "The tax document is issued by another system of the shop.",
        ),
        (None, IssuerKind::Simulated) => NOT_YET,
    };
    paper.centre(paper.say(words));
}

fn named(paper: &mut Layout, name: &DocumentName) {
    paper.centre(paper.say(Words("Εκδόθηκε το φορολογικό παραστατικό:", "The tax document was issued:")));
    name_lines(paper, name);
}

/// How the tax authority knows the document, line by line.
pub(super) fn name_lines(paper: &mut Layout, name: &DocumentName) {
    for (words, text) in name_words(name) {
        paper.row(paper.say(words), &text);
    }
}

/// How the tax authority knows the document: what each part is called, and the part.
pub(super) fn name_words(name: &DocumentName) -> Vec<(Words, String)> {
    match name {
        DocumentName::Mark { mark } => vec![(Words("ΜΑΡΚ", "MARK"), mark.to_string())],
        DocumentName::Fim { machine, number, date, time } => {
            let at = date.to_datetime(*time).strftime("%d/%m/%Y %H:%M").to_string();
            vec![
                (Words("Αρ. μηχανής (ΦΗΜ)", "Fiscal machine no."), machine.clone()),
                (Words("Αρ. απόδειξης", "Receipt no."), number.to_string()),
                (Words("Έκδοση", "Issued"), at),
            ]
        }
    }
}
