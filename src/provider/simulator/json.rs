//! JSON under names of this provider's own, made into AADE's XML. It takes every amount as it stands and adds nothing up: sums
//! that are wrong are myDATA's to refuse.

use super::{Simulator, Verdict, xml};
use crate::aade::simulator::Caller;
use crate::aade::simulator::address::unescape;
use crate::aade::simulator::delivery::Outcome;
use crate::mydata::simulator::{self as mydata, Held};
use jiff::Timestamp;
use quick_xml::escape::escape;
use serde_json::{Value, json};
use std::fmt::Write;

/// Where documents are posted.
pub(super) const INVOICES: &str = "/api/v1/invoices";
/// Where one is asked for by its key.
pub(super) const BY_KEY: &str = "/api/v1/invoices/by-external-id/";

/// Rates in per cent, and AADE's numbers of them.
const RATES: [(f64, u8); 8] =
    [(24.0, 1), (13.0, 2), (6.0, 3), (17.0, 4), (9.0, 5), (4.0, 6), (0.0, 7), (3.0, 9)];

pub(super) fn yes() -> String {
    json!({"status": "issued", "my_data_mark": "400001900000001"}).to_string()
}

pub(super) fn technical() -> String {
    json!({"status": "error", "message": "Unexpected condition"}).to_string()
}

impl Simulator {
    pub(super) fn send_json(&mut self, now: Timestamp, body: &[u8], caller: &Caller) -> Outcome {
        let told: Value = match serde_json::from_slice(body) {
            Ok(told @ Value::Object(_)) => told,
            _ => return Outcome::new(400, json!({"error": "not JSON"}).to_string()),
        };
        let (document, fields) = match to_xml(&told) {
            Ok(made) => made,
            Err(missing) => {
                self.counts.refused += 1;
                let message = format!("{missing} is missing or wrong");
                return self.refused_json(&[("INVALID".to_owned(), message)]);
            }
        };
        let key = text(&told, "external_id").or_else(|| xml::key_of(caller).map(str::to_owned));
        let Some(key) = key else {
            return self.refused_json(&[("INVALID".to_owned(), "external_id is missing".to_owned())]);
        };
        let document = if self.options.signs_cards { xml::signed(&document) } else { document };
        let uid = mydata::Simulator::uid_of(fields.each_ref().map(String::as_str));
        match self.hand_on(now, &document, &uid, Some(&key)) {
            Verdict::Taken(uid) if self.options.slow_marks => Outcome::new(
                202,
                json!({"external_id": key, "status": "pending", "my_data_uid": uid}).to_string(),
            ),
            Verdict::There(_) if self.options.seen == super::Seen::Refuses => Outcome::new(
                422,
                json!({"errors": [{"code": "TAKEN", "message": "external_id has already been taken"}]})
                    .to_string(),
            ),
            Verdict::Taken(uid) | Verdict::There(uid) => match self.books.held(&uid) {
                Some(held) => Outcome::new(200, particulars(&key, &held)),
                None => Outcome::new(500, "Internal server error".to_owned()),
            },
            Verdict::Refused(errors) => self.refused_json(&errors),
            Verdict::Failed => Outcome::new(500, "Internal server error".to_owned()),
        }
    }

    fn refused_json(&self, errors: &[(String, String)]) -> Outcome {
        let errors: Vec<Value> =
            errors.iter().map(|(code, message)| json!({"code": code, "message": message})).collect();
        let status = if self.options.refuses_with_422 { 422 } else { 200 };
        Outcome::new(status, json!({"status": "rejected", "errors": errors}).to_string())
    }

    pub(super) fn json_status(&self, key: &str) -> Outcome {
        let key = unescape(key);
        match self.held_by_key(&key).and_then(|uid| self.books.held(&uid)) {
            Some(held) => Outcome::new(200, particulars(&key, &held)),
            None => Outcome::new(404, json!({"error": "no such document"}).to_string()),
        }
    }
}

fn particulars(key: &str, held: &Held) -> String {
    let told = json!({
        "external_id": key,
        "status": "issued",
        "num": held.number,
        "my_data_mark": held.mark.to_string(),
        "my_data_uid": held.uid,
        "authentication_code": held.authentication,
        "qr_url": held.qr,
        "total_amount": held.gross,
    });
    told.to_string()
}

fn text(of: &Value, name: &str) -> Option<String> {
    match of.get(name)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn needed(of: &Value, name: &'static str) -> Result<String, &'static str> {
    text(of, name).ok_or(name)
}

/// An amount with two decimals.
fn amount(of: &Value, name: &'static str) -> Result<String, &'static str> {
    let told = of.get(name).ok_or(name)?;
    let number = match told {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    };
    number.filter(|number: &f64| number.is_finite()).map(|number| format!("{number:.2}")).ok_or(name)
}

fn list<'a>(of: &'a Value, name: &'static str) -> Result<&'a Vec<Value>, &'static str> {
    of.get(name).and_then(Value::as_array).filter(|list| !list.is_empty()).ok_or(name)
}

fn element(xml: &mut String, name: &str, value: &str) {
    let _ = write!(xml, "<{name}>{}</{name}>", escape(value));
}

fn optional(xml: &mut String, name: &str, value: Option<String>) {
    if let Some(value) = value {
        element(xml, name, &value);
    }
}

/// The document in AADE's form, and the fields of its UID.
fn to_xml(told: &Value) -> Result<(String, [String; 6]), &'static str> {
    let fields = [
        needed(told, "issuer_vat")?,
        needed(told, "issue_date")?,
        needed(told, "branch")?,
        needed(told, "invoice_type_code")?,
        needed(told, "billing_book_id")?,
        needed(told, "num")?,
    ];
    let [afm, date, branch, kind, series, number] = &fields;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><InvoicesDoc xmlns=\"http://www.aade.gr/myDATA/invoice/v1.0\" \
         xmlns:icls=\"https://www.aade.gr/myDATA/incomeClassificaton/v1.0\"><invoice>",
    );
    optional(&mut xml, "transmissionFailure", text(told, "transmission_failure"));
    party(&mut xml, "issuer", afm, "GR", branch);
    if let Some(counterpart) = told.get("counterpart") {
        let vat = needed(counterpart, "vat")?;
        let (country, branch) = (needed(counterpart, "country_code")?, needed(counterpart, "branch")?);
        party(&mut xml, "counterpart", &vat, &country, &branch);
    }
    xml.push_str("<invoiceHeader>");
    for (name, value) in [("series", series), ("aa", number), ("issueDate", date), ("invoiceType", kind)] {
        element(&mut xml, name, value);
    }
    element(&mut xml, "currency", "EUR");
    let link = if kind == "5.1" { "correlatedInvoices" } else { "multipleConnectedMarks" };
    for mark in told.get("correlated_invoices").and_then(Value::as_array).into_iter().flatten() {
        let mark = mark.as_str().map(str::to_owned).or_else(|| mark.as_i64().map(|mark| mark.to_string()));
        optional(&mut xml, link, mark);
    }
    xml.push_str("</invoiceHeader><paymentMethods>");
    for payment in list(told, "payment_methods")? {
        xml.push_str("<paymentMethodDetails>");
        element(&mut xml, "type", &needed(payment, "type")?);
        element(&mut xml, "amount", &amount(payment, "amount")?);
        optional(&mut xml, "tipAmount", amount(payment, "tip_amount").ok());
        xml.push_str("</paymentMethodDetails>");
    }
    xml.push_str("</paymentMethods>");
    let mut classified: Vec<(String, String, f64)> = Vec::new();
    for line in list(told, "invoice_lines")? {
        self::line(&mut xml, line, &mut classified)?;
    }
    xml.push_str("<invoiceSummary>");
    element(&mut xml, "totalNetValue", &amount(told, "net_total_amount")?);
    element(&mut xml, "totalVatAmount", &amount(told, "vat_total_amount")?);
    for none in ["Withheld", "Fees", "StampDuty", "OtherTaxes", "Deductions"] {
        element(&mut xml, &format!("total{none}Amount"), "0.00");
    }
    if amount(told, "payable_total_amount")? != amount(told, "total_amount")? {
        return Err("payable_total_amount");
    }
    element(&mut xml, "totalGrossValue", &amount(told, "total_amount")?);
    for (category, e3, net) in &classified {
        classification(&mut xml, category, e3, &format!("{net:.2}"));
    }
    xml.push_str("</invoiceSummary></invoice></InvoicesDoc>");
    Ok((xml, fields))
}

fn party(xml: &mut String, name: &str, afm: &str, country: &str, branch: &str) {
    let _ = write!(xml, "<{name}>");
    element(xml, "vatNumber", afm);
    element(xml, "country", country);
    element(xml, "branch", branch);
    let _ = write!(xml, "</{name}>");
}

fn line(
    xml: &mut String,
    line: &Value,
    classified: &mut Vec<(String, String, f64)>,
) -> Result<(), &'static str> {
    needed(line, "name")?;
    needed(line, "quantity")?;
    let (net, vat, whole) =
        (amount(line, "net_total_price")?, amount(line, "vat_total")?, amount(line, "subtotal")?);
    amount(line, "unit_price")?;
    let sum = |a: &str, b: &str| Some(a.parse::<f64>().ok()? + b.parse::<f64>().ok()?);
    if sum(&net, &vat).is_none_or(|sum| format!("{sum:.2}") != whole) {
        return Err("subtotal");
    }
    let rate = line.get("vat_rate").and_then(Value::as_f64).ok_or("vat_rate")?;
    let category = RATES.iter().find(|(known, _)| (known - rate).abs() < 0.001).ok_or("vat_rate")?.1;
    xml.push_str("<invoiceDetails>");
    element(xml, "lineNumber", &needed(line, "line_number")?);
    element(xml, "netValue", &net);
    element(xml, "vatCategory", &category.to_string());
    element(xml, "vatAmount", &vat);
    optional(xml, "vatExemptionCategory", text(line, "vat_exemption_code"));
    let (of, e3) = (needed(line, "classification_category")?, needed(line, "classification_type")?);
    classification(xml, &of, &e3, &net);
    xml.push_str("</invoiceDetails>");
    let net: f64 = net.parse().map_err(|_| "net_total_price")?;
    match classified.iter_mut().find(|(category, kind, _)| *category == of && *kind == e3) {
        Some((_, _, sum)) => *sum += net,
        None => classified.push((of, e3, net)),
    }
    Ok(())
}

fn classification(xml: &mut String, category: &str, e3: &str, amount: &str) {
    xml.push_str("<incomeClassification>");
    element(xml, "icls:classificationType", e3);
    element(xml, "icls:classificationCategory", category);
    element(xml, "icls:amount", amount);
    xml.push_str("</incomeClassification>");
}
