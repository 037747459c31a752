//! Every fault of the way and of the terminal: what becomes of the sale, and that the bank's book agrees.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use tameio_drivers::card::ecr;
use tameio_drivers::card::{
    Cancel, CardTerminal, Event, Found, Kind, Mishap, NotStarted, Outcome, Stray, StrayKind, Why,
};
use tameio_drivers::wire::Fault;

use super::{Bench, Line, Speaks, cents, everywhere, intent, session, until};

fn strays(events: &[Event]) -> Vec<Stray> {
    let stray = |event: &Event| match event {
        Event::Stray(stray) => Some(stray.clone()),
        _ => None,
    };
    events.iter().filter_map(stray).collect()
}

/// Whether a terminal can be asked what became of an operation it approved.
fn can_be_asked(bench: &Bench) -> bool {
    bench.terminal.abilities().query
}

#[test]
fn a_break_before_the_bank_heard_of_it_is_unknown_and_nothing_was_charged() {
    everywhere(|bench| {
        bench.sim.change(|control| control.mishap = Some(Mishap::BreakBeforeBank));
        let (sale, outcome, _) = bench.run(Kind::Sale, 1400);
        assert_eq!(outcome, Ok(Outcome::Unknown(Why::ConnectionLost)), "{:?}", bench.speaks);
        assert!(bench.charged().is_empty());
        // No answer makes a "no" of it: only a person may.
        let found = bench.query(&sale);
        let wanted = match bench.speaks {
            Speaks::Ecr => found == Found::NoSuchSession,
            Speaks::Mellon => found == Found::Unknown(Why::CannotBeAsked),
            _ => matches!(found, Found::Unknown(Why::Error(_))),
        };
        assert!(wanted, "{:?}: {found:?}", bench.speaks);
        assert_eq!(bench.terminal.unresolved(), Some(sale.session));
    });
}

#[test]
fn a_break_after_the_bank_has_approved_is_found_out_by_asking() {
    for mishap in [Mishap::BreakAfterBank, Mishap::BreakInResult] {
        everywhere(|bench| {
            bench.sim.change(|control| control.mishap = Some(mishap));
            let (sale, outcome, _) = bench.run(Kind::Sale, 1400);
            assert_eq!(outcome, Ok(Outcome::Unknown(Why::ConnectionLost)), "{:?}", bench.speaks);
            bench.crash();
            bench.terminal.adopt(&sale);
            let found = bench.query(&sale);
            let paid = matches!(&found, Found::Outcome(Outcome::Approved(approval)) if approval.amount_cents == 1400);
            assert_eq!(paid, can_be_asked(bench), "{:?}: {found:?}", bench.speaks);
            assert_eq!(bench.terminal.unresolved().is_none(), paid);
            assert_eq!(bench.charged(), [1400]);
        });
    }
}

#[test]
fn a_declined_sale_whose_answer_was_lost_is_found_to_be_declined() {
    let mut bench = Bench::new(Speaks::Ecr, Line::Socket);
    bench.sim.change(|control| {
        (control.decline, control.mishap) = (Some("51".to_owned()), Some(Mishap::BreakInResult));
    });
    let (sale, outcome, _) = bench.run(Kind::Sale, 1400);
    assert_eq!(outcome, Ok(Outcome::Unknown(Why::ConnectionLost)));
    assert!(matches!(bench.query(&sale), Found::Outcome(Outcome::Declined { code, .. }) if &code == "51"));
}

#[test]
fn a_pulled_cable_in_the_middle_is_unknown_at_once() {
    everywhere(|bench| {
        bench.sim.change(|control| control.delay = Duration::from_millis(400));
        let sim = bench.sim.clone();
        std::thread::spawn(move || {
            until("an operation", || sim.is_running());
            sim.change(|control| control.unplugged = true);
        });
        let (sale, outcome, _) = bench.run(Kind::Sale, 1400);
        assert_eq!(outcome, Ok(Outcome::Unknown(Why::ConnectionLost)), "{:?}", bench.speaks);
        // It went on by itself.
        until("the bank's word", || !bench.charged().is_empty());
        let found = bench.query(&sale);
        let unreached = matches!(found, Found::Unknown(Why::NotReached(_) | Why::ConnectionLost));
        assert!(unreached || found == Found::Unknown(Why::CannotBeAsked), "{:?}: {found:?}", bench.speaks);
        bench.sim.change(|control| control.unplugged = false);
        assert_eq!(matches!(bench.query(&sale), Found::Outcome(Outcome::Approved(_))), can_be_asked(bench));
        assert_eq!(bench.charged(), [1400]);
    });
}

#[test]
fn a_terminal_that_is_not_there_is_not_started() {
    everywhere(|bench| {
        bench.sim.change(|control| control.unplugged = true);
        let (_, outcome, _) = bench.run(Kind::Sale, 1400);
        // A socket that opens and closes again may have taken the bytes: that is not known.
        let never = matches!(outcome, Err(NotStarted::Fault(Fault::Missing | Fault::Gone)));
        assert!(
            never || outcome == Ok(Outcome::Unknown(Why::ConnectionLost)),
            "{:?}: {outcome:?}",
            bench.speaks
        );
        assert!(never || bench.line == Line::Socket);
    });
}

#[test]
fn noise_is_never_an_answer() {
    everywhere(|bench| {
        bench.sim.change(|control| control.garbage = true);
        let (sale, outcome, _) = bench.run(Kind::Sale, 1400);
        if bench.speaks == Speaks::PipeReadyFirst {
            let spoken = matches!(outcome, Err(NotStarted::Fault(Fault::SpeaksSomethingElse { .. })));
            assert!(spoken && bench.charged().is_empty(), "{outcome:?}");
            return;
        }
        assert_eq!(outcome, Ok(Outcome::Unknown(Why::Garbled)), "{:?}", bench.speaks);
        let found = bench.query(&sale);
        assert!(matches!(found, Found::Unknown(_)), "{:?}: {found:?}", bench.speaks);
        bench.sim.change(|control| control.garbage = false);
        assert_eq!(matches!(bench.query(&sale), Found::Outcome(Outcome::Approved(_))), can_be_asked(bench));
    });
}

#[test]
fn a_result_that_comes_twice_is_one_payment() {
    everywhere(|bench| {
        bench.sim.change(|control| control.mishap = Some(Mishap::Repeat));
        bench.approved(Kind::Sale, 1400);
        bench.approved(Kind::Sale, 700);
        assert_eq!(bench.charged(), [1400, 700]);
    });
}

/// A terminal that does not know that its result has come says it again to whoever connects next.
#[test]
fn an_old_result_is_not_the_answer_to_the_next_sale() {
    everywhere(|bench| {
        if bench.speaks == Speaks::PipeReadyFirst {
            return; // Its answers name no session: see below.
        }
        bench.sim.change(|control| control.mishap = Some(Mishap::RepeatNext));
        let (first, ..) = bench.run(Kind::Sale, 700);
        bench.sim.change(|control| control.decline = Some("51".to_owned()));
        let (_, outcome, events) = bench.run(Kind::Sale, 700);
        assert!(matches!(outcome, Ok(Outcome::Declined { .. })), "{:?}: {outcome:?}", bench.speaks);
        let wanted = Stray { session: Some(first.session), kind: StrayKind::Repeated, approved: true };
        assert_eq!(strays(&events), [wanted], "{:?}", bench.speaks);
        assert_eq!(bench.charged(), [700]);
    });
}

#[test]
fn the_result_of_another_session_is_named_and_is_no_payment_of_this_one() {
    everywhere(|bench| {
        if bench.speaks == Speaks::PipeReadyFirst {
            return;
        }
        bench.sim.change(|control| {
            (control.decline, control.mishap) = (Some("51".to_owned()), Some(Mishap::Another));
        });
        let (_, outcome, events) = bench.run(Kind::Sale, 1400);
        assert!(matches!(outcome, Ok(Outcome::Declined { .. })), "{:?}: {outcome:?}", bench.speaks);
        let wanted = Stray { session: Some(session(500_001)), kind: StrayKind::Another, approved: true };
        assert_eq!(strays(&events), [wanted], "{:?}", bench.speaks);
        assert!(bench.charged().is_empty());
    });
}

/// Where an answer names no session, only its own connection says whose it is.
#[test]
fn a_late_answer_without_a_session_is_nobodys() {
    let mut bench = Bench::new(Speaks::PipeReadyFirst, Line::Socket);
    bench.sim.change(|control| control.delay = Duration::from_millis(3000));
    let (first, outcome, _) = bench.run(Kind::Sale, 1400);
    assert_eq!(outcome, Ok(Outcome::Unknown(Why::NoAnswer)));
    let other = intent(77, Kind::Sale, 1400);
    bench.terminal.adopt(&other);
    until("the bank's word", || !bench.sim.is_running());
    let found = bench.query(&other);
    assert!(matches!(found, Found::Last(_)), "{found:?}");
    assert!(matches!(bench.query(&first), Found::Outcome(Outcome::Approved(_))));
}

/// A number alone is not enough where the terminal names an intent that none of ours can be.
#[test]
fn an_answer_that_names_somebody_elses_intent_is_nobodys() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut bench = Bench::new(Speaks::Ecr, Line::Here);
    (bench.line, bench.port) = (Line::Socket, listener.local_addr().unwrap().port());
    bench.crash();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_exact(&mut [0; 2]).unwrap();
        let body =
            "R/S000001/R1/T000001/MTICKET 7/C00/DVISA:01:411111******1111:1400:1400:0:0:0:G:1:1:1:1:1:1:0";
        stream.write_all(&ecr::frame("POS", "0110", body)).unwrap();
        // Open until the till has given up.
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let (_, outcome, events) = bench.run(Kind::Sale, 1400);
    assert_eq!(outcome, Ok(Outcome::Unknown(Why::NoAnswer)));
    let wanted = Stray { session: Some(session(1)), kind: StrayKind::Another, approved: true };
    assert_eq!(strays(&events), [wanted]);
}

/// Told to end, a terminal that says nothing more is waited for no longer than a cashier would.
#[test]
fn a_terminal_that_falls_silent_when_it_is_told_to_end_is_unknown_soon() {
    everywhere(|bench| {
        bench.sim.change(|control| control.delay = Duration::from_secs(60));
        let (cancel, sale) = (Cancel::default(), bench.intent(Kind::Sale, 1400));
        let (sim, asks) = (bench.sim.clone(), cancel.clone());
        std::thread::spawn(move || {
            until("an operation", || sim.is_running());
            sim.change(|control| control.mute = true);
            asks.ask();
        });
        let begun = Instant::now();
        let (outcome, _) = bench.start(&sale, &cancel);
        assert_eq!(outcome, Ok(Outcome::Unknown(Why::StoppedWaiting)), "{:?}", bench.speaks);
        assert!(begun.elapsed() < Duration::from_millis(2400), "{:?}", begun.elapsed());
    });
}

/// Session numbers come round after a million; the id tells two intents with one number apart.
#[test]
fn the_same_number_with_another_id_is_another_operation() {
    let mut bench = Bench::new(Speaks::Ecr, Line::Socket);
    bench.approved(Kind::Sale, 1400);
    let mut later = intent(1, Kind::Sale, 1400);
    later.id = tameio_drivers::card::UniqueId::from_u128(999);
    let mut events = Vec::new();
    let found = bench.terminal.query(&later, &mut |event| events.push(event));
    assert_eq!(found, Found::Unknown(Why::NoAnswer));
    assert!(matches!(&events[..], [Event::Stray(Stray { approved: true, .. })]), "{events:?}");
}

#[test]
fn a_terminal_that_says_cancelled_and_charges_is_not_believed() {
    everywhere(|bench| {
        bench.sim.change(|control| {
            (control.delay, control.mishap) = (Duration::from_millis(900), Some(Mishap::ChargeAfterCancel));
        });
        let (cancel, sale) = (Cancel::default(), bench.intent(Kind::Sale, 1400));
        let (sim, asks) = (bench.sim.clone(), cancel.clone());
        std::thread::spawn(move || {
            until("an operation", || sim.is_running());
            asks.ask();
        });
        let (outcome, _) = bench.start(&sale, &cancel);
        if bench.speaks == Speaks::Mellon {
            // It cannot be asked, and says the opposite only later than one waits: the next operation is told.
            assert!(matches!(outcome, Ok(Outcome::Cancelled { .. })), "{outcome:?}");
            until("the bank's word", || !bench.sim.is_running());
            let (_, next, events) = bench.run(Kind::Sale, 1400);
            let wanted = Stray { session: Some(sale.session), kind: StrayKind::Late, approved: true };
            assert_eq!(strays(&events), [wanted]);
            assert!(matches!(next, Ok(Outcome::Approved(_))) && bench.charged() == [1400, 1400], "{next:?}");
            return;
        }
        assert_eq!(outcome, Ok(Outcome::Unknown(Why::Contradiction)), "{:?}", bench.speaks);
        until("the bank's word", || !bench.sim.is_running());
        let found = bench.query(&sale);
        assert!(matches!(found, Found::Outcome(Outcome::Approved(_))), "{:?}: {found:?}", bench.speaks);
        assert_eq!(bench.charged(), [1400]);
    });
}

#[test]
fn an_amount_that_was_not_asked_for_is_for_a_person() {
    everywhere(|bench| {
        bench.sim.change(|control| control.mishap = Some(Mishap::OtherAmount));
        let (sale, outcome, _) = bench.run(Kind::Sale, 1400);
        let wanted = Outcome::Unknown(Why::OtherAmount { approved_cents: 1401 });
        assert_eq!(outcome, Ok(wanted), "{:?}", bench.speaks);
        assert_eq!(bench.terminal.unresolved(), Some(sale.session));
        assert!(!matches!(bench.query(&sale), Found::Outcome(_)));
    });
}

#[test]
fn a_terminal_that_keeps_its_list_answers_after_a_restart() {
    everywhere(|bench| {
        bench.sim.change(|control| control.mishap = Some(Mishap::BreakAfterBank));
        let (sale, ..) = bench.run(Kind::Sale, 1400);
        bench.sim.restart(false);
        bench.crash();
        bench.terminal.adopt(&sale);
        assert_eq!(matches!(bench.query(&sale), Found::Outcome(Outcome::Approved(_))), can_be_asked(bench));
    });
}

/// Its "I know no such session" is a lie: the money has moved. So nothing makes a "no" of it here.
#[test]
fn a_terminal_that_forgets_makes_no_payment_undone() {
    everywhere(|bench| {
        bench.sim.change(|control| control.mishap = Some(Mishap::BreakAfterBank));
        let (sale, ..) = bench.run(Kind::Sale, 1400);
        bench.sim.restart(true);
        bench.crash();
        bench.terminal.adopt(&sale);
        assert!(!matches!(bench.query(&sale), Found::Outcome(_)), "{:?}", bench.speaks);
        assert_eq!(bench.run(Kind::Sale, 1400).1, Err(NotStarted::Unresolved(sale.session)));
        assert_eq!(cents(&bench.sim.ledger(), &sale), [1400]);
        bench.terminal.set_aside(sale.session);
        bench.approved(Kind::Sale, 600);
    });
}

#[test]
fn a_terminal_that_restarts_at_work_has_charged_nothing() {
    everywhere(|bench| {
        bench.sim.change(|control| control.delay = Duration::from_secs(60));
        let sim = bench.sim.clone();
        std::thread::spawn(move || {
            until("an operation", || sim.is_running());
            sim.restart(false);
        });
        let (_, outcome, _) = bench.run(Kind::Sale, 1400);
        assert_eq!(outcome, Ok(Outcome::Unknown(Why::ConnectionLost)), "{:?}", bench.speaks);
        assert!(bench.charged().is_empty());
    });
}

#[test]
fn a_busy_terminal_takes_nothing() {
    let mut bench = Bench::new(Speaks::Ecr, Line::Socket);
    bench.sim.change(|control| control.delay = Duration::from_millis(400));
    let sim = bench.sim.clone();
    std::thread::spawn(move || {
        until("an operation", || sim.is_running());
        sim.change(|control| control.unplugged = true);
    });
    let (sale, ..) = bench.run(Kind::Sale, 1400);
    bench.sim.change(|control| control.unplugged = false);
    // Another till, which knows nothing of it.
    bench.crash();
    assert!(matches!(bench.run(Kind::Sale, 700).1, Err(NotStarted::Refused(code)) if &code == "07"));
    assert_eq!(bench.query(&sale), Found::Running);
    until("the bank's word", || !bench.sim.is_running());
    assert_eq!(bench.charged(), [1400]);
}
