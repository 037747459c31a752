//! Letting go of a serial line whose device takes nothing.
//!
//! Whoever closes a line is kept by the kernel until everything written to it has left, for half a minute, and so is
//! whoever opens it meanwhile. A device that hangs would hold the one who should tell of it, and the end of the program.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serialport::{ClearBuffer, SerialPort};

/// How long what was written has to leave: a question at 300 bits a second takes half of it.
const LEAVE_MAX: Duration = Duration::from_millis(500);

/// Between two looks at a line that is stuck.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// The lines that are stuck.
static STUCK: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn stuck() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    STUCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether what was written to the line at a path has not left it since it was closed. Opening it would wait for that.
pub(super) fn is_stuck(path: &Path) -> bool {
    stuck().contains(path)
}

/// Is called before a line is closed. What does not leave is thrown away; where the kernel does not give it back, the line
/// is kept open, by a thread that ends when the device has taken it or is gone.
pub(super) fn let_go(port: &dyn SerialPort, path: &Path) {
    let until = Instant::now() + LEAVE_MAX;
    while is_waiting(port) && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(5));
    }
    if !is_waiting(port) || port.clear(ClearBuffer::Output).is_err() || !is_waiting(port) {
        return;
    }
    if let Ok(kept) = port.try_clone() {
        stuck().insert(path.to_owned());
        let (path, named) = (path.to_owned(), path);
        let keep = move || {
            while is_waiting(kept.as_ref()) {
                std::thread::sleep(LOOK_AGAIN);
            }
            drop(kept);
            stuck().remove(&path);
        };
        if let Err(error) = std::thread::Builder::new().name("stuck line".to_owned()).spawn(keep) {
            tracing::warn!("{} is stuck, and is waited for: {error}", named.display());
            stuck().remove(named);
        }
    }
}

/// Whether something written has not left. A line that cannot say so is gone.
fn is_waiting(port: &dyn SerialPort) -> bool {
    port.bytes_to_write().is_ok_and(|count| count > 0)
}
