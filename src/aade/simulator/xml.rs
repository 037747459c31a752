//! The simulators' own reading of XML, with namespaces, apart from the reader of answers: a mistake in one must
//! show against the other.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use serde::{Deserialize, Serialize};

/// Deeper documents are refused.
const DEPTH_MAX: usize = 16;

/// An element with its namespace.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) namespace: String,
    /// Attributes that are neither namespace declarations nor of XML Schema's own.
    pub(crate) attributes: Vec<String>,
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
}

impl Node {
    /// The first child of a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Every child of a name.
    pub(crate) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The trimmed text of the first child of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim())
    }

    /// The trimmed text of every child of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.children(name).map(|child| child.text.trim())
    }
}

/// Reads a well-formed document; otherwise says what is wrong with it.
pub(crate) fn parse(bytes: &[u8]) -> Result<Node, String> {
    let text = std::str::from_utf8(bytes).map_err(|e| format!("the body is not UTF-8: {e}"))?;
    let mut reader = NsReader::from_str(text.trim_start_matches('\u{FEFF}'));
    let mut open: Vec<Node> = Vec::new();
    let mut root = None;
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|e| e.to_string())?;
        match event {
            Event::Start(tag) if open.len() < DEPTH_MAX && root.is_none() => {
                open.push(node(namespace, &tag)?)
            }
            Event::Empty(tag) if open.len() < DEPTH_MAX && root.is_none() => {
                close(node(namespace, &tag)?, &mut open, &mut root);
            }
            Event::Start(_) | Event::Empty(_) => {
                return Err("a second root, or too deep a nesting".to_owned());
            }
            Event::End(_) => {
                let node = open.pop().ok_or("an element is closed that was never opened")?;
                close(node, &mut open, &mut root);
            }
            Event::Text(text) => add_text(&mut open, &text.xml10_content())?,
            Event::CData(text) => add_text(&mut open, &text.xml10_content())?,
            Event::GeneralRef(name) => {
                let character = name.resolve_char_ref().map_err(|e| e.to_string())?.map(String::from);
                let entity = || quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned);
                let text =
                    character.or_else(entity).ok_or_else(|| format!("undeclared entity '{}'", &*name))?;
                add_text(&mut open, &text)?;
            }
            Event::DocType(_) => return Err("a document type is not allowed".to_owned()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof if open.is_empty() => return root.ok_or_else(|| "root element is missing".to_owned()),
            Event::Eof => return Err("unexpected end of file".to_owned()),
        }
    }
}

fn node(namespace: ResolveResult<'_>, tag: &BytesStart<'_>) -> Result<Node, String> {
    let namespace = match namespace {
        ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
        ResolveResult::Unbound => String::new(),
        ResolveResult::Unknown(prefix) => return Err(format!("'{prefix:?}' is an undeclared prefix")),
    };
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let name = attribute.map_err(|e| e.to_string())?.key.as_ref().to_owned();
        if name != "xmlns" && !name.starts_with("xmlns:") && !name.starts_with("xsi:") {
            attributes.push(name);
        }
    }
    let name = tag.local_name().as_ref().to_owned();
    Ok(Node { name, namespace, attributes, ..Node::default() })
}

fn close(node: Node, open: &mut [Node], root: &mut Option<Node>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(node),
        None => *root = Some(node),
    }
}

/// Characters XML 1.0 does not know make a document ill-formed, however they were written.
fn add_text(open: &mut [Node], text: &str) -> Result<(), String> {
    let allowed =
        |c: char| c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}') || matches!(c, '\t' | '\n' | '\r');
    if let Some(bad) = text.chars().find(|c| !allowed(*c)) {
        return Err(format!("'{}' is an invalid character", bad.escape_unicode()));
    }
    match open.last_mut() {
        Some(node) => node.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err("data at the root level is invalid".to_owned()),
    }
    Ok(())
}
