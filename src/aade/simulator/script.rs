//! The registry's calls, and a script of faults for them.
//!
//! As JSON, the body of `POST /faults`:
//!
//! ```json
//! {"seed": 7, "rules": [
//!   {"call": "SendClient", "nth": [3, 5], "fault": {"kind": "lose", "stored": true}},
//!   {"probability": 0.1, "times": 20, "fault": {"kind": "status", "status": 500, "stored": false}},
//!   {"call": "RequestClients", "page_above": 1, "fault": {"kind": "status", "status": 503}},
//!   {"fault": {"kind": "slow", "delay_ms": 250}}]}
//! ```
//!
//! Rules are tried in order; the first that applies is used. `page_size`, `correlation_name` (`clientCorrelationID`)
//! and `down_ms` may stand beside `rules`.

use super::faults::{RuleFor, ServiceCall};
use super::options::CorrelationName;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The registry's calls, by the registry's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Call {
    /// A new entry.
    SendClient,
    /// More about an entry.
    UpdateClient,
    /// A document tied to entries.
    ClientCorrelations,
    /// An entry removed.
    CancelClient,
    /// Everything read back.
    RequestClients,
}

impl Call {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::SendClient,
        Self::UpdateClient,
        Self::ClientCorrelations,
        Self::CancelClient,
        Self::RequestClients,
    ];
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl ServiceCall for Call {
    fn is_listing(self) -> bool {
        self == Self::RequestClients
    }
}

/// When a fault strikes a call of the registry.
pub type FaultRule = RuleFor<Call>;

/// A whole script.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FaultScript {
    /// Where chance begins.
    pub seed: u64,
    /// The rules, in order of precedence.
    pub rules: Vec<FaultRule>,
    /// Pages of this many records while the script is played.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_size: Option<usize>,
    /// This name of a correlation's id while the script is played.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correlation_name: Option<CorrelationName>,
    /// Nobody listens for so long, as a server; without a socket, see [`super::Kind::Refuse`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub down_ms: Option<u64>,
}

impl FaultScript {
    /// A little of what happens on an ordinary bad day: about one request in thirty.
    pub fn light(seed: u64) -> Self {
        Self::mixed(seed, 0.005)
    }

    /// Nearly a third of all requests go wrong, in every way there is.
    pub fn storm(seed: u64) -> Self {
        Self::mixed(seed, 0.02)
    }

    fn mixed(seed: u64, each: f64) -> Self {
        Self { seed, rules: FaultRule::mixed(each), ..Self::default() }
    }
}
