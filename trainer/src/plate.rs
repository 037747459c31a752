//! Draws plates: seen straight on, evenly lit, new.

use fastrand::Rng;
use tameio_drivers::plate_reader::alphabet::{ALPHABET, GREEK_LETTERS};
use tameio_drivers::plate_reader::patterns::{BULGARIAN_LETTERS, PATTERNS};
use tameio_drivers::plate_reader::rectify::Lines;

use crate::glyph::Face;
use crate::sheet::{Chance, Sheet};

/// A drawn plate.
pub struct Plate {
    pub sheet: Sheet,
    /// What is on it, without blanks and dashes.
    pub text: String,
    pub lines: Lines,
}

/// Which plates to draw.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mix {
    /// Half of them Greek, the rest of everywhere and of nowhere.
    Training,
    /// As for training, but none of nowhere: those are letters and digits by chance, which nobody tells apart by form.
    Known,
    /// Greek cars, taxis and motorcycles alone.
    Greek,
}

/// Of so many texts one is mostly of letters and digits that look alike.
const ALIKE: f32 = 0.15;

const LOOK_ALIKE: [(&str, &str); 5] = [("I", "1"), ("I", "1"), ("IO", "10"), ("OBZ", "082"), ("DOQ", "0")];

/// A text in a form, with blanks and dashes.
fn compose(form: &str, alike: f32, rng: &mut Rng) -> String {
    let letter = |rng: &mut Rng, of: &str| {
        let letters: Vec<char> = of.chars().collect();
        *rng.pick(&letters)
    };
    let alike = alike > 0.0 && rng.chance(alike);
    let (letters, digits) = if alike { *rng.pick(&LOOK_ALIKE) } else { ("", "") };
    form.chars()
        .map(|place| match place {
            '&' if alike && rng.bool() && !letters.contains(['D', 'Q']) => letter(rng, letters),
            '@' if alike && rng.bool() => letter(rng, letters),
            '#' if alike && rng.bool() => letter(rng, digits),
            '+' if alike && rng.bool() => '1',
            '@' => rng.uppercase(),
            '&' => letter(rng, GREEK_LETTERS),
            '%' => letter(rng, BULGARIAN_LETTERS),
            '#' => rng.digit(10),
            '+' => letter(rng, "123456789"),
            '?' => letter(rng, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
            other => other,
        })
        .collect()
}

/// A text, and whether it is a Greek one.
fn text(mix: Mix, rng: &mut Rng) -> (String, &'static str) {
    let greek = mix == Mix::Greek || rng.chance(0.45);
    let alike = if mix == Mix::Greek { 0.0 } else { ALIKE };
    if greek {
        let form = match rng.f32() {
            share if share < 0.66 || mix == Mix::Greek && share < 0.8 => "&&&-+###",
            share if share < 0.84 || mix == Mix::Greek => *rng.pick(&["&&&-###", "&&&-###", "&&&-##"]),
            _ => {
                let others: Vec<_> = PATTERNS.iter().filter(|pattern| pattern.country == "GR").collect();
                rng.pick(&others).form
            }
        };
        return (compose(form, alike, rng), "GR");
    }
    if mix == Mix::Training && rng.chance(0.2) {
        let length = rng.usize(4..=8);
        let symbols: String = (0..length)
            .map(|_| if rng.chance(0.1) { *rng.pick(&ALPHABET) } else { *rng.pick(&ALPHABET[..36]) })
            .collect();
        return (symbols, "");
    }
    let foreign = PATTERNS.iter().filter(|pattern| pattern.country != "GR" && !pattern.form.contains('?'));
    let foreign: Vec<_> =
        foreign.filter(|pattern| mix == Mix::Training || !pattern.country.is_empty()).collect();
    let brazil: Vec<_> = foreign.iter().copied().filter(|pattern| pattern.country == "BR").collect();
    let pattern = if rng.chance(0.08) { rng.pick(&brazil) } else { rng.pick(&foreign) };
    let country =
        if pattern.country.is_empty() { *rng.pick(&["", "RO", "D", "BR"]) } else { pattern.country };
    (compose(pattern.form, alike, rng), country)
}

/// Inks and measures of one plate, in millimetres and parts of full light.
struct Look<'a> {
    letters: &'a Face,
    digits: &'a Face,
    bold: f32,
    tall: f32,
    letter_wide: f32,
    digit_wide: f32,
    space: f32,
    gap: f32,
    ink: f32,
    ground: f32,
    scale: f32,
}

/// Draws a plate at about `scale` points a millimetre.
pub fn draw(mix: Mix, faces: &[Face], scale: f32, rng: &mut Rng) -> Plate {
    let (written, country) = text(mix, rng);
    let brazil = country == "BR";
    let two = if country == "GR" && written.chars().filter(char::is_ascii_digit).count() <= 3 {
        !rng.chance(0.1)
    } else {
        written.contains(['-', ' ']) && rng.chance(0.12)
    };
    let [width, height] = match (two, country) {
        (true, "GR") if rng.chance(0.7) => [280.0, 210.0],
        (true, _) => [rng.between(220.0, 340.0), rng.between(160.0, 220.0)],
        (false, "GR") => [rng.between(500.0, 530.0), rng.between(106.0, 116.0)],
        (false, "BR") => [400.0, 130.0],
        (false, _) => [rng.between(400.0, 530.0), rng.between(98.0, 135.0)],
    };
    let letters = rng.pick(faces);
    let digits = if rng.chance(0.3) { rng.pick(faces) } else { letters };
    let greek = country == "GR";
    let inverse = !greek && rng.chance(0.06);
    let yellow = rng.chance(if greek { 0.2 } else { 0.1 });
    let light = if yellow { rng.between(0.55, 0.8) } else { rng.between(0.8, 1.0) };
    let dark = rng.between(0.02, if greek { 0.2 } else { 0.4 });
    let look = Look {
        letters,
        digits,
        // Light eats into strokes.
        bold: if mix != Mix::Greek && rng.chance(0.1) {
            rng.between(-0.026, 0.0)
        } else {
            rng.normal() * 0.013
        },
        tall: match (two, brazil) {
            (true, _) => rng.between(0.3, 0.37) * height,
            (false, true) => rng.between(0.45, 0.53) * height,
            (false, false) => rng.between(0.6, 0.75) * height.min(118.0),
        },
        letter_wide: rng.between(32.0, 54.0) / letters.letter,
        digit_wide: rng.between(32.0, 52.0) / digits.digit,
        space: rng.between(3.0, 14.0),
        gap: rng.between(12.0, 50.0),
        ink: if inverse { light } else { dark },
        ground: if inverse { rng.between(0.02, 0.3) } else { light },
        scale,
    };
    let mut sheet = Sheet::new((width * scale) as usize, (height * scale) as usize, look.ground);
    let band = furniture(&mut sheet, &look, [width, height], country, rng);
    let top = if brazil { 0.6 * height } else { 0.5 * height + rng.normal() * 2.0 };
    if brazil || rng.chance(0.05) {
        small_text(&mut sheet, &look, [width * 0.3, height * 0.13], rng.between(13.0, 20.0), rng);
    }
    let inner = [band[0] + 8.0, width - band[1] - 8.0];
    if two {
        let at = written.find(['-', ' ']).unwrap_or(written.len() / 2);
        let (upper, lower) = written.split_at(at);
        let lower = if greek && rng.chance(0.8) { lower } else { lower.trim_start_matches(['-', ' ']) };
        let middles = [0.27 * height + rng.normal() * 2.0, 0.73 * height + rng.normal() * 2.0];
        line(&mut sheet, &look, upper, middles[0], inner, rng);
        line(&mut sheet, &look, lower, middles[1], [10.0, width - 10.0], rng);
    } else {
        line(&mut sheet, &look, &written, top, inner, rng);
    }
    worn(&mut sheet, &look, rng);
    let text = written.chars().filter(|character| !matches!(character, ' ' | '-')).collect();
    Plate { sheet, text, lines: if two { Lines::Two } else { Lines::One } }
}

/// Border, bands, bolts; gives the room the bands take on the left and on the right.
fn furniture(sheet: &mut Sheet, look: &Look<'_>, size: [f32; 2], country: &str, rng: &mut Rng) -> [f32; 2] {
    let [width, height] = size.map(|side| side * look.scale);
    let scale = look.scale;
    if rng.chance(0.6) {
        let (edge, thick) = (rng.between(1.0, 5.0) * scale, rng.between(2.0, 5.0) * scale);
        for corner in [
            [edge, edge, width - edge, edge + thick],
            [edge, height - edge - thick, width - edge, height - edge],
            [edge, edge, edge + thick, height - edge],
            [width - edge - thick, edge, width - edge, height - edge],
        ] {
            sheet.rectangle(corner, look.ink);
        }
    }
    let mut band = [0.0, 0.0];
    let bandless = country == "BR";
    let short = width < 350.0 * scale;
    for (side, probability) in [(0, 0.72), (1, if country == "GR" { 0.0 } else { 0.12 })] {
        if bandless || !rng.chance(probability) {
            continue;
        }
        let wide = rng.between(36.0, 48.0) * if short { 0.8 } else { 1.0 };
        band[side] = wide;
        let left = if side == 0 { 0.0 } else { width - wide * scale };
        let tall = if short { height * 0.5 } else { height };
        let blue = rng.between(0.08, 0.35);
        sheet.rectangle([left, 0.0, left + wide * scale, tall], blue);
        let light = rng.between(0.6, 0.95);
        let centre = [left + wide * scale / 2.0, tall * 0.32];
        let radius = wide * scale * 0.28;
        for star in 0..12 {
            let turn = star as f32 * std::f32::consts::TAU / 12.0;
            let at = [centre[0] + radius * turn.cos(), centre[1] + radius * turn.sin()];
            sheet.ellipse(at, [1.8 * scale; 2], light, None);
        }
        let name = if country.is_empty() { "D" } else { country };
        let tall_letter = 20.0 * scale;
        let middle = tall * 0.78;
        letters(sheet, look.letters, name, [centre[0], middle], tall_letter, 0.9, light);
    }
    if rng.chance(0.4) {
        let light = rng.between(0.0, 1.0);
        let radius = rng.between(3.0, 7.0) * scale;
        let (x, y) = (rng.between(0.1, 0.35) * width, rng.between(0.08, 0.92) * height);
        let y = if rng.chance(0.5) { y } else { height / 2.0 };
        sheet.ellipse([x, y], [radius; 2], light, None);
        sheet.ellipse([width - x, y], [radius; 2], light, None);
    }
    band
}

/// Letters around a point, as wide as they are.
pub fn letters(
    sheet: &mut Sheet,
    face: &Face,
    text: &str,
    at: [f32; 2],
    tall: f32,
    wide: f32,
    light: f32,
) -> f32 {
    let space = 0.12 * tall;
    let width: f32 = text.chars().map(|character| face.glyph(character).ink * tall * wide + space).sum();
    let mut x = at[0] - width / 2.0;
    for character in text.chars() {
        let glyph = face.glyph(character);
        ink(sheet, glyph, [x, at[1] - tall / 2.0], [wide * tall, tall], 0.0, light);
        x += glyph.ink * tall * wide + space;
    }
    width
}

/// One letter with its top left at a point; `size` is how large a capital's height is across and down.
fn ink(sheet: &mut Sheet, glyph: &crate::glyph::Glyph, at: [f32; 2], size: [f32; 2], bold: f32, light: f32) {
    let area =
        [at[0] - 2.0, at[1] - 0.25 * size[1], at[0] + glyph.ink * size[0] + 2.0, at[1] + 1.3 * size[1]];
    let soft = f32::midpoint(size[0], size[1]);
    sheet.paint(area, light, |x, y| {
        let depth = glyph.depth((x - at[0]) / size[0], (y - at[1]) / size[1]);
        (depth + bold) * soft + 0.5
    });
}

fn small_text(sheet: &mut Sheet, look: &Look<'_>, [x, y]: [f32; 2], tall: f32, rng: &mut Rng) {
    let words: String = (0..rng.usize(6..16)).map(|_| rng.uppercase()).collect();
    let at = [(x + 80.0) * look.scale, y * look.scale];
    letters(sheet, look.letters, &words, at, tall * look.scale, 1.0, look.ink);
}

/// A line of characters around the height `middle`, between two edges, in millimetres.
fn line(sheet: &mut Sheet, look: &Look<'_>, text: &str, middle: f32, inner: [f32; 2], rng: &mut Rng) {
    let wide = |character: char| match character {
        '0'..='9' => look.digits.glyph(character).ink * look.digit_wide,
        '-' | ' ' => look.gap,
        other => look.letters.glyph(other).ink * look.letter_wide,
    };
    let natural: f32 = text.chars().map(|character| wide(character) + look.space).sum::<f32>() - look.space;
    let room = inner[1] - inner[0];
    let squeeze = (room / natural).min(1.0);
    let slack = (room - natural * squeeze).max(0.0);
    let mut x = inner[0] + slack * (0.5 + 0.25 * rng.normal()).clamp(0.0, 1.0);
    let dash = rng.usize(..4);
    for character in text.chars() {
        let step = wide(character) * squeeze;
        let s = look.scale;
        match character {
            ' ' | '-' => separator(sheet, look, [x, middle, step], dash, rng),
            other => {
                let (face, across) = if other.is_ascii_digit() {
                    (look.digits, look.digit_wide)
                } else {
                    (look.letters, look.letter_wide)
                };
                let at = [x * s, (middle - look.tall / 2.0 + rng.normal() * 0.5) * s];
                ink(sheet, face.glyph(other), at, [across * squeeze * s, look.tall * s], look.bold, look.ink);
            }
        }
        x += step + look.space * squeeze;
    }
}

/// What parts two groups: nothing, a dash, a seal above it, stickers.
fn separator(sheet: &mut Sheet, look: &Look<'_>, [x, middle, wide]: [f32; 3], dash: usize, rng: &mut Rng) {
    let s = look.scale;
    let centre = x + wide / 2.0;
    if dash == 1 || dash == 2 {
        let (half, thick) = ((wide * 0.3).clamp(3.0, 11.0), rng.between(3.0, 5.5));
        let y = middle + rng.between(-2.0, 12.0);
        sheet.rectangle(
            [(centre - half) * s, (y - thick) * s, (centre + half) * s, (y + thick) * s],
            look.ink,
        );
    }
    if dash >= 2 {
        let light = look.ground * rng.between(0.35, 0.95);
        let radius = (wide * 0.45).clamp(3.0, 15.0);
        for y in if dash == 3 { &[-18.0, 18.0][..] } else { &[-17.0][..] } {
            let at = [centre * s, (middle + y) * s];
            let rim = rng.chance(0.5).then_some(2.0 * s);
            sheet.ellipse(at, [radius * s; 2], light, None);
            sheet.ellipse(at, [radius * s * 0.7; 2], light * 0.7, rim);
        }
    }
}

/// Dirt and scratched paint.
fn worn(sheet: &mut Sheet, look: &Look<'_>, rng: &mut Rng) {
    let (width, height) = (sheet.width as f32, sheet.height as f32);
    if rng.chance(0.25) {
        for _ in 0..rng.usize(1..12) {
            let at = [rng.f32() * width, rng.f32() * height];
            let radius = rng.between(1.0, 14.0) * look.scale;
            let (light, thick) = (rng.between(0.1, 0.6), rng.between(0.1, 0.6));
            let area = [at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius];
            sheet.paint(area, light, |x, y| {
                (1.0 - (x - at[0]).hypot(y - at[1]) / radius).max(0.0) * 2.0 * thick
            });
        }
    }
    if rng.chance(0.12) {
        for point in &mut sheet.points {
            if *point < 0.5 && rng.chance(0.3) {
                *point += (look.ground - *point) * rng.f32();
            }
        }
    }
}
