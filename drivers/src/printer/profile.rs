//! What one model of printer can do, as data: [`Profile`].
//!
//! A profile is found by name ([`Profile::named`]): a family of ours ([`PROFILE_NAMES`]) or a model of the open printer
//! database ([`Model`]). The numbers of the Greek pages
//! come from vendors' manuals and the open printer databases, which disagree for several clones: a profile is where
//! the operator starts, and the page that a test print proved is set over it ([`Profile::with_page`]).
//! A model whose Greek page is not known has none, and Greek lines are drawn: slower, but never the wrong letter.

use super::greek::CodePage;
use super::model::Model;
use super::picture::BAND;

/// A code page and the number `n` the printer knows it by (`ESC t n`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSlot {
    /// The characters.
    pub page: CodePage,
    /// The printer's number for them.
    pub n: u8,
}

/// What ends a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cutter {
    /// Cuts through, feeding to the knife by itself.
    Full,
    /// Leaves a bridge, feeding to the knife by itself.
    Partial,
    /// No knife: feed until the last line can be torn off.
    None,
}

/// The pulse that opens the cash drawer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawerPulse {
    /// The connector's pin: 0 is pin 2, 1 is pin 5.
    pub pin: u8,
    /// How long the coil is driven, in units of 2 ms.
    pub on_2ms: u8,
    /// How long it rests, in units of 2 ms. Keep on ÷ (on + off) at or below 0.2, or the coil burns.
    pub off_2ms: u8,
    /// Whether the sensing pin is high while the drawer is open. Depends on the drawer, not on the printer.
    pub open_is_high: bool,
}

/// How a printer answers questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusAbility {
    /// Not at all: what was sent can never be confirmed.
    None,
    /// Real-time requests (`DLE EOT`) and the end marker (`GS r`).
    RealTime,
    /// These, and a block of its own on every change (ASB, `GS a`).
    Automatic,
}

/// What a printer understands. Star's printers can be switched to ESC/POS too; the numbers of a USB device do not tell
/// which it is, its name and its IEEE-1284 text do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Epson's, and that of nearly every clone.
    EscPos,
    /// Star Line Mode and StarPRNT, which share every command used here but the one for pictures.
    Star,
}

/// How a printer takes pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageCommand {
    /// Row by row: `GS v 0`, or Star's raster mode.
    Rows,
    /// In bands of 24 dots, column by column: `ESC *`, or `ESC X` of StarPRNT. For impact printers and very old ones.
    Columns,
}

/// What a model can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The name it is chosen by.
    pub name: &'static str,
    /// What it understands.
    pub language: Language,
    /// How it takes pictures.
    pub image: ImageCommand,
    /// Columns of font A (12 dots each).
    pub columns: usize,
    /// Columns of font B (9 dots each).
    pub columns_small: usize,
    /// Width of the print head in dots.
    pub dots: usize,
    /// The Greek pages, best first. Empty: Greek lines are drawn.
    pub pages: Vec<PageSlot>,
    /// A page for a stray sign the Greek page lacks, above all €.
    pub stray_page: Option<PageSlot>,
    /// What ends a paper.
    pub cutter: Cutter,
    /// The drawer's pulse.
    pub drawer: DrawerPulse,
    /// Whether the printer draws QR codes itself.
    pub native_qr: bool,
    /// Whether it knows Code 128 (`GS k 73`).
    pub native_code128: bool,
    /// Whether it wakes in Chinese mode and must be told to leave it (`FS .`).
    pub leaves_chinese: bool,
    /// The highest picture it takes in one piece, in rows.
    pub strip_rows_max: usize,
    /// Line spacing (`ESC 3 n`), in the printer's vertical units; a drawn line is [`Profile::line_dots`] high to match.
    pub line_spacing: u8,
    /// The height of one line in dots.
    pub line_dots: usize,
    /// How it answers.
    pub status: StatusAbility,
    /// Whether the end of a job is asked for by its own name (`GS ( H`, answered when it is on paper) instead of by the
    /// paper sensor (`GS r`, answered when it is processed). Newer Epson printers know it; not the TM-T88III, U220, L60II.
    pub names_jobs: bool,
}

/// Our own profiles, by family, in the order in which to offer them. The models of the open database
/// ([`Model::all`](super::model::Model::all)) are profiles too, by their names there.
pub const PROFILE_NAMES: &[&str] = &[
    "epson-80",
    "epson-t88",
    "epson-58",
    "xprinter-80",
    "xprinter-58",
    "pos5890-58",
    "pos8360-80",
    "rongta-80",
    "bixolon-80",
    "sunmi-58",
    "citizen-80",
    "datecs-58",
    "youku-58",
    "epson-old-80",
    "bixolon-old-80",
    "star-escpos-80",
    "star-80",
    "star-58",
    "starprnt-80",
    "generic-80",
    "generic-58",
    "raster-80",
    "raster-58",
];

const PULSE: DrawerPulse = DrawerPulse { pin: 0, on_2ms: 0x19, off_2ms: 0xFA, open_is_high: true };
/// The numbers of Greek pages by family; best page first.
const EPSON: &[PageSlot] = &[
    slot(CodePage::Windows1253, 47),
    slot(CodePage::Iso8859_7, 15),
    slot(CodePage::Cp869, 38),
    slot(CodePage::Cp737, 14),
];
const XPRINTER: &[PageSlot] = &[slot(CodePage::Windows1253, 7), slot(CodePage::Cp737, 24)];
const POS5890: &[PageSlot] =
    &[slot(CodePage::Windows1253, 90), slot(CodePage::Cp869, 66), slot(CodePage::Cp737, 64)];
const POS8360: &[PageSlot] =
    &[slot(CodePage::Windows1253, 7), slot(CodePage::Cp869, 66), slot(CodePage::Cp737, 24)];
const RONGTA: &[PageSlot] =
    &[slot(CodePage::Windows1253, 17), slot(CodePage::Iso8859_7, 41), slot(CodePage::Cp737, 24)];
const BIXOLON: &[PageSlot] =
    &[slot(CodePage::Windows1253, 24), slot(CodePage::Iso8859_7, 38), slot(CodePage::Cp737, 29)];
const SUNMI: &[PageSlot] = &[slot(CodePage::Iso8859_7, 15), slot(CodePage::Cp737, 14)];
const STAR: &[PageSlot] = &[slot(CodePage::Cp928, 18), slot(CodePage::Cp869, 17), slot(CodePage::Cp737, 15)];

const fn slot(page: CodePage, n: u8) -> PageSlot {
    PageSlot { page, n }
}

impl Profile {
    /// The profile of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let profile = match name {
            "epson-80" => Self::epson("epson-80", 48, 64, 576),
            "epson-t88" => Self::epson("epson-t88", 42, 56, 512),
            "epson-58" => Self::epson("epson-58", 32, 42, 384),
            "xprinter-80" => Self::clone80("xprinter-80", XPRINTER),
            "xprinter-58" => Self::clone58("xprinter-58", XPRINTER),
            "pos5890-58" => Self::clone58("pos5890-58", POS5890),
            "pos8360-80" => Self::clone80("pos8360-80", POS8360),
            "rongta-80" => Self::clone80("rongta-80", RONGTA),
            "bixolon-80" => Self { pages: BIXOLON.to_vec(), ..Self::epson("bixolon-80", 48, 64, 576) },
            "sunmi-58" => Self::clone58("sunmi-58", SUNMI),
            "citizen-80" => Self::without_greek(Self::epson("citizen-80", 48, 64, 576)),
            "datecs-58" => {
                Self { stray_page: None, ..Self::clone58("datecs-58", &[slot(CodePage::Windows1253, 16)]) }
            }
            "youku-58" => Self::clone58("youku-58", &[slot(CodePage::Cp737, 24)]),
            "epson-old-80" => Self::without_greek(Self::epson("epson-old-80", 42, 56, 512)),
            "bixolon-old-80" => Self::without_greek(Self::epson("bixolon-old-80", 42, 56, 512)),
            "star-escpos-80" => Self::without_greek(Self::epson("star-escpos-80", 48, 64, 576)),
            "star-80" => Self::star("star-80", 48, 64, 576),
            "star-58" => Self::star("star-58", 32, 42, 384),
            "starprnt-80" => Self { image: ImageCommand::Columns, ..Self::star("starprnt-80", 48, 64, 576) },
            "generic-80" => Self { stray_page: None, ..Self::clone80("generic-80", &[]) },
            "generic-58" => Self { stray_page: None, ..Self::clone58("generic-58", &[]) },
            "raster-80" => Self::drawn(Self::clone80("raster-80", &[])),
            "raster-58" => Self::drawn(Self::clone58("raster-58", &[])),
            model => return Model::named(model).map(Model::profile),
        };
        Some(profile)
    }

    /// What a printer nobody described is taken for: 80 mm, nothing assumed that could print a wrong letter.
    #[must_use]
    pub fn generic() -> Self {
        Self { stray_page: None, ..Self::clone80("generic-80", &[]) }
    }

    /// The same model with the one Greek page a test print proved.
    #[must_use]
    pub fn with_page(mut self, page: PageSlot) -> Self {
        self.pages = vec![page];
        self
    }

    /// The same model in another column mode, for printers that can be switched (42 columns on 80 mm paper).
    #[must_use]
    pub fn with_columns(mut self, columns: usize) -> Self {
        self.columns = columns.clamp(16, self.dots / 9);
        self
    }

    /// How many columns a line has in font A or, when `small`, in font B.
    #[must_use]
    pub fn columns_of(&self, small: bool) -> usize {
        if small { self.columns_small } else { self.columns }
    }

    /// How high a drawn line is, in dots: as high as one of letters, so that they have one pitch; a band where pictures go
    /// by columns, whose last line feed makes the pitch.
    pub(crate) fn drawn_line_dots(&self) -> usize {
        match self.image {
            ImageCommand::Rows => self.line_dots,
            ImageCommand::Columns => BAND.into(),
        }
    }

    fn epson(name: &'static str, columns: usize, columns_small: usize, dots: usize) -> Self {
        Self {
            name,
            language: Language::EscPos,
            image: ImageCommand::Rows,
            columns,
            columns_small,
            dots,
            pages: EPSON.to_vec(),
            stray_page: Some(slot(CodePage::Cp858, 19)),
            cutter: Cutter::Partial,
            drawer: PULSE,
            native_qr: true,
            native_code128: true,
            leaves_chinese: false,
            strip_rows_max: 128,
            line_spacing: 30,
            line_dots: 30,
            status: StatusAbility::Automatic,
            names_jobs: false,
        }
    }

    fn star(name: &'static str, columns: usize, columns_small: usize, dots: usize) -> Self {
        Self {
            language: Language::Star,
            pages: STAR.to_vec(),
            stray_page: Some(slot(CodePage::Cp858, 4)),
            // Its bar-code widths and its escapes were never tried on a device: a drawn code is sure.
            native_code128: false,
            // 4 mm, the wider of the two spacings there are.
            line_spacing: 32,
            line_dots: 32,
            ..Self::epson(name, columns, columns_small, dots)
        }
    }

    fn clone80(name: &'static str, pages: &[PageSlot]) -> Self {
        Self {
            pages: pages.to_vec(),
            leaves_chinese: true,
            status: StatusAbility::RealTime,
            ..Self::epson(name, 48, 64, 576)
        }
    }

    fn clone58(name: &'static str, pages: &[PageSlot]) -> Self {
        Self {
            columns: 32,
            columns_small: 42,
            dots: 384,
            cutter: Cutter::None,
            strip_rows_max: 24,
            ..Self::clone80(name, pages)
        }
    }

    /// Only the € has a page; Greek is drawn until a test print proves one.
    fn without_greek(profile: Self) -> Self {
        Self { pages: Vec::new(), ..profile }
    }

    fn drawn(profile: Self) -> Self {
        Self { native_qr: false, native_code128: false, stray_page: None, ..profile }
    }
}
