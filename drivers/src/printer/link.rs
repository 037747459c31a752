//! The cable: [`Link`] moves bytes and counts them; [`Connect`] opens one.
//!
//! A link never decides anything. Every call has an end: it says how many bytes went over, or that none did in the
//! time given, or which [`Fault`] there is. *Accepted* never means *printed*: that is for [`job`](super::job) to find out.

use std::time::Duration;

use super::address::{Address, Place};
use super::fault::Fault;
use super::sim::SimPrinter;

/// An open connection to a printer.
pub trait Link: Send {
    /// Sends as many of the bytes as are taken within the wait. 0 is "no room", not an error.
    ///
    /// # Errors
    /// When the device is gone or refuses.
    fn send(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, Fault>;

    /// Receives what is there within the wait. 0 is "nothing came".
    ///
    /// # Errors
    /// When the device is gone.
    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, Fault>;

    /// The status byte of the printer port (IEEE 1284), where the link has one: 0x20 paper empty, 0x10 online, 0x08 no
    /// error. It costs no byte on the wire and is answered by many printers that answer nothing else.
    fn port_status(&mut self) -> Option<u8> {
        None
    }

    /// Waits until what was accepted has left this machine, so that closing does not cut it off.
    ///
    /// # Errors
    /// When it did not leave within the wait.
    fn drain(&mut self, wait: Duration) -> Result<(), Fault>;
}

/// Opens links to one device. A link is opened for each job: most network printers serve one client at a time and
/// drop an idle one, and a device that was unplugged must be opened anew anyway.
pub trait Connect: Send {
    /// Opens the device.
    ///
    /// # Errors
    /// When it is missing, taken, forbidden or silent.
    fn open(&self) -> Result<Box<dyn Link>, Fault>;
}

/// What opens the place an address names.
///
/// # Errors
/// When this build cannot reach such a place.
pub fn connector(address: &Address) -> Result<Box<dyn Connect>, Fault> {
    match &address.place {
        Place::Tcp { host, port } => Ok(Box::new(super::tcp::Tcp::new(host, *port))),
        Place::File(path) => file(path),
        Place::Serial { path, baud, flow } => Ok(Box::new(super::serial::Serial::new(path, *baud, *flow))),
        Place::Lp { named } => lp(named),
        Place::Usb { vendor, product, serial } => usb(*vendor, *product, serial.as_deref()),
        Place::Sim => Ok(Box::new(SimPrinter::new(address.profile.clone()))),
    }
}

#[cfg(unix)]
fn file(path: &std::path::Path) -> Result<Box<dyn Connect>, Fault> {
    Ok(Box::new(super::file::DeviceFile::new(path)))
}

#[cfg(not(unix))]
fn file(_path: &std::path::Path) -> Result<Box<dyn Connect>, Fault> {
    Err(Fault::Unsupported("device files exist on Unix only: use tcp:// or serial:".to_owned()))
}

#[cfg(unix)]
fn lp(named: &str) -> Result<Box<dyn Connect>, Fault> {
    Ok(Box::new(super::lp::Lp::new(named, super::lp::Ports::default())))
}

#[cfg(not(unix))]
fn lp(_named: &str) -> Result<Box<dyn Connect>, Fault> {
    Err(Fault::Unsupported("lp: is for Linux: use tcp:// or serial:".to_owned()))
}

#[cfg(feature = "usb")]
fn usb(vendor: u16, product: u16, serial: Option<&str>) -> Result<Box<dyn Connect>, Fault> {
    Ok(Box::new(super::usb::Usb::new(vendor, product, serial)))
}

#[cfg(not(feature = "usb"))]
fn usb(vendor: u16, product: u16, _serial: Option<&str>) -> Result<Box<dyn Connect>, Fault> {
    Err(Fault::Unsupported(format!(
        "this build does not reach USB printers by number (usb:{vendor:04x}:{product:04x}): \
         use its device file, such as lp:TM-T20II or file:/dev/usb/lp0"
    )))
}
