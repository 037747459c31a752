//! A question and its answer: [`Exchange`]. The answer is read as it comes, a wait at a time.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::path::Path;
use std::time::{Duration, Instant};

use super::body::Body;
use super::{Auth, Head, Url, Wrong};
use crate::wire::Fault;
use crate::wire::fault::waits;

/// How long a camera has to take the call. Longer than that is not "in the same network".
pub const CONNECT_WAIT: Duration = Duration::from_millis(1500);

/// How long a request may take to be sent.
const SEND_WAIT: Duration = Duration::from_secs(2);

/// The shortest wait of a socket: none at all would be for ever.
const WAIT_MIN: Duration = Duration::from_millis(1);

/// An answer that is coming.
#[derive(Debug)]
pub struct Exchange {
    stream: TcpStream,
    /// What has come and was not read yet.
    heard: Vec<u8>,
    head: Option<Head>,
    body: Option<Body>,
}

/// What has come of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Nothing within the wait.
    Nothing,
    /// It has ended, and is whole.
    Over,
    /// It has broken off.
    BrokenOff,
}

impl Exchange {
    /// Asks for what a URL names. The call is for this one question: it ends with the answer, by us.
    ///
    /// # Errors
    /// When nobody is there.
    pub fn get(url: &Url, auth: &mut Auth) -> Result<Self, Fault> {
        let mut stream = connect(url)?;
        let mut request = format!(
            "GET {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: tameio-drivers\r\nAccept: */*\r\n",
            url.target,
            url.authority()
        );
        if let Some(field) = auth.field("GET", &url.target) {
            request += &format!("Authorization: {field}\r\n");
        }
        request += "\r\n";
        stream.write_all(request.as_bytes()).map_err(|error| fault_of(&error))?;
        Ok(Self { stream, heard: Vec::new(), head: None, body: None })
    }

    /// The head of the answer; none when it has not come within the wait.
    ///
    /// # Errors
    /// When the answer is no HTTP, or the other side is gone.
    pub fn head(&mut self, wait: Duration) -> Result<Option<Head>, Fault> {
        let deadline = Instant::now() + wait;
        loop {
            if let Some(head) = &self.head {
                return Ok(Some(head.clone()));
            }
            match Head::of_answer(&self.heard)? {
                Some((head, length)) => {
                    self.heard.drain(..length);
                    // One that only says that more is coming.
                    if head.status / 100 == 1 {
                        continue;
                    }
                    self.body = Some(Body::of_answer(&head)?);
                    self.head = Some(head);
                }
                None => match self.read(deadline.saturating_duration_since(Instant::now()))? {
                    Some(0) => return Err(Fault::Gone),
                    Some(_) => {}
                    None => return Ok(None),
                },
            }
        }
    }

    /// What has come of the body, behind the head.
    ///
    /// # Errors
    /// When it is no HTTP, or the other side is gone.
    pub fn body(&mut self, wait: Duration) -> Result<Piece, Fault> {
        let deadline = Instant::now() + wait;
        loop {
            let Some(body) = &mut self.body else { return Ok(Piece::Nothing) };
            let mut piece = Vec::new();
            let taken = body.hear(&self.heard, &mut piece)?;
            self.heard.drain(..taken);
            if !piece.is_empty() {
                return Ok(Piece::Bytes(piece));
            }
            if body.is_over() {
                return Ok(Piece::Over);
            }
            let may_end = body.may_end_here();
            match self.read(deadline.saturating_duration_since(Instant::now())) {
                Ok(None) => return Ok(Piece::Nothing),
                Ok(Some(0)) if may_end => return Ok(Piece::Over),
                Ok(Some(0)) => return Ok(Piece::BrokenOff),
                Ok(Some(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
    }

    /// How much has come within the wait; 0 at the end of the connection, none when nothing has come.
    fn read(&mut self, wait: Duration) -> Result<Option<usize>, Fault> {
        let mut bytes = [0; 16 << 10];
        match receive(&mut self.stream, &mut bytes, wait) {
            Ok(count) => {
                self.heard.extend_from_slice(&bytes[..count.unwrap_or(0)]);
                Ok(count)
            }
            Err(error) => Err(fault_of(&error)),
        }
    }
}

/// Reads what comes within the wait; none when nothing does.
pub(super) fn receive(stream: &mut TcpStream, bytes: &mut [u8], wait: Duration) -> io::Result<Option<usize>> {
    stream.set_read_timeout(Some(wait.max(WAIT_MIN)))?;
    match stream.read(bytes) {
        Ok(count) => Ok(Some(count)),
        Err(error) if waits(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

fn connect(url: &Url) -> Result<TcpStream, Fault> {
    let addresses = (url.host.as_str(), url.port).to_socket_addrs();
    let addresses = addresses.map_err(|_| {
        Fault::Unsupported(format!("nobody in this network is called {}: write its number instead", url.host))
    })?;
    let mut last = Fault::Missing;
    for address in addresses.take(2) {
        match TcpStream::connect_timeout(&address, CONNECT_WAIT) {
            Ok(stream) => {
                let set = stream.set_nodelay(true).and_then(|()| stream.set_write_timeout(Some(SEND_WAIT)));
                set.map_err(|error| fault_of(&error))?;
                return Ok(stream);
            }
            Err(error) => last = fault_of(&error),
        }
    }
    Err(last)
}

fn fault_of(error: &io::Error) -> Fault {
    match error.kind() {
        // A camera that is starting refuses calls for a minute.
        io::ErrorKind::ConnectionRefused => Fault::Silent,
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Fault::Missing,
        _ => Fault::of_io(error, Path::new("")),
    }
}

/// What an answer that is not 200 means, once names and passwords are settled.
///
/// # Errors
/// Always; a sentence that says what to do.
pub fn refused(head: &Head) -> Fault {
    Fault::Unsupported(match head.status {
        300..=399 => format!(
            "the camera sends elsewhere ({}): put that into the address",
            head.field("location").unwrap_or("without saying where")
        ),
        403 => {
            "the camera knows the name and does not let it look: give it the right in the camera".to_owned()
        }
        404 => "the camera has nothing at this address: check what stands behind its name".to_owned(),
        503 => "the camera serves too many already: close another program that looks through it".to_owned(),
        status => format!("the camera answers {status} instead of a picture"),
    })
}

impl From<Wrong> for io::Error {
    fn from(wrong: Wrong) -> Self {
        Self::new(io::ErrorKind::InvalidData, wrong)
    }
}
