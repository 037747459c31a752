//! A printer behind a device file, above all `/dev/usb/lp0` of the kernel's `usblp`.
//!
//! Three facts of `usblp` shape this file. A blocking write waits for ever while the printer is offline, so the file is
//! opened non-blocking and polled. One transfer holds 8192 bytes, so no write is larger. And closing kills the transfer
//! under way, so [`Link::drain`] polls for room before the file is closed.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};

use super::fault::Fault;
use super::link::{Connect, Link};
use super::raw_fd;
use super::tcp::counted;

/// The largest transfer of `usblp`.
const WRITE_MAX: usize = 8192;

/// Opens a device file; also a FIFO or a plain file, which take bytes and give none back.
#[derive(Clone, Debug)]
pub struct DeviceFile {
    path: PathBuf,
}

impl DeviceFile {
    /// The device at a path.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    fn open_as(&self, access: OFlags) -> Result<File, Fault> {
        let flags = access | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        rustix::fs::open(&self.path, flags, Mode::empty())
            .map(File::from)
            .map_err(|error| Fault::of_io(&io::Error::from(error)))
    }
}

impl Connect for DeviceFile {
    fn open(&self) -> Result<Box<dyn Link>, Fault> {
        let kind = std::fs::metadata(&self.path).map_err(|error| Fault::of_io(&error))?.file_type();
        // Reading back what we wrote into a FIFO or a plain file would be taken for the printer's answer.
        let answers = kind.is_char_device();
        let access = if kind.is_file() {
            OFlags::WRONLY | OFlags::APPEND
        } else if answers {
            OFlags::RDWR
        } else {
            OFlags::WRONLY
        };
        let file = self.open_as(access)?;
        let has_port = answers && major(&file) == Some(USB_MAJOR);
        Ok(Box::new(FileLink { file, answers, has_port }))
    }
}

/// The kernel's number for character devices on USB, `usblp` among them.
const USB_MAJOR: u32 = 180;

fn major(file: &File) -> Option<u32> {
    rustix::fs::fstat(file).ok().map(|stat| rustix::fs::major(stat.st_rdev))
}

struct FileLink {
    file: File,
    answers: bool,
    /// Whether it is a printer's port, which has a status of its own.
    has_port: bool,
}

impl FileLink {
    /// Whether the file is ready for the event within the wait.
    fn ready(&self, event: PollFlags, wait: Duration) -> Result<bool, Fault> {
        let deadline = Instant::now() + wait;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let mut files = [PollFd::new(&self.file, event)];
            match poll(&mut files, Some(&timespec(left))) {
                Ok(0) => return Ok(false),
                Ok(_) => return readiness(files[0].revents(), event),
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(Fault::of_io(&io::Error::from(error))),
            }
        }
    }
}

fn readiness(events: PollFlags, wanted: PollFlags) -> Result<bool, Fault> {
    if events.intersects(wanted) {
        Ok(true)
    } else if events.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
        Err(Fault::Disconnected)
    } else {
        Ok(false)
    }
}

fn timespec(wait: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: wait.subsec_nanos().into(),
    }
}

impl Link for FileLink {
    fn send(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, Fault> {
        if bytes.is_empty() || !self.ready(PollFlags::OUT, wait)? {
            return Ok(0);
        }
        counted(self.file.write(&bytes[..bytes.len().min(WRITE_MAX)]))
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        if !self.answers {
            std::thread::sleep(wait);
            return Ok(0);
        }
        if !self.ready(PollFlags::IN, wait)? {
            return Ok(0);
        }
        match self.file.read(buffer) {
            // A bridge that only writes has no way back: it is silent, not gone.
            Err(error) if error.raw_os_error() == Some(22) => {
                self.answers = false;
                Ok(0)
            }
            other => counted(other),
        }
    }

    fn port_status(&mut self) -> Option<u8> {
        self.has_port.then(|| raw_fd::printer_port_status(&self.file)).flatten()
    }

    fn drain(&mut self, wait: Duration) -> Result<(), Fault> {
        if self.ready(PollFlags::OUT, wait)? { Ok(()) } else { Err(Fault::Timeout) }
    }
}
