//! Where a scanner is, as one line of text: [`Address`].
//!
//! ```text
//! serial:/dev/ttyACM0                  a serial line, RS-232 or USB ("CDC", "virtual COM")
//! usb:1eab:1a06                        the same by maker and model, whatever number it gets
//! evdev:05e0:1200                      a keyboard that is taken for this program alone
//! evdev:/dev/input/event3              the same, by its node
//! hidpos:0c2e:0b81                     reports of its own ("HID POS"); also hidpos:/dev/hidraw0
//! wedge:                               a keyboard the window hears: the last resort
//! sim:                                 a simulated scanner
//! ```
//!
//! Parameters: `serial=…` and `port=1-1.4` tell two of the same make apart; `baud=N` and `format=8n1` for a line;
//! `suffix=enter,tab` or `suffix=none` and `gs=f8` or `gs=CHARACTER` for a keyboard.

use std::path::PathBuf;

use super::Scanner;
use super::keys::{ENTER, F8, KEYPAD_ENTER, KeySettings, TAB};
use super::readers::LineScanner;
use super::sim::SimScanner;
use crate::scale::address::usb_numbers;
use crate::supervisor::{Class, Found, Identity, Open};
use crate::wire::{self, Fault, Format, SerialSettings};

/// Where a scanner is and how it is set.
#[derive(Clone, Debug)]
pub struct Address {
    /// How it is reached.
    pub place: Place,
    /// How one that is a keyboard is set.
    pub keys: KeySettings,
    /// Speed and format of a line.
    pub line: SerialSettings,
    serial: Option<String>,
    port: Option<String>,
}

/// How a scanner is reached.
#[derive(Clone, Debug)]
pub enum Place {
    /// A serial line.
    Line(Device),
    /// A keyboard that is taken.
    Keys(Device),
    /// Reports of its own.
    HidPos(Device),
    /// A keyboard that the window hears: nothing is opened.
    Wedge,
    /// A simulated scanner, in this process.
    Sim(SimScanner),
}

/// Which device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Device {
    /// The one at a node.
    Node(PathBuf),
    /// The one of a maker and model.
    Usb {
        /// Maker.
        vendor: u16,
        /// Model.
        product: u16,
    },
}

/// Why a line is not an address of a scanner.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It begins with no known kind.
    #[error(
        "{0:?} is not a scanner's address: it begins with serial:, usb:, evdev:, hidpos:, wedge: or sim:"
    )]
    Kind(String),
    /// What stands after the kind is wrong.
    #[error(
        "the address {0:?} is wrong: after its kind comes a node such as /dev/ttyACM0, or vendor:product in hexadecimal"
    )]
    Device(String),
    /// A parameter nobody knows.
    #[error("{0:?} is not a parameter of a scanner: known are serial, port, baud, format, suffix, gs")]
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

impl Address {
    /// Which device is meant, and through what kind of node it is used. None for the wedge, which is no device of ours.
    #[must_use]
    pub fn identity(&self) -> Option<(Identity, Class)> {
        let (device, class) = match &self.place {
            Place::Line(device) => (device, Class::Tty),
            Place::Keys(device) => (device, Class::Input),
            Place::HidPos(device) => (device, Class::HidScanner),
            Place::Sim(_) => return Some((Identity::Elsewhere, Class::Tty)),
            Place::Wedge => return None,
        };
        let identity = match device {
            Device::Node(path) => Identity::Path(path.clone()),
            Device::Usb { vendor, product } => Identity::Usb {
                vendor: *vendor,
                product: *product,
                serial: self.serial.clone(),
                port: self.port.clone(),
            },
        };
        Some((identity, class))
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), AddressError> {
        let wrong =
            |expected| AddressError::Value { name: name.to_owned(), value: value.to_owned(), expected };
        match name {
            "serial" => self.serial = Some(value.to_owned()),
            "port" => self.port = Some(value.to_owned()),
            "baud" => {
                let baud = value.parse().ok().filter(|baud| (300..=4_000_000).contains(baud));
                self.line.baud = baud.ok_or_else(|| wrong("a number such as 9600 or 115200"))?;
            }
            "format" => self.line.format = value.parse().map_err(|()| wrong("such as 8n1 or 7e1"))?,
            "suffix" => self.suffix(value).ok_or_else(|| wrong("enter, tab, enter,tab or none"))?,
            "gs" => self.separator(value).ok_or_else(|| wrong("f8 or one character"))?,
            _ => return Err(AddressError::Parameter(name.to_owned())),
        }
        Ok(())
    }

    fn suffix(&mut self, value: &str) -> Option<()> {
        self.keys.suffixes.clear();
        for word in value.split(',') {
            match word {
                "enter" => self.keys.suffixes.extend([ENTER, KEYPAD_ENTER]),
                "tab" => self.keys.suffixes.push(TAB),
                // Then only silence tells that a code is over, and it must be short.
                "none" => self.keys.silence_ms = 100,
                _ => return None,
            }
        }
        Some(())
    }

    fn separator(&mut self, value: &str) -> Option<()> {
        let mut characters = value.chars();
        match (value, characters.next(), characters.next()) {
            ("f8", ..) => self.keys.separator_key = Some(F8),
            (_, Some(character), None) => self.keys.separator_char = Some(character),
            _ => return None,
        }
        Some(())
    }
}

impl std::str::FromStr for Address {
    type Err = AddressError;

    fn from_str(address: &str) -> Result<Self, AddressError> {
        let (place, query) = address.trim().split_once('?').unwrap_or((address.trim(), ""));
        let (kind, rest) = place.split_once(':').ok_or_else(|| AddressError::Kind(address.to_owned()))?;
        let device = || device(rest).ok_or_else(|| AddressError::Device(address.to_owned()));
        let place = match kind {
            "serial" | "usb" => Place::Line(device()?),
            "evdev" => Place::Keys(device()?),
            "hidpos" => Place::HidPos(device()?),
            "wedge" => Place::Wedge,
            "sim" => Place::Sim(SimScanner::new()),
            _ => return Err(AddressError::Kind(address.to_owned())),
        };
        let line = SerialSettings::new(9600, Format::N8);
        let mut parsed = Self { place, keys: KeySettings::default(), line, serial: None, port: None };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            parsed.set(name, value)?;
        }
        Ok(parsed)
    }
}

fn device(text: &str) -> Option<Device> {
    if text.starts_with('/') {
        return Some(Device::Node(PathBuf::from(text)));
    }
    let (vendor, product) = usb_numbers(text)?;
    Some(Device::Usb { vendor, product })
}

/// Opens the scanner of an address wherever it is found.
#[derive(Clone, Debug)]
pub struct Opener {
    address: Address,
}

impl Opener {
    /// For the scanner of an address.
    #[must_use]
    pub const fn new(address: Address) -> Self {
        Self { address }
    }
}

impl Open for Opener {
    type Device = Box<dyn Scanner>;

    fn open(&mut self, found: &Found) -> Result<Self::Device, Fault> {
        match &self.address.place {
            Place::Line(_) => {
                let wire = wire::serial::open(found.node()?, self.address.line)?;
                Ok(Box::new(LineScanner::new(wire)))
            }
            #[cfg(target_os = "linux")]
            Place::Keys(_) => {
                Ok(Box::new(super::evdev::EvdevScanner::open(&found.nodes, &self.address.keys)?))
            }
            #[cfg(target_os = "linux")]
            Place::HidPos(_) => Ok(Box::new(super::readers::HidPosScanner::open(found.node()?)?)),
            Place::Sim(sim) => Ok(Box::new(sim.clone())),
            Place::Wedge => {
                Err(Fault::Unsupported("the wedge is heard by the window and not opened".to_owned()))
            }
            #[cfg(not(target_os = "linux"))]
            Place::Keys(_) | Place::HidPos(_) => {
                Err(Fault::Unsupported("keys and reports are read on Linux only: use serial:".to_owned()))
            }
        }
    }
}
