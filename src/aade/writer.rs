//! Writes documents for AADE in one canonical form: no white space between elements, no text that was not cleaned.

use crate::domain::text::Text;
use quick_xml::escape::partial_escape;
use std::fmt::{Display, Write};

/// Writes one document, element by element, without any white space between them.
pub(crate) struct DocumentWriter(String);

impl DocumentWriter {
    /// `<root xmlns=…>…</root>`.
    pub(crate) fn document(
        root: &str,
        namespaces: &[(&str, &str)],
        content: impl FnOnce(&mut Self),
    ) -> String {
        let mut writer = Self(String::with_capacity(1024));
        let _ = write!(writer.0, r#"<?xml version="1.0" encoding="UTF-8"?><{root}"#);
        for (name, namespace) in namespaces {
            let _ = write!(writer.0, r#" {name}="{namespace}""#);
        }
        writer.0.push('>');
        content(&mut writer);
        let _ = write!(writer.0, "</{root}>");
        writer.0
    }

    pub(crate) fn group(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        let _ = write!(self.0, "<{name}>");
        content(self);
        let _ = write!(self.0, "</{name}>");
    }

    /// Numbers, dates and codes: values of our own making, which need no escape.
    pub(crate) fn value(&mut self, name: &str, value: impl Display) {
        let _ = write!(self.0, "<{name}>{value}</{name}>");
    }

    pub(crate) fn optional(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.value(name, value);
        }
    }

    pub(crate) fn flag(&mut self, name: &str, on: bool) {
        if on {
            self.value(name, "true");
        }
    }

    /// Text of any origin is cleaned here once more, whoever made it: this is the last edge before the wire. What
    /// is empty is left out, for the registry refuses empty elements.
    pub(crate) fn text(&mut self, name: &str, raw: &str) {
        let clean = Text::new(raw);
        if !clean.is_empty() {
            self.value(name, partial_escape(clean.as_str()));
        }
    }

    pub(crate) fn optional_text(&mut self, name: &str, raw: Option<&str>) {
        if let Some(raw) = raw {
            self.text(name, raw);
        }
    }
}
