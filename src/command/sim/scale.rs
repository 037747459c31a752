//! A scale on a socket, as behind a serial server.

use super::{hand, listen_on};
use crate::command::Outcome;
use std::net::SocketAddr;
use std::process::ExitCode;
use tameio_drivers::scale::{Control, Kind, SimScale, serve};

const WORDS: &str =
    "grams (below zero: something was taken off), moving, rest, over, mute, garbage, well, state";

pub(super) fn run(listen: SocketAddr, protocol: &str) -> Outcome {
    let kind = Kind::named(protocol).ok_or_else(|| {
        let known = Kind::ALL.map(Kind::name).join(", ");
        format!("there is no scale that speaks {protocol:?}; there are {known}")
    })?;
    let listener = listen_on(listen)?;
    say!("tcp://{}?protocol={}", listener.local_addr()?, kind.name());
    let scale = SimScale::new(kind);
    let control = scale.clone();
    hand(WORDS, move |line| {
        if line == "state" {
            say!("{:?}", control.control());
            return true;
        }
        let mut known = true;
        control.change(|scale| known = change(scale, line));
        known
    });
    serve(&listener, &scale)?;
    Ok(ExitCode::FAILURE)
}

/// Does what a line asks for; false where it asks for nothing known.
fn change(scale: &mut Control, line: &str) -> bool {
    match line {
        "moving" => scale.moving = true,
        "rest" => scale.moving = false,
        "over" => scale.overload = true,
        "mute" => scale.mute = true,
        "garbage" => scale.garbage = true,
        "well" => *scale = Control { grams: scale.grams, ..Control::default() },
        _ => match line.parse() {
            Ok(grams) => (scale.grams, scale.moving) = (grams, false),
            Err(_) => return false,
        },
    }
    true
}
