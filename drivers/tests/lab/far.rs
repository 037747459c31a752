//! The insides of gadgets: what a scanner sends, what a scale answers, what a printer prints. Scale and printer are the
//! package's own simulators, behind a real plug.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use tameio_drivers::printer::link::{Connect, Link};
use tameio_drivers::printer::{Profile, SimPrinter};
use tameio_drivers::scale::SimScale;
use tameio_drivers::wire::Wire;

/// How long a turn of listening takes.
const TURN: Duration = Duration::from_millis(5);
/// Everything here must go through in that time.
const PATIENCE: Duration = Duration::from_secs(3);

/// An open inside.
pub(crate) struct Inside(File);

impl Inside {
    /// Opens a node of the gadget's side, as soon as it is there.
    pub(crate) fn open(node: &Path) -> io::Result<Self> {
        let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let deadline = Instant::now() + PATIENCE;
        let file = loop {
            match open(node, flags, Mode::empty()) {
                Ok(file) => break File::from(file),
                Err(error) if Instant::now() > deadline => {
                    return Err(io::Error::other(format!("{}: {error}", node.display())));
                }
                Err(_) => std::thread::sleep(TURN),
            }
        };
        // A line that echoes would be asked its own questions.
        if let Ok(mut mode) = tcgetattr(&file) {
            mode.make_raw();
            tcsetattr(&file, OptionalActions::Now, &mode)?;
        }
        Ok(Self(file))
    }

    /// Sends all of it.
    pub(crate) fn send(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while !bytes.is_empty() {
            self.ready(PollFlags::OUT)?;
            match self.0.write(bytes) {
                Ok(count) => bytes = &bytes[count..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
            if Instant::now() > deadline {
                return Err(io::Error::other("the host takes nothing"));
            }
        }
        Ok(())
    }

    /// What has come within a turn.
    pub(crate) fn receive(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.ready(PollFlags::IN)? {
            return Ok(0);
        }
        match self.0.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(0),
            other => other,
        }
    }

    fn ready(&self, event: PollFlags) -> io::Result<bool> {
        let wait = Timespec { tv_sec: 0, tv_nsec: TURN.subsec_nanos().into() };
        Ok(poll(&mut [PollFd::new(&self.0, event)], Some(&wait))? > 0)
    }
}

/// A simulator behind a plug. Dropping it takes its hands off the plug, which is done before the cable is pulled.
pub(crate) struct Served {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    fn new(turn: impl FnMut() -> io::Result<()> + Send + 'static) -> io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, mut turn) = (Arc::clone(&stop), turn);
        let thread = std::thread::Builder::new().name("inside".to_owned()).spawn(move || {
            while !stopped.load(Ordering::SeqCst) {
                if turn().is_err() {
                    // The plug moves: what a device without a host says goes nowhere.
                    std::thread::sleep(TURN);
                }
            }
        })?;
        Ok(Self { stop, thread: Some(thread) })
    }

    /// A scale behind a serial line.
    pub(crate) fn scale(node: &Path, scale: &SimScale) -> Result<Self, Box<dyn std::error::Error>> {
        let (mut inside, mut wire) = (Inside::open(node)?, scale.open()?);
        Ok(Self::new(move || talk(&mut inside, wire.as_mut()))?)
    }

    /// A printer behind its port.
    pub(crate) fn printer(node: &Path, printer: &SimPrinter) -> Result<Self, Box<dyn std::error::Error>> {
        let (mut inside, mut link, mut waiting) = (Inside::open(node)?, printer.open()?, Vec::new());
        Ok(Self::new(move || print(&mut inside, link.as_mut(), &mut waiting))?)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        self.thread.take().map(JoinHandle::join);
    }
}

fn talk(inside: &mut Inside, wire: &mut dyn Wire) -> io::Result<()> {
    let mut buffer = [0; 256];
    let count = inside.receive(&mut buffer)?;
    wire.send(&buffer[..count], Duration::ZERO).map_err(io::Error::other)?;
    let count = wire.receive(&mut buffer, Duration::ZERO).map_err(io::Error::other)?;
    inside.send(&buffer[..count])
}

/// Nothing more is read while the printer takes nothing: then the cable fills, as with a real one.
fn print(inside: &mut Inside, link: &mut dyn Link, waiting: &mut Vec<u8>) -> io::Result<()> {
    let mut buffer = [0; 8192];
    if waiting.is_empty() {
        let count = inside.receive(&mut buffer)?;
        waiting.extend_from_slice(&buffer[..count]);
    }
    let taken = link.send(waiting, TURN).map_err(io::Error::other)?;
    waiting.drain(..taken);
    let count = link.receive(&mut buffer, Duration::ZERO).map_err(io::Error::other)?;
    inside.send(&buffer[..count])
}

/// A printer of a family.
pub(crate) fn sim_printer(profile: &str) -> Result<SimPrinter, Box<dyn std::error::Error>> {
    Ok(SimPrinter::new(Profile::named(profile).ok_or("no such profile")?))
}
