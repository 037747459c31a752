//! What a camera says as names and values: [`Fields`], out of XML, of JSON, or of lines. Any bytes are read.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

/// More names than any camera sends.
const FIELDS_MAX: usize = 4096;

/// Nothing a camera says lies deeper.
const DEPTH_MAX: usize = 32;

/// Names with dots between their parts, such as `ANPR.licensePlate` or `Events[0].Lane`, and values, in the camera's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// What is said, in whatever form; empty when it is none of them.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        match text.chars().next() {
            Some('<') => Self::of_xml(text),
            Some('{' | '[') => Self::of_json(text),
            _ => Self::of_lines(text),
        }
    }

    /// XML, without its outermost element in the names. What stands before an error holds.
    #[must_use]
    pub fn of_xml(text: &str) -> Self {
        let mut reader = Reader::from_str(text);
        let (mut fields, mut path, mut said) = (Self::default(), Vec::new(), String::new());
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Eof => break,
                Event::Start(element) if path.len() < DEPTH_MAX => {
                    path.push(element.local_name().as_ref().to_owned());
                    said.clear();
                }
                Event::Start(_) => break,
                Event::End(_) => {
                    if path.len() > 1 && !said.trim().is_empty() {
                        fields.add(path[1..].join("."), said.trim());
                    }
                    said.clear();
                    path.pop();
                }
                Event::Text(text) => said += &text.xml10_content(),
                Event::CData(text) => said += &text.xml10_content(),
                Event::GeneralRef(name) => said.extend(entity(&name)),
                _ => {}
            }
        }
        fields
    }

    /// JSON.
    #[must_use]
    pub fn of_json(text: &str) -> Self {
        let mut fields = Self::default();
        if let Ok(value) = serde_json::from_str(text) {
            fields.add_json(String::new(), &value);
        }
        fields
    }

    /// Lines with `=` between a name and a value.
    #[must_use]
    pub fn of_lines(text: &str) -> Self {
        let mut fields = Self::default();
        for (name, value) in text.lines().filter_map(|line| line.split_once('=')) {
            fields.add(name.trim().to_owned(), value.trim());
        }
        fields
    }

    /// The first value of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first value of the first of these names that has one.
    #[must_use]
    pub fn any(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }

    /// How many names begin so.
    #[must_use]
    pub fn count(&self, beginning: &str) -> usize {
        self.0.iter().filter(|(name, _)| name.starts_with(beginning)).count()
    }

    /// Whether nothing is said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn add(&mut self, name: String, value: &str) {
        if self.0.len() < FIELDS_MAX {
            self.0.push((name, value.to_owned()));
        }
    }

    /// serde_json itself goes no deeper than 128.
    fn add_json(&mut self, name: String, value: &Value) {
        match value {
            Value::Null => {}
            Value::Bool(value) => self.add(name, &value.to_string()),
            Value::Number(value) => self.add(name, &value.to_string()),
            Value::String(value) => self.add(name, value),
            Value::Array(values) => {
                let named = values.iter().enumerate().take(FIELDS_MAX);
                named.for_each(|(at, value)| self.add_json(format!("{name}[{at}]"), value));
            }
            Value::Object(values) => {
                let dot = if name.is_empty() { "" } else { "." };
                values.iter().for_each(|(key, value)| self.add_json(format!("{name}{dot}{key}"), value));
            }
        }
    }
}

fn entity(name: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if name.is_char_ref() {
        return name.resolve_char_ref().ok().flatten();
    }
    match &**name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
