//! One file a command. Each prints one sentence that says what to do, and ends non-zero, when it cannot do its job.

pub(crate) mod config;
pub(crate) mod devices;
pub(crate) mod doctor;
pub(crate) mod journal;
pub(crate) mod paper;
pub(crate) mod plate;
pub(crate) mod replay;
pub(crate) mod run;
pub(crate) mod sim;
pub(crate) mod simulate;
pub(crate) mod tariff;

use crate::DataArgs;
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use tameio::config::{Config, ConfigError};
use tameio::domain::settings::Trade;

/// What a command comes to.
pub(crate) type Outcome = Result<ExitCode, Box<dyn Error>>;

/// An error with everything behind it, once.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut sentence = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        sentence = format!("{sentence} ({error})");
        source = error.source();
    }
    sentence
}

impl DataArgs {
    /// The configuration, and the folder the database is in.
    pub(crate) fn resolve(&self) -> Result<(Config, PathBuf), ConfigError> {
        let config = match &self.config {
            Some(file) => Config::load(file)?,
            None => Config::practice(self.trade)?,
        };
        let folder = self.data.clone().or_else(|| config.data.clone());
        let folder = folder.unwrap_or_else(|| default_folder(self.config.is_none().then_some(self.trade)));
        Ok((config, folder))
    }
}

/// The user's data folder; practice has one of its own for each trade, since each is another terminal.
fn default_folder(practice: Option<Trade>) -> PathBuf {
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let base = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let base = base.or_else(home).unwrap_or_else(|| PathBuf::from(".")).join("tameio");
    match practice {
        None => base,
        Some(trade) => base.join(format!("practice-{}", format!("{trade:?}").to_lowercase())),
    }
}
