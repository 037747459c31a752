//! The registry's rules, each one line of a table: its name, the code it answers with, the element it is about and
//! the test. The pairing of rule and code is data, because parts of it are inference: [`Options`] can change a code
//! or switch a rule without touching the logic.
//!
//! Names follow the public list of rules: `T` transport, `S` SendClient, `U` UpdateClient, `C` ClientCorrelations,
//! `X` CancelClient, `R` RequestClients; a part after a dot tells apart the cases of one rule.

mod others;
mod send;
mod update;

pub use others::{CANCEL, CORRELATE, LIST};
pub use send::SEND;
pub use update::UPDATE;

use super::Options;
use super::schema::{self, Fields, Particle};
use super::state::{Book, Entry};
use jiff::Timestamp;

/// What the rules look at.
pub(super) struct Case<'a> {
    pub(super) fields: &'a Fields,
    pub(super) book: Option<&'a Book>,
    pub(super) now: Timestamp,
    pub(super) options: &'a Options,
}

/// One error of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub rule: &'static str,
    /// The code.
    pub code: u16,
    /// In words.
    pub message: String,
}

/// One rule.
pub struct Rule {
    /// Its name.
    pub id: &'static str,
    /// The code unless [`Options::codes`] says otherwise.
    pub code: u16,
    /// Whether it holds unless [`Options::switches`] says otherwise.
    pub on: bool,
    field: &'static str,
    check: fn(&Case<'_>) -> Vec<String>,
}

const fn rule(id: &'static str, code: u16, field: &'static str, check: fn(&Case<'_>) -> Vec<String>) -> Rule {
    Rule { id, code, on: true, field, check }
}

/// A rule that holds in strict mode only.
const fn strict(
    id: &'static str,
    code: u16,
    field: &'static str,
    check: fn(&Case<'_>) -> Vec<String>,
) -> Rule {
    Rule { id, code, on: false, field, check }
}

/// Every violation, in document order.
pub(super) fn check(rules: &'static [Rule], particles: &[Particle], case: &Case<'_>) -> Vec<Violation> {
    let mut found: Vec<(usize, Violation)> = Vec::new();
    for rule in rules.iter().filter(|rule| case.options.is_on(rule)) {
        let place = schema::position(particles, rule.field).unwrap_or_default();
        let code = case.options.code_of(rule);
        let violation = |message| (place, Violation { rule: rule.id, code, message });
        found.extend((rule.check)(case).into_iter().map(violation));
    }
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, violation)| violation).collect()
}

impl Case<'_> {
    fn has(&self, name: &str) -> bool {
        self.fields.has(name)
    }

    fn yes(&self, name: &str) -> bool {
        self.fields.is_true(name)
    }

    fn is(&self, name: &str, codes: &[i64]) -> bool {
        self.fields.number(name).is_some_and(|code| codes.contains(&code))
    }

    fn is_type(&self, types: &[i64]) -> bool {
        self.is("clientServiceType", types)
    }

    /// The entry an update speaks of.
    fn entry(&self) -> Option<&Entry> {
        self.book?.entry(self.fields.number("initialDclId")?)
    }

    fn correlated(&self) -> impl Iterator<Item = i64> {
        self.fields.all("correlatedDCLids").filter_map(|id| id.parse().ok())
    }

    fn record_exists(&self, id: i64) -> bool {
        self.book.is_some_and(|book| book.record(id).is_some())
    }

    fn entry_of(&self, id: i64) -> Option<&Entry> {
        self.book?.entry(id)
    }
}

fn say(broken: bool, message: impl FnOnce() -> String) -> Vec<String> {
    if broken { vec![message()] } else { Vec::new() }
}

/// `name` must be there when `needed`.
fn mandatory(case: &Case<'_>, needed: bool, name: &str) -> Vec<String> {
    say(needed && !case.has(name), || format!("{name} is mandatory"))
}

/// `name` may be there only when `allowed`.
fn only(case: &Case<'_>, allowed: bool, name: &str, when: &str) -> Vec<String> {
    say(!allowed && case.has(name), || format!("{name} is allowed only when {when}"))
}

/// `name` may never be there when `barred`.
fn barred(case: &Case<'_>, barred: bool, name: &str) -> Vec<String> {
    say(barred && case.has(name), || format!("{name} is not allowed"))
}

fn barred_for_type(case: &Case<'_>, barred: bool, name: &str) -> Vec<String> {
    say(barred && case.has(name), || format!("value of {name} is not allowed for this clientServiceType"))
}

fn apart(case: &Case<'_>, condition: bool, name: &str, other: &str) -> Vec<String> {
    say(condition && case.has(name), || format!("{name} cannot be sent together with {other}"))
}

fn joined(parts: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    parts.into_iter().flatten().collect()
}

/// Elements that are there and say nothing.
fn blank(case: &Case<'_>, names: &[&str]) -> Vec<String> {
    let is_blank = |name: &&&str| case.fields.get(name).is_some_and(|text| text.trim().is_empty());
    names.iter().filter(is_blank).map(|name| format!("{name} is mandatory")).collect()
}

/// A Greek number beside its country must carry its check digit.
fn greek_vat(case: &Case<'_>, vat: &str, country: &str) -> Vec<String> {
    let greek = case.fields.get(country) == Some("GR");
    let bad = case.fields.get(vat).is_some_and(|number| !is_greek_vat(number));
    say(greek && bad, || "Invalid Greek VAT number".to_owned())
}

/// Nine digits, not all zero, and the last is the remainder of the first eight weighted by powers of two.
pub(super) fn is_greek_vat(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    if number.len() != 9 || digits.len() != 9 || digits.iter().all(|digit| *digit == 0) {
        return false;
    }
    let weighted = digits[..8].iter().fold(0, |sum, digit| sum * 2 + digit) * 2;
    weighted % 11 % 10 == digits[8]
}
