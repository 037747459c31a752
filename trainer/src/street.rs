//! Whole scenes for the finder: cars, walls, trees, writing, and plates or none.

use fastrand::Rng;
use tameio_drivers::plate_reader::rectify::{Lines, Quad};

use crate::glyph::Face;
use crate::photograph::{Hardness, photograph};
use crate::plate::{self, Mix};
use crate::scene::{LAMPS, askew, clutter, frame, lamps, paste};
use crate::sheet::{Chance, Sheet};

/// A photographed scene and the plates in it.
pub struct Street {
    pub width: usize,
    pub height: usize,
    pub points: Vec<u8>,
    pub plates: Vec<(Quad, Lines, String)>,
}

/// What a scene is to hold.
pub struct Wanted {
    pub width: usize,
    pub height: usize,
    /// Least and greatest width of a plate, in points.
    pub wide: [f32; 2],
    pub mix: Mix,
    pub hardness: Hardness,
}

/// Takes a picture of a street.
pub fn street(wanted: &Wanted, faces: &[Face], rng: &mut Rng) -> Street {
    let mut scene = Sheet::new(wanted.width, wanted.height, 0.5);
    ground(&mut scene, rng);
    for _ in 0..rng.usize(2..30) {
        clutter(&mut scene, faces, rng);
    }
    let mut hung: Vec<(Quad, plate::Plate)> = Vec::new();
    for _ in 0..*rng.pick(&[0, 1, 1, 1, 2, 2, 3]) {
        let wide = rng.between(wanted.wide[0].ln(), wanted.wide[1].ln()).exp();
        let drawn = plate::draw(wanted.mix, faces, (wide / 520.0 * 1.6).clamp(0.12, 1.0), rng);
        let wide = if drawn.lines == Lines::Two { wide * 0.7 } else { wide };
        let tall = wide * drawn.sheet.height as f32 / drawn.sheet.width as f32;
        let place = |rng: &mut Rng, room: usize, size: f32| {
            let low = (size * 0.55).min(room as f32 / 2.0);
            rng.between(low, (room as f32 - low).max(low + 0.1))
        };
        let at = [place(rng, scene.width, wide), place(rng, scene.height, tall)];
        let quad = askew(at, [wide, tall], wanted.hardness, rng);
        if hung.iter().all(|(other, _)| other.grown(0.3, 1.0).overlap(&quad.grown(0.3, 1.0)) == 0.0) {
            hung.push((quad, drawn));
        }
    }
    // All cars before the first plate: none hides another's.
    for (quad, drawn) in &hung {
        if rng.chance(0.75) {
            let wide = quad.width() / if drawn.lines == Lines::Two { 0.7 } else { 1.0 };
            car(&mut scene, quad.centre(), wide, rng);
        }
    }
    let mut plates = Vec::new();
    for (quad, drawn) in hung {
        frame(&mut scene, faces, &quad, rng);
        paste(&mut scene, &drawn.sheet, &quad);
        if wanted.mix != Mix::Greek && wanted.hardness == Hardness::Any && rng.chance(LAMPS) {
            lamps(&mut scene, &quad, rng);
        }
        plates.push((quad, drawn.lines, drawn.text));
    }
    if plates.is_empty() && rng.chance(0.5) {
        let at = [rng.f32() * scene.width as f32, rng.f32() * scene.height as f32];
        car(&mut scene, at, rng.between(30.0, 120.0), rng);
    }
    let points = photograph(scene, wanted.hardness, 0.45, rng);
    Street { width: wanted.width, height: wanted.height, points, plates }
}

/// Sky, walls and road: slow changes of light in several sizes.
fn ground(scene: &mut Sheet, rng: &mut Rng) {
    let base = rng.between(0.1, 0.8);
    scene.points.fill(base);
    let (width, height) = (scene.width, scene.height);
    if rng.chance(0.6) {
        let horizon = rng.between(0.1, 0.7) * height as f32;
        scene.rectangle([-2.0, -2.0, width as f32 + 2.0, horizon], rng.between(0.2, 1.0));
    }
    for (cells, depth) in [(4.0f32, 0.3f32), (16.0, 0.12), (60.0, 0.1)] {
        let depth = depth * rng.f32();
        let (columns, rows) = (cells as usize + 2, (cells * height as f32 / width as f32) as usize + 2);
        let mut grid = Sheet::new(columns, rows, 0.0);
        grid.points.iter_mut().for_each(|point| *point = rng.normal() * depth);
        let step = cells / width as f32;
        for y in 0..height {
            for x in 0..width {
                scene.points[y * width + x] += grid.between(x as f32 * step + 0.5, y as f32 * step + 0.5);
            }
        }
    }
    scene.points.iter_mut().for_each(|point| *point = point.clamp(0.0, 1.0));
}

/// The back or front of a car whose plate hangs at a point and is `wide` points wide.
fn car(scene: &mut Sheet, at: [f32; 2], wide: f32, rng: &mut Rng) {
    let unit = wide / 0.52; // points a metre
    let paint = if rng.chance(0.5) { rng.between(0.02, 0.3) } else { rng.between(0.3, 0.95) };
    let part = |x0: f32, y0: f32, x1: f32, y1: f32| {
        [at[0] + x0 * unit, at[1] + y0 * unit, at[0] + x1 * unit, at[1] + y1 * unit]
    };
    let below = rng.between(0.1, 0.5);
    let top = -rng.between(0.35, 0.7);
    scene.rectangle(part(-0.85, top, 0.85, below), paint);
    scene.rectangle(part(-0.7, top - 0.5, 0.7, top), paint * 0.9);
    let glass = rng.between(0.02, 0.5);
    scene.rectangle(part(-0.6, top - 0.42, 0.6, top - 0.05), glass);
    let lamp = rng.between(0.1, 1.2);
    let high = rng.between(-0.4, -0.05);
    for side in [-1.0, 1.0] {
        let at = [at[0] + side * 0.68 * unit, at[1] + high * unit];
        scene.ellipse(at, [0.16 * unit, rng.between(0.05, 0.14) * unit], lamp, None);
        let wheel = [at[0], at[1] - high * unit + (below + 0.05) * unit];
        scene.ellipse(wheel, [0.13 * unit, 0.2 * unit], 0.05, None);
    }
    if rng.chance(0.6) {
        let y = rng.between(-0.1, 0.25);
        let light = (paint + rng.between(-0.3, 0.3)).clamp(0.0, 1.0);
        scene.rectangle(part(-0.88, y, 0.88, y + rng.between(0.03, 0.25)), light);
    }
    if rng.chance(0.5) {
        let (y, tall) = (rng.between(-0.35, 0.2), rng.between(0.1, 0.25));
        scene.rectangle(part(-0.5, y, 0.5, y + tall), rng.between(0.02, 0.15));
        for bar in 0..rng.usize(0..6) {
            let y = y + tall * bar as f32 / 6.0;
            scene.rectangle(part(-0.5, y, 0.5, y + 0.012), rng.between(0.2, 0.9));
        }
    }
    if rng.chance(0.4) {
        let recess = [rng.between(0.28, 0.4), rng.between(0.08, 0.16)];
        let light = (paint * rng.between(0.3, 1.2)).min(1.0);
        scene.rectangle(part(-recess[0], -recess[1], recess[0], recess[1]), light);
    }
    if rng.chance(0.3) {
        scene.ellipse([at[0], at[1] - 0.2 * unit], [0.06 * unit; 2], rng.f32(), Some(0.02 * unit));
    }
}
