//! Drawn lines read back into text: every cell of the picture is looked up among the letters of the bundled font.
//!
//! This is not recognition of anything a camera saw: the picture was drawn with the same font, dot for dot, or it is no
//! line of text. Letters that look alike in Greek and Latin are told apart by the word they stand in.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::raster::{self, Bitmap, CELL_A, CELL_B, Cell};
use super::sheet::Style;

/// A cell's dots, row by row.
type Dots = Vec<u16>;

/// The letters that look like a cell: in Latin script or none, and in Greek.
#[derive(Clone, Copy, Default)]
struct Alike {
    latin: Option<char>,
    greek: Option<char>,
}

static LETTERS: LazyLock<HashMap<(Cell, Dots), Alike>> = LazyLock::new(|| {
    let mut letters: HashMap<_, Alike> = HashMap::new();
    // Everyday letters first: of two that look the same the first is meant.
    let known = (' '..='~').chain('¡'..='ÿ').chain('΄'..='ώ').chain("‘’“”–—…€".chars());
    for (c, cell) in known.flat_map(|c| [(c, CELL_A), (c, CELL_B)]) {
        for bold in [false, true] {
            let style = Style { bold, ..Style::default() };
            let alike = letters.entry((cell, dots(&raster::letter(c, cell, style), cell, 0))).or_default();
            let place = if is_greek(c) { &mut alike.greek } else { &mut alike.latin };
            place.get_or_insert(c);
        }
    }
    letters
});

fn is_greek(c: char) -> bool {
    matches!(c, 'Ͱ'..='Ͽ')
}

fn dots(bitmap: &Bitmap, cell: Cell, left: usize) -> Dots {
    let row = |y| (0..cell.width).fold(0, |row, x| row << 1 | u16::from(bitmap.black(left + x, y)));
    (0..cell.height).map(row).collect()
}

/// The drawn lines at the top of a picture, each with its height, down to the first thing that is none.
pub(crate) fn lines(picture: &Bitmap, line_dots: usize) -> Vec<(String, usize)> {
    let (mut lines, mut top) = (Vec::new(), 0);
    while let Some((line, height)) = SIZES.iter().find_map(|size| line_at(picture, top, line_dots, *size)) {
        lines.push((line, height));
        top += height;
    }
    lines
}

/// The two fonts, single and double in each direction.
const SIZES: [(Cell, usize, usize); 8] = [
    (CELL_A, 1, 1),
    (CELL_A, 2, 1),
    (CELL_A, 1, 2),
    (CELL_A, 2, 2),
    (CELL_B, 1, 1),
    (CELL_B, 2, 1),
    (CELL_B, 1, 2),
    (CELL_B, 2, 2),
];

fn line_at(
    picture: &Bitmap,
    top: usize,
    line_dots: usize,
    size: (Cell, usize, usize),
) -> Option<(String, usize)> {
    let (cell, wide, high) = size;
    let height = line_dots.max(cell.height) * high;
    if top + height > picture.height() || picture.width() == 0 {
        return None;
    }
    let band = shrunk(picture, top, height / high, (wide, high))?;
    let below = (cell.height..band.height()).any(|y| (0..band.width()).any(|x| band.black(x, y)));
    let cells = (0..band.width().div_ceil(cell.width)).map(|at| dots(&band, cell, at * cell.width));
    let read: Option<Vec<Alike>> = cells.map(|dots| LETTERS.get(&(cell, dots)).copied()).collect();
    read.filter(|_| !below).map(|cells| (spell(&cells).trim_end().to_owned(), height))
}

/// A band of the picture at single size; none when its dots do not come in equal blocks.
fn shrunk(picture: &Bitmap, top: usize, rows: usize, (wide, high): (usize, usize)) -> Option<Bitmap> {
    let mut band = Bitmap::white(picture.width().div_ceil(wide), rows);
    for y in 0..rows * high {
        for x in 0..picture.width() {
            let black = picture.black(x, top + y);
            if x % wide == 0 && y % high == 0 {
                band.set(x / wide, y / high, black);
            } else if band.black(x / wide, y / high) != black {
                return None;
            }
        }
    }
    Some(band)
}

/// The letters word by word: Latin where a letter of the word can only be Latin, Greek otherwise.
fn spell(cells: &[Alike]) -> String {
    let is_space = |alike: &Alike| alike.latin == Some(' ');
    cells.split_inclusive(is_space).map(spell_word).collect()
}

fn spell_word(word: &[Alike]) -> String {
    let only_latin = |alike: &Alike| alike.greek.is_none() && alike.latin.is_some_and(char::is_alphabetic);
    let only_greek = word.iter().any(|alike| alike.latin.is_none());
    let latin = !only_greek && word.iter().any(only_latin);
    let choose =
        |alike: &Alike| if latin { alike.latin.or(alike.greek) } else { alike.greek.or(alike.latin) };
    word.iter().filter_map(choose).collect()
}
