//! Documents a document names, replaces or takes back.

use super::{Case, Found, cents};
use crate::mydata::simulator::state::Channel;

pub(super) fn judge(case: &Case<'_>, found: &mut Found) {
    replaced(case, found);
    let header = case.header();
    let kind = case.kind();
    let correlated: Vec<&str> = header.all("correlatedInvoices").collect();
    let connected = header.child("multipleConnectedMarks").is_some();
    let may_correlate = case.is_of("1.") || kind == "5.1";
    found.says_if(
        !correlated.is_empty() && !may_correlate,
        205,
        "correlatedInvoices is forbidden for this invoice type",
    );
    let never = matches!(kind, "1.6" | "2.4" | "5.1" | "11.1" | "11.2");
    found.says_if(connected && never, 205, "multipleConnectedMarks is forbidden for this invoice type");
    if kind == "5.1" {
        found.says_if(correlated.is_empty(), 204, "correlatedInvoices is mandatory for this invoice type");
        correlated.into_iter().for_each(|mark| credit(case, mark, found));
    }
}

/// The same UID again: a provider is refused, a business replaces what it sent, unless something refers to that.
fn replaced(case: &Case<'_>, found: &mut Found) {
    let Some(held) = case.books.holding(case.uid) else { return };
    match case.channel {
        Channel::Provider => found.says(233, format!("UID {} has already been sent", case.uid)),
        Channel::Erp => {
            let linked = case.books.linked_to(held).next().is_some();
            found.says_if(linked, 259, "The earlier document is referred to by active documents");
        }
    }
}

fn credit(case: &Case<'_>, mark: &str, found: &mut Found) {
    let mark: i64 = mark.parse().unwrap_or_default();
    let original = case.books.document(mark).filter(|_| case.books.cancelled_by(mark).is_none());
    let Some((_, original)) = original else {
        return found.says(320, format!("Correlated invoice {mark} is not valid"));
    };
    let kind = original.child("invoiceHeader").and_then(|header| header.get("invoiceType"));
    if !kind.is_some_and(|kind| kind.starts_with("1.") || kind.starts_with("2.")) {
        return found.says(322, "The type of the correlated invoice is not supported");
    }
    for (party, name) in [("issuer", "vatNumber"), ("counterpart", "vatNumber"), ("counterpart", "country")] {
        let told = |document: &crate::aade::simulator::xml::Node| {
            document.child(party).and_then(|party| party.get(name)).map(str::to_owned)
        };
        let differs = told(case.invoice) != told(original);
        found.says_if(differs, 318, &format!("{party} {name} must equal that of the correlated invoice"));
    }
    let net = |document: &crate::aade::simulator::xml::Node| {
        document.child("invoiceSummary").map_or(0, |summary| cents(summary, "totalNetValue"))
    };
    // What this document replaces counts no more.
    let held = case.books.holding(case.uid);
    let before = case.books.linked_to(mark).filter(|(credit, _)| Some(*credit) != held);
    let before: i64 = before.map(|(_, credit)| net(credit)).sum();
    found.says_if(
        before + net(case.invoice) > net(original),
        319,
        "Credits exceed the net value of the correlated invoice",
    );
}
