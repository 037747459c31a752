//! Our documents, byte for byte, and element for element against the examples of the reference.

use super::{composed, customer, document, receipt, reference, service, terms};
use roxmltree::{Document as Xml, Node};
use tameio::aade::transport::{Endpoint, Method};
use tameio::domain::document::DocumentKind;
use tameio::domain::money::Cents;
use tameio::domain::text::Text;
use tameio::mydata::classification::{Classification, GOODS, SERVICES};
use tameio::mydata::compose::compose;
use tameio::mydata::identity::{Identity, Series, Uid};
use tameio::mydata::invoice::{Binding, CardTransaction, Invoice, PaymentDetail};
use tameio::mydata::issue::{Issue, Original};
use tameio::mydata::kinds::{InvoiceType, PaymentMeans};
use tameio::mydata::request::{Cancellation, Continuation, LaterPayments, Layout, Request, TransmittedQuery};

/// The examples' series are Greek; ours cannot be.
const SERIES: [(&str, &str); 5] =
    [("ΑΠΥ", "APY"), ("ΤΠΥ", "TPY"), ("ΠΙΣΛ", "PISL"), ("ΠΙΣ", "PIS"), ("A", "A")];

/// Elements with namespace and text, one a line, white space apart.
fn flat(node: Node<'_, '_>, depth: usize, out: &mut String) {
    let tag = node.tag_name();
    let text: String = node.children().filter(Node::is_text).filter_map(|text| text.text()).collect();
    let text = SERIES.iter().find(|(greek, _)| *greek == text.trim()).map_or(text.trim(), |(_, ours)| ours);
    out.push_str(&format!("{depth} {}:{} {text}\n", tag.namespace().unwrap_or_default(), tag.name()));
    node.children().filter(Node::is_element).for_each(|child| flat(child, depth + 1, out));
}

fn flattened(xml: &str) -> String {
    let document = Xml::parse(xml).unwrap();
    let mut out = String::new();
    flat(document.root_element(), 0, &mut out);
    out
}

fn is_like_the_example(file: &str, ours: &str) {
    let Some(folder) = reference("examples/mydata") else { return };
    let theirs = std::fs::read_to_string(folder.join(file)).unwrap();
    assert_eq!(flattened(ours), flattened(&theirs), "{file}");
}

fn of_day(mut invoice: Invoice, day: &str) -> String {
    invoice.identity.date = day.parse().unwrap();
    Invoice::document(&[invoice])
}

#[test]
fn a_receipt_byte_for_byte() {
    assert_eq!(
        Invoice::document(&[receipt(1042)]),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <InvoicesDoc xmlns=\"http://www.aade.gr/myDATA/invoice/v1.0\" \
         xmlns:icls=\"https://www.aade.gr/myDATA/incomeClassificaton/v1.0\"><invoice>\
         <issuer><vatNumber>999999993</vatNumber><country>GR</country><branch>0</branch></issuer>\
         <invoiceHeader><series>APY</series><aa>1042</aa><issueDate>2026-10-05</issueDate>\
         <invoiceType>11.2</invoiceType><currency>EUR</currency></invoiceHeader>\
         <paymentMethods><paymentMethodDetails><type>3</type><amount>12.00</amount></paymentMethodDetails>\
         </paymentMethods>\
         <invoiceDetails><lineNumber>1</lineNumber><netValue>9.68</netValue><vatCategory>1</vatCategory>\
         <vatAmount>2.32</vatAmount><incomeClassification>\
         <icls:classificationType>E3_561_003</icls:classificationType>\
         <icls:classificationCategory>category1_3</icls:classificationCategory>\
         <icls:amount>9.68</icls:amount></incomeClassification></invoiceDetails>\
         <invoiceSummary><totalNetValue>9.68</totalNetValue><totalVatAmount>2.32</totalVatAmount>\
         <totalWithheldAmount>0.00</totalWithheldAmount><totalFeesAmount>0.00</totalFeesAmount>\
         <totalStampDutyAmount>0.00</totalStampDutyAmount><totalOtherTaxesAmount>0.00</totalOtherTaxesAmount>\
         <totalDeductionsAmount>0.00</totalDeductionsAmount><totalGrossValue>12.00</totalGrossValue>\
         <incomeClassification><icls:classificationType>E3_561_003</icls:classificationType>\
         <icls:classificationCategory>category1_3</icls:classificationCategory>\
         <icls:amount>9.68</icls:amount></incomeClassification></invoiceSummary></invoice></InvoicesDoc>"
    );
}

#[test]
fn receipts_and_invoices_are_like_the_examples() {
    is_like_the_example("11.2-cash-erp.xml", &of_day(receipt(1042), "2026-10-05"));
    let on_credit = |mut invoice: Invoice| {
        invoice.payments = vec![PaymentDetail {
            means: PaymentMeans::OnCredit,
            amount: Cents(12400),
            tip: Cents::ZERO,
            card: None,
        }];
        invoice
    };
    is_like_the_example("2.1-b2b-on-credit.xml", &of_day(on_credit(service(15)), "2026-10-05"));
    let taken_back = document(customer(), "PIS", 2, vec![line_of("wash", 12400)]);
    let original = Original { mark: Some(400_001_951_234_599), kind: InvoiceType::Service };
    let credit = compose(&Issue::credit(&taken_back, InvoiceType::Credit, original), &terms()).unwrap();
    is_like_the_example("5.1-credit-note.xml", &of_day(on_credit(credit), "2026-10-06"));
    let taken_back = document(DocumentKind::Retail, "PISL", 3, vec![line_of("wash", 1200)]);
    let original = Original { mark: Some(400_001_951_234_567), kind: InvoiceType::RetailService };
    let credit = compose(&Issue::credit(&taken_back, InvoiceType::RetailCredit, original), &terms()).unwrap();
    is_like_the_example("11.4-retail-credit.xml", &of_day(credit, "2026-10-05"));
}

fn line_of(code: &str, cents: i64) -> tameio::domain::sale::Line {
    super::line(code, cents, 2400)
}

fn card(bound_by: Binding, transaction: &str) -> CardTransaction {
    CardTransaction {
        transaction_id: Some(Text::new(transaction)),
        terminal_id: Some(Text::new("01234567")),
        bound_by: Some(bound_by),
    }
}

/// The provider's own address, which a provider adds, is all that the example has more.
#[test]
fn parts_and_labour_are_like_the_example() {
    let sold = vec![line_of("part", 3720), line_of("labour", 4960)];
    let garage = document(DocumentKind::Retail, "A", 77, sold);
    let mut terms = terms();
    terms.classifications.by_code.insert("labour".to_owned(), Classification::new(SERVICES, "E3_561_003"));
    terms.classifications.all = Some(Classification::new(GOODS, "E3_561_003"));
    let signature = Binding::Provider {
        author: Text::new("999"),
        signature: Text::new("BASE64-ECDSA-SIGNATURE-OF-THE-PROVIDER"),
        end_to_end: None,
    };
    let detail = |means, cents, card| PaymentDetail { means, amount: Cents(cents), tip: Cents::ZERO, card };
    let payments = vec![
        detail(PaymentMeans::Cash, 2000, None),
        detail(PaymentMeans::Card, 6680, Some(card(signature, "075;000123456789;654321"))),
    ];
    let issue = Issue { payments: Some(payments), ..Issue::new(&garage, InvoiceType::RetailSale) };
    let ours = Invoice::document(&[compose(&issue, &terms).unwrap()]);
    let url = "<downloadingInvoiceUrl>https://provider.example/d/abc123</downloadingInvoiceUrl></invoice>";
    is_like_the_example("11.1-parts-and-labour-card-provider.xml", &ours.replace("</invoice>", url));
}

#[test]
fn later_payments_are_like_the_example() {
    let token = Binding::FiscalMachine { author: Text::new("CFA18001243"), session: Text::new("000123") };
    let payment = PaymentDetail {
        means: PaymentMeans::Card,
        amount: Cents(12400),
        tip: Cents::ZERO,
        card: Some(card(token, "075;000123456790;654322")),
    };
    let payments = LaterPayments::new(400_001_951_234_599, vec![payment]).unwrap();
    is_like_the_example("payment-methods-card.xml", &Request::Pay(payments).body());
}

#[test]
fn a_tip_stands_apart_from_what_was_paid() {
    let sale = tameio::domain::sale::Sale { lines: vec![line_of("wash", 1200)], ..Default::default() };
    let paid = super::document_of(DocumentKind::Retail, "APY", 1, sale, |due| {
        vec![tameio::domain::payment::Tender::CardApart { amount: due, tip: Cents(150) }]
    });
    let xml = Invoice::document(&[composed(&paid, InvoiceType::RetailService)]);
    assert!(xml.contains("<type>7</type><amount>12.00</amount><tipAmount>1.50</tipAmount>"), "{xml}");
    assert!(xml.contains("<totalGrossValue>12.00</totalGrossValue>"), "{xml}");
}

#[test]
fn calls_go_where_their_host_has_them() {
    let layouts = [(Endpoint::Production, "/myDATA/"), (Endpoint::Test, "/")];
    for (endpoint, prefix) in layouts {
        let layout = Layout::of(&endpoint);
        let sent = Request::Send(vec![receipt(1)]).to_http(layout);
        assert_eq!((sent.method, sent.path_and_query), (Method::Post, format!("{prefix}SendInvoices")));
        let cancel = Request::Cancel(Cancellation { mark: 400, entity_vat: Some(Text::new("123456783")) });
        let cancel = cancel.to_http(layout);
        let path = format!("{prefix}CancelInvoice?mark=400&entityVatNumber=123456783");
        assert_eq!((cancel.method, cancel.path_and_query, cancel.body), (Method::Post, path, Vec::new()));
    }
    let next = Continuation { partition: "a+b/c=".to_owned(), row: "1 2".to_owned() };
    let query = TransmittedQuery {
        after: 5,
        up_to: Some(9),
        day: Some("2026-10-05".parse().unwrap()),
        kind: Some(InvoiceType::RetailService),
        next: Some(next),
        entity_vat: None,
    };
    let asked = Request::Transmitted(query).to_http(Layout::Production);
    assert_eq!(asked.method, Method::Get);
    assert_eq!(
        asked.path_and_query,
        "/myDATA/RequestTransmittedDocs?mark=5&dateFrom=05%2F10%2F2026&dateTo=05%2F10%2F2026&invType=11.2&maxMark=9\
         &nextPartitionKey=a%2Bb%2Fc%3D&nextRowKey=1%202"
    );
}

#[test]
fn uids_are_those_of_the_reference() {
    for (joined, uid) in [
        ("999999993-2026-10-05-0-11.1-A-77", "092C9C27B23F0B3CC655631C1F7EC6D7EDB5E0A4"),
        ("999999993-2026-10-05-0-11.2-ΑΠΥ-1042", "E2824FD44D7731A43197EB725F0A68CA175FE0B0"),
        ("999999993-2026-10-05-0-2.1-ΤΠΥ-15", "95EEBE1B373F244075E8BC92D32C60B1ABA7EB05"),
        ("999999993-2026-10-05-0-11.4-ΠΙΣΛ-3", "212E1056455C2C5BC0966999BE848CB07A183853"),
        ("999999993-2026-10-06-0-5.1-ΠΙΣ-2", "D576C1FE3F853F298066A264FB3BFA0B42C3A973"),
    ] {
        assert_eq!(Uid::of(joined).unwrap().as_str(), uid, "{joined}");
    }
    assert_eq!(Uid::of("日本"), None);
    let identity = Identity {
        issuer: "999999993".to_owned(),
        date: "2026-10-05".parse().unwrap(),
        branch: 0,
        kind: InvoiceType::RetailSale,
        series: Series::try_from("A".to_owned()).unwrap(),
        number: 77,
    };
    assert_eq!(identity.uid().as_str(), "092C9C27B23F0B3CC655631C1F7EC6D7EDB5E0A4");
}

#[test]
fn a_series_is_capitals_and_digits() {
    for good in ["A", "APY", "0", "A7K3Q", &"X".repeat(50)] {
        assert!(Series::try_from(good.to_owned()).is_ok(), "{good}");
    }
    for bad in ["", "a", "ΑΠΥ", "A-1", "A 1", "A\n", &"X".repeat(51)] {
        assert!(Series::try_from(bad.to_owned()).is_err(), "{bad}");
    }
}
