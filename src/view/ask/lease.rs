//! What is asked of a lease: how much is paid and when, and until when it goes on. The registry has a field for the amount alone.

use super::{Answers, AskForm, Asked, Editor, Key, Offer, Purpose, Subject, offers};
use crate::app::input::WantedLease;
use crate::domain::lease::{self, Lease};
use crate::domain::money::Cents;
use crate::domain::visit::Visit;
use jiff::{ToSpan, civil::Date};

/// The most digits of an amount, and of days.
const AMOUNT_DIGITS: usize = 8;
const DAYS_DIGITS: usize = 3;
/// A day is typed as `14032026`.
const DAY_DIGITS: usize = 8;
/// Lengths of an extension that are offered, in months.
const SPANS: [i8; 4] = [1, 3, 6, 12];
/// Days between two instalments that are offered.
const DAYS: [u16; 4] = [7, 14, 15, 30];

/// One question of a lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::view) enum LeaseField {
    /// What one period costs.
    Rate,
    /// Every how many days it is paid, where the registry was told in words.
    Every,
    /// The deposit that is agreed.
    Deposit,
    /// The new last day.
    Last,
    /// What a period costs from then on.
    NewRate,
}

impl LeaseField {
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Rate => "lease-rate",
            Self::Every => "lease-every",
            Self::Deposit => "lease-deposit",
            Self::Last => "lease-last",
            Self::NewRate => "lease-new-rate",
        }
    }

    const fn asked(self, must: bool) -> Asked {
        let (editor, max) = match self {
            Self::Rate | Self::Deposit | Self::NewRate => (Editor::Money, AMOUNT_DIGITS),
            Self::Every => (Editor::Digits, DAYS_DIGITS),
            Self::Last => (Editor::Day, DAY_DIGITS),
        };
        Asked::new(Key::Lease(self), must, editor, max)
    }
}

/// The questions of a form.
pub(super) fn asked(subject: &Subject<'_>, purpose: Purpose) -> Vec<Asked> {
    use LeaseField as L;
    match purpose {
        Purpose::Lease => {
            let told = subject.visit.and_then(|visit| lease::of_terms(&visit.terms));
            let in_words = told.is_some_and(|(_, every)| every.is_none());
            let every = in_words.then(|| L::Every.asked(true));
            [L::Rate.asked(true)].into_iter().chain(every).chain([L::Deposit.asked(false)]).collect()
        }
        Purpose::Extend => vec![L::Last.asked(true), L::NewRate.asked(false)],
        _ => Vec::new(),
    }
}

/// What is offered: whole months from the day after the last one.
pub(super) fn offered(subject: &Subject<'_>, field: LeaseField) -> Vec<Offer> {
    match field {
        LeaseField::Last => {
            let last = subject.visit.and_then(|visit| visit.lease.as_ref()?.last());
            let after =
                |months: i8| last?.tomorrow().ok()?.checked_add(months.months()).ok()?.yesterday().ok();
            let offer = |months: i8| {
                let day: Date = after(months)?;
                Some(Offer::of(&format!("span-{months}"), &offers::typed_day(day)))
            };
            SPANS.into_iter().filter_map(offer).collect()
        }
        LeaseField::Every => DAYS.map(|days| Offer::text(&days.to_string())).into(),
        LeaseField::Rate | LeaseField::Deposit | LeaseField::NewRate => Vec::new(),
    }
}

/// What was agreed already, to be put right.
pub(in crate::view) fn suggest(form: &mut AskForm, visit: &Visit) {
    let Some(lease) = visit.lease.as_deref().filter(|_| form.purpose == Purpose::Lease) else { return };
    let Some(part) = lease.parts.first() else { return };
    form.answers.set(Key::Lease(LeaseField::Rate), &part.rate.0.to_string());
    if let lease::Every::Days(days) = part.every {
        form.answers.set(Key::Lease(LeaseField::Every), &days.to_string());
    }
    if lease.deposit > Cents::ZERO {
        form.answers.set(Key::Lease(LeaseField::Deposit), &lease.deposit.0.to_string());
    }
}

impl Answers {
    fn cents(&self, field: LeaseField) -> Option<Cents> {
        self.get(Key::Lease(field)).parse().ok().map(Cents)
    }

    /// What is agreed of a lease.
    pub(in crate::view) fn lease(&self) -> WantedLease {
        WantedLease {
            rate: self.cents(LeaseField::Rate).unwrap_or_default(),
            every_days: self.get(Key::Lease(LeaseField::Every)).parse().ok(),
            deposit: self.cents(LeaseField::Deposit).unwrap_or_default(),
        }
    }

    /// Until when it goes on, and at what rate from then on.
    pub(in crate::view) fn extension(&self) -> (Option<Date>, Option<Cents>) {
        (self.day(Key::Lease(LeaseField::Last)), self.cents(LeaseField::NewRate))
    }

    /// What was sent has become what is agreed.
    pub(in crate::view) fn is_agreed(&self, lease: Option<&Lease>, purpose: Purpose) -> bool {
        let Some(lease) = lease else { return false };
        let wanted = self.lease();
        match purpose {
            Purpose::Extend => lease.last() == self.extension().0,
            _ => {
                lease.deposit == wanted.deposit
                    && lease.parts.first().is_some_and(|part| part.rate == wanted.rate)
            }
        }
    }
}
