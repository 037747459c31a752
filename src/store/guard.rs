//! One process for one database, and room for its last words.

use super::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;

/// Size of the ballast: room for the closing of what is open when the disk is full.
pub const BALLAST_BYTES: u64 = 64 * 1024 * 1024;

/// The lock. The operating system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    pub(super) fn take(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join("tameio.lock");
        let unusable = |e| StoreError::Folder(folder.to_owned(), e);
        let file =
            OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse(folder.to_owned())),
            Err(TryLockError::Error(e)) => Err(unusable(e)),
        }
    }
}

impl Drop for Lock {
    /// Let go by name, not only by closing: a child process that is just being started holds a copy of the file open.
    fn drop(&mut self) {
        if let Err(error) = self.file.unlock() {
            tracing::warn!(%error, "the lock of the data folder was not let go");
        }
    }
}

/// Makes the ballast beside the database, written out so that the space is really taken.
///
/// # Errors
/// When there is no room for it, which is worth a warning already; then none is taken.
pub fn lay_ballast(folder: &Path) -> io::Result<()> {
    let path = folder.join("ballast");
    if std::fs::metadata(&path).is_ok_and(|meta| meta.len() >= BALLAST_BYTES) {
        return Ok(());
    }
    write_ballast(&path).inspect_err(|_| {
        // Half a ballast would be what fills the disk.
        let _ = std::fs::remove_file(&path);
    })
}

fn write_ballast(path: &Path) -> io::Result<()> {
    let mut file = File::create(path)?;
    let block = vec![0xA5; 1024 * 1024];
    for _ in 0..BALLAST_BYTES / block.len() as u64 {
        file.write_all(&block)?;
    }
    file.sync_all()
}

/// Throws the ballast out: the disk is full and what is open must be closed.
pub fn drop_ballast(folder: &Path) {
    if let Err(error) = std::fs::remove_file(folder.join("ballast")) {
        tracing::warn!(%error, "no ballast to throw out");
    }
}

/// Free bytes where the database is.
///
/// # Errors
/// When the file system does not say.
pub fn free_bytes(folder: &Path) -> io::Result<u64> {
    fs4::available_space(folder)
}

/// Whether a byte can be written there and synced.
pub fn is_writable(folder: &Path) -> bool {
    let path = folder.join("write-test");
    let write = || -> io::Result<()> {
        let mut file = File::create(&path)?;
        file.write_all(b"1")?;
        file.sync_all()
    };
    let written = write().is_ok();
    let _ = std::fs::remove_file(&path);
    written
}
