//! Receipt printers and the cash drawer behind them.
//!
//! Read in this order: [`sheet`] (what to print, as data), [`profile`] (what a model can do), [`mod@encode`] (the bytes),
//! [`address`] and [`link`] (the way there), [`job`] (sending once and finding out), [`sim`] (the virtual printer) and
//! [`paper_reader`] (bytes back into papers).
//!
//! ```text
//! Sheet + Profile ──encode──▶ Job ──Printer::print──▶ JobOutcome
//!                              │
//!                              └──PaperReader──▶ Paper ──▶ text, PNG
//! ```
//!
//! **Contract of [`Printer`].** `print` sends a job at most once and comes back within its deadlines, whatever the
//! device does. `Confirmed` means the printer said so after the last line; everything less has a name of its own. No
//! implementation repeats a job, and none panics on what a device answers.

pub mod address;
mod code;
mod command;
mod database;
pub mod device_id;
mod dialect;
pub mod encode;
mod escpos;
pub mod fault;
#[cfg(unix)]
pub mod file;
pub mod greek;
pub mod job;
pub mod link;
pub mod logo_file;
#[cfg(unix)]
pub mod lp;
mod marks;
pub mod model;
pub mod page_finder;
pub mod paper;
pub mod paper_reader;
pub mod picture;
pub mod profile;
pub mod raster;
#[cfg(unix)]
mod raw_fd;
mod read_back;
pub mod serial;
pub mod sheet;
pub mod sim;
pub mod sim_server;
pub mod spool;
mod star;
mod star_command;
pub mod star_status;
pub mod status;
mod talk;
pub mod tcp;
#[cfg(feature = "usb")]
pub mod usb;
pub mod usb_link;

pub use address::{Address, AddressError, Place};
pub use code::qr_picture;
pub use encode::{EncodeError, Job, encode};
pub use fault::Fault;
pub use job::{EscPosPrinter, Patience};
pub use model::Model;
pub use page_finder::PageFinder;
pub use paper::Paper;
pub use paper_reader::PaperReader;
pub use picture::Logo;
pub use profile::{Language, PROFILE_NAMES, Profile};
pub use raster::Bitmap;
pub use sheet::{Align, Code128Text, Gs1Text, Item, Line, Printable, QrText, Sheet, Style};
pub use sim::{Control, SimPrinter};
pub use sim_server::serve;
pub use spool::Spool;
pub use status::{PaperLevel, Status};

/// What became of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobOutcome {
    /// The printer answered after the last line: it is on paper.
    Confirmed,
    /// Everything was sent to a printer that never answers. Whether it is on paper, only eyes can tell.
    SentUnconfirmed,
    /// It broke off. The printer may still finish it when the cause is mended.
    Interrupted {
        /// Why.
        cause: Fault,
        /// How many lines the printer had taken; the last ones may not be on paper.
        taken: usize,
        /// The line it stopped at, counted from 1: the first one the printer did not confirm. Known only of printers
        /// that answer line by line.
        line: Option<usize>,
    },
    /// Everything was sent and no answer came.
    Unknown,
    /// Nothing of it was sent: it can be printed later without a copy.
    NotStarted {
        /// Why.
        cause: Fault,
    },
}

/// A printer, real or simulated.
pub trait Printer: Send {
    /// The name people know it by.
    fn name(&self) -> &str;

    /// What it can do: a sheet is encoded for this profile before it is printed.
    fn profile(&self) -> &Profile;

    /// Prints a job once and says what became of it.
    fn print(&mut self, job: &Job) -> JobOutcome;

    /// Opens the cash drawer, even when the printer has no paper.
    fn open_drawer(&mut self) -> JobOutcome;

    /// Asks the printer how it is.
    ///
    /// # Errors
    /// When it cannot be reached. One that is reached and says nothing has an empty status.
    fn status(&mut self) -> Result<Status, Fault>;

    /// Throws away what the printer still holds of an interrupted job, so that it is not finished later.
    ///
    /// # Errors
    /// When it cannot be reached.
    fn discard(&mut self) -> Result<(), Fault>;
}

/// The printer at an address.
///
/// # Errors
/// When this build cannot reach such an address. Whether the printer is there shows when it is used.
pub fn open(name: &str, address: &Address) -> Result<EscPosPrinter, Fault> {
    Ok(EscPosPrinter::new(name, address.profile.clone(), link::connector(address)?))
}
