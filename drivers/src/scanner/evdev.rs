//! A scanner that is a keyboard, taken for this program alone: nobody else gets a single key of it.

use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use evdev::Device;

use super::keys::{KeySettings, Keys, RECORD, events};
use super::{Scan, Scanner};
use crate::wire::Fault;
use crate::wire::reports::{Reports, ready};

/// Events read in one turn: a key that is stuck must not hold us here.
const EVENTS_MAX: usize = 2000;

/// The nodes of one scanner: it may have several, and any of them may type.
pub struct EvdevScanner {
    nodes: Vec<Node>,
}

struct Node {
    source: Source,
    path: PathBuf,
    keys: Keys,
    heard: Instant,
}

/// Where events come from. What is no device, such as a pipe, cannot be taken and is only read.
enum Source {
    Taken(Box<Device>),
    Pipe(Reports),
}

impl EvdevScanner {
    /// Opens and takes all nodes of a scanner.
    ///
    /// # Errors
    /// When one is missing, forbidden, or taken by another program.
    pub fn open(nodes: &[PathBuf], settings: &KeySettings) -> Result<Self, Fault> {
        let nodes: Vec<Node> =
            nodes.iter().map(|path| Node::open(path, settings)).collect::<Result<_, _>>()?;
        if nodes.is_empty() { Err(Fault::Missing) } else { Ok(Self { nodes }) }
    }

    /// Until when to wait before a code without a suffix is over.
    fn silent_at(&self) -> Option<Instant> {
        let waiting = self.nodes.iter().filter(|node| node.keys.is_waiting());
        waiting.map(|node| node.heard + Duration::from_millis(node.keys.silence_ms())).min()
    }
}

impl Scanner for EvdevScanner {
    fn next(&mut self, wait: Duration) -> Result<Option<Scan>, Fault> {
        let deadline = Instant::now() + wait;
        loop {
            let until = self.silent_at().map_or(deadline, |silent| silent.min(deadline));
            let polled: Vec<BorrowedFd<'_>> = self.nodes.iter().map(Node::as_fd).collect();
            ready(&polled, until.saturating_duration_since(Instant::now()))?;
            for node in &mut self.nodes {
                if let Some(scan) = node.read()? {
                    return Ok(Some(scan));
                }
            }
            if Instant::now() >= deadline {
                return Ok(None);
            }
        }
    }
}

impl Node {
    fn open(path: &Path, settings: &KeySettings) -> Result<Self, Fault> {
        let io = |error: std::io::Error| Fault::of_io(&error, path);
        let device = std::fs::metadata(path).map_err(io)?.file_type().is_char_device();
        let source =
            if device { Source::Taken(Box::new(take(path)?)) } else { Source::Pipe(Reports::open(path)?) };
        Ok(Self { source, path: path.to_owned(), keys: Keys::new(settings.clone()), heard: Instant::now() })
    }

    /// One code of what has come, if one has ended. Read event by event: what came behind it waits in the kernel.
    fn read(&mut self) -> Result<Option<Scan>, Fault> {
        let mut buffer = [0; RECORD];
        for _ in 0..EVENTS_MAX {
            match rustix::io::read(self.as_fd(), &mut buffer) {
                Ok(0) => return Err(Fault::Gone),
                Ok(count) => {
                    self.heard = Instant::now();
                    let scan = events(&buffer[..count]).find_map(|event| self.keys.hear(event));
                    if scan.is_some() {
                        return Ok(scan);
                    }
                }
                Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => break,
                Err(error) => return Err(Fault::of_io(&error.into(), &self.path)),
            }
        }
        let silent = self.heard.elapsed() >= Duration::from_millis(self.keys.silence_ms());
        Ok(if silent { self.keys.flush() } else { None })
    }
}

impl AsFd for Node {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match &self.source {
            Source::Taken(device) => device.as_fd(),
            Source::Pipe(pipe) => pipe.as_fd(),
        }
    }
}

/// Takes a device while no key is down: the window that saw a key go down would never see it go up.
fn take(path: &Path) -> Result<Device, Fault> {
    let io = |error: std::io::Error| Fault::of_io(&error, path);
    let mut device = Device::open(path).map_err(io)?;
    if device.get_key_state().map_err(io)?.iter().next().is_some() {
        return Err(Fault::System("a key of it is held down".to_owned()));
    }
    device.grab().map_err(io)?;
    device.set_nonblocking(true).map_err(io)?;
    Ok(device)
}
