//! A paper of the receipt printer as a page: as wide and as long as the roll, its letters as text that can be searched.

use super::PdfError;
use super::pen::{About, Hand, Page, Type, file};
use tameio_drivers::printer::Paper;
use tameio_drivers::printer::paper::{DOTS_PER_MM, Ink, Letter, Placed};
use tameio_drivers::printer::raster::FONT_FILE;

/// Points of one dot.
const DOT: f32 = 72.0 / 25.4 / DOTS_PER_MM as f32;
/// The letters of the bundled fixed-width font are so wide, measured in its size.
const LETTER_EM: f32 = 0.6;
/// How much heavier a heavy letter is, in dots: the printer strikes it twice.
const HEAVIER_DOTS: f32 = 1.0;

/// Papers as pages, one each.
pub(super) fn pages(papers: &[Paper], about: About<'_>) -> Result<Vec<u8>, PdfError> {
    let mono = Type::new(FONT_FILE)?;
    let pages: Vec<Page<'_>> = papers.iter().map(|paper| page(paper, &mono)).collect();
    file(&pages, about)
}

fn page<'a>(paper: &Paper, mono: &'a Type) -> Page<'a> {
    let (width, height) = paper.size_dots();
    let mut page = Page::new(points(width), points(height));
    let mut placed = paper.placed();
    placed.sort_by_key(|placed| (placed.top, placed.left));
    let mut rest = placed.as_slice();
    while let Some(Placed { left, top, ink }) = rest.first() {
        match ink {
            Ink::Dots(dots) => {
                let boxes = dots.boxes().into_iter().map(|(x, y, wide, high)| {
                    (points(left + x), points(top + y), points(wide), points(high))
                });
                page.boxes(boxes, 0);
                rest = &rest[1..];
            }
            Ink::Letter(first) => {
                let count = rest.iter().take_while(|next| next.top == *top && same_look(next, first)).count();
                let text: String = rest[..count].iter().filter_map(letter).map(|letter| letter.c).collect();
                page.text(points(*left), points(*top) + baseline(first), &text, hand(first, mono));
                rest = &rest[count..];
            }
        }
    }
    page
}

/// A line is drawn as one text as long as its letters look alike, so that words stay words for who searches.
fn same_look(placed: &Placed, first: &Letter) -> bool {
    letter(placed).is_some_and(|letter| letter.style == first.style)
}

const fn letter(placed: &Placed) -> Option<&Letter> {
    match &placed.ink {
        Ink::Letter(letter) => Some(letter),
        Ink::Dots(_) => None,
    }
}

fn hand<'a>(letter: &Letter, mono: &'a Type) -> Hand<'a> {
    let heavier = if letter.style.bold { HEAVIER_DOTS * DOT } else { 0.0 };
    let times = |factor: usize| if factor == 2 { 2.0 } else { 1.0 };
    let stretch = (times(letter.style.width_factor()), times(letter.style.height_factor()));
    Hand { heavier, stretch, ..Hand::new(mono, points(letter.cell_dots()) / LETTER_EM) }
}

fn baseline(letter: &Letter) -> f32 {
    points(letter.baseline_dots() * letter.style.height_factor())
}

fn points(dots: usize) -> f32 {
    f32::from(u16::try_from(dots).unwrap_or(u16::MAX)) * DOT
}
