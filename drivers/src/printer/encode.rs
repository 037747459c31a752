//! A [`Sheet`] and a [`Profile`] become bytes: [`encode`].
//!
//! What to send is decided here, the same for every printer: where lines break, what is drawn because no page has it,
//! which code fits the paper. How it is said in a printer's language is its dialect's.

use escpos::errors::PrinterError;

use super::code;
use super::dialect::{self, Dialect};
use super::greek::{NotInAnyPage, PageWriter};
use super::picture;
use super::profile::{Language, Profile};
use super::raster::{self, Bitmap};
use super::sheet::{Align, Item, Line, QrText, Sheet, Style, wrap};

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
    Ok(Job { setup, body: encoder.dialect.take()?, line_ends: encoder.line_ends })
}

/// The pulse that opens the drawer, as a job of its own: inside a paper it would open the drawer only when the lines
/// before it are printed, and not at all when the roll is empty.
#[must_use]
pub fn drawer_pulse(profile: &Profile) -> Vec<u8> {
    let pulse = profile.drawer;
    match profile.language {
        Language::EscPos => vec![0x1B, 0x70, pulse.pin.min(1), pulse.on_2ms, pulse.off_2ms],
        // The pulse's length can be told for the first drawer alone, in units of 10 ms.
        Language::Star if pulse.pin == 0 => {
            vec![0x1B, 0x07, (pulse.on_2ms / 5).max(1), (pulse.off_2ms / 5).max(1), 0x07]
        }
        Language::Star => vec![0x1A],
    }
}

struct Encoder<'a> {
    profile: &'a Profile,
    dialect: Box<dyn Dialect>,
    pages: PageWriter<'a>,
    style: Style,
    line_ends: Vec<usize>,
}

/// What writing a command gives.
pub(crate) type Encoded = Result<(), EncodeError>;

impl<'a> Encoder<'a> {
    fn new(profile: &'a Profile) -> Self {
        let (style, line_ends) = (Style::default(), Vec::new());
        Self { profile, dialect: dialect::of(profile), pages: PageWriter::new(profile), style, line_ends }
    }

    fn setup(&mut self) -> Result<Vec<u8>, EncodeError> {
        self.dialect.initialise(self.profile)?;
        let page = self.pages.select_first();
        self.dialect.bytes(&page)?;
        self.dialect.take()
    }

    fn item(&mut self, item: &Item) -> Encoded {
        match item {
            Item::Line(line) => self.line(line),
            Item::Rule => self.text(&"-".repeat(self.profile.columns), Style::default()),
            Item::Qr { data, module_dots } => self.qr(data, *module_dots),
            Item::Barcode128 { data } => self.barcode(data.as_str(), None),
            Item::Gs1Barcode { data } => self.barcode(data.as_str(), Some(data.human())),
            Item::Picture(bitmap) => self.picture(bitmap),
            Item::Logo(logo) => self.picture_bytes(&logo.bytes(self.profile)),
            Item::Feed(lines) => self.dialect.feed(*lines),
            Item::Cut => self.dialect.cut(self.profile.cutter),
        }
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
                self.dialect.bytes(&bytes)?;
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
        let line = raster::draw_line(text, style, columns, self.profile.drawn_line_dots());
        self.raster(&picture::bytes(&line, self.profile))
    }

    /// Sends only what differs from the line before.
    fn set_style(&mut self, style: Style) -> Encoded {
        let before = std::mem::replace(&mut self.style, style);
        self.dialect.style(before, style)
    }

    fn align(&mut self, align: Align) -> Encoded {
        self.set_style(Style { align, ..self.style })
    }

    fn end_line(&mut self) -> Encoded {
        self.line_ends.push(self.dialect.length()?);
        Ok(())
    }

    /// Pictures stand at the left edge with their own white: centring them by command is unreliable on clones.
    fn raster(&mut self, bytes: &[u8]) -> Encoded {
        self.align(Align::Left)?;
        self.dialect.bytes(bytes)?;
        self.pages.forget();
        Ok(())
    }

    fn picture(&mut self, bitmap: &Bitmap) -> Encoded {
        self.picture_bytes(&picture::centred(bitmap, self.profile))
    }

    fn picture_bytes(&mut self, bytes: &[u8]) -> Encoded {
        self.raster(bytes)?;
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
        // A printer leaves no white around its code: four modules, in lines.
        let quiet = (4 * module_dots).div_ceil(self.profile.line_spacing.max(1));
        self.dialect.feed(quiet)?;
        self.dialect.qr(data.as_str(), module_dots)?;
        self.dialect.feed(quiet)?;
        self.pages.forget();
        self.end_line()
    }

    /// A Code 128; `human` is what stands below it where that is not the code's own text.
    fn barcode(&mut self, data: &str, human: Option<&str>) -> Encoded {
        let module_dots = code::code128_module_dots(data, self.profile).ok_or_else(|| {
            EncodeError::BarcodeTooWide { characters: data.chars().count(), dots: self.profile.dots }
        })?;
        if self.profile.native_code128 {
            self.align(Align::Centre)?;
            self.dialect.code128(data, module_dots, human.is_none())?;
        } else {
            let height = usize::from(code::CODE128_HEIGHT_DOTS);
            self.picture(&code::code128_picture(data, usize::from(module_dots), height))?;
        }
        match human.or_else(|| Some(data).filter(|_| !self.profile.native_code128)) {
            Some(text) => self.text(text, Style::default().aligned(Align::Centre)),
            None => self.end_line(),
        }
    }

    /// Whoever prints next without initialising finds the normal style.
    fn restore_left(&mut self) -> Encoded {
        self.set_style(Style::default())
    }
}
