//! YUV4MPEG2, the plain film of `ffmpeg` and of the Y4M tools: a line of text, then a line and the points of each picture.

use std::io::{self, Read};

use super::file::fill;
use super::frame::{Captured, Format, Size};

/// How such a file begins.
pub(super) const MAGIC: &[u8; 9] = b"YUV4MPEG2";

/// No line of it is longer.
const LINE_MAX: usize = 1024;

/// What the first line says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Header {
    /// The size of every picture.
    pub size: Size,
    /// How every picture is written.
    pub format: Format,
    /// Pictures a second.
    pub fps: f32,
}

impl Header {
    /// Reads the first line.
    ///
    /// # Errors
    /// A sentence's end that says what is wrong with it.
    pub fn read(from: &mut impl Read) -> Result<Self, &'static str> {
        let text = line(from).ok().flatten().ok_or("its first line is wrong")?;
        let mut words = text.split(' ');
        if words.next().map(str::as_bytes) != Some(MAGIC) {
            return Err("its first line is wrong");
        }
        let (mut width, mut height, mut format, mut fps) = (0, 0, Format::I420, 25.0);
        for word in words {
            match word.split_at_checked(1) {
                Some(("W", number)) => width = number.parse().unwrap_or(0),
                Some(("H", number)) => height = number.parse().unwrap_or(0),
                Some(("F", ratio)) => fps = rate(ratio).ok_or("its pictures a second are wrong")?,
                Some(("C", "mono")) => format = Format::Grey,
                Some(("C", "420" | "420jpeg" | "420mpeg2" | "420paldv")) => format = Format::I420,
                Some(("C", _)) => return Err("its colours are not 4:2:0 with eight bits, nor grey"),
                _ => {}
            }
        }
        let size = Size::new(width, height);
        format.bytes(size).ok_or("its size is wrong")?;
        Ok(Self { size, format, fps })
    }

    /// The next picture, half of one at a broken end; none at the end.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn frame(&self, from: &mut impl Read) -> io::Result<Option<Captured>> {
        match line(from)? {
            Some(line) if line.starts_with("FRAME") => {}
            _ => return Ok(None),
        }
        let mut bytes = vec![0; self.format.bytes(self.size).unwrap_or(0)];
        let count = fill(from, &mut bytes)?;
        bytes.truncate(count);
        Ok(Some(Captured::now(bytes, self.format, self.size)))
    }
}

/// A line without its end; none at the end of the file, or when it is none.
fn line(from: &mut impl Read) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let mut byte = [0];
    while line.len() < LINE_MAX && fill(from, &mut byte)? == 1 {
        if byte == *b"\n" {
            return Ok(String::from_utf8(line).ok());
        }
        line.push(byte[0]);
    }
    Ok(None)
}

/// `30000:1001`.
fn rate(text: &str) -> Option<f32> {
    let (pictures, seconds) = text.split_once(':')?;
    let (pictures, seconds): (u16, u16) = (pictures.parse().ok()?, seconds.parse().ok()?);
    (pictures > 0 && seconds > 0).then(|| f32::from(pictures) / f32::from(seconds))
}
