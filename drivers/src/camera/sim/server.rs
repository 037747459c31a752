//! A simulated camera in the network: `/snapshot.jpg` is a picture, `/stream.mjpg` is one after another.

use std::io;
use std::net::TcpListener;
use std::time::Duration;

use super::SimCamera;
use crate::camera::address::Mode;
use crate::camera::frame::Captured;
use crate::camera::http::lock::Lock;
use crate::camera::http::server::{Caller, Then};
use crate::camera::http::{Request, Serving, serve};
use crate::wire::Fault;

/// How a simulated camera writes its stream. Real ones do it in each of these ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dialect {
    /// The boundary that is announced begins with dashes, as the line between the parts does.
    pub dashes_announced: bool,
    /// The line between the parts has no dashes.
    pub bare: bool,
    /// Parts do not say their length.
    pub without_length: bool,
    /// The stream comes in chunks that have nothing to do with its parts.
    pub chunked: bool,
}

/// Serves a simulated camera on a socket, until the answer is dropped. With a lock only those come in who have its password.
/// Its faults are those of [`super::Scene`]: while it is unplugged every call breaks off.
///
/// # Errors
/// When the socket refuses.
pub fn serve_pictures(
    listener: TcpListener,
    camera: SimCamera,
    mode: Mode,
    dialect: Dialect,
    lock: Option<Lock>,
) -> io::Result<Serving> {
    serve(listener, move |request, caller| {
        if camera.scene().unplugged {
            return Ok(Then::HangUp);
        }
        if let Some(lock) = &lock
            && !lock.opens(request, caller)?
        {
            return Ok(Then::Stay);
        }
        answer(request, caller, &camera, mode, dialect)
    })
}

fn answer(
    request: &Request,
    caller: &mut Caller<'_>,
    camera: &SimCamera,
    mode: Mode,
    dialect: Dialect,
) -> io::Result<Then> {
    match request.head.target.as_str() {
        "/snapshot.jpg" => match next(caller, camera, mode)? {
            Some(picture) => caller.answer(200, "Content-Type: image/jpeg\r\n", &picture.bytes),
            None => Ok(Then::HangUp),
        },
        "/stream.mjpg" => stream(caller, camera, mode, dialect),
        "/page" => caller.answer(200, "Content-Type: text/html\r\n", b"<html></html>"),
        "/elsewhere" => caller.answer(302, "Location: /snapshot.jpg\r\n", b""),
        _ => caller.answer(404, "", b""),
    }
}

/// A single picture; none when there is none before the server ends.
fn next(caller: &Caller<'_>, camera: &SimCamera, mode: Mode) -> io::Result<Option<Captured>> {
    let mut looking = camera.open(mode).map_err(gone)?;
    while !caller.is_to_end() {
        if let Some(captured) = looking.next(Duration::from_millis(100)).map_err(gone)? {
            return Ok(Some(captured));
        }
    }
    Ok(None)
}

fn stream(caller: &mut Caller<'_>, camera: &SimCamera, mode: Mode, dialect: Dialect) -> io::Result<Then> {
    let announced = if dialect.dashes_announced { "--picture" } else { "picture" };
    let line = if dialect.bare { "picture" } else { "--picture" };
    let chunked = if dialect.chunked { "Transfer-Encoding: chunked\r\n" } else { "" };
    let head = format!(
        "HTTP/1.1 200 OK\r\n{chunked}Content-Type: multipart/x-mixed-replace;boundary={announced}\r\n\r\n"
    );
    caller.send(head.as_bytes())?;
    let mut looking = camera.open(mode).map_err(gone)?;
    while !caller.is_to_end() {
        let Some(captured) = looking.next(Duration::from_millis(100)).map_err(gone)? else { continue };
        // A camera in the network has no driver to mark a damaged picture: it arrives as it is.
        let length = match dialect.without_length {
            true => String::new(),
            false => format!("Content-Length: {}\r\n", captured.bytes.len()),
        };
        let mut part = format!("{line}\r\nContent-Type: image/jpeg\r\n{length}\r\n").into_bytes();
        part.extend(captured.bytes);
        part.extend(b"\r\n");
        if dialect.chunked {
            for piece in part.chunks(1000) {
                caller.send(format!("{:x}\r\n", piece.len()).as_bytes())?;
                caller.send(piece)?;
                caller.send(b"\r\n")?;
            }
        } else {
            caller.send(&part)?;
        }
    }
    Ok(Then::HangUp)
}

fn gone(fault: Fault) -> io::Error {
    io::Error::other(fault.to_string())
}
