//! The rules of ClientCorrelations, CancelClient and RequestClients.

use super::{Case, Rule, barred, blank, rule, say, strict};
use crate::aade::simulator::schema::Fields;
use crate::aade::simulator::state::{Entry, EntryState, What};
use std::collections::BTreeSet;

/// Most entries of one correlation.
const CORRELATED_MAX: usize = 50;

/// The document a correlation names: its MARK, or the four figures of the fiscal machine.
fn document_of(fields: &Fields) -> [Option<&str>; 5] {
    ["mark", "FIMNumber", "FIMAA", "FIMIssueDate", "FIMIssueTime"].map(|name| fields.get(name))
}

fn was_correlated(case: &Case<'_>, entry: &Entry) -> bool {
    let document = document_of(case.fields);
    let records = entry.correlations.iter().filter_map(|id| case.book?.record(*id));
    records
        .into_iter()
        .any(|r| matches!(&r.what, What::Correlated(fields) if document_of(fields) == document))
}

/// ClientCorrelations.
pub static CORRELATE: [Rule; 9] = [
    rule("C1", 220, "correlateId", |c| barred(c, true, "correlateId")),
    rule("C2", 211, "correlatedDCLids", |c| {
        say(c.correlated().count() > CORRELATED_MAX, || "more than 50 correlatedDCLids".to_owned())
    }),
    rule("C3", 222, "correlatedDCLids", |c| {
        let ids: Vec<i64> = c.correlated().collect();
        let distinct: BTreeSet<&i64> = ids.iter().collect();
        say(distinct.len() < ids.len(), || "the list of DclIDs contains duplicates".to_owned())
    }),
    rule("C4", 206, "correlatedDCLids", |c| {
        c.correlated().filter(|id| !c.record_exists(*id)).map(|id| format!("entry {id} not found")).collect()
    }),
    rule("C5", 221, "correlatedDCLids", |c| {
        let other = c.correlated().filter(|id| c.record_exists(*id) && c.entry_of(*id).is_none());
        other.map(|id| format!("DclId {id} is not an initial entry id")).collect()
    }),
    rule("C6", 207, "correlatedDCLids", |c| {
        let cancelled =
            c.correlated().filter_map(|id| c.entry_of(id)).filter(|e| e.state == EntryState::Cancelled);
        cancelled.map(|entry| format!("entry {} has already been cancelled", entry.id)).collect()
    }),
    rule("C7", 104, "mark", |c| {
        let unknown = |mark: &i64| c.options.marks.as_ref().is_some_and(|known| !known.contains(mark));
        let mark = c.fields.number("mark").filter(unknown);
        mark.map(|mark| format!("requested invoice {mark} was not found")).into_iter().collect()
    }),
    rule("C8", 210, "correlatedDCLids", |c| {
        let again = c.correlated().filter_map(|id| c.entry_of(id)).filter(|entry| was_correlated(c, entry));
        again.map(|e| format!("ClientCorrelations for entry {} have already been sent", e.id)).collect()
    }),
    rule("C9", 203, "FIMNumber", |c| blank(c, &["entityVatNumber", "FIMNumber"])),
];

/// CancelClient, over the pseudo-field `DCLID`.
pub static CANCEL: [Rule; 5] = [
    rule("X1", 103, "DCLID", |c| {
        say(c.fields.number("DCLID").is_none(), || "dclid is missing from the request parameters".to_owned())
    }),
    rule("X2", 206, "DCLID", |c| {
        let id = c.fields.number("DCLID").filter(|id| !c.record_exists(*id));
        id.map(|id| format!("entry {id} not found")).into_iter().collect()
    }),
    rule("X3", 221, "DCLID", |c| {
        let id = c.fields.number("DCLID").filter(|id| c.record_exists(*id) && c.entry_of(*id).is_none());
        id.map(|id| format!("DclId {id} is not an initial entry id")).into_iter().collect()
    }),
    rule("X4", 207, "DCLID", |c| in_state(c, EntryState::Cancelled, "has already been cancelled")),
    strict("X5", 209, "DCLID", |c| in_state(c, EntryState::Completed, "has been completed")),
];

fn in_state(case: &Case<'_>, state: EntryState, what: &str) -> Vec<String> {
    let entry =
        case.fields.number("DCLID").and_then(|id| case.entry_of(id)).filter(|entry| entry.state == state);
    entry.map(|entry| format!("entry {} {what}", entry.id)).into_iter().collect()
}

/// RequestClients, over the pseudo-field `DCLID`.
pub static LIST: [Rule; 2] = [
    rule("R1", 103, "DCLID", |c| {
        say(c.fields.number("DCLID").is_none(), || "dclid is missing from the request parameters".to_owned())
    }),
    rule("R2", 103, "maxdclid", |c| {
        let bad = c.has("maxdclid") && c.fields.number("maxdclid").is_none();
        say(bad, || "maxdclid is not a number".to_owned())
    }),
];
