//! Scales on USB that report by themselves (HID usage page 0x8D), through `/dev/hidraw*`.

use std::path::Path;
use std::time::{Duration, Instant};

use super::Scale;
use super::number::Number;
use super::reading::{Basis, Reading, Sample};
use super::weight::Unit;
use crate::wire::{Fault, reports::Reports};

/// Usage page of scales.
pub const USAGE_PAGE: u8 = 0x8D;

/// Number of the weight's report.
const REPORT: u8 = 3;

/// Reads one report: number, status, unit, exponent, weight (2, low byte first). None when it is of something else.
#[must_use]
pub fn read_report(report: &[u8]) -> Option<Reading> {
    let &[REPORT, status, unit, exponent, low, high, ..] = report else { return None };
    let at_rest = match status {
        1 | 7 => return Some(Reading::Defect),
        2 => return Some(Reading::Zero),
        3 => false,
        4 => true,
        // The magnitude of what is under zero is positive on some models.
        5 => return Some(Reading::Negative),
        6 => return Some(Reading::Overload),
        8 => return Some(Reading::NeedsZero),
        _ => return None,
    };
    let number = scaled(u32::from(u16::from_le_bytes([low, high])), exponent.cast_signed())?;
    Some(Reading::of(number, unit_of(unit)?, Basis::Unsaid, at_rest))
}

fn scaled(digits: u32, exponent: i8) -> Option<Number> {
    let number = |digits, decimals| Number { negative: false, digits, decimals };
    match u8::try_from(exponent) {
        Ok(up) => Some(number(digits.checked_mul(10_u32.checked_pow(up.into())?)?, 0)),
        Err(_) => Some(number(digits, exponent.unsigned_abs())),
    }
}

/// Carats, taels, grains and their like are not sold here.
const fn unit_of(code: u8) -> Option<Unit> {
    match code {
        1 => Some(Unit::Milligram),
        2 => Some(Unit::Gram),
        3 => Some(Unit::Kilogram),
        8 => Some(Unit::Tonne),
        11 => Some(Unit::Ounce),
        12 => Some(Unit::Pound),
        _ => None,
    }
}

/// A scale behind a `hidraw` node.
#[derive(Debug)]
pub struct HidScale {
    reports: Reports,
    answer: Duration,
    wrong: u8,
    /// The last reading: it holds, with its own time, while the scale has nothing new to say.
    last: Option<Sample>,
    /// The first report after opening may be an old one.
    fresh: bool,
}

/// Longer than any report of a scale.
const REPORT_BYTES: usize = 8;

impl HidScale {
    /// Opens the node.
    ///
    /// # Errors
    /// When it is missing or forbidden.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let reports = Reports::open(path)?;
        Ok(Self { reports, answer: Duration::from_millis(500), wrong: 0, last: None, fresh: false })
    }

    /// The newest reading that comes before the deadline.
    fn newest(&mut self) -> Result<Option<Option<Reading>>, Fault> {
        let deadline = Instant::now() + self.answer;
        let (mut newest, mut report) = (None, [0; REPORT_BYTES]);
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let wait = if newest.is_some() { Duration::ZERO } else { left };
            let count = self.reports.next(&mut report, wait)?;
            if count == 0 && (newest.is_some() || left.is_zero()) {
                return Ok(newest);
            }
            if let Some(came) = self.hear(&report[..count]) {
                newest = Some(came);
            }
        }
    }
}

impl HidScale {
    /// Hears what has come, unless it is nothing or old.
    fn hear(&mut self, report: &[u8]) -> Option<Option<Reading>> {
        if report.is_empty() || !std::mem::replace(&mut self.fresh, true) {
            return None;
        }
        let reading = read_report(report);
        if let Some(reading) = reading {
            self.last = Some(Sample { reading, at: Instant::now() });
        }
        Some(reading)
    }
}

impl Scale for HidScale {
    fn read(&mut self) -> Result<Sample, Fault> {
        match self.newest()? {
            Some(Some(_)) => self.wrong = 0,
            Some(None) => self.wrong = self.wrong.saturating_add(1),
            // Some report changes only.
            None => {}
        }
        if self.wrong >= 3 {
            return Err(Fault::SpeaksSomethingElse { expected: "HID scale reports".to_owned() });
        }
        let now = Instant::now();
        let silent = Sample { reading: Reading::NoAnswer, at: now };
        Ok(self.last.filter(|last| last.reading_at(now) != Reading::NoAnswer).unwrap_or(silent))
    }

    fn idle(&mut self, wait: Duration) -> Result<(), Fault> {
        let mut report = [0; REPORT_BYTES];
        let count = self.reports.next(&mut report, wait)?;
        // It is not asked, it reports: what it says now it may not say again.
        self.hear(&report[..count]);
        Ok(())
    }

    fn zero(&mut self) -> Result<(), Fault> {
        Err(Fault::Unsupported("a scale on USB is set to zero at its own key".to_owned()))
    }
}
