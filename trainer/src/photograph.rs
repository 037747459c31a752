//! What light, lens, sensor and file make of a scene.

use fastrand::Rng;

use crate::sheet::{Chance, Sheet};

/// How hard the conditions are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Hardness {
    /// As a well mounted camera sees a clean plate.
    Easy,
    /// As the night, the rain and a cheap camera do.
    Any,
}

/// Takes the photograph: a byte a point.
/// `fine` is how much of full sharpness its letters need, 1 or less: small ones bear less blur.
pub fn photograph(mut sheet: Sheet, hardness: Hardness, fine: f32, rng: &mut Rng) -> Vec<u8> {
    let any = hardness == Hardness::Any;
    sheet.shade(rng, if any { 0.35 } else { 0.1 });
    if any && rng.chance(0.15) {
        glare(&mut sheet, rng);
    }
    if any && rng.chance(0.15) {
        shadow(&mut sheet, rng);
    }
    let contrast = expose(&mut sheet, any, rng);
    if any && rng.chance(0.3) {
        smear(&mut sheet, 1.0 + 5.0 * fine, rng);
    }
    let sigma = if any { rng.f32() * rng.f32() * (0.5 + 1.9 * fine) } else { rng.f32() * 0.6 * fine };
    blur(&mut sheet, sigma);
    if any && rng.chance(0.25) {
        coarse(&mut sheet, rng.between(1.1, 1.3 + 0.6 * fine));
    }
    let noise =
        contrast * (0.3 + 0.7 * fine) * if any { rng.f32() * rng.f32() * 0.11 } else { rng.f32() * 0.02 };
    for point in &mut sheet.points {
        *point += rng.normal() * noise;
    }
    if any && rng.chance(0.3) {
        sharpen(&mut sheet, rng.between(0.3, 1.5));
    }
    if rng.chance(if any { 0.8 } else { 0.5 }) {
        let quality = if any { rng.between(18.0, 92.0) } else { rng.between(60.0, 95.0) };
        jpeg(&mut sheet, quality);
    }
    sheet.points.iter().map(|point| (point * 255.0 + 0.5).clamp(0.0, 255.0) as u8).collect()
}

fn glare(sheet: &mut Sheet, rng: &mut Rng) {
    let (width, height) = (sheet.width as f32, sheet.height as f32);
    for _ in 0..rng.usize(1..4) {
        let at = [rng.f32() * width, rng.f32() * height];
        let radius = rng.between(0.05, 0.3) * height.max(40.0);
        let strength = rng.between(0.3, 1.6);
        let area = [at[0] - 3.0 * radius, at[1] - 3.0 * radius, at[0] + 3.0 * radius, at[1] + 3.0 * radius];
        sheet.paint(area, 1.4, |x, y| {
            let squared = ((x - at[0]).powi(2) + (y - at[1]).powi(2)) / (radius * radius);
            strength * (-squared).exp()
        });
    }
}

fn shadow(sheet: &mut Sheet, rng: &mut Rng) {
    let (width, height) = (sheet.width as f32, sheet.height as f32);
    let turn = rng.f32() * std::f32::consts::TAU;
    let (nx, ny) = (turn.cos(), turn.sin());
    let middle = nx * rng.between(0.2, 0.8) * width + ny * rng.between(0.2, 0.8) * height;
    let (soft, dark) = (rng.between(1.0, 8.0), rng.between(0.3, 0.8));
    for y in 0..sheet.height {
        for x in 0..sheet.width {
            let side = ((nx * x as f32 + ny * y as f32 - middle) / soft).clamp(-1.0, 1.0) * 0.5 + 0.5;
            sheet.points[y * sheet.width + x] *= 1.0 - side * (1.0 - dark);
        }
    }
}

/// Gives what is left of the contrast.
fn expose(sheet: &mut Sheet, any: bool, rng: &mut Rng) -> f32 {
    let gamma = if any { (rng.normal() * 0.3).exp() } else { (rng.normal() * 0.1).exp() };
    let low = if any { rng.f32() * rng.f32() * 0.5 } else { rng.f32() * 0.1 };
    let high = if any { low + (1.25 - low) * rng.between(0.2, 1.0) } else { rng.between(0.7, 1.0) };
    for point in &mut sheet.points {
        *point = low + (high - low) * point.max(0.0).powf(gamma);
    }
    high - low
}

fn smear(sheet: &mut Sheet, most: f32, rng: &mut Rng) {
    let length = rng.between(1.0, most);
    let turn = if rng.chance(0.6) { rng.normal() * 0.2 } else { rng.f32() * std::f32::consts::PI };
    let steps = length.ceil() as usize + 1;
    let source = sheet.clone();
    for y in 0..sheet.height {
        for x in 0..sheet.width {
            let mut sum = 0.0;
            for step in 0..steps {
                let along = (step as f32 / (steps - 1) as f32 - 0.5) * length;
                sum +=
                    source.between(x as f32 + 0.5 + along * turn.cos(), y as f32 + 0.5 + along * turn.sin());
            }
            sheet.points[y * sheet.width + x] = sum / steps as f32;
        }
    }
}

/// Blurs as a lens does.
pub fn blur(sheet: &mut Sheet, sigma: f32) {
    if sigma < 0.15 {
        return;
    }
    let reach = (2.5 * sigma).ceil() as isize;
    let weights: Vec<f32> = (-reach..=reach).map(|at| (-0.5 * (at as f32 / sigma).powi(2)).exp()).collect();
    let total: f32 = weights.iter().sum();
    let (width, height) = (sheet.width as isize, sheet.height as isize);
    for across in [true, false] {
        let source = sheet.points.clone();
        for y in 0..height {
            for x in 0..width {
                let mut sum = 0.0;
                for (weight, at) in weights.iter().zip(-reach..=reach) {
                    let (x, y) = if across { (x + at, y) } else { (x, y + at) };
                    sum += weight * source[(y.clamp(0, height - 1) * width + x.clamp(0, width - 1)) as usize];
                }
                sheet.points[(y * width + x) as usize] = sum / total;
            }
        }
    }
}

/// As if the picture had been smaller once.
fn coarse(sheet: &mut Sheet, factor: f32) {
    let (width, height) = (sheet.width as f32, sheet.height as f32);
    let mut small = Sheet::new((width / factor).max(2.0) as usize, (height / factor).max(2.0) as usize, 0.0);
    let (fx, fy) = (width / small.width as f32, height / small.height as f32);
    for y in 0..small.height {
        for x in 0..small.width {
            small.points[y * small.width + x] = sheet.between((x as f32 + 0.5) * fx, (y as f32 + 0.5) * fy);
        }
    }
    for y in 0..sheet.height {
        for x in 0..sheet.width {
            sheet.points[y * sheet.width + x] = small.between((x as f32 + 0.5) / fx, (y as f32 + 0.5) / fy);
        }
    }
}

fn sharpen(sheet: &mut Sheet, strength: f32) {
    let mut soft = sheet.clone();
    blur(&mut soft, 1.0);
    for (point, soft) in sheet.points.iter_mut().zip(&soft.points) {
        *point += strength * (*point - soft);
    }
}

/// The luminance table of ISO/IEC 10918-1, annex K.
const TABLE: [u8; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17,
    22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78,
    87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/// Loses what a JPEG of this quality loses.
fn jpeg(sheet: &mut Sheet, quality: f32) {
    let scale = if quality < 50.0 { 50.0 / quality } else { 2.0 - quality / 50.0 };
    let cosines: [[f32; 8]; 8] = std::array::from_fn(|frequency| {
        let norm = if frequency == 0 { (0.125f32).sqrt() } else { 0.5 };
        std::array::from_fn(|at| {
            norm * ((2 * at + 1) as f32 * frequency as f32 * std::f32::consts::PI / 16.0).cos()
        })
    });
    for top in (0..sheet.height).step_by(8) {
        for left in (0..sheet.width).step_by(8) {
            let place = |y: usize, x: usize| {
                (top + y).min(sheet.height - 1) * sheet.width + (left + x).min(sheet.width - 1)
            };
            let block: [[f32; 8]; 8] = std::array::from_fn(|y| {
                std::array::from_fn(|x| sheet.points[place(y, x)].clamp(0.0, 1.0) * 255.0 - 128.0)
            });
            let mut waves = transform(&block, &cosines);
            for (index, wave) in waves.as_flattened_mut().iter_mut().enumerate() {
                let step = (f32::from(TABLE[index]) * scale).max(1.0);
                *wave = (*wave / step).round() * step;
            }
            let turned: [[f32; 8]; 8] = std::array::from_fn(|y| std::array::from_fn(|x| cosines[x][y]));
            let back = transform(&waves, &turned);
            for y in 0..8.min(sheet.height - top) {
                for x in 0..8.min(sheet.width - left) {
                    sheet.points[place(y, x)] = (back[y][x] + 128.0) / 255.0;
                }
            }
        }
    }
}

/// `m · block · mᵀ`
fn transform(block: &[[f32; 8]; 8], m: &[[f32; 8]; 8]) -> [[f32; 8]; 8] {
    let mut half = [[0f32; 8]; 8];
    for v in 0..8 {
        for y in 0..8 {
            for x in 0..8 {
                half[v][x] += m[v][y] * block[y][x];
            }
        }
    }
    let mut out = [[0f32; 8]; 8];
    for v in 0..8 {
        for u in 0..8 {
            for x in 0..8 {
                out[v][u] += half[v][x] * m[u][x];
            }
        }
    }
    out
}
