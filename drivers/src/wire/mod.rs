//! The way to a scale or a scanner: bytes over a [`serial`] line or a network socket, whole reports from a [`reports`]
//! node. What can be wrong with it is a [`Fault`].
//!
//! Nothing here waits for ever, and nothing here decides: "nothing came" is an answer, "gone" is a fault.

pub mod fault;
#[cfg(unix)]
pub mod reports;
pub mod serial;
mod stuck;

pub use fault::Fault;
pub use serial::{Format, Parity, SerialSettings};

use std::time::{Duration, Instant};

use crate::printer;

/// An open way to a device that moves bytes in both directions.
pub trait Wire: Send {
    /// Sends as many of the bytes as are taken within the wait; 0 is "no room", not an error.
    ///
    /// # Errors
    /// When the device is gone or refuses.
    fn send(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, Fault>;

    /// Receives what is there within the wait; 0 is "nothing came".
    ///
    /// # Errors
    /// When the device is gone.
    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, Fault>;

    /// Changes speed and format of an open line, where there is such a thing.
    ///
    /// # Errors
    /// When the line refuses them.
    fn configure(&mut self, _settings: SerialSettings) -> Result<(), Fault> {
        Ok(())
    }
}

/// Sends all of the bytes.
///
/// # Errors
/// When the device is gone, or has taken only a part when the wait is over.
pub fn send_all(wire: &mut dyn Wire, mut bytes: &[u8], wait: Duration) -> Result<(), Fault> {
    let deadline = Instant::now() + wait;
    while !bytes.is_empty() {
        let left = deadline.saturating_duration_since(Instant::now());
        let taken = wire.send(bytes, left)?;
        if taken == 0 && left.is_zero() {
            return Err(Fault::Silent);
        }
        bytes = &bytes[taken.min(bytes.len())..];
    }
    Ok(())
}

/// Throws away what has come so far: an answer to an earlier question is not the answer to the next.
///
/// # Errors
/// When the device is gone.
pub fn discard(wire: &mut dyn Wire) -> Result<(), Fault> {
    let mut old = [0; 256];
    // A device that never stops talking must not hold us here.
    for _ in 0..64 {
        if wire.receive(&mut old, Duration::from_millis(1))? == 0 {
            break;
        }
    }
    Ok(())
}

/// A device behind a network socket, such as a scale on a serial server.
///
/// # Errors
/// When nobody is there.
pub fn tcp(host: &str, port: u16) -> Result<Box<dyn Wire>, Fault> {
    let link = printer::link::Connect::open(&printer::tcp::Tcp::new(host, port))?;
    Ok(Box::new(Socket(link)))
}

/// A socket is a socket, whoever is at its other end.
struct Socket(Box<dyn printer::link::Link>);

impl Wire for Socket {
    fn send(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, Fault> {
        Ok(self.0.send(bytes, wait)?)
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        Ok(self.0.receive(buffer, wait)?)
    }
}
