//! Whom an invoice is for: tax numbers that are typed, and what is heard of them.

use crate::app::effect::CounterpartyWish;
use crate::domain::counterparty::{Answer, Counterparty, Particulars, Register};
use crate::domain::customer::TaxNumber;
use crate::domain::operator::OperatorId;
use serde::{Deserialize, Serialize};

/// Whom an invoice is for: tax numbers that are typed, and what is heard of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum CounterpartyInput {
    /// A tax number was typed: what is known of it is to be shown, and a register asked where that is nothing, or old.
    LookUp {
        /// Its country, as typed.
        country: String,
        /// The number, as typed.
        number: String,
        /// Ask whatever is known.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
        /// Who.
        operator: OperatorId,
    },
    /// A person says what stands on its invoices; nothing lets the register's words stand again.
    Write {
        /// Its country, as typed.
        country: String,
        /// The number, as typed.
        number: String,
        /// The words.
        particulars: Particulars,
        /// Who.
        operator: OperatorId,
    },
    /// A register was asked, and this came of it.
    Answered {
        /// Who was asked.
        register: Register,
        /// About which.
        number: TaxNumber,
        /// What came of it.
        answer: Answer,
    },
    /// What is kept of a number, as the store read it.
    Read {
        /// The number.
        number: TaxNumber,
        /// What is kept; nothing where nobody has said anything.
        known: Option<Box<Counterparty>>,
        /// What it was read for.
        wish: CounterpartyWish,
    },
}
