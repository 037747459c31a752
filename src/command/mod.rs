//! One file a command. Each prints one sentence that says what to do, and ends non-zero, when it cannot do its job.

/// Says a line on the output. Whoever reads may have gone (`tameio … | head`): then there is nobody to go on for.
macro_rules! say {
    ($($words:tt)*) => { $crate::command::line(format_args!($($words)*)) };
}

pub(crate) mod accounts;
pub(crate) mod config;
pub(crate) mod devices;
pub(crate) mod doctor;
pub(crate) mod due;
pub(crate) mod journal;
pub(crate) mod list;
pub(crate) mod merchant;
pub(crate) mod paper;
pub(crate) mod plate;
pub(crate) mod provider;
pub(crate) mod replay;
pub(crate) mod run;
pub(crate) mod setup;
pub(crate) mod sim;
pub(crate) mod simulate;
pub(crate) mod tariff;

use crate::DataArgs;
use rusqlite::Connection;
use std::error::Error;
use std::fmt::Arguments;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tameio::aade::credentials::{Credentials, CredentialsError};
#[cfg(feature = "screen")]
use tameio::aade::transport::ClientError;
#[cfg(feature = "screen")]
use tameio::config::lookup::LookUpAt;
use tameio::config::{Config, ConfigError};
use tameio::domain::settings::Trade;
#[cfg(feature = "screen")]
use tameio::lookup::services::Services;
use tameio::store::{check_owner, open_reader};

/// What a command comes to.
pub(crate) type Outcome = Result<ExitCode, Box<dyn Error>>;

/// A line on the output, for `say!`.
pub(crate) fn line(words: Arguments<'_>) {
    let said = writeln!(std::io::stdout().lock(), "{words}");
    if said.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe) {
        std::process::exit(0);
    }
}

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

/// Whether there is room for the till's window alone: without X11 or Wayland the program draws on the bare console.
#[cfg(feature = "screen")]
pub(crate) fn one_window_only() -> bool {
    let backend = std::env::var("SLINT_BACKEND").unwrap_or_default();
    let desktop = ["WAYLAND_DISPLAY", "DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    backend.starts_with("linuxkms") || !(desktop || backend.starts_with("headless"))
}

/// The ways to the registers of tax numbers the configuration names. Codes that cannot be read keep nobody from working: the
/// screen says that there are none, and `tameio doctor` why.
#[cfg(feature = "screen")]
pub(crate) fn registers(config: &Config) -> Result<Services, ClientError> {
    let LookUpAt::Service { at, credentials } = &config.look_up else { return Ok(Services::default()) };
    let codes = register_codes(credentials.as_deref()).unwrap_or_else(|error| {
        tracing::error!(error = chain(&error), "AADE's registry of businesses will not be asked");
        None
    });
    Services::over_http(at.as_deref(), codes)
}

/// The special codes for AADE's registry of businesses; nothing where none are named.
pub(crate) fn register_codes(file: Option<&Path>) -> Result<Option<Credentials>, CredentialsError> {
    let systemd = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
    let handed = systemd.as_deref().is_some_and(|directory| directory.join(REGISTER_CODES).is_file());
    match file {
        None if !handed => Ok(None),
        file => {
            let path = file.unwrap_or_else(|| Path::new(""));
            Credentials::find_named(REGISTER_CODES, path, systemd.as_deref()).map(Some)
        }
    }
}

/// Their name when systemd hands them over.
const REGISTER_CODES: &str = "lookup";

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

    /// The configuration, and a reader of the terminal's database.
    pub(crate) fn archive(&self) -> Result<(Config, Connection), Box<dyn Error>> {
        let (config, folder) = self.resolve()?;
        let conn = open_reader(&folder)?;
        check_owner(&conn, &config.settings.terminal)?;
        Ok((config, conn))
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
