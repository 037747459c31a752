//! What our myDATA asks of documents that know of each other, of channels and of later calls.

use super::{
    accepted, answer, codes, codes_of, composed, customer, document, line, now, post, receipt, reply,
    service, simulator, terms,
};
use tameio::aade::simulator::{Account, Caller, Delivery};
use tameio::domain::document::DocumentKind;
use tameio::domain::money::Cents;
use tameio::domain::text::Text;
use tameio::mydata::compose::compose;
use tameio::mydata::invoice::{Binding, CardTransaction, Invoice, PaymentDetail};
use tameio::mydata::issue::{Issue, Original};
use tameio::mydata::kinds::{InvoiceType, PaymentMeans};
use tameio::mydata::reply::Answer;
use tameio::mydata::request::{Cancellation, LaterPayments, Operation, Request};
use tameio::mydata::simulator::{Options, Simulator};

const PATH: &str = "/SendInvoices";
const PROVIDER: &str = "/myDataProvider/SendInvoices";

fn credit_of(mark: i64, number: u64, cents: i64) -> Invoice {
    let back = document(customer(), "PIS", number, vec![line("wash", cents, 2400)]);
    let original = Original { mark: Some(mark), kind: InvoiceType::Service };
    compose(&Issue::credit(&back, InvoiceType::Credit, original), &terms()).unwrap()
}

fn cancel(simulator: &mut Simulator, mark: i64) -> Vec<String> {
    codes_of(answer(simulator, &Request::Cancel(Cancellation { mark, entity_vat: None })))
}

fn sent(simulator: &mut Simulator, invoice: &Invoice) -> Vec<String> {
    codes(simulator, PATH, &Invoice::document(std::slice::from_ref(invoice)))
}

#[test]
fn a_credit_names_a_document_it_can_take_back() {
    let mut simulator = simulator();
    let mark = accepted(&mut simulator, &service(1)).mark;
    let retail = accepted(&mut simulator, &receipt(1)).mark;
    assert_eq!(sent(&mut simulator, &credit_of(mark + 77, 1, 12_400)), ["320"]);
    assert_eq!(sent(&mut simulator, &credit_of(retail, 1, 1_200)), ["313", "322"]);
    let mut another = credit_of(mark, 1, 12_400);
    another.counterpart.as_mut().unwrap().afm = "123456783".to_owned();
    assert_eq!(sent(&mut simulator, &another), ["318"]);
    assert_eq!(sent(&mut simulator, &credit_of(mark, 1, 12_402)), ["319"]);
    assert_eq!(sent(&mut simulator, &credit_of(mark, 1, 6_200)), Vec::<String>::new());
    // The same credit again replaces itself, and counts once.
    assert_eq!(sent(&mut simulator, &credit_of(mark, 1, 12_400)), Vec::<String>::new());
    assert_eq!(sent(&mut simulator, &credit_of(mark, 2, 2)), ["319"]);
}

#[test]
fn what_others_refer_to_is_neither_replaced_nor_cancelled() {
    let mut simulator = simulator();
    let mark = accepted(&mut simulator, &service(1)).mark;
    let credit = accepted(&mut simulator, &credit_of(mark, 1, 12_400)).mark;
    assert_eq!(sent(&mut simulator, &service(1)), ["259"]);
    assert_eq!(cancel(&mut simulator, mark), ["255"]);
    assert_eq!(cancel(&mut simulator, credit), Vec::<String>::new());
    assert_eq!(cancel(&mut simulator, mark), Vec::<String>::new());
    assert_eq!(cancel(&mut simulator, mark), ["251"]);
    assert_eq!(sent(&mut simulator, &credit_of(mark, 2, 12_400)), ["320"]);
}

#[test]
fn the_same_document_again_replaces_the_first() {
    let mut simulator = simulator();
    let first = accepted(&mut simulator, &receipt(1)).mark;
    let second = accepted(&mut simulator, &receipt(1)).mark;
    assert!(second > first);
    let live = simulator.live();
    assert_eq!((live.len(), live[0].mark), (1, second));
    assert_eq!(simulator.counts().replaced, 1);
    assert_eq!(cancel(&mut simulator, first), ["251"]);
    // Between them stands the cancellation, which is no document.
    assert_eq!(cancel(&mut simulator, second + 1), ["252"]);
    assert_eq!(cancel(&mut simulator, second + 9), ["104"]);
}

#[test]
fn one_message_may_not_hold_a_document_twice() {
    let mut simulator = simulator();
    let invoices = [receipt(1), receipt(2), receipt(1)];
    let xml = Invoice::document(&invoices);
    let reply = reply(&mut simulator, &post(PATH, &xml));
    let answers = Answer::read_each(Operation::Send, &reply, 3);
    let [Answer::Accepted(_), Answer::Accepted(_), Answer::Refused { errors }] = answers.as_slice() else {
        panic!("{answers:?}")
    };
    assert_eq!(errors[0].code, "275");
    assert_eq!(simulator.live().len(), 2, "what was accepted beside it stays");
}

#[test]
fn some_are_accepted_and_others_refused() {
    let mut simulator = simulator();
    let xml = Invoice::document(&[receipt(1), receipt(2), receipt(3)]).replacen("<aa>2<", "<aa>x<", 1);
    let reply = reply(&mut simulator, &post(PATH, &xml));
    let answers = Answer::read_each(Operation::Send, &reply, 3);
    assert!(
        matches!(answers.as_slice(), [Answer::Accepted(_), Answer::Refused { .. }, Answer::Accepted(_)]),
        "{answers:?}"
    );
}

#[test]
fn providers_have_rules_of_their_own() {
    let mut simulator = simulator();
    let good = Invoice::document(&[receipt(1)]);
    let accepted = Answer::read(Operation::Send, &reply(&mut simulator, &post(PROVIDER, &good)));
    let Answer::Accepted(accepted) = accepted else { panic!("{accepted:?}") };
    assert!(accepted.authentication.is_some());
    assert_eq!(codes(&mut simulator, PROVIDER, &good), ["233"]);
    assert_eq!(cancel(&mut simulator, accepted.mark), ["249"]);
    let yesterday = good.replace("2026-10-05", "2026-10-04");
    assert_eq!(codes(&mut simulator, PROVIDER, &yesterday), ["238"]);
    let flagged = yesterday.replace("<issuer>", "<transmissionFailure>1</transmissionFailure><issuer>");
    assert_eq!(codes(&mut simulator, PROVIDER, &flagged), Vec::<String>::new());
    let card = Invoice::document(&[receipt(2)]).replace("<type>3<", "<type>7<");
    assert_eq!(codes(&mut simulator, PROVIDER, &card), ["403"]);
    let token = "</amount><ECRToken><SigningAuthor>CFA18001243</SigningAuthor>\
                 <SessionNumber>000123</SessionNumber></ECRToken>";
    assert_eq!(codes(&mut simulator, PROVIDER, &card.replacen("</amount>", token, 1)), ["403", "405"]);
    let iris = "</amount><ProvidersSignature><SigningAuthor>999</SigningAuthor><Signature>x</Signature>\
                <EndToEndReferenceID>y</EndToEndReferenceID></ProvidersSignature>";
    assert_eq!(codes(&mut simulator, PROVIDER, &card.replacen("</amount>", iris, 1)), ["409"]);
    let cancelled = reply(&mut simulator, &post("/myDataProvider/CancelInvoice?mark=1", ""));
    assert_eq!(cancelled.status, 404, "there is no cancelling on this channel");
}

#[test]
fn a_token_is_asked_for_where_the_switch_says_so() {
    let mut simulator = Simulator::new(Options { wants_token: true, ..Options::default() });
    let card = Invoice::document(&[receipt(1)]).replace("<type>3<", "<type>7<");
    assert_eq!(codes(&mut simulator, PATH, &card), ["406"]);
    assert_eq!(codes(&mut super::simulator(), PATH, &card), Vec::<String>::new());
}

fn by_card(cents: i64, with_token: bool) -> PaymentDetail {
    let token = Binding::FiscalMachine { author: Text::new("CFA18001243"), session: Text::new("000123") };
    PaymentDetail {
        means: PaymentMeans::Card,
        amount: Cents(cents),
        tip: Cents::ZERO,
        card: Some(CardTransaction { bound_by: with_token.then_some(token), ..CardTransaction::default() }),
    }
}

#[test]
fn later_payments_are_by_card_and_bound() {
    let mut simulator = simulator();
    let mark = accepted(&mut simulator, &service(1)).mark;
    let mut pay = |mark, detail| {
        let request = Request::Pay(LaterPayments::new(mark, vec![detail]).unwrap());
        codes_of(answer(&mut simulator, &request))
    };
    assert_eq!(pay(mark, by_card(12_400, true)), Vec::<String>::new());
    assert_eq!(pay(mark, by_card(12_400, false)), ["406"]);
    assert_eq!(pay(mark, by_card(12_401, true)), ["407"]);
    assert_eq!(pay(mark + 50, by_card(12_400, true)), ["104"]);
    let cash = PaymentDetail { means: PaymentMeans::Cash, card: None, ..by_card(12_400, false) };
    assert!(LaterPayments::new(mark, vec![cash]).is_err());
    let good = Request::Pay(LaterPayments::new(mark, vec![by_card(12_400, true)]).unwrap()).body();
    let in_cash = good.replace("<inv:type>7<", "<inv:type>3<");
    let reply = reply(&mut simulator, &post("/SendPaymentsMethod", &in_cash));
    assert_eq!(codes_of(Answer::read(Operation::Pay, &reply)), ["402"]);
}

#[test]
fn who_calls_must_be_known() {
    let mut simulator = simulator();
    let request = Request::Send(vec![receipt(1)]).to_http(tameio::mydata::request::Layout::Test);
    let demo = Caller::demo();
    for caller in [
        Caller { user: None, ..demo.clone() },
        Caller { key: None, ..demo.clone() },
        Caller { key: Some("x".to_owned()), ..demo.clone() },
    ] {
        let Delivery::Reply { status, .. } = simulator.handle(now(), &request, &caller) else { panic!() };
        assert_eq!(status, 401);
    }
    assert!(simulator.live().is_empty());
}

#[test]
fn nobody_speaks_for_another_without_a_mandate() {
    let account =
        |user: &str, afm: &str| Account { user: user.to_owned(), key: user.to_owned(), afm: afm.to_owned() };
    let accounts = vec![account("demo", "888888880"), account("other", "999999993")];
    let options = Options { accounts, ..Options::default() };
    let mut simulator = Simulator::new(options.clone());
    assert_eq!(sent(&mut simulator, &receipt(1)), ["105"]);
    let mandates = [("888888880".to_owned(), "999999993".to_owned())].into();
    let mut simulator = Simulator::new(Options { mandates, ..options });
    let mark = accepted(&mut simulator, &receipt(1)).mark;
    assert_eq!(cancel(&mut simulator, mark), ["248"]);
    let entity_vat = Some(Text::new("999999993"));
    let request = Request::Cancel(Cancellation { mark, entity_vat });
    assert_eq!(codes_of(answer(&mut simulator, &request)), Vec::<String>::new());
    let inactive = ["999999993".to_owned()].into();
    let mut simulator = Simulator::new(Options { inactive, ..Options::default() });
    assert_eq!(sent(&mut simulator, &receipt(1)), ["102"]);
}

#[test]
fn what_is_missing_from_a_call_is_said_by_http() {
    let mut simulator = simulator();
    for (request, status) in [
        (post("/CancelInvoice", ""), 400),
        (super::get("/RequestTransmittedDocs"), 400),
        (super::get("/RequestTransmittedDocs?mark=x"), 400),
        (super::get("/RequestTransmittedDocs?mark=0&dateFrom=2026-10-05"), 400),
        (super::get("/RequestTransmittedDocs?mark=0&nextRowKey=1"), 400),
        (super::get("/SendInvoices"), 405),
        (post("/RequestTransmittedDocs?mark=0", ""), 405),
        (post("/SendInvoices", ""), 400),
        (post("/SendNothing", ""), 404),
        (post("/DCL/SendInvoices", ""), 404),
    ] {
        assert_eq!(reply(&mut simulator, &request).status, status, "{}", request.path_and_query);
    }
}

#[test]
fn a_retail_credit_may_name_its_receipt() {
    let mut simulator = simulator();
    let mark = accepted(&mut simulator, &receipt(1)).mark;
    let back = document(DocumentKind::Retail, "PISL", 1, vec![line("wash", 1200, 2400)]);
    let original = Original { mark: Some(mark), kind: InvoiceType::RetailService };
    let credit = compose(&Issue::credit(&back, InvoiceType::RetailCredit, original), &terms()).unwrap();
    accepted(&mut simulator, &credit);
    assert_eq!(sent(&mut simulator, &receipt(1)), ["259"]);
    assert_eq!(composed(&back, InvoiceType::RetailService).connected, Vec::<i64>::new());
}
