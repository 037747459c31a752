//! A printed paper, as it came out: its text ([`Paper::text`]) and its picture ([`Paper::png`]).

use super::code;
use super::profile::Profile;
use super::raster::{self, Bitmap, Cell};
use super::read_back;
use super::sheet::{self, Align, Style};

/// One letter with the look it was printed in; its style's alignment is that of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The letter.
    pub c: char,
    /// Its look.
    pub style: Style,
}

impl Letter {
    fn columns(&self) -> usize {
        self.style.width_factor()
    }

    fn dots(&self) -> usize {
        Cell::of(self.style).width * self.style.width_factor()
    }

    /// Width of the letter's cell in dots, before it is made twice as wide.
    #[must_use]
    pub fn cell_dots(&self) -> usize {
        Cell::of(self.style).width
    }

    /// Where the letter stands in its cell: dots from the top, before it is made twice as high.
    #[must_use]
    pub fn baseline_dots(&self) -> usize {
        usize::try_from(Cell::of(self.style).baseline()).unwrap_or(0)
    }
}

/// One thing in its place on the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Dots from the paper's left edge.
    pub left: usize,
    /// Dots from its top.
    pub top: usize,
    /// What stands there.
    pub ink: Ink,
}

/// What can stand on a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ink {
    /// A letter of the printer's own.
    Letter(Letter),
    /// Dots: a code, a picture, a line that was drawn.
    Dots(Bitmap),
}

/// One thing on the paper, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strip {
    /// A line of letters, and how many dots the paper moved.
    Text {
        /// The letters.
        letters: Vec<Letter>,
        /// Where the line stands.
        align: Align,
        /// Its height.
        dots: usize,
    },
    /// A picture at the left edge.
    Picture(Bitmap),
    /// A QR code the printer drew.
    Qr {
        /// What it says.
        text: String,
        /// Side of a module.
        module_dots: usize,
        /// Where it stands.
        align: Align,
    },
    /// A Code 128 the printer drew.
    Code128 {
        /// What it says, U+001D for the FNC1 symbol.
        text: String,
        /// Width of the finest bar.
        module_dots: usize,
        /// Height of the bars.
        height: usize,
        /// Whether its text stands below.
        told: bool,
        /// Where it stands.
        align: Align,
    },
    /// White paper.
    Feed {
        /// How much.
        dots: usize,
    },
}

/// A paper as it came out of the printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// From top to bottom.
    pub strips: Vec<Strip>,
    /// Whether the knife ended it; otherwise it was torn off.
    pub cut: bool,
    columns: usize,
    columns_small: usize,
    dots: usize,
    line_dots: usize,
    drawn_line_dots: usize,
}

/// Dots in a millimetre of the print heads of receipt printers: 203 dpi.
pub const DOTS_PER_MM: usize = 8;

/// White at the edges of the picture: the paper is wider than the print head.
const MARGIN_DOTS: usize = 24;

impl Paper {
    pub(crate) fn new(profile: &Profile, strips: Vec<Strip>, cut: bool) -> Self {
        Self {
            strips,
            cut,
            columns: profile.columns,
            columns_small: profile.columns_small,
            dots: profile.dots,
            line_dots: profile.line_dots,
            drawn_line_dots: profile.drawn_line_dots(),
        }
    }

    /// Whether anything stands on it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.strips.iter().all(|strip| match strip {
            Strip::Feed { .. } => true,
            Strip::Text { letters, .. } => letters.iter().all(|letter| letter.c == ' '),
            _ => false,
        })
    }

    /// The lines as text, in their columns. Drawn lines are read back by comparing their cells with the bundled font;
    /// codes stand in brackets, other pictures by their size.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        let mut strips = self.strips.as_slice();
        while let Some(strip) = strips.first() {
            let pictures = strips.iter().take_while(|strip| matches!(strip, Strip::Picture(_))).count();
            if pictures > 0 {
                self.read_pictures(&strips[..pictures], &mut lines);
            } else {
                self.describe(strip, &mut lines);
            }
            strips = &strips[pictures.max(1)..];
        }
        lines.iter().map(|line| line.trim_end().to_owned() + "\n").collect()
    }

    /// Every line of [`Paper::text`].
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.text().lines().map(str::to_owned).collect()
    }

    /// What the codes the printer drew say.
    #[must_use]
    pub fn codes(&self) -> Vec<&str> {
        self.strips.iter().filter_map(Strip::code).collect()
    }

    fn describe(&self, strip: &Strip, lines: &mut Vec<String>) {
        match strip {
            Strip::Text { letters, align, .. } => lines.push(self.row(letters, *align)),
            Strip::Qr { text, .. } => {
                // A code may say anything, and a text is looked at on screens that obey control characters.
                let told: String = text.chars().filter_map(sheet::clean).collect();
                lines.push(self.centred(&format!("[QR {told}]")));
            }
            Strip::Code128 { text, told, .. } => {
                lines.push(self.centred("[||| |  || ||| |]"));
                if *told {
                    lines.push(self.centred(&text.replace(code::FNC1, "")));
                }
            }
            Strip::Feed { dots } => {
                lines.extend(std::iter::repeat_n(String::new(), dots / self.line_dots.max(1)))
            }
            Strip::Picture(_) => {}
        }
    }

    /// A picture higher than the printer's buffer came in strips, and drawn lines come one after the other: strips that
    /// together are whole lines are read, and what lies between is named as one picture.
    fn read_pictures(&self, pictures: &[Strip], lines: &mut Vec<String>) {
        let (mut unread, mut at) = (0, 0);
        while at < pictures.len() {
            let (read, strips) = self.read_lines(&pictures[at..]);
            if strips == 0 {
                unread += 1;
                at += 1;
                continue;
            }
            self.name_picture(&pictures[at - unread..at], lines);
            lines.extend(read);
            unread = 0;
            at += strips;
        }
        self.name_picture(&pictures[at - unread..], lines);
    }

    /// The lines that the first strips hold, and how many strips those are.
    fn read_lines(&self, pictures: &[Strip]) -> (Vec<String>, usize) {
        let read = read_back::lines(&joined(pictures), self.drawn_line_dots);
        let (mut end, mut whole) = (0, (0, 0));
        for (count, (_, height)) in read.iter().enumerate() {
            end += height;
            if let Some(strips) = strips_to(pictures, end) {
                whole = (count + 1, strips);
            }
        }
        (read.into_iter().take(whole.0).map(|(line, _)| line).collect(), whole.1)
    }

    fn name_picture(&self, pictures: &[Strip], lines: &mut Vec<String>) {
        if !pictures.is_empty() {
            let whole = joined(pictures);
            lines.push(self.centred(&format!("[picture {}×{}]", whole.width(), whole.height())));
        }
    }

    fn row(&self, letters: &[Letter], align: Align) -> String {
        let style = Style { align, ..letters.first().map(|letter| letter.style).unwrap_or_default() };
        let cells = letters.iter().map(Letter::columns).sum();
        let columns = if style.small { self.columns_small } else { self.columns };
        let text = letters.iter().map(|letter| letter.c);
        std::iter::repeat_n(' ', raster::indent(cells, columns, style)).chain(text).collect()
    }

    fn centred(&self, text: &str) -> String {
        let room = self.columns.saturating_sub(text.chars().count()) / 2;
        " ".repeat(room) + text
    }

    /// Width and height in dots, the white at the edges counted.
    #[must_use]
    pub fn size_dots(&self) -> (usize, usize) {
        let height: usize = self.strips.iter().map(|strip| self.height(strip)).sum();
        (self.dots + 2 * MARGIN_DOTS, height + 2 * MARGIN_DOTS)
    }

    /// Everything on it, each in its place.
    #[must_use]
    pub fn placed(&self) -> Vec<Placed> {
        let mut placed = Vec::new();
        let mut top = MARGIN_DOTS;
        for strip in &self.strips {
            self.place(strip, top, &mut placed);
            top += self.height(strip);
        }
        placed
    }

    /// The paper as a picture: white with black dots, one pixel for one dot.
    #[must_use]
    pub fn bitmap(&self) -> Bitmap {
        let (width, height) = self.size_dots();
        let mut bitmap = Bitmap::white(width, height);
        for Placed { left, top, ink } in self.placed() {
            match ink {
                Ink::Letter(letter) => {
                    let drawn = raster::letter(letter.c, Cell::of(letter.style), letter.style);
                    bitmap.paste(&drawn, left, top);
                }
                Ink::Dots(dots) => bitmap.paste(&dots, left, top),
            }
        }
        bitmap
    }

    /// The picture as a PNG file.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        png_of(&self.bitmap()).unwrap_or_else(|fault| {
            tracing::error!("a paper could not be written as a picture: {fault}");
            Vec::new()
        })
    }

    fn height(&self, strip: &Strip) -> usize {
        match strip {
            Strip::Text { dots, .. } | Strip::Feed { dots } => *dots,
            Strip::Picture(bitmap) => bitmap.height(),
            Strip::Qr { text, module_dots, .. } => {
                qr_inside(text, *module_dots).map_or(0, |picture| picture.height())
            }
            Strip::Code128 { height, told, .. } => height + if *told { self.line_dots } else { 0 },
        }
    }

    fn place(&self, strip: &Strip, top: usize, placed: &mut Vec<Placed>) {
        let mut dots = |bitmap: Bitmap, left| placed.push(Placed { left, top, ink: Ink::Dots(bitmap) });
        match strip {
            Strip::Text { letters, align, .. } => self.place_letters(letters, *align, top, placed),
            Strip::Picture(bitmap) => dots(bitmap.clone(), MARGIN_DOTS),
            Strip::Qr { text, module_dots, align } => {
                if let Some(picture) = qr_inside(text, *module_dots) {
                    let left = self.left(picture.width(), *align);
                    dots(picture, left);
                }
            }
            Strip::Code128 { text, module_dots, height, told, align } => {
                let bars = code::code128_picture(text, *module_dots, *height);
                let left = self.left(bars.width(), *align);
                dots(bars, left);
                if *told {
                    let shown = text.chars().filter(|c| *c != code::FNC1);
                    let letters: Vec<_> = shown.map(|c| Letter { c, style: Style::default() }).collect();
                    self.place_letters(&letters, *align, top + height, placed);
                }
            }
            Strip::Feed { .. } => {}
        }
    }

    fn place_letters(&self, letters: &[Letter], align: Align, top: usize, placed: &mut Vec<Placed>) {
        let mut left = self.left(letters.iter().map(Letter::dots).sum(), align);
        for letter in letters {
            placed.push(Placed { left, top, ink: Ink::Letter(*letter) });
            left += letter.dots();
        }
    }

    fn left(&self, width: usize, align: Align) -> usize {
        let room = self.dots.saturating_sub(width);
        MARGIN_DOTS
            + match align {
                Align::Left => 0,
                Align::Centre => room / 2,
                Align::Right => room,
            }
    }
}

impl Strip {
    fn code(&self) -> Option<&str> {
        match self {
            Self::Qr { text, .. } | Self::Code128 { text, .. } => Some(text),
            _ => None,
        }
    }
}

/// A QR code without white around it, as a printer draws it.
fn qr_inside(text: &str, module_dots: usize) -> Option<Bitmap> {
    let whole = code::qr_picture(text, module_dots)?;
    let edge = 4 * module_dots;
    let side = whole.width().saturating_sub(2 * edge);
    let mut inside = Bitmap::white(side, side);
    for y in 0..side {
        (0..side).for_each(|x| inside.set(x, y, whole.black(x + edge, y + edge)));
    }
    Some(inside)
}

/// How many strips end exactly at a height.
fn strips_to(pictures: &[Strip], height: usize) -> Option<usize> {
    let ends = pictures.iter().scan(0, |end, strip| {
        *end += if let Strip::Picture(bitmap) = strip { bitmap.height() } else { 0 };
        Some(*end)
    });
    ends.take_while(|end| *end <= height).enumerate().find(|(_, end)| *end == height).map(|(at, _)| at + 1)
}

fn joined(pictures: &[Strip]) -> Bitmap {
    let bitmaps = || {
        pictures
            .iter()
            .filter_map(|strip| if let Strip::Picture(bitmap) = strip { Some(bitmap) } else { None })
    };
    let width = bitmaps().map(Bitmap::width).max().unwrap_or(0);
    let mut whole = Bitmap::white(width, bitmaps().map(Bitmap::height).sum());
    let mut top = 0;
    for bitmap in bitmaps() {
        whole.paste(bitmap, 0, top);
        top += bitmap.height();
    }
    whole
}

fn png_of(bitmap: &Bitmap) -> Result<Vec<u8>, png::EncodingError> {
    let side = |dots: usize| u32::try_from(dots).unwrap_or(u32::MAX);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side(bitmap.width()), side(bitmap.height()));
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    // In a PNG a set bit is white.
    let rows: Vec<u8> = bitmap.bytes().iter().map(|byte| !byte).collect();
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rows)?;
    writer.finish()?;
    Ok(file)
}
