//! What a lease's book must not forget: discounts, documents made void or given back, what is sold beside, and what may not be
//! agreed.

use super::s_lease::{
    agrees, charges, desk, hands_over, on_lease, refused, six_months, summer, takes_back, until, with_owner,
};
use crate::world::{World, alone, card, cash, on, person};
use jiff::civil::date;
use tameio::app::effect::Notice;
use tameio::app::input::{
    ChooseService, DocumentInput, Input, LeaseInput, OpenVisit, TillInput, WantedLease,
};
use tameio::app::refusal::{LeaseRefusal, Refusal};
use tameio::domain::catalogue::Size;
use tameio::domain::ids::{DocumentId, VisitId};
use tameio::domain::lease::{EarlyReturn, Lease, LeaseRules, ToldAmount};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::operator::Right;
use tameio::domain::payment::Tender;
use tameio::domain::sale::DiscountAmount;
use tameio::domain::settings::{IssuerKind, Settings};
use tameio::domain::terms::Periodicity;

fn lease(world: &World, visit: VisitId) -> Lease {
    *world.visit(visit).lease.expect("a contract")
}

/// A van on a lease of six months, nothing agreed yet.
fn van(world: &mut World) -> VisitId {
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    world.opens(on_lease(date(2026, 8, 31), Periodicity::Months(1)))
}

fn gives_back(world: &mut World, document: DocumentId, amount: Option<Cents>, tender: Tender) {
    let refund = DocumentInput::Refund {
        document,
        amount,
        tenders: vec![tender],
        reason: "συμφωνήθηκε".to_owned(),
        by: with_owner(),
    };
    let said = world.act(Input::Document(refund));
    assert!(!matches!(said.as_slice(), [Notice::Refused(_)]), "{said:?}");
}

fn extend(visit: VisitId, last: jiff::civil::Date, by: tameio::app::input::By) -> Input {
    Input::Lease(LeaseInput::Extend { visit, last, rate: None, by })
}

/// What was taken off an instalment was not paid, and is not given back.
#[test]
fn an_instalment_with_a_discount_was_paid_with_less() {
    let mut world = World::since(on("2026-03-01T08:00"), desk(LeaseRules::default()));
    let visit = van(&mut world);
    world.act(agrees(visit, 45_000, None, with_owner()));
    world.act(hands_over(visit));
    let discount = Input::GiveDiscount {
        visit,
        amount: DiscountAmount::Percent(Rate(1_000)),
        reason: "πρώτος μήνας".to_owned(),
        by: with_owner(),
    };
    assert_eq!(world.act(discount), []);
    assert_eq!(world.act(charges(visit, Some(2))), [], "the discount stays with what is charged");
    assert_eq!(world.visit(visit).due(), Cents(81_000));
    world.pays(visit, &[card("810.00")]);
    let paid: Vec<Cents> = lease(&world, visit).paid.iter().map(|paid| paid.amount).collect();
    assert_eq!(paid, [Cents(40_500), Cents(40_500)]);
    until(&mut world, summer("2026-03-31T09:00"));
    world.act(takes_back(visit));
    assert_eq!(lease(&world, visit).overpaid(), Cents(81_000 - 45_000), "of March all of it is owed");
    world.drain();
    world.check();
}

/// A document made void has paid nothing: its instalment is owed again, and paid with another.
#[test]
fn a_void_makes_an_instalment_owed_again() {
    let settings = Settings { issuer: IssuerKind::TypedMark, ..desk(LeaseRules::default()) };
    let mut world = World::since(on("2026-03-01T08:00"), settings);
    let visit = van(&mut world);
    world.act(agrees(visit, 45_000, None, with_owner()));
    world.act(hands_over(visit));
    world.pays(visit, &[cash("450.00")]);
    let document = lease(&world, visit).document_of(1).expect("it is paid");
    let void = DocumentInput::Void { document, reason: "λάθος".to_owned(), by: alone() };
    world.act(Input::Document(void));
    world.crash();
    assert!(!lease(&world, visit).is_paid(1));
    assert_eq!(world.visit(visit).due(), Cents(45_000));
    world.pays(visit, &[cash("450.00")]);
    assert_ne!(lease(&world, visit).document_of(1), Some(document));
    assert_eq!(lease(&world, visit).paid.len(), 1);
    world.drain();
    world.check();
}

/// Three months were paid with three documents; on the tenth day the van is back. The last is given back first, each whole, until
/// the days that were kept are paid and no more.
#[test]
fn what_was_paid_with_several_documents_goes_back_from_the_last_one_on() {
    let mut world = World::since(on("2026-03-01T08:00"), desk(LeaseRules::default()));
    let visit = six_months(&mut world);
    for _ in 0..2 {
        world.act(charges(visit, None));
        world.pays(visit, &[card("450.00")]);
        world.pass(5);
    }
    let paid: Vec<DocumentId> = lease(&world, visit).paid.iter().map(|paid| paid.document).collect();
    until(&mut world, on("2026-03-10T09:00"));
    world.act(takes_back(visit));
    let over = 3 * 45_000 - 14_516;
    for (left, from, amount) in [(over, 2, 45_000), (over - 45_000, 1, 45_000), (over - 90_000, 0, 30_484)] {
        let contract = lease(&world, visit);
        assert_eq!(contract.overpaid(), Cents(left));
        assert_eq!(contract.to_give_back(), Some((paid[from], Cents(amount))));
        // The first was paid in cash, the others by card: as it came, so it goes.
        let euro = Cents(amount).with_point();
        let tender = if from == 0 { cash(&euro) } else { card(&euro) };
        gives_back(&mut world, paid[from], Some(Cents(amount)), tender);
        world.pass(5);
    }
    let contract = lease(&world, visit);
    assert_eq!(
        (contract.overpaid(), contract.to_give_back(), contract.unpaid()),
        (Cents::ZERO, None, vec![])
    );
    world.leaves(visit);
    world.drain();
    assert_eq!(world.entry_of(visit).correlations.len(), 6, "three sales and three credits");
    world.drain();
    world.check();
}

/// A whole document that was given back has paid nothing any more.
#[test]
fn an_instalment_that_was_given_back_whole_is_owed_again() {
    let mut world = World::since(on("2026-03-01T08:00"), desk(LeaseRules::default()));
    let visit = six_months(&mut world);
    let document = lease(&world, visit).document_of(1).expect("it is paid");
    gives_back(&mut world, document, None, cash("450.00"));
    let contract = lease(&world, visit);
    assert_eq!((contract.is_paid(1), contract.owed_on(date(2026, 3, 1))), (false, Cents(45_000)));
    world.act(charges(visit, None));
    assert_eq!(world.visit(visit).due(), Cents(45_000));
    world.pays(visit, &[card("450.00")]);
    let contract = lease(&world, visit);
    assert_eq!((contract.is_paid(1), contract.overpaid()), (true, Cents::ZERO));
    assert_eq!(contract.unpaid().len(), 5, "each once");
    world.drain();
    world.check();
}

/// A child's seat was chosen before the contract was written: it stays beside the instalment, and is paid with the first.
#[test]
fn what_is_sold_beside_an_instalment_stays() {
    let mut world = World::since(on("2026-03-01T08:00"), desk(LeaseRules::default()));
    let visit = van(&mut world);
    let choice =
        ChooseService { visit, size: Size::Van, package: "DAY".to_owned(), extras: vec!["CHILD".to_owned()] };
    assert_eq!(world.act(Input::ChooseService(choice)), []);
    world.act(agrees(visit, 45_000, None, with_owner()));
    let codes = |world: &World| {
        let lines = world.visit(visit).sale.lines;
        lines.iter().map(|line| line.code.clone()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&world), ["lease-1", "CHILD"], "and no days of the price list");
    world.act(charges(visit, Some(2)));
    assert_eq!(codes(&world), ["lease-1", "lease-2", "CHILD"]);
    assert_eq!(world.visit(visit).due(), Cents(90_500));
    world.drain();
    world.check();
}

#[test]
fn what_cannot_be_agreed_or_extended_is_refused() {
    let mut world = World::since(on("2026-03-01T08:00"), desk(LeaseRules::default()));
    let visit = world.opens(on_lease(date(2026, 10, 26), Periodicity::Other("κάθε μέρα".into())));
    let terms = |deposit: i64| {
        let wanted = WantedLease { rate: Cents(2_000), every_days: Some(1), deposit: Cents(deposit) };
        Input::Lease(LeaseInput::Agree { visit, wanted, by: with_owner() })
    };
    for deposit in [-1, i64::MAX] {
        assert_eq!(world.act(terms(deposit)), [Notice::Refused(Refusal::Amount)]);
    }
    assert_eq!(world.act(terms(0)), [], "240 days are 240 instalments");
    refused(&world.act(extend(visit, date(2026, 10, 27), with_owner())), LeaseRefusal::TooMany);
    let longer = on_lease(date(2026, 10, 27), Periodicity::Other("κάθε μέρα".into()));
    let longer = world.opens(OpenVisit { plate: "ΙΗΖ-4821".to_owned(), ..longer });
    refused(&world.act(agrees(longer, 2_000, Some(1), with_owner())), LeaseRefusal::TooMany);
    let other = on_lease(date(2026, 8, 31), Periodicity::Months(1));
    let other = world.opens(OpenVisit { plate: "ΝΚΟ-9154".to_owned(), ..other });
    world.act(agrees(other, 45_000, None, with_owner()));
    let before = world.events().len();
    assert_eq!(world.act(agrees(other, 45_000, None, with_owner())), []);
    assert_eq!(world.events().len(), before, "a second press writes nothing");
    let by_cashier = extend(other, date(2026, 9, 30), alone());
    assert_eq!(world.act(by_cashier), [Notice::NeedsRight(Right::SetPrice)], "a rate needs the right");
    let by_contract = Input::SettleByContract { visit: other, invoice_to: None, operator: person("A") };
    assert_eq!(world.act(by_contract), []);
    assert_eq!(world.act(charges(other, None)), [Notice::Refused(Refusal::PriceFixed)], "not paid here");
    world.drain();
    world.check();
}

/// The registry may be told one instalment instead of all; an extension makes more of them, and each says of how many.
#[test]
fn one_instalment_may_be_what_is_told_and_an_extension_counts_on() {
    let rules = LeaseRules { told_amount: ToldAmount::Instalment, ..LeaseRules::default() };
    let mut world = World::since(on("2026-03-01T08:00"), desk(rules));
    let visit = six_months(&mut world);
    world.act(extend(visit, date(2026, 9, 30), with_owner()));
    world.drain();
    assert_eq!(world.entry_of(visit).merged.get("amount"), Some("450.00"));
    assert_eq!(world.visit(visit).rental.expect("it is away").hand_over.days, 214);
    world.act(charges(visit, None));
    let line = &world.visit(visit).supplement.lines[0];
    assert_eq!(line.name.en.as_str(), "Lease instalment 2/7 01/04/2026–30/04/2026");
    world.drain();
    world.check();
}

/// It came back; what is put right of the return counts anew, and nothing is agreed or extended any more.
#[test]
fn nothing_is_agreed_or_extended_once_the_vehicle_is_back() {
    let rules = LeaseRules { early_return: EarlyReturn::Days, ..LeaseRules::default() };
    let mut world = World::since(on("2026-03-01T08:00"), desk(rules));
    let visit = van(&mut world);
    world.act(agrees(visit, 45_000, None, with_owner()));
    world.act(hands_over(visit));
    until(&mut world, on("2026-03-10T09:00"));
    world.act(takes_back(visit));
    refused(&world.act(extend(visit, date(2026, 9, 30), with_owner())), LeaseRefusal::IsBack);
    refused(&world.act(agrees(visit, 40_000, None, with_owner())), LeaseRefusal::IsBack);
    assert_eq!(world.visit(visit).due(), Cents(14_516));
    world.drain();
    world.check();
}
