//! Where this terminal and the registry do not say the same: what a comparison of the two finds, and the ways out of it.
//!
//! All operations at the registry are numbered in one series, so what is new there stands above the number the last
//! comparison got to.

use super::entry::{ClientType, MessageKind};
use super::ids::{MessageId, Reference, VisitId};
use super::plate::{BadPlate, Plate, PlateEntry, PlateKind};
use super::text::Text;
use super::time::Stamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Length of a chassis number.
const CHASSIS_CHARS: usize = 17;

/// ISO 3166's code for a country that is not told.
const UNKNOWN_COUNTRY: &str = "ZZ";

/// One operation as the registry lists it, as far as a comparison needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "listed", rename_all = "snake_case")]
pub enum Listed {
    /// An entry.
    Entry(ListedVehicle),
    /// An update that completes an entry.
    Completion {
        /// Its own number.
        id: i64,
        /// The entry.
        entry: i64,
    },
    /// A cancellation.
    Cancellation {
        /// Its own number.
        id: i64,
        /// The entry.
        entry: i64,
    },
    /// Anything else: only that it is there.
    Other {
        /// Its number.
        id: i64,
    },
}

impl Listed {
    /// Its number at the registry.
    pub const fn id(&self) -> i64 {
        match self {
            Self::Entry(vehicle) => vehicle.entry,
            Self::Completion { id, .. } | Self::Cancellation { id, .. } | Self::Other { id } => *id,
        }
    }
}

/// A vehicle as an entry names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedVehicle {
    /// The registry's number of the entry (`idDcl`).
    pub entry: i64,
    /// Kind of business; nothing when the registry knows more kinds than we do.
    pub client_type: Option<ClientType>,
    /// Establishment.
    pub branch: Option<u32>,
    /// The plate, as it stands there.
    pub plate: Text,
    /// It stood in the foreign field.
    pub is_foreign: bool,
    /// When the entry was made.
    pub created: Option<Stamp>,
    /// Its comment; a terminal's own begins with the visit's mark.
    pub comments: Text,
    /// It is completed there.
    pub completed: bool,
}

impl ListedVehicle {
    /// The plate as we know plates. Greek as a rule; the registry's foreign field also holds state plates, chassis numbers
    /// and plates of a country it does not name.
    ///
    /// # Errors
    /// When nothing usable stands there.
    pub fn plate(&self) -> Result<Plate, BadPlate> {
        let raw = self.plate.as_str();
        let greek = Plate::parse(&PlateEntry::Greek, raw)?;
        if !self.is_foreign || greek.kind == PlateKind::State {
            return Ok(greek);
        }
        match greek.text.chars().count() {
            CHASSIS_CHARS => Plate::parse(&PlateEntry::Chassis, raw),
            _ => Plate::parse(&PlateEntry::Foreign { country: UNKNOWN_COUNTRY.to_owned() }, raw),
        }
    }
}

/// One page of the listing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ListedPage {
    /// What stands on it.
    pub listed: Vec<Listed>,
    /// What to ask for the page after it; nothing on the last.
    pub next: Option<String>,
}

/// One page a comparison asked for. Its answer names it again: a page that comes after all, to a comparison that was given up,
/// must not count for the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageWanted {
    /// When the comparison began.
    pub begun: Stamp,
    /// Which page of it, from 0.
    pub page: u32,
    /// Everything above this number is listed.
    pub after: i64,
    /// What the page before gave.
    pub token: Option<String>,
}

/// Name of a difference: the registry's number it is about and its kind, so that the same one is found only once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DifferenceId(String);

impl DifferenceId {
    /// The name as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DifferenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One thing this terminal and the registry do not agree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "difference", rename_all = "snake_case")]
pub enum Difference {
    /// An entry no terminal made: typed by hand, or by another program.
    Foreign {
        /// The entry.
        vehicle: ListedVehicle,
    },
    /// An entry with a mark of this terminal, which has no such visit: the database is older than the registry.
    Lost {
        /// The entry.
        vehicle: ListedVehicle,
    },
    /// A second entry with the mark of one visit.
    Doubled {
        /// The entry that is too many.
        vehicle: ListedVehicle,
        /// The visit.
        visit: VisitId,
    },
    /// The registry confirmed it and does not list it.
    Missing {
        /// Its number.
        id: i64,
        /// What was told.
        message: MessageId,
        /// Its kind.
        kind: MessageKind,
        /// The visit.
        visit: VisitId,
    },
    /// Completed there and not by this terminal.
    CompletedThere {
        /// The entry.
        entry: i64,
        /// The visit.
        visit: VisitId,
    },
    /// Cancelled there and not by this terminal.
    CancelledThere {
        /// The entry.
        entry: i64,
        /// The visit.
        visit: VisitId,
    },
}

impl Difference {
    /// Its name.
    pub fn id(&self) -> DifferenceId {
        DifferenceId(match self {
            Self::Foreign { vehicle } => format!("foreign-{}", vehicle.entry),
            Self::Lost { vehicle } => format!("lost-{}", vehicle.entry),
            Self::Doubled { vehicle, .. } => format!("doubled-{}", vehicle.entry),
            Self::Missing { id, .. } => format!("missing-{id}"),
            Self::CompletedThere { entry, .. } => format!("completed-{entry}"),
            Self::CancelledThere { entry, .. } => format!("cancelled-{entry}"),
        })
    }

    /// The entry at the registry that is there and should perhaps not be.
    pub const fn vehicle(&self) -> Option<&ListedVehicle> {
        match self {
            Self::Foreign { vehicle } | Self::Lost { vehicle } | Self::Doubled { vehicle, .. } => {
                Some(vehicle)
            }
            Self::Missing { .. } | Self::CompletedThere { .. } | Self::CancelledThere { .. } => None,
        }
    }

    /// The number of a visit this terminal has forgotten: it must not be given again, or one mark would name two visits.
    pub fn forgotten_number(&self) -> Option<u64> {
        match self {
            Self::Lost { vehicle } => {
                Reference::at_head_of(vehicle.comments.as_str()).map(|reference| reference.number)
            }
            _ => None,
        }
    }

    /// The visit it is about, where this terminal has one.
    pub const fn visit(&self) -> Option<VisitId> {
        match self {
            Self::Foreign { .. } | Self::Lost { .. } => None,
            Self::Doubled { visit, .. }
            | Self::Missing { visit, .. }
            | Self::CompletedThere { visit, .. }
            | Self::CancelledThere { visit, .. } => Some(*visit),
        }
    }

    /// What a person can do about it, the likeliest first.
    pub const fn ways_out(&self) -> &'static [WayOut] {
        match self {
            // What is completed has left: there is nothing to take in.
            Self::Foreign { vehicle } | Self::Lost { vehicle } if vehicle.completed => {
                &[WayOut::Leave, WayOut::CancelThere]
            }
            Self::Foreign { .. } | Self::Lost { .. } => &[WayOut::Adopt, WayOut::CancelThere, WayOut::Leave],
            Self::Doubled { .. } => &[WayOut::CancelThere, WayOut::Leave],
            Self::Missing { .. } => &[WayOut::TellAgain, WayOut::Leave],
            Self::CancelledThere { .. } => &[WayOut::TellAgain, WayOut::Leave],
            Self::CompletedThere { .. } => &[WayOut::Leave],
        }
    }
}

/// What is done about a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WayOut {
    /// The entry is that of a vehicle inside: of the open visit that has none yet, or of a visit opened for it.
    Adopt,
    /// The entry is cancelled at the registry.
    CancelThere,
    /// What is not there is told once more, as a new message.
    TellAgain,
    /// It is right as it is.
    Leave,
    /// The registry shows by itself that it is over: the entry was cancelled there.
    Over,
}

/// The last comparison that read everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Everything up to this number at the registry has been compared.
    pub upto: i64,
    /// When.
    pub at: Stamp,
}

/// A comparison under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// When it began.
    pub begun: Stamp,
    /// It begins above this number.
    pub after: i64,
    /// Highest number the registry had given this terminal when it began: what is ours up to it must be listed.
    pub upto: i64,
    /// When it last got a page, or began.
    pub touched: Stamp,
    /// Pages read.
    pub pages: u32,
    /// What the last of them gave to ask for the next.
    pub token: Option<String>,
    /// Highest number seen.
    pub highest: i64,
    /// Numbers listed, up to [`Comparison::upto`].
    pub listed: Vec<i64>,
    /// Entries seen cancelled.
    pub cancelled: Vec<i64>,
    /// What has been found.
    pub found: Vec<Difference>,
}

impl Comparison {
    /// One that begins now.
    pub const fn begin(after: i64, upto: i64, at: Stamp) -> Self {
        Self {
            begun: at,
            after,
            upto,
            touched: at,
            pages: 0,
            token: None,
            highest: after,
            listed: Vec::new(),
            cancelled: Vec::new(),
            found: Vec::new(),
        }
    }

    /// The page it waits for.
    pub fn wanted(&self) -> PageWanted {
        PageWanted { begun: self.begun, page: self.pages, after: self.after, token: self.token.clone() }
    }

    /// Adds what a page held and what it differs in.
    pub fn add(&mut self, page: &ListedPage, found: &[Difference], at: Stamp) {
        self.token.clone_from(&page.next);
        let page = &page.listed;
        self.touched = at;
        self.pages += 1;
        self.highest = page.iter().map(Listed::id).fold(self.highest, i64::max);
        self.listed.extend(page.iter().map(Listed::id).filter(|id| *id <= self.upto));
        let cancelled = |listed: &Listed| match listed {
            Listed::Cancellation { entry, .. } => Some(*entry),
            Listed::Entry(_) | Listed::Completion { .. } | Listed::Other { .. } => None,
        };
        self.cancelled.extend(page.iter().filter_map(cancelled));
        self.found.extend_from_slice(found);
    }
}
