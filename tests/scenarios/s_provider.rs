//! A car wash issues through its certified provider, of either kind: one document there for each sale, whatever happens on
//! the way and whenever the power goes; a paper with everything on it in the customer's hand; and a way out of what stands on
//! the list.

use crate::world::{World, card, cash, person, with_chief};
use tameio::aade::simulator::state::EntryState;
use tameio::aade::simulator::{Fault, Kind};
use tameio::app::effect::Notice;
use tameio::app::input::{DocumentInput, Input, PaperInput, RegistryInput, TillInput};
use tameio::app::refusal::Refusal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::document::{Document, DocumentName};
use tameio::domain::ids::VisitId;
use tameio::domain::issuing::{Channel, HandedOver, Issuing};
use tameio::domain::money::Cents;
use tameio::domain::paper::JobState;
use tameio::domain::provider::{Family, ProviderRules};
use tameio::domain::settings::{IssuerKind, Settings, Trade};
use tameio::domain::text::{Language, Text};
use tameio::domain::visit::VisitState;
use tameio::provider::simulator::{Call, FaultRule, FaultScript};

const FAMILIES: [Family; 2] = [Family::Xml, Family::Json];
const LOST: &str = "Απώλεια Διασύνδεσης Οντότητας";

fn settings(family: Family) -> Settings {
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let mut provider = ProviderRules::usual(family);
    provider.paper.name = Text::new("Πάροχος Δοκιμής Α.Ε.");
    provider.paper.licence = Text::new("2026_01_001_V1");
    provider.paper.site = Text::new("https://provider.example");
    Settings { issuer: IssuerKind::Provider, provider, ..settings }
}

/// A wash for 8.00, ready to be paid.
fn washed(world: &mut World, plate: &str) -> VisitId {
    let visit = world.comes(plate, Size::Small);
    world.takes(visit, "EXT");
    world.pass(600);
    visit
}

fn open(world: &mut World) {
    world.act(Input::Till(TillInput::OpenShift { float: Cents(15_000), operator: person("A") }));
}

fn about_to_pay(family: Family) -> (World, VisitId) {
    let mut world = World::with(settings(family));
    open(&mut world);
    let visit = washed(&mut world, "ΝΚΟ-9154");
    (world, visit)
}

fn only(world: &World) -> Document {
    let mut documents = world.documents();
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

fn state_of(document: &Document) -> &Issuing {
    &document.at_issuer.as_ref().expect("it goes to the provider").state
}

fn faults(world: &mut World, rules: Vec<FaultRule>) {
    let script = FaultScript { rules, ..FaultScript::default() };
    world.site().provider().with(|provider| provider.set_faults(script));
}

fn sends(world: &mut World) -> u64 {
    let counts = world.site().provider().with(|provider| provider.counts().clone());
    counts.requests.get(&Call::Send).copied().unwrap_or_default()
}

/// Whole receipts that came out, and slips.
fn papers(world: &World) -> (Vec<String>, usize) {
    let papers = world.papers();
    let slips = papers.iter().filter(|paper| paper.contains("ΕΝΗΜΕΡΩΤΙΚΟ ΣΗΜΕΙΩΜΑ")).count();
    (papers.into_iter().filter(|paper| paper.contains("ΑΠΟΔΕΙΞΗ ΠΑΡΟΧΗΣ")).collect(), slips)
}

/// Whoever is at the till looks at each paper of unknown fate, and says that it did not come out.
fn looks_at_the_paper(world: &mut World) {
    let jobs: Vec<_> = world.site().state().papers.values().cloned().collect();
    for job in jobs.iter().filter(|job| job.state == JobState::Asking) {
        world.act(Input::Paper(PaperInput::Judge { job: job.id, complete: false, operator: person("A") }));
        world.act(Input::Paper(PaperInput::Continue { job: job.id }));
    }
    world.pass(5);
}

/// Everything is said: one document there for each of ours, under the MARK we hold, and the entries know it.
fn finish(world: &mut World) {
    world.network(true);
    world.pass(5);
    looks_at_the_paper(world);
    world.pass(300);
    world.drain();
    looks_at_the_paper(world);
    let documents = world.documents();
    let live = world.site().provider().with(|provider| provider.live());
    assert_eq!(live.len(), documents.len(), "one document there for each here: {live:?}");
    for document in &documents {
        let there = live.iter().find(|live| live.number == document.number.to_string());
        let there = there.expect("it is there");
        assert_eq!(document.name, Some(DocumentName::Mark { mark: there.mark }));
        assert_eq!(there.gross, document.totals.gross.to_string());
        if let Some(visit) = document.issued_for.subject().visit() {
            let entry = world.entry_of(visit);
            assert!(!entry.correlations.is_empty(), "the registry knows the document");
        }
    }
    world.check();
}

#[test]
fn a_receipt_comes_out_with_everything_the_law_asks_for() {
    for family in FAMILIES {
        let (mut world, visit) = about_to_pay(family);
        world.pays(visit, &[cash("10.00")]);
        assert!(matches!(state_of(&only(&world)), Issuing::Sending { again: false }), "written down first");
        world.pass(3);
        let document = only(&world);
        let Some(DocumentName::Mark { mark }) = document.name else { panic!("{document:?}") };
        let at_issuer = document.at_issuer.as_ref().expect("it went to the provider");
        assert_eq!(at_issuer.channel, Channel::Provider);
        let named = at_issuer.state.named().expect("it is named").clone();
        let (receipts, slips) = papers(&world);
        assert_eq!((receipts.len(), slips), (1, 0), "{family:?}");
        let (uid, code) = (named.uid.expect("a UID"), named.authentication.expect("a code").to_string());
        for words in [
            mark.to_string().as_str(),
            uid.as_str(),
            code.as_str(),
            "Πάροχος Δοκιμής Α.Ε.",
            "2026_01_001_V1",
            "https://provider.example",
            "Σειρά / Αρ.",
        ] {
            assert!(receipts[0].contains(words), "{words}: {}", receipts[0]);
        }
        assert!(document.qr.is_some_and(|qr| qr.contains("/TimologioQR/QRInfo?q=")));
        assert!(!receipts[0].contains("Απώλεια") && !receipts[0].contains("άλλο σύστημα"), "{}", receipts[0]);
        world.leaves(visit);
        finish(&mut world);
        let entry = world.entry_of(visit);
        assert_eq!(entry.state, EntryState::Completed);
        let completed = world.told(&entry).pop().expect("a completion");
        assert_eq!(completed.get("invoiceKind"), Some("1"), "a retail document with a MARK");
    }
}

/// No provider to be reached: the customer has the paper with the words of a provider's client, and the document follows with
/// its flag, on another day if need be.
#[test]
fn without_a_line_the_paper_says_so_and_the_document_follows() {
    for family in FAMILIES {
        let mut world = World::with(settings(family));
        open(&mut world);
        world.site().set_issuer_network(false);
        for number in 0..4 {
            let visit = washed(&mut world, &format!("ΥΖΒ-{}", 3_300 + number * 7));
            world.pays(visit, &[cash("8.00")]);
            world.pass(6);
            let (receipts, slips) = papers(&world);
            assert_eq!((receipts.len(), slips), (number + 1, 0), "nobody waits longer than five seconds");
            assert!(receipts[number].contains(LOST), "{}", receipts[number]);
            assert!(receipts[number].contains("Πάροχος Δοκιμής"), "{}", receipts[number]);
            world.leaves(visit);
        }
        world.crash();
        world.pass(26 * 3_600);
        world.site().set_issuer_network(true);
        world.pass(400);
        finish(&mut world);
        let state = world.site().provider().with(|provider| provider.state()["books"]["records"].to_string());
        assert_eq!(state.matches("transmissionFailure").count(), 4, "{family:?}: each says that it is late");
        assert_eq!(papers(&world).0.len(), 4, "what was handed over is the original");
    }
}

/// The provider answers, and does not let us in: that is no lost connection, and nothing says that it is one.
#[test]
fn refused_credentials_are_no_lost_connection() {
    for family in FAMILIES {
        let (mut world, visit) = about_to_pay(family);
        faults(&mut world, vec![FaultRule::always(Fault::new(Kind::Unauthorized, false))]);
        world.pays(visit, &[cash("8.00")]);
        world.pass(10);
        let (receipts, slips) = papers(&world);
        assert_eq!((receipts.len(), slips), (0, 1), "{family:?}");
        let handed = only(&world).at_issuer.and_then(|at_issuer| at_issuer.handed_over);
        assert_eq!(handed, Some(HandedOver::NotIssued));
        world.leaves(visit);
        world.pass(3_600);
        faults(&mut world, Vec::new());
        world.act(Input::Registry(RegistryInput::TryNow));
        finish(&mut world);
        let books = world.site().provider().with(|provider| provider.state()["books"].to_string());
        assert!(!books.contains("transmissionFailure"));
    }
}

#[test]
fn a_refused_document_is_put_right_and_sent_again() {
    for family in FAMILIES {
        let (mut world, visit) = about_to_pay(family);
        let inactive = |world: &mut World, on: bool| {
            world.site().provider().with(|provider| {
                let inactive = &mut provider.books_mut().options_mut().inactive;
                if on { inactive.insert("999999993".to_owned()) } else { inactive.remove("999999993") }
            })
        };
        inactive(&mut world, true);
        world.pays(visit, &[cash("8.00")]);
        world.pass(10);
        let document = only(&world);
        let Issuing::Rejected { errors } = state_of(&document) else { panic!("{document:?}") };
        assert_eq!(errors[0].code, "102");
        assert_eq!(papers(&world), (Vec::new(), 1));
        world.leaves(visit);
        world.crash();
        world.pass(600);
        assert_eq!(sends(&mut world), 1, "it is not sent again by itself");
        inactive(&mut world, false);
        let again = || Input::Document(DocumentInput::IssueAgain { document: document.id });
        assert_eq!(world.act(again()), []);
        assert_eq!(world.act(again()), [Notice::Refused(Refusal::NoSuchDocument)], "the second press");
        finish(&mut world);
        assert_eq!(only(&world).at_issuer.expect("it went").corrections, 1, "under a key of its own");
    }
}

/// No signature for a card can be had: it is said before any money moves, in a sentence that says what to do.
#[test]
fn a_card_is_refused_in_words_unless_the_provider_signs_it() {
    let (mut world, visit) = about_to_pay(Family::Xml);
    let (tenders, operator) = (vec![card("8.00")], person("A"));
    let said = world.act(Input::Pay { visit, tenders: tenders.clone(), invoice_to: None, operator });
    assert_eq!(said, [Notice::Refused(Refusal::CardNotSigned)]);
    let sentence = Refusal::CardNotSigned.sentence(Language::El);
    assert!(sentence.contains("πάροχος") && sentence.contains("μετρητά"), "{sentence}");
    assert!(world.documents().is_empty());
    world.pays(visit, &[cash("8.00")]);
    world.leaves(visit);
    finish(&mut world);
    for family in FAMILIES {
        let mut settings = settings(family);
        settings.provider.signs_cards = true;
        let mut world = World::with(settings);
        open(&mut world);
        let visit = washed(&mut world, "ΝΚΟ-9154");
        world.pays(visit, &tenders);
        world.leaves(visit);
        finish(&mut world);
    }
}

/// Invoices go this way too, and credits name what they take back.
#[test]
fn invoices_and_credits_go_this_way_too() {
    for family in FAMILIES {
        let mut world = World::with(settings(family));
        open(&mut world);
        for (plate, afm) in [("ΧΑΝ-8080", Some("999999981")), ("ΙΗΖ-4821", None)] {
            let visit = washed(&mut world, plate);
            world.pays_as(visit, &[cash("8.00")], afm);
            world.pass(10);
            world.leaves(visit);
        }
        for document in world.documents() {
            let tenders = vec![tameio::domain::payment::Tender::Cash { given: document.totals.gross }];
            let back = Input::Document(DocumentInput::Refund {
                document: document.id,
                amount: None,
                tenders,
                reason: "δεν έγινε".to_owned(),
                by: with_chief(),
            });
            let said = world.act(back);
            assert!(matches!(said.as_slice(), [Notice::Refunded { .. }]), "{said:?}");
            world.pass(10);
        }
        world.drain();
        let mut kinds: Vec<String> = world
            .site()
            .provider()
            .with(|provider| provider.live())
            .into_iter()
            .map(|live| live.kind)
            .collect();
        kinds.sort();
        assert_eq!(kinds, ["11.2", "11.4", "2.1", "5.1"], "{family:?}");
        world.check();
    }
}

/// The settings name another issuer while a document is under way: it is neither looked for nor sent over a way that is not
/// its own.
#[test]
fn a_document_under_way_waits_for_its_own_way() {
    let (mut world, visit) = about_to_pay(Family::Xml);
    let lost = FaultRule::nth(Call::Send, 1, Fault::new(Kind::Lose, true));
    let silent = FaultRule { call: Some(Call::LookUp), ..FaultRule::always(Fault::new(Kind::Lose, false)) };
    faults(&mut world, vec![lost, silent]);
    world.pays(visit, &[cash("8.00")]);
    world.pass(8);
    world.leaves(visit);
    let mut other = settings(Family::Xml);
    other.issuer = IssuerKind::MyData;
    world.becomes(other);
    world.pass(1_000);
    assert!(world.site().mydata().with(|mydata| mydata.live()).is_empty(), "never told twice");
    assert!(!state_of(&only(&world)).is_settled());
    faults(&mut world, Vec::new());
    world.becomes(settings(Family::Xml));
    finish(&mut world);
    assert_eq!(sends(&mut world), 1);
}

/// One sale through all of it, whenever the power goes: nothing booked or told (k1), the try written down (k2), the answer on
/// its way, the paper about to come, half out, out (k3, k4).
#[test]
fn k1_to_k4_whenever_it_goes_until_the_paper_is_out() {
    for family in FAMILIES {
        let (mut world, visit) = about_to_pay(family);
        world.crash();
        assert!(world.site().provider().with(|provider| provider.live()).is_empty());
        world.pays(visit, &[cash("10.00")]);
        one_of_each(world, visit);
        for seconds in 0..8 {
            let (mut world, visit) = about_to_pay(family);
            world.pays(visit, &[cash("10.00")]);
            world.pass(seconds);
            world.crash();
            let operator = person("A");
            let again =
                world.act(Input::Pay { visit, tenders: vec![cash("10.00")], invoice_to: None, operator });
            assert!(matches!(again[..], [Notice::Refused(Refusal::Step(_))]), "{again:?}");
            one_of_each(world, visit);
        }
    }
}

#[test]
fn k5_handed_over_without_a_connection_it_is_told_after_the_restart() {
    for family in FAMILIES {
        let (mut world, visit) = about_to_pay(family);
        world.network(false);
        world.pays(visit, &[cash("10.00")]);
        world.pass(30);
        assert!(only(&world).lost_connection(), "the paper says so");
        world.leaves(visit);
        world.crash();
        world.pass(60);
        assert!(world.site().provider().with(|provider| provider.live()).is_empty());
        one_of_each(world, visit);
    }
}

#[test]
fn k6_a_document_whose_answer_was_not_read_is_looked_up() {
    for family in FAMILIES {
        for stored in [true, false] {
            for kills in [&[2][..], &[0, 1, 2, 3, 30, 40, 61, 5, 90][..]] {
                let (mut world, visit) = about_to_pay(family);
                faults(&mut world, vec![FaultRule::nth(Call::Send, 1, Fault::new(Kind::Lose, stored))]);
                world.pays(visit, &[cash("10.00")]);
                for seconds in kills {
                    world.pass(*seconds);
                    world.crash();
                }
                world.pass(300);
                assert_eq!(sends(&mut world), if stored { 1 } else { 2 }, "{family:?}: never twice blindly");
                one_of_each(world, visit);
            }
        }
    }
}

/// The vehicle leaves; everything is said; one of each thing is there.
fn one_of_each(mut world: World, visit: VisitId) {
    world.network(true);
    world.pass(5);
    looks_at_the_paper(&mut world);
    if matches!(world.visit(visit).state, VisitState::Settled { .. }) {
        world.leaves(visit);
    }
    finish(&mut world);
    let document = only(&world);
    assert_eq!((document.number, document.payment.change), (1, Cents(200)));
    let whole = papers(&world).0.into_iter().filter(|paper| !paper.contains("ΑΝΤΙΓΡΑΦΟ")).count();
    assert!(whole >= 1, "the customer has it");
    let shift = world.site().state().shift.clone().expect("the shift is open");
    assert_eq!(shift.expected_cash(), Cents(15_000 + 800));
    let entry = world.entry_of(visit);
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 1));
}
