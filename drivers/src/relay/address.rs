//! Where a relay board is and what it understands, as one line of text: [`RelayAddress`].
//!
//! ```text
//! serial:/dev/ttyUSB2?board=lcus&relay=1&pulse=700
//! serial:/dev/ttyUSB2?board=modbus&unit=1&relay=2&seen=1
//! tcp://192.168.1.60:502?board=modbus
//! file:/dev/hidraw3?board=hid
//! ```
//!
//! `board=lcus|hw667|icse|icse-inverted|hid|modbus`, `unit=1…247` (Modbus), `relay=N`, `pulse=MS`, `seen=INPUT` (the input
//! that is closed while the barrier is up); and `baud`, `flow` of a serial line.

use std::time::Duration;

use super::boards::{Kind, MuteBoard};
use super::modbus::{Framing, ModbusBoard, PORT};
use super::pulse::PulseSettings;
use super::{Board, RelayFault};
use crate::printer::address::{Address, AddressError, Place};
use crate::printer::link::connector;

/// Where a board is, what it understands, and which contact is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayAddress {
    /// How it is reached.
    pub place: Address,
    /// What it understands; none is Modbus.
    pub kind: Option<Kind>,
    /// Its number on a Modbus line.
    pub unit: u8,
    /// Which contact, and for how long.
    pub pulse: PulseSettings,
}

const PARAMETERS: &str = "board, unit, relay, pulse, seen, baud, flow";
/// How long a barrier may take until its switch says that it is up.
const SEEN_WITHIN: Duration = Duration::from_secs(6);

impl std::str::FromStr for RelayAddress {
    type Err = AddressError;

    fn from_str(address: &str) -> Result<Self, AddressError> {
        let (place, query) = address.trim().split_once('?').unwrap_or((address.trim(), ""));
        let mut read = Self {
            place: place_of(place, query)?,
            kind: Some(Kind::Lcus),
            unit: 1,
            pulse: PulseSettings::default(),
        };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            read.set(name, value)?;
        }
        Ok(read)
    }
}

/// The part of the address that says where, with Modbus's own port where none is told.
fn place_of(place: &str, query: &str) -> Result<Address, AddressError> {
    let line: Vec<&str> =
        query.split('&').filter(|pair| pair.starts_with("baud=") || pair.starts_with("flow=")).collect();
    let mut address: Address = format!("{place}?{}", line.join("&")).parse()?;
    let named =
        place.rsplit_once(':').is_some_and(|(_, port)| port.trim_end_matches('/').parse::<u16>().is_ok());
    if let Place::Tcp { port, .. } = &mut address.place
        && !named
    {
        *port = PORT;
    }
    Ok(address)
}

impl RelayAddress {
    fn set(&mut self, name: &str, value: &str) -> Result<(), AddressError> {
        let wrong = |expected: &str| AddressError::Value {
            name: name.to_owned(),
            value: value.to_owned(),
            expected: expected.to_owned(),
        };
        let number = |from: u16, to: u16| value.parse().ok().filter(|n| (from..=to).contains(n));
        let small = |to: u16| number(1, to).and_then(|n| u8::try_from(n).ok());
        match name {
            "board" => {
                self.kind =
                    board(value).ok_or_else(|| wrong("lcus, hw667, icse, icse-inverted, hid or modbus"))?
            }
            "unit" => self.unit = small(247).ok_or_else(|| wrong("a number from 1 to 247"))?,
            "relay" => self.pulse.relay = small(8).ok_or_else(|| wrong("a number from 1 to 8"))?,
            "seen" => {
                let input = small(8).ok_or_else(|| wrong("an input from 1 to 8"))?;
                self.pulse.seen = Some((input, SEEN_WITHIN));
            }
            "pulse" => {
                let ms = number(50, 3000).ok_or_else(|| wrong("a time from 50 to 3000 ms"))?;
                self.pulse.closed = Duration::from_millis(ms.into());
            }
            "baud" | "flow" => {}
            _ => return Err(AddressError::Parameter { name: name.to_owned(), known: PARAMETERS }),
        }
        Ok(())
    }
}

/// None is Modbus, which is no mute board.
fn board(name: &str) -> Option<Option<Kind>> {
    match name {
        "lcus" => Some(Some(Kind::Lcus)),
        "hw667" => Some(Some(Kind::Hw667)),
        "icse" => Some(Some(Kind::Icse { inverted: false })),
        "icse-inverted" => Some(Some(Kind::Icse { inverted: true })),
        "hid" => Some(Some(Kind::Hid)),
        "modbus" => Some(None),
        _ => None,
    }
}

/// The board at an address.
///
/// # Errors
/// When this build cannot reach such an address. Whether the board is there shows when it is used.
pub fn open(address: &RelayAddress) -> Result<Box<dyn Board>, RelayFault> {
    if address.place.place == Place::Sim {
        return Ok(Box::new(super::sim::SimBoard::default()));
    }
    let connect = connector(&address.place)?;
    let framing = if matches!(address.place.place, Place::Tcp { .. }) { Framing::Tcp } else { Framing::Rtu };
    Ok(match address.kind {
        Some(kind) => Box::new(MuteBoard::new(kind, connect)),
        None => Box::new(ModbusBoard::new(framing, address.unit, connect)),
    })
}
