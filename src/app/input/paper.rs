//! What happens to a paper.

use crate::domain::ids::JobId;
use crate::domain::operator::OperatorId;
use crate::domain::paper::{Paper, PrintOutcome, PrinterTrouble};
use serde::{Deserialize, Serialize};

/// What happens to a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum PaperInput {
    /// A paper is wanted, or wanted again.
    Print {
        /// Which; the number of the copy is found out.
        paper: Paper,
    },
    /// The trouble is gone: print the waiting paper from the top.
    Continue {
        /// The job.
        job: JobId,
    },
    /// A person looked whether the paper is whole.
    Judge {
        /// The job.
        job: JobId,
        /// It is.
        complete: bool,
        /// Who looked.
        operator: OperatorId,
    },
    /// A waiting paper is given up.
    Drop {
        /// The job.
        job: JobId,
        /// Who.
        operator: OperatorId,
    },
    /// A printer reported how a try ended.
    Reported {
        /// The job.
        job: JobId,
        /// How.
        outcome: PrintOutcome,
    },
    /// The printer's state changed.
    PrinterSeen {
        /// What keeps it from printing; nothing when it is ready.
        trouble: Option<PrinterTrouble>,
        /// The roll is near its end.
        near_end: bool,
    },
}
