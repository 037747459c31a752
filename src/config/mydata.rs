//! Issuing documents through myDATA by ourselves: what the owner and the accountant say of it.

use super::reader::Section;
use super::{RegistryAt, issuing, service_at};
use crate::aade::transport::Endpoint;
use crate::domain::settings::{IssuerKind, IssuingRules, Settings};
use crate::issuer::mydata;
use jiff::civil::Date;

/// The rules, and where myDATA is; without a word of its own it is where the registry is.
pub(super) fn read(
    section: &Section<'_, '_>,
    documents: &Section<'_, '_>,
    issuer: Option<IssuerKind>,
    registry: Option<&RegistryAt>,
) -> (IssuingRules, Option<RegistryAt>) {
    let at = if section.has("endpoint") { service_at(section) } else { registry.cloned() };
    let confirmed = section.flag("exemption_confirmed", false);
    if issuer == Some(IssuerKind::MyData) && !confirmed {
        documents.note(
            "issuer",
            "may be \"mydata\" only with mydata.exemption_confirmed = true: a business that needs no fiscal machine may issue this way, and the owner says so",
        );
    }
    let rules = IssuingRules {
        test_environment: at == Some(RegistryAt::Service(Endpoint::Test)),
        invoices_until: section.parsed("invoices_until", day),
        ..issuing::rules(section)
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
