//! What every terminal must keep, in every protocol, in this process and over a socket.

use std::time::{Duration, Instant};

use tameio_drivers::card::{
    Abilities, Batch, Cancel, CancelledBy, CardTerminal, Event, Found, Intent, Kind, Mishap, NotStarted,
    Outcome, Why,
};
use tameio_drivers::wire::Fault;

use super::{Bench, Line, Speaks, everywhere, intent, session, until};

#[test]
fn an_approved_sale_is_a_payment_with_all_that_the_terminal_says() {
    everywhere(|bench| {
        let (_, outcome, events) = bench.run(Kind::Sale, 1400);
        let Ok(Outcome::Approved(approval)) = outcome else { panic!("{:?}: {outcome:?}", bench.speaks) };
        assert_eq!((approval.amount_cents, approval.tip_cents, approval.iris), (1400, 0, false));
        // The older form of the protocol says all of this too.
        let pan = approval.pan.as_ref().unwrap();
        assert_eq!((pan.as_str(), pan.last_four()), ("411111******1111", Some("1111")));
        assert_eq!(approval.scheme.as_ref().unwrap().as_str(), "VISA");
        assert_eq!(approval.terminal_id.as_ref().unwrap().as_str(), "16038894");
        assert_eq!(approval.rrn.as_ref().unwrap().as_str(), "108813000001");
        assert_eq!(approval.batch.as_ref().unwrap().as_str(), "000001");
        if matches!(bench.speaks, Speaks::Ecr | Speaks::Mellon) {
            assert_eq!(approval.at.as_ref().unwrap().as_str(), "2026-11-26 10:15:00");
        }
        assert!(approval.auth_code.is_some() && approval.stan.is_some());
        let told = if matches!(bench.speaks, Speaks::Ecr | Speaks::Mellon) {
            vec![Event::Processing]
        } else if bench.speaks == Speaks::Pipe {
            vec![Event::PresentCard]
        } else {
            vec![]
        };
        assert_eq!(events, told, "{:?}", bench.speaks);
        assert_eq!(bench.charged(), [1400]);
        assert_eq!(bench.terminal.unresolved(), None);
    });
}

/// Only the form of the law has a word for it.
#[test]
fn a_terminal_is_told_that_its_result_has_come() {
    everywhere(|bench| {
        bench.sim.change(|control| control.mishap = Some(Mishap::BreakInResult));
        let (sale, ..) = bench.run(Kind::Sale, 1400);
        assert!(bench.sim.acknowledged().is_empty(), "half a result is none");
        bench.query(&sale);
        if bench.speaks == Speaks::Ecr {
            until("the word", || bench.sim.acknowledged() == [sale.session]);
        }
    });
}

#[test]
fn three_noes_are_three_things() {
    everywhere(|bench| {
        bench.sim.change(|control| control.decline = Some("33".to_owned()));
        let (_, declined, _) = bench.run(Kind::Sale, 1400);
        assert!(matches!(&declined, Ok(Outcome::Declined { code, .. }) if code == "33"), "{declined:?}");

        bench.sim.change(|control| (control.decline, control.cancelled) = (None, true));
        let (_, cancelled, _) = bench.run(Kind::Sale, 1400);
        assert_eq!(cancelled, Ok(Outcome::Cancelled { by: CancelledBy::Terminal }), "{:?}", bench.speaks);

        bench.sim.change(|control| (control.cancelled, control.mute) = (false, true));
        let (_, unknown, _) = bench.run(Kind::Sale, 1400);
        assert!(
            matches!(unknown, Ok(Outcome::Unknown(_)) | Err(NotStarted::Fault(Fault::Silent))),
            "{unknown:?}"
        );
        let wanted: &[i64] = if unknown.is_ok() { &[1400] } else { &[] };
        assert_eq!(bench.charged(), wanted, "{:?}", bench.speaks);
    });
}

#[test]
fn money_goes_back_by_refund_everywhere_and_by_void_where_there_is_one() {
    everywhere(|bench| {
        let (sale, ..) = bench.run(Kind::Sale, 1400);
        bench.approved(Kind::Refund, 400);
        let void = bench.run(Kind::Void { original: sale.session }, 1400).1;
        if bench.terminal.abilities().void {
            assert!(matches!(void, Ok(Outcome::Approved(_))), "{void:?}");
            assert_eq!(bench.charged(), [1400, -400, -1400]);
        } else {
            assert!(matches!(void, Err(NotStarted::Fault(Fault::Unsupported(_)))), "{void:?}");
            assert_eq!(bench.charged(), [1400, -400]);
        }
    });
}

#[test]
fn a_tip_comes_on_top_and_iris_is_told_apart() {
    everywhere(|bench| {
        bench.sim.change(|control| (control.tip_cents, control.iris) = (200, true));
        let approval = bench.approved(Kind::Sale, 2200);
        assert_eq!((approval.amount_cents, approval.tip_cents, approval.iris), (2200, 200, true));
        let pan = approval.pan.unwrap();
        assert!(pan.is_blank() && pan.last_four().is_none(), "{pan}");
        assert_eq!(bench.charged(), [2400]);
    });
}

#[test]
fn it_is_asked_whether_it_is_there() {
    everywhere(|bench| {
        let answering = bench.terminal.echo().unwrap();
        let says = matches!(bench.speaks, Speaks::Ecr | Speaks::Mellon);
        assert_eq!(answering.terminal_id.is_some_and(|id| id.as_str() == "16038894"), says);
        assert_eq!(answering.version.is_some_and(|version| version.as_str() == "1.2.3"), says);
        bench.sim.change(|control| control.garbage = true);
        let fault = bench.terminal.echo().unwrap_err();
        assert!(matches!(fault, Fault::SpeaksSomethingElse { .. }), "{fault}");
        bench.sim.change(|control| (control.garbage, control.mute) = (false, true));
        assert_eq!(bench.terminal.echo(), Err(Fault::Silent), "{:?}", bench.speaks);
        bench.sim.change(|control| (control.mute, control.unplugged) = (false, true));
        let fault = bench.terminal.echo().unwrap_err();
        assert!(matches!(fault, Fault::Missing | Fault::Gone), "{fault}");
        bench.sim.change(|control| control.unplugged = false);
        bench.terminal.echo().unwrap();
    });
}

#[test]
fn a_batch_is_closed_where_the_protocol_can() {
    everywhere(|bench| {
        let closed = bench.terminal.close_batch(session(900_001));
        if bench.terminal.abilities().close_batch {
            assert_eq!((closed, bench.sim.batches()), (Ok(Batch::Closed), 1));
        } else {
            assert!(matches!(closed, Err(Fault::Unsupported(_))), "{closed:?}");
        }
        assert_eq!(bench.approved(Kind::Sale, 100).amount_cents, 100);
    });
}

#[test]
fn it_does_not_matter_in_which_pieces_an_answer_comes() {
    everywhere(|bench| {
        bench.sim.change(|control| control.piecemeal = true);
        for cents in [1, 1400, 999_999_999] {
            assert_eq!(bench.approved(Kind::Sale, cents).amount_cents, cents, "{:?}", bench.speaks);
        }
    });
}

#[test]
fn nothing_and_more_than_a_terminal_takes_is_not_sent() {
    everywhere(|bench| {
        for cents in [0, 1_000_000_000] {
            assert_eq!(bench.run(Kind::Sale, cents).1, Err(NotStarted::Amount(cents)));
        }
        assert!(bench.charged().is_empty());
    });
}

/// The scale is 1:100 of 0.1, 20 and 160 seconds.
#[test]
fn a_slow_bank_is_waited_for_and_a_slower_one_is_asked_about() {
    everywhere(|bench| {
        for delay in [1, 200, 1600] {
            bench.sim.change(|control| control.delay = Duration::from_millis(delay));
            assert_eq!(bench.approved(Kind::Sale, delay).amount_cents, delay, "{:?}", bench.speaks);
        }
        bench.sim.change(|control| control.delay = Duration::from_millis(3200));
        let begun = Instant::now();
        let (sale, outcome, _) = bench.run(Kind::Sale, 7);
        assert_eq!(outcome, Ok(Outcome::Unknown(Why::NoAnswer)), "{:?}", bench.speaks);
        assert!(begun.elapsed() < Duration::from_millis(3100), "{:?}", begun.elapsed());
        until("the bank's word", || bench.charged().len() == 4);
        let found = bench.query(&sale);
        let late =
            matches!(&found, Found::Outcome(Outcome::Approved(approval)) if approval.amount_cents == 7);
        assert!(late, "{:?}: {found:?}", bench.speaks);
        assert_eq!((bench.charged(), bench.terminal.unresolved()), (vec![1, 200, 1600, 7], None));
    });
}

#[test]
fn nothing_is_charged_while_one_operation_has_no_known_end() {
    everywhere(|bench| {
        bench.sim.change(|control| control.delay = Duration::from_millis(300));
        let sale = bench.intent(Kind::Sale, 1400);
        let cancel = Cancel::default();
        cancel_soon(bench, &cancel);
        bench.sim.change(|control| control.mute = true);
        let (outcome, _) = bench.start(&sale, &cancel);
        bench.sim.change(|control| control.mute = false);
        if !matches!(outcome, Ok(Outcome::Unknown(_))) {
            // A mute terminal that greets first is not sent to.
            assert_eq!(
                (bench.speaks, outcome),
                (Speaks::PipeReadyFirst, Err(NotStarted::Fault(Fault::Silent)))
            );
            return;
        }
        let next = bench.run(Kind::Sale, 500).1;
        assert_eq!(next, Err(NotStarted::Unresolved(sale.session)), "{:?}", bench.speaks);
        bench.crash();
        bench.terminal.adopt(&sale);
        assert_eq!(bench.run(Kind::Sale, 500).1, Err(NotStarted::Unresolved(sale.session)));
        bench.terminal.set_aside(sale.session);
        until("the end of the first", || !bench.sim.is_running());
        assert_eq!(bench.approved(Kind::Sale, 500).amount_cents, 500);
    });
}

/// Presses the button as soon as the terminal is at work.
fn cancel_soon(bench: &Bench, cancel: &Cancel) {
    let (sim, cancel) = (bench.sim.clone(), cancel.clone());
    std::thread::spawn(move || {
        until("an operation", || sim.is_running());
        cancel.ask();
    });
}

#[test]
fn cancelled_before_it_was_sent_it_never_was() {
    everywhere(|bench| {
        let (cancel, sale) = (Cancel::default(), bench.intent(Kind::Sale, 1400));
        cancel.ask();
        assert_eq!(bench.start(&sale, &cancel).0, Ok(Outcome::Cancelled { by: CancelledBy::Till }));
        assert!(bench.charged().is_empty() && !bench.sim.is_running());
    });
}

#[test]
fn cancelled_at_work_it_ends_when_the_terminal_says_so() {
    everywhere(|bench| {
        bench.sim.change(|control| control.delay = Duration::from_millis(1500));
        let (cancel, sale) = (Cancel::default(), bench.intent(Kind::Sale, 1400));
        cancel_soon(bench, &cancel);
        let begun = Instant::now();
        let (outcome, _) = bench.start(&sale, &cancel);
        assert!(begun.elapsed() < Duration::from_millis(1300), "{:?} {:?}", bench.speaks, begun.elapsed());
        // The list of a terminal with pipes holds approvals only: it cannot confirm that there is none.
        let agrees = bench.speaks == Speaks::Ecr;
        let ended = outcome == Ok(Outcome::Cancelled { by: CancelledBy::Terminal });
        let doubted = outcome == Ok(Outcome::Unknown(Why::Contradiction));
        assert!(if agrees { ended } else { ended || doubted }, "{:?}: {outcome:?}", bench.speaks);
        assert!(bench.charged().is_empty());
    });
}

#[test]
fn cancelled_too_late_it_is_approved() {
    everywhere(|bench| {
        bench.sim.change(|control| control.delay = Duration::from_millis(50));
        let (cancel, sale) = (Cancel::default(), bench.intent(Kind::Sale, 1400));
        let (sim, late) = (bench.sim.clone(), cancel.clone());
        std::thread::spawn(move || {
            until("a charge", || !sim.ledger().is_empty());
            late.ask();
        });
        let outcome = bench.start(&sale, &cancel).0;
        assert!(matches!(outcome, Ok(Outcome::Approved(_))), "{:?}: {outcome:?}", bench.speaks);
        assert_eq!(bench.charged(), [1400]);
    });
}

/// Without an abort a cancel ends the waiting, not the operation.
#[test]
fn where_nothing_can_be_cancelled_only_the_waiting_ends() {
    use tameio_drivers::card::ecr::{Ecr, Form};
    use tameio_drivers::card::{Connect, LinkedTerminal, sim};
    let mut bench = Bench::new(Speaks::Ecr, Line::Socket);
    let settings = tameio_drivers::card::ecr::Settings { abort: None, ..sim::ecr_settings(Form::A1098) };
    let port = bench.port;
    let connect: Connect = Box::new(move || tameio_drivers::wire::tcp("127.0.0.1", port));
    bench.terminal =
        LinkedTerminal::new(connect, Box::new(Ecr::new(settings))).with_patience(super::patience());
    assert!(!bench.terminal.abilities().abort);
    bench.sim.change(|control| control.delay = Duration::from_millis(400));
    let (cancel, sale) = (Cancel::default(), bench.intent(Kind::Sale, 1400));
    cancel_soon(&bench, &cancel);
    assert_eq!(bench.start(&sale, &cancel).0, Ok(Outcome::Unknown(Why::StoppedWaiting)));
    assert_eq!(bench.query(&sale), Found::Running);
    until("the bank's word", || !bench.sim.is_running());
    assert!(matches!(bench.query(&sale), Found::Outcome(Outcome::Approved(_))));
    assert_eq!(bench.charged(), [1400]);
}

#[test]
fn a_session_nobody_knows_is_not_known() {
    let mut bench = Bench::new(Speaks::Ecr, Line::Socket);
    assert_eq!(bench.query(&intent(77, Kind::Sale, 100)), Found::NoSuchSession);
    // The older form cannot be asked at all.
    let mut bench = Bench::new(Speaks::Mellon, Line::Socket);
    assert_eq!(bench.query(&intent(77, Kind::Sale, 100)), Found::Unknown(Why::CannotBeAsked));
    assert_eq!(bench.terminal.abilities(), Abilities { void: true, abort: true, ..Abilities::default() });
}

/// All that some terminals can tell is their last operation; whose it was is for a person to say.
#[test]
fn the_last_operation_is_nobodys_unless_it_names_the_intent() {
    use tameio_drivers::card::pipe::Pipe;
    use tameio_drivers::card::{Connect, LinkedTerminal, sim};
    let mut bench = Bench::new(Speaks::Pipe, Line::Socket);
    bench.approved(Kind::Sale, 1400);
    let settings = tameio_drivers::card::pipe::Settings { receipt_id: None, ..sim::pipe_settings() };
    let port = bench.port;
    let connect: Connect = Box::new(move || tameio_drivers::wire::tcp("127.0.0.1", port));
    bench.terminal =
        LinkedTerminal::new(connect, Box::new(Pipe::new(settings))).with_patience(super::patience());
    assert!(!bench.terminal.abilities().query);
    let same: Intent = intent(1, Kind::Sale, 1400);
    let found = bench.query(&same);
    assert!(matches!(&found, Found::Last(approval) if approval.amount_cents == 1400), "{found:?}");
}
