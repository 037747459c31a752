//! Plates somebody has put on a list: vehicles that are warned of, that are not to come in, and that pay nothing. What is
//! decided when one comes is written down, whichever way it goes.

use super::event::Event;
use super::operator::OperatorId;
use super::plate::Plate;
use super::text::Text;
use super::time::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a list is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// Whoever is at the entry reads the reason, and decides.
    Warning,
    /// It comes in only where somebody with the right lets it.
    Stopped,
    /// The owner's, the staff's: it pays nothing, and the registry is told own use.
    Exempt,
}

impl ListKind {
    /// Somebody decides before it comes in.
    pub const fn asks(self) -> bool {
        matches!(self, Self::Warning | Self::Stopped)
    }
}

/// A plate on a list. A plate is on one list at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// It.
    pub plate: Plate,
    /// Which list.
    pub kind: ListKind,
    /// Why, for whoever meets it.
    pub reason: Text,
    /// Since when.
    pub since: Stamp,
    /// Who allowed it.
    pub by: OperatorId,
}

impl Listed {
    /// What an event does to the lists, by the keys of the plates.
    pub fn fold(listed: &mut BTreeMap<String, Self>, event: &Event) {
        match event {
            Event::PlateListed { listed: one, .. } => {
                listed.insert(one.plate.key(), (**one).clone());
            }
            Event::PlateUnlisted { plate, .. } => {
                listed.remove(&plate.key());
            }
            _ => {}
        }
    }
}
