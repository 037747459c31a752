//! The receipt: the tax document with everything the law wants on it (Law 4308/2014, art. 12), once the tax authority's
//! name for it is known.
//!
//! With a MARK it is the document, or what another system issued under that MARK. With the number of a fiscal machine it
//! never is: the machine's own paper is the receipt, and this one only tells its particulars, so its title says that.

use super::layout::{Layout, Words};
use super::slip::{name_lines, reference_words};
use crate::domain::document::{Document, DocumentKind, DocumentName};
use crate::domain::settings::{IssuerKind, Settings};
use tameio_drivers::printer::Sheet;

/// The receipt of a document that has a name; `copy` is 0 for the original.
#[must_use]
pub fn receipt(
    settings: &Settings,
    document: &Document,
    name: &DocumentName,
    copy: u32,
    columns: usize,
) -> Sheet {
    let mut paper = Layout::new(settings, columns);
    seller(&mut paper, settings);
    paper.rule();
    paper.centre_bold(paper.say(title(document, name)));
    paper.copy_mark(copy);
    particulars(&mut paper, settings.issuer, document, name);
    paper.rule();
    lines(&mut paper, document);
    paper.rule();
    vat(&mut paper, document);
    let total = format!("{} €", document.totals.gross.with_comma());
    paper.total(paper.say(Words("ΣΥΝΟΛΟ ΠΛΗΡΩΤΕΟ", "TOTAL DUE")), &total);
    paper.payment(&document.payment);
    paper.rule();
    origin(&mut paper, settings, document, name);
    paper.finish()
}

/// Who sells: full name, address, tax number and the rest of what a business must show.
fn seller(paper: &mut Layout, settings: &Settings) {
    paper.shop(settings);
    let business = &settings.business;
    let mut numbers = format!("{} {}", paper.say(Words("ΑΦΜ", "VAT no.")), business.afm);
    if !business.doy.is_empty() {
        numbers += &format!("  {} {}", paper.say(Words("ΔΟΥ", "Tax office")), business.doy);
    }
    paper.centre(&numbers);
    if !business.gemi.is_empty() {
        paper.centre(&format!("{} {}", paper.say(Words("ΓΕΜΗ", "Reg. no.")), business.gemi));
    }
}

pub(super) const fn title(document: &Document, name: &DocumentName) -> Words {
    match (name, &document.kind) {
        (DocumentName::Fim { .. }, _) => {
            Words("ΣΤΟΙΧΕΙΑ ΑΠΟΔΕΙΞΗΣ ΤΑΜΕΙΑΚΗΣ ΜΗΧΑΝΗΣ", "PARTICULARS OF A FISCAL MACHINE'S RECEIPT")
        }
        (DocumentName::Mark { .. }, DocumentKind::Retail) => {
            Words("ΑΠΟΔΕΙΞΗ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", "SERVICE RECEIPT")
        }
        (DocumentName::Mark { .. }, DocumentKind::Invoice { .. }) => {
            Words("ΤΙΜΟΛΟΓΙΟ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", "SERVICE INVOICE")
        }
    }
}

fn particulars(paper: &mut Layout, issuer: IssuerKind, document: &Document, name: &DocumentName) {
    let number = format!("{} {}", document.series, document.number);
    paper.row(paper.say(number_words(issuer, name)), &number);
    paper.row(paper.say(Words("Ημερομηνία", "Date")), &document.issued.printed());
    if let Some(plate) = document.issued_for.plate() {
        paper.row(paper.say(Words("Αρ. κυκλοφορίας", "Plate")), &plate.display());
    }
    paper.row(paper.say(reference_words(&document.issued_for)), &document.reference.to_string());
    if let Some(span) = &document.span {
        paper.stay(span);
    }
    if let DocumentKind::Invoice { customer } = &document.kind {
        paper.row(paper.say(Words("ΑΦΜ πελάτη", "Customer's VAT no.")), &customer.to_string());
    }
}

/// Our series is the document's own only where we hand the document to its issuer; elsewhere it is an inner number.
pub(super) const fn number_words(issuer: IssuerKind, name: &DocumentName) -> Words {
    match (issuer, name) {
        (IssuerKind::Simulated, DocumentName::Mark { .. }) => Words("Σειρά / Αρ.", "Series / no."),
        (IssuerKind::Simulated, DocumentName::Fim { .. })
        | (IssuerKind::TypedFim | IssuerKind::TypedMark, _) => Words("Εσωτερικός αρ.", "Internal no."),
    }
}

fn lines(paper: &mut Layout, document: &Document) {
    for (line, gross) in document.sale.lines.iter().zip(document.sale.grosses()) {
        let name = line.name.get(paper.language()).as_str().to_owned();
        paper.row(&name, &format!("{:>5}{:>10}", line.vat.printed(), gross.with_comma()));
        paper.quantity(line);
    }
    paper.discounts(&document.sale);
}

/// One row per rate: the gross amount it applies to is what the law asks for; net and VAT stand beside it.
fn vat(paper: &mut Layout, document: &Document) {
    let heads = [Words("Καθαρή", "Net"), Words("ΦΠΑ", "VAT"), Words("Σύνολο", "Gross")];
    let [net, vat, gross] = heads.map(|words| paper.say(words));
    paper.table_row(paper.say(Words("ΦΠΑ", "VAT")), [net, vat, gross]);
    for row in &document.totals.vat {
        let figures = [row.net, row.vat, row.gross].map(|amount| amount.with_comma());
        paper.table_row(&row.rate.printed(), figures.each_ref().map(String::as_str));
    }
}

fn origin(paper: &mut Layout, settings: &Settings, document: &Document, name: &DocumentName) {
    name_lines(paper, name);
    if let Some(words) = origin_words(settings.issuer, name) {
        paper.centre(paper.say(words));
    }
    if let Some(address) = &document.qr {
        paper.qr(address);
    }
}

/// What the paper says of a document that another machine or system issued; nothing of one that is itself the document.
pub(super) const fn origin_words(issuer: IssuerKind, name: &DocumentName) -> Option<Words> {
    match (name, issuer) {
        (DocumentName::Fim { .. }, _) => Some(Words(
            "Νόμιμη απόδειξη είναι μόνο αυτή της ταμειακής μηχανής.",
            "Only the fiscal machine's own paper is the legal receipt.",
        )),
        (DocumentName::Mark { .. }, IssuerKind::TypedMark | IssuerKind::TypedFim) => Some(Words(
            "Το παραστατικό εκδόθηκε από άλλο σύστημα του καταστήματος με το παραπάνω ΜΑΡΚ.",
            "The document was issued by another system of the shop under the MARK above.",
        )),
        (DocumentName::Mark { .. }, IssuerKind::Simulated) => None,
    }
}
