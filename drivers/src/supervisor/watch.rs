//! Wakes when something is plugged in, out, or permitted: [`Watch`]. By inotify where there is one, else by looking once a
//! second.
//!
//! The kernel itself makes the nodes in `/dev` and udev changes their owner a moment later: both are changes of the folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a look may be put off when nothing tells of changes.
pub const LOOK_MAX: Duration = Duration::from_secs(1);

/// Folders below `/dev` where devices appear; most exist only while one of their kind is there.
const FOLDERS: [&str; 7] = ["", "input", "usb", "serial/by-id", "serial/by-path", "input/by-id", "v4l/by-id"];

/// Watches folders for changes.
#[derive(Debug)]
pub struct Watch {
    folders: Vec<PathBuf>,
    inner: inner::Inner,
}

/// Ends a wait from another thread.
#[derive(Clone, Debug)]
pub struct Waker(inner::Bell);

impl Watch {
    /// A watch over the folders of devices below a root, usually `/dev`.
    #[must_use]
    pub fn new(dev: &Path) -> Self {
        Self::over(FOLDERS.iter().map(|folder| dev.join(folder)).collect())
    }

    /// A watch over these folders.
    #[must_use]
    pub fn over(folders: Vec<PathBuf>) -> Self {
        let mut watch = Self { folders, inner: inner::Inner::new() };
        watch.inner.watch(&watch.folders);
        watch
    }

    /// Also watches the folder a path stands in.
    #[must_use]
    pub fn and_around(mut self, path: &Path) -> Self {
        if let Some(folder) = path.parent().filter(|folder| !self.folders.iter().any(|known| known == folder))
        {
            self.folders.push(folder.to_owned());
            self.inner.watch(&self.folders);
        }
        self
    }

    /// Whether changes are told; else they are looked for every [`LOOK_MAX`].
    #[must_use]
    pub const fn is_told(&self) -> bool {
        self.inner.is_told()
    }

    /// Something that ends a wait from another thread.
    #[must_use]
    pub fn waker(&self) -> Waker {
        Waker(self.inner.bell())
    }

    /// Waits until something has changed, or was to be looked at anyway. True when something may have changed.
    pub fn wait(&mut self, wait: Duration) -> bool {
        let changed = self.inner.wait(wait);
        if changed {
            // A folder may have come with the device; watching one twice is watching it once.
            self.inner.watch(&self.folders);
        }
        changed
    }
}

impl Waker {
    /// Ends the wait.
    pub fn wake(&self) {
        self.0.ring();
    }
}

#[cfg(target_os = "linux")]
mod inner {
    use std::mem::MaybeUninit;
    use std::os::fd::{AsFd, OwnedFd};
    use std::path::PathBuf;
    use std::sync::Arc;
    use std::time::Duration;

    use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};
    use rustix::fs::inotify::{self, CreateFlags, WatchFlags};

    use super::LOOK_MAX;
    use crate::wire::reports::timespec;

    #[derive(Debug)]
    pub(super) struct Inner {
        changes: Option<OwnedFd>,
        bell: Bell,
    }

    #[derive(Clone, Debug)]
    pub(super) struct Bell(Option<Arc<OwnedFd>>);

    impl Bell {
        pub(super) fn ring(&self) {
            if let Some(bell) = &self.0 {
                // A bell that is full already rings.
                let _ = rustix::io::write(bell, &1_u64.to_ne_bytes());
            }
        }
    }

    impl Inner {
        pub(super) fn new() -> Self {
            let changes = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).ok();
            let bell = eventfd(0, EventfdFlags::NONBLOCK | EventfdFlags::CLOEXEC).ok();
            Self { changes, bell: Bell(bell.map(Arc::new)) }
        }

        pub(super) const fn is_told(&self) -> bool {
            self.changes.is_some()
        }

        pub(super) fn bell(&self) -> Bell {
            self.bell.clone()
        }

        /// Watches each folder, or the nearest one above it that is there.
        pub(super) fn watch(&mut self, folders: &[PathBuf]) {
            let Some(changes) = &self.changes else { return };
            let what = WatchFlags::CREATE
                | WatchFlags::DELETE
                | WatchFlags::MOVED_FROM
                | WatchFlags::MOVED_TO
                | WatchFlags::ATTRIB
                | WatchFlags::ONLYDIR;
            for folder in folders {
                let there = folder.ancestors().find(|above| above.is_dir());
                let added = there.map(|folder| inotify::add_watch(changes, folder, what));
                if let Some(Err(error)) = added {
                    tracing::warn!(
                        "{} is not watched, it is looked at every second: {error}",
                        folder.display()
                    );
                    self.changes = None;
                    return;
                }
            }
        }

        pub(super) fn wait(&mut self, wait: Duration) -> bool {
            let wait = if self.changes.is_some() { wait } else { wait.min(LOOK_MAX) };
            let mut polled: Vec<_> =
                [self.changes.as_ref().map(AsFd::as_fd), self.bell.0.as_ref().map(|bell| bell.as_fd())]
                    .into_iter()
                    .flatten()
                    .map(|node| PollFd::from_borrowed_fd(node, PollFlags::IN))
                    .collect();
            if polled.is_empty() {
                std::thread::sleep(wait);
            } else {
                let _ = poll(&mut polled, Some(&timespec(wait)));
            }
            self.empty_bell();
            self.changes.is_none() || self.empty_changes()
        }

        fn empty_bell(&self) {
            if let Some(bell) = &self.bell.0 {
                let _ = rustix::io::read(bell, &mut [0; 8]);
            }
        }

        /// Whether a folder has changed. What exactly is not asked: the tables are read again.
        fn empty_changes(&self) -> bool {
            let Some(changes) = &self.changes else { return true };
            let mut buffer = [MaybeUninit::<u8>::uninit(); 4096];
            let mut changed = false;
            while matches!(rustix::io::read(changes, &mut buffer), Ok(([_, ..], _))) {
                changed = true;
            }
            changed
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod inner {
    use std::path::PathBuf;
    use std::sync::{Arc, Condvar, Mutex, PoisonError};
    use std::time::Duration;

    use super::LOOK_MAX;

    #[derive(Debug)]
    pub(super) struct Inner(Bell);

    #[derive(Clone, Debug, Default)]
    pub(super) struct Bell(Arc<(Mutex<bool>, Condvar)>);

    impl Bell {
        pub(super) fn ring(&self) {
            *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
            self.0.1.notify_all();
        }
    }

    impl Inner {
        pub(super) fn new() -> Self {
            Self(Bell::default())
        }

        pub(super) const fn is_told(&self) -> bool {
            false
        }

        pub(super) fn bell(&self) -> Bell {
            self.0.clone()
        }

        pub(super) fn watch(&mut self, _folders: &[PathBuf]) {}

        pub(super) fn wait(&mut self, wait: Duration) -> bool {
            let (rung, bell) = &*self.0.0;
            let rung = rung.lock().unwrap_or_else(PoisonError::into_inner);
            let waited = bell.wait_timeout_while(rung, wait.min(LOOK_MAX), |rung| !*rung);
            *waited.unwrap_or_else(PoisonError::into_inner).0 = false;
            true
        }
    }
}
