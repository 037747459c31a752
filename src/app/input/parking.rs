//! What happens in a car park beside arriving, paying and leaving.

use super::By;
use super::visit::OpenVisit;
use crate::domain::ids::VisitId;
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::ticket::TicketFate;
use crate::domain::time::Stamp;
use serde::{Deserialize, Serialize};

/// What happens in a car park beside arriving, paying and leaving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum ParkingInput {
    /// A ticket was scanned or typed.
    ScanTicket {
        /// What it says.
        code: String,
        /// Who.
        operator: OperatorId,
    },
    /// The driver has no ticket that can be read.
    TicketGone {
        /// The visit.
        visit: VisitId,
        /// What became of it.
        fate: TicketFate,
        /// Who says so.
        operator: OperatorId,
    },
    /// A vehicle stands at the exit and has no visit: it is opened now, and priced by what nobody can know.
    OpenFound {
        /// The vehicle.
        open: Box<OpenVisit>,
        /// Its price, made by somebody with the right; the tariff's fee for a lost ticket when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price: Option<Cents>,
        /// Why it has none.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The time a stay is charged from is put right.
    PriceFrom {
        /// The visit.
        visit: VisitId,
        /// The time.
        from: Stamp,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// The price of a stay is made by a person.
    AgreePrice {
        /// The visit.
        visit: VisitId,
        /// How much.
        price: Cents,
        /// Why.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
    /// A vehicle is let go, and what is due is owed: nobody is kept at the exit.
    ReleaseOwing {
        /// The visit.
        visit: VisitId,
        /// Who owes: a name, a telephone, whatever is known.
        debtor: String,
        /// Why.
        reason: String,
        /// Who lets it go.
        operator: OperatorId,
    },
    /// A vehicle is gone and nobody saw it leave, or will not be driven out: its visit is closed.
    CloseMissed {
        /// The visit.
        visit: VisitId,
        /// When it left, as near as anybody knows.
        left: Stamp,
        /// What is known.
        reason: String,
        /// Who asked, and who stepped in.
        by: By,
    },
}
