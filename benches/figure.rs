//! Samples of a duration, and a measured value printed beside its budget. A budget that is broken is said, not failed:
//! the machine that measures may be busy, and a person judges.

use std::fmt;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Durations of one thing done over and over.
#[derive(Default)]
pub(crate) struct Samples(Vec<Duration>);

impl Samples {
    /// Does it once more, and hands on what came of it.
    pub(crate) fn take<T>(&mut self, act: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = black_box(act());
        self.0.push(start.elapsed());
        done
    }

    /// One that was measured elsewhere.
    pub(crate) fn push(&mut self, measured: Duration) {
        self.0.push(measured);
    }

    pub(crate) fn median(&self) -> Duration {
        self.quantile(50)
    }

    pub(crate) fn p99(&self) -> Duration {
        self.quantile(99)
    }

    /// The smallest duration that so many per cent of the samples do not exceed.
    fn quantile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(rank).copied().expect("there are samples")
    }
}

/// How often `part` goes into `whole`.
pub(crate) fn ratio(whole: Duration, part: Duration) -> f64 {
    whole.as_secs_f64() / part.as_secs_f64()
}

/// Prints a duration beside the longest one promised.
pub(crate) fn within(what: &str, measured: Duration, budget: Duration) {
    kept(what, format_args!("{measured:.2?}"), format_args!("{budget:?}"), measured <= budget);
}

/// Prints a ratio beside the highest one promised.
pub(crate) fn at_most(what: &str, measured: f64, budget: f64) {
    kept(what, format_args!("{measured:.2} ×"), format_args!("{budget} ×"), measured <= budget);
}

/// Prints a size beside the largest one promised.
pub(crate) fn bytes(what: &str, measured: usize, budget: usize) {
    kept(what, format_args!("{measured} bytes"), format_args!("{budget} bytes"), measured <= budget);
}

/// Prints a value nothing was promised about.
pub(crate) fn note(what: &str, measured: impl fmt::Display) {
    println!("      {what}: {measured}");
}

/// Prints a value beside what was promised of it, and whether that is kept.
pub(crate) fn kept(what: &str, measured: fmt::Arguments<'_>, budget: fmt::Arguments<'_>, kept: bool) {
    let verdict = if kept { "kept" } else { "OVER" };
    println!("{verdict}  {what}: {measured} (budget {budget})");
}
