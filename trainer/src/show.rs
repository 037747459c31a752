//! Sheets of samples to look at.

use std::path::Path;

use fastrand::Rng;
use tameio_drivers::plate_reader::rectify::CROP;

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
