//! Whatever answers a finger also answers a program and a screen reader: in the files of the screen, every element with the
//! role of a control has an id, a label and an action, and every place that can be touched belongs to one.

use std::fs;
use std::path::{Path, PathBuf};

/// The roles of what a person acts on.
const CONTROLS: [&str; 7] = ["button", "tab", "checkbox", "radio-button", "switch", "slider", "text-input"];

/// An element as it stands in a file: what it is, and the names and values of what is bound in it.
struct Element {
    kind: String,
    line: usize,
    /// The element around it, by its place in the list.
    parent: Option<usize>,
    bindings: Vec<(String, String)>,
}

impl Element {
    fn bound(&self, name: &str) -> Option<&str> {
        self.bindings.iter().find(|(bound, _)| bound == name).map(|(_, value)| value.as_str())
    }

    fn is_control(&self) -> bool {
        let role = self.bound("accessible-role").unwrap_or_default();
        CONTROLS.contains(&role.trim_start_matches("AccessibleRole."))
    }
}

/// Blanks what stands in quotes and in comments, so that only the structure is left; lines stay where they are.
fn structure(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut chars = source.chars().peekable();
    let (mut in_text, mut in_comment) = (false, false);
    while let Some(c) = chars.next() {
        match c {
            '\n' => (in_comment, in_text) = (false, false),
            '\\' if in_text => drop(chars.next()),
            '"' if !in_comment => in_text = !in_text,
            '/' if !in_text && chars.peek() == Some(&'/') => in_comment = true,
            _ => {}
        }
        out.push(if c == '\n' || !(in_text || in_comment) { c } else { '·' });
    }
    out
}

/// The elements of a file, outermost first. A block is an element when a name that begins with a capital stands before its
/// brace.
fn elements(source: &str) -> Vec<Element> {
    let text = structure(source);
    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<Option<usize>> = Vec::new();
    let (mut said, mut line) = (String::new(), 1);
    for c in text.chars() {
        match c {
            '{' => {
                let within = open.iter().rev().flatten().next().copied();
                let handler = said
                    .trim_end()
                    .ends_with("=>")
                    .then(|| said.trim().trim_end_matches("=>").trim().to_owned());
                let kind = said.split_whitespace().last().unwrap_or_default().to_owned();
                if let (Some(handler), Some(at)) = (handler, within) {
                    let name = handler.split('(').next().unwrap_or_default().to_owned();
                    found[at].bindings.push((name, "=>".to_owned()));
                    open.push(None);
                } else if kind.starts_with(char::is_uppercase)
                    && !said.contains("struct")
                    && !said.contains("enum")
                {
                    // Inside a handler nothing is an element.
                    let dead = open.last().is_some_and(Option::is_none);
                    if dead {
                        open.push(None);
                    } else {
                        found.push(Element { kind, line, parent: within, bindings: Vec::new() });
                        open.push(Some(found.len() - 1));
                    }
                } else {
                    open.push(None);
                }
                said.clear();
            }
            '}' => {
                open.pop();
                said.clear();
            }
            ';' => {
                if let (Some(Some(at)), Some((name, value))) = (open.last(), said.split_once(':')) {
                    let name = name.split_whitespace().last().unwrap_or_default().to_owned();
                    found[*at].bindings.push((name, value.trim().to_owned()));
                }
                said.clear();
            }
            _ => {
                line += usize::from(c == '\n');
                said.push(c);
            }
        }
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of the screen").flatten();
    entries
        .flat_map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { vec![entry.path()] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "slint"))
        .collect()
}

/// What is missing, in words.
fn faults(file: &str, source: &str) -> Vec<String> {
    let elements = elements(source);
    let mut faults = Vec::new();
    for (at, element) in elements.iter().enumerate() {
        let place = format!("{file}:{}: {}", element.line, element.kind);
        if element.is_control() {
            let must = ["accessible-id", "accessible-label", "accessible-action-default"];
            let missing = must.into_iter().filter(|name| element.bound(name).is_none());
            faults.extend(missing.map(|name| format!("{place} is a control without {name}")));
        }
        let acts = element.bound("clicked").is_some() || element.bound("pointer-event").is_some();
        if element.kind == "TouchArea" && acts {
            let mut around = Some(at);
            while let Some(here) = around
                && !elements[here].is_control()
            {
                around = elements[here].parent;
            }
            if around.is_none() {
                faults.push(format!("{place} is touched and belongs to no control"));
            }
        }
    }
    faults
}

#[test]
fn every_control_has_an_id_a_label_and_an_action() {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let found: Vec<String> = files(&ui)
        .iter()
        .flat_map(|file| {
            let source = fs::read_to_string(file).expect("a file of the screen");
            faults(&file.display().to_string(), &source)
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_has_no_name_is_found() {
    let bad = "component A inherits Rectangle {\n  accessible-role: button;\n  accessible-id: \"a\";\n  TouchArea { clicked => { if x { y(); } } }\n}\n\
               component B inherits Rectangle { TouchArea { clicked => { z(); } } }";
    let found = faults("x", bad);
    let lacks = |word: &str| found.iter().any(|fault| fault.contains(word));
    assert!(lacks("without accessible-label") && lacks("without accessible-action-default"), "{found:?}");
    assert!(lacks("belongs to no control") && found.len() == 3, "{found:?}");
}
