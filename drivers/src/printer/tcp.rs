//! A network printer on port 9100.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::fault::Fault;
use super::link::{Connect, Link};

/// How long one address of the host may take to answer: one in the same building takes milliseconds, and a lost first packet
/// is sent again after a second.
const CONNECT_MAX: Duration = Duration::from_millis(1_200);
/// The shortest wait a socket can be told: zero would mean for ever.
const WAIT_MIN: Duration = Duration::from_millis(1);

/// Opens connections to a network printer.
#[derive(Clone, Debug)]
pub struct Tcp {
    host: String,
    port: u16,
}

impl Tcp {
    /// A printer at a host, by name or number.
    #[must_use]
    pub fn new(host: &str, port: u16) -> Self {
        Self { host: host.to_owned(), port }
    }
}

impl Connect for Tcp {
    fn open(&self) -> Result<Box<dyn Link>, Fault> {
        // A name that does not resolve has no kind of its own in the standard library.
        let addresses = (self.host.as_str(), self.port).to_socket_addrs().map_err(|_| Fault::NotFound)?;
        let stream = connect_first(addresses)?;
        stream.set_nodelay(true).map_err(|error| Fault::of_io(&error))?;
        Ok(Box::new(TcpLink { stream }))
    }
}

fn connect_first(addresses: impl Iterator<Item = SocketAddr>) -> Result<TcpStream, Fault> {
    let mut fault = Fault::NotFound;
    for address in addresses {
        match TcpStream::connect_timeout(&address, CONNECT_MAX) {
            Ok(stream) => return Ok(stream),
            Err(error) => fault = Fault::of_io(&error),
        }
    }
    Err(fault)
}

struct TcpLink {
    stream: TcpStream,
}

impl Link for TcpLink {
    fn send(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, Fault> {
        self.stream.set_write_timeout(Some(wait.max(WAIT_MIN))).map_err(|error| Fault::of_io(&error))?;
        if bytes.is_empty() { Ok(0) } else { counted(self.stream.write(bytes)) }
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        self.stream.set_read_timeout(Some(wait.max(WAIT_MIN))).map_err(|error| Fault::of_io(&error))?;
        counted(self.stream.read(buffer))
    }

    fn drain(&mut self, wait: Duration) -> Result<(), Fault> {
        self.stream.shutdown(Shutdown::Write).map_err(|error| Fault::of_io(&error))?;
        // The printer closes its side when it has taken everything; one that does not is not waited for longer.
        let mut rest = [0; 256];
        while matches!(self.receive(&mut rest, wait), Ok(1..)) {}
        Ok(())
    }
}

/// The standard library says "end of file" as 0 and "nothing yet" as an error: we say it the other way round.
pub(crate) fn counted(result: io::Result<usize>) -> Result<usize, Fault> {
    match result {
        Ok(0) => Err(Fault::Disconnected),
        Ok(count) => Ok(count),
        Err(error) if is_wait(&error) => Ok(0),
        Err(error) => Err(Fault::of_io(&error)),
    }
}

fn is_wait(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}
