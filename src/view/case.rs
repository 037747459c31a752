//! What is out of the ordinary with a stay, until it is sent.

use super::generated::StayCaseKind;
use super::till::REASON_MAX;
use super::words;
use crate::domain::money::Cents;
use crate::domain::time::{ATHENS, Stamp};
use crate::domain::visit::Visit;
use jiff::civil::Date;
use jiff::{Span, civil};

/// Digits of a day, a month, an hour and a minute.
const TIME_DIGITS: usize = 8;

/// A case in the making.
#[derive(Debug)]
pub(super) struct CaseForm {
    pub(super) kind: StayCaseKind,
    /// Digits of a time or of an amount.
    pub(super) digits: String,
    pub(super) reason: String,
    pub(super) name: String,
    /// It was sent, and nothing has come of it yet.
    pub(super) sent: bool,
    /// The visit as it was when it was sent: once it is another, it was done.
    pub(super) before: Option<Visit>,
}

impl Default for CaseForm {
    fn default() -> Self {
        Self {
            kind: StayCaseKind::Lost,
            digits: String::new(),
            reason: String::new(),
            name: String::new(),
            sent: false,
            before: None,
        }
    }
}

impl CaseForm {
    pub(super) fn of(kind: StayCaseKind) -> Self {
        Self { kind, ..Self::default() }
    }

    /// It was refused, or somebody must step in: it may be sent again.
    pub(super) fn answered(&mut self) {
        self.sent = false;
    }

    pub(super) const fn wants_time(&self) -> bool {
        matches!(self.kind, StayCaseKind::Time | StayCaseKind::Missed)
    }

    pub(super) const fn wants_amount(&self) -> bool {
        matches!(self.kind, StayCaseKind::Price | StayCaseKind::Found)
    }

    pub(super) const fn wants_reason(&self) -> bool {
        !matches!(self.kind, StayCaseKind::Lost | StayCaseKind::Damaged)
    }

    pub(super) fn wants_name(&self) -> bool {
        self.kind == StayCaseKind::Owing
    }

    pub(super) fn add(&mut self, key: &str) {
        if self.wants_time() {
            let room = TIME_DIGITS.saturating_sub(self.digits.len());
            self.digits.extend(key.chars().filter(char::is_ascii_digit).take(room));
        } else {
            words::add_digits(&mut self.digits, key, words::AMOUNT_DIGITS_MAX);
        }
    }

    pub(super) fn amount(&self) -> Option<Cents> {
        words::typed_cents(&self.digits)
    }

    /// The instant that is typed: an hour and a minute are the last such ones before now; a day and a month before them are
    /// of this year, or of the last one.
    pub(super) fn instant(&self, now: Stamp) -> Option<Stamp> {
        let two = |at: usize| self.digits.get(at..at + 2)?.parse::<i8>().ok();
        let local = match self.digits.len() {
            4 => {
                let time = civil::Time::new(two(0)?, two(2)?, 0, 0).ok()?;
                let today = now.date().to_datetime(time);
                if today <= now.local() { today } else { today.checked_sub(Span::new().days(1)).ok()? }
            }
            TIME_DIGITS => {
                let time = civil::Time::new(two(4)?, two(6)?, 0, 0).ok()?;
                let of = |year: i16| Some(Date::new(year, two(2)?, two(0)?).ok()?.to_datetime(time));
                let this = of(now.date().year())?;
                if this <= now.local() { this } else { of(now.date().year() - 1)? }
            }
            _ => return None,
        };
        ATHENS.to_ambiguous_timestamp(local).compatible().ok().map(Stamp::new)
    }

    pub(super) fn is_complete(&self, now: Stamp) -> bool {
        let time = !self.wants_time() || self.instant(now).is_some();
        let amount = self.kind != StayCaseKind::Price || self.amount().is_some_and(|sum| sum > Cents::ZERO);
        time && amount && (!self.wants_reason() || !self.reason.trim().is_empty())
    }

    pub(super) fn add_words(words: &mut String, key: &str) {
        if words.chars().count() < REASON_MAX {
            words.push_str(key);
        }
    }
}
