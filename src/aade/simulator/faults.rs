//! What goes wrong, by script: at an exact position, by probability from a seed, or always. The same script over the
//! same requests does the same again. What the calls are is the service's affair ([`ServiceCall`]); the registry's are in
//! [`super::script`].

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

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

/// The calls of one simulated service, by the service's own names.
pub trait ServiceCall: Copy + Ord + fmt::Debug {
    /// It answers in pages.
    fn is_listing(self) -> bool;
}

/// When a fault strikes. Every condition given must hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "C: Deserialize<'de>"))]
pub struct RuleFor<C> {
    /// Only this call; any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<C>,
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

impl<C> RuleFor<C> {
    /// A rule that always applies; narrow it with the fields.
    pub const fn always(fault: Fault) -> Self {
        Self { call: None, nth: Vec::new(), page_above: None, probability: None, times: None, fault }
    }

    /// A rule for the nth request of a call.
    pub fn nth(call: C, nth: u64, fault: Fault) -> Self {
        Self { call: Some(call), nth: vec![nth], ..Self::always(fault) }
    }

    /// A rule that strikes with a probability.
    pub fn sometimes(probability: f64, fault: Fault) -> Self {
        Self { probability: Some(probability), ..Self::always(fault) }
    }

    /// Everything that can happen to a request, each with the same probability.
    pub fn mixed(each: f64) -> Vec<Self> {
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
        faults.map(|fault| Self::sometimes(each, fault)).collect()
    }
}

/// Rules being played.
#[derive(Debug)]
pub(crate) struct Player<C> {
    rules: Vec<RuleFor<C>>,
    chance: u64,
    all: u64,
    by_call: BTreeMap<C, u64>,
    used: Vec<u64>,
}

impl<C> Default for Player<C> {
    fn default() -> Self {
        Self { rules: Vec::new(), chance: 0, all: 0, by_call: BTreeMap::new(), used: Vec::new() }
    }
}

impl<C: ServiceCall> Player<C> {
    pub(crate) fn new(seed: u64, rules: Vec<RuleFor<C>>) -> Self {
        let used = vec![0; rules.len()];
        Self { chance: seed, rules, used, ..Self::default() }
    }

    /// Counts a request and says what goes wrong with it. `page` counts a listing's pages from 1.
    pub(crate) fn next(&mut self, call: C, page: u32) -> Option<Fault> {
        self.all += 1;
        let nth = self.by_call.entry(call).or_default();
        *nth += 1;
        let nth = *nth;
        let rules = std::mem::take(&mut self.rules);
        let struck = (0..rules.len()).find(|index| self.strikes(&rules[*index], *index, call, nth, page));
        let fault = struck.map(|index| rules[index].fault);
        self.rules = rules;
        if let Some(used) = struck.and_then(|index| self.used.get_mut(index)) {
            *used += 1;
        }
        fault
    }

    fn strikes(&mut self, rule: &RuleFor<C>, index: usize, call: C, nth: u64, page: u32) -> bool {
        let position = if rule.call.is_some() { nth } else { self.all };
        rule.call.is_none_or(|only| only == call)
            && (rule.nth.is_empty() || rule.nth.contains(&position))
            && rule.page_above.is_none_or(|above| call.is_listing() && page > above)
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
