//! How the tax authority names a document: typed, scanned, or refused with a sentence.

use jiff::civil::{DateTime, date, datetime};
use proptest::prelude::*;
use serde_json::{from_value, json, to_value};
use tameio::domain::document::{
    BadDocumentName, Document, DocumentKind, DocumentName, FimQr, IssuedFor, Subject, mark_in,
};
use tameio::domain::event::Event;
use tameio::domain::ids::OrderId;
use tameio::domain::money::Cents;

const SIGNATURE: &str = "0123456789ABCDEF0123456789abcdef01234567";
const NOON: DateTime = datetime(2026, 3, 14, 12, 0, 5, 999);

fn fim_qr(tail: &str) -> String {
    format!("https://www1.aade.gr/tameiakes/myweb/q1.php?SIG={tail}")
}

#[test]
fn a_mark_has_fifteen_digits() {
    assert_eq!(DocumentName::mark("400001234567890"), Ok(DocumentName::Mark { mark: 400_001_234_567_890 }));
    assert_eq!(
        DocumentName::mark(" 4000 0123 4567 890 "),
        Ok(DocumentName::Mark { mark: 400_001_234_567_890 })
    );
    for typed in [
        "",
        "40000123456789",
        "4000012345678901",
        "300001234567890",
        "4000-1234567890",
        "+40000123456789",
        "４00001234567890",
        "40000123456789O",
        "٤00001234567890",
    ] {
        assert_eq!(DocumentName::mark(typed), Err(BadDocumentName::Mark), "{typed:?}");
    }
}

#[test]
fn a_fiscal_machines_receipt_is_typed() {
    let typed = DocumentName::fim("cfa 18001243", " 33535 ", NOON).expect("a receipt");
    let DocumentName::Fim { machine, number, date: on, time } = typed else { panic!("{typed:?}") };
    assert_eq!((machine.as_str(), number, on), ("CFA18001243", 33_535, date(2026, 3, 14)));
    assert_eq!(time, datetime(2026, 3, 14, 12, 0, 5, 0).time(), "to the second, as it is sent");
    for (machine, number, why) in [
        ("", "1", BadDocumentName::Machine),
        ("---", "1", BadDocumentName::Machine),
        ("ΑΒΓ", "1", BadDocumentName::Machine),
        (&"A".repeat(21), "1", BadDocumentName::Machine),
        ("CFA18001243", "", BadDocumentName::Number),
        ("CFA18001243", "0", BadDocumentName::Number),
        ("CFA18001243", "-1", BadDocumentName::Number),
        ("CFA18001243", "1.5", BadDocumentName::Number),
        ("CFA18001243", "99999999999999999999", BadDocumentName::Number),
    ] {
        assert_eq!(DocumentName::fim(machine, number, NOON), Err(why), "{machine:?} {number:?}");
    }
}

#[test]
fn a_fiscal_machines_code_is_scanned() {
    for (total, cents) in
        [("22.99", 2_299), ("00008.42", 842), ("0.00", 0), ("00000.05", 5), ("1234.50", 123_450)]
    {
        let code = fim_qr(&format!("CFA1800124300033535{SIGNATURE}{total}"));
        let qr = FimQr { machine: "CFA18001243".to_owned(), number: 33_535, total: Cents(cents) };
        assert_eq!(FimQr::parse(&code), Ok(qr.clone()), "{total}");
        assert_eq!(FimQr::parse(&code.to_lowercase()), Ok(qr), "a scanner may send small letters");
    }
}

#[test]
fn a_code_of_something_else_is_refused() {
    let good = format!("CFA1800124300033535{SIGNATURE}22.99");
    let wrong = [
        String::new(),
        "T7K3Q-000123".to_owned(),
        "https://example.org/".to_owned(),
        fim_qr(""),
        fim_qr(&good[..58]),
        fim_qr(&good[..59]),
        fim_qr(&good.replace("CFA", "12A")),
        fim_qr(&good.replace("18001243", "1800124X")),
        fim_qr(&good.replace("00033535", "000335-5")),
        fim_qr(&good.replace("00033535", "+0033535")),
        fim_qr(&good.replace("ABCDEF", "GHIJKL")),
        fim_qr(&good.replace("22.99", "22.999")),
        fim_qr(&good.replace("22.99", "-22.99")),
        fim_qr(&good.replace("22.99", "22,99€")),
        fim_qr(&good.replace("22.99", "")),
        fim_qr(&format!("ΑΒΓ{good}")),
    ];
    for code in wrong {
        assert_eq!(FimQr::parse(&code), Err(BadDocumentName::NotAReceipt), "{code:?}");
    }
}

#[test]
fn a_mark_is_found_in_scanned_text() {
    for (code, mark) in [
        ("400001234567890", Some(400_001_234_567_890)),
        ("https://mydatapi.aade.gr/myDATA/q?mark=400001234567890&x=1", Some(400_001_234_567_890)),
        ("1234 400001234567890", Some(400_001_234_567_890)),
        ("4000012345678901", None),
        ("300001234567890", None),
        ("no number", None),
        ("", None),
    ] {
        assert_eq!(mark_in(code), mark, "{code:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_a_name_or_a_sentence(text in any::<String>(), machine in any::<String>()) {
        let _ = (mark_in(&text), DocumentName::mark(&text), FimQr::parse(&text), DocumentName::fim(&machine, &text, NOON));
    }

    #[test]
    fn any_tail_of_a_fiscal_code_is_a_receipt_or_a_sentence(tail in "\\PC{0,90}") {
        if let Ok(qr) = FimQr::parse(&fim_qr(&tail)) {
            prop_assert!(qr.total >= Cents::ZERO && qr.number >= 0 && qr.machine.len() == 11);
        }
    }

    #[test]
    fn a_well_formed_fiscal_code_is_read(
        machine in "[A-Z]{3}[0-9]{8}", number in 0u32..100_000_000, signature in "[0-9a-fA-F]{40}",
        total in 0..10_000_000i64, zeros in 0usize..5,
    ) {
        let written = format!("{machine}{number:08}{signature}{}{}", "0".repeat(zeros), Cents(total).with_point());
        let qr = FimQr { machine, number: number.into(), total: Cents(total) };
        prop_assert_eq!(FimQr::parse(&fim_qr(&written)), Ok(qr));
    }
}

/// The journal keeps its words: what was written before orders existed is read now, and what is written now is the same.
#[test]
fn a_documents_visit_or_order_stands_in_the_journal_by_its_name() {
    let washed = crate::mydata::document(DocumentKind::Retail, "A", 1, Vec::new());
    let written = to_value(&washed).expect("it is written");
    let visit = washed.issued_for.subject().visit().expect("a visit");
    assert_eq!([&written["visit"], &written["chain"]], [&json!(visit), &json!(visit)]);
    assert!(written["plate"].is_object() && written.get("order").is_none());
    assert_eq!(from_value::<Document>(written).expect("it is read"), washed);

    let order = OrderId(visit.0);
    let sold = Document { issued_for: IssuedFor::Order { order }, ..washed };
    let written = to_value(&sold).expect("it is written");
    assert_eq!(written["order"], json!(order));
    assert!(written.get("visit").is_none() && written.get("plate").is_none());
    assert_eq!(from_value::<Document>(written).expect("it is read"), sold);

    for (word, subject) in [("visit", Subject::Visit(visit)), ("order", Subject::Order(order))] {
        let name = DocumentName::Mark { mark: 400_001_234_567_890 };
        let named = Event::DocumentNamed { document: sold.id, subject, name, qr: None };
        let written = to_value(&named).expect("it is written");
        assert_eq!(written[word], json!(order));
        assert_eq!(from_value::<Event>(written).expect("it is read"), named);
    }
}
