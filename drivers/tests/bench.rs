//! The virtual printer at the far end of every kind of cable.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::{AsFd, OwnedFd};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use tameio_drivers::printer::SimPrinter;
use tameio_drivers::printer::link::{Connect, Link};

use crate::profile;

/// A virtual printer behind a pseudo terminal. It says stop and go, as a printer with XON and XOFF does.
pub(crate) struct Cable {
    pub(crate) path: PathBuf,
    pub(crate) sim: SimPrinter,
    plugged: Arc<AtomicBool>,
    stops: Arc<AtomicUsize>,
    pump: Option<JoinHandle<()>>,
}

impl Cable {
    pub(crate) fn new() -> Self {
        Self::of(SimPrinter::new(profile("epson-80")))
    }

    pub(crate) fn of(sim: SimPrinter) -> Self {
        let (master, keep, path) = pseudo_terminal();
        let plugged = Arc::new(AtomicBool::new(true));
        let stops = Arc::new(AtomicUsize::new(0));
        let (device, alive, told) = (sim.clone(), Arc::clone(&plugged), Arc::clone(&stops));
        let pump = std::thread::spawn(move || {
            pump(master, &device, &alive, &told);
            drop(keep);
        });
        Self { path, sim, plugged, stops, pump: Some(pump) }
    }

    pub(crate) fn count(&self, text: &str) -> usize {
        count(&self.sim, text)
    }

    /// How often the printer said stop.
    pub(crate) fn stops(&self) -> usize {
        self.stops.load(Ordering::SeqCst)
    }

    pub(crate) fn unplug(&mut self) {
        self.plugged.store(false, Ordering::SeqCst);
        self.pump.take().map(JoinHandle::join);
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.unplug();
    }
}

/// How often a text stands on all the papers together.
pub(crate) fn count(sim: &SimPrinter, text: &str) -> usize {
    sim.papers().iter().flat_map(|paper| paper.lines()).filter(|line| line.contains(text)).count()
}

/// The printer's end, one descriptor that keeps the other end open, and the path of that end. Raw, like a device.
pub(crate) fn pseudo_terminal() -> (OwnedFd, OwnedFd, PathBuf) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let path = PathBuf::from(ptsname(&master, Vec::new()).unwrap().into_string().unwrap());
    let keep = rustix::fs::open(&path, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
    let mut mode = tcgetattr(&keep).unwrap();
    mode.make_raw();
    tcsetattr(&keep, OptionalActions::Now, &mode).unwrap();
    (master, keep, path)
}

const XON: u8 = 0x11;
const XOFF: u8 = 0x13;

fn pump(master: OwnedFd, sim: &SimPrinter, plugged: &AtomicBool, stops: &AtomicUsize) {
    rustix::fs::fcntl_setfl(master.as_fd(), OFlags::NONBLOCK).unwrap();
    // Only a line that was set so takes the two for more than bytes.
    let flow = |file: &File| {
        tcgetattr(file).is_ok_and(|mode| mode.input_modes.contains(rustix::termios::InputModes::IXON))
    };
    let mut file = File::from(master);
    let mut link = sim.open().unwrap();
    let (mut waiting, mut bytes, mut stopped) = (Vec::new(), [0; 512], false);
    while plugged.load(Ordering::SeqCst) {
        if waiting.is_empty()
            && let Ok(count) = file.read(&mut bytes)
        {
            waiting.extend_from_slice(&bytes[..count]);
        }
        let Ok(taken) = link.send(&waiting, Duration::from_millis(1)) else { return };
        waiting.drain(..taken);
        if waiting.is_empty() == stopped && flow(&file) {
            stopped = !stopped;
            stops.fetch_add(usize::from(stopped), Ordering::SeqCst);
            file.write_all(&[if stopped { XOFF } else { XON }]).unwrap();
        }
        let Ok(count) = link.receive(&mut bytes, Duration::from_millis(1)) else { return };
        file.write_all(&bytes[..count]).unwrap();
    }
}

/// A USB printer's pipes that end in the virtual printer.
pub(crate) mod usb {
    use std::time::Duration;

    use tameio_drivers::printer::device_id::DeviceId;
    use tameio_drivers::printer::link::{Connect, Link};
    use tameio_drivers::printer::usb_link::{Pipes, UsbLink};
    use tameio_drivers::printer::{Fault, PaperLevel, SimPrinter};

    pub(crate) struct SimPipes {
        sim: SimPrinter,
        link: Box<dyn Link>,
    }

    impl Pipes for SimPipes {
        fn write(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, Fault> {
            self.link.send(bytes, wait)
        }

        fn read(&mut self, buffer: &mut [u8], wait: Duration) -> Result<Option<usize>, Fault> {
            self.link.receive(buffer, wait).map(Some)
        }

        fn port_status(&mut self) -> Option<u8> {
            let out = self.sim.control().paper == PaperLevel::Out;
            Some(if out { 0x20 } else { 0x18 })
        }

        fn device_id(&mut self) -> Option<DeviceId> {
            Some(DeviceId::parse(b"MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;"))
        }
    }

    /// Plugs a virtual printer into USB.
    pub(crate) struct SimUsb(pub(crate) SimPrinter);

    impl Connect for SimUsb {
        fn open(&self) -> Result<Box<dyn Link>, Fault> {
            Ok(Box::new(UsbLink::new(SimPipes { sim: self.0.clone(), link: self.0.open()? })))
        }
    }
}

/// A link with something wrong in it: each call goes through a closure first.
pub(crate) struct Tampered<F> {
    pub(crate) sim: SimPrinter,
    pub(crate) tamper: F,
}

/// What is done to a link before the real call.
pub(crate) trait Tamper: Clone + Send + 'static {
    /// The outcome of a send, or none to let it through.
    fn send(&mut self, _bytes: &[u8]) -> Option<Result<usize, tameio_drivers::printer::Fault>> {
        None
    }

    /// What comes in, out of what came.
    fn receive(&mut self, came: Vec<u8>) -> Vec<u8> {
        came
    }

    /// The status of the port.
    fn port(&mut self) -> Option<u8> {
        None
    }
}

struct TamperedLink<F> {
    link: Box<dyn Link>,
    tamper: F,
    ready: Vec<u8>,
}

impl<F: Tamper> Connect for Tampered<F> {
    fn open(&self) -> Result<Box<dyn Link>, tameio_drivers::printer::Fault> {
        let tamper = self.tamper.clone();
        Ok(Box::new(TamperedLink { link: self.sim.open()?, tamper, ready: Vec::new() }))
    }
}

impl<F: Tamper> Link for TamperedLink<F> {
    fn send(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, tameio_drivers::printer::Fault> {
        match self.tamper.send(bytes) {
            Some(outcome) => outcome,
            None => self.link.send(bytes, wait),
        }
    }

    fn receive(
        &mut self,
        buffer: &mut [u8],
        wait: Duration,
    ) -> Result<usize, tameio_drivers::printer::Fault> {
        let mut came = [0; 256];
        let wait = if self.ready.is_empty() { wait } else { Duration::ZERO };
        let count = self.link.receive(&mut came, wait)?;
        self.ready.extend_from_slice(&came[..count]);
        let whole = std::mem::take(&mut self.ready);
        let mut now = self.tamper.receive(whole.clone());
        // What the closure keeps back comes the next time.
        if whole.starts_with(&now) {
            self.ready = whole[now.len()..].to_vec();
        }
        let count = now.len().min(buffer.len());
        buffer[..count].copy_from_slice(&now[..count]);
        now.drain(..count);
        self.ready.splice(..0, now);
        Ok(count)
    }

    fn port_status(&mut self) -> Option<u8> {
        self.tamper.port()
    }

    fn drain(&mut self, wait: Duration) -> Result<(), tameio_drivers::printer::Fault> {
        self.link.drain(wait)
    }
}

/// The virtual printer on a port, one client at a time, its papers left in it.
pub(crate) fn listen(listener: &TcpListener, sim: &SimPrinter) {
    for stream in listener.incoming() {
        if let (Ok(stream), Ok(link)) = (stream, sim.open()) {
            // A client that is gone is the test's doing.
            let _ = converse(stream, link);
        }
    }
}

fn converse(mut stream: TcpStream, mut link: Box<dyn Link>) -> std::io::Result<()> {
    let turn = Duration::from_millis(1);
    stream.set_read_timeout(Some(turn))?;
    let (mut waiting, mut bytes) = (Vec::new(), [0; 512]);
    loop {
        if waiting.is_empty() {
            match stream.read(&mut bytes) {
                Ok(0) => return Ok(()),
                Ok(count) => waiting.extend_from_slice(&bytes[..count]),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(error) => return Err(error),
            }
        } else {
            // A printer that takes nothing still sees that the other side is gone.
            stream.set_nonblocking(true)?;
            let gone = matches!(stream.peek(&mut [0]), Ok(0));
            stream.set_nonblocking(false)?;
            if gone {
                return Ok(());
            }
        }
        let taken = link.send(&waiting, turn).map_err(std::io::Error::other)?;
        waiting.drain(..taken);
        let count = link.receive(&mut bytes, Duration::ZERO).map_err(std::io::Error::other)?;
        stream.write_all(&bytes[..count])?;
    }
}
