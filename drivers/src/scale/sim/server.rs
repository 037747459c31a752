//! A simulated scale on a TCP port, as behind a serial server.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use super::SimScale;

/// How long one side is listened to before the other gets its turn.
const TURN: Duration = Duration::from_millis(2);

/// Between two bytes of a scale whose answers come byte by byte.
const BETWEEN_BYTES: Duration = Duration::from_millis(1);

/// Serves a simulated scale on a listening socket until the socket fails, one client at a time. While its cable is pulled
/// every client is sent away.
///
/// # Errors
/// When the socket fails. A client that goes away is not an error.
pub fn serve(listener: &TcpListener, scale: &SimScale) -> io::Result<()> {
    loop {
        let (stream, from) = listener.accept()?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(TURN))?;
        let mut stream = stream;
        if let Err(error) = talk(&mut stream, scale) {
            tracing::info!("the client at {from} is gone: {error}");
        }
    }
}

fn talk(stream: &mut TcpStream, scale: &SimScale) -> io::Result<()> {
    while !scale.control().unplugged {
        let heard = match read(stream)? {
            Some(bytes) => bytes,
            None => return Ok(()),
        };
        say(stream, scale, &scale.hear(&heard))?;
        say(stream, scale, &scale.stream())?;
    }
    Ok(())
}

/// What came; `None` at the end.
pub(super) fn read(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = [0; 256];
    match from.read(&mut bytes) {
        Ok(0) => Ok(None),
        Ok(count) => Ok(Some(bytes[..count].to_vec())),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            Ok(Some(Vec::new()))
        }
        Err(error) => Err(error),
    }
}

/// Sends an answer, whole or byte by byte.
pub(super) fn say(to: &mut impl Write, scale: &SimScale, answer: &[u8]) -> io::Result<()> {
    if !scale.control().piecemeal {
        return to.write_all(answer);
    }
    for byte in answer {
        to.write_all(&[*byte])?;
        to.flush()?;
        std::thread::sleep(BETWEEN_BYTES);
    }
    Ok(())
}
