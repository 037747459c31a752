//! Bar-code scanners.
//!
//! Whatever the cable, what comes out is a [`Scan`]. Best is a serial line (USB "CDC", [`readers`]) or reports ([`hid_pos`]):
//! bytes, and the kind of code with them. A scanner that is a keyboard is read by its keys ([`keys`]) and taken for this
//! program alone (`evdev`): no focus and no layout matters then. The [`wedge`], which hears such a scanner through the
//! window and tells it from a person by its speed, is the last resort.
//!
//! What a code says is apart from how it came: [`content`] recognises it, [`gs1`], [`gtin`], [`in_store`] and [`ticket`]
//! read it.
//!
//! **Contract of [`Scanner`].** `next` comes back as soon as a code has ended, and when its wait is over. A code is given
//! once and whole, or not at all: half of one is thrown away.

pub mod address;
pub mod content;
#[cfg(target_os = "linux")]
pub mod evdev;
pub mod frames;
pub mod gs1;
pub mod gtin;
pub mod hid_pos;
pub mod in_store;
pub mod keys;
pub mod known;
#[cfg(feature = "picture")]
pub mod picture;
pub mod readers;
pub mod sim;
pub mod ticket;
pub mod wedge;

pub use address::{Address, AddressError, Opener, Place};
pub use content::{Content, Reader, TaxPaper};
pub use gtin::Gtin;
pub use sim::SimScanner;
pub use ticket::{TicketCheck, TicketCodes};

use std::time::Duration;

use crate::supervisor::Attend;
use crate::wire::Fault;

/// A scanner, real or simulated.
pub trait Scanner: Send {
    /// Waits for the next code.
    ///
    /// # Errors
    /// When the scanner is gone.
    fn next(&mut self, wait: Duration) -> Result<Option<Scan>, Fault>;
}

impl Attend for Box<dyn Scanner> {
    type Heard = Scan;

    fn attend(&mut self, wait: Duration) -> Result<Option<Scan>, Fault> {
        self.next(wait)
    }
}

/// One code that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// What it says, without control characters and without the identifier in front.
    pub text: String,
    /// The same with the separators of GS1 between its fields (0x1D), for [`gs1`].
    pub data: String,
    /// The kind of code, where the scanner tells it.
    pub symbology: Option<Symbology>,
    /// When its last character came, in milliseconds on the clock of whoever gave the events.
    pub at_ms: u64,
}

impl Scan {
    /// A code as a scanner sends it, perhaps with its identifier in front.
    #[must_use]
    pub fn of(code: &str, at_ms: u64) -> Self {
        let (symbology, rest) = Symbology::split(code);
        let data: String = rest.chars().filter(|c| *c == keys::GS || !c.is_control()).collect();
        Self { text: data.replace(keys::GS, ""), data, symbology, at_ms }
    }
}

/// Text of bytes: UTF-8 where they are, else the Greek page of Windows, which older label programs write.
fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1253.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// The kind of a code, by its AIM identifier (ISO/IEC 15424).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Symbology {
    /// EAN-13, UPC-A, UPC-E.
    Ean13,
    /// EAN-8.
    Ean8,
    /// Code 128.
    Code128,
    /// GS1-128.
    Gs1_128,
    /// Code 39.
    Code39,
    /// Code 93.
    Code93,
    /// Codabar.
    Codabar,
    /// Interleaved 2 of 5.
    Itf,
    /// QR code.
    Qr,
    /// QR code with GS1 data.
    Gs1Qr,
    /// Data Matrix.
    DataMatrix,
    /// Data Matrix with GS1 data.
    Gs1DataMatrix,
    /// GS1 DataBar.
    Gs1DataBar,
    /// PDF417.
    Pdf417,
    /// Aztec.
    Aztec,
    /// DotCode with GS1 data.
    Gs1DotCode,
}

impl Symbology {
    /// Splits an AIM identifier (`]Q1…`) off the front of a scan. Text without a known one comes back whole.
    #[must_use]
    pub fn split(text: &str) -> (Option<Self>, &str) {
        let found = text.strip_prefix(']').and_then(|rest| {
            let mut chars = rest.chars();
            let symbology = Self::of(chars.next()?, chars.next()?)?;
            Some((Some(symbology), chars.as_str()))
        });
        found.unwrap_or((None, text))
    }

    /// Whether what it holds is by the rules of GS1.
    #[must_use]
    pub const fn is_gs1(self) -> bool {
        matches!(
            self,
            Self::Gs1_128 | Self::Gs1Qr | Self::Gs1DataMatrix | Self::Gs1DataBar | Self::Gs1DotCode
        )
    }

    fn of(letter: char, modifier: char) -> Option<Self> {
        let symbology = match (letter, modifier) {
            ('E', '4') => Self::Ean8,
            ('E', _) => Self::Ean13,
            ('C', '1') => Self::Gs1_128,
            ('C', _) => Self::Code128,
            ('A', _) => Self::Code39,
            ('G', _) => Self::Code93,
            ('F', _) => Self::Codabar,
            ('I', _) => Self::Itf,
            ('Q', '3' | '4') => Self::Gs1Qr,
            ('Q', _) => Self::Qr,
            ('d', '2') => Self::Gs1DataMatrix,
            ('d', _) => Self::DataMatrix,
            ('e', _) => Self::Gs1DataBar,
            ('L', _) => Self::Pdf417,
            ('z', _) => Self::Aztec,
            ('J', '1') => Self::Gs1DotCode,
            _ => return None,
        };
        Some(symbology)
    }
}
