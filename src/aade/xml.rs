//! Reads an answer's XML into a small tree, whatever bytes come. The rule kept here: either the whole document was
//! read, closed and bounded, or there is a sentence saying why not; half a document is never believed.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Longest document read, in bytes.
pub const BYTES_MAX: usize = super::transport::REPLY_BYTES_MAX;
/// Deepest nesting read; the registry's own needs six.
pub const DEPTH_MAX: usize = 32;

/// Why bytes are no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// More than [`BYTES_MAX`].
    #[error("it is longer than {BYTES_MAX} bytes")]
    TooLong,
    /// Deeper than [`DEPTH_MAX`].
    #[error("it is nested more than {DEPTH_MAX} deep")]
    TooDeep,
    /// Not text in UTF-8.
    #[error("it is not text")]
    NotText,
    /// It declares a document type, which no answer does and which could grow without end.
    #[error("it declares a document type")]
    DocType,
    /// Not well-formed, or it ends before it is closed.
    #[error("it is not whole XML")]
    NotWhole,
}

/// An element: its name without a prefix, its own text, its children.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    /// Name without a prefix; namespaces are not looked at.
    pub name: String,
    /// Its text, entities resolved.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Element>,
}

impl Element {
    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of a name.
    pub fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The trimmed text of the first child of a name; nothing when it is empty.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.child(name).and_then(Self::own_text)
    }

    /// The trimmed text of every child of a name that has any.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.children(name).filter_map(Self::own_text)
    }

    /// The trimmed text of an element that holds nothing else: what stands around other elements is no value, or
    /// `Suc<b/>cess` would be one.
    pub fn own_text(&self) -> Option<&str> {
        Some(self.text.trim()).filter(|text| !text.is_empty() && self.children.is_empty())
    }
}

/// Reads a whole document.
///
/// # Errors
/// Says why the bytes are not one.
pub fn read(bytes: &[u8]) -> Result<Element, XmlError> {
    if bytes.len() > BYTES_MAX {
        return Err(XmlError::TooLong);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| XmlError::NotText)?;
    Builder::default().run(text.strip_prefix('\u{FEFF}').unwrap_or(text).trim_start())
}

/// The elements still open, outermost first, and the root once it was closed.
#[derive(Default)]
struct Builder {
    open: Vec<Element>,
    root: Option<Element>,
}

impl Builder {
    fn run(mut self, text: &str) -> Result<Element, XmlError> {
        let mut reader = Reader::from_str(text);
        loop {
            match reader.read_event().map_err(|_| XmlError::NotWhole)? {
                Event::Start(start) => self.start(&start)?,
                Event::Empty(start) => {
                    self.start(&start)?;
                    self.end()?;
                }
                Event::End(_) => self.end()?,
                Event::Text(text) => self.text(&text.xml10_content())?,
                Event::CData(text) => self.text(&text.xml10_content())?,
                Event::GeneralRef(name) => self.text(&resolved(&name)?)?,
                Event::DocType(_) => return Err(XmlError::DocType),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => return self.finish(),
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), XmlError> {
        if self.open.len() >= DEPTH_MAX {
            return Err(XmlError::TooDeep);
        }
        if self.root.is_some() {
            return Err(XmlError::NotWhole);
        }
        let name = start.local_name().as_ref().to_owned();
        self.open.push(Element { name, ..Element::default() });
        Ok(())
    }

    fn end(&mut self) -> Result<(), XmlError> {
        let closed = self.open.pop().ok_or(XmlError::NotWhole)?;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(closed),
            None => self.root = Some(closed),
        }
        Ok(())
    }

    /// Text outside the root may only be white space.
    fn text(&mut self, text: &str) -> Result<(), XmlError> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err(XmlError::NotWhole),
        }
        Ok(())
    }

    fn finish(self) -> Result<Element, XmlError> {
        if self.open.is_empty() { self.root.ok_or(XmlError::NotWhole) } else { Err(XmlError::NotWhole) }
    }
}

/// A character reference or one of XML's five names; there are no others without a document type.
fn resolved(name: &BytesRef<'_>) -> Result<String, XmlError> {
    if let Some(character) = name.resolve_char_ref().map_err(|_| XmlError::NotWhole)? {
        return Ok(character.to_string());
    }
    let known = quick_xml::escape::resolve_predefined_entity(name).ok_or(XmlError::NotWhole)?;
    Ok(known.to_owned())
}
