//! The till is killed in the middle of a sale, and the next one begins with nothing but what was written down.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use tameio_drivers::card::{Cancel, CardTerminal, Event, Found, Kind, NotStarted, Outcome};

use super::{Bench, Line, Speaks, cents, committed, intent, until};

/// Tells the process to be killed where the terminal is.
const PORT: &str = "CARD_TERMINAL_PORT";

/// Not a promise of its own: the till that is killed.
#[test]
fn a_till_to_be_killed() {
    let Some(port) = std::env::var(PORT).ok().and_then(|port| port.parse().ok()) else { return };
    let mut bench = Bench::new(Speaks::Ecr, Line::Here);
    (bench.line, bench.port) = (Line::Socket, port);
    bench.crash();
    let sale = intent(1, Kind::Sale, 1400);
    let _ = bench.terminal.start(committed(&sale), &Cancel::default(), &mut |event| {
        if event == Event::Processing {
            println!("sent");
        }
    });
}

#[test]
fn a_till_that_was_killed_finds_out_and_charges_once() {
    let mut bench = Bench::new(Speaks::Ecr, Line::Socket);
    bench.sim.change(|control| control.delay = Duration::from_millis(1500));
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "card::killed::a_till_to_be_killed", "--nocapture"])
        .env(PORT, bench.port.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let says = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(says.map_while(Result::ok).any(|line| line.contains("sent")), "it was sent");
    child.kill().unwrap();
    child.wait().unwrap();

    let sale = intent(1, Kind::Sale, 1400);
    bench.session = 1;
    bench.terminal.adopt(&sale);
    assert_eq!(bench.run(Kind::Sale, 1400).1, Err(NotStarted::Unresolved(sale.session)));
    assert_eq!(bench.query(&sale), Found::Running);
    until("the bank's word", || !bench.sim.is_running());
    assert!(matches!(bench.query(&sale), Found::Outcome(Outcome::Approved(_))));
    bench.sim.change(|control| control.delay = Duration::ZERO);
    bench.approved(Kind::Sale, 700);
    assert_eq!(cents(&bench.sim.ledger(), &sale), [1400]);
    assert_eq!(bench.charged(), [1400, 700]);
}
