//! Where a customer display is and how it is set, as one line of text: [`DisplayAddress`].
//!
//! ```text
//! serial:/dev/ttyUSB1?commands=cd5220&greek=capitals&brightness=3
//! serial:/dev/ttyUSB1?commands=epson&greek=1253:17
//! tcp://192.168.1.50:9100?behind=printer
//! sim:
//! ```
//!
//! `commands=epson|cd5220|utc`, `greek=capitals|latin|PAGE:N`, `brightness=1…4`, `behind=printer`, `top=low|high` (which bit
//! of a defined character is its uppermost dot); and `baud`, `flow` of a serial line.

use super::DisplayFault;
use super::encode::{CommandSet, Settings};
use super::pole::Pole;
use super::sim::SimDisplay;
use super::text::Greek;
use crate::printer::address::{Address, AddressError, Place};
use crate::printer::greek::CodePage;
use crate::printer::link::connector;
use crate::printer::profile::PageSlot;

/// Where a display is and how it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayAddress {
    /// How it is reached.
    pub place: Address,
    /// How it is set.
    pub settings: Settings,
}

const PARAMETERS: &str = "commands, greek, brightness, behind, top, baud, flow";

impl std::str::FromStr for DisplayAddress {
    type Err = AddressError;

    fn from_str(address: &str) -> Result<Self, AddressError> {
        let (place, query) = address.trim().split_once('?').unwrap_or((address.trim(), ""));
        let mut settings = Settings::default();
        let mut line = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match name {
                "baud" | "flow" => line.push(pair),
                _ => set(&mut settings, name, value)?,
            }
        }
        let place = match line.as_slice() {
            [] => place.to_owned(),
            pairs => format!("{place}?{}", pairs.join("&")),
        };
        Ok(Self { place: place.parse()?, settings })
    }
}

fn set(settings: &mut Settings, name: &str, value: &str) -> Result<(), AddressError> {
    let wrong = |expected: &str| AddressError::Value {
        name: name.to_owned(),
        value: value.to_owned(),
        expected: expected.to_owned(),
    };
    match (name, value) {
        ("commands", "epson") => settings.commands = CommandSet::Epson,
        ("commands", "cd5220") => settings.commands = CommandSet::Cd5220,
        ("commands", "utc") => settings.commands = CommandSet::Utc,
        ("commands", _) => return Err(wrong("epson, cd5220 or utc")),
        ("greek", "capitals") => settings.greek = Greek::Capitals,
        ("greek", "latin") => settings.greek = Greek::Latin,
        ("greek", page) => {
            settings.greek = Greek::Page(
                slot(page)
                    .ok_or_else(|| wrong("capitals, latin, or a page and its number such as 1253:17"))?,
            )
        }
        ("brightness", level) => {
            let level = level.parse().ok().filter(|level| (1..=4).contains(level));
            settings.brightness = Some(level.ok_or_else(|| wrong("a number from 1 to 4"))?);
        }
        ("behind", "printer") => settings.behind_printer = true,
        ("behind", _) => return Err(wrong("printer")),
        ("top", "low") => settings.top_dot_is_high = false,
        ("top", "high") => settings.top_dot_is_high = true,
        ("top", _) => return Err(wrong("low or high")),
        _ => return Err(AddressError::Parameter { name: name.to_owned(), known: PARAMETERS }),
    }
    Ok(())
}

fn slot(text: &str) -> Option<PageSlot> {
    let (page, n) = text.split_once(':')?;
    Some(PageSlot { page: CodePage::named(page)?, n: n.parse().ok()? })
}

/// The display at an address.
///
/// # Errors
/// When this build cannot reach such an address. Whether the display is there shows when it is used.
pub fn open(name: &str, address: &DisplayAddress) -> Result<Pole, DisplayFault> {
    let connect = match address.place.place {
        Place::Sim => Box::new(SimDisplay::new(address.settings)),
        _ => connector(&address.place)?,
    };
    Ok(Pole::new(name, address.settings, connect))
}
