//! Whatever draws a text into its box cuts off what reaches out of it: the accents of Greek capitals must not.

use std::path::Path;

/// Those whose accent stands before them.
const CAPITALS: [char; 7] = ['Ά', 'Έ', 'Ή', 'Ί', 'Ό', 'Ύ', 'Ώ'];

fn number(bytes: &[u8], at: usize) -> usize {
    usize::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]))
}

fn long(bytes: &[u8], at: usize) -> usize {
    (number(bytes, at) << 16) | number(bytes, at + 2)
}

/// A table of an OpenType file, by its tag.
fn table<'a>(font: &'a [u8], tag: &[u8; 4]) -> &'a [u8] {
    let mut records = (0..number(font, 4)).map(|n| 12 + 16 * n);
    let record = records.find(|at| font[*at..].starts_with(tag)).expect("the font has the table");
    let begins = long(font, record + 8);
    &font[begins..begins + long(font, record + 12)]
}

/// The glyph of a letter: `cmap`, format 4.
fn glyph(font: &[u8], letter: char) -> usize {
    let cmap = table(font, b"cmap");
    let mut parts = (0..number(cmap, 2)).map(|n| &cmap[long(cmap, 4 + 8 * n + 4)..]);
    let part = parts.find(|part| number(part, 0) == 4).expect("the font has Unicode's plane 0");
    let (code, pairs) = (usize::try_from(u32::from(letter)).expect("small"), number(part, 6));
    let segment =
        (0..pairs).step_by(2).find(|at| code <= number(part, 14 + at)).expect("the last one ends it");
    let (first, delta) = (number(part, 16 + pairs + segment), number(part, 16 + 2 * pairs + segment));
    let at = 16 + 3 * pairs + segment;
    assert!(first <= code, "the font has {letter}");
    match number(part, at) {
        0 => (code + delta) & 0xffff,
        offset => (number(part, at + offset + 2 * (code - first)) + delta) & 0xffff,
    }
}

/// Where a glyph begins, left of its box below zero: `hmtx`.
fn begins(font: &[u8], glyph: usize) -> i16 {
    let (hhea, hmtx) = (table(font, b"hhea"), table(font, b"hmtx"));
    let wide = number(hhea, 34);
    assert!(glyph < wide, "it has a width of its own");
    i16::from_be_bytes([hmtx[4 * glyph + 2], hmtx[4 * glyph + 3]])
}

#[test]
fn accents_of_greek_capitals_lie_in_their_letters_boxes() {
    for weight in ["Regular", "Medium", "Bold"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("ui/fonts/Roboto-{weight}.ttf"));
        let font = std::fs::read(file).expect("the font is there");
        for letter in CAPITALS {
            let at = begins(&font, glyph(&font, letter));
            assert!(at >= 0, "{letter} of {weight} begins at {at}");
        }
    }
}
