//! A [`Sheet`] and a [`Profile`] become bytes: [`encode`].
//!
//! The `escpos` crate writes the commands whose bytes are right: initialise, line spacing, alignment, weight, size,
//! font, feed, QR code and full cut. What it gets wrong or does not know goes through its `custom` with bytes of our
//! own: text (it would send UTF-8 for a character its page lacks), the numbers of Greek pages on other makes than
//! Epson, the partial cut, pictures, Code 128, and the drawer's pulse.

use std::cell::RefCell;
use std::rc::Rc;

use escpos::driver::Driver;
use escpos::errors::PrinterError;
use escpos::utils::{Font, JustifyMode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption};

use super::code;
use super::greek::{NotInAnyPage, PageWriter};
use super::profile::{Cutter, Profile};
use super::raster::{self, Bitmap};
use super::sheet::{Align, Code128Text, Item, Line, QrText, Sheet, Style, wrap};

/// A sheet as the bytes of one printer, ready to be sent once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Job {
    /// What puts the printer into a known state; sent before anything that prints.
    pub setup: Vec<u8>,
    /// What prints.
    pub body: Vec<u8>,
    /// Where in the body each printed line ends, so that a broken transfer can be named by its line.
    pub line_ends: Vec<usize>,
}

impl Job {
    /// Everything in the order it is sent.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        [self.setup.as_slice(), &self.body].concat()
    }

    /// How many whole lines are in the first `sent` bytes of the body.
    #[must_use]
    pub fn lines_in(&self, sent: usize) -> usize {
        self.line_ends.partition_point(|end| *end <= sent)
    }
}

/// Why a sheet cannot be printed on this paper.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// A QR code with one dot a module is still wider than the paper.
    #[error("the QR code of {bytes} bytes does not fit on paper {dots} dots wide")]
    QrTooWide {
        /// Bytes in the code.
        bytes: usize,
        /// Width of the print head.
        dots: usize,
    },
    /// A Code 128 with the finest bars a scanner reads is wider than the paper.
    #[error("the bar code of {characters} characters does not fit on paper {dots} dots wide")]
    BarcodeTooWide {
        /// Characters in the code.
        characters: usize,
        /// Width of the print head.
        dots: usize,
    },
    /// The encoder refused a command.
    #[error("the command could not be encoded: {0}")]
    Command(String),
}

impl From<PrinterError> for EncodeError {
    fn from(fault: PrinterError) -> Self {
        Self::Command(fault.to_string())
    }
}

/// Turns a sheet into the bytes for a printer of this profile.
///
/// # Errors
/// When a code is wider than the paper. Text never fails: what no code page holds is drawn.
pub fn encode(sheet: &Sheet, profile: &Profile) -> Result<Job, EncodeError> {
    let mut encoder = Encoder::new(profile);
    let setup = encoder.setup()?;
    for item in &sheet.items {
        encoder.item(item)?;
    }
    encoder.restore_left()?;
    Ok(Job { setup, body: encoder.collected.take(), line_ends: encoder.line_ends })
}

/// The pulse that opens the drawer, as a job of its own: inside a paper it would open the drawer only when the lines
/// before it are printed, and not at all when the roll is empty.
#[must_use]
pub fn drawer_pulse(profile: &Profile) -> Vec<u8> {
    let pulse = profile.drawer;
    vec![0x1B, 0x70, pulse.pin.min(1), pulse.on_2ms, pulse.off_2ms]
}

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

struct Encoder<'a> {
    profile: &'a Profile,
    commands: escpos::printer::Printer<Collector>,
    collected: Rc<RefCell<Vec<u8>>>,
    pages: PageWriter<'a>,
    style: Style,
    line_ends: Vec<usize>,
}

type Encoded = Result<(), EncodeError>;

impl<'a> Encoder<'a> {
    fn new(profile: &'a Profile) -> Self {
        let collector = Collector::default();
        let collected = Rc::clone(&collector.0);
        let commands = escpos::printer::Printer::new(collector, Protocol::default(), None);
        let (style, line_ends) = (Style::default(), Vec::new());
        Self { profile, commands, collected, pages: PageWriter::new(profile), style, line_ends }
    }

    /// Initialise, leave Chinese mode, US signs, line spacing, Greek page: in this order, after every initialise.
    fn setup(&mut self) -> Result<Vec<u8>, EncodeError> {
        self.commands.init()?;
        if self.profile.leaves_chinese {
            self.commands.custom(&[0x1C, 0x2E])?;
        }
        self.commands.custom(&[0x1B, 0x52, 0])?.line_spacing(self.profile.line_spacing)?;
        let page = self.pages.select_first();
        self.commands.custom(&page)?.print()?;
        Ok(self.collected.take())
    }

    fn item(&mut self, item: &Item) -> Encoded {
        match item {
            Item::Line(line) => self.line(line)?,
            Item::Rule => self.text(&"-".repeat(self.profile.columns), Style::default())?,
            Item::Qr { data, module_dots } => self.qr(data, *module_dots)?,
            Item::Barcode128 { data } => self.barcode(data)?,
            Item::Picture(bitmap) => self.picture(bitmap)?,
            Item::Feed(lines) => self.feed(*lines)?,
            Item::Cut => self.cut()?,
        }
        self.commands.print()?;
        Ok(())
    }

    fn line(&mut self, line: &Line) -> Encoded {
        let columns = self.profile.columns_of(line.style.small) / line.style.width_factor();
        let text = self.pages.spelled(line.text.as_str());
        if text.chars().count() <= columns {
            return self.text(&text, line.style);
        }
        wrap(&text, columns).iter().try_for_each(|part| self.text(part, line.style))
    }

    /// One line that fits: as letters when a page holds them, drawn when none does.
    fn text(&mut self, text: &str, style: Style) -> Encoded {
        let text = if style.align == Align::Left { text.trim_end() } else { text };
        if style.small != self.style.small {
            self.pages.forget(); // some clones drop the page on a change of font
        }
        let mut bytes = Vec::with_capacity(text.len() + 1);
        match self.pages.write(text, &mut bytes) {
            Ok(()) => {
                bytes.push(b'\n');
                self.set_style(style)?;
                self.commands.custom(&bytes)?;
            }
            Err(NotInAnyPage(c)) => {
                tracing::debug!("no code page of {} has {c:?}: the line is drawn", self.profile.name);
                self.drawn(text, style)?;
            }
        }
        self.end_line()
    }

    fn drawn(&mut self, text: &str, style: Style) -> Encoded {
        let columns = self.profile.columns_of(style.small);
        self.raster(&raster::draw_line(text, style, columns, self.profile.line_dots))
    }

    /// Sends only what differs from the line before.
    fn set_style(&mut self, style: Style) -> Encoded {
        let before = std::mem::replace(&mut self.style, style);
        if before.small != style.small {
            self.commands.font(if style.small { Font::B } else { Font::A })?;
        }
        if before.align != style.align {
            self.commands.justify(justify(style.align))?;
        }
        if before.bold != style.bold {
            self.commands.bold(style.bold)?;
        }
        if (before.double_width, before.double_height) != (style.double_width, style.double_height) {
            self.commands.size(1 + u8::from(style.double_width), 1 + u8::from(style.double_height))?;
        }
        Ok(())
    }

    fn align(&mut self, align: Align) -> Encoded {
        self.set_style(Style { align, ..self.style })
    }

    fn end_line(&mut self) -> Encoded {
        self.commands.print()?;
        self.line_ends.push(self.collected.borrow().len());
        Ok(())
    }

    /// Pictures stand at the left edge with their own white: centring them by command is unreliable on clones.
    fn raster(&mut self, bitmap: &Bitmap) -> Encoded {
        let mut bytes = Vec::new();
        bitmap.print(self.profile.strip_rows_max, &mut bytes);
        self.align(Align::Left)?;
        self.commands.custom(&bytes)?;
        self.pages.forget();
        Ok(())
    }

    fn picture(&mut self, bitmap: &Bitmap) -> Encoded {
        let mut centred = Bitmap::white(self.profile.dots, bitmap.height());
        centred.paste(bitmap, self.profile.dots.saturating_sub(bitmap.width()) / 2, 0);
        self.raster(&centred)?;
        self.end_line()
    }

    fn qr(&mut self, data: &QrText, wanted: u8) -> Encoded {
        let too_wide = || EncodeError::QrTooWide { bytes: data.as_str().len(), dots: self.profile.dots };
        let module_dots = code::qr_module_dots(data, wanted, self.profile).ok_or_else(too_wide)?;
        if !self.profile.native_qr {
            let picture = code::qr_picture(data.as_str(), usize::from(module_dots)).ok_or_else(too_wide)?;
            return self.picture(&picture);
        }
        self.align(Align::Centre)?;
        let option = QRCodeOption::new(QRCodeModel::Model2, module_dots, QRCodeCorrectionLevel::M);
        // A printer leaves no white around its code: four modules, in lines.
        let quiet = (4 * module_dots).div_ceil(self.profile.line_spacing.max(1));
        self.commands.feeds(quiet)?.qrcode_option(data.as_str(), option)?.feeds(quiet)?;
        self.pages.forget();
        self.end_line()
    }

    fn barcode(&mut self, data: &Code128Text) -> Encoded {
        let module_dots = code::code128_module_dots(data, self.profile).ok_or_else(|| {
            EncodeError::BarcodeTooWide { characters: data.as_str().len(), dots: self.profile.dots }
        })?;
        if !self.profile.native_code128 {
            let height = usize::from(code::CODE128_HEIGHT_DOTS);
            self.picture(&code::code128_picture(data.as_str(), usize::from(module_dots), height))?;
            return self.text(data.as_str(), Style::default().aligned(Align::Centre));
        }
        let mut bytes = Vec::new();
        code::code128_command(data, module_dots, &mut bytes);
        self.align(Align::Centre)?;
        self.commands.custom(&bytes)?;
        self.end_line()
    }

    fn feed(&mut self, lines: u8) -> Encoded {
        if lines > 0 {
            self.commands.feeds(lines)?;
        }
        Ok(())
    }

    fn cut(&mut self) -> Encoded {
        match self.profile.cutter {
            Cutter::Full => self.commands.cut()?,
            Cutter::Partial => self.commands.custom(&[0x1D, 0x56, 0x42, 0])?,
            Cutter::None => self.commands.feeds(TEAR_OFF_LINES)?,
        };
        Ok(())
    }

    /// Whoever prints next without initialising finds the normal style.
    fn restore_left(&mut self) -> Encoded {
        self.set_style(Style::default())?;
        self.commands.print()?;
        Ok(())
    }
}

/// The head stands 10 to 20 mm before the edge one tears at.
const TEAR_OFF_LINES: u8 = 4;

fn justify(align: Align) -> JustifyMode {
    match align {
        Align::Left => JustifyMode::LEFT,
        Align::Centre => JustifyMode::CENTER,
        Align::Right => JustifyMode::RIGHT,
    }
}
