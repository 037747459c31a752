//! What goes wrong, by script: at an exact position, by probability from a seed, or always. The same script over the
//! same requests does the same again.
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

use super::options::CorrelationName;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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

/// What happens instead of an ordinary answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// The connection breaks without an answer.
    Lose,
    /// An answer with this status and a page of HTML.
    Status {
        /// 500, 502, 503 …
        status: u16,
    },
    /// The registry's own "unexpected condition".
    Technical,
    /// The right answer, cut in the middle.
    CutXml,
    /// Bytes that are nothing.
    Garbage,
    /// A proxy's page, with status 200.
    Html,
    /// The gateway's JSON, with status 200.
    Json,
    /// Status 200 and nothing.
    Empty,
    /// 429; nothing is ever stored.
    Throttle,
    /// 401; nothing is ever stored.
    Unauthorized,
    /// 400; nothing is ever stored.
    BadRequest,
    /// Nobody listens; nothing is ever stored.
    Refuse,
    /// The ordinary answer, late.
    Slow,
}

/// One fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What happens.
    #[serde(flatten)]
    pub kind: Kind,
    /// The request is carried out before the fault strikes. Kinds that never store do not look at it.
    #[serde(default)]
    pub stored: bool,
    /// How much later the answer (or the break) comes.
    #[serde(default)]
    pub delay_ms: u64,
}

impl Fault {
    /// A fault without delay.
    pub const fn new(kind: Kind, stored: bool) -> Self {
        Self { kind, stored, delay_ms: 0 }
    }

    /// Whether the request is carried out.
    pub const fn stores(&self) -> bool {
        match self.kind {
            Kind::Throttle | Kind::Unauthorized | Kind::BadRequest | Kind::Refuse => false,
            Kind::Slow => true,
            Kind::Lose
            | Kind::Status { .. }
            | Kind::Technical
            | Kind::CutXml
            | Kind::Garbage
            | Kind::Html
            | Kind::Json
            | Kind::Empty => self.stored,
        }
    }
}

/// When a fault strikes. Every condition given must hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// Only this call; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<Call>,
    /// Only these, counted from 1 among the requests of the call (or of all) since the script began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nth: Vec<u64>,
    /// Only pages of a listing after this many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_above: Option<u32>,
    /// With this probability, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// At most so often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// The fault.
    pub fault: Fault,
}

impl FaultRule {
    /// A rule that always applies; narrow it with the fields.
    pub const fn always(fault: Fault) -> Self {
        Self { call: None, nth: Vec::new(), page_above: None, probability: None, times: None, fault }
    }

    /// A rule for the nth request of a call.
    pub fn nth(call: Call, nth: u64, fault: Fault) -> Self {
        Self { call: Some(call), nth: vec![nth], ..Self::always(fault) }
    }

    /// A rule that strikes with a probability.
    pub fn sometimes(probability: f64, fault: Fault) -> Self {
        Self { probability: Some(probability), ..Self::always(fault) }
    }
}

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
    /// Nobody listens for so long, as a server; without a socket, see [`Kind::Refuse`].
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
        let both = [true, false];
        let broken = [
            Kind::Lose,
            Kind::Status { status: 500 },
            Kind::Technical,
            Kind::CutXml,
            Kind::Garbage,
            Kind::Html,
        ];
        let broken = broken.into_iter().flat_map(|kind| both.map(|stored| Fault::new(kind, stored)));
        let refused = [Kind::Throttle, Kind::Refuse].map(|kind| Fault::new(kind, false));
        let slow = Fault { kind: Kind::Slow, stored: true, delay_ms: 2_000 };
        let faults = broken.chain(refused).chain([slow]);
        Self {
            seed,
            rules: faults.map(|fault| FaultRule::sometimes(each, fault)).collect(),
            ..Self::default()
        }
    }
}

/// A script being played.
#[derive(Debug, Default)]
pub(super) struct Faults {
    script: FaultScript,
    chance: u64,
    all: u64,
    by_call: BTreeMap<Call, u64>,
    used: Vec<u64>,
}

impl Faults {
    pub(super) fn play(script: FaultScript) -> Self {
        let used = vec![0; script.rules.len()];
        Self { chance: script.seed, script, used, ..Self::default() }
    }

    pub(super) const fn script(&self) -> &FaultScript {
        &self.script
    }

    /// Counts a request and says what goes wrong with it. `page` counts a listing's pages from 1.
    pub(super) fn next(&mut self, call: Call, page: u32) -> Option<Fault> {
        self.all += 1;
        let nth = self.by_call.entry(call).or_default();
        *nth += 1;
        let nth = *nth;
        let rules = std::mem::take(&mut self.script.rules);
        let struck = (0..rules.len()).find(|index| self.strikes(&rules[*index], *index, call, nth, page));
        let fault = struck.map(|index| rules[index].fault);
        self.script.rules = rules;
        if let Some(used) = struck.and_then(|index| self.used.get_mut(index)) {
            *used += 1;
        }
        fault
    }

    fn strikes(&mut self, rule: &FaultRule, index: usize, call: Call, nth: u64, page: u32) -> bool {
        let position = if rule.call.is_some() { nth } else { self.all };
        rule.call.is_none_or(|only| only == call)
            && (rule.nth.is_empty() || rule.nth.contains(&position))
            && rule.page_above.is_none_or(|above| call == Call::RequestClients && page > above)
            && rule.times.is_none_or(|times| self.used.get(index).is_some_and(|used| *used < times))
            && rule.probability.is_none_or(|probability| self.draw() < probability)
    }

    /// A number from 0 up to, but not including, 1 (SplitMix64: the stream must never change with a library).
    fn draw(&mut self) -> f64 {
        self.chance = self.chance.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.chance;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let bits = u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or_default();
        f64::from(bits) / (f64::from(u32::MAX) + 1.0)
    }
}
