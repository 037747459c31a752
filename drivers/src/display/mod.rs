//! Customer displays of two lines with twenty characters each, on a serial line of their own or behind the printer.
//!
//! Read in this order: [`text`] (Greek as cells a display can show), [`encode`] (the bytes of three command sets),
//! [`pole`] (a display at the end of a link), [`sim`] (the virtual display, which reads the bytes back).
//!
//! **Contract of [`Display`].** `show` fills both lines, always twenty cells each, and comes back within its deadline. A
//! display says nothing back: that it took the bytes is all there is to know. One that was gone is set up again when it
//! is back.

pub mod address;
pub mod encode;
pub mod pole;
pub mod sim;
pub mod text;

pub use address::DisplayAddress;
pub use encode::{CommandSet, Settings};
pub use pole::Pole;
pub use sim::SimDisplay;
pub use text::Greek;

use crate::printer::Fault;

/// Characters in a line.
pub const COLUMNS: usize = 20;

/// Why a display could not be written to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DisplayFault {
    /// There is none at the address.
    #[error("the customer display was not found: check its address and cable")]
    NotFound,
    /// It was there and is gone.
    #[error("the connection to the customer display was lost: check its cable")]
    Disconnected,
    /// It takes nothing.
    #[error("the customer display takes nothing: check its cable and that it is switched on")]
    Timeout,
    /// Another program has it.
    #[error("the customer display is in use by another program")]
    Busy,
    /// The operating system does not let this user open it.
    #[error(
        "this user may not open the customer display: add the user to the group of the device, usually dialout"
    )]
    Permission,
    /// The operating system said something else.
    #[error("the customer display cannot be reached: {0}")]
    Link(String),
}

impl From<Fault> for DisplayFault {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NotFound => Self::NotFound,
            Fault::Disconnected => Self::Disconnected,
            Fault::Timeout => Self::Timeout,
            Fault::Busy => Self::Busy,
            Fault::Permission => Self::Permission,
            other => Self::Link(other.to_string()),
        }
    }
}

/// A customer display, real or simulated.
pub trait Display: Send {
    /// The name people know it by.
    fn name(&self) -> &str;

    /// Shows two lines; what is longer than a line is cut.
    ///
    /// # Errors
    /// When it cannot be reached or takes nothing.
    fn show(&mut self, upper: &str, lower: &str) -> Result<(), DisplayFault>;
}

/// A name at the left and an amount at the right, as wide as the display: the name is cut, the amount never.
#[must_use]
pub fn priced(name: &str, amount: &str) -> String {
    let room = COLUMNS.saturating_sub(amount.chars().count() + 1);
    let name: String = name.chars().take(room).collect();
    let gap = COLUMNS.saturating_sub(name.chars().count() + amount.chars().count());
    format!("{name}{}{amount}", " ".repeat(gap))
}
