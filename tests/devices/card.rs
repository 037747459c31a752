//! A linked terminal on a real socket, speaking both protocols: charged once whatever happens on the way, by its own ledger.

use super::{BACK, Desk, configured, only};
use crate::folder::Folder;
use crate::world::person;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;
use tameio::app::input::{CardInput, ChooseService, Input, OpenVisit};
use tameio::domain::card::{CardSession, ChargeState};
use tameio::domain::catalogue::Size;
use tameio::domain::device::{Condition, DeviceKind};
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::payment::Tender;
use tameio_drivers::card::{Address, Mishap, Place, SimTerminal, serve};

const LONG: Duration = Duration::from_secs(15);

/// A simulated terminal on a port.
fn terminal(protocol: &str) -> (SimTerminal, SocketAddr) {
    let simulated: Address = format!("sim:?protocol={protocol}").parse().expect("an address");
    let Place::Sim(terminal) = simulated.place else { panic!("it is simulated") };
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let at = listener.local_addr().expect("an address");
    let served = terminal.clone();
    std::thread::spawn(move || serve(&listener, &served));
    (terminal, at)
}

/// A visit of 8.00 € waiting to be paid.
fn served(desk: &Desk) -> VisitId {
    desk.send(Input::OpenVisit(OpenVisit::new("ΙΗΖ-4821", Size::Small, person("A"))));
    desk.until(BACK, "the vehicle is inside", |state| state.visits.len() == 1);
    let visit = *desk.snapshot().expect("shown").state.visits.keys().next().expect("it is inside");
    let choice = ChooseService { visit, size: Size::Small, package: "EXT".to_owned(), extras: Vec::new() };
    desk.send(Input::ChooseService(choice));
    visit
}

fn pay(desk: &Desk, visit: VisitId) {
    let tender = Tender::CardLinked { amount: Cents(800), tip: Cents::ZERO, session: None };
    let tenders = vec![tender];
    desk.send(Input::Pay { visit, tenders, invoice_to: None, operator: person("A") });
}

/// As the simulated terminals are set up: those with pipes name the operation in the field 17 of their last receipt.
fn address(at: SocketAddr, protocol: &str) -> String {
    let names = if protocol == "pipe" { "&receipt_id=17" } else { "" };
    format!("tcp://{at}?protocol={protocol}&approved=yes{names}")
}

#[test]
fn a_card_is_charged_once_and_the_sale_is_paid() {
    for protocol in ["ecr", "pipe"] {
        let folder = Folder::new();
        let (sim, at) = terminal(protocol);
        let desk = Desk::open(folder.path(), configured(&[("card", &address(at, protocol))]));
        desk.until_is(BACK, &only(DeviceKind::CardTerminal), &Condition::Ready);
        let visit = served(&desk);
        pay(&desk, visit);
        desk.until(LONG, "it is paid", |state| {
            state.visits.values().any(|visit| visit.state.settlement().is_some())
        });
        let figures = desk.snapshot().expect("shown").state.shift.clone().expect("a shift").figures;
        assert_eq!((figures.card, figures.cash), (Cents(800), Cents::ZERO));
        let ledger = sim.ledger();
        assert_eq!(ledger.len(), 1, "{protocol}: {ledger:?}");
        desk.close();
    }
}

#[test]
fn a_connection_that_breaks_after_the_bank_said_yes_charges_once() {
    for protocol in ["ecr", "pipe"] {
        let folder = Folder::new();
        let (sim, at) = terminal(protocol);
        let desk = Desk::open(folder.path(), configured(&[("card", &address(at, protocol))]));
        desk.until_is(BACK, &only(DeviceKind::CardTerminal), &Condition::Ready);
        let visit = served(&desk);
        sim.change(|control| control.mishap = Some(Mishap::BreakAfterBank));
        pay(&desk, visit);
        // Asked about by itself: either the terminal names the charge, or a person must look. It is never charged again.
        desk.until(LONG, "its end is known, or known to be unknown", |state| {
            let paid = state.visits.values().any(|visit| visit.state.settlement().is_some());
            let unknown = |charge: &tameio::domain::card::CardCharge| {
                matches!(charge.state, ChargeState::Unknown { .. })
            };
            paid || state.charges.values().any(unknown)
        });
        desk.send(Input::Card(CardInput::Ask { session: CardSession(1) }));
        desk.until(LONG, "the terminal names it when it is asked", |state| state.charges.is_empty());
        assert_eq!(sim.ledger().len(), 1, "{protocol}: charged once");
        desk.close();
    }
}

#[test]
fn a_terminal_that_is_not_there_charges_nobody_and_says_so() {
    let folder = Folder::new();
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let desk = Desk::open(folder.path(), configured(&[("card", &address(free, "ecr"))]));
    let visit = served(&desk);
    pay(&desk, visit);
    let said = desk.said.recv_timeout(LONG).expect("something is said");
    let not_started = matches!(
        said,
        tameio::app::effect::Notice::Card {
            outcome: tameio::domain::card::CardOutcome::NotStarted { .. },
            ..
        } | tameio::app::effect::Notice::Opened { .. }
    );
    assert!(not_started, "{said:?}");
    desk.until(LONG, "nothing waits", |state| state.charges.is_empty());
    assert!(
        desk.snapshot().expect("shown").state.visits.values().all(|visit| visit.state.settlement().is_none())
    );
    desk.close();
}

/// Without the acquirer's word nothing is connected.
#[test]
fn a_terminal_is_not_used_before_its_acquirer_has_agreed() {
    let folder = Folder::new();
    let (sim, at) = terminal("ecr");
    let desk = Desk::open(folder.path(), configured(&[("card", &format!("tcp://{at}?protocol=ecr"))]));
    let card = only(DeviceKind::CardTerminal);
    desk.until(LONG, "it says why", |state| {
        matches!(super::condition(state, &card), Some(Condition::Faulted { .. }))
    });
    assert!(sim.ledger().is_empty());
    desk.close();
}
