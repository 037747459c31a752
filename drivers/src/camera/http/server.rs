//! The other side of HTTP: for cameras that push what they see, and for simulated ones.

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::body::Body;
use super::exchange::receive;
use super::{Head, Wrong};

/// More callers at once than any site has cameras.
const CALLERS_MAX: usize = 32;

/// No request is longer: a few pictures.
const BODY_MAX: usize = 32 << 20;

/// How long a caller may be silent between two requests, and how long a request may take to come.
const REQUEST_WAIT: Duration = Duration::from_secs(90);

/// How long a caller is waited for before a look whether the server is to end.
const TURN: Duration = Duration::from_millis(200);

/// A request with its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// What is asked, and for what.
    pub head: Head,
    /// What came with it.
    pub body: Vec<u8>,
}

/// A server that serves. Dropping it ends it, and every call with it.
#[derive(Debug)]
pub struct Serving {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    at: SocketAddr,
}

impl Serving {
    /// Where it listens.
    #[must_use]
    pub const fn at(&self) -> SocketAddr {
        self.at
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // A call of our own wakes it.
        let host = if self.at.ip().is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { self.at.ip() };
        let _ = TcpStream::connect_timeout(&SocketAddr::new(host, self.at.port()), TURN);
        self.thread.take().map(JoinHandle::join);
    }
}

/// Whether a call goes on after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Another request may come.
    Stay,
    /// The call is over.
    HangUp,
}

/// Someone who calls, to be answered.
pub struct Caller<'a> {
    stream: &'a mut TcpStream,
    stop: &'a AtomicBool,
}

impl Caller<'_> {
    /// Answers with a status, a kind and a body.
    ///
    /// # Errors
    /// When the caller is gone.
    pub fn answer(&mut self, status: u16, fields: &str, body: &[u8]) -> io::Result<Then> {
        let length = body.len();
        let head = format!("HTTP/1.1 {status} .\r\n{fields}Content-Length: {length}\r\n\r\n");
        self.send(head.as_bytes())?;
        self.send(body)?;
        Ok(Then::Stay)
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    /// When the caller is gone.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)
    }

    /// Whether the server is to end.
    #[must_use]
    pub fn is_to_end(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}

/// Serves on a socket, each caller on a thread of its own, until the answer is dropped.
///
/// # Errors
/// When the socket or the operating system refuses.
pub fn serve<A>(listener: TcpListener, answer: A) -> io::Result<Serving>
where
    A: Fn(&Request, &mut Caller<'_>) -> io::Result<Then> + Send + Sync + 'static,
{
    let (at, stop) = (listener.local_addr()?, Arc::new(AtomicBool::new(false)));
    let (stopped, answer, callers) = (Arc::clone(&stop), Arc::new(answer), Arc::new(AtomicUsize::new(0)));
    let thread = std::thread::Builder::new().name("http".to_owned()).spawn(move || {
        loop {
            let stream = match listener.accept() {
                _ if stopped.load(Ordering::SeqCst) => return,
                Ok((stream, _)) => stream,
                // Somebody who hung up before the call was taken.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => continue,
                Err(error) => return tracing::warn!("nobody is listened to any more: {error}"),
            };
            let (stop, answer, callers) = (Arc::clone(&stopped), Arc::clone(&answer), Arc::clone(&callers));
            if callers.fetch_add(1, Ordering::SeqCst) >= CALLERS_MAX {
                callers.fetch_sub(1, Ordering::SeqCst);
                continue;
            }
            let spawned = std::thread::Builder::new().name("http call".to_owned()).spawn(move || {
                if let Err(error) = call(stream, &stop, answer.as_ref()) {
                    tracing::debug!("a call has ended: {error}");
                }
                callers.fetch_sub(1, Ordering::SeqCst);
            });
            if let Err(error) = spawned {
                tracing::warn!("a call is not taken: {error}");
            }
        }
    })?;
    Ok(Serving { stop, thread: Some(thread), at })
}

fn call<A>(mut stream: TcpStream, stop: &AtomicBool, answer: &A) -> io::Result<()>
where
    A: Fn(&Request, &mut Caller<'_>) -> io::Result<Then>,
{
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(Duration::from_secs(5)))?;
    let mut heard = Vec::new();
    while let Some(request) = request(&mut stream, stop, &mut heard)? {
        let asked_to = request.head.says("connection", "close");
        let then = answer(&request, &mut Caller { stream: &mut stream, stop })?;
        if asked_to || then == Then::HangUp {
            break;
        }
    }
    Ok(())
}

/// The next request; none when the caller has hung up, or the server is to end.
fn request(stream: &mut TcpStream, stop: &AtomicBool, heard: &mut Vec<u8>) -> io::Result<Option<Request>> {
    let deadline = Instant::now() + REQUEST_WAIT;
    let mut head = None;
    loop {
        if head.is_none()
            && let Some((found, length)) = Head::of_request(heard)?
        {
            heard.drain(..length);
            if found.says("expect", "100-continue") {
                stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
            }
            head = Some((Body::of_request(&found)?, Request { head: found, body: Vec::new() }));
        }
        if let Some((body, request)) = &mut head {
            let taken = body.hear(heard, &mut request.body)?;
            heard.drain(..taken);
            if body.is_over() {
                return Ok(head.map(|(_, request)| request));
            }
            if request.body.len() > BODY_MAX {
                return Err(Wrong("a request that is too long").into());
            }
        }
        let mut bytes = [0; 16 << 10];
        match receive(stream, &mut bytes, TURN)? {
            Some(0) => return Ok(None),
            Some(count) => heard.extend_from_slice(&bytes[..count]),
            None if stop.load(Ordering::SeqCst) || Instant::now() >= deadline => return Ok(None),
            None => {}
        }
    }
}
