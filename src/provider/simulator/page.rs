//! What a person sees in a browser: documents, requests, faults. Plain HTML that reloads itself.

use super::Simulator;
use crate::aade::simulator::page::{HEAD, escaped, requests};
use crate::domain::provider::Family;
use std::fmt::Write;

/// Most documents shown, the latest first.
const DOCUMENTS_MAX: usize = 200;

/// The whole page.
pub(super) fn render(simulator: &Simulator) -> String {
    let family = match simulator.family {
        Family::Xml => "XML",
        Family::Json => "JSON",
    };
    let mut html = format!("{HEAD}<h1>E-invoicing provider ({family}), simulated</h1>");
    let (counts, live) = (simulator.counts(), simulator.live());
    let _ = write!(
        html,
        "<p>{} documents hold. {} accepted, {} refused, {} came again, {} faults. \
         <a href=\"/state\">Everything as JSON</a></p>\
         <h2>Documents</h2><table><tr><th>MARK</th><th>Type</th><th>Series</th><th>Number</th><th>Total</th></tr>",
        live.len(),
        counts.accepted,
        counts.refused,
        counts.duplicates,
        counts.faults,
    );
    for document in live.iter().rev().take(DOCUMENTS_MAX) {
        let texts =
            [&document.kind, &document.series, &document.number, &document.gross].map(|text| escaped(text));
        let _ = write!(html, "<tr><td>{}</td><td>{}</td></tr>", document.mark, texts.join("</td><td>"));
    }
    html.push_str("</table>");
    requests(&mut html, simulator.seen.iter());
    let script = serde_json::to_string_pretty(simulator.fault_script()).unwrap_or_default();
    let _ = write!(html, "<h2>Faults</h2><pre>{}</pre></body></html>", escaped(&script));
    html
}
