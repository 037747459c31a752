//! The printed bytes, read back by a program that is not ours, say what is stored: to the cent, and to the byte of the
//! QR. Our own reader could repeat an error of our encoder; [`emupos`] cannot.

mod emupos;

use crate::world::{World, card, cash, with_chief};
use emupos::{Emupos, Model, Reading};
use tameio::app::engine;
use tameio::app::input::{DocumentInput, Input};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::document::{Document, DocumentKind, DocumentName};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::paper::Paper;
use tameio::domain::payment::Means;
use tameio::domain::sale::DiscountAmount;
use tameio::domain::settings::{IssuerKind, Settings, Trade};
use tameio::domain::text::Language;
use tameio::paper::picture;
use tameio_drivers::printer::{Profile, Sheet};

/// Every Greek page, every width of paper, three makes.
const MODELS: [Model; 4] = [
    Model {
        name: "epson-80",
        address: "profile=epson-80",
        dots: 576,
        pages: "14: PC737, 15: ISO8859-7, 19: PC858, 38: PC869, 47: WPC1253",
    },
    Model {
        name: "epson-t88",
        address: "profile=epson-t88&greek=869:38",
        dots: 512,
        pages: "14: PC737, 15: ISO8859-7, 19: PC858, 38: PC869, 47: WPC1253",
    },
    Model {
        name: "xprinter-80",
        address: "profile=xprinter-80&greek=737:24",
        dots: 576,
        pages: "7: WPC1253, 19: PC858, 24: PC737",
    },
    Model {
        name: "sunmi-58",
        address: "profile=sunmi-58",
        dots: 384,
        pages: "14: PC737, 15: ISO8859-7, 19: PC858",
    },
];

/// A printer with neither Greek nor QR codes: everything but plain figures is a picture.
const DRAWN: Model = Model { name: "raster-80", address: "profile=raster-80", dots: 576, pages: "19: PC858" };

/// `ESC R 0`, the United States' signs: a printer begins with them, and emupos knows no others.
const SIGNS: &str = "1b 52 00";

/// As long an address as AADE's are.
const ADDRESS: &str = "https://www1.aade.gr/tameiakes/myweb/q1.php?SIG=ABC1234567800000077\
                       0123456789ABCDEF0123456789ABCDEF0123456713.00";

/// What the program understood of a paper; it must have understood every command of it.
fn read(emupos: &mut Emupos, world: &mut World, model: &Model, paper: &Paper) -> Reading {
    let reading = emupos.print(model, |columns| sheet(world, paper, columns));
    println!("{} as it was read:\n{}", model.name, reading.lines.join("\n")); // shown where a test fails
    assert!(reading.skipped.iter().all(|bytes| bytes == SIGNS), "{}: {:?}", model.name, reading.skipped);
    reading
}

fn sheet(world: &mut World, paper: &Paper, columns: usize) -> Sheet {
    let terminal = world.site().terminal();
    let composed = engine::compose(terminal.store().connection(), terminal.settings(), paper, columns);
    composed.expect("the archive can be read").expect("the facts are there")
}

/// The sheet that is read back is the one the terminal printed by itself.
fn check_printed(world: &mut World, paper: &Paper) {
    let profile = Profile::named("epson-80").expect("the printer of the world");
    let text = picture::text(&sheet(world, paper, profile.columns), &profile).expect("it fits");
    assert!(world.papers().contains(&text), "this paper did not come out at the terminal:\n{text}");
}

fn receipt(document: &Document) -> Paper {
    Paper::Receipt { document: document.id, copy: 0 }
}

/// `-1.234,50` in cents.
fn cents(printed: &str) -> i64 {
    let (euro, cents) = printed.split_once(',').unwrap_or_else(|| panic!("{printed:?} is no amount"));
    assert_eq!(cents.len(), 2, "{printed:?} is no amount");
    format!("{}{cents}", euro.replace('.', "")).parse().expect("digits")
}

/// `24%` in hundredths.
fn rate(printed: &str) -> Rate {
    let per_cent: u32 = printed.strip_suffix('%').expect("a rate").parse().expect("a whole one");
    Rate(per_cent * 100)
}

/// What stands to the right of these words, on every line that begins with them.
fn values<'a>(reading: &'a Reading, words: &str) -> Vec<&'a str> {
    reading.lines.iter().filter_map(|line| line.strip_prefix(words)).map(str::trim).collect()
}

fn value<'a>(reading: &'a Reading, words: &str) -> &'a str {
    let found = values(reading, words);
    let [value] = found.as_slice() else { panic!("{words:?} once in\n{}", reading.lines.join("\n")) };
    value
}

fn amounts(reading: &Reading, words: &str) -> Vec<i64> {
    values(reading, words).into_iter().map(cents).collect()
}

/// All of the text with single spaces, so that wrapping does not matter.
fn flowing(reading: &Reading) -> String {
    let words: Vec<&str> = reading.lines.iter().flat_map(|line| line.split_whitespace()).collect();
    words.join(" ")
}

/// The sum to pay, each tender, the change, and what the discounts take off.
fn check_money(reading: &Reading, document: &Document, total: &str) {
    let sum = value(reading, total).strip_suffix(" €").expect("in euros");
    assert_eq!(Cents(cents(sum)), document.totals.gross);
    let (mut given, mut charged) = (Vec::new(), Vec::new());
    for tender in &document.payment.tenders {
        match tender.parts() {
            (Means::Cash, amount, _) => given.push(amount.0),
            (Means::Card, amount, _) => charged.push(amount.0),
            other => panic!("nobody paid so: {other:?}"),
        }
    }
    assert_eq!((amounts(reading, "Μετρητά"), amounts(reading, "Κάρτα")), (given, charged));
    let change = if document.payment.change == Cents(0) { vec![] } else { vec![document.payment.change.0] };
    assert_eq!(amounts(reading, "Ρέστα"), change);
    let last = |line: &str| line.rsplit(' ').next().map(cents);
    let taken: Vec<_> = values(reading, "Έκπτωση").into_iter().filter_map(last).collect();
    let stored: Vec<_> = document.sale.discount_amounts().iter().map(|amount| -amount.0).collect();
    assert_eq!(taken, stored);
}

/// Every rate with its net amount, its VAT and its gross amount, and what they come to.
fn check_vat(reading: &Reading, document: &Document) {
    let fields = |line: &String| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let table = reading.lines.iter().map(fields).skip_while(|row| row != &["ΦΠΑ", "Καθαρή", "ΦΠΑ", "Σύνολο"]);
    let rows: Vec<_> = table.skip(1).take_while(|row| row[0] != "ΣΥΝΟΛΟ").collect();
    let read: Vec<_> =
        rows.iter().map(|row| (rate(&row[0]), row[1..].iter().map(|f| cents(f)).collect())).collect();
    let stored: Vec<_> =
        document.totals.vat.iter().map(|row| (row.rate, vec![row.net.0, row.vat.0, row.gross.0])).collect();
    assert_eq!(read, stored);
    let sum = |column: usize| Cents(read.iter().map(|(_, figures): &(Rate, Vec<i64>)| figures[column]).sum());
    assert_eq!((sum(0), sum(1)), (document.totals.net(), document.totals.vat_amount()));
    assert_eq!(sum(2), document.totals.gross);
}

/// Each thing sold, with its rate and amount beside its name.
fn check_lines(reading: &Reading, document: &Document) {
    let text = flowing(reading);
    for line in &document.sale.lines {
        let name = format!("{} 24% ", line.name.get(Language::El));
        let at = text.find(&name).unwrap_or_else(|| panic!("{name:?} is missing in {text}"));
        let figure = text[at + name.len()..].split(' ').next().expect("a figure");
        assert_eq!(Cents(cents(figure)), line.gross());
    }
}

fn check_receipt(reading: &Reading, document: &Document, number: &str) {
    check_money(reading, document, "ΣΥΝΟΛΟ ΠΛΗΡΩΤΕΟ");
    check_vat(reading, document);
    check_lines(reading, document);
    assert_eq!(value(reading, number), format!("{} {}", document.series, document.number));
    assert_eq!(value(reading, "Αρ. κυκλοφορίας"), document.called());
    assert_eq!(value(reading, "Επίσκεψη"), document.reference.to_string());
    let Some(DocumentName::Mark { mark }) = &document.name else { panic!("{:?}", document.name) };
    assert_eq!(value(reading, "ΜΑΡΚ"), mark.to_string());
    let (title, customer) = match &document.kind {
        DocumentKind::Retail => ("ΑΠΟΔΕΙΞΗ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", vec![]),
        DocumentKind::Invoice { customer } => ("ΤΙΜΟΛΟΓΙΟ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", vec![customer.to_string()]),
    };
    assert!(reading.lines.iter().any(|line| line == title), "{title}");
    assert_eq!(values(reading, "ΑΦΜ πελάτη"), customer);
    let qr = document.qr.as_deref().expect("it has one");
    assert_eq!(reading.codes(), [qr], "the command");
    assert_eq!(reading.scanned(), [qr], "the picture");
}

/// A slip tells the money and the vehicle, and nothing by which it could pass for a receipt.
fn check_slip(reading: &Reading, document: &Document) {
    check_money(reading, document, "ΣΥΝΟΛΟ");
    assert_eq!(value(reading, "Όχημα"), document.called());
    assert_eq!(value(reading, "Επίσκεψη"), document.reference.to_string());
    let text = flowing(reading);
    assert!(text.contains("ΔΕΝ ΕΙΝΑΙ ΝΟΜΙΜΗ ΑΠΟΔΕΙΞΗ Ή ΤΙΜΟΛΟΓΙΟ"), "{text}");
    assert!(!text.contains("ΦΠΑ") && !text.contains("24%") && !text.contains("ΜΑΡΚ"), "{text}");
    assert!(reading.codes().is_empty() && reading.scanned().is_empty(), "no QR");
}

/// A retail receipt with cash and card, an invoice, and a receipt with two discounts.
fn three_cars() -> (World, Vec<Document>) {
    let mut world = World::wash();
    let mixed = world.comes("ΥΖΒ-3307", Size::Suv);
    world.takes(mixed, "PREM+WAX+TYRE");
    assert_eq!(world.pays(mixed, &[card("15.00"), cash("20.00")]), Cents(200));
    let firm = world.comes("ΧΑΝ-8080", Size::Small);
    world.takes(firm, "EXT");
    world.pays_as(firm, &[card("8.00")], Some("999999981"));
    let taxi = world.comes("ΤΑΒ-1234", Size::Taxi);
    world.takes(taxi, "FULL");
    let amount = DiscountAmount::Amount(Cents(75));
    let give =
        Input::GiveDiscount {
            visit: taxi, amount, reason: "καθυστέρηση".to_owned(), by: with_chief()
        };
    assert_eq!(world.act(give), []);
    world.pays(taxi, &[cash("50.00")]);
    world.pass(5);
    let documents = world.documents();
    assert_eq!(documents.len(), 3);
    (world, documents)
}

#[test]
fn a_receipts_bytes_say_what_is_stored_to_a_program_that_is_not_ours() {
    let Some(mut emupos) = Emupos::start(&MODELS) else { return };
    let (mut world, documents) = three_cars();
    assert!(matches!(documents[1].kind, DocumentKind::Invoice { .. }));
    assert_eq!(documents[2].sale.discount_amounts().len(), 2);
    for document in &documents {
        check_printed(&mut world, &receipt(document));
        for model in &MODELS {
            let reading = read(&mut emupos, &mut world, model, &receipt(document));
            check_receipt(&reading, document, "Σειρά / Αρ.");
        }
    }
}

/// First the slip, because another system issues the document; then its particulars, once its MARK was told.
#[test]
fn a_slips_bytes_say_what_is_stored_to_a_program_that_is_not_ours() {
    let Some(mut emupos) = Emupos::start(&MODELS) else { return };
    let practice = Config::practice(Trade::Wash).expect("practice is good").settings;
    let mut world = World::with(Settings { issuer: IssuerKind::TypedMark, ..practice });
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    world.takes(visit, "FULL");
    world.pays(visit, &[cash("20.00")]);
    world.pass(5);
    let stored = world.documents().remove(0);
    let slip = Paper::Slip { document: stored.id, copy: 0 };
    check_printed(&mut world, &slip);
    for model in &MODELS {
        check_slip(&read(&mut emupos, &mut world, model, &slip), &stored);
    }
    let name = DocumentName::mark("400001951234567").expect("a MARK");
    world.act(Input::Document(DocumentInput::Reported {
        document: stored.id,
        name,
        qr: Some(ADDRESS.to_owned()),
    }));
    let named = world.documents().remove(0);
    for model in &MODELS {
        check_receipt(&read(&mut emupos, &mut world, model, &receipt(&named)), &named, "Εσωτερικός αρ.");
    }
}

#[test]
fn a_drawn_code_is_scanned_from_a_picture_that_is_not_ours() {
    let Some(mut emupos) = Emupos::start(&[DRAWN]) else { return };
    let (mut world, documents) = three_cars();
    let reading = read(&mut emupos, &mut world, &DRAWN, &receipt(&documents[0]));
    assert!(reading.codes().is_empty(), "it knows no QR codes");
    assert_eq!(reading.scanned(), [documents[0].qr.clone().expect("it has one")]);
}
