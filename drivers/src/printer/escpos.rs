//! ESC/POS, written by the `escpos` crate where its bytes are right: initialise, line spacing, alignment, weight, size,
//! font, feed, QR code and full cut. What it gets wrong or does not know goes through its `custom` with bytes of our
//! own: text (it would send UTF-8 for a character its page lacks), the numbers of Greek pages on other makes than
//! Epson, the partial cut, pictures, Code 128, and the drawer's pulse.

use std::cell::RefCell;
use std::rc::Rc;

use escpos::driver::Driver;
use escpos::utils::{Font, JustifyMode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption};

use super::code;
use super::dialect::{Dialect, TEAR_OFF_LINES};
use super::encode::{EncodeError, Encoded};
use super::profile::{Cutter, Profile};
use super::sheet::{Align, Style};

/// The crate's link to a device: only collects.
#[derive(Clone, Default)]
struct Collector(Rc<RefCell<Vec<u8>>>);

impl Driver for Collector {
    fn name(&self) -> String {
        "collector".to_owned()
    }

    fn write(&self, data: &[u8]) -> escpos::errors::Result<()> {
        self.0.borrow_mut().extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _buffer: &mut [u8]) -> escpos::errors::Result<usize> {
        Ok(0)
    }

    fn flush(&self) -> escpos::errors::Result<()> {
        Ok(())
    }
}

/// The writer of ESC/POS.
pub(crate) struct EscPos {
    commands: escpos::printer::Printer<Collector>,
    collected: Rc<RefCell<Vec<u8>>>,
}

impl EscPos {
    pub(crate) fn new() -> Self {
        let collector = Collector::default();
        let collected = Rc::clone(&collector.0);
        Self { commands: escpos::printer::Printer::new(collector, Protocol::default(), None), collected }
    }
}

impl Dialect for EscPos {
    /// Initialise, leave Chinese mode, US signs, line spacing: in this order, after every initialise.
    fn initialise(&mut self, profile: &Profile) -> Encoded {
        self.commands.init()?;
        if profile.leaves_chinese {
            self.commands.custom(&[0x1C, 0x2E])?;
        }
        self.commands.custom(&[0x1B, 0x52, 0])?.line_spacing(profile.line_spacing)?;
        Ok(())
    }

    fn style(&mut self, before: Style, after: Style) -> Encoded {
        if before.small != after.small {
            self.commands.font(if after.small { Font::B } else { Font::A })?;
        }
        if before.align != after.align {
            self.commands.justify(justify(after.align))?;
        }
        if before.bold != after.bold {
            self.commands.bold(after.bold)?;
        }
        if (before.double_width, before.double_height) != (after.double_width, after.double_height) {
            self.commands.size(1 + u8::from(after.double_width), 1 + u8::from(after.double_height))?;
        }
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Encoded {
        self.commands.custom(bytes)?;
        Ok(())
    }

    fn feed(&mut self, lines: u8) -> Encoded {
        if lines > 0 {
            self.commands.feeds(lines)?;
        }
        Ok(())
    }

    fn qr(&mut self, text: &str, module_dots: u8) -> Encoded {
        let option = QRCodeOption::new(QRCodeModel::Model2, module_dots, QRCodeCorrectionLevel::M);
        self.commands.qrcode_option(text, option)?;
        Ok(())
    }

    fn code128(&mut self, text: &str, module_dots: u8, told: bool) -> Encoded {
        let mut bytes = Vec::new();
        code::code128_command(text, module_dots, told, &mut bytes);
        self.bytes(&bytes)
    }

    fn cut(&mut self, cutter: Cutter) -> Encoded {
        match cutter {
            Cutter::Full => self.commands.cut()?,
            Cutter::Partial => self.commands.custom(&[0x1D, 0x56, 0x42, 0])?,
            Cutter::None => self.commands.feeds(TEAR_OFF_LINES)?,
        };
        Ok(())
    }

    fn length(&mut self) -> Result<usize, EncodeError> {
        self.commands.print()?;
        Ok(self.collected.borrow().len())
    }

    fn take(&mut self) -> Result<Vec<u8>, EncodeError> {
        self.commands.print()?;
        Ok(self.collected.take())
    }
}

fn justify(align: Align) -> JustifyMode {
    match align {
        Align::Left => JustifyMode::LEFT,
        Align::Centre => JustifyMode::CENTER,
        Align::Right => JustifyMode::RIGHT,
    }
}
