//! One cashier's duty over one drawer.

use super::figures::Figures;
use super::ids::{DocumentId, ShiftId};
use super::money::Cents;
use super::operator::OperatorId;
use super::text::Text;
use super::time::Stamp;
use serde::{Deserialize, Serialize};

/// Why cash goes into the drawer or out of it without a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// Money that was owed is paid in.
    PaidIn,
    /// Something is bought, or somebody paid, from the drawer.
    PaidOut,
    /// Money goes from the drawer to the safe.
    SafeDrop,
    /// Change comes from the safe.
    FloatIn,
    /// Tips that cards paid are handed to the people.
    TipPayout,
}

impl MovementKind {
    /// All of them, in the order people are shown them.
    pub const ALL: [Self; 5] = [Self::PaidOut, Self::SafeDrop, Self::PaidIn, Self::FloatIn, Self::TipPayout];

    /// Whether money goes out.
    pub const fn is_out(self) -> bool {
        matches!(self, Self::PaidOut | Self::SafeDrop | Self::TipPayout)
    }
}

/// Cash in or out without a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// Why.
    pub kind: MovementKind,
    /// How much, above zero.
    pub amount: Cents,
    /// In words.
    pub reason: Text,
    /// Who moved it.
    pub operator: OperatorId,
    /// Who allowed it: the same person, or one who stepped in.
    pub approved_by: OperatorId,
    /// When.
    pub at: Stamp,
}

impl Movement {
    /// What it does to the drawer.
    pub fn signed(&self) -> Cents {
        if self.kind.is_out() { -self.amount } else { self.amount }
    }
}

/// Notes and coins of the euro, in cents, the largest first.
pub const DENOMINATIONS: [Cents; 15] = [
    Cents(50_000),
    Cents(20_000),
    Cents(10_000),
    Cents(5_000),
    Cents(2_000),
    Cents(1_000),
    Cents(500),
    Cents(200),
    Cents(100),
    Cents(50),
    Cents(20),
    Cents(10),
    Cents(5),
    Cents(2),
    Cents(1),
];

/// Counted pieces: what one is worth, and how many there are.
pub type Pieces = Vec<(Cents, u32)>;

/// What pieces come to; nothing where one is no note or coin of the euro.
pub fn sum_of(pieces: &Pieces) -> Option<Cents> {
    let value =
        |(worth, count): &(Cents, u32)| DENOMINATIONS.contains(worth).then(|| worth.0 * i64::from(*count));
    pieces.iter().map(value).sum::<Option<i64>>().map(Cents)
}

/// A shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Its name.
    pub id: ShiftId,
    /// Who answers for the drawer.
    pub operator: OperatorId,
    /// Who is at the till now, where somebody relieves that person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relieved_by: Option<OperatorId>,
    /// When it began.
    pub opened: Stamp,
    /// Cash in the drawer at the start.
    pub float: Cents,
    /// What happened since.
    pub figures: Figures,
    /// Cash in and out without a sale.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub movements: Vec<Movement>,
    /// Nothing is added any more; it waits for its count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Sealed>,
    /// Its end, once counted.
    pub closed: Option<Closing>,
}

/// The end of a shift before its count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// When.
    pub at: Stamp,
    /// It was forgotten, and the next one had to begin.
    pub forced: bool,
}

/// The count of a shift. It is final: what was wrong is explained, not counted again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// When.
    pub at: Stamp,
    /// What was counted, before the expected sum was shown.
    pub counted: Cents,
    /// The notes and coins, where they were counted one kind at a time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Pieces,
    /// What the figures say.
    pub expected: Cents,
    /// Who counted.
    pub operator: OperatorId,
    /// Why the two differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explained: Option<Explanation>,
}

/// Why a count differs from what was expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// In words.
    pub reason: Text,
    /// Who says so.
    pub operator: OperatorId,
    /// Who accepted it.
    pub approved_by: OperatorId,
}

impl Closing {
    /// What is missing (below zero) or too much.
    pub fn variance(&self) -> Cents {
        self.counted - self.expected
    }
}

impl Shift {
    /// A shift as it begins.
    pub fn new(id: ShiftId, operator: OperatorId, opened: Stamp, float: Cents) -> Self {
        Self {
            id,
            operator,
            relieved_by: None,
            opened,
            float,
            figures: Figures::default(),
            movements: Vec::new(),
            sealed: None,
            closed: None,
        }
    }

    /// Cash that should be in the drawer.
    pub fn expected_cash(&self) -> Cents {
        let moved: Cents = self.movements.iter().map(Movement::signed).sum();
        self.float + self.figures.cash + self.figures.deposits.cash() + moved
    }

    /// What movements of a kind add up to.
    pub fn moved(&self, kind: MovementKind) -> Cents {
        self.movements.iter().filter(|movement| movement.kind == kind).map(|movement| movement.amount).sum()
    }

    /// Who is at the till.
    pub const fn at_the_till(&self) -> &OperatorId {
        match &self.relieved_by {
            Some(operator) => operator,
            None => &self.operator,
        }
    }

    /// Whether the count differs by more than a limit and nobody has explained it.
    pub fn is_unexplained(&self, limit: Cents) -> bool {
        self.closed
            .as_ref()
            .is_some_and(|closing| closing.explained.is_none() && Cents(closing.variance().0.abs()) > limit)
    }
}

/// A drawer opening that has not reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawerAsk {
    /// For this document.
    pub document: Option<DocumentId>,
    /// It failed, or was asked for in an earlier run: the cashier is offered it again.
    pub stale: bool,
}
