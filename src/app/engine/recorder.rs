//! The inputs of each day in a file, for `replay`.

use crate::app::clock;
use crate::app::input::Stamped;
use std::path::{Path, PathBuf};

/// Appends inputs to a file a day, for bug reports. Losing the last lines in a power cut is accepted: the journal is the
/// record that counts.
pub(super) struct Recorder {
    folder: PathBuf,
    day: jiff::civil::Date,
    file: std::fs::File,
}

impl Recorder {
    /// Begins, or goes on with, today's file; nothing where there can be none.
    pub(super) fn open(folder: PathBuf) -> Option<Self> {
        let day = clock::now().date();
        match Self::file(&folder, day) {
            Ok(file) => Some(Self { folder, day, file }),
            Err(error) => {
                tracing::warn!(%error, "inputs are not recorded");
                None
            }
        }
    }

    fn file(folder: &Path, day: jiff::civil::Date) -> std::io::Result<std::fs::File> {
        std::fs::create_dir_all(folder)?;
        std::fs::OpenOptions::new().create(true).append(true).open(folder.join(format!("{day}.jsonl")))
    }

    /// Adds one.
    pub(super) fn record(&mut self, stamped: &Stamped) {
        use std::io::Write;
        let today = stamped.at.date();
        if today != self.day
            && let Ok(file) = Self::file(&self.folder, today)
        {
            (self.day, self.file) = (today, file);
        }
        let written = serde_json::to_string(stamped).map(|line| writeln!(self.file, "{line}"));
        if !matches!(written, Ok(Ok(()))) {
            tracing::warn!("an input was not recorded");
        }
    }
}
