//! A printer on a serial line: RS-232, or a USB adapter (`ttyUSB`, `ttyACM`). 8 bits, no parity, 1 stop bit.

use std::io::{Read, Write};
use std::time::Duration;

use serialport::{ErrorKind, FlowControl, SerialPort};

use super::address::Flow;
use super::fault::Fault;
use super::link::{Connect, Link};
use super::tcp::counted;

/// Bytes handed over at once: small, so that a printer that says stop is heard soon.
const CHUNK: usize = 256;
/// Opening must not hang on a line nobody answers.
const OPEN_WAIT: Duration = Duration::from_secs(2);

/// Opens a serial line.
#[derive(Clone, Debug)]
pub struct Serial {
    path: String,
    baud: u32,
    flow: Flow,
}

impl Serial {
    /// A line at a device.
    #[must_use]
    pub fn new(path: &str, baud: u32, flow: Flow) -> Self {
        Self { path: path.to_owned(), baud, flow }
    }
}

impl Connect for Serial {
    fn open(&self) -> Result<Box<dyn Link>, Fault> {
        let flow = match self.flow {
            Flow::None => FlowControl::None,
            Flow::RtsCts => FlowControl::Hardware,
            Flow::XonXoff => FlowControl::Software,
        };
        let opened = serialport::new(&self.path, self.baud).flow_control(flow).timeout(OPEN_WAIT).open();
        opened.map(|port| Box::new(SerialLink { port }) as Box<dyn Link>).map_err(|error| fault_of(&error))
    }
}

fn fault_of(error: &serialport::Error) -> Fault {
    match error.kind() {
        ErrorKind::NoDevice => match error.description.to_ascii_lowercase() {
            // The crate's one kind for "absent" and "locked by another".
            text if text.contains("lock") || text.contains("busy") => Fault::Busy,
            _ => Fault::NotFound,
        },
        ErrorKind::InvalidInput => Fault::Link(error.description.clone()),
        ErrorKind::Io(kind) => Fault::of_io(&kind.into()),
        ErrorKind::Unknown => Fault::Link(error.description.clone()),
    }
}

struct SerialLink {
    port: Box<dyn SerialPort>,
}

impl SerialLink {
    fn wait(&mut self, wait: Duration) -> Result<(), Fault> {
        self.port.set_timeout(wait).map_err(|error| fault_of(&error))
    }
}

impl Link for SerialLink {
    fn send(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, Fault> {
        self.wait(wait)?;
        if bytes.is_empty() { Ok(0) } else { counted(self.port.write(&bytes[..bytes.len().min(CHUNK)])) }
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        self.wait(wait)?;
        counted(self.port.read(buffer))
    }

    fn drain(&mut self, wait: Duration) -> Result<(), Fault> {
        let deadline = std::time::Instant::now() + wait;
        while self.port.bytes_to_write().map_err(|error| fault_of(&error))? > 0 {
            if std::time::Instant::now() >= deadline {
                return Err(Fault::Timeout);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }
}
