//! What must hold of myDATA's answers and of our myDATA, whatever bytes come.

use super::{NOW, elements, holds, independent, named, request, value};
use roxmltree::{Document, Node};
use tameio::aade::simulator::{Caller, Delivery};
use tameio::aade::transport::{HttpReply, HttpRequest};
use tameio::domain::issuing::{Issuing, News};
use tameio::mydata::reply::{Answer, TECHNICAL_BYTES_MAX};
use tameio::mydata::request::{Layout, Operation, Request, TransmittedQuery};
use tameio::mydata::simulator::{Options, Simulator};
use tameio::mydata::transmitted::Transmitted;

/// Statuses under which nothing may count as done or as refused for good.
const OTHER_STATUSES: [u16; 12] = [0, 100, 201, 204, 302, 400, 401, 403, 429, 500, 502, 999];

/// The names of the numbers in answers.
const MARKS: [(Operation, &str); 3] = [
    (Operation::Send, "invoiceMark"),
    (Operation::Cancel, "cancellationMark"),
    (Operation::Pay, "paymentMethodMark"),
];

/// An answer of myDATA: never "done" without a Success and exactly one number of that very call, never "refused" beside a
/// number, under status 200 alone, and always what an independent reader says it is.
pub fn mydata_reply(bytes: &[u8]) {
    let mut reply = HttpReply { status: 200, body: bytes.to_vec() };
    let document = independent(bytes);
    for operation in Operation::ALL {
        let answer = Answer::read(operation, &reply);
        let verdict = match &answer {
            Answer::Accepted(accepted) => {
                assert!(accepted.mark > 0);
                assert!(accepted.uid.as_ref().is_none_or(|uid| uid.as_str().len() == 40));
                assert!(accepted.qr.as_ref().is_none_or(|qr| qr.starts_with("http") && qr.is_ascii()));
                Some(Some(accepted.mark))
            }
            Answer::Refused { errors } => {
                assert!(!errors.is_empty() && errors.iter().all(|error| !error.code.is_empty()));
                Some(None)
            }
            Answer::Unknown { why, technical } => {
                assert!(!why.is_empty(), "what is unknown says what was seen");
                let short = |text: &String| text.chars().count() <= TECHNICAL_BYTES_MAX;
                assert!(technical.as_ref().is_none_or(|technical| short(&technical.text)));
                None
            }
            other => panic!("{other:?} is no answer under status 200"),
        };
        match &document {
            Some(document) => assert_eq!(verdict, judge(operation, document), "{operation:?}: {answer:?}"),
            None => assert!(verdict.is_none() || holds(bytes, &["ResponseDoc", "statusCode"])),
        }
        let sending = Issuing::Sending { again: false };
        let named = sending.after(News::from(answer.clone())).expect("an answer may come");
        assert_eq!(named.named().is_some(), matches!(answer, Answer::Accepted(_)));
        for count in [0, 1, 2, 3] {
            assert_eq!(Answer::read_each(operation, &reply, count).len(), count);
        }
    }
    for status in OTHER_STATUSES {
        reply.status = status;
        for answer in Operation::ALL.map(|operation| Answer::read(operation, &reply)) {
            assert!(!matches!(answer, Answer::Accepted(_) | Answer::Refused { .. }), "{status}: {answer:?}");
        }
    }
}

/// Accepted under a number, refused, or neither.
fn judge(operation: Operation, document: &Document<'_>) -> Option<Option<i64>> {
    let root = document.root_element();
    let responses: Vec<_> = named(root, "response").collect();
    let (true, [response]) = (root.tag_name().name() == "ResponseDoc", responses.as_slice()) else {
        return None;
    };
    let indices: Vec<_> = named(*response, "index").collect();
    let first = match indices.as_slice() {
        [] => true,
        [index] => value(*index).is_some_and(|text| text.parse() == Ok(1_usize)),
        _ => false,
    };
    let statuses: Vec<_> = named(*response, "statusCode").collect();
    let [status] = statuses.as_slice() else { return None };
    let numbers = |name: &'static str| named(*response, name).map(number).collect::<Vec<i64>>();
    match value(*status).as_deref() {
        Some("Success") => {
            let own = MARKS.into_iter().find(|(of, _)| *of == operation).map(|(_, name)| numbers(name));
            match own.as_deref() {
                Some([mark]) if *mark > 0 && first && named(*response, "errors").next().is_none() => {
                    Some(Some(*mark))
                }
                _ => None,
            }
        }
        Some("ValidationError" | "XMLSyntaxError") => {
            let none = MARKS.iter().flat_map(|(_, name)| numbers(name)).all(|mark| mark == 0);
            let errors = named(*response, "errors").flat_map(|errors| named(errors, "error"));
            let codes = errors.take(50).filter_map(|error| named(error, "code").find_map(value));
            let kept =
                |code: String| code.chars().filter(char::is_ascii_alphanumeric).take(8).collect::<String>();
            let technical = codes.map(kept).any(|code| code == "206" || code == "330");
            (none && !technical && first).then_some(None)
        }
        _ => None,
    }
}

/// What is left empty counts as 0, what is no number as -1.
fn number(node: Node<'_, '_>) -> i64 {
    let empty = elements(node).next().is_none() && value(node).is_none();
    if empty { 0 } else { value(node).and_then(|text| text.parse().ok()).unwrap_or(-1) }
}

/// A page of what was told: whole or not at all, and nothing that stands in it is passed over.
pub fn mydata_transmitted(bytes: &[u8]) {
    let mut reply = HttpReply { status: 200, body: bytes.to_vec() };
    match Transmitted::read(&reply) {
        Ok(page) => {
            assert!(holds(bytes, &["RequestedDoc"]));
            assert!(page.invoices.iter().all(|invoice| invoice.mark > 0 && invoice.cancelled_by != Some(0)));
            assert!(page.cancellations.iter().all(|end| end.mark > 0 && end.cancellation > 0));
            if let Some(document) = independent(bytes) {
                let items = |list, item| {
                    named(document.root_element(), list).flat_map(|list| named(list, item)).count()
                };
                assert_eq!(items("invoicesDoc", "invoice"), page.invoices.len());
                assert_eq!(items("cancelledInvoicesDoc", "cancelledInvoice"), page.cancellations.len());
                assert_eq!(items("paymentMethodsDoc", "paymentMethods"), page.payments.len());
            }
            let next = page.next(&TransmittedQuery { after: 7, ..TransmittedQuery::default() });
            assert_eq!(next.is_some(), page.next.is_some());
            let address = |query| Request::Transmitted(query).to_http(Layout::Production).path_and_query;
            assert!(next.is_none_or(|next| next.after == 7 && address(next).is_ascii()));
        }
        Err(answer) => assert!(!matches!(answer, Answer::Accepted(_))),
    }
    for status in OTHER_STATUSES {
        reply.status = status;
        assert!(Transmitted::read(&reply).is_err(), "a page under status {status}");
    }
}

/// Requests to our myDATA, as they are archived, `%%` on a line between one and the next. A stranger leaves nothing behind;
/// what is accepted is listed, and no two documents that hold are the same.
pub fn mydata_simulator(bytes: &[u8]) {
    let mut simulator = Simulator::new(Options { page_size: 2, ..Options::default() });
    let text: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    for request in text.split(|line| *line == b"%%").take(8).filter_map(request) {
        let accepted = simulator.counts().accepted;
        let stranger = exchange(&mut simulator, &request, &Caller::default());
        assert!(matches!(stranger.status, 200 | 401 | 404 | 405), "{}", stranger.status);
        assert_eq!(simulator.counts().accepted, accepted, "nobody's request left something behind");
        exchange(&mut simulator, &request, &Caller::demo());
    }
    let live = simulator.live();
    let mut uids: Vec<&str> = live.iter().map(|live| live.uid.as_str()).collect();
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids.len(), live.len(), "two documents hold under one UID");
    let mut query = TransmittedQuery::default();
    let mut listed = Vec::new();
    loop {
        let asked = Request::Transmitted(query.clone()).to_http(Layout::Test);
        let reply = exchange(&mut simulator, &asked, &Caller::demo());
        let page = Transmitted::read(&reply).unwrap_or_else(|answer| panic!("{answer:?} for {reply:?}"));
        let next = page.next(&query);
        listed.extend(page.invoices.into_iter().filter(|invoice| invoice.cancelled_by.is_none()));
        match next {
            Some(next) => query = next,
            None => break,
        }
    }
    let listed: Vec<i64> = listed.iter().map(|invoice| invoice.mark).collect();
    assert_eq!(listed, live.iter().map(|live| live.mark).collect::<Vec<i64>>());
    assert!(simulator.state().is_object());
}

fn exchange(simulator: &mut Simulator, request: &HttpRequest, caller: &Caller) -> HttpReply {
    match simulator.handle(NOW, request, caller) {
        Delivery::Reply { status, body, .. } => HttpReply { status, body },
        other => panic!("{other:?} without a fault"),
    }
}
