//! The registry of businesses and VIES, simulated on one socket: AADE's envelope read to the letter, its codes, its limits,
//! and VIES's ways of saying that a country is away. It shares no rule with the code that asks.
//!
//! | file | what it holds |
//! |---|---|
//! | [`options`] | who asks, who is known, what is counted |
//! | `soap` | the registry's envelope and its answers |
//! | `vies` | VIES's answers |

pub mod options;
mod soap;
mod vies;

pub use options::{Card, Options};

use crate::aade::simulator::delivery::{Outcome, Sayings, deliver, plain};
use crate::aade::simulator::faults::{Player, RuleFor, ServiceCall};
use crate::aade::simulator::page::{HEAD, escaped, requests};
use crate::aade::simulator::{Caller, Delivery, Seen, Service};
use crate::aade::transport::{HttpRequest, Method};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// The two services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Call {
    /// AADE's registry of businesses.
    RgWsPublic2,
    /// VIES.
    Vies,
}

impl ServiceCall for Call {
    fn is_listing(self) -> bool {
        false
    }
}

/// When a fault strikes a question.
pub type FaultRule = RuleFor<Call>;

/// A whole script of faults, the body of `POST /faults`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FaultScript {
    /// Where chance begins.
    pub seed: u64,
    /// The rules, in order of precedence.
    pub rules: Vec<FaultRule>,
    /// VIES says this instead of yes or no: `MS_UNAVAILABLE`, `TIMEOUT` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vies_says: Option<String>,
    /// Nobody listens for so long, as a server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub down_ms: Option<u64>,
}

/// Both services.
#[derive(Debug, Default)]
pub struct Simulator {
    options: Options,
    script: FaultScript,
    faults: Player<Call>,
    asked: BTreeMap<Call, u64>,
    seen: VecDeque<Seen>,
}

impl Simulator {
    /// Both services, with what they know.
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// Plays a script of faults from its beginning.
    pub fn set_faults(&mut self, script: FaultScript) {
        self.faults = Player::new(script.seed, script.rules.clone());
        self.script = script;
    }

    /// Answers one request, or does to it what the script says.
    pub fn handle(&mut self, now: Timestamp, request: &HttpRequest) -> Delivery {
        let path = request.path_and_query.split('?').next().unwrap_or_default();
        let (call, method) = match (path == soap::PATH, vies::number_of(path)) {
            (true, _) => (Call::RgWsPublic2, Method::Post),
            (false, Some(_)) => (Call::Vies, Method::Get),
            (false, None) => return plain(404, "Resource not found"),
        };
        if request.method != method {
            return plain(405, "Method not allowed");
        }
        let asked = self.asked.entry(call).or_default();
        *asked += 1;
        let count = *asked;
        let fault = self.faults.next(call, 1);
        let outcome = fault.is_none_or(|fault| fault.stores()).then(|| match call {
            Call::RgWsPublic2 => soap::answer(&self.options, count, &request.body),
            Call::Vies => vies::answer(&self.options, self.script.vies_says.as_deref(), path, now),
        });
        let sayings = match call {
            Call::RgWsPublic2 => Sayings { yes: soap::fault("yes").body, technical: soap::fault("x").body },
            Call::Vies => {
                Sayings { yes: vies::error("VALID"), technical: vies::error("SERVICE_UNAVAILABLE") }
            }
        };
        let delivery = deliver(outcome, fault, false, sayings);
        // The codes stand in the document itself: what is shown of a question is where it went.
        let shown = HttpRequest { body: Vec::new(), ..request.clone() };
        Seen::note(&mut self.seen, now, &shown, fault, &delivery);
        delivery
    }
}

impl Service for Simulator {
    fn handle(&mut self, now: Timestamp, request: &HttpRequest, _: &Caller) -> Delivery {
        Self::handle(self, now, request)
    }

    fn page(&self) -> String {
        let mut html =
            format!("{HEAD}<h1>Registry of businesses and VIES, simulated</h1><h2>Known</h2><table>");
        for (afm, card) in &self.options.known {
            let line = format!("<tr><td>{}</td><td>{}</td></tr>", escaped(afm), escaped(&card.name));
            html.push_str(&line);
        }
        html.push_str("</table>");
        requests(&mut html, self.seen.iter());
        html + "</body></html>"
    }

    fn state(&self) -> serde_json::Value {
        serde_json::json!({
            "options": self.options,
            "asked": self.asked,
            "faults": self.script,
            "seen": self.seen,
        })
    }

    fn script(&self) -> serde_json::Value {
        serde_json::json!(self.script)
    }

    fn play(&mut self, script: &[u8]) -> Result<Option<u64>, serde_json::Error> {
        let script: FaultScript = serde_json::from_slice(script)?;
        let down_ms = script.down_ms;
        self.set_faults(script);
        Ok(down_ms)
    }
}

/// An answer in the body of a 200.
fn told(body: String) -> Outcome {
    Outcome::new(200, body)
}
