//! Money on account: taken before anything is owed, no revenue, set off when the visit is paid or given back, and never lost
//! between the two. With it scenario 7 of a garage as it is told: 100.00 in cash on the first day, the rest by card.

use crate::world::{World, alone, arrival, card, cash, on, person, with_chief};
use tameio::app::effect::Notice;
use tameio::app::input::{By, DepositInput, DeviceInput, Input, OpenVisit, PaperInput, TillInput, WorkInput};
use tameio::app::refusal::Refusal;
use tameio::config::Config;
use tameio::domain::card::CardOutcome;
use tameio::domain::catalogue::Size;
use tameio::domain::deposit::Deposit;
use tameio::domain::device::{DeviceId, DeviceKind};
use tameio::domain::event::Event;
use tameio::domain::ids::{DepositId, VisitId};
use tameio::domain::money::{Cents, Quantity};
use tameio::domain::operator::Right;
use tameio::domain::paper::Paper;
use tameio::domain::payment::{Means, Tender};
use tameio::domain::sale::PriceBasis;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::shift::Shift;
use tameio::domain::terms::{Earlier, OffSite};
use tameio::domain::text::{Name, Text};
use tameio::domain::work::{WantedLine, WorkKind};

fn garage() -> Settings {
    Settings { branch: 1, ..Config::practice(Trade::Garage).expect("practice is good").settings }
}

/// A visit of 370.76, VAT included.
fn brakes(world: &mut World, visit: VisitId) {
    let line = WantedLine {
        kind: WorkKind::Labour,
        code: String::new(),
        name: Name::new("Φρένα", "Brakes"),
        quantity: Quantity(1_000),
        unit_price: Cents(29_900),
        basis: PriceBasis::WithoutVat,
    };
    assert_eq!(world.act(Input::Work(WorkInput::Write { visit, lines: vec![line] })), []);
}

fn takes(visit: VisitId, euro: &str, tenders: &[Tender]) -> Input {
    let amount = euro.parse().expect("an amount");
    Input::Deposit(DepositInput::Take { visit, amount, tenders: tenders.to_vec(), operator: person("A") })
}

fn gives(deposit: DepositId, euro: &str, means: Means, by: By) -> Input {
    let amount = euro.parse().expect("an amount");
    Input::Deposit(DepositInput::Return { deposit, amount, means, reason: String::new(), by })
}

fn set_off(deposit: DepositId, euro: &str) -> Tender {
    Tender::Deposit { deposit, amount: euro.parse().expect("an amount") }
}

fn given(euro: &str) -> Vec<Notice> {
    vec![Notice::DepositReturned { number: 1, amount: euro.parse().expect("an amount") }]
}

fn held(world: &mut World) -> Vec<Deposit> {
    world.site().state().deposits.values().cloned().collect()
}

fn only(world: &mut World) -> DepositId {
    let [deposit] = held(world).try_into().expect("one deposit is held");
    deposit.id
}

fn shift(world: &mut World) -> Shift {
    world.site().state().shift.clone().expect("a shift")
}

fn last_paper(world: &mut World, title: &str) -> String {
    world.pass(5);
    let papers = world.papers();
    papers.into_iter().rfind(|paper| paper.contains(title)).unwrap_or_else(|| panic!("no {title}"))
}

fn refused(said: &[Notice]) -> &Refusal {
    match said {
        [Notice::Refused(refusal)] => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn three_days_at_a_garage_with_a_deposit_on_the_first() {
    let mut world = World::since(on("2026-03-10T08:00"), garage());
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    world.until("2026-03-10T09:12");
    let first = world.comes("ΝΚΟ-9154", Size::Small);
    brakes(&mut world, first);
    world.until("2026-03-10T11:45");
    let said = world.act(takes(first, "100.00", &[cash("100.00")]));
    assert_eq!(said, [Notice::DepositTaken { number: 1, change: Cents::ZERO }]);
    let figures = shift(&mut world).figures;
    assert_eq!([figures.gross, figures.cash, figures.vat], [Cents::ZERO; 3], "no revenue on the 10th");
    assert_eq!(shift(&mut world).expected_cash(), Cents(15_000), "it is in the drawer");
    assert!(world.documents().is_empty());
    let note = last_paper(&mut world, "ΣΗΜΕΙΩΜΑ ΠΡΟΚΑΤΑΒΟΛΗΣ 1");
    for words in ["100,00", "ΝΚΟ-9154", "ΔΕΝ ΕΙΝΑΙ ΝΟΜΙΜΗ ΑΠΟΔΕΙΞΗ"] {
        assert!(note.contains(words), "{words} is missing in\n{note}");
    }
    // The day is closed: the deposit stands on it as what is held, and as nothing else.
    let counted = Input::Till(TillInput::CloseShift {
        shift: None,
        counted: Cents(15_000),
        pieces: Vec::new(),
        operator: person("A"),
    });
    world.act(counted);
    world.act(Input::Till(TillInput::CloseDay { machine_z: None, even_with_open: true, by: with_chief() }));
    let close = last_paper(&mut world, "ΚΛΕΙΣΙΜΟ ΗΜΕΡΑΣ 1");
    assert!(close.contains("Προκαταβολές που κρατούνται"), "{close}");
    // Away for work elsewhere and back: the money is held for the visit that goes on.
    world.until("2026-03-11T10:00");
    let to = OffSite::OwnBranch { branch: 2 };
    assert_eq!(world.act(Input::MoveOffSite { visit: first, to, operator: person("A") }), []);
    world.crash();
    world.until("2026-03-11T13:30");
    let follows = Some(Earlier::Visit { visit: first });
    let second = world.opens(OpenVisit { follows, ..arrival("ΝΚΟ-9154", Size::Small) });
    let deposit = only(&mut world);
    assert_eq!(held(&mut world)[0].visit, second);
    brakes(&mut world, second);
    world.until("2026-03-13T17:40");
    world.pays(second, &[set_off(deposit, "100.00"), card("270.76")]);
    world.leaves(second);
    assert_eq!(held(&mut world), []);
    let [document] = world.documents().try_into().expect("one document");
    assert_eq!(document.totals.gross, Cents(37_076));
    assert_eq!((document.payment.card, document.payment.cash), (Cents(27_076), Cents::ZERO));
    let receipt = last_paper(&mut world, "270,76");
    assert!(receipt.contains("Από προκαταβολή"), "{receipt}");
    let figures = shift(&mut world).figures;
    assert_eq!((figures.gross, figures.cash), (Cents(37_076), Cents::ZERO), "the revenue is of the 13th");
    assert_eq!(figures.others, [(Means::Deposit, Cents(10_000))]);
    world.drain();
    world.check();
}

#[test]
fn what_is_not_used_goes_back_the_way_it_came() {
    let mut world = World::with(garage());
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    world.act(takes(visit, "80.00", &[cash("50.00"), card("30.00")]));
    let deposit = only(&mut world);
    // Fifty came in cash; the card's thirty become cash only where somebody allows it.
    assert_eq!(world.act(gives(deposit, "20.00", Means::Cash, alone())), given("20.00"));
    let slip = last_paper(&mut world, "ΕΠΙΣΤΡΟΦΗ ΠΡΟΚΑΤΑΒΟΛΗΣ 1");
    assert!(slip.contains("20,00") && slip.contains("Υπογραφή"), "{slip}");
    let said = world.act(gives(deposit, "31.00", Means::Cash, alone()));
    assert_eq!(said, [Notice::NeedsRight(Right::PaidOut)]);
    assert_eq!(world.act(gives(deposit, "31.00", Means::Cash, with_chief())), given("31.00"));
    assert_eq!(
        refused(&world.act(gives(deposit, "29.01", Means::Card, alone()))),
        &Refusal::NotSoMuchDeposit { left: Cents(2_900) }
    );
    assert_eq!(refused(&world.act(gives(deposit, "0.00", Means::Card, alone()))), &Refusal::Amount);
    assert_eq!(
        refused(&world.act(gives(deposit, "1.00", Means::Account, with_chief()))),
        &Refusal::DepositByMoney
    );
    assert_eq!(world.act(gives(deposit, "29.00", Means::Card, alone())), given("29.00"));
    assert_eq!(held(&mut world), []);
    assert_eq!(refused(&world.act(gives(deposit, "1.00", Means::Card, alone()))), &Refusal::NoSuchDeposit);
    let shift = shift(&mut world);
    assert_eq!(shift.expected_cash(), Cents(5_000 + 5_000 - 5_100));
    assert_eq!(shift.figures.deposits.returned, [(Means::Cash, Cents(5_100)), (Means::Card, Cents(2_900))]);
    world.drain();
    world.check();
}

#[test]
fn only_what_is_held_for_a_visit_pays_it() {
    let mut world = World::with(garage());
    let (one, other) = (world.comes("ΝΚΟ-9154", Size::Small), world.comes("ΥΖΒ-3307", Size::Small));
    brakes(&mut world, one);
    brakes(&mut world, other);
    world.act(takes(one, "100.00", &[card("100.00")]));
    let deposit = only(&mut world);
    let pay = |visit, tenders: &[Tender]| Input::Pay {
        visit,
        tenders: tenders.to_vec(),
        invoice_to: None,
        operator: person("A"),
    };
    let hundred = set_off(deposit, "100.00");
    assert_eq!(refused(&world.act(pay(other, &[hundred, card("270.76")]))), &Refusal::NoSuchDeposit);
    let left = Refusal::NotSoMuchDeposit { left: Cents(10_000) };
    assert_eq!(refused(&world.act(pay(one, &[set_off(deposit, "100.01"), card("270.75")]))), &left);
    let twice = [set_off(deposit, "60.00"), set_off(deposit, "60.00"), card("250.76")];
    assert_eq!(refused(&world.act(pay(one, &twice))), &left);
    assert_eq!(refused(&world.act(pay(one, &[set_off(deposit, "0.00"), card("370.76")]))), &Refusal::Amount);
    world.pays(one, &[set_off(deposit, "60.00"), card("310.76")]);
    // Forty are left; the vehicle goes, the person is told, and nobody is kept.
    let said = world.act(Input::Depart { visit: one, operator: person("A"), returned_at: None });
    assert_eq!(said, [Notice::DepositHeld { left: Cents(4_000) }]);
    world.pass(5);
    world.act(Input::Paper(PaperInput::Print { paper: Paper::Deposit { number: 1, copy: 0 } }));
    assert!(last_paper(&mut world, "ΣΗΜΕΙΩΜΑ ΠΡΟΚΑΤΑΒΟΛΗΣ 1").contains("ΑΝΤΙΓΡΑΦΟ"));
    world.crash();
    assert_eq!(world.act(gives(deposit, "40.00", Means::Card, alone())), given("40.00"));
    assert_eq!(held(&mut world), []);
    world.drain();
    world.check();
}

#[test]
fn a_deposit_is_real_money_and_may_be_forbidden() {
    let mut world = World::with(garage());
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    world.act(takes(visit, "10.00", &[card("10.00")]));
    let deposit = only(&mut world);
    for tender in [
        Tender::OnAccount { amount: Cents(500) },
        Tender::Voucher { amount: Cents(500) },
        set_off(deposit, "5.00"),
    ] {
        assert_eq!(refused(&world.act(takes(visit, "5.00", &[tender]))), &Refusal::DepositByMoney);
    }
    for bad in ["0.00", "-1.00"] {
        assert_eq!(refused(&world.act(takes(visit, bad, &[cash("5.00")]))), &Refusal::Amount, "{bad}");
    }
    assert!(matches!(refused(&world.act(takes(visit, "10.00", &[cash("5.00")]))), Refusal::Payment(_)));
    let cancel = Input::CancelVisit { visit, reason: "έφυγε".to_owned(), by: with_chief() };
    assert_eq!(world.act(cancel), [Notice::DepositHeld { left: Cents(1_000) }]);
    let said = world.act(takes(visit, "5.00", &[cash("5.00")]));
    assert_eq!(refused(&said), &Refusal::NoSuchVisit);
    world.drain();
    world.check();
    let mut world = World::with(Settings { deposits: false, ..garage() });
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    assert_eq!(refused(&world.act(takes(visit, "5.00", &[cash("5.00")]))), &Refusal::NoDeposits);
}

#[test]
fn a_linked_card_gives_a_deposit_once() {
    let mut world = World::with(garage());
    let device = DeviceId::only(DeviceKind::CardTerminal);
    world.act(Input::Device(DeviceInput::Attached { device, address: Text::new("sim:") }));
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    let linked = Tender::CardLinked { amount: Cents(20_000), tip: Cents::ZERO, session: None };
    world.site().set_card(Some(CardOutcome::Declined { words: Text::new("51") }));
    world.act(takes(visit, "200.00", &[linked]));
    world.pass(5);
    assert_eq!(held(&mut world), [], "the card said no");
    world.site().set_card(None);
    assert_eq!(world.act(takes(visit, "200.00", &[linked])), []);
    world.site().take_notices();
    world.pass(5);
    let said = world.site().take_notices();
    assert_eq!(said, [Notice::DepositTaken { number: 1, change: Cents::ZERO }]);
    assert_eq!(held(&mut world)[0].payment.approvals.len(), 1);
    assert!(world.site().state().charges.is_empty());
    let asked = world.events().iter().filter(|event| matches!(event, Event::CardAsked { .. })).count();
    assert_eq!(asked, 2);
    world.drain();
    world.check();
}

#[test]
fn a_corrected_plate_takes_the_money_with_it() {
    let mut world = World::with(garage());
    let visit = world.comes("ΝΚΟ-9145", Size::Small);
    world.act(takes(visit, "100.00", &[card("100.00")]));
    world.drain();
    let correct = Input::CorrectPlate {
        visit,
        plate: "ΝΚΟ-9154".to_owned(),
        entry: tameio::domain::plate::PlateEntry::Greek,
        vehicle: Default::default(),
        by: with_chief(),
    };
    world.act(correct);
    let [deposit] = held(&mut world).try_into().expect("one");
    assert_ne!(deposit.visit, visit);
    assert_eq!(deposit.plate.display(), "ΝΚΟ-9154");
    brakes(&mut world, deposit.visit);
    world.pays(deposit.visit, &[set_off(deposit.id, "100.00"), card("270.76")]);
    world.leaves(deposit.visit);
    world.drain();
    world.check();
}

#[test]
fn a_cancelled_order_gives_its_deposit_back_in_parts_and_says_what_is_left() {
    let mut world = World::with(garage());
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    brakes(&mut world, visit);
    world.act(takes(visit, "100.00", &[cash("100.00")]));
    let deposit = only(&mut world);
    // The order says what is set against it.
    world.act(Input::Paper(PaperInput::Print { paper: Paper::WorkOrder { visit } }));
    let order = last_paper(&mut world, "ΕΝΤΟΛΗ ΕΡΓΑΣΙΑΣ");
    assert!(order.contains("Προκαταβολή 1") && order.contains("Μένει να πληρωθεί"), "{order}");
    assert!(order.contains("270,76"), "370.76 less 100.00: {order}");
    let cancel = Input::CancelVisit { visit, reason: "άλλαξε γνώμη".to_owned(), by: with_chief() };
    assert_eq!(world.act(cancel), [Notice::DepositHeld { left: Cents(10_000) }]);
    // Half of it now; the power goes; the rest is still held for it, and no more than that.
    assert_eq!(world.act(gives(deposit, "50.00", Means::Cash, alone())), given("50.00"));
    world.crash();
    assert_eq!(held(&mut world)[0].left(), Cents(5_000));
    assert_eq!(
        refused(&world.act(gives(deposit, "50.01", Means::Cash, alone()))),
        &Refusal::NotSoMuchDeposit { left: Cents(5_000) }
    );
    assert_eq!(world.act(gives(deposit, "50.00", Means::Cash, alone())), given("50.00"));
    assert_eq!(held(&mut world), []);
    assert_eq!(shift(&mut world).expected_cash(), Cents(5_000));
    world.drain();
    world.check();
}
