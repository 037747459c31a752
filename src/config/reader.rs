//! Reading a TOML file by hand, so that every fault is named with its line and not only the first, and an unknown key
//! with the nearest known one.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One thing wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong and what to write instead.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// The faults of a file, as a list under a head: what the file is, where it lies, what is wrong with it.
pub(super) struct Listed<'a>(pub &'static str, pub &'a Path, pub &'a [Fault]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Listed(what, path, faults) = self;
        let word = if faults.len() == 1 { "fault" } else { "faults" };
        write!(f, "the {what} {} has {} {word} to mend:", path.display(), faults.len())?;
        faults.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

/// The faults found so far, each at its byte, and the text to count lines in.
#[derive(Debug)]
struct Faults<'t> {
    text: &'t str,
    line_ends: OnceCell<Vec<usize>>,
    found: RefCell<Vec<(usize, String)>>,
}

impl<'t> Faults<'t> {
    /// Nothing found yet.
    const fn in_text(text: &'t str) -> Self {
        Self { text, line_ends: OnceCell::new(), found: RefCell::new(Vec::new()) }
    }

    /// Notes a fault at a byte of the text.
    fn note(&self, at: usize, what: impl Into<String>) {
        self.found.borrow_mut().push((at, what.into()));
    }

    /// All of them, in the order of the file.
    fn into_sorted(self) -> Vec<Fault> {
        let mut found = self.found.take();
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(at, what)| Fault { line: self.line(at), what }).collect()
    }

    /// The line of a byte, from 1. Where lines end is looked up once for all: a file that is no configuration at all has
    /// a fault at every other byte.
    fn line(&self, at: usize) -> usize {
        let ends = self.line_ends.get_or_init(|| {
            self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect()
        });
        1 + ends.partition_point(|end| *end < at)
    }
}

/// Reads the whole of a file's text: what it came to, and every fault with its line. What was read is worth something only
/// where there is no fault.
pub fn read<T>(text: &str, whole: impl for<'a, 't> FnOnce(&Section<'a, 't>) -> T) -> (T, Vec<Fault>) {
    let faults = Faults::in_text(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        faults.note(error.span().map_or(0, |span| span.start), error.message());
    }
    let read = whole(&Section::root(&table, &faults));
    (read, faults.into_sorted())
}

/// One table being read. When it is dropped, keys nobody asked for are faults.
pub struct Section<'a, 't> {
    name: String,
    at: usize,
    table: Option<&'a DeTable<'t>>,
    asked: RefCell<BTreeSet<String>>,
    faults: &'a Faults<'t>,
}

impl<'a, 't> Section<'a, 't> {
    /// The whole file.
    fn root(table: &'a Spanned<DeTable<'t>>, faults: &'a Faults<'t>) -> Self {
        Self { name: String::new(), at: 0, table: Some(table.get_ref()), asked: RefCell::default(), faults }
    }

    /// A table below this one; an absent one is empty.
    pub fn section(&self, key: &str) -> Section<'a, 't> {
        let found = self.value(key);
        let table = found.and_then(|value| value.get_ref().as_table());
        if let (Some(value), None) = (found, table) {
            self.wrong(value, key, "a section");
        }
        self.below(key, found.map_or(self.at, |value| value.span().start), table)
    }

    /// A list of tables below this one.
    pub fn sections(&self, key: &str) -> Vec<Section<'a, 't>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(value, key, "a list of sections");
            return Vec::new();
        };
        let section = |item: &'a Spanned<DeValue<'t>>| {
            let table = item.get_ref().as_table();
            if table.is_none() {
                self.wrong(item, key, "a section");
            }
            self.below(key, item.span().start, table)
        };
        array.iter().map(section).collect()
    }

    /// A text that must be there and not empty.
    pub fn text(&self, key: &str) -> String {
        match self.optional_text(key) {
            Some(text) if !text.trim().is_empty() => text,
            Some(_) => {
                self.note(key, "must not be empty");
                String::new()
            }
            None => {
                // One that is there and no text has its fault already.
                if !self.has(key) {
                    self.missing(key);
                }
                String::new()
            }
        }
    }

    /// A text that may be absent.
    pub fn optional_text(&self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(value, key, "a text in quotes");
        }
        text
    }

    /// A text that must become something else.
    pub fn parsed<T>(&self, key: &str, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let text = self.optional_text(key)?;
        match parse(&text) {
            Ok(value) => Some(value),
            Err(why) => {
                self.note(key, why);
                None
            }
        }
    }

    /// A whole number within bounds, or its default.
    pub fn number(&self, key: &str, bounds: std::ops::RangeInclusive<i64>, default: i64) -> i64 {
        let Some(value) = self.value(key) else { return default };
        let number =
            value.get_ref().as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        match number {
            Some(number) if bounds.contains(&number) => number,
            Some(_) => {
                self.note(key, format!("must be between {} and {}", bounds.start(), bounds.end()));
                default
            }
            None => {
                self.wrong(value, key, "a whole number");
                default
            }
        }
    }

    /// Yes or no, or its default.
    pub fn flag(&self, key: &str, default: bool) -> bool {
        let Some(value) = self.value(key) else { return default };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(value, key, "true or false");
            default
        })
    }

    /// A list of texts.
    pub fn texts(&self, key: &str) -> Vec<String> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let texts = value.get_ref().as_array().and_then(|array| {
            array.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        });
        texts.unwrap_or_else(|| {
            self.wrong(value, key, "a list of texts");
            Vec::new()
        })
    }

    /// Every key with its text; for tables whose keys are data.
    pub fn entries(&self) -> Vec<(String, String)> {
        let keys: Vec<String> =
            self.table.into_iter().flatten().map(|(key, _)| key.get_ref().to_string()).collect();
        keys.into_iter().filter_map(|key| self.optional_text(&key).map(|text| (key, text))).collect()
    }

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.contains_key(key))
    }

    /// Whether a key holds a section and not a value.
    pub fn is_section(&self, key: &str) -> bool {
        self.table.and_then(|table| table.get(key)).is_some_and(|value| value.get_ref().is_table())
    }

    /// Whether the section itself is there; reading one that is not finds nothing.
    pub const fn is_there(&self) -> bool {
        self.table.is_some()
    }

    /// Its line in the file, from 1.
    pub fn line(&self) -> usize {
        self.faults.line(self.at)
    }

    /// Notes that something is wrong with a key.
    pub fn note(&self, key: &str, what: impl fmt::Display) {
        let at = self.value(key).map_or(self.at, |value| value.span().start);
        let what = what.to_string();
        let gap = if what.starts_with(':') { "" } else { " " };
        self.faults.note(at, format!("{}{gap}{what}", self.path(key)));
    }

    /// Notes that a key must be there.
    pub fn missing(&self, key: &str) {
        self.faults.note(self.at, format!("{} is missing", self.path(key)));
    }

    fn below(&self, key: &str, at: usize, table: Option<&'a DeTable<'t>>) -> Section<'a, 't> {
        Section { name: self.path(key), at, table, asked: RefCell::default(), faults: self.faults }
    }

    fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'t>>> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.table?.get(key)
    }

    fn wrong(&self, value: &Spanned<DeValue<'t>>, key: &str, wanted: &str) {
        self.faults.note(value.span().start, format!("{} must be {wanted}", self.path(key)));
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    fn unknown(&self, key: &str, at: usize) {
        let asked = self.asked.borrow();
        let nearest = asked
            .iter()
            .map(|known| (strsim::jaro_winkler(known, key), known))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let hint = match nearest {
            Some((likeness, known)) if likeness > 0.75 => format!("; did you mean {known}?"),
            _ => String::new(),
        };
        self.faults.note(at, format!("{} is not a setting{hint}", self.path(key)));
    }
}

impl Drop for Section<'_, '_> {
    fn drop(&mut self) {
        for (key, _) in self.table.into_iter().flatten() {
            if !self.asked.borrow().contains(key.get_ref().as_ref()) {
                self.unknown(key.get_ref(), key.span().start);
            }
        }
    }
}
