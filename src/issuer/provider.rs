//! Documents handed to the business's certified provider: which ones they are, and as what they are handed over.

use super::channel::{Asking, Issuer, NotIssuable, Telling};
use super::mydata;
use crate::domain::document::{Document, DocumentKind};
use crate::domain::issuing::AtIssuer;
use crate::domain::money::Cents;
use crate::domain::provider::{Family, Posted, Said};
use crate::domain::settings::Settings;
use crate::domain::text::Text;
use crate::mydata::invoice::{Invoice, InvoiceLine};
use crate::mydata::kinds::LostConnection;
use crate::provider::reply::Ours;
use crate::provider::request::{self, Handed};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A certified e-invoicing provider.
#[derive(Debug, Clone, Copy)]
pub struct Provider;

impl Issuer for Provider {
    fn issues(&self, settings: &Settings, kind: &DocumentKind, _day: Date) -> bool {
        match kind {
            DocumentKind::Retail => true,
            DocumentKind::Invoice { .. } => settings.provider.invoices,
        }
    }

    fn telling(&self, settings: &Settings, document: &Document) -> Result<Telling, NotIssuable> {
        let payment = &document.payment;
        let by_card = payment.card != Cents::ZERO || payment.tips != Cents::ZERO;
        if by_card && !settings.provider.signs_cards {
            return Err(NotIssuable::CardNotSigned);
        }
        let handed = handed(settings, document)?;
        let request = request::send(&settings.provider, &handed)?;
        Ok(Telling::Provider { rules: Box::new(settings.provider.clone()), request, key: handed.key })
    }

    fn asking(&self, settings: &Settings, document: &Document) -> Result<Asking, NotIssuable> {
        let handed = handed(settings, document)?;
        let request = request::look_up(&settings.provider, &handed);
        let ours = Ours { number: document.number, total: document.totals.gross };
        Ok(Asking::Provider { rules: Box::new(settings.provider.clone()), request, ours })
    }
}

fn handed(settings: &Settings, document: &Document) -> Result<Handed, NotIssuable> {
    let invoice = mydata::invoice(settings, document, LostConnection::ToProvider)?;
    let names = names(settings, document, &invoice);
    Ok(Handed { invoice, names, key: key(document) })
}

/// The name of the request: another one each time a person has put right what was refused.
fn key(document: &Document) -> String {
    match document.at_issuer.as_ref().map_or(0, |at_issuer: &AtIssuer| at_issuer.corrections) {
        0 => document.id.to_string(),
        corrections => format!("{}-{corrections}", document.id),
    }
}

/// What was sold, for each line of the invoice: the things of its rate and its classification.
fn names(settings: &Settings, document: &Document, invoice: &Invoice) -> Vec<Text> {
    let terms = mydata::terms(settings, document);
    let kind = mydata::sale_kind(settings, document);
    let day = document.issued.date();
    let of_line = |told: &InvoiceLine| {
        let mut names: Vec<&str> = Vec::new();
        for line in &document.sale.lines {
            let is_in = terms.vat.of(line.vat, day) == Some(told.vat_category)
                && terms.classifications.of(&line.code, kind) == told.classification;
            let name = line.name.get(settings.language).as_str();
            if is_in && !names.contains(&name) {
                names.push(name);
            }
        }
        Text::new(&names.join(", "))
    };
    invoice.lines.iter().map(of_line).collect()
}

/// What in the settings contradicts itself. A sentence for each.
pub fn faults(settings: &Settings) -> Vec<String> {
    let rules = &settings.provider;
    let mut faults = mydata::faults(settings);
    if rules.family == Family::Xml {
        if !(rules.series_as.is_empty() && rules.payment_as.is_empty()) {
            faults.push("series_as and payment_as are for the family json alone".to_owned());
        }
        return faults;
    }
    if rules.posted != Posted::Plain {
        faults.push("form_field is for the family xml alone".to_owned());
    }
    let mut names: BTreeMap<u8, BTreeSet<&str>> = BTreeMap::new();
    for (said, name) in &rules.said {
        if !names.entry(object_of(*said)).or_default().insert(name) {
            faults.push(format!("two things are called {name:?}"));
        }
    }
    for (needed, word) in [(Said::Type, "type"), (Said::Lines, "lines"), (Said::Total, "total")] {
        if rules.name_of(needed).is_none() {
            faults.push(format!("{word} must have a name"));
        }
    }
    faults
}

/// Things of one object may not share a name: a payment, a line, or the whole.
const fn object_of(said: Said) -> u8 {
    match said {
        Said::PaymentType | Said::PaymentAmount | Said::PaymentTip => 1,
        Said::LineNumber
        | Said::LineName
        | Said::LineQuantity
        | Said::LinePrice
        | Said::LineNet
        | Said::LineVatRate
        | Said::LineVatCategory
        | Said::LineVat
        | Said::LineTotal
        | Said::LineCategory
        | Said::LineE3
        | Said::LineExemption => 2,
        _ => 0,
    }
}
