//! A request held against an edition before it is sent: every fault a document would be refused for, as far as it
//! can be known here.

use super::condition::Conditions;
use super::edition::{Allowed, Ask, Edition, FieldRule, Shape};
use super::fault::{Fault, Mistake};
use super::field::Field;
use super::known::{EntryFacts, EntryLife, Known, Number};
use super::sheet::{Sheet, Value};
use crate::aade::message::{Correlation, Document, NewClient, Request, UpdateClient};
use crate::domain::customer::TaxNumber;
use crate::domain::entry::MessageKind;
use crate::domain::money::Cents;
use crate::domain::text::{Language, Text};
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// Most digits of an amount, those behind the point included.
const AMOUNT_DIGITS_MAX: u32 = 15;

impl Edition {
    /// Every fault of a request: those the schema would find first, then the rules', each in the order of the
    /// document. None means that the registry will take it, as far as can be known here.
    pub fn check(&self, request: &Request, known: &Known) -> Vec<Fault> {
        let sheet = Sheet::of(request, known);
        let mut faults: Vec<Fault> = match self.rows(request) {
            Some(rows) => rows.iter().flat_map(|rule| self.row(rule, &sheet)).collect(),
            None => vec![Fault::new(Field::ClientType, 101, Mistake::UnknownTrade)],
        };
        faults.extend(match request {
            Request::Send(client) => arrival(client, known),
            Request::Update(update) => update_of(update, known),
            Request::Correlate(correlation) => self.correlation(correlation, known),
            Request::Cancel(cancellation) => cancellation_of(cancellation.entry, known),
            Request::List(_) => Vec::new(),
        });
        told_once(faults)
    }

    /// The rules of a request's fields; none for a business this edition does not know.
    fn rows(&self, request: &Request) -> Option<Vec<&'static FieldRule>> {
        let (client_type, moment) = match request {
            Request::Send(client) => (client.use_case.client_type(), MessageKind::Create),
            Request::Update(update) if update.completes => (update.client_type, MessageKind::Complete),
            Request::Update(update) => (update.client_type, MessageKind::Update),
            Request::Correlate(_) => return Some(self.correlation.iter().collect()),
            Request::Cancel(_) | Request::List(_) => return Some(self.address.iter().collect()),
        };
        self.trade(client_type)?;
        Some(self.fields(client_type, moment).collect())
    }

    /// What is wrong with one field: that it is missing, that it is there, or what it holds.
    fn row(&self, rule: &FieldRule, sheet: &Sheet) -> Vec<Fault> {
        let Some(value) = sheet.get(rule.field) else {
            return missing(rule, sheet).into_iter().collect();
        };
        let refused = (rule.ask(sheet.conditions()) == Ask::Not).then(|| not_to_be_told(rule));
        refused
            .into_iter()
            .chain(self.shape(rule, value, sheet))
            .chain(codes(rule, value, sheet.conditions()))
            .collect()
    }

    fn shape(&self, rule: &FieldRule, value: &Value, sheet: &Sheet) -> Option<Fault> {
        let by_schema = |mistake| Some(Fault::new(rule.field, 101, mistake));
        match (rule.shape, value) {
            (Shape::Text { units_max: Some(max) }, Value::Text(text)) => {
                let units = text.as_str().encode_utf16().count();
                (units > max).then(|| Fault::new(rule.field, 101, Mistake::TooLong { units, max }))
            }
            (Shape::Country, Value::Text(text)) if !self.countries.contains(&text.as_str()) => {
                by_schema(Mistake::NotACountry { given: text.clone() })
            }
            (Shape::Range { from, to }, Value::Number(number)) if !(from..=to).contains(number) => {
                by_schema(Mistake::OutOfRange { from, to })
            }
            (Shape::Amount, Value::Amount(amount)) if !is_amount(*amount) => by_schema(Mistake::NotAnAmount),
            (Shape::Day, Value::Day(day)) if day.year() < 1 => by_schema(Mistake::NotADay),
            (Shape::Instant, Value::Instant(at)) if TimeZone::UTC.to_datetime(*at).year() < 1 => {
                by_schema(Mistake::NotADay)
            }
            (Shape::TaxNumber { country, code_bad }, Value::Text(number)) => {
                let greek = country.is_none_or(|country| sheet.text_of(country) == Some("GR"));
                (greek && !is_greek(number)).then(|| Fault::new(rule.field, code_bad, Mistake::NotATaxNumber))
            }
            _ => None,
        }
    }

    fn correlation(&self, correlation: &Correlation, known: &Known) -> Vec<Fault> {
        let fault = |code, mistake| Fault::new(Field::Entries, code, mistake);
        let max = self.correlated_max;
        let too_many = (correlation.entries.len() > max).then(|| fault(211, Mistake::TooMany { max }));
        let mut seen = BTreeSet::new();
        let again = correlation.entries.iter().copied().filter(|id| !seen.insert(*id));
        let twice: Vec<Fault> = again.map(|id| fault(222, Mistake::Twice { id })).collect();
        let of_entries = seen.iter().flat_map(|id| correlated(*id, &correlation.document, known));
        too_many.into_iter().chain(twice).chain(of_entries).collect()
    }
}

/// A field that is demanded and not there. Of two that may stand for each other, the first speaks for both.
fn missing(rule: &FieldRule, sheet: &Sheet) -> Option<Fault> {
    let stands_in = |other: Field| sheet.get(other).is_some() || other < rule.field;
    let demanded = rule.ask(sheet.conditions()) == Ask::Must && !rule.instead.is_some_and(stands_in);
    demanded.then(|| Fault::new(rule.field, rule.code_missing, Mistake::Missing))
}

const fn not_to_be_told(rule: &FieldRule) -> Fault {
    let mistake = match rule.allowed {
        Allowed::Always => Mistake::NotHere,
        Allowed::Only(condition) => Mistake::OnlyWhen(condition),
        Allowed::Apart(condition) => Mistake::Apart(condition),
    };
    Fault::new(rule.field, rule.code_refused, mistake)
}

/// A code the trade does not have, and one that does not go with the rest.
fn codes(rule: &FieldRule, value: &Value, conditions: Conditions) -> Vec<Fault> {
    let (Shape::Code(all), Value::Code(code)) = (rule.shape, value) else { return Vec::new() };
    let foreign = !all.contains(code);
    let foreign = foreign.then(|| Fault::new(rule.field, 214, Mistake::NotOffered { code: *code }));
    let misfits = rule.narrowed.iter().filter(|n| conditions.holds(n.when) && !n.to.contains(code));
    foreign
        .into_iter()
        .chain(misfits.map(|n| Fault::new(rule.field, n.code, Mistake::Misfits(n.when))))
        .collect()
}

fn arrival(client: &NewClient, known: &Known) -> Vec<Fault> {
    let backwards = client.terms.period().is_some_and(|period| period.to < period.from);
    // Written to the second, whatever it was measured to.
    let future = client.outage_since_arrival.is_some_and(|at| at.as_second() > known.now.as_second());
    let replaced = client.replaces.and_then(|id| match known.numbers.get(&id)? {
        Number::Entry(_) => None,
        Number::OtherRecord => Some(Fault::new(Field::Replaces, 219, Mistake::NotAnEntry { id })),
        Number::Absent => Some(Fault::new(Field::Replaces, 206, Mistake::NumberUnknown { id })),
    });
    [
        backwards.then(|| Fault::new(Field::PeriodTo, 213, Mistake::PeriodBackwards)),
        future.then(|| Fault::new(Field::Arrived, 217, Mistake::InTheFuture)),
        replaced,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn update_of(update: &UpdateClient, known: &Known) -> Vec<Fault> {
    let id = update.entry;
    let facts = match entry(Field::Entry, id, known) {
        Ok(facts) => facts,
        Err(fault) => return fault.into_iter().collect(),
    };
    let life = match facts.life {
        EntryLife::Open => None,
        EntryLife::Completed => Some((209, Mistake::EntryCompleted { id })),
        EntryLife::Cancelled => Some((207, Mistake::EntryCancelled { id })),
    };
    let type_differs = facts.client_type != update.client_type;
    [
        life.map(|(code, mistake)| Fault::new(Field::Entry, code, mistake)),
        type_differs.then(|| Fault::new(Field::ClientType, 208, Mistake::TypeDiffers)),
        other_customer(update, facts),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A recurring service is invoiced to the business it recurs for.
fn other_customer(update: &UpdateClient, facts: &EntryFacts) -> Option<Fault> {
    let agreed = Text::new(&facts.recurring_customer.as_ref()?.number);
    let sent = Text::new(&update.counterparty.as_ref()?.number);
    let differs = !sent.is_empty() && !agreed.is_empty() && sent != agreed;
    differs.then(|| Fault::new(Field::Counterparty, 208, Mistake::CustomerDiffers { agreed }))
}

fn correlated(id: i64, document: &Document, known: &Known) -> Vec<Fault> {
    let facts = match entry(Field::Entries, id, known) {
        Ok(facts) => facts,
        Err(fault) => return fault.into_iter().collect(),
    };
    let fault = |code, mistake| Fault::new(Field::Entries, code, mistake);
    let cancelled = facts.life == EntryLife::Cancelled;
    let tied = facts.documents.iter().any(|tied| written(tied) == written(document));
    [
        cancelled.then(|| fault(207, Mistake::EntryCancelled { id })),
        tied.then(|| fault(210, Mistake::AlreadyTied { id })),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A completed entry may be cancelled: nothing published forbids it, and a wrong plate is often seen too late.
fn cancellation_of(id: i64, known: &Known) -> Vec<Fault> {
    let fault = match entry(Field::CancelledEntry, id, known) {
        Ok(facts) => (facts.life == EntryLife::Cancelled)
            .then(|| Fault::new(Field::CancelledEntry, 207, Mistake::EntryCancelled { id })),
        Err(fault) => fault,
    };
    fault.into_iter().collect()
}

/// The entry a number names, or what is wrong with the number; nothing for one we know nothing of.
fn entry(field: Field, id: i64, known: &Known) -> Result<&EntryFacts, Option<Fault>> {
    match known.numbers.get(&id) {
        Some(Number::Entry(facts)) => Ok(facts),
        Some(Number::OtherRecord) => Err(Some(Fault::new(field, 221, Mistake::NotAnEntry { id }))),
        Some(Number::Absent) => Err(Some(Fault::new(field, 206, Mistake::NumberUnknown { id }))),
        None => Err(None),
    }
}

/// A document's name as it is written: the same document, however its name was typed or measured.
fn written(document: &Document) -> Document {
    match document {
        Document::Mark { mark } => Document::Mark { mark: *mark },
        Document::Fim { number, aa, date, time } => Document::Fim {
            number: Text::new(number).into(),
            aa: *aa,
            date: *date,
            time: time.with().subsec_nanosecond(0).build().unwrap_or(*time),
        },
    }
}

/// Nine digits as they stand, the last fitting the others; no prefix is tolerated on the wire.
fn is_greek(number: &Text) -> bool {
    TaxNumber::parse("GR", number.as_str()).is_ok_and(|parsed| parsed.number == number.as_str())
}

/// Not negative, and no more digits than the schema counts: noughts at the end are none.
const fn is_amount(amount: Cents) -> bool {
    let digits = match amount.0 {
        cents if cents < 0 => return false,
        cents if cents % 100 == 0 => cents / 100,
        cents if cents % 10 == 0 => cents / 10,
        cents => cents,
    };
    digits < 10_i64.pow(AMOUNT_DIGITS_MAX)
}

/// In order; two fields that come to the same sentence say it once.
fn told_once(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by_key(|fault| (fault.stage(), fault.field));
    let mut said = BTreeSet::new();
    faults.retain(|fault| said.insert((fault.code, fault.told(Language::El))));
    faults
}
