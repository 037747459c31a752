//! An attendant on a thread of its own: [`supervise`].

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::attendant::{Attend, Attendant, Find, Notice, Open};
use super::identity::{Class, Identity, Places};
use super::watch::{Waker, Watch};

/// A watch is told of changes; a look now and then finds what it was not told, such as a link changed far away.
const LOOK_ANYWAY: Duration = Duration::from_secs(5);

/// A device that is looked after. Dropping this ends it.
#[derive(Debug)]
pub struct Supervisor {
    thread: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
    waker: Waker,
}

impl Supervisor {
    /// Looks at the device again at once.
    pub fn wake(&self) {
        self.waker.wake();
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        self.waker.wake();
        self.thread.take().map(JoinHandle::join);
    }
}

/// Looks after a device on a thread of its own until the answer is dropped. Everything it has to say is told on that
/// thread, in order; the teller must come back soon.
///
/// # Errors
/// When the operating system gives no thread.
pub fn supervise<O, T>(
    name: &str,
    identity: Identity,
    class: Class,
    places: Places,
    open: O,
    tell: T,
) -> std::io::Result<Supervisor>
where
    O: Open + 'static,
    T: FnMut(Notice<<O::Device as Attend>::Heard>) + Send + 'static,
{
    let mut watch = Watch::new(&places.dev);
    if let Identity::Path(path) = &identity {
        watch = watch.and_around(path);
        if let Some(target) = target(path) {
            watch = watch.and_around(&target);
        }
    }
    let find = move || identity.find(class, &places);
    let (stop, waker) = (Arc::new(AtomicBool::new(false)), watch.waker());
    let stopped = Arc::clone(&stop);
    let thread = std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || turns(Attendant::new(find, open), watch, &stopped, tell))?;
    Ok(Supervisor { thread: Some(thread), stop, waker })
}

/// Where a link points, if the path is one.
fn target(path: &std::path::Path) -> Option<PathBuf> {
    let target = std::fs::read_link(path).ok()?;
    Some(path.parent()?.join(target))
}

fn turns<O: Open, F: Find>(
    mut attendant: Attendant<O, F>,
    mut watch: Watch,
    stop: &AtomicBool,
    mut tell: impl FnMut(Notice<<O::Device as Attend>::Heard>),
) {
    let begun = Instant::now();
    let mut changed = true;
    while !stop.load(Ordering::SeqCst) {
        let now_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let wait = attendant.step(now_ms, changed, &mut tell);
        changed = watch.wait(wait.unwrap_or(LOOK_ANYWAY).min(LOOK_ANYWAY));
    }
}
