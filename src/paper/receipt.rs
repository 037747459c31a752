//! The receipt: the tax document with everything the law wants on it (Law 4308/2014, art. 12), once the tax authority's
//! name for it is known, or with the words of a lost connection where the customer did not wait for it.
//!
//! With a MARK it is the document, or what another system issued under that MARK. With the number of a fiscal machine it
//! never is: the machine's own paper is the receipt, and this one only tells its particulars, so its title says that.

use super::layout::{Layout, Words};
use super::slip::{name_lines, reference};
use super::template::field::Known;
use super::template::press::{Part, Press, Wanted};
use super::{credit, customer, provider};
use crate::domain::document::{Document, DocumentKind, DocumentName};
use crate::domain::sale::{Line, Sale};
use crate::domain::settings::{IssuerKind, Settings};
use crate::domain::template::TemplateKind;
use tameio_drivers::printer::Sheet;

/// The words that stand where the QR would, where this program tells myDATA itself (A.1138/2020).
pub(super) const LOST_CONNECTION: &str = "Απώλεια Διασύνδεσης";

/// The receipt of a document ([`Document::has_receipt`]); `copy` is 0 for the original.
#[must_use]
pub fn receipt(press: Press<'_>, document: &Document, copy: u32, columns: usize) -> Sheet {
    let kind = match document.kind {
        DocumentKind::Retail => TemplateKind::Receipt,
        DocumentKind::Invoice { .. } => TemplateKind::Invoice,
    };
    let wanted = Wanted { press, kind, columns, known: known(document) };
    wanted.sheet(&parts(), &Printed { document, copy })
}

/// A document, and which copy of it.
pub(super) struct Printed<'a> {
    pub(super) document: &'a Document,
    pub(super) copy: u32,
}

/// What a document says for the fields of its paper.
pub(super) fn known(document: &Document) -> Known {
    Known {
        total: Some(document.totals.gross),
        operator: Some(document.operator.clone()),
        ..Known::new(document.issued, &document.reference).of(document.issued_for.plate())
    }
}

/// The parts of a receipt and of an invoice.
pub(super) fn parts<'a>() -> [Part<Printed<'a>>; 6] {
    [
        Part::lawful("seller", |paper, settings, _| seller(paper, settings)),
        Part::lawful("title", |paper, settings, printed| {
            paper.centre_bold(paper.say(title(settings, printed.document)));
            paper.copy_mark(printed.copy);
        }),
        Part::lawful("particulars", |paper, settings, printed| {
            particulars(paper, settings.issuer, printed.document);
        }),
        Part::lawful("lines", |paper, _, printed| lines(paper, printed.document)),
        Part::lawful("total", |paper, _, printed| total(paper, printed.document)),
        Part::lawful("origin", |paper, settings, printed| origin(paper, settings, printed.document)),
    ]
}

/// VAT by rate, the sum, and how it was paid.
fn total(paper: &mut Layout, document: &Document) {
    vat(paper, document);
    let total = format!("{} €", document.totals.gross.with_comma());
    paper.total(paper.say(credit::total(document)), &total);
    paper.payment(&document.payment);
    credit::signature(paper, document);
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

pub(super) fn title(settings: &Settings, document: &Document) -> Words {
    if matches!(document.name, Some(DocumentName::Fim { .. })) {
        return Words("ΣΤΟΙΧΕΙΑ ΑΠΟΔΕΙΞΗΣ ΤΑΜΕΙΑΚΗΣ ΜΗΧΑΝΗΣ", "PARTICULARS OF A FISCAL MACHINE'S RECEIPT");
    }
    if document.is_credit() {
        return credit::title(&document.kind);
    }
    match (&document.kind, sold(settings, &document.sale)) {
        (DocumentKind::Retail, Sold::Services) => Words("ΑΠΟΔΕΙΞΗ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", "SERVICE RECEIPT"),
        (DocumentKind::Retail, Sold::Goods) => Words("ΑΠΟΔΕΙΞΗ ΛΙΑΝΙΚΗΣ ΠΩΛΗΣΗΣ", "SALES RECEIPT"),
        (DocumentKind::Retail, Sold::Both) => {
            Words("ΑΠΟΔΕΙΞΗ ΛΙΑΝΙΚΗΣ ΠΩΛΗΣΗΣ - ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", "RECEIPT OF SALES AND SERVICES")
        }
        (DocumentKind::Invoice { .. }, Sold::Services) => {
            Words("ΤΙΜΟΛΟΓΙΟ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", "SERVICE INVOICE")
        }
        (DocumentKind::Invoice { .. }, Sold::Goods) => Words("ΤΙΜΟΛΟΓΙΟ ΠΩΛΗΣΗΣ", "SALES INVOICE"),
        (DocumentKind::Invoice { .. }, Sold::Both) => {
            Words("ΤΙΜΟΛΟΓΙΟ ΠΩΛΗΣΗΣ - ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", "INVOICE OF SALES AND SERVICES")
        }
    }
}

/// Whether a document is for services, for goods, or for both: its title says so.
enum Sold {
    Services,
    Goods,
    Both,
}

fn sold(settings: &Settings, sale: &Sale) -> Sold {
    let is_goods = |line: &Line| settings.catalogue.is_goods(line);
    match (sale.lines.iter().any(is_goods), sale.lines.iter().all(is_goods)) {
        (false, _) => Sold::Services,
        (true, true) => Sold::Goods,
        (true, false) => Sold::Both,
    }
}

fn particulars(paper: &mut Layout, issuer: IssuerKind, document: &Document) {
    let number = format!("{} {}", document.series, document.number);
    paper.row(paper.say(number_words(issuer, document)), &number);
    paper.row(paper.say(Words("Ημερομηνία", "Date")), &document.issued.printed());
    if let Some(plate) = document.issued_for.plate() {
        paper.row(paper.say(Words("Αρ. κυκλοφορίας", "Plate")), &plate.display());
    }
    reference(paper, document);
    if let Some(span) = &document.span {
        paper.stay(span);
    }
    customer::lines(paper, document);
    credit::taken_back(paper, document, true);
}

/// Our series is the document's own only where we hand the document to its issuer; elsewhere it is an inner number.
pub(super) const fn number_words(issuer: IssuerKind, document: &Document) -> Words {
    let is_handed_over = document.at_issuer.is_some() || matches!(issuer, IssuerKind::Simulated);
    match (is_handed_over, &document.name) {
        (true, None | Some(DocumentName::Mark { .. })) => Words("Σειρά / Αρ.", "Series / no."),
        (true, Some(DocumentName::Fim { .. })) | (false, _) => Words("Εσωτερικός αρ.", "Internal no."),
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

fn origin(paper: &mut Layout, settings: &Settings, document: &Document) {
    if let Some(name) = &document.name {
        name_lines(paper, name);
    }
    provider::lines(paper, settings, document);
    if document.lost_connection() {
        paper.centre_bold(provider::lost_connection(settings, document));
    }
    if let Some(words) = origin_words(settings.issuer, document) {
        paper.centre(paper.say(words));
    }
    if let Some(address) = &document.qr {
        paper.qr(address);
    }
}

/// What the paper says of a document that another machine or system issued; nothing of one that is itself the document.
pub(super) fn origin_words(issuer: IssuerKind, document: &Document) -> Option<Words> {
    let issued_here = document.at_issuer.is_some() || issuer == IssuerKind::Simulated;
    match &document.name {
        Some(DocumentName::Fim { .. }) => Some(Words(
            "Νόμιμη απόδειξη είναι μόνο αυτή της ταμειακής μηχανής.",
            "Only the fiscal machine's own paper is the legal receipt.",
        )),
        Some(DocumentName::Mark { .. }) if !issued_here => Some(Words(
            "Το παραστατικό εκδόθηκε από άλλο σύστημα του καταστήματος με το παραπάνω ΜΑΡΚ.",
            "The document was issued by another system of the shop under the MARK above.",
        )),
        Some(DocumentName::Mark { .. }) | None => None,
    }
}
