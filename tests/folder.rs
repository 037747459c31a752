//! A folder of its own for each test; one that failed keeps it to be looked at.

use std::path::Path;
use tempfile::TempDir;

/// A folder that goes with its test, unless the test fails.
#[derive(Debug)]
pub(crate) struct Folder(Option<TempDir>);

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self(Some(tempfile::tempdir().expect("a folder")))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.0.as_ref().expect("it is there until it is dropped").path()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Some(folder) = self.0.take()
        {
            eprintln!("kept: {}", folder.keep().display());
        }
    }
}
