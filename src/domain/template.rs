//! The owner's templates of papers: which lines stand on a kind of paper and in which order, as text. What a template may say,
//! and what is wrong with one, is `paper::template`; here is what was saved, and since when.
//!
//! Every version is kept with the instant it holds from, so that a copy printed next year looks like its original.

use super::event::Event;
use super::operator::OperatorId;
use super::text::Text;
use super::time::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The most lines of a template: longer than any paper that is not a novel.
pub const LINES_MAX: usize = 80;

/// Versions of one kind that are kept. Papers from before the oldest of them look like it.
const VERSIONS_MAX: usize = 50;

/// Logos that are kept, for the same reason.
const LOGOS_MAX: usize = 6;

/// A kind of paper that has a template. The papers of the drawer and of inspections have none: nobody arranges those.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TemplateKind {
    /// The tax document of a retail sale.
    Receipt,
    /// … to a business.
    Invoice,
    /// What was paid, where the tax document is issued elsewhere.
    Slip,
    /// What the driver holds.
    Ticket,
    /// What was left here without a vehicle.
    Intake,
    /// A garage's work order.
    WorkOrder,
    /// A garage's estimate.
    Estimate,
    /// A rental vehicle handed over.
    HandOver,
    /// … and brought back.
    VehicleReturn,
    /// Money on account.
    Deposit,
}

impl TemplateKind {
    /// All of them, in the order of the screen.
    pub const ALL: [Self; 10] = [
        Self::Receipt,
        Self::Slip,
        Self::Ticket,
        Self::Invoice,
        Self::Intake,
        Self::WorkOrder,
        Self::Estimate,
        Self::HandOver,
        Self::VehicleReturn,
        Self::Deposit,
    ];

    /// Its word in files and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Invoice => "invoice",
            Self::Slip => "slip",
            Self::Ticket => "ticket",
            Self::Intake => "intake",
            Self::WorkOrder => "work-order",
            Self::Estimate => "estimate",
            Self::HandOver => "hand-over",
            Self::VehicleReturn => "vehicle-return",
            Self::Deposit => "deposit",
        }
    }

    /// The kind behind a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// The text of a template: at most [`LINES_MAX`] lines, each safe on paper.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct TemplateText(String);

impl TemplateText {
    /// Cleans `raw`, line by line. Never fails: what cannot be kept is dropped.
    pub fn new(raw: &str) -> Self {
        let lines = raw.lines().take(LINES_MAX).map(Text::new);
        let mut text = lines.fold(String::new(), |text, line| text + line.as_str() + "\n");
        let kept = text.trim_end_matches('\n').len();
        text.truncate(kept);
        Self(text)
    }

    /// From single lines.
    pub fn of_lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let lines: Vec<&str> = lines.into_iter().collect();
        Self::new(&lines.join("\n"))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.lines()
    }
}

impl From<String> for TemplateText {
    fn from(raw: String) -> Self {
        Self::new(&raw)
    }
}

impl From<TemplateText> for String {
    fn from(text: TemplateText) -> Self {
        text.0
    }
}

impl fmt::Display for TemplateText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One version of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its number, from 1.
    pub number: u32,
    /// Its text; nothing where the paper went back to the one that is built in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TemplateText>,
    /// Since when it holds.
    pub since: Stamp,
    /// Who saved it.
    pub operator: OperatorId,
}

/// A picture of black and white: rows of packed dots, as base64.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Dots {
    /// Dots of a row; a whole number of bytes.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// The rows, the leftmost dot in the highest bit, 1 black.
    pub data: String,
}

/// The logo as it is printed. Kept whole, so that it stays when the file it came from changes or goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// The file it came from.
    pub name: Text,
    /// For paper of 80 mm.
    pub wide: Dots,
    /// For paper of 58 mm.
    pub narrow: Dots,
}

/// A logo, or none, since an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoSince {
    /// Which; none when it was taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Box<Logo>>,
    /// Since when.
    pub since: Stamp,
}

/// Everything the owner arranged of papers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Templates {
    /// Versions of each kind, oldest first.
    #[serde(default)]
    pub versions: BTreeMap<TemplateKind, Vec<Version>>,
    /// Logos, oldest first.
    #[serde(default)]
    pub logos: Vec<LogoSince>,
}

impl Templates {
    /// The version that holds now; nothing while the built-in paper was never changed.
    pub fn last(&self, kind: TemplateKind) -> Option<&Version> {
        self.versions.get(&kind)?.last()
    }

    /// The text that held at an instant; nothing where the built-in one did.
    pub fn text_at(&self, kind: TemplateKind, at: Stamp) -> Option<&TemplateText> {
        let versions = self.versions.get(&kind)?;
        versions.iter().rev().find(|version| version.since.utc <= at.utc)?.text.as_ref()
    }

    /// The text that holds now; nothing where the built-in one does.
    pub fn text(&self, kind: TemplateKind) -> Option<&TemplateText> {
        self.last(kind)?.text.as_ref()
    }

    /// What taking back the last version leads to: the text before it, or the built-in one.
    pub fn before(&self, kind: TemplateKind) -> Option<&TemplateText> {
        self.versions.get(&kind)?.iter().rev().nth(1)?.text.as_ref()
    }

    /// The logo that was on papers at an instant.
    pub fn logo_at(&self, at: Stamp) -> Option<&Logo> {
        self.logos.iter().rev().find(|logo| logo.since.utc <= at.utc)?.logo.as_deref()
    }

    /// The logo that is on papers now.
    pub fn logo(&self) -> Option<&Logo> {
        self.logos.last()?.logo.as_deref()
    }

    /// Whether an event changes any of it.
    pub const fn is_changed_by(event: &Event) -> bool {
        matches!(event, Event::TemplateSaved { .. } | Event::LogoChosen { .. })
    }

    /// Applies an event.
    pub fn fold(&mut self, event: &Event, at: Stamp) {
        match event {
            Event::TemplateSaved { kind, text, operator } => {
                let versions = self.versions.entry(*kind).or_default();
                let number = versions.last().map_or(0, |last| last.number) + 1;
                versions.push(Version { number, text: text.clone(), since: at, operator: operator.clone() });
                let over = versions.len().saturating_sub(VERSIONS_MAX);
                versions.drain(..over);
            }
            Event::LogoChosen { logo, .. } => {
                self.logos.push(LogoSince { logo: logo.clone(), since: at });
                let over = self.logos.len().saturating_sub(LOGOS_MAX);
                self.logos.drain(..over);
            }
            _ => {}
        }
    }
}
