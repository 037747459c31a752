//! The door book: who went through without that being a visit's own beginning or end. A subscriber's comings and goings are
//! here, since the registry has one entry for the whole period; and so is every opening of a barrier by a hand, with its
//! reason, and every one that nobody had asked for.

use super::device::DeviceId;
use super::event::Event;
use super::ids::{Reference, VisitId};
use super::operator::OperatorId;
use super::plate::Plate;
use super::text::Text;
use super::time::Stamp;
use serde::{Deserialize, Serialize};

/// What happened at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoorKind {
    /// A subscriber's vehicle came in.
    Came,
    /// … went out.
    Went,
    /// A barrier was opened by hand.
    ByHand,
    /// A barrier was up, and nobody had asked for it.
    Unasked,
    /// A vehicle on a list was let in.
    LetIn,
    /// … or sent away.
    TurnedAway,
}

impl DoorKind {
    /// The word of the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Came => "came",
            Self::Went => "went",
            Self::ByHand => "by_hand",
            Self::Unasked => "unasked",
            Self::LetIn => "let_in",
            Self::TurnedAway => "turned_away",
        }
    }
}

/// One row of the door book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// What.
    pub what: DoorKind,
    /// When.
    pub at: Stamp,
    /// The vehicle, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plate: Option<Plate>,
    /// Its visit, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    /// Number of the subscription.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription: Option<u64>,
    /// The visit's reference, where its beginning is told here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
    /// The barrier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// Why it was opened by hand.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub reason: Text,
    /// Who; nobody where nobody had asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<OperatorId>,
}

impl Passage {
    /// The row an event makes; most make none.
    pub fn of(event: &Event, at: Stamp) -> Option<Self> {
        let row = |what, operator: Option<&OperatorId>| Self {
            what,
            at,
            plate: None,
            visit: None,
            subscription: None,
            reference: None,
            device: None,
            reason: Text::default(),
            operator: operator.cloned(),
        };
        match event {
            // Under another plate, or in the next period, it came in long ago.
            Event::VisitOpened { visit } if visit.arrived == at => {
                visit.pass().filter(|pass| pass.passes > 0).map(|pass| Self {
                    plate: Some(visit.plate.clone()),
                    visit: Some(visit.id),
                    subscription: Some(pass.number),
                    reference: Some(visit.reference.clone()),
                    ..row(DoorKind::Came, Some(&visit.operator))
                })
            }
            Event::SubscriberCame { visit, number, plate, operator, .. } => Some(Self {
                plate: Some(plate.clone()),
                visit: Some(*visit),
                subscription: Some(*number),
                ..row(DoorKind::Came, Some(operator))
            }),
            Event::SubscriberWent { visit, number, plate, operator, .. } => Some(Self {
                plate: Some(plate.clone()),
                visit: Some(*visit),
                subscription: Some(*number),
                ..row(DoorKind::Went, Some(operator))
            }),
            Event::BarrierAsked { device, visit, reason, operator, by_itself: false } => Some(Self {
                visit: *visit,
                device: Some(device.clone()),
                reason: reason.clone(),
                ..row(DoorKind::ByHand, Some(operator))
            }),
            Event::ListedCame { plate, reason, let_in, operator, approved_by, .. } => Some(Self {
                plate: Some(plate.clone()),
                reason: reason.clone(),
                ..row(
                    if *let_in { DoorKind::LetIn } else { DoorKind::TurnedAway },
                    approved_by.as_ref().or(Some(operator)),
                )
            }),
            Event::BarrierOpenedUnasked { device } => {
                Some(Self { device: Some(device.clone()), ..row(DoorKind::Unasked, None) })
            }
            _ => None,
        }
    }
}
