//! A deposit while it is typed.

use super::generated::DepositSide;
use crate::domain::ids::DepositId;
use crate::domain::money::Cents;
use crate::view::words;

/// What is typed about a deposit of the visit on the page.
#[derive(Debug)]
pub(super) struct DepositForm {
    pub(super) side: DepositSide,
    pub(super) typed: String,
    /// Which goes back; the only one, or the first, where none was touched.
    pub(super) chosen: Option<DepositId>,
    /// It was opened from a work order, and goes back there.
    pub(super) from_work: bool,
    /// Why the last thing was not done.
    pub(super) fault: Option<String>,
    /// It was sent, and nothing has come of it yet: pressing again changes nothing.
    pub(super) sent: bool,
}

impl Default for DepositForm {
    fn default() -> Self {
        Self {
            side: DepositSide::Take,
            typed: String::new(),
            chosen: None,
            from_work: false,
            fault: None,
            sent: false,
        }
    }
}

impl DepositForm {
    pub(super) fn amount(&self) -> Option<Cents> {
        words::typed_cents(&self.typed)
    }

    /// Something was touched: what was refused was another amount.
    pub(super) fn touched(&mut self) {
        self.fault = None;
        self.sent = false;
    }
}
