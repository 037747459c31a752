//! What a person sees in a browser: documents, requests, faults. Plain HTML that reloads itself.

use super::state::{Record, What};
use super::{Books, Node, Simulator};
use crate::aade::simulator::page::{HEAD, escaped, requests};
use std::fmt::Write;

/// Most records shown, the latest first.
const RECORDS_MAX: usize = 200;

/// The whole page.
pub(super) fn render(simulator: &Simulator) -> String {
    let mut html = format!("{HEAD}<h1>AADE myDATA, simulated</h1>");
    let counts = simulator.counts();
    let _ = write!(
        html,
        "<p>{} documents hold. {} accepted, {} of them replaced an earlier one; {} refused, {} faults. \
         <a href=\"/state\">Everything as JSON</a></p>",
        simulator.books.live().count(),
        counts.accepted,
        counts.replaced,
        counts.refused,
        counts.faults,
    );
    html.push_str(
        "<h2>Accepted</h2><table><tr><th>MARK</th><th>AFM</th><th>At</th><th>What</th><th>State</th></tr>",
    );
    let latest: Vec<&Record> = simulator.books.records().collect();
    latest.iter().rev().take(RECORDS_MAX).for_each(|record| row(&mut html, &simulator.books, record));
    html.push_str("</table>");
    requests(&mut html, simulator.seen.iter());
    let script = serde_json::to_string_pretty(simulator.fault_script()).unwrap_or_default();
    let _ = write!(html, "<h2>Faults</h2><pre>{}</pre></body></html>", escaped(&script));
    html
}

fn row(html: &mut String, books: &Books, record: &Record) {
    let (what, state) = match &record.what {
        What::Invoice { document, .. } => match books.cancelled_by(record.mark) {
            Some(by) => (invoice(document), format!("cancelled by {by}")),
            None => (invoice(document), "holds".to_owned()),
        },
        What::Cancelled { mark, replaced_by: Some(by) } => {
            (format!("cancellation of {mark}"), format!("replaced by {by}"))
        }
        What::Cancelled { mark, replaced_by: None } => (format!("cancellation of {mark}"), String::new()),
        What::Paid { mark, .. } => (format!("payments of {mark}"), String::new()),
    };
    let _ = write!(
        html,
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        record.mark,
        escaped(&record.afm),
        record.at,
        escaped(&what),
        escaped(&state),
    );
}

fn invoice(document: &Node) -> String {
    let header = document.child("invoiceHeader");
    let told = |name: &str| header.and_then(|header| header.get(name)).unwrap_or_default();
    let gross = document.child("invoiceSummary").and_then(|summary| summary.get("totalGrossValue"));
    let (kind, series, number, date) = (told("invoiceType"), told("series"), told("aa"), told("issueDate"));
    format!("{kind} {series} {number} of {date}, {} €", gross.unwrap_or_default())
}
