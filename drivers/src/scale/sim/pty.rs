//! A simulated scale on a pseudo terminal: what opens a serial line opens this, through a link that appears when the scale is
//! plugged in and vanishes when it is pulled out.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::SimScale;
use super::server::{read, say};

/// How long a plugged scale waits for a question before it looks whether its cable was pulled.
const TURN: Duration = Duration::from_millis(2);

/// A scale that is plugged in under a name. Dropping this pulls it out.
#[derive(Debug)]
pub struct Plugged {
    link: PathBuf,
    pulled: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Plugs a scale in: from now on `link` is a serial line with the scale at its other end. One that is pulled out, by dropping
/// the answer or by its control side, is put back by plugging it in anew.
///
/// # Errors
/// When the system gives no pseudo terminal, or the link cannot be made.
pub fn plug(scale: &SimScale, link: &Path) -> io::Result<Plugged> {
    let (master, keep, path) = pseudo_terminal()?;
    std::os::unix::fs::symlink(path, link)?;
    let pulled = Arc::new(AtomicBool::new(false));
    let (scale, ended) = (scale.clone(), Arc::clone(&pulled));
    let thread = std::thread::spawn(move || {
        // The other end stays open as long as the scale is plugged in, or the line would read as hung up.
        let _keep = keep;
        talk(File::from(master), &scale, &ended);
    });
    Ok(Plugged { link: link.to_owned(), pulled, thread: Some(thread) })
}

/// Plugs a bare line in, and gives its other end: what is written there comes out of the line at `link`.
///
/// # Errors
/// As [`plug`].
pub fn line(link: &Path) -> io::Result<(File, Plugged)> {
    let (master, keep, path) = pseudo_terminal()?;
    std::os::unix::fs::symlink(path, link)?;
    let pulled = Arc::new(AtomicBool::new(false));
    let ended = Arc::clone(&pulled);
    let thread = std::thread::spawn(move || {
        let _keep = keep;
        while !ended.load(Ordering::SeqCst) {
            std::thread::park_timeout(TURN);
        }
    });
    Ok((File::from(master), Plugged { link: link.to_owned(), pulled, thread: Some(thread) }))
}

impl Drop for Plugged {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.link);
        self.pulled.store(true, Ordering::SeqCst);
        self.thread.take().map(JoinHandle::join);
    }
}

/// The scale's end, one descriptor of the other end, and the path of that. Raw, like a device.
fn pseudo_terminal() -> io::Result<(OwnedFd, OwnedFd, PathBuf)> {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    grantpt(&master)?;
    unlockpt(&master)?;
    let name = ptsname(&master, Vec::new())?;
    let path = PathBuf::from(name.to_string_lossy().into_owned());
    let keep = rustix::fs::open(&path, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
    let mut mode = tcgetattr(&keep)?;
    mode.make_raw();
    tcsetattr(&keep, OptionalActions::Now, &mode)?;
    rustix::fs::fcntl_setfl(master.as_fd(), OFlags::NONBLOCK)?;
    Ok((master, keep, path))
}

fn talk(mut line: File, scale: &SimScale, pulled: &AtomicBool) {
    while !pulled.load(Ordering::SeqCst) && !scale.control().unplugged {
        let Ok(Some(heard)) = read(&mut line) else { return };
        // A line nobody reads is full after a while: what does not fit is lost, as on a wire.
        let _ = say(&mut line, scale, &scale.hear(&heard));
        let _ = say(&mut line, scale, &scale.stream());
        if heard.is_empty() {
            std::thread::sleep(TURN);
        }
    }
}
