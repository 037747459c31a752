//! Where a device is, as one line of text, and what is plugged in. Used by the configuration, the loop's checks, the
//! command line and the threads that keep the devices; the drivers know the rest.

pub mod look;
pub mod offers;

use crate::domain::device::{Assignment, DeviceId, DeviceKind};
use std::collections::BTreeMap;
use tameio_drivers::camera::{self, plates};
use tameio_drivers::display::DisplayAddress;
use tameio_drivers::printer::{self, PageFinder};
use tameio_drivers::relay::RelayAddress;
use tameio_drivers::{card, scale, scanner};

/// The devices of a configuration, each with its address as written.
pub type Configured = BTreeMap<DeviceId, String>;

/// The address of each device: what was chosen at the screen stands above the configuration, until that is changed.
pub fn in_use(configured: &Configured, assigned: &BTreeMap<DeviceId, Assignment>) -> Configured {
    let mut all = configured.clone();
    for (device, assignment) in assigned {
        let stands = assignment.stands(configured.get(device).map(String::as_str));
        if let Some(address) = assignment.address.as_ref().filter(|_| stands) {
            all.insert(device.clone(), address.as_str().to_owned());
        }
    }
    all
}

/// A device's address, read.
#[derive(Debug, Clone)]
pub enum DeviceAddress {
    /// A printer's.
    Printer(Box<printer::Address>),
    /// A scanner's.
    Scanner(scanner::Address),
    /// A scale's.
    Scale(Box<scale::Address>),
    /// A customer display's.
    Display(Box<DisplayAddress>),
    /// The relay of a barrier.
    Barrier(Box<RelayAddress>),
    /// A card terminal's.
    CardTerminal(Box<card::Address>),
    /// A camera's.
    Camera(Box<camera::Address>),
    /// A camera's that reads number plates itself.
    PlateCamera(Box<plates::Address>),
}

impl DeviceAddress {
    /// Reads the address of a kind of device.
    ///
    /// # Errors
    /// What is wrong with it, in the words of its driver.
    pub fn parse(kind: DeviceKind, text: &str) -> Result<Self, String> {
        match kind {
            DeviceKind::Printer => read(text, |address| Self::Printer(Box::new(address))),
            DeviceKind::Scanner => read(text, Self::Scanner),
            DeviceKind::Scale => read(text, |address| Self::Scale(Box::new(address))),
            DeviceKind::Display => read(text, |address| Self::Display(Box::new(address))),
            DeviceKind::Barrier => read(text, |address| Self::Barrier(Box::new(address))),
            DeviceKind::Camera if reads_plates(text) => {
                read(text, |address| Self::PlateCamera(Box::new(address)))
            }
            DeviceKind::Camera => read(text, |address| Self::Camera(Box::new(address))),
            DeviceKind::CardTerminal => read(text, |address| Self::CardTerminal(Box::new(address))),
        }
    }

    /// Whether it is a device of this process and no real one.
    pub fn is_simulated(&self) -> bool {
        match self {
            Self::Printer(address) => address.place == printer::Place::Sim,
            Self::Scanner(address) => matches!(address.place, scanner::Place::Sim(_)),
            Self::Scale(address) => matches!(address.place, scale::Place::Sim(_)),
            Self::Display(address) => address.place.place == printer::Place::Sim,
            Self::Barrier(address) => address.place.place == printer::Place::Sim,
            Self::CardTerminal(address) => matches!(address.place, card::Place::Sim(_)),
            Self::Camera(address) => matches!(address.place, camera::Place::Sim(_)),
            Self::PlateCamera(address) => matches!(address.place, plates::Place::Sim(_)),
        }
    }
}

/// Whether an address is of a camera that reads number plates itself, by its first word.
fn reads_plates(text: &str) -> bool {
    let scheme = text.split(':').next().unwrap_or_default();
    matches!(scheme, "hikvision" | "dahua" | "hikvision-push" | "dahua-push")
}

fn read<A: std::str::FromStr>(
    text: &str,
    wrap: impl FnOnce(A) -> DeviceAddress,
) -> Result<DeviceAddress, String>
where
    A::Err: std::fmt::Display,
{
    text.parse().map(wrap).map_err(|wrong| wrong.to_string())
}

/// A printer's address with another setting of its Greek page, as a line of the test print has proved it
/// ([`PageFinder::setting`]); nothing where there is no such line.
pub fn with_greek_page(address: &str, line: usize) -> Option<String> {
    let read: printer::Address = address.parse().ok()?;
    let setting = PageFinder::new(&read.profile).setting(line)?;
    let (place, query) = address.split_once('?').unwrap_or((address, ""));
    let others = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("greek="));
    let pairs: Vec<&str> = others.chain([setting.as_str()]).collect();
    Some(format!("{place}?{}", pairs.join("&")))
}
