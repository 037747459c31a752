//! A terminal's presence: seen by echoes while nobody pays, and left alone while somebody does.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tameio_drivers::card::{Cancel, Kind, Opener, Outcome, share};
use tameio_drivers::supervisor::{Attendant, Find, Found, Notice, State};
use tameio_drivers::wire::Fault;

use super::{Bench, Line, Speaks, committed, until};

/// Where a network terminal is looked for: it is nothing that is plugged in here.
fn elsewhere() -> impl Find {
    || Ok(Some(Found::default()))
}

/// The states an attendant tells of, until it tells of a wanted one.
fn states_until(
    attendant: &mut Attendant<Opener, impl Find>,
    now_ms: &mut u64,
    wanted: impl Fn(&State) -> bool,
) -> State {
    for _ in 0..400 {
        let mut told = None;
        let wait = attendant.step(*now_ms, false, &mut |notice| {
            if let Notice::Changed { state, .. } = notice {
                told = Some(state);
            }
        });
        *now_ms += u64::try_from(wait.unwrap_or_default().as_millis()).unwrap().max(250);
        if wanted(attendant.state()) {
            return attendant.state().clone();
        }
    }
    panic!("it stays {:?}", attendant.state())
}

fn faulted(state: &State) -> bool {
    matches!(state, State::Faulted(_))
}

#[test]
fn a_terminal_is_ready_gone_and_ready_again() {
    for speaks in [Speaks::Ecr, Speaks::PipeReadyFirst] {
        let bench = Bench::new(speaks, Line::Socket);
        let sim = bench.sim.clone();
        let terminal = share(Box::new(bench.terminal));
        let mut attendant =
            Attendant::new(elsewhere(), Opener::new(terminal).every(Duration::from_millis(5)));
        let mut now = 0;
        states_until(&mut attendant, &mut now, |state| *state == State::Ready);
        sim.change(|control| control.unplugged = true);
        let state = states_until(&mut attendant, &mut now, faulted);
        assert!(matches!(state, State::Faulted(Fault::Gone | Fault::Missing)), "{state:?}");
        sim.change(|control| (control.unplugged, control.garbage) = (false, true));
        let nonsense = |state: &State| matches!(state, State::Faulted(Fault::SpeaksSomethingElse { .. }));
        states_until(&mut attendant, &mut now, nonsense);
        sim.change(|control| control.garbage = false);
        states_until(&mut attendant, &mut now, |state| *state == State::Ready);
    }
}

#[test]
fn who_pays_is_not_disturbed() {
    let mut bench = Bench::new(Speaks::Ecr, Line::Socket);
    bench.sim.change(|control| control.delay = Duration::from_millis(300));
    let (sim, sale) = (bench.sim.clone(), bench.intent(Kind::Sale, 1400));
    let terminal = share(Box::new(bench.terminal));
    let outcome = Arc::new(Mutex::new(None));
    let (pays, paid) = (Arc::clone(&terminal), Arc::clone(&outcome));
    let till = std::thread::spawn(move || {
        let result = pays.lock().unwrap().start(committed(&sale), &Cancel::default(), &mut |_| {});
        *paid.lock().unwrap() = Some(result);
    });
    until("an operation", || sim.is_running());
    let mut attendant = Attendant::new(elsewhere(), Opener::new(terminal).every(Duration::from_millis(1)));
    let mut now = 0;
    while sim.is_running() {
        attendant.step(now, false, &mut |_| {});
        assert_eq!(*attendant.state(), State::Ready);
        now += 250;
    }
    till.join().unwrap();
    let outcome = outcome.lock().unwrap().take();
    assert!(matches!(outcome, Some(Ok(Outcome::Approved(_)))), "{outcome:?}");
}
