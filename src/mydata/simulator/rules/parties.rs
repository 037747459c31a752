//! Who issues, to whom, and what the header may say.

use super::{Case, Found};
use crate::aade::simulator::afm::is_afm;
use crate::aade::simulator::xml::Node;
use crate::mydata::simulator::state::Channel;
use jiff::civil::Date;

/// The types this myDATA takes from either channel.
const TAKEN: &str = "1.1 1.2 1.3 2.1 2.2 2.3 5.1 5.2 8.4 8.5 11.1 11.2 11.3 11.4 11.5";

pub(super) fn judge(case: &Case<'_>, found: &mut Found) {
    let Some(issuer) = case.invoice.child("issuer") else {
        return found.says(204, "Element issuer is mandatory for this invoice type");
    };
    speaks_for(case, issuer.get("vatNumber").unwrap_or_default(), found);
    party(issuer, "issuer", 219, found);
    found.says_if(issuer.get("country") != Some("GR"), 242, "Issuer country must be GR");
    counterpart(case, issuer, found);
    service_fields(case, found);
    header(case, found);
    date(case, found);
    transmission_failure(case, found);
    booleans(case.invoice, found);
}

fn speaks_for(case: &Case<'_>, afm: &str, found: &mut Found) {
    let mandate = (case.caller.to_owned(), afm.to_owned());
    if case.caller != afm && !case.options.mandates.contains(&mandate) {
        found.says(105, format!("User is not authorized for VAT number {afm}"));
    } else if case.options.inactive.contains(afm) {
        found.says(102, format!("VAT number {afm} does not belong to an active corporation"));
    }
}

/// A Greek party: a valid AFM, and no name.
fn party(party: &Node, who: &str, named: u16, found: &mut Found) {
    if party.get("country") == Some("GR") {
        let afm = party.get("vatNumber").unwrap_or_default();
        if !is_afm(afm) {
            found.says(202, format!("{who}: {afm} is not a valid Greek VAT number"));
        }
        let is_named = party.child("name").is_some();
        found.says_if(is_named, named, &format!("Name of {who} must not be sent for Greek entities"));
    }
}

fn counterpart(case: &Case<'_>, issuer: &Node, found: &mut Found) {
    let other = case.invoice.child("counterpart");
    let wanted = ["1.", "2.", "5."].iter().any(|family| case.is_of(family));
    match other {
        Some(_) if case.is_of("11.") => {
            found.says(205, "Element counterpart is forbidden for this invoice type");
        }
        None if wanted => found.says(204, "Element counterpart is mandatory for this invoice type"),
        Some(other) => {
            party(other, "counterpart", 220, found);
            let greek = other.get("country") == Some("GR");
            let domestic = matches!(case.kind(), "1.1" | "2.1");
            found.says_if(domestic && !greek, 242, "Counterpart country must be GR");
            let same = other.get("vatNumber") == issuer.get("vatNumber");
            found.says_if(same, 235, "Issuer and counterpart must not be the same");
        }
        None => {}
    }
}

/// What the service fills in, and nobody else. A provider may tell the UID.
fn service_fields(case: &Case<'_>, found: &mut Found) {
    let own = ["mark", "cancelledByMark", "authenticationCode", "qrCodeUrl", "invoiceDeliveryStatus"];
    let erp: &[&str] = if case.channel == Channel::Erp { &["uid", "downloadingInvoiceUrl"] } else { &[] };
    for name in own.iter().chain(erp).filter(|name| case.invoice.child(name).is_some()) {
        found.says(205, format!("Element {name} is forbidden"));
    }
}

fn header(case: &Case<'_>, found: &mut Found) {
    let header = case.header();
    let kind = case.kind();
    found.says_if(!TAKEN.split(' ').any(|taken| taken == kind), 223, "Invoice type is not supported");
    let aa = header.get("aa").unwrap_or_default();
    let digits = !aa.is_empty() && aa.bytes().all(|b| b.is_ascii_digit());
    found.says_if(!digits || aa.parse::<u64>().is_err(), 212, "aa must be a number from 0 to 2^64-1");
    found.says_if(header.get("series") == Some(""), 204, "series is mandatory; send 0 if there is none");
    let currency = header.get("currency").unwrap_or("EUR");
    let rate = header.child("exchangeRate").is_some();
    found.says_if(currency != "EUR" && !rate, 211, "exchangeRate is mandatory when currency is not EUR");
    found.says_if(currency == "EUR" && rate, 227, "exchangeRate must be absent when currency is EUR");
    let third = header.child("thirdPartyCollection").is_some() && !matches!(kind, "8.4" | "8.5");
    found.says_if(third, 205, "thirdPartyCollection is forbidden for this invoice type");
}

fn date(case: &Case<'_>, found: &mut Found) {
    let issued: Option<Date> = case.header().get("issueDate").and_then(|date| date.parse().ok());
    let Some(issued) = issued else { return };
    match case.channel {
        Channel::Erp => {
            found.says_if(issued > case.today, 253, "issueDate must not be later than today");
            found.says_if(issued < case.options.floor, 260, "issueDate is outside the permitted window");
        }
        Channel::Provider => {
            let late = case.invoice.child("transmissionFailure").is_some() && issued < case.today;
            found.says_if(issued != case.today && !late, 238, "issueDate must be today");
        }
    }
}

/// Each channel has its own words for a lost connection.
fn transmission_failure(case: &Case<'_>, found: &mut Found) {
    let Some(flag) = case.invoice.get("transmissionFailure") else { return };
    let of_channel = match case.channel {
        Channel::Erp => flag == "3",
        Channel::Provider => matches!(flag, "1" | "2" | "4"),
    };
    found.says_if(!of_channel, 205, "This transmissionFailure is forbidden for this channel");
}

fn booleans(node: &Node, found: &mut Found) {
    const FLAGS: [&str; 10] = [
        "vatPaymentSuspension",
        "selfPricing",
        "fuelInvoice",
        "isDeliveryNote",
        "thirdPartyCollection",
        "totalCancelDeliveryOrders",
        "reverseDeliveryNote",
        "toWeigh",
        "discountOption",
        "notVAT195",
    ];
    for child in &node.children {
        let off = FLAGS.contains(&child.name.as_str()) && matches!(child.text.trim(), "false" | "0");
        found.says_if(off, 214, &format!("{} may be sent only when it is true", child.name));
        booleans(child, found);
    }
}
