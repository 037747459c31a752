//! Where a JPEG ends: [`walk`], from segment to segment (ITU-T T.81, annex B).
//!
//! The end cannot be looked for: a picture in a picture (a thumbnail) has an end of its own, and behind the picture may lie
//! what is left of an older one.

use super::frame::{JPEG_BYTES_MAX, Size};

/// A whole JPEG at the beginning of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jpeg {
    /// How many bytes it has, its end marker included.
    pub end: usize,
    /// Its size.
    pub size: Size,
}

/// Why bytes do not begin with a whole JPEG.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// They do not begin as one.
    #[error("the picture does not begin as a JPEG")]
    Start,
    /// They end before it does.
    #[error("the picture breaks off before its end")]
    End,
    /// A segment is not where one must be, or not as one must be.
    #[error("the picture has a wrong segment at byte {0}")]
    Segment(usize),
    /// Another picture begins in it.
    #[error("another picture begins at byte {0}, before this one has ended")]
    Another(usize),
    /// Pieces of it are missing or double.
    #[error("the picture has its pieces out of order at byte {0}")]
    Order(usize),
    /// It ends without having shown anything.
    #[error("the picture ends before anything is shown")]
    Empty,
    /// It is of a kind no camera makes, or larger than one can be.
    #[error("the picture is of a kind or size no camera makes")]
    Kind,
}

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const DNL: u8 = 0xDC;

/// Finds the end of the JPEG that begins with the first byte. Any bytes are read; the work is once over them.
///
/// # Errors
/// When there is no whole JPEG.
pub fn walk(bytes: &[u8]) -> Result<Jpeg, Broken> {
    if !bytes.starts_with(&[0xFF, SOI]) {
        return Err(Broken::Start);
    }
    let bytes = &bytes[..bytes.len().min(JPEG_BYTES_MAX)];
    let (mut at, mut size, mut shown) = (2, None, false);
    loop {
        let (marker, after) = marker(bytes, at)?;
        at = match marker {
            EOI => {
                let size = size.filter(|_| shown).ok_or(Broken::Empty)?;
                return Ok(Jpeg { end: after, size });
            }
            SOI => return Err(Broken::Another(at)),
            // Nothing stands alone outside of a scan.
            0x00..=0x01 | 0xD0..=0xD7 => return Err(Broken::Segment(at)),
            _ => {
                let (body, next) = segment(bytes, after)?;
                match marker {
                    0xC0..=0xC2 if size.is_some() => return Err(Broken::Order(at)),
                    0xC0..=0xC2 => size = Some(frame_size(body, at)?),
                    // Lossless, hierarchical and arithmetic coding.
                    0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF | DNL => return Err(Broken::Kind),
                    _ => {}
                }
                if marker == SOS {
                    shown = true;
                    if size.is_none() {
                        return Err(Broken::Order(at));
                    }
                    scan(bytes, next)?
                } else {
                    next
                }
            }
        };
    }
}

/// The marker at a place, and what stands behind it. It may be padded with 0xFF.
fn marker(bytes: &[u8], at: usize) -> Result<(u8, usize), Broken> {
    match bytes.get(at) {
        Some(0xFF) => {}
        Some(_) => return Err(Broken::Segment(at)),
        None => return Err(Broken::End),
    }
    let padding = bytes[at..].iter().take_while(|byte| **byte == 0xFF).count();
    let marker = *bytes.get(at + padding).ok_or(Broken::End)?;
    Ok((marker, at + padding + 1))
}

/// The body of a segment whose length stands at a place, and what stands behind it.
fn segment(bytes: &[u8], at: usize) -> Result<(&[u8], usize), Broken> {
    let Some(&[high, low]) = bytes.get(at..at + 2) else { return Err(Broken::End) };
    let length = usize::from(u16::from_be_bytes([high, low]));
    if length < 2 {
        return Err(Broken::Segment(at));
    }
    let body = bytes.get(at + 2..at + length).ok_or(Broken::End)?;
    Ok((body, at + length))
}

fn frame_size(body: &[u8], at: usize) -> Result<Size, Broken> {
    let &[_precision, h1, h0, w1, w0, _components, ..] = body else { return Err(Broken::Segment(at)) };
    let size = Size::new(u16::from_be_bytes([w1, w0]).into(), u16::from_be_bytes([h1, h0]).into());
    size.points().map(|_| size).ok_or(Broken::Kind)
}

/// Where the coded points end that begin at a place. The marks between their pieces count from 0 to 7 and again.
fn scan(bytes: &[u8], begin: usize) -> Result<usize, Broken> {
    let mut at = begin;
    let mut mark = 0;
    loop {
        at += bytes[at..].iter().position(|byte| *byte == 0xFF).ok_or(Broken::End)?;
        match *bytes.get(at + 1).ok_or(Broken::End)? {
            0x00 => at += 2,
            0xFF => at += 1,
            restart @ 0xD0..=0xD7 if restart & 7 == mark => {
                mark = (mark + 1) & 7;
                at += 2;
            }
            0xD0..=0xD7 => return Err(Broken::Order(at)),
            _ => return Ok(at),
        }
    }
}
