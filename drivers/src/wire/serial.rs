//! A serial line: RS-232, a USB adapter (`ttyUSB`), or a device that acts as one (`ttyACM`).

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serialport::{DataBits, ErrorKind, FlowControl, SerialPort, StopBits};

use super::Wire;
use super::fault::{Fault, waits};
use super::stuck;

/// Opening must not hang on a line nobody answers.
const OPEN_WAIT: Duration = Duration::from_secs(1);

/// Speed and format of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SerialSettings {
    /// Bits a second.
    pub baud: u32,
    /// Data bits, parity, stop bits.
    pub format: Format,
}

/// What one character looks like on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// Seven data bits instead of eight.
    pub seven: bool,
    /// The check bit.
    pub parity: Parity,
    /// Two stop bits instead of one.
    pub two_stops: bool,
}

/// The check bit of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parity {
    /// None.
    None,
    /// Even.
    Even,
    /// Odd.
    Odd,
}

impl Format {
    /// Eight bits, no parity, one stop bit.
    pub const N8: Self = Self { seven: false, parity: Parity::None, two_stops: false };
    /// Seven bits, even parity, one stop bit.
    pub const E7: Self = Self { seven: true, parity: Parity::Even, two_stops: false };
    /// Seven bits, odd parity, one stop bit.
    pub const O7: Self = Self { seven: true, parity: Parity::Odd, two_stops: false };
}

impl SerialSettings {
    /// A speed with a format.
    #[must_use]
    pub const fn new(baud: u32, format: Format) -> Self {
        Self { baud, format }
    }
}

/// `8n1`, `7e1`, `7o1`, `8o1`, `7n2` …
impl std::str::FromStr for Format {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let &[bits, parity, stops] = text.as_bytes() else { return Err(()) };
        Ok(Self {
            seven: match bits {
                b'7' => true,
                b'8' => false,
                _ => return Err(()),
            },
            parity: match parity.to_ascii_lowercase() {
                b'n' => Parity::None,
                b'e' => Parity::Even,
                b'o' => Parity::Odd,
                _ => return Err(()),
            },
            two_stops: match stops {
                b'1' => false,
                b'2' => true,
                _ => return Err(()),
            },
        })
    }
}

/// Opens a serial line, for this program alone.
///
/// # Errors
/// When it is missing, taken, forbidden or refuses the settings, or has not taken yet what it was told before.
pub fn open(path: &Path, settings: SerialSettings) -> Result<Box<dyn Wire>, Fault> {
    if stuck::is_stuck(path) {
        return Err(Fault::Silent);
    }
    let builder = serialport::new(path.to_string_lossy(), settings.baud)
        .flow_control(FlowControl::None)
        .timeout(OPEN_WAIT)
        // Some scales and most scanners with a virtual line say nothing until DTR is up.
        .dtr_on_open(true);
    let port = builder.open().map_err(|error| fault_of(&error, path))?;
    let mut line = SerialLine { port, path: path.to_owned(), masked: false };
    line.configure(settings)?;
    Ok(Box::new(line))
}

struct SerialLine {
    port: Box<dyn SerialPort>,
    path: PathBuf,
    /// The eighth bit is no data: an adapter that ignores the format leaves the parity in it.
    masked: bool,
}

impl Wire for SerialLine {
    fn send(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, Fault> {
        self.wait(wait)?;
        counted(self.port.write(bytes))
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        self.wait(wait)?;
        let count = counted(self.port.read(buffer))?;
        if self.masked {
            buffer[..count].iter_mut().for_each(|byte| *byte &= 0x7F);
        }
        Ok(count)
    }

    fn configure(&mut self, settings: SerialSettings) -> Result<(), Fault> {
        let Format { seven, parity, two_stops } = settings.format;
        let parity = match parity {
            Parity::None => serialport::Parity::None,
            Parity::Even => serialport::Parity::Even,
            Parity::Odd => serialport::Parity::Odd,
        };
        self.masked = seven;
        self.port
            .set_baud_rate(settings.baud)
            .and_then(|()| self.port.set_data_bits(if seven { DataBits::Seven } else { DataBits::Eight }))
            .and_then(|()| self.port.set_parity(parity))
            .and_then(|()| self.port.set_stop_bits(if two_stops { StopBits::Two } else { StopBits::One }))
            .map_err(|error| fault_of(&error, &self.path))
    }
}

impl Drop for SerialLine {
    fn drop(&mut self) {
        stuck::let_go(self.port.as_ref(), &self.path);
    }
}

impl SerialLine {
    fn wait(&mut self, wait: Duration) -> Result<(), Fault> {
        self.port.set_timeout(wait).map_err(|error| fault_of(&error, &self.path))
    }
}

/// The crate says a pulled cable in several ways ("broken pipe", "I/O error", no number): on an open line, whatever is not
/// "nothing came" is "gone".
fn counted(result: std::io::Result<usize>) -> Result<usize, Fault> {
    match result {
        Ok(count) => Ok(count),
        Err(error) if waits(&error) => Ok(0),
        Err(_) => Err(Fault::Gone),
    }
}

fn fault_of(error: &serialport::Error, path: &Path) -> Fault {
    match error.kind() {
        // The crate's one kind for "missing" and "locked by another".
        ErrorKind::NoDevice if path.exists() => Fault::Busy,
        ErrorKind::NoDevice => Fault::Missing,
        ErrorKind::Io(kind) => Fault::of_io(&kind.into(), path),
        ErrorKind::InvalidInput | ErrorKind::Unknown => Fault::System(error.description.clone()),
    }
}
