//! Sheets of samples to look at.

use std::path::Path;

use fastrand::Rng;
use tameio_drivers::plate_reader::rectify::{CROP, Lines};

use crate::glyph;
use crate::plate::Mix;
use crate::scene::sample;

/// Writes a grey picture.
pub fn write(path: &Path, width: usize, height: usize, points: &[u8]) {
    let file = std::fs::File::create(path).expect("the sheet can be written");
    let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), width as u32, height as u32);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("the sheet can be written");
    writer.write_image_data(points).expect("the sheet can be written");
}

/// Crops as the reader is trained with.
pub fn samples(path: &Path) {
    let faces = glyph::training();
    let mut rng = Rng::with_seed(5);
    let started = std::time::Instant::now();
    let (columns, rows) = (8, 20);
    let (width, height) = (columns * (CROP[1] + 4), rows * (CROP[0] + 4));
    let mut sheet = vec![0u8; width * height];
    for cell in 0..columns * rows {
        let sample = sample(Mix::Training, &faces, &mut rng);
        let (left, top) = (cell % columns * (CROP[1] + 4), cell / columns * (CROP[0] + 4));
        for (at, value) in sample.crop.iter().enumerate() {
            let point = (value * 50.0 + 128.0).clamp(0.0, 255.0) as u8;
            sheet[(top + at / CROP[1]) * width + left + at % CROP[1]] = point;
        }
    }
    println!("{:.2} ms a sample", started.elapsed().as_secs_f32() * 1000.0 / (columns * rows) as f32);
    write(path, width, height, &sheet);
}

/// Scenes as the finder is trained with, the plates' corners marked.
pub fn streets(path: &Path) {
    let faces = glyph::training();
    let mut rng = Rng::with_seed(6);
    let started = std::time::Instant::now();
    let (columns, rows) = (5, 6);
    let (wide, tall) = (260, 164);
    let mut sheet = vec![0u8; columns * wide * rows * tall];
    for cell in 0..columns * rows {
        let scene = crate::finder::work_scene(&faces, &mut rng);
        let (left, top) = (cell % columns * wide, cell / columns * tall);
        for (at, point) in scene.points.iter().enumerate() {
            sheet[(top + at / scene.width) * columns * wide + left + at % scene.width] = *point;
        }
        for corner in scene.plates.iter().flat_map(|(quad, ..)| quad.0) {
            let (x, y) = (corner[0] as usize, corner[1] as usize);
            if x < scene.width && y < scene.height {
                sheet[(top + y) * columns * wide + left + x] = 255;
            }
        }
    }
    println!("{:.2} ms a scene", started.elapsed().as_secs_f32() * 1000.0 / (columns * rows) as f32);
    write(path, columns * wide, rows * tall, &sheet);
}

/// Every hand to train with.
pub fn hands(path: &Path) {
    let faces = glyph::training();
    let (width, tall) = (1500, 40);
    let mut sheet = crate::sheet::Sheet::new(width, tall * faces.len(), 1.0);
    for (row, face) in faces.iter().enumerate() {
        let text: String = tameio_drivers::plate_reader::alphabet::ALPHABET.iter().collect();
        let at = [width as f32 / 2.0, (row * tall) as f32 + 20.0];
        crate::plate::letters(&mut sheet, face, &text, at, 30.0, 1.2, 0.0);
    }
    let points: Vec<u8> = sheet.points.iter().map(|point| (point * 255.0) as u8).collect();
    write(path, width, tall * faces.len(), &points);
}

/// Draws the Greek plates the drivers' tests read: clean, in hands kept out of training; `drawn.png` and `drawn.txt`.
pub fn drawn(folder: &Path) {
    let faces = glyph::held_out();
    let mut rng = Rng::with_seed(200);
    let (wide, tall, columns, rows) = (200, 72, 10, 20);
    let mut sheet = vec![0u8; columns * wide * rows * tall];
    let mut texts = String::new();
    for cell in 0..columns * rows {
        let shot = loop {
            let width = rng.usize(60..150) as f32;
            let shot =
                crate::scene::shot(Mix::Greek, &faces, width, crate::photograph::Hardness::Easy, &mut rng);
            let plain = shot.text.len() > 4 && shot.truth.height() < 56.0;
            if plain && (shot.lines == Lines::Two || width > 100.0) {
                break shot;
            }
        };
        let (left, top) = (cell % columns * wide, cell / columns * tall);
        let from = [(shot.width as f32 - wide as f32) / 2.0, (shot.height as f32 - tall as f32) / 2.0];
        let tile = shot.picture().window(from, 1.0, wide, tall);
        for (at, point) in tile.iter().enumerate() {
            sheet[(top + at / wide) * columns * wide + left + at % wide] = *point;
        }
        texts.push_str(&shot.text);
        texts.push('\n');
    }
    std::fs::write(folder.join("drawn.txt"), texts).expect("the texts can be written");
    let file = std::fs::File::create(folder.join("drawn.png")).expect("the sheet can be written");
    let mut encoder = png::Encoder::new(file, (columns * wide) as u32, (rows * tall) as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Four);
    encoder.set_compression(png::Compression::High);
    let packed: Vec<u8> =
        sheet.as_chunks().0.iter().map(|[a, b]| sixteenth(*a) << 4 | sixteenth(*b)).collect();
    let mut writer = encoder.write_header().expect("the sheet can be written");
    writer.write_image_data(&packed).expect("the sheet can be written");
}

fn sixteenth(point: u8) -> u8 {
    ((u16::from(point) + 8) / 17).min(15) as u8
}
