//! `tameio config check FILE`: every fault with its line.

use super::Outcome;
use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;
use tameio::config::Config;

/// The configuration.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Check a file and name every fault with its line
    Check {
        /// The file
        file: PathBuf,
    },
}

pub(crate) fn run(command: &ConfigCommand) -> Outcome {
    let ConfigCommand::Check { file } = command;
    let config = Config::load(file)?;
    say!(
        "{} is good: terminal {}, {}",
        file.display(),
        config.settings.terminal,
        config.settings.business.name
    );
    Ok(ExitCode::SUCCESS)
}
