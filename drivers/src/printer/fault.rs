//! What can be wrong with a printer or its cable, each a sentence that says what to do: [`Fault`].

use std::io;

/// Why a printer did not do its work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No answer in the time allowed.
    #[error("the printer did not answer in time: check that it is switched on and its cable is in")]
    Timeout,
    /// It was there and is gone.
    #[error("the connection to the printer was lost: check its cable and switch")]
    Disconnected,
    /// Another program has it.
    #[error("the printer is in use by another program or terminal: close that one or wait")]
    Busy,
    /// The operating system does not let this user open it.
    #[error(
        "this user may not open the printer: add the user to the group of the device, usually lp or dialout"
    )]
    Permission,
    /// The roll is empty.
    #[error("the printer is out of paper: put in a new roll")]
    PaperOut,
    /// The cover is open.
    #[error("the printer's cover is open: close it")]
    CoverOpen,
    /// The knife is stuck.
    #[error("the printer's cutter is jammed: open the cover and free the paper")]
    CutterJam,
    /// It reports an error that has no other name here, such as a hot head.
    #[error("the printer reports an error: switch it off and on again")]
    Printer,
    /// This build cannot reach such a device.
    #[error("{0}")]
    Unsupported(String),
    /// There is no such device or host.
    #[error("the printer was not found: check its address and cable")]
    NotFound,
    /// The operating system said something else.
    #[error("the printer cannot be reached: {0}")]
    Link(String),
}

impl Fault {
    /// What an error of the operating system means for a device, by kind and by number.
    #[must_use]
    pub fn of_io(error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        match error.kind() {
            Kind::TimedOut | Kind::WouldBlock => Self::Timeout,
            Kind::NotFound | Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::AddrNotAvailable => {
                Self::NotFound
            }
            Kind::PermissionDenied => Self::Permission,
            Kind::ConnectionRefused | Kind::ResourceBusy => Self::Busy,
            Kind::StorageFull => Self::PaperOut, // usblp's word for an empty roll
            Kind::BrokenPipe
            | Kind::ConnectionReset
            | Kind::ConnectionAborted
            | Kind::NotConnected
            | Kind::UnexpectedEof => Self::Disconnected,
            _ => Self::of_number(error),
        }
    }

    /// Numbers that Rust gives no kind: EIO, ENXIO and ENODEV are what a pulled cable looks like.
    fn of_number(error: &io::Error) -> Self {
        match error.raw_os_error() {
            Some(5 | 6 | 19) => Self::Disconnected,
            _ => Self::Link(error.to_string()),
        }
    }
}
