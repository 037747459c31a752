//! Who is let in.

use super::{Door, Simulator};
use crate::aade::simulator::Caller;
use crate::aade::simulator::address::unescape;
use crate::aade::simulator::delivery::Outcome;
use crate::domain::provider::Family;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Where a token is had.
pub(super) const LOGIN: &str = "/api/v1/login";

/// The tokens that were given, each with the instant it runs out. They die with the process, as a provider's may.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    given: u64,
    until: BTreeMap<String, Timestamp>,
}

/// The fields of a form; none of what is no form.
pub(super) fn form(body: &[u8]) -> BTreeMap<String, String> {
    let text = std::str::from_utf8(body).unwrap_or_default();
    if text.trim_start().starts_with(['<', '{', '[']) {
        return BTreeMap::new();
    }
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (unescape(name), unescape(&value.replace('+', "%20")))).collect()
}

impl Simulator {
    pub(super) fn log_in(&mut self, now: Timestamp, body: &[u8]) -> Outcome {
        let told: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
        let is = |name: &str, wanted: &str| told.get(name).and_then(|value| value.as_str()) == Some(wanted);
        if !is("email", &self.options.user) || !is("api_key", &self.options.key) {
            return Outcome::new(401, r#"{"error":"unknown user or key"}"#.to_owned());
        }
        self.tokens.given += 1;
        let token = format!("token-{}-{}", now.as_second(), self.tokens.given);
        let until = now.as_second().saturating_add(self.options.token_s);
        self.tokens.until.insert(token.clone(), Timestamp::from_second(until).unwrap_or(now));
        let answer = serde_json::json!({"data": {"token": token, "expires_in": self.options.token_s}});
        Outcome::new(200, answer.to_string())
    }

    pub(super) fn lets_in(&self, now: Timestamp, caller: &Caller, form: &BTreeMap<String, String>) -> bool {
        let usual = if self.family == Family::Xml { Door::Header } else { Door::Token };
        match self.options.door.unwrap_or(usual) {
            Door::Header => caller.headers.get("api-key") == Some(&self.options.key),
            Door::Form => form.get("token") == Some(&self.options.key),
            Door::Token => {
                let carried = caller.headers.get("authorization");
                let token = carried.and_then(|value| value.strip_prefix("Bearer "));
                token.and_then(|token| self.tokens.until.get(token)).is_some_and(|until| now < *until)
            }
        }
    }
}
