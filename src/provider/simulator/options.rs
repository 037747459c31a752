//! How this provider behaves: who calls, how it lets callers in, what is switched.

use serde::{Deserialize, Serialize};

/// How callers are let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// The key stands in the header `Api-Key`.
    Header,
    /// The key stands in the field `token` of a form.
    Form,
    /// User and key are changed at `/api/v1/login` for a token, which is carried as `Authorization: Bearer`.
    #[default]
    Token,
}

/// What a provider does with a key it has seen on a document it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// It refuses the second request.
    #[default]
    Refuses,
    /// It gives the first answer again.
    Repeats,
}

/// How this provider behaves. What differs among the real ones is a switch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Who may call.
    pub user: String,
    /// … with which key.
    pub key: String,
    /// How callers are let in; left out, with a header in XML and with a token in JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub door: Option<Door>,
    /// A token is good for so many seconds.
    pub token_s: i64,
    /// A key that was seen.
    pub seen: Seen,
    /// It drives the card terminal and signs what a card pays.
    pub signs_cards: bool,
    /// It answers before myDATA has answered it: the MARK comes with a look-up.
    pub slow_marks: bool,
    /// A refusal is answered with 422, not with 200 and the errors in it.
    pub refuses_with_422: bool,
    /// How myDATA behind it behaves.
    pub books: crate::mydata::simulator::Options,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            user: "demo".to_owned(),
            key: "demo".to_owned(),
            door: None,
            token_s: 24 * 3_600,
            seen: Seen::default(),
            signs_cards: false,
            slow_marks: false,
            refuses_with_422: false,
            books: crate::mydata::simulator::Options::default(),
        }
    }
}
