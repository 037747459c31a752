//! VIES's answers.

use super::{Options, told};
use crate::aade::simulator::delivery::Outcome;
use jiff::Timestamp;
use serde_json::json;

const PATH: &str = "/taxation_customs/vies/rest-api/ms/";

/// The country and the number of a question's path.
pub(super) fn number_of(path: &str) -> Option<(&str, &str)> {
    let (country, number) = path.strip_prefix(PATH)?.split_once("/vat/")?;
    (country.len() == 2 && !number.contains('/')).then_some((country, number))
}

/// The answer; `says` stands for it where a script wants so.
pub(super) fn answer(options: &Options, says: Option<&str>, path: &str, now: Timestamp) -> Outcome {
    let Some((country, number)) = number_of(path) else { return told(error("INVALID_INPUT")) };
    let shaped = country.bytes().all(|b| b.is_ascii_uppercase()) && (2..=12).contains(&number.len());
    let card = options.known.get(number).filter(|card| country == "EL" && card.in_vies);
    let error = match (says, card) {
        (Some(says), _) => says,
        // Greece is EL here, as nowhere else.
        (None, _) if !shaped || country == "GR" => "INVALID_INPUT",
        (None, Some(_)) => "VALID",
        (None, None) => "INVALID",
    };
    let valid = error == "VALID";
    let given = |text: Option<String>| text.filter(|_| valid).unwrap_or_else(|| "---".to_owned());
    let answer = json!({
        "isValid": valid,
        "requestDate": now.to_string(),
        "userError": error,
        "name": given(card.map(|card| card.name.clone())),
        "address": given(card.map(|card| format!("ΠΑΡΑΔΕΙΓΜΑΤΟΣ 10\n11111 - {}", card.town))),
        "requestIdentifier": "",
        "originalVatNumber": number,
        "vatNumber": number,
        "viesApproximate": { "name": "---", "street": "---" },
    });
    told(answer.to_string())
}

/// An answer that says nothing else.
pub(super) fn error(error: &str) -> String {
    json!({ "isValid": false, "userError": error }).to_string()
}
