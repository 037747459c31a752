//! A customer display on a socket, as behind a serial server: what stands on it is printed whenever it changes.

use super::listen_on;
use crate::command::Outcome;
use std::io::Read;
use std::net::SocketAddr;
use std::process::ExitCode;
use tameio_drivers::display::DisplayAddress;
use tameio_drivers::display::sim::DisplayReader;

pub(super) fn run(listen: SocketAddr, settings: &str) -> Outcome {
    let listener = listen_on(listen)?;
    let address = format!("tcp://{}?{settings}", listener.local_addr()?);
    let read: DisplayAddress = address.parse()?;
    say!("{address}");
    for stream in listener.incoming() {
        let (mut stream, mut bytes) = (stream?, [0; 256]);
        // Whoever connects anew finds a display that was just switched on.
        let (mut reader, mut shown) = (DisplayReader::new(read.settings), [String::new(), String::new()]);
        while let Ok(count @ 1..) = stream.read(&mut bytes) {
            reader.feed(&bytes[..count]);
            if reader.lines() != shown {
                shown = reader.lines();
                say!("|{}|\n|{}|\n", shown[0], shown[1]);
            }
        }
    }
    Ok(ExitCode::FAILURE)
}
