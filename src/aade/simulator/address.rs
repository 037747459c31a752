//! Addresses of requests: which call, with which parameters, and where a listing goes on.

use super::schema::Fields;
use super::script::Call;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

/// Where a listing goes on.
pub(super) struct Token {
    pub(super) page: u32,
    pub(super) after: i64,
}

impl Token {
    pub(super) fn of(parameters: &Fields) -> Option<Self> {
        let bytes = BASE64.decode(parameters.get("continuationToken")?).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (page, after) = text.strip_prefix("page ")?.split_once(" after ")?;
        Some(Self { page: page.parse().ok()?, after: after.parse().ok()? })
    }

    pub(super) fn written(&self) -> String {
        BASE64.encode(format!("page {} after {}", self.page, self.after))
    }
}

/// The path, and the parameters under the names the registry documents, whatever their case.
pub(super) fn parse_address(address: &str) -> (String, Fields) {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut parameters = Fields::default();
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let known = ["DCLID", "maxdclid", "entityVatNumber", "continuationToken"];
        if let Some(name) = known.into_iter().find(|known| known.eq_ignore_ascii_case(name)) {
            parameters.set(name, unescape(value));
        }
    }
    (path.to_owned(), parameters)
}

pub(super) fn call_of(path: &str) -> Option<Call> {
    let name = path.strip_prefix("/DCL/")?;
    Call::ALL.into_iter().find(|call| call.to_string().eq_ignore_ascii_case(name))
}

/// Percent and plus, as servers undo them.
pub(crate) fn unescape(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            (b'+', _) => {
                bytes.push(b' ');
                rest = tail;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
