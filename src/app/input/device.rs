//! What devices say, and what becomes of them.

use crate::domain::device::{BarrierOpening, Condition, DeviceId, DeviceOffer, ScaleReading};
use crate::domain::ids::VisitId;
use crate::domain::operator::OperatorId;
use crate::domain::text::Text;
use serde::{Deserialize, Serialize};

/// What devices say, and what becomes of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum DeviceInput {
    /// The drawer's switch was looked at.
    DrawerSeen {
        /// It is open.
        open: bool,
    },
    /// A device is looked after from now on.
    Attached {
        /// Which.
        device: DeviceId,
        /// Its address.
        address: Text,
    },
    /// A device is not looked after any more.
    Detached {
        /// Which.
        device: DeviceId,
    },
    /// A device is in another condition than before.
    Seen {
        /// Which.
        device: DeviceId,
        /// How it is.
        #[serde(flatten)]
        condition: Condition,
    },
    /// Another device, or another address, is chosen at the screen.
    Assign {
        /// Which.
        device: DeviceId,
        /// Its address; nothing takes the device away, and lets the configuration's stand again if there is one.
        address: Option<String>,
        /// What the configuration says.
        configured: Option<String>,
        /// Who.
        operator: OperatorId,
    },
    /// What is plugged in is to be looked for.
    Find,
    /// What is plugged in.
    Found {
        /// Each of them.
        offers: Vec<DeviceOffer>,
    },
    /// A scanner read a code.
    Scanned {
        /// Which.
        device: DeviceId,
        /// What it says.
        code: String,
    },
    /// Somebody begins or ends weighing.
    Weigh {
        /// Begins.
        on: bool,
    },
    /// The scale said something.
    Weighed {
        /// What.
        #[serde(flatten)]
        reading: ScaleReading,
    },
    /// The customer display is to show something, as a test.
    TestDisplay,
    /// A barrier is to be opened by hand.
    OpenBarrier {
        /// Which.
        device: DeviceId,
        /// For a visit.
        visit: Option<VisitId>,
        /// Why, without a visit.
        reason: String,
        /// Who.
        operator: OperatorId,
    },
    /// A barrier opened, or not.
    BarrierReported {
        /// Which.
        device: DeviceId,
        /// What became of it.
        #[serde(flatten)]
        opening: BarrierOpening,
    },
    /// A barrier's switch was looked at.
    BarrierSeen {
        /// Which.
        device: DeviceId,
        /// It is up.
        up: bool,
    },
    /// How much disk is left.
    DiskSeen {
        /// Free bytes.
        free_bytes: u64,
        /// A test write succeeded.
        writable: bool,
    },
}
