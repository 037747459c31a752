//! Letters as fields of distance: drawn at any size, as bold or thin as wanted.

use std::sync::Arc;

use crate::hand::{self, GREEK, Hand};
use fastrand::Rng;
use fontdue::{Font, FontSettings};
use tameio_drivers::plate_reader::alphabet::ALPHABET;

/// Points of a field per height of a capital.
const UNIT: f32 = 48.0;
/// Points around the ink.
const PAD: usize = 6;

/// A letter: at each point how far it is into the ink (below nought: outside), in heights of a capital.
pub struct Glyph {
    width: usize,
    height: usize,
    field: Vec<f32>,
    /// Where the capital's top lies in the field.
    top: f32,
    /// Width of the ink in heights of a capital.
    pub ink: f32,
}

impl Glyph {
    /// How far `x` (from the left of the ink), `y` (from the capital's top) is into the ink.
    pub fn depth(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x * UNIT + PAD as f32 - 0.5, y * UNIT + self.top - 0.5);
        if x < 0.0 || y < 0.0 || x >= (self.width - 1) as f32 || y >= (self.height - 1) as f32 {
            return -0.1;
        }
        let (ix, iy) = (x as usize, y as usize);
        let (fx, fy) = (x - ix as f32, y - iy as f32);
        let at = iy * self.width + ix;
        let mix = |a: f32, b: f32, f: f32| a + (b - a) * f;
        let upper = mix(self.field[at], self.field[at + 1], fx);
        let lower = mix(self.field[at + self.width], self.field[at + self.width + 1], fx);
        mix(upper, lower, fy)
    }

    /// From the outline of a font; the picture is taken at twice the field's density.
    fn outline(font: &Font, character: char, size: f32, capital: f32) -> Self {
        let (metrics, ink) = font.rasterize(character, size);
        let (w, h) = (metrics.width, metrics.height);
        let inside = |x: isize, y: isize| {
            x >= 0 && y >= 0 && (x as usize) < w && (y as usize) < h && ink[y as usize * w + x as usize] > 127
        };
        let (width, height) = (w.div_ceil(2) + 2 * PAD, h.div_ceil(2) + 2 * PAD);
        let mut field = Vec::with_capacity(width * height);
        let reach = 2 * PAD as isize;
        for y in 0..height {
            for x in 0..width {
                let (cx, cy) = (2 * (x as isize - PAD as isize), 2 * (y as isize - PAD as isize));
                let own = inside(cx, cy);
                let mut nearest = (reach * reach) as f32;
                for dy in -reach..=reach {
                    for dx in -reach..=reach {
                        let squared = (dx * dx + dy * dy) as f32;
                        if squared < nearest && inside(cx + dx, cy + dy) != own {
                            nearest = squared;
                        }
                    }
                }
                let distance = (nearest.sqrt() - 0.5) / (2.0 * UNIT);
                field.push(if own { distance } else { -distance });
            }
        }
        // Distance of the ink's top below the capital's top.
        let below = capital - (metrics.ymin as f32 + h as f32);
        Self { width, height, field, top: PAD as f32 - below / 2.0, ink: w as f32 / (2.0 * UNIT) }
    }

    /// From strokes drawn here.
    fn drawn(character: char, hand: &Hand) -> Self {
        let (lines, ink) = hand::lines(character, hand);
        let stroke = hand.stroke;
        let (width, height) = ((ink * UNIT) as usize + 2 * PAD, UNIT as usize + 2 * PAD);
        let half = stroke / 2.0;
        let mut field = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let at = [(x as f32 + 0.5 - PAD as f32) / UNIT, (y as f32 + 0.5 - PAD as f32) / UNIT];
                let nearest = lines.iter().map(|line| from_segment(at, *line, ink, half)).fold(1.0, f32::min);
                field.push(half - nearest);
            }
        }
        Self { width, height, field, top: PAD as f32, ink }
    }
}

/// Distance of a point from a line whose ends are given in parts of the box, drawn in by half a stroke.
fn from_segment(at: [f32; 2], line: [f32; 4], ink: f32, half: f32) -> f32 {
    let place = |x: f32, y: f32| [half + x * (ink - 2.0 * half), half + y * (1.0 - 2.0 * half)];
    let (a, b) = (place(line[0], line[1]), place(line[2], line[3]));
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let along = ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / (dx * dx + dy * dy).max(1e-9);
    let along = along.clamp(0.0, 1.0);
    (at[0] - a[0] - along * dx).hypot(at[1] - a[1] - along * dy)
}

/// The characters of a plate in one hand.
#[derive(Clone)]
pub struct Face {
    glyphs: Vec<Arc<Glyph>>,
    /// Mean width of a letter in heights of a capital.
    pub letter: f32,
    /// Mean width of a digit.
    pub digit: f32,
}

impl Face {
    fn new(name: &'static str, bytes: &[u8]) -> Self {
        let font = Font::from_bytes(bytes, FontSettings::default())
            .unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let capital = |size: f32| {
            let metrics = font.metrics('H', size);
            metrics.ymin as f32 + metrics.height as f32
        };
        let size = 100.0 * 2.0 * UNIT / capital(100.0);
        let capital = capital(size);
        let glyphs: Vec<Glyph> = ALPHABET
            .iter()
            .map(|character| match character {
                'Δ' | 'Λ' | 'Ξ' | 'Π' | 'Σ' => Glyph::drawn(*character, &GREEK),
                latin => Glyph::outline(&font, *latin, size, capital),
            })
            .collect();
        Self::of(glyphs)
    }

    /// In a hand drawn here.
    fn drawn(hand: &Hand) -> Self {
        Self::of(ALPHABET.iter().map(|character| Glyph::drawn(*character, hand)).collect())
    }

    /// The same hand, whose 1 is the bar that is its I.
    fn barred(&self) -> Self {
        let mut glyphs = self.glyphs.clone();
        glyphs[1] = Arc::clone(&glyphs[18]);
        Self { glyphs, ..*self }
    }

    fn of(glyphs: Vec<Glyph>) -> Self {
        let glyphs: Vec<Arc<Glyph>> = glyphs.into_iter().map(Arc::new).collect();
        let mean = |part: &[Arc<Glyph>]| part.iter().map(|glyph| glyph.ink).sum::<f32>() / part.len() as f32;
        let (letter, digit) = (mean(&glyphs[10..36]), mean(&glyphs[..10]));
        Self { glyphs, letter, digit }
    }

    /// The letter in this hand.
    pub fn glyph(&self, character: char) -> &Glyph {
        let index = tameio_drivers::plate_reader::alphabet::index(character);
        &self.glyphs[index.unwrap_or_else(|| panic!("{character} is not on plates"))]
    }
}

macro_rules! faces {
    ($($file:literal),* $(,)?) => { vec![$(Face::new($file, include_bytes!(concat!("../fonts/", $file)))),*] };
}

/// Hands drawn here to train with.
const DRAWN: usize = 64;

/// The hands to train with: fonts, each three times and once with a 1 that is a bar, and somewhat more drawn here.
pub fn training() -> Vec<Face> {
    let fonts = faces![
        "OSP-DIN.ttf",
        "RG2014B.ttf",
        "RG2014D.ttf",
        "RG2014E.ttf",
        "RG2014EM.ttf",
        "RG2014F.ttf",
        "routed-gothic.ttf",
        "BebasNeue-Regular.otf",
        "BebasNeue-Bold.otf",
        "Dosis-Medium.otf",
        "Dosis-SemiBold.otf",
        "Dosis-Bold.otf",
    ];
    let mut faces: Vec<Face> =
        fonts.iter().flat_map(|face| [face.clone(), face.clone(), face.clone(), face.barred()]).collect();
    faces.extend(drawn(DRAWN, 31));
    faces
}

fn drawn(count: usize, seed: u64) -> impl Iterator<Item = Face> {
    let mut rng = Rng::with_seed(seed);
    (0..count).map(move |_| Face::drawn(&Hand::any(&mut rng)))
}

/// The hands kept out of training.
pub fn held_out() -> Vec<Face> {
    faces!["RG2014C.ttf", "routed-gothic-narrow.ttf"]
}

/// More hands kept out of training, to learn from how sure a reading may be: fonts, and hands drawn by another chance.
pub fn strangers() -> Vec<Face> {
    let fonts = held_out();
    let mut faces: Vec<Face> = fonts.iter().flat_map(|face| std::iter::repeat_n(face.clone(), 6)).collect();
    faces.extend(drawn(12, 77));
    faces
}
