//! Bar-code scanners.
//!
//! Whatever the cable, what comes out is a [`Scan`]. The [`wedge`] hears scanners that type like a keyboard at the
//! level of the window; scanners with a serial line or a report of their own give the same type.

pub mod wedge;

/// One code that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// What it says, without control characters and without the identifier in front.
    pub text: String,
    /// The kind of code, where the scanner tells it.
    pub symbology: Option<Symbology>,
    /// When its last character came, in milliseconds on the clock of whoever gave the events.
    pub at_ms: u64,
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
            _ => return None,
        };
        Some(symbology)
    }
}
