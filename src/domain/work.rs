//! A garage's work order: what is wrong, what is done about it, what the customer was told it costs and agreed to.
//!
//! ```text
//! described ──▶ lines written ──▶ estimate 1 made ──approved──▶ work ──▶ done, paid
//!                   ▲                   │                         │
//!                   └── changed ◀───────┴── more than was agreed ─┘ (estimate 2 …)
//! ```
//! What the registry is told of the work follows the lines until a person says otherwise. Before anything is agreed or
//! begun the vehicle is only looked at, which is work without parts.

use super::dashboard::Dashboard;
use super::entry::ServiceCategory;
use super::money::{Cents, Quantity, Rate};
use super::operator::OperatorId;
use super::sale::{Line, PriceBasis, Sale};
use super::text::{Name, Text};
use super::time::Stamp;
use super::visit::VisitState;
use jiff::civil;
use serde::{Deserialize, Serialize};

/// Lines of one order at most: more than any paper is read to the end.
pub const LINES_MAX: usize = 200;

/// The largest quantity of a line, in thousandths: ten thousand pieces.
pub const QUANTITY_MAX: Quantity = Quantity(10_000_000);

/// What a line of work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    /// Labour by the hour.
    Labour,
    /// A job at one price, however long it takes.
    FlatJob,
    /// A part the garage supplies.
    OwnPart,
    /// A part the customer brought.
    CustomersPart,
    /// Work somebody else does for the garage.
    OutsideWork,
    /// What is used up with the work: grease, cleaner, small material.
    Consumable,
}

impl WorkKind {
    /// All of them, in the order of the screen.
    pub const ALL: [Self; 6] = [
        Self::Labour,
        Self::FlatJob,
        Self::OwnPart,
        Self::CustomersPart,
        Self::OutsideWork,
        Self::Consumable,
    ];

    /// It is a thing that becomes the customer's; everything else is service.
    pub const fn is_goods(self) -> bool {
        matches!(self, Self::OwnPart | Self::Consumable)
    }

    /// The code stored on the line, which no price list has.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Labour => "labour",
            Self::FlatJob => "flat_job",
            Self::OwnPart => "own_part",
            Self::CustomersPart => "customers_part",
            Self::OutsideWork => "outside_work",
            Self::Consumable => "consumable",
        }
    }

    /// The kind behind a code; none of a price list's.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What a line without a name of its own is called.
    pub fn name(self) -> Name {
        match self {
            Self::Labour => Name::new("Εργασία", "Labour"),
            Self::FlatJob => Name::new("Εργασία κατ’ αποκοπή", "Job at one price"),
            Self::OwnPart => Name::new("Ανταλλακτικό", "Part"),
            Self::CustomersPart => Name::new("Ανταλλακτικό πελάτη", "Customer's part"),
            Self::OutsideWork => Name::new("Εργασία τρίτου", "Outside work"),
            Self::Consumable => Name::new("Αναλώσιμα", "Consumables"),
        }
    }
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkLine {
    /// What it is.
    pub kind: WorkKind,
    /// What it is called and costs.
    #[serde(flatten)]
    pub line: Line,
}

/// A line as a person writes it; an empty name means the kind's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedLine {
    /// What it is.
    pub kind: WorkKind,
    /// Code of the price list it comes from; empty where it was typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// In words.
    pub name: Name,
    /// Hours or pieces, with at most two decimals.
    pub quantity: Quantity,
    /// Of one.
    pub unit_price: Cents,
    /// Whether that has the VAT in it.
    pub basis: PriceBasis,
}

impl From<&WorkLine> for WantedLine {
    fn from(line: &WorkLine) -> Self {
        let WorkLine { kind, line } = line;
        Self {
            kind: *kind,
            code: line.code.clone(),
            name: line.name.clone(),
            quantity: line.quantity,
            unit_price: line.unit_price,
            basis: line.basis,
        }
    }
}

/// How a customer agreed to an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalWay {
    /// Standing here.
    InPerson,
    /// On the telephone.
    Phone,
    /// In writing: a message, an e-mail.
    Message,
}

impl ApprovalWay {
    /// All of them, in the order of the screen.
    pub const ALL: [Self; 3] = [Self::InPerson, Self::Phone, Self::Message];
}

/// A customer's yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who said it.
    pub name: Text,
    /// When.
    pub at: Stamp,
    /// How.
    pub way: ApprovalWay,
    /// Who heard it.
    pub operator: OperatorId,
}

/// What the customer was told it will cost: one version, which stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// Its number on this order, from 1.
    pub version: u32,
    /// When it was made.
    pub at: Stamp,
    /// Who made it.
    pub operator: OperatorId,
    /// What was offered.
    pub sale: Sale,
    /// Its total, VAT included.
    pub total: Cents,
    /// The customer's yes; nothing while it is waited for, or where it was no.
    pub approved: Option<Approval>,
}

/// When a vehicle should come again: on a day, at a distance, or whichever is first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NextService {
    /// On this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<civil::Date>,
    /// At so many kilometres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub km: Option<u32>,
    /// What for.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub what: Text,
    /// Whom to call then.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub call_name: Text,
    /// … and where.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub call_phone: Text,
}

/// What the registry is told where parts of the garage and of the customer are used together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartsOfBoth {
    /// Work with parts: the customer's do not change it.
    #[default]
    WithParts,
    /// Something else, in words.
    InWords,
}

/// A garage's work order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WorkOrder {
    /// What is wrong, in the customer's words.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub complaint: Text,
    /// Kilometres and fuel when it came.
    #[serde(default)]
    pub dashboard: Dashboard,
    /// What is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<WorkLine>,
    /// What the customer was told, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub estimates: Vec<Estimate>,
    /// It waits for these parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts_awaited: Option<Text>,
    /// When it should come again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_service: Option<NextService>,
    /// A person told the registry something else than what follows from the lines: that stands.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub category_said: bool,
}

/// How the cost of an order stands to what the customer agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// No estimate was made: nobody asked for one.
    NotAsked,
    /// An estimate was made and nothing was agreed to yet.
    Awaited,
    /// The cost is within what was agreed to.
    Within,
    /// It is more than what was agreed to and what may be added.
    Beyond {
        /// What was agreed to.
        agreed: Cents,
    },
}

impl WorkOrder {
    /// What was agreed to last.
    pub fn agreed(&self) -> Option<Cents> {
        self.estimates
            .iter()
            .rev()
            .find(|estimate| estimate.approved.is_some())
            .map(|estimate| estimate.total)
    }

    /// How a total stands to what was agreed to, where so much of it may be added unasked.
    pub fn agreement(&self, total: Cents, may_exceed: Rate) -> Agreement {
        match self.agreed() {
            None if self.estimates.is_empty() => Agreement::NotAsked,
            None => Agreement::Awaited,
            Some(agreed) if total > agreed + may_exceed.of(agreed) => Agreement::Beyond { agreed },
            Some(_) => Agreement::Within,
        }
    }

    /// The work on the lines was agreed to, or is being done without anybody asking what it will cost.
    pub fn is_under_way(&self, state: &VisitState) -> bool {
        match self.agreed() {
            Some(_) => true,
            None => self.estimates.is_empty() && !matches!(state, VisitState::Open),
        }
    }

    /// What follows from the lines for the registry.
    pub fn category(&self, both: PartsOfBoth) -> ServiceCategory {
        let has = |kind| self.lines.iter().any(|line| line.kind == kind);
        match (has(WorkKind::OwnPart), has(WorkKind::CustomersPart)) {
            (true, true) if both == PartsOfBoth::InWords => {
                ServiceCategory::Other(Text::new("Εργασία με ανταλλακτικά του συνεργείου και του πελάτη"))
            }
            (true, _) => ServiceCategory::WithParts,
            (false, true) => ServiceCategory::WithCustomersParts,
            (false, false) => ServiceCategory::WithoutParts,
        }
    }

    /// What a version is compared with: the last one before it that was agreed to, or else the one before.
    pub fn told_before(&self, version: u32) -> Option<&Estimate> {
        let mut earlier = self.estimates.iter().rev().filter(|estimate| estimate.version < version);
        let agreed = earlier.clone().find(|estimate| estimate.approved.is_some());
        agreed.or_else(|| earlier.next())
    }

    /// The estimate of a version.
    pub fn estimate(&self, version: u32) -> Option<&Estimate> {
        self.estimates.iter().find(|estimate| estimate.version == version)
    }
}
