//! Plates where they hang: on cars, askew, among other things.

use fastrand::Rng;
use tameio_drivers::plate_reader::picture::Picture;
use tameio_drivers::plate_reader::rectify::{Homography, Lines, Quad, crop};

use crate::glyph::Face;
use crate::photograph::{Hardness, photograph};
use crate::plate::{self, Mix, Plate};
use crate::sheet::{Chance, Sheet};

/// Lays a plate into a scene.
pub fn paste(scene: &mut Sheet, plate: &Sheet, quad: &Quad) {
    let to = Homography::from_unit(quad);
    let [left, top, right, bottom] = quad.bounds();
    let clamp = |value: f32, max: usize| value.clamp(0.0, max as f32) as usize;
    let (x0, x1) = (clamp(left.floor(), scene.width), clamp(right.ceil(), scene.width));
    let (y0, y1) = (clamp(top.floor(), scene.height), clamp(bottom.ceil(), scene.height));
    let (width, height) = (plate.width as f32, plate.height as f32);
    for y in y0..y1 {
        for x in x0..x1 {
            let (mut sum, mut hits) = (0.0, 0.0);
            for (sx, sy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let [u, v] = to.unmap(x as f32 + sx, y as f32 + sy);
                if (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v) {
                    sum += plate.between(u * width, v * height);
                    hits += 1.0;
                }
            }
            if hits > 0.0 {
                let point = &mut scene.points[y * scene.width + x];
                *point += (sum / hits - *point) * (hits / 4.0);
            }
        }
    }
}

/// Corners of a plate `width` points wide around a point, as seen from somewhere.
pub fn askew(centre: [f32; 2], [width, height]: [f32; 2], hardness: Hardness, rng: &mut Rng) -> Quad {
    let ease = if hardness == Hardness::Easy { 0.3 } else { 1.0 };
    let turn = rng.normal() * 0.07 * ease;
    let shear = rng.normal() * 0.07 * ease;
    let narrow = 1.0 - rng.f32() * rng.f32() * 0.35 * ease;
    let (w, h) = (width * narrow / 2.0, height / 2.0);
    let tilt = [rng.normal() * 0.04 * ease, rng.normal() * 0.04 * ease];
    let slope = shear;
    Quad([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]].map(|[x, y]| {
        let grow = 1.0 + tilt[0] * x + tilt[1] * y;
        let (px, py) = (x * w * grow, (y * h + slope * x * w) * grow);
        [centre[0] + px * turn.cos() - py * turn.sin(), centre[1] + px * turn.sin() + py * turn.cos()]
    }))
}

/// A sample for the reader.
pub struct Sample {
    pub crop: Vec<f32>,
    pub text: String,
}

/// A photographed plate with the corners somebody found, more or less.
pub struct Shot {
    pub width: usize,
    pub height: usize,
    pub points: Vec<u8>,
    pub truth: Quad,
    pub text: String,
    pub lines: Lines,
}

impl Shot {
    pub fn picture(&self) -> Picture<'_> {
        Picture::new(self.width, self.height, &self.points).unwrap_or_else(|| panic!("a shot has points"))
    }
}

/// Over so many plates lamps shine.
pub const LAMPS: f32 = 0.2;

/// Takes a picture of one plate of a given width in points.
pub fn shot(mix: Mix, faces: &[Face], wide: f32, hardness: Hardness, rng: &mut Rng) -> Shot {
    let seed = rng.u64(..);
    let mut look = Rng::with_seed(seed);
    let rough = wide / 520.0;
    let Plate { sheet, text, lines } = plate::draw(mix, faces, (rough * 1.6).clamp(0.25, 1.0), &mut look);
    let tall = wide * sheet.height as f32 / sheet.width as f32;
    let (width, height) = ((wide * 1.35) as usize + 8, (tall * 1.9 + wide * 0.15) as usize + 8);
    let mut scene = Sheet::new(width, height, rng.between(0.02, 0.9));
    for _ in 0..rng.usize(0..7) {
        clutter(&mut scene, faces, rng);
    }
    let truth = askew([width as f32 / 2.0, height as f32 / 2.0], [wide, tall], hardness, rng);
    frame(&mut scene, faces, &truth, rng);
    paste(&mut scene, &sheet, &truth);
    if hardness == Hardness::Any && rng.chance(LAMPS) {
        lamps(&mut scene, &truth, rng);
    }
    Shot {
        width,
        height,
        points: photograph(scene, hardness, (wide / 150.0).min(1.0), rng),
        truth,
        text,
        lines,
    }
}

/// The lamps over a plate, or the sun on it: they wash letters out where they fall.
pub fn lamps(scene: &mut Sheet, quad: &Quad, rng: &mut Rng) {
    let to = Homography::from_unit(quad);
    let (w, h) = (quad.width(), quad.height());
    let both = rng.chance(0.6);
    let aside = rng.between(0.15, 0.35);
    let (high, light) = (rng.between(-0.25, 0.25), rng.between(0.85, 1.25));
    let radius = [rng.between(0.05, 0.25) * w, rng.between(0.25, 1.1) * h];
    let strength = rng.between(0.4, 1.8);
    for side in if both { &[-1.0, 1.0][..] } else { &[0.0][..] } {
        let at = to.map(0.5 + side * aside + 0.1 * rng.normal(), high + 0.05 * rng.normal());
        let area = [
            at[0] - 2.5 * radius[0],
            at[1] - 2.5 * radius[1],
            at[0] + 2.5 * radius[0],
            at[1] + 2.5 * radius[1],
        ];
        scene.paint(area, light, |x, y| {
            strength * (-((x - at[0]) / radius[0]).powi(2) - ((y - at[1]) / radius[1]).powi(2)).exp()
        });
    }
}

/// A dealer's frame, or a dark recess, around a plate.
pub fn frame(scene: &mut Sheet, faces: &[Face], quad: &Quad, rng: &mut Rng) {
    if rng.chance(0.4) {
        return;
    }
    let light = if rng.chance(0.7) { rng.between(0.0, 0.25) } else { rng.between(0.3, 0.9) };
    let grown = quad.grown(rng.between(0.005, 0.04), rng.between(0.02, 0.12));
    let mut surround = Sheet::new(120, 30, light);
    let below = rng.chance(0.4);
    let grown = if below {
        let to = Homography::from_unit(&grown);
        let text: String = (0..rng.usize(5..14)).map(|_| rng.uppercase()).collect();
        let ink = if light < 0.4 { 0.8 } else { 0.1 };
        plate::letters(&mut surround, rng.pick(faces), &text, [60.0, 27.0], 3.5, 1.0, ink);
        Quad([to.map(0.0, 0.0), to.map(1.0, 0.0), to.map(1.0, 1.18), to.map(0.0, 1.18)])
    } else {
        grown
    };
    paste(scene, &surround, &grown);
}

/// The crop of a plate whose corners were found with the errors a finder makes.
pub fn sample(mix: Mix, faces: &[Face], rng: &mut Rng) -> Sample {
    let wide = (rng.between((46f32).ln(), (260f32).ln())).exp();
    let shot = shot(mix, faces, wide, Hardness::Any, rng);
    let quad = found(&shot.truth, 1.0, rng);
    Sample { crop: crop(shot.picture(), &quad, shot.lines), text: shot.text }
}

/// The corners as a finder would give them, grown as the reader wants them.
pub fn found(truth: &Quad, error: f32, rng: &mut Rng) -> Quad {
    let (w, h) = (truth.width(), truth.height());
    if error > 0.0 && rng.chance(0.12) {
        let [left, top, right, bottom] = truth.bounds();
        let part = if bottom - top > 1.7 * h { 0.0 } else { 1.0 };
        let upright = Quad::upright(left, top, right - left, bottom - top);
        if part > 0.0 {
            return upright.grown(rng.between(-0.02, 0.06), rng.between(-0.04, 0.15));
        }
    }
    let shift = [rng.normal() * 0.02 * w, rng.normal() * 0.06 * h].map(|by| by * error);
    let near = Quad(truth.0.map(|[x, y]| {
        [x + shift[0] + rng.normal() * 0.012 * w * error, y + shift[1] + rng.normal() * 0.035 * h * error]
    }));
    near.grown(MARGIN[0] + rng.normal() * 0.025 * error, MARGIN[1] + rng.normal() * 0.08 * error)
}

/// What the reader wants around a plate, in parts of its width and height.
pub use tameio_drivers::plate_reader::MARGIN;

/// One thing that is no plate.
pub fn clutter(scene: &mut Sheet, faces: &[Face], rng: &mut Rng) {
    let (width, height) = (scene.width as f32, scene.height as f32);
    let light = rng.f32();
    let at = [rng.f32() * width, rng.f32() * height];
    let size = [rng.f32() * rng.f32() * width, rng.f32() * rng.f32() * height * 0.6];
    match rng.u8(..10) {
        0 | 1 => scene.rectangle([at[0], at[1], at[0] + size[0], at[1] + size[1]], light),
        2 => scene.ellipse(at, [size[0] * 0.4, size[1] * 0.6], light, rng.chance(0.4).then_some(2.0)),
        3 | 4 => {
            let to = [rng.f32() * width, at[1] + rng.normal() * height * 0.2];
            scene.line(at, to, rng.between(0.7, 6.0), light);
        }
        5 => {
            let to = [at[0] + rng.normal() * 10.0, rng.f32() * height];
            scene.line(at, to, rng.between(0.7, 5.0), light);
        }
        6 => grille(scene, at, size, light, rng),
        7 => scrub(scene, at, light, rng),
        _ => words(scene, faces, at, light, rng),
    }
}

/// Bars side by side, as of a grille, a fence or a shutter.
fn grille(scene: &mut Sheet, at: [f32; 2], size: [f32; 2], light: f32, rng: &mut Rng) {
    let step = rng.between(3.0, 14.0);
    let thick = step * rng.between(0.2, 0.7);
    let upright = rng.chance(0.6);
    let long = if upright { size[0] } else { size[1] };
    let mut along = 0.0;
    while along < long {
        let bar = if upright {
            [at[0] + along, at[1], at[0] + along + thick, at[1] + size[1].min(60.0)]
        } else {
            [at[0], at[1] + along, at[0] + size[0], at[1] + along + thick]
        };
        scene.rectangle(bar, light);
        along += step;
    }
}

/// Twigs and leaves.
fn scrub(scene: &mut Sheet, at: [f32; 2], light: f32, rng: &mut Rng) {
    let spread = rng.between(5.0, 50.0);
    for _ in 0..rng.usize(10..60) {
        let from = [at[0] + rng.normal() * spread, at[1] + rng.normal() * spread];
        let to = [from[0] + rng.normal() * 8.0, from[1] + rng.normal() * 8.0];
        scene.line(from, to, rng.between(0.5, 2.0), light * rng.between(0.6, 1.3));
    }
}

/// Writing that is no plate: on a wall, a bumper, a sign.
fn words(scene: &mut Sheet, faces: &[Face], at: [f32; 2], light: f32, rng: &mut Rng) {
    let tall = rng.between(4.0, 26.0);
    let text: String = (0..rng.usize(1..12)).map(|_| rng.uppercase()).collect();
    // A board with as much on it as on a plate would be one.
    if !(4..10).contains(&text.len()) && rng.chance(0.4) {
        let half = text.len() as f32 * tall * 0.35;
        scene.rectangle([at[0] - half, at[1] - tall, at[0] + half, at[1] + tall], (light + 0.5).fract());
    }
    plate::letters(scene, rng.pick(faces), &text, at, tall, rng.between(0.7, 1.6), light);
}
