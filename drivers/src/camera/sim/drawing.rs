//! What a simulated camera shows: a lane, a car that comes nearer, its number plate.

use std::collections::BTreeMap;

use jpeg_encoder::{ColorType, Encoder};

use crate::camera::frame::Size;
use crate::printer::raster::{Cell, glyph};

/// After so many pictures it begins again: they are drawn and encoded once.
const PICTURES: u64 = 12;

const QUALITY: u8 = 80;

/// Pictures of one size, with what was drawn already.
pub(super) struct Drawings {
    size: Size,
    plate: Option<String>,
    drawn: BTreeMap<u64, Vec<u8>>,
}

impl Drawings {
    pub(super) const fn new(size: Size) -> Self {
        Self { size, plate: None, drawn: BTreeMap::new() }
    }

    /// The picture number so many, drawn now or before.
    pub(super) fn drawn(&mut self, number: u64, plate: Option<&str>) -> Vec<u8> {
        if self.plate.as_deref() != plate {
            self.drawn.clear();
            self.plate = plate.map(str::to_owned);
        }
        if let Some(picture) = self.drawn.get(&(number % PICTURES)) {
            return picture.clone();
        }
        let picture = self.draw(number, plate);
        self.drawn.insert(number % PICTURES, picture.clone());
        picture
    }

    pub(super) fn draw(&self, number: u64, plate: Option<&str>) -> Vec<u8> {
        let mut canvas = Canvas::new(self.size);
        let step = (number % PICTURES) as u32;
        let Size { width, height } = self.size;
        canvas.fill(0, height / 2, width, height / 2, [96, 98, 96]);
        let (wide, high) = (width / 3 + step * width / 60, height / 3 + step * height / 60);
        let (left, top) = ((width - wide) / 2, height / 3);
        canvas.fill(left, top, wide, high, [40, 60, 130]);
        canvas.fill(left + wide / 8, top + high / 8, wide * 3 / 4, high / 4, [30, 30, 36]);
        if let Some(plate) = plate {
            // A long plate is 520 by 110 millimetres.
            let (plate_wide, plate_high) = (wide / 2, wide * 11 / 104);
            let (x, y) = (left + wide / 4, top + high * 5 / 8);
            canvas.fill(x, y, plate_wide, plate_high, [238, 238, 234]);
            canvas.write(plate, x, y, plate_wide, plate_high);
        }
        canvas.encoded()
    }
}

struct Canvas {
    size: Size,
    points: Vec<u8>,
}

impl Canvas {
    /// A sky that grows lighter downwards.
    fn new(size: Size) -> Self {
        let row = |y: u32| {
            let light = 120 + (y * 100 / size.height.max(1)) as u8;
            std::iter::repeat_n([light, light, light.saturating_add(20)], size.width as usize).flatten()
        };
        Self { size, points: (0..size.height).flat_map(row).collect() }
    }

    fn fill(&mut self, x: u32, y: u32, wide: u32, high: u32, colour: [u8; 3]) {
        for row in y..(y + high).min(self.size.height) {
            for column in x..(x + wide).min(self.size.width) {
                self.put(column, row, colour);
            }
        }
    }

    fn put(&mut self, x: u32, y: u32, colour: [u8; 3]) {
        let at = (y * self.size.width + x) as usize * 3;
        if let Some(point) = self.points.get_mut(at..at + 3) {
            point.copy_from_slice(&colour);
        }
    }

    /// Text in the middle of a field, as large as fits.
    fn write(&mut self, text: &str, x: u32, y: u32, wide: u32, high: u32) {
        let letters = text.chars().count().max(1) as u32;
        // A cell is twice as high as it is wide.
        let step = (wide / (letters + 1)).min(high / 2).max(1);
        let cell = Cell { width: step as usize, height: step as usize * 2 };
        let (mut left, top) =
            (x + wide.saturating_sub(step * letters) / 2, y + (high - high.min(step * 2)) / 2);
        for letter in text.chars() {
            let ink = glyph(letter, cell);
            for (column, row) in (0..step).flat_map(|column| (0..step * 2).map(move |row| (column, row))) {
                if ink.black(column as usize, row as usize) {
                    self.put(left + column, top + row, [20; 3]);
                }
            }
            left += step;
        }
    }

    fn encoded(&self) -> Vec<u8> {
        let mut jpeg = Vec::new();
        let side = |side: u32| u16::try_from(side).unwrap_or(u16::MAX);
        let (width, height) = (side(self.size.width), side(self.size.height));
        let encoded = Encoder::new(&mut jpeg, QUALITY).encode(&self.points, width, height, ColorType::Rgb);
        // A size that no JPEG has cannot be asked for; if it were, the picture would be counted as broken.
        if let Err(error) = encoded {
            tracing::error!("the simulated camera cannot encode its picture: {error}");
        }
        jpeg
    }
}
