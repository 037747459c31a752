//! Every state meets everything that can happen.

use tameio_drivers::supervisor::machine::{Machine, Next, State};
use tameio_drivers::wire::Fault;

fn silent() -> State {
    State::Faulted(Fault::Silent)
}

fn machine(state: &State) -> Machine {
    let mut machine = Machine::default();
    if *state != State::Absent {
        machine.seen(true);
    }
    match state {
        State::Absent | State::Opening => {}
        State::Ready => machine.opened(1000),
        State::Faulted(fault) => machine.failed(fault.clone(), 1000),
    }
    assert_eq!(machine.state(), state);
    machine
}

#[test]
fn every_state_meets_everything_that_can_happen() {
    use State::{Absent, Opening, Ready};
    type Happens = (&'static str, fn(&mut Machine));
    let happens: [Happens; 6] = [
        ("there", |machine| machine.seen(true)),
        ("gone", |machine| machine.seen(false)),
        ("opened", |machine| machine.opened(1000)),
        ("failed", |machine| machine.failed(Fault::Silent, 1000)),
        ("woken", |machine| machine.woken(1249, false)),
        ("due", |machine| machine.woken(1250, false)),
    ];
    let table = [
        (Absent, [Opening, Absent, Absent, silent(), Absent, Absent]),
        (Opening, [Opening, Absent, Ready, silent(), Opening, Opening]),
        (Ready, [Ready, Absent, Ready, silent(), Ready, Ready]),
        (silent(), [silent(), Absent, silent(), silent(), silent(), Opening]),
    ];
    for (from, to) in table {
        for ((name, happen), to) in happens.iter().zip(to) {
            let mut machine = machine(&from);
            happen(&mut machine);
            assert_eq!(machine.state(), &to, "{from:?}, {name}");
        }
    }
}

/// The waits between tries, while it keeps failing.
fn waits(machine: &mut Machine, mut now: u64, tries: usize) -> Vec<u64> {
    let mut waits = Vec::new();
    for _ in 0..tries {
        machine.failed(Fault::Silent, now);
        let Next::RetryAt(at) = machine.next() else { panic!("it will be tried again") };
        waits.push(at - now);
        now = at;
        machine.woken(now, false);
        assert_eq!(machine.next(), Next::Open);
    }
    waits
}

#[test]
fn tries_grow_rarer_and_never_end() {
    let mut machine = machine(&State::Opening);
    assert_eq!(waits(&mut machine, 0, 8), [250, 500, 1000, 2000, 5000, 5000, 5000, 5000]);
    // Put in anew, it is tried as if nothing had been.
    machine.seen(false);
    machine.seen(true);
    assert_eq!(waits(&mut machine, 90_000, 2), [250, 500]);
}

#[test]
fn only_a_device_that_worked_for_a_while_has_recovered() {
    let mut machine = machine(&State::Opening);
    waits(&mut machine, 0, 4);
    machine.opened(10_000);
    assert_eq!(waits(&mut machine, 10_100, 1), [5000], "it opens and speaks nonsense at once");
    machine.opened(20_000);
    assert_eq!(waits(&mut machine, 30_000, 1), [250]);
}

#[test]
fn a_plug_that_moved_is_a_reason_to_try_soon_but_not_in_a_circle() {
    let mut machine = machine(&State::Opening);
    waits(&mut machine, 0, 4);
    machine.failed(Fault::Silent, 10_000);
    machine.woken(10_001, true);
    assert_eq!(machine.next(), Next::RetryAt(10_250));
    machine.woken(10_250, false);
    assert_eq!(machine.next(), Next::Open);
}
