//! Bytes back into papers: [`PaperReader`] does what a printer does with its commands, on paper made of data.

use super::code;
use super::command::{Command, Qr, ROW_BYTES_MAX, Step, first};
use super::greek::CodePage;
use super::paper::{Letter, Paper, Strip};
use super::picture::BAND;
use super::profile::{Language, Profile, StatusAbility};
use super::raster::{Bitmap, Cell, SIDE_DOTS_MAX};
use super::sheet::{Align, Style};

/// Line spacing after initialising, in the units of `ESC 3`.
const SPACING: u8 = 30;
/// A letter nobody can read: what the printer would show is not known.
const UNREADABLE: char = '\u{FFFD}';
/// What a printer left in Chinese mode prints for each pair of high bytes.
const CHINESE: char = '〓';

/// What a command did besides printing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    Nothing,
    /// Lines went onto the paper.
    Lines(usize),
    /// The knife fell.
    Cut,
    /// A drawer's pin got its pulse: 0 is pin 2, 1 is pin 5.
    Pulse(u8),
    /// `GS a n`.
    Automatic(u8),
    /// `GS r n`.
    Sensor(u8),
    /// `GS I n`.
    Identity(u8),
    /// `GS ( H`.
    ProcessId([u8; 4]),
    /// Star's end-of-job mark.
    EndMark,
}

/// Reads a printer's bytes, in the language of its profile, onto papers. Total: any bytes in any pieces give some paper and never a failure.
#[derive(Clone, Debug)]
pub struct PaperReader {
    profile: Profile,
    mode: Mode,
    line: Vec<Letter>,
    strips: Vec<Strip>,
    /// Rows of a picture in Star's raster mode, until it ends.
    rows: Vec<Vec<u8>>,
    waiting: Vec<u8>,
    papers: Vec<Paper>,
}

/// What `ESC @` resets.
#[derive(Clone, Debug)]
struct Mode {
    style: Style,
    /// The page, where its number is one the profile knows; ASCII needs none.
    page: Option<CodePage>,
    chinese: bool,
    /// The first byte of a Chinese pair was read.
    half: bool,
    spacing: u8,
    module_dots: u8,
    qr: Vec<u8>,
    bar_height: u8,
    bar_width: u8,
    bar_text: bool,
    /// Star's raster mode.
    raster: bool,
    /// A band of a picture stands in the line: the next line feed moves the paper past it, and no further.
    band: bool,
}

impl Mode {
    fn initial(profile: &Profile) -> Self {
        Self {
            style: Style::default(),
            page: None,
            chinese: profile.leaves_chinese,
            half: false,
            spacing: SPACING,
            module_dots: 3,
            qr: Vec::new(),
            bar_height: 162,
            bar_width: 3,
            bar_text: false,
            raster: false,
            band: false,
        }
    }
}

impl PaperReader {
    /// A printer of a profile, just switched on.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        let mode = Mode::initial(&profile);
        let (line, strips, rows) = (Vec::new(), Vec::new(), Vec::new());
        Self { profile, mode, line, strips, rows, waiting: Vec::new(), papers: Vec::new() }
    }

    /// Reads a whole job; the paper it leaves in the printer counts as torn off.
    #[must_use]
    pub fn read(profile: &Profile, bytes: &[u8]) -> Vec<Paper> {
        let mut reader = Self::new(profile.clone());
        reader.feed(bytes);
        reader.tear_off();
        reader.take_papers()
    }

    /// Reads more bytes. An unfinished command waits for its rest.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
        let mut waiting = std::mem::take(&mut self.waiting);
        let mut at = 0;
        while let Step::Command(command, length) = self.first(&waiting[at..]) {
            self.apply(command);
            at += length;
        }
        waiting.drain(..at);
        self.waiting = waiting;
    }

    /// The first command of what waits, as the printer takes it now.
    pub(crate) fn first(&self, waiting: &[u8]) -> Step {
        first(self.profile.language, self.mode.raster, waiting)
    }

    /// Takes the papers that are finished.
    #[must_use]
    pub fn take_papers(&mut self) -> Vec<Paper> {
        std::mem::take(&mut self.papers)
    }

    /// Ends the paper by hand, as one does where there is no knife; nothing when it is blank.
    pub fn tear_off(&mut self) {
        self.end_line();
        self.finish(false);
    }

    /// What it understands.
    pub(crate) fn language(&self) -> Language {
        self.profile.language
    }

    /// What the profile can answer.
    pub(crate) fn ability(&self) -> StatusAbility {
        self.profile.status
    }

    /// Forgets what is not printed yet: the clearing of the buffers.
    pub(crate) fn clear(&mut self) {
        self.line.clear();
        self.rows.clear();
        self.waiting.clear();
        self.mode.raster = false;
    }

    pub(crate) fn apply(&mut self, command: Command) -> Done {
        match command {
            Command::Letter(byte) => self.letter(byte),
            Command::LineFeed if self.mode.band => {
                self.mode.band = false;
                let dots = usize::from(self.mode.spacing.saturating_sub(BAND));
                if dots > 0 {
                    self.strips.push(Strip::Feed { dots });
                }
            }
            Command::LineFeed => return Done::Lines(self.feed_lines(1)),
            Command::FeedLines(n) => return Done::Lines(self.feed_lines(n)),
            Command::FeedDots(n) => {
                self.end_line();
                self.strips.push(Strip::Feed { dots: n.into() });
            }
            Command::Picture { row_bytes, rows, data } => {
                self.end_line();
                self.strips.push(Strip::Picture(Bitmap::packed(row_bytes, rows, &data)));
                return Done::Lines(1);
            }
            Command::Band(columns) => {
                self.end_line();
                self.strips.push(Strip::Picture(upright(&columns)));
                self.mode.band = true;
                return Done::Lines(1);
            }
            Command::Row(row) => self.row(row),
            Command::Raster(on) => return self.raster(on),
            Command::Qr(qr) => return self.qr(qr),
            Command::Code128(data) => {
                let (dots, height) = (self.mode.bar_width.clamp(1, 6), self.mode.bar_height);
                return self.code128(code::code128_text(&data), dots, height, self.mode.bar_text);
            }
            Command::WholeCode128 { text, module_dots, height, told } => {
                let known = |byte: &&u8| matches!(byte, b' '..=b'~' | 0x1D);
                let text = text.iter().filter(known).map(|byte| char::from(*byte)).collect();
                return self.code128(text, module_dots, height, told);
            }
            Command::Cut(_) => {
                self.end_line();
                self.finish(true);
                return Done::Cut;
            }
            Command::Drawer(pin) if pin <= 1 => return Done::Pulse(pin),
            Command::Automatic(n) => return Done::Automatic(n),
            Command::Sensor(n) => return Done::Sensor(n),
            Command::Identity(n) => return Done::Identity(n),
            Command::ProcessId(id) => return Done::ProcessId(id),
            Command::EndMark => return Done::EndMark,
            setting => self.set(setting),
        }
        Done::Nothing
    }

    /// Commands that print nothing and only change how the next letters look.
    fn set(&mut self, setting: Command) {
        let mode = &mut self.mode;
        match setting {
            Command::Initialise => {
                *mode = Mode::initial(&self.profile);
                self.line.clear();
            }
            Command::Chinese(on) => mode.chinese = on,
            Command::Page(n) => {
                let slots = self.profile.pages.iter().chain(&self.profile.stray_page);
                mode.page = slots.filter(|slot| slot.n == n).map(|slot| slot.page).next();
            }
            Command::Align(n) => mode.style.align = align_of(n),
            Command::Bold(on) => mode.style.bold = on,
            Command::Size(wide, high) => {
                mode.style.double_width = wide;
                mode.style.double_height = high;
            }
            Command::Font(n) => mode.style.small = n & 1 == 1,
            Command::Spacing(n) => mode.spacing = n.unwrap_or(SPACING),
            Command::BarcodeHeight(n) => mode.bar_height = n,
            Command::BarcodeWidth(n) => mode.bar_width = n,
            Command::BarcodeText(told) => mode.bar_text = told,
            _ => {}
        }
    }

    fn letter(&mut self, byte: u8) {
        let c = match byte {
            0x80.. if self.mode.chinese => {
                self.mode.half = !self.mode.half;
                if self.mode.half {
                    return;
                }
                CHINESE
            }
            0x80.. => self.mode.page.and_then(|page| page.decode(byte)).unwrap_or(UNREADABLE),
            ascii => char::from(ascii),
        };
        self.mode.half = false;
        let letter = Letter { c, style: self.mode.style };
        if self.width() + cell_dots(letter.style) > self.line_width(letter.style) {
            self.end_line(); // the printer breaks a line that is too long wherever it is
        }
        self.line.push(letter);
    }

    fn width(&self) -> usize {
        self.line.iter().map(|letter| cell_dots(letter.style)).sum()
    }

    fn line_width(&self, style: Style) -> usize {
        self.profile.columns_of(style.small) * Cell::of(style).width
    }

    fn line_height(&self, letters: &[Letter]) -> usize {
        let letter =
            letters.iter().map(|letter| Cell::of(letter.style).height * letter.style.height_factor()).max();
        usize::from(self.mode.spacing).max(letter.unwrap_or(0))
    }

    /// Prints the letters waiting in the line, if there are any; says whether there were.
    fn end_line(&mut self) -> bool {
        let letters = std::mem::take(&mut self.line);
        if letters.is_empty() {
            return false;
        }
        let dots = self.line_height(&letters);
        self.strips.push(Strip::Text { letters, align: self.mode.style.align, dots });
        true
    }

    fn feed_lines(&mut self, lines: u8) -> usize {
        let printed = usize::from(self.end_line());
        let blank = usize::from(lines).saturating_sub(printed);
        let dots = usize::from(self.mode.spacing);
        self.strips.extend((0..blank).map(|_| Strip::Feed { dots }));
        printed + blank
    }

    fn finish(&mut self, cut: bool) {
        let paper = Paper::new(&self.profile, std::mem::take(&mut self.strips), cut);
        if !paper.is_blank() {
            self.papers.push(paper);
        }
    }

    fn qr(&mut self, step: Qr) -> Done {
        match step {
            Qr::ModuleDots(dots) => self.mode.module_dots = dots.clamp(1, 16),
            Qr::Store(text) => self.mode.qr = text,
            Qr::Print => {
                self.end_line();
                let text = String::from_utf8_lossy(&self.mode.qr).into_owned();
                let (module_dots, align) = (self.mode.module_dots.into(), self.mode.style.align);
                self.strips.push(Strip::Qr { text, module_dots, align });
                return Done::Lines(1);
            }
            Qr::Other => {}
        }
        Done::Nothing
    }

    fn code128(&mut self, text: String, module_dots: u8, height: u8, told: bool) -> Done {
        self.end_line();
        self.strips.push(Strip::Code128 {
            text,
            module_dots: module_dots.into(),
            height: height.into(),
            told,
            align: self.mode.style.align,
        });
        Done::Lines(1)
    }

    fn row(&mut self, row: Vec<u8>) {
        if self.rows.len() < SIDE_DOTS_MAX {
            self.rows.push(row);
        }
    }

    /// Raster mode begins; or it ends, and its rows are a picture.
    fn raster(&mut self, on: bool) -> Done {
        self.mode.raster = on;
        let rows = std::mem::take(&mut self.rows);
        if on || rows.is_empty() {
            return Done::Nothing;
        }
        self.end_line();
        let wide = rows.iter().map(Vec::len).max().unwrap_or(0).min(ROW_BYTES_MAX);
        let mut data = Vec::with_capacity(wide * rows.len());
        for mut row in rows.iter().cloned() {
            row.resize(wide, 0);
            data.append(&mut row);
        }
        self.strips.push(Strip::Picture(Bitmap::packed(wide, rows.len(), &data)));
        Done::Lines(1)
    }
}

/// A band of three bytes a column, as a picture.
fn upright(columns: &[u8]) -> Bitmap {
    let mut picture = Bitmap::white(columns.len() / 3, usize::from(BAND));
    for (x, column) in columns.chunks_exact(3).enumerate() {
        for y in 0..usize::from(BAND) {
            picture.set(x, y, column[y / 8] & (0x80 >> (y % 8)) != 0);
        }
    }
    picture
}

fn cell_dots(style: Style) -> usize {
    Cell::of(style).width * style.width_factor()
}

fn align_of(n: u8) -> Align {
    match n {
        1 | b'1' => Align::Centre,
        2 | b'2' => Align::Right,
        _ => Align::Left,
    }
}
