//! Where a camera is, as one line of text: [`Address`].
//!
//! ```text
//! v4l2:/dev/video0?size=1280x720&fps=15        a camera at this machine (Linux), by its node
//! v4l2:046d:0825?serial=2F1A                   the same by maker and model, whatever number it gets
//! nokhwa:0                                     a camera of Windows or macOS, by its place in their list (feature nokhwa)
//! http://user:word@cam/snapshot.jpg            a camera in the network: a picture at a time, or a stream of them
//! folder:/srv/pictures                         pictures that somebody else puts into a folder
//! file:/srv/day.mjpeg?fps=15                   a film (.mjpeg, .y4m) or a picture, over and over
//! sim:                                         a simulated camera; sim:/path shows the pictures of a folder
//! ```
//!
//! Parameters: `size`, `fps`, and `format=mjpeg|yuyv|grey|nv12|rgb` say what is asked of the camera; `serial=…` and
//! `port=1-1.4` tell two of the same make apart. `exposure=TENTHS_OF_MS|auto`, `gain=N`, `focus=N|auto`,
//! `white=KELVIN|auto`, `mains=50|60|none`, `backlight=N` and any other control by its number, such as `0x0098091b=3`, are
//! told at every opening. `plates=yes` has its pictures read for number plates on this machine, and `gate=exit` says that it
//! sees the cars that leave. `cycle=yes` plays a folder over and over; a simulated camera sees a car with `plate=…`, and
//! several one after another with `plate=A,B`. Behind an
//! `http:` address the parameters stand after a `#`: what stands after its `?` is the camera's.

use std::path::{Path, PathBuf};

use super::controls::{Choice, Control, Controls};
use super::frame::{Format, Size};
use super::http::Url;
use super::network::Network;
use super::sim::SimCamera;
use super::{FrameSource, file, folder};
use crate::scale::address::usb_numbers;
use crate::supervisor::{Class, Found, Identity};
use crate::wire::Fault;

/// Where a camera is and how it is set.
#[derive(Clone, Debug)]
pub struct Address {
    /// How it is reached.
    pub place: Place,
    /// What is asked of it.
    pub mode: Mode,
    /// What it is told.
    pub controls: Controls,
    /// Its pictures are read for number plates.
    pub plates: bool,
    /// Which cars it sees.
    pub gate: Gate,
    serial: Option<String>,
    port: Option<String>,
}

/// Which cars a camera sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Gate {
    /// Those that come.
    #[default]
    Entry,
    /// Those that leave.
    Exit,
}

/// `entry` or `exit`.
impl std::str::FromStr for Gate {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "entry" => Ok(Self::Entry),
            "exit" => Ok(Self::Exit),
            _ => Err(()),
        }
    }
}

/// What is asked of a camera. It gives what comes nearest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mode {
    /// How its pictures are written.
    pub format: Format,
    /// Their size: a gate wants number plates 110 to 160 points wide.
    pub size: Size,
    /// Pictures a second; none is what is usual for its kind.
    pub fps: Option<f32>,
    /// A folder is played over and over.
    pub cycle: bool,
}

impl Default for Mode {
    fn default() -> Self {
        Self { format: Format::Jpeg, size: Size::new(1280, 720), fps: None, cycle: false }
    }
}

/// How a camera is reached.
#[derive(Clone, Debug)]
pub enum Place {
    /// A camera at this machine, by its node.
    Node(PathBuf),
    /// A camera at this machine, by maker and model.
    Usb {
        /// Maker.
        vendor: u16,
        /// Model.
        product: u16,
    },
    /// A camera of the operating system, by its place in the list.
    Nokhwa(u32),
    /// A camera in the network.
    Network(Url),
    /// A folder that pictures come into.
    Folder(PathBuf),
    /// A film or a picture.
    File(PathBuf),
    /// A simulated camera, in this process.
    Sim(SimCamera),
}

/// Why a line is not an address of a camera.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It begins with no known kind.
    #[error(
        "{0:?} is not a camera's address: it begins with v4l2:, nokhwa:, http://, folder:, file: or sim:"
    )]
    Kind(String),
    /// What stands after the kind is wrong.
    #[error("the address {address:?} is wrong: {expected}")]
    Place {
        /// The whole line.
        address: String,
        /// How it is written.
        expected: &'static str,
    },
    /// A parameter nobody knows.
    #[error(
        "{0:?} is not a parameter of a camera: known are {PARAMETERS}, and controls by number such as 0x0098091b=3"
    )]
    Parameter(String),
    /// A parameter with a value it cannot have.
    #[error("{name} cannot be {value:?}: {expected}")]
    Value {
        /// The parameter.
        name: String,
        /// What was written.
        value: String,
        /// What it may be.
        expected: &'static str,
    },
}

const PARAMETERS: &str = "size, fps, format, cycle, plates, gate, plate, serial, port, exposure, gain, focus, white, mains, backlight";

impl Address {
    /// Which device is meant, and through what kind of node it is used.
    #[must_use]
    pub fn identity(&self) -> (Identity, Class) {
        let identity = match &self.place {
            Place::Node(path) | Place::Folder(path) | Place::File(path) => Identity::Path(path.clone()),
            Place::Usb { vendor, product } => Identity::Usb {
                vendor: *vendor,
                product: *product,
                serial: self.serial.clone(),
                port: self.port.clone(),
            },
            Place::Nokhwa(_) | Place::Network(_) | Place::Sim(_) => Identity::Elsewhere,
        };
        (identity, Class::Camera)
    }

    /// Opens the camera where it was found. Its controls are not told yet.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn open(&self, found: &Found) -> Result<Box<dyn FrameSource>, Fault> {
        match &self.place {
            #[cfg(target_os = "linux")]
            Place::Node(_) | Place::Usb { .. } => {
                Ok(Box::new(super::v4l2::V4l2::open(&found.nodes, self.mode)?))
            }
            #[cfg(not(target_os = "linux"))]
            Place::Node(_) | Place::Usb { .. } => {
                Err(Fault::Unsupported("v4l2: cameras are for Linux: use nokhwa:0".to_owned()))
            }
            #[cfg(feature = "nokhwa")]
            Place::Nokhwa(place) => Ok(Box::new(super::nokhwa::Nokhwa::open(*place, self.mode)?)),
            #[cfg(not(feature = "nokhwa"))]
            Place::Nokhwa(_) => Err(Fault::Unsupported(
                "this build has no nokhwa: build it with the feature nokhwa".to_owned(),
            )),
            Place::Network(url) => Ok(Box::new(Network::new(url.clone(), self.mode.fps))),
            Place::Folder(path) => Ok(Box::new(folder::Folder::open(path, self.mode)?)),
            Place::File(path) => file::open(path, self.mode),
            Place::Sim(sim) => sim.open(self.mode),
        }
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), AddressError> {
        let wrong =
            |expected| AddressError::Value { name: name.to_owned(), value: value.to_owned(), expected };
        let number = |most: i32| value.parse().ok().filter(|number| (0..=most).contains(number));
        let choice =
            |most: i32| if value == "auto" { Some(Choice::Auto) } else { number(most).map(Choice::Set) };
        match name {
            "size" => self.mode.size = value.parse().map_err(|()| wrong("such as 1280x720"))?,
            "fps" => {
                let fps = value.parse().ok().filter(|fps| (0.1..=120.0).contains(fps));
                self.mode.fps = Some(fps.ok_or_else(|| wrong("a number from 0.1 to 120"))?);
            }
            "format" => {
                let known = [Format::Jpeg, Format::Yuyv, Format::Grey, Format::Nv12, Format::Rgb];
                let format = known.into_iter().find(|format| format.name() == value);
                self.mode.format = format.ok_or_else(|| wrong("mjpeg, yuyv, grey, nv12 or rgb"))?;
            }
            "cycle" => self.mode.cycle = yes_or_no(value).ok_or_else(|| wrong("yes or no"))?,
            "plates" => self.plates = yes_or_no(value).ok_or_else(|| wrong("yes or no"))?,
            "gate" => self.gate = value.parse().map_err(|()| wrong("entry or exit"))?,
            "plate" => match &self.place {
                Place::Sim(sim) if value.contains(',') => {
                    sim.change(|scene| scene.cars = value.split(',').map(str::to_owned).collect());
                }
                Place::Sim(sim) => sim.change(|scene| scene.plate = Some(value.to_owned())),
                _ => return Err(wrong("for a simulated camera")),
            },
            "serial" => self.serial = Some(value.to_owned()),
            "port" => self.port = Some(value.to_owned()),
            "exposure" => {
                let exposure = choice(100_000).ok_or_else(|| wrong("tenths of a millisecond, or auto"))?;
                self.controls.exposure = Some(exposure);
            }
            "gain" => self.controls.gain = Some(number(65_535).ok_or_else(|| wrong("a number"))?),
            "focus" => {
                self.controls.focus = Some(choice(65_535).ok_or_else(|| wrong("a number, or auto"))?);
            }
            "white" => {
                self.controls.white = Some(choice(20_000).ok_or_else(|| wrong("kelvin, or auto"))?);
            }
            "mains" => {
                let known = ["none", "50", "60"].iter().position(|known| *known == value);
                let mains = known.and_then(|at| i32::try_from(at).ok());
                self.controls.mains = Some(mains.ok_or_else(|| wrong("50, 60 or none"))?);
            }
            "backlight" => self.controls.backlight = Some(number(65_535).ok_or_else(|| wrong("a number"))?),
            _ => {
                let control = name.strip_prefix("0x").and_then(|hex| u32::from_str_radix(hex, 16).ok());
                let control = control.ok_or_else(|| AddressError::Parameter(name.to_owned()))?;
                let value = value.parse().map_err(|_| wrong("a number"))?;
                self.controls.others.push((Control(control), value));
            }
        }
        Ok(())
    }
}

impl std::str::FromStr for Address {
    type Err = AddressError;

    fn from_str(address: &str) -> Result<Self, AddressError> {
        let address = address.trim();
        // What stands behind the `?` of a web address is for the camera.
        let mark = if address.starts_with("http:") { '#' } else { '?' };
        let (place, query) = address.split_once(mark).unwrap_or((address, ""));
        let place = parse_place(place).map_err(|wrong| match wrong {
            None => AddressError::Kind(address.to_owned()),
            Some(expected) => AddressError::Place { address: address.to_owned(), expected },
        })?;
        let (mode, controls) = (Mode::default(), Controls::default());
        let gate = Gate::default();
        let mut parsed = Self { place, mode, controls, plates: false, gate, serial: None, port: None };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            parsed.set(name, value)?;
        }
        Ok(parsed)
    }
}

fn yes_or_no(value: &str) -> Option<bool> {
    match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// A place; no kind at all, or how its kind is written.
fn parse_place(place: &str) -> Result<Place, Option<&'static str>> {
    let (kind, rest) = place.split_once(':').ok_or(None)?;
    let path = || Some(rest).filter(|rest| Path::new(rest).is_absolute()).map(PathBuf::from);
    match kind {
        "v4l2" => {
            let expected = "after v4l2: comes a node such as /dev/video0, or vendor:product in hexadecimal";
            let usb = || usb_numbers(rest).map(|(vendor, product)| Place::Usb { vendor, product });
            path().map(Place::Node).or_else(usb).ok_or(Some(expected))
        }
        "nokhwa" => {
            rest.parse().map(Place::Nokhwa).map_err(|_| Some("it is written nokhwa:0, the first camera is 0"))
        }
        "http" => {
            let expected = "it is written http://camera/path, or http://name:password@camera:8080/path";
            Url::read(rest).map(Place::Network).ok_or(Some(expected))
        }
        "folder" => path().map(Place::Folder).ok_or(Some("it is written folder:/path, from the root")),
        "file" => path().map(Place::File).ok_or(Some("it is written file:/path, from the root")),
        "sim" if rest.is_empty() => Ok(Place::Sim(SimCamera::default())),
        "sim" => {
            let playing = |path: PathBuf| Place::Sim(SimCamera::playing(&path));
            path()
                .map(playing)
                .ok_or(Some("it is written sim: or, to show the pictures of a folder, sim:/path"))
        }
        _ => Err(None),
    }
}
