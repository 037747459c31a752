//! Instants. Stored in UTC with the offset Athens had, so that a printed time never needs a zone database again.

use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, civil};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The zone of every paper and every day of this program. Compiled in: a machine without zone data works.
pub const ATHENS: TimeZone = jiff::tz::get!("Europe/Athens");

/// An instant and the offset Athens had at it. Order is the instant's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The instant, to the millisecond.
    pub utc: Timestamp,
    offset_minutes: i16,
}

impl Stamp {
    /// Stamps an instant; what is finer than a millisecond is dropped, so that a stored stamp equals the live one.
    pub fn new(utc: Timestamp) -> Self {
        let utc = Timestamp::from_millisecond(utc.as_millisecond()).unwrap_or(utc);
        let offset_minutes = i16::try_from(ATHENS.to_offset(utc).seconds() / 60).unwrap_or(120);
        Self { utc, offset_minutes }
    }

    /// Local time at the counter.
    pub fn local(&self) -> civil::DateTime {
        self.offset().to_datetime(self.utc)
    }

    /// Local date at the counter.
    pub fn date(&self) -> civil::Date {
        self.local().date()
    }

    /// The moment a day begins at the counter; nothing beyond the calendar.
    pub fn midnight(day: civil::Date) -> Option<Self> {
        Self::at_hour(day, 0)
    }

    /// A full hour of a day at the counter, 0 to 23; nothing beyond the calendar.
    pub fn at_hour(day: civil::Date, hour: i8) -> Option<Self> {
        let time = civil::Time::new(hour, 0, 0, 0).ok()?;
        ATHENS.to_timestamp(day.to_datetime(time)).ok().map(Self::new)
    }

    /// `14/03/2026 10:02`, as papers print it.
    pub fn printed(&self) -> String {
        self.local().strftime("%d/%m/%Y %H:%M").to_string()
    }

    /// `14/03/2026 10:02`; in the hour that comes twice when summer ends, `25/10/2026 03:30 (UTC+3)`.
    pub fn printed_exactly(&self) -> String {
        let printed = self.printed();
        let comes_twice = ATHENS.to_ambiguous_timestamp(self.local()).is_ambiguous();
        if comes_twice { format!("{printed} (UTC{:+})", self.offset_minutes / 60) } else { printed }
    }

    /// `10:02`.
    pub fn clock(&self) -> String {
        self.local().strftime("%H:%M").to_string()
    }

    /// Whole seconds from `earlier` to this instant; negative when the clock was set back.
    pub fn seconds_since(&self, earlier: &Self) -> i64 {
        self.utc.as_second() - earlier.utc.as_second()
    }

    /// So many seconds later (or earlier, negative); the same where there is no such instant.
    #[must_use]
    pub fn moved(&self, by_s: i64) -> Self {
        self.utc.checked_add(SignedDuration::from_secs(by_s)).map_or(*self, Self::new)
    }

    fn offset(&self) -> Offset {
        Offset::from_seconds(i32::from(self.offset_minutes) * 60).unwrap_or(Offset::UTC)
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        let minutes = self.offset_minutes.unsigned_abs();
        let ms = self.utc.as_millisecond().rem_euclid(1000);
        let local = self.local().strftime("%Y-%m-%dT%H:%M:%S");
        write!(f, "{local}.{ms:03}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let utc: Timestamp = text.parse().map_err(serde::de::Error::custom)?;
        let mut stamp = Self::new(utc);
        if let Some(minutes) = written_offset(&text) {
            stamp.offset_minutes = minutes;
        }
        Ok(stamp)
    }
}

/// The offset written at the end of a stored stamp, in minutes; none after a bare `Z`.
fn written_offset(text: &str) -> Option<i16> {
    let tail = text.get(text.len().checked_sub(6)?..)?;
    let (sign, rest) = match tail.as_bytes().first()? {
        b'+' => (1, &tail[1..]),
        b'-' => (-1, &tail[1..]),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    Some(sign * (hours.parse::<i16>().ok()? * 60 + minutes.parse::<i16>().ok()?))
}
