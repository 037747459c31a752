//! A van on a lease: agreed, handed over, paid every month, missed, paid ahead, extended, back before the end. One entry at the
//! registry for all of it, correlated with every document, also where the power goes between a document and the registry.

use crate::world::{World, alone, arrival, cash, on, person};
use jiff::civil::{Date, date};
use tameio::aade::simulator::state::EntryState;
use tameio::aade::simulator::{Call, Fault, FaultRule, FaultScript, Kind};
use tameio::app::effect::Notice;
use tameio::app::input::{
    By, DocumentInput, Input, LeaseInput, OpenVisit, RentalInput, TillInput, WantedHandOver, WantedLease,
    WantedReturn,
};
use tameio::app::refusal::{LeaseRefusal, Refusal};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::dashboard::{Dashboard, Eighths};
use tameio::domain::ids::VisitId;
use tameio::domain::lease::{EarlyReturn, LeaseRules, Standing};
use tameio::domain::money::Cents;
use tameio::domain::operator::Right;
use tameio::domain::rental::RentalRules;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::terms::{Period, Periodicity, ServiceTerms};
use tameio::domain::text::Text;
use tameio::domain::time::Stamp;

pub(super) fn desk(rules: LeaseRules) -> Settings {
    let settings = Config::practice(Trade::Rental).expect("practice is good").settings;
    let rental = RentalRules { lease: rules, ..settings.rental.clone() };
    Settings { branch: 3, rental, ..settings }
}

pub(super) fn on_lease(to: Date, every: Periodicity) -> OpenVisit {
    let period = Period { from: date(2026, 3, 1), to };
    OpenVisit { terms: ServiceTerms::Lease { period, every }, ..arrival("ΥΖΒ-3307", Size::Van) }
}

pub(super) fn agrees(visit: VisitId, rate: i64, every_days: Option<u16>, by: By) -> Input {
    let wanted = WantedLease { rate: Cents(rate), every_days, deposit: Cents(60_000) };
    Input::Lease(LeaseInput::Agree { visit, wanted, by })
}

pub(super) fn charges(visit: VisitId, upto: Option<u16>) -> Input {
    Input::Lease(LeaseInput::Charge { visit, upto, operator: person("A") })
}

pub(super) fn hands_over(visit: VisitId) -> Input {
    let wanted = WantedHandOver {
        driver: "John Smith".to_owned(),
        licence: "SMITH-901".to_owned(),
        licence_until: Some(date(2030, 1, 31)),
        dashboard: Dashboard { km: Some(12_000), fuel: Eighths::new(8) },
        ..WantedHandOver::default()
    };
    Input::Rental(RentalInput::HandOver { visit, wanted: Box::new(wanted), operator: person("A") })
}

pub(super) fn takes_back(visit: VisitId) -> Input {
    let dashboard = Dashboard { km: Some(14_000), fuel: Eighths::new(8) };
    let wanted = WantedReturn { dashboard, ..WantedReturn::default() };
    Input::Rental(RentalInput::TakeBack { visit, wanted: Box::new(wanted), operator: person("A") })
}

/// The owner steps in.
pub(super) fn with_owner() -> By {
    By { operator: person("A"), approved_by: Some(person("owner")) }
}

#[track_caller]
pub(super) fn refused(said: &[Notice], why: LeaseRefusal) {
    assert_eq!(said, [Notice::Refused(Refusal::Lease(why))]);
}

/// An instant of summer time.
pub(super) fn summer(instant: &str) -> Stamp {
    serde_json::from_value(format!("{instant}:00.000+03:00").into()).expect("an instant")
}

pub(super) fn until(world: &mut World, instant: Stamp) {
    world.site().run_until(instant).expect("time passes");
}

/// The van is let for six months at 450.00, and the first one is paid.
pub(super) fn six_months(world: &mut World) -> VisitId {
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    let visit = world.opens(on_lease(date(2026, 8, 31), Periodicity::Months(1)));
    let said = world.act(agrees(visit, 45_000, None, alone()));
    assert_eq!(said, [Notice::NeedsRight(Right::SetPrice)], "a price by hand needs the right");
    assert_eq!(world.act(agrees(visit, 45_000, None, with_owner())), []);
    assert_eq!(world.act(hands_over(visit)), []);
    assert_eq!(world.visit(visit).due(), Cents(45_000), "the first instalment is due in advance");
    world.pays(visit, &[cash("450.00")]);
    world.pass(5);
    visit
}

fn standings(world: &mut World, visit: VisitId) -> Vec<Standing> {
    let today = world.site().now().date();
    let lease = world.visit(visit).lease.expect("a contract");
    lease.instalments().iter().map(|one| lease.standing(one, today)).collect()
}

#[test]
fn every_instalment_is_a_document_of_the_one_entry() {
    use Standing::{Ahead, Due, Late, Paid};
    let mut world = World::since(on("2026-03-01T08:00"), desk(LeaseRules::default()));
    let visit = six_months(&mut world);
    world.drain();
    let entry = world.entry_of(visit);
    let told = |name: &str| entry.initial.get(name).map(str::to_owned);
    assert_eq!(told("continuousLeaseService").as_deref(), Some("true"));
    assert_eq!(told("fromAgreedPeriodDate").as_deref(), Some("2026-03-01"));
    assert_eq!(told("toAgreedPeriodDate").as_deref(), Some("2026-08-31"));
    assert_eq!(told("periodicity").as_deref(), Some("1"));
    assert_eq!(entry.merged.get("amount"), Some("2700.00"), "what was agreed, altogether");
    assert_eq!(entry.correlations.len(), 1);
    let paper = world.papers().into_iter().rfind(|paper| paper.contains("ΠΑΡΑΔΟΣΗ ΟΧΗΜΑΤΟΣ")).expect("it");
    for words in ["1/6", "6/6", "01/08/2026", "2700,00", "Εγγύηση"] {
        assert!(paper.contains(words), "{words} is missing in\n{paper}");
    }
    assert_eq!(standings(&mut world, visit), [Paid, Ahead, Ahead, Ahead, Ahead, Ahead]);
    // April is missed; on the first of May two are owed, the late one first.
    until(&mut world, summer("2026-05-01T09:00"));
    assert_eq!(standings(&mut world, visit), [Paid, Late, Due, Ahead, Ahead, Ahead]);
    assert_eq!(world.act(charges(visit, None)), []);
    assert_eq!(world.act(charges(visit, None)), [], "a second press changes nothing");
    assert_eq!(world.visit(visit).due(), Cents(90_000));
    // One of them now, the other later.
    assert_eq!(world.act(charges(visit, Some(2))), []);
    assert_eq!(world.visit(visit).due(), Cents(45_000));
    world.pays(visit, &[cash("450.00")]);
    world.pass(5);
    refused(&world.act(charges(visit, Some(2))), LeaseRefusal::NoSuchInstalment);
    let receipt = world.papers().pop().expect("a receipt");
    let flowing = receipt.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flowing.contains("Μίσθωμα 2/6 01/04/2026–30/04/2026"), "{receipt}");
    // May and June together, June in advance.
    world.act(charges(visit, Some(4)));
    world.pays(visit, &[cash("500.00"), crate::world::card("400.00")]);
    assert_eq!(standings(&mut world, visit), [Paid, Paid, Paid, Paid, Ahead, Ahead]);
    // What is not due may still be paid: the next one.
    world.act(charges(visit, None));
    assert_eq!(world.visit(visit).sale.lines.len(), 1, "the first document stays what settled it");
    assert_eq!(world.visit(visit).supplement.lines[0].code, "lease-5");
    world.pays(visit, &[cash("450.00")]);
    until(&mut world, summer("2026-08-31T09:00"));
    world.act(charges(visit, None));
    world.pays(visit, &[cash("450.00")]);
    refused(&world.act(charges(visit, None)), LeaseRefusal::NothingToPay);
    assert_eq!(world.act(takes_back(visit)), []);
    world.leaves(visit);
    world.pass(5);
    world.drain();
    let entry = world.entry_of(visit);
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 5), "one for each document");
    let figures = world.site().state().shift.clone().expect("a shift").figures;
    assert_eq!((figures.gross, figures.retail), (Cents(6 * 45_000), 5));
    world.check();
}

#[test]
fn nobody_leaves_the_books_while_an_instalment_is_owed() {
    let mut world = World::since(on("2026-03-01T08:00"), desk(LeaseRules::default()));
    let visit = six_months(&mut world);
    until(&mut world, summer("2026-05-10T09:00"));
    assert_eq!(world.act(takes_back(visit)), []);
    let depart = Input::Depart { visit, operator: person("A"), returned_at: None };
    assert!(matches!(world.act(depart).as_slice(), [Notice::Refused(Refusal::Step(_))]));
    // April, and ten days of May's thirty-one.
    assert_eq!(world.visit(visit).due(), Cents(45_000 + 14_516));
    // Put right how it came back: what is owed stays.
    assert_eq!(world.act(takes_back(visit)), []);
    assert_eq!(world.visit(visit).due(), Cents(45_000 + 14_516));
    refused(&world.act(agrees(visit, 40_000, None, with_owner())), LeaseRefusal::PaidAlready);
    world.pays(visit, &[crate::world::card("595.16")]);
    world.pass(5);
    world.leaves(visit);
    world.drain();
    assert_eq!(world.entry_of(visit).correlations.len(), 2);
    world.check();
}

#[test]
fn what_was_paid_ahead_is_given_back_by_the_rule_of_the_contract() {
    for (early_return, over) in
        [(EarlyReturn::Days, 45_000 + 30_484), (EarlyReturn::Period, 45_000), (EarlyReturn::Everything, 0)]
    {
        let rules = LeaseRules { early_return, ..LeaseRules::default() };
        let mut world = World::since(on("2026-03-01T08:00"), desk(rules));
        let visit = six_months(&mut world);
        world.act(charges(visit, Some(4)));
        world.pays(visit, &[crate::world::card("1350.00")]);
        until(&mut world, summer("2026-05-10T09:00"));
        assert_eq!(world.act(takes_back(visit)), []);
        let lease = world.visit(visit).lease.expect("a contract");
        assert_eq!(lease.overpaid(), Cents(over), "{early_return:?}");
        if let Some((document, amount)) = lease.to_give_back() {
            let tenders = vec![crate::world::card(&amount.to_string())];
            let refund = DocumentInput::Refund {
                document,
                amount: Some(amount),
                tenders,
                reason: "επέστρεψε νωρίτερα".to_owned(),
                by: with_owner(),
            };
            let said = world.act(Input::Document(refund));
            assert!(!matches!(said.as_slice(), [Notice::Refused(_)]), "{said:?}");
            let lease = world.visit(visit).lease.expect("a contract");
            assert_eq!((lease.overpaid(), lease.to_give_back()), (Cents::ZERO, None), "it is even");
            assert_eq!(lease.unpaid(), [], "and nothing is owed again");
        }
        if early_return == EarlyReturn::Everything {
            assert_eq!(world.visit(visit).due(), Cents(90_000), "July and August are owed all the same");
            world.pays(visit, &[crate::world::card("900.00")]);
        }
        world.pass(5);
        world.leaves(visit);
        world.drain();
        world.check();
    }
}

#[test]
fn an_extension_goes_on_from_the_day_after_and_is_told() {
    let mut world = World::since(on("2026-03-01T08:00"), desk(LeaseRules::default()));
    let visit = world.opens(on_lease(date(2026, 4, 10), Periodicity::Other(Text::new("κάθε 20 ημέρες"))));
    refused(&world.act(charges(visit, None)), LeaseRefusal::NotAgreed);
    refused(&world.act(agrees(visit, 30_000, None, with_owner())), LeaseRefusal::Every);
    refused(&world.act(agrees(visit, 0, Some(20), with_owner())), LeaseRefusal::Rate);
    assert_eq!(world.act(agrees(visit, 30_000, Some(20), with_owner())), []);
    assert_eq!(world.act(hands_over(visit)), []);
    let extend = |last, rate: Option<i64>| {
        Input::Lease(LeaseInput::Extend { visit, last, rate: rate.map(Cents), by: with_owner() })
    };
    let same = LeaseRefusal::NotLater { last: date(2026, 4, 10) };
    refused(&world.act(extend(date(2026, 4, 10), None)), same);
    assert_eq!(world.act(extend(date(2026, 4, 30), Some(25_000))), []);
    let lease = world.visit(visit).lease.expect("a contract");
    let days: Vec<_> = lease.instalments().iter().map(|one| (one.period.from, one.amount)).collect();
    assert_eq!(
        days,
        [
            (date(2026, 3, 1), Cents(30_000)),
            (date(2026, 3, 21), Cents(30_000)),
            (date(2026, 4, 10), Cents(1_500)),
            (date(2026, 4, 11), Cents(25_000)),
        ]
    );
    assert_eq!(
        world.visit(visit).rental.expect("it is away").hand_over.due_back.printed(),
        "01/05/2026 00:00"
    );
    world.pays(visit, &[cash("300.00")]);
    world.drain();
    let entry = world.entry_of(visit);
    assert_eq!(entry.merged.get("amount"), Some("865.00"));
    assert_eq!(entry.initial.get("periodicityOther"), Some("κάθε 20 ημέρες"));
    assert_eq!(entry.initial.get("toAgreedPeriodDate"), Some("2026-04-10"), "which nobody can change");
    world.check();
}

#[test]
fn where_an_extension_wants_a_new_entry_it_is_said() {
    let rules =
        LeaseRules { on_extension: tameio::domain::lease::OnExtension::NewEntry, ..LeaseRules::default() };
    let mut world = World::since(on("2026-03-01T08:00"), desk(rules));
    let visit = six_months(&mut world);
    let last = date(2026, 9, 30);
    let extend = Input::Lease(LeaseInput::Extend { visit, last, rate: None, by: with_owner() });
    refused(&world.act(extend), LeaseRefusal::NewEntryWanted);
}

/// The power goes at each point between the payment of an instalment and its correlation.
#[test]
fn a_kill_between_document_and_registry_loses_and_doubles_nothing() {
    for stored in [None, Some(true), Some(false)] {
        let mut world = World::since(on("2026-03-01T08:00"), desk(LeaseRules::default()));
        let visit = six_months(&mut world);
        world.drain();
        until(&mut world, summer("2026-04-01T09:00"));
        match stored {
            // The document is written down, and neither named nor told.
            None => {
                world.network(false);
                world.act(charges(visit, None));
                world.crash();
                assert_eq!(world.visit(visit).due(), Cents(45_000), "what was to be paid still is");
                world.pays(visit, &[cash("450.00")]);
                world.crash();
                world.network(true);
            }
            // The registry was told, and its answer is lost, whether it took it or not.
            Some(stored) => {
                let lost = FaultRule::nth(Call::ClientCorrelations, 1, Fault::new(Kind::Lose, stored));
                world.faults(FaultScript { rules: vec![lost], ..FaultScript::default() });
                world.act(charges(visit, None));
                world.pays(visit, &[cash("450.00")]);
                world.pass(3);
                world.crash();
            }
        }
        refused(&world.act(charges(visit, Some(2))), LeaseRefusal::NoSuchInstalment);
        world.pass(5);
        world.drain();
        assert_eq!(world.documents().len(), 2);
        let entry = world.entry_of(visit);
        assert_eq!((entry.state, entry.correlations.len()), (EntryState::Open, 2), "{stored:?}");
        world.check();
    }
}

#[test]
fn a_wrong_plate_takes_the_contract_along() {
    let mut world = World::since(on("2026-03-01T08:00"), desk(LeaseRules::default()));
    let visit = six_months(&mut world);
    world.drain();
    let correct = Input::CorrectPlate {
        visit,
        plate: "ΥΖΒ-3308".to_owned(),
        entry: tameio::domain::plate::PlateEntry::Greek,
        vehicle: tameio::domain::visit::VehicleFacts::default(),
        by: with_owner(),
    };
    world.act(correct);
    world.drain();
    let next = world.site().state().visits.values().next().cloned().expect("it goes on");
    assert_ne!(next.id, visit);
    assert!(next.lease.as_ref().is_some_and(|lease| lease.is_paid(1)));
    until(&mut world, summer("2026-04-01T09:00"));
    world.act(charges(next.id, None));
    world.pays(next.id, &[cash("450.00")]);
    world.pass(5);
    world.drain();
    let entry = world.entry_of(next.id);
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Open, 2));
    assert_eq!(entry.merged.get("amount"), Some("2700.00"));
    world.check();
}
