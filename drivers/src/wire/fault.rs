//! Why a device cannot be used, each a sentence that says what to do: [`Fault`].

use std::io;
use std::path::{Path, PathBuf};

use crate::printer;

/// Why a device cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There is no such device.
    #[error("the device was not found: check that it is plugged in and its address is right")]
    Missing,
    /// It was there and is gone.
    #[error("the device is gone: check its cable")]
    Gone,
    /// Another program has it.
    #[error("the device is in use by another program: close that one or wait")]
    Busy,
    /// It is there, and this user may not open it.
    #[error("this user may not open {}: install the udev line that is shown, and plug the device in again", .0.display())]
    Permission(PathBuf),
    /// It is there and says nothing.
    #[error("the device does not answer: check that it is switched on, its cable, and its speed and format")]
    Silent,
    /// It answers, but not in the language it was set to.
    #[error("the device speaks something else than {expected}: choose another protocol, speed or format")]
    SpeaksSomethingElse {
        /// What it was expected to speak.
        expected: String,
    },
    /// More than one device fits the description.
    #[error("{0} devices fit: say the serial number or the port of the right one")]
    Ambiguous(usize),
    /// This build or this machine cannot reach such a device.
    #[error("{0}")]
    Unsupported(String),
    /// The operating system said something else.
    #[error("the device cannot be reached: {0}")]
    System(String),
}

impl Fault {
    /// What an error of the operating system means for the device at a path. "Not yet" is no error: see [`waits`].
    #[must_use]
    pub fn of_io(error: &io::Error, path: &Path) -> Self {
        match printer::Fault::of_io(error) {
            printer::Fault::Permission => Self::Permission(path.to_owned()),
            other => other.into(),
        }
    }
}

/// Whether an error only says that nothing came in time.
#[must_use]
pub fn waits(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

impl From<printer::Fault> for Fault {
    fn from(fault: printer::Fault) -> Self {
        use printer::Fault as Printer;
        match fault {
            Printer::Timeout => Self::Silent,
            Printer::Disconnected => Self::Gone,
            Printer::Busy => Self::Busy,
            Printer::Permission => Self::Permission(PathBuf::new()),
            Printer::NotFound => Self::Missing,
            Printer::Unsupported(why) => Self::Unsupported(why),
            Printer::Link(why) => Self::System(why),
            // What a printer says of itself comes over a link that works.
            Printer::PaperOut | Printer::CoverOpen | Printer::CutterJam | Printer::Printer => {
                Self::System(fault.to_string())
            }
        }
    }
}
