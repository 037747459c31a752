//! Scales.
//!
//! Read in this order: [`reading`] (what a scale can say, of which one thing is a weight), [`protocol`] (the languages),
//! [`serial`] (asking over a line), [`hid`] (scales on USB), [`mod@probe`] (which language an unknown scale speaks),
//! [`address`] and [`attended`] (a scale that comes and goes), [`sim`] (scales that speak every language and have every
//! fault).
//!
//! ```text
//! Wire ──bytes──▶ Protocol ──▶ Reading ──▶ OncePerLoad ──▶ a weight that may be sold
//! ```
//!
//! **Contract of [`Scale`].** `read` asks once and comes back within its deadline, whatever the scale does. A weight is a
//! weight at rest and above zero that the scale has sent whole since it was asked; all else has a name of its own. Nothing
//! is rounded, and no answer is ever taken for the answer to another question.
//!
//! The law on weighing (Directive 2014/31/EU) may want more of a seller than a driver can give: a scale for sales to the
//! public is verified together with what computes the price.

pub mod address;
pub mod attended;
#[cfg(unix)]
pub mod hid;
pub mod known;
mod number;
pub mod once;
pub mod probe;
pub mod protocol;
pub mod reading;
pub mod serial;
pub mod sim;
pub mod weight;

pub use address::{Address, AddressError, Place};
pub use attended::{Attended, Opener, Weighing};
pub use once::OncePerLoad;
pub use probe::{Probed, probe};
pub use protocol::{Kind, Options};
pub use reading::{Basis, Load, Price, Reading, Sample};
pub use serial::{Patience, SerialScale};
pub use sim::{Control, SimScale, serve};
pub use weight::{Unit, Weight};

use std::time::Duration;

use crate::wire::Fault;

/// A scale, real or simulated.
pub trait Scale: Send {
    /// Asks for the weight once.
    ///
    /// # Errors
    /// When the scale is gone, has not answered for several questions, or speaks something else.
    fn read(&mut self) -> Result<Sample, Fault>;

    /// Waits without asking: it notices that the scale is gone. What comes from a scale that is asked is thrown away; what
    /// one reports by itself counts, with its own time.
    ///
    /// # Errors
    /// When the scale is gone.
    fn idle(&mut self, wait: Duration) -> Result<(), Fault>;

    /// Sets the scale to zero. Whether it did, the next reading shows.
    ///
    /// # Errors
    /// When it cannot be told to, or is gone.
    fn zero(&mut self) -> Result<(), Fault>;
}
