//! The tariff's file, TOML: every fault is named with its line. The words are explained in
//! `config/tariffs/every-part.toml`.

use super::reader::{self, Fault, Listed, Section};
use crate::domain::money::Cents;
use crate::domain::tariff::rules::{
    AfterCap, BANDS_MAX, Band, CapDay, DayCap, Flat, FlatEnd, LIST_MAX, Outside, RULE_MINUTES_MAX, Rules,
    Tariff, UnitPrice, UnitRule, VehicleClass, Version, WINDOWS_MAX, Window,
};
use crate::domain::tariff::timetable::{Days, Holiday, Hours, Timetable};
use crate::domain::text::Name;
use crate::domain::time::ATHENS;
use jiff::civil::{Date, DateTime};
use jiff::tz::AmbiguousOffset;
use jiff::{Span, Timestamp};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A tariff that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TariffError {
    /// The file cannot be read.
    #[error("the tariff {0} cannot be read: check the path and its permissions")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// It has faults.
    #[error("{}", Listed("tariff", .0, .1))]
    Faults(PathBuf, Vec<Fault>),
}

impl Tariff {
    /// Reads a file. It may still have gaps: [`crate::domain::tariff::check`] finds them.
    ///
    /// # Errors
    /// Every fault, with its line.
    pub fn load(path: &Path) -> Result<Self, TariffError> {
        let text = std::fs::read_to_string(path).map_err(|e| TariffError::Unreadable(path.to_owned(), e))?;
        Self::parse(&text).map_err(|faults| TariffError::Faults(path.to_owned(), faults))
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// Every fault, with its line.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let (tariff, found) = reader::read(text, tariff);
        if found.is_empty() { Ok(tariff) } else { Err(found) }
    }
}

fn tariff(root: &Section<'_, '_>) -> Tariff {
    let code = root.text("code");
    if code.len() > 20 || !code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        root.note("code", "must be up to twenty Latin letters, digits and dashes");
    }
    let name = Name::new(&root.text("el"), &root.text("en"));
    let mut versions = list(root, "versions", LIST_MAX, version);
    if versions.is_empty() {
        root.missing("versions");
    }
    versions.sort_by_key(|version| version.from);
    for pair in versions.windows(2) {
        if pair[0].from == pair[1].from || pair[0].id == pair[1].id {
            root.note("versions", format!("has two that begin on one day or have one name: {}", pair[1].id));
        }
    }
    Tariff { code, name, versions }
}

/// What is read of a list of sections, which nobody by hand makes longer than `most`.
fn list<T>(
    section: &Section<'_, '_>,
    key: &str,
    most: usize,
    read: impl Fn(&Section<'_, '_>) -> T,
) -> Vec<T> {
    let mut list: Vec<T> = section.sections(key).iter().map(read).collect();
    if list.len() > most {
        section.note(key, format!("has {}; at most {most} are possible", list.len()));
        list.truncate(most);
    }
    list
}

fn version(section: &Section<'_, '_>) -> Version {
    let id = section.text("version");
    let from = required(section, "from", first_instant).unwrap_or(Timestamp::MIN);
    let holidays = holidays(section);
    let exit_grace = minutes(section, "exit_grace").unwrap_or(0);
    let lost_ticket = section.parsed("lost_ticket", price);
    let base = rules(section, None);
    let apart = section.section("classes");
    let mut classes = BTreeMap::new();
    for class in VehicleClass::ALL {
        let section = apart.section(class.code());
        let own = rules(&section, Some(&base));
        if apart.has(class.code()) {
            classes.insert(class, own);
        }
    }
    Version { id, from, holidays, exit_grace, lost_ticket, rules: base, classes, line: section.line() }
}

/// The rules of a section; what a class does not name is as for all.
fn rules(section: &Section<'_, '_>, base: Option<&Rules>) -> Rules {
    let inherited = |key| base.filter(|_| !section.has(key));
    let windows = windows(section);
    let windows = inherited("windows").map_or(windows, |base| base.windows.clone());
    let bands = bands(section);
    let flats = flats(section);
    let step = section.section("step");
    let step_price = section.has("step").then(|| unit(&step));
    let cap = section.section("day_cap");
    let day_cap = day_cap(&cap);
    let without = base.map(|_| without(section)).unwrap_or_default();
    let kept = |key| base.filter(|_| !without.iter().any(|word| word == key));
    let flag = |key, of: fn(&Rules) -> bool| section.flag(key, base.is_some_and(of));
    let rules = Rules {
        turnaround: minutes(section, "turnaround").or(base.map(|base| base.turnaround)).unwrap_or(0),
        tolerance: minutes(section, "tolerance").or(base.map(|base| base.tolerance)).unwrap_or(0),
        bands: inherited("bands").map_or(bands, |base| base.bands.clone()),
        step: step_price.or(kept("step").and_then(|base| base.step)),
        outside: choice(section, "outside_windows", &OUTSIDE)
            .or(base.map(|base| base.outside))
            .unwrap_or_default(),
        unit_rule: choice(section, "units_at_edges", &[("whole", UnitRule::Start), ("cut", UnitRule::Cut)])
            .or(base.map(|base| base.unit_rule))
            .unwrap_or_default(),
        pro_rata: flag("pro_rata", |base| base.pro_rata),
        day_cap: section
            .has("day_cap")
            .then_some(day_cap)
            .or(kept("day_cap").map(|base| base.day_cap))
            .flatten(),
        flats: inherited("flats").map_or(flats, |base| base.flats.clone()),
        timetable: Timetable::new(&windows),
        windows,
    };
    agree(section, &rules);
    rules
}

/// What becomes of a unit that begins in no window while there is no step.
const OUTSIDE: [(&str, Outside); 2] = [("free", Outside::Free), ("unpriced", Outside::Unpriced)];

/// What holds for all, but not for this class.
fn without(section: &Section<'_, '_>) -> Vec<String> {
    let words = section.texts("without");
    for word in &words {
        if !["step", "day_cap"].contains(&word.as_str()) {
            section.note("without", format!("{word:?} must be step or day_cap"));
        } else if section.has(word) {
            section.note("without", format!("names {word}, which stands beside it: say one of them"));
        }
    }
    words
}

/// What cannot stand together.
fn agree(section: &Section<'_, '_>, rules: &Rules) {
    if !rules.pro_rata || !section.is_there() {
        return;
    }
    if rules.tolerance > 0 {
        section.note("pro_rata", "cannot stand with tolerance: by the minute there is no edge to forgive");
    }
    let units = rules.windows.iter().map(|window| &window.unit).chain(&rules.step);
    for unit in units.filter(|unit| 1440 % unit.each != 0) {
        let what = format!(
            "needs units that divide a day, like 10 min, 30 min, 1 h or 24 h; line {} has {} min",
            unit.line, unit.each
        );
        section.note("pro_rata", what);
    }
}

fn bands(section: &Section<'_, '_>) -> Vec<Band> {
    let longest = Cell::new(0);
    list(section, "bands", BANDS_MAX, |section| {
        let before = longest.get();
        let up_to = required(section, "up_to", length).unwrap_or(before + 1);
        longest.set(up_to);
        if up_to <= before {
            section.note("up_to", "must be longer than in the band before");
        }
        let price = required(section, "price", price).unwrap_or_default();
        Band { up_to, price, line: section.line() }
    })
}

fn unit(section: &Section<'_, '_>) -> UnitPrice {
    let each = required(section, "each", length).unwrap_or(1);
    UnitPrice { each, price: required(section, "price", price).unwrap_or_default(), line: section.line() }
}

fn windows(section: &Section<'_, '_>) -> Vec<Window> {
    let window = |section: &Section<'_, '_>| Window {
        name: name(section),
        hours: hours(section),
        unit: unit(section),
        cap: section.parsed("cap", price),
    };
    list(section, "windows", WINDOWS_MAX, window)
}

fn flats(section: &Section<'_, '_>) -> Vec<Flat> {
    let flat = |section: &Section<'_, '_>| {
        let until = section.parsed("until", |text| clock(text, 1439));
        let covers = section.parsed("covers", length);
        if section.has("until") && section.has("covers") {
            section.note("covers", "cannot stand with until: say one of them");
        }
        Flat {
            name: name(section),
            hours: hours(section),
            price: required(section, "price", price).unwrap_or_default(),
            ends: until.map(FlatEnd::At).or(covers.map(FlatEnd::After)).unwrap_or(FlatEnd::Never),
            line: section.line(),
        }
    };
    list(section, "flats", LIST_MAX, flat)
}

fn day_cap(section: &Section<'_, '_>) -> Option<DayCap> {
    let most = section.parsed("price", price);
    let day =
        choice(section, "day", &[("from-arrival", CapDay::FromArrival), ("calendar", CapDay::Calendar)]);
    let after = choice(section, "after", &[("continue", AfterCap::Continue), ("restart", AfterCap::Restart)]);
    // An absent section has no keys, and misses none.
    if section.is_there() {
        ["price", "day", "after"]
            .into_iter()
            .filter(|key| !section.has(key))
            .for_each(|key| section.missing(key));
    }
    Some(DayCap { price: most?, day: day?, after: after?, line: section.line() })
}

fn name(section: &Section<'_, '_>) -> Name {
    let text = |key| section.optional_text(key).unwrap_or_default();
    let name = Name::new(&text("el"), &text("en"));
    if name.el.is_empty() != name.en.is_empty() {
        section.missing(if name.el.is_empty() { "el" } else { "en" });
    }
    name
}

/// Hours of certain days: `days`, `from`, `to`.
pub(super) fn hours(section: &Section<'_, '_>) -> Hours {
    let from = required(section, "from", |text| clock(text, 1439)).unwrap_or(0);
    let to = required(section, "to", |text| clock(text, 1440)).unwrap_or(0);
    Hours { days: days(section), from, to }
}

fn days(section: &Section<'_, '_>) -> Days {
    let words = section.texts("days");
    if !section.has("days") {
        return Days::ALL;
    }
    let place = |word: &str| Days::WORDS.iter().position(|known| *known == word);
    let mut days = Days::NONE;
    for word in &words {
        let (first, last) = word.split_once('-').unwrap_or((word, word));
        match (place(first), place(last)) {
            (Some(first), Some(last)) if first <= last => days = days.and_between(first, last),
            _ => section.note(
                "days",
                format!("{word:?} must be one of {}, or two weekdays like mon-fri", Days::WORDS.join(", ")),
            ),
        }
    }
    if words.is_empty() {
        section.note("days", "must name a day; left out, it is every day");
    }
    days
}

fn holidays(section: &Section<'_, '_>) -> Vec<Holiday> {
    let mut words = section.texts("holidays");
    if words.len() > LIST_MAX {
        section.note("holidays", format!("has {}; at most {LIST_MAX} are possible", words.len()));
        words.truncate(LIST_MAX);
    }
    let holiday = |word: &String| {
        let holiday = holiday(word);
        if holiday.is_none() {
            let what = format!("{word:?} must be like 03-25, 2026-08-15, easter-48 or easter+1");
            section.note("holidays", what);
        }
        holiday
    };
    words.iter().filter_map(holiday).collect()
}

fn holiday(word: &str) -> Option<Holiday> {
    if let Some(days) = word.strip_prefix("easter") {
        let days: i16 = if days.is_empty() { 0 } else { days.parse().ok()? };
        let signed = days == 0 || word.contains(['+', '-']);
        return (signed && days.abs() <= 70).then_some(Holiday::Easter(days));
    }
    if let Ok(date) = word.parse::<Date>() {
        return Some(Holiday::Once(date));
    }
    let (month, day) = word.split_once('-')?;
    let two = |text: &str| (text.len() == 2).then(|| text.parse::<i8>().ok()).flatten();
    // The 29th of February is one, in the years that have it.
    let date = Date::new(2024, two(month)?, two(day)?).ok()?;
    Some(Holiday::Yearly { month: date.month(), day: date.day() })
}

/// A word of a list.
fn choice<T: Copy>(section: &Section<'_, '_>, key: &str, choices: &[(&str, T)]) -> Option<T> {
    section.parsed(key, |text| {
        choices.iter().find(|(word, _)| *word == text).map(|(_, value)| *value).ok_or_else(|| {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            format!("must be {}", words.join(" or "))
        })
    })
}

/// A text that must be there, and become something else.
fn required<T>(section: &Section<'_, '_>, key: &str, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
    if section.is_there() && !section.has(key) {
        section.missing(key);
    }
    section.parsed(key, parse)
}

fn minutes(section: &Section<'_, '_>, key: &str) -> Option<u32> {
    section.parsed(key, duration)
}

/// `90 min`, `1 h 30 min`, `7 days`; a day is 24 hours.
fn duration(text: &str) -> Result<u32, String> {
    let bad = || "must be a duration in quotes, like \"10 min\", \"1 h 30 min\" or \"7 days\"".to_owned();
    let span: Span = text.parse().map_err(|_| bad())?;
    let days = i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
    let minutes = (days * 24 + i64::from(span.get_hours())) * 60 + span.get_minutes();
    // Anything in other units is not in the sum.
    let same = Span::new()
        .try_weeks(span.get_weeks())
        .and_then(|whole| whole.try_days(span.get_days()))
        .and_then(|whole| whole.try_hours(span.get_hours()))
        .and_then(|whole| whole.try_minutes(span.get_minutes()))
        .is_ok_and(|whole| whole.fieldwise() == span.fieldwise());
    let minutes = u32::try_from(minutes).ok().filter(|_| same).ok_or_else(bad)?;
    if minutes > RULE_MINUTES_MAX { Err("must not be longer than 366 days".to_owned()) } else { Ok(minutes) }
}

/// A duration that is not nothing.
fn length(text: &str) -> Result<u32, String> {
    duration(text)
        .and_then(|minutes| if minutes == 0 { Err("must not be 0".to_owned()) } else { Ok(minutes) })
}

/// `06:00`, as a minute of the day.
fn clock(text: &str, most: u16) -> Result<u16, String> {
    let two = |text: &str| {
        let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<u16>().ok()).flatten()
    };
    let read = || {
        let (hours, minutes) = text.split_once(':')?;
        let (hours, minutes) = (two(hours)?, two(minutes)?);
        Some(hours * 60 + minutes).filter(|minute| minutes < 60 && *minute <= most)
    };
    let last = if most == 1440 { "24:00" } else { "23:59" };
    read().ok_or_else(|| format!("must be a time like \"06:00\", up to {last}"))
}

fn price(text: &str) -> Result<Cents, String> {
    let amount: Cents = text.parse().map_err(|bad| format!(": {bad}"))?;
    if amount < Cents::ZERO { Err("must not be below zero".to_owned()) } else { Ok(amount) }
}

/// The first instant of a day in Athens, or a minute.
fn first_instant(text: &str) -> Result<Timestamp, String> {
    let bad = || {
        "must be a date in quotes, like \"2026-01-01\", or with a time, like \"2026-01-01T14:00\"".to_owned()
    };
    // A text with a time is a date, too, for whoever reads only that.
    if !text.contains('T') {
        let date: Date = text.parse().map_err(|_| bad())?;
        return ATHENS.to_timestamp(date.at(0, 0, 0, 0)).map_err(|_| bad());
    }
    let from = instant(text).map_err(|why| format!(": {why}"))?;
    if from.as_millisecond() % 60_000 == 0 { Ok(from) } else { Err("must be a whole minute".to_owned()) }
}

/// An instant with its offset, or a time on Athens' clock that exists, and only once.
///
/// # Errors
/// With a sentence that says how to write it.
pub fn instant(text: &str) -> Result<Timestamp, String> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant);
    }
    let local: DateTime = text.parse().map_err(|_| "write it like 2026-03-14T19:30".to_owned())?;
    let found = ATHENS.to_ambiguous_timestamp(local);
    match found.offset() {
        AmbiguousOffset::Unambiguous { .. } => found.compatible().map_err(|e| e.to_string()),
        AmbiguousOffset::Gap { .. } => {
            Err("the clocks go forward over this time: there is none such in Athens".to_owned())
        }
        AmbiguousOffset::Fold { before, after } => Err(format!(
            "the clocks go back and show this time twice: write {text}{before} for the first, {text}{after} for the second"
        )),
    }
}
