//! What we compose is accepted by our myDATA, and every way of spoiling it is refused with the code of the reference.

use super::compose::{adds_up, documents, garage};
use super::{accepted, codes, composed, customer, receipt, service, simulator, terms};
use proptest::prelude::*;
use tameio::domain::document::DocumentKind;
use tameio::mydata::classification::Classification;
use tameio::mydata::compose::compose;
use tameio::mydata::invoice::Invoice;
use tameio::mydata::issue::{Issue, Original};
use tameio::mydata::kinds::{InvoiceType, LostConnection};

const PATH: &str = "/myDATA/SendInvoices";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn receipts_and_their_credits_are_accepted(document in documents(DocumentKind::Retail), late in any::<bool>()) {
        let mut simulator = simulator();
        for kind in [InvoiceType::RetailSale, InvoiceType::RetailService] {
            let terms = if kind == InvoiceType::RetailSale { garage() } else { terms() };
            let lost_connection = late.then_some(LostConnection::ToMyData);
            let issue = Issue { lost_connection, ..Issue::new(&document, kind) };
            let invoice = compose(&issue, &terms).unwrap();
            adds_up(&invoice, &document);
            let named = accepted(&mut simulator, &invoice);
            prop_assert_eq!(named.uid, Some(invoice.uid()));
            prop_assert!(named.qr.is_some());
            let mut back = document.clone();
            back.series = "PISL".to_owned();
            let original = Original { mark: Some(named.mark), kind };
            let credit = compose(&Issue::credit(&back, InvoiceType::RetailCredit, original), &terms).unwrap();
            accepted(&mut simulator, &credit);
        }
    }

    #[test]
    fn invoices_and_their_credits_are_accepted(document in documents(customer())) {
        let mut simulator = simulator();
        let mut goods = terms();
        goods.classifications.by_code.insert(
            "labour".to_owned(),
            Classification::new("category1_3", "E3_561_001"),
        );
        for kind in [InvoiceType::Sale, InvoiceType::Service] {
            let terms = if kind == InvoiceType::Sale { goods.clone() } else { terms() };
            let invoice = compose(&Issue::new(&document, kind), &terms).unwrap();
            adds_up(&invoice, &document);
            let named = accepted(&mut simulator, &invoice);
            let mut back = document.clone();
            back.series = format!("PIS{}", kind.code().replace('.', ""));
            let original = Original { mark: Some(named.mark), kind };
            let credit = compose(&Issue::credit(&back, InvoiceType::Credit, original), &terms).unwrap();
            accepted(&mut simulator, &credit);
        }
    }
}

/// What is done to a good document, and the codes it is refused with then.
type Spoilt = (&'static str, &'static str, &'static [&'static str]);

fn is_refused(good: &str, spoilt: &[Spoilt]) {
    assert_eq!(codes(&mut simulator(), PATH, good), Vec::<String>::new(), "{good}");
    for (from, to, expected) in spoilt {
        assert!(good.contains(from), "{from} is in {good}");
        let bad = good.replacen(from, to, 1);
        assert_eq!(codes(&mut simulator(), PATH, &bad), *expected, "{from} → {to}");
    }
}

#[test]
fn a_spoilt_receipt_is_refused_by_its_code() {
    let class = "<incomeClassification><icls:classificationType>E3_561_003</icls:classificationType>\
                 <icls:classificationCategory>category1_3</icls:classificationCategory>\
                 <icls:amount>9.68</icls:amount></incomeClassification>";
    let good = Invoice::document(&[receipt(1)]);
    let counterpart = "</issuer><counterpart><vatNumber>888888880</vatNumber><country>GR</country>\
                       <branch>0</branch></counterpart>";
    let signature = "<amount>12.00</amount><ProvidersSignature><SigningAuthor>1</SigningAuthor>\
                     <Signature>x</Signature></ProvidersSignature>";
    is_refused(
        &good,
        &[
            ("<series>", "<series><b/>", &["101"]),
            ("</issuer>", "", &["101"]),
            ("<netValue>9.68", "<netValue>9.681", &["101"]),
            ("<netValue>9.68", "<netValue>-9.68", &["101"]),
            ("<branch>0</branch></issuer>", "</issuer>", &["101"]),
            ("<aa>1</aa>", "<aa>1</aa><aa>1</aa>", &["101"]),
            ("<vatCategory>1<", "<vatCategory>11<", &["101"]),
            ("<type>3<", "<type>9<", &["101"]),
            ("<vatNumber>999999993", "<vatNumber>123456789", &["105", "202"]),
            ("<vatNumber>999999993", "<vatNumber>094014201", &["105"]),
            ("<country>GR</country><branch>0</branch>", "<country>CY</country><branch>0</branch>", &["242"]),
            ("<branch>0</branch>", "<branch>0</branch><name>Πλυντήριο</name>", &["219"]),
            ("</issuer>", counterpart, &["205"]),
            ("<issuer>", "<mark>400001900000009</mark><issuer>", &["205"]),
            ("<issuer>", "<transmissionFailure>1</transmissionFailure><issuer>", &["205"]),
            ("<aa>1<", "<aa>A1<", &["212"]),
            ("<aa>1<", "<aa>-1<", &["212"]),
            ("<aa>1<", "<aa>99999999999999999999<", &["212"]),
            ("2026-10-05", "2026-10-06", &["253"]),
            ("2026-10-05", "2020-12-31", &["260"]),
            ("<currency>EUR<", "<currency>USD<", &["211"]),
            ("</currency>", "</currency><exchangeRate>1.1</exchangeRate>", &["227"]),
            ("</currency>", "</currency><selfPricing>false</selfPricing>", &["214"]),
            ("</currency>", "</currency><correlatedInvoices>4</correlatedInvoices>", &["205"]),
            ("</currency>", "</currency><multipleConnectedMarks>4</multipleConnectedMarks>", &["205"]),
            ("<invoiceType>11.2<", "<invoiceType>9.3<", &["223", "308"]),
            ("<vatCategory>1<", "<vatCategory>8<", &["216"]),
            ("<vatCategory>1<", "<vatCategory>7<", &["217", "218"]),
            ("</vatAmount>", "</vatAmount><vatExemptionCategory>15</vatExemptionCategory>", &["271"]),
            ("<netValue>9.68", "<netValue>9.67", &["207", "208", "306"]),
            ("<vatAmount>2.32", "<vatAmount>2.33", &["209", "208"]),
            ("<totalNetValue>9.68", "<totalNetValue>9.69", &["207", "203"]),
            ("<totalVatAmount>2.32", "<totalVatAmount>2.31", &["209", "203"]),
            ("<totalWithheldAmount>0.00", "<totalWithheldAmount>0.01", &["210", "203"]),
            ("<totalFeesAmount>0.00", "<totalFeesAmount>0.01", &["226", "203"]),
            ("<totalGrossValue>12.00", "<totalGrossValue>12.01", &["208", "203"]),
            ("<icls:amount>9.68", "<icls:amount>9.67", &["306", "312"]),
            (class, "", &["321"]),
            ("category1_3", "category1_1", &["308", "311", "312"]),
            ("E3_561_003", "E3_561_001", &["313", "311", "312"]),
            ("<amount>12.00", "<amount>12.01", &["407"]),
            ("<amount>12.00</amount>", signature, &["404"]),
            ("<amount>12.00</amount>", "<amount>12.00</amount><transactionId>1</transactionId>", &["205"]),
        ],
    );
    let unpaid = "<paymentMethods><paymentMethodDetails><type>3</type><amount>12.00</amount>\
                  </paymentMethodDetails></paymentMethods>";
    is_refused(&good, &[(unpaid, "", &["204"])]);
    // The summary's own classification is the second of the document.
    let (head, tail) = good.rsplit_once(class).unwrap();
    assert_eq!(codes(&mut simulator(), PATH, &format!("{head}{tail}")), ["311"]);
    let twice = good.replacen(class, &format!("{class}{class}"), 1);
    assert_eq!(codes(&mut simulator(), PATH, &twice), ["305", "306", "312"]);
}

#[test]
fn lines_are_counted_and_classified_alike() {
    let parts = super::document(
        DocumentKind::Retail,
        "A",
        1,
        vec![super::line("a", 1200, 2400), super::line("b", 1130, 1300)],
    );
    let good = Invoice::document(&[composed(&parts, InvoiceType::RetailService)]);
    let second = "<incomeClassification><icls:classificationType>E3_561_003</icls:classificationType>\
                  <icls:classificationCategory>category1_3</icls:classificationCategory>\
                  <icls:amount>10.00</icls:amount></incomeClassification>";
    is_refused(
        &good,
        &[
            ("<lineNumber>2<", "<lineNumber>1<", &["261"]),
            (second, "", &["304", "312"]),
            ("<vatAmount>2.32</vatAmount>", "<vatAmount>2.32</vatAmount><feesAmount>0.00</feesAmount>", &[]),
        ],
    );
}

#[test]
fn a_spoilt_invoice_is_refused_by_its_code() {
    let good = Invoice::document(&[service(1)]);
    let other =
        "<counterpart><vatNumber>888888880</vatNumber><country>GR</country><branch>0</branch></counterpart>";
    is_refused(
        &good,
        &[
            (other, "", &["204"]),
            ("888888880", "888888881", &["202"]),
            ("888888880", "999999993", &["235"]),
            ("<branch>0</branch></counterpart>", "<branch>0</branch><name>Α</name></counterpart>", &["220"]),
            ("888888880</vatNumber><country>GR", "888888880</vatNumber><country>DE", &["242"]),
            ("<invoiceType>2.1", "<invoiceType>5.1", &["204"]),
            ("category1_3", "category1_1", &["308", "311", "312"]),
            ("E3_561_001", "E3_561_003", &["313", "311", "312"]),
            ("</currency>", "</currency><correlatedInvoices>4</correlatedInvoices>", &["205"]),
        ],
    );
}
