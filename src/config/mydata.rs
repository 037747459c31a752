//! Issuing documents through myDATA by ourselves: what the owner and the accountant say of it.

use super::reader::Section;
use super::{RegistryAt, service_at};
use crate::aade::transport::Endpoint;
use crate::domain::settings::{IssuerKind, IssuingRules, Settings};
use crate::issuer::mydata;
use jiff::civil::Date;

/// Longest wait for a QR that a lane can bear, in seconds.
const WAIT_S_MAX: i64 = 60;

/// The rules, and where myDATA is; without a word of its own it is where the registry is.
pub(super) fn read(
    section: &Section<'_, '_>,
    documents: &Section<'_, '_>,
    issuer: Option<IssuerKind>,
    registry: Option<&RegistryAt>,
) -> (IssuingRules, Option<RegistryAt>) {
    let default = IssuingRules::default();
    let at = if section.has("endpoint") { service_at(section) } else { registry.cloned() };
    let confirmed = section.flag("exemption_confirmed", false);
    if issuer == Some(IssuerKind::MyData) && !confirmed {
        documents.note(
            "issuer",
            "may be \"mydata\" only with mydata.exemption_confirmed = true: a business that needs no fiscal machine may issue this way, and the owner says so",
        );
    }
    let number = |key: &str, bounds: std::ops::RangeInclusive<i64>| {
        let number = section.number(key, bounds, 0);
        section.has(key).then(|| u8::try_from(number).unwrap_or_default()).filter(|number| *number > 0)
    };
    let classifications = section.section("classifications");
    let classification = |(code, text): (String, String)| match text.split_whitespace().collect::<Vec<_>>()[..]
    {
        [category, e3] => Some((code, (category.to_owned(), e3.to_owned()))),
        _ => {
            classifications.note(&code, "must be a category and an E3 type like \"category1_3 E3_561_003\"");
            None
        }
    };
    let rules = IssuingRules {
        test_environment: at == Some(RegistryAt::Service(Endpoint::Test)),
        invoices_until: section.parsed("invoices_until", day),
        wait_s: section.number("wait_s", 0..=WAIT_S_MAX, default.wait_s),
        exemption: number("vat_exemption", 1..=31),
        deposit: number("deposit_as", 1..=8),
        voucher: number("voucher_as", 1..=8),
        classifications: classifications.entries().into_iter().filter_map(classification).collect(),
    };
    (rules, at)
}

/// What would certainly be refused is said before the first sale.
pub(super) fn check(section: &Section<'_, '_>, settings: &Settings) {
    if settings.issuer == IssuerKind::MyData {
        for fault in mydata::faults(settings) {
            section.note("classifications", format!(": {fault}"));
        }
    }
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "must be a day like \"2026-12-31\"".to_owned())
}
