//! A card terminal on a socket, with a customer and a bank behind it.

use super::{hand, listen_on};
use crate::command::Outcome;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;
use tameio_drivers::card::{Address, Control, Mishap, Place, SimTerminal, serve};

const WORDS: &str = "approve, decline CODE, cancel, delay SECONDS, tip CENTS, mute, talks, unplug, plug, restart, forget, state, \
    ledger, or a mishap: BreakBeforeBank, BreakAfterBank, BreakInResult, Repeat, RepeatNext, Another, ChargeAfterCancel, OtherAmount";

pub(super) fn run(listen: SocketAddr, protocol: &str) -> Outcome {
    let simulated: Address = format!("sim:?protocol={protocol}").parse()?;
    let Place::Sim(terminal) = simulated.place else { return Err("it is not simulated".into()) };
    let listener = listen_on(listen)?;
    // Where its last receipt names the operation; real terminals with pipes differ.
    let names = if protocol == "pipe" { "&receipt_id=17" } else { "" };
    say!("tcp://{}?protocol={protocol}&approved=yes{names}", listener.local_addr()?);
    let control = terminal.clone();
    hand(WORDS, move |line| obey(&control, line));
    serve(&listener, &terminal)?;
    Ok(ExitCode::FAILURE)
}

/// Does what a line asks for; false where it asks for nothing known.
fn obey(terminal: &SimTerminal, line: &str) -> bool {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "state" => say!("{:?}", terminal.control()),
        "ledger" => terminal.ledger().iter().for_each(|charge| say!("{charge:?}")),
        "restart" => terminal.restart(false),
        "forget" => terminal.restart(true),
        _ => {
            let mut known = true;
            terminal.change(|control| known = change(control, word, rest));
            return known;
        }
    }
    true
}

fn change(control: &mut Control, word: &str, rest: &str) -> bool {
    match word {
        "approve" => (control.decline, control.cancelled) = (None, false),
        "decline" => control.decline = Some(rest.to_owned()),
        "cancel" => control.cancelled = true,
        "mute" => control.mute = true,
        "talks" => control.mute = false,
        "unplug" => control.unplugged = true,
        "plug" => control.unplugged = false,
        "delay" => match rest.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()) {
            Some(delay) => control.delay = delay,
            None => return false,
        },
        "tip" => match rest.parse() {
            Ok(cents) => control.tip_cents = cents,
            Err(_) => return false,
        },
        _ => match Mishap::ALL.into_iter().find(|mishap| format!("{mishap:?}") == word) {
            Some(mishap) => control.mishap = Some(mishap),
            None => return false,
        },
    }
    true
}
