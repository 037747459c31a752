//! What our myDATA remembers and lists, and what a look-up makes of it.

use super::{accepted, answer, get, now, receipt, reply, service, simulator};
use std::collections::VecDeque;
use std::sync::Mutex;
use tameio::aade::credentials::Credentials;
use tameio::aade::simulator::clockwork::{Clockwork, Wait};
use tameio::aade::simulator::in_process::{InProcess, Shared};
use tameio::aade::simulator::store::StoreError;
use tameio::aade::simulator::{Caller, Delivery, Fault, Kind};
use tameio::aade::transport::{Exchange, HttpReply, HttpRequest, Transport};
use tameio::domain::entry::Hindrance;
use tameio::domain::issuing::Found;
use tameio::domain::money::Cents;
use tameio::domain::text::Text;
use tameio::mydata::invoice::{Binding, CardTransaction, Invoice, PaymentDetail};
use tameio::mydata::kinds::PaymentMeans;
use tameio::mydata::reply::Answer;
use tameio::mydata::request::{Cancellation, LaterPayments, Layout, Request};
use tameio::mydata::simulator::{Call, FaultRule, FaultScript, Options, Simulator};
use tameio::mydata::transmitted::Transmitted;
use tameio::mydata::worker::{Heard, Sought, cancel, look_up, look_up_payments, pay};

fn page(simulator: &mut Simulator, query: &str) -> Transmitted {
    Transmitted::read(&reply(simulator, &get(&format!("/RequestTransmittedDocs?{query}")))).unwrap()
}

fn marks(page: &Transmitted) -> Vec<i64> {
    page.invoices.iter().map(|invoice| invoice.mark).collect()
}

#[test]
fn the_cursor_is_exclusive_and_the_upper_end_is_not() {
    let mut simulator = simulator();
    let given: Vec<i64> = (1..=4).map(|number| accepted(&mut simulator, &receipt(number)).mark).collect();
    assert_eq!(given[0], 400_001_900_000_001);
    assert_eq!(marks(&page(&mut simulator, "mark=0")), given);
    let query = format!("mark={}&maxMark={}", given[0], given[2]);
    assert_eq!(marks(&page(&mut simulator, &query)), given[1..3]);
}

#[test]
fn a_list_is_narrowed_by_day_type_and_customer() {
    let mut simulator = simulator();
    let mut early = receipt(1);
    early.identity.date = "2026-10-04".parse().unwrap();
    let early = accepted(&mut simulator, &early).mark;
    let receipt = accepted(&mut simulator, &receipt(2)).mark;
    let service = accepted(&mut simulator, &service(3)).mark;
    for (query, expected) in [
        ("dateFrom=04/10/2026&dateTo=04/10/2026", vec![early]),
        ("dateFrom=04%2F10%2F2026&dateTo=05%2F10%2F2026", vec![early, receipt, service]),
        ("dateTo=05/10/2026", vec![receipt, service]),
        ("invType=2.1", vec![service]),
        ("counterVatNumber=888888880", vec![service]),
        ("counterVatNumber=123456783", vec![]),
    ] {
        assert_eq!(marks(&page(&mut simulator, &format!("mark=0&{query}"))), expected, "{query}");
    }
}

#[test]
fn a_replaced_document_is_listed_with_its_end() {
    let mut simulator = simulator();
    let first = accepted(&mut simulator, &receipt(1)).mark;
    let second = accepted(&mut simulator, &receipt(1)).mark;
    let page = page(&mut simulator, "mark=0");
    let ends: Vec<_> =
        page.invoices.iter().map(|invoice| (invoice.mark, invoice.cancelled_by.is_some())).collect();
    assert_eq!(ends, [(first, true), (second, false)]);
    assert_eq!(page.cancellations[0].mark, first);
    assert!(page.invoices[1].qr.as_ref().unwrap().contains("/TimologioQR/QRInfo?q="));
}

fn transport(simulator: &Shared<Simulator>) -> InProcess<Simulator> {
    let at_once = Clockwork::new(now, |_| -> Wait { Box::pin(std::future::ready(())) });
    InProcess::new(simulator.clone(), at_once, &Credentials::demo())
}

async fn found(simulator: &Shared<Simulator>, invoice: &Invoice) -> Found {
    let sought = Sought { identity: invoice.identity.clone(), after: 0, narrow: false };
    look_up(&transport(simulator), Layout::Production, &sought).await
}

/// On the pages of a listing the end of a document may stand after it, and what replaced it later still.
#[tokio::test]
async fn a_look_up_reads_to_the_end() {
    for page_size in [1, 2, 3, 100] {
        let shared = Shared::new(Simulator::new(Options { page_size, ..Options::default() }));
        shared.with(|s| (1..=5).for_each(|number| drop(accepted(s, &receipt(number)))));
        let second = shared.with(|s| accepted(s, &receipt(3)).mark);
        let there = found(&shared, &receipt(3)).await;
        assert!(matches!(there, Found::There { mark, .. } if mark == second), "{page_size}: {there:?}");
        assert_eq!(found(&shared, &receipt(6)).await, Found::Absent);
        let request = Request::Cancel(Cancellation { mark: second, entity_vat: None });
        assert!(matches!(shared.with(|s| answer(s, &request)), Answer::Accepted(_)));
        assert_eq!(found(&shared, &receipt(3)).await, Found::Cancelled { mark: second });
    }
}

/// Pages somebody else wrote, one after another.
struct Pages(Mutex<VecDeque<String>>);

impl Transport for Pages {
    fn exchange(&self, _: HttpRequest) -> Exchange<'_> {
        let page = self.0.lock().unwrap().pop_front().unwrap();
        Box::pin(std::future::ready(Ok(HttpReply { status: 200, body: page.into_bytes() })))
    }
}

/// One such page: documents by MARK, each perhaps with its end, and ends told apart.
type Written<'a> = (&'a [(i64, Option<i64>)], &'a [i64]);

/// What a look-up makes of such pages.
async fn found_on(pages: &[Written<'_>]) -> Found {
    let invoice = receipt(1);
    let header = "<invoiceHeader><series>APY</series><aa>1</aa><issueDate>2026-10-05</issueDate>\
                  <invoiceType>11.2</invoiceType></invoiceHeader>";
    let written = pages.iter().enumerate().map(|(number, (documents, ends))| {
        let document = |(mark, end): &(i64, Option<i64>)| {
            let end = end.map(|end| format!("<cancelledByMark>{end}</cancelledByMark>")).unwrap_or_default();
            format!("<invoice><uid>{}</uid><mark>{mark}</mark>{end}{header}</invoice>", invoice.uid())
        };
        let end = |mark: &i64| {
            format!(
                "<cancelledInvoice><invoiceMark>{mark}</invoiceMark><cancellationMark>{}</cancellationMark>\
                 </cancelledInvoice>",
                mark + 1
            )
        };
        let documents: String = documents.iter().map(document).collect();
        let ends: String = ends.iter().map(end).collect();
        let more = format!(
            "<continuationToken><nextPartitionKey>p</nextPartitionKey><nextRowKey>{number}</nextRowKey>\
             </continuationToken>"
        );
        let more = if number + 1 < pages.len() { more } else { String::new() };
        format!(
            "<RequestedDoc>{more}<invoicesDoc>{documents}</invoicesDoc>\
             <cancelledInvoicesDoc>{ends}</cancelledInvoicesDoc></RequestedDoc>"
        )
    });
    let transport = Pages(Mutex::new(written.collect()));
    let sought = Sought { identity: invoice.identity.clone(), after: 0, narrow: false };
    look_up(&transport, Layout::Production, &sought).await
}

/// The end of a document is told in two places, and either is enough; of several that hold, the latest is the one.
#[tokio::test]
async fn an_end_counts_wherever_it_is_told() {
    let there = |found: Found| match found {
        Found::There { mark, .. } => Some(mark),
        _ => None,
    };
    assert_eq!(there(found_on(&[(&[(4, None)], &[])]).await), Some(4));
    assert_eq!(found_on(&[(&[(4, Some(5))], &[])]).await, Found::Cancelled { mark: 4 });
    assert_eq!(found_on(&[(&[(4, None)], &[4])]).await, Found::Cancelled { mark: 4 });
    assert_eq!(found_on(&[(&[(4, None)], &[]), (&[], &[4])]).await, Found::Cancelled { mark: 4 });
    assert_eq!(there(found_on(&[(&[(4, None)], &[]), (&[(6, None)], &[4])]).await), Some(6));
    assert_eq!(there(found_on(&[(&[(6, None), (4, None)], &[])]).await), Some(6));
    assert_eq!(found_on(&[(&[], &[]), (&[], &[4])]).await, Found::Absent);
    // A listing that never ends is not read for ever: it repeats its page.
    let repeated = "<RequestedDoc><continuationToken><nextPartitionKey>p</nextPartitionKey>\
                    <nextRowKey>1</nextRowKey></continuationToken></RequestedDoc>";
    let transport = Pages(Mutex::new(vec![repeated.to_owned(); 3].into()));
    let sought = Sought { identity: receipt(1).identity, after: 0, narrow: false };
    let found = look_up(&transport, Layout::Production, &sought).await;
    assert!(matches!(found, Found::Incomplete { hindrance: Hindrance::Link, .. }), "{found:?}");
}

#[tokio::test]
async fn a_look_up_that_breaks_off_says_what_stood_in_the_way() {
    for (kind, hindrance) in [
        (Kind::Lose, Hindrance::Link),
        (Kind::Refuse, Hindrance::Link),
        (Kind::Status { status: 503 }, Hindrance::Link),
        (Kind::CutXml, Hindrance::Link),
        (Kind::Technical, Hindrance::Link),
        (Kind::Throttle, Hindrance::Throttled),
        (Kind::Unauthorized, Hindrance::Credentials),
        (Kind::BadRequest, Hindrance::Refused),
    ] {
        let shared = Shared::new(Simulator::new(Options { page_size: 1, ..Options::default() }));
        shared.with(|s| (1..=3).for_each(|number| drop(accepted(s, &receipt(number)))));
        let second_page = FaultRule { page_above: Some(1), ..FaultRule::always(Fault::new(kind, false)) };
        let rule = FaultRule { call: Some(Call::RequestTransmittedDocs), ..second_page };
        shared.with(|s| s.set_faults(FaultScript { rules: vec![rule], ..FaultScript::default() }));
        let broken = found(&shared, &receipt(1)).await;
        assert!(
            matches!(broken, Found::Incomplete { hindrance: h, .. } if h == hindrance),
            "{kind:?} {broken:?}"
        );
    }
}

#[tokio::test]
async fn a_cancellation_goes_out_and_comes_back() {
    let shared = Shared::new(simulator());
    let mark = shared.with(|s| accepted(s, &receipt(1)).mark);
    let tried = cancel(&transport(&shared), Layout::Test, mark).await;
    assert!(tried.reply.starts_with("200\n\n"), "{}", tried.reply);
    assert_eq!(tried.heard, Heard::Done { mark: mark + 1 });
    assert!(shared.with(|s| s.live().is_empty()));
    let again = cancel(&transport(&shared), Layout::Test, mark).await.heard;
    assert!(matches!(again, Heard::Refused { errors } if errors[0].code == "251"));
}

/// Of a cancellation whose answer was lost, the look-up says whether it was done.
#[tokio::test]
async fn a_cancellation_in_doubt_is_looked_up() {
    for (kind, stored) in [(Kind::Lose, true), (Kind::Lose, false), (Kind::CutXml, true)] {
        let shared = Shared::new(simulator());
        let mark = shared.with(|s| accepted(s, &receipt(1)).mark);
        let rules = vec![FaultRule::nth(Call::CancelInvoice, 1, Fault::new(kind, stored))];
        shared.with(|s| s.set_faults(FaultScript { rules, ..FaultScript::default() }));
        let heard = cancel(&transport(&shared), Layout::Production, mark).await.heard;
        assert!(matches!(heard, Heard::Unknown { .. }), "{heard:?}");
        let is_gone = found(&shared, &receipt(1)).await == Found::Cancelled { mark };
        assert_eq!(is_gone, stored, "{kind:?}");
    }
    for kind in [Kind::Refuse, Kind::Throttle, Kind::Unauthorized] {
        let shared = Shared::new(simulator());
        let mark = shared.with(|s| accepted(s, &receipt(1)).mark);
        let rules = vec![FaultRule::always(Fault::new(kind, false))];
        shared.with(|s| s.set_faults(FaultScript { rules, ..FaultScript::default() }));
        let heard = cancel(&transport(&shared), Layout::Production, mark).await.heard;
        assert!(matches!(heard, Heard::NotDone { .. }), "{heard:?}");
    }
}

#[tokio::test]
async fn payments_in_doubt_are_looked_up() {
    for stored in [true, false] {
        let shared = Shared::new(Simulator::new(Options { page_size: 1, ..Options::default() }));
        let mark = shared.with(|s| accepted(s, &service(1)).mark);
        shared.with(|s| accepted(s, &service(2)));
        let rules = vec![FaultRule::nth(Call::SendPaymentsMethod, 1, Fault::new(Kind::Lose, stored))];
        shared.with(|s| s.set_faults(FaultScript { rules, ..FaultScript::default() }));
        let token = Binding::FiscalMachine { author: Text::new("CFA18001243"), session: Text::new("000123") };
        let card = Some(CardTransaction { bound_by: Some(token), ..CardTransaction::default() });
        let (means, amount) = (PaymentMeans::Card, Cents(12_400));
        let detail = PaymentDetail { means, amount, tip: Cents::ZERO, card };
        let payments = LaterPayments::new(mark, vec![detail]).unwrap();
        let heard = pay(&transport(&shared), Layout::Production, payments).await.heard;
        assert!(matches!(heard, Heard::Unknown { .. }), "{heard:?}");
        let told = look_up_payments(&transport(&shared), Layout::Production, mark, 0).await.unwrap();
        assert_eq!(told, stored.then_some(mark + 2));
        let other = look_up_payments(&transport(&shared), Layout::Production, mark + 1, 0).await.unwrap();
        assert_eq!(other, None);
    }
}

#[test]
fn documents_survive_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mydata");
    let (first, second) = {
        let mut simulator = Simulator::open(Options::default(), &file).unwrap();
        (accepted(&mut simulator, &receipt(1)).mark, accepted(&mut simulator, &receipt(1)).mark)
    };
    let mut simulator = Simulator::open(Options::default(), &file).unwrap();
    assert_eq!(marks(&page(&mut simulator, "mark=0")), [first, second]);
    assert_eq!(simulator.live()[0].mark, second);
    assert!(accepted(&mut simulator, &receipt(2)).mark > second, "no MARK is given twice");
    let registry = tameio::aade::simulator::Simulator::open(Default::default(), &file);
    assert!(matches!(registry, Err(StoreError::Foreign)), "the registry's simulator leaves it alone");
}

#[test]
fn a_qr_leads_to_a_page_about_its_document() {
    let mut simulator = simulator();
    simulator.options_mut().qr_base = "http://127.0.0.1:1".to_owned();
    let qr = accepted(&mut simulator, &receipt(1)).qr.unwrap();
    let path = qr.strip_prefix("http://127.0.0.1:1").unwrap();
    let page = reply(&mut simulator, &get(path));
    let text = String::from_utf8(page.body).unwrap();
    assert!(text.contains("11.2 APY 1 of 2026-10-05, 12.00 €: valid"), "{text}");
    assert_eq!(reply(&mut simulator, &get("/TimologioQR/QRInfo?q=AAAA")).status, 404);
}

#[test]
fn every_fault_strikes_as_it_says() {
    let nothing_stored = [Kind::Throttle, Kind::Unauthorized, Kind::BadRequest, Kind::Refuse];
    let either = [
        Kind::Lose,
        Kind::Status { status: 500 },
        Kind::Technical,
        Kind::CutXml,
        Kind::Garbage,
        Kind::Html,
        Kind::Json,
        Kind::Empty,
    ];
    let all = nothing_stored.map(|kind| (kind, false)).into_iter();
    let all = all.chain(either.into_iter().flat_map(|kind| [(kind, true), (kind, false)]));
    for (kind, stored) in all.chain([(Kind::Slow, true)]) {
        let mut simulator = simulator();
        let rules = vec![FaultRule::nth(Call::SendInvoices, 1, Fault::new(kind, stored))];
        simulator.set_faults(FaultScript { rules, ..FaultScript::default() });
        let request = Request::Send(vec![receipt(1)]);
        let http = request.to_http(Layout::Production);
        let delivery = simulator.handle(now(), &http, &Caller::demo());
        assert_eq!(simulator.live().len(), usize::from(stored), "{kind:?} {stored}");
        if let Delivery::Reply { status, body, .. } = delivery {
            let reply = HttpReply { status, body };
            let answer = Answer::read(request.operation(), &reply);
            assert_eq!(matches!(answer, Answer::Accepted(_)), kind == Kind::Slow, "{kind:?}: {answer:?}");
            assert!(!matches!(answer, Answer::Refused { .. }), "{kind:?}: {answer:?}");
        }
    }
}
