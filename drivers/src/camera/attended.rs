//! A camera that comes and goes: what a supervisor opens and attends to.

use std::time::Duration;

use super::address::Address;
use super::capture::{Capture, Live, Silence};
use super::controls::Applied;
use super::frame::{Format, Frame, Size};
use crate::supervisor::{Attend, Found, Open};
use crate::wire::Fault;

/// How long a camera has for its first picture: many warm up first.
const FIRST_PICTURE: Duration = Duration::from_secs(5);

/// What a camera has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was opened, and this is how.
    Opened(Opened),
    /// A picture: the newest, with those before it that nobody took left out.
    Frame(Frame),
}

/// How a camera was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// How its pictures are written.
    pub format: Format,
    /// Their size.
    pub size: Size,
    /// What became of each control it was told. One that it rounded or refused is for a person to know.
    pub controls: Vec<Applied>,
}

/// Opens the camera of an address wherever it is found, tells it its controls, and waits for its first picture.
#[derive(Clone, Debug)]
pub struct Opener {
    address: Address,
    live: Live,
}

impl Opener {
    /// For the camera of an address. `live` is shared with whoever shows its newest picture.
    #[must_use]
    pub const fn new(address: Address, live: Live) -> Self {
        Self { address, live }
    }
}

impl Open for Opener {
    type Device = Attended;

    fn open(&mut self, found: &Found) -> Result<Attended, Fault> {
        let mut source = self.address.open(found)?;
        let controls = super::apply(source.as_mut(), &self.address.controls);
        let silence_max = source.silence_max();
        let capture = Capture::of(source, self.live.clone())?;
        let silence = Silence::new(silence_max);
        let mut attended = Attended { capture, silence, controls: Some(controls), frame: None };
        // Ready means that it has shown something: a camera that opens and never shows anything is not in use.
        if silence_max.is_some() {
            attended.frame = Some(attended.first()?);
        }
        Ok(attended)
    }
}

/// An open camera.
#[derive(Debug)]
pub struct Attended {
    capture: Capture,
    silence: Silence,
    /// What is still to be told of the opening, with the first picture.
    controls: Option<Vec<Applied>>,
    /// A picture that was taken and not yet told.
    frame: Option<Frame>,
}

impl Attended {
    fn first(&self) -> Result<Frame, Fault> {
        self.capture.newest(FIRST_PICTURE)?.ok_or_else(|| self.silent())
    }

    /// The first picture is told with how the camera was opened before it.
    fn told(&mut self, frame: Frame) -> Event {
        self.silence.broken();
        match self.controls.take() {
            None => Event::Frame(frame),
            Some(controls) => {
                let opened = Opened { format: frame.format(), size: frame.size(), controls };
                self.frame = Some(frame);
                Event::Opened(opened)
            }
        }
    }

    /// A camera without a picture is silent, or all it shows is broken.
    fn silent(&self) -> Fault {
        match self.capture.last_broken() {
            Some(broken) => Fault::Unsupported(format!(
                "no picture of the camera arrives whole: check its cable, and use no hub ({broken})"
            )),
            None => Fault::Silent,
        }
    }
}

impl Attend for Attended {
    type Heard = Event;

    fn attend(&mut self, wait: Duration) -> Result<Option<Event>, Fault> {
        let waiting = self.frame.take();
        match waiting.map_or_else(|| self.capture.newest(wait), |frame| Ok(Some(frame)))? {
            Some(frame) => Ok(Some(self.told(frame))),
            None if self.silence.is_too_long() => Err(self.silent()),
            None => Ok(None),
        }
    }
}
