//! Pictures are taken on a thread of their own, and only the newest is kept: a slow reader misses pictures and never holds
//! the camera up.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::FrameSource;
use super::frame::{Frame, Incomplete};
use crate::wire::Fault;

/// How long the camera is waited for before a look whether anybody still wants pictures.
const TURN: Duration = Duration::from_millis(200);

/// How long the end of the thread is waited for. One that hangs in a driver is left behind.
const END_WAIT: Duration = Duration::from_secs(2);

/// The newest picture of a camera, shared with whoever shows it. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Live(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    frame: Option<Frame>,
    counts: Counts,
}

impl Live {
    /// The newest picture; none when it is too old to be what stands before the camera now.
    #[must_use]
    pub fn frame(&self) -> Option<Frame> {
        self.lock().frame.clone().filter(Frame::is_live)
    }

    /// What became of the pictures since the camera was opened the last time.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.lock().counts
    }

    fn show(&self, frame: Option<&Frame>, counts: Counts) {
        let mut seen = self.lock();
        seen.counts = counts;
        if let Some(frame) = frame {
            seen.frame = Some(frame.clone());
        }
    }

    fn clear(&self) {
        self.lock().frame = None;
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What became of the pictures since a camera was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Whole ones.
    pub whole: u64,
    /// Those that were not whole, and were dropped.
    pub broken: u64,
    /// Whole ones that a newer one overtook before anybody took them.
    pub overtaken: u64,
}

#[derive(Debug, Default)]
struct Slot {
    frame: Option<Frame>,
    broken: Option<Incomplete>,
    fault: Option<Fault>,
    counts: Counts,
    ended: bool,
}

/// A camera whose pictures are taken. Dropping this closes it.
#[derive(Debug)]
pub struct Capture {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    live: Live,
}

#[derive(Debug, Default)]
struct Shared {
    slot: Mutex<Slot>,
    changed: Condvar,
    stop: AtomicBool,
}

impl Capture {
    /// Takes the pictures of a source from now on.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub fn of(source: Box<dyn FrameSource>, live: Live) -> Result<Self, Fault> {
        let shared = Arc::new(Shared::default());
        let (taken, shown) = (Arc::clone(&shared), live.clone());
        let thread = std::thread::Builder::new()
            .name("camera pictures".to_owned())
            .spawn(move || taken.take(source, &shown))
            .map_err(|error| Fault::System(error.to_string()))?;
        Ok(Self { shared, thread: Some(thread), live })
    }

    /// The newest picture nobody has taken yet.
    ///
    /// # Errors
    /// When the camera is gone.
    pub fn newest(&self, wait: Duration) -> Result<Option<Frame>, Fault> {
        let slot = self.shared.lock();
        let waiting = |slot: &mut Slot| slot.frame.is_none() && slot.fault.is_none();
        let waited = self.shared.changed.wait_timeout_while(slot, wait, waiting);
        let mut slot = waited.unwrap_or_else(PoisonError::into_inner).0;
        match slot.fault.clone() {
            Some(fault) => Err(fault),
            None => Ok(slot.frame.take()),
        }
    }

    /// What became of the pictures so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.shared.lock().counts
    }

    /// Why the last picture was dropped; none when it was whole.
    #[must_use]
    pub fn last_broken(&self) -> Option<Incomplete> {
        self.shared.lock().broken.clone()
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        let slot = self.shared.lock();
        self.shared.stop.store(true, Ordering::SeqCst);
        self.live.clear();
        let waited = self.shared.changed.wait_timeout_while(slot, END_WAIT, |slot| !slot.ended);
        let ended = waited.is_ok_and(|(slot, _)| slot.ended);
        match self.thread.take() {
            Some(thread) if ended => drop(thread.join()),
            _ => tracing::warn!("a camera does not come back from its driver; its thread is left behind"),
        }
    }
}

impl Shared {
    fn take(&self, mut source: Box<dyn FrameSource>, live: &Live) {
        let mut sequence = 0;
        while !self.stop.load(Ordering::SeqCst) {
            match source.next(TURN) {
                Ok(None) => {}
                Ok(Some(captured)) => {
                    sequence += 1;
                    self.taken(Frame::prove(captured, sequence), live);
                }
                Err(fault) => {
                    live.clear();
                    self.lock().fault = Some(fault);
                    break;
                }
            }
        }
        // Closed before anybody is told: the next one to open it must find it free.
        drop(source);
        self.lock().ended = true;
        self.changed.notify_all();
    }

    fn taken(&self, proven: Result<Frame, Incomplete>, live: &Live) {
        let mut slot = self.lock();
        let shown = match proven {
            Ok(frame) => {
                slot.counts.whole += 1;
                slot.broken = None;
                slot.counts.overtaken += u64::from(slot.frame.is_some());
                slot.frame = Some(frame.clone());
                Some(frame)
            }
            Err(broken) => {
                tracing::debug!("a picture was dropped: {broken}");
                slot.counts.broken += 1;
                slot.broken = Some(broken);
                None
            }
        };
        // Whoever has closed the camera has cleared it: nothing is shown behind that.
        if !self.stop.load(Ordering::SeqCst) {
            live.show(shown.as_ref(), slot.counts);
        }
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Since when a camera is silent, by a clock of its own.
#[derive(Debug)]
pub(super) struct Silence {
    since: Instant,
    most: Option<Duration>,
}

impl Silence {
    pub(super) fn new(most: Option<Duration>) -> Self {
        Self { since: Instant::now(), most }
    }

    pub(super) fn broken(&mut self) {
        self.since = Instant::now();
    }

    pub(super) fn is_too_long(&self) -> bool {
        self.most.is_some_and(|most| self.since.elapsed() > most)
    }
}
