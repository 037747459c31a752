//! The calls of a provider, and a script of faults for them.
//!
//! As JSON, the body of `POST /faults`:
//!
//! ```json
//! {"seed": 7, "rules": [
//!   {"call": "Send", "nth": [1], "fault": {"kind": "lose", "stored": true}},
//!   {"call": "Send", "nth": [2], "fault": {"kind": "unauthorized"}},
//!   {"call": "LookUp", "fault": {"kind": "status", "status": 503}}]}
//! ```
//!
//! The kinds of fault are those of [`crate::aade::simulator::Kind`]: an `unauthorized` is a token that ran out.

use crate::aade::simulator::faults::{RuleFor, ServiceCall};
use serde::{Deserialize, Serialize};

/// A provider's calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Call {
    /// A token asked for.
    Login,
    /// A document handed over.
    Send,
    /// What became of one.
    LookUp,
}

impl ServiceCall for Call {
    fn is_listing(self) -> bool {
        false
    }
}

/// When a fault strikes a call of the provider.
pub type FaultRule = RuleFor<Call>;

/// A whole script.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FaultScript {
    /// Where chance begins.
    pub seed: u64,
    /// The rules, in order of precedence.
    pub rules: Vec<FaultRule>,
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
