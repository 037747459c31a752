//! Secrets that lie beside the database, each in a file only its owner may read: whoever copies the database alone has none
//! of them.

use crate::app::clock;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Bytes of a secret.
pub(super) const SECRET_BYTES: usize = 32;

/// Reads a secret, or makes it.
pub(super) fn read_or_make(path: &Path) -> io::Result<Vec<u8>> {
    match fs::read(path) {
        Ok(bytes) if bytes.len() == SECRET_BYTES => Ok(bytes),
        Ok(_) => Err(io::Error::other("it has another length than it was made with")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(path),
        Err(error) => Err(error),
    }
}

fn make(path: &Path) -> io::Result<Vec<u8>> {
    let bytes = random(SECRET_BYTES);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(&bytes).and_then(|()| file.sync_all())?;
    Ok(bytes)
}

/// So many random bytes.
pub(super) fn random(count: usize) -> Vec<u8> {
    std::iter::repeat_with(|| clock::chance().to_le_bytes()).flatten().take(count).collect()
}
