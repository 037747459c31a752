//! A node that gives whole records: `/dev/hidraw*`, `/dev/input/event*`; in tests a FIFO.
//!
//! Opened non-blocking and polled: a read can neither wait for ever nor give half a report.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};

use super::fault::{Fault, waits};

/// An open node.
#[derive(Debug)]
pub struct Reports {
    file: File,
    path: PathBuf,
}

impl Reports {
    /// Opens the node at a path, for reading: these devices talk and are told nothing.
    ///
    /// # Errors
    /// When it is missing, taken or forbidden.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let opened = rustix::fs::open(path, flags, Mode::empty());
        let file = opened.map(File::from).map_err(|error| Fault::of_io(&error.into(), path))?;
        Ok(Self { file, path: path.to_owned() })
    }

    /// The next record, as long as the buffer at most; 0 when none came within the wait.
    ///
    /// # Errors
    /// When the device is gone.
    pub fn next(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        if !ready(&[self.file.as_fd()], wait)? {
            return Ok(0);
        }
        match self.file.read(buffer) {
            Ok(0) => Err(Fault::Gone),
            Ok(count) => Ok(count),
            Err(error) if waits(&error) => Ok(0),
            Err(error) => Err(Fault::of_io(&error, &self.path)),
        }
    }
}

impl AsFd for Reports {
    fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
        self.file.as_fd()
    }
}

/// Whether one of the nodes has something to read, or is gone, within the wait.
///
/// # Errors
/// When the kernel refuses to wait.
pub fn ready(nodes: &[std::os::fd::BorrowedFd<'_>], wait: Duration) -> Result<bool, Fault> {
    let deadline = Instant::now() + wait;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut polled: Vec<_> = nodes.iter().map(|node| PollFd::new(node, PollFlags::IN)).collect();
        match poll(&mut polled, Some(&timespec(left))) {
            Ok(count) => return Ok(count > 0),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(Fault::System(io::Error::from(error).to_string())),
        }
    }
}

pub(crate) fn timespec(wait: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: wait.subsec_nanos().into(),
    }
}
