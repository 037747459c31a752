//! A tariff as the text of its file, in the words [`crate::config::tariff`] reads: what is written and read again prices every
//! stay as before. One tariff has one text, so two are the same exactly where their texts are.

use super::rules::{
    AfterCap, CapDay, DayCap, Flat, FlatEnd, Outside, Rules, Tariff, UnitPrice, UnitRule, Version, Window,
};
use super::timetable::{Days, Holiday, Hours};
use crate::domain::text::Name;
use crate::domain::time::{ATHENS, Stamp};
use jiff::Timestamp;
use std::fmt::Write as _;

impl Tariff {
    /// The text of its file.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        line(&mut text, "code", &quoted(&self.code));
        line(&mut text, "el", &quoted(self.name.el.as_str()));
        line(&mut text, "en", &quoted(self.name.en.as_str()));
        for version in &self.versions {
            text.push_str("\n[[versions]]\n");
            line(&mut text, "version", &quoted(&version.id));
            line(&mut text, "from", &quoted(&instant(version.from)));
            text.push_str(&version.to_text());
        }
        text
    }

    /// A tariff with this version alone that holds since ever: what a stay would cost under it, whenever it begins.
    #[must_use]
    pub fn of_one(&self, version: &Version) -> Self {
        let versions = vec![Version { from: Timestamp::UNIX_EPOCH, ..version.clone() }];
        Self { code: self.code.clone(), name: self.name.clone(), versions }
    }
}

impl Version {
    /// Everything that makes prices, without its name and its date.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        whole(&mut text, &self.rules);
        let holidays: Vec<String> = self.holidays.iter().map(|day| quoted(&holiday(*day))).collect();
        if !holidays.is_empty() {
            line(&mut text, "holidays", &format!("[{}]", holidays.join(", ")));
        }
        if self.exit_grace > 0 {
            line(&mut text, "exit_grace", &quoted(&duration(self.exit_grace)));
        }
        if let Some(fee) = self.lost_ticket {
            line(&mut text, "lost_ticket", &quoted(&fee.with_point()));
        }
        for (class, own) in &self.classes {
            let _ = write!(text, "\n[versions.classes.{}]\n", class.code());
            apart(&mut text, own, &self.rules);
        }
        text
    }

    /// Whether it prices every stay as another does, by the same rules.
    pub fn is_like(&self, other: &Self) -> bool {
        self.to_text() == other.to_text()
    }
}

/// The rules for all: what is not said is nothing.
fn whole(text: &mut String, rules: &Rules) {
    let none = Rules::default();
    for (key, value) in values(rules) {
        let unsaid = values(&none).into_iter().any(|(other, nothing)| other == key && nothing == value);
        if let Some(value) = value.filter(|_| !unsaid) {
            line(text, key, &value);
        }
    }
}

/// The rules of a class that is priced apart: what is not said is as for all.
fn apart(text: &mut String, own: &Rules, all: &Rules) {
    let mut without = Vec::new();
    for ((key, value), (_, base)) in values(own).into_iter().zip(values(all)) {
        match value {
            value if value == base => {}
            Some(value) => line(text, key, &value),
            None => without.push(quoted(key)),
        }
    }
    if !without.is_empty() {
        line(text, "without", &format!("[{}]", without.join(", ")));
    }
}

/// Every rule by its word in the file; nothing where there is no such rule.
fn values(rules: &Rules) -> [(&'static str, Option<String>); 10] {
    let bands = rules.bands.iter().map(|band| {
        format!(
            "{{ up_to = {}, price = {} }}",
            quoted(&duration(band.up_to)),
            quoted(&band.price.with_point())
        )
    });
    let outside = match rules.outside {
        Outside::Unpriced => "unpriced",
        Outside::Free => "free",
    };
    let edges = match rules.unit_rule {
        UnitRule::Start => "whole",
        UnitRule::Cut => "cut",
    };
    [
        ("turnaround", Some(quoted(&duration(rules.turnaround)))),
        ("tolerance", Some(quoted(&duration(rules.tolerance)))),
        ("bands", Some(list(bands.collect()))),
        ("step", rules.step.as_ref().map(|step| format!("{{ {} }}", unit(step)))),
        ("windows", Some(list(rules.windows.iter().map(window).collect()))),
        ("outside_windows", Some(quoted(outside))),
        ("units_at_edges", Some(quoted(edges))),
        ("pro_rata", Some(rules.pro_rata.to_string())),
        ("day_cap", rules.day_cap.as_ref().map(day_cap)),
        ("flats", Some(list(rules.flats.iter().map(flat).collect()))),
    ]
}

fn unit(unit: &UnitPrice) -> String {
    format!("each = {}, price = {}", quoted(&duration(unit.each)), quoted(&unit.price.with_point()))
}

fn window(window: &Window) -> String {
    let cap = window.cap.map(|cap| format!(", cap = {}", quoted(&cap.with_point()))).unwrap_or_default();
    format!("{{ {}{}, {}{cap} }}", name(&window.name), hours(&window.hours), unit(&window.unit))
}

fn flat(flat: &Flat) -> String {
    let ends = match flat.ends {
        FlatEnd::Never => String::new(),
        FlatEnd::After(minutes) => format!(", covers = {}", quoted(&duration(minutes))),
        FlatEnd::At(minute) => format!(", until = {}", quoted(&clock(minute))),
    };
    let price = quoted(&flat.price.with_point());
    format!("{{ {}{}, price = {price}{ends} }}", name(&flat.name), hours(&flat.hours))
}

fn day_cap(cap: &DayCap) -> String {
    let day = match cap.day {
        CapDay::FromArrival => "from-arrival",
        CapDay::Calendar => "calendar",
    };
    let after = match cap.after {
        AfterCap::Continue => "continue",
        AfterCap::Restart => "restart",
    };
    let price = quoted(&cap.price.with_point());
    format!("{{ price = {price}, day = {}, after = {} }}", quoted(day), quoted(after))
}

/// A name before what it names; nothing where it is called by its hours.
fn name(name: &Name) -> String {
    if name.el.is_empty() {
        return String::new();
    }
    format!("el = {}, en = {}, ", quoted(name.el.as_str()), quoted(name.en.as_str()))
}

fn hours(hours: &Hours) -> String {
    let (from, to) = (quoted(&clock(hours.from)), quoted(&clock(hours.to)));
    if hours.days == Days::ALL {
        return format!("from = {from}, to = {to}");
    }
    let days: Vec<String> = hours.days.words().into_iter().map(quoted).collect();
    format!("days = [{}], from = {from}, to = {to}", days.join(", "))
}

fn holiday(day: Holiday) -> String {
    match day {
        Holiday::Yearly { month, day } => format!("{month:02}-{day:02}"),
        Holiday::Once(date) => date.to_string(),
        Holiday::Easter(0) => "easter".to_owned(),
        Holiday::Easter(days) => format!("easter{days:+}"),
    }
}

/// A day where it begins with one, else the minute with the offset Athens has at it.
fn instant(from: Timestamp) -> String {
    let stamp = Stamp::new(from);
    if Stamp::midnight(stamp.date()).is_some_and(|midnight| midnight.utc == from) {
        return stamp.date().to_string();
    }
    // Athens has been whole hours from London for as long as there are tariffs.
    let hours = ATHENS.to_offset(from).seconds() / 3600;
    format!("{}{hours:+03}:00", stamp.local().strftime("%Y-%m-%dT%H:%M"))
}

fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) if hours >= 48 && hours % 24 == 0 => format!("{} days", hours / 24),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn list(items: Vec<String>) -> String {
    if items.is_empty() { "[]".to_owned() } else { format!("[\n  {},\n]", items.join(",\n  ")) }
}

fn line(text: &mut String, key: &str, value: &str) {
    let _ = writeln!(text, "{key} = {value}");
}

/// A text as TOML writes it. Names have no control characters left; one that had would still be read again as it is.
fn quoted(raw: &str) -> String {
    let mut text = String::from("\"");
    for c in raw.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c.is_control() => _ = write!(text, "\\u{:04X}", u32::from(c)),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}
