//! A linked card terminal: charged once, written down before, asked about after; no sale is paid without its word.

use crate::world::{World, alone, cash, person, with_chief};
use tameio::app::effect::Notice;
use tameio::app::input::{CardInput, DeviceInput, Input, TillInput};
use tameio::app::refusal::Refusal;
use tameio::domain::card::{CardApproval, CardOutcome, CardSession, ChargeState};
use tameio::domain::catalogue::Size;
use tameio::domain::device::{DeviceId, DeviceKind};
use tameio::domain::event::Event;
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::operator::Right;
use tameio::domain::payment::Tender;
use tameio::domain::text::Text;

fn linked(cents: i64) -> Tender {
    Tender::CardLinked { amount: Cents(cents), tip: Cents::ZERO, session: None }
}

fn pay(visit: VisitId, tenders: &[Tender]) -> Input {
    Input::Pay { visit, tenders: tenders.to_vec(), invoice_to: None, operator: person("A") }
}

/// A wash with a terminal, and a visit of 13.00 € waiting to be paid.
fn till() -> (World, VisitId) {
    let mut world = World::wash();
    let device = DeviceId::only(DeviceKind::CardTerminal);
    world.act(Input::Device(DeviceInput::Attached { device, address: Text::new("sim:") }));
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.takes(visit, "FULL");
    (world, visit)
}

fn unknown() -> CardOutcome {
    CardOutcome::Unknown { why: Text::new("no answer") }
}

fn documents(world: &World) -> usize {
    world.events().iter().filter(|event| matches!(event, Event::DocumentNumbered { .. })).count()
}

fn asked(world: &World) -> usize {
    world.events().iter().filter(|event| matches!(event, Event::CardAsked { .. })).count()
}

#[test]
fn the_payment_goes_on_by_itself_when_the_terminal_approves() {
    let (mut world, visit) = till();
    assert_eq!(world.act(pay(visit, &[cash("5.00"), linked(800)])), []);
    assert_eq!((asked(&world), documents(&world)), (1, 0), "written down, and not paid yet");
    world.site().take_notices();
    world.pass(5);
    let said = world.site().take_notices();
    assert!(matches!(said.as_slice(), [Notice::Paid { .. }]), "{said:?}");
    assert!(world.site().state().charges.is_empty());
    let figures = world.site().state().shift.clone().expect("a shift").figures;
    assert_eq!((figures.cash, figures.card, figures.gross), (Cents(500), Cents(800), Cents(1_300)));
    // The same word once more, and once again after that, is no second payment.
    let approval = Box::new(CardApproval { amount: Cents(800), ..CardApproval::default() });
    world.act(Input::Card(CardInput::Reported {
        session: CardSession(1),
        outcome: CardOutcome::Approved { approval },
    }));
    assert_eq!(documents(&world), 1);
    world.leaves(visit);
    world.drain();
    world.check();
}

#[test]
fn a_no_leaves_everything_as_it_was_and_a_second_card_is_another_operation() {
    let (mut world, visit) = till();
    world.site().set_card(Some(CardOutcome::Declined { words: Text::new("51 insufficient funds") }));
    world.act(pay(visit, &[linked(1_300)]));
    world.site().take_notices();
    world.pass(5);
    let said = world.site().take_notices();
    assert!(
        matches!(said.as_slice(), [Notice::Card { outcome: CardOutcome::Declined { .. }, .. }]),
        "{said:?}"
    );
    assert_eq!(documents(&world), 0);
    world.site().set_card(None);
    world.act(pay(visit, &[linked(1_300)]));
    world.pass(5);
    assert_eq!((asked(&world), documents(&world)), (2, 1));
    let sessions: Vec<CardSession> = world
        .events()
        .iter()
        .filter_map(|event| match event {
            Event::CardAsked { charge } => Some(charge.session),
            _ => None,
        })
        .collect();
    assert_eq!(sessions, [CardSession(1), CardSession(2)], "a number is used once");
}

#[test]
fn an_unknown_end_is_asked_about_and_nothing_else_is_charged() {
    let (mut world, visit) = till();
    world.site().set_card(Some(unknown()));
    world.act(pay(visit, &[linked(1_300)]));
    world.pass(10);
    let charge = world.site().state().charges[&CardSession(1)].clone();
    assert!(matches!(charge.state, ChargeState::Unknown { .. }), "{charge:?}");
    let pending = [Notice::Refused(Refusal::CardPending { session: CardSession(1) })];
    assert_eq!(world.act(pay(visit, &[linked(1_300)])), pending, "not a second time");
    let other = world.comes("ΙΒΒ-1000", Size::Small);
    world.takes(other, "EXT");
    assert_eq!(world.act(pay(other, &[linked(800)])), pending, "one terminal, one operation");
    world.pays(other, &[cash("8.00")]);
    // The program is ended and begun again: still unknown, still not asked twice.
    world.crash();
    let device = DeviceId::only(DeviceKind::CardTerminal);
    world.act(Input::Device(DeviceInput::Attached { device, address: Text::new("sim:") }));
    world.pass(5);
    assert_eq!(asked(&world), 1);
    // The terminal says at last what became of it.
    let approval = Box::new(CardApproval { amount: Cents(1_300), ..CardApproval::default() });
    world.site().set_card(Some(CardOutcome::Approved { approval }));
    world.act(Input::Card(CardInput::Ask { session: CardSession(1) }));
    world.pass(5);
    assert_eq!((asked(&world), documents(&world)), (1, 2));
    assert!(world.site().state().charges.is_empty());
}

#[test]
fn a_person_who_saw_the_slip_says_what_became_of_it() {
    for (approved, papers) in [(true, 1), (false, 0)] {
        let (mut world, visit) = till();
        world.site().set_card(Some(unknown()));
        world.act(pay(visit, &[linked(1_300)]));
        world.pass(10);
        let settle = |by| Input::Card(CardInput::Settle { session: CardSession(1), approved, by });
        assert_eq!(world.act(settle(alone())), [Notice::NeedsRight(Right::SettleCard)]);
        world.act(settle(with_chief()));
        assert_eq!(documents(&world), papers);
        assert!(world.site().state().charges.is_empty());
        assert_eq!(world.act(settle(with_chief())), [Notice::Refused(Refusal::NoSuchCharge)], "once");
    }
}

/// The program dies while the terminal is at work: the charge is unknown at the next start, and its money is not lost.
#[test]
fn a_charge_that_was_running_when_the_program_died_is_asked_about() {
    let (mut world, visit) = till();
    world.act(pay(visit, &[linked(1_300)]));
    world.crash();
    assert!(matches!(world.site().state().charges[&CardSession(1)].state, ChargeState::Unknown { .. }));
    let approval = Box::new(CardApproval { amount: Cents(1_300), ..CardApproval::default() });
    world.site().set_card(Some(CardOutcome::Approved { approval }));
    let device = DeviceId::only(DeviceKind::CardTerminal);
    world.act(Input::Device(DeviceInput::Attached { device, address: Text::new("sim:") }));
    world.pass(5);
    assert_eq!((asked(&world), documents(&world)), (1, 1), "asked about, and paid");
}

/// The money has moved and the visit was cancelled meanwhile: a person is told, and the money waits.
#[test]
fn an_approval_nobody_can_use_is_not_lost() {
    let (mut world, visit) = till();
    world.act(pay(visit, &[linked(1_300)]));
    world.act(Input::CancelVisit { visit, reason: "έφυγε".to_owned(), by: with_chief() });
    world.site().take_notices();
    world.pass(5);
    let said = world.site().take_notices();
    assert!(
        matches!(said.as_slice(), [.., Notice::Card { outcome: CardOutcome::Approved { .. }, .. }]),
        "{said:?}"
    );
    let charge = &world.site().state().charges[&CardSession(1)];
    assert!(matches!(charge.state, ChargeState::Approved { .. }));
    assert_eq!(documents(&world), 0);
}

#[test]
fn no_terminal_no_charge_and_a_tender_nobody_approved_pays_nothing() {
    let mut world = World::wash();
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.takes(visit, "EXT");
    assert_eq!(world.act(pay(visit, &[linked(800)])), [Notice::Refused(Refusal::NoCardTerminal)]);
    let invented = Tender::CardLinked { amount: Cents(800), tip: Cents::ZERO, session: Some(CardSession(1)) };
    assert_eq!(world.act(pay(visit, &[invented])), [Notice::Refused(Refusal::NoSuchCharge)]);
    assert_eq!(
        world.act(pay(visit, &[Tender::OnAccount { amount: Cents(800) }])),
        [Notice::Refused(Refusal::AccountWithoutCustomer)]
    );
    assert_eq!(documents(&world), 0);
}

/// What one approval paid is booked once, however often it is named.
#[test]
fn one_approval_pays_once() {
    let (mut world, visit) = till();
    let both = [linked(650), linked(650)];
    assert_eq!(world.act(pay(visit, &both)), [Notice::Refused(Refusal::OneCardAtATime)]);
    assert_eq!(asked(&world), 0);
    // The terminal approves half of what is due: the money waits, and half is half.
    world.act(pay(visit, &[linked(650), cash("6.50")]));
    let approval = Box::new(CardApproval { amount: Cents(600), ..CardApproval::default() });
    world.act(Input::Card(CardInput::Reported {
        session: CardSession(1),
        outcome: CardOutcome::Approved { approval },
    }));
    assert_eq!(documents(&world), 0, "fifty cents are missing");
    let used = Tender::CardLinked { amount: Cents(600), tip: Cents::ZERO, session: Some(CardSession(1)) };
    assert_eq!(
        world.act(pay(visit, &[used, used, cash("1.00")])),
        [Notice::Refused(Refusal::OneCardAtATime)]
    );
    assert_eq!(documents(&world), 0);
    let said = world.act(pay(visit, &[used, cash("7.00")]));
    assert!(matches!(said.as_slice(), [Notice::Paid { .. }]), "{said:?}");
    let figures = world.site().state().shift.clone().expect("a shift").figures;
    assert_eq!((figures.card, figures.cash), (Cents(600), Cents(700)));
}

/// Every other way of paying is added up apart.
#[test]
fn each_way_of_paying_is_added_up_apart() {
    let mut world = World::wash();
    world.act(Input::Till(TillInput::OpenShift { float: Cents::ZERO, operator: person("A") }));
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.takes(visit, "PREM");
    let cents = Cents;
    world.act(Input::Pay {
        visit,
        tenders: vec![
            Tender::Iris { amount: cents(500) },
            Tender::Bank { amount: cents(400) },
            Tender::Voucher { amount: cents(300) },
            Tender::OnAccount { amount: cents(200) },
            cash("8.00"),
        ],
        invoice_to: Some(("GR".to_owned(), "999999981".to_owned())),
        operator: person("A"),
    });
    let figures = world.site().state().shift.clone().expect("a shift").figures;
    let others: Vec<i64> = figures.others.iter().map(|(_, amount)| amount.0).collect();
    assert_eq!((others, figures.cash), (vec![500, 400, 300, 200], cents(800)));
    world.pass(5);
    let paper = world.papers().pop().expect("a paper");
    for words in ["IRIS", "Τραπεζική μεταφορά", "Κουπόνι", "Επί πιστώσει"]
    {
        assert!(paper.contains(words), "{words}: {paper}");
    }
}
