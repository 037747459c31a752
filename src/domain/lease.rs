//! A lease: a rental that lasts and is paid in instalments. What is to be paid, and when, is nothing that is stored: it follows
//! from the contract alone. Only what was paid is kept, with its documents.
//!
//! ```text
//!  agreed ──▶ instalment 1 │ 2 │ 3 │ … │ n ──▶ the last day
//!                │ paid, each with its document; the registry's one entry is correlated with every one of them
//!                ├── extended: a further part begins on the day after the last one
//!                ╰── back before the last day: what is owed of the rest is said by a rule of the contract
//! ```
//! Every day of the contract is in one instalment and in no other, however the months fall. A part keeps counting from its own
//! first day: what begins on the 31st is due on the last day of shorter months, and on the 31st again.

use super::document::Document;
use super::ids::DocumentId;
use super::money::{Cents, Quantity, Rate};
use super::operator::OperatorId;
use super::sale::Line;
use super::terms::{Period, Periodicity, ServiceTerms};
use super::text::Name;
use super::time::Stamp;
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// The most instalments of one contract: twenty years of months.
pub const INSTALMENTS_MAX: usize = 240;

/// What the code of an instalment's line begins with, which no price list has; its number follows.
const CODE: &str = "lease-";

/// How often an instalment is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "every", content = "value", rename_all = "snake_case")]
pub enum Every {
    /// Every so many months, from 1.
    Months(u8),
    /// Every so many days, from 1.
    Days(u16),
}

/// What a part of a period costs, where the contract does not end with a whole one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LastPeriod {
    /// Its days, as a share of those of the whole period.
    #[default]
    Days,
    /// As much as a whole one.
    Whole,
}

/// What is owed of the rest when the vehicle comes back before the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EarlyReturn {
    /// The days until then, the day of the return with them.
    #[default]
    Days,
    /// The period that has begun, whole.
    Period,
    /// Everything, as it was agreed.
    Everything,
}

/// Which day of its period an instalment is due on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueOn {
    /// The first: in advance.
    #[default]
    First,
    /// The last.
    Last,
}

/// Which amount the registry is told was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToldAmount {
    /// All instalments together.
    #[default]
    Total,
    /// One whole instalment.
    Instalment,
}

/// What becomes of the registry's entry when a contract is extended: the period it was opened with cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnExtension {
    /// The vehicle stays under the same entry; the agreed amount is told again.
    #[default]
    SameEntry,
    /// The entry ends with its period: the vehicle is taken back, and goes out again under a new one.
    NewEntry,
}

/// How leases work here. What of it a contract depends on is kept with the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LeaseRules {
    /// A part of a period at the end.
    pub last_period: LastPeriod,
    /// A return before the end.
    pub early_return: EarlyReturn,
    /// The day an instalment is due.
    pub due_on: DueOn,
    /// So many days after it an instalment is late.
    pub grace_days: u16,
    /// What the registry is told.
    pub told_amount: ToldAmount,
    /// What an extension does at the registry.
    pub on_extension: OnExtension,
}

/// A part of a contract with one rate: the first, or an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeasePart {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// How often an instalment is due.
    #[serde(flatten)]
    pub every: Every,
    /// Of one whole period, VAT included.
    pub rate: Cents,
}

/// What is to be paid for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    /// Its number, from 1 without gaps.
    pub number: u16,
    /// Its days.
    pub period: Period,
    /// The day it is due.
    pub due: Date,
    /// How much, VAT included.
    pub amount: Cents,
}

/// An instalment that was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidInstalment {
    /// Its number.
    pub number: u16,
    /// How much.
    pub amount: Cents,
    /// Its document.
    pub document: DocumentId,
}

/// What a credit gave back of a document that paid instalments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenBack {
    /// Of which document.
    pub document: DocumentId,
    /// How much.
    pub amount: Cents,
}

/// Where an instalment stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It should have been paid.
    Late,
    /// It is due, and not late.
    Due,
    /// Its day is yet to come.
    Ahead,
    /// It was paid.
    Paid,
}

/// A contract, and what was paid of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// When it was agreed.
    pub agreed: Stamp,
    /// Who wrote it down.
    pub operator: OperatorId,
    /// Who allowed its rate.
    pub approved_by: OperatorId,
    /// The first part and its extensions, each beginning on the day after the one before.
    pub parts: Vec<LeasePart>,
    /// The deposit that was agreed; what is held is counted apart.
    #[serde(default, skip_serializing_if = "Cents::is_zero")]
    pub deposit: Cents,
    /// The rules it was agreed under.
    pub rules: LeaseRules,
    /// The day the vehicle came back, where that was before the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Date>,
    /// What was paid, in the order of paying.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paid: Vec<PaidInstalment>,
    /// What credits gave back of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given_back: Vec<GivenBack>,
}

impl Every {
    /// What the registry's terms say; nothing where they say it in words.
    pub const fn of_terms(every: &Periodicity) -> Option<Self> {
        match every {
            Periodicity::Months(months) => Some(Self::Months(*months)),
            Periodicity::Other(_) => None,
        }
    }

    /// The first day of the period of this number, from 0; nothing beyond the calendar.
    fn begins(self, first: Date, number: i32) -> Option<Date> {
        match self {
            Self::Months(months) => first.checked_add((i32::from(months.max(1)) * number).months()).ok(),
            Self::Days(days) => first.checked_add((i32::from(days.max(1)) * number).days()).ok(),
        }
    }
}

/// Days of a period, both ends with it.
fn days_of(period: Period) -> i64 {
    i64::from((period.to - period.from).get_days()) + 1
}

/// The share of an amount for so many days out of a whole period's; half a cent counts up.
fn share(rate: Cents, days: i64, whole: i64) -> Cents {
    let whole = whole.max(1);
    Cents((2 * rate.0 * days + whole).div_euclid(2 * whole))
}

impl LeasePart {
    /// The whole periods it is cut into, the last one as long as the others, with the days of each that are in the contract.
    fn periods(self) -> impl Iterator<Item = (Period, Period)> {
        let cut = move |number: i32| {
            let from = self.every.begins(self.first, number)?;
            let next = self.every.begins(self.first, number + 1)?;
            let whole = Period { from, to: next.yesterday().ok()? };
            Some((whole, Period { from, to: whole.to.min(self.last) }))
        };
        (0..).map_while(cut).take_while(move |(whole, _)| whole.from <= self.last)
    }

    /// What its first period costs a day: what a day too long is charged at.
    pub fn price_of_a_day(&self) -> Cents {
        let whole = self.periods().next().map_or(1, |(whole, _)| days_of(whole));
        share(self.rate, 1, whole)
    }

    /// How many instalments it has; no more than can be wanted are counted.
    pub fn count(self) -> usize {
        self.periods().take(INSTALMENTS_MAX + 1).count()
    }
}

impl LeaseRules {
    /// An instalment for these days of a period, where the vehicle is kept until a day; nothing where none of it is owed.
    fn owed(self, rate: Cents, whole: Period, days: Period, until: Option<Date>) -> Option<(Period, Cents)> {
        let agreed = match self.last_period {
            LastPeriod::Whole => rate,
            LastPeriod::Days => share(rate, days_of(days), days_of(whole)),
        };
        let Some(until) = until.filter(|until| *until < days.to) else { return Some((days, agreed)) };
        match self.early_return {
            EarlyReturn::Everything => Some((days, agreed)),
            _ if days.from > until => None,
            EarlyReturn::Period => Some((days, agreed)),
            EarlyReturn::Days => {
                let kept = Period { to: until, ..days };
                Some((kept, share(rate, days_of(kept), days_of(whole))))
            }
        }
    }
}

impl Lease {
    /// Its last day, as it was agreed.
    pub fn last(&self) -> Option<Date> {
        self.parts.last().map(|part| part.last)
    }

    /// Its first day.
    pub fn first(&self) -> Option<Date> {
        self.parts.first().map(|part| part.first)
    }

    /// The days it was agreed for.
    pub fn days(&self) -> u16 {
        let days = self.first().zip(self.last()).map_or(1, |(from, to)| days_of(Period { from, to }));
        u16::try_from(days).unwrap_or(u16::MAX)
    }

    /// The moment the vehicle is to be back: the end of the last day.
    pub fn due_back(&self) -> Option<Stamp> {
        Stamp::midnight(self.last()?.tomorrow().ok()?)
    }

    /// Everything that is to be paid, in order: a function of the contract alone. What nothing is owed for any more is not in it.
    pub fn instalments(&self) -> Vec<Instalment> {
        let cut = |part: &LeasePart| {
            let rate = part.rate;
            part.periods().map(move |(whole, days)| (rate, whole, days)).collect::<Vec<_>>()
        };
        let all = self.parts.iter().flat_map(cut).enumerate();
        let instalment = |(at, (rate, whole, days)): (usize, (Cents, Period, Period))| {
            let (period, amount) = self.rules.owed(rate, whole, days, self.ended)?;
            let due = match self.rules.due_on {
                DueOn::First => period.from,
                DueOn::Last => period.to,
            };
            Some(Instalment { number: u16::try_from(at + 1).ok()?, period, due, amount })
        };
        all.filter_map(instalment).collect()
    }

    /// What all of it comes to.
    pub fn total(&self) -> Cents {
        self.instalments().iter().map(|instalment| instalment.amount).sum()
    }

    /// The amount the registry is told was agreed.
    pub fn told_amount(&self) -> Cents {
        match self.rules.told_amount {
            ToldAmount::Total => self.total(),
            ToldAmount::Instalment => self.parts.last().map_or(Cents::ZERO, |part| part.rate),
        }
    }

    /// What was paid and not given back whole: an instalment whose document was taken back is owed again.
    pub fn kept(&self) -> impl Iterator<Item = &PaidInstalment> {
        self.paid.iter().filter(|paid| self.given_back_of(paid.document) < self.paid_with(paid.document))
    }

    /// What a document paid of it.
    fn paid_with(&self, document: DocumentId) -> Cents {
        self.paid.iter().filter(|paid| paid.document == document).map(|paid| paid.amount).sum()
    }

    /// What was given back of a document.
    fn given_back_of(&self, document: DocumentId) -> Cents {
        let of = self.given_back.iter().filter(|back| back.document == document);
        of.map(|back| back.amount).sum()
    }

    /// Whether an instalment was paid.
    pub fn is_paid(&self, number: u16) -> bool {
        self.kept().any(|paid| paid.number == number)
    }

    /// The document an instalment was paid with.
    pub fn document_of(&self, number: u16) -> Option<DocumentId> {
        self.kept().find(|paid| paid.number == number).map(|paid| paid.document)
    }

    /// Where an instalment stands on a day.
    pub fn standing(&self, instalment: &Instalment, today: Date) -> Standing {
        let grace = i64::from(self.rules.grace_days).days();
        let late_after = instalment.due.checked_add(grace).unwrap_or(instalment.due);
        if self.is_paid(instalment.number) {
            Standing::Paid
        } else if today > late_after {
            Standing::Late
        } else if today >= instalment.due || self.ended.is_some() {
            // The vehicle is back: there is nothing to wait for.
            Standing::Due
        } else {
            Standing::Ahead
        }
    }

    /// What is still to be paid, in order.
    pub fn unpaid(&self) -> Vec<Instalment> {
        let owed = |one: &Instalment| one.amount > Cents::ZERO && !self.is_paid(one.number);
        self.instalments().into_iter().filter(owed).collect()
    }

    /// What is due on a day and not paid: what is late with it.
    pub fn due_on(&self, today: Date) -> Vec<Instalment> {
        let mut unpaid = self.unpaid();
        unpaid.retain(|one| self.standing(one, today) < Standing::Ahead);
        unpaid
    }

    /// What is due on a day and not paid, as a sum.
    pub fn owed_on(&self, today: Date) -> Cents {
        self.due_on(today).iter().map(|one| one.amount).sum()
    }

    /// What was paid beyond what is owed: the vehicle came back before days that were paid.
    pub fn overpaid(&self) -> Cents {
        let instalments = self.instalments();
        let owed = |number: u16| {
            let of = instalments.iter().find(|one| one.number == number);
            of.map_or(Cents::ZERO, |one| one.amount)
        };
        let over: Cents = self.kept().map(|paid| paid.amount - owed(paid.number)).sum();
        (over - self.given_back_in_part()).max(Cents::ZERO)
    }

    /// What was given back of documents that were not given back whole.
    fn given_back_in_part(&self) -> Cents {
        let kept = |back: &&GivenBack| self.given_back_of(back.document) < self.paid_with(back.document);
        self.given_back.iter().filter(kept).map(|back| back.amount).sum()
    }

    /// The document to give back from, the last one first, and how much of it.
    pub fn to_give_back(&self) -> Option<(DocumentId, Cents)> {
        let over = self.overpaid();
        let last = self.kept().max_by_key(|paid| paid.number).filter(|_| over > Cents::ZERO)?;
        let left = self.paid_with(last.document) - self.given_back_of(last.document);
        Some((last.document, over.min(left)))
    }

    /// The lines that sell instalments, at today's rate of VAT.
    pub fn lines(&self, wanted: &[Instalment], vat: Rate) -> Vec<Line> {
        let of = self.instalments().last().map_or(0, |last| last.number);
        wanted.iter().map(|one| one.line(of, vat)).collect()
    }

    /// A document was paid.
    pub(super) fn take(&mut self, document: &Document) {
        let before: Cents = document.sale.lines.iter().map(Line::gross).sum();
        let paid = document.sale.lines.iter().filter_map(|line| {
            let number = number_of(&line.code)?;
            // A discount is on all lines alike.
            let amount = share(line.gross(), document.totals.gross.0, before.0);
            Some(PaidInstalment { number, amount, document: document.id })
        });
        self.paid.extend(paid);
    }

    /// A document was made void.
    pub(super) fn forget(&mut self, document: DocumentId) {
        self.paid.retain(|paid| paid.document != document);
    }

    /// A credit gave money back.
    pub(super) fn give_back(&mut self, of: DocumentId, amount: Cents) {
        if self.paid.iter().any(|paid| paid.document == of) {
            self.given_back.push(GivenBack { document: of, amount });
        }
    }

    /// The vehicle came back.
    pub fn end(&mut self, on: Date) {
        self.ended = self.last().filter(|last| on < *last).map(|_| on.max(self.first().unwrap_or(on)));
    }
}

impl Instalment {
    /// The line that sells it: `Μίσθωμα 2/12 01/04/2026–30/04/2026`.
    fn line(&self, of: u16, vat: Rate) -> Line {
        let day = |date: Date| date.strftime("%d/%m/%Y").to_string();
        let Self { number, period: Period { from, to }, .. } = *self;
        let tail = format!("{number}/{of} {}–{}", day(from), day(to));
        let name = Name::new(&format!("Μίσθωμα {tail}"), &format!("Lease instalment {tail}"));
        Line::new(&format!("{CODE}{number}"), name, Quantity::ONE, self.amount, vat)
    }
}

/// The instalment a line sells.
pub fn number_of(code: &str) -> Option<u16> {
    code.strip_prefix(CODE)?.parse().ok()
}

/// What the registry was told of a lease: its days, and how often it is paid where that is in months.
pub fn of_terms(terms: &ServiceTerms) -> Option<(Period, Option<Every>)> {
    match terms {
        ServiceTerms::Lease { period, every } => Some((*period, Every::of_terms(every))),
        ServiceTerms::OneOff | ServiceTerms::Recurring { .. } | ServiceTerms::Continuous { .. } => None,
    }
}
