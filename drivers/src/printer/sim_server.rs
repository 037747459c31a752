//! The virtual printer on a TCP port, with its papers as files.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::link::{Connect, Link};
use super::paper::Paper;
use super::sim::SimPrinter;

/// How long one side is listened to before the other gets its turn.
const TURN: Duration = Duration::from_millis(2);

/// How long the port waits before it looks for a client again.
const IDLE: Duration = Duration::from_millis(10);

/// Serves a virtual printer on a listening socket until the socket fails, one client at a time like most network
/// printers. Every paper is written into the folder as `0001.txt` and `0001.png`, and on, after those already there.
/// Faults are set through the same [`SimPrinter`].
///
/// # Errors
/// When the folder cannot be written or the socket fails. A client that goes away is not an error.
pub fn serve(listener: &TcpListener, printer: &SimPrinter, folder: &Path) -> io::Result<()> {
    let mut archive = Archive::open(folder)?;
    // A paper may come out with nobody connected: when the roll is changed.
    listener.set_nonblocking(true)?;
    loop {
        match listener.accept() {
            Ok((stream, from)) => {
                if let Err(fault) = client(stream, printer, &mut archive) {
                    tracing::info!("the client at {from} is gone: {fault}");
                }
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => printer.wait(IDLE),
            Err(error) => return Err(error),
        }
        archive.keep(printer.take_papers())?;
    }
}

fn client(mut stream: TcpStream, printer: &SimPrinter, archive: &mut Archive) -> io::Result<()> {
    let mut link = printer.open().map_err(io::Error::other)?;
    stream.set_nonblocking(false)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(TURN))?;
    let mut waiting = Vec::new();
    // Nothing more is read while the printer takes nothing: the sender's own buffer fills, as with a real one.
    while !waiting.is_empty() || read_some(&mut stream, &mut waiting)? {
        hand_over(link.as_mut(), &mut waiting)?;
        answer(link.as_mut(), &mut stream)?;
        archive.keep(printer.take_papers())?;
    }
    Ok(())
}

/// Reads what is there; false when the client has closed its side.
fn read_some(stream: &mut TcpStream, waiting: &mut Vec<u8>) -> io::Result<bool> {
    let mut bytes = [0; 4096];
    match stream.read(&mut bytes) {
        Ok(0) => Ok(false),
        Ok(count) => {
            waiting.extend_from_slice(&bytes[..count]);
            Ok(true)
        }
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Ok(true),
        Err(error) => Err(error),
    }
}

fn hand_over(link: &mut dyn Link, waiting: &mut Vec<u8>) -> io::Result<()> {
    if !waiting.is_empty() {
        let taken = link.send(waiting, TURN).map_err(io::Error::other)?;
        waiting.drain(..taken);
    }
    Ok(())
}

fn answer(link: &mut dyn Link, stream: &mut TcpStream) -> io::Result<()> {
    let mut replies = [0; 256];
    let count = link.receive(&mut replies, Duration::ZERO).map_err(io::Error::other)?;
    stream.write_all(&replies[..count])
}

/// The folder of papers.
struct Archive {
    folder: PathBuf,
    next: usize,
}

impl Archive {
    fn open(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let mut last = 0;
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let number = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
            last = last.max(number.unwrap_or(0));
        }
        Ok(Self { folder: folder.to_owned(), next: last + 1 })
    }

    fn keep(&mut self, papers: Vec<Paper>) -> io::Result<()> {
        for paper in papers {
            let name = format!("{:04}", self.next);
            std::fs::write(self.folder.join(&name).with_extension("txt"), paper.text())?;
            std::fs::write(self.folder.join(&name).with_extension("png"), paper.png())?;
            self.next += 1;
        }
        Ok(())
    }
}
