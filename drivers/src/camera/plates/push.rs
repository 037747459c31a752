//! A camera that calls when it sees something.
//!
//! Anybody in the network can call: what is told is believed no more than a camera is, and a machine that listens belongs
//! behind a firewall that lets its cameras in and nobody else.

use std::net::{SocketAddr, TcpListener};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use super::address::Terms;
use super::fields::Fields;
use super::gather::Gather;
use super::{Maker, PlateRead, dahua, hikvision};
use crate::camera::http::server::{Caller, Then};
use crate::camera::http::{Multipart, Part, Request, Serving, serve};
use crate::wire::Fault;

/// More plates than can be waiting while nobody takes them.
const WAITING_MAX: usize = 64;

/// Listens to cameras that call.
#[derive(Debug)]
pub struct Push {
    reads: Receiver<Heard>,
    serving: Serving,
    heard: Instant,
    silence: Option<Duration>,
}

/// What a call has brought.
enum Heard {
    Read(Box<PlateRead>),
    /// Only that the camera is there.
    Alive,
}

impl Push {
    /// Listens at an address of this machine.
    ///
    /// # Errors
    /// When it is taken, or is none of this machine.
    pub fn open(maker: Maker, at: SocketAddr, terms: &Terms) -> Result<Self, Fault> {
        let listener = TcpListener::bind(at).map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => Fault::Busy,
            _ => Fault::Unsupported(format!("this machine cannot listen at {at}: {error}")),
        })?;
        let (tell, reads) = sync_channel(WAITING_MAX);
        let (tell, full) = (Mutex::new(tell), terms.full(maker));
        let serving = serve(listener, move |request, caller| {
            let heard = match maker {
                Maker::Hikvision => from_hikvision(request, full),
                Maker::Dahua => from_dahua(request, full),
            };
            answer(maker, heard, &tell, caller)
        })
        .map_err(|error| Fault::System(error.to_string()))?;
        Ok(Self { reads, serving, heard: Instant::now(), silence: terms.silence })
    }

    /// Where it listens.
    #[must_use]
    pub const fn at(&self) -> SocketAddr {
        self.serving.at()
    }

    /// The next plate; none within the wait.
    ///
    /// # Errors
    /// When no camera has called for too long.
    pub fn next(&mut self, wait: Duration) -> Result<Option<PlateRead>, Fault> {
        let deadline = Instant::now() + wait;
        loop {
            match self.reads.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(heard) => {
                    self.heard = Instant::now();
                    if let Heard::Read(read) = heard {
                        return Ok(Some(*read));
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    let silent = self.silence.is_some_and(|silence| self.heard.elapsed() > silence);
                    return if silent { Err(Fault::Silent) } else { Ok(None) };
                }
                Err(RecvTimeoutError::Disconnected) => return Err(Fault::Gone),
            }
        }
    }
}

/// What a call says; none when it is no call of a camera.
#[must_use]
pub fn from_hikvision(request: &Request, full: u16) -> Option<Vec<PlateRead>> {
    if request.head.method != "POST" {
        return None;
    }
    let now = Instant::now();
    let kind = request.head.field("content-type").unwrap_or_default();
    let Some(mut parts) = Multipart::of(kind) else {
        let fields = Fields::read(&request.body);
        return (!fields.is_empty())
            .then(|| hikvision::read(&fields, full, now).map(|(read, _)| read).into_iter().collect());
    };
    let mut gather = Gather::new(Maker::Hikvision, full);
    parts.hear(&request.body);
    while let Ok(Some(Part { fields, body })) = parts.part() {
        gather.hear(Part { fields, body }, now);
    }
    gather.end();
    Some(std::iter::from_fn(|| gather.next(now)).collect())
}

/// Likewise.
#[must_use]
pub fn from_dahua(request: &Request, full: u16) -> Option<Vec<PlateRead>> {
    let path = request.head.target.split('?').next().unwrap_or_default().to_ascii_lowercase();
    if request.head.method != "POST" {
        return None;
    }
    if path.ends_with("/keepalive") || path.ends_with("/deviceinfo") {
        return Some(Vec::new());
    }
    let told = || dahua::pushed(&Fields::read(&request.body), full, Instant::now()).into_iter().collect();
    path.ends_with("/tollgateinfo").then(told)
}

/// A plate is taken before the camera hears that it is: where no room is left it is told so, and calls again.
fn answer(
    maker: Maker,
    heard: Option<Vec<PlateRead>>,
    tell: &Mutex<SyncSender<Heard>>,
    caller: &mut Caller<'_>,
) -> std::io::Result<Then> {
    let Some(reads) = heard else { return caller.answer(404, "", b"") };
    let tell = tell.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
    // That it is there may be lost; there is more where it came from.
    let _ = tell.try_send(Heard::Alive);
    for read in reads {
        if tell.try_send(Heard::Read(Box::new(read))).is_err() {
            return caller.answer(503, "", b"");
        }
    }
    match maker {
        Maker::Hikvision => caller.answer(200, "", b""),
        Maker::Dahua => {
            caller.answer(200, "Content-Type: application/json\r\n", br#"{"Result":true,"Message":"OK"}"#)
        }
    }
}
