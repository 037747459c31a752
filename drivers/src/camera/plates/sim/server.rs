//! A simulated camera that reads plates, on sockets: [`serve_plates`] answers who asks, [`call`] calls.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use super::words::{dahua_json, heartbeat, parts};
use super::{Listener, SimReader, Told};
use crate::camera::http::lock::Lock;
use crate::camera::http::server::{Caller, Then};
use crate::camera::http::{Head, Part, Serving, serve};
use crate::camera::plates::{Maker, dahua, hikvision};

/// How long a car is waited for before a look whether the server is to end.
const TURN: Duration = Duration::from_millis(50);

/// Serves a simulated camera on a socket until the answer is dropped. With a lock only those are told who have its password.
///
/// # Errors
/// When the socket refuses.
pub fn serve_plates(
    listener: TcpListener,
    maker: Maker,
    sim: SimReader,
    lock: Option<Lock>,
) -> io::Result<Serving> {
    let wanted = match maker {
        Maker::Hikvision => hikvision::TARGET,
        Maker::Dahua => dahua::TARGET,
    };
    serve(listener, move |request, caller| {
        if sim.habits().unplugged {
            return Ok(Then::HangUp);
        }
        if let Some(lock) = &lock
            && !lock.opens(request, caller)?
        {
            return Ok(Then::Stay);
        }
        if request.head.target != wanted {
            return caller.answer(404, "", b"");
        }
        tell(caller, maker, &sim)
    })
}

/// Tells every car that passes, until somebody hangs up.
fn tell(caller: &mut Caller<'_>, maker: Maker, sim: &SimReader) -> io::Result<Then> {
    let (kind, boundary) = match maker {
        Maker::Hikvision => ("multipart/mixed; boundary=boundary", "--boundary"),
        // Announced with its dashes by some firmwares, without by others.
        Maker::Dahua => ("multipart/x-mixed-replace; boundary=myboundary", "--myboundary"),
    };
    let mut listener = Listener::of(sim);
    caller.send(format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n").as_bytes())?;
    let mut beaten: Option<Instant> = None;
    while !caller.is_to_end() {
        let told = listener.next(TURN).map_err(|fault| io::Error::other(fault.to_string()))?;
        let habits = sim.habits();
        if let Some(told) = told {
            for part in parts(maker, &told, &habits) {
                send(caller, boundary, &part, habits.without_length)?;
            }
        }
        if !habits.mute && beaten.is_none_or(|at| at.elapsed() >= habits.heartbeat) {
            beaten = Some(Instant::now());
            send(caller, boundary, &heartbeat(maker, &habits), habits.without_length)?;
        }
    }
    Ok(Then::HangUp)
}

fn send(caller: &mut Caller<'_>, boundary: &str, part: &Part, without_length: bool) -> io::Result<()> {
    caller.send(&written(boundary, part, without_length))
}

fn written(boundary: &str, part: &Part, without_length: bool) -> Vec<u8> {
    let kind = part.field("content-type").unwrap_or_default();
    let length = match without_length {
        true => String::new(),
        false => format!("Content-Length: {}\r\n", part.body.len()),
    };
    let mut bytes = format!("{boundary}\r\nContent-Type: {kind}\r\n{length}\r\n").into_bytes();
    bytes.extend(&part.body);
    bytes.extend(b"\r\n");
    bytes
}

/// Calls whoever listens at an address and tells it a car; gives the answer's status.
///
/// # Errors
/// When nobody is there, or does not answer.
pub fn call(maker: Maker, at: SocketAddr, told: &Told, sim: &SimReader) -> io::Result<u16> {
    let habits = sim.habits();
    match maker {
        Maker::Hikvision => {
            let parts = parts(maker, told, &habits);
            let mut body: Vec<u8> =
                parts.iter().flat_map(|part| written("--boundary", part, habits.without_length)).collect();
            body.extend(b"--boundary--\r\n");
            post(at, "/anpr", "multipart/form-data; boundary=boundary", &body)
        }
        Maker::Dahua => {
            post(at, "/NotificationInfo/TollgateInfo", "application/json", dahua_json(told).as_bytes())
        }
    }
}

/// Says only that the camera is there, as those of Dahua do.
///
/// # Errors
/// As [`call`].
pub fn keep_alive(at: SocketAddr) -> io::Result<u16> {
    let body = br#"{"Active":"keepAlive","DeviceID":"8D0A7B2PAZ1"}"#;
    post(at, "/NotificationInfo/KeepAlive", "application/json", body)
}

/// A request with a body; the status of its answer.
fn post(at: SocketAddr, target: &str, kind: &str, body: &[u8]) -> io::Result<u16> {
    let mut stream = TcpStream::connect_timeout(&at, Duration::from_secs(2))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let head = format!(
        "POST {target} HTTP/1.1\r\nHost: {at}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    match Head::of_answer(&answer)? {
        Some((head, _)) => Ok(head.status),
        None => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}
