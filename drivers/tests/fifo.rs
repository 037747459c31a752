//! A pipe with a name: it stands for a node that gives records.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use rustix::fs::{CWD, FileType, Mode, OFlags};

pub(crate) struct Fifo {
    pub(crate) path: PathBuf,
    writer: File,
    _folder: tempfile::TempDir,
}

impl Fifo {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("node");
        let writer = Self::make(&path);
        Self { path, writer, _folder: folder }
    }

    /// A pipe at a path, kept open for reading too, so that it can be written before anybody reads.
    pub(crate) fn make(path: &std::path::Path) -> File {
        rustix::fs::mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
        File::from(rustix::fs::open(path, OFlags::RDWR | OFlags::NONBLOCK, Mode::empty()).unwrap())
    }

    pub(crate) fn write(&self, record: &[u8]) {
        (&self.writer).write_all(record).unwrap();
    }
}
