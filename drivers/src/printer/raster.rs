//! Pictures of one bit a dot: drawn lines, QR codes, logos, and the commands that print them.
//!
//! A line that no code page can hold is drawn with the bundled font (JetBrains Mono) in the cells of the printer's
//! own font, so that columns stay aligned with the lines above and below.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, Mutex};

use super::sheet::Style;

/// Black or white dots, row by row, eight to a byte, the leftmost in the highest bit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bitmap {
    width: usize,
    height: usize,
    bits: Vec<u8>,
}

/// The largest side of a bitmap in dots. A roll has no end, but a picture on it must have one.
pub const SIDE_DOTS_MAX: usize = 32_768;

impl Bitmap {
    /// A white bitmap. Sides above [`SIDE_DOTS_MAX`] are cut to it.
    #[must_use]
    pub fn white(width: usize, height: usize) -> Self {
        let (width, height) = (width.min(SIDE_DOTS_MAX), height.min(SIDE_DOTS_MAX));
        Self { width, height, bits: vec![0; width.div_ceil(8) * height] }
    }

    /// A bitmap of grey values (0 black, 255 white), dithered after Floyd and Steinberg so that a logo keeps its
    /// half-tones. Missing values are white.
    #[must_use]
    pub fn dithered(width: usize, height: usize, grey: &[u8]) -> Self {
        let mut bitmap = Self::white(width, height);
        let mut error = vec![0i32; bitmap.width + 2];
        for y in 0..bitmap.height {
            let mut next = vec![0i32; bitmap.width + 2];
            let mut right = 0;
            for x in 0..bitmap.width {
                let value = i32::from(grey.get(y * width + x).copied().unwrap_or(255)) + error[x + 1] + right;
                let black = value < 128;
                bitmap.set(x, y, black);
                let rest = if black { value } else { value - 255 };
                right = rest * 7 / 16;
                next[x] += rest * 3 / 16;
                next[x + 1] += rest * 5 / 16;
                next[x + 2] += rest / 16;
            }
            error = next;
        }
        bitmap
    }

    /// A bitmap from rows of packed bytes, as a printer receives them. Missing bytes are white.
    #[must_use]
    pub fn packed(row_bytes: usize, height: usize, data: &[u8]) -> Self {
        let mut bitmap = Self::white(row_bytes * 8, height);
        let length = bitmap.bits.len().min(data.len());
        bitmap.bits[..length].copy_from_slice(&data[..length]);
        bitmap
    }

    /// Its rows of packed bytes, as [`Bitmap::packed`] takes them.
    #[must_use]
    pub fn packed_rows(&self) -> &[u8] {
        &self.bits
    }

    /// Width in dots.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in dots.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// Whether the dot is black; outside the picture it is white.
    #[must_use]
    pub fn black(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.height && self.bits[y * self.row_bytes() + x / 8] & (0x80 >> (x % 8)) != 0
    }

    /// Sets one dot; outside the picture nothing happens.
    pub fn set(&mut self, x: usize, y: usize, black: bool) {
        if x < self.width && y < self.height {
            let at = y * self.row_bytes() + x / 8;
            let bit = 0x80 >> (x % 8);
            if black { self.bits[at] |= bit } else { self.bits[at] &= !bit }
        }
    }

    /// Blackens every dot that is black in another bitmap laid at a place; what lies outside is cut off.
    pub fn paste(&mut self, other: &Self, left: usize, top: usize) {
        let (row, skip, shift) = (self.row_bytes(), left / 8, left % 8);
        let last = 0xFF << ((8 - self.width % 8) % 8);
        let rows = other.bits.chunks(other.row_bytes().max(1)).take(self.height.saturating_sub(top));
        for (y, bytes) in rows.enumerate() {
            let line = &mut self.bits[(top + y) * row..(top + y + 1) * row];
            for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| **byte != 0) {
                let pair = u16::from(*byte) << (8 - shift);
                let [high, low] = pair.to_be_bytes();
                for (at, ink) in [(skip + at, high), (skip + at + 1, low)] {
                    if let Some(place) = line.get_mut(at) {
                        *place |= ink;
                    }
                }
            }
            // Dots beside the picture stay white.
            if let Some(end) = line.last_mut() {
                *end &= last;
            }
        }
    }

    /// Each dot as a square of `factor` × `factor` dots.
    #[must_use]
    pub fn enlarged(&self, horizontally: usize, vertically: usize) -> Self {
        let mut large = Self::white(self.width * horizontally, self.height * vertically);
        for y in 0..large.height {
            for x in 0..large.width {
                large.set(x, y, self.black(x / horizontally, y / vertically));
            }
        }
        large
    }

    /// The rows, packed.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bits
    }

    /// The bytes of a row.
    pub(crate) fn row_bytes(&self) -> usize {
        self.width.div_ceil(8)
    }

    /// The black dots as rectangles: left, top, width and height of each. A run that stands below an equal one makes it
    /// higher, so that a code's modules are whole and no seam shows between rows where they are drawn.
    #[must_use]
    pub fn boxes(&self) -> Vec<(usize, usize, usize, usize)> {
        let mut done = Vec::new();
        let mut open: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for y in 0..=self.height {
            let runs = if y < self.height { self.runs(y) } else { BTreeSet::new() };
            for (run, top) in std::mem::take(&mut open) {
                if runs.contains(&run) {
                    open.insert(run, top);
                } else {
                    let (left, width) = run;
                    done.push((left, top, width, y - top));
                }
            }
            for run in runs {
                open.entry(run).or_insert(y);
            }
        }
        done
    }

    /// The runs of black dots of a row: left end and length of each.
    fn runs(&self, y: usize) -> BTreeSet<(usize, usize)> {
        let mut runs = BTreeSet::new();
        let mut x = 0;
        while let Some(start) = (x..self.width).find(|x| self.black(*x, y)) {
            x = (start..self.width).find(|x| !self.black(*x, y)).unwrap_or(self.width);
            runs.insert((start, x - start));
        }
        runs
    }

    /// The bytes of a row up to the last one that is not white in any row.
    pub(crate) fn inked_row_bytes(&self) -> usize {
        let row = self.row_bytes().max(1);
        let inked = self.bits.chunks(row).filter_map(|bytes| bytes.iter().rposition(|byte| *byte != 0)).max();
        inked.map_or(1, |last| last + 1)
    }
}

/// The size of a character cell in dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Cell {
    pub(crate) width: usize,
    pub(crate) height: usize,
}

/// Font A of every printer here.
pub(crate) const CELL_A: Cell = Cell { width: 12, height: 24 };
/// Font B.
pub(crate) const CELL_B: Cell = Cell { width: 9, height: 17 };

impl Cell {
    pub(crate) fn of(style: Style) -> Self {
        if style.small { CELL_B } else { CELL_A }
    }

    /// The size in pixels at which the bundled font is exactly one cell wide (its letters are 0.6 em).
    fn font_size(self) -> f32 {
        f32::from(u16::try_from(self.width).unwrap_or(0)) / 0.6
    }

    /// Where letters stand, counted from the top: leaves room below for the tails of ξ, ζ and ς.
    pub(crate) fn baseline(self) -> i32 {
        i32::try_from(self.height * 19 / 24).unwrap_or(0)
    }
}

/// The bundled font (JetBrains Mono) as a TrueType file, for those who draw papers in another way.
pub static FONT_FILE: &[u8] = include_bytes!("../../fonts/JetBrainsMono-Regular.ttf");

static FONT: LazyLock<Option<fontdue::Font>> = LazyLock::new(|| {
    fontdue::Font::from_bytes(
        FONT_FILE,
        fontdue::FontSettings { load_substitutions: false, ..Default::default() },
    )
    .inspect_err(|fault| tracing::error!("the bundled font cannot be read: {fault}"))
    .ok()
});

type Glyphs = Mutex<HashMap<(char, Cell), Arc<Bitmap>>>;
static GLYPHS: LazyLock<Glyphs> = LazyLock::new(Glyphs::default);
/// Enough for every letter of Greek, Latin and Cyrillic in both fonts; a flood of rare signs starts it afresh.
const GLYPHS_MAX: usize = 2048;

/// One letter in its cell. A letter the font lacks is its box, and the log says which.
pub(crate) fn glyph(c: char, cell: Cell) -> Arc<Bitmap> {
    let mut glyphs = GLYPHS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = glyphs.get(&(c, cell)) {
        return Arc::clone(known);
    }
    if glyphs.len() >= GLYPHS_MAX {
        glyphs.clear();
    }
    let drawn = Arc::new(draw_glyph(c, cell));
    glyphs.insert((c, cell), Arc::clone(&drawn));
    drawn
}

fn draw_glyph(c: char, cell: Cell) -> Bitmap {
    let mut bitmap = Bitmap::white(cell.width, cell.height);
    let Some(font) = FONT.as_ref() else { return bitmap };
    if font.lookup_glyph_index(c) == 0 {
        tracing::warn!("the font has no {c:?}: a box is printed in its place");
    }
    let (metrics, coverage) = font.rasterize(c, cell.font_size());
    let top = cell.baseline() - metrics.ymin - i32::try_from(metrics.height).unwrap_or(0);
    for (at, value) in coverage.iter().enumerate() {
        let x = place_in_cell(at % metrics.width, &metrics, cell.width);
        let y = top + i32::try_from(at / metrics.width).unwrap_or(0);
        if let (true, Ok(y)) = (*value > INK_MIN, usize::try_from(y)) {
            bitmap.set(x, y, true);
        }
    }
    bitmap
}

/// The coverage, of 255, from which a dot is black.
const INK_MIN: u8 = 105;

/// Where a column of a letter stands in its cell. The tonos of Έ, Ή and Ί hangs out of the font's cell to the left, and
/// a printer's cells cannot overlap: such a letter is moved in, and squeezed when it is wider than the cell.
fn place_in_cell(column: usize, metrics: &fontdue::Metrics, width: usize) -> usize {
    match width.checked_sub(metrics.width) {
        Some(room) => usize::try_from(metrics.xmin).unwrap_or(0).min(room) + column,
        None => column * width / metrics.width,
    }
}

/// A line of text as a picture: `columns` cells wide, `line_dots` high for each line of height.
pub(crate) fn draw_line(text: &str, style: Style, columns: usize, line_dots: usize) -> Bitmap {
    let cell = Cell::of(style);
    let (wide, high) = (style.width_factor(), style.height_factor());
    let mut line = Bitmap::white(columns * cell.width, line_dots.max(cell.height) * high);
    // Whole letters from the edge, so that columns of wide letters stand under each other.
    let left = indent(text.chars().count() * wide, columns, style) / wide * wide * cell.width;
    for (at, c) in text.chars().enumerate() {
        let left = left + at * cell.width * wide;
        match (style.bold, wide, high) {
            // Nearly every letter: as it is kept.
            (false, 1, 1) => line.paste(&glyph(c, cell), left, 0),
            _ => line.paste(&letter(c, cell, style), left, 0),
        }
    }
    line
}

/// One letter as a style shows it.
pub(crate) fn letter(c: char, cell: Cell, style: Style) -> Bitmap {
    let plain = glyph(c, cell);
    let mut shown = Bitmap::clone(&plain);
    if style.bold {
        shown.paste(&plain, 1, 0);
    }
    match (style.width_factor(), style.height_factor()) {
        (1, 1) => shown,
        (wide, high) => shown.enlarged(wide, high),
    }
}

/// How many cells a line is moved to the right to stand where its style says.
pub(crate) fn indent(cells: usize, columns: usize, style: Style) -> usize {
    let room = columns.saturating_sub(cells);
    match style.align {
        super::sheet::Align::Left => 0,
        super::sheet::Align::Centre => room / 2,
        super::sheet::Align::Right => room,
    }
}
