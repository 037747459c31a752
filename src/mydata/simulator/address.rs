//! Addresses of calls: which call, over which channel, with which parameters.

use super::script::Call;
use super::state::Channel;
use crate::aade::simulator::address::unescape;
use std::collections::BTreeMap;

/// Parameters by their documented names, whatever their case was.
pub(super) type Parameters = BTreeMap<&'static str, String>;

const NAMES: [&str; 9] = [
    "mark",
    "maxMark",
    "entityVatNumber",
    "dateFrom",
    "dateTo",
    "counterVatNumber",
    "invType",
    "nextPartitionKey",
    "nextRowKey",
];

/// What stands before the question mark and after it.
pub(super) fn split(address: &str) -> (&str, Parameters) {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut parameters = Parameters::new();
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        if let Some(name) = NAMES.into_iter().find(|known| known.eq_ignore_ascii_case(name)) {
            parameters.insert(name, unescape(value));
        }
    }
    (path, parameters)
}

/// The call of a path: at the root as in AADE's test environment, under `/myDATA/` as in production, or under
/// `/myDataProvider/` for providers. The case of a path varies in AADE's own documents.
pub(super) fn call_of(path: &str) -> Option<(Channel, Call)> {
    let mut parts = path.strip_prefix('/')?.split('/');
    let (channel, name) = match (parts.next()?, parts.next(), parts.next()) {
        (name, None, None) => (Channel::Erp, name),
        (prefix, Some(name), None) if prefix.eq_ignore_ascii_case("myDATA") => (Channel::Erp, name),
        (prefix, Some(name), None) if prefix.eq_ignore_ascii_case("myDataProvider") => {
            (Channel::Provider, name)
        }
        _ => return None,
    };
    let call = Call::ALL.into_iter().find(|call| call.to_string().eq_ignore_ascii_case(name))?;
    // There is no cancelling on the channel of providers.
    (channel == Channel::Erp || call != Call::CancelInvoice).then_some((channel, call))
}

/// The UID a QR's address carries.
pub(super) fn qr_of(address: &str) -> Option<String> {
    use base64::Engine;
    let (path, query) = address.split_once('?')?;
    let path = path.strip_prefix("/myDATA").unwrap_or(path);
    let token = query.strip_prefix("q=").filter(|_| path == "/TimologioQR/QRInfo")?;
    String::from_utf8(base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(token).ok()?).ok()
}
