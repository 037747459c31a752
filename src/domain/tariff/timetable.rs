//! Hours of the day, kinds of day, and the walk along them on Athens' clock.
//!
//! Everything is decided by what the clock on the wall shows, as on a sign and on a ticket: in the night that has an hour
//! twice both of them are 03:30, and in the night that lacks one the clock steps over it.
//!
//! Time here is whole minutes since 1970 in UTC; *wall* minutes are what they are in Athens.

use super::rules::Window;
use crate::domain::time::ATHENS;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

/// Minutes of a day on an ordinary clock.
pub(super) const DAY: i64 = 1440;
/// Kinds of day: seven weekdays and holidays.
const KINDS: usize = 8;
const HOLIDAY: u8 = 7;
/// 1970-01-01 was a Thursday.
const WEEKDAY_OF_DAY_0: i64 = 3;

/// The minute an instant falls into: what is printed is what is priced.
pub(super) fn minute_of(instant: Timestamp) -> i64 {
    instant.as_second().div_euclid(60)
}

/// The instant a minute begins at.
pub(super) fn instant_of(minute: i64) -> Timestamp {
    Timestamp::from_second(minute.saturating_mul(60)).unwrap_or(Timestamp::MAX)
}

/// Which kinds of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Days(u8);

impl Days {
    /// All of them, holidays too.
    pub const ALL: Self = Self(0xFF);
    /// None.
    pub const NONE: Self = Self(0);

    /// The words of the file, in the order of the week.
    pub const WORDS: [&'static str; KINDS] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"];

    /// These days, and the ones between two words of [`Days::WORDS`].
    #[must_use]
    pub fn and_between(self, first: usize, last: usize) -> Self {
        (first..=last.min(KINDS - 1)).fold(self, |days, kind| Self(days.0 | 1 << kind))
    }

    /// One of them is there, by its place in [`Days::WORDS`].
    pub const fn has(self, kind: u8) -> bool {
        self.0 & (1 << kind) != 0
    }

    /// Their words, in the order of the week.
    pub fn words(self) -> Vec<&'static str> {
        let kinds = (0..).zip(Self::WORDS).filter(|(kind, _)| self.has(*kind));
        kinds.map(|(_, word)| word).collect()
    }

    /// These days, with or without the one behind a place in [`Days::WORDS`]: the other way round than before.
    #[must_use]
    pub const fn toggled(self, place: usize) -> Self {
        if place < KINDS { Self(self.0 ^ (1 << place)) } else { self }
    }

    /// The days that may come after these; a holiday may come after any.
    const fn next(self) -> Self {
        let week = self.0 & 0x7F;
        Self(((week << 1) | (week >> 6)) & 0x7F | 1 << HOLIDAY)
    }

    /// Whether a day is among these and among others.
    pub const fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Hours of certain days: `22:00` to `06:00` of `fri` begin on Friday and end on Saturday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The days they begin on.
    pub days: Days,
    /// First minute of the day, 0 to 1439.
    pub from: u16,
    /// The minute of the day they end before, 0 to 1440. Not after `from`: on the next day.
    pub to: u16,
}

impl Hours {
    /// `22:00–06:00`.
    pub fn printed(&self) -> String {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        format!("{}–{}", clock(self.from), clock(self.to))
    }

    /// Whether some minute of some day is in both.
    pub fn meets(&self, other: &Self) -> bool {
        let minutes = |hours: &Self| {
            let to = if hours.to > hours.from { i32::from(hours.to) } else { i32::from(hours.to) + 1440 };
            (i32::from(hours.from), to)
        };
        let ((from, to), (other_from, other_to)) = (minutes(self), minutes(other));
        let at_once = |by: i32| from < other_to + by && other_from + by < to;
        // A night reaches into the next day; after a holiday that may be any day.
        let next = |days: Days| if days.has(HOLIDAY) { Days::ALL } else { days.next() };
        (at_once(0) && self.days.meet(other.days))
            || (at_once(1440) && next(self.days).meet(other.days))
            || (at_once(-1440) && next(other.days).meet(self.days))
    }

    /// Whether a minute of a day is in them, and whether they began the day before.
    fn began_yesterday(&self, today: u8, yesterday: u8, minute: u16) -> Option<bool> {
        let (begun, ended) = (minute >= self.from, minute >= self.to);
        if self.from < self.to {
            return (begun && !ended && self.days.has(today)).then_some(false);
        }
        match (begun, ended) {
            (true, _) if self.days.has(today) => Some(false),
            (false, false) if self.days.has(yesterday) => Some(true),
            _ => None,
        }
    }
}

/// A day that is no weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holiday {
    /// On the same date every year.
    Yearly {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// Once.
    Once(Date),
    /// So many days after Orthodox Easter Sunday.
    Easter(i16),
}

impl Holiday {
    /// Its date in a year, if it has one there.
    pub fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Yearly { month, day } => Date::new(year, month, day).ok(),
            Self::Once(date) => (date.year() == year).then_some(date),
            Self::Easter(days) => {
                easter(year)?.checked_add(jiff::SignedDuration::from_hours(i64::from(days) * 24)).ok()
            }
        }
    }
}

/// Orthodox Easter Sunday, by Meeus' rule for the Julian calendar.
fn easter(year: i16) -> Option<Date> {
    let y = i64::from(year);
    let moon = (19 * (y % 19) + 15) % 30;
    let sunday = (2 * (y % 4) + 4 * (y % 7) - moon + 34) % 7;
    let sum = moon + sunday + 114;
    let (month, day) = (i8::try_from(sum / 31).ok()?, i8::try_from(sum % 31 + 1).ok()?);
    // From the Julian calendar to ours: 13 days from 1900 to 2099.
    let behind = y / 100 - y / 400 - 2;
    Date::new(year, month, day).ok()?.checked_add(jiff::SignedDuration::from_hours(behind * 24)).ok()
}

/// Days since 1970-01-01.
pub(super) fn day_number(date: Date) -> i64 {
    date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

/// The weekday of a day, from Monday.
fn weekday(day: i64) -> u8 {
    u8::try_from((day + WEEKDAY_OF_DAY_0).rem_euclid(7)).unwrap_or_default()
}

/// What kind of day each day is. The holidays of one year are kept at hand.
#[derive(Debug, Clone)]
pub(super) struct Calendar<'v> {
    holidays: &'v [Holiday],
    first: i64,
    end: i64,
    marked: [u64; 6],
}

impl<'v> Calendar<'v> {
    pub(super) const fn new(holidays: &'v [Holiday]) -> Self {
        Self { holidays, first: 0, end: 0, marked: [0; 6] }
    }

    /// The place in [`Days::WORDS`] of a day.
    fn kind(&mut self, day: i64) -> u8 {
        self.kind_of(day, weekday(day))
    }

    /// The same for who knows the weekday.
    fn kind_of(&mut self, day: i64, weekday: u8) -> u8 {
        if !self.holidays.is_empty() && self.is_holiday(day) { HOLIDAY } else { weekday }
    }

    fn is_holiday(&mut self, day: i64) -> bool {
        if !(self.first..self.end).contains(&day) {
            self.mark(day);
        }
        let place = usize::try_from(day - self.first).unwrap_or_default();
        self.marked.get(place / 64).is_some_and(|word| word & (1 << (place % 64)) != 0)
    }

    /// Marks the holidays of the year around a day.
    fn mark(&mut self, day: i64) {
        let date = Offset::UTC.to_datetime(instant_of(day * DAY)).date();
        (self.first, self.end) =
            (day_number(date.first_of_year()), day_number(date.last_of_year()).saturating_add(1));
        self.marked = [0; 6];
        // Easter's feasts stay in its year; other dates say their own.
        for holiday in self.holidays.iter().filter_map(|holiday| holiday.in_year(date.year())) {
            let place = usize::try_from(day_number(holiday) - self.first).unwrap_or(usize::MAX);
            if let Some(word) = self.marked.get_mut(place / 64) {
                *word |= 1 << (place % 64);
            }
        }
    }
}

/// Athens' offset at a minute, and the minute it changes at.
#[derive(Debug, Clone, Copy)]
struct Wall {
    offset: i64,
    until: i64,
}

impl Wall {
    fn at(minute: i64) -> Self {
        static ZONE: TimeZone = ATHENS;
        let instant = instant_of(minute);
        let offset = i64::from(ZONE.to_offset(instant).seconds()).div_euclid(60);
        let change = ZONE.following(instant).next();
        // Rounded up, so that time always goes on.
        let until = change.map_or(i64::MAX, |change| (change.timestamp().as_second() + 59).div_euclid(60));
        Self { offset, until }
    }

    /// The first minute, not before one that this offset holds at, when the clock shows `wall` or later.
    fn first_showing(self, wall: i64) -> i64 {
        let minute = wall - self.offset;
        if minute < self.until {
            return minute;
        }
        let next = Self::at(self.until);
        (wall - next.offset).max(self.until)
    }
}

/// Midnights in Athens, asked for in the order of time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Midnights {
    wall: Option<Wall>,
}

impl Midnights {
    /// The next one after a minute.
    pub(super) fn after(&mut self, minute: i64) -> i64 {
        let wall = match self.wall {
            Some(wall) if minute < wall.until => wall,
            _ => Wall::at(minute),
        };
        self.wall = Some(wall);
        wall.first_showing(((minute + wall.offset).div_euclid(DAY) + 1) * DAY)
    }
}

/// The first minute after one when the clock next shows a minute of the day.
pub(super) fn next_showing(minute: i64, of_day: u16) -> i64 {
    let wall = Wall::at(minute);
    let here = minute + wall.offset;
    let today = here.div_euclid(DAY) * DAY + i64::from(of_day);
    wall.first_showing(if today > here { today } else { today + DAY })
}

/// Whether a minute is in some hours.
pub(super) fn within(hours: &Hours, calendar: &mut Calendar<'_>, minute: i64) -> bool {
    let here = minute + Wall::at(minute).offset;
    let day = here.div_euclid(DAY);
    let of_day = u16::try_from(here.rem_euclid(DAY)).unwrap_or_default();
    hours.began_yesterday(calendar.kind(day), calendar.kind(day - 1), of_day).is_some()
}

/// Whether an instant is in any of some hours.
pub fn holds(hours: &[Hours], holidays: &[Holiday], at: Timestamp) -> bool {
    let mut calendar = Calendar::new(holidays);
    hours.iter().any(|hours| within(hours, &mut calendar, minute_of(at)))
}

/// The parts of a time that are in none of some hours, in order: from one minute to the one it ends before. All of it where
/// there are no hours.
pub fn outside(
    hours: &[Hours],
    holidays: &[Holiday],
    (from, until): (Timestamp, Timestamp),
) -> Vec<(Timestamp, Timestamp)> {
    let mut calendar = Calendar::new(holidays);
    let (mut minute, end) = (minute_of(from), minute_of(until));
    let mut parts: Vec<(i64, i64)> = Vec::new();
    while minute < end {
        let covered = hours.iter().any(|hours| within(hours, &mut calendar, minute));
        let edges = hours.iter().flat_map(|hours| [hours.from, hours.to % 1_440]);
        // A midnight, too: what kind of day it is changes there.
        let next = edges.chain([0]).map(|edge| next_showing(minute, edge)).min().unwrap_or(end).min(end);
        match parts.last_mut() {
            Some((_, ended)) if !covered && *ended == minute => *ended = next,
            _ if !covered => parts.push((minute, next)),
            _ => {}
        }
        minute = next;
    }
    parts.into_iter().map(|(from, to)| (instant_of(from), instant_of(to))).collect()
}

/// A part of a day with one window, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    /// The minute of the day it ends before.
    end: u16,
    window: Option<u8>,
    began_yesterday: bool,
}

/// The windows laid out over every kind of day after every kind of day, so that nothing is searched while pricing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timetable {
    /// For `today × 8 + yesterday`; empty without windows.
    days: Vec<Box<[Span]>>,
}

impl Timetable {
    /// Lays out windows, of which the first that fits holds.
    pub fn new(windows: &[Window]) -> Self {
        if windows.is_empty() {
            return Self::default();
        }
        let mut edges: Vec<u16> =
            windows.iter().flat_map(|w| [w.hours.from, w.hours.to]).chain([0, 1440]).collect();
        edges.sort_unstable();
        edges.dedup();
        let kinds = || 0..HOLIDAY + 1;
        let days = kinds().flat_map(|today| kinds().map(move |yesterday| (today, yesterday)));
        Self { days: days.map(|(today, yesterday)| Self::day(windows, &edges, today, yesterday)).collect() }
    }

    fn day(windows: &[Window], edges: &[u16], today: u8, yesterday: u8) -> Box<[Span]> {
        let mut spans: Vec<Span> = Vec::new();
        for pair in edges.windows(2) {
            let [start, end] = [pair[0], pair[1]];
            let found = windows.iter().enumerate().find_map(|(index, window)| {
                Some((u8::try_from(index).ok()?, window.hours.began_yesterday(today, yesterday, start)?))
            });
            let (window, began_yesterday) =
                found.map_or((None, false), |(w, yesterday)| (Some(w), yesterday));
            match spans.last_mut() {
                Some(last) if (last.window, last.began_yesterday) == (window, began_yesterday) => {
                    last.end = end
                }
                _ => spans.push(Span { end, window, began_yesterday }),
            }
        }
        spans.into()
    }
}

/// A stretch of time in one window, or in none: where a walk stands.
#[derive(Debug, Clone)]
pub(super) struct Segments<'v> {
    timetable: &'v Timetable,
    calendar: Calendar<'v>,
    wall: Wall,
    day: i64,
    weekday: u8,
    today: u8,
    spans: &'v [Span],
    place: usize,
    /// First minute.
    pub(super) start: i64,
    /// The minute it ends before.
    pub(super) end: i64,
    /// The window.
    pub(super) window: Option<u8>,
    /// The day this night, day or weekend of the window began on.
    pub(super) occurrence: i64,
}

impl<'v> Segments<'v> {
    /// The segment a minute is in. Without windows there is one that never ends.
    pub(super) fn at(timetable: &'v Timetable, calendar: Calendar<'v>, minute: i64) -> Self {
        let mut segments = Self {
            timetable,
            calendar,
            wall: Wall { offset: 0, until: i64::MAX },
            day: 0,
            weekday: 0,
            today: 0,
            spans: &[],
            place: 0,
            start: minute,
            end: i64::MAX,
            window: None,
            occurrence: 0,
        };
        if !timetable.days.is_empty() {
            segments.seek(minute);
        }
        segments
    }

    /// The next one.
    pub(super) fn advance(&mut self) {
        self.start = self.end;
        if self.start >= self.wall.until {
            return self.seek(self.start);
        }
        self.place = self.place.wrapping_add(1);
        if self.place >= self.spans.len() {
            self.next_day();
        }
        self.settle();
    }

    fn seek(&mut self, minute: i64) {
        self.wall = Wall::at(minute);
        self.start = minute;
        let here = minute + self.wall.offset;
        self.day = here.div_euclid(DAY);
        self.weekday = weekday(self.day);
        self.today = self.calendar.kind(self.day);
        let yesterday = self.calendar.kind(self.day - 1);
        self.look_up(yesterday);
        let of_day = here.rem_euclid(DAY);
        self.place = self.spans.iter().take_while(|span| i64::from(span.end) <= of_day).count();
        self.settle();
    }

    fn next_day(&mut self) {
        let yesterday = self.today;
        self.day += 1;
        self.weekday = if self.weekday == 6 { 0 } else { self.weekday + 1 };
        self.today = self.calendar.kind_of(self.day, self.weekday);
        self.look_up(yesterday);
        self.place = 0;
    }

    fn look_up(&mut self, yesterday: u8) {
        let place = usize::from(self.today) * KINDS + usize::from(yesterday);
        self.spans = self.timetable.days.get(place).map_or(&[], |spans| spans);
    }

    fn settle(&mut self) {
        let Some(span) = self.spans.get(self.place) else {
            self.end = i64::MAX;
            return;
        };
        self.end = (self.day * DAY + i64::from(span.end) - self.wall.offset).min(self.wall.until);
        self.window = span.window;
        self.occurrence = self.day - i64::from(span.began_yesterday);
        // A night goes on after midnight, and is walked through at once.
        if i64::from(span.end) == DAY && self.end < self.wall.until && span.window.is_some() {
            self.join_next_day();
        }
    }

    fn join_next_day(&mut self) {
        let occurrence = self.occurrence;
        self.next_day();
        match self.spans.first() {
            Some(span)
                if span.began_yesterday && span.window == self.window && self.day - 1 == occurrence =>
            {
                self.end = (self.day * DAY + i64::from(span.end) - self.wall.offset).min(self.wall.until);
            }
            // It does not: the day begun is entered by the next advance, from before its first span.
            _ => self.place = usize::MAX,
        }
    }
}

/// The minute of the day at which the hours without a window end that a minute is in; nothing without windows.
pub(super) fn gap_ends(timetable: &Timetable, calendar: Calendar<'_>, minute: i64) -> Option<u16> {
    if timetable.days.is_empty() {
        return None;
    }
    let mut segments = Segments::at(timetable, calendar, minute);
    // Two weeks without any window have none at all.
    for _ in 0..15 * KINDS {
        if segments.window.is_some() {
            break;
        }
        segments.advance();
    }
    u16::try_from((segments.start + segments.wall.offset).rem_euclid(DAY)).ok()
}
