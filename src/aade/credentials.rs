//! The user name and key of the business at AADE, or at another service. They come from a file nobody else may read, never from the
//! configuration, and never appear in a log.
//!
//! The file is TOML-like text of two lines: `user = "…"` and `key = "…"`.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Name of the credential when systemd hands it over.
pub const CREDENTIAL_NAME: &str = "aade";
/// No real file of credentials is longer.
const FILE_BYTES_MAX: u64 = 4096;

/// User name and key of the myDATA REST account.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    user: String,
    key: String,
}

/// Why there are no credentials.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    /// The file cannot be read.
    #[error("the credentials in {path} cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Others may read the file.
    #[error("{path} holds a key and has mode {mode:o}: run chmod 600 on it")]
    TooOpen {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file is not what it should be.
    #[error(
        "{path} must hold two lines, user = \"…\" and key = \"…\", with the codes you were given (AADE's are those of the myDATA REST API)"
    )]
    Content {
        /// The file.
        path: PathBuf,
    },
}

impl Credentials {
    /// Credentials from their two parts.
    pub fn new(user: &str, key: &str) -> Self {
        Self { user: user.to_owned(), key: key.to_owned() }
    }

    /// Those every simulator knows.
    pub fn demo() -> Self {
        Self::new("demo", "demo")
    }

    /// Reads them from `path`, or, when systemd handed over a directory of credentials, from the file
    /// [`CREDENTIAL_NAME`] in it. The caller reads `$CREDENTIALS_DIRECTORY`: the environment is not looked at here.
    ///
    /// # Errors
    /// When the file cannot be read, is open to others, or does not hold the two lines.
    pub fn find(path: &Path, systemd_directory: Option<&Path>) -> Result<Self, CredentialsError> {
        Self::find_named(CREDENTIAL_NAME, path, systemd_directory)
    }

    /// The same of those that systemd hands over under another name.
    ///
    /// # Errors
    /// As [`Self::find`].
    pub fn find_named(
        name: &str,
        path: &Path,
        systemd_directory: Option<&Path>,
    ) -> Result<Self, CredentialsError> {
        match systemd_directory.map(|directory| directory.join(name)) {
            // systemd keeps its directory to the service itself; its files have a mode of their own.
            Some(handed) if handed.is_file() => Self::read(&handed),
            _ => Self::load(path),
        }
    }

    /// Reads them from a file of mode 0600 (or stricter).
    ///
    /// # Errors
    /// When the file cannot be read, is open to others, or does not hold the two lines.
    pub fn load(path: &Path) -> Result<Self, CredentialsError> {
        refuse_open_file(path)?;
        Self::read(path)
    }

    fn read(path: &Path) -> Result<Self, CredentialsError> {
        let unreadable = |source| CredentialsError::Read { path: path.to_owned(), source };
        if std::fs::metadata(path).map_err(unreadable)?.len() > FILE_BYTES_MAX {
            return Err(CredentialsError::Content { path: path.to_owned() });
        }
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
        let user = setting(&text, "user");
        let key = setting(&text, "key");
        user.zip(key)
            .map(|(user, key)| Self { user, key })
            .ok_or_else(|| CredentialsError::Content { path: path.to_owned() })
    }

    /// The user name.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The key. For the header alone.
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// The value of `name = "value"`; quotes may be left out. Nothing for an empty value.
fn setting(text: &str, name: &str) -> Option<String> {
    let lines = text.lines().filter_map(|line| line.split_once('='));
    let mut found =
        lines.filter(|(left, _)| left.trim() == name).map(|(_, right)| right.trim().trim_matches('"').trim());
    found.next_back().filter(|value| !value.is_empty()).map(str::to_owned)
}

#[cfg(unix)]
fn refuse_open_file(path: &Path) -> Result<(), CredentialsError> {
    use std::os::unix::fs::PermissionsExt;
    let metadata =
        std::fs::metadata(path).map_err(|source| CredentialsError::Read { path: path.to_owned(), source })?;
    match metadata.permissions().mode() & 0o777 {
        mode if mode & 0o077 != 0 => Err(CredentialsError::TooOpen { path: path.to_owned(), mode }),
        _ => Ok(()),
    }
}

/// Where files have no mode there is nothing to refuse.
#[cfg(not(unix))]
fn refuse_open_file(_: &Path) -> Result<(), CredentialsError> {
    Ok(())
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("user", &self.user).field("key", &"…").finish()
    }
}
