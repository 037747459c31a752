//! The calls of myDATA, and a script of faults for them.
//!
//! As JSON, the body of `POST /faults`:
//!
//! ```json
//! {"seed": 7, "page_size": 2, "rules": [
//!   {"call": "SendInvoices", "nth": [3, 5], "fault": {"kind": "lose", "stored": true}},
//!   {"call": "SendInvoices", "nth": [9], "fault": {"kind": "slow", "delay_ms": 60000}},
//!   {"call": "RequestTransmittedDocs", "page_above": 1, "fault": {"kind": "status", "status": 503}},
//!   {"probability": 0.1, "times": 20, "fault": {"kind": "throttle"}}]}
//! ```
//!
//! The kinds of fault are those of [`crate::aade::simulator::Kind`].

use crate::aade::simulator::faults::{RuleFor, ServiceCall};
use serde::{Deserialize, Serialize};
use std::fmt;

/// myDATA's calls, by its own names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Call {
    /// Documents told.
    SendInvoices,
    /// A document cancelled.
    CancelInvoice,
    /// Payments told after their document.
    SendPaymentsMethod,
    /// What the caller told, read back.
    RequestTransmittedDocs,
    /// What others told of the caller.
    RequestDocs,
}

impl Call {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::SendInvoices,
        Self::CancelInvoice,
        Self::SendPaymentsMethod,
        Self::RequestTransmittedDocs,
        Self::RequestDocs,
    ];
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl ServiceCall for Call {
    fn is_listing(self) -> bool {
        matches!(self, Self::RequestTransmittedDocs | Self::RequestDocs)
    }
}

/// When a fault strikes a call of myDATA.
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
    /// Nobody listens for so long, as a server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub down_ms: Option<u64>,
}

impl FaultScript {
    /// A little of what happens on an ordinary bad day: about one call in thirty.
    pub fn light(seed: u64) -> Self {
        Self { seed, rules: FaultRule::mixed(0.005), ..Self::default() }
    }

    /// Nearly a third of all calls go wrong, in every way there is.
    pub fn storm(seed: u64) -> Self {
        Self { seed, rules: FaultRule::mixed(0.02), ..Self::default() }
    }
}
