//! What a person sees in a browser: entries, requests, faults. Plain HTML that reloads itself.

use super::faults::Fault;
use super::state::{Entry, EntryState};
use super::{Seen, Simulator};
use std::fmt::Write;

/// Most entries shown, the latest first.
const ENTRIES_MAX: usize = 200;

/// What every simulator's page begins with.
pub(crate) const HEAD: &str = r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>AADE simulator</title><style>
body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#1c2733;background:#f6f8fa}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;background:#fff;width:100%}
th,td{border:1px solid #d5dde5;padding:.35rem .6rem;text-align:left;vertical-align:top}
th{background:#e9eef3}code,pre{font:13px/1.4 ui-monospace,monospace;white-space:pre-wrap;word-break:break-word;margin:0}
.open{color:#0a6}.completed{color:#456}.cancelled{color:#a33}.fault{color:#b35900}
</style></head><body>"#;

/// The whole page.
pub(super) fn render(simulator: &Simulator) -> String {
    let mut html = format!("{HEAD}<h1>AADE Digital Clientele, simulated</h1>");
    summary(&mut html, simulator);
    entries(&mut html, simulator);
    requests(&mut html, simulator.seen());
    let script = serde_json::to_string_pretty(simulator.fault_script()).unwrap_or_default();
    let _ = write!(html, "<h2>Faults</h2><pre>{}</pre></body></html>", escaped(&script));
    html
}

fn summary(html: &mut String, simulator: &Simulator) {
    let counts = simulator.counts();
    let of_state = |state| simulator.entries().filter(|entry| entry.state == state).count();
    let _ = write!(
        html,
        "<p>{} open, {} completed, {} cancelled. {} requests carried out, {} refused, {} faults. \
         <a href=\"/state\">Everything as JSON</a></p>",
        of_state(EntryState::Open),
        of_state(EntryState::Completed),
        of_state(EntryState::Cancelled),
        counts.accepted,
        counts.refused,
        counts.faults,
    );
}

fn entries(html: &mut String, simulator: &Simulator) {
    html.push_str(
        "<h2>Entries</h2><table><tr><th>idDcl</th><th>AFM</th><th>State</th><th>Plate</th><th>Created</th>\
         <th>Completed</th><th>Comments</th><th>Updates</th><th>Correlations</th></tr>",
    );
    let mut latest: Vec<&Entry> = simulator.entries().collect();
    latest.sort_by_key(|entry| std::cmp::Reverse(entry.id));
    latest.iter().take(ENTRIES_MAX).for_each(|found| entry(html, found));
    html.push_str("</table>");
}

fn entry(html: &mut String, entry: &Entry) {
    let state = match entry.state {
        EntryState::Open => "open",
        EntryState::Completed => "completed",
        EntryState::Cancelled => "cancelled",
    };
    let _ = write!(
        html,
        "<tr><td>{}</td><td>{}</td><td class=\"{state}\">{state}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>\
         <td>{}</td><td>{}</td></tr>",
        entry.id,
        escaped(&entry.afm),
        escaped(entry.plate()),
        entry.created,
        entry.completed.map(|at| at.to_string()).unwrap_or_default(),
        escaped(entry.comments()),
        numbers(&entry.updates),
        numbers(&entry.correlations),
    );
}

/// The latest requests, the last one first.
pub(crate) fn requests<'a>(html: &mut String, seen: impl Iterator<Item = &'a Seen>) {
    html.push_str(
        "<h2>Requests</h2><table><tr><th>At</th><th>Request</th><th>Body</th><th>Fault</th><th>Status</th>\
         <th>Answer</th></tr>",
    );
    let latest: Vec<&Seen> = seen.collect();
    latest.iter().rev().for_each(|seen| request(html, seen));
    html.push_str("</table>");
}

fn request(html: &mut String, seen: &Seen) {
    let fault = seen.fault.map(|fault: Fault| serde_json::json!(fault).to_string()).unwrap_or_default();
    let _ = write!(
        html,
        "<tr><td>{}</td><td><code>{}</code></td><td><code>{}</code></td><td class=\"fault\"><code>{}</code></td>\
         <td>{}</td><td><code>{}</code></td></tr>",
        seen.at,
        escaped(&seen.request),
        escaped(&seen.body),
        escaped(&fault),
        seen.status.map_or_else(|| "none".to_owned(), |status| status.to_string()),
        escaped(&seen.answer),
    );
}

fn numbers(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(" ")
}

/// What came from outside must not become markup.
pub(crate) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
