//! The tariff as it was changed at the terminal: its whole text, and who changed what when. The file the configuration names is
//! where it began; from the first change on the text that is kept holds.
//!
//! A change never prices a stay that has begun anew: a version begins after it was put into force, and versions that have
//! begun stay in the text.

use crate::domain::event::Event;
use crate::domain::operator::OperatorId;
use crate::domain::time::Stamp;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Changes that are remembered with who made them; older ones are in the journal.
const CHANGES_MAX: usize = 200;

/// The largest text of a tariff, in bytes. The most versions of the largest kind a car park has are a tenth of it.
pub const TEXT_BYTES_MAX: usize = 1 << 20;

/// The text of a tariff's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TariffText(String);

impl TariffText {
    /// Of a text, right or wrong: whoever uses it reads it first.
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// From when a version is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Begins {
    /// The next whole minute: prices are made of the minutes that are printed.
    Now,
    /// The next midnight.
    Midnight,
    /// The beginning of a day.
    On(Date),
}

impl Begins {
    /// The first instant it holds; nothing beyond the calendar.
    pub fn instant(self, now: Stamp) -> Option<Stamp> {
        match self {
            Self::Now => {
                let minute = now.utc.as_second().div_euclid(60) + 1;
                Timestamp::from_second(minute * 60).map(Stamp::new).ok()
            }
            Self::Midnight => now.date().tomorrow().ok().and_then(Stamp::midnight),
            Self::On(day) => Stamp::midnight(day),
        }
    }
}

/// What was done to a tariff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum TariffAct {
    /// A version was put into force.
    PutIntoForce {
        /// Its name.
        version: String,
        /// From when it holds.
        from: Stamp,
    },
    /// A version that had not begun was taken out again.
    Withdrawn {
        /// Its name.
        version: String,
    },
}

impl TariffAct {
    /// The version it is about.
    pub fn version(&self) -> &str {
        match self {
            Self::PutIntoForce { version, .. } | Self::Withdrawn { version } => version,
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TariffChange {
    /// Its number, from 1.
    pub number: u32,
    /// What was done.
    pub act: TariffAct,
    /// When.
    pub at: Stamp,
    /// Who, by right.
    pub operator: OperatorId,
}

/// What is kept of a tariff that was changed at the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KeptTariff {
    /// The whole of it; nothing while only the file holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TariffText>,
    /// The changes, oldest first.
    #[serde(default)]
    pub changes: Vec<TariffChange>,
}

impl KeptTariff {
    /// How often it was changed.
    pub fn number(&self) -> u32 {
        self.last().map_or(0, |last| last.number)
    }

    /// The last change.
    pub fn last(&self) -> Option<&TariffChange> {
        self.changes.last()
    }

    /// How a version came into force, where that was at the terminal and is remembered.
    pub fn came(&self, version: &str) -> Option<&TariffChange> {
        let put = |change: &&TariffChange| matches!(change.act, TariffAct::PutIntoForce { .. });
        self.changes.iter().rev().filter(put).find(|change| change.act.version() == version)
    }

    /// Applies an event.
    pub fn fold(&mut self, event: &Event, at: Stamp) {
        let Event::TariffChanged { text, change, operator } = event else { return };
        let number = self.number() + 1;
        self.text = Some(text.clone());
        self.changes.push(TariffChange { number, act: change.clone(), at, operator: operator.clone() });
        let over = self.changes.len().saturating_sub(CHANGES_MAX);
        self.changes.drain(..over);
    }
}
