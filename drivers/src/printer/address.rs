//! Where a printer is, as one line of text: [`Address`].
//!
//! ```text
//! tcp://192.168.1.50:9100?profile=xprinter-80
//! file:/dev/usb/lp0?profile=epson-80
//! serial:/dev/ttyUSB0?baud=19200&flow=rtscts&profile=generic-58
//! lp:TM-T20II?profile=epson-80                 whichever /dev/usb/lpN says so, or has that serial number
//! usb:04b8:0e15?serial=J7NF1234&profile=epson-80
//! sim:?profile=epson-58
//! ```
//!
//! Parameters of every kind: `profile=NAME`, `columns=N` (the printer's column mode), `greek=PAGE:N` (the page a test
//! print proved, for example `737:24`; `none` draws Greek), `status=none|realtime|auto`, `end=sensor|name` (how the end of
//! a job is asked for), `drawer=2|5` (the pin), `drawer_open=high|low`, `drawer_ms=50/500` (the pulse and its rest).

use std::path::PathBuf;

use super::greek::CodePage;
use super::profile::{PROFILE_NAMES, PageSlot, Profile, StatusAbility};

/// The port printers listen on.
pub const PORT: u16 = 9100;

/// Where a printer is and what it can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// How it is reached.
    pub place: Place,
    /// What it can do.
    pub profile: Profile,
}

/// How a printer is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A network printer.
    Tcp {
        /// Name or number of the host.
        host: String,
        /// Its port, [`PORT`] unless said otherwise.
        port: u16,
    },
    /// A device file, such as `/dev/usb/lp0`.
    File(PathBuf),
    /// A serial line.
    Serial {
        /// The device.
        path: String,
        /// Bits a second.
        baud: u32,
        /// How the printer says stop.
        flow: Flow,
    },
    /// A USB printer by what it says of itself, wherever the kernel put its device file this time.
    Lp {
        /// What stands in its IEEE-1284 text or is its serial number.
        named: String,
    },
    /// A USB device without a device file.
    Usb {
        /// The maker's number.
        vendor: u16,
        /// The model's number.
        product: u16,
        /// Its serial number, to tell two of a kind apart.
        serial: Option<String>,
    },
    /// The virtual printer, in this process.
    Sim,
}

/// How a printer on a serial line says that its buffer is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flow {
    /// It does not.
    #[default]
    None,
    /// By the RTS and CTS wires.
    RtsCts,
    /// By XON and XOFF bytes.
    XonXoff,
    /// By its DTR wire, which is this machine's DSR: the default of many older printers.
    Dtr,
}

/// Why a line is not an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It does not begin with a known kind.
    #[error("{0:?} is not a printer's address: it begins with tcp://, file:, lp:, serial:, usb: or sim:")]
    Kind(String),
    /// What stands after the kind is wrong.
    #[error("the address {address:?} is wrong: {fault}")]
    Place {
        /// The whole line.
        address: String,
        /// What is wrong.
        fault: String,
    },
    /// A parameter nobody knows.
    #[error("{name:?} is not a parameter of a printer: known are {known}")]
    Parameter {
        /// What was written.
        name: String,
        /// What there is.
        known: &'static str,
    },
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
    "profile, columns, greek, status, end, drawer, drawer_open, drawer_ms, baud, flow, serial";

impl std::str::FromStr for Address {
    type Err = AddressError;

    fn from_str(address: &str) -> Result<Self, AddressError> {
        let (place, query) = address.trim().split_once('?').unwrap_or((address.trim(), ""));
        let parameters = Parameters::read(query)?;
        let place = parse_place(place, &parameters).map_err(|fault| fault.named(address))?;
        // The simulator is a printer that can do everything, so that a first look shows letters.
        let fallback = if place == Place::Sim { "epson-80" } else { "generic-80" };
        Ok(Self { place, profile: parameters.profile(fallback)? })
    }
}

/// A fault found before the whole address is at hand.
enum PlaceFault {
    Kind,
    Wrong(String),
    Finished(AddressError),
}

impl PlaceFault {
    fn named(self, address: &str) -> AddressError {
        match self {
            Self::Kind => AddressError::Kind(address.to_owned()),
            Self::Wrong(fault) => AddressError::Place { address: address.to_owned(), fault },
            Self::Finished(error) => error,
        }
    }
}

fn parse_place(place: &str, parameters: &Parameters<'_>) -> Result<Place, PlaceFault> {
    let (kind, rest) = place.split_once(':').ok_or(PlaceFault::Kind)?;
    match kind {
        "tcp" => parse_tcp(rest),
        "file" if rest.starts_with('/') => Ok(Place::File(PathBuf::from(rest))),
        "file" => {
            Err(PlaceFault::Wrong("a path from the root is needed, such as file:/dev/usb/lp0".to_owned()))
        }
        "serial" if rest.is_empty() => {
            Err(PlaceFault::Wrong("the device is missing, such as serial:/dev/ttyUSB0".to_owned()))
        }
        "serial" => parameters.serial(rest).map_err(PlaceFault::Finished),
        "lp" if rest.is_empty() => Err(PlaceFault::Wrong(
            "a part of the printer's own name is missing, such as lp:TM-T20II or its serial number"
                .to_owned(),
        )),
        "lp" => Ok(Place::Lp { named: rest.to_owned() }),
        "usb" => parse_usb(rest, parameters),
        "sim" => Ok(Place::Sim),
        _ => Err(PlaceFault::Kind),
    }
}

fn parse_tcp(rest: &str) -> Result<Place, PlaceFault> {
    let wrong = |fault: &str| PlaceFault::Wrong(fault.to_owned());
    let authority = rest.strip_prefix("//").ok_or_else(|| wrong("it is written tcp://host:port"))?;
    let authority = authority.trim_end_matches('/');
    let (host, port) = match authority.rsplit_once(':') {
        // The last colon of a bare IPv6 number is not a port's.
        Some((host, port)) if !port.contains(']') && (!host.contains(':') || host.starts_with('[')) => {
            (host, port.parse().map_err(|_| wrong("the port is a number from 1 to 65535"))?)
        }
        _ => (authority, PORT),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match (host, port) {
        ("", _) => Err(wrong("the host is missing")),
        (_, 0) => Err(wrong("the port is a number from 1 to 65535")),
        (host, port) => Ok(Place::Tcp { host: host.to_owned(), port }),
    }
}

fn parse_usb(rest: &str, parameters: &Parameters<'_>) -> Result<Place, PlaceFault> {
    let parse = |digits: &str| u16::from_str_radix(digits, 16).ok();
    let numbers = rest.split_once(':').and_then(|(vendor, product)| Some((parse(vendor)?, parse(product)?)));
    match numbers {
        Some((vendor, product)) => {
            let serial = parameters.text("serial").map(str::to_owned);
            Ok(Place::Usb { vendor, product, serial })
        }
        None => Err(PlaceFault::Wrong(
            "it is written usb:vendor:product in hexadecimal, such as usb:04b8:0e15".to_owned(),
        )),
    }
}

/// The part after the question mark.
struct Parameters<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Parameters<'a> {
    fn read(query: &'a str) -> Result<Self, AddressError> {
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs: Vec<_> = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
        match pairs.iter().find(|(name, _)| !PARAMETERS.split(", ").any(|known| known == *name)) {
            Some((name, _)) => Err(AddressError::Parameter { name: (*name).to_owned(), known: PARAMETERS }),
            None => Ok(Self(pairs)),
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// The value of a parameter through its own reading, if it is there.
    fn value<T>(
        &self,
        name: &str,
        expected: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, AddressError> {
        let Some(value) = self.text(name) else { return Ok(None) };
        let wrong = || AddressError::Value {
            name: name.to_owned(),
            value: value.to_owned(),
            expected: expected.to_owned(),
        };
        read(value).map(Some).ok_or_else(wrong)
    }

    fn serial(&self, path: &str) -> Result<Place, AddressError> {
        let baud = self.value("baud", "a number such as 9600, 19200 or 115200", |value| {
            value.parse().ok().filter(|baud| (300..=4_000_000).contains(baud))
        })?;
        let flow = self.value("flow", "none, rtscts, xonxoff or dtr", |value| match value {
            "none" => Some(Flow::None),
            "rtscts" => Some(Flow::RtsCts),
            "xonxoff" => Some(Flow::XonXoff),
            "dtr" => Some(Flow::Dtr),
            _ => None,
        })?;
        Ok(Place::Serial {
            path: path.to_owned(),
            baud: baud.unwrap_or(9600),
            flow: flow.unwrap_or_default(),
        })
    }

    fn profile(&self, fallback: &str) -> Result<Profile, AddressError> {
        let names = format!("one of {}, or a model such as TM-T88V", PROFILE_NAMES.join(", "));
        let named = self.value("profile", &names, Profile::named)?;
        let mut profile = named.or_else(|| Profile::named(fallback)).unwrap_or_else(Profile::generic);
        if let Some(columns) = self.value("columns", "a number from 16 to 64", parse_columns)? {
            profile = profile.with_columns(columns);
        }
        match self.value("greek", "a page and its number, such as 737:24, or none", parse_greek)? {
            Some(Some(slot)) => profile = profile.with_page(slot),
            Some(None) => profile.pages.clear(),
            None => {}
        }
        if let Some(names_jobs) = self.value("end", "sensor or name", parse_end)? {
            profile.names_jobs = names_jobs;
        }
        if let Some(status) = self.value("status", "none, realtime or auto", parse_status)? {
            profile.status = status;
        }
        self.drawer(profile)
    }

    fn drawer(&self, mut profile: Profile) -> Result<Profile, AddressError> {
        let pin = |value: &str| match value {
            "2" => Some(0),
            "5" => Some(1),
            _ => None,
        };
        let level = |value: &str| match value {
            "high" => Some(true),
            "low" => Some(false),
            _ => None,
        };
        if let Some(pin) = self.value("drawer", "the pin, 2 or 5", pin)? {
            profile.drawer.pin = pin;
        }
        if let Some(open_is_high) = self.value("drawer_open", "high or low", level)? {
            profile.drawer.open_is_high = open_is_high;
        }
        let times = "on/off in ms, at most one fifth on and 510 at most, such as 50/500";
        if let Some((on_2ms, off_2ms)) = self.value("drawer_ms", times, parse_pulse)? {
            profile.drawer.on_2ms = on_2ms;
            profile.drawer.off_2ms = off_2ms;
        }
        Ok(profile)
    }
}

fn parse_columns(value: &str) -> Option<usize> {
    value.parse().ok().filter(|columns| (16..=64).contains(columns))
}

/// `none` is Greek by drawing.
fn parse_greek(value: &str) -> Option<Option<PageSlot>> {
    if value == "none" { Some(None) } else { parse_slot(value).map(Some) }
}

fn parse_end(value: &str) -> Option<bool> {
    match value {
        "sensor" => Some(false),
        "name" => Some(true),
        _ => None,
    }
}

/// The pulse and the rest after it, in ms: `50/500`.
fn parse_pulse(value: &str) -> Option<(u8, u8)> {
    let (on, off) = value.split_once('/')?;
    let (on, off): (u16, u16) = (on.parse().ok()?, off.parse().ok()?);
    // More than one part in five of the time heats the coil.
    let cool = u32::from(on) * 4 <= u32::from(off);
    (on >= 2 && cool).then_some((u8::try_from(on / 2).ok()?, u8::try_from(off / 2).ok()?))
}

fn parse_slot(value: &str) -> Option<PageSlot> {
    let (page, n) = value.split_once(':')?;
    Some(PageSlot { page: CodePage::named(page)?, n: n.parse().ok()? })
}

fn parse_status(value: &str) -> Option<StatusAbility> {
    match value {
        "none" => Some(StatusAbility::None),
        "realtime" => Some(StatusAbility::RealTime),
        "auto" => Some(StatusAbility::Automatic),
        _ => None,
    }
}
