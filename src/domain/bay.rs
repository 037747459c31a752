//! The bays of a wash: where each vehicle is on the board, and when it is promised.
//!
//! ```text
//!   QUEUE ⇄ BAY n ⇄ READY        any move is possible: a finger that slipped takes it back
//! ```
//! This is beside the money: who paid first still waits for a bay, and who is ready may still owe.

use super::time::Stamp;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Where a vehicle is on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Place {
    /// It waits for a bay.
    #[default]
    Queue,
    /// It is being washed.
    Bay {
        /// Which, from 1.
        bay: u8,
    },
    /// It is done.
    Ready,
}

/// A visit on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OnBoard {
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// Since when; nothing while it was never moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Stamp>,
    /// When the customer was told it would be ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Stamp>,
}

impl OnBoard {
    /// Nothing was said of it: the ordinary case where there are no bays.
    pub fn is_new(&self) -> bool {
        *self == Self::default()
    }

    /// It should have been ready by now.
    pub fn is_late(&self, now: Stamp) -> bool {
        self.place != Place::Ready && self.promised.is_some_and(|promised| promised.utc < now.utc)
    }
}

/// When a vehicle will be ready that comes last: as many bays as there are take one after another, each as long as its package
/// says.
///
/// `busy` are the instants at which bays with a vehicle in them become free, `before` the minutes of those that wait before it,
/// and `own` its own. Without bays it is ready when its own time is over.
pub fn ready_at(now: Stamp, bays: u8, busy: &[Timestamp], before: &[u16], own: u16) -> Stamp {
    let mut free: Vec<Timestamp> = busy.iter().map(|free| (*free).max(now.utc)).collect();
    free.resize(usize::from(bays.max(1)).max(busy.len()), now.utc);
    let mut next = |minutes: u16| {
        let soonest = free.iter_mut().min()?;
        *soonest = soonest.checked_add(SignedDuration::from_mins(i64::from(minutes))).ok()?;
        Some(*soonest)
    };
    for minutes in before {
        next(*minutes);
    }
    next(own).map_or(now, Stamp::new)
}
