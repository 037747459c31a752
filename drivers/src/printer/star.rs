//! Star Line Mode and StarPRNT, written by hand: the two languages share every command used here.

use super::dialect::{Dialect, TEAR_OFF_LINES};
use super::encode::{EncodeError, Encoded};
use super::picture::pair;
use super::profile::{Cutter, Profile};
use super::sheet::{Align, Style};

/// A line every 4 mm, 32 dots: what [`Profile::line_dots`] of a Star profile says too.
pub(crate) const LINE_SPACING: [u8; 3] = [0x1B, 0x7A, 1];
/// A line every 3 mm, 24 dots: bands of a picture stand close.
pub(crate) const BAND_SPACING: [u8; 2] = [0x1B, 0x30];

/// The writer of Star's languages.
#[derive(Default)]
pub(crate) struct Star {
    written: Vec<u8>,
}

impl Dialect for Star {
    fn initialise(&mut self, _profile: &Profile) -> Encoded {
        self.bytes(&[0x1B, 0x40])?;
        self.bytes(&LINE_SPACING)
    }

    fn style(&mut self, before: Style, after: Style) -> Encoded {
        if before.small != after.small {
            self.bytes(&[0x1B, 0x1E, 0x46, u8::from(after.small)])?;
        }
        if before.align != after.align {
            self.bytes(&[0x1B, 0x1D, 0x61, side(after.align)])?;
        }
        if before.bold != after.bold {
            self.bytes(&[0x1B, if after.bold { 0x45 } else { 0x46 }])?;
        }
        if (before.double_width, before.double_height) != (after.double_width, after.double_height) {
            self.bytes(&[0x1B, 0x69, u8::from(after.double_height), u8::from(after.double_width)])?;
        }
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Encoded {
        self.written.extend_from_slice(bytes);
        Ok(())
    }

    fn feed(&mut self, lines: u8) -> Encoded {
        if lines > 0 { self.bytes(&[0x1B, 0x61, lines]) } else { Ok(()) }
    }

    fn qr(&mut self, text: &str, module_dots: u8) -> Encoded {
        let dots = module_dots.clamp(1, MODULE_DOTS_MAX);
        self.bytes(&[0x1B, 0x1D, 0x79, 0x53, 0x30, 2])?;
        self.bytes(&[0x1B, 0x1D, 0x79, 0x53, 0x31, 1])?;
        self.bytes(&[0x1B, 0x1D, 0x79, 0x53, 0x32, dots])?;
        self.bytes(&[0x1B, 0x1D, 0x79, 0x44, 0x31, 0])?;
        self.bytes(&pair(text.len()))?;
        self.bytes(text.as_bytes())?;
        self.bytes(&[0x1B, 0x1D, 0x79, 0x50])
    }

    fn code128(&mut self, text: &str, module_dots: u8, told: bool) -> Encoded {
        // Widths 1, 2, 3 are 2, 3 and 4 dots a module; below the bars 2 prints the text, 1 does not.
        let width = module_dots.clamp(2, 4) - 1;
        let told = if told { 2 } else { 1 };
        self.bytes(&[0x1B, 0x62, 6, told, width, super::code::CODE128_HEIGHT_DOTS])?;
        self.bytes(text.as_bytes())?;
        self.bytes(&[0x1E])
    }

    fn cut(&mut self, cutter: Cutter) -> Encoded {
        match cutter {
            Cutter::Full => self.bytes(&[0x1B, 0x64, 2]),
            Cutter::Partial => self.bytes(&[0x1B, 0x64, 3]),
            Cutter::None => self.feed(TEAR_OFF_LINES),
        }
    }

    fn length(&mut self) -> Result<usize, EncodeError> {
        Ok(self.written.len())
    }

    fn take(&mut self) -> Result<Vec<u8>, EncodeError> {
        Ok(std::mem::take(&mut self.written))
    }
}

/// The largest module of a QR code these printers draw, in dots.
pub(crate) const MODULE_DOTS_MAX: u8 = 8;

fn side(align: Align) -> u8 {
    match align {
        Align::Left => 0,
        Align::Centre => 1,
        Align::Right => 2,
    }
}
