//! What this myDATA holds. Everything accepted is a [`Record`] with a MARK from one series; the state is their fold, so that
//! keeping the records keeps everything.

use crate::aade::simulator::xml::Node;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The first MARK given.
pub(super) const FIRST_MARK: i64 = 400_001_900_000_001;

/// Over which address a document came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The business's own software.
    Erp,
    /// A certified provider.
    Provider,
}

/// What was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum What {
    /// A document.
    Invoice { uid: String, channel: Channel, document: Node },
    /// A document cancelled, or replaced by another.
    Cancelled { mark: i64, replaced_by: Option<i64> },
    /// Payments of a document.
    Paid { mark: i64, payments: Node },
}

/// One thing accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Record {
    /// Its MARK.
    pub(crate) mark: i64,
    /// Whose it is.
    pub(crate) afm: String,
    /// When.
    pub(crate) at: Timestamp,
    /// What.
    pub(crate) what: What,
}

/// Everything held.
#[derive(Debug, Default)]
pub(super) struct Books {
    records: BTreeMap<i64, Record>,
    /// The document that holds under a UID.
    by_uid: BTreeMap<String, i64>,
    /// Cancelled documents, and the MARK of their cancellation.
    cancelled: BTreeMap<i64, i64>,
}

impl Books {
    pub(super) fn next_mark(&self) -> i64 {
        self.records.last_key_value().map_or(FIRST_MARK, |(mark, _)| mark + 1)
    }

    pub(super) fn apply(&mut self, record: Record) {
        match &record.what {
            What::Invoice { uid, .. } => {
                self.by_uid.insert(uid.clone(), record.mark);
            }
            What::Cancelled { mark, .. } => {
                self.cancelled.insert(*mark, record.mark);
                self.by_uid.retain(|_, held| held != mark);
            }
            What::Paid { .. } => {}
        }
        self.records.insert(record.mark, record);
    }

    pub(super) fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }

    pub(super) fn record(&self, mark: i64) -> Option<&Record> {
        self.records.get(&mark)
    }

    /// Records of one AFM above a MARK, up to another.
    pub(super) fn range(&self, after: i64, up_to: i64) -> impl Iterator<Item = &Record> {
        let above = (std::ops::Bound::Excluded(after), std::ops::Bound::Unbounded);
        self.records.range(above).take_while(move |(mark, _)| **mark <= up_to).map(|(_, record)| record)
    }

    /// The document that holds under a UID.
    pub(super) fn holding(&self, uid: &str) -> Option<i64> {
        self.by_uid.get(uid).copied()
    }

    pub(super) fn cancelled_by(&self, mark: i64) -> Option<i64> {
        self.cancelled.get(&mark).copied()
    }

    /// A document, whether it holds or not.
    pub(super) fn document(&self, mark: i64) -> Option<(&Record, &Node)> {
        let record = self.record(mark)?;
        match &record.what {
            What::Invoice { document, .. } => Some((record, document)),
            What::Cancelled { .. } | What::Paid { .. } => None,
        }
    }

    /// The documents that hold.
    pub(super) fn live(&self) -> impl Iterator<Item = (i64, &str, &Node)> {
        self.records.values().filter_map(|record| match &record.what {
            What::Invoice { uid, document, .. } if !self.cancelled.contains_key(&record.mark) => {
                Some((record.mark, uid.as_str(), document))
            }
            _ => None,
        })
    }

    /// The documents that hold and name another by its MARK.
    pub(super) fn linked_to(&self, mark: i64) -> impl Iterator<Item = (i64, &Node)> {
        let names = move |document: &Node| {
            let header = document.child("invoiceHeader");
            let marks = |name| header.into_iter().flat_map(move |header| header.all(name));
            marks("correlatedInvoices")
                .chain(marks("multipleConnectedMarks"))
                .any(|named| named.parse() == Ok(mark))
        };
        self.live()
            .filter(move |(_, _, document)| names(document))
            .map(|(mark, _, document)| (mark, document))
    }
}
