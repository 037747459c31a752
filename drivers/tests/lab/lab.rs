//! The checks of the VM lab: the drivers against real device nodes of a real kernel, pulled out and put back in use.
//!
//! `tests/lab/run` boots a kernel in an emulator and starts this program in it, as root and alone. The gadgets of that
//! kernel are USB devices without hardware: this program is their inside ([`gadget`], [`far`]) and, at the other end of
//! the same emulated cable, a terminal that uses the drivers through their public face ([`watched`]).
//!
//! A group of checks is a file with a table `CHECKS`; a new check is a line there, a new group a line in [`GROUPS`].

mod camera;
mod endurance;
mod far;
mod gadget;
mod hid_pos;
mod keyboard;
mod lines;
mod measure;
mod nonsense;
mod offered;
mod permission;
mod printer;
mod process;
mod roles;
mod scales;
mod watched;

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// What was measured, or why the check failed.
type Outcome = Result<String, Box<dyn std::error::Error>>;

/// A promise in a few words, and what tries it.
type Check = (&'static str, fn() -> Outcome);

const GROUPS: &[&[Check]] = &[
    // The longest comes first, for machines that share the checks.
    endurance::CHECKS,
    keyboard::CHECKS,
    hid_pos::CHECKS,
    lines::CHECKS,
    scales::CHECKS,
    printer::CHECKS,
    offered::CHECKS,
    permission::CHECKS,
    process::CHECKS,
    nonsense::CHECKS,
    camera::CHECKS,
];

/// In one of its roles.
pub(crate) fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((role, rest)) = arguments.split_first() else { return skipped() };
    let words = rest.first().map_or("", String::as_str);
    match role.as_str() {
        "count" => println!("{}", chosen(words).count()),
        "work" => println!("{}", measure::work().as_micros()),
        // It takes the devices of the machine it runs on: never on a developer's own.
        _ if std::env::var_os("TAMEIO_LAB").is_none() => return skipped(),
        "all" => return all(words),
        "watch" => roles::watch(rest),
        "print" => roles::print(rest),
        "offers" => roles::offers_of_this_user(),
        _ => return skipped(),
    }
    ExitCode::SUCCESS
}

fn skipped() -> ExitCode {
    println!("skipped: the checks of the VM lab are for another machine; tests/lab/run starts it");
    ExitCode::SUCCESS
}

/// The checks with these words in their name; every check has none.
fn chosen(words: &str) -> impl Iterator<Item = Check> {
    let all = GROUPS.iter().copied().flatten().copied();
    all.filter(move |(name, _)| name.contains(words))
}

/// Which of several machines this is, and of how many: they share the checks among them.
fn share() -> (usize, usize) {
    let share = std::env::var("TAMEIO_LAB_SHARE").unwrap_or_default();
    let numbers = share.split_once('/').and_then(|(this, of)| Some((this.parse().ok()?, of.parse().ok()?)));
    numbers.filter(|(_, of)| *of > 0).unwrap_or((0, 1))
}

/// No check takes half as long.
const CHECK_MAX: Duration = Duration::from_secs(60);

/// A check on a thread of its own: one that hangs is a fault with a name, and not the machine's.
fn tried(check: fn() -> Outcome) -> Result<String, String> {
    let (tell, told) = channel();
    std::thread::spawn(move || {
        let outcome = catch_unwind(check).unwrap_or_else(|_| Err("it panicked".into()));
        let _ = tell.send(outcome.map_err(|why| why.to_string()));
    });
    told.recv_timeout(CHECK_MAX)
        .unwrap_or_else(|_| Err(format!("it does not come back within {CHECK_MAX:?}")))
}

/// The checks, one after the other; a line for each and one for all.
fn all(words: &str) -> ExitCode {
    println!("this machine is emulated: {:.1} times slower than its host", measure::factor());
    let (this, machines) = share();
    let (mut ran, mut failed) = (0, 0);
    for (name, check) in chosen(words).skip(this).step_by(machines) {
        let begun = Instant::now();
        let outcome = tried(check);
        let took = begun.elapsed();
        ran += 1;
        match outcome {
            Ok(measured) => println!("ok      {:5.1} s  {name}: {measured}", took.as_secs_f64()),
            Err(why) => {
                failed += 1;
                println!("FAILED  {:5.1} s  {name}: {why}", took.as_secs_f64());
            }
        }
        if took >= CHECK_MAX {
            // It holds devices that the next ones need.
            println!("lab: what would have come after it was not tried");
            break;
        }
    }
    println!("lab: {ran} checks, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
