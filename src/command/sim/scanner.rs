//! A scanner on a serial line of its own: each line of the standard input is a code that was scanned.

use crate::command::Outcome;
use std::path::Path;

#[cfg(unix)]
pub(super) fn run(link: &Path) -> Outcome {
    use std::io::{BufRead, Write};
    let (mut wire, _plugged) = tameio_drivers::scale::sim::pty::line(link)
        .map_err(|e| format!("{} cannot be made: {e}; choose another with --link", link.display()))?;
    say!("serial:{}", link.display());
    for line in std::io::stdin().lock().lines() {
        wire.write_all(format!("{}\r", line?.trim()).as_bytes())?;
    }
    Ok(std::process::ExitCode::SUCCESS)
}

#[cfg(not(unix))]
pub(super) fn run(_link: &Path) -> Outcome {
    Err("a pseudo terminal exists on Unix only".into())
}
