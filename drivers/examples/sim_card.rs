//! A card terminal to try with, on a port.
//!
//! ```text
//! cargo run -p tameio-drivers --example sim_card -- ecr 127.0.0.1:4000
//! ```
//!
//! The first argument is `ecr`, `mellon` or `pipe`. What the customer, the bank and the terminal do is told on its standard
//! input, a line each; `help` lists it.

use std::error::Error;
use std::io::BufRead;
use std::net::TcpListener;
use std::process::ExitCode;
use std::time::Duration;

use tameio_drivers::card::{Address, Mishap, Place, SimTerminal, serve};

const HELP: &str = "\
delay SECONDS        from the request to the bank's word
approve              the customer pays
decline CODE         the bank says no
cancel               the customer presses the red key
tip CENTS            the customer adds a tip
iris on|off          the customer pays by IRIS
mishap NAME          the next operation goes wrong: BreakBeforeBank BreakAfterBank BreakInResult Repeat RepeatNext Another
                     ChargeAfterCancel OtherAmount
mute on|off          it works and says nothing
garbage on|off       it works and says noise
unmasked on|off      it shows whole card numbers
unplug, plug         its cable
restart, forget      it is switched off and on; forget: with the loss of its list
ledger               the money that has moved";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let speaks = arguments.next().unwrap_or_else(|| "ecr".to_owned());
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:4000".to_owned());
    match run(&speaks, &address) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(speaks: &str, address: &str) -> Result<(), Box<dyn Error>> {
    let simulated: Address = match speaks {
        "mellon" => "sim:?protocol=ecr&form=mellon".parse()?,
        speaks => format!("sim:?protocol={speaks}").parse()?,
    };
    let Place::Sim(terminal) = simulated.place else { return Err("it is not simulated".into()) };
    let listener = TcpListener::bind(address)?;
    println!("{}", listener.local_addr()?);
    let served = terminal.clone();
    std::thread::spawn(move || serve(&listener, &served));
    for line in std::io::stdin().lock().lines() {
        if !obey(&terminal, line?.trim()) {
            println!("{HELP}");
        }
        println!("{:?}", terminal.control());
    }
    Ok(())
}

/// Does as it is told; false when it is not understood.
fn obey(terminal: &SimTerminal, line: &str) -> bool {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let on = rest == "on";
    match word {
        "delay" => {
            let seconds = rest.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            let Some(delay) = seconds else { return false };
            terminal.change(|control| control.delay = delay);
        }
        "approve" => terminal.change(|control| (control.decline, control.cancelled) = (None, false)),
        "decline" => terminal.change(|control| control.decline = Some(rest.to_owned())),
        "cancel" => terminal.change(|control| control.cancelled = true),
        "tip" => {
            let Ok(cents) = rest.parse() else { return false };
            terminal.change(|control| control.tip_cents = cents);
        }
        "mishap" => {
            let Some(mishap) = Mishap::ALL.into_iter().find(|mishap| format!("{mishap:?}") == rest) else {
                return false;
            };
            terminal.change(|control| control.mishap = Some(mishap));
        }
        "iris" => terminal.change(|control| control.iris = on),
        "mute" => terminal.change(|control| control.mute = on),
        "garbage" => terminal.change(|control| control.garbage = on),
        "unmasked" => terminal.change(|control| control.unmasked = on),
        "unplug" => terminal.change(|control| control.unplugged = true),
        "plug" => terminal.change(|control| control.unplugged = false),
        "restart" => terminal.restart(false),
        "forget" => terminal.restart(true),
        "ledger" => terminal.ledger().iter().for_each(|charge| println!("{charge:?}")),
        _ => return false,
    }
    true
}
