//! Papers as PDF files, read back by a program that is not ours (poppler's `pdftotext` and `pdftoppm`).

use super::{QR, document, fim, item, mark, settings};
use std::path::{Path, PathBuf};
use std::process::Command;
use tameio::domain::counterparty::Particulars;
use tameio::domain::credit::Credit;
use tameio::domain::customer::TaxNumber;
use tameio::domain::document::{Document, DocumentKind, DocumentName};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::operator::OperatorId;
use tameio::domain::payment::{Payment, Tender};
use tameio::domain::settings::Settings;
use tameio::domain::text::{Language, Text};
use tameio::paper::pdf;
use tameio_drivers::printer::Profile;

fn profile() -> Profile {
    Profile::named("epson-80").unwrap()
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The file in the folder of papers to look at, and what poppler says of it; nothing where it is not installed.
fn read(name: &str, file: &[u8], command: &str, options: &[&str], output: &[&str]) -> Option<Vec<u8>> {
    let path = folder().join(name);
    std::fs::write(&path, file).unwrap();
    let Ok(output) = Command::new(command).args(options).arg(&path).args(output).output() else {
        println!("skipped: {command} (poppler-utils) is not installed");
        return None;
    };
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && complaint.is_empty(), "{command}: {complaint}");
    Some(output.stdout)
}

/// The text with each run of blanks as one; a form feed ends a page.
fn text(name: &str, file: &[u8]) -> Option<String> {
    let text = String::from_utf8(read(name, file, "pdftotext", &["-layout"], &["-"])?).unwrap();
    Some(
        text.lines()
            .map(|line| line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ") + "\n")
            .collect(),
    )
}

fn check(text: &str, wanted: &[&str]) {
    for one in wanted {
        assert!(text.contains(one), "{one:?} is missing in\n{text}");
    }
}

/// What the QR on the first page says, as a camera sees it.
fn qr(name: &str, file: &[u8]) -> Option<String> {
    let pgm = read(name, file, "pdftoppm", &["-r", "200", "-gray", "-singlefile"], &[])?;
    // P5, width, height, 255, each ended by white space; then a byte a pixel.
    let mut parts = pgm.splitn(4, |byte| byte.is_ascii_whitespace());
    let mut number = || std::str::from_utf8(parts.next().unwrap()).unwrap().to_owned();
    assert_eq!(number(), "P5");
    let (width, height): (usize, usize) = (number().parse().unwrap(), number().parse().unwrap());
    let grey = &pgm[pgm.len() - width * height..];
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
    image.detect_grids().first().map(|grid| grid.decode().unwrap().1)
}

fn invoice(lines: usize) -> Document {
    let mut invoice = document(mark());
    invoice.kind = DocumentKind::Invoice { customer: TaxNumber::parse("GR", "999999981").unwrap() };
    let name = "Εξωτερικό και εσωτερικό πλύσιμο λεωφορείου, με καθαρισμό καθισμάτων και αποσμητικό";
    for _ in 0..lines {
        invoice.sale.lines.push(item(name, "Bus, inside and outside", 1000, 1302, 2400));
    }
    invoice.totals = invoice.sale.totals();
    let tenders = vec![Tender::Cash { given: invoice.totals.gross }];
    invoice.payment = Payment::settle(invoice.totals.gross, tenders).unwrap();
    invoice
}

#[test]
fn a_roll_as_pdf_says_what_the_printer_prints() {
    let document = document(mark());
    let file = pdf::roll(&settings(), &document, 0, &profile()).unwrap();
    if let Some(text) = text("receipt.pdf", &file) {
        check(&text, &["ΑΠΟΔΕΙΞΗ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", "ΣΥΝΟΛΟ ΠΛΗΡΩΤΕΟ 34,55 €", "ΜΑΡΚ 400001951234567"]);
        check(&text, &["Πλύσιμο μέσα-έξω 24% 14,00", "24% 27,16 6,52 33,68"]);
    }
    if let Some(said) = qr("receipt.pdf", &file) {
        assert_eq!(said, QR);
    }
}

#[test]
fn an_invoice_on_a4_says_what_the_law_wants() {
    let document = invoice(0);
    let file = pdf::a4(&settings(), &document, 0, &profile()).unwrap();
    if let Some(text) = text("invoice-a4.pdf", &file) {
        check(&text, &["ΤΙΜΟΛΟΓΙΟ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", "A7K3Q 1042", "05/10/2026 18:42"]);
        check(&text, &["ΑΦΜ 999999993 ΔΟΥ Δ΄ Αθηνών", "ΑΦΜ πελάτη GR 999999981", "ΙΗΖ-4821"]);
        // 14.00 with 24 % is 11.29 without; two bottles of 0.50 with 13 % are 0.44 each.
        check(&text, &["Πλύσιμο μέσα-έξω 1 11,29 24% 14,00", "Νερό εμφιαλωμένο 2 0,44 13% 1,00"]);
        check(&text, &["Έκπτωση ταξί 10% -3,95", "24% 27,16 6,52 33,68", "34,55 €", "400001951234567"]);
        check(&text, &["Σελίδα 1/1"]);
        assert!(!text.contains("ΑΝΤΙΓΡΑΦΟ"), "{text}");
    }
    if let Some(said) = qr("invoice-a4.pdf", &file) {
        assert_eq!(said, QR);
    }
}

/// The customer of an invoice, as a register or a person said it; a long name goes on below itself.
fn named(mut document: Document) -> Document {
    document.counterparty = Some(Box::new(Particulars {
        name: Text::new(
            "ΜΕΤΑΦΟΡΙΚΗ ΚΑΙ ΤΟΥΡΙΣΤΙΚΗ ΕΤΑΙΡΕΙΑ ΠΑΡΑΔΕΙΓΜΑΤΩΝ ΑΝΩΝΥΜΗ ΕΤΑΙΡΕΙΑ ΕΝΟΙΚΙΑΣΕΩΣ ΛΕΩΦΟΡΕΙΩΝ",
        ),
        address: Text::new("ΠΑΡΑΔΕΙΓΜΑΤΟΣ 10, 11111 ΑΘΗΝΑ"),
        activity: Text::new("ΥΠΗΡΕΣΙΕΣ ΟΔΙΚΩΝ ΜΕΤΑΦΟΡΩΝ ΕΠΙΒΑΤΩΝ"),
        tax_office: Text::new("ΦΑΕ ΑΘΗΝΩΝ"),
    }));
    document
}

#[test]
fn an_invoice_on_a4_says_whom_it_is_for() {
    let file = pdf::a4(&settings(), &named(invoice(0)), 0, &profile()).unwrap();
    let Some(text) = text("invoice-named-a4.pdf", &file) else { return };
    check(&text, &["ΑΦΜ πελάτη GR 999999981", "Πελάτης ΜΕΤΑΦΟΡΙΚΗ ΚΑΙ ΤΟΥΡΙΣΤΙΚΗ", "ΛΕΩΦΟΡΕΙΩΝ"]);
    check(
        &text,
        &["Διεύθυνση ΠΑΡΑΔΕΙΓΜΑΤΟΣ 10, 11111 ΑΘΗΝΑ", "ΔΟΥ πελάτη ΦΑΕ ΑΘΗΝΩΝ", "Δραστηριότητα ΥΠΗΡΕΣΙΕΣ"],
    );
}

/// What takes an invoice back: of which one, why, how the money went, and the words of whoever took it.
#[test]
fn a_credit_on_a4_names_what_it_takes_back() {
    let original = named(invoice(0));
    let part = Cents(1_400);
    let (sale, totals) = original.part(part).unwrap();
    let mut credit = Document { sale, totals, series: "A7K3QC".to_owned(), number: 7, ..original.clone() };
    credit.credit = Some(Box::new(Credit {
        of: original.as_original(),
        reason: Text::new(
            "Παράπονο: έμειναν σταγόνες και ίχνη στο αμάξωμα, το πλύσιμο θα γίνει ξανά την Τρίτη",
        ),
        approved_by: OperatorId("owner".to_owned()),
        given_to: Text::default(),
    }));
    credit.payment = Payment::settle(part, vec![Tender::Cash { given: part }]).unwrap();
    credit.name = Some(DocumentName::Mark { mark: 400_001_951_234_999 });
    let file = pdf::a4(&settings(), &credit, 0, &profile()).unwrap();
    let Some(said) = text("credit-a4.pdf", &file) else { return };
    check(&said, &["ΠΙΣΤΩΤΙΚΟ ΤΙΜΟΛΟΓΙΟ", "A7K3QC 7", "Για το παραστατικό A7K3Q 1042 05/10/2026 18:42"]);
    check(&said, &["ΜΑΡΚ αυτού 400001951234567", "ΜΑΡΚ 400001951234999", "ΣΥΝΟΛΟ ΕΠΙΣΤΡΟΦΗΣ", "14,00 €"]);
    check(&said, &["έμειναν σταγόνες", "την Τρίτη", "Υπογραφή"]);
    let mut without = Document { kind: DocumentKind::Retail, counterparty: None, qr: None, ..credit };
    without.credit = Some(Box::new(Credit {
        of: None,
        reason: Text::new("Δεν βρήκε την απόδειξη"),
        approved_by: OperatorId("owner".to_owned()),
        given_to: Text::new("Γ. Παπαδόπουλος 6900000000"),
    }));
    let file = pdf::a4(&settings(), &without, 0, &profile()).unwrap();
    let Some(said) = text("credit-retail-a4.pdf", &file) else { return };
    check(&said, &["ΠΙΣΤΩΤΙΚΟ ΣΤΟΙΧΕΙΟ ΛΙΑΝΙΚΗΣ", "Χωρίς αρχικό παραστατικό", "Στον / στην Γ. Παπαδόπουλος"]);
}

#[test]
fn a_long_invoice_goes_on_overleaf_and_loses_no_line() {
    let document = invoice(120);
    let file = pdf::a4(&settings(), &document, 0, &profile()).unwrap();
    let Some(text) = text("invoice-long-a4.pdf", &file) else { return };
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 3, "{}", pages.len());
    for (at, page) in pages.iter().enumerate() {
        check(page, &[&format!("Σελίδα {}/{}", at + 1, pages.len())]);
    }
    assert_eq!(text.matches("1 10,50 24% 13,02").count(), 120);
    check(pages[pages.len() - 1], &["ΣΥΝΟΛΟ", "ΜΑΡΚ 400001951234567"]);
}

#[test]
fn a_copy_practice_and_english_are_told_on_a4() {
    let settings = Settings { practice: true, language: Language::En, ..settings() };
    let file = pdf::a4(&settings, &invoice(0), 2, &profile()).unwrap();
    let Some(text) = text("invoice-copy-a4.pdf", &file) else { return };
    check(
        &text,
        &["SERVICE INVOICE", "ΑΝΤΙΓΡΑΦΟ / COPY 2", "PRACTICE - NO VALUE", "Unit net price", "Page 1/1"],
    );
}

#[test]
fn a_fiscal_machines_receipt_on_a4_says_that_it_is_none() {
    let file = pdf::a4(&settings(), &document(fim()), 0, &profile()).unwrap();
    let Some(text) = text("machine-a4.pdf", &file) else { return };
    check(
        &text,
        &["ΣΤΟΙΧΕΙΑ ΑΠΟΔΕΙΞΗΣ", "ABC12345678", "Νόμιμη απόδειξη είναι μόνο αυτή της ταμειακής μηχανής."],
    );
}

#[test]
fn an_unnamed_document_is_a_slip_on_any_page() {
    let file = pdf::a4(&settings(), &document(None), 0, &profile()).unwrap();
    let Some(text) = text("slip-a4.pdf", &file) else { return };
    check(&text, &["ΔΕΝ ΕΙΝΑΙ ΝΟΜΙΜΗ ΑΠΟΔΕΙΞΗ"]);
    assert!(!text.contains("ΤΙΜΟΛΟΓΙΟ ΠΑΡΟΧΗΣ"), "{text}");
}

#[test]
fn the_same_document_is_the_same_file_and_hostile_names_make_one_too() {
    let document = invoice(3);
    let make = |settings: &Settings| pdf::a4(settings, &document, 0, &profile()).unwrap();
    assert_eq!(make(&settings()), make(&settings()));
    let mut hostile = settings();
    hostile.business.name = Text::new(&"Α\u{202E}\u{1F697}𝄞)\\(<<".repeat(200));
    hostile.business.doy = Text::new("");
    assert!(make(&hostile).starts_with(b"%PDF-1.7"));
    let mut free = document.clone();
    free.sale.lines.clear();
    free.totals = free.sale.totals();
    free.payment = Payment::settle(Cents::ZERO, Vec::new()).unwrap_or(free.payment);
    assert!(free.totals.vat.iter().all(|row| row.rate != Rate(2400)));
    assert!(pdf::a4(&settings(), &free, 0, &profile()).unwrap().starts_with(b"%PDF-1.7"));
}

#[test]
fn the_account_of_a_shop_goes_on_overleaf_and_loses_no_stay() {
    let (merchant, mut account) = super::merchants::shop();
    let owed = account.owed();
    let one = account.uses[0].clone();
    account.uses.extend(std::iter::repeat_n(one.clone(), 119));
    let file = pdf::account(&settings(), &merchant, &account, one.at).unwrap();
    let Some(text) = text("merchant-account-a4.pdf", &file) else { return };
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 2, "{}", pages.len());
    for (at, page) in pages.iter().enumerate() {
        check(page, &[&format!("Σελίδα {}/{}", at + 1, pages.len())]);
    }
    assert_eq!(text.matches("ΙΗΖ*21 πρώτα 60′ στο ταμείο 4,00").count(), 120, "{text}");
    check(pages[0], &["ΛΟΓΑΡΙΑΣΜΟΣ ΚΑΤΑΣΤΗΜΑΤΟΣ", "ΑΦΜ 094014201", "11/2026"]);
    let sum = format!("ΟΦΕΙΛΕΙ {} €", (owed + Cents(119 * 400)).with_comma());
    check(
        pages[pages.len() - 1],
        &[&sum, "Σταθμεύσεις 122", "Έδωσε το πάρκινγκ 1,25", "δεν είναι νόμιμη απόδειξη"],
    );
}
