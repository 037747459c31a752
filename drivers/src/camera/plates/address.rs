//! Where a camera that reads plates is, as one line of text: [`Address`].
//!
//! ```text
//! hikvision://admin:word@192.168.1.64          asked over ISAPI
//! dahua://admin:word@192.168.1.65?repeat=20    asked over Dahua's HTTP API
//! hikvision-push://0.0.0.0:8081                it calls us: "alarm server" in the camera
//! dahua-push://0.0.0.0:8082                    it calls us: "ITSAPI" in the camera
//! sim:                                         a simulated one
//! ```
//!
//! Parameters: `repeat=SECONDS` in which the same plate on the same lane is the same car (15); `silence=SECONDS` without a
//! sign of life until something is wrong (30 where it is asked; where it calls, it is not watched unless said), `none` for
//! never; `confidence=N` is what the camera calls certain (100 at Hikvision, 255 at Dahua); `gate=exit`
//! says that it sees the cars that leave. A path in the address is asked
//! for instead of the usual one.

use std::net::SocketAddr;
use std::time::Duration;

use super::sim::SimReader;
use super::{Maker, dahua, hikvision};
use crate::camera::address::Gate;
use crate::camera::http::Url;
use crate::supervisor::{Class, Identity};

/// Where a camera is and how it is listened to.
#[derive(Clone, Debug)]
pub struct Address {
    /// How it is reached.
    pub place: Place,
    /// What the shop has set.
    pub terms: Terms,
}

/// How a camera is reached.
#[derive(Clone, Debug)]
pub enum Place {
    /// It is asked.
    Pull(Maker, Url),
    /// It calls here.
    Push(Maker, SocketAddr),
    /// A simulated one, in this process.
    Sim(SimReader),
}

/// How what a camera tells is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// In what time the same plate on the same lane is the same car.
    pub repeat: Duration,
    /// After what time without a sign of life something is wrong.
    pub silence: Option<Duration>,
    /// Which cars it sees.
    pub gate: Gate,
    confidence: Option<u16>,
}

impl Terms {
    /// How sure a camera of this maker can be.
    #[must_use]
    pub fn full(&self, maker: Maker) -> u16 {
        self.confidence.unwrap_or(match maker {
            Maker::Hikvision => hikvision::FULL,
            Maker::Dahua => dahua::FULL,
        })
    }
}

/// Why a line is not an address of a camera that reads plates.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It begins with no known kind.
    #[error(
        "the address of a camera that reads plates begins with hikvision://, dahua://, hikvision-push://, \
         dahua-push:// or sim:"
    )]
    Kind,
    /// What stands after the kind is wrong.
    #[error("the address is wrong: {0}")]
    Place(&'static str),
    /// A parameter nobody knows.
    #[error(
        "{0:?} is not a parameter of a camera that reads plates: known are repeat, silence, confidence, gate"
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

impl Address {
    /// Which device is meant: none of this machine.
    #[must_use]
    pub const fn identity(&self) -> (Identity, Class) {
        (Identity::Elsewhere, Class::Camera)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), AddressError> {
        let wrong =
            |expected| AddressError::Value { name: name.to_owned(), value: value.to_owned(), expected };
        let seconds =
            || value.parse().ok().filter(|seconds| (1..=3600).contains(seconds)).map(Duration::from_secs);
        match name {
            "repeat" => self.terms.repeat = seconds().ok_or_else(|| wrong("seconds, such as 15"))?,
            "silence" if value == "none" => self.terms.silence = None,
            "silence" => {
                self.terms.silence = Some(seconds().ok_or_else(|| wrong("seconds, such as 30, or none"))?);
            }
            "confidence" => {
                let full = value.parse().ok().filter(|full| *full > 0);
                self.terms.confidence = Some(full.ok_or_else(|| wrong("a number such as 100 or 255"))?);
            }
            "gate" => self.terms.gate = value.parse().map_err(|()| wrong("entry or exit"))?,
            _ => return Err(AddressError::Parameter(name.to_owned())),
        }
        Ok(())
    }
}

impl std::str::FromStr for Address {
    type Err = AddressError;

    fn from_str(address: &str) -> Result<Self, AddressError> {
        let (place, query) = split(address.trim());
        let place = parse_place(place)?;
        let silence = matches!(place, Place::Pull(..)).then_some(Duration::from_secs(30));
        let gate = Gate::default();
        let terms = Terms { repeat: Duration::from_secs(15), silence, gate, confidence: None };
        let mut parsed = Self { place, terms };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            parsed.set(name, value)?;
        }
        Ok(parsed)
    }
}

/// The place and its parameters. A path with a question of its own has them behind a `#`.
fn split(address: &str) -> (&str, &str) {
    address.split_once('#').or_else(|| address.split_once('?')).unwrap_or((address, ""))
}

fn parse_place(place: &str) -> Result<Place, AddressError> {
    let (kind, rest) = place.split_once(':').ok_or(AddressError::Kind)?;
    let url = || {
        Url::read(rest)
            .ok_or(AddressError::Place("it is written hikvision://name:password@camera or dahua://…"))
    };
    let here = || {
        let at = rest.strip_prefix("//").and_then(|at| at.parse().ok());
        at.ok_or(AddressError::Place("it is written dahua-push://0.0.0.0:8082, an address of this machine"))
    };
    match kind {
        "hikvision" => Ok(Place::Pull(Maker::Hikvision, url()?)),
        "dahua" => Ok(Place::Pull(Maker::Dahua, url()?)),
        "hikvision-push" => Ok(Place::Push(Maker::Hikvision, here()?)),
        "dahua-push" => Ok(Place::Push(Maker::Dahua, here()?)),
        "sim" => Ok(Place::Sim(SimReader::default())),
        _ => Err(AddressError::Kind),
    }
}
