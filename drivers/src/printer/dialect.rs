//! How a printer is spoken to: one [`Dialect`] for each language, which the encoder tells what to say.

use super::encode::{EncodeError, Encoded};
use super::escpos::EscPos;
use super::profile::{Cutter, Language, Profile};
use super::sheet::Style;
use super::star::Star;

/// Writes the commands of one language. Nothing is decided here: that a code fits and a page holds a letter is known.
pub(crate) trait Dialect {
    /// The bytes that put the printer into a known state, but for the page of letters.
    fn initialise(&mut self, profile: &Profile) -> Encoded;

    /// What differs between two styles.
    fn style(&mut self, before: Style, after: Style) -> Encoded;

    /// Letters, or a command of the encoder's own.
    fn bytes(&mut self, bytes: &[u8]) -> Encoded;

    /// Empty lines.
    fn feed(&mut self, lines: u8) -> Encoded;

    /// A QR code, level M, without white around it.
    fn qr(&mut self, text: &str, module_dots: u8) -> Encoded;

    /// A Code 128, its own text below it when `told`.
    fn code128(&mut self, text: &str, module_dots: u8, told: bool) -> Encoded;

    /// The end of a paper.
    fn cut(&mut self, cutter: Cutter) -> Encoded;

    /// How many bytes were written since the last take.
    fn length(&mut self) -> Result<usize, EncodeError>;

    /// Takes what was written.
    fn take(&mut self) -> Result<Vec<u8>, EncodeError>;
}

/// The head stands 10 to 20 mm before the edge one tears at.
pub(crate) const TEAR_OFF_LINES: u8 = 4;

/// The dialect of a printer.
pub(crate) fn of(profile: &Profile) -> Box<dyn Dialect> {
    match profile.language {
        Language::EscPos => Box::new(EscPos::new()),
        Language::Star => Box::new(Star::default()),
    }
}
