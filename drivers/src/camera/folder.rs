//! A folder of pictures as a camera: what somebody else puts there, such as a camera that sends by FTP, or a collection that
//! is played over and over.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::FrameSource;
use super::address::Mode;
use super::frame::{Captured, Format, JPEG_BYTES_MAX, Size};
use super::jpeg;
use super::pace::Pace;
use crate::wire::Fault;

/// How often the folder is looked into.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// How long a file may take to be written. One that is no picture by then never will be, and is given on to be counted.
const WRITTEN_WITHIN: Duration = Duration::from_secs(10);

/// Pictures a second of a folder that is played.
const FPS: f32 = 2.0;

/// A folder of JPEG files.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    play: Option<Pace>,
    /// The last one that was given: by its time, then by its name.
    last: Option<(SystemTime, PathBuf)>,
    /// One that is not whole yet, and since when.
    unfinished: Option<(PathBuf, Instant)>,
    place: usize,
}

impl Folder {
    /// Opens a folder. What is there already is passed over, unless it is played.
    ///
    /// # Errors
    /// When there is no such folder, or it may not be read.
    pub fn open(path: &Path, mode: Mode) -> Result<Self, Fault> {
        let play = mode.cycle.then(|| Pace::of(mode.fps.unwrap_or(FPS)));
        let mut folder = Self { path: path.to_owned(), play, last: None, unfinished: None, place: 0 };
        folder.last = folder.pictures()?.pop();
        Ok(folder)
    }

    /// The pictures in it, the oldest first.
    fn pictures(&self) -> Result<Vec<(SystemTime, PathBuf)>, Fault> {
        let gone = |error: std::io::Error| Fault::of_io(&error, &self.path);
        let mut pictures: Vec<_> = fs::read_dir(&self.path)
            .map_err(gone)?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| is_picture(path))
            .filter_map(|path| Some((fs::metadata(&path).ok()?.modified().ok()?, path)))
            .collect();
        pictures.sort();
        Ok(pictures)
    }

    fn play(&mut self) -> Result<Option<Captured>, Fault> {
        let mut pictures: Vec<_> = self.pictures()?.into_iter().map(|(_, path)| path).collect();
        pictures.sort();
        if pictures.is_empty() {
            return Ok(None);
        }
        let path = &pictures[self.place % pictures.len()];
        self.place = (self.place + 1) % pictures.len();
        Ok(read(path))
    }

    /// The newest picture that has come. Those it has overtaken are passed over: they are no longer what is there.
    fn come(&mut self) -> Result<Option<Captured>, Fault> {
        let Some(newest) = self.pictures()?.pop().filter(|newest| Some(newest) > self.last.as_ref()) else {
            return Ok(None);
        };
        let Some(captured) = read(&newest.1) else { return Ok(None) };
        if jpeg::walk(&captured.bytes).is_err() && !self.is_late(&newest.1) {
            return Ok(None);
        }
        self.last = Some(newest);
        self.unfinished = None;
        Ok(Some(captured))
    }

    /// Whether a file has had its time to be written.
    fn is_late(&mut self, path: &Path) -> bool {
        match &self.unfinished {
            Some((known, since)) if known == path => since.elapsed() > WRITTEN_WITHIN,
            _ => {
                self.unfinished = Some((path.to_owned(), Instant::now()));
                false
            }
        }
    }
}

impl FrameSource for Folder {
    fn next(&mut self, wait: Duration) -> Result<Option<Captured>, Fault> {
        if let Some(pace) = &mut self.play {
            return if pace.wait(wait) { self.play() } else { Ok(None) };
        }
        let deadline = Instant::now() + wait;
        loop {
            if let Some(captured) = self.come()? {
                return Ok(Some(captured));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            std::thread::sleep(left.min(LOOK_EVERY));
        }
    }

    /// Nobody comes, nobody puts a picture there.
    fn silence_max(&self) -> Option<Duration> {
        self.play.as_ref().map(|pace| super::frame::LIVE_MAX.max(pace.every() * 3))
    }
}

fn is_picture(path: &Path) -> bool {
    let name = path.extension().and_then(|name| name.to_str()).unwrap_or_default();
    ["jpg", "jpeg"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// A file of a sensible size; nothing when it has gone meanwhile.
fn read(path: &Path) -> Option<Captured> {
    let length = fs::metadata(path).ok()?.len();
    let fits = usize::try_from(length).is_ok_and(|length| length <= JPEG_BYTES_MAX);
    let bytes = if fits { fs::read(path).ok()? } else { Vec::new() };
    Some(Captured::now(bytes, Format::Jpeg, Size::default()))
}
