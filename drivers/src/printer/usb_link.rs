//! A USB printer without the kernel's driver: the transfers of one interface ([`Pipes`]) as a [`Link`].

use std::time::Duration;

use super::device_id::DeviceId;
use super::fault::Fault;
use super::link::Link;

/// The most bytes handed to one transfer.
const WRITE_MAX: usize = 8192;
/// The shortest wait a transfer can be told: zero would mean for ever.
const WAIT_MIN: Duration = Duration::from_millis(1);

/// What a printer's interface can do.
pub trait Pipes: Send {
    /// One transfer to the printer. The count says how much of it went over: when the wait ends in the middle, that is a
    /// part, and none of it is sent again. 0 is "no room".
    ///
    /// # Errors
    /// When the device is gone or refuses.
    fn write(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, Fault>;

    /// One transfer from the printer; none when it has no way back.
    ///
    /// # Errors
    /// When the device is gone.
    fn read(&mut self, buffer: &mut [u8], wait: Duration) -> Result<Option<usize>, Fault>;

    /// The status byte of the port (class request 1).
    fn port_status(&mut self) -> Option<u8>;

    /// What the printer says of itself (class request 0).
    fn device_id(&mut self) -> Option<DeviceId>;
}

/// A link over pipes.
pub struct UsbLink<P> {
    pipes: P,
}

impl<P: Pipes> UsbLink<P> {
    /// Over an interface that is claimed.
    #[must_use]
    pub fn new(pipes: P) -> Self {
        Self { pipes }
    }
}

impl<P: Pipes> Link for UsbLink<P> {
    fn send(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, Fault> {
        if bytes.is_empty() {
            return Ok(0);
        }
        let bytes = &bytes[..bytes.len().min(WRITE_MAX)];
        Ok(self.pipes.write(bytes, wait.max(WAIT_MIN))?.min(bytes.len()))
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        match self.pipes.read(buffer, wait.max(WAIT_MIN))? {
            Some(count) => Ok(count),
            None => {
                std::thread::sleep(wait);
                Ok(0)
            }
        }
    }

    fn port_status(&mut self) -> Option<u8> {
        self.pipes.port_status()
    }

    /// A transfer that was counted has reached the printer.
    fn drain(&mut self, _wait: Duration) -> Result<(), Fault> {
        Ok(())
    }
}

/// One setting of one interface, as a device describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Its number.
    pub number: u8,
    /// Its alternate setting.
    pub setting: u8,
    /// Its class; 7 is a printer.
    pub class: u8,
    /// The bulk endpoint to the printer.
    pub output: Option<u8>,
    /// The bulk endpoint from the printer; bridges to a parallel port have none.
    pub input: Option<u8>,
}

/// The class of printers.
const PRINTER_CLASS: u8 = 7;

/// The interface to print on: of the printer class before any other, with a way back before one without. Never the
/// first one unseen: composite printers have others before it.
#[must_use]
pub fn best_interface(interfaces: &[Interface]) -> Option<Interface> {
    let usable = interfaces.iter().filter(|interface| interface.output.is_some());
    let rank = |interface: &&Interface| (interface.class != PRINTER_CLASS, interface.input.is_none());
    // Vendors' own classes (255) are taken as a last resort; a card reader's or a keyboard's is not.
    usable.filter(|interface| matches!(interface.class, PRINTER_CLASS | 255)).min_by_key(rank).copied()
}
