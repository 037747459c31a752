//! Many parts in one answer, one after another, for ever: `multipart/x-mixed-replace` and its like (RFC 2046, 5.1).
//!
//! Cameras write them in their own ways: the boundary with or without its dashes, lengths or none, a line break too many. What
//! is understood is the least that all of them share: a line with the boundary, lines of fields, an empty line, a body.

use super::Wrong;
use crate::camera::jpeg;

/// No part is longer.
pub const PART_MAX: usize = 16 << 20;

/// No head of a part is longer.
const HEAD_MAX: usize = 8 << 10;

/// One part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Names, as they were written, and values.
    pub fields: Vec<(String, String)>,
    /// What is in it.
    pub body: Vec<u8>,
}

impl Part {
    /// The first field of a name, whatever the case of its letters.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        let named = self.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// Whether it is a picture, as it says or as it begins.
    #[must_use]
    pub fn is_jpeg(&self) -> bool {
        let said = self.field("content-type").unwrap_or_default().to_ascii_lowercase();
        said.contains("image/") || self.body.starts_with(&[0xFF, 0xD8, 0xFF])
    }
}

/// Takes parts apart, in whatever pieces they come.
#[derive(Clone, Debug)]
pub struct Multipart {
    /// The boundary without dashes at its front.
    boundary: Vec<u8>,
    bytes: Vec<u8>,
    /// How far the bytes were searched without finding.
    searched: usize,
    state: State,
}

#[derive(Clone, Debug)]
enum State {
    /// A line with the boundary is looked for.
    Between,
    /// Fields are coming.
    Head,
    /// A body of so many bytes is coming.
    Length(Vec<(String, String)>, usize),
    /// A body is coming, until the next boundary.
    Open(Vec<(String, String)>),
    /// The last boundary has come.
    Over,
}

impl Multipart {
    /// For an answer with this content type; none when it has no parts.
    #[must_use]
    pub fn of(content_type: &str) -> Option<Self> {
        let (kind, parameters) = content_type.split_once(';')?;
        if !kind.trim().get(..10)?.eq_ignore_ascii_case("multipart/") {
            return None;
        }
        let boundary = parameters.split(';').find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"'))
        })?;
        Self::with_boundary(boundary)
    }

    /// For parts with this boundary between them.
    #[must_use]
    pub fn with_boundary(boundary: &str) -> Option<Self> {
        let boundary = boundary.trim_start_matches('-').as_bytes().to_vec();
        let fits = (1..=200).contains(&boundary.len()) && !boundary.contains(&b'\n');
        fits.then(|| Self { boundary, bytes: Vec::new(), searched: 0, state: State::Between })
    }

    /// Takes the next bytes.
    pub fn hear(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Whether the last boundary has come.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.state, State::Over)
    }

    /// The next part that is there whole.
    ///
    /// # Errors
    /// When a part has no end. Nothing more can be read then.
    pub fn part(&mut self) -> Result<Option<Part>, Wrong> {
        loop {
            let part = match std::mem::replace(&mut self.state, State::Over) {
                State::Over => {
                    self.bytes.clear();
                    return Ok(None);
                }
                State::Between => self.between(),
                State::Head => self.head()?,
                State::Length(fields, length) => self.counted(fields, length),
                State::Open(fields) => self.open(fields)?,
            };
            match part {
                Step::Part(part) => return Ok(Some(part)),
                Step::On => {}
                Step::More => return Ok(None),
            }
        }
    }

    fn between(&mut self) -> Step {
        let Some(found) = self.boundary(self.searched) else {
            // What is no boundary is nobody's; the end of it may be the beginning of one.
            let keep = self.bytes.len().min(self.boundary.len() + 80);
            self.bytes.drain(..self.bytes.len() - keep);
            self.searched = 0;
            self.state = State::Between;
            return Step::More;
        };
        self.drop_front(found.end);
        self.state = if found.last { State::Over } else { State::Head };
        Step::On
    }

    fn head(&mut self) -> Result<Step, Wrong> {
        let Some((fields, length)) = fields(&self.bytes) else {
            if self.bytes.len() > HEAD_MAX {
                return Err(Wrong("a part without an end of its fields"));
            }
            self.state = State::Head;
            return Ok(Step::More);
        };
        self.drop_front(length);
        let said = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        self.state = match said.map(|(_, length)| length.parse()) {
            Some(Ok(length)) if length > PART_MAX => return Err(Wrong("a part that is too long")),
            Some(Ok(length)) => State::Length(fields, length),
            _ => State::Open(fields),
        };
        Ok(Step::On)
    }

    fn counted(&mut self, fields: Vec<(String, String)>, length: usize) -> Step {
        if self.bytes.len() < length {
            self.state = State::Length(fields, length);
            return Step::More;
        }
        let body = self.bytes[..length].to_vec();
        self.drop_front(length);
        self.state = State::Between;
        Step::Part(Part { fields, body })
    }

    fn open(&mut self, fields: Vec<(String, String)>) -> Result<Step, Wrong> {
        let Some(found) = self.boundary(self.searched) else {
            // A picture says itself where it ends: the next one need not come first.
            if self.bytes.trim_ascii_end().ends_with(&[0xFF, 0xD9])
                && let Some(end) = picture(&fields, &self.bytes)
            {
                let body = self.bytes[..end].to_vec();
                self.drop_front(end);
                self.state = State::Between;
                return Ok(Step::Part(Part { fields, body }));
            }
            if self.bytes.len() > PART_MAX {
                return Err(Wrong("a part that is too long"));
            }
            self.searched = self.bytes.len().saturating_sub(self.boundary.len() + 80);
            self.state = State::Open(fields);
            return Ok(Step::More);
        };
        let body = &self.bytes[..found.begin];
        let body =
            body.strip_suffix(b"\n").map_or(body, |body| body.strip_suffix(b"\r").unwrap_or(body)).to_vec();
        self.drop_front(found.end);
        self.state = if found.last { State::Over } else { State::Head };
        Ok(Step::Part(Part { fields, body }))
    }

    fn drop_front(&mut self, count: usize) {
        self.bytes.drain(..count);
        self.searched = 0;
    }

    /// The first whole line from a place on that is the boundary, with or without its dashes.
    fn boundary(&self, from: usize) -> Option<Found> {
        let (bytes, length) = (&self.bytes, self.boundary.len());
        let mut at = from;
        while let Some(found) = bytes[at..].windows(length).position(|window| window == self.boundary) {
            let word = at + found;
            let dashes = bytes[..word].iter().rev().take_while(|byte| **byte == b'-').count();
            let begin = word - dashes;
            let alone = begin == 0 || bytes[begin - 1] == b'\n';
            let rest = &bytes[word + length..];
            let line = rest.iter().position(|byte| *byte == b'\n');
            let behind = rest[..line.unwrap_or(rest.len())].trim_ascii();
            let last = behind == b"--";
            let fits = alone && (behind.is_empty() || last);
            // The last one may be the last byte of all.
            if fits && (line.is_some() || last) {
                return Some(Found {
                    begin,
                    end: word + length + line.map_or(rest.len(), |line| line + 1),
                    last,
                });
            }
            if fits && rest.len() < 80 {
                // The rest of its line is still to come.
                return None;
            }
            at = word + 1;
        }
        None
    }
}

/// Where the picture ends that a part begins with; none when it is no picture, or not whole.
fn picture(fields: &[(String, String)], body: &[u8]) -> Option<usize> {
    let said = fields.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("content-type") && value.to_ascii_lowercase().contains("image/jp")
    });
    let found = jpeg::walk(body).ok().filter(|_| said)?;
    Some(found.end)
}

enum Step {
    Part(Part),
    On,
    More,
}

struct Found {
    begin: usize,
    end: usize,
    last: bool,
}

/// The fields at the beginning, and their length with the empty line; none while that has not come.
fn fields(bytes: &[u8]) -> Option<(Vec<(String, String)>, usize)> {
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        let line = bytes[at..].iter().position(|byte| *byte == b'\n')?;
        let text = bytes[at..at + line].trim_ascii();
        at += line + 1;
        if text.is_empty() {
            return Some((fields, at));
        }
        let text = String::from_utf8_lossy(text);
        if let Some((name, value)) = text.split_once(':') {
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
}
