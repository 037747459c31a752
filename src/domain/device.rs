//! Devices of a terminal: which there are, how each is, and what they have to say. How they are reached and spoken to is
//! the drivers' business.

use super::event::Event;
use super::operator::OperatorId;
use super::text::Text;
use super::time::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// What a device is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// Prints papers, and has the cash drawer behind it.
    Printer,
    /// Reads codes.
    Scanner,
    /// Weighs carpets and laundry.
    Scale,
    /// Shows the customer what is due.
    Display,
    /// Lets vehicles in or out.
    Barrier,
    /// Charges cards when it is asked to.
    CardTerminal,
    /// Sees the lane; some read number plates themselves.
    Camera,
}

impl DeviceKind {
    /// All of them, in the order people are shown them.
    pub const ALL: [Self; 7] = [
        Self::Printer,
        Self::Scanner,
        Self::Camera,
        Self::CardTerminal,
        Self::Display,
        Self::Barrier,
        Self::Scale,
    ];

    /// Its word in configurations and records.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Printer => "printer",
            Self::Scanner => "scanner",
            Self::Scale => "scale",
            Self::Display => "display",
            Self::Barrier => "barrier",
            Self::CardTerminal => "card",
            Self::Camera => "camera",
        }
    }

    /// Whether a terminal may have more than one, each with a name.
    pub const fn may_be_several(self) -> bool {
        matches!(self, Self::Scanner | Self::Barrier | Self::Camera)
    }
}

/// Which device: `printer`, or `barrier.exit` where there are several of a kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct DeviceId {
    /// What it is for.
    pub kind: DeviceKind,
    /// Its name among several, a word of Latin letters and digits; empty for the only one.
    pub name: String,
}

/// A text that names no device.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no device: it is printer, scanner, camera, card, display, barrier or scale, with a name after a dot where there are several"
)]
pub struct BadDeviceId(String);

impl DeviceId {
    /// The only one of its kind.
    pub const fn only(kind: DeviceKind) -> Self {
        Self { kind, name: String::new() }
    }

    /// One of several; nothing where the name is no word.
    pub fn named(kind: DeviceKind, name: &str) -> Option<Self> {
        let word =
            (1..=20).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (word && kind.may_be_several()).then(|| Self { kind, name: name.to_owned() })
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.code())?;
        if self.name.is_empty() { Ok(()) } else { write!(f, ".{}", self.name) }
    }
}

impl FromStr for DeviceId {
    type Err = BadDeviceId;

    fn from_str(text: &str) -> Result<Self, BadDeviceId> {
        let (kind, name) = text.split_once('.').map_or((text, None), |(kind, name)| (kind, Some(name)));
        let kind = DeviceKind::ALL.into_iter().find(|known| known.code() == kind);
        let id = match (kind, name) {
            (Some(kind), None) => Some(Self::only(kind)),
            (Some(kind), Some(name)) => Self::named(kind, name),
            (None, _) => None,
        };
        id.ok_or_else(|| BadDeviceId(text.to_owned()))
    }
}

impl TryFrom<String> for DeviceId {
    type Error = BadDeviceId;

    fn try_from(text: String) -> Result<Self, BadDeviceId> {
        text.parse()
    }
}

impl From<DeviceId> for String {
    fn from(id: DeviceId) -> Self {
        id.to_string()
    }
}

/// How a device is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "condition", rename_all = "snake_case")]
pub enum Condition {
    /// It is not there.
    Absent,
    /// It is there and is being opened.
    Opening,
    /// It is in use.
    Ready,
    /// It is there and cannot be used; it is tried again by itself.
    Faulted {
        /// Why.
        trouble: DeviceTrouble,
    },
}

/// Why a device that is there cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum DeviceTrouble {
    /// Another program has it.
    Busy,
    /// The system does not let this user open it.
    NotPermitted {
        /// The line that gives permission, for a file below `/etc/udev/rules.d`.
        udev: Option<Text>,
    },
    /// It does not answer.
    Silent,
    /// It speaks something else than it was set to.
    SpeaksSomethingElse {
        /// What it was expected to speak.
        expected: Text,
    },
    /// Several devices fit its address.
    Ambiguous,
    /// Anything else, in its own words.
    Other {
        /// The words.
        text: Text,
    },
}

/// A device as this run of the program sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceSeen {
    /// Where it is, as the configuration writes it.
    pub address: Text,
    /// How it is.
    #[serde(flatten)]
    pub condition: Condition,
    /// Since when.
    pub since: Stamp,
}

/// An address that was chosen at the screen and stands above the configuration's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The address; nothing takes the device away.
    pub address: Option<Text>,
    /// What the configuration said then. One that says something else now was changed later, and counts again.
    pub configured: Option<Text>,
    /// Who chose.
    pub operator: OperatorId,
    /// When.
    pub at: Stamp,
}

impl Assignment {
    /// What an event does to what was chosen at the screen.
    pub fn fold(assigned: &mut BTreeMap<DeviceId, Self>, event: &Event, at: Stamp) {
        if let Event::DeviceAssigned { device, address, configured, operator } = event {
            let (address, configured, operator) = (address.clone(), configured.clone(), operator.clone());
            assigned.insert(device.clone(), Self { address, configured, operator, at });
        }
    }

    /// Whether it stands above what the configuration says now.
    pub fn stands(&self, configured: Option<&str>) -> bool {
        self.configured.as_ref().map(Text::as_str) == configured
    }
}

/// Something that is plugged in and could be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceOffer {
    /// What it would be.
    pub kind: DeviceKind,
    /// It says itself what it is; otherwise it is a line that may have one behind it.
    pub certain: bool,
    /// Its name, as it says.
    pub name: Text,
    /// Its address, for the configuration.
    pub address: Text,
    /// The line that gives permission, where this user may not open it.
    pub udev: Option<Text>,
}

/// What a scale says. Only one of the answers is a weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reading", rename_all = "snake_case")]
pub enum ScaleReading {
    /// A weight at rest and above zero.
    Stable {
        /// How much.
        grams: u64,
    },
    /// Nothing lies on it.
    Zero,
    /// It has not come to rest.
    Moving,
    /// Less than nothing.
    Negative,
    /// More than it can weigh.
    Overload,
    /// It must be set to zero first.
    NeedsZero,
    /// It reports a fault, or a weight that is no whole number of grams.
    Defect,
    /// It did not answer.
    NoAnswer,
}

/// What lay on the scale, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// What it said.
    pub reading: ScaleReading,
    /// When.
    pub at: Stamp,
}

/// For how many milliseconds a reading tells what lies on the scale.
pub const WEIGHT_FRESH_MS: i64 = 2_000;

impl Weighed {
    /// What lies on the scale now: an old reading is none.
    pub fn now(self, now: Stamp) -> ScaleReading {
        let age = now.utc.as_millisecond() - self.at.utc.as_millisecond();
        if (0..WEIGHT_FRESH_MS).contains(&age) { self.reading } else { ScaleReading::NoAnswer }
    }
}

/// What became of opening a barrier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "opening", rename_all = "snake_case")]
pub enum BarrierOpening {
    /// Its switch says that it is up.
    SeenOpen,
    /// The board says that its contact was closed; whether the barrier moved, it cannot know.
    Confirmed,
    /// It was told, and nobody can say more.
    Sent,
    /// It was told, and no true answer came: it may have opened.
    Unknown,
    /// It was not told anything.
    NotOpened {
        /// Why.
        text: Text,
    },
    /// The contact stayed closed: a person must look at the barrier.
    Stuck {
        /// Why.
        text: Text,
    },
}

impl BarrierOpening {
    /// Whether it did not open, for sure.
    pub const fn failed(&self) -> bool {
        matches!(self, Self::NotOpened { .. })
    }
}
