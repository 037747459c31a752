//! Money goes back: by a document that names the one it takes back, the way it came, never twice, and with who allowed it.

use super::s01_rush::rush;
use crate::mydata::schema::must_be_valid_if_there;
use crate::world::{World, alone, card, cash, person, with_chief};
use tameio::app::effect::Notice;
use tameio::app::input::{By, DocumentInput, Input, PaperInput, TillInput, TypedName};
use tameio::app::refusal::Refusal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::document::{Document, DocumentName, IssuedFor};
use tameio::domain::event::Event;
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::operator::Right;
use tameio::domain::paper::Paper;
use tameio::domain::payment::{Means, Tender};
use tameio::domain::settings::{IssuerKind, Settings, Trade};
use tameio::domain::visit::Settlement;
use tameio::store::archive;

fn owner() -> By {
    By { operator: person("A"), approved_by: Some(person("owner")) }
}

fn refund(document: &Document, cents: Option<i64>, tenders: &[Tender], by: By) -> Input {
    Input::Document(DocumentInput::Refund {
        document: document.id,
        amount: cents.map(Cents),
        tenders: tenders.to_vec(),
        reason: "παράπονο".to_owned(),
        by,
    })
}

fn refused(said: &[Notice]) -> Refusal {
    match said {
        [Notice::Refused(refusal)] => refusal.clone(),
        other => panic!("{other:?}"),
    }
}

fn sold_to(world: &World, visit: VisitId) -> Document {
    let mut documents = world.documents().into_iter();
    documents.find(|one| one.issued_for.subject().visit() == Some(visit)).expect("it was paid")
}

fn credits(world: &World) -> Vec<Document> {
    world.documents().into_iter().filter(Document::is_credit).collect()
}

fn held(world: &mut World) -> Cents {
    world.site().state().shift.as_ref().expect("a shift").expected_cash()
}

#[test]
fn money_goes_back_the_way_it_came_and_never_twice() {
    let (mut world, visits) = rush();
    // Visit 6: 4.00 in cash and 10.00 by card. All of it in cash is for a manager.
    let sold = sold_to(&world, visits[5]);
    let before = held(&mut world);
    let in_cash = refund(&sold, None, &[cash("14.00")], with_chief());
    assert_eq!(world.act(in_cash), [Notice::NeedsRight(Right::RefundInCash)]);
    let by_card = refund(&sold, None, &[card("14.00")], owner());
    let refusal = Refusal::NotPaidSo { means: Means::Card, left: Cents(1_000) };
    assert_eq!(refused(&world.act(by_card)), refusal);
    let said = world.act(refund(&sold, Some(600), &[card("5.00"), cash("1.00")], with_chief()));
    assert!(matches!(said[..], [Notice::Refunded { amount: Cents(600), .. }]), "{said:?}");
    assert_eq!(held(&mut world), before - Cents(100), "the drawer gave one euro");
    let more = refund(&sold, Some(801), &[cash("8.01")], owner());
    assert_eq!(refused(&world.act(more)), Refusal::NotSoMuchLeft { left: Cents(800) });
    let rest = [card("5.00"), cash("3.00")];
    assert!(matches!(world.act(refund(&sold, None, &rest, with_chief()))[..], [Notice::Refunded { .. }]));
    // The second press.
    let again = world.act(refund(&sold, None, &rest, with_chief()));
    assert_eq!(refused(&again), Refusal::NotSoMuchLeft { left: Cents::ZERO });
    let credits = credits(&world);
    assert_eq!(
        credits.iter().map(|credit| credit.number).collect::<Vec<_>>(),
        [1, 2],
        "a series of their own"
    );
    assert_eq!(
        credits.iter().map(|credit| credit.totals.vat_amount()).sum::<Cents>(),
        sold.totals.vat_amount()
    );
    // What gave money back is not taken back itself.
    assert_eq!(refused(&world.act(refund(&credits[0], None, &[cash("6.00")], owner()))), Refusal::IsACredit);
    world.drain();
    world.pass(5);
    let name_of = |world: &World| match world.visit(visits[5]).state.settlement() {
        Some(Settlement::Paid { name, .. }) => name.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(name_of(&world), sold.name, "the visit's document keeps its own name");
    // Both are told to the registry beside the sale, and the visit stays paid.
    assert_eq!(world.entry_of(visits[5]).correlations.len(), 3);
    assert!(world.visit(visits[5]).state.settlement().is_some());
    let both = world.events().into_iter().any(|event| match event {
        Event::CreditNumbered { credit: one, .. } => {
            one.operator == person("A")
                && one.credit.is_some_and(|credit| credit.approved_by == person("chief"))
        }
        _ => false,
    });
    assert!(both, "who asked and who allowed it");
    world.crash();
    world.check();
}

#[test]
fn nothing_is_given_back_by_accident() {
    let (mut world, visits) = rush();
    let sold = sold_to(&world, visits[0]);
    let mut say = |input: Input| refused(&world.act(input));
    let silent = Input::Document(DocumentInput::Refund {
        document: sold.id,
        amount: None,
        tenders: vec![cash("8.00")],
        reason: " ".to_owned(),
        by: with_chief(),
    });
    assert_eq!(say(silent), Refusal::ReasonMissing);
    for wrong in [-1, 0, 801, i64::MAX] {
        let wanted = refund(&sold, Some(wrong), &[cash("8.00")], with_chief());
        assert_eq!(say(wanted), Refusal::NotSoMuchLeft { left: Cents(800) }, "{wrong}");
    }
    // The tenders give what the document says, no more and no less.
    assert!(matches!(say(refund(&sold, None, &[cash("7.99")], with_chief())), Refusal::Payment(_)));
    assert_eq!(say(refund(&sold, None, &[cash("8.01")], with_chief())), Refusal::Amount);
    let asked = Tender::CardLinked { amount: Cents(800), tip: Cents::ZERO, session: None };
    assert_eq!(say(refund(&sold, None, &[asked], with_chief())), Refusal::Amount);
    let nothing = Document { id: tameio::domain::ids::DocumentId(uuid::Uuid::nil()), ..sold.clone() };
    assert_eq!(say(refund(&nothing, None, &[cash("8.00")], with_chief())), Refusal::NoSuchDocument);
    // Cash that the drawer does not hold stays where it is.
    let drop = Input::Till(TillInput::MoveCash {
        kind: tameio::domain::shift::MovementKind::SafeDrop,
        amount: Cents(15_000 + 7_270 - 799),
        reason: String::new(),
        by: alone(),
    });
    world.act(drop);
    let refusal = refused(&world.act(refund(&sold, None, &[cash("8.00")], with_chief())));
    assert_eq!(refusal, Refusal::NotInTheDrawer);
    world.act(Input::Till(TillInput::SealShift));
    let refusal = refused(&world.act(refund(&sold, None, &[cash("8.00")], with_chief())));
    assert_eq!(refusal, Refusal::NoShift);
    assert!(credits(&world).is_empty());
}

#[test]
fn who_has_no_document_is_given_cash_by_a_manager_and_named() {
    let (mut world, _) = rush();
    let without = |cents, to: &str, why: &str, by| {
        Input::Document(DocumentInput::RefundWithout {
            amount: Cents(cents),
            given_to: to.to_owned(),
            reason: why.to_owned(),
            by,
        })
    };
    let good = |by| without(500, "Μαρία 6900000000", "χάθηκε η απόδειξη", by);
    assert_eq!(world.act(good(with_chief())), [Notice::NeedsRight(Right::RefundInCash)]);
    for (input, refusal) in [
        (without(500, "", "χάθηκε", owner()), Refusal::NobodyNamed),
        (without(500, "Μαρία", "", owner()), Refusal::ReasonMissing),
        (without(0, "Μαρία", "χάθηκε", owner()), Refusal::Amount),
        (without(i64::MAX, "Μαρία", "χάθηκε", owner()), Refusal::Amount),
        (without(50_000, "Μαρία", "χάθηκε", owner()), Refusal::NotInTheDrawer),
    ] {
        assert_eq!(refused(&world.act(input)), refusal);
    }
    assert!(matches!(world.act(good(owner()))[..], [Notice::Refunded { amount: Cents(500), .. }]));
    world.drain();
    world.pass(5);
    let [credit] = credits(&world).try_into().expect("one");
    assert!(matches!(credit.issued_for, IssuedFor::Refund { .. }), "the registry is told nothing of it");
    assert_eq!((credit.totals.net(), credit.totals.vat_amount()), (Cents(403), Cents(97)));
    let paper =
        world.papers().into_iter().rev().find(|paper| paper.contains("ΠΙΣΤΩΤΙΚΟ")).expect("its paper");
    for words in ["Χωρίς αρχικό παραστατικό", "Μαρία 6900000000", "χάθηκε η απόδειξη", "Υπογραφή", "5,00"]
    {
        assert!(paper.contains(words), "{words}: {paper}");
    }
    world.check();
}

/// A wash types the names its fiscal machine gives: nothing is taken back of what no receipt says was sold.
#[test]
fn at_a_fiscal_machine_the_return_is_a_receipt_of_its_own() {
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let mut world = World::with(Settings { issuer: IssuerKind::TypedFim, ..settings });
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.takes(visit, "EXT");
    world.pays(visit, &[cash("8.00")]);
    let sold = sold_to(&world, visit);
    let all = |world: &mut World| world.act(refund(&sold, None, &[cash("8.00")], with_chief()));
    assert_eq!(refused(&all(&mut world)), Refusal::NotNamedYet);
    let fim = |number: &str| TypedName::Fim {
        machine: "ABC12345678".to_owned(),
        number: number.to_owned(),
        at: None,
    };
    world.act(Input::Document(DocumentInput::Name {
        document: sold.id,
        name: fim("101"),
        even_if_different: false,
    }));
    assert!(matches!(all(&mut world)[..], [Notice::Refunded { .. }]));
    world.pass(5);
    let slip = world.papers().into_iter().rev().find(|paper| paper.contains("ΕΠΙΣΤΡΟΦΗΣ")).expect("a slip");
    for words in ["ΔΕΝ ΕΙΝΑΙ ΝΟΜΙΜΗ ΑΠΟΔΕΙΞΗ", "ABC12345678", "101", "Λόγος: παράπονο", "Υπογραφή"]
    {
        assert!(slip.contains(words), "{words}: {slip}");
    }
    assert!(!slip.contains("ΦΠΑ") && !slip.contains("ΠΙΣΤΩΤΙΚΟ"), "it passes for no document: {slip}");
    let [credit] = credits(&world).try_into().expect("one");
    assert!(world.site().state().unnamed.contains_key(&credit.id), "the machine's number of it is wanted");
    world.act(Input::Document(DocumentInput::Name {
        document: credit.id,
        name: fim("102"),
        even_if_different: false,
    }));
    world.drain();
    assert_eq!(world.entry_of(visit).correlations.len(), 2);
    world.check();
}

/// A car park tells myDATA itself: the credit is an 11.4 that names the receipt's MARK, and is as safe as any document.
#[test]
fn a_credit_goes_to_mydata_with_the_mark_of_what_it_takes_back() {
    let settings = Config::practice(Trade::Parking).expect("practice is good").settings;
    let mut world = World::with(settings);
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(1_200);
    world.pays(visit, &[cash("20.00")]);
    world.pass(10);
    let sold = sold_to(&world, visit);
    let Some(DocumentName::Mark { mark }) = sold.name else { panic!("it has a MARK") };
    let all = vec![Tender::Cash { given: sold.totals.gross }];
    // The network goes just then: the paper says so, and the credit follows.
    world.network(false);
    assert!(matches!(world.act(refund(&sold, None, &all, with_chief()))[..], [Notice::Refunded { .. }]));
    world.pass(60);
    world.network(true);
    world.pass(600);
    world.drain();
    let [credit] = credits(&world).try_into().expect("one");
    assert!(matches!(credit.name, Some(DocumentName::Mark { .. })), "{:?}", credit.at_issuer);
    let live = world.site().mydata().with(|mydata| mydata.live());
    let there = live.iter().find(|live| live.kind == "11.4").expect("it is there");
    assert_eq!((there.gross.clone(), there.series.clone()), (sold.totals.gross.to_string(), credit.series));
    let mut sent = Vec::new();
    archive::each(world.site().terminal().store().connection(), |tried| {
        if let Some((_, body)) = tried.request.split_once("SendInvoices\n\n") {
            sent.push(body.to_owned());
        }
    })
    .expect("the archive can be read");
    let body = sent.iter().find(|body| body.contains("<invoiceType>11.4<")).expect("it was sent");
    assert!(body.contains(&format!("<multipleConnectedMarks>{mark}<")), "{body}");
    must_be_valid_if_there(body.as_bytes());
    let paper =
        world.papers().into_iter().rev().find(|paper| paper.contains("ΠΙΣΤΩΤΙΚΟ")).expect("its paper");
    assert!(paper.contains(&mark.to_string()) && paper.contains("ΣΥΝΟΛΟ ΕΠΙΣΤΡΟΦΗΣ"), "{paper}");
    world.check();
}

/// Before the fiscal machine has a number for it, a payment is as good as not made.
#[test]
fn a_payment_nobody_was_told_of_is_made_void_and_paid_anew() {
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let mut world = World::with(Settings { issuer: IssuerKind::TypedFim, ..settings });
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.takes(visit, "FULL");
    world.pays(visit, &[Tender::CardApart { amount: Cents(300), tip: Cents(100) }, cash("20.00")]);
    world.pass(5);
    let wrong = sold_to(&world, visit);
    let void = |reason: &str| {
        Input::Document(DocumentInput::Void { document: wrong.id, reason: reason.to_owned(), by: alone() })
    };
    assert_eq!(refused(&world.act(void(""))), Refusal::ReasonMissing);
    let said = world.act(void("λάθος κάρτα"));
    assert_eq!(said, [Notice::Voided { document: wrong.id, cash: Cents(1_000), card: Cents(400) }]);
    assert_eq!(refused(&world.act(void("λάθος κάρτα"))), Refusal::NotVoidable, "the second press");
    assert_eq!(world.visit(visit).due(), Cents(1_300), "it is to be paid anew");
    let shift = world.site().state().shift.clone().expect("a shift");
    let figures = shift.figures.clone();
    assert_eq!(
        (shift.expected_cash(), figures.gross, figures.tips),
        (Cents(5_000), Cents::ZERO, Cents::ZERO)
    );
    assert_eq!((figures.retail, figures.voids, figures.voided), (0, 1, Cents(1_300)));
    assert!(world.site().state().unnamed.is_empty(), "it waits for no number");
    world.pass(5);
    world.crash();
    world.pays(visit, &[cash("13.00")]);
    world.pass(5);
    let numbers: Vec<u64> = world.documents().iter().map(|document| document.number).collect();
    assert_eq!(numbers, [1, 2], "the void one keeps its number");
    let papers = world.papers();
    let paper = papers.iter().find(|paper| paper.contains("ΑΚΥΡΩΣΗ ΠΛΗΡΩΜΗΣ")).expect("its paper");
    for words in ["λάθος κάρτα", "13,00", "10,00", "ΔΕΝ ΕΙΝΑΙ ΝΟΜΙΜΗ ΑΠΟΔΕΙΞΗ", "Υπογραφή"]
    {
        assert!(paper.contains(words), "{words}: {paper}");
    }
    // Printed again it is a copy, and the slip of the void payment says what it is.
    for paper in [Paper::Void { document: wrong.id, copy: 0 }, Paper::Slip { document: wrong.id, copy: 0 }] {
        world.act(Input::Paper(PaperInput::Print { paper }));
        world.pass(5);
    }
    let copies: Vec<String> =
        world.papers().into_iter().filter(|paper| paper.contains("ΑΝΤΙΓΡΑΦΟ 1")).collect();
    assert_eq!(copies.len(), 2);
    assert!(copies[1].contains("ΑΚΥΡΗ ΠΛΗΡΩΜΗ"), "{}", copies[1]);
    let control = world.site().state().day.people[&person("A")];
    assert_eq!((control.voids, control.voided, control.reprints), (1, Cents(1_300), 2));
    world.leaves(visit);
    world.drain();
    world.check();
}

#[test]
fn what_somebody_may_know_of_is_not_made_void() {
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let mut world = World::with(Settings { issuer: IssuerKind::TypedFim, ..settings });
    let void = |world: &mut World, document: &Document| {
        let input = Input::Document(DocumentInput::Void {
            document: document.id,
            reason: "λάθος".to_owned(),
            by: alone(),
        });
        refused(&world.act(input))
    };
    world.act(Input::Till(TillInput::OpenShift { float: Cents(0), operator: person("A") }));
    let paid = |world: &mut World, plate: &str| {
        let visit = world.comes(plate, Size::Small);
        world.takes(visit, "EXT");
        world.pays(visit, &[cash("8.00")]);
        (visit, sold_to(world, visit))
    };
    // Its number is known.
    let (_, named) = paid(&mut world, "ΙΗΖ-4821");
    let name = TypedName::Fim { machine: "ABC12345678".to_owned(), number: "1".to_owned(), at: None };
    world.act(Input::Document(DocumentInput::Name { document: named.id, name, even_if_different: false }));
    assert_eq!(void(&mut world, &named), Refusal::NotVoidable);
    // The vehicle has left.
    let (visit, left) = paid(&mut world, "ΥΖΒ-3307");
    world.leaves(visit);
    assert_eq!(void(&mut world, &left), Refusal::NotVoidable);
    // The shift that took the money is over.
    let (_, earlier) = paid(&mut world, "ΝΚΟ-9154");
    world.act(Input::Till(TillInput::SealShift));
    assert_eq!(void(&mut world, &earlier), Refusal::NoShift);
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("chief") }));
    assert_eq!(void(&mut world, &earlier), Refusal::NotVoidable);
    world.drain();
    world.check();
}

/// At myDATA: what was never sent may be void; what is on its way, or in the customer's hand, may not.
#[test]
fn what_goes_to_mydata_is_void_only_if_it_never_went() {
    let settings = Config::practice(Trade::Parking).expect("practice is good").settings;
    let mut world = World::with(settings);
    world.act(Input::Till(TillInput::OpenShift { float: Cents(0), operator: person("A") }));
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(1_200);
    world.network(false);
    world.pays(visit, &[cash("10.00")]);
    let sold = sold_to(&world, visit);
    let void = || {
        Input::Document(DocumentInput::Void {
            document: sold.id, reason: "λάθος".to_owned(), by: alone()
        })
    };
    assert_eq!(refused(&world.act(void())), Refusal::NotVoidable, "it is on its way");
    world.pass(30);
    assert!(world.documents()[0].lost_connection(), "the customer holds it");
    assert_eq!(refused(&world.act(void())), Refusal::NotVoidable);
    world.network(true);
    world.pass(600);
    world.drain();
    assert_eq!(refused(&world.act(void())), Refusal::NotVoidable, "it has its MARK");
    world.leaves(visit);
    world.drain();
    world.check();
}
