//! Where a scale is, as one line of text: [`Address`].
//!
//! ```text
//! serial:/dev/ttyUSB1?protocol=8217                    a line at a device
//! usb:1a86:7523?protocol=cas&serial=A1                 the line of a USB adapter, whatever number it gets
//! tcp://192.168.1.60:4001?protocol=mt-sics             a serial server
//! hid:0922:8003                                        a scale on USB that reports by itself
//! hidraw:/dev/hidraw0                                  the same, by its node
//! sim:?protocol=nci                                    a simulated scale
//! ```
//!
//! Without `protocol` the scale is asked which one it speaks. The other parameters: `baud=N`, `format=8n1|7e1|…`,
//! `decimals=N` and `unit=kg|g|…` for weights written without, `price=CENTS` for scales that compute, `serial=…` and
//! `port=1-1.4` to tell two of the same make apart, `stable=WORDS` and `overload=WORDS` (with commas between), `separator=C`
//! and `ask=HEX` for a generic line, `berkel=DIGIT` for TPV4 of Berkel.

use std::path::PathBuf;

use super::protocol::{Kind, Options};
use super::sim::SimScale;
use super::weight::{DECIMALS_MAX, Unit};
use crate::supervisor::{Class, Identity};
use crate::wire::{Format, SerialSettings};

/// Where a scale is and what it speaks.
#[derive(Clone, Debug)]
pub struct Address {
    /// How it is reached.
    pub place: Place,
    /// Its language; asked for when it is not said.
    pub kind: Option<Kind>,
    /// What the shop has set.
    pub options: Options,
    baud: Option<u32>,
    format: Option<Format>,
    serial: Option<String>,
    port: Option<String>,
}

/// How a scale is reached.
#[derive(Clone, Debug)]
pub enum Place {
    /// A line at a device.
    Serial(PathBuf),
    /// The line of a USB adapter, by maker and model.
    Usb {
        /// Maker.
        vendor: u16,
        /// Model.
        product: u16,
    },
    /// A serial server.
    Tcp {
        /// Name or number of the host.
        host: String,
        /// Its port.
        port: u16,
    },
    /// A scale with reports of its own, by maker and model.
    Hid {
        /// Maker.
        vendor: u16,
        /// Model.
        product: u16,
    },
    /// The same, by its node.
    HidRaw(PathBuf),
    /// A simulated scale, in this process.
    Sim(SimScale),
}

/// Why a line is not an address of a scale.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It begins with no known kind.
    #[error("{0:?} is not a scale's address: it begins with serial:, usb:, tcp://, hid:, hidraw: or sim:")]
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
    #[error("{0:?} is not a parameter of a scale: known are {PARAMETERS}")]
    Parameter(String),
    /// A parameter with a value it cannot have.
    #[error("{name} cannot be {value:?}: {expected}")]
    Value {
        /// The parameter.
        name: String,
        /// What was written.
        value: String,
        /// What it may be.
        expected: String,
    },
}

const PARAMETERS: &str =
    "protocol, baud, format, decimals, unit, price, serial, port, stable, overload, separator, ask, berkel";

impl Address {
    /// Speed and format of the line: what was said, else what the language's scales leave the factory with.
    #[must_use]
    pub fn settings(&self) -> SerialSettings {
        let factory = self.kind.unwrap_or(Kind::Mettler8217).settings();
        SerialSettings {
            baud: self.baud.unwrap_or(factory.baud),
            format: self.format.unwrap_or(factory.format),
        }
    }

    /// Which device is meant, and through what kind of node it is used.
    #[must_use]
    pub fn identity(&self) -> (Identity, Class) {
        let usb = |vendor, product| Identity::Usb {
            vendor,
            product,
            serial: self.serial.clone(),
            port: self.port.clone(),
        };
        match &self.place {
            Place::Serial(path) => (Identity::Path(path.clone()), Class::Tty),
            Place::Usb { vendor, product } => (usb(*vendor, *product), Class::Tty),
            Place::Hid { vendor, product } => (usb(*vendor, *product), Class::HidScale),
            Place::HidRaw(path) => (Identity::Path(path.clone()), Class::HidScale),
            Place::Tcp { .. } | Place::Sim(_) => (Identity::Elsewhere, Class::Tty),
        }
    }
}

impl std::str::FromStr for Address {
    type Err = AddressError;

    fn from_str(address: &str) -> Result<Self, AddressError> {
        let (place, query) = address.trim().split_once('?').unwrap_or((address.trim(), ""));
        let mut parsed = Self {
            place: Place::Sim(SimScale::new(Kind::Mettler8217)),
            kind: None,
            options: Options::default(),
            baud: None,
            format: None,
            serial: None,
            port: None,
        };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            parsed.set(name, value)?;
        }
        parsed.place = parse_place(place, parsed.kind).map_err(|wrong| match wrong {
            None => AddressError::Kind(address.to_owned()),
            Some(expected) => AddressError::Place { address: address.to_owned(), expected },
        })?;
        if let Place::Sim(sim) = &parsed.place {
            parsed.kind = Some(sim.kind());
        }
        Ok(parsed)
    }
}

impl Address {
    fn set(&mut self, name: &str, value: &str) -> Result<(), AddressError> {
        let wrong = |expected: String| AddressError::Value {
            name: name.to_owned(),
            value: value.to_owned(),
            expected,
        };
        let known = || format!("one of {}", Kind::ALL.map(Kind::name).join(", "));
        let some = |text: &str| text.to_owned();
        let words = || value.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let number = |max: u32| value.parse().ok().filter(|number| *number <= max);
        match name {
            "protocol" => self.kind = Some(Kind::named(value).ok_or_else(|| wrong(known()))?),
            "baud" => {
                let baud = number(4_000_000).filter(|baud| *baud >= 300);
                self.baud = Some(baud.ok_or_else(|| wrong(some("a number such as 2400, 4800 or 9600")))?);
            }
            "format" => {
                self.format = Some(value.parse().map_err(|()| wrong(some("such as 8n1, 7e1 or 7o1")))?);
            }
            "decimals" => {
                let decimals = number(DECIMALS_MAX.into()).and_then(|number| u8::try_from(number).ok());
                self.options.decimals = decimals.ok_or_else(|| wrong(some("a number from 0 to 6")))?;
            }
            "unit" => {
                self.options.unit =
                    Unit::named(value).ok_or_else(|| wrong(some("mg, g, kg, t, oz or lb")))?;
            }
            "price" => {
                let price = number(999_999);
                self.options.unit_price_cents =
                    price.ok_or_else(|| wrong(some("cents, from 0 to 999999")))?;
            }
            "berkel" => {
                let digit = number(9).and_then(|number| u8::try_from(number).ok());
                self.options.berkel_digit = Some(digit.ok_or_else(|| wrong(some("a digit")))?);
            }
            "separator" => match value.as_bytes() {
                [byte] => self.options.words.separator = *byte,
                _ => return Err(wrong(some("one character"))),
            },
            "ask" => {
                let bytes = hex(value).ok_or_else(|| wrong(some("bytes in hexadecimal, such as 500D0A")))?;
                self.options.words.ask = Some(bytes);
            }
            "stable" => self.options.words.stable = words(),
            "overload" => self.options.words.overload = words(),
            "serial" => self.serial = Some(value.to_owned()),
            "port" => self.port = Some(value.to_owned()),
            _ => return Err(AddressError::Parameter(name.to_owned())),
        }
        Ok(())
    }
}

/// A place; no kind at all, or how its kind is written.
fn parse_place(place: &str, kind: Option<Kind>) -> Result<Place, Option<&'static str>> {
    let (scheme, rest) = place.split_once(':').ok_or(None)?;
    match scheme {
        "serial" if rest.is_empty() => Err(Some("it is written serial:/dev/ttyUSB0")),
        "serial" => Ok(Place::Serial(PathBuf::from(rest))),
        "hidraw" if !rest.starts_with('/') => Err(Some("it is written hidraw:/dev/hidraw0")),
        "hidraw" => Ok(Place::HidRaw(PathBuf::from(rest))),
        "usb" | "hid" => {
            let expected =
                "it is written usb:vendor:product in hexadecimal, such as usb:1a86:7523 or hid:0922:8003";
            let (vendor, product) = usb_numbers(rest).ok_or(Some(expected))?;
            Ok(if scheme == "usb" { Place::Usb { vendor, product } } else { Place::Hid { vendor, product } })
        }
        "tcp" => {
            let (host, port) = host_and_port(rest).ok_or(Some("it is written tcp://host:port"))?;
            Ok(Place::Tcp { host, port })
        }
        "sim" => Ok(Place::Sim(SimScale::new(kind.unwrap_or(Kind::Mettler8217)))),
        _ => Err(None),
    }
}

/// `1a86:7523`.
pub(crate) fn usb_numbers(text: &str) -> Option<(u16, u16)> {
    let (vendor, product) = text.split_once(':')?;
    Some((u16::from_str_radix(vendor, 16).ok()?, u16::from_str_radix(product, 16).ok()?))
}

/// `//host:port`.
pub(crate) fn host_and_port(text: &str) -> Option<(String, u16)> {
    let (host, port) = text.strip_prefix("//")?.trim_end_matches('/').rsplit_once(':')?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let port = port.parse().ok().filter(|port| *port > 0)?;
    (!host.is_empty()).then(|| (host.to_owned(), port))
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| {
            u8::from_str_radix(std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?, 16).ok()
        })
        .collect()
}
