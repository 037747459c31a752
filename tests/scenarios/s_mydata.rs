//! A car park issues its receipts through myDATA itself: one document for each sale, whatever happens on the way; a paper in
//! the customer's hand whatever happens; and a way out of everything that stands on the list.

use crate::mydata::schema::must_be_valid_if_there;
use crate::world::{World, alone, card, cash, person};
use tameio::aade::simulator::state::EntryState;
use tameio::aade::simulator::{Fault, Kind};
use tameio::app::effect::Notice;
use tameio::app::input::{DocumentInput, Input, PaperInput, RegistryInput, TillInput, TypedName};
use tameio::app::refusal::Refusal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::document::{Document, DocumentName};
use tameio::domain::ids::VisitId;
use tameio::domain::issuing::{HandedOver, Issuing};
use tameio::domain::settings::{Settings, Trade};
use tameio::mydata::simulator::{Call, FaultRule, FaultScript};
use tameio::store::archive;

const LOST: &str = "Απώλεια Διασύνδεσης";

fn settings() -> Settings {
    Config::practice(Trade::Parking).expect("practice is good").settings
}

/// A stay of less than an hour, ready to be paid: 4.00 by the practice tariff.
fn stays(world: &mut World, plate: &str) -> VisitId {
    let visit = world.comes(plate, Size::Small);
    world.pass(1_200);
    visit
}

fn only(world: &World) -> Document {
    let mut documents = world.documents();
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

fn state_of(document: &Document) -> &Issuing {
    &document.at_issuer.as_ref().expect("it goes to myDATA").state
}

fn faults(world: &mut World, rules: Vec<FaultRule>) {
    world.site().mydata().with(|mydata| mydata.set_faults(FaultScript { rules, ..FaultScript::default() }));
}

/// Whole receipts that came out, and slips.
fn papers(world: &World) -> (Vec<String>, usize) {
    let papers = world.papers();
    let slips = papers.iter().filter(|paper| paper.contains("ΕΝΗΜΕΡΩΤΙΚΟ ΣΗΜΕΙΩΜΑ")).count();
    (papers.into_iter().filter(|paper| paper.contains("ΑΠΟΔΕΙΞΗ ΠΑΡΟΧΗΣ")).collect(), slips)
}

/// The bodies of the documents that were sent, in order.
fn sent(world: &mut World) -> Vec<String> {
    let mut sent = Vec::new();
    archive::each(world.site().terminal().store().connection(), |tried| {
        if let Some((_, body)) = tried.request.split_once("SendInvoices\n\n") {
            sent.push(body.to_owned());
        }
    })
    .expect("the archive can be read");
    sent
}

/// One document at myDATA for each of ours, under the MARK we hold, and the entries know it; every request was in AADE's form.
fn finish(world: &mut World) {
    world.network(true);
    world.pass(5);
    world.drain();
    let documents = world.documents();
    let live = world.site().mydata().with(|mydata| mydata.live());
    assert_eq!(live.len(), documents.len(), "one document there for each here: {live:?}");
    for document in &documents {
        let there = live.iter().find(|live| live.number == document.number.to_string()).expect("it is there");
        assert_eq!(document.name, Some(DocumentName::Mark { mark: there.mark }));
        assert_eq!(there.gross, document.totals.gross.to_string());
        let entry = world.entry_of(document.issued_for.subject().visit().expect("a visit"));
        assert!(!entry.correlations.is_empty(), "the registry knows the document");
    }
    assert_eq!(world.site().mydata().with(|mydata| mydata.counts().replaced), 0, "nothing was sent blindly");
    for body in sent(world) {
        must_be_valid_if_there(body.as_bytes());
    }
    world.check();
}

#[test]
fn a_receipt_comes_out_with_its_qr() {
    let mut world = World::with(settings());
    let visit = stays(&mut world, "ΥΖΒ-3307");
    world.pays(visit, &[cash("10.00")]);
    assert!(
        matches!(state_of(&only(&world)), Issuing::Sending { again: false }),
        "written down before a byte left"
    );
    world.pass(3);
    let document = only(&world);
    let Some(DocumentName::Mark { mark }) = document.name else { panic!("{document:?}") };
    assert!(document.qr.as_ref().is_some_and(|qr| qr.contains("/TimologioQR/QRInfo?q=")));
    let (receipts, slips) = papers(&world);
    assert_eq!((receipts.len(), slips), (1, 0));
    for words in [&mark.to_string(), "ΥΖΒ-3307", "4,00", "Σειρά / Αρ.", "A 1"] {
        assert!(receipts[0].contains(words), "{words}: {}", receipts[0]);
    }
    assert!(!receipts[0].contains(LOST));
    let kinds = world.site().mydata().with(|mydata| mydata.live()[0].kind.clone());
    assert_eq!(kinds, "11.2");
    world.leaves(visit);
    finish(&mut world);
    let entry = world.entry_of(visit);
    assert_eq!(entry.state, EntryState::Completed);
    let completed = world.told(&entry).pop().expect("a completion");
    assert_eq!(
        completed.get("invoiceKind"),
        Some("1"),
        "a retail document with a MARK, not a fiscal machine's"
    );
}

/// The server takes the document and drops the connection: it is found, and keeps its MARK.
#[test]
fn an_answer_that_is_lost_is_asked_for() {
    for stored in [true, false] {
        for kind in [Kind::Lose, Kind::Status { status: 500 }, Kind::CutXml] {
            let mut world = World::with(settings());
            faults(&mut world, vec![FaultRule::nth(Call::SendInvoices, 1, Fault::new(kind, stored))]);
            let visit = stays(&mut world, "ΝΚΟ-9154");
            world.pays(visit, &[card("4.00")]);
            world.pass(30);
            world.leaves(visit);
            let (receipts, slips) = papers(&world);
            assert_eq!((receipts.len(), slips), (1, 0), "{kind:?}: one paper within the wait");
            finish(&mut world);
            let requests = world.site().mydata().with(|mydata| mydata.counts().requests.clone());
            assert_eq!(requests[&Call::SendInvoices], if stored { 1 } else { 2 }, "{kind:?}");
            assert_eq!(papers(&world).0.len(), 1, "never a second original");
            let told = sent(&mut world);
            let flagged = told.last().is_some_and(|body| body.contains("<transmissionFailure>3<"));
            assert_eq!(flagged, !stored, "what was handed over without its QR says so when it is told later");
        }
    }
}

#[test]
fn hours_without_a_line_and_every_receipt_is_told_once() {
    let mut world = World::with(settings());
    world.site().set_issuer_network(false);
    for number in 0..12 {
        let visit = stays(&mut world, &format!("ΥΖΒ-{}", 3_300 + number * 7));
        world.pays(visit, &[cash("4.00")]);
        world.pass(6);
        let (receipts, slips) = papers(&world);
        assert_eq!((receipts.len(), slips), (number + 1, 0), "nobody waits longer than five seconds");
        assert!(receipts[number].contains(LOST), "{}", receipts[number]);
        world.leaves(visit);
        world.pass(1_200);
    }
    // A look-up proves something only with the line; the program may be killed meanwhile.
    world.crash();
    world.pass(2 * 3_600);
    world.site().set_issuer_network(true);
    world.pass(400);
    finish(&mut world);
    let told = sent(&mut world);
    let last: Vec<&String> = told.iter().rev().take(12).collect();
    assert!(last.iter().all(|body| body.contains("<transmissionFailure>3<")));
    assert_eq!(
        papers(&world).0.len(),
        12,
        "what was handed over is the original: nothing is printed again by itself"
    );
    // A copy shows the MARK it has by now, and says that it is one.
    let document = world.documents()[0].clone();
    world.act(Input::Paper(PaperInput::Print {
        paper: tameio::domain::paper::Paper::Receipt { document: document.id, copy: 0 },
    }));
    world.pass(3);
    let (receipts, _) = papers(&world);
    let copy = receipts.last().expect("a copy");
    assert!(copy.contains("ΑΝΤΙΓΡΑΦΟ 1") && copy.contains("4000019") && copy.contains(LOST), "{copy}");
}

/// Killed at every point that matters: before the answer is read, while it is looked up, after it is named and before the
/// paper is out.
#[test]
fn kills_leave_one_document() {
    for stored in [true, false] {
        for after_ms in [0, 100, 250, 2_300, 61_000, 63_000] {
            let mut world = World::with(settings());
            world.act(Input::Till(TillInput::OpenShift {
                float: tameio::domain::money::Cents(5_000),
                operator: person("A"),
            }));
            faults(&mut world, vec![FaultRule::nth(Call::SendInvoices, 1, Fault::new(Kind::Lose, stored))]);
            let visit = stays(&mut world, "ΙΗΖ-4821");
            world.pays(visit, &[cash("10.00")]);
            let until = tameio::domain::time::Stamp::new(
                world.site().now().utc + jiff::SignedDuration::from_millis(after_ms),
            );
            world.site().run_until(until).expect("time passes");
            world.crash();
            let again =
                Input::Pay { visit, tenders: vec![cash("10.00")], invoice_to: None, operator: person("A") };
            let said = world.act(again);
            assert!(matches!(said.as_slice(), [Notice::Refused(Refusal::Step(_))]), "{said:?}");
            world.crash();
            world.pass(90);
            let jobs: Vec<_> = world.site().state().papers.keys().copied().collect();
            for job in jobs {
                world.act(Input::Paper(PaperInput::Judge { job, complete: true, operator: person("A") }));
            }
            world.leaves(visit);
            finish(&mut world);
            let document = only(&world);
            assert_eq!((document.number, document.payment.change.0), (1, 600));
            let shift = world.site().state().shift.clone().expect("a shift");
            assert_eq!(shift.expected_cash().0, 5_400);
        }
    }
}

/// AADE answers, and does not take it: that is no lost connection, and nothing says that it is one.
#[test]
fn refused_credentials_are_no_lost_connection() {
    let mut world = World::with(settings());
    faults(&mut world, vec![FaultRule::always(Fault::new(Kind::Unauthorized, false))]);
    let visit = stays(&mut world, "ΙΗΖ-4821");
    world.pays(visit, &[cash("4.00")]);
    world.pass(10);
    let (receipts, slips) = papers(&world);
    assert_eq!((receipts.len(), slips), (0, 1), "a slip that says that the receipt is not issued yet");
    let handed = only(&world).at_issuer.and_then(|at_issuer| at_issuer.handed_over);
    assert_eq!(handed, Some(HandedOver::NotIssued));
    world.leaves(visit);
    world.pass(3_600);
    faults(&mut world, Vec::new());
    world.act(Input::Registry(RegistryInput::TryNow));
    finish(&mut world);
    assert!(sent(&mut world).iter().all(|body| !body.contains("transmissionFailure")));
    // The receipt itself can be had now, and is no copy.
    let document = only(&world).id;
    world.act(Input::Paper(PaperInput::Print {
        paper: tameio::domain::paper::Paper::Receipt { document, copy: 0 },
    }));
    world.pass(3);
    assert!(!papers(&world).0[0].contains("ΑΝΤΙΓΡΑΦΟ"));
}

#[test]
fn a_refused_document_has_two_ways_out() {
    for by_hand in [false, true] {
        let mut world = World::with(settings());
        world.site().mydata().with(|mydata| mydata.options_mut().inactive.insert("999999993".to_owned()));
        let visit = stays(&mut world, "ΙΗΖ-4821");
        world.pays(visit, &[cash("4.00")]);
        world.pass(10);
        let document = only(&world);
        let Issuing::Rejected { errors } = state_of(&document) else { panic!("{document:?}") };
        assert_eq!(errors[0].code, "102");
        assert_eq!(papers(&world), (Vec::new(), 1));
        world.leaves(visit);
        world.crash();
        world.pass(600);
        assert_eq!(sent(&mut world).len(), 1, "it is not sent again by itself");
        if by_hand {
            let name = TypedName::Mark { mark: "400001999999999".to_owned() };
            let said = world.act(Input::Document(DocumentInput::Name {
                document: document.id,
                name,
                even_if_different: false,
            }));
            assert_eq!(said, []);
            world.drain();
            assert!(!world.entry_of(visit).correlations.is_empty());
            world.check();
        } else {
            world.site().mydata().with(|mydata| mydata.options_mut().inactive.clear());
            assert_eq!(world.act(Input::Document(DocumentInput::IssueAgain { document: document.id })), []);
            let again = world.act(Input::Document(DocumentInput::IssueAgain { document: document.id }));
            assert_eq!(again, [Notice::Refused(Refusal::NoSuchDocument)], "the second press");
            finish(&mut world);
        }
    }
}

/// On its way nobody may type a MARK for it: there would be two.
#[test]
fn what_is_under_way_is_not_named_by_hand() {
    let mut world = World::with(settings());
    world.site().set_issuer_network(false);
    let visit = stays(&mut world, "ΙΗΖ-4821");
    world.pays(visit, &[cash("4.00")]);
    world.pass(10);
    let (document, mark) = (only(&world).id, "400001999999999".to_owned());
    let name = Input::Document(DocumentInput::Name {
        document,
        name: TypedName::Mark { mark },
        even_if_different: true,
    });
    assert_eq!(world.act(name), [Notice::Refused(Refusal::StillBeingIssued)]);
    world.leaves(visit);
    world.site().set_issuer_network(true);
    finish(&mut world);
}

/// Somebody cancelled it at myDATA while its answer was lost: a person must look.
#[test]
fn a_document_cancelled_there_stands_on_the_list() {
    let mut world = World::with(settings());
    let lost = Fault::new(Kind::Lose, true);
    let silent = FaultRule {
        call: Some(Call::RequestTransmittedDocs),
        ..FaultRule::always(Fault::new(Kind::Lose, false))
    };
    faults(&mut world, vec![FaultRule::nth(Call::SendInvoices, 1, lost), silent]);
    let visit = stays(&mut world, "ΙΗΖ-4821");
    world.pays(visit, &[cash("4.00")]);
    world.pass(10);
    let mark = world.site().mydata().with(|mydata| mydata.live()[0].mark);
    faults(&mut world, Vec::new());
    let cancel = tameio::mydata::request::Request::Cancel(tameio::mydata::request::Cancellation {
        mark,
        entity_vat: None,
    });
    let request = cancel.to_http(tameio::mydata::request::Layout::Production);
    let now = world.site().now().utc;
    let caller = tameio::aade::simulator::Caller::demo();
    world.site().mydata().with(|mydata| mydata.handle(now, &request, &caller));
    world.pass(600);
    assert_eq!(*state_of(&only(&world)), Issuing::Withdrawn { mark });
    assert!(only(&world).is_named_by_hand());
}

/// Invoices go this way only until the day the owner wrote down; after it they carry somebody else's MARK.
#[test]
fn an_invoice_goes_this_way_as_long_as_the_law_lets_it() {
    for (until, goes) in [(None, false), (Some("2026-03-13"), false), (Some("2026-03-14"), true)] {
        let mut settings = settings();
        settings.issuing.invoices_until = until.map(|day| day.parse().expect("a day"));
        let mut world = World::with(settings);
        let visit = stays(&mut world, "ΧΑΝ-8080");
        world.pays_as(visit, &[card("4.00")], Some("999999981"));
        world.pass(10);
        world.leaves(visit);
        let document = only(&world);
        assert_eq!(document.at_issuer.is_some(), goes, "{until:?}");
        if goes {
            finish(&mut world);
            assert_eq!(world.site().mydata().with(|mydata| mydata.live()[0].kind.clone()), "2.1");
            continue;
        }
        assert_eq!(papers(&world), (Vec::new(), 1));
        let name = TypedName::Mark { mark: "400001999999999".to_owned() };
        assert_eq!(
            world.act(Input::Document(DocumentInput::Name {
                document: document.id,
                name,
                even_if_different: false
            })),
            []
        );
        world.drain();
        world.check();
        assert!(world.site().mydata().with(|mydata| mydata.live().is_empty()));
    }
}

/// What myDATA would certainly refuse is said before any money moves.
#[test]
fn what_cannot_be_issued_is_not_sold() {
    let mut world = World::with(settings());
    let visit = stays(&mut world, "ΙΗΖ-4821");
    let voucher = tameio::domain::payment::Tender::Voucher { amount: tameio::domain::money::Cents(400) };
    let pay = Input::Pay { visit, tenders: vec![voucher], invoice_to: None, operator: person("A") };
    let said = world.act(pay);
    assert!(matches!(said.as_slice(), [Notice::Refused(Refusal::NotIssuable(_))]), "{said:?}");
    assert!(world.documents().is_empty() && world.site().state().drawer.is_none());
    world.act(Input::CancelVisit { visit, reason: "x".to_owned(), by: alone() });
    world.pays(visit, &[cash("4.00")]);
    world.pass(5);
    world.leaves(visit);
    finish(&mut world);
}
