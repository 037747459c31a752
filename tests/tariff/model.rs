//! A slow model of a tariff, written apart from the engine and sharing nothing with it: it looks at every minute of a stay
//! on Athens' clock, asks what starts there, and adds up at the end.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::fmt::Write;

/// When something holds; an index into a week that begins on Monday, and holidays as an eighth day.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    pub(super) days: Vec<usize>,
    pub(super) from: u16,
    pub(super) to: u16,
}

#[derive(Debug, Clone)]
pub(super) struct Hours {
    pub(super) clock: Clock,
    pub(super) each: u32,
    pub(super) price: i64,
    pub(super) cap: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Never,
    Covers(u32),
    Until(u16),
}

#[derive(Debug, Clone)]
pub(super) struct Flat {
    pub(super) clock: Clock,
    pub(super) price: i64,
    pub(super) ends: Ends,
}

#[derive(Debug, Clone)]
pub(super) struct Cap {
    pub(super) price: i64,
    pub(super) calendar: bool,
    pub(super) restart: bool,
}

/// A tariff in plain numbers: minutes and cents.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub(super) turnaround: u32,
    pub(super) tolerance: u32,
    pub(super) bands: Vec<(u32, i64)>,
    pub(super) step: Option<(u32, i64)>,
    pub(super) windows: Vec<Hours>,
    pub(super) free_outside: bool,
    pub(super) cut: bool,
    pub(super) pro_rata: bool,
    pub(super) cap: Option<Cap>,
    pub(super) flats: Vec<Flat>,
    pub(super) holidays: Vec<Date>,
}

const WORDS: [&str; 8] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"];

fn euro(cents: i64) -> String {
    format!("\"{}.{:02}\"", cents / 100, cents % 100)
}

impl Clock {
    fn text(&self) -> String {
        let time = |minute: u16| format!("\"{:02}:{:02}\"", minute / 60, minute % 60);
        let days: Vec<String> = self.days.iter().map(|day| format!("\"{}\"", WORDS[*day])).collect();
        format!("days = [{}], from = {}, to = {}", days.join(", "), time(self.from), time(self.to))
    }

    /// Whether it holds at a time, and the date it began on.
    fn holds(&self, model: &Model, local: DateTime) -> Option<Date> {
        let minute =
            u16::try_from(i16::from(local.hour()) * 60 + i16::from(local.minute())).expect("a minute");
        let (today, yesterday) = (local.date(), local.date().yesterday().expect("a day before"));
        if self.from < self.to {
            let inside = self.from <= minute && minute < self.to;
            return (inside && self.days.contains(&model.day(today))).then_some(today);
        }
        if minute >= self.from && self.days.contains(&model.day(today)) {
            return Some(today);
        }
        (minute < self.to && self.days.contains(&model.day(yesterday))).then_some(yesterday)
    }
}

/// What a car park is owed, day by day and night by night, in 1440ths of a cent.
#[derive(Default)]
struct Owed {
    by_night: BTreeMap<(usize, Date), i128>,
    by_day: BTreeMap<i64, i128>,
}

impl Model {
    /// The lines of a version in the file's words.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let _ = writeln!(
            text,
            "turnaround = \"{} min\"\ntolerance = \"{} min\"",
            self.turnaround, self.tolerance
        );
        let bands: Vec<String> = self
            .bands
            .iter()
            .map(|(up_to, price)| format!("{{ up_to = \"{up_to} min\", price = {} }}", euro(*price)))
            .collect();
        let _ = writeln!(text, "bands = [{}]", bands.join(", "));
        if let Some((each, price)) = self.step {
            let _ = writeln!(text, "step = {{ each = \"{each} min\", price = {} }}", euro(price));
        }
        let windows = self.windows.iter().map(|window| {
            let cap = window.cap.map_or(String::new(), |cap| format!(", cap = {}", euro(cap)));
            let (clock, price) = (window.clock.text(), euro(window.price));
            format!("  {{ {clock}, each = \"{} min\", price = {price}{cap} }},\n", window.each)
        });
        let _ = writeln!(text, "windows = [\n{}]", windows.collect::<String>());
        if self.free_outside {
            text.push_str("outside_windows = \"free\"\n");
        }
        let _ = writeln!(text, "units_at_edges = \"{}\"", if self.cut { "cut" } else { "whole" });
        let _ = writeln!(text, "pro_rata = {}", self.pro_rata);
        if let Some(cap) = &self.cap {
            let day = if cap.calendar { "calendar" } else { "from-arrival" };
            let after = if cap.restart { "restart" } else { "continue" };
            let price = euro(cap.price);
            let _ = writeln!(text, "day_cap = {{ price = {price}, day = \"{day}\", after = \"{after}\" }}");
        }
        let flats = self.flats.iter().map(|flat| {
            let ends = match flat.ends {
                Ends::Never => String::new(),
                Ends::Covers(minutes) => format!(", covers = \"{minutes} min\""),
                Ends::Until(minute) => format!(", until = \"{:02}:{:02}\"", minute / 60, minute % 60),
            };
            format!("  {{ {}, price = {}{ends} }},\n", flat.clock.text(), euro(flat.price))
        });
        let _ = writeln!(text, "flats = [\n{}]", flats.collect::<String>());
        let holidays: Vec<String> = self.holidays.iter().map(|date| format!("\"{date}\"")).collect();
        let _ = writeln!(text, "holidays = [{}]", holidays.join(", "));
        text
    }

    fn day(&self, date: Date) -> usize {
        if self.holidays.contains(&date) {
            return 7;
        }
        match date.weekday() {
            Weekday::Monday => 0,
            Weekday::Tuesday => 1,
            Weekday::Wednesday => 2,
            Weekday::Thursday => 3,
            Weekday::Friday => 4,
            Weekday::Saturday => 5,
            Weekday::Sunday => 6,
        }
    }

    /// The window a time is in, and the date its night began on.
    fn window(&self, local: DateTime) -> Option<(usize, Date)> {
        self.windows
            .iter()
            .enumerate()
            .find_map(|(place, window)| Some((place, window.clock.holds(self, local)?)))
    }

    /// Instants within a stay at which another window takes over.
    pub(super) fn edges(&self, from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
        let athens = TimeZone::get("Europe/Athens").expect("a zone");
        let instant = |minute: i64| Timestamp::from_second(minute * 60).expect("an instant");
        let place = |minute: i64| self.window(athens.to_datetime(instant(minute))).map(|(place, _)| place);
        let (from, to) = (from.as_second().div_euclid(60), to.as_second().div_euclid(60));
        (from + 1..to).filter(|minute| place(*minute) != place(minute - 1)).map(instant).take(6).collect()
    }

    /// What a stay costs in cents; nothing where some of it has no price.
    pub(super) fn price(&self, from: Timestamp, to: Timestamp) -> Option<i64> {
        let minute = |instant: Timestamp| instant.as_second().div_euclid(60);
        let athens = TimeZone::get("Europe/Athens").expect("a zone");
        let local =
            |minutes: i64| athens.to_datetime(Timestamp::from_second(minutes * 60).expect("an instant"));
        let (arrival, departure) = (minute(from), minute(to));
        if departure - arrival <= i64::from(self.turnaround) {
            return Some(0);
        }
        let end = departure.saturating_sub(i64::from(self.tolerance)).max(arrival + 1);
        let flat = self.flats.iter().find(|flat| flat.clock.holds(self, local(arrival)).is_some());
        let (start, flat_price) = match flat {
            None => (arrival, 0),
            Some(flat) => (flat_end(flat, arrival, end, &local), flat.price),
        };
        let mut owed = Owed::default();
        if start < end {
            self.walk(start, end, &local, &mut owed)?;
        }
        let days = owed.by_day.values().map(|day| match &self.cap {
            Some(cap) => (*day).clamp(0, i128::from(cap.price) * 1440),
            None => *day,
        });
        let parts: i128 = days.sum();
        Some(flat_price + i64::try_from((parts + 720).div_euclid(1440)).expect("cents"))
    }

    /// Every minute from a start to an end: is a charge still running, and if not, which one starts?
    fn walk(&self, start: i64, end: i64, local: &dyn Fn(i64) -> DateTime, owed: &mut Owed) -> Option<()> {
        let mut runs_until = start;
        let mut unit_of: Option<Option<usize>> = None;
        let mut bands_from = start;
        let mut day = 0;
        for now in start..end {
            let clock = local(now);
            let today = match &self.cap {
                None => 0,
                Some(cap) if cap.calendar => {
                    clock.date().duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
                }
                Some(_) => (now - start) / 1440,
            };
            if now > start && today != day && self.cap.as_ref().is_some_and(|cap| cap.restart) {
                (bands_from, runs_until, unit_of) = (now, now, None);
            }
            day = today;
            let window = self.window(clock);
            // A running unit is cut where another window, or none, takes over.
            if self.cut && unit_of.is_some_and(|unit| unit != window.map(|(place, _)| place)) {
                runs_until = runs_until.min(now);
            }
            if now < runs_until {
                continue;
            }
            unit_of = None;
            let inside = u32::try_from(now - bands_from).expect("a duration");
            if let Some(place) = self.bands.iter().position(|(up_to, _)| inside < *up_to) {
                let before = place.checked_sub(1).map_or(0, |before| self.bands[before].1);
                *owed.by_day.entry(day).or_default() += i128::from(self.bands[place].1 - before) * 1440;
                runs_until = bands_from + i64::from(self.bands[place].0);
                continue;
            }
            let (each, price) = match (window, self.step) {
                (Some((place, _)), _) => (self.windows[place].each, self.windows[place].price),
                (None, Some(step)) => step,
                (None, None) if self.free_outside => continue,
                (None, None) => return None,
            };
            let (length, parts) = if self.pro_rata {
                (1, i128::from(price) * 1440 / i128::from(each))
            } else {
                (i64::from(each), i128::from(price) * 1440)
            };
            runs_until = now + length;
            unit_of = Some(window.map(|(place, _)| place));
            let mut charged = parts;
            if let Some((place, night)) = window
                && let Some(cap) = self.windows[place].cap
            {
                let cap = i128::from(cap) * 1440;
                let so_far = owed.by_night.entry((place, night)).or_default();
                let before = (*so_far).min(cap);
                *so_far += parts;
                charged = (*so_far).min(cap) - before;
            }
            *owed.by_day.entry(day).or_default() += charged;
        }
        Some(())
    }
}

/// The first minute a flat price no longer covers, as far as it matters.
fn flat_end(flat: &Flat, arrival: i64, end: i64, local: &dyn Fn(i64) -> DateTime) -> i64 {
    match flat.ends {
        Ends::Never => end,
        Ends::Covers(minutes) => arrival + i64::from(minutes),
        Ends::Until(minute) => {
            let came = local(arrival);
            let (hour, of_hour) =
                (i8::try_from(minute / 60).expect("an hour"), i8::try_from(minute % 60).expect("a minute"));
            let today = came.date().at(hour, of_hour, 0, 0);
            let until = if today > came {
                today
            } else {
                came.date().tomorrow().expect("a day").at(hour, of_hour, 0, 0)
            };
            (arrival + 1..end).find(|now| local(*now) >= until).unwrap_or(end)
        }
    }
}
