//! What the lines are in the income books, by AADE's own table of combinations.

use super::{Case, Found, cents};
use crate::aade::simulator::xml::Node;
use std::collections::BTreeMap;

/// Type, category, and the E3 types they may have together; `-` is none.
const COMBINATIONS: &str = include_str!("../combinations.txt");

/// Type and category of a classification.
type Key = (String, String);

pub(super) fn judge(case: &Case<'_>, found: &mut Found) {
    let lines: Vec<&Node> = case.lines().collect();
    let classified = lines.iter().filter(|line| line.child("incomeClassification").is_some()).count();
    let in_summary = sums(case.summary());
    match (classified, lines.len()) {
        (0, _) if in_summary.is_empty() => return,
        (0, _) => return found.says(321, "Classifications only in the summary"),
        (some, all) if some < all => found.says(304, "Either all lines carry classifications or none"),
        _ => {}
    }
    let mut of_lines: BTreeMap<Key, i64> = BTreeMap::new();
    for line in lines {
        let number = line.get("lineNumber").unwrap_or_default();
        let classifications: Vec<&Node> = line.children("incomeClassification").collect();
        if classifications.is_empty() {
            continue;
        }
        let amounts = sums(line);
        let twice = amounts.len() < classifications.len();
        found.says_if(twice, 305, &format!("Line {number}: duplicate classification"));
        let wrong = amounts.values().sum::<i64>() != cents(line, "netValue");
        found.says_if(wrong, 306, &format!("Line {number}: classifications differ from netValue"));
        classifications.iter().for_each(|classification| combination(case, classification, found));
        for (key, amount) in amounts {
            *of_lines.entry(key).or_default() += amount;
        }
    }
    for (key, amount) in &of_lines {
        match in_summary.get(key) {
            None => found.says(311, format!("Classification {} {} is missing in the summary", key.0, key.1)),
            Some(told) if told != amount => {
                found.says(312, format!("Classification {} {} differs in the summary", key.0, key.1));
            }
            Some(_) => {}
        }
    }
    let unknown = in_summary.keys().any(|key| !of_lines.contains_key(key));
    found.says_if(unknown, 312, "The summary has a classification that no line has");
    let told = case.summary().children("incomeClassification").count();
    found.says_if(told > in_summary.len(), 312, "The summary has a classification twice");
}

fn sums(node: &Node) -> BTreeMap<Key, i64> {
    let mut sums: BTreeMap<Key, i64> = BTreeMap::new();
    for classification in node.children("incomeClassification") {
        *sums.entry(key(classification)).or_default() += cents(classification, "amount");
    }
    sums
}

fn key(classification: &Node) -> Key {
    let told = |name| classification.get(name).unwrap_or("-").to_owned();
    (told("classificationType"), told("classificationCategory"))
}

/// A 5.1 may carry what the invoice it names may carry; where there is none, another rule says so.
fn combination(case: &Case<'_>, classification: &Node, found: &mut Found) {
    let original = case.header().get("correlatedInvoices").and_then(|mark| mark.parse().ok());
    let original = original.and_then(|mark| case.books.document(mark)).map(|(_, document)| document);
    let kind = match (case.kind(), original.and_then(|document| document.child("invoiceHeader"))) {
        ("5.1", Some(header)) => header.get("invoiceType").unwrap_or_default(),
        ("5.1", None) => return,
        (kind, _) => kind,
    };
    let (e3, category) = key(classification);
    let rows = || COMBINATIONS.lines().filter(|row| !row.starts_with('#')).map(|row| row.split(' '));
    let of_category = |mut row: std::str::Split<'_, char>| {
        (row.next() == Some(kind) && row.next() == Some(&*category)).then(|| row.any(|allowed| allowed == e3))
    };
    let exists = rows().any(|row| row.skip(2).any(|known| known == e3));
    match rows().find_map(of_category) {
        Some(true) => {}
        Some(false) if exists => found.says(313, format!("{kind} {category} {e3} is not allowed")),
        Some(false) => found.says(307, format!("{e3} is not allowed for {category}")),
        None => found.says(308, format!("{category} is not allowed for invoice type {kind}")),
    }
}
