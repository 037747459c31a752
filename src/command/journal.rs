//! `tameio journal verify [--deep]`, `journal export` and `journal requests`.

use super::Outcome;
use crate::DataArgs;
use clap::Subcommand;
use std::io::{BufWriter, Write};
use std::process::ExitCode;
use tameio::domain::ids::TerminalId;
use tameio::store::verify::verify;
use tameio::store::{StoreError, archive, journal};

/// The journal.
#[derive(Debug, Subcommand)]
pub(crate) enum JournalCommand {
    /// Check every link of the chain
    Verify {
        #[command(flatten)]
        data: DataArgs,
        /// Fold everything again into an empty database and compare
        #[arg(long)]
        deep: bool,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write every event as a line of JSON
    Export {
        #[command(flatten)]
        data: DataArgs,
    },
    /// Write every request to AADE with its reply as a line of JSON; credentials are not among them
    Requests {
        #[command(flatten)]
        data: DataArgs,
    },
}

pub(crate) fn run(command: &JournalCommand) -> Outcome {
    match command {
        JournalCommand::Verify { data, deep, json } => check(data, *deep, *json),
        JournalCommand::Export { data } => export(data),
        JournalCommand::Requests { data } => requests(data),
    }
}

fn check(data: &DataArgs, deep: bool, json: bool) -> Outcome {
    let (config, conn) = data.archive()?;
    let verified = verify(&conn, &config.settings.terminal, deep)?;
    if json {
        say!("{}", serde_json::to_string(&verified)?);
    } else if let Some(seq) = verified.broken {
        say!("The chain is broken at event {seq}: keep the file and restore the last verified backup.");
    } else if verified.differing.is_empty() {
        say!(
            "{} events, the chain is whole{}.",
            verified.events,
            if deep { " and the tables agree" } else { "" }
        );
    } else {
        say!(
            "The chain is whole, but these tables do not say what it says: {}.",
            verified.differing.join(", ")
        );
    }
    Ok(if verified.is_whole() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn export(data: &DataArgs) -> Outcome {
    let (config, conn) = data.archive()?;
    let terminal: &TerminalId = &config.settings.terminal;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut written = Ok(());
    journal::each(&conn, terminal, 0, |entry| {
        let hash: String = entry.hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let body: serde_json::Value =
            serde_json::from_str(&entry.body).map_err(|e| StoreError::Body("event", e))?;
        let line = serde_json::json!({"terminal": terminal, "seq": entry.seq, "at": entry.at, "event": body, "hash": hash});
        if written.is_ok() {
            written = writeln!(out, "{line}");
        }
        Ok(())
    })?;
    written.and_then(|()| out.flush())?;
    Ok(ExitCode::SUCCESS)
}

fn requests(data: &DataArgs) -> Outcome {
    let (_, conn) = data.archive()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut written = Ok(());
    archive::each(&conn, |kept| {
        let line = serde_json::json!({
            "message": kept.message, "n": kept.n, "sent": kept.sent, "request": kept.request, "reply": kept.reply,
        });
        if written.is_ok() {
            written = writeln!(out, "{line}");
        }
    })?;
    written.and_then(|()| out.flush())?;
    Ok(ExitCode::SUCCESS)
}
