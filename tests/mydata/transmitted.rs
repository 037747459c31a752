//! What myDATA holds, as it lists it: pages are believed whole or not at all.

use super::{receipt, reference};
use tameio::aade::transport::HttpReply;
use tameio::domain::money::Cents;
use tameio::mydata::reply::Answer;
use tameio::mydata::request::{Continuation, TransmittedQuery};
use tameio::mydata::transmitted::{ListedCancellation, Transmitted};

fn read(body: &str) -> Result<Transmitted, Answer> {
    Transmitted::read(&HttpReply { status: 200, body: body.as_bytes().to_vec() })
}

fn invoice(more: &str, header: &str) -> String {
    format!(
        "<invoice>{more}<issuer><vatNumber>999999993</vatNumber><country>GR</country><branch>0</branch></issuer>\
         <invoiceHeader>{header}</invoiceHeader></invoice>"
    )
}

const HEADER: &str =
    "<series>APY</series><aa>1</aa><issueDate>2026-10-05</issueDate><invoiceType>11.2</invoiceType>";

fn listed(item: &str) -> String {
    format!(
        "<RequestedDoc xmlns=\"http://www.aade.gr/myDATA/invoice/v1.0\"><invoicesDoc>{item}</invoicesDoc></RequestedDoc>"
    )
}

#[test]
fn the_example_is_read() {
    let Some(folder) = reference("examples/mydata") else { return };
    let page =
        read(&std::fs::read_to_string(folder.join("requested-transmitted-docs.xml")).unwrap()).unwrap();
    let [document] = page.invoices.as_slice() else { panic!("{page:?}") };
    assert_eq!(document.uid.as_ref().unwrap().as_str(), "E2824FD44D7731A43197EB725F0A68CA175FE0B0");
    assert_eq!((document.mark, document.gross), (400_001_951_234_567, Some(Cents(1200))));
    let date = Some("2026-10-05".parse().unwrap());
    let cancellation =
        ListedCancellation { mark: 400_001_951_234_500, cancellation: 400_001_951_239_999, date };
    assert_eq!((page.cancellations, page.next), (vec![cancellation], None));
}

#[test]
fn a_document_is_known_by_its_uid_or_by_every_field() {
    let ours = receipt(1).identity;
    let uid = format!("<uid>{}</uid><mark>4</mark>", ours.uid());
    let document =
        |more: &str, header: &str| read(&listed(&invoice(more, header))).unwrap().invoices.remove(0);
    assert!(document(&uid, HEADER).is(&ours));
    assert!(document("<mark>4</mark>", HEADER).is(&ours));
    for (from, to) in [("APY", "APX"), ("<aa>1", "<aa>11"), ("2026-10-05", "2026-10-04"), ("11.2", "11.1")] {
        assert!(!document("<mark>4</mark>", &HEADER.replace(from, to)).is(&ours), "{to}");
    }
    for (from, to) in [("<branch>0", "<branch>1"), ("999999993", "888888880"), ("<branch>0</branch>", "")] {
        let elsewhere = listed(&invoice("<mark>4</mark>", HEADER)).replace(from, to);
        assert!(!read(&elsewhere).unwrap().invoices[0].is(&ours), "{to}");
    }
}

#[test]
fn what_cannot_be_named_makes_the_page_unreadable() {
    assert!(read(&listed(&invoice("<mark>4</mark>", HEADER))).is_ok());
    for bad in [
        listed(&invoice("", HEADER)),
        listed(&invoice("<mark>0</mark>", HEADER)),
        listed(&invoice("<mark>x</mark>", HEADER)),
        listed(&invoice("<mark>4</mark><cancelledByMark/>", HEADER)),
        listed(&invoice("<mark>4</mark>", "<series>A</series>")),
        listed("<invoice><mark>4</mark></invoice>"),
        "<RequestedDoc><surprise/></RequestedDoc>".to_owned(),
        "<RequestedDoc>text</RequestedDoc>".to_owned(),
        "<RequestedDoc><continuationToken><nextRowKey>1</nextRowKey></continuationToken></RequestedDoc>".to_owned(),
        "<RequestedDoc><cancelledInvoicesDoc><cancelledInvoice><invoiceMark>4</invoiceMark></cancelledInvoice>\
         </cancelledInvoicesDoc></RequestedDoc>"
            .to_owned(),
        "<html/>".to_owned(),
        listed(&invoice("<mark>4</mark>", HEADER)).replace("</RequestedDoc>", ""),
    ] {
        assert!(matches!(read(&bad), Err(Answer::Unknown { .. })), "{bad}");
    }
}

#[test]
fn an_empty_list_is_a_list() {
    for empty in [
        "<RequestedDoc/>",
        "<RequestedDoc><invoicesDoc/></RequestedDoc>",
        "<RequestedDoc><continuationToken><nextPartitionKey/><nextRowKey></nextRowKey></continuationToken></RequestedDoc>",
    ] {
        assert_eq!(read(empty), Ok(Transmitted::default()), "{empty}");
    }
}

#[test]
fn the_next_page_is_asked_with_both_keys() {
    let page = read(
        "<RequestedDoc><continuationToken><nextPartitionKey>a</nextPartitionKey><nextRowKey>b</nextRowKey>\
         </continuationToken></RequestedDoc>",
    )
    .unwrap();
    let query = TransmittedQuery { after: 7, ..TransmittedQuery::default() };
    let next = Continuation { partition: "a".to_owned(), row: "b".to_owned() };
    assert_eq!(page.next(&query), Some(TransmittedQuery { next: Some(next), ..query.clone() }));
    assert_eq!(Transmitted::default().next(&query), None);
}

#[test]
fn a_refused_question_is_no_list() {
    let refused = "<ResponseDoc><response><errors><error><message>x</message><code>105</code></error></errors>\
                   <statusCode>ValidationError</statusCode></response></ResponseDoc>";
    assert!(matches!(read(refused), Err(Answer::Refused { errors }) if errors[0].code == "105"));
    let yes = "<ResponseDoc><response><invoiceMark>4</invoiceMark><statusCode>Success</statusCode></response></ResponseDoc>";
    assert!(matches!(read(yes), Err(Answer::Unknown { .. })));
    for (status, expected) in [(401, Answer::Unauthorized), (429, Answer::Throttled)] {
        assert_eq!(Transmitted::read(&HttpReply { status, body: Vec::new() }), Err(expected));
    }
}
