//! An ESC/POS printer on a socket.

use super::{hand, listen_on};
use crate::command::Outcome;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use tameio_drivers::printer::sim::CutterState;
use tameio_drivers::printer::{Control, PaperLevel, Profile, SimPrinter, serve};

const WORDS: &str = "roll, low, out, open, shut, jam, mend, stuck, flows, silent, talks, gone, back, or drop N (after so many bytes)";

pub(super) fn run(listen: SocketAddr, folder: &Path, profile: &str) -> Outcome {
    let profile = Profile::named(profile).ok_or_else(|| {
        let known = tameio_drivers::printer::PROFILE_NAMES.join(", ");
        format!("there is no printer {profile:?}; there are {known}")
    })?;
    std::fs::create_dir_all(folder).map_err(|e| format!("{} cannot be made: {e}", folder.display()))?;
    let listener = listen_on(listen)?;
    say!("tcp://{}?profile={}", listener.local_addr()?, profile.name);
    let printer = SimPrinter::new(profile);
    let control = printer.clone();
    hand(WORDS, move |line| {
        if line == "state" {
            say!("{:?}", control.control());
            return true;
        }
        let mut known = true;
        control.change(|printer| known = change(printer, line));
        known
    });
    serve(&listener, &printer, folder)?;
    Ok(ExitCode::FAILURE)
}

/// Does what a line asks for; false where it asks for nothing known.
fn change(printer: &mut Control, line: &str) -> bool {
    match line {
        "roll" => (printer.paper, printer.paper_out_after_lines) = (PaperLevel::Enough, None),
        "low" => printer.paper = PaperLevel::Low,
        "out" => printer.paper = PaperLevel::Out,
        "open" => printer.cover_open = true,
        "shut" => (printer.cover_open, printer.drawer_open) = (false, false),
        "jam" => printer.cutter = CutterState::Jammed,
        "mend" => printer.cutter = CutterState::Fine,
        "stuck" => printer.stuck = true,
        "flows" => printer.stuck = false,
        "silent" => printer.silent = true,
        "talks" => printer.silent = false,
        "gone" => printer.gone = true,
        "back" => printer.gone = false,
        _ => match line.strip_prefix("drop ").and_then(|bytes| bytes.parse().ok()) {
            Some(bytes) => printer.drop_after_bytes = Some(bytes),
            None => return false,
        },
    }
    true
}
