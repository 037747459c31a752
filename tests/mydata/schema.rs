//! Validity: everything we write and everything our myDATA answers against AADE's own schemas, and its tables against
//! `xmllint` on documents good and bad.

use super::compose::{documents, garage};
use super::{accepted, codes, customer, get, post, receipt, reply, service, simulator, terms};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tameio::domain::document::DocumentKind;
use tameio::domain::money::Cents;
use tameio::domain::text::Text;
use tameio::mydata::compose::compose;
use tameio::mydata::invoice::{Binding, CardTransaction, Invoice, PaymentDetail};
use tameio::mydata::issue::{Issue, Original};
use tameio::mydata::kinds::{InvoiceType, LostConnection, PaymentMeans};
use tameio::mydata::request::{LaterPayments, Request};
use tameio::mydata::simulator::Simulator;

const INVOICES: &str = "InvoicesDoc-v2.0.1.xsd";
const PAYMENTS: &str = "paymentMethods-v2.0.1.xsd";
const RESPONSE: &str = "response-v2.0.1.xsd";
const REQUESTED: &str = "requestedInvoicesDoc-v2.0.1.xsd";

/// AADE's schemas, where they and `xmllint` are.
fn schemas() -> Option<PathBuf> {
    let folder = super::reference("xsd/mydata-v2.0.1")?;
    if Command::new("xmllint").arg("--version").output().is_ok() {
        return Some(folder);
    }
    println!("skipped: needs xmllint");
    None
}

/// Whether `xmllint` finds a document valid, and what it says.
fn xmllint(folder: &Path, schema: &str, document: &[u8]) -> (bool, String) {
    let mut child = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(folder.join(schema))
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A document that is not XML may be given up before it was read whole.
    let _ = child.stdin.take().unwrap().write_all(document);
    let output = child.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// A request as it was sent, against AADE's schema where that is.
pub(crate) fn must_be_valid_if_there(document: &[u8]) {
    if let Some(folder) = schemas() {
        must_be_valid(&folder, INVOICES, document);
    }
}

fn must_be_valid(folder: &Path, schema: &str, document: &[u8]) {
    let (valid, said) = xmllint(folder, schema, document);
    assert!(valid, "{said}\n{}", String::from_utf8_lossy(document));
}

fn some<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>, count: usize) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

/// Every type, every means of payment, every binding.
fn everything() -> Vec<Invoice> {
    let retail = some(documents(DocumentKind::Retail), 150);
    let business = some(documents(customer()), 100);
    let mut invoices = Vec::new();
    for document in &retail {
        let lost_connection = Some(LostConnection::ToMyData).filter(|_| document.number.is_multiple_of(2));
        let issue = Issue { lost_connection, ..Issue::new(document, InvoiceType::RetailSale) };
        invoices.push(compose(&issue, &garage()).unwrap());
        invoices.push(compose(&Issue::new(document, InvoiceType::RetailService), &terms()).unwrap());
        let original = Original { mark: Some(i64::MAX), kind: InvoiceType::RetailService };
        invoices
            .push(compose(&Issue::credit(document, InvoiceType::RetailCredit, original), &terms()).unwrap());
    }
    for document in &business {
        for kind in [InvoiceType::Sale, InvoiceType::Service] {
            let connected = vec![1, 2, 3];
            let issue = Issue { connected, counterpart_branch: 7, ..Issue::new(document, kind) };
            invoices.push(compose(&issue, &terms()).unwrap());
            let original = Original { mark: Some(400_001_900_000_001), kind };
            invoices
                .push(compose(&Issue::credit(document, InvoiceType::Credit, original), &terms()).unwrap());
        }
    }
    for (invoice, payments) in invoices.iter_mut().zip(payments()) {
        invoice.payments = vec![payments];
    }
    invoices
}

fn payments() -> Vec<PaymentDetail> {
    let means = [
        PaymentMeans::DomesticAccount,
        PaymentMeans::ForeignAccount,
        PaymentMeans::Cash,
        PaymentMeans::Cheque,
        PaymentMeans::OnCredit,
        PaymentMeans::WebBanking,
        PaymentMeans::Card,
        PaymentMeans::Iris,
    ];
    let text = Text::new;
    let bindings = [
        None,
        Some(Binding::FiscalMachine { author: text("CFA18001243"), session: text("000123") }),
        Some(Binding::Provider { author: text("999"), signature: text("a/b+c=&<"), end_to_end: None }),
        Some(Binding::Provider { author: text("999"), signature: text("x"), end_to_end: Some(text("e2e")) }),
    ];
    let pairs = means.into_iter().flat_map(|means| bindings.clone().map(|binding| (means, binding)));
    let detail = |(means, bound_by): (PaymentMeans, Option<Binding>)| PaymentDetail {
        means,
        amount: Cents(99_999_999_999_999),
        tip: Cents(1),
        card: bound_by.map(|binding| CardTransaction {
            transaction_id: Some(text("075;000123456790;654322")),
            terminal_id: Some(text("01234567")),
            bound_by: Some(binding),
        }),
    };
    pairs.map(detail).collect()
}

#[test]
fn everything_we_compose_is_valid() {
    let Some(folder) = schemas() else { return };
    let invoices = everything();
    assert!(invoices.len() > 800, "{}", invoices.len());
    must_be_valid(&folder, INVOICES, Invoice::document(&invoices).as_bytes());
    let payments = payments().into_iter().filter(|detail| detail.means == PaymentMeans::Card);
    let payments: Vec<_> = payments
        .filter(|detail| {
            !matches!(
                detail.card.as_ref().and_then(|card| card.bound_by.as_ref()),
                Some(Binding::Provider { end_to_end: Some(_), .. })
            )
        })
        .collect();
    let request = Request::Pay(LaterPayments::new(i64::MAX, payments).unwrap());
    must_be_valid(&folder, PAYMENTS, request.body().as_bytes());
}

#[test]
fn the_examples_are_valid_here_too() {
    let Some(folder) = super::reference("examples/mydata") else { return };
    for file in ["11.2-cash-erp.xml", "2.1-b2b-on-credit.xml", "11.4-retail-credit.xml"] {
        let xml = std::fs::read_to_string(folder.join(file)).unwrap();
        assert_eq!(codes(&mut simulator(), "/SendInvoices", &xml), Vec::<String>::new(), "{file}");
    }
    let provider = std::fs::read_to_string(folder.join("11.1-parts-and-labour-card-provider.xml")).unwrap();
    let path = "/myDataProvider/SendInvoices";
    assert_eq!(codes(&mut simulator(), path, &provider), Vec::<String>::new());
}

#[test]
fn every_answer_of_the_simulator_is_valid() {
    let Some(folder) = schemas() else { return };
    let mut simulator = simulator();
    simulator.options_mut().page_size = 3;
    let xml = Invoice::document(&[receipt(1), receipt(2), receipt(1)]);
    let provider = Invoice::document(&[receipt(9)]);
    let mark = accepted(&mut simulator, &service(1)).mark;
    let pay = |by: Binding| {
        let card = Some(CardTransaction { bound_by: Some(by), ..CardTransaction::default() });
        let detail = PaymentDetail { means: PaymentMeans::Card, amount: Cents(12_400), tip: Cents(1), card };
        Request::Pay(LaterPayments::new(mark, vec![detail]).unwrap()).body()
    };
    let token = Binding::FiscalMachine { author: Text::new("CFA18001243"), session: Text::new("000123") };
    for request in [
        post("/SendInvoices", &xml),
        post("/SendInvoices", "<nothing/>"),
        post("/SendInvoices", "no XML & nothing like it"),
        post("/myDataProvider/SendInvoices", &provider),
        post("/SendPaymentsMethod", &pay(token)),
        post("/CancelInvoice?mark=400001900000002", ""),
        post("/CancelInvoice?mark=1", ""),
    ] {
        must_be_valid(&folder, RESPONSE, &reply(&mut simulator, &request).body);
    }
    accepted(&mut simulator, &service(1));
    let mut query = "mark=0".to_owned();
    let mut pages = 0;
    loop {
        let page = reply(&mut simulator, &get(&format!("/RequestTransmittedDocs?{query}")));
        must_be_valid(&folder, REQUESTED, &page.body);
        pages += 1;
        let text = String::from_utf8(page.body).unwrap();
        let key = |name: &str| {
            text.split_once(&format!("<{name}>"))
                .and_then(|(_, rest)| rest.split_once('<'))
                .map(|(key, _)| key)
        };
        match (key("nextPartitionKey"), key("nextRowKey")) {
            (Some(partition), Some(row)) => {
                query = format!("mark=0&nextPartitionKey={partition}&nextRowKey={row}");
            }
            _ => break,
        }
    }
    assert!(pages > 1, "{pages} pages");
}

/// Ways of spoiling a valid document, one at a time; some leave it valid.
fn changes() -> Vec<(&'static str, &'static str)> {
    vec![
        ("<series>APY</series>", ""),
        ("<series>APY</series><aa>1</aa>", "<aa>1</aa><series>APY</series>"),
        ("<series>APY</series>", "<series></series>"),
        ("<series>APY", "<series>012345678901234567890123456789012345678901234567891"),
        ("<aa>1</aa>", "<aa>0123456789012345678901234567890123456789012345678</aa>"),
        ("2026-10-05", "2026-13-05"),
        ("2026-10-05", "5/10/2026"),
        ("2026-10-05", " 2026-10-05 "),
        ("<invoiceType>11.2", "<invoiceType>11.9"),
        ("<invoiceType>11.2", "<invoiceType> 11.2"),
        ("<currency>EUR", "<currency>EURO"),
        ("</currency>", "</currency><exchangeRate>1.05</exchangeRate>"),
        ("</currency>", "</currency><exchangeRate>0</exchangeRate>"),
        ("</currency>", "</currency><exchangeRate>1.000001</exchangeRate>"),
        ("</currency>", "</currency><exchangeRate>50000.1</exchangeRate>"),
        (
            "</currency>",
            "</currency><correlatedInvoices>4</correlatedInvoices><correlatedInvoices>5</correlatedInvoices>",
        ),
        ("</currency>", "</currency><correlatedInvoices>four</correlatedInvoices>"),
        ("</currency>", "</currency><correlatedInvoices>9223372036854775808</correlatedInvoices>"),
        ("</currency>", "</currency><toWeigh>maybe</toWeigh>"),
        ("</currency>", "</currency><toWeigh>1</toWeigh>"),
        (
            "</currency>",
            "</currency><multipleConnectedMarks>4</multipleConnectedMarks><selfPricing>true</selfPricing>",
        ),
        ("</currency>", "</currency><specialInvoiceCategory>14</specialInvoiceCategory>"),
        ("</currency>", "</currency><dispatchTime>10:00:00</dispatchTime>"),
        ("</currency>", "</currency><dispatchTime>25:00:00</dispatchTime>"),
        ("<country>GR", "<country>EL"),
        ("<country>GR", "<country>ZZ"),
        ("<branch>0", "<branch>zero"),
        ("<branch>0", "<branch>-1"),
        ("<branch>0", "<branch>2147483648"),
        ("<vatNumber>999999993", "<vatNumber>0123456789012345678901234567890"),
        ("<type>3", "<type>0"),
        ("<amount>12.00", "<amount>12"),
        ("<amount>12.00", "<amount>12.001"),
        ("<amount>12.00", "<amount>12,00"),
        ("<amount>12.00", "<amount>-12.00"),
        ("<amount>12.00", "<amount>1234567890123456.00"),
        ("<amount>12.00", "<amount>+12.0"),
        ("<amount>12.00</amount>", "<amount>12.00</amount><tipAmount>1</tipAmount><tid>1</tid>"),
        ("<amount>12.00</amount>", "<amount>12.00</amount><tid>1</tid><tipAmount>1</tipAmount>"),
        (
            "<amount>12.00</amount>",
            "<amount>12.00</amount><ECRToken><SigningAuthor>a</SigningAuthor><SessionNumber>12345</SessionNumber></ECRToken>",
        ),
        (
            "<amount>12.00</amount>",
            "<amount>12.00</amount><ECRToken><SigningAuthor>a</SigningAuthor><SessionNumber>123456</SessionNumber></ECRToken>",
        ),
        (
            "<amount>12.00</amount>",
            "<amount>12.00</amount><ECRToken><SigningAuthor>0123456789012345</SigningAuthor><SessionNumber>123456</SessionNumber></ECRToken>",
        ),
        ("<lineNumber>1", "<lineNumber>0"),
        ("<lineNumber>1", "<lineNumber>01"),
        ("</lineNumber>", "</lineNumber><quantity>0</quantity>"),
        ("</lineNumber>", "</lineNumber><quantity>0.5</quantity>"),
        ("</lineNumber>", "</lineNumber><TaricNo>123</TaricNo>"),
        ("</lineNumber>", "</lineNumber><fuelCode>999</fuelCode>"),
        ("</lineNumber>", "</lineNumber><fuelCode>1</fuelCode>"),
        ("<vatCategory>1", "<vatCategory>0"),
        ("<vatCategory>1", "<vatCategory>one"),
        ("</vatAmount>", "</vatAmount><vatExemptionCategory>32</vatExemptionCategory>"),
        ("</vatAmount>", "</vatAmount><discountOption>true</discountOption>"),
        ("icls:amount", "amount"),
        ("E3_561_003", "E3_561_999"),
        ("category1_3", "category1_99"),
        ("<icls:classificationType>E3_561_003</icls:classificationType>", ""),
        ("<totalFeesAmount>0.00</totalFeesAmount>", ""),
        ("<invoiceSummary>", "<taxesTotals/><invoiceSummary>"),
        (
            "<invoiceSummary>",
            "<taxesTotals><taxes><taxType>2</taxType><taxAmount>1.00</taxAmount></taxes></taxesTotals><invoiceSummary>",
        ),
        ("</invoiceSummary>", "</invoiceSummary><qrCodeUrl>x</qrCodeUrl>"),
        (
            "</invoiceSummary>",
            "</invoiceSummary><downloadingInvoiceUrl>x</downloadingInvoiceUrl><qrCodeUrl>x</qrCodeUrl>",
        ),
        ("<invoice>", "<invoice>text"),
        ("<invoice>", "<invoice><surprise/>"),
        ("<invoice>", "<invoice lang=\"el\">"),
        ("<invoice>", "<invoice><transmissionFailure>5</transmissionFailure>"),
        ("<invoice>", "<invoice><transmissionFailure>3</transmissionFailure>"),
        ("xmlns=\"http://", "xmlns=\"https://"),
        ("xmlns:icls=\"https://", "xmlns:icls=\"http://"),
        ("InvoicesDoc", "InvoiceDoc"),
        ("</invoice>", ""),
    ]
}

fn is_valid_here(simulator: &mut Simulator, xml: &str) -> bool {
    !codes(simulator, "/SendInvoices", xml).contains(&"101".to_owned())
}

#[test]
fn the_tables_agree_with_the_schemas() {
    let Some(folder) = schemas() else { return };
    let good = Invoice::document(&[receipt(1)]);
    for (from, to) in changes() {
        assert!(good.contains(from), "{from} is in {good}");
        let all = matches!(from, "InvoicesDoc" | "icls:amount");
        let changed = if all { good.replace(from, to) } else { good.replacen(from, to, 1) };
        let (there, said) = xmllint(&folder, INVOICES, changed.as_bytes());
        assert_eq!(is_valid_here(&mut simulator(), &changed), there, "{from} → {to}: {said}");
    }
}
