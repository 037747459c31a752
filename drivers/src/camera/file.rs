//! A film or a single picture as a camera, over and over: Motion-JPEG (`.mjpeg`, `.mjpg`), YUV4MPEG2 (`.y4m`), JPEG.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::Duration;

use super::address::Mode;
use super::cut::Cut;
use super::frame::{Captured, Format, LIVE_MAX, Size};
use super::pace::Pace;
use super::{FrameSource, y4m};
use crate::wire::Fault;

/// Pictures a second of a film that does not say, and of a single picture.
const FPS: f32 = 5.0;

/// How much of a film is read at once.
const PIECE: usize = 64 << 10;

/// Opens a film or a picture.
///
/// # Errors
/// When there is no such file, it may not be read, or it is nothing of the kind.
pub fn open(path: &Path, mode: Mode) -> Result<Box<dyn FrameSource>, Fault> {
    let file = File::open(path).map_err(|error| Fault::of_io(&error, path))?;
    let mut bytes = BufReader::new(file);
    let mut magic = [0; 9];
    let count = fill(&mut bytes, &mut magic).map_err(|error| Fault::of_io(&error, path))?;
    rewind(&mut bytes, path, 0)?;
    if &magic[..count] == y4m::MAGIC {
        let header = y4m::Header::read(&mut bytes).map_err(other)?;
        let begin = bytes.stream_position().map_err(|error| Fault::of_io(&error, path))?;
        let pace = Pace::of(mode.fps.unwrap_or(header.fps));
        return Ok(Box::new(Film { bytes, path: path.to_owned(), pace, begin, kind: Kind::Y4m(header) }));
    }
    if magic.starts_with(&[0xFF, 0xD8]) {
        let (pace, kind) = (Pace::of(mode.fps.unwrap_or(FPS)), Kind::Jpegs(Cut::default()));
        return Ok(Box::new(Film { bytes, path: path.to_owned(), pace, begin: 0, kind }));
    }
    Err(other("neither a JPEG nor a film of them, nor YUV4MPEG2"))
}

fn other(why: &str) -> Fault {
    Fault::Unsupported(format!("the file cannot be played: {why}"))
}

struct Film {
    bytes: BufReader<File>,
    path: std::path::PathBuf,
    pace: Pace,
    /// Where its pictures begin.
    begin: u64,
    kind: Kind,
}

enum Kind {
    Jpegs(Cut),
    Y4m(y4m::Header),
}

impl Film {
    /// The next picture; none at the end.
    fn read(&mut self) -> std::io::Result<Option<Captured>> {
        match &mut self.kind {
            Kind::Y4m(header) => header.frame(&mut self.bytes),
            Kind::Jpegs(cut) => loop {
                if let Some(bytes) = cut.picture() {
                    return Ok(Some(Captured::now(bytes, Format::Jpeg, Size::default())));
                }
                let mut piece = vec![0; PIECE];
                match fill(&mut self.bytes, &mut piece)? {
                    0 => {
                        return Ok(cut
                            .rest()
                            .map(|bytes| Captured::now(bytes, Format::Jpeg, Size::default())));
                    }
                    count => cut.hear(&piece[..count]),
                }
            },
        }
    }
}

impl FrameSource for Film {
    fn next(&mut self, wait: Duration) -> Result<Option<Captured>, Fault> {
        if !self.pace.wait(wait) {
            return Ok(None);
        }
        let gone = |error: std::io::Error, path: &Path| Fault::of_io(&error, path);
        let read = self.read().map_err(|error| gone(error, &self.path))?;
        if read.is_some() {
            return Ok(read);
        }
        rewind(&mut self.bytes, &self.path, self.begin)?;
        self.read().map_err(|error| gone(error, &self.path))
    }

    fn silence_max(&self) -> Option<Duration> {
        Some(LIVE_MAX.max(self.pace.every() * 3))
    }
}

fn rewind(bytes: &mut BufReader<File>, path: &Path, to: u64) -> Result<(), Fault> {
    bytes.seek(SeekFrom::Start(to)).map(|_| ()).map_err(|error| Fault::of_io(&error, path))
}

/// Reads until the buffer is full or there is no more.
pub(super) fn fill(from: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut count = 0;
    while count < buffer.len() {
        match from.read(&mut buffer[count..]) {
            Ok(0) => break,
            Ok(more) => count += more,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}
