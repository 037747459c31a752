//! The calls about a document told before: its cancellation, and its payments.

use super::{Found, Violation, cents, payment};
use crate::aade::simulator::xml::Node;
use crate::mydata::simulator::state::{Books, Channel, Record, What};

/// Whether an AFM may cancel the document of a MARK.
pub(in crate::mydata::simulator) fn cancel(books: &Books, afm: &str, mark: i64) -> Vec<Violation> {
    let mut found = Found::default();
    match books.record(mark) {
        None => found.says(104, format!("Requested invoice {mark} was not found")),
        Some(Record { what: What::Cancelled { .. } | What::Paid { .. }, .. }) => {
            found.says(252, format!("MARK {mark} is not of an invoice"));
        }
        Some(record) => {
            found.says_if(record.afm != afm, 248, "The invoice was not sent by this VAT number");
            let by_provider = matches!(record.what, What::Invoice { channel: Channel::Provider, .. });
            found.says_if(by_provider, 249, "The invoice was sent by a provider");
            found.says_if(books.cancelled_by(mark).is_some(), 251, "The invoice is already cancelled");
            let linked = books.linked_to(mark).next().is_some();
            found.says_if(linked, 255, "The invoice is referred to by an active document");
        }
    }
    found.into_violations()
}

/// Whether an AFM may tell these payments.
pub(in crate::mydata::simulator) fn pay(
    books: &Books,
    afm: &str,
    channel: Channel,
    payments: &Node,
) -> Vec<Violation> {
    let mut found = Found::default();
    let mark: i64 = payments.get("invoiceMark").and_then(|mark| mark.parse().ok()).unwrap_or_default();
    let document = books.document(mark).filter(|(record, _)| record.afm == afm);
    let Some((_, document)) = document.filter(|_| books.cancelled_by(mark).is_none()) else {
        found.says(104, format!("Requested invoice {mark} was not found"));
        return found.into_violations();
    };
    let details = || payments.children("paymentMethodDetails");
    let by_card = details().any(|detail| detail.get("type") == Some("7"));
    found.says_if(!by_card, 402, "At least one payment by POS is mandatory");
    details().for_each(|detail| payment::bound(detail, channel, true, &mut found));
    let paid: i64 = details().map(|detail| cents(detail, "amount")).sum();
    let gross = document.child("invoiceSummary").map_or(0, |summary| cents(summary, "totalGrossValue"));
    found.says_if(paid > gross, 407, "Payment amounts exceed totalGrossValue");
    found.into_violations()
}
