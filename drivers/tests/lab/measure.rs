//! What is promised, what was measured, and how much slower this machine is than a real one.

use std::fs;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// A pulled cable is seen.
pub(crate) const SEEN_MAX: Duration = Duration::from_secs(2);
/// A device that is put back is in use.
pub(crate) const BACK_MAX: Duration = Duration::from_secs(5);
/// From the last bit of a code to the notice of it.
pub(crate) const SCAN_MAX: Duration = Duration::from_millis(100);

/// An emulated machine on a busy one may take so many times what is promised before a check fails. What was measured is
/// printed either way, and what was over the promise is said to be.
const ALLOWANCE: u32 = 2;

/// The longest that is waited for something promised.
pub(crate) const fn allowed(promised: Duration) -> Duration {
    promised.saturating_mul(ALLOWANCE)
}

/// A time against its promise, in words.
///
/// # Errors
/// When even the allowance is used up.
pub(crate) fn kept(what: &str, took: Duration, promised: Duration) -> super::Outcome {
    let figure = format!("{what} {:.2} s", took.as_secs_f64());
    if took > allowed(promised) {
        Err(format!("{figure}, promised are {promised:?}").into())
    } else if took > promised {
        Ok(format!("{figure} (over the promised {promised:?}, within the allowance for an emulator)"))
    } else {
        Ok(figure)
    }
}

/// A fixed piece of work, the same on the host and here: the shortest of some tries, for both may be held up.
pub(crate) fn work() -> Duration {
    let once = || {
        let (begun, mut number) = (Instant::now(), 1_u64);
        for turn in 0..3_000_000_u64 {
            number = std::hint::black_box(number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(turn));
        }
        begun.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

/// How many times longer a piece of work takes here than on the host, which has told its time.
pub(crate) fn factor() -> f64 {
    static FACTOR: OnceLock<f64> = OnceLock::new();
    *FACTOR.get_or_init(|| {
        let host = std::env::var("TAMEIO_LAB_HOST_US").ok().and_then(|text| text.parse::<f64>().ok());
        host.map_or(1.0, |host| (work().as_secs_f64() * 1e6 / host.max(1.0)).max(1.0))
    })
}

/// What this process holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) files: usize,
    pub(crate) threads: usize,
    pub(crate) resident_kib: usize,
}

/// What this process holds now.
pub(crate) fn held() -> std::io::Result<Held> {
    let status = fs::read_to_string("/proc/self/status")?;
    let number = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or_default()
    };
    let files = fs::read_dir("/proc/self/fd")?.count();
    Ok(Held { files, threads: number("Threads:"), resident_kib: number("VmRSS:") })
}

/// How long the threads of these names have been on a processor.
pub(crate) fn on_processor(names: &[&str]) -> std::io::Result<Duration> {
    let mut sum = Duration::ZERO;
    for task in fs::read_dir("/proc/self/task")? {
        let task = task?.path();
        if names.contains(&fs::read_to_string(task.join("comm"))?.trim()) {
            let times = fs::read_to_string(task.join("schedstat"))?;
            let nanos = times.split_whitespace().next().and_then(|text| text.parse().ok());
            sum += Duration::from_nanos(nanos.unwrap_or_default());
        }
    }
    Ok(sum)
}
