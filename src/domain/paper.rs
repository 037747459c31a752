//! Papers: which ones exist, and how far a printing got. A paper is never sent again by itself once any of it may
//! have come out.

use super::ids::{DocumentId, JobId, OrderId, ShiftId, VisitId};
use super::template::{TemplateKind, TemplateText};
use super::text::Text;
use super::time::Stamp;
use super::validation::Month;
use serde::{Deserialize, Serialize};

/// What can be printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "paper", rename_all = "snake_case")]
pub enum Paper {
    /// What the driver holds while the vehicle is inside.
    Ticket {
        /// The visit.
        visit: VisitId,
    },
    /// What was left here without a vehicle, and when it can be fetched; as it stands when it is printed.
    Intake {
        /// The order.
        order: OrderId,
    },
    /// What was paid, where the tax document is issued elsewhere: says so in words.
    Slip {
        /// The document it recalls.
        document: DocumentId,
        /// 0 for the original; 1, 2 … for copies.
        copy: u32,
    },
    /// The tax document with its MARK or fiscal machine's number.
    Receipt {
        /// The document.
        document: DocumentId,
        /// 0 for the original; 1, 2 … for copies.
        copy: u32,
    },
    /// A garage's work order, as it stands.
    WorkOrder {
        /// The visit.
        visit: VisitId,
    },
    /// What a garage told a customer it will cost.
    Estimate {
        /// The visit.
        visit: VisitId,
        /// Which version.
        version: u32,
    },
    /// A payment was made void, for whoever gets the money back.
    Void {
        /// Its document.
        document: DocumentId,
        /// 0 for the original; 1, 2 … for copies.
        #[serde(default)]
        copy: u32,
    },
    /// Every vehicle inside, with its number at the registry.
    Inside {
        /// When it was asked for.
        at: Stamp,
    },
    /// The vehicles that should come again, for whoever telephones.
    DueVehicles {
        /// When it was asked for.
        at: Stamp,
    },
    /// Vouchers of a shop, one after the other.
    Vouchers {
        /// The shop's number.
        merchant: u64,
        /// Which of its batches, from 1.
        batch: u32,
    },
    /// What a shop's customers did not pay in a month.
    MerchantAccount {
        /// The shop's number.
        merchant: u64,
        /// The month.
        month: Month,
        /// When it was asked for.
        at: Stamp,
    },
    /// How a shift stands: changes nothing.
    ShiftReport {
        /// The shift.
        shift: ShiftId,
        /// When it was asked for.
        at: Stamp,
    },
    /// What the last movement of cash was, for whoever signs for it.
    Movement {
        /// The shift.
        shift: ShiftId,
        /// Which of its movements, from 0.
        n: u32,
    },
    /// What was agreed when a rental vehicle was handed over.
    HandOver {
        /// The visit.
        visit: VisitId,
    },
    /// How it came back.
    VehicleReturn {
        /// The visit.
        visit: VisitId,
    },
    /// A deposit that was taken.
    Deposit {
        /// Its number.
        number: u64,
        /// 0 for the original; 1, 2 … for copies.
        copy: u32,
    },
    /// A deposit that was given back, for whoever signs for it.
    DepositReturn {
        /// Its number.
        number: u64,
        /// Which of its returns, from 0.
        n: u32,
    },
    /// What was bought with a pack, for its customer.
    Pack {
        /// Its number.
        number: u64,
        /// 0 for the original; 1, 2 … for copies.
        copy: u32,
    },
    /// What is left of a pack after a visit took a wash of it.
    PackUse {
        /// Its number.
        number: u64,
        /// The visit.
        visit: VisitId,
    },
    /// A day close.
    DayClose {
        /// Its number.
        number: u64,
        /// 0 for the original; 1, 2 … for copies.
        copy: u32,
    },
    /// A further print of a paper that has no number of its own: it says that it is a copy.
    Copy {
        /// Of which.
        of: Box<Self>,
        /// 1, 2 …
        copy: u32,
    },
    /// A sample that shows whether the printer prints as it should.
    Test {
        /// When it was asked for.
        at: Stamp,
    },
    /// A template that is being arranged, on made-up facts.
    Sample {
        /// Of which kind of paper.
        kind: TemplateKind,
        /// The template.
        text: TemplateText,
        /// When it was asked for.
        at: Stamp,
    },
    /// The same sentence on every page a printer may have its Greek letters on, each in a numbered line.
    GreekPages {
        /// When it was asked for.
        at: Stamp,
    },
}

impl Paper {
    /// The document printed, if it is one.
    pub fn document(&self) -> Option<DocumentId> {
        match self {
            Self::Copy { of, .. } => of.document(),
            Self::Ticket { .. }
            | Self::WorkOrder { .. }
            | Self::Estimate { .. }
            | Self::Intake { .. }
            | Self::Inside { .. }
            | Self::DueVehicles { .. }
            | Self::Vouchers { .. }
            | Self::MerchantAccount { .. }
            | Self::ShiftReport { .. }
            | Self::Movement { .. }
            | Self::HandOver { .. }
            | Self::VehicleReturn { .. }
            | Self::Deposit { .. }
            | Self::DepositReturn { .. }
            | Self::Pack { .. }
            | Self::PackUse { .. }
            | Self::DayClose { .. }
            | Self::Test { .. }
            | Self::Sample { .. }
            | Self::GreekPages { .. } => None,
            Self::Slip { document, .. } | Self::Receipt { document, .. } | Self::Void { document, .. } => {
                Some(*document)
            }
        }
    }

    /// Which copy it is; 0 is the original, and what has no copies.
    pub const fn copy(&self) -> u32 {
        match self {
            Self::Slip { copy, .. }
            | Self::Receipt { copy, .. }
            | Self::Void { copy, .. }
            | Self::Copy { copy, .. }
            | Self::Pack { copy, .. }
            | Self::DayClose { copy, .. } => *copy,
            _ => 0,
        }
    }

    /// The same paper as a copy of this number; 0 is the original. What has no copies stays as it is.
    #[must_use]
    pub fn numbered(&self, copy: u32) -> Self {
        match self {
            Self::Slip { document, .. } => Self::Slip { document: *document, copy },
            Self::Receipt { document, .. } => Self::Receipt { document: *document, copy },
            Self::Void { document, .. } => Self::Void { document: *document, copy },
            Self::Deposit { number, .. } => Self::Deposit { number: *number, copy },
            Self::Pack { number, .. } => Self::Pack { number: *number, copy },
            Self::DayClose { number, .. } => Self::DayClose { number: *number, copy },
            Self::Copy { of, .. } => of.numbered(copy),
            other if copy == 0 || other.is_as_things_stand() => other.clone(),
            other => Self::Copy { of: Box::new(other.clone()), copy },
        }
    }

    /// Its word in the database, by which whole prints are counted.
    pub fn word(&self) -> String {
        match self {
            Self::Copy { of, .. } => of.word(),
            Self::Ticket { visit } => format!("ticket {visit}"),
            Self::Intake { order } => format!("intake {order}"),
            Self::Slip { .. } => "slip".to_owned(),
            Self::Receipt { .. } => "receipt".to_owned(),
            Self::Void { .. } => "void".to_owned(),
            Self::WorkOrder { .. } => "work_order".to_owned(),
            Self::Estimate { visit, version } => format!("estimate {visit} {version}"),
            Self::Inside { .. } => "inside".to_owned(),
            Self::DueVehicles { .. } => "due_vehicles".to_owned(),
            Self::Vouchers { merchant, batch } => format!("vouchers {merchant} {batch}"),
            Self::MerchantAccount { merchant, month, .. } => format!("merchant_account {merchant} {month}"),
            Self::ShiftReport { .. } => "shift_report".to_owned(),
            Self::Movement { shift, n } => format!("movement {shift} {n}"),
            Self::HandOver { visit } => format!("hand_over {visit}"),
            Self::VehicleReturn { visit } => format!("vehicle_return {visit}"),
            Self::Deposit { number, .. } => format!("deposit {number}"),
            Self::DepositReturn { number, n } => format!("deposit_return {number} {n}"),
            Self::Pack { number, .. } => format!("pack {number}"),
            Self::PackUse { number, visit } => format!("pack_use {number} {visit}"),
            Self::DayClose { number, .. } => format!("day_close {number}"),
            Self::Test { .. } => "test".to_owned(),
            Self::Sample { .. } => "sample".to_owned(),
            Self::GreekPages { .. } => "greek_pages".to_owned(),
        }
    }

    /// It shows how things are when it is printed, and is another paper each time: none is a copy of another.
    pub const fn is_as_things_stand(&self) -> bool {
        self.is_of_an_instant() || matches!(self, Self::WorkOrder { .. })
    }

    /// It shows how things are at the instant it is asked for, and belongs to no visit.
    pub const fn is_of_an_instant(&self) -> bool {
        matches!(
            self,
            Self::Inside { .. }
                | Self::DueVehicles { .. }
                | Self::MerchantAccount { .. }
                | Self::ShiftReport { .. }
                | Self::Test { .. }
                | Self::Sample { .. }
                | Self::GreekPages { .. }
        )
    }
}

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PrintOutcome {
    /// The printer said the last line is out.
    Confirmed,
    /// Sent whole to a printer that cannot say.
    Unconfirmed,
    /// Stopped in the middle.
    Interrupted {
        /// What stopped it.
        trouble: PrinterTrouble,
        /// Lines that had come out, where known.
        line: Option<u32>,
    },
    /// Sent, and nobody knows how far it got.
    Unknown,
    /// Nothing came out.
    NotStarted {
        /// Why.
        trouble: PrinterTrouble,
    },
}

/// What keeps a printer from printing, as far as the cashier can do something about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum PrinterTrouble {
    /// No roll.
    PaperOut,
    /// The lid is open.
    CoverOpen,
    /// The knife is stuck.
    Cutter,
    /// It does not answer.
    Gone,
    /// Not allowed to use it.
    Permission,
    /// Anything else, in its own words.
    Other {
        /// The words.
        text: Text,
    },
}

/// Where a job stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum JobState {
    /// A try is under way.
    Printing,
    /// A person must do something and press Continue; the whole paper is then printed from the top.
    Waiting {
        /// What.
        trouble: PrinterTrouble,
    },
    /// "Is the paper complete?": only a person can see it.
    Asking,
    /// Out, or given up by a person.
    Done {
        /// It came out whole.
        complete: bool,
    },
}

/// One paper asked of the printer, with all its tries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperJob {
    /// Its name.
    pub id: JobId,
    /// What is printed.
    pub paper: Paper,
    /// When it was asked for.
    pub asked: Stamp,
    /// Tries so far.
    pub tries: u32,
    /// Where it stands.
    #[serde(flatten)]
    pub state: JobState,
}
