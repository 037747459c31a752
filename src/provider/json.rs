//! A document in JSON, under the provider's names. Its figures are those told in XML, to the cent: a line stands for all things
//! of one rate and one classification, and carries their names.

use super::request::Handed;
use crate::domain::money::{Cents, Rate};
use crate::domain::provider::{ProviderRules, Said};
use crate::domain::text::Text;
use crate::mydata::invoice::{InvoiceLine, PaymentDetail};
use crate::mydata::kinds::VatCategories;
use serde_json::{Map, Number, Value};

/// What cannot be said to a provider.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSayable {
    /// Several payments, and a provider that takes one.
    #[error("this provider takes one means of payment for a document: pay the whole in one way")]
    SeveralPayments,
    /// A VAT category without a rate.
    #[error("VAT category {0} has no rate that could be told")]
    Rate(u8),
}

/// The document.
///
/// # Errors
/// Says what cannot be said.
pub(super) fn document(rules: &ProviderRules, handed: &Handed) -> Result<String, NotSayable> {
    let invoice = &handed.invoice;
    let identity = &invoice.identity;
    let mut whole = Object::new(rules);
    whole.text(Said::Key, &handed.key);
    whole.text(Said::Type, identity.kind.code());
    let series = identity.series.as_str();
    whole.text(Said::Series, rules.series_as.get(series).map_or(series, String::as_str));
    whole.number(Said::Number, identity.number);
    whole.text(Said::Date, &identity.date.to_string());
    whole.text(Said::Issuer, &identity.issuer);
    whole.number(Said::Branch, identity.branch);
    whole.text(Said::Currency, "EUR");
    if let Some(lost) = invoice.lost_connection {
        whole.number(Said::LostConnection, lost.code());
    }
    if let Some(counterpart) = &invoice.counterpart {
        whole.text(Said::CustomerAfm, &counterpart.afm);
        whole.text(Said::CustomerCountry, "GR");
        whole.number(Said::CustomerBranch, counterpart.branch);
    }
    let marks: Vec<Value> =
        invoice.correlated.iter().chain(&invoice.connected).map(|mark| (*mark).into()).collect();
    if !marks.is_empty() {
        whole.put(Said::Correlated, Value::Array(marks));
    }
    whole.amount(Said::Net, invoice.net());
    whole.amount(Said::Vat, invoice.vat());
    whole.amount(Said::Total, invoice.gross());
    whole.amount(Said::Payable, invoice.gross());
    payments(&mut whole, rules, &invoice.payments)?;
    let lines =
        (1_u32..).zip(&invoice.lines).zip(handed.names.iter().map(Some).chain(std::iter::repeat(None)));
    let lines: Result<Vec<Value>, NotSayable> =
        lines.map(|((number, line), name)| self::line(rules, number, line, name)).collect();
    whole.put(Said::Lines, Value::Array(lines?));
    Ok(whole.into_value().to_string())
}

fn payments(
    whole: &mut Object<'_>,
    rules: &ProviderRules,
    payments: &[PaymentDetail],
) -> Result<(), NotSayable> {
    let means = |payment: &PaymentDetail| {
        let code = payment.means.code();
        rules.payment_as.get(&code).map_or_else(|| Value::from(code), |name| Value::from(name.as_str()))
    };
    if rules.name_of(Said::OnlyPayment).is_some() {
        let [only] = payments else { return Err(NotSayable::SeveralPayments) };
        whole.put(Said::OnlyPayment, means(only));
    }
    let each = payments.iter().map(|payment| {
        let mut told = Object::new(rules);
        told.put(Said::PaymentType, means(payment));
        told.amount(Said::PaymentAmount, payment.amount);
        if payment.tip != Cents::ZERO {
            told.amount(Said::PaymentTip, payment.tip);
        }
        told.into_value()
    });
    whole.put(Said::Payments, Value::Array(each.collect()));
    Ok(())
}

fn line(
    rules: &ProviderRules,
    number: u32,
    line: &InvoiceLine,
    name: Option<&Text>,
) -> Result<Value, NotSayable> {
    let rate = VatCategories::default().0.into_iter().find(|row| row.category == line.vat_category);
    let rate = rate.map(|row| row.rate).ok_or(NotSayable::Rate(line.vat_category))?;
    let mut told = Object::new(rules);
    told.number(Said::LineNumber, number);
    told.text(Said::LineName, name.map(Text::as_str).filter(|name| !name.is_empty()).unwrap_or("-"));
    told.number(Said::LineQuantity, 1_u8);
    told.amount(Said::LinePrice, line.net);
    told.amount(Said::LineNet, line.net);
    told.put(Said::LineVatRate, percent(rate));
    told.number(Said::LineVatCategory, line.vat_category);
    told.amount(Said::LineVat, line.vat);
    told.amount(Said::LineTotal, line.net + line.vat);
    told.text(Said::LineCategory, &line.classification.category);
    if let Some(e3) = &line.classification.e3 {
        told.text(Said::LineE3, e3);
    }
    if let Some(exemption) = line.exemption {
        told.number(Said::LineExemption, exemption);
    }
    Ok(told.into_value())
}

/// Whole per cents as a whole number: `24`.
fn percent(rate: Rate) -> Value {
    match rate.0 % 100 {
        0 => (rate.0 / 100).into(),
        _ => decimal(&format!("{}.{:02}", rate.0 / 100, rate.0 % 100)),
    }
}

/// A decimal as a number of JSON. The shortest number that means the same float is the decimal itself up to fifteen digits,
/// and no amount has so many.
fn decimal(text: &str) -> Value {
    text.parse().ok().and_then(Number::from_f64).map_or_else(|| Value::from(text), Value::Number)
}

/// An object being said; what the provider has no name for is left out.
struct Object<'a> {
    rules: &'a ProviderRules,
    object: Map<String, Value>,
}

impl<'a> Object<'a> {
    fn new(rules: &'a ProviderRules) -> Self {
        Self { rules, object: Map::new() }
    }

    fn put(&mut self, said: Said, value: Value) {
        let Some(path) = self.rules.name_of(said) else { return };
        let mut object = &mut self.object;
        let mut names = path.split('.').peekable();
        while let Some(name) = names.next() {
            if names.peek().is_none() {
                object.insert(name.to_owned(), value);
                return;
            }
            let below = object.entry(name).or_insert_with(|| Value::Object(Map::new()));
            let Value::Object(below) = below else { return };
            object = below;
        }
    }

    fn text(&mut self, said: Said, text: &str) {
        self.put(said, text.into());
    }

    fn number(&mut self, said: Said, number: impl Into<u64>) {
        self.put(said, number.into().into());
    }

    fn amount(&mut self, said: Said, amount: Cents) {
        self.put(said, decimal(&amount.with_point()));
    }

    fn into_value(self) -> Value {
        Value::Object(self.object)
    }
}
