//! What goes out, to the letter; and that a provider, and myDATA behind it, take every kind of document.

use super::{FAMILIES, handed, ours, rules, simulator, wash, way};
use crate::mydata::{composed, customer, document, document_of, line, service, terms};
use tameio::aade::transport::{Method, Transport};
use tameio::domain::document::DocumentKind;
use tameio::domain::issuing::{Found, News};
use tameio::domain::money::Cents;
use tameio::domain::payment::Tender;
use tameio::domain::provider::{Asked, Family, Posted, ProviderRules, Said};
use tameio::domain::sale::Sale;
use tameio::mydata::classification::Classification;
use tameio::mydata::compose::compose;
use tameio::mydata::invoice::Invoice;
use tameio::mydata::issue::{Issue, Original};
use tameio::mydata::kinds::{InvoiceType, LostConnection};
use tameio::provider::request::{Handed, look_up, send};
use tameio::provider::simulator::Options;
use tameio::provider::worker;

#[test]
fn the_xml_is_aades_own() {
    let washed = wash(1042);
    let request = send(&rules(Family::Xml), &washed).unwrap();
    assert_eq!((request.method, request.path_and_query.as_str()), (Method::Post, "/api/send"));
    let document = Invoice::document(std::slice::from_ref(&washed.invoice));
    assert_eq!(String::from_utf8(request.body).unwrap(), document);
    let asked = look_up(&rules(Family::Xml), &washed);
    assert_eq!(
        (asked.method, asked.path_and_query.as_str()),
        (
            Method::Get,
            "/api/status?issuer_vatNumber=999999993&branch=0&invoiceType=11.2&issueDate=2026-10-05&series=APY&aa=1042"
        )
    );
}

#[test]
fn the_xml_may_be_a_field_of_a_form_and_the_question_one_as_well() {
    let posted = Posted::Form { field: "xml".to_owned() };
    let rules = ProviderRules { posted, asked: Asked::Post, ..rules(Family::Xml) };
    let request = send(&rules, &wash(7)).unwrap();
    let body = String::from_utf8(request.body).unwrap();
    assert!(body.starts_with("xml=%3C%3Fxml%20version%3D%221.0%22") && body.is_ascii(), "{body}");
    let asked = look_up(&rules, &wash(7));
    assert_eq!((asked.method, asked.path_and_query.as_str()), (Method::Post, "/api/status"));
    assert!(asked.body.starts_with(b"issuer_vatNumber=999999993&branch=0"));
}

#[test]
fn the_json_is_this_to_the_letter() {
    let request = send(&rules(Family::Json), &wash(1042)).unwrap();
    let expected = r#"{"billing_book_id":"APY","branch":0,"external_id":"0192f0c1-2d3e-7000-8000-000000001042","invoice_lines":[{"classification_category":"category1_3","classification_type":"E3_561_003","line_number":1,"name":"Πλύσιμο & κερί","net_total_price":9.68,"quantity":1,"subtotal":12.0,"unit_price":9.68,"vat_rate":24,"vat_total":2.32}],"invoice_type_code":"11.2","issue_date":"2026-10-05","issuer_vat":"999999993","net_total_amount":9.68,"num":1042,"payable_total_amount":12.0,"payment_methods":[{"amount":12.0,"type":3}],"total_amount":12.0,"vat_total_amount":2.32}"#;
    assert_eq!(String::from_utf8(request.body).unwrap(), expected);
    let asked = look_up(&rules(Family::Json), &wash(1042));
    assert_eq!(asked.path_and_query, "/api/v1/invoices/by-external-id/0192f0c1-2d3e-7000-8000-000000001042");
}

#[test]
fn names_are_the_providers_and_what_has_none_is_left_out() {
    let mut rules = rules(Family::Json);
    rules.said.insert(Said::Series, "book.id".to_owned());
    rules.said.insert(Said::OnlyPayment, "payment_method_type".to_owned());
    rules.said.remove(&Said::Payments);
    rules.said.remove(&Said::LinePrice);
    rules.series_as.insert("APY".to_owned(), "7f3c".to_owned());
    rules.payment_as.insert(3, "cash".to_owned());
    let body = String::from_utf8(send(&rules, &wash(1)).unwrap().body).unwrap();
    for there in [r#""book":{"id":"7f3c"}"#, r#""payment_method_type":"cash""#] {
        assert!(body.contains(there), "{there}: {body}");
    }
    for gone in ["payment_methods", "unit_price", "APY"] {
        assert!(!body.contains(gone), "{gone}: {body}");
    }
    // What is paid in two ways cannot be said to whoever takes one.
    let sale = Sale { lines: vec![line("wash", 1200, 2400)], ..Sale::default() };
    let mixed = document_of(DocumentKind::Retail, "APY", 2, sale, |_| {
        vec![Tender::CardApart { amount: Cents(200), tip: Cents(0) }, Tender::Cash { given: Cents(1000) }]
    });
    let mixed = handed(composed(&mixed, InvoiceType::RetailService));
    assert!(send(&rules, &mixed).unwrap_err().to_string().contains("one means of payment"));
}

/// Every kind this program issues, with a credit of each: named here, and held by myDATA as what it is.
fn every_kind() -> Vec<(Handed, &'static str)> {
    let mut terms = terms();
    terms.classifications.by_code.insert("oil".to_owned(), Classification::new("category1_1", "E3_561_003"));
    let mixed = document(
        DocumentKind::Retail,
        "A",
        77,
        vec![line("oil", 3720, 2400), line("work", 4960, 2400), line("book", 106, 600)],
    );
    let mixed = compose(&Issue::new(&mixed, InvoiceType::RetailSale), &terms).unwrap();
    let goods = document(customer(), "TP", 3, vec![line("oil", 12400, 2400)]);
    vec![
        (wash(1), "11.2"),
        (handed(mixed), "11.1"),
        (handed(service(2)), "2.1"),
        (handed(composed(&goods, InvoiceType::Sale)), "1.1"),
    ]
}

#[tokio::test]
async fn every_kind_of_document_is_taken_and_found_again_and_credited() {
    for family in FAMILIES {
        let simulator = simulator(family, Options::default());
        let (way, rules) = (way(family, &simulator), rules(family));
        let mut sold = Vec::new();
        for (handed, kind) in every_kind() {
            let heard = worker::send(&way, &rules, send(&rules, &handed).unwrap(), &handed.key).await.heard;
            let News::Accepted { mark, uid, qr, authentication } = heard else {
                panic!("{family:?} {kind}: {heard:?}")
            };
            assert_eq!(uid.as_deref(), Some(handed.invoice.uid().as_str()), "{family:?} {kind}");
            assert!(qr.is_some_and(|qr| qr.contains("/TimologioQR/QRInfo?q=")));
            let code = authentication.expect("a provider's document has its code");
            let found = worker::look_up(&way, &rules, look_up(&rules, &handed), &ours(&handed)).await;
            let Found::There { mark: again, authentication: Some(same), .. } = found else {
                panic!("{family:?} {kind}: {found:?}")
            };
            assert_eq!((again, same), (mark, code));
            let held = simulator.with(|s| s.live()).into_iter().find(|live| live.mark == mark).unwrap();
            assert_eq!((held.kind.as_str(), held.gross), (kind, handed.invoice.gross().to_string()));
            sold.push(mark);
        }
        // 11.4 of the wash and 5.1 of the service, each by its MARK.
        let back = document(DocumentKind::Retail, "APYC", 1, vec![line("wash", 1200, 2400)]);
        let original = Original { mark: Some(sold[0]), kind: InvoiceType::RetailService };
        let retail = compose(&Issue::credit(&back, InvoiceType::RetailCredit, original), &terms()).unwrap();
        let back = document(customer(), "TPYC", 2, vec![line("wash", 12400, 2400)]);
        let original = Original { mark: Some(sold[2]), kind: InvoiceType::Service };
        let invoice = compose(&Issue::credit(&back, InvoiceType::Credit, original), &terms()).unwrap();
        for (at, credit) in [retail, invoice].into_iter().enumerate() {
            let mut credit = handed(credit);
            credit.key = format!("credit-{at}");
            let heard = worker::send(&way, &rules, send(&rules, &credit).unwrap(), &credit.key).await.heard;
            assert!(matches!(heard, News::Accepted { .. }), "{family:?}: {heard:?}");
        }
        assert_eq!(simulator.with(|s| s.live().len()), 6);
        assert!(way.exchange(look_up(&rules, &wash(99))).await.is_ok());
    }
}

/// What was handed over without a connection is told later, on another day, with the flag of a provider's client.
#[tokio::test]
async fn what_was_handed_over_without_a_connection_says_so() {
    for family in FAMILIES {
        let simulator = simulator(family, Options::default());
        let (way, rules) = (way(family, &simulator), rules(family));
        let mut late = wash(5);
        late.invoice.lost_connection = Some(LostConnection::ToProvider);
        late.invoice.identity.date = "2026-10-04".parse().unwrap();
        let request = send(&rules, &late).unwrap();
        let body = String::from_utf8(request.body.clone()).unwrap();
        let flag = ["<transmissionFailure>1<", r#""transmission_failure":1"#];
        assert!(flag.iter().any(|flag| body.contains(flag)), "{body}");
        let heard = worker::send(&way, &rules, request, &late.key).await.heard;
        assert!(matches!(heard, News::Accepted { .. }), "{family:?}: {heard:?}");
        // Without it myDATA takes today's documents alone from a provider.
        let mut unsaid = wash(6);
        unsaid.invoice.identity.date = "2026-10-04".parse().unwrap();
        let heard = worker::send(&way, &rules, send(&rules, &unsaid).unwrap(), &unsaid.key).await.heard;
        let News::Refused { errors } = heard else { panic!("{family:?}: {heard:?}") };
        assert_eq!(errors[0].code, "238");
    }
}

/// A card wants the provider's signature; where the provider gives it, the payment is told.
#[tokio::test]
async fn a_card_wants_the_providers_signature() {
    let sale = Sale { lines: vec![line("wash", 1200, 2400)], ..Sale::default() };
    let by_card = document_of(DocumentKind::Retail, "APY", 9, sale, |due| {
        vec![Tender::CardApart { amount: due, tip: Cents(0) }]
    });
    let by_card = handed(composed(&by_card, InvoiceType::RetailService));
    for family in FAMILIES {
        for (signs_cards, refused) in [(false, Some("403")), (true, None)] {
            let simulator = simulator(family, Options { signs_cards, ..Options::default() });
            let (way, rules) = (way(family, &simulator), rules(family));
            let heard = worker::send(&way, &rules, send(&rules, &by_card).unwrap(), &by_card.key).await.heard;
            let code = match &heard {
                News::Refused { errors } => Some(errors[0].code.as_str()),
                _ => None,
            };
            assert_eq!(code, refused, "{family:?}: {heard:?}");
        }
    }
}
