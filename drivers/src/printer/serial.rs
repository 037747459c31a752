//! A printer on a serial line: RS-232, or a USB adapter (`ttyUSB`, `ttyACM`). 8 bits, no parity, 1 stop bit.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use serialport::{ErrorKind, FlowControl, SerialPort, SerialPortBuilder};

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
            Flow::None | Flow::Dtr => FlowControl::None,
            Flow::RtsCts => FlowControl::Hardware,
            Flow::XonXoff => FlowControl::Software,
        };
        let line = serialport::new(&self.path, self.baud).flow_control(flow).timeout(OPEN_WAIT);
        Ok(Box::new(SerialLink::new(open_line(&line)?, self.flow)))
    }
}

/// A write must never wait for a printer that says stop in the middle of it.
#[cfg(unix)]
fn open_line(line: &SerialPortBuilder) -> Result<Box<dyn SerialPort>, Fault> {
    let port = line.clone().open_native().map_err(|error| fault_of(&error))?;
    super::raw_fd::set_nonblocking(&port).map_err(|error| Fault::of_io(&error))?;
    Ok(Box::new(port))
}

#[cfg(not(unix))]
fn open_line(line: &SerialPortBuilder) -> Result<Box<dyn SerialPort>, Fault> {
    line.clone().open().map_err(|error| fault_of(&error))
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

/// A link over an open serial port.
pub struct SerialLink {
    port: Box<dyn SerialPort>,
    flow: Flow,
}

impl SerialLink {
    /// Over a port that is open already.
    #[must_use]
    pub fn new(port: Box<dyn SerialPort>, flow: Flow) -> Self {
        Self { port, flow }
    }

    fn wait(&mut self, wait: Duration) -> Result<(), Fault> {
        self.port.set_timeout(wait).map_err(|error| fault_of(&error))
    }

    /// Linux knows no flow control by DTR: before each chunk the wire is looked at, until it says go or the wait ends.
    /// Printers that pull it low still take a few hundred bytes, which is why chunks are small.
    fn may_send(&mut self, wait: Duration) -> Result<bool, Fault> {
        if self.flow != Flow::Dtr {
            return Ok(true);
        }
        let deadline = Instant::now() + wait;
        while !self.port.read_data_set_ready().map_err(|error| fault_of(&error))? {
            if Instant::now() >= deadline {
                return Ok(false);
            }
            std::thread::sleep(LOOK_AGAIN.min(wait));
        }
        Ok(true)
    }
}

impl Link for SerialLink {
    fn send(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, Fault> {
        if bytes.is_empty() || !self.may_send(wait)? {
            return Ok(0);
        }
        self.wait(wait)?;
        counted(self.port.write(&bytes[..bytes.len().min(CHUNK)]))
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        self.wait(wait)?;
        counted(self.port.read(buffer))
    }

    fn drain(&mut self, wait: Duration) -> Result<(), Fault> {
        let deadline = Instant::now() + wait;
        while self.port.bytes_to_write().map_err(|error| fault_of(&error))? > 0 {
            if Instant::now() >= deadline {
                return Err(Fault::Timeout);
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        Ok(())
    }
}

/// Between two looks at a wire or a buffer.
const LOOK_AGAIN: Duration = Duration::from_millis(5);
