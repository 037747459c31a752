//! What is looked for in the past, until it is found.

use crate::domain::ids::VisitId;
use crate::domain::time::{ATHENS, Stamp};
use crate::domain::visit::Visit;
use crate::store::past::{After, PAGE_ROWS, Standing, Wanted};
use crate::view::generated::{FindAct, FindFilter, FindPeriod};
use crate::view::words;

/// The search, and what it found so far.
#[derive(Debug, Default)]
pub(super) struct FindForm {
    /// As typed: a part of the plate, or an amount in cents.
    pub(super) query: String,
    pub(super) by_amount: bool,
    pub(super) filter: FindFilter,
    pub(super) period: FindPeriod,
    /// What the next touch on a visit does.
    pub(super) act: FindAct,
    pub(super) found: Vec<Visit>,
    /// Where the next page begins.
    pub(super) next: Option<After>,
    /// The visit whose document is being fetched, and what for.
    pub(super) acting: Option<(VisitId, FindAct)>,
}

impl FindForm {
    /// Nothing beyond the first page is shown.
    pub(super) fn is_first_page(&self) -> bool {
        self.found.len() <= PAGE_ROWS
    }

    /// What is asked of the archive.
    pub(super) fn wanted(&self, now: Option<Stamp>) -> Wanted {
        let (from_ms, before_ms) = now.map(|now| days(self.period, now)).unwrap_or_default();
        let standing = match self.filter {
            FindFilter::All => Standing::Any,
            FindFilter::Inside => Standing::Inside,
            FindFilter::Unpaid => Standing::Unpaid,
            FindFilter::Cancelled => Standing::Cancelled,
        };
        Wanted {
            fragment: if self.by_amount { String::new() } else { self.query.clone() },
            standing,
            from_ms,
            before_ms,
            paid: if self.by_amount { words::typed_cents(&self.query) } else { None },
        }
    }
}

/// From when to when, in whole days of the shop.
fn days(period: FindPeriod, now: Stamp) -> (Option<i64>, Option<i64>) {
    let midnight = |ago: i64| {
        let date = now.date().checked_sub(jiff::Span::new().days(ago)).ok()?;
        Some(ATHENS.to_timestamp(date.at(0, 0, 0, 0)).ok()?.as_millisecond())
    };
    match period {
        FindPeriod::Always => (None, None),
        FindPeriod::Today => (midnight(0), None),
        FindPeriod::Yesterday => (midnight(1), midnight(0)),
        FindPeriod::Week => (midnight(6), None),
        FindPeriod::Month => (midnight(29), None),
    }
}
