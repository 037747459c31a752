//! Lines, their VAT, and the sums. There is no tolerance: totals are the exact sums of the lines as they were told.

use super::{Case, Found, cents};
use std::collections::BTreeSet;

/// The taxes of a line, by the name of their total.
const TAXES: [(&str, &str, &str); 5] = [
    ("withheldAmount", "totalWithheldAmount", "1"),
    ("feesAmount", "totalFeesAmount", "2"),
    ("otherTaxesAmount", "totalOtherTaxesAmount", "3"),
    ("stampDutyAmount", "totalStampDutyAmount", "4"),
    ("deductionsAmount", "totalDeductionsAmount", "5"),
];

pub(super) fn judge(case: &Case<'_>, found: &mut Found) {
    let mut numbers = BTreeSet::new();
    for line in case.lines() {
        let number = line.get("lineNumber").unwrap_or_default();
        let number: i64 = number.parse().unwrap_or_default();
        found.says_if(!numbers.insert(number), 261, &format!("Duplicate lineNumber {number}"));
        let category: i64 = line.get("vatCategory").and_then(|code| code.parse().ok()).unwrap_or_default();
        let reason = line.child("vatExemptionCategory").is_some();
        found.says_if(category == 8, 216, &format!("Line {number}: vatCategory must not be 8"));
        found.says_if(
            category == 7 && !reason,
            217,
            &format!("Line {number}: vatExemptionCategory is missing"),
        );
        found.says_if(
            category != 7 && reason,
            271,
            &format!("Line {number}: vatExemptionCategory without 0 %"),
        );
        let taxed = category == 7 && cents(line, "vatAmount") != 0;
        found.says_if(taxed, 218, &format!("Line {number}: vatAmount must be 0"));
        let too_much = cents(line, "vatAmount") > cents(line, "netValue");
        found.says_if(too_much, 237, &format!("Line {number}: vatAmount is larger than netValue"));
        let odd = line.child("invoiceDetailType").is_some();
        found.says_if(
            odd,
            205,
            &format!("Line {number}: invoiceDetailType is forbidden for this invoice type"),
        );
    }
}

pub(super) fn sums(case: &Case<'_>, found: &mut Found) {
    let summary = case.summary();
    let sum = |name: &str| case.lines().map(|line| cents(line, name)).sum::<i64>();
    let total = |name: &str| cents(summary, name);
    let differs = |line: &str, summed: &str| sum(line) != total(summed);
    found.says_if(differs("netValue", "totalNetValue"), 207, "Sum of netValue differs from totalNetValue");
    found.says_if(
        differs("vatAmount", "totalVatAmount"),
        209,
        "Sum of vatAmount differs from totalVatAmount",
    );
    let whole = taxes(case, found);
    let effect = |of: [i64; 5]| -of[0] + of[1] + of[2] + of[3] - of[4];
    let on_lines = TAXES.map(|(line, ..)| sum(line));
    let gross = sum("netValue") + sum("vatAmount") + effect(on_lines) + effect(whole);
    found.says_if(gross != total("totalGrossValue"), 208, "Sum of lines differs from totalGrossValue");
    let told =
        total("totalNetValue") + total("totalVatAmount") + effect(TAXES.map(|(_, name, _)| total(name)));
    found.says_if(told != total("totalGrossValue"), 203, "totalGrossValue is not net value plus taxes");
}

/// Taxes stand on the lines or on the whole document; either way their totals are their sums.
fn taxes(case: &Case<'_>, found: &mut Found) -> [i64; 5] {
    let of_document = || case.invoice.children("taxesTotals").flat_map(|totals| totals.children("taxes"));
    let on_line = case.lines().any(|line| TAXES.iter().any(|(name, ..)| line.child(name).is_some()));
    found.says_if(on_line && of_document().next().is_some(), 224, "Taxes both per line and per document");
    TAXES.map(|(line, total, kind)| {
        let whole: i64 = of_document()
            .filter(|tax| tax.get("taxType") == Some(kind))
            .map(|tax| cents(tax, "taxAmount"))
            .sum();
        let lines: i64 = case.lines().map(|node| cents(node, line)).sum();
        let code = if kind == "1" { 210 } else { 226 };
        let wrong = whole + lines != cents(case.summary(), total);
        found.says_if(wrong, code, &format!("Sum of {line} differs from {total}"));
        whole
    })
}
