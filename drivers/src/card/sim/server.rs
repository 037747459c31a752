//! A simulated terminal on a TCP port, as the real ones listen.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::Duration;

use super::{Line, SimTerminal};

/// How long one side is listened to before the other gets its turn.
const TURN: Duration = Duration::from_millis(2);
/// Between two bytes of a terminal whose answers come byte by byte.
const BETWEEN_BYTES: Duration = Duration::from_millis(1);

/// Serves a simulated terminal on a listening socket until the socket fails, one till at a time; a new one ends the older.
/// While its cable is pulled every till is sent away.
///
/// # Errors
/// When the socket fails. A till that goes away is not an error.
pub fn serve(listener: &TcpListener, terminal: &SimTerminal) -> io::Result<()> {
    loop {
        let (stream, from) = listener.accept()?;
        let Some(line) = terminal.plug() else { continue };
        // A till that hangs must not keep the next one out, as with a real terminal.
        std::thread::spawn(move || {
            if let Err(error) = talk(stream, line) {
                tracing::info!("the till at {from} is gone: {error}");
            }
        });
    }
}

fn talk(mut stream: TcpStream, mut line: Line) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(TURN))?;
    let mut bytes = [0; 1024];
    loop {
        match stream.read(&mut bytes) {
            Ok(0) => return Ok(()),
            Ok(count) => line.hear(&bytes[..count]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(error) => return Err(error),
        }
        match line.say() {
            Some(said) if line.is_piecemeal() => {
                for byte in said {
                    stream.write_all(&[byte])?;
                    std::thread::sleep(BETWEEN_BYTES);
                }
            }
            Some(said) => stream.write_all(&said)?,
            None => return stream.shutdown(Shutdown::Both),
        }
    }
}
