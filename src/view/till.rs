//! What is typed and counted about the drawer and the day, until it is sent.

use crate::app::input::Input;
use crate::domain::day::DayClose;
use crate::domain::ids::ShiftId;
use crate::domain::money::Cents;
use crate::domain::shift::{DENOMINATIONS, MovementKind, Pieces, sum_of};
use std::collections::BTreeMap;

/// The most characters a reason may be typed with.
pub(super) const REASON_MAX: usize = 60;
/// The most digits of a fiscal machine's Z number.
pub(super) const Z_MAX: usize = 8;
/// The most pieces of a kind anybody counts.
const PIECES_MAX: u32 = 9_999;
/// How many of the last closes are listed.
pub(super) const DAYS_LISTED: u32 = 60;

/// The drawer and the day.
#[derive(Debug, Default)]
pub(super) struct TillForm {
    pub(super) movement: MoveForm,
    pub(super) count: CountForm,
    pub(super) day: DayForm,
    pub(super) control: ControlForm,
    /// Why the last thing was not done.
    pub(super) fault: Option<String>,
}

/// Cash without a sale.
#[derive(Debug)]
pub(super) struct MoveForm {
    pub(super) kind: MovementKind,
    pub(super) typed: String,
    pub(super) reason: String,
    /// It was sent when the shift had so many movements.
    pub(super) sent: Option<usize>,
}

impl Default for MoveForm {
    fn default() -> Self {
        Self { kind: MovementKind::PaidOut, typed: String::new(), reason: String::new(), sent: None }
    }
}

impl MoveForm {
    pub(super) const fn needs_reason(&self) -> bool {
        matches!(self.kind, MovementKind::PaidIn | MovementKind::PaidOut)
    }
}

/// A drawer while it is counted.
#[derive(Debug, Default)]
pub(super) struct CountForm {
    pub(super) shift: Option<ShiftId>,
    pieces: BTreeMap<Cents, u32>,
    /// The kind that is typed for.
    pub(super) active: Option<Cents>,
    /// The next digit begins the number of that kind anew.
    begins: bool,
    pub(super) sent: bool,
}

impl CountForm {
    pub(super) fn of(shift: Option<ShiftId>) -> Self {
        Self { shift, ..Self::default() }
    }

    /// How many of a kind.
    pub(super) fn count(&self, worth: Cents) -> u32 {
        self.pieces.get(&worth).copied().unwrap_or_default()
    }

    /// One more of it.
    pub(super) fn add(&mut self, worth: Cents) {
        if DENOMINATIONS.contains(&worth) {
            self.set(worth, self.count(worth) + 1);
            (self.active, self.begins) = (Some(worth), true);
        }
    }

    /// A digit of the number of the kind touched last.
    pub(super) fn digit(&mut self, digit: u32) {
        if let Some(worth) = self.active {
            let before = if std::mem::take(&mut self.begins) { 0 } else { self.count(worth) };
            self.set(worth, before.saturating_mul(10) + digit);
        }
    }

    pub(super) fn erase(&mut self) {
        if let Some(worth) = self.active {
            self.begins = false;
            self.set(worth, self.count(worth) / 10);
        }
    }

    pub(super) fn clear(&mut self) {
        if let Some(worth) = self.active {
            self.set(worth, 0);
        }
    }

    /// All of it, the largest first.
    pub(super) fn pieces(&self) -> Pieces {
        self.pieces
            .iter()
            .rev()
            .filter(|(_, count)| **count > 0)
            .map(|(worth, count)| (*worth, *count))
            .collect()
    }

    pub(super) fn sum(&self) -> Cents {
        sum_of(&self.pieces()).unwrap_or_default()
    }

    fn set(&mut self, worth: Cents, count: u32) {
        if count <= PIECES_MAX {
            self.pieces.insert(worth, count);
        }
    }
}

/// Who did what.
#[derive(Debug, Default)]
pub(super) struct ControlForm {
    /// So many closes back; 0 is the day that is not closed yet.
    pub(super) back: usize,
}

/// The day close.
#[derive(Debug, Default)]
pub(super) struct DayForm {
    /// The fiscal machine's Z.
    pub(super) z: String,
    /// What was sent last, with who stepped in: sent again when vehicles are inside and that is meant.
    pub(super) wanted: Option<Input>,
    /// It is on its way.
    pub(super) sent: bool,
    /// The number of the close that was just made.
    pub(super) closed: Option<u64>,
    /// The last closes, newest first.
    pub(super) rows: Vec<DayClose>,
}
