//! Where the body of a message ends: after a length, after the last of its chunks, or with the connection.

use super::{Head, Wrong};

/// The body of a message, as it comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body(State);

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// So many bytes are missing.
    Length(u64),
    /// It ends with the connection.
    Open,
    /// A line with the length of a chunk is coming; what has come of it.
    Chunk(Vec<u8>),
    /// So many bytes of a chunk are missing, then its line break.
    Inside(u64),
    /// The line break behind a chunk.
    Behind,
    /// The lines behind the last chunk: how long this one is.
    Trailer(usize),
    Over,
}

/// No line between chunks is longer.
const LINE_MAX: usize = 256;

impl Body {
    /// The body that belongs to the head of an answer.
    ///
    /// # Errors
    /// When its length is no number.
    pub fn of_answer(head: &Head) -> Result<Self, Wrong> {
        if matches!(head.status, 100..=199 | 204 | 304) {
            return Ok(Self(State::Over));
        }
        Ok(Self(framing(head)?.unwrap_or(State::Open)))
    }

    /// The body that belongs to the head of a request.
    ///
    /// # Errors
    /// When its length is no number.
    pub fn of_request(head: &Head) -> Result<Self, Wrong> {
        Ok(Self(framing(head)?.unwrap_or(State::Over)))
    }

    /// Whether it has ended.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.0, State::Over)
    }

    /// Whether it is whole when the connection ends now.
    #[must_use]
    pub const fn may_end_here(&self) -> bool {
        matches!(self.0, State::Over | State::Open)
    }

    /// Takes bytes of the connection and puts what belongs to the body into `out`; says how many were taken. What comes behind
    /// the body is left.
    ///
    /// # Errors
    /// When the chunks are none.
    pub fn hear(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<usize, Wrong> {
        let mut at = 0;
        while at < bytes.len() && !self.is_over() {
            at += self.step(&bytes[at..], out)?;
        }
        Ok(at)
    }

    /// One step over at least one byte.
    fn step(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<usize, Wrong> {
        let byte = bytes[0];
        match &mut self.0 {
            State::Over => return Ok(0),
            State::Open => {
                out.extend_from_slice(bytes);
                return Ok(bytes.len());
            }
            State::Length(missing) | State::Inside(missing) => {
                let taken = usize::try_from(*missing).unwrap_or(usize::MAX).min(bytes.len());
                out.extend_from_slice(&bytes[..taken]);
                *missing -= taken as u64;
                if *missing == 0 {
                    self.0 = if matches!(self.0, State::Inside(_)) { State::Behind } else { State::Over };
                }
                return Ok(taken);
            }
            State::Chunk(line) if byte == b'\n' => self.0 = chunk(line)?,
            State::Chunk(line) if line.len() < LINE_MAX => line.push(byte),
            State::Trailer(length) if *length < LINE_MAX => match byte {
                b'\n' if *length == 0 => self.0 = State::Over,
                b'\n' => self.0 = State::Trailer(0),
                b'\r' => {}
                _ => *length += 1,
            },
            State::Chunk(_) | State::Trailer(_) => return Err(Wrong("a line between chunks without an end")),
            State::Behind => match byte {
                b'\r' => {}
                b'\n' => self.0 = State::Chunk(Vec::new()),
                _ => return Err(Wrong("a chunk longer than it says")),
            },
        }
        Ok(1)
    }
}

fn framing(head: &Head) -> Result<Option<State>, Wrong> {
    if head.says("transfer-encoding", "chunked") {
        return Ok(Some(State::Chunk(Vec::new())));
    }
    let Some(length) = head.field("content-length") else { return Ok(None) };
    match length.parse().map_err(|_| Wrong("a length that is no number"))? {
        0 => Ok(Some(State::Over)),
        length => Ok(Some(State::Length(length))),
    }
}

/// What follows a line with the length of a chunk.
fn chunk(line: &[u8]) -> Result<State, Wrong> {
    let line = std::str::from_utf8(line).unwrap_or_default();
    let length = line.split(';').next().unwrap_or_default().trim();
    match u64::from_str_radix(length, 16) {
        Ok(0) => Ok(State::Trailer(0)),
        Ok(length) if !line.starts_with('+') => Ok(State::Inside(length)),
        _ => Err(Wrong("a chunk without a length")),
    }
}
